"""Cells of a buyer's own files as values: days, sums, numbers. What is no such value is None."""

from __future__ import annotations

import calendar
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from kemkoll.declarations.answers import parse_date, parse_list
from kemkoll.identifiers import parse_gtin, parse_organisation_number

MOST = 2**53
"""The largest whole number that is kept; a spreadsheet program holds no larger one exactly."""
_OPEN = re.compile(r"tills ?vidare|t ?v|until further notice|open( ended)?|löpande|pågående|ongoing")
_KRONOR = {"": 1, "kr": 1, "sek": 1, "kronor": 1, "tkr": 1000, "kkr": 1000, "ksek": 1000, "tsek": 1000,
           "mkr": 1_000_000, "msek": 1_000_000, "mnkr": 1_000_000}  # fmt: skip
_GRAMS = {"g": 1, "gram": 1, "kg": 1000, "kilo": 1000, "kilogram": 1000, "ton": 1_000_000, "t": 1_000_000}
_PIECES = {"": 1, "st": 1, "styck": 1, "stycken": 1, "pcs": 1, "pieces": 1, "enheter": 1, "units": 1}
SPEND_UNITS, MASS_UNITS, QUANTITY_UNITS = (frozenset(it) - {""} for it in (_KRONOR, _GRAMS, _PIECES))


def parse_text(text: str) -> str:
    """The text, its spaces single.

    >>> parse_text(" Skumförband   10 x 10 ")
    'Skumförband 10 x 10'
    """
    return " ".join(text.replace("\0", "").split())


def parse_day(text: str) -> str | None:
    """The day, or the first of a month or year.

    >>> parse_day("2025-02-01"), parse_day("1 februari 2025"), parse_day("2025"), parse_day("31/31/2025")
    ('2025-02-01', '2025-02-01', '2025-01-01', None)
    """
    return parse_date(text)


def parse_last_day(text: str) -> str | None:
    """The day, or the last of a month or year; "" for what has no end.

    >>> parse_last_day("2025"), parse_last_day("februari 2024"), parse_last_day("Tills vidare")
    ('2025-12-31', '2024-02-29', '')
    >>> parse_last_day("2025-02"), parse_last_day("2025-02-03")
    ('2025-02-28', '2025-02-03')
    """
    plain = " ".join(text.strip().casefold().replace(".", " ").split())
    if _OPEN.fullmatch(plain):
        return ""
    if re.fullmatch(r"(19|20)\d\d", plain):
        return f"{plain}-12-31"
    found = parse_date(text)
    if found and re.fullmatch(r"\d{4}[-/.]\d{1,2}|[a-zå-ö]{3,}[.,\s/-]*\d{4}", text.strip().casefold()):
        year, month = int(found[:4]), int(found[5:7])
        return f"{found[:8]}{calendar.monthrange(year, month)[1]:02}"
    return found


def parse_year(text: str) -> int | None:
    """A year.

    >>> parse_year("2025"), parse_year("År 2024"), parse_year("25")
    (2025, 2024, None)
    """
    found = re.fullmatch(r"(?:år\s+|year\s+)?((?:19|20)\d\d)", text.strip().casefold())
    return int(found[1]) if found else None


def parse_number(text: str, *, point: bool = False) -> Decimal | None:
    """The number that a cell says; None for none, and for “1,234”, which may be two.

    Args:
        text: without its unit.
        point: the point is a decimal point: a number cell of a workbook says so.

    >>> [str(parse_number(it)) for it in ("1 234 567,50", "1,234,567.5", "1.234.567", "0,125", "-5")]
    ['1234567.50', '1234567.5', '1234567', '0.125', '-5']
    >>> parse_number("1,234"), parse_number("1.234", point=True), parse_number("12 34")
    (None, Decimal('1.234'), None)
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009'’]+", " ", text.strip()).replace("\u2212", "-").replace("–", "-")
    if not re.fullmatch(r"[-+]?\d[\d ., ]*", plain):
        return None
    if " " in plain and not re.fullmatch(r"[-+]?\d{1,3}( \d{3})+([.,]\d+)?", plain):
        return None
    plain = plain.replace(" ", "")
    marks = re.findall(r"[.,]", plain)
    if len(set(marks)) == 2:
        last = marks[-1]
        if marks.count(last) > 1:
            return None
        other = "," if last == "." else "."
        whole, _, rest = plain.partition(last)
        plain = whole.replace(other, "") + "." + rest if re.fullmatch(_grouped(other), whole) else ""
    elif len(marks) > 1:
        plain = plain.replace(marks[0], "") if re.fullmatch(_grouped(marks[0]), plain) else ""
    elif re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", plain) and not (point and marks == ["."]):
        return None
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def _grouped(mark: str) -> str:
    return rf"[-+]?\d{{1,3}}(\{mark}\d{{3}})+"


def parse_spend(text: str, unit: str, *, point: bool = False) -> int | None:
    """A sum of money in öre.

    Args:
        unit: that of the header, where the cell has none: kr, tkr, mkr; "" is kr.

    >>> parse_spend("1 234,50", ""), parse_spend("12 tkr", ""), parse_spend("12,5", "tkr")
    (123450, 1200000, 1250000)
    >>> parse_spend("5 EUR", ""), parse_spend("-3", "")
    (None, None)
    """
    return _measured(text, unit, _KRONOR, 100, point=point)


def parse_grams(text: str, unit: str, *, point: bool = False) -> int | None:
    """A mass in whole grams; one without a unit is none.

    >>> parse_grams("1,5 kg", ""), parse_grams("250", "g"), parse_grams("250", "")
    (1500, 250, None)
    """
    return _measured(text, unit, _GRAMS, 1, point=point)


def parse_count(text: str, unit: str, *, point: bool = False) -> int | None:
    """A number of pieces, whole.

    >>> parse_count("12 000 st", ""), parse_count("1,5", ""), parse_count("3 kartonger", "")
    (12000, None, None)
    """
    made = _measured(text, unit, _PIECES, 1000, point=point)
    return made // 1000 if made is not None and made % 1000 == 0 else None


def _measured(text: str, unit: str, units: dict[str, int], size: int, *, point: bool) -> int | None:
    found = re.fullmatch(r"(.*?\d)\s*([^\W\d]*)\.?:?-?", text.strip())
    own = (found[2].casefold() or unit) if found else None
    number = parse_number(found[1], point=point) if found else None
    if own not in units or number is None or number < 0:
        return None
    made = int((number * units[own] * size).to_integral_value(ROUND_HALF_UP))
    return made if made <= MOST else None


def parse_days(text: str) -> int | None:
    """A number of days.

    >>> parse_days("90"), parse_days("90 dagar"), parse_days("snart")
    (90, 90, None)
    """
    found = re.fullmatch(r"(\d{1,4})\s*(dagar|dag|days?|d)?", text.strip().casefold())
    return int(found[1]) if found else None


def parse_unspsc(text: str) -> str | None:
    """A UNSPSC code of 8 digits.

    >>> parse_unspsc("42 31 15 10"), parse_unspsc("4231")
    ('42311510', None)
    """
    digits = re.sub(r"[\s.-]", "", text)
    return digits if re.fullmatch("[1-9][0-9]{7}", digits) else None


def parse_cpv(text: str) -> str | None:
    """A CPV code with its check digit, which is worked out where it is not written; None where it is wrong.

    >>> parse_cpv("33141420-0"), parse_cpv("33140000"), parse_cpv("33141420-5")
    ('33141420-0', '33140000-3', None)
    """
    found = re.fullmatch(r"([0-9]{8})(?:\s*-\s*([0-9]))?", text.strip())
    if not found or found[1][:2] == "00":
        return None
    digit = sum(int(sign) * (3, 7, 1)[place % 3] for place, sign in enumerate(found[1])) % 10
    return f"{found[1]}-{digit}" if found[2] in (None, str(digit)) else None


def parse_gln(text: str) -> str | None:
    """A Global Location Number: 13 digits with a check digit.

    >>> parse_gln("4006381333931"), parse_gln("4006381333932")
    ('4006381333931', None)
    """
    made = parse_gtin(text)
    return made if made and len(made) == 13 else None


def parse_mail(text: str) -> str | None:
    """A mail address.

    >>> parse_mail("miljo@exempel.se"), parse_mail("ring oss")
    ('miljo@exempel.se', None)
    """
    plain = text.strip()
    return plain if re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+", plain) else None


def is_personal_number(text: str) -> bool:
    """Whether a cell may hold a personal identity number, which is a sole trader's organisation number.

    Its check digit is not asked: one mistyped is somebody's all the same.

    >>> is_personal_number("19811218-9876"), is_personal_number("811278-9873")
    (True, True)
    >>> is_personal_number("556036-0793"), is_personal_number("FI01234567")
    (False, False)
    """
    plain = re.sub(r"(?i)^SE\s*|[\s\u00a0]", "", text)
    found = re.match(r"(?:18|19|20)?\d\d(\d\d)(\d\d)[-+–]?\d{4}(?:01)?$", plain)
    month, day = (int(it) for it in found.groups()) if found else (0, 0)
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def parse_company_number(text: str) -> str | None:
    """A Swedish organisation number, or a VAT number of another country as written.

    >>> parse_company_number("SE556036079301"), parse_company_number("DK 12 34 56 78")
    ('556036-0793', 'DK12345678')
    >>> parse_company_number("556036-0794"), parse_company_number("SE123")
    (None, None)
    """
    own = parse_organisation_number(text)
    plain = re.sub(r"[\s.-]", "", text).upper()
    foreign = re.fullmatch(r"(?!SE)[A-Z]{2}(?=[0-9A-Z]*[0-9])[0-9A-Z]{5,13}", plain)
    return own or (plain if foreign else None)


def parse_lists(text: str) -> str | None:
    """Ids of substance lists, by spaces; None where one is not known. An edition stands after `@`.

    >>> parse_lists("Kandidatförteckningen; RoHS"), parse_lists("eu-rohs@2019-07-22"), parse_lists("listan")
    ('eu-reach-candidate eu-rohs', 'eu-rohs@2019-07-22', None)
    """
    found = []
    for piece in filter(None, re.split(r"\s*[;,\n]\s*", text.strip())):
        name, _, edition = piece.partition("@")
        list_id = parse_list(name)
        day = parse_date(edition) if edition else ""
        if not list_id or day is None:
            return None
        found.append(f"{list_id}@{day}" if day else list_id)
    return " ".join(dict.fromkeys(found)) or None


def parse_several(text: str) -> tuple[str, ...]:
    """The names of a cell that holds several, one after `;`, `|` or in each line.

    >>> parse_several("A-1; A-2")
    ('A-1', 'A-2')
    """
    return tuple(dict.fromkeys(filter(None, map(parse_text, re.split(r"[;|\n]", text)))))


def parse_measured(text: str) -> str | None:
    """What a laboratory found, as written: a figure, with its unit or without, or that nothing was.

    >>> parse_measured("< 5  mg/kg"), parse_measured("ej påvisad"), parse_measured("se bilaga")
    ('< 5 mg/kg', 'ej påvisad', None)
    """
    plain = parse_text(text)
    return plain if is_not_detected(plain) or _FIGURE.fullmatch(plain) else None


def has_unit(text: str) -> bool:
    """Whether a figure is followed by a unit.

    >>> has_unit("< 5 mg/kg"), has_unit("0,12 %"), has_unit("0,12")
    (True, True, False)
    """
    found = _FIGURE.fullmatch(text)
    return bool(found and found[1])


_FIGURE = re.compile(
    r"(?:[<>≤≥~]=?|ca|under)?\s*\d[\d .,]*(?:e-?\d+)?(?:\s*±\s*[\d.,]+)?\s*([^\d\s].*)?", re.I
)


def is_not_detected(text: str) -> bool:
    """Whether a laboratory says that it found nothing.

    >>> is_not_detected("n.d."), is_not_detected("< 5 mg/kg")
    (True, False)
    """
    plain = re.sub(r"[.\s]", "", text.casefold())
    return plain in {"nd", "ejpåvisad", "ejpåvisat", "ejdetekterad", "ejdetekterat", "notdetected", "ep"}
