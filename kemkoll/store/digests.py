"""Hashes of tables that rows can be added to and taken out of.

The hash of a table is the sum of the hashes of its rows, modulo 2**256: the order of the rows does not
matter, and when some of them are replaced by others, the rest need not be read again. Two tables do not come
to the same sum by chance, nor by a row that was changed, added or left out. Against somebody who makes up
rows for that purpose a sum is weaker than a hash of the whole (about 2**32 steps, by Wagner's algorithm):
what guards against that is the log, whose events are chained (`store.audit`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_MODULUS = 1 << 256


@dataclass(frozen=True)
class Sum:
    """How many rows there are, and the sum of their hashes.

    >>> one, other = (pd.DataFrame({"a": [number], "b": ["x"]}) for number in (1, 2))
    >>> Sum.of(pd.concat([other, one])) - Sum.of(one) == Sum.of(other)
    True
    """

    rows: int = 0
    total: int = 0

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Sum:
        """That of a table of whole numbers, truths and texts; no row numbers."""
        if not len(frame):
            return cls()
        columns = [_as_text(frame[name]) for name in frame]
        rows = pc.binary_join_element_wise(*columns, "\x1f").cast(pa.binary()).to_pylist()
        sha256 = hashlib.sha256
        hashes = np.frombuffer(b"".join([sha256(row).digest() for row in rows]), dtype=">u4")
        parts = hashes.reshape(-1, 8).sum(axis=0, dtype=np.uint64).tolist()  # up to 2**32 rows
        return cls(len(frame), sum(part << 32 * place for place, part in enumerate(parts[::-1])) % _MODULUS)

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.rows + other.rows, (self.total + other.total) % _MODULUS)

    def __sub__(self, other: Sum) -> Sum:
        return Sum(self.rows - other.rows, (self.total - other.total) % _MODULUS)

    @classmethod
    def parse(cls, text: str) -> Sum:
        """The sum that `str` wrote.

        >>> Sum.parse(str(Sum(2, 255))) == Sum(2, 255)
        True
        """
        rows, _, total = text.partition(":")
        return cls(int(rows), int(total, 16))

    def __str__(self) -> str:
        return f"{self.rows}:{self.total:064x}"


def digest_of(sums: Sequence[Sum], about: Mapping[str, Any]) -> str:
    """SHA-256 of tables, and of what they were made by.

    Args:
        sums: those of the tables.
        about: what else belongs to it, as plain values.
    """
    whole = {"about": about, "sums": [str(one) for one in sums]}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _as_text(column: pd.Series) -> pa.Array:
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = pa.array(column.cat.categories.astype(object), pa.string())
        return texts.take(pa.array(column.cat.codes.to_numpy(dtype=np.int32)))
    if not pd.api.types.is_numeric_dtype(column.dtype):
        return pa.array(column.astype(object), pa.string())
    return pc.cast(pa.array(column.to_numpy(dtype=np.int64)), pa.string())
