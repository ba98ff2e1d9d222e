"""Chemical structures. The only package that imports RDKit.

reading      SMILES → formula, keys, parents
patterns     patterns and structures that rules name
rules        the rules of groups, as data
evaluation   which structures a rule takes in, and by which atoms
cleavage     what an azo dye is cleaved to
drawing      a structure as SVG
"""

from kemkoll.structures.drawing import HEIGHT, WIDTH, draw
from kemkoll.structures.reading import (
    LONGEST,
    METALS,
    SIMPLE,
    UNREADABLE,
    Structure,
    find,
    find_all,
    rdkit_version,
)

__all__ = [
    "HEIGHT",
    "LONGEST",
    "METALS",
    "SIMPLE",
    "UNREADABLE",
    "WIDTH",
    "Structure",
    "draw",
    "find",
    "find_all",
    "rdkit_version",
]
