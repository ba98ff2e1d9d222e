"""Any table file as cells: what a person sees in each cell of each sheet, as text.

The content of a file decides what it is, never its name. A cell's number format is part of what it says: 0.15
shown as
15 % is read as "15 %". Nothing is interpreted here; `declarations` does that.
"""

from __future__ import annotations

from pathlib import Path

from kemkoll.errors import DeclarationError
from kemkoll.messages import Message
from kemkoll.sheets.cells import MAX_CELL, Sheet, number_text
from kemkoll.sheets.content import KINDS, Content, Disguise, find_disguise, look

__all__ = [
    "KINDS",
    "MAX_CELL",
    "Content",
    "Disguise",
    "Sheet",
    "find_disguise",
    "look",
    "number_text",
    "read_sheets",
]


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
        raise DeclarationError(
            "{file} is {reason}, which kemkoll does not read.",
            "file-binary",
            file=path,
            reason=Message(content.found),
        )
    return read(path)
