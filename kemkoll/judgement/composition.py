"""What the lines of each unit leave open, and which entries that answers for.

What a composition leaves open is 100 % less the shares of the lines that can be cleared, each less half a
unit of its last written place: `97 % + 3 %` leaves room for a share of 1 %. Which lines can be cleared
depends on how the entry is drawn: any identified substance for entries by number; only those of known formula
for entries by element; for entries by structure only those of known structure, or whose formula has less than
every member has; and for groups that no rule decides yet, only the latter.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.formulas import elements, most_atoms
from kemkoll.judgement.questions import FORMULA, NUMBER, Question
from kemkoll.judgement.units import COMPONENT, MATERIAL, Masses, Pairs, assemblies
from kemkoll.tables import NONE, PENDING, STRUCTURE, WHOLE, Declarations, Law, Operator, Readings, distinct

NEARLY_WHOLE = WHOLE * 9 // 10
"""The share of a unit that must be declared before a claim that it is declared completely is believed;
as much over the whole is too much."""
GAPS = (
    "",
    "group-rule-pending",
    "structure-unknown",
    "formula-unknown",
    "rounding",
    "basis-coarser",
    "undisclosed",
    "declaration-expired",
)
"""Why a composition does not answer: the later, the less is known."""
_PENDING, _STRUCTURE, _FORMULA, _ROUNDING, _COARSER, UNDISCLOSED, _EXPIRED = range(1, len(GAPS))


class Composition:
    """What the lines of each unit leave open."""

    def __init__(
        self,
        declarations: Declarations,
        readings: Readings,
        law: Law,
        found: Pairs,
        level: np.ndarray,
        counted: np.ndarray,
        on: str,
    ) -> None:
        self._found = found
        lines, components = declarations.lines, declarations.components
        component = lines["component"].to_numpy()
        leaf = ~assemblies(components)[:-1]
        # units: first the components, then the articles of the pairs that have none
        self._pair_of_unit = np.concatenate([found.of_component, np.arange(len(found))])
        self._needed = np.concatenate([leaf, ~found.has_components])
        unit = np.where(component >= 0, component, len(components) + found.of_line)
        use = counted & self._needed[unit] & (level >= COMPONENT)
        self._rows = np.flatnonzero(use)
        self._all = np.flatnonzero(counted & (lines["high_ppt"].to_numpy() > 0))
        self._loose = np.flatnonzero(counted & ~use & (lines["high_ppt"].to_numpy() > 0))
        self._unit, self._level = unit[self._rows], level[self._rows]
        material = np.where(self._level == MATERIAL, lines["material"].to_numpy()[self._rows], NONE)
        self._part, self._first = distinct([self._unit, self._level, material])
        self._components = len(components)
        # a material that no line is about: nobody says what it is made of
        bare = np.ones(len(declarations.materials), dtype=bool)
        bare[lines["material"].to_numpy()[counted & (lines["material"].to_numpy() >= 0)]] = False
        owner = declarations.materials["component"].to_numpy()[bare]
        self._bare = owner[owner >= 0]
        self._parts = pd.MultiIndex.from_arrays(
            [self._unit[self._first], self._level[self._first], material[self._first]]
        )
        self._part_unit, self._part_level = self._unit[self._first], self._level[self._first]
        self._low = lines["low_ppt"].to_numpy()[self._rows]
        self._sure = np.maximum(self._low - (lines["step_ppt"].to_numpy()[self._rows] + 1) // 2, 0)
        self._present = lines["high_ppt"].to_numpy()[self._rows] > 0
        self._sums = [_sum(shares, self._part, len(self._first)) for shares in (self._sure, self._low)]
        self._cleared = _Clearing(readings, law)
        self._limits = law.limits["limit_ppt"].to_numpy()
        self._at = (law.limits["operator"] == Operator.at_or_above).to_numpy()
        self._open = ~self._hide(self._loose)  # nothing hides in the article, or in an assembly
        declared = found.declaration[self._pair_of_unit[self._part_unit]]
        complete = declarations.declarations["complete_down_to_ppt"].to_numpy()[declared]
        # who says that everything is declared, and declares half of it, or far more, has said something else
        high = lines["high_ppt"].to_numpy()[self._rows]
        given = np.where((self._low == 0) & (high == WHOLE), 0, high)
        most = _sum(given, self._part, len(self._first))
        believed = (most >= NEARLY_WHOLE) & (self._sums[0] <= 2 * WHOLE - NEARLY_WHOLE)
        self._complete = np.where(believed, complete, 0)
        until = declarations.declarations["valid_until"].astype(object).to_numpy()
        last = np.append(until, "")[found.declaration]
        self.lapsed = (last != "") & (last < on)
        self._missing = np.ceil(Masses(declarations).missing(declarations, found) * WHOLE).astype(np.int64)
        self._rests: dict[tuple[str, int], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
        self.has_lines = np.bincount(found.of_line, minlength=len(found)) > 0

    def answers(self, question: Question) -> tuple[np.ndarray, np.ndarray]:
        """Whether each pair's composition answers the question, and what keeps it from it: a number in
        `GAPS`.
        """
        fine = self._fine(question)
        if fine.all():
            return fine, np.zeros(len(fine), dtype=np.int8)
        nearly = self._disclosed(question, rounded=False) & self._open
        coarser = question._replace(level=min(question.level, COMPONENT))
        coarser = self._disclosed(coarser, rounded=False) & self._open
        kept = np.where(nearly, _ROUNDING, np.where(coarser, _COARSER, UNDISCLOSED)).astype(np.int8)
        if question.drawn != NUMBER:
            by_number = question._replace(drawn=NUMBER)
            # everything is named, and what keeps it from answering is the rounding first of all
            kept[self._disclosed(by_number, rounded=False) & self._open] = _ROUNDING
            named = ~fine & self._fine(by_number)
            kept[named] = _FORMULA
            if question.drawn in (PENDING, STRUCTURE):
                known = named & self._fine(question._replace(drawn=FORMULA))
                kept[known] = _PENDING if question.drawn == PENDING else _STRUCTURE
        kept[self.lapsed] = _EXPIRED
        kept[fine] = 0
        return fine, kept

    def _fine(self, question: Question) -> np.ndarray:
        fine: np.ndarray = self._disclosed(question, rounded=True) & ~self.lapsed & self._open
        return fine

    def hides(self) -> np.ndarray:
        """Whether a line of each pair hides what it is."""
        return self._hide(self._all)

    def _hide(self, lines: np.ndarray) -> np.ndarray:
        hidden = lines[~self._cleared.lines(NUMBER, 0)[lines]]
        hides: np.ndarray = np.bincount(self._found.of_line[hidden], minlength=len(self._found)) > 0
        return hides

    def _disclosed(self, question: Question, *, rounded: bool) -> np.ndarray:
        """Whether all of each pair's units are declared but for less than the limit, rounding counted or
        not.
        """
        rest, exact, hidden = self._rest(question.drawn, question.of_list)
        declared = (self._complete > 0) & (self._complete <= question.limit_ppt) & ~hidden
        return self._whole(question.within(rest if rounded else exact) | declared, question)

    def sums(self, below: pd.DataFrame) -> pd.DataFrame:
        """Sums below their limits with the part that each is of; -1: it is of no part that has lines."""
        pair, component = below["pair"].to_numpy(), below["component"].to_numpy()
        unit = np.where(component >= 0, component, self._components + pair)
        keys = pd.MultiIndex.from_arrays([unit, below["at"].to_numpy(), below["material"].to_numpy()])
        return below.assign(part=self._parts.get_indexer(keys))

    def lifted(self, question: Question, sums: pd.DataFrame) -> np.ndarray:
        """How many sums the undisclosed rest of the same unit may lift above their limit, for each pair."""
        count = np.zeros(len(self._found), dtype=np.int64)
        np.add.at(count, self.lifting(question, sums)["pair"].to_numpy(), 1)
        return count

    def lifting(self, question: Question, sums: pd.DataFrame) -> pd.DataFrame:
        """The sums (pair, entry) that the undisclosed rest of the same unit may lift above their limit."""
        asked = sums[np.isin(sums["entry"].to_numpy(), question.entries)]
        if not len(asked):
            return asked
        rest, _, hidden = self._rest(question.drawn, question.of_list)
        complete = (self._complete > 0) & (self._complete <= question.limit_ppt) & ~hidden
        open_ = np.where(complete, 0, rest)
        # a sum that masses brought from parts to the whole: any of them may hold the rest
        most = np.zeros(len(self._found), dtype=np.int64)
        np.maximum.at(most, self._pair_of_unit[self._part_unit], open_)
        part = asked["part"].to_numpy()
        high = asked["high"].to_numpy() + np.where(
            part == NONE, most[asked["pair"].to_numpy()], np.append(open_, 0)[part]
        )
        limit = asked["limit"].to_numpy()
        over = np.where(self._at[limit], high >= self._limits[limit], high > self._limits[limit])
        lifting: pd.DataFrame = asked[over].drop_duplicates(["pair", "entry"])
        return lifting

    def undisclosed(self) -> np.ndarray:
        """The greatest share of a component of each pair that no identified line accounts for
        (10⁻¹² kg/kg).
        """
        _, exact, _ = self._rest(NUMBER, 0)
        of_unit = np.full(len(self._needed), NONE, dtype=np.int64)
        np.maximum.at(of_unit, self._part_unit, exact)
        of_unit = np.where(of_unit == NONE, WHOLE, of_unit)
        of_pair = np.zeros(len(self._found), dtype=np.int64)
        np.maximum.at(of_pair, self._pair_of_unit[self._needed], of_unit[self._needed])
        most: np.ndarray = np.maximum(of_pair, np.minimum(self._missing, WHOLE))
        return most

    def _whole(self, part_answers: np.ndarray, question: Question) -> np.ndarray:
        """The pairs all of whose units are answered for: by shares of the unit itself, or by all its
        materials.
        """
        by_unit = np.zeros(len(self._needed), dtype=bool)
        materials = self._part_level == MATERIAL
        if question.level <= COMPONENT:
            by_unit[self._part_unit[part_answers & ~materials]] = True
        if materials.any():
            some, all_ = by_unit & False, by_unit | True
            some[self._part_unit[materials]] = True
            all_[self._part_unit[materials & ~part_answers]] = False
            all_[self._bare] = False
            # what hides in the component as a whole hides in its materials
            hidden = self._rest(question.drawn, question.of_list)[2]
            all_[self._part_unit[~materials & hidden]] = False
            by_unit |= some & all_
        whole = np.zeros(len(self._found), dtype=bool)
        whole[self._pair_of_unit[self._needed]] = True
        whole[self._pair_of_unit[self._needed & ~by_unit]] = False
        whole &= question.within(self._missing) | (self._missing == 0)
        return whole

    def _rest(self, drawn: str, of_list: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What each part (a unit's own lines, or one of its materials) leaves open: with rounding, without,
        and whether some of its lines are not cleared.
        """
        key = (drawn, of_list if drawn in (STRUCTURE, PENDING) else 0)
        if key not in self._rests:
            cleared = self._cleared.lines(*key)[self._rows]
            other = np.flatnonzero(~cleared)
            part, total = self._part[other], len(self._first)
            # shares that add up to more than the whole are not shares of one whole
            over = np.clip(self._sums[0] - WHOLE, 0, WHOLE)
            sure, exact = (
                np.maximum(WHOLE - np.minimum(all_ - _sum(shares[other], part, total), WHOLE), over)
                for all_, shares in zip(self._sums, (self._sure, self._low), strict=True)
            )
            self._rests[key] = sure, exact, np.bincount(part[self._present[other]], minlength=total) > 0
        return self._rests[key]


def needs_of(law: Law, of_list: int, drawn: str) -> tuple[str, ...]:
    """What every member of each group of a list (row number) has, of the groups drawn by structure or not yet
    decided; entries drawn otherwise need nothing.
    """
    if drawn not in (STRUCTURE, PENDING):
        return ()
    rules = (STRUCTURE, "parent") if drawn == STRUCTURE else (drawn,)
    own = (law.groups["list"] == law.lists["list"].iloc[of_list]).to_numpy()
    return tuple(sorted(set(law.groups["needs"][own & law.groups["rule"].isin(rules).to_numpy()])))


def _sum(values: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Whole-number sums: in floating point, which is exact up to 2⁵³, where no sum can pass that; else in
    integers.
    """
    if not len(values) or np.bincount(group).max() < 9_000:
        return np.bincount(group, values, minlength=groups).astype(np.int64)
    total = np.zeros(groups, dtype=np.int64)
    np.add.at(total, group, values)
    return total


class _Clearing:
    """Which lines can be cleared of belonging, unnamed, to entries drawn in one way."""

    def __init__(self, readings: Readings, law: Law) -> None:
        self._law = law
        identities = readings.identities
        self._identified = (identities["status"] == "identified").to_numpy()
        self._formulas, self._texts = pd.factorize(identities["formula"].astype(object))
        # what is drawn has a key, too, where all of it is drawn and it is not too large
        self._drawn = ((identities["smiles"] != "") & (identities["inchikey"] != "")).to_numpy()
        self._atoms: list[dict[str, float] | None] | None = None
        self._counts: dict[str, np.ndarray] = {}
        self._lines: dict[tuple[str, int], np.ndarray] = {}
        self._of_reading = readings.readings["identity"].to_numpy()
        line = readings.readings["line"].to_numpy()
        self._starts = (
            np.flatnonzero(np.diff(line, prepend=NONE)) if len(line) else np.empty(0, dtype=np.int64)
        )
        self._one_each = len(self._starts) == len(line)

    def lines(self, drawn: str, of_list: int) -> np.ndarray:
        """Whether each line is cleared, by all its readings."""
        key = (drawn, of_list)
        if key not in self._lines:
            self._lines[key] = self._cleared(drawn, of_list)
        return self._lines[key]

    def _cleared(self, drawn: str, of_list: int) -> np.ndarray:
        cleared = self._identified
        if drawn == FORMULA:
            cleared = cleared & (np.asarray(self._texts) != "")[self._formulas]
        if drawn in (STRUCTURE, PENDING):
            known = self._drawn & (drawn == STRUCTURE)
            cleared = cleared & (known | self._less_than_members(of_list, drawn))
        of_reading = cleared[self._of_reading]
        return of_reading if self._one_each else np.logical_and.reduceat(of_reading, self._starts)

    def _less_than_members(self, of_list: int, drawn: str) -> np.ndarray:
        """Whether each identity lacks atoms that every member of each group of the list, so drawn, has."""
        lacking = np.ones(len(self._texts), dtype=bool)
        for need in needs_of(self._law, of_list, drawn):
            least = elements(need) or {}  # a group that says nothing of its members' atoms excludes nobody
            short = [self._most(symbol) < count for symbol, count in least.items()]
            lacking &= np.logical_or.reduce(short) if short else False
        return lacking[self._formulas]

    def _most(self, symbol: str) -> np.ndarray:
        """How many atoms of an element each distinct formula has at most; nobody knows: without bound."""
        if self._atoms is None:
            self._atoms = [most_atoms(text) for text in self._texts]
        if symbol not in self._counts:
            counts = [np.inf if atoms is None else atoms.get(symbol, 0) for atoms in self._atoms]
            self._counts[symbol] = np.array(counts)
        return self._counts[symbol]
