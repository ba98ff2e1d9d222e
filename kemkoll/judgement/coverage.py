"""Who has answered for what nobody named: silence is not absence.

An entry is answered for by composition, where what a unit leaves open is below the entry's limit; or by a
statement about the whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kemkoll.judgement.composition import GAPS, UNDISCLOSED, Composition, needs_of
from kemkoll.judgement.conditions import Facts
from kemkoll.judgement.contributions import entry_codes
from kemkoll.judgement.questions import Question, Questions
from kemkoll.judgement.statements import Statements
from kemkoll.judgement.states import States
from kemkoll.judgement.units import Pairs
from kemkoll.tables import Declarations, Law, Readings

Way = tuple[object, ...]


@dataclass(frozen=True)
class Covered:
    """How far each pair of declaration and article (rows) is answered for, for each list (columns).

    Attributes:
        answered: entries answered for, those that ask nothing of the article among them.
        asked: entries of the list, one value a list, less those of which the profile asks nothing.
        unasked: these, one value a list.
        outside: entries that ask nothing of the article.
        stated: whether a statement was needed for some of them.
        reason: why not all are answered for; "" where they are.
        undisclosed_ppt: greatest share of a component that nobody told us about, one value a pair.
        statements: statement rows that answer `none_above_limit` and count, one for each pair and list; -1:
            none.
        contains: whether the supplier states that something on the list is in the article.
        hiding: whether a line of the pair hides what it is.
        alike: of each pair and list the first pair that is answered for in the same way, by whatever entries
            that ask in the ways of `ways`.
        ways: the ways in which entries ask: row number of the list, how they are drawn, their limit, and what
            members of its groups need.
    """

    answered: np.ndarray
    asked: np.ndarray
    unasked: np.ndarray
    outside: np.ndarray
    stated: np.ndarray
    reason: np.ndarray
    undisclosed_ppt: np.ndarray
    statements: np.ndarray
    contains: np.ndarray
    hiding: np.ndarray
    alike: np.ndarray
    ways: frozenset[Way]


def coverage(
    declarations: Declarations,
    readings: Readings,
    law: Law,
    below: pd.DataFrame,
    *,
    found: Pairs,
    level: np.ndarray,
    counted: np.ndarray,
    facts: Facts,
    on: str,
    law_on: str = "",
) -> Covered:
    """How far each list is answered for, for each pair of declaration and article.

    Args:
        below: sums below their limits, as `findings` gives them; one that the undisclosed rest may lift is
            not answered.
        found: the pairs of declaration and article.
        level: level of the unit that each line's share is of.
        counted: lines that count.
        facts: what is known about each article.
        on: day of the judgement.
        law_on: the day whose limits and entries are asked about; empty: `on`.
    """
    told = Told(
        declarations, readings, law, below, found=found, level=level, counted=counted, facts=facts, on=on,
        law_on=law_on,
    )  # fmt: skip
    composition, statements, all_asked = told.composition, told.statements, told.entries_asked
    shape = (len(found), len(law.lists))
    answered, stated = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=bool)
    outside, gap = answered + all_asked, np.zeros(shape, dtype=np.int8)
    for question, own in told.asked:
        size, of_list = len(question.entries), question.of_list
        covered, complete, stating, why = told.answers(question, own)
        answered[own, of_list] += covered.astype(np.int32)
        outside[own, of_list] -= size
        stated[own, of_list] |= ~complete & (stating > 0)
        gap[own, of_list] = np.maximum(gap[own, of_list], np.where(covered < size, why, 0))
    answered += outside
    return Covered(
        answered,
        all_asked,
        told.entries_unasked,
        outside,
        stated,
        told.reasons(gap),
        composition.undisclosed(),
        statements.row,
        statements.contains,
        composition.hides(),
        told.alike(),
        told.ways,
    )


class Told:
    """What the lines and statements of each pair of declaration and article answer, question by question.

    Attributes:
        asked: each question once, with the pairs that it is asked of.
        entries_asked: entries of each list, less `entries_unasked`, of which the profile asks nothing.
    """

    def __init__(
        self,
        declarations: Declarations,
        readings: Readings,
        law: Law,
        below: pd.DataFrame,
        *,
        found: Pairs,
        level: np.ndarray,
        counted: np.ndarray,
        facts: Facts,
        on: str,
        law_on: str = "",
    ) -> None:
        index, _ = entry_codes(law)
        questions = Questions(law, index)
        self.entries_asked, self.entries_unasked = questions.asked, questions.unasked
        self.statements = Statements(declarations, law, found, index, on, law_on)
        law = asked_of(law)  # a group that nobody asks about leaves nothing open
        self.composition = Composition(declarations, readings, law, found, level, counted, on)
        self._states = States(found, facts, self.composition, self.statements)
        self._sums = self.composition.sums(below)
        placed = _placed(declarations, found)
        case, binds = questions.cases(facts, found.article, placed, law_on or on)
        asked = questions.of_cases(binds)
        self.asked = [(question, np.flatnonzero(np.isin(case, cases))) for question, cases in asked]
        self.ways = _ways(law, asked)
        self._placed = [placed if it else None for it in law.lists["applies_to"] == "placed_on_market"]
        self._by_lines: dict[tuple[object, ...], tuple[np.ndarray, np.ndarray]] = {}

    def answers(
        self, question: Question, pairs: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """For each of some pairs: how many of the question's entries are answered for, whether the
        composition does it, how many a statement answers, and what keeps the rest from it: a number in
        `GAPS`.
        """
        key = question[:5]
        if key not in self._by_lines:
            self._by_lines[key] = self.composition.answers(question)
        of_all = self._by_lines[key]
        complete, kept = (part[pairs] for part in of_all)
        stating = self.statements.answers(question, pairs)
        lifted = self.composition.lifted(question, self._sums)[pairs]
        self._states.note(key, pairs, *of_all, lifted)
        covered = np.where(complete, len(question.entries) - lifted, stating)
        return covered, complete, stating, np.where(kept == 0, UNDISCLOSED, kept)

    def alike(self) -> np.ndarray:
        """Of each pair and list the first pair that is answered for in the same way: asked after all else."""
        made = [self._states.alike(number, placed) for number, placed in enumerate(self._placed)]
        return np.array(made, dtype=np.int64).reshape(len(made), -1).T

    def open_entries(self, question: Question, pair: int) -> np.ndarray:
        """The entries of the question (codes) that nobody answers for, of one pair."""
        _, complete, _, _ = self.answers(question, np.array([pair]))
        if complete[0]:
            lifted = self.composition.lifting(question, self._sums)
            codes: np.ndarray = lifted.loc[lifted["pair"] == pair, "entry"].to_numpy()
        else:
            codes = question.entries[~self.statements.answered(question, pair)]
        return codes

    def reasons(self, gap: np.ndarray) -> np.ndarray:
        """The reasons (keys of `codes.REASONS`) for gaps: pairs × lists, numbers in `GAPS`."""
        reason = np.array(GAPS, dtype=object)[gap]
        nothing = ~self.composition.has_lines[:, None] & (reason != "")
        reason = np.where(nothing, "nothing-declared", reason)
        said = self.statements.reason
        reasons: np.ndarray = np.where((said != "") & (reason != ""), said, reason)
        return reasons


def asked_of(law: Law) -> Law:
    """The law less the groups of which a requirement profile asks nothing."""
    apart = law.entries[law.entries["unasked"].to_numpy()]
    if not len(apart):
        return law
    names = set(zip(apart["list"], apart["entry"], strict=True))
    keys = zip(law.groups["list"], law.groups["entry"], strict=True)
    return replace(law, groups=law.groups[[key not in names for key in keys]])


def ways_asked(
    declarations: Declarations, law: Law, *, found: Pairs, facts: Facts, on: str
) -> frozenset[Way]:
    """The ways in which the entries of a law ask (`Covered.ways`), whatever anybody answers; arguments as in
    `coverage`.
    """
    questions = Questions(law, entry_codes(law)[0])
    _, binds = questions.cases(facts, found.article, _placed(declarations, found), on)
    return _ways(asked_of(law), questions.of_cases(binds))


def _ways(law: Law, asked: Sequence[tuple[Question, object]]) -> frozenset[Way]:
    return frozenset(
        (*question[:5], needs_of(law, question.of_list, question.drawn)) for question, _ in asked
    )


def _placed(declarations: Declarations, found: Pairs) -> np.ndarray:
    """The day on which the article of each pair was placed on the market; "" where nobody says."""
    days: np.ndarray = declarations.articles["placed_on_market"].astype(object).to_numpy()[found.article]
    return days
