"""What a PFAS is by OECD 2021, atom by atom and without patterns: a second opinion on the rule of the list.

OECD (2021), Reconciling Terminology of the Universe of Per- and Polyfluoroalkyl Substances: a substance with
at least one fully fluorinated methyl or methylene carbon atom, without any H, Cl, Br or I attached to it.
"""

from __future__ import annotations

from typing import Any

CARBON, FLUORINE = 6, 9
NEVER_ATTACHED = frozenset({1, 17, 35, 53})
"""Hydrogen in each of its isotopes, chlorine, bromine and iodine."""


def is_pfas(molecule: Any) -> bool:
    """Whether an RDKit molecule has such a carbon atom.

    >>> from rdkit import Chem
    >>> for smiles in ("FC(F)(F)C", "FC(F)Cl", "FC(F)=C(F)F", "FC(F)(F)F", "[2H]C(F)(F)F", "F[C-](F)F"):
    ...     print(smiles, is_pfas(Chem.MolFromSmiles(smiles)))
    FC(F)(F)C True
    FC(F)Cl False
    FC(F)=C(F)F False
    FC(F)(F)F True
    [2H]C(F)(F)F False
    F[C-](F)F True
    """
    return any(_fully_fluorinated(atom) for atom in molecule.GetAtoms())


def _fully_fluorinated(atom: Any) -> bool:
    """Whether an atom is the carbon of a methyl or methylene group in which fluorine is the only substituent.

    A methyl group has three atoms of fluorine and one other neighbour; as an anion or a radical it has none,
    and in tetrafluoromethane the fourth is fluorine too. A methylene group has two and two other neighbours,
    one where the atom is charged or a radical. A double bond makes it neither.
    """
    if atom.GetAtomicNum() != CARBON or atom.GetIsAromatic() or atom.GetTotalNumHs():
        return False
    if any(bond.GetBondTypeAsDouble() > 1 for bond in atom.GetBonds()):
        return False
    neighbours = [neighbour.GetAtomicNum() for neighbour in atom.GetNeighbors()]
    if NEVER_ATTACHED & set(neighbours):
        return False
    open_ = int(atom.GetFormalCharge() != 0) + int(atom.GetNumRadicalElectrons())
    fluorine = neighbours.count(FLUORINE)
    return fluorine >= 2 and len(neighbours) + min(open_, 1) == 4
