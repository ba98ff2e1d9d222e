"""What a SMILES says: formula, keys, parents.

A substance is looked at whole: no fragment is taken away before its formula is made, so lead nitrate keeps
its lead. What "and its salts" compares are the `parents`: the neutral form of every fragment, by the first
block of its InChIKey.

`parents` of a substance are, for each fragment after bonds between metals and N, O, S or halogens are opened
and charges are taken away, the first 14 letters of its standard InChIKey. None are given for metals, bare
atoms, metal oxides and the simple inorganic counter-ions and solvents (`SIMPLE`): they say nothing about
which acid or base was made into a salt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kemkoll.formulas import without_charge
from kemkoll.structures.processes import MANY, in_processes, parts_of, processes


class Structure(NamedTuple):
    """What one SMILES says. All texts are empty where it cannot be read."""

    smiles: str
    inchikey: str
    formula: str
    parents: str

    @property
    def valid(self) -> bool:
        return bool(self.smiles)


UNREADABLE = Structure("", "", "", "")

LONGEST = 4_000
"""Longest SMILES that is read, in letters: beyond it no substance of a declaration is meant."""


def _words(text: str) -> list[str]:
    return text.split()


SIMPLE = frozenset(
    _words(
        "OO [H][H] O=O N#N O=S(=O)(O)O O=S(O)O O=[N+]([O-])O O=NO O=P(O)(O)O O=C(O)O O=C=O [C-]#[O+] "
        "C#N N=C=O N#CO N#CS N=C=S [N-]=[N+]=[N-] OCl OBr OF [O-][Cl+3]([O-])([O-])O "
        "[O-][Cl+2]([O-])O [O-][Cl+]O [O-][Br+2]([O-])O [O-][I+2]([O-])O F[B-](F)(F)F FB(F)F "
        "F[PH](F)(F)(F)(F)F FP(F)(F)(F)F"
    )
)
"""Neutral forms (canonical SMILES) of counter-ions and solvents that tell nothing of the salt's parent."""

METALS = frozenset(
    _words(
        "Li Na K Rb Cs Fr Be Mg Ca Sr Ba Ra Sc Y La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Ac Th "
        "Pa U Np Pu Am Cm Ti Zr Hf V Nb Ta Cr Mo W Mn Tc Re Fe Ru Os Co Rh Ir Ni Pd Pt Cu Ag Au Zn Cd "
        "Hg Al Ga In Tl Sn Pb Bi Sb Po"
    )
)
"""Elements that count as metals where parents are made."""


def find(smiles: str) -> Structure:
    """What a SMILES says; `UNREADABLE` where it says nothing.

    >>> find("OCC").smiles, find("OCC").formula, find("OCC").parents
    ('CCO', 'C2H6O', 'LFQSCWFLJHTTHZ')
    >>> find("[Na+].CC(=O)[O-]").parents == find("CC(=O)O").parents
    True
    >>> find("[Pb+2].[N+](=O)([O-])[O-].[N+](=O)([O-])[O-]").formula
    'N2O6Pb'
    >>> find("InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3").smiles
    'CCO'
    >>> find("no structure").valid
    False
    """
    return _find(smiles)


def find_all(smiles: Sequence[str]) -> list[Structure]:
    """What each SMILES says, in order; distinct ones are worked on once, many of them in several processes.

    >>> [structure.formula for structure in find_all(["O", "", "O"])]
    ['H2O', '', 'H2O']
    """
    distinct = list(dict.fromkeys(smiles))
    if len(distinct) < MANY:
        found = dict(zip(distinct, map(_find, distinct), strict=True))
    else:
        parts = parts_of(distinct, -(-len(distinct) // processes()))
        made = [Structure(*texts) for part in in_processes(_find_each, parts) for texts in part]
        found = dict(zip(distinct, made, strict=True))
    return [found[text] for text in smiles]


@cache
def rules_version() -> str:
    """A hash of the code that holds rules against structures: what it found is found anew when it changes."""
    code = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    return hashlib.sha256(b"".join(code)).hexdigest()[:12]


def rdkit_version() -> str:
    """The version of RDKit, which decides canonical SMILES and parents."""
    from importlib.metadata import version

    return version("rdkit")


def _find_each(smiles: list[str]) -> list[Structure]:
    return [_find(text) for text in smiles]


def readable(text: str) -> bool:
    """Whether a text may be a SMILES or InChI that is short enough to be read."""
    return bool(text) and len(text) <= LONGEST and not any(map(str.isspace, text)) and "\0" not in text


@lru_cache(maxsize=100_000)
def _find(smiles: str) -> Structure:
    text = smiles.strip()
    if not readable(text):
        return UNREADABLE
    tools = rdkit()
    try:
        molecule = tools.parse(text)
        if molecule is None or not molecule.GetNumAtoms():
            return UNREADABLE
        canonical = tools.write(molecule)
        key, formula = tools.key(molecule), tools.formula(molecule)
        return Structure(canonical, key, without_charge(formula), ";".join(_parents(molecule, tools)))
    except (ValueError, RuntimeError, OverflowError, UnicodeError):
        return UNREADABLE


def _parents(molecule: Any, tools: Tools) -> list[str]:
    """First InChIKey blocks of the molecule's neutral fragments, each once, in alphabetical order."""
    found = set()
    for fragment in tools.fragments(tools.open_metals(molecule)):
        neutral = tools.uncharge(fragment)
        symbols = {atom.GetSymbol() for atom in neutral.GetAtoms()}
        says_nothing = neutral.GetNumHeavyAtoms() < 2 and "C" not in symbols
        if says_nothing or (symbols & METALS and "C" not in symbols) or tools.write(neutral) in SIMPLE:
            continue
        found.add(tools.key(neutral).partition("-")[0])
    return sorted(found - {""})


class Tools(NamedTuple):
    """RDKit's functions that are used here, set up once and silent."""

    parse: Any
    write: Any
    key: Any
    formula: Any
    parse_flat: Any
    fragments: Any
    open_metals: Any
    uncharge: Any


def _parse_flat(text: str) -> Any:
    """A structure without its spatial form, which takes a quarter of the time to find."""
    from rdkit import Chem

    if "[H]" in text or text.startswith("InChI="):  # hydrogen atoms of their own are taken in on the way
        return rdkit().parse(text)
    molecule = Chem.MolFromSmiles(text, sanitize=False)
    try:
        if molecule is not None:
            Chem.SanitizeMol(molecule)
    except ValueError:  # a valence or a ring that cannot be
        return None
    return molecule


@cache
def rdkit() -> Tools:
    from rdkit import Chem, rdBase
    from rdkit.Chem.MolStandardize import rdMolStandardize
    from rdkit.Chem.rdMolDescriptors import CalcMolFormula

    rdBase.DisableLog("rdApp.*")
    metals, charges = rdMolStandardize.MetalDisconnector(), rdMolStandardize.Uncharger()
    return Tools(
        parse=lambda text: (Chem.MolFromInchi if text.startswith("InChI=") else Chem.MolFromSmiles)(text),
        write=Chem.MolToSmiles,
        key=Chem.MolToInchiKey,
        formula=CalcMolFormula,
        parse_flat=_parse_flat,
        fragments=lambda molecule, **told: Chem.GetMolFrags(molecule, asMols=True, **told),
        open_metals=metals.Disconnect,
        uncharge=charges.uncharge,
    )
