"""What is left of an azo dye when its azo bonds are cleaved by reduction.

An azo bond between carbon atoms of rings, or beside carbonyl groups, becomes two amines, also where the dye
is drawn in its hydrazone form (`C=N-NH` beside a carbonyl group, or across a quinone ring from it). One bond
alone, or several at once, may be cleaved: amines that hold an azo bond themselves (4-aminoazobenzene) are
left when others are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
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

    Attributes:
        formula: of the part, hydrogen included.
        atoms: their numbers in the dye.
    """

    def __init__(self, part: Any, atoms: tuple[int, ...]) -> None:
        self._part, self.atoms = part, frozenset(atoms)
        self.formula = str(rdkit().formula(part))

    def is_one_of(self, skeletons: Mapping[str, Collection[str]]) -> bool:
        """Whether it is one of some structures, given by formula and first block of the InChIKey."""
        return self.formula in skeletons and self._key in skeletons[self.formula]

    @cached_property
    def _key(self) -> str:
        return str(rdkit().key(self._part).partition("-")[0])


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
    chosen = [
        part
        for size in range(1, len(bonds) + 1)
        if len(bonds) <= MOST_BONDS or size in (1, len(bonds))
        for part in combinations(bonds, size)
    ]
    found: dict[frozenset[int], Left] = {}
    for cleaved in chosen:
        for part in _cleaved(molecule, cleaved):
            found.setdefault(part.atoms, part)
    return [*found.values()]


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


def _cleaved(molecule: Any, bonds: tuple[tuple[int, int], ...]) -> list[Left]:
    """Each part that is left when these bonds are cleaved."""
    from rdkit import Chem

    open_ = Chem.RWMol(molecule)
    for first, second in bonds:
        open_.RemoveBond(first, second)
        for place in (first, second):
            atom = open_.GetAtomWithIdx(place)
            atom.SetNoImplicit(False)  # noqa: FBT003 - RDKit has no name for it
            atom.SetNumExplicitHs(0)
    made: list[tuple[int, ...]] = []
    parts = Chem.GetMolFrags(open_, asMols=True, fragsMolAtomMapping=made)
    return list(map(Left, parts, made))
