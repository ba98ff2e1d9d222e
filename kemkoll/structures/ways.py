"""The ways to belong to a group, made ready to be held against many structures.

What only some structures ask for is made when the first of them does: a process that has a few hundred of
them to do starts at once.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from kemkoll.structures.patterns import atoms_of, neutral_formula, skeleton
from kemkoll.structures.rules import Case, Rule, Scope

if TYPE_CHECKING:
    from kemkoll.structures.needs import Places
    from kemkoll.structures.screening import Bounds


class Way:
    """A case, made ready to be held against many structures: what must be found is looked for first."""

    def __init__(self, case: Case) -> None:
        self.case, self.certain, self.scope = case, case.certain, case.scope
        counted = (count.smarts for count in case.count if count.least)
        asked = dict.fromkeys((*case.all, *counted, *(branch.smarts for branch in case.branch)))
        self.must = tuple(sorted(asked, key=len))
        self.any, self.none = case.any, case.none
        self.only = frozenset({*case.only, "H"}) if case.only else None

    @cached_property
    def is_(self) -> frozenset[str]:
        """The skeletons of what belongs; none: any."""
        return frozenset(map(skeleton, self.case.is_))

    @cached_property
    def formulas(self) -> frozenset[frozenset[tuple[str, int]]]:
        """The atoms of these."""
        return frozenset(neutral(neutral_formula(text)) for text in self.case.is_)

    @cached_property
    def left(self) -> dict[str, set[str]]:
        """The skeletons of what is left of a dye that belongs, by formula."""
        found: dict[str, set[str]] = {}
        for text in self.case.cleaves_to:
            found.setdefault(neutral_formula(text), set()).add(skeleton(text))
        return found

    @cached_property
    def left_heavy(self) -> set[frozenset[tuple[str, int]]]:
        """The heavy atoms of these."""
        return {frozenset(atoms_of(text).items()) for text in self.case.cleaves_to}

    @cached_property
    def bounds(self) -> Bounds:
        """What is told of it from the atoms that a text names."""
        from kemkoll.structures.screening import bounds_of

        return bounds_of(self.case)

    @cached_property
    def places(self) -> Places:
        """What is told of it from what these are bound to."""
        from kemkoll.structures.needs import places_of

        return places_of(self.case)


def ways(rule: Rule) -> tuple[Way, ...]:
    """The ways to belong to a group: those that are sure first, and of these those that look at the whole."""
    return tuple(
        map(Way, sorted(rule.cases, key=lambda case: (not case.certain, case.scope is not Scope.whole)))
    )


_ATOMS = re.compile(r"([A-Z][a-z]?)(\d*)")
_CHARGE = re.compile("([+-])")


def neutral(formula: str) -> frozenset[tuple[str, int]]:
    """The atoms of a formula as they would be without its charge, had protons come or gone for it.

    >>> neutral("C2H3O2-") == neutral("C2H4O2"), neutral("C2O4-2") == neutral("C2H2O4")
    (True, True)
    """
    plain, sign, charge = [*_CHARGE.split(formula, maxsplit=1), "", ""][:3]
    atoms = {symbol: int(count or 1) for symbol, count in _ATOMS.findall(plain)}
    if sign:
        atoms["H"] = atoms.get("H", 0) - int(sign + (charge or "1"))
    return frozenset(atoms.items())
