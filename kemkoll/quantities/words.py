"""The words of amounts and masses, as suppliers write them: figures, units and bounds.

In Swedish and English, and what is usual in Danish, Norwegian and German files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> str | None:
    """The one mass-fraction unit that a header or a cell names; None for none, several, or another kind.

    >>> headers = ("Halt (vikt-%)", "(PPM) of total", "Vikt % alt g", "vol-%", "Massa [mg]")
    >>> [parse_unit(header) for header in headers]
    ['%', 'ppm', None, None, None]
    """
    clean = plain(text)
    if _OTHER_SHARE.search(clean):
        return None
    found = {_UNITS[int((match.lastgroup or "")[4:])][0] for match in _UNIT.finditer(clean)}
    if len(found) > 1:
        found -= {"w/w"}
    if len(found) > 1 or _MASS_UNIT.search(_UNIT.sub(" ", clean)):
        return None
    return found.pop() if found else "w/w" if _FRACTION_OF_ONE.search(clean) else None


def mass_power(text: str) -> int:
    """The power of ten, in micrograms, of the one mass unit that a header names; UNREADABLE for none.

    >>> mass_power("Weight [mg]"), mass_power("mg/kg"), mass_power("Vikt % alt g")
    (3, 99, 99)
    """
    clean = plain(text)
    named = {power(match.group()) for match in _MASS_UNIT.finditer(clean)}
    return named.pop() if len(named) == 1 and not _UNIT.search(clean) else UNREADABLE


def decimal_sign(texts: Iterable[str]) -> str | None:
    """The decimal sign that the figures of a column prove, "." or ","; None for neither, and for both.

    >>> decimal_sign(["1,000", "0,5"]), decimal_sign(["1,000"]), decimal_sign(["0,5", "0.5"])
    (',', None, None)
    """
    parts = (_parts(raw.split("e")[0], ".") for text in texts for raw in _FIGURE.findall(plain(text).lower()))
    proved = {found[2] for found in parts if found} - {""}
    return proved.pop() if len(proved) == 1 else None


class Token(NamedTuple):
    kind: str
    text: str


def tokens(clean: str, pattern: re.Pattern[str]) -> list[Token]:
    """The words of an amount; none where one of them is not known."""
    tokens, place = [], 0
    while place < len(clean):
        match = pattern.match(clean, place)
        if not match:
            return []
        tokens.append(Token(match.lastgroup or "", match.group().strip()))
        place = match.end()
    return tokens


@lru_cache(maxsize=1024)
def power(unit: str) -> int:
    """The power of ten of a unit: of mass fractions in 10⁻¹² kg/kg, of masses in micrograms."""
    if match := _UNIT.fullmatch(unit):
        return 12 + _UNITS[int((match.lastgroup or "")[4:])][1]
    return _MASSES.get(unit.lower(), UNREADABLE)


def figure(text: str, sign: str) -> tuple[int, int] | None:
    """A figure as digits and power of ten; None for what is not one number.

    >>> figure("1.000,5", "."), figure("6.09 e-02", "."), figure("29.08.2013", "."), figure("007", ".")
    ((10005, -1), (609, -4), None, None)
    """
    body, _, power = text.partition("e")
    parts = _parts(body.strip(), sign)
    if not parts:
        return None
    return int(parts[0] + parts[1]), int(power.replace(" ", "") or 0) - len(parts[1])


def _parts(body: str, sign: str) -> tuple[str, str, str] | None:
    """Whole digits, decimals, and the decimal sign that this figure proves by itself ("" for none).

    >>> _parts("1,000", "."), _parts("1,000", ","), _parts("0,100", "."), _parts("1,000,000", ",")
    (('1000', '', ''), ('1', '000', ''), ('0', '100', ','), ('1000000', '', '.'))
    """
    marks = re.findall("[.,]", body)
    mark = proved = marks[-1] if marks.count(marks[-1] if marks else "") == 1 else ""
    if re.fullmatch("[1-9][0-9]{0,2}[.,][0-9]{3}", body):
        mark, proved = (mark if mark == sign else ""), ""
    elif len(marks) > 1 and not mark:
        proved = "," if marks[-1] == "." else "."
    whole, _, decimals = body.rpartition(mark) if mark else (body, "", "")
    groups = re.split("[., ]", whole)
    if len(groups) > 1:
        one_kind = len(set(re.findall("[., ]", whole))) == 1
        if (
            not one_kind
            or not re.fullmatch("[1-9][0-9]{0,2}", groups[0])
            or any(len(group) != 3 for group in groups[1:])
        ):
            return None
    elif len(whole) > 1 and whole.startswith("0"):
        return None
    return "".join(groups), decimals, proved


_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_ALIKE = str.maketrans(
    dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys("\t\r\n\v\f\u2028\u2029", "  ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None)
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-")
    | dict.fromkeys("\u223c\u301c\uff5e", "~")
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5E)}
    | {"\u03bc": "µ", "\u2266": "≤", "\u2267": "≥", "\u2a7d": "≤", "\u2a7e": "≥"}
)
_LONGEST = 200


def plain(text: str) -> str:
    """The text with one form of each blank, dash, tilde and digit; "" for one too long to be an amount."""
    return "" if len(text) > _LONGEST else unicodedata.normalize("NFC", text).translate(_ALIKE).strip()


_LETTER = "a-zåäöæøüß"
_NUMBER = r"""(?: [0-9]{1,3} (?:[ ][0-9]{3})+ (?![0-9]) (?:[.,][0-9]+)?
                | [0-9]+ (?:[.,][0-9]+)* | [.,][0-9]+ )
              (?: \ ?e\ ?[+-]?[0-9]{1,2} (?![0-9]) )?"""
_FIGURE = re.compile(_NUMBER, re.VERBOSE)
SEPARATED = re.compile(r"[.,][0-9]{3}(?![0-9])")
_PER_CENT = r"(?: % | per\s?cent | procent | prozent | pct\b )"
_BY_MASS = rf"""(?: \s? (?: w\s?/\s?w | m\s?/\s?m | wt\s?/\s?wt | wt\b\.? | by\s(?:weight|mass|wt)\b
                 | b\.?\s?w\b\.? | weight\b | mass\b | vikt\b | massa\b ) (?![{_LETTER}/]) )"""
_WEIGHT = r"""(?: (?: w\s?/\s?w | m\s?/\s?m | wt\s?/\s?wt | wt\.? | weight | mass[ae]? | massen
                | vikts? | vægts? | gew\.? ) [\s.-]* )"""
_UNITS = (
    ("%", -2, rf"(?: (?<![{_LETTER}/]) {_WEIGHT} )? {_PER_CENT} (?: {_BY_MASS} | \s?\( {_BY_MASS} \) )?"),
    ("‰", -3, r"‰ | pro\s?mille | per\s?mille"),
    ("ppm", -6, rf"(?: ppmw? | parts?\s?per\s?million ) (?: {_BY_MASS} | \s?\( {_BY_MASS} \) )?"),
    ("ppb", -9, rf"(?: ppbw? | parts?\s?per\s?billion ) (?: {_BY_MASS} | \s?\( {_BY_MASS} \) )?"),
    ("ppt", -12, rf"(?: pptw? | parts?\s?per\s?trillion ) (?: {_BY_MASS} | \s?\( {_BY_MASS} \) )?"),
    ("g/100 g", -2, r"g\s?/\s?100\s?g"),
    ("mg/100 g", -5, r"mg\s?/\s?100\s?g"),
    ("kg/kg", 0, r"kg\s?/\s?kg | g\s?/\s?g | mg\s?/\s?mg"),
    ("g/kg", -3, r"g\s?/\s?kg"),
    ("mg/g", -3, r"mg\s?/\s?g"),
    ("mg/kg", -6, r"mg\s?/\s?kg | g\s?/\s?t (?:on|onne)?"),
    ("µg/g", -6, r"(?:µ|u|mc)g\s?/\s?g"),
    ("µg/kg", -9, r"(?:µ|u|mc)g\s?/\s?kg | ng\s?/\s?g | mg\s?/\s?t (?:on|onne)?"),
    ("ng/kg", -12, r"ng\s?/\s?kg | pg\s?/\s?g"),
    ("w/w", 0, r"w\s?/\s?w | m\s?/\s?m | wt\s?/\s?wt | (?:(?:mass|weight)\s)?fraction"),
)
_FLAGS = re.VERBOSE | re.IGNORECASE
_ONE_UNIT = "|".join(
    rf"(?P<unit{place}> {pattern} )"
    if name == "%"
    else rf"(?P<unit{place}> (?<![{_LETTER}µ/]) (?: {pattern} ) (?![{_LETTER}µ0-9/]) )"
    for place, (name, _, pattern) in enumerate(_UNITS)
)
_UNIT = re.compile(_ONE_UNIT, _FLAGS)
_OTHER_SHARE = re.compile(
    rf"""(?<![{_LETTER}]) (?: vol(?:ume|ym)? | mol(?:e|ar)? | at(?:om(?:ic)?)? | [vwm]\s?/\s?v ) \.? [\s-]*
         (?: {_PER_CENT} | pp[mbt] | fra[ck]tion )
       | (?: {_PER_CENT} | pp[mbt] ) \s? \(? \s?
         (?: [vwm]\s?/\s?v | (?:by\s)?(?:vol|mol) | b\.?v\b | at\b )
       | pp[mbt]v""",
    _FLAGS,
)
_FRACTION_OF_ONE = re.compile(r"[(\[]\s?0\s?-\s?1\s?[)\]]")
_MASSES = {"kilogram": 9, "kg": 9, "milligram": 3, "mg": 3, "gram": 6, "g": 6, "mcg": 0, "µg": 0, "ug": 0,
           "ng": -3, "tonnes": 12, "tonne": 12, "tons": 12, "ton": 12}  # fmt: skip
_ONE_MASS = rf"(?<![{_LETTER}µ/]) (?: {'|'.join(_MASSES)} ) (?![{_LETTER}µ0-9/])"
_MASS_UNIT = re.compile(_ONE_MASS, _FLAGS)

OF_WEIGHT = re.compile(_UNITS[-1][2], _FLAGS)
UNREADABLE = 99
"""The power of ten of a unit that is none of a mass fraction, or of a mass."""

_WORDS = {
    "G": r">= | => | =/> | >/= | ≥ | överstiger\ eller\ är\ lika\ med | (?:greater|more)\ than\ or\ equal\ to"
    r" | (?:större|mer)\ än\ eller\ lika\ med | at\ least | not\ less\ than | minst | lägst | mindst"
    r" | mindestens",
    "L": r"<= | =< | =/< | </= | ≤ | (?:less|lower)\ than\ or\ equal\ to"
    r" | (?:mindre|lägre)\ än\ eller\ lika\ med | not\ exceeding | (?:not|no)\ more\ than | at\ most"
    r" | (?:inte|ej)\ mer\ än | up\ to | upp\ till | op\ til | bis\ zu | högst | överstiger\ (?:inte|ej)",
    "M": r"(?: or | eller | oder )\ (?: more | above | higher | mer | mera | högre | mere | højere | mehr )",
    "m": r"(?: or | eller | oder )\ (?: less | below | lower | mindre | lägre | lavere | weniger )",
    "h": r"(?: max (?: imum | imalt | imal )? | maks (?: imum | imalt )? ) [.:]?",
    "v": r"min (?: imum | imalt | imal )? [.:]?",
    "a": r"ca\.? | c:a | circa | cirka | approx (?: imately | \. )? | appr\. | about | around | ungefär"
    r" | ung\. | omkring | etwa | ≈ | ≃",
    "l": r"< | under | below | (?:less|lower)\ than | (?:mindre|lägre)\ än | understiger | mindre\ end"
    r" | weniger\ als | unter",
    "g": r"> | over | över | above | (?:greater|more|higher)\ than | (?:större|mer|högre)\ än | överstiger"
    r" | exceed(?:s|ing) | mere\ end | mehr\ als | über",
    "t": r"~",
    "p": r"± | \+/- | \+-",
    "d": r"- | \.{2,3} | … | to | till | til | bis | \|",
    "b": r"between | mellan | mellem | zwischen",
    "k": r"and | och | og | und",
    "f": r"from | från | fra | von"
    r" | (?:en\ |a\ )? (?: halt | concentration | content )\ (?: om | av | på | of )",
    "o": r"[(\[]",
    "c": r"[)\]]",
    "e": r"=",
}
"""What stands by figures, longest first: bounds (G L M m h v l g), about (a t), ranges (t d b k), ± (p)."""

_ELEMENTS = (
    "A[cglrsu]|B[aeir]?|C[adelorsu]?|D[by]|E[rsu]|F[er]?|G[ade]|H[efgo]?|I[nr]?|Kr?|L[aiu]|M[gno]|N[abdei]?|O[s]?"
    "|P[bdrt]?|R[behu]|S[bceimnr]?|T[abcehilm]|U|W|Xe|Yb?|Z[nr]"
)
# Without vanadium: "5 % V" may be by volume.
_SYMBOL = rf"(?-i: (?: (?:{_ELEMENTS}) [0-9]* )+ (?![{_LETTER}A-Z0-9(]) )"


def _token_pattern(unit: str) -> re.Pattern[str]:
    ends = rf"(?: (?<![{_LETTER}]) | (?![{_LETTER}]) )"
    words = "|".join(rf"(?P<{kind}> (?: {words} ) {ends} )" for kind, words in _WORDS.items())
    unit = re.sub("[?]P<unit[0-9]+>", "?:", unit)
    return re.compile(
        rf"\s* (?: (?P<n> {_NUMBER} ) | (?P<u> {unit} ) | {words} | (?P<s> {_SYMBOL} ) )",
        _FLAGS,
    )


AMOUNT = _token_pattern(_ONE_UNIT)
MASS = _token_pattern(_ONE_MASS)

TRACE = re.compile(
    r"(?: in\ )? (?: traces? | tr\. | spår | spor | spuren ) (?: \ amounts? | mängd(?:er)? )?", _FLAGS
)
LOQ = r"""(?: lo[dq] | mdl | rl | dl | ql | (?:the\ )?(?:detection|reporting)\ limit
           | (?:detektions|rapporterings)gräns(?:en)? )"""
ABSENT = re.compile(
    r"(?: n\.?\s?d\.? | n/d | (?:not|none)\ detect(?:ed|able) | non-?\ ?detect(?:ed)?"
    r" | (?:ej|inte)\ (?:påvis|detekter)(?:ad|at|ade|bar|bart)"
    r" | ikke\ påvist | nicht\ (?:nachweisbar|nachgewiesen)"
    rf" | (?: < | under | below )\s?{LOQ} ) (?![{_LETTER}])",
    _FLAGS,
)
DETECTION = re.compile(
    rf"[\s,;:(\[]* (?: {LOQ} \s? [:=]? \s? )? (?: <=? | ≤ | {LOQ} \s? [:=]? )? \s? (.*?) [\s)\]]*", _FLAGS
)
