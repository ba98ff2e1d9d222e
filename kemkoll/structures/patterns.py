"""Patterns (SMARTS) and structures that rules name, read once."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from kemkoll.structures.reading import find, rdkit


@cache
def pattern(smarts: str) -> Any:
    """The pattern as an RDKit molecule.

    Raises:
        ValueError: it is no SMARTS.
    """
    rdkit()  # silences RDKit's own messages
    from rdkit import Chem

    read = Chem.MolFromSmarts(smarts)
    if read is None or not read.GetNumAtoms():
        raise ValueError(f"“{smarts}” is no SMARTS")
    return read


@cache
def ends(smarts: str) -> tuple[int, int]:
    """The places of the atoms `:1` and `:2` in a pattern.

    >>> ends("[Sn:1]-[C:2]")
    (0, 1)

    Raises:
        ValueError: it is no SMARTS, or does not mark both atoms.
    """
    marks = {atom.GetAtomMapNum(): atom.GetIdx() for atom in pattern(smarts).GetAtoms()}
    if not {1, 2} <= marks.keys():
        raise ValueError(f"“{smarts}” does not mark its atoms :1 and :2")
    return marks[1], marks[2]


@cache
def atoms_of(smiles: str) -> Counter[str]:
    """The heavy atoms of a structure, by element.

    >>> atoms_of("[Na+].[O-]C=O")
    Counter({'O': 2, 'Na': 1, 'C': 1})
    """
    return Counter(atom.GetSymbol() for atom in rdkit().parse(smiles).GetAtoms() if atom.GetAtomicNum() > 1)


@cache
def neutral_formula(smiles: str) -> str:
    """The formula of a structure without charges.

    >>> neutral_formula("C[NH3+]")
    'CH5N'
    """
    tools = rdkit()
    return str(tools.formula(tools.uncharge(tools.parse(smiles))))


@cache
def skeleton(smiles: str) -> str:
    """The first block of the InChIKey of a structure, without charges.

    >>> skeleton("C[NH3+]") == skeleton("CN")
    True

    Raises:
        ValueError: it is no SMILES.
    """
    if not find(smiles).valid:
        raise ValueError(f"“{smiles}” is no SMILES")
    tools = rdkit()
    return str(tools.key(tools.uncharge(tools.parse(smiles))).partition("-")[0])
