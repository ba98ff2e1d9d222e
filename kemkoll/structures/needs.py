"""What a structure that belongs to a group must have, atom by atom, told from the group's patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, reduce
from typing import Any, NamedTuple

from kemkoll.structures import cleavage
from kemkoll.structures.patterns import pattern
from kemkoll.structures.reading import METALS, rdkit
from kemkoll.structures.rules import Case
from kemkoll.structures.screening import symbols

NEAR = ("C", "N", "O", "S", "F", "Cl", "Br", "")
"""The elements of neighbours that are told apart; the last stands for all others."""
ENDS = ("C", "N", "O", "S")
"""Those of which neighbours without other neighbours are counted besides: bound once, and more than once."""
_ANY = 99


class Need(NamedTuple):
    """An atom that a structure must have.

    Attributes:
        elements: one of which it is; none: any.
        least, most: how many neighbours it has.
        near: fields (of `NEAR`, then of ends bound once, then of others), and how many neighbours fall in one
            of them at least.
        ring: whether it is part of a ring.
        aromatic, saturated: whether it is aromatic carbon, or carbon with four neighbours.
    """

    elements: frozenset[str]
    least: int
    most: int
    near: frozenset[tuple[frozenset[int], int]] = frozenset()
    ring: bool = False
    aromatic: bool = False
    saturated: bool = False


Bound = tuple[Need, Need]
"""Two atoms that are bound to one another."""


class Demand(NamedTuple):
    """The atoms that a structure must have, those of them that are bound, and how many bonds close rings."""

    needs: frozenset[Need] = frozenset()
    rings: int = 0
    bonds: frozenset[Bound] = frozenset()

    def __or__(self, other: Demand) -> Demand:
        return Demand(self.needs | other.needs, max(self.rings, other.rings), self.bonds | other.bonds)


class Places(NamedTuple):
    """What belongs by a case has all of this, and of each of some choices one."""

    all: Demand
    any: tuple[tuple[Demand, ...], ...]


def places_of(case: Case) -> Places:
    """The places of a case.

    >>> from kemkoll.structures.rules import read_rule
    >>> rule = read_rule({"all": ["[OX2H][CH2]"]})
    >>> sorted((*need.elements, need.least, need.most) for need in places_of(rule.cases[0]).all.needs)
    [('C', 1, 2), ('O', 1, 1)]
    """
    asked = [*case.all, *(count.smarts for count in case.count if count.least)]
    asked += [branch.smarts for branch in case.branch] + ([cleavage.NEEDED] if case.cleaves_to else [])
    choices = [tuple(map(_demand, case.any)), tuple(map(_demand_of_structure, case.is_))]
    every = reduce(Demand.__or__, map(_demand, asked), Demand())
    return Places(every, tuple(choice for choice in choices if choice))


@cache
def _demand(smarts: str) -> Demand:
    """What a structure in which a pattern is found must have."""
    read = pattern(smarts)
    atoms = list(read.GetAtoms())
    kinds = {number: _ringed(_kind(atom), atom) for number, atom in enumerate(atoms)}
    needs = {number: kind._replace(near=_near(atoms[number], kinds)) for number, kind in kinds.items()}
    inner = frozenset[Need]().union(*(_recursive(atom.GetSmarts()) for atom in atoms))
    return Demand(inner.union(needs.values()), _cycles(read), _bonds(read, needs))


def _ringed(kind: Need, atom: Any) -> Need:
    """The same of an atom in a pattern's or structure's ring."""
    from rdkit import Chem

    Chem.FastFindRings(atom.GetOwningMol())
    return kind._replace(ring=kind.aromatic or atom.IsInRing())


def _bonds(read: Any, needs: Mapping[int, Need]) -> frozenset[Bound]:
    """The bonds of a pattern or structure, by what their atoms need."""
    ends = [(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()) for bond in read.GetBonds()]
    bound = [{needs[one], needs[other]} for one, other in ends if one in needs and other in needs]
    return frozenset(_pair(pair) for pair in map(frozenset, bound))


@cache
def _pair(needs: frozenset[Need]) -> Bound:
    """What two atoms need, in one and the same order for the same two."""
    return next(iter(needs)), [*needs][-1]


def _cycles(read: Any) -> int:
    from rdkit import Chem

    return int(read.GetNumBonds() - read.GetNumAtoms() + len(Chem.GetMolFrags(read)))


@cache
def _demand_of_structure(smiles: str) -> Demand:
    """What a structure must have that is the same as another, whatever its charges and hydrogen atoms."""
    read = rdkit().parse(smiles)
    if any(atom.GetSymbol() in METALS for atom in read.GetAtoms()):
        return Demand()
    atoms = [atom for atom in read.GetAtoms() if atom.GetAtomicNum() > 1]
    kinds = {
        atom.GetIdx(): Need(frozenset({atom.GetSymbol()}), atom.GetDegree(), atom.GetDegree())
        for atom in atoms
    }
    needs = {
        atom.GetIdx(): kinds[atom.GetIdx()]._replace(near=_near(atom, kinds), ring=atom.IsInRing())
        for atom in atoms
        if all(other.GetIdx() in kinds for other in atom.GetNeighbors())
    }
    return Demand(frozenset(needs.values()), _cycles(read), _bonds(read, needs))


def _near(atom: Any, kinds: Mapping[int, Need]) -> frozenset[tuple[frozenset[int], int]]:
    """How many neighbours of an atom fall in each of the fields that surely hold some."""
    sure = []
    for bond in atom.GetBonds():
        kind = kinds[bond.GetOtherAtomIdx(atom.GetIdx())]
        if kind.elements and kind.elements <= {*NEAR}:
            sure.append(frozenset(map(NEAR.index, kind.elements)))
            if kind.most <= 1 and kind.elements <= {*ENDS}:
                told = _orders(bond) if kinds[atom.GetIdx()].elements == {"C"} else (0, 1)
                ends = [len(NEAR) + ENDS.index(element) for element in kind.elements]
                sure.append(frozenset(end + order * len(ENDS) for end in ends for order in told))
    return frozenset((fields, sum(other <= fields for other in sure)) for fields in sure)


def _orders(bond: Any) -> tuple[int, ...]:
    """Whether a pattern's bond of an atom at an end is a single one (0), a multiple one (1), or either."""
    if not bond.HasQuery():  # of a structure, whose hydrogen atoms may be elsewhere
        return (0, 1)
    return {"": (0,), "-": (0,), "=": (1,), "#": (1,)}.get(bond.GetSmarts(), (0, 1))


_RANGE = re.compile(r"([DXH])(\d+)")
_NAMED = re.compile(r"#(\d+)|([A-Z][a-z]?|[bcnops])(?![a-z\d])")


class _Told(NamedTuple):
    """What a primitive, or several, say of an atom: elements (none: any), aromatic carbon, numbers."""

    elements: frozenset[str] = frozenset()
    aromatic: bool = False
    ranges: tuple[tuple[str, int, int], ...] = ()


def _kind(atom: Any) -> Need:
    """What a pattern's atom stands for, without what is near it."""
    parts = [_told(part) for part in _parts(_plain(atom.GetSmarts()), ";")]
    given = [part.elements for part in parts if part.elements]
    elements = reduce(frozenset.__and__, given) if given else frozenset()
    aromatic = any(part.aromatic for part in parts)
    bounds = dict.fromkeys("DXH", (0, _ANY))
    for name, low, high in (own for part in parts for own in part.ranges):
        bounds[name] = (max(bounds[name][0], low), min(bounds[name][1], high))
    hydrogen, all_ = bounds["H"], bounds["X"]
    least = max(bounds["D"][0], all_[0] - hydrogen[1], atom.GetDegree(), 2 if aromatic else 0)
    most = min(bounds["D"][1], all_[1] - hydrogen[0])
    if elements == {"C"}:
        signs = [bond.GetSmarts() for bond in atom.GetBonds()]
        most = min(most, 4 - hydrogen[0] - signs.count("=") - 2 * signs.count("#"))
    elif elements == {"N"}:
        most = min(most, 4 - hydrogen[0])
    if aromatic:
        most = min(most, 2 if hydrogen[0] else 3)
    saturated = elements == {"C"} and all_[0] == 4
    return Need(elements, least, most, aromatic=aromatic, saturated=saturated)


@cache
def _told(part: str) -> _Told:
    """What an atom's text without `;` says: what all of its alternatives say."""
    said = [_alternative(text) for text in part.split(",")]
    elements = [one.elements for one in said]
    named = frozenset[str]().union(*elements) if all(elements) else frozenset()
    ranges = []
    for name in "DXH":
        own = [{n: (low, high) for n, low, high in one.ranges}.get(name, (0, _ANY)) for one in said]
        ranges.append((name, min(low for low, _ in own), max(high for _, high in own)))
    return _Told(named, all(one.aromatic for one in said), tuple(ranges))


def _alternative(text: str) -> _Told:
    elements: frozenset[str] = frozenset()
    aromatic, ranges = False, []
    for token in text.split("&"):
        if met := _RANGE.fullmatch(token):
            ranges.append((met[1], int(met[2]), int(met[2])))
        elif met := _NAMED.fullmatch(token):
            name = _symbol(int(met[1])) if met[1] else met[2].capitalize()
            if name in symbols():
                elements, aromatic = frozenset({name}), token == "c"
    return _Told(elements, aromatic, tuple(ranges))


def _symbol(number: int) -> str:
    from rdkit import Chem

    return str(Chem.GetPeriodicTable().GetElementSymbol(number))


def _bare(text: str) -> str:
    """An atom's text without its brackets and its number.

    >>> _bare("[C&H2:2]"), _bare("c"), _bare("[$([O:1])]")
    ('C&H2', 'c', '$([O:1])')
    """
    return re.sub(r":\d+$", "", text[1:-1]) if text.startswith("[") else text


def _plain(text: str) -> str:
    """An atom's text without brackets, and `*` for what is asked of it by patterns of their own.

    >>> _plain("[#6&!$([#6]=O);D1]"), _plain("[$(CC),$(N(C)C)]")
    ('#6&!*;D1', '*,*')
    """
    made, depth = [], 0
    for sign in _bare(text).replace("$(", "$\0"):
        depth += sign in "\0("
        if depth == 0:
            made.append("*" if sign == "$" else sign)
        depth -= sign == ")"
    return "".join(made)


def _parts(text: str, sign: str) -> list[str]:
    """A text between signs that are in no brackets.

    >>> _parts("$(C;D1);N,O", ";")
    ['$(C;D1)', 'N,O']
    """
    made, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == sign and not depth:
            made.append("")
        else:
            made[-1] += letter
    return made


def _recursive(text: str) -> frozenset[Need]:
    """What the patterns within an atom's text need, where all of its alternatives need it."""
    found: frozenset[Need] = frozenset()
    for part in _parts(_bare(text), ";") if "$(" in text else ():
        each: list[frozenset[Need]] = []
        for alternative in _parts(part, ","):
            inner = [token[2:-1] for token in _parts(alternative, "&") if token.startswith("$(")]
            each.append(frozenset[Need]().union(*(_demand(smarts).needs for smarts in inner)))
        found |= frozenset[Need].intersection(*each)
    return found
