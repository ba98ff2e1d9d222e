"""A report as plain values: what it says, its tables and its figures; every format is made of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Value = str | int | float | None
"""What a cell holds for a program; None: nothing."""


class Cell(NamedTuple):
    """What a cell says to people, and what it holds for programs.

    >>> Cell("44,0 %", 0.44).text
    '44,0 %'
    """

    text: str
    value: Value = None
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        heading: in the reader's language.
        code: its name in files for programs: English, never translated.
        number: it holds numbers, which stand to the right.
    """

    heading: str
    code: str
    number: bool = False


_COLUMNS, _OF_WORDS = 10, 7
"""Columns that upright paper has room for, and how many of them may be words."""


@dataclass(frozen=True)
class Table:
    """A table: the first cell of each row says what the row is about.

    Attributes:
        name: by which the template, the file and the link know it: `headline`.
        notes: what must be known to read it: hidden cells, breaks, revised figures.
        empty: what is said where it has no rows.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    empty: str = ""

    @property
    def broad(self) -> bool:
        """Whether upright paper is too narrow: it has many columns, or many of words."""
        words = sum(not column.number for column in self.columns)
        return len(self.columns) > _COLUMNS or words > _OF_WORDS


@dataclass(frozen=True)
class Figure:
    """A picture, with what it shows in words and in numbers.

    Attributes:
        name: by which the template, the file and the link know it: `flows`.
        number: as the report counts it: `F3`.
        summary: what there is to see, for who does not see it.
        svg: the picture; empty where there are too few numbers to draw one.
        table: the numbers drawn.
        narrow: the picture for a telephone; empty: the same, to be moved sideways.
        notes: footnotes: why the series is broken.
    """

    name: str
    number: str
    title: str
    summary: str
    svg: str
    table: Table
    narrow: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        report: the folder of its template under `reports/`.
        language: `en`, `sv`.
        title: heading of the first page.
        subtitle: whose it is, and of which year or day.
        identifier: the same for the same data, for the metadata of files.
        date: day of the data, ISO.
        cautions: what must be read first: invented data, an internal version.
        facts: label and value: how the data were made.
        says: paragraphs by the place in the template that they stand in.
        tables: by name.
        figures: by name.
    """

    report: str
    language: str
    title: str
    subtitle: str
    identifier: str
    date: str
    cautions: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    says: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def every_table(self) -> tuple[Table, ...]:
        """The tables, and those of the figures."""
        return (*self.tables.values(), *(figure.table for figure in self.figures.values()))
