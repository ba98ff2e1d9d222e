"""A sheet of a workbook as data, and how whole columns become one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from kemkoll.i18n import Translator


class Share(NamedTuple):
    """A mass fraction, and the limit it is held against; both in 10⁻¹² kg/kg."""

    ppt: int
    limit_ppt: int | None = None


class Judged(NamedTuple):
    """A verdict's code and its word."""

    code: str
    word: str


Value = str | int | date | Share | Judged | None
"""What a cell holds; None: nothing."""


@dataclass(frozen=True)
class Sheet:
    """One table: its title, what it holds, its headings with their widths in characters, its rows."""

    title: str
    about: str
    columns: dict[str, int]
    rows: Iterable[Sequence[Value]]
    size: int


Columns = dict[tuple[str, int], Iterable[Any]]
"""Whole columns, each under its heading and width."""
NUMBER, WORD, NAME, SENTENCE = 13, 16, 28, 52
"""Widths of columns, in characters."""
BREADTH_OF_PAGE = 170
"""Characters beside each other that can be read with ease on one lying page."""
LINE_HEIGHT = 15
"""Of one line of letters, in points."""


def pages(widths: Iterable[int]) -> int:
    """How many pages beside each other columns of these widths need.

    >>> pages([28, 52]), pages([52] * 9)
    (1, 3)
    """
    return max(1, math.ceil(sum(widths) / BREADTH_OF_PAGE))


def lines_of(text: str, width: int) -> int:
    r"""How many lines a text takes in a column of this width, with the ends that words leave empty.

    >>> lines_of("lead", 28), lines_of("x" * 60, 28), lines_of("a\nb", 28)
    (1, 3, 2)
    """
    lengths = [max(1, len(line)) for line in text.split("\n")]
    return sum(1 if length <= 0.95 * width else math.ceil(length * 1.15 / width) for length in lengths)


def day(text: str) -> Value:
    """The date of an ISO text; the text itself where it is none, or none that spreadsheet programs know.

    >>> day("2026-11-22"), day("2026-02-30"), day("1899-12-31"), day("")
    (datetime.date(2026, 11, 22), '2026-02-30', '1899-12-31', None)
    """
    try:
        made = date.fromisoformat(text)
    except ValueError:
        return text or None
    return made if made.year > 1900 and text == made.isoformat() else text


def sheet_of(title: str, about: str, columns: Columns, _: Translator) -> Sheet:
    """The sheet of whole columns, each under its heading and width."""
    found = [column.tolist() if hasattr(column, "tolist") else list(column) for column in columns.values()]
    headings = {_(heading): width for heading, width in columns}
    return Sheet(_(title), _(about), headings, zip(*found, strict=True), len(found[0]))


def worded(words: dict[str, str], codes: Iterable[Any], _: Translator) -> list[str]:
    """The words for codes; a code without one stays."""
    return [_(words[code]) if words.get(code) else str(code) for code in codes]


def yes_or_no(column: Iterable[Any], _: Translator) -> list[str]:
    return [_("yes") if value else _("no") for value in column]


def days(column: Iterable[Any]) -> list[Value]:
    return [day(str(value)) for value in column]


def counts(column: Iterable[Any]) -> list[int | None]:
    """Numbers; none where nobody says one."""
    return [int(number) if number >= 0 else None for number in column]
