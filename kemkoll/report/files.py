"""The tables of a report as files for programs."""

from __future__ import annotations

import csv
from io import StringIO

from kemkoll.outputs.csv import defused
from kemkoll.report.document import Table


def as_csv(table: Table) -> bytes:
    r"""The table as CSV: codes for columns, numbers with a point, nothing where there is no number.

    It begins with a byte-order mark, without which spreadsheet programs misread å, ä and ö.

    >>> from kemkoll.report.document import Cell, Column
    >>> as_csv(Table("t", "", (Column("År", "year"), Column("", "x")), ((Cell("2025", "2025"), Cell("–")),)))
    b'\xef\xbb\xbfyear,x\r\n2025,\r\n'
    """
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.code for column in table.columns])
    writer.writerows(
        [["" if cell.value is None else defused(cell.value) for cell in row] for row in table.rows]
    )
    return stream.getvalue().encode("utf-8-sig")
