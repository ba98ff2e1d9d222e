"""OpenDocument spreadsheets (ods), read from their XML: a percentage says so itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import MAX_COLUMNS, MIDNIGHT, Figure, Formula, Sheet, cell_text, make_sheet
from kemkoll.sheets.content import unreadable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MAX_ROWS = 1_048_576


def read(path: Path) -> list[Sheet]:
    """The sheets of the spreadsheet, hidden ones too."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
            return list(_read_tables(ElementTree.iterparse(content, events=("start", "end"))))
    except DeclarationError:
        raise
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError) as error:
        raise unreadable(path, error) from None


def _read_tables(events: Iterator[tuple[str, Any]]) -> Iterator[Sheet]:
    name, empty = "", 0
    rows: list[list[str]] = []
    spans: list[tuple[int, int, int, int]] = []
    for event, element in events:
        if event == "start":
            if element.tag == _TABLE + "table":
                name, rows, empty, spans = element.get(_TABLE + "name", ""), [], 0, []
        elif element.tag == _TABLE + "table-row":
            repeated = int(element.get(_TABLE + "number-rows-repeated", 1))
            row = _read_row(element, len(rows) + empty + 1, spans)
            if row and len(rows) + empty + repeated <= _MAX_ROWS:
                rows += [[]] * empty + [list(row) for _ in range(repeated)]
                empty = 0
            else:
                empty += repeated
            element.clear()
        elif element.tag == _TABLE + "table":
            yield make_sheet(name, rows, spans)
            element.clear()


def _read_row(element: Any, number: int, spans: list[tuple[int, int, int, int]]) -> list[str]:
    """The texts of a row up to the last that says something; cells that span others are added to `spans`."""
    row: list[str] = []
    for cell in element:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        text = _text(cell)
        wide, high = (int(cell.get(_TABLE + f"number-{way}-spanned", 1)) for way in ("columns", "rows"))
        if text and (wide > 1 or high > 1):
            spans.append((number, number + high - 1, len(row), len(row) + wide - 1))
        repeated = int(cell.get(_TABLE + "number-columns-repeated", 1))
        row += [text] * min(repeated, MAX_COLUMNS + 1 - len(row))
    while row and not row[-1]:
        row.pop()
    return row


def _text(cell: Any) -> str:
    kind, value = cell.get(_OFFICE + "value-type"), cell.get(_OFFICE + "value")
    if kind == "percentage" and value:
        return cell_text(float(value), "0%")
    if kind in ("float", "currency") and value:
        return _number(cell, float(value))
    if kind == "date":
        day: str = cell.get(_OFFICE + "date-value", "")
        return day.replace("T", " ").removesuffix(MIDNIGHT)
    if kind == "boolean":
        return cell_text(cell.get(_OFFICE + "boolean-value") == "true")
    shown = _shown(cell)
    formula = cell.get(_TABLE + "formula")
    return Formula("=" + formula.split("=", 1)[-1]) if formula and kind is None and not shown else shown


def _number(cell: Any, value: float) -> str:
    """The number with all its digits, and the words that its format shows around it."""
    shown = _shown(cell)
    exact = cell_text(value)
    digits = [i for i, letter in enumerate(shown) if letter.isdigit()]
    if not digits:
        return exact
    before, after = shown[: digits[0]].strip(" -−"), shown[digits[-1] + 1 :].strip()
    if "E" in shown or any(letter.isdigit() for letter in before + after):
        return exact
    if shown.isdigit() and len(shown) > len(exact) and shown.lstrip("0") == exact:
        return shown
    return Figure(f"{before}{exact}{' ' + after if after else ''}")


def _shown(cell: Any) -> str:
    """What the cell shows, its paragraphs as lines; comments are not shown."""
    lines = ["".join(_runs(part)) for part in cell if part.tag == _TEXT + "p"]
    return "\n".join(lines).strip()


def _runs(element: Any) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == _TEXT + "s":
            yield " " * int(part.get(_TEXT + "c", 1))
        elif part.tag in (_TEXT + "line-break", _TEXT + "tab"):
            yield "\n" if part.tag.endswith("break") else "\t"
        elif part.tag != _OFFICE + "annotation":
            yield from _runs(part)
        yield part.tail or ""
