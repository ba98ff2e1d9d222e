"""Chemical structures. The only package that imports RDKit.

reading      SMILES → formula, keys, parents
molfiles     what drawing programs copy → SMILES
patterns     patterns and structures that rules name
rules        the rules of groups, as data
ways         the same, made ready to be held against many structures
evaluation   which structures a rule takes in, and by which atoms
mixtures     what is drawn as several molecules, and is no salt of one another
branches, cleavage, oxidation: what hangs on an atom, what an azo dye is cleaved to, oxidation states
graphs       which atoms texts bind to which, read for many texts at once
screening    which rules a structure cannot belong to, told from its text
needs        what a structure that belongs must have, atom by atom and bond by bond
surroundings  which rules it cannot belong to, told from what its atoms are bound to
classification  many structures and many rules at once
grading      what the screens leave, held against the rules: the work of other processes
processes    work shared by several processes
drawing      a structure as SVG
"""

from kemkoll.structures.drawing import GROUND, HEIGHT, WIDTH, draw
from kemkoll.structures.evaluation import Shown, drawn_as_mixture, shown
from kemkoll.structures.molfiles import smiles_of_molfile
from kemkoll.structures.reading import (
    LONGEST,
    METALS,
    SIMPLE,
    UNREADABLE,
    Structure,
    find,
    find_all,
    rdkit_version,
    rules_version,
)

__all__ = [
    "GROUND",
    "HEIGHT",
    "LONGEST",
    "METALS",
    "SIMPLE",
    "UNREADABLE",
    "WIDTH",
    "Shown",
    "Structure",
    "draw",
    "drawn_as_mixture",
    "find",
    "find_all",
    "rdkit_version",
    "rules_version",
    "shown",
    "smiles_of_molfile",
]
