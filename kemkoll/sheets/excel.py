"""Excel workbooks (xlsx): values with their number formats, merged cells, and formulas that nobody has
computed.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import MAX_COLUMNS, Sheet, cell_text, make_sheet
from kemkoll.sheets.content import unreadable

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v></(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)


def read(path: Path) -> list[Sheet]:
    """The sheets of the workbook, hidden ones too. A formula without a stored value is its own text:
    "=B2*C2".
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles, validations and headers it leaves out
            with path.open("rb") as file:  # of a name, openpyxl believes the suffix
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                try:
                    return [_read_sheet(sheet) for sheet in book.worksheets]
                finally:
                    book.close()
    except DeclarationError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken workbook makes openpyxl fail in any way there is
        raise unreadable(path, error) from None


def _read_sheet(sheet: Any) -> Sheet:
    data = _raw(sheet)
    sheet.reset_dimensions()
    rows = [
        [cell_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
        for row in sheet.iter_rows()
    ]
    for row, column, formula in _find_formulas(data):
        if row <= len(rows) and column <= MAX_COLUMNS:
            cells = rows[row - 1]
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or formula
    spans = [
        (int(top), int(bottom), _column(left), _column(right))
        for left, top, right, bottom in _MERGED.findall(data)
    ]
    return make_sheet(sheet.title, rows, sorted(spans))


def _raw(sheet: Any) -> bytes:
    """The sheet's XML; read-only openpyxl tells neither merged cells nor formulas beside values."""
    archive: zipfile.ZipFile = sheet.parent._archive
    return archive.read(sheet._worksheet_path)


def _find_formulas(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each formula that has no stored value."""
    from html import unescape

    if b"<f" not in data and b":f" not in data:
        return
    for attributes, formula in _FORMULA.findall(data):
        place = re.search(rb'\br="([A-Z]+)(\d+)"', attributes)
        if place:
            yield int(place[2]), _column(place[1]), "=" + unescape(formula.decode("utf-8", "replace"))


def _column(letters: bytes) -> int:
    """The column's number from 0.

    >>> _column(b"A"), _column(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
