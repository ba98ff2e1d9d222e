"""A report as a workbook: a cover that says what it is, and a sheet for each table and each figure's
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kemkoll.i18n import translator
from kemkoll.outputs import worksheet
from kemkoll.outputs.worksheet import NAME, NUMBER, SENTENCE, Sheet
from kemkoll.outputs.xlsx import write_book
from kemkoll.report.document import Cell, Document, Table

_LONGEST = 31
"""Characters of a sheet's name: spreadsheet programs take no more."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\\]")
_WHOLE = 10**12
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def as_xlsx(document: Document) -> bytes:
    """The report as a workbook."""
    sheets = list(_sheets(document))
    stream = BytesIO()
    title = f"{document.title}, {document.subtitle}"
    write_book(stream, title, document.language, list(_cover(document, sheets)), sheets)
    return _settled(stream.getvalue(), document.date)


def _settled(book: bytes, day: str) -> bytes:
    """The workbook without the moment at which it was written, so that the same report gives the same bytes.

    Args:
        book: the file.
        day: ISO, which takes the place of that moment; empty: the first day that a ZIP file can name.
    """
    stream = BytesIO()
    moment = f"{day or '1980-01-01'}T00:00:00Z".encode()
    with ZipFile(BytesIO(book)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _PROPERTIES:
                part = _MOMENT.sub(moment, part)
            new.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return stream.getvalue()


def _cover(document: Document, sheets: list[Sheet]) -> Iterator[tuple[str, list[Any]]]:
    """What stands on the first sheet: what it is, what must be known first, what is on the others."""
    _ = translator(document.language)
    yield "title", [document.title]
    yield "note", [document.subtitle]
    for caution in document.cautions:
        yield "warning", [caution]
    for name, value in document.facts:
        yield "fact", [name, worksheet.day(value) or "–"]
    yield "heading", [_("Sheets")]
    for sheet in sheets:
        yield "fact", [sheet.title, sheet.about]


def _sheets(document: Document) -> Iterator[Sheet]:
    """A sheet for each table that has rows."""
    taken: set[str] = set()
    numbers = {figure.table.name: figure.number for figure in document.figures.values()}
    for table in document.every_table():
        if not table.rows:
            continue
        number = numbers.get(table.name)
        title = _free(f"{number} {table.title}" if number else table.title, taken)
        taken.add(title.casefold())
        notes = " ".join((f"{number}. {table.title}." if number else f"{table.title}.", *table.notes))
        rows = [[_held(cell) for cell in row] for row in table.rows]
        yield Sheet(title, notes, _headings(table), [*rows, *([note] for note in table.notes)], len(rows))


def _headings(table: Table) -> dict[str, int]:
    """The headings, each of them once, with widths in characters."""
    made: dict[str, int] = {}
    for number, column in enumerate(table.columns):
        longest = max((len(row[number].text) for row in table.rows), default=0)
        width = NUMBER if column.number and longest <= NUMBER else NAME if longest <= 2 * NAME else SENTENCE
        heading = column.heading or column.code
        made[heading if heading not in made else f"{heading} ({column.code})"] = width
    return made


def _held(cell: Cell) -> Any:
    """What a spreadsheet program is given: a number where people read one, a share as percent, else the
    text.
    """
    if isinstance(cell.value, int):
        return cell.value
    if isinstance(cell.value, float) and cell.text.endswith("%"):
        return worksheet.Share(round(cell.value * _WHOLE))
    return cell.text


def _free(title: str, taken: set[str]) -> str:
    """A name that no other sheet has."""
    base = _FORBIDDEN.sub(" ", title).strip("' ")
    made, number = base[:_LONGEST].strip("' "), 2
    while made.casefold() in taken:
        end = f" {number}"
        made, number = f"{base[: _LONGEST - len(end)].strip()}{end}", number + 1
    return made
