"""The mistakes that people make when they fill in a declaration, put into some of them on purpose."""

from __future__ import annotations

from collections.abc import Callable

from kemkoll.demo.chance import draw, one_of

_SHARE = 0.075
"""The share of the compositions that have a mistake."""
Row = dict[str, str]
_DATES = {"80-05-7": "1980-05-07", "80-09-1": "1980-09-01"}
"""What a spreadsheet program makes of CAS numbers that look like days."""
_TEXTS = {
    "trace": {"sv": "spår", "en": "trace"},
    "secret": {"sv": "Företagshemlighet", "en": "Trade secret"},
    "impurity": {"sv": "< 0,1 %", "en": "< 0.1 %"},
    "about": {"sv": "ca ", "en": "ca "},
}


def slipped(rows: list[Row], language: str, *about: object) -> list[Row]:
    """The rows of one composition, some with a mistake.

    Args:
        rows: by field; never the same row twice.
        language: of the supplier.
        about: what the mistake is drawn from.
    """
    rows = [_as_day(row, *about) for row in rows]
    if not is_slipped(*about):
        return rows
    slip = one_of([*_SLIPS], "which slip", *about)
    place = int(draw("where", *about) * len(rows))
    made, more = _SLIPS[slip](rows[place], language)
    return [*rows[:place], made, *more, *rows[place + 1 :]]


def is_slipped(*about: object) -> bool:
    """Whether a composition has a mistake."""
    return draw("slip", *about) < _SHARE


def _as_day(row: Row, *about: object) -> Row:
    """The row; half of the CAS numbers that look like days were made days of."""
    day = _DATES.get(row["cas"])
    return row | {"cas": day} if day and draw("day", *about) < 0.5 else row  #


def _wrong_digit(row: Row, language: str) -> tuple[Row, list[Row]]:
    """A check digit that does not fit."""
    del language
    number = row["cas"]
    return row | {"cas": f"{number[:-1]}{(int(number[-1]) + 1) % 10}"}, []


def _other_number(row: Row, language: str) -> tuple[Row, list[Row]]:
    """The number of another substance: name and number disagree."""
    del language
    other = "1314-13-2" if row["cas"] != "1314-13-2" else "13463-67-7"
    return row | {"cas": other}, []


def _trace(row: Row, language: str) -> tuple[Row, list[Row]]:
    """A trace of something beside it, without an amount."""
    more = row | {"name": "DEHP", "cas": "117-81-7", "amount": _TEXTS["trace"][language], "derogation": ""}
    return row, [more]


def _impurity(row: Row, language: str) -> tuple[Row, list[Row]]:
    """“Less than 0.1 %” of something that everybody asks about."""
    more = row | {"name": "DIBP", "cas": "84-69-5", "amount": _TEXTS["impurity"][language], "derogation": ""}
    return row, [more]


def _no_amount(row: Row, language: str) -> tuple[Row, list[Row]]:
    """An amount that nobody filled in."""
    del language
    return row | {"amount": ""}, []


def _no_number(row: Row, language: str) -> tuple[Row, list[Row]]:
    """A name alone."""
    del language
    return row | {"cas": ""}, []


def _secret(row: Row, language: str) -> tuple[Row, list[Row]]:
    """A substance that the supplier does not want to name."""
    return row | {"name": _TEXTS["secret"][language], "cas": ""}, []


def _nearly(row: Row, language: str) -> tuple[Row, list[Row]]:
    """An amount that is about right."""
    return row | {"amount": f"{_TEXTS['about'][language]}{row['amount']} %"}, []


_SLIPS: dict[str, Callable[[Row, str], tuple[Row, list[Row]]]] = {
    "wrong digit": _wrong_digit,
    "other number": _other_number,
    "trace": _trace,
    "impurity": _impurity,
    "no amount": _no_amount,
    "no number": _no_number,
    "secret": _secret,
    "nearly": _nearly,
}
