"""The tables of a report as programs want them: a bound in a column of its own, and each column described."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kemkoll.outputs.csv import defused
from kemkoll.report.document import Cell, Column, Table, Value
from kemkoll.report.open_data.columns import RANGES, sentence

WITHOUT = {("readings", "calculation")}
"""Columns that only people can read: the cells hold nothing for programs."""


@dataclass(frozen=True)
class Field:
    """A column.

    Attributes:
        code: English, never translated.
        heading: in the language of the data.
        described: what it holds, in English: a sentence to be translated.
        number: it holds numbers, or nothing.
    """

    code: str
    heading: str
    described: str
    number: bool


@dataclass(frozen=True)
class Frame:
    """A table.

    Attributes:
        rows: a value for each column; None: there is none, or it is hidden.
        notes: why values are missing, and what must be known to read the others.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...]


def frame(table: Table) -> Frame:
    """The table for programs.

    >>> made = frame(
    ...     Table("t", "", (Column("Lies between", "bounds", number=True),), ((Cell("", "-0.5–0.25"),),))
    ... )
    >>> [field.code for field in made.fields], made.rows
    (['bounds_low', 'bounds_high'], ((-0.5, 0.25),))
    """
    kept = [place for place, it in enumerate(table.columns) if (table.name, it.code) not in WITHOUT]
    fields = [field for place in kept for field in _fields(table.name, table.columns[place])]
    rows = [
        tuple(value for place in kept for value in _values(table.columns[place], row[place]))
        for row in table.rows
    ]
    return Frame(table.name, _plain(table.title), tuple(fields), tuple(rows), tuple(map(_plain, table.notes)))


def _fields(table: str, column: Column) -> list[Field]:
    """The column as one, or as its least and its greatest."""
    codes = [column.code]
    if column.code in RANGES:
        codes = [f"{column.code}_low", f"{column.code}_high"]
    return [Field(code, _plain(column.heading), sentence(table, code), column.number) for code in codes]


def _values(column: Column, cell: Cell) -> list[Value]:
    """The value as one, or as its least and its greatest."""
    value = _plain(cell.value) if isinstance(cell.value, str) else cell.value
    if column.code not in RANGES:
        return [defused(value)]
    found = re.fullmatch(r"(-?[\d.e-]+)–(-?[\d.e-]+)", value) if isinstance(value, str) else None
    return [float(found[1]), float(found[2])] if found else [None, None]


def _plain(text: str) -> str:
    """The text on one line, without spaces that only a printed page needs."""
    return " ".join(text.split())
