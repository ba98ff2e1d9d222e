"""Frames of a declared shape: making them, stacking them, and finding what is distinct in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.tables.words import NONE


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """The shape of a table: what one row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """The table with no rows.

        >>> Table("facts", "one fact", (Column("article", "int32", ""),)).empty().shape
        (0, 1)
        """
        return self.conform(pd.DataFrame())

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with exactly this table's columns, in order, of its types, numbered from 0.

        A missing column is filled with its type's nothing ("", -1, False, 0).

        Raises:
            TypeError: a column in 10⁻¹² kg/kg or µg holds floating-point numbers, which cannot be exact.

        >>> lines = Table("lines", "one line", (Column("low_ppt", "int64", "least share"),))
        >>> lines.conform(pd.DataFrame({"low_ppt": [0.1]}))
        Traceback (most recent call last):
            ...
        TypeError: lines.low_ppt holds float64: mass fractions and masses are whole numbers
        """
        size = len(frame)
        made: dict[str, Any] = {}
        for name, kind, _ in self.columns:
            if name not in frame:
                made[name] = _nothing(kind, name, size)
            elif name.endswith(("_ppt", "_ug")) and frame[name].dtype.kind == "f":
                raise TypeError(
                    f"{self.name}.{name} holds {frame[name].dtype}: "
                    "mass fractions and masses are whole numbers"
                )
            elif kind == "category":
                made[name] = _category(frame[name])
            elif kind == "str":
                values = frame[name].to_numpy(dtype=object)
                made[name] = pd.Series(np.where(pd.isna(values), "", values), dtype=object)
            elif kind == "bool":
                made[name] = frame[name].isin([True]).to_numpy()  # what is missing does not hold
            else:
                made[name] = frame[name].to_numpy().astype(kind)
        return pd.DataFrame(made, index=pd.RangeIndex(size), copy=False)


def _nothing(kind: str, name: str, size: int) -> Any:
    if kind == "category":
        return pd.Categorical.from_codes(
            np.zeros(size, dtype=np.int8), categories=pd.Index([""], dtype=object)
        )
    if kind == "str":
        return np.full(size, "", dtype=object)
    if kind == "bool":
        return np.zeros(size, dtype=bool)
    return np.full(size, NONE if kind == "int32" or name.endswith("_ug") else 0, dtype=kind)


def _category(column: pd.Series) -> pd.Categorical:
    """The column as a category of plain texts in which nothing is missing."""
    made = column.array if isinstance(column.dtype, pd.CategoricalDtype) else pd.Categorical(column)
    codes, texts = np.asarray(made.codes), made.categories.astype(object)
    if (codes < 0).any():
        if "" not in texts:
            texts = texts.append(pd.Index([""], dtype=object))
        codes = np.where(codes < 0, list(texts).index(""), codes)
    return pd.Categorical.from_codes(codes, categories=texts)


def table(name: str, row: str, *columns: tuple[str, str, str]) -> Table:
    return Table(name, row, tuple(Column(*column) for column in columns))


def distinct(columns: Sequence[pd.Series | np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The distinct combinations of some columns of one table.

    Args:
        columns: category or whole-number columns of one length.

    Returns:
        For each row the number of its combination (0, 1, … by first appearance), and the first row of each
        combination.

    >>> codes, rows = distinct([pd.Series([5, 5, 7]), pd.Series(pd.Categorical(["b", "a", "b"]))])
    >>> codes.tolist(), rows.tolist()
    ([0, 1, 2], [0, 1, 2])
    """
    size = len(columns[0])
    key, span = np.zeros(size, dtype=np.int64), 1
    for column in columns:
        codes = (
            column.cat.codes.to_numpy()
            if isinstance(column.dtype, pd.CategoricalDtype)
            else np.asarray(column)
        )
        low, high = (int(codes.min()), int(codes.max())) if size else (0, 0)
        width = high - low + 1
        if width == 1:  # it says the same everywhere
            continue
        if span * width >= 2**62:
            key, first = _numbered(key, span)
            span = len(first)
        key = key * width + (codes.astype(np.int64) - low)
        span *= width
    return _numbered(key, span)


def _numbered(key: np.ndarray, span: int) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys, from 0 up to the span: numbers by first appearance, and first rows."""
    size = len(key)
    if span <= 4 * size:  # a table of all possible keys is quicker than a hash table
        place = np.full(span, size, dtype=np.int64)
        place[key[::-1]] = np.arange(size)[::-1]  # assigned backwards, so that the first row stays
        first = np.sort(place[place < size])
        place[key[first]] = np.arange(len(first))
        return place[key], first
    new = key[1:] != key[:-1]
    if (key[1:] >= key[:-1]).all():
        numbers = np.concatenate([np.zeros(min(size, 1), dtype=np.int64), np.cumsum(new)])
        return numbers, np.flatnonzero(np.concatenate([np.ones(min(size, 1), dtype=bool), new]))
    numbers, uniques = pd.factorize(key)
    first = np.empty(len(uniques), dtype=np.int64)
    first[numbers[::-1]] = np.arange(size)[::-1]
    return numbers.astype(np.int64, copy=False), first


def stack(table: Table, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The frames of one table under each other; categories are united, not compared as text.

    >>> facts = Table("facts", "one fact", (Column("holds", "bool", ""),))
    >>> len(stack(facts, [facts.conform(pd.DataFrame({"holds": [True]}))] * 2))
    2
    """
    parts = [table.conform(frame) for frame in frames if len(frame)]
    if len(parts) < 2:
        return parts[0] if parts else table.empty()
    made: dict[str, Any] = {}
    for name, kind, _ in table.columns:
        if kind == "category":
            made[name] = pd.api.types.union_categoricals([_category(part[name]) for part in parts])
        else:
            made[name] = np.concatenate([part[name].to_numpy() for part in parts])
    return table.conform(pd.DataFrame(made, copy=False))
