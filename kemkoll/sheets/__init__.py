"""Any table file as cells: what a person sees in each cell of each sheet, as text.

The content of a file decides what it is, never its name. A cell's number format is part of what it says: 0.15
shown as
15 % is read as "15 %". Nothing is interpreted here; `declarations` does that.
"""

from __future__ import annotations

from pathlib import Path

from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import MAX_CELL, Sheet, number_text
from kemkoll.sheets.content import KINDS, Content, find_disguise, look

__all__ = ["KINDS", "MAX_CELL", "Content", "Sheet", "find_disguise", "look", "number_text", "read_sheets"]


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a CSV or TSV file, workbook (xlsx, xlsb, xls, ods), HTML table or Parquet file.

    Raises:
        DeclarationError: the file is missing, a folder, empty, protected, too large, broken, or none of these
            formats.
    """
    content = look(path)
    if content.kind == "text":
        from kemkoll.sheets.delimited import read
    elif content.kind == "xlsx":
        from kemkoll.sheets.excel import read
    elif content.kind == "xls":
        from kemkoll.sheets.excel_old import read
    elif content.kind == "xlsb":
        from kemkoll.sheets.excel_binary import read
    elif content.kind == "ods":
        from kemkoll.sheets.opendocument import read
    elif content.kind == "html":
        from kemkoll.sheets.html import read
    elif content.kind == "parquet":
        from kemkoll.sheets.arrow import read
    else:
        raise DeclarationError(f"{path} is {content.found}, which kemkoll does not read.", "file-binary")
    return read(path)
