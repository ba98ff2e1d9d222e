"""Which rules a structure cannot belong to, told from which atoms its text binds to which.

Reading bonds, charges and aromatic rings into a structure, taking charges away and parting it change neither
how many atoms an atom is bound to nor which. So where a pattern's atom stands for oxygen with one neighbour,
which is carbon, a text without such an atom needs no parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kemkoll.structures import cleavage
from kemkoll.structures.graphs import Graphs
from kemkoll.structures.patterns import pattern
from kemkoll.structures.reading import METALS, rdkit
from kemkoll.structures.rules import Case
from kemkoll.structures.screening import element_named, symbols

Truths = npt.NDArray[np.bool_]
NEAR = ("C", "N", "O", "S", "F", "Cl", "Br", "")
"""The elements of neighbours that are told apart; the last stands for all others."""
_ENDS = ("C", "N", "O", "S")
"""Those of which neighbours without other neighbours are counted besides: bound once, and more than once."""
_FIELDS = len(NEAR) + 2 * len(_ENDS)
_WIDTH, _FULL = 3, 7
"""Bits that count the neighbours of a kind, and the most that they count."""
_MOST = {"C": 4, "N": 4, "O": 2, "F": 1, "Cl": 1, "Br": 1, "I": 1}
"""Neighbours that an atom has where nothing is odd about it."""
_ANY = 99


class Need(NamedTuple):
    """An atom that a structure must have.

    Attributes:
        elements: one of which it is; none: any.
        least, most: how many neighbours it has.
        near: fields (of `NEAR`, then of ends bound once, then of others), and how many neighbours fall in one
            of them at least.
    """

    elements: frozenset[str]
    least: int
    most: int
    near: frozenset[tuple[frozenset[int], int]]


class Demand(NamedTuple):
    """The atoms that a structure must have, and how many bonds that close rings."""

    needs: frozenset[Need] = frozenset()
    rings: int = 0

    def __or__(self, other: Demand) -> Demand:
        return Demand(self.needs | other.needs, max(self.rings, other.rings))


class Places(NamedTuple):
    """What belongs by a case has all of this, and of each of some choices one."""

    all: Demand
    any: tuple[tuple[Demand, ...], ...]


class Surroundings:
    """The atoms that texts (SMILES) name, by what surrounds them.

    Args:
        read: the atoms in the texts.
        wanted: what may be asked of them.
    """

    def __init__(self, read: Graphs, wanted: Iterable[Places]) -> None:
        self._unknown, self._rings = read.unknown.copy(), read.rings
        demands = [demand for places in wanted for demand in chain((places.all,), *places.any)]
        needs = list(dict.fromkeys(need for demand in demands for need in demand.needs))
        self._has = dict(zip(needs, self._found(read, needs), strict=True)) if len(read.kind) else {}

    def may_belong(self, places: Places) -> Truths:
        """Whether each structure may belong by a case."""
        fits = self._meets(places.all)
        for choices in places.any:
            fits &= reduce(np.logical_or, map(self._meets, choices))
        return fits | self._unknown

    def _meets(self, demand: Demand) -> Truths:
        fits: Truths = self._rings >= demand.rings
        for need in demand.needs if self._has else ():
            fits = fits & self._has[need]
        return fits

    def _found(self, read: Graphs, needs: Sequence[Need]) -> Iterator[Truths]:
        """Whether each text has an atom of each kind that is needed."""
        elements = [element_named(symbol) for symbol in read.symbols]
        degree = np.bincount(np.concatenate([read.first, read.second]), minlength=len(read.kind))
        self._leave_out(read, elements, degree)
        number = {element: place for place, element in enumerate(dict.fromkeys(elements))}
        own = np.array([number[element] for element in elements])[read.kind]
        code = (own << (4 + _FIELDS * _WIDTH)) | (np.minimum(degree, 15) << (_FIELDS * _WIDTH))
        codes, kind = np.unique(code | _neighbours(read, elements, degree), return_inverse=True)
        fields = np.array([(codes >> (_WIDTH * place)) & _FULL for place in range(_FIELDS)])
        degrees = (codes >> (_FIELDS * _WIDTH)) & 15
        named = codes >> (4 + _FIELDS * _WIDTH)
        starts = np.flatnonzero(np.diff(read.text, prepend=-1))
        texts = read.text[starts]
        for first in range(0, len(needs), 64):
            some = needs[first : first + 64]
            bits = np.zeros(len(codes), dtype=np.uint64)
            for bit, need in enumerate(some):
                is_ = (degrees >= need.least) & (degrees <= need.most)
                if need.elements:
                    is_ &= np.isin(named, [number.get(element, -1) for element in need.elements])
                for places, count in need.near:
                    is_ &= fields[sorted(places)].sum(axis=0) >= count
                bits |= is_.astype(np.uint64) << np.uint64(bit)
            met = np.zeros(len(self._rings), dtype=np.uint64)
            met[texts] = np.bitwise_or.reduceat(bits[kind], starts)
            for bit in range(len(some)):
                yield (met >> np.uint64(bit)) & np.uint64(1) != 0

    def _leave_out(self, read: Graphs, elements: Sequence[str], degree: npt.NDArray[np.int64]) -> None:
        """Nothing is said of texts whose bonds may not be those of the structure, or are too many."""
        metal = np.array([element in METALS for element in elements])[read.kind]
        odd = np.array([element in ("", "*", "H") for element in elements])[read.kind]
        most = np.array([_MOST.get(element, _FULL) for element in elements])[read.kind]
        closed = len(read.first) - int(read.rings.sum())  # from this bond on they close rings
        closing = np.concatenate([read.first[closed:], read.second[closed:]])
        odd[closing] |= degree[closing] == 1  # a bond across a dot, of an order that is not told
        self._unknown[read.text[(metal & (degree > 0)) | odd | (degree > most)]] = True


def _neighbours(read: Graphs, elements: Sequence[str], degree: npt.NDArray[np.int64]) -> Any:
    """How many neighbours of each kind each atom has, `_WIDTH` bits for each."""
    near = [NEAR.index(element) if element in NEAR else len(NEAR) - 1 for element in elements]
    ends = [len(NEAR) + _ENDS.index(element) if element in _ENDS else -1 for element in elements]
    worth = np.array([1 << (_WIDTH * place) for place in near])[read.kind]
    end = np.array([1 << (_WIDTH * place) if place >= 0 else 0 for place in ends])[read.kind]
    end[degree != 1] = 0
    first, second = np.concatenate([read.first, read.second]), np.concatenate([read.second, read.first])
    shift = _WIDTH * len(_ENDS) * np.concatenate([read.multiple, read.multiple]).astype(np.int64)
    weights = np.where(degree[first] > _FULL, 0, worth[second] + (end[second] << shift))
    return np.bincount(first, weights=weights, minlength=len(degree)).astype(np.int64)


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
    kinds = dict(enumerate(map(_kind, atoms)))
    needs = set()
    for atom, kind in zip(atoms, kinds.values(), strict=True):
        needs.add(kind._replace(near=_near(atom, kinds)))
        needs |= _recursive(atom.GetSmarts())
    return Demand(frozenset(needs), _cycles(read))


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
        atom.GetIdx(): Need(frozenset({atom.GetSymbol()}), atom.GetDegree(), atom.GetDegree(), frozenset())
        for atom in atoms
    }
    needs = [
        kinds[atom.GetIdx()]._replace(near=_near(atom, kinds))
        for atom in atoms
        if all(other.GetIdx() in kinds for other in atom.GetNeighbors())
    ]
    return Demand(frozenset(needs), _cycles(read))


def _near(atom: Any, kinds: Mapping[int, Need]) -> frozenset[tuple[frozenset[int], int]]:
    """How many neighbours of an atom fall in each of the fields that surely hold some."""
    sure = []
    for bond in atom.GetBonds():
        kind = kinds[bond.GetOtherAtomIdx(atom.GetIdx())]
        if kind.elements and kind.elements <= {*NEAR}:
            sure.append(frozenset(map(NEAR.index, kind.elements)))
            if kind.most <= 1 and kind.elements <= {*_ENDS}:
                told = _orders(bond) if kinds[atom.GetIdx()].elements == {"C"} else (0, 1)
                ends = [len(NEAR) + _ENDS.index(element) for element in kind.elements]
                sure.append(frozenset(end + order * len(_ENDS) for end in ends for order in told))
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
    return Need(elements, least, most, frozenset())


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
