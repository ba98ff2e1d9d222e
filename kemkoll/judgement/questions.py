"""What is asked of each article: the entries of the lists, gathered by what it takes to answer for them.

An entry none of whose limits binds an article (the day is past or not yet come, the article is no toy) asks
nothing of it. Articles of which the same is asked are one *case*.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from kemkoll.judgement.conditions import NO, Facts
from kemkoll.judgement.contributions import codes_of, unasked
from kemkoll.judgement.days import Days
from kemkoll.judgement.units import COMPONENT
from kemkoll.tables import PENDING, STRUCTURE, Basis, Law, Measure, Operator, distinct

NUMBER, FORMULA = "number", "formula"
"""How entries are drawn, beside `STRUCTURE` and `PENDING`."""


class Question(NamedTuple):
    """Entries of one list that the same composition answers for."""

    of_list: int
    drawn: str
    limit_ppt: int
    at: bool
    level: int
    entries: np.ndarray

    def within(self, rest: np.ndarray) -> np.ndarray:
        """Whether what is left open cannot pass that limit."""
        allowed = self.limit_ppt > 0 and not self.at
        return rest <= self.limit_ppt if allowed else rest < self.limit_ppt


class Questions:
    """What a law asks, case by case.

    Args:
        law: the lists in force.
        index: the (list, entry) pairs, as `entry_codes` numbers them.
    """

    def __init__(self, law: Law, index: pd.MultiIndex) -> None:
        self._law, self._size = law, len(index)
        limits, lists = law.limits, law.lists
        self._days = Days(law, index)
        self._of_list = self._days.of_list
        self._entry = codes_of(limits, index)
        self._since, self._until = (limits[name].astype(object).to_numpy() for name in ("since", "until"))
        self._list = self._of_list[self._entry] if len(limits) else np.empty(0, dtype=np.int64)
        self._drawn = _drawn(law, index)
        silence = lists["answered_down_to_ppt"].to_numpy()
        # a limit without a share is answered where the entries without a limit are
        bare = limits["measure"].isin([Measure.presence, Measure.release]).to_numpy()
        own = limits["limit_ppt"].to_numpy()
        self._limit = np.where(bare & (own == 0), silence[self._list], own)
        self._at = (limits["operator"] == Operator.at_or_above).to_numpy() & ~bare
        bases = limits["basis"].astype(object)
        level = [COMPONENT if text == Basis.mixture else Basis(text).level for text in bases]
        self._level = np.array(level, dtype=np.int8)
        self._unasked = unasked(law, index)
        self._bare = np.setdiff1d(np.flatnonzero(~self._unasked), self._entry)
        self._silence = silence

    @property
    def asked(self) -> np.ndarray:
        """How many entries each list has, less those of which the profile asks nothing."""
        return self._counted(~self._unasked)

    @property
    def unasked(self) -> np.ndarray:
        """How many entries of each list the profile asks nothing of."""
        return self._counted(self._unasked)

    def _counted(self, entries: np.ndarray) -> np.ndarray:
        return np.bincount(self._of_list[entries], minlength=len(self._law.lists)).astype(np.int32)

    def cases(
        self, facts: Facts, article: np.ndarray, placed: np.ndarray, on: str
    ) -> tuple[np.ndarray, np.ndarray]:
        """The cases of some pairs of declaration and article.

        Args:
            article: row number of the article of each pair.
            placed: the day on which each pair's article was placed on the market; "" where nobody says.
            on: day of the judgement.

        Returns:
            The case of each pair, and for each case which limits bind in it (cases × limits).
        """
        limits = self._law.limits
        conditions, texts = pd.factorize(limits["condition"].astype(object))
        may_hold = np.array([facts.hold(text)[article] != NO for text in texts])
        may_hold = may_hold.reshape(len(texts), len(article))
        day, days = pd.factorize(np.where(placed == "", on, placed))
        in_time, of_day = np.unique(self._in_time(days, on), axis=0, return_inverse=True)
        case, first = distinct([of_day.reshape(-1)[day], *may_hold.astype(np.int8)])
        binds = np.empty((len(first), len(limits)), dtype=bool)
        for number, pair in enumerate(first):
            binds[number] = in_time[of_day.reshape(-1)[day[pair]]]
            if len(limits):
                binds[number] &= may_hold[conditions, pair]
        # articles that differ in what no limit in time asks about are one case
        binds, same = np.unique(binds, axis=0, return_inverse=True)
        return same.reshape(-1)[case], binds

    def _in_time(self, days: np.ndarray, on: str) -> np.ndarray:
        """Whether each limit, and its entry, applies to what was placed on the market on each day."""
        made = np.empty((len(days), len(self._entry)), dtype=bool)
        made[:] = self._on(on, slice(None))
        by_market = np.flatnonzero(self._days.by_market[self._list])
        for number, day in enumerate(days if len(by_market) else ()):
            made[number, by_market] = self._on(day, by_market)
        return made

    def _on(self, day: str, at: np.ndarray | slice) -> np.ndarray:
        """Whether some limits, and their entries, apply on a day."""
        since, until, entry = self._since[at], self._until[at], self._entry[at]
        made = (since <= day) & ((until == "") | (until >= day))
        made &= self._days.begun(entry, day) & ~self._days.ended(entry, day)
        return np.asarray(made, dtype=bool)

    def of_cases(self, binds: np.ndarray) -> list[tuple[Question, list[int]]]:
        """Each question once, with the cases in which it is asked (rows of `binds`: which limits bind)."""
        asked: dict[tuple[object, ...], tuple[Question, list[int]]] = {}
        for number, bind in enumerate(binds):
            for question in self._of_case(bind):
                key = (*question[:5], question.entries.tobytes())
                asked.setdefault(key, (question, []))[1].append(number)
        return [*asked.values()]

    def _of_case(self, binds: np.ndarray) -> list[Question]:
        """The questions of a case in which these limits bind, each entry in one of them at most."""
        rows = np.flatnonzero(binds)
        # the strictest limit of each entry, at the finest level of any of them
        order = rows[np.lexsort((~self._at[rows], self._limit[rows], self._entry[rows]))]
        entry = self._entry[order]
        strictest = order[np.flatnonzero(np.diff(entry, prepend=-1))]
        level = np.zeros(self._size, dtype=np.int8)
        np.maximum.at(level, entry, self._level[order])
        entries = np.concatenate([self._entry[strictest], self._bare])
        limit = np.concatenate([self._limit[strictest], self._silence[self._of_list[self._bare]]])
        at = np.concatenate([self._at[strictest], np.zeros(len(self._bare), dtype=bool)])
        levels = np.concatenate([level[self._entry[strictest]], np.full(len(self._bare), COMPONENT)])
        drawn, ways = pd.factorize(self._drawn[entries])
        key, first = distinct([self._of_list[entries], drawn, limit, at.astype(np.int8), levels])
        return [
            Question(
                int(self._of_list[entries[row]]), str(ways[drawn[row]]), int(limit[row]), bool(at[row]),
                int(levels[row]), entries[key == number],
            )
            for number, row in enumerate(first)
        ]  # fmt: skip


def _drawn(law: Law, index: pd.MultiIndex) -> np.ndarray:
    """How each entry is drawn: by number, by formula, by structure (a parent's, or by a rule), or as a group
    that no rule decides yet.
    """
    drawn = np.full(len(index), NUMBER, dtype=object)
    by_element = codes_of(law.limits, index)[(law.limits["measure"] == Measure.element).to_numpy()]
    kinds = law.members["kind"].astype(object)
    member, group = codes_of(law.members, index), codes_of(law.groups, index)
    for numbers, way in (
        (by_element, FORMULA),
        (member[(kinds == "element").to_numpy()], FORMULA),
        (member[(kinds == "parent").to_numpy()], STRUCTURE),
        *((group[(law.groups["rule"] == rule).to_numpy()], rule) for rule in (STRUCTURE, PENDING)),
    ):
        drawn[numbers[numbers >= 0]] = way
    return drawn
