"""What is left of an azo dye when its azo bonds are cleaved by reduction.

An azo bond between carbon atoms of rings, or beside carbonyl groups, becomes two amines, also where the dye is
drawn in its hydrazone form (`C=N-NH` beside a carbonyl group, or across a quinone ring from it). One bond alone,
or several at once, may be cleaved: amines that hold an azo bond themselves (4-aminoazobenzene) are left when
others are.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

from kemkoll.structures.reading import rdkit

MOST_BONDS = 6
"""Azo bonds beyond which only each alone and all together are cleaved."""


def amines(molecule: Any) -> dict[str, frozenset[int]]:
    """Keys (first block of the InChIKey) of what may be left, each with the atoms it has in the molecule.

    Args:
        molecule: an RDKit molecule, its own fragments apart and neutral.

    >>> from rdkit import Chem
    >>> aniline = Chem.MolToInchiKey(Chem.MolFromSmiles("Nc1ccccc1"))[:14]
    >>> aniline in amines(Chem.MolFromSmiles("Oc1ccc2ccccc2c1N=Nc1ccccc1"))
    True
    >>> aniline in amines(Chem.MolFromSmiles("O=C1C=Cc2ccccc2C1=NNc1ccccc1"))
    True
    >>> amines(Chem.MolFromSmiles("NC(=O)N=NC(N)=O"))
    {}
    """
    bonds = sorted({*_bonds(molecule)})
    chosen = [
        part
        for size in range(1, len(bonds) + 1)
        if len(bonds) <= MOST_BONDS or size in (1, len(bonds))
        for part in combinations(bonds, size)
    ]
    found: dict[str, frozenset[int]] = {}
    for part in chosen:
        for key, atoms in _cleaved(molecule, part):
            found.setdefault(key, atoms)
    return found


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


def _cleaved(molecule: Any, bonds: tuple[tuple[int, int], ...]) -> list[tuple[str, frozenset[int]]]:
    """The key and the atoms of each part that is left when these bonds are cleaved."""
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
    tools = rdkit()
    return [
        (tools.key(part).partition("-")[0], frozenset(atoms)) for part, atoms in zip(parts, made, strict=True)
    ]
