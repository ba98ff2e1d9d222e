"""Cells as text: what a number with its format says, and sheets made of rows of texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

import numpy as np
import pandas as pd

from kemkoll.errors import DeclarationError
from kemkoll.messages import Message

MAX_CELL = 131_072
"""The longest cell, in characters. A spreadsheet program allows 32,767."""
MAX_COLUMNS = 1_000
"""The widest table. A declaration has some ten columns."""
MIDNIGHT = " 00:00:00"
"""The time that a cell with a day and no time has, and does not show."""


@dataclass(frozen=True)
class Sheet:
    """One sheet as text.

    Attributes:
        name: the sheet's name; empty where the file has no sheets.
        cells: category columns 0, 1, … of texts as written ("" for an empty cell); the index is the source
            row, from 1.
        spans: merged cells as (first row, last row, first column, last column), rows from 1 and columns from
            0. Their
            text is repeated in each of their cells.
        formats_known: number formats are part of the texts. Where they are not, 0.15 may have been shown as
            15 %.
        figures: of each column the texts that only number cells gave: the point in them is a decimal point.
        percents: the columns where a number cell has a percent format, so that one without may have lost it.
        formulas: row (from 1) and column (from 0) of each cell that holds a formula and not its result.
    """

    name: str
    cells: pd.DataFrame
    spans: tuple[tuple[int, int, int, int], ...] = ()
    formats_known: bool = True
    figures: Mapping[int, frozenset[str]] = field(default_factory=dict)
    percents: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()


class Figure(str):
    """The text of a cell that holds a number."""

    __slots__ = ()


class Formula(str):
    """The text of a formula whose result the file does not hold."""

    __slots__ = ()


class Percentage(Figure):
    """The text of a cell that holds a number and shows it in per cent."""

    __slots__ = ()


def make_sheet(
    name: str,
    rows: Sequence[Sequence[str]],
    spans: Sequence[tuple[int, int, int, int]] = (),
    *,
    first_row: int = 1,
    formats_known: bool = True,
) -> Sheet:
    """The rows as a sheet: merged cells filled, empty rows left out, row numbers kept.

    >>> make_sheet("Blad1", [["Ämne", "Halt"], [], ["Bly", "15 %"]]).cells.index.tolist()
    [1, 3]
    """
    grid = [list(row) for row in rows]
    for row in grid:
        while row and not row[-1]:
            row.pop()
    for span in spans:
        _fill(grid, span, first_row)
    numbers = [first_row + i for i, row in enumerate(grid) if any(row)]
    kept = [row for row in grid if any(row)]
    width = max(map(len, kept), default=0)
    if width > MAX_COLUMNS:
        raise DeclarationError(
            "A row has more than {most} columns. Split the table.",
            "file-too-large",
            most=MAX_COLUMNS,
            reason=Message("a row has too many columns"),
        )
    texts = [[row[i] if i < len(row) else "" for row in kept] for i in range(width)]
    columns = [pd.Categorical([*map(str, column)]) for column in texts]
    for column in columns:
        check_lengths(column.categories)
    cells = pd.DataFrame(dict(enumerate(columns)), index=pd.Index(numbers, dtype=np.int64))
    figures = {i: found for i, column in enumerate(texts) if (found := _only_figures(column))}
    percents = frozenset(
        i for i, column in enumerate(texts) if any(type(text) is Percentage for text in column)
    )
    formulas = frozenset(
        (numbers[place], i)
        for i, column in enumerate(texts)
        for place, text in enumerate(column)
        if type(text) is Formula
    )
    return Sheet(name, cells, tuple(spans), formats_known, figures, percents, formulas)


def _only_figures(texts: Sequence[str]) -> frozenset[str]:
    """The texts that number cells gave, and no typed cell beside them.

    >>> _only_figures([Figure("1.234"), Figure("1.5"), "1.5", "Bly"])
    frozenset({'1.234'})
    """
    figures = {str(text) for text in texts if isinstance(text, Figure)}
    return frozenset(figures - {text for text in texts if type(text) is str}) if figures else frozenset()


def check_lengths(texts: pd.Index) -> None:
    """Refuse texts that no cell of a declaration can hold.

    Raises:
        DeclarationError: a text is longer than `MAX_CELL`.
    """
    longest = max(map(len, texts), default=0)
    if longest > MAX_CELL:
        raise DeclarationError(
            "A cell holds {size} characters; kemkoll reads {most}.",
            "file-too-large",
            size=longest,
            most=MAX_CELL,
            reason=Message("a cell is too long"),
        )


def _fill(grid: list[list[str]], span: tuple[int, int, int, int], first_row: int) -> None:
    top, bottom, left, right = span
    top, bottom = top - first_row, min(bottom - first_row, len(grid) - 1)
    right = min(right, MAX_COLUMNS - 1)
    if not 0 <= top < len(grid) or left >= len(grid[top]) or not grid[top][left]:
        return
    if bottom > top + 1000 and right > left:  # a page-wide merge that says nothing about rows
        return
    text = grid[top][left]
    for row in grid[top : bottom + 1]:
        row.extend([""] * (right + 1 - len(row)))
        row[left : right + 1] = [text] * (right + 1 - left)


def cell_text(value: object, number_format: str = "General") -> str:
    """What a cell with this value and number format says.

    >>> cell_text(0.15, "0 %"), cell_text(0.1513, "0%"), cell_text(0.1 + 0.2), cell_text(7.0), cell_text(True)
    ('15 %', '15.13 %', '0.3', '7', 'TRUE')
    >>> import datetime as dt
    >>> cell_text(dt.datetime(1978, 7, 2)), cell_text(dt.datetime(1978, 7, 2, 8, 30)), cell_text(None)
    ('1978-07-02', '1978-07-02 08:30:00', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        text = number_text(value, number_format)
        return Percentage(text) if _read_format(number_format)[0] else Figure(text)
    return str(value).strip().removesuffix(MIDNIGHT)


def number_text(value: float, number_format: str = "General") -> str:
    """The number as its format shows it, with all its digits: 15 of them, as a spreadsheet program keeps.

    Percent formats, words in quotes ("ppm", "<") and leading zeros speak; rounding for show does not.

    >>> number_text(0.0004, "0.0%"), number_text(850, '0" ppm"')
    ('0.04 %', '850 ppm')
    >>> number_text(0.1, '"<"0.0'), number_text(42, "00000")
    ('<0.1', '00042')
    >>> number_text(1e-05), number_text(float("nan"))
    ('0.00001', '')
    """
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    percent, before, after, zeros = _read_format(number_format)
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if percent:
        exact *= 100
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if zeros and text.isdigit():
        text = text.zfill(zeros)
    return f"{before}{text}{' %' if percent else ''}{after}"


@lru_cache(maxsize=1024)
def _read_format(number_format: str) -> tuple[bool, str, str, int]:
    """Whether it is a percent format, the words before and after the number, and how many leading zeros it
    keeps.
    """
    if number_format in ("", "General", "@"):
        return False, "", "", 0
    section = number_format.split(";")[0]
    plain = re.sub(r"\[[^\]]*\]|_.|\*.", "", section)
    words = re.findall(r'"([^"]*)"|\\(.)|([0#?][0#?.,/ E+-]*)|(%)', plain)
    before, after, percent, digits = "", "", False, ""
    for quoted, escaped, number, sign in words:
        if number:
            digits = digits or number
        elif sign:
            percent = True
        elif digits:
            after += quoted or escaped
        else:
            before += quoted or escaped
    zeros = len(digits) if re.fullmatch("00+", digits) else 0
    word = after.strip()
    return percent, before.strip(), f" {word}" if word else "", zeros
