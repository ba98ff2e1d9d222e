"""Chemical structures: what a SMILES says, and what a formula weighs. The only module that imports RDKit.

A substance is looked at whole: no fragment is taken away before its formula is made, so lead nitrate keeps
its lead. What "and its salts" compares are the `parents`: the neutral form of every fragment, by the first
block of its InChIKey.

`parents` of a substance are, for each fragment after bonds between metals and N, O, S or halogens are opened
and charges are taken away, the first 14 letters of its standard InChIKey. None are given for metals, bare
atoms, metal oxides and the simple inorganic counter-ions and solvents (`SIMPLE`): they say nothing about
which acid or base was made into a salt.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from math import inf, lcm
from typing import Any, NamedTuple


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

LONGEST_FORMULA = 500

MANY = 3_000
"""From this many structures on, several processes share the work (threads do not speed RDKit up)."""


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
        found = dict(zip(distinct, _find_in_processes(distinct), strict=True))
    return [found[text] for text in smiles]


def rdkit_version() -> str:
    """The version of RDKit, which decides canonical SMILES and parents."""
    from importlib.metadata import version

    return version("rdkit")


def _find_in_processes(smiles: list[str]) -> list[Structure]:
    """What each SMILES says, by several processes of their own; by this one where none can be started.

    The processes are plain subprocesses: `multiprocessing` would run the caller's main script again.
    """
    import os
    import subprocess
    import sys
    from concurrent.futures import ThreadPoolExecutor

    workers = min(
        8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    size = -(-len(smiles) // workers)
    parts = [smiles[start : start + size] for start in range(0, len(smiles), size)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}

    def work(part: list[str]) -> list[Structure]:
        command = [sys.executable, "-c", "from kemkoll.structures import _serve; _serve()"]
        try:
            done = subprocess.run(
                command, input=json.dumps(part).encode(), capture_output=True, env=environment, check=True
            )
            found = [Structure(*texts) for texts in json.loads(done.stdout)]
        except (OSError, subprocess.SubprocessError, ValueError):
            found = []
        return found if len(found) == len(part) else list(map(_find, part))

    with ThreadPoolExecutor(workers) as pool:
        return [structure for part in pool.map(work, parts) for structure in part]


def _serve() -> None:
    """Read a JSON list of SMILES from stdin, write what they say to stdout."""
    import sys

    sys.stdout.write(json.dumps([find(text) for text in json.load(sys.stdin)]))


@lru_cache(maxsize=100_000)
def _find(smiles: str) -> Structure:
    text = smiles.strip()
    if not text or len(text) > LONGEST or any(letter.isspace() for letter in text) or "\0" in text:
        return UNREADABLE
    tools = _rdkit()
    try:
        molecule = tools.parse(text)
        if molecule is None or not molecule.GetNumAtoms():
            return UNREADABLE
        canonical = tools.write(molecule)
        key, formula = tools.key(molecule), tools.formula(molecule)
        return Structure(canonical, key, _without_charge(formula), ";".join(_parents(molecule, tools)))
    except (ValueError, RuntimeError, OverflowError, UnicodeError):
        return UNREADABLE


def _parents(molecule: Any, tools: Any) -> list[str]:
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


class _Tools(NamedTuple):
    """RDKit's functions that are used here, set up once and silent."""

    parse: Any
    write: Any
    key: Any
    formula: Any
    fragments: Any
    open_metals: Any
    uncharge: Any


@cache
def _rdkit() -> _Tools:
    from rdkit import Chem, rdBase
    from rdkit.Chem.MolStandardize import rdMolStandardize
    from rdkit.Chem.rdMolDescriptors import CalcMolFormula

    rdBase.DisableLog("rdApp.*")
    metals, charges = rdMolStandardize.MetalDisconnector(), rdMolStandardize.Uncharger()
    return _Tools(
        parse=Chem.MolFromSmiles,
        write=Chem.MolToSmiles,
        key=Chem.MolToInchiKey,
        formula=CalcMolFormula,
        fragments=lambda molecule: Chem.GetMolFrags(molecule, asMols=True),
        open_metals=metals.Disconnect,
        uncharge=charges.uncharge,
    )


# ---------------------------------------------------------------------------------------------- formulas

WEIGHTS: dict[str, str] = dict(
    pair.split(":")
    for pair in _words(
        "H:1.0080 D:2.0141 T:3.0160 He:4.0026 Li:6.94 Be:9.0122 B:10.81 C:12.011 N:14.007 O:15.999 "
        "F:18.998 Ne:20.180 Na:22.990 Mg:24.305 Al:26.982 Si:28.085 P:30.974 S:32.06 Cl:35.45 "
        "Ar:39.95 K:39.098 Ca:40.078 Sc:44.956 Ti:47.867 V:50.942 Cr:51.996 Mn:54.938 Fe:55.845 "
        "Co:58.933 Ni:58.693 Cu:63.546 Zn:65.38 Ga:69.723 Ge:72.630 As:74.922 Se:78.971 Br:79.904 "
        "Kr:83.798 Rb:85.468 Sr:87.62 Y:88.906 Zr:91.224 Nb:92.906 Mo:95.95 Tc:97 Ru:101.07 Rh:102.91 "
        "Pd:106.42 Ag:107.87 Cd:112.41 In:114.82 Sn:118.71 Sb:121.76 Te:127.60 I:126.90 Xe:131.29 "
        "Cs:132.91 Ba:137.33 La:138.91 Ce:140.12 Pr:140.91 Nd:144.24 Pm:145 Sm:150.36 Eu:151.96 "
        "Gd:157.25 Tb:158.93 Dy:162.50 Ho:164.93 Er:167.26 Tm:168.93 Yb:173.05 Lu:174.97 Hf:178.49 "
        "Ta:180.95 W:183.84 Re:186.21 Os:190.23 Ir:192.22 Pt:195.08 Au:196.97 Hg:200.59 Tl:204.38 "
        "Pb:207.2 Bi:208.98 Po:209 At:210 Rn:222 Fr:223 Ra:226 Ac:227 Th:232.04 Pa:231.04 U:238.03 "
        "Np:237 Pu:244 Am:243 Cm:247 Bk:247 Cf:251 Es:252 Fm:257 Md:258 No:259 Lr:262 Rf:267 Db:268 "
        "Sg:269 Bh:270 Hs:269 Mt:277 Ds:281 Rg:282 Cn:285 Nh:286 Fl:290 Mc:290 Lv:293 Ts:294 Og:294"
    )
)
"""Standard atomic weights, abridged to five digits; without one, the mass number of a long-lived isotope.

References:
    T. Prohaska et al., Standard atomic weights of the elements 2021 (IUPAC Technical Report), Pure and
    Applied Chemistry 94 (2022) 573–600, table of abridged values.
"""
_WEIGHTS = {symbol: Fraction(weight) for symbol, weight in WEIGHTS.items()}
_HYDROGEN = {"D": "H", "T": "H"}
_PLAIN = re.compile(r"(?:[A-Z][a-z]?(?:[1-9][0-9]*)?)+")
_SYMBOL_AND_COUNT = re.compile(r"([A-Z][a-z]?)([0-9]*)")


def elements(formula: str) -> dict[str, int] | None:
    """How many atoms of each element the smallest unit has; `None`: no formula, or not understood.

    Hill formulas, groups, hydrates, charges, isotopes and repeating units are understood. Counts are whole:
    half a water doubles the rest. A repeating unit, `(C2H4)n`, counts once.

    >>> elements("CoCl2.6H2O") == elements("H12Cl2CoO6")
    True
    >>> elements("(C2H3Cl)n")
    {'C': 2, 'H': 3, 'Cl': 1}
    >>> elements("steel") is None
    True
    """
    if (plain := _plain_formula(formula)) is not None:
        return plain
    read = _read_formula(formula)
    if read is None:
        return None
    scale = lcm(*(count.denominator for count in read.atoms.values()))
    found: dict[str, int] = {}
    for symbol, count in read.atoms.items():
        name = _HYDROGEN.get(symbol, symbol)
        found[name] = found.get(name, 0) + int(count * scale)
    return found


def _plain_formula(formula: str) -> dict[str, int] | None:
    """The atoms of a formula of symbols and whole numbers alone, as nearly all are; `None`: it is another."""
    if len(formula) > LONGEST_FORMULA or not _PLAIN.fullmatch(formula):
        return None
    found: dict[str, int] = {}
    for symbol, count in _SYMBOL_AND_COUNT.findall(formula):
        name = _HYDROGEN.get(symbol, symbol)
        if name not in _WEIGHTS:
            return None
        found[name] = found.get(name, 0) + int(count or 1)
    return found


def element_share(formula: str, element: str) -> Fraction | None:
    """The share of the substance's mass that an element has; `None`: the formula does not tell.

    >>> round(float(element_share("C36H70O4Pb", "Pb")), 5)
    0.26765
    >>> element_share("(C8H8)x(C4H6)y", "Pb"), element_share("(C8H8)x(C4H6)y", "C")
    (Fraction(0, 1), None)
    """
    read = _read_formula(formula)
    if read is None or element not in _WEIGHTS:
        return None
    same = {symbol for symbol in read.atoms if _HYDROGEN.get(symbol, symbol) == element or symbol == element}
    if not same:
        return Fraction(0)
    if not read.proportions_known:
        return None
    masses = {symbol: count * _WEIGHTS[symbol] for symbol, count in read.atoms.items()}
    return sum((masses[symbol] for symbol in same), Fraction(0)) / sum(masses.values(), Fraction(0))


def has_at_least(formula: str, needs: str) -> bool | None:
    """Whether a substance has at least the atoms that `needs` names; `None`: a formula does not tell.

    Of a repeating unit only the kinds of atoms are compared: a polymer has any number of them.

    >>> has_at_least("C24H38O4", "C10O4"), has_at_least("C24H38O4", "Br"), has_at_least("", "Br")
    (True, False, None)
    >>> has_at_least("(C2H3Cl)n", "C10Cl"), has_at_least("(C2H4)n", "Cl")
    (True, False)
    """
    atoms, needed = most_atoms(formula), elements(needs)
    if atoms is None or needed is None:
        return None
    return all(atoms.get(symbol, 0) >= count for symbol, count in needed.items())


def most_atoms(formula: str) -> dict[str, float] | None:
    """How many atoms of each element a molecule has at most; `None`: unknown. Repeating units know no bound.

    >>> most_atoms("H2O"), most_atoms("(C2H4)n")
    ({'H': 2, 'O': 1}, {'C': inf, 'H': inf})
    """
    if (plain := _plain_formula(formula)) is not None:
        return dict(plain)
    atoms, read = elements(formula), _read_formula(formula)
    if atoms is None or read is None:
        return None
    return {symbol: inf if read.repeats else count for symbol, count in atoms.items()}


class _Formula(NamedTuple):
    atoms: dict[str, Fraction]
    repeats: bool
    proportions_known: bool


_SUPERSCRIPT_CHARGE = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]*[⁺⁻]+$")
_CHARGE = re.compile(r"(?:\((?:\d*[+-]+|[+-]+\d+)\)|(?<=\])\d*[+-]+|[+-]+\d*)$")
_ISOTOPE = re.compile(r"\[\d+([A-Z][a-z]?)\]")
_SINGLE_UNIT = re.compile(r"[(\[][^()\[\]]+[)\]][nxyzm]")
_TOKEN = re.compile(r"(?P<symbol>[A-Z][a-z]?)|(?P<open>\()|(?P<close>\))|(?P<dot>[.·•∙⋅*])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SUBSCRIPT_AND_HYDRATE = re.compile(r"([1-9]\d*)\.(?=\d+(?:\.\d+)?\(?[A-Z][a-z]?\d*\)?[(A-Z])")
_UNKNOWN_NUMBER = re.compile(r"[nxyzm](?![a-z])")


@lru_cache(maxsize=200_000)
def _read_formula(formula: str) -> _Formula | None:
    """The atoms of a formula; `None` where it is not one."""
    text = unicodedata.normalize("NFKC", _SUPERSCRIPT_CHARGE.sub("", formula.strip())).replace("−", "-")
    text = _CHARGE.sub("", "".join(text.split()))
    if not text or len(text) > LONGEST_FORMULA:
        return None
    single_unit = _SINGLE_UNIT.fullmatch(text) is not None
    for bracket, round_one in zip("[]{}", "()()", strict=True):
        text = (_ISOTOPE.sub(r"\1", text) if bracket == "[" else text).replace(bracket, round_one)
    read = _scan(text)
    if read is None or not any(read[0].values()):
        return None
    atoms, unknown = read
    present = {symbol: count for symbol, count in atoms.items() if count}
    return _Formula(present, unknown, single_unit or not unknown)


def _scan(text: str) -> tuple[dict[str, Fraction], bool] | None:
    """Atoms of a formula in round brackets, and whether a number in it is unknown (`n`, `x`)."""
    groups: list[dict[str, Fraction]] = [{}]
    whole: dict[str, Fraction] = {}
    factor, at, unknown = _number(text, 0)
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or (token["dot"] and (not groups[0] or len(groups) > 1 or token.end() == len(text))):
            return None
        count, at, is_unknown = _number(text, token.end())
        unknown |= is_unknown
        if token["dot"]:
            _add(whole, groups.pop(), factor)
            factor, groups = count, [{}]
        elif token["symbol"]:
            if token["symbol"] not in _WEIGHTS:
                return None
            _add(groups[-1], {token["symbol"]: Fraction(1)}, count)
        elif token["open"]:
            if count != 1 or len(groups) > 20:
                return None
            groups.append({})
        elif len(groups) == 1:
            return None
        else:
            _add(groups[-2], groups.pop(), count)
    if len(groups) > 1:
        return None
    _add(whole, groups.pop(), factor)
    return whole, unknown


def _number(text: str, at: int) -> tuple[Fraction, int, bool]:
    """The number that stands at a place, 1 where none does, where it ends, and whether it is an unknown one.

    >>> _number("CoCl2.6H2O", 4), _number("Fe0.95O", 2)
    ((Fraction(2, 1), 5, False), (Fraction(19, 20), 6, False))
    """
    if unknown := _UNKNOWN_NUMBER.match(text, at):
        return Fraction(1), unknown.end(), True
    if subscript := _SUBSCRIPT_AND_HYDRATE.match(text, at):
        return Fraction(subscript[1]), at + len(subscript[1]), False
    if number := _NUMBER.match(text, at):
        return Fraction(number[0]), number.end(), False
    return Fraction(1), at, False


def _add(atoms: dict[str, Fraction], more: dict[str, Fraction], factor: Fraction) -> None:
    for symbol, count in more.items():
        atoms[symbol] = atoms.get(symbol, Fraction(0)) + count * factor


def _without_charge(formula: str) -> str:
    """RDKit's Hill formula without its charge.

    >>> _without_charge("H4N+"), _without_charge("O4S-2")
    ('H4N', 'O4S')
    """
    return re.sub(r"[+-]\d*$", "", formula)
