"""Old Excel workbooks (xls)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kemkoll.sheets.cells import Sheet, cell_text, make_sheet
from kemkoll.sheets.content import encrypted, unreadable


def read(path: Path) -> list[Sheet]:
    """The sheets of the workbook, hidden ones too, with number formats and merged cells."""
    import xlrd

    try:
        with Path(os.devnull).open("w", encoding="utf-8") as silence:
            book = xlrd.open_workbook(str(path), formatting_info=True, logfile=silence)
        return [_read_sheet(book, book.sheet_by_index(i)) for i in range(book.nsheets)]
    except Exception as error:  # noqa: BLE001 - a broken workbook makes xlrd fail in any way there is
        if "encrypt" in str(error).lower():
            raise encrypted(path) from None
        raise unreadable(path, error) from None


def _read_sheet(book: Any, sheet: Any) -> Sheet:
    rows = [[_text(book, cell) for cell in sheet.row(i)] for i in range(sheet.nrows)]
    spans = [(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return make_sheet(sheet.name, rows, spans)


def _text(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).strip()
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        style = (
            book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
        )
        return cell_text(cell.value, style.format_str if style else "General")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    return ""


def _date(book: Any, value: float) -> str:
    import xlrd

    try:
        return cell_text(xlrd.xldate_as_datetime(value, book.datemode))
    except (ValueError, OverflowError, xlrd.XLDateError):
        return cell_text(value)
