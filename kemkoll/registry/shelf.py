"""A shelf: substances and their names as sorted columns, in memory or mapped from files; quick to open, only
read.

Four columns files of Arrow, each one batch:

* `substances`: by CAS number; the last row is blank and stands for what is not here;
* `names`: one row per name and substance, by the hash of the name, then by trust. Two names of one hash are
  told apart by the name itself;
* `keys`: one row per InChIKey, and one per substance and first block of it, by their hashes;
* `numbers`: one row per EC number (of the user's own substances).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kemkoll.registry.names import hashes

Rows = npt.NDArray[np.int64]
TABLES = ("substances", "names", "keys", "numbers")
ASK = "?"
"""`parents` of a substance whose parents RDKit has to make."""


class Shelf:
    """Compiled substances and their names.

    Args:
        tables: the four tables, by name.
        folder: where it lies; None: in memory.
    """

    def __init__(self, tables: dict[str, pa.Table], folder: Path | None = None) -> None:
        self.tables, self.folder = tables, folder
        self._cas = _numbers(tables["substances"], "cas")
        self._hashes = {name: _numbers(tables[name], "hash") for name in TABLES[1:]}

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """The shelf that `write` put into a folder, mapped into memory.

        Raises:
            OSError, pa.ArrowInvalid: there is none, or it is broken.
        """
        return cls(
            {
                name: pa.ipc.open_file(pa.memory_map(str(folder / f"{name}.arrow"))).read_all()
                for name in TABLES
            },
            folder,
        )

    def write(self, folder: Path) -> None:
        """Put the shelf into a folder."""
        for name in TABLES:
            table = self.tables[name]
            with (
                pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file,
                pa.ipc.new_file(file, table.schema) as writer,
            ):
                writer.write_table(table, max_chunksize=max(1, table.num_rows))

    @property
    def entries(self) -> int:
        return int(self.tables["substances"].num_rows - 1)

    @property
    def names(self) -> int:
        return int(self.tables["names"].num_rows)

    def find_cas(self, digits: Rows) -> Rows:
        """The row of each CAS number, given as its digits; -1: not here."""
        rows = np.searchsorted(self._cas, digits)
        return np.where(self._cas[np.minimum(rows, self.entries)] == digits, rows, -1)

    def texts(self, column: str, rows: Rows) -> npt.NDArray[np.object_]:
        """A column's texts, or truths, of the rows; blank for -1."""
        indices = pa.array(np.where(rows < 0, self.entries, rows))
        taken = self.tables["substances"].column(column).take(indices)
        return np.asarray(taken.to_numpy(), dtype=object)

    def cas(self, rows: Rows) -> npt.NDArray[np.int64]:
        """The digits of the CAS numbers of rows."""
        return np.asarray(self._cas[rows])

    def find(self, table: str, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """The CAS numbers (digits) that each text stands for in `names`, `keys` or `numbers`; first the most
        trusted.
        """
        found: list[tuple[int, ...]] = [()] * len(texts)
        wanted = hashes(texts)
        left = np.searchsorted(self._hashes[table], wanted, side="left")
        right = np.searchsorted(self._hashes[table], wanted, side="right")
        here = np.flatnonzero(right > left)
        if not here.size:
            return found
        lengths = right[here] - left[here]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        places = np.repeat(left[here] - starts[:-1], lengths) + np.arange(starts[-1])
        written = self.tables[table].column("text").take(pa.array(places)).to_numpy().tolist()
        cas = self._cas[_numbers(self.tables[table], "row")[places]].tolist()
        for number, begin, end in zip(here.tolist(), starts[:-1].tolist(), starts[1:].tolist(), strict=True):
            text = texts[number]
            found[number] = tuple(cas[place] for place in range(begin, end) if written[place] == text)
        return found


def _numbers(table: pa.Table, column: str) -> Any:
    """A column of numbers without copying it."""
    chunks = table.column(column).chunks
    return chunks[0].to_numpy() if chunks else table.column(column).to_numpy()
