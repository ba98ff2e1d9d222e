"""Who has answered for what nobody named: silence is not absence.

An entry is answered for by composition, where what a unit leaves open is below the entry's limit; or by a
statement about the whole list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.judgement.composition import (
    FORMULA,
    GAPS,
    NUMBER,
    PARENT,
    PENDING,
    UNDISCLOSED,
    Composition,
    Question,
)
from kemkoll.judgement.contributions import codes_of, entry_codes
from kemkoll.judgement.statements import Statements
from kemkoll.judgement.units import COMPONENT, Pairs
from kemkoll.tables import Basis, Declarations, Law, Measure, Operator, Readings


@dataclass(frozen=True)
class Covered:
    """How far each pair of declaration and article (rows) is answered for, for each list (columns).

    Attributes:
        answered: entries answered for.
        asked: entries of the list, one value a list.
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
    findings: pd.DataFrame,
    *,
    found: Pairs,
    level: np.ndarray,
    counted: np.ndarray,
    on: str,
) -> Covered:
    """How far each list is answered for, for each pair of declaration and article.

    Args:
        findings: what follows from the lines; a sum below its limit that the undisclosed rest may lift is not
            answered.
        found: the pairs of declaration and article.
        level: level of the unit that each line's share is of.
        counted: lines that count.
        on: day of the judgement.
    """
    index, first = entry_codes(law)
    questions = _questions(law, index, first)
    composition = Composition(declarations, readings, law, found, level, counted, on)
    statements = Statements(declarations, law, found, index, first, on)
    sums = composition.sums(findings, law)
    shape = (len(found), len(law.lists))
    answered, stated = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=bool)
    asked = np.zeros(len(law.lists), dtype=np.int32)
    gap = np.zeros(shape, dtype=np.int8)
    for question in questions:
        number = question.of_list
        asked[number] += len(question.entries)
        by_lines, kept = composition.answers(question)
        lifted = composition.lifted(question, sums)
        by_statement = statements.answers(question)
        covered = np.where(by_lines, len(question.entries) - lifted, by_statement)
        answered[:, number] += covered.astype(np.int32)
        stated[:, number] |= ~by_lines & (by_statement > 0)
        open_ = covered < len(question.entries)
        why = np.where(kept == 0, UNDISCLOSED, kept)
        gap[:, number] = np.maximum(gap[:, number], np.where(open_, why, 0))
    reason = np.array(GAPS, dtype=object)[gap]
    nothing = ~composition.has_lines[:, None] & (reason != "")
    reason = np.where(nothing, "nothing-declared", reason)
    reason = np.where((statements.reason != "") & (reason != ""), statements.reason, reason)
    return Covered(
        answered,
        asked,
        stated,
        reason,
        composition.undisclosed(),
        statements.row,
        statements.contains,
        composition.hides(),
    )


def _questions(law: Law, index: pd.MultiIndex, first: np.ndarray) -> list[Question]:
    """The entries of each list, gathered by what it takes to answer for them."""
    limits, lists = law.limits, law.lists
    names = lists["list"].astype(object).tolist()
    of_list = np.array([names.index(name) for name in index.get_level_values(0)], dtype=np.int64)
    limit_entry = codes_of(limits, index)
    drawn = _drawn(law, index)
    level = np.array([Basis(text).level for text in limits["basis"].astype(object)], dtype=np.int8)
    key: dict[tuple[int, str, int, bool, int], list[int]] = {}
    by_entry: dict[int, list[int]] = {}
    for row, entry in enumerate(limit_entry):
        by_entry.setdefault(int(entry), []).append(row)
    values = limits["limit_ppt"].to_numpy()
    reached = (limits["operator"] == Operator.at_or_above).to_numpy()
    silence = lists["answered_down_to_ppt"].to_numpy()
    for entry in range(len(first)):
        rows = by_entry.get(entry, [])
        if rows:
            strictest = min(rows, key=lambda row: (values[row], not reached[row]))
            what = (int(values[strictest]), bool(reached[strictest]), max(int(level[row]) for row in rows))
        else:
            what = (int(silence[of_list[entry]]), False, COMPONENT)
        key.setdefault((int(of_list[entry]), drawn[entry], *what), []).append(entry)
    return [Question(*parts, np.array(entries)) for parts, entries in key.items()]


def _drawn(law: Law, index: pd.MultiIndex) -> list[str]:
    """How each entry is drawn: by number, by formula, or as a group that no rule decides yet."""
    drawn = np.full(len(index), NUMBER, dtype=object)
    by_element = codes_of(law.limits, index)[(law.limits["measure"] == Measure.element).to_numpy()]
    kinds = law.members["kind"].astype(object)
    member = codes_of(law.members, index)
    for numbers, way in (
        (by_element, FORMULA),
        (member[(kinds == "element").to_numpy()], FORMULA),
        (member[(kinds == "parent").to_numpy()], PARENT),
    ):
        drawn[numbers[numbers >= 0]] = way
    pending = codes_of(law.groups, index)[(law.groups["rule"] == PENDING).to_numpy()]
    drawn[pending[pending >= 0]] = PENDING
    return drawn.tolist()
