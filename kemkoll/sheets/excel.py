"""Excel workbooks (xlsx): values with their number formats, merged cells, and formulas that nobody has
computed.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import MAX_COLUMNS, Formula, Sheet, cell_text, make_sheet
from kemkoll.sheets.content import unreadable

MAX_ROWS = 1_048_576
"""The rows of a sheet: spreadsheet programs have no more."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_NO_TABLES = re.compile(rb"Type=[\"'][^\"']*/(?:xlMacrosheet|xlIntlMacrosheet|dialogsheet)[\"']")
"""Relationships to sheets of macros and of dialogues."""
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r=[\"'](\d+)[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*?)?(?:/>|>([^<]*)</)")


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
                    _refuse_lost_sheets(path, book)
                    return [_read_sheet(path, sheet) for sheet in book.worksheets]
                finally:
                    book.close()
    except DeclarationError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken workbook makes openpyxl fail in any way there is
        raise unreadable(path, error) from None


def _refuse_lost_sheets(path: Path, book: Any) -> None:
    """A sheet that the workbook names and does not hold may be the one with the substances."""
    archive: zipfile.ZipFile = book._archive
    main = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    data = archive.read(main)
    if b"purl.oclc.org/ooxml" in data[:4096]:
        raise unreadable(path, "it is saved as “Strict Open XML”, which few programs read")
    named = len(re.findall(rb"<(?:\w+:)?sheet\s", data))
    without_cells = len(_NO_TABLES.findall(archive.read(_relationships(main)))) + len(book.chartsheets)
    lost = named - without_cells - len(book.worksheets)
    if lost > 0:
        raise unreadable(path, f"{lost} of its sheets cannot be found in it")


def _relationships(part: str) -> str:
    """The part that says where the parts of a part are.

    >>> _relationships("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _read_sheet(path: Path, sheet: Any) -> Sheet:
    data = _raw(sheet)
    last = max(map(int, _ROW.findall(data)), default=0)
    if last > MAX_ROWS:
        raise unreadable(
            path, f"its sheet “{sheet.title}” has a row {last:,}, and sheets end at {MAX_ROWS:,}"
        )
    sheet.reset_dimensions()
    rows = [
        [cell_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
        for row in sheet.iter_rows()
    ]
    for row, column, formula in _find_formulas(data):
        if row <= len(rows) and column <= MAX_COLUMNS:
            cells = rows[row - 1]
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or Formula(formula)
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
    """Row, column and text of each formula that has no stored value; “=…” where another cell holds the text.

    A text that is empty is a value: many forms fill their unused rows so.
    """
    if b"<f" not in data and b":f" not in data:
        return
    for attributes, inside in _CELL.findall(data):
        formula = _FORMULA.search(inside)
        place = re.search(rb'\br=["\']([A-Z]+)(\d+)["\']', attributes)
        if not formula or not place:
            continue
        value, text = _VALUE.search(inside), re.search(rb"\bt=[\"']str[\"']", attributes)
        if not value or not (value[1] or text):
            yield int(place[2]), _column(place[1]), "=" + (_formula_text(formula[1] or b"") or "…")


def _formula_text(data: bytes) -> str:
    """The formula that stands between its tags.

    >>> _formula_text(b"A1&lt;2<!-- x -->"), _formula_text(b"<![CDATA[A1&B1]]>")
    ('A1<2', 'A1&B1')
    """
    if cdata := re.match(rb"<!\[CDATA\[(.*)\]\]>", data, re.DOTALL):
        return cdata[1].decode("utf-8", "replace")
    return unescape(re.sub(rb"<!--.*?-->", b"", data, flags=re.DOTALL).decode("utf-8", "replace"))


def _column(letters: bytes) -> int:
    """The column's number from 0.

    >>> _column(b"A"), _column(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
