"""Numbers that name substances, articles and organisations: their form and check digits, no look-ups.

Supplier cells hold several numbers, any hyphen, padding, labels, line breaks, and dates that were numbers.
A number is read only where its check digit fits. What cannot be one is a `Fault` with the numbers it may have
been; none of them is picked here. A check digit that fits does not prove that the number belongs to the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

LOWEST_CAS = 50
"""No CAS number has a first part below this: 50-00-0 is the lowest."""
_MOST_CANDIDATES = 5


class Fault(NamedTuple):
    """What looks like a number and is none.

    Attributes:
        code: cas-check-digit, cas-is-date, ec-check-digit, number-unreadable.
        found: the piece of the cell, as written but for its kind of hyphen.
        candidates: the numbers it may have been. For a date these are all. One alone is still a proposal.
    """

    code: str
    found: str
    candidates: tuple[str, ...]


class Numbers(NamedTuple):
    """Everything that one CAS or EC cell says, in its order, each number once and in its canonical form."""

    cas: tuple[str, ...]
    ec: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_numbers(text: str) -> Numbers:
    """The CAS and EC numbers of a cell, and what in it looks like a number and is none.

    Index and REACH registration numbers are passed over. A cell that says nothing has no fault; beside a
    number, one of zeros or a word for what is not disclosed stands for a further substance, and is a fault.

    >>> read_numbers("10124‑36‑4/31119-53-6; EC 231-152-8")
    Numbers(cas=('10124-36-4', '31119-53-6'), ec=('231-152-8',), faults=())
    >>> read_numbers("1978-07-02").faults
    (Fault(code='cas-is-date', found='1978-07-02', candidates=('1978-07-0', '78-00-2')),)
    """
    if _CANONICAL.fullmatch(text) and _is_cas(text):
        return Numbers((text,), (), ())
    clean = _unglued(_plain(text))
    cas: dict[str, None] = {}
    ec: dict[str, None] = {}
    faults: dict[Fault, None] = {}
    blanks: list[tuple[str, dict[str, None]]] = []
    seen = False
    for match in _NUMBER.finditer(clean):
        seen = True
        kind = match.lastgroup or ""
        read = _READERS.get(kind)
        found = re.sub(r"\s*-\s*", "-", match.group().strip())
        made = read(found) if read else None
        numbers = ec if kind == "ec" else cas
        if isinstance(made, Fault):
            faults[made] = None
        elif made:
            numbers[made] = None
        elif read:
            blanks.append((found, numbers))
    if not seen and not _says_nothing(clean):
        faults[Fault("number-unreadable", clean, _without_hyphens(clean))] = None
    faults |= {Fault("number-unreadable", found, ()): None for found, numbers in blanks if numbers}
    if (cas or ec) and is_undisclosed(rest := _NUMBER.sub(" ", clean)):
        faults[Fault("number-unreadable", _EDGES.sub("", rest), ())] = None
    return Numbers(tuple(cas), tuple(ec), tuple(faults))


def parse_cas(text: str) -> str | None:
    """The one CAS number in the text; None for none, several, or one whose check digit is wrong.

    >>> parse_cas("N° CAS : 0000928-96-1"), parse_cas("117-81-8")
    ('928-96-1', None)
    """
    numbers = read_numbers(text)
    return numbers.cas[0] if len(numbers.cas) == 1 and not numbers.faults else None


def parse_ec(text: str) -> str | None:
    """The one EC number in the text; None for none, several, or one whose check digit is wrong.

    >>> parse_ec("EC-402-660-9"), parse_ec("603-059-00-6")
    ('402-660-9', None)
    """
    numbers = read_numbers(text)
    return numbers.ec[0] if len(numbers.ec) == 1 and not numbers.faults else None


def parse_inchikey(text: str) -> str | None:
    """The standard or non-standard InChIKey that the text is; None for anything else.

    >>> parse_inchikey("InChIKey=BJQHLKABXJIVAM-UHFFFAOYSA-N")
    'BJQHLKABXJIVAM-UHFFFAOYSA-N'
    """
    match = re.fullmatch(r"(?:INCHIKEY=)?([A-Z]{14}-[A-Z]{8}[SN][A-Z]-[A-Z])", _plain(text).upper())
    return match[1] if match else None


def parse_gtin(text: str) -> str | None:
    """The GTIN of 8, 12, 13 or 14 digits that the text is; None where the check digit is wrong.

    >>> parse_gtin("4006381 333931"), parse_gtin("4006381333932")
    ('4006381333931', None)
    """
    digits = re.sub("[ -]", "", _plain(text))
    if not re.fullmatch("[0-9]{8}|[0-9]{12,14}", digits) or not digits.strip("0"):
        return None
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits[:-1])))
    return digits if (total + int(digits[-1])) % 10 == 0 else None


def parse_organisation_number(text: str) -> str | None:
    """The Swedish organisation number that the text gives, also as a VAT number or after 16.

    A sole trader's number is a personal identity number: it is not read.

    >>> parse_organisation_number("SE556036079301"), parse_organisation_number("165560360793")
    ('556036-0793', '556036-0793')
    """
    match = re.fullmatch(
        r"(?:SE ?([0-9]{6}-?[0-9]{4}) ?01|(?:16)?([0-9]{6}[- ]?[0-9]{4}))", _plain(text).upper()
    )
    if not match:
        return None
    digits = re.sub("[ -]", "", match[1] or match[2])
    doubled = (int(digit) * (2, 1)[place % 2] for place, digit in enumerate(digits))
    if digits[2] < "2" or sum(sum(divmod(value, 10)) for value in doubled) % 10:
        return None
    return f"{digits[:6]}-{digits[6:]}"


def cas_check_digit(stem: str) -> int:
    """The check digit of a CAS number, from its digits before it.

    >>> cas_check_digit("11781"), cas_check_digit("7732-18")
    (7, 5)
    """
    digits = [int(sign) for sign in stem if sign in "0123456789"]
    return sum(place * digit for place, digit in enumerate(reversed(digits), 1)) % 10


def ec_check_digit(stem: str) -> int:
    """The check digit of an EC number, from the six digits before it; the remainder 10 is written 1.

    >>> ec_check_digit("231100"), ec_check_digit("200-002")
    (4, 3)
    """
    digits = [int(sign) for sign in stem if sign in "0123456789"]
    rest = sum(place * digit for place, digit in enumerate(digits, 1)) % 11
    return 1 if rest == 10 else rest


def is_placeholder(text: str) -> bool:
    """Whether a cell says nothing: "-", "N/A", "system", "Misc., not to declare", "Ej tillämpligt".

    >>> is_placeholder("CAS number : Not applicable."), is_placeholder("Epoxy resin")
    (True, False)
    """
    plain = _LABEL.sub("", _plain(text)).casefold()
    return bool(_NOTHING.fullmatch(re.sub(r"\s+", " ", plain.strip(" \t\n.:;,*_?()[]"))))


def is_undisclosed(text: str) -> bool:
    """Whether a cell hides what the substance is: "proprietary", "trade secret", "företagshemlighet".

    >>> is_undisclosed("SPVC Trade Secret Surfactant 1213"), is_undisclosed("Not applicable")
    (True, False)
    """
    return bool(_HIDDEN.search(re.sub(r"\s+", " ", _plain(text))))


_ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
    | dict.fromkeys("\u23ce\u21b5\r\u2028\u2029", "\n")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", None)
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0D}
    | {"\u017f": "s", "\u0131": "i", "\u0130": "I"}
)


def _plain(text: str) -> str:
    """The text with one form of each hyphen, blank and digit; between digits a soft hyphen is a hyphen."""
    made = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return re.sub("(?<=[0-9])\u00ad(?=[0-9])", "-", made).replace("\u00ad", "").strip()


_HYPHEN = r"\s{0,2}-\s{0,2}"
_MONTHS = {
    name: place
    for place, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTHS |= {"maj": 5, "okt": 10}
_TIME = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)"
_DATE = rf"""(?: (?:[0-9]{{4}}|[0-9]{{2}})-[0-9]{{2}}-[0-9]{{2}}{_TIME}?
    | [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}{_TIME}
    | [0-9]{{4}}[/.][0-9]{{1,2}}[/.][0-9]{{1,2}}{_TIME}?
    | [0-9]{{1,2}}(?P<sep>[/.-])[0-9]{{1,2}}(?P=sep)[0-9]{{4}}{_TIME}?
    | [0-9]{{1,2}}(?P<same>[/.])[0-9]{{1,2}}(?P=same)[0-9]{{2}}{_TIME}?
    | [0-9]{{1,2}}[ -](?:{"|".join(_MONTHS)})[a-z]*[ -](?:[0-9]{{4}}|[0-9]{{2}}) )"""
_NUMBER = re.compile(
    rf"""(?<![0-9]) (?<![0-9]-) (?:
      (?P<registration> [0-9]{{2}}{_HYPHEN}[0-9]{{4,10}}(?:…|\.{{2,3}})?
        {_HYPHEN}(?:[0-9]{{2}}|xx){_HYPHEN}(?:[0-9]{{4}}|x{{4}}) )
    | (?P<index> [0-9]{{3}}{_HYPHEN}[0-9]{{3}}{_HYPHEN}[0-9]{{2}}{_HYPHEN}[0-9X] )
    | (?P<date> {_DATE} (?!-?[0-9]) )
    | (?P<ec> [0-9]{{3}}{_HYPHEN}[0-9]{{3}}{_HYPHEN}[0-9] (?!{_HYPHEN}[0-9]|[0-9]) )
    | (?P<cas> [0-9]{{2,10}}{_HYPHEN}[0-9]{{2}}{_HYPHEN}[0-9]{{1,2}} (?!-[0-9]|[0-9]) )
    | (?P<other> (?<![A-Za-z]) [0-9]{{2,}}-[0-9]+-[0-9]+ (?![-A-Za-z0-9]) )
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CANONICAL = re.compile("[1-9][0-9]{1,6}-[0-9]{2}-[0-9]")
_LABEL = re.compile(r"^\W*(?:cas|casrn|ec|eg|einecs)\b[\s\w.°-]*:", re.IGNORECASE)
_NOTHING = re.compile(
    r"""[-/ 0]* | x+ | n[/.]?\ ?a[/.]? | \#n/a | \#saknas! | nan | nil | null | tb[acd]
    | not\ (?:applicable|available|assigned|known|relevant|specified|to\ declare) | none
    | no\ (?:cas|ec|data)(?:\ available)?
    | unknown | unspecified | various | others? | system | pseudo[ -]?substance
    | misc(?:ellaneous)?[.,]*(?:\ not\ to\ declare)?
    | (?:ej|inte)\ (?:tillämplig|tillgänglig|aktuell|relevant|angiven|känd)t? | okänd?t?
    | uppgift\ saknas | saknas | ing(?:en|et|a) | diverse | div | övrig(?:t|a)? | ikke\ relevant
    | nicht\ (?:anwendbar|zutreffend) | k\.?\ ?a""",
    re.VERBOSE,
)
_ENDS_IN_NOTHING = re.compile(r"(?:^|\W)n[/.]a[/.]?\W*$|(?:^|\W)n/a(?=\s)", re.IGNORECASE)
_HIDDEN = re.compile(
    r"""(?<!non)(?<!non[- ]) (?: proprietary | confidential | vertraulich | fortrolig | konfidentiell )
    | trade\ ?secret | withheld | undisclosed | (?:not|non|never)[ -](?:be\ )?disclosed | nondisclosed
    | hemlig | geheimnis | hemmelig | sekretess | (?:redovisas|anges)\ (?:ej|inte) | (?:ej|inte)\ redovisa""",
    re.VERBOSE | re.IGNORECASE,
)


def _says_nothing(clean: str) -> bool:
    return is_placeholder(clean) or is_undisclosed(clean) or bool(_ENDS_IN_NOTHING.search(clean))


def _unglued(clean: str) -> str:
    """The text with a blank between numbers that stand side by side with nothing between them.

    >>> _unglued("50-00-067-56-1")
    '50-00-0 67-56-1'
    """

    def apart(match: re.Match[str]) -> str:
        read = _read_ec if match["e"] else _read_cas
        return f"{match[0]} " if isinstance(read(match[0]), str) else match[0]

    return _GLUED.sub(apart, clean)


_GLUED = re.compile(
    r"""(?<![0-9]) (?: (?P<e>[0-9]{3}-[0-9]{3}-[0-9]) | [0-9]{2,7}-[0-9]{2}-[0-9] )
    (?= [0-9]{2,7}-[0-9]{2}-[0-9](?!-) | [0-9]{3}-[0-9]{3}-[0-9](?!-) )""",
    re.VERBOSE,
)


def _is_cas(number: str) -> bool:
    stem, digit = number[:-2], number[-1]
    return cas_check_digit(stem) == int(digit) and int(stem.split("-")[0]) >= LOWEST_CAS


def _is_ec(number: str) -> bool:
    return number[0] >= "2" and ec_check_digit(number[:-2]) == int(number[-1])


def _read_cas(found: str) -> str | Fault | None:
    """A CAS number in its canonical form, without padding."""
    first, second, last = found.split("-")
    first = first.lstrip("0")
    if not (first + second + last).strip("0"):
        return None
    if len(last) == 2 and last[0] == "0":
        last = last[1]
    if len(last) > 1 or not 2 <= len(first) <= 7 or int(first) < LOWEST_CAS:
        return Fault("number-unreadable", found, ())
    number = f"{first}-{second}-{last}"
    return (
        number
        if _is_cas(number)
        else Fault("cas-check-digit", found, _repairs(number, cas_check_digit, _is_cas))
    )


def _read_ec(found: str) -> str | Fault | None:
    if not found.strip("0-"):
        return None
    if found[0] < "2":
        return Fault("number-unreadable", found, ())
    return found if _is_ec(found) else Fault("ec-check-digit", found, _repairs(found, ec_check_digit, _is_ec))


def _repairs(number: str, check_digit: Callable[[str], int], fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Numbers that a slip may have turned into this: the check digit, then two neighbours changed round.

    >>> _repairs("117-18-7", cas_check_digit, _is_cas)
    ('117-18-0', '117-81-7')
    """
    made = [f"{number[:-1]}{check_digit(number[:-2])}"]
    places = [place for place, sign in enumerate(number) if sign != "-"]
    for here, there in pairwise(places):
        signs = list(number)
        signs[here], signs[there] = signs[there], signs[here]
        made.append("".join(signs))
    return tuple(dict.fromkeys(found for found in made if found[0] != "0" and fits(found)))[:_MOST_CANDIDATES]


def _read_date(found: str) -> str | Fault | None:
    """The CAS numbers that a spreadsheet program may have turned into this date: all whose check digit fits.

    The year may stand for a first part of two digits, and a month or day of 00 was lost to that of some day.
    What cannot be a date, for its month or day, is read as a CAS number with a padded check digit.
    """
    days = list(_days(found))
    if not days:
        if _PADDED.fullmatch(found):
            return _read_cas(found)
        return Fault("number-unreadable", found, _without_hyphens(found))
    numbers = (
        f"{first.lstrip('0')}-{second}-{last}"
        for year, month, day in days
        for first in ([year, year[2:]] if year[:2] in ("19", "20") and len(year) == 4 else [year])
        for second in (f"{month:02}", "00")
        for last in dict.fromkeys((day, 0))
        if last < 10 and first.strip("0") and int(first) >= LOWEST_CAS
    )
    candidates = tuple(dict.fromkeys(number for number in numbers if _is_cas(number)))
    return Fault("cas-is-date" if candidates else "number-unreadable", found, candidates)


_PADDED = re.compile("[0-9]{2,7}-[0-9]{2}-0[0-9]")


def _days(found: str) -> Iterator[tuple[str, int, int]]:
    """The days that a date may mean: year, month, day; a year of two digits also in full.

    >>> list(_days("1/02/2501")), list(_days("7439-92-01"))
    ([('2501', 2, 1), ('2501', 1, 2)], [])
    """
    one, two, three = re.findall(
        "[0-9]+|[a-z]{3}", re.sub("(?<=[a-z]{3})[a-z]+", "", found.split(":")[0].lower())
    )[:3]
    if two.isalpha():
        two = str(_MONTHS[two])
    orders = [(one, two, three)] if len(one) == 4 else [(three, two, one), (three, one, two)]
    if len(one) < 4 and len(three) < 4:
        orders.append((one, two, three))
    for year, month, day in orders:
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            for full in [year] if len(year) == 4 else [year, f"19{year}", f"20{year}"]:
                yield full, int(month), int(day)


def _without_hyphens(clean: str) -> tuple[str, ...]:
    """The numbers that a cell of bare digits, or with other marks between them, may mean.

    >>> _without_hyphens("7439921"), _without_hyphens("7439 92 1"), _without_hyphens("200.001.8")
    (('7439-92-1',), ('7439-92-1',), ('200-001-8',))
    """
    cas = re.fullmatch("([1-9][0-9]{1,6})[ ._/]?([0-9]{2})[ ._/]?([0-9])", clean)
    ec = re.fullmatch("([0-9]{3})[ ._/]?([0-9]{3})[ ._/]?([0-9])", clean)
    numbers = [("-".join(match.groups()), fits) for match, fits in ((cas, _is_cas), (ec, _is_ec)) if match]
    return tuple(number for number, fits in numbers if fits(number))


_READERS: dict[str, Callable[[str], str | Fault | None]] = {
    "cas": _read_cas,
    "ec": _read_ec,
    "date": _read_date,
    "other": lambda found: Fault("number-unreadable", found, ()),
}
