"""Who has answered for what nobody named: silence is not absence.

An entry is answered for by composition, where what a unit leaves open is below the entry's limit; or by a statement about
the whole list. What a composition leaves open is 100 % less the shares of the lines that can be cleared, each less half a
unit of its last written place: `97 % + 3 %` leaves room for a share of 1 %. Which lines can be cleared depends on how the
entry is drawn: any identified substance for entries by number; only those of known formula for entries by element or by
parent; and for groups that no rule decides yet, only those whose formula has less than every member has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from kemkoll.judgement.contributions import codes_of, entry_codes
from kemkoll.judgement.units import COMPONENT, MATERIAL, Masses, Pairs
from kemkoll.structures import elements, has_at_least
from kemkoll.tables import NONE, WHOLE, Answer, Basis, Declarations, Law, Measure, Operator, Readings, distinct

NUMBER, FORMULA, PENDING = "number", "formula", "pending"
_PENDING_RULE = "pending"


@dataclass(frozen=True)
class Covered:
    """How far each pair of declaration and article (rows) is answered for, for each list (columns).

    Attributes:
        answered: entries answered for.
        asked: entries of the list, one value a list.
        stated: whether a statement was needed for some of them.
        reason: why not all are answered for; "" where they are.
        undisclosed_ppt: greatest share of a component that nobody told us about, one value a pair.
        statements: statement rows that answer `none_above_limit` and count, one for each pair and list; -1: none.
        contains: whether the supplier states that something on the list is in the article.
    """

    answered: np.ndarray
    asked: np.ndarray
    stated: np.ndarray
    reason: np.ndarray
    undisclosed_ppt: np.ndarray
    statements: np.ndarray
    contains: np.ndarray


class _Question(NamedTuple):
    """Entries of one list that the same composition answers for."""

    of_list: int
    drawn: str
    limit_ppt: int
    at: bool
    level: int
    entries: np.ndarray


def coverage(
    declarations: Declarations, readings: Readings, law: Law, *, found: Pairs, level: np.ndarray, counted: np.ndarray, on: str
) -> Covered:
    """How far each list is answered for, for each pair of declaration and article.

    Args:
        found: the pairs of declaration and article.
        level: level of the unit that each line's share is of.
        counted: lines that count.
        on: day of the judgement.
    """
    index, first = entry_codes(law)
    questions = _questions(law, index, first)
    composition = _Composition(declarations, readings, law, found, level, counted)
    statements = _Statements(declarations, law, found, index, first, on)
    shape = (len(found), len(law.lists))
    answered, stated = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=bool)
    asked = np.zeros(len(law.lists), dtype=np.int32)
    reason = np.full(shape, "", dtype=object)
    for question in questions:
        number = question.of_list
        asked[number] += len(question.entries)
        by_lines, rounded = composition.answers(question)
        by_statement = statements.answers(question)
        answered[:, number] += np.where(by_lines, len(question.entries), by_statement).astype(np.int32)
        stated[:, number] |= ~by_lines & (by_statement > 0)
        open_ = ~by_lines & (by_statement < len(question.entries))
        pending = question.drawn == PENDING
        why = np.where(rounded, "rounding", "group-rule-pending" if pending else "undisclosed")
        worse = open_ & ((reason[:, number] == "") | (reason[:, number] == "group-rule-pending"))
        reason[:, number] = np.where(worse, why, reason[:, number])
    nothing = ~composition.has_lines[:, None] & (reason != "")
    reason = np.where(nothing, "nothing-declared", reason)
    reason = np.where((statements.reason != "") & (reason != ""), statements.reason, reason)
    return Covered(
        answered, asked, stated, reason, composition.undisclosed(), statements.row, statements.contains
    )


def _questions(law: Law, index: pd.MultiIndex, first: np.ndarray) -> list[_Question]:
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
    return [_Question(*parts, np.array(entries)) for parts, entries in key.items()]


def _drawn(law: Law, index: pd.MultiIndex) -> list[str]:
    """How each entry is drawn: by number, by formula, or as a group that no rule decides yet."""
    drawn = np.full(len(index), NUMBER, dtype=object)
    by_element = codes_of(law.limits, index)[(law.limits["measure"] == Measure.element).to_numpy()]
    kinds = law.members["kind"].astype(object)
    by_parent = codes_of(law.members, index)[kinds.isin(["parent", "element"]).to_numpy()]
    drawn[by_element[by_element >= 0]] = FORMULA
    drawn[by_parent[by_parent >= 0]] = FORMULA
    pending = codes_of(law.groups, index)[(law.groups["rule"] == _PENDING_RULE).to_numpy()]
    drawn[pending[pending >= 0]] = PENDING
    return drawn.tolist()


class _Composition:
    """What the lines of each unit leave open."""

    def __init__(
        self, declarations: Declarations, readings: Readings, law: Law, found: Pairs, level: np.ndarray, counted: np.ndarray
    ) -> None:
        self._found = found
        lines, components = declarations.lines, declarations.components
        component = lines["component"].to_numpy()
        inner = np.zeros(len(components) + 1, dtype=bool)
        inner[components["parent"].to_numpy()] = True
        inner[-1] = False
        leaf = ~inner[:-1]
        # units: first the components, then the articles of the pairs that have none
        self._pair_of_unit = np.concatenate([found.of_component, np.arange(len(found))])
        self._needed = np.concatenate([leaf, ~found.has_components])
        unit = np.where(component >= 0, component, len(components) + found.of_line)
        use = counted & self._needed[unit] & (level >= COMPONENT)
        self._rows = np.flatnonzero(use)
        self._unit, self._level = unit[self._rows], level[self._rows]
        material = np.where(self._level == MATERIAL, lines["material"].to_numpy()[self._rows], NONE)
        self._part, self._first = distinct([self._unit, self._level, material])
        self._part_unit, self._part_level = self._unit[self._first], self._level[self._first]
        self._low = lines["low_ppt"].to_numpy()[self._rows]
        self._step = lines["step_ppt"].to_numpy()[self._rows]
        self._present = lines["high_ppt"].to_numpy()[self._rows] > 0
        self._cleared = _Clearing(readings, law)
        declared = found.declaration[self._pair_of_unit[self._part_unit]]
        self._complete = declarations.declarations["complete_down_to_ppt"].to_numpy()[declared]
        self._missing = np.ceil(Masses(declarations).missing(declarations, found) * WHOLE).astype(np.int64)
        self._rests: dict[tuple[str, int], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
        self.has_lines = np.bincount(found.of_line, minlength=len(found)) > 0

    def answers(self, question: _Question) -> tuple[np.ndarray, np.ndarray]:
        """Whether each pair's composition answers the question, and whether only rounding keeps it from it."""
        rest, exact, hidden = self._rest(question.drawn, question.of_list)
        declared = (self._complete > 0) & (self._complete <= question.limit_ppt) & ~hidden
        fine = self._whole(_within(rest, question) | declared, question)
        nearly = self._whole(_within(exact, question) | declared, question)
        return fine, nearly & ~fine

    def undisclosed(self) -> np.ndarray:
        """The greatest share of a component of each pair that no identified line accounts for (10⁻¹² kg/kg)."""
        _, exact, _ = self._rest(NUMBER, 0)
        of_unit = np.full(len(self._needed), NONE, dtype=np.int64)
        np.maximum.at(of_unit, self._part_unit, exact)
        of_unit = np.where(of_unit == NONE, WHOLE, of_unit)
        of_pair = np.zeros(len(self._found), dtype=np.int64)
        np.maximum.at(of_pair, self._pair_of_unit[self._needed], of_unit[self._needed])
        return np.maximum(of_pair, np.minimum(self._missing, WHOLE))

    def _whole(self, part_answers: np.ndarray, question: _Question) -> np.ndarray:
        """The pairs all of whose units are answered for: by shares of the unit itself, or by all its materials."""
        by_unit = np.zeros(len(self._needed), dtype=bool)
        if question.level <= COMPONENT:
            by_unit[self._part_unit[part_answers & (self._part_level < MATERIAL)]] = True
        materials = self._part_level == MATERIAL
        some, all_ = np.zeros(len(self._needed), dtype=bool), np.ones(len(self._needed), dtype=bool)
        some[self._part_unit[materials]] = True
        all_[self._part_unit[materials & ~part_answers]] = False
        by_unit |= some & all_
        lacking = np.bincount(self._pair_of_unit[self._needed & ~by_unit], minlength=len(self._found)) > 0
        enough = _within(self._missing, question) | (self._missing == 0)
        return ~lacking & enough & (np.bincount(self._pair_of_unit[self._needed], minlength=len(self._found)) > 0)

    def _rest(self, drawn: str, of_list: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What each part (a unit's own lines, or one of its materials) leaves open: with rounding, without, and
        whether some of its lines are not cleared."""
        key = (drawn, of_list if drawn == PENDING else 0)
        if key not in self._rests:
            cleared = self._cleared.lines(*key)[self._rows]
            total = len(self._first)
            exact = np.where(cleared, self._low, 0)
            sure = np.where(cleared, np.maximum(self._low - (self._step + 1) // 2, 0), 0)
            self._rests[key] = (
                WHOLE - np.minimum(_sum(sure, self._part, total), WHOLE),
                WHOLE - np.minimum(_sum(exact, self._part, total), WHOLE),
                np.bincount(self._part[~cleared & self._present], minlength=total) > 0,
            )
        return self._rests[key]


def _sum(values: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Whole-number sums: in floating point, which is exact up to 2⁵³, where no sum can pass that; else in integers."""
    if not len(values) or np.bincount(group).max() < 9_000:
        return np.bincount(group, values, minlength=groups).astype(np.int64)
    total = np.zeros(groups, dtype=np.int64)
    np.add.at(total, group, values)
    return total


def _within(rest: np.ndarray, question: _Question) -> np.ndarray:
    """Whether what is left open cannot pass the limit."""
    return (rest < question.limit_ppt) | ((rest == question.limit_ppt) & (not question.at) & (question.limit_ppt > 0))


class _Clearing:
    """Which lines can be cleared of belonging, unnamed, to entries drawn in one way."""

    def __init__(self, readings: Readings, law: Law) -> None:
        self._law = law
        identities = readings.identities
        self._identified = (identities["status"] == "identified").to_numpy()
        self._formulas, self._texts = pd.factorize(identities["formula"].astype(object))
        self._variable = identities["variable"].to_numpy()
        self._of_reading = readings.readings["identity"].to_numpy()
        line = readings.readings["line"].to_numpy()
        self._starts = np.flatnonzero(np.diff(line, prepend=NONE)) if len(line) else np.empty(0, dtype=np.int64)

    def lines(self, drawn: str, of_list: int) -> np.ndarray:
        """Whether each line is cleared, by all its readings."""
        cleared = self._identified
        if drawn != NUMBER:
            cleared = cleared & (np.asarray(self._texts) != "")[self._formulas]
        if drawn == PENDING:
            cleared = cleared & self._less_than_members(of_list)
        if not len(self._starts):
            return np.empty(0, dtype=bool)
        return np.logical_and.reduceat(cleared[self._of_reading], self._starts)

    def _less_than_members(self, of_list: int) -> np.ndarray:
        """Whether each identity lacks atoms that every member of each pending group of the list has."""
        groups = self._law.groups
        name = self._law.lists["list"].iloc[of_list]
        wanted = groups[(groups["list"].astype(object) == name) & (groups["rule"] == _PENDING_RULE)]
        needs = wanted["needs"].astype(object).unique()
        plain = [all(has_at_least(text, need) is False for need in needs) for text in self._texts]
        kinds = [all(_lacks_element(text, need) for need in needs) for text in self._texts]
        formulas = self._formulas
        return np.where(self._variable, np.array(kinds, dtype=bool)[formulas], np.array(plain, dtype=bool)[formulas])


def _lacks_element(formula: str, needs: str) -> bool:
    """Whether a material of varying size lacks an element that every member has."""
    own, needed = elements(formula), elements(needs)
    return own is not None and needed is not None and bool(needed.keys() - own.keys())


class _Statements:
    """What suppliers answered about whole lists."""

    def __init__(
        self, declarations: Declarations, law: Law, found: Pairs, index: pd.MultiIndex, first: np.ndarray, on: str
    ) -> None:
        shape = (len(found), len(law.lists))
        self.reason = np.full(shape, "", dtype=object)
        self.contains = np.zeros(shape, dtype=bool)
        self.row = np.full(shape, NONE, dtype=np.int32)
        self._edition = np.full(shape, "", dtype=object)
        self._level = np.full(shape, MATERIAL + 1, dtype=np.int8)
        self._last = self._last_change(law, index, first, on)
        lists = {name: number for number, name in enumerate(law.lists["list"].astype(object))}
        until = declarations.declarations["valid_until"].astype(object)
        for row, given in enumerate(declarations.statements.to_dict("records")):
            if given["list"] not in lists:
                continue
            place = found.of_statement[row], lists[given["list"]]
            last = until.iloc[given["declaration"]] if given["declaration"] != NONE else ""
            self._take(row, place, given, expired=bool(last) and last < on)

    def _take(self, row: int, place: tuple[int, int], given: dict[str, str], *, expired: bool) -> None:
        if given["answer"] == Answer.contains:
            self.contains[place] = True
        elif given["answer"] == Answer.do_not_know:
            self.reason[place] = self.reason[place] or "does-not-know"
        elif expired:
            self.reason[place] = "statement-expired"
        elif not given["edition"]:
            self.reason[place], self.row[place] = self.reason[place] or "statement-undated", row
        elif given["edition"] > self._edition[place]:
            self._edition[place], self.row[place] = given["edition"], row
            self._level[place] = Basis(given["basis"]).level if given["basis"] else MATERIAL + 1
            self.reason[place] = "statement-outdated"

    @staticmethod
    def _last_change(law: Law, index: pd.MultiIndex, first: np.ndarray, on: str) -> pd.DataFrame:
        """For each entry the last day on which it or a limit of it changed, and the finest basis of its limits."""
        since = law.entries["since"].astype(object).to_numpy()[first].copy()
        finest = np.zeros(len(index), dtype=np.int8)
        limits = law.limits
        starts = limits["since"].astype(object).to_numpy()
        bases = [Basis(text).level for text in limits["basis"].astype(object)]
        for row, entry in enumerate(codes_of(limits, index)):
            finest[entry] = max(finest[entry], bases[row])
            if since[entry] < starts[row] <= on:
                since[entry] = starts[row]
        return pd.DataFrame({"since": since, "finest": finest})

    def answers(self, question: _Question) -> np.ndarray:
        """How many of the question's entries each pair's statement answers for."""
        edition, level = self._edition[:, question.of_list], self._level[:, question.of_list]
        cases, first = distinct([pd.factorize(edition)[0], level])
        counts = np.zeros(len(first), dtype=np.int64)
        asked = self._last.iloc[question.entries]
        for number, row in enumerate(first):
            old_enough = (asked["since"] <= edition[row]).to_numpy() & bool(edition[row])
            fits = (asked["finest"] <= level[row]).to_numpy()
            counts[number] = int((old_enough & fits).sum())
            if edition[row] and old_enough.any() and not fits.all():
                same = (cases == number) & (self.reason[:, question.of_list] == "statement-outdated")
                self.reason[same, question.of_list] = "statement-basis"
        return counts[cases]
