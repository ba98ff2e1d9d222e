"""Which rules a structure cannot belong to, told from its text.

A screen only ever says no: where a pattern needs six fluorine atoms, a text that names five needs no parsing.
What is drawn as one part, without metals, is its own parent; of others only the atoms of the whole are known.
Besides atoms a text names double and triple bonds, rings and charges, by signs of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kemkoll.structures import cleavage
from kemkoll.structures.graphs import Graphs, graphs
from kemkoll.structures.patterns import atoms_of, pattern
from kemkoll.structures.reading import METALS
from kemkoll.structures.rules import Case, Kind

Truths = npt.NDArray[np.bool_]


class Bounds(NamedTuple):
    """How many atoms of each element, and signs, what belongs by a case has at least, of which alternatives
    it has one, and how many atoms (drawn as one part) at most; `only`: which it has besides hydrogen, where
    it may have no others; `is_`: the atoms of what it is.
    """

    least: dict[str, int]
    any: tuple[Counter[str], ...]
    most: dict[str, int]
    only: tuple[str, ...] = ()
    is_: tuple[Counter[str], ...] = ()


class Atoms:
    """The heavy atoms that texts (SMILES) name.

    Args:
        smiles: the texts.
        read: the atoms in them.
    """

    def __init__(self, smiles: Sequence[str], read: Graphs | None = None) -> None:
        self._none = np.zeros(len(smiles), dtype=np.int32)
        self._counts = _counts(smiles, read or graphs(smiles))
        self._counts.pop("H", None)
        self._signs = {
            "=": np.array([text.count("=") for text in smiles], dtype=np.int32),
            "#": np.array([text.count("#") for text in smiles], dtype=np.int32),
            _RING: np.array([_DIGIT.search(text) is not None for text in smiles], dtype=np.int32),
        }
        self._open = self.of("*") > 0  # at open places anything may be
        several = np.array(["." in text for text in smiles], dtype=bool)
        metals = sum((self.of(element) for element in METALS), start=self._none)
        charged = np.array([_CHARGED.search(text) is not None for text in smiles], dtype=bool)
        self._signs[_CHARGE] = (charged | (metals > 0)).astype(np.int32)  # metals are given charges
        self._one_part = ~several & (metals == 0)
        self._all = sum(self._counts.values(), start=self._none)

    def of(self, element: str) -> npt.NDArray[np.int32]:
        """How many atoms of an element each text names, or of a sign (at most as many as there may be)."""
        return self._counts.get(element, self._signs.get(element, self._none))

    def may_belong(self, bounds: Bounds) -> Truths:
        """Whether each structure may belong by a case of these bounds."""
        fits = np.ones(len(self._none), dtype=bool)
        for element, count in bounds.least.items():
            fits &= self.of(element) >= count
        if bounds.any:
            fits &= self._has_one_of(bounds.any)
        for element, count in bounds.most.items():
            fits &= (self.of(element) <= count) | ~self._one_part
        if bounds.is_:
            fits &= self._is_one_of(bounds.is_)
        if bounds.only:
            own = sum((self.of(element) for element in {*bounds.only} - {"H"}), start=self._none)
            fits &= (own == self._all) | ~self._one_part
        return fits | self._open

    def _has_one_of(self, alternatives: Iterable[Counter[str]]) -> Truths:
        """Whether each has at least what one of some alternatives names."""
        found = np.zeros(len(self._none), dtype=bool)
        for named in alternatives:
            has = np.ones(len(found), dtype=bool)
            for element, count in named.items():
                has &= self.of(element) >= count
            found |= has
        return found

    def _is_one_of(self, structures: Iterable[Counter[str]]) -> Truths:
        """Whether each has the atoms of one of some structures: no others, where it is drawn as one part."""
        found = np.zeros(len(self._none), dtype=bool)
        for atoms in structures:
            has = np.ones(len(found), dtype=bool)
            for element, count in atoms.items():
                own = self.of(element)
                has &= (own == count) | (~self._one_part & (own > count))
            found |= has & (~self._one_part | (self._all == atoms.total()))
        return found


def _counts(smiles: Sequence[str], read: Graphs) -> dict[str, npt.NDArray[np.int32]]:
    """How many atoms of each element each text names."""
    named = list(map(element_named, read.symbols))
    places = {element: place for place, element in enumerate(dict.fromkeys(named))}
    own = np.array([places[element] for element in named])[read.kind]
    shape = (len(smiles), len(places))
    table = np.bincount(read.text * shape[1] + own, minlength=shape[0] * shape[1]).reshape(shape).T
    counts = {element: table[place].astype(np.int32) for element, place in places.items() if element}
    for text in np.flatnonzero(read.unknown).tolist():
        for count in counts.values():
            count[text] = 0
        for atom, number in Counter(ATOM.findall(smiles[text])).items():
            counts.setdefault(element_of(atom), np.zeros(len(smiles), dtype=np.int32))[text] += number
    return counts


_RING, _CHARGE = "ring", "+"
_SIGNS = ("=", "#", _RING, _CHARGE)
_DIGIT = re.compile(r"\d|%")
_CHARGED = re.compile(r"\+|N#N|#N=|=O\)=O|=O\)\(=O|=N=")
"""A charge, or what is read as charges: nitro groups and azides written without them."""
ATOM = re.compile(r"\[\d*(?:\*|[A-Z][a-z]?|[a-z][a-z]?)|Cl|Br|[BCNOPSFI*bcnops]")


@cache
def element_of(atom: str) -> str:
    """The element of an atom in a SMILES.

    >>> [element_of(atom) for atom in ATOM.findall("[nH]c[13CH3]Cl[Na+].[se][OH-]")]
    ['N', 'C', 'C', 'Cl', 'Na', 'Se', 'O']
    """
    symbol = atom.lstrip("[0123456789")
    return symbol.capitalize() if symbol.capitalize() in symbols() else symbol[0].upper()


@cache
def element_named(symbol: str) -> str:
    """The element of an atom as written in a SMILES; "": none.

    >>> [element_named(symbol) for symbol in ("[nH]", "c", "[13CH3]", "(")]
    ['N', 'C', 'C', '']
    """
    met = ATOM.match(symbol)
    return element_of(met[0]) if met else ""


@cache
def symbols() -> frozenset[str]:
    from rdkit import Chem

    table = Chem.GetPeriodicTable()
    return frozenset(table.GetElementSymbol(number) for number in range(1, 119)) | {"*"}


def bounds_of(case: Case) -> Bounds:
    """The bounds of a case.

    >>> from kemkoll.structures.rules import read_rule
    >>> rule = read_rule({"all": ["c(F)Cl"], "count": [{"smarts": "[Br]", "least": 2, "most": 3}]})
    >>> bounds_of(rule.cases[0])
    Bounds(least={'C': 1, 'F': 1, 'Cl': 1, 'ring': 1, 'Br': 2}, any=(), most={'Br': 3}, only=(), is_=())
    """
    least: Counter[str] = Counter()
    most: dict[str, int] = {}
    for smarts in case.all:
        least |= _named(smarts)
    for count in case.count:
        named = _named(count.smarts)
        if count.least:
            alone = pattern(count.smarts).GetNumAtoms() == 1
            often = {
                element: n if element in _SIGNS or not alone else n * count.least
                for element, n in named.items()
            }
            least |= Counter(often)
        if count.most >= 0 and (element := _all_of(count.smarts)):
            most[element] = count.most
    for branch in case.branch:
        least |= _named(branch.smarts)
        carbons = branch.carbons[0] * branch.least
        least |= Counter({"C": carbons})
        if branch.kind is Kind.perfluoroalkyl:
            least |= Counter({"F": 2 * carbons + branch.least})
    least |= Counter({element: 1 for element, _ in case.oxidation})
    if case.cleaves_to:
        least |= _named(cleavage.NEEDED) | Counter({"=": 1, _RING: 1})
    return Bounds(dict(+least), tuple(map(_named, case.any)), most, case.only, tuple(map(atoms_of, case.is_)))


@cache
def _named(smarts: str) -> Counter[str]:
    """The heavy atoms that a pattern surely stands for, by element, and the signs that texts need for it."""
    read = pattern(smarts)
    found = Counter(map(_sure, read.GetAtoms()))
    bonds = Counter(bond.GetSmarts() for bond in read.GetBonds())
    found |= Counter({sign: bonds[sign] for sign in ("=", "#") if bonds[sign]})
    primitives = [part for atom in read.GetAtoms() for part in _primitives(atom)]
    if _has_ring(read) or any(map(_AROMATIC.match, primitives)):
        found[_RING] = 1
    if any(map(_PLUS.search, primitives)):
        found[_CHARGE] = 1
    return Counter({element: count for element, count in found.items() if element not in ("", "H")})


_AROMATIC = re.compile(r"[bcnops](?![a-z])")
_PLUS = re.compile(r"(?<!!)\+(?!0)")


def _has_ring(read: Any) -> bool:
    from rdkit import Chem

    Chem.FastFindRings(read)
    return bool(read.GetRingInfo().NumRings())


def _all_of(smarts: str) -> str:
    """The element all of whose atoms a pattern of one atom finds, or ""."""
    atoms = list(pattern(smarts).GetAtoms())
    plain = len(atoms) == 1 and re.fullmatch(r"\[?(#\d+|Cl|Br|F|I|Sn|Pb)\]?", smarts)
    return _sure(atoms[0]) if plain else ""


_PRIMITIVE = re.compile(r"#(\d+)|([A-Z][a-z]?|[bcnops])(?![a-z])")


def _sure(atom: Any) -> str:
    """The element of all atoms that a pattern's atom may stand for, or ""."""
    from rdkit import Chem

    for part in _primitives(atom):
        met = _PRIMITIVE.match(part)
        if met and met[1]:
            return str(Chem.GetPeriodicTable().GetElementSymbol(int(met[1])))
        symbol = met[2].capitalize() if met else ""
        if symbol in symbols():
            return symbol
    return ""


def _primitives(atom: Any) -> list[str]:
    """What all atoms that a pattern's atom may stand for are, text by text; none of it is an alternative."""
    text = atom.GetSmarts().strip("[]")
    while "$(" in text:
        text = without_recursion(text)
    return [part for part in text.split(";") if "," not in part]


def without_recursion(text: str) -> str:
    """The text of a pattern's atom without its first `$(…)`."""
    start = text.index("$(")
    depths = accumulate((sign == "(") - (sign == ")") for sign in text[start + 1 :])
    end = start + 1 + list(depths).index(0)
    return text[:start] + "*" + text[end + 1 :]
