"""What a supplier sees of its own articles: how each stands, what is missing and by when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.assortment.activity import Activity, activity, why_text
from kemkoll.assortment.batches import at_work
from kemkoll.assortment.handing_in.outcomes import Judgement, judgements
from kemkoll.assortment.handing_in.reading import name_of
from kemkoll.assortment.judging import gathered, judged_by
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.plans import Asked, plans
from kemkoll.assortment.scope import NO_CONTRACT, Scope, articles, rows_in
from kemkoll.assortment.status import lapsing
from kemkoll.i18n import Translator, translator
from kemkoll.lists.editions import library_of
from kemkoll.outputs.words import OUTCOMES
from kemkoll.registry import Registry
from kemkoll.store import Known, Store, audit, declarations, declared, judged, kept
from kemkoll.store.models import Category, Contract, Request
from kemkoll.tables import Outcome

_ORDER = list(Outcome)
MISSING = ("undeclared", "lapsed", "lapsing", "waiting", "asked")
"""What can be missing."""
_OF_PEOPLE = (
    "sign-in", "sign-in-refused", "sign-out", "user", "invitation", "invitation-accepted", "draft",
    "draft-discarded",
)  # fmt: skip
"""What is done as the log calls it."""


@dataclass(frozen=True)
class Lack:
    """One thing that is missing of an article.

    Attributes:
        kind: one of `MISSING`.
        sentence: what it is.
        by: the day by which it is wanted, or on which it was or will be too late; empty: none is set.
    """

    kind: str
    sentence: str
    by: str = ""


@dataclass(frozen=True)
class Mine:
    """One article under one contract, or under none.

    Attributes:
        article: `Article.article`.
        outcome: an `Outcome` of the newest batch; empty: it was not judged.
        judged: on which day; empty: it was not.
    """

    article: int
    number: str
    name: str
    contract: str
    contract_name: str
    category: str
    lacks: tuple[Lack, ...]
    outcome: str = ""
    word: str = ""
    judged: str = ""

    @property
    def by(self) -> str:
        """The first day by which something is wanted; empty: none is set."""
        return min((lack.by for lack in self.lacks if lack.by), default="")


def overview(where: str, supplier: int, on: str, language: str) -> list[Mine]:
    """A supplier's articles on a day; those first of which something is missing, by day.

    Args:
        where: address of the database.
        supplier: `Supplier.supplier`.
    """
    with Store.open(where) as store, store.reading() as known:
        return overview_of(known, supplier, on, translator(language))


def overview_of(known: Known, supplier: int, on: str, _: Translator) -> list[Mine]:
    """The same at a moment."""
    if not len(articles(known, supplier=supplier)):
        return []
    name = name_of(known, supplier)
    rows = rows_in(known, Scope(supplier=name), on)
    rows = rows[rows["supplier_id"] == supplier]
    lacks = _lacks(known, supplier, rows, on, _)
    found = _outcomes(known, rows)
    called = {it["number"]: it["name"] for it in kept.frame(known, Contract).to_dict("records")}
    there = kept.frame(known, Category)
    categories = dict(zip(there["code"], there["name"], strict=True))
    made = []
    for row in rows.to_dict("records"):
        key = int(row["article"]), int(row["contract"])
        outcome, day = found.get(key, ("", ""))
        category = " ".join(filter(None, (row["category"], categories.get(row["category"], ""))))
        mine = Mine(
            key[0], row["number"] or row["own_number"], row["name"], row["contract_number"],
            called.get(row["contract_number"], ""), category,
            tuple(lacks.get((key[0], NO_CONTRACT), ()))
            + (tuple(lacks.get(key, ())) if key[1] != NO_CONTRACT else ()),
            outcome, _(OUTCOMES[outcome]) if outcome else "", day,
        )  # fmt: skip
        made.append(mine)
    return sorted(made, key=lambda it: (not it.lacks, it.by or "9999", it.number, it.contract))


def _lacks(
    known: Known, supplier: int, rows: pd.DataFrame, on: str, _: Translator
) -> dict[tuple[int, int], list[Lack]]:
    """What is missing, by article and contract; what is missing of an article as such under `NO_CONTRACT`."""
    made: dict[tuple[int, int], list[Lack]] = {}
    own = rows.drop_duplicates("article")
    declared_ = set(declared.current_rows(known, own["article"].to_numpy())["article"])
    for article in own["article"]:
        if article not in declared_:
            lack = Lack("undeclared", _("You have not declared what it contains."))
            made.setdefault((int(article), NO_CONTRACT), []).append(lack)
    lapsed, soon = lapsing(known, own, on)
    for frame, kind, sentence in (
        (lapsed, "lapsed", _("Your declaration has lapsed. Renew it.")),
        (soon, "lapsing", _("Your declaration will soon lapse. Renew it.")),
    ):
        for row in frame.to_dict("records"):
            lack = Lack(kind, sentence, row["valid_until"])
            made.setdefault((int(row["article"]), NO_CONTRACT), []).append(lack)
    for article, lack in _asked(known, supplier, own, _):
        made.setdefault((article, NO_CONTRACT), []).append(lack)
    stood = activity(known, on, registry=Registry.open(), scope=Scope(supplier=name_of(known, supplier)))
    for row in stood[stood["state"] == Activity.inactive].to_dict("records"):
        said = _("It cannot be bought under the contract yet: {why}.").format(why=why_text(row, _))
        made.setdefault((int(row["article"]), int(row["contract"])), []).append(Lack("waiting", said))
    return made


def _asked(known: Known, supplier: int, own: pd.DataFrame, _: Translator) -> list[tuple[int, Lack]]:
    """What is asked of each article in requests that are open."""
    made = []
    for row in open_requests(known, supplier):
        wanted = {int(number) for number in str(row["articles"]).split()}
        said = _("You have been asked about it: {lists}.").format(
            lists=row["lists"].replace(" ", ", ") or "–"
        )
        for article in own["article"]:
            if not wanted or int(article) in wanted:
                made.append((int(article), Lack("asked", said, str(row["due"]))))
    return made


def moment(known: Known) -> int:
    """The last event after which a supplier's articles may stand otherwise than before: people who come and
    go, and drafts, change nothing.
    """
    return audit.last_but(known.connection, _OF_PEOPLE)


def open_requests(known: Known, supplier: int) -> list[dict[str, Any]]:
    """The requests that a supplier has been sent and not answered, the first day first (`Request`)."""
    there = kept.frame(known, Request, supplier=supplier)
    open_ = there[(there["sent"] != "") & (there["answered"] == "")]
    ordered = open_.sort_values("due", kind="stable").to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in ordered]


def _outcomes(known: Known, rows: pd.DataFrame) -> dict[tuple[int, int], tuple[str, str]]:
    """The worst outcome of each article and contract in the newest batch that judged it, and its day."""
    batches = at_work(known)
    if not len(batches):
        return {}
    newest = batches.iloc[-1]
    wanted = sorted({int(article) for article in rows["article"]})
    found = judged.verdicts_of(known, int(newest["id"]), wanted)
    if not len(found):
        return {}
    outcome = outcome_of(found, judged.findings(known, batch=int(newest["id"]), articles=wanted))
    rank = outcome.map({it: place for place, it in enumerate(_ORDER)}).astype("int64")
    worst = found[["article", "contract"]].assign(rank=rank).groupby(["article", "contract"])["rank"].max()
    day = str(newest["on"])
    keys = worst.index.to_frame().to_numpy().tolist()
    return {
        (article, contract): (str(_ORDER[place]), day)
        for (article, contract), place in zip(keys, worst.tolist(), strict=True)
    }


@dataclass(frozen=True)
class Declared:
    """One declaration of an article.

    Attributes:
        file: its name when it was handed in.
        event: in which it came.
        reason: why; empty: nobody says.
        current: it counts still.
    """

    file: str
    event: int
    date: str
    valid_until: str
    reason: str
    current: bool


@dataclass(frozen=True)
class OfArticle:
    """One article of a supplier, with all that it must know of it.

    Attributes:
        rows: it under each of its contracts.
        declared: its declarations, the newest first.
        judgements: what follows from them today, by the profile of each contract.
    """

    about: Mapping[str, str]
    rows: tuple[Mine, ...]
    declared: tuple[Declared, ...]
    judgements: tuple[Judgement, ...]


def article_of(where: str, supplier: int, article: int, on: str, language: str) -> OfArticle | None:
    """One article of a supplier; None: it has no such article.

    Args:
        where: address of the database.
    """
    _ = translator(language)
    with Store.open(where) as store:
        with store.reading() as known:
            found = articles(known, supplier=supplier, article=article)
            if not len(found):
                return None
            own = {str(name): str(value) for name, value in found.iloc[-1].items()}
            rows = tuple(it for it in overview_of(known, supplier, on, _) if it.article == article)
            heads = tuple(_declared(known, article))
            scope = Scope(supplier=name_of(known, supplier))
            mine = rows_in(known, scope, on)
            mine = mine[mine["article"] == article].reset_index(drop=True)
            asked = plans(known, mine, Asked(), on, library_of()) if len(mine) else []
            known_of = [gathered(known, plan, on, places=True) for plan in asked]
        registry = Registry.open()
        made = [judged_by(it, Asked(), on=on, registry=registry).result for it in known_of]
    return OfArticle(own, rows, heads, tuple(judgements(made, language)))


def _declared(known: Known, article: int) -> list[Declared]:
    made = []
    for row in declarations.of_article(known, article):
        head = declared.heads(known, pd.Series([row.declaration]).to_numpy()).iloc[0]
        current = not 0 < row.ended <= known.seen
        date, until, reason = (str(head[name]) for name in ("date", "valid_until", "reason"))
        made.append(Declared(str(row.name), int(row.added), date, until, reason, current))
    return sorted(made, key=lambda it: -it.event)
