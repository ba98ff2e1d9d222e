"""HTML tables, which some programs save as .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import MAX_COLUMNS, Sheet, make_sheet
from kemkoll.sheets.content import unreadable
from kemkoll.sheets.delimited import to_utf8


def read(path: Path) -> list[Sheet]:
    """The tables of the page as one sheet, one under the other."""
    try:
        data = path.read_bytes()
        named = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
        text = _decode(data, named[1].decode() if named else "")
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from None
    return [read_html(text)]


def read_html(text: str) -> Sheet:
    r"""The tables of HTML text as one sheet.

    >>> read_html("<table><tr><th>Ämne<th>Halt<tr><td>Bly<td>0,1&nbsp;%</table>").cells.to_numpy().tolist()
    [['Ämne', 'Halt'], ['Bly', '0,1\xa0%']]
    """
    page = _Page()
    page.feed(text)
    page.close()
    page.end_cell()
    if not page.rows:
        raise DeclarationError("The HTML page holds no table.", "file-no-table")
    return make_sheet("", page.rows, page.spans)


def _decode(data: bytes, named: str) -> str:
    try:
        return data.decode(named or "utf-8-sig")
    except (LookupError, UnicodeError):
        return to_utf8(data).decode()


class _Page(HTMLParser):
    """Rows of the texts of table cells, and the cells that span several."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.spans: list[tuple[int, int, int, int]] = []
        self._taken: dict[int, set[int]] = {}
        self._cell: list[str] | None = None
        self._size = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self.end_cell()
            if not self.rows:
                self.rows.append([])
            values = dict(attrs)
            self._size = (_count(values.get("rowspan"), 65_000), _count(values.get("colspan"), MAX_COLUMNS))
            self._cell = []
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def end_cell(self) -> None:
        """Put the cell that is being read into its place."""
        if self._cell is None:
            return
        row, number = self.rows[-1], len(self.rows)
        taken = self._taken.get(number, set())
        while len(row) in taken:
            row.append("")
        high, wide = self._size
        left = len(row)
        row += ["".join(self._cell).strip()] + [""] * (wide - 1)
        if high > 1 or wide > 1:
            self.spans.append((number, number + high - 1, left, left + wide - 1))
            for below in range(number + 1, number + min(high, 5000)):
                self._taken.setdefault(below, set()).update(range(left, left + wide))
        self._cell = None


def _count(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.strip().isdigit() else 1
