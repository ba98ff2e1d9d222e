"""What there is to ask suppliers: of which articles, about which lists, and which entries of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kemkoll.assortment.asking.answered import NOTHING, Key, Last, Said, said
from kemkoll.assortment.asking.delta import asked_law, asked_since, fits
from kemkoll.assortment.scope import Scope, rows_in
from kemkoll.i18n import N_
from kemkoll.lists.compiled import Lists
from kemkoll.store import Known, kept
from kemkoll.store.models import Supplier

UNDECLARED, OUTDATED = "undeclared", "outdated"
WHY = {
    UNDECLARED: N_("nobody has declared them, or the declaration has lapsed"),
    OUTDATED: N_("the last answer is about an older edition of the list"),
}
"""Why an article is asked about."""


class Question:
    """One list in an edition, and what of it answers leave open.

    Attributes:
        list: its id.
        edition: the day of the edition.
    """

    def __init__(self, named: str, on: str, source: Lists | None = None) -> None:
        self.list, _, asked = named.partition("@")
        self._on = on
        self._law = asked_law(self.list, asked, on, source)
        about = self._law.lists.astype(object).iloc[0]
        self.edition = str(about["edition"])
        self.titles = {"en": str(about["title_en"]), "sv": str(about["title_sv"])}
        self._since: dict[str, pd.DataFrame] = {}

    @property
    def name(self) -> str:
        """The list with its edition, as a `Request` names it."""
        return f"{self.list}@{self.edition}"

    @cached_property
    def size(self) -> int:
        """How many entries there are in all."""
        return len(self.since(""))

    def since(self, edition: str) -> pd.DataFrame:
        """The entries that an answer about an edition leaves open (`delta.asked_since`)."""
        if edition not in self._since:
            self._since[edition] = asked_since(self._law, edition, self._on)
        return self._since[edition]

    def base(self, last: Last) -> Last:
        """What was answered, if it can be built on; it cannot where it was about too coarse a basis."""
        return last if fits(self._law, last.basis, self._on) else NOTHING


@dataclass(frozen=True)
class Part:
    """Articles that one and the same is asked of.

    Attributes:
        since: the edition that was answered last; empty: none was.
        articles: rows of `scope.articles`.
        entries: what is asked (`delta.asked_since`).
    """

    question: Question
    since: str
    articles: pd.DataFrame
    entries: pd.DataFrame

    @property
    def is_whole(self) -> bool:
        """Whether the whole list is asked about."""
        return not self.since


@dataclass(frozen=True)
class Planned:
    """One request that could be sent.

    Attributes:
        mail: the supplier's address; empty: nobody knows it.
        parts: what is asked, list by list.
    """

    supplier: int
    name: str
    mail: str
    parts: tuple[Part, ...]

    @property
    def articles(self) -> list[int]:
        """`Article.article` of each, once."""
        return sorted({int(it) for part in self.parts for it in part.articles["article"]})

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists with their editions."""
        return tuple(dict.fromkeys(part.question.name for part in self.parts))


def questions(named: Iterable[str], on: str, source: Lists | None = None) -> list[Question]:
    """The questions about some lists, named with or without an edition.

    Raises:
        ListError: one does not exist, or has no edition so old.
    """
    return [Question(name, on, source) for name in named]


def planned(
    known: Known, asked: Sequence[Question], why: Collection[str], on: str, *, already: Collection[Key] = ()
) -> list[Planned]:
    """What there is to ask of each supplier: a request for each set of articles, since each of its articles
    is asked about each of its lists.

    Args:
        known: the moment.
        asked: about which lists.
        why: `UNDECLARED`, `OUTDATED` or both.
        on: the day.
        already: what open requests ask, and no other needs to.
    """
    rows = rows_in(known, Scope(), on).drop_duplicates("article")
    rows = rows[rows["supplier_id"] > 0]
    there = said(known, rows["article"].to_numpy(), on)
    names = kept.frame(known, Supplier).set_index("supplier")
    made = []
    for number, own in rows.groupby("supplier_id"):
        sets: dict[tuple[int, ...], list[Question]] = {}
        for question in asked:
            met = tuple(it for it in own["article"].tolist() if _is_to_ask(question, it, there, why, already))
            if met:
                sets.setdefault(met, []).append(question)
        name, mail = (str(names[column].loc[number]) for column in ("name", "mail"))
        for met, of_set in sets.items():
            articles = own[own["article"].isin(met)]
            parts = tuple(part for question in of_set for part in parts_of(question, articles, there))
            made.append(Planned(int(str(number)), name, mail, parts))
    return sorted(made, key=lambda it: (it.name.casefold(), it.lists))


def _is_to_ask(
    question: Question, article: int, there: Said, why: Collection[str], already: Collection[Key]
) -> bool:
    if (article, question.list) in already:
        return False
    base = question.base(there.last.get((article, question.list), NOTHING))
    if base.edition:
        return OUTDATED in why and len(question.since(base.edition)) > 0
    return UNDECLARED in why and article not in there.declared


def parts_of(question: Question, articles: pd.DataFrame, there: Said) -> list[Part]:
    """Some articles by what is asked of them; those that have answered for all of it are left out.

    Args:
        articles: rows of `scope.articles`.
    """
    keys = [(int(it), question.list) for it in articles["article"]]
    bases = [question.base(there.last.get(key, NOTHING)).edition for key in keys]
    made = []
    for since in sorted(set(bases), reverse=True):
        entries = question.since(since)
        if len(entries):
            own = articles[[base == since for base in bases]].reset_index(drop=True)
            made.append(Part(question, since, own, entries))
    return made
