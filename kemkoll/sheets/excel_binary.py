"""Binary Excel workbooks (xlsb). Their number formats are not read: `Sheet.formats_known` says so."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kemkoll.messages import Message
from kemkoll.sheets.cells import Sheet, cell_text, make_sheet
from kemkoll.sheets.content import encrypted, unreadable


def read(path: Path) -> list[Sheet]:
    """The sheets of the workbook, hidden ones too."""
    import python_calamine

    try:
        with zipfile.ZipFile(path) as archive:  # sizes and sums are what they say, so nothing unpacks to more
            if archive.testzip():
                raise unreadable(path, Message("one of its parts is damaged"))
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            return [_read_sheet(book, name) for name in book.sheet_names]
    except python_calamine.PasswordError:
        raise encrypted(path) from None
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise unreadable(path, error) from None


def _read_sheet(book: object, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    rows = [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    spans = [
        (top + 1, bottom + 1, left, right)
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])
    ]
    return make_sheet(name, rows, spans, formats_known=False)
