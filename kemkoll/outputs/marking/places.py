"""At which cell of the supplier's workbook each problem is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kemkoll.declarations.layout import Block, find_blocks, row_texts
from kemkoll.declarations.meanings import column_letters

if TYPE_CHECKING:
    from kemkoll.sheets import Sheet

Cell = tuple[int, int]
"""Row from 1 and column from 0."""
FIRST: Cell = (1, 0)


class Places:
    """Finds the cells of one sheet that problems are about."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._blocks = find_blocks(sheet)
        self._positions = {int(row): i for i, row in enumerate(sheet.cells.index)}
        self._spans = np.array(sheet.spans, dtype=np.int64).reshape(-1, 4)

    def of(self, row: int, column: str, found: str) -> Cell:
        """The cell that a problem is about, of merged cells the one that shows their text.

        It is the one under the header in the row, else the one that says what was found, else the first that
        says anything.

        Args:
            row: the source row; below 1: the problem is about the whole sheet.
            column: the header of the column as written, or the label before the cell.
            found: what was found.
        """
        position = self._positions.get(row)
        if position is None:
            return self._shown((row, 0)) if row > 0 else FIRST
        under = _under(self._blocks, row, column)
        if len(under) == 1:
            return self._shown((row, under[0]))
        texts = row_texts(self._sheet.cells, position)
        under = [i for i in under if found and i < len(texts) and found in texts[i]] or under
        return self._shown((row, under[0] if under else _said(texts, column, found)))

    def _shown(self, cell: Cell) -> Cell:
        row, column = cell
        top, bottom, left, right = self._spans.T
        over = np.flatnonzero((top <= row) & (row <= bottom) & (left <= column) & (column <= right))
        return (int(top[over[0]]), int(left[over[0]])) if len(over) else cell


def _under(blocks: Sequence[Block], row: int, column: str) -> list[int]:
    """The columns under this header, in the last tables above the row that have it."""
    above = [
        (block.header_row, i, header)
        for block in blocks
        if column and block.header_row <= row
        for i, header in enumerate(block.headers)
    ]
    found = [(top, i) for top, i, header in above if header.text == column]
    found = found or [(top, i) for top, i, header in above if header.field == column]
    found = found or [(top, i) for top, i, header in above if not header.text and column_letters(i) == column]
    last = max((top for top, _ in found), default=0)
    return [i for top, i in found if top == last]


def _said(texts: Sequence[str], column: str, found: str) -> int:
    """The column in which a row says what was found, or the label before it, or anything."""
    for wanted in filter(None, (found, column)):
        for fits in (str.__eq__, str.__contains__):
            if column and any(met := [fits(text, wanted) for text in texts]):
                return met.index(True)
    return next((i for i, text in enumerate(texts) if text), 0)
