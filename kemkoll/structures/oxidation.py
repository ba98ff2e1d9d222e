"""Oxidation states."""

from __future__ import annotations

from functools import cache
from typing import Any


def oxidation_state(atom: Any) -> int:
    """The charge that an atom would have if each bond's electrons were the more electronegative atom's.

    >>> from rdkit import Chem
    >>> chromate = Chem.MolFromSmiles("[O-][Cr](=O)(=O)[O-]")
    >>> oxidation_state(chromate.GetAtomWithIdx(1)), oxidation_state(chromate.GetAtomWithIdx(2))
    (6, -2)
    """
    own = _electronegativity(atom.GetAtomicNum())
    state = float(atom.GetFormalCharge())
    for bond in atom.GetBonds():
        other = _electronegativity(bond.GetOtherAtom(atom).GetAtomicNum())
        state += bond.GetBondTypeAsDouble() * ((other > own) - (other < own))
    hydrogen = _electronegativity(1)
    state += float(atom.GetTotalNumHs() * ((hydrogen > own) - (hydrogen < own)))
    return round(state)


@cache
def _electronegativity(number: int) -> float:
    """By Pauling's scale (A. L. Allred, J. Inorg. Nucl. Chem. 17 (1961) 215); 1.5 for metals, which lose
    their electrons to any of the others.
    """
    known = {1: 2.20, 5: 2.04, 6: 2.55, 7: 3.04, 8: 3.44, 9: 3.98, 14: 1.90, 15: 2.19, 16: 2.58, 17: 3.16}
    known |= {33: 2.18, 34: 2.55, 35: 2.96, 52: 2.10, 53: 2.66}
    return known.get(number, 1.5)
