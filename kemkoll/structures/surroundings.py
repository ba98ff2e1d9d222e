"""Which rules a structure cannot belong to, told from which atoms its text binds to which.

Reading bonds, charges and aromatic rings into a structure, taking charges away and parting it change neither
how many atoms an atom is bound to nor which. So where a pattern's atom stands for oxygen with one neighbour,
which is carbon, a text without such an atom needs no parsing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from kemkoll.structures.graphs import Graphs, Numbers
from kemkoll.structures.needs import ENDS, NEAR, Bound, Demand, Need, Places
from kemkoll.structures.processes import parts_of
from kemkoll.structures.reading import METALS
from kemkoll.structures.screening import element_named

Truths = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]
_AT_ONCE = 64
"""What is looked for at once: a bit of a number each."""
_FIELDS = len(NEAR) + 2 * len(ENDS)
_WIDTH, _FULL = 3, 7
"""Bits that count the neighbours of a kind, and the most that they count."""
_MOST = {"C": 4, "N": 4, "O": 2, "F": 1, "Cl": 1, "Br": 1, "I": 1}
"""Neighbours that an atom has where nothing is odd about it."""
_ENDS_OFF = 6
"""Atoms of a chain at an end that are found to be in no ring; of a longer one the others are not."""


class Surroundings:
    """The atoms that texts (SMILES) name, by what surrounds them.

    Args:
        read: the atoms in the texts.
        wanted: what may be asked of them.
    """

    def __init__(self, read: Graphs, wanted: Iterable[Places]) -> None:
        self._unknown, self._rings = read.unknown.copy(), read.rings
        self._has: dict[Need | Bound, Truths] = {}
        if not len(read.kind):
            return
        demands = [demand for places in wanted for demand in chain((places.all,), *places.any)]
        needs = list(dict.fromkeys(need for demand in demands for need in demand.needs))
        bonds = list(dict.fromkeys(bond for demand in demands for bond in demand.bonds))
        elements = [element_named(symbol) for symbol in read.symbols]
        degree = np.bincount(np.concatenate([read.first, read.second]), minlength=len(read.kind))
        self._leave_out(read, elements, degree)
        atoms = Kinds(read, elements, degree)
        fits = {need: atoms.fit(need) for need in dict.fromkeys(chain(needs, *bonds))}
        texts = _Texts(read.text, len(read.rings))
        for some in parts_of(needs, _AT_ONCE):
            self._keep(some, texts.any(_bits([fits[need] for need in some])[atoms.kind]))
        self._keep_bonds(read, atoms.kind, bonds, fits)

    def _keep_bonds(
        self, read: Graphs, kind: Numbers, bonds: Sequence[Bound], fits: Mapping[Need, Truths]
    ) -> None:
        """Which texts have two atoms bound to one another that fit what two that are bound need."""
        first, second = kind[read.first], kind[read.second]
        text, closed = read.text[read.first], _closing(read)
        chains, rings = _Texts(text[:closed], len(read.rings)), _Texts(text[closed:], len(read.rings))
        for some in parts_of(bonds, _AT_ONCE):
            one, other = (_bits([fits[pair[end]] for pair in some]) for end in (0, 1))
            either = (one[first] & other[second]) | (one[second] & other[first])
            self._keep(some, chains.any(either[:closed]) | rings.any(either[closed:]))

    def _keep(self, asked: Sequence[Need | Bound], bits: Bits) -> None:
        """Keep which texts have what is asked, by the bits of each text."""
        self._has |= zip(asked, _truths(bits, len(asked)), strict=True)

    def may_belong(self, places: Places) -> Truths:
        """Whether each structure may belong by a case."""
        fits = self._meets(places.all)
        for choices in places.any:
            fits &= reduce(np.logical_or, map(self._meets, choices))
        return fits | self._unknown

    def _meets(self, demand: Demand) -> Truths:
        fits: Truths = self._rings >= demand.rings
        asked: list[Need | Bound] = [*demand.needs, *demand.bonds] if self._has else []
        for one in asked:
            fits = fits & self._has[one]
        return fits

    def _leave_out(self, read: Graphs, elements: Sequence[str], degree: Numbers) -> None:
        """Nothing is said of texts whose bonds may not be those of the structure, or are too many."""
        metal = np.array([element in METALS for element in elements])[read.kind]
        odd = np.array([element in ("", "*", "H") for element in elements])[read.kind]
        most = np.array([_MOST.get(element, _FULL) for element in elements])[read.kind]
        closed = _closing(read)
        closing = np.concatenate([read.first[closed:], read.second[closed:]])
        odd[closing] |= degree[closing] == 1  # a bond across a dot, of an order that is not told
        self._unknown[read.text[(metal & (degree > 0)) | odd | (degree > most)]] = True


def _closing(read: Graphs) -> int:
    """The bond from which on they close rings; those before it, and these, are in the order of texts."""
    return len(read.first) - int(read.rings.sum())


class Kinds:
    """The kinds of atoms in texts: those of a kind have the same element and alike neighbours.

    Attributes:
        kind: of each atom, the number of its kind.
    """

    def __init__(self, read: Graphs, elements: Sequence[str], degree: Numbers) -> None:
        self._number = {element: place for place, element in enumerate(dict.fromkeys(elements))}
        own = np.array([self._number[element] for element in elements])[read.kind]
        code = (own << (7 + _FIELDS * _WIDTH)) | (np.minimum(degree, 15) << (3 + _FIELDS * _WIDTH))
        for place, flag in enumerate(_flags(read, degree)):
            code |= flag.astype(np.int64) << (place + _FIELDS * _WIDTH)
        codes, self.kind = np.unique(code | _neighbours(read, elements, degree), return_inverse=True)
        self._fields = np.array([(codes >> (_WIDTH * place)) & _FULL for place in range(_FIELDS)])
        self._ring, self._unsaturated, self._lower = (
            (codes >> (place + _FIELDS * _WIDTH)) & 1 != 0 for place in range(3)
        )
        self._degrees = (codes >> (3 + _FIELDS * _WIDTH)) & 15
        self._named = codes >> (7 + _FIELDS * _WIDTH)

    def fit(self, need: Need) -> Truths:
        """Whether atoms of each kind may be what is needed."""
        fits: Truths = (self._degrees >= need.least) & (self._degrees <= need.most)
        if need.elements:
            fits &= np.isin(self._named, [self._number.get(element, -1) for element in need.elements])
        for places, count in need.near:
            fits &= self._fields[sorted(places)].sum(axis=0) >= count
        if need.ring:
            fits &= self._ring
        if need.aromatic:
            fits &= self._unsaturated | self._lower
        if need.saturated:
            fits &= ~self._unsaturated
        return fits


def _flags(read: Graphs, degree: Numbers) -> tuple[Truths, Truths, Truths]:
    """Whether each atom may be part of a ring, has a multiple bond, and may be aromatic without one."""
    multiple = np.zeros(len(degree), dtype=bool)
    multiple[read.first[read.multiple]] = True
    multiple[read.second[read.multiple]] = True
    odd = np.array([symbol[0] in "[cnopsb" for symbol in read.symbols])[read.kind]
    return _cyclic(read, degree), multiple, odd | read.vague[read.text]


def _cyclic(read: Graphs, degree: Numbers) -> Truths:
    """Which atoms may be part of rings: in texts with rings, all but short chains at ends, and between rings
    others are left too.
    """
    left: Truths = (read.rings > 0)[read.text]
    first, second = read.first, read.second
    for _ in range(_ENDS_OFF):
        kept = left[first] & left[second]
        first, second = first[kept], second[kept]
        left = np.bincount(np.concatenate([first, second]), minlength=len(degree)) > 1
    return left


class _Texts:
    """Atoms or bonds, in the order of the texts they are of.

    Args:
        of: of each, the number of its text.
        count: how many texts there are.
    """

    def __init__(self, of: Numbers, count: int) -> None:
        self._starts, self._count = np.flatnonzero(np.diff(of, prepend=-1)), count
        self._texts = of[self._starts]

    def any(self, bits: Bits) -> Bits:
        """The bits that any of each text's has."""
        found = np.zeros(self._count, dtype=np.uint64)
        if len(self._starts):
            found[self._texts] = np.bitwise_or.reduceat(bits, self._starts)
        return found


def _bits(fits: Sequence[Truths]) -> Bits:
    """Up to 64 truths of each of some things as the bits of a number.

    >>> _bits([np.array([True, False]), np.array([True, True])]).tolist()
    [3, 2]
    """
    bits = np.zeros(len(fits[0]), dtype=np.uint64)
    for bit, fit in enumerate(fits):
        bits |= fit.astype(np.uint64) << np.uint64(bit)
    return bits


def _truths(bits: Bits, count: int) -> Iterator[Truths]:
    """The first of these again."""
    return ((bits >> np.uint64(bit)) & np.uint64(1) != 0 for bit in range(count))


def _neighbours(read: Graphs, elements: Sequence[str], degree: Numbers) -> Any:
    """How many neighbours of each kind each atom has, `_WIDTH` bits for each."""
    near = [NEAR.index(element) if element in NEAR else len(NEAR) - 1 for element in elements]
    ends = [len(NEAR) + ENDS.index(element) if element in ENDS else -1 for element in elements]
    worth = np.array([1 << (_WIDTH * place) for place in near])[read.kind]
    end = np.array([1 << (_WIDTH * place) if place >= 0 else 0 for place in ends])[read.kind]
    end[degree != 1] = 0
    first, second = np.concatenate([read.first, read.second]), np.concatenate([read.second, read.first])
    shift = _WIDTH * len(ENDS) * np.concatenate([read.multiple, read.multiple]).astype(np.int64)
    weights = np.where(degree[first] > _FULL, 0, worth[second] + (end[second] << shift))
    return np.bincount(first, weights=weights, minlength=len(degree)).astype(np.int64)
