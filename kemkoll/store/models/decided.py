"""What people decided, asked, and did; and the log of it."""

from __future__ import annotations

from sqlmodel import Field

from kemkoll.store.models.common import Kept, Numbered


class Waiver(Kept, table=True):
    """One deviation that the buyer accepts for a time.

    Attributes:
        waiver: the number that every later version of this row shares.
        article: 0: every article of the contract or category.
        entry: empty: the whole list.
        phase_out: what the supplier or buyer must do; empty: nothing was decided.
    """

    waiver: int = Field(index=True)
    article: int = Field(default=0, index=True)
    contract: str = ""
    category: str = ""
    list: str
    entry: str = ""
    ground: str
    purpose: str
    decision: str
    decider: str
    since: str = ""
    until: str
    phase_out: str = ""
    phase_out_until: str = ""
    owner: str = ""


class Decision(Kept, table=True):
    """What a person made of a finding that was for review.

    It holds for what was declared then, and for the reason that it was for review then. Of another
    declaration or another reason it is only proposed.

    Attributes:
        declared: the last `DeclaredArticle.id` of the article that it was decided on.
        reason: key of `codes.REASONS` that the finding had.
        limit: what it was held against, with its operator: `> 0.1 %`; `none`.
        written: what the supplier wrote of the substance, as it is compared.
        verdict: name of the Verdict that the person gives.
        signed: who signed it.
    """

    supplier: int
    article: int = Field(index=True)
    declared: int
    list: str
    entry: str
    reason: str
    limit: str
    written: str = Field(default="", index=True)
    verdict: str
    motive: str
    number: str = ""
    signed: str
    at: str


class Activation(Kept, table=True):
    """One article under one contract that a person has made active before it was declared as the contract
    wants.

    Attributes:
        reason: why.
        signed: who decided it.
        at: instant in UTC.
    """

    contract: int = Field(index=True)
    article: int = Field(index=True)
    reason: str
    signed: str
    at: str


class Request(Kept, table=True):
    """One question to a supplier: which articles, lists and editions, sent and answered when.

    Attributes:
        request: the number that every later version of this row shares.
        articles: `Article.article` of each, by spaces; empty: all of the supplier's.
        lists: ids of lists, with their edition after `@` where one was asked for, by spaces.
    """

    request: int = Field(index=True)
    supplier: int = Field(index=True)
    articles: str = ""
    lists: str = ""
    sent: str = ""
    due: str = ""
    reminded: str = ""
    answered: str = ""
    note: str = ""


class Case(Kept, table=True):
    """One deviation in hand: from finding to end."""

    case: int = Field(index=True)
    article: int = Field(index=True)
    list: str
    entry: str = ""
    opened: str
    state: str
    due: str = ""
    closed: str = ""
    note: str = ""


class LabResult(Kept, table=True):
    """One value that a laboratory found.

    Attributes:
        below: the value is below the limit of quantification: `value` is that limit.
        uncertainty: expanded, as the laboratory writes it.
    """

    article: int = Field(index=True)
    component: str = ""
    cas: str = ""
    name: str = ""
    value: str = ""
    below: bool = False
    quantification: str = ""
    uncertainty: str = ""
    method: str = ""
    laboratory: str = ""
    accreditation: str = ""
    sample: str = ""
    lot: str = ""
    date: str = ""


class AuditEvent(Numbered, table=True):
    """One thing that was done; rows are only ever added.

    Attributes:
        at: instant in UTC, ISO text.
        about: what it was about, as JSON.
        digest: SHA-256 of the event before and of this one: a row taken out or changed shows.
    """

    at: str
    who: str
    action: str = Field(index=True)
    about: str = ""
    digest: str
