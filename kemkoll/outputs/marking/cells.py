"""A sheet's part with another look on some of its cells; what the cells hold, and every other byte, stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kemkoll.outputs.marking.elements import Edit, closing, edited, opened_up, tag_end, with_attributes
from kemkoll.outputs.marking.package import OFFICE
from kemkoll.outputs.marking.places import Cell

_AFTER_COMMENTS = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
}
"""The elements of a sheet that stand after the one which names the drawing of its comments."""


@dataclass
class _Row:
    """A row as it stands in the part; `cells` are columns with where their tags begin and their look."""

    number: int
    start: int
    opened: int
    look: int | None
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    closed: int = -1


class SheetPart:
    """The XML of one sheet, and where in it some cells stand."""

    def __init__(self, data: bytes, wanted: Collection[Cell]) -> None:
        self.data = data
        self._wanted: dict[int, list[int]] = {}
        for row, column in sorted(wanted):
            self._wanted.setdefault(row, []).append(column)
        self._rows: dict[int, _Row] = {}
        self._starts: list[tuple[int, int]] = []  # number and beginning of each row
        self._columns: list[tuple[int, int, int]] = []  # first, last, look
        self._table = (0, 0, 0, "")  # the element of the rows: start, end of its tag, its close, its name
        self.prefix = ""
        self.drawing = ""
        self._last = 0
        _Reader(self).read()

    def marked(self, look_of: Callable[[int], int], drawing: str | None) -> bytes:
        """The part with its cells marked, and with the drawing of its comments named.

        Args:
            look_of: the number of the marked look, by the number of the look that a cell has.
            drawing: id of the relationship to the drawing; none where the sheet has one.
        """
        edits: list[Edit] = []
        missing: dict[int, bytes] = {}
        for number, columns in self._wanted.items():
            row = self._rows.get(number)
            if row:
                edits += self._mark_row(row, columns, look_of)
            else:
                cells = b"".join(
                    self._cell(number, column, look_of(self._look(None, column))) for column in columns
                )
                missing[number] = (
                    f'<{self.prefix}row r="{number}">'.encode() + cells + f"</{self.prefix}row>".encode()
                )
        edits += self._add_rows(missing)
        if drawing:
            said = f'<{self.prefix}legacyDrawing xmlns:r="{OFFICE}" r:id="{drawing}"/>'
            edits.append((self._last, self._last, said.encode()))
        return edited(self.data, edits)

    def _mark_row(self, row: _Row, columns: list[int], look_of: Callable[[int], int]) -> list[Edit]:
        edits: list[Edit] = []
        added: list[tuple[int, bytes]] = []
        for column in columns:
            if column in row.cells:
                start, look = row.cells[column]
                end = tag_end(self.data, start)
                edits.append((start, end, with_attributes(self.data[start:end], s=look_of(look))))
            else:
                made = self._cell(row.number, column, look_of(self._look(row, column)))
                after = [start for other, (start, _) in row.cells.items() if other > column]
                added.append((min(after, default=row.closed), made))
        tag = self.data[row.start : row.opened]
        if added and row.closed == row.opened and tag.endswith(b"/>"):
            inside = b"".join(made for _, made in added)
            return [(row.start, row.opened, opened_up(tag, f"{self.prefix}row", inside))]
        if (
            added and b"spans" in tag
        ):  # said only to make reading faster; wrong, it may keep a cell from being read
            edits.append((row.start, row.opened, re.sub(rb"\sspans\s*=\s*(\"[^\"]*\"|'[^']*')", b"", tag)))
        return edits + [(place, place, made) for place, made in added]

    def _add_rows(self, rows: Mapping[int, bytes]) -> list[Edit]:
        start, opened, closed, name = self._table
        tag = self.data[start:opened]
        if rows and closed == opened and tag.endswith(b"/>"):
            return [(start, opened, opened_up(tag, name, b"".join(rows[number] for number in sorted(rows))))]
        return [
            (place, place, rows[number])
            for number in sorted(rows)
            for place in [min((at for other, at in self._starts if other > number), default=closed)]
        ]

    def _cell(self, row: int, column: int, look: int) -> bytes:
        from openpyxl.utils import get_column_letter

        return f'<{self.prefix}c r="{get_column_letter(column + 1)}{row}" s="{look}"/>'.encode()

    def _look(self, row: _Row | None, column: int) -> int:
        """How a cell looks that the part does not hold: as its row says, else as its column."""
        if row and row.look is not None:
            return row.look
        return next((look for first, last, look in self._columns if first <= column + 1 <= last), 0)


class _Reader:
    """Goes through a sheet's part once, and notes where the rows and cells stand that are to be marked."""

    def __init__(self, part: SheetPart) -> None:
        self._part = part
        self._parser = expat.ParserCreate()
        self._depth = 0
        self._number = self._column = 0
        self._row: _Row | None = None
        self._open: list[tuple[int, int]] = []

    def read(self) -> None:
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.Parse(self._part.data, True)  # noqa: FBT003

    def _begin(self, name: str, said: dict[str, str]) -> None:
        part, depth = self._part, self._depth
        self._depth = depth + 1
        if depth == 0:
            part.prefix = name[: -len("worksheet")]
        elif depth == 1:
            self._begin_child(name, said)
        elif depth == 2 and name == f"{part.prefix}row":
            self._begin_row(said)
        elif depth == 2 and name == f"{part.prefix}col" and "style" in said:
            part._columns.append((int(said["min"]), int(said["max"]), int(said["style"])))
        elif depth == 3 and self._row is not None and name == f"{part.prefix}c":
            place = said.get("r")
            self._column = column_of(place) if place else self._column + 1
            self._row.cells[self._column] = (self._parser.CurrentByteIndex, int(said.get("s", 0)))

    def _begin_child(self, name: str, said: dict[str, str]) -> None:
        part, start = self._part, self._parser.CurrentByteIndex
        self._open = [(start, tag_end(part.data, start))]
        if name == f"{part.prefix}legacyDrawing":
            part.drawing = next((value for key, value in said.items() if key.endswith(":id")), "")

    def _begin_row(self, said: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        self._number = int(said["r"]) if "r" in said else self._number + 1
        self._part._starts.append((self._number, start))
        self._column, self._row = -1, None
        if self._number in self._part._wanted:
            look = int(said["s"]) if said.get("customFormat") in ("1", "true") and "s" in said else None
            self._row = _Row(self._number, start, tag_end(self._part.data, start), look)
            self._part._rows[self._number] = self._row

    def _finish(self, name: str) -> None:
        part = self._part
        self._depth -= 1
        if self._depth == 2 and self._row is not None and name == f"{part.prefix}row":
            at = self._parser.CurrentByteIndex
            self._row.closed = closing(part.data, self._row.start, self._row.opened, at)[0]
            self._row = None
        elif self._depth == 1:
            start, opened = self._open[0]
            closed, end = closing(part.data, start, opened, self._parser.CurrentByteIndex)
            local = name.rpartition(":")[2]
            if local == "sheetData":
                part._table = (start, opened, closed, name)
            if local not in _AFTER_COMMENTS:
                part._last = end


def column_of(place: str) -> int:
    """The column of a cell's name, from 0.

    >>> column_of("A1"), column_of("AB12")
    (0, 27)
    """
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1
