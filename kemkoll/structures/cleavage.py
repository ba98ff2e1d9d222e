"""What is left of an azo dye when its azo bonds are cleaved by reduction.

An azo bond between carbon atoms of rings, or beside carbonyl groups, becomes two amines, also where the dye
is drawn in its hydrazone form (`C=N-NH` beside a carbonyl group, or across a quinone ring from it). One bond
alone, or several at once, may be cleaved: amines that hold an azo bond themselves (4-aminoazobenzene) are
left when others are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property
from itertools import combinations
from typing import Any

from kemkoll.structures.reading import rdkit

NEEDED = "[#6]-[#7]~[#7]-,=[#6]"
"""What every structure has in which a bond is cleaved."""
MOST_BONDS = 6
"""Azo bonds beyond which only each alone and all together are cleaved."""


class Left:
    """What is left of a dye: a part of it, neutral, with the atoms it has in the dye.

    Args:
        opened: the dye with some of its bonds cleaved.
        place: which of its parts this is.
        atoms: the part's atoms, by their numbers in the dye.
    """

    def __init__(self, opened: Opened, place: int, atoms: frozenset[int]) -> None:
        self._opened, self._place, self.atoms = opened, place, atoms

    @cached_property
    def heavy(self) -> frozenset[tuple[str, int]]:
        """Its atoms besides hydrogen, by element."""
        symbols = self._opened.symbols
        return frozenset(Counter(symbols[atom] for atom in self.atoms if symbols[atom] != "H").items())

    @property
    def _part(self) -> Any:
        return self._opened.parts[self._place]

    @cached_property
    def formula(self) -> str:
        """Its formula, hydrogen included."""
        return str(rdkit().formula(self._part))

    def is_one_of(self, skeletons: Mapping[str, Collection[str]]) -> bool:
        """Whether it is one of some structures, given by formula and first block of the InChIKey."""
        return self.formula in skeletons and self._key in skeletons[self.formula]

    @cached_property
    def _key(self) -> str:
        return str(rdkit().key(self._part).partition("-")[0])


class Opened:
    """A dye with some of its azo bonds cleaved; its parts are made when they are asked for."""

    def __init__(self, molecule: Any, bonds: Sequence[tuple[int, int]], symbols: Sequence[str]) -> None:
        self.molecule, self._bonds, self.symbols = molecule, bonds, symbols

    @cached_property
    def parts(self) -> Sequence[Any]:
        """Its parts, by their first atoms."""
        from rdkit import Chem

        open_ = Chem.RWMol(self.molecule)
        for first, second in self._bonds:
            open_.RemoveBond(first, second)
            for place in (first, second):
                atom = open_.GetAtomWithIdx(place)
                atom.SetNoImplicit(False)  # noqa: FBT003 - RDKit has no name for it
                atom.SetNumExplicitHs(0)
        return tuple(Chem.GetMolFrags(open_, asMols=True))


def left(molecule: Any) -> list[Left]:
    """What may be left where azo bonds of a dye are cleaved, each alone or several at once.

    Args:
        molecule: an RDKit molecule, its own fragments apart and neutral.

    >>> from rdkit import Chem
    >>> [part.formula for part in left(Chem.MolFromSmiles("Oc1ccc2ccccc2c1N=Nc1ccccc1"))]
    ['C10H9NO', 'C6H7N']
    >>> [part.formula for part in left(Chem.MolFromSmiles("O=C1C=Cc2ccccc2C1=NNc1ccccc1"))]
    ['C10H7NO', 'C6H7N']
    >>> left(Chem.MolFromSmiles("NC(=O)N=NC(N)=O"))
    []
    """
    bonds = sorted({*_bonds(molecule)})
    pieces, ends = _apart(molecule, bonds) if bonds else ([], [])
    symbols = [atom.GetSymbol() for atom in molecule.GetAtoms()] if bonds else []
    found: dict[frozenset[int], Left] = {}
    for size in range(1, len(bonds) + 1):
        if len(bonds) > MOST_BONDS and size not in (1, len(bonds)):
            continue
        for chosen in combinations(range(len(bonds)), size):
            opened = Opened(molecule, tuple(bonds[bond] for bond in chosen), symbols)
            kept = [ends[bond] for bond in range(len(bonds)) if bond not in chosen]
            for place, atoms in enumerate(_joined(pieces, kept)):
                if atoms not in found:
                    found[atoms] = Left(opened, place, atoms)
    return [*found.values()]


def _apart(
    molecule: Any, bonds: Sequence[tuple[int, int]]
) -> tuple[list[frozenset[int]], list[tuple[int, int]]]:
    """The pieces that are left without any of some bonds, and which of them each bond joins."""
    from rdkit import Chem

    open_ = Chem.RWMol(molecule)
    for first, second in bonds:
        open_.RemoveBond(first, second)
    pieces = [frozenset(atoms) for atoms in Chem.GetMolFrags(open_)]
    of_atom = {atom: number for number, atoms in enumerate(pieces) for atom in atoms}
    return pieces, [(of_atom[first], of_atom[second]) for first, second in bonds]


def _joined(pieces: Sequence[frozenset[int]], ends: Sequence[tuple[int, int]]) -> list[frozenset[int]]:
    """The parts that pieces form where some are joined, by their first atoms.

    >>> _joined([frozenset({0}), frozenset({1}), frozenset({2, 3})], [(0, 2)])
    [frozenset({0, 2, 3}), frozenset({1})]
    """
    part = [*range(len(pieces))]
    for first, second in ends:
        old, new = part[second], part[first]
        part = [new if own == old else own for own in part]
    joined: dict[int, frozenset[int]] = {}
    for number, atoms in zip(part, pieces, strict=True):
        joined[number] = joined.get(number, frozenset()) | atoms
    return sorted(joined.values(), key=min)


_SIDE = "[c,$([C;R]=*),$([CX4,CX3]-C=[O,N])]"
_AZO = f"{_SIDE}[N:1]=[N:2]{_SIDE}"
_KETO = (
    "[$([#6][#6]=O),$([#6]=,:[#6]O),$([#6;R][#6]=[#6][#6]=[O,N]),$([#6;R]([#6]=[#6])[#6]=[#6][#6]=[O,N]),"
    "$([#6]-[#6]=[#7,#8])]"
)
_HYDRAZONE = f"{_KETO}=[N:1]-[NH:2]-c"


def _bonds(molecule: Any) -> list[tuple[int, int]]:
    """The bonds between nitrogen atoms that are cleaved, by the numbers of these."""
    found = []
    for pattern in _patterns():
        for match in molecule.GetSubstructMatches(pattern, maxMatches=100):
            first, second = sorted(match[1:3])
            found.append((first, second))
    return found


@cache
def _patterns() -> tuple[Any, ...]:
    from rdkit import Chem

    return tuple(map(Chem.MolFromSmarts, (_AZO, _HYDRAZONE)))
