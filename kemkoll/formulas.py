"""Chemical formulas: which atoms they name, and what these weigh.

Formulas are read as suppliers and lists write them: with hydrates, charges, isotopes, repeating units.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from math import inf, lcm
from typing import NamedTuple

LONGEST_FORMULA = 500

_WRITTEN = (
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
WEIGHTS: dict[str, str] = dict(pair.split(":") for pair in _WRITTEN.split())
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


def molar_mass(formula: str) -> Fraction | None:
    """The molar mass, g/mol; `None`: the formula does not tell, repeats, or leaves proportions open.

    >>> round(float(molar_mass("C24H38O4")), 2), round(float(molar_mass("CoCl2.6H2O")), 2)
    (390.56, 237.92)
    >>> molar_mass("(C2H4)n") is None, molar_mass("steel") is None
    (True, True)
    """
    read = _read_formula(formula)
    if read is None or read.repeats:
        return None
    return sum((count * _WEIGHTS[symbol] for symbol, count in read.atoms.items()), Fraction(0))


def may_have(formula: str, needs: str) -> bool:
    """Whether a molecule may have all the atoms that another formula names; an unknown formula may.

    >>> may_have("C24H38O4", "C8H4O4"), may_have("CoCl2", "Pb"), may_have("", "Pb"), may_have("(C2H4)n", "C9")
    (True, False, True, True)
    """
    most = most_atoms(formula)
    return most is None or all(
        most.get(symbol, 0) >= count for symbol, count in (elements(needs) or {}).items()
    )


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


def without_charge(formula: str) -> str:
    """RDKit's Hill formula without its charge.

    >>> without_charge("H4N+"), without_charge("O4S-2")
    ('H4N', 'O4S')
    """
    return re.sub(r"[+-]\d*$", "", formula)
