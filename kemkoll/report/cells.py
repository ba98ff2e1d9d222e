"""Cells of tables: a number as people read it beside the number itself; what is not there is a dash."""

from __future__ import annotations

from kemkoll.i18n import Translator
from kemkoll.report.document import Cell
from kemkoll.report.measured import Measured
from kemkoll.report.numbers import HIDDEN_TEXT, count, decimal, percent, percent_range, points, signed

NOTHING = Cell(HIDDEN_TEXT)


def word(text: str, *, strong: bool = False) -> Cell:
    """A text.

    >>> word("").text
    '–'
    """
    return Cell(text, text, strong) if text else NOTHING


def number(value: float | None, _: Translator, *, strong: bool = False, sign: bool = False) -> Cell:
    """A whole number; one below 0 that has no sign is hidden.

    >>> from kemkoll.i18n import translator
    >>> number(1250, translator("en")), number(-1, translator("en")).text, number(None, translator("en")).text
    (Cell(text='1,250', value=1250, strong=False), '–', '–')
    """
    if value is None or (value < 0 and not sign):
        return NOTHING
    text = signed(value, _.language) if sign else count(value, _.language)
    return Cell(text, int(value), strong)


def share(value: float | None, _: Translator, *, strong: bool = False) -> Cell:
    """A share."""
    return NOTHING if value is None else Cell(percent(value, _.language), _exact(value), strong)


def bounds(low: float | None, high: float | None, _: Translator) -> Cell:
    """From the least to the greatest share."""
    if low is None or high is None:
        return NOTHING
    return Cell(percent_range(low, high, _.language), f"{_exact(low)}–{_exact(high)}")


def difference(value: float | None, _: Translator) -> Cell:
    """A difference of shares."""
    return NOTHING if value is None else Cell(points(value, _), _exact(value))


def measured(figure: Measured, _: Translator, *, strong: bool = False) -> Cell:
    """A figure in its own unit."""
    if figure.value is None:
        return NOTHING
    if figure.unit == "share":
        return share(figure.value, _, strong=strong)
    if figure.unit == "points":
        return difference(figure.value, _)
    if figure.unit in ("kg", "days"):
        unit = {"kg": "kg", "days": _("days")}[figure.unit]
        return Cell(
            f"{decimal(figure.value, _.language)}\N{NO-BREAK SPACE}{unit}", _exact(figure.value), strong
        )
    if figure.unit == "ore":
        return Cell(money(figure.value, _), _exact(figure.value), strong)
    return number(figure.value, _, strong=strong, sign=figure.value < 0)


def money(ore: float, _: Translator) -> str:
    """A sum of money: in millions where it is one."""
    million = 10**8
    text = decimal(ore / million, _.language) if abs(ore) >= million else count(ore / 100, _.language)
    unit = _("million kronor") if abs(ore) >= million else _("kronor")
    return f"{text}\N{NO-BREAK SPACE}{unit}"


def _exact(value: float) -> float:
    """The number as far as it is known: no noise of the computer's in a file."""
    return round(float(value), 9)
