"""What was judged: the lists and profiles it was judged by, and what followed."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlmodel import Field

from kemkoll.store.models.common import Numbered, of, of_many, share, text_code


class ListEdition(Numbered, table=True):
    """One substance list, whole, as a batch has used it.

    Attributes:
        sha256: of the list's folder.
        digest: of the content below: what its criteria point to may change while the folder does not.
        content: the list's tables (Arrow).
    """

    added: int = Field(index=True)
    list: str = Field(index=True)
    sha256: str = Field(index=True)
    digest: str = Field(unique=True)
    official_date: str
    content: bytes = Field(sa_type=LargeBinary)


class ProfileText(Numbered, table=True):
    """One version of a requirement profile, as its author wrote it.

    Attributes:
        imported: the buyer's own; otherwise one that ships with kemkoll, as a batch used it.
    """

    added: int = Field(index=True)
    name: str = Field(index=True)
    imported: bool = False
    digest: str = Field(unique=True)
    text: str


class Batch(Numbered, table=True):
    """One judgement of a scope; never changed.

    Attributes:
        seen: the last event that was known: what it judged can be had again.
        at: instant in UTC.
        on: the day of the judgement.
        scope: which articles, as JSON: contract, category, supplier.
        asked: the profile, lists and facts that the call gave, as JSON.
        articles: how many were judged.
        after: the batch before, if only lists changed since: what is not here stands there; 0: all is here.
        digest: SHA-256 of what followed, in words that do not depend on row numbers.
        sums: the sums of its rows that the digest is made of (`store.digests`).
        program, rdkit, rules: the versions of kemkoll, of RDKit, and of the code that decides by structure.
        substances: which substances were known (`Registry.stamp`).
    """

    added: int = Field(index=True)
    seen: int
    at: str
    on: str
    name: str = ""
    scope: str
    asked: str
    articles: int
    after: int = Field(default=0, index=True)
    digest: str
    sums: str = ""
    program: str
    rdkit: str
    rules: str
    substances: str = ""


class BatchGroup(Numbered, table=True):
    """The articles of a batch that were judged by one profile and the same lists.

    Attributes:
        group: its number in the batch, from 0.
        profile: row number of the profile's text.
        binding, bound_on, grace_days: the `Binding` by which the lists' editions were chosen.
        placed_first, placed_last: between which days the articles were placed on the market.
    """

    batch: int = of("batch")
    group: int
    profile: int
    binding: str = ""
    bound_on: str = ""
    grace_days: int = 0
    placed_first: str = ""
    placed_last: str = ""


class BatchList(Numbered, table=True):
    """One list that a group of a batch was judged by.

    Attributes:
        called: as the batch calls it: `eu-rohs`, or `eu-rohs@2019-07-22` beside another edition.
        edition: row number of the list's content.
        edition_date: the day of the edition used.
    """

    batch: int = of("batch")
    group: int
    called: str
    edition: int
    edition_date: str
    asked_by_name: bool


class BatchAnew(Numbered, table=True):
    """What stands in a batch instead of in the one before it (`Batch.after`).

    Attributes:
        article: whose findings by this list do; 0: the verdicts of all articles of the group by this list.
    """

    batch: int = of_many()
    group: int
    list: int = text_code()
    article: int = Field(default=0, index=True)


class BatchVerdict(Numbered, table=True):
    """What followed for one article under one contract and one list (`tables.VERDICTS`).

    Attributes:
        alike: `Article.article` of one that is answered for in the same way by this list; 0: several
            declarations speak of the article.
    """

    batch: int = of_many()
    group: int
    contract: int
    article: int = Field(index=True)
    list: int = text_code()
    verdict: int = 0
    reason: int = text_code()
    entries: int = text_code()
    coverage: int = text_code()
    entries_covered: int = 0
    entries_asked: int = 0
    undisclosed_ppt: int = share()
    evidence_level: int = 0
    waived: bool
    alike: int = 0


class BatchFinding(Numbered, table=True):
    """What followed for one component and one entry (`tables.FINDINGS`).

    Attributes:
        limit: the limit as the law or the contract writes it, with its operator: `> 0.1 %`; empty: none.
        force: Force of that limit, or of the list.
        lines: the lines that it rests on: their row numbers, by spaces.
    """

    batch: int = of_many()
    group: int
    contract: int
    article: int = Field(index=True)
    component: int = 0
    material: int = 0
    list: int = text_code()
    entry: int = text_code()
    verdict: int = 0
    low_ppt: int = share()
    high_ppt: int = share()
    basis: int = text_code()
    limit: int = text_code()
    force: int = text_code()
    reason: int = text_code()
    derogation: int = text_code()
    waived: int = text_code()
    decided: int = text_code()
    matched_by: int = text_code()
    lines: int = text_code()
