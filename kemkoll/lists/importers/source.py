"""A downloaded file as the importers see it: its sheets, and the table in them that has certain headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from kemkoll.sheets import Sheet, look, read_sheets

_HEAD_ROWS = 40
"""How many rows may stand above the header: titles, notes, the filters of the search."""


@dataclass
class Source:
    """A downloaded file, read when somebody looks.

    Attributes:
        path: the file.
        tables: tables found before, by the headers asked for.
    """

    path: Path
    tables: dict[str, pd.DataFrame | None] = field(default_factory=dict, repr=False)

    @cached_property
    def head(self) -> str:
        """How the file begins, as text."""
        with self.path.open("rb") as file:
            return file.read(65_536).decode("utf-8", "ignore")

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Its sheets; none where it is no table."""
        return read_sheets(self.path) if look(self.path).kind not in ("other", "json") else []

    @property
    def titles(self) -> Iterator[str]:
        """The cells of the first rows of its sheets: titles, notes, dates of export."""
        for sheet in self.sheets:
            for row in sheet.cells.head(_HEAD_ROWS).astype(str).to_numpy().tolist():
                yield from (cell for cell in row if cell)

    def table(self, headers: Mapping[str, Sequence[str]], *needed: str) -> pd.DataFrame | None:
        """The first table with the headers needed: one column for each key, as texts; None if there is none.

        Columns that the table lacks are empty; `row` and `sheet` say where each row stands. The attribute
        `unknown` names the headers that nothing was asked of, `known` has the others as they are written.

        Args:
            headers: for each column the headers it may have, as `plain` writes them.
            needed: the columns that the table must have.
        """
        key = repr((headers, needed))
        if key not in self.tables:
            found = (_table(sheet, headers, needed) for sheet in self.sheets)
            self.tables[key] = next((table for table in found if table is not None), None)
        return self.tables[key]


def plain(header: str) -> str:
    r"""A header without case, signs and breaks.

    >>> plain("EC / List no."), plain("cas_nr"), plain("Hazard class,\ncategory")
    ('ec list no', 'cas nr', 'hazard class category')
    """
    return " ".join(re.findall(r"[^\W_]+", header.casefold()))


def _table(sheet: Sheet, headers: Mapping[str, Sequence[str]], needed: Sequence[str]) -> pd.DataFrame | None:
    names = {plain(name): column for column, spelled in headers.items() for name in spelled}
    head = sheet.cells.head(_HEAD_ROWS).astype(str)
    for place, row in enumerate(head.to_numpy().tolist()):
        columns: dict[str, int] = {}
        for number, cell in enumerate(row):
            if (column := names.get(plain(cell))) is not None:
                columns.setdefault(column, number)
        if set(needed) <= columns.keys():
            body = sheet.cells.iloc[place + 1 :]
            made = pd.DataFrame(
                {
                    column: body[columns[column]].astype(object) if column in columns else ""
                    for column in headers
                },
                index=body.index,
            ).assign(row=body.index, sheet=sheet.name)
            made.attrs["unknown"] = [cell for cell in row if cell and plain(cell) not in names]
            made.attrs["known"] = {column: str(row[number]) for column, number in columns.items()}
            return made.reset_index(drop=True)
    return None
