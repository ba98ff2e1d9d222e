"""Who has answered for what nobody named: silence is not absence.

An entry is answered for by composition, where what a unit leaves open is below the entry's limit; or by a
statement about the whole list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.judgement.composition import GAPS, UNDISCLOSED, Composition
from kemkoll.judgement.conditions import Facts
from kemkoll.judgement.contributions import entry_codes
from kemkoll.judgement.questions import Questions
from kemkoll.judgement.statements import Statements
from kemkoll.judgement.units import Pairs
from kemkoll.tables import Declarations, Law, Readings


@dataclass(frozen=True)
class Covered:
    """How far each pair of declaration and article (rows) is answered for, for each list (columns).

    Attributes:
        answered: entries answered for, those that ask nothing of the article among them.
        asked: entries of the list, one value a list.
        outside: entries that ask nothing of the article.
        stated: whether a statement was needed for some of them.
        reason: why not all are answered for; "" where they are.
        undisclosed_ppt: greatest share of a component that nobody told us about, one value a pair.
        statements: statement rows that answer `none_above_limit` and count, one for each pair and list; -1:
            none.
        contains: whether the supplier states that something on the list is in the article.
        hiding: whether a line of the pair hides what it is.
    """

    answered: np.ndarray
    asked: np.ndarray
    outside: np.ndarray
    stated: np.ndarray
    reason: np.ndarray
    undisclosed_ppt: np.ndarray
    statements: np.ndarray
    contains: np.ndarray
    hiding: np.ndarray


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
    """
    index, _ = entry_codes(law)
    questions = Questions(law, index)
    composition = Composition(declarations, readings, law, found, level, counted, on)
    statements = Statements(declarations, law, found, index, on)
    sums = composition.sums(below)
    placed = declarations.articles["placed_on_market"].astype(object).to_numpy()[found.article]
    case, binds = questions.cases(facts, found.article, placed, on)
    shape = (len(found), len(law.lists))
    answered, stated = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=bool)
    outside, gap = answered + questions.asked, np.zeros(shape, dtype=np.int8)
    by_lines: dict[tuple[object, ...], tuple[np.ndarray, np.ndarray]] = {}
    for question, cases in questions.of_cases(binds):
        own = np.flatnonzero(np.isin(case, cases))
        size, of_list = len(question.entries), question.of_list
        key = question[:5]
        if key not in by_lines:
            by_lines[key] = composition.answers(question)
        complete, kept = (part[own] for part in by_lines[key])
        stating = statements.answers(question, own)
        covered = np.where(complete, size - composition.lifted(question, sums)[own], stating)
        answered[own, of_list] += covered.astype(np.int32)
        outside[own, of_list] -= size
        stated[own, of_list] |= ~complete & (stating > 0)
        why = np.where(kept == 0, UNDISCLOSED, kept)
        gap[own, of_list] = np.maximum(gap[own, of_list], np.where(covered < size, why, 0))
    answered += outside
    reason = np.array(GAPS, dtype=object)[gap]
    nothing = ~composition.has_lines[:, None] & (reason != "")
    reason = np.where(nothing, "nothing-declared", reason)
    reason = np.where((statements.reason != "") & (reason != ""), statements.reason, reason)
    return Covered(
        answered,
        questions.asked,
        outside,
        stated,
        reason,
        composition.undisclosed(),
        statements.row,
        statements.contains,
        composition.hides(),
    )
