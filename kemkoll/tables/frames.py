"""Frames of a declared shape: making them, stacking them, and finding what is distinct in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.tables.words import NONE

_MANY = 50_000
"""From so many distinct texts on pandas unites columns of them in less time than a loop over the texts."""


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
        return self._empty.copy(deep=False)

    @cached_property
    def _empty(self) -> pd.DataFrame:
        return self.of(0, {})

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
        if not len(frame):
            return self.empty()
        given = {str(name): column.array for name, column in frame.items()}
        if self._is_shape_of(frame, given):
            return frame.copy(deep=False)  # whoever changes one of them leaves the other as it is
        return self.of(len(frame), given)

    def _is_shape_of(self, frame: pd.DataFrame, given: Mapping[str, Any]) -> bool:
        """Whether a frame is of this table already, column by column."""
        index = frame.index
        if not (isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1):
            return False
        names = [column.name for column in self.columns]
        once = len(frame.columns) == len(names)
        return (
            once and [*given] == names and all(map(_is_of, given.values(), (it.type for it in self.columns)))
        )

    def of(self, size: int, given: Mapping[str, Any]) -> pd.DataFrame:
        """The table of these columns, as `conform` makes it of a frame's.

        Args:
            size: number of rows.
            given: columns by name; a text stands for a column that says it in each row.

        >>> columns = (Column("condition", "category", ""), Column("holds", "bool", ""))
        >>> Table("facts", "one fact", columns).of(1, {"condition": "textile"}).to_dict("records")
        [{'condition': 'textile', 'holds': False}]
        """
        made: dict[str, Any] = {}
        for name, kind, _ in self.columns:
            values = given.get(name)
            if values is None or (isinstance(values, str) and not values):
                made[name] = _nothing(kind, name, size)
            elif isinstance(values, str):
                made[name] = _constant(values, size)
            elif name.endswith(("_ppt", "_ug")) and values.dtype.kind == "f":
                raise TypeError(
                    f"{self.name}.{name} holds {values.dtype}: mass fractions and masses are whole numbers"
                )
            elif kind == "category":
                made[name] = _category(values)
            elif kind == "str":
                texts = np.asarray(values, dtype=object)
                missing = pd.isna(texts)
                made[name] = pd.Series(np.where(missing, "", texts) if missing.any() else texts, dtype=object)
            elif kind == "bool" and values.dtype != bool:  # what is missing does not hold
                made[name] = pd.Series(values).isin([True]).to_numpy()
            else:
                made[name] = np.asarray(values).astype(kind)
        return pd.DataFrame(made, index=pd.RangeIndex(size), copy=False)


def _is_of(column: Any, kind: str) -> bool:
    """Whether a column is as a table of this kind has it: plain texts, none of them missing."""
    dtype = column.dtype
    if kind == "category":
        if not isinstance(dtype, pd.CategoricalDtype) or dtype.ordered or dtype.categories.dtype != object:
            return False
        return bool(column.codes.min() >= 0)
    return kind != "str" and dtype == kind


def _nothing(kind: str, name: str, size: int) -> Any:
    if kind == "category":
        return _constant("", size)
    if kind == "str":
        return pd.Series(np.full(size, "", dtype=object), dtype=object)
    if kind == "bool":
        return np.zeros(size, dtype=bool)
    return np.full(size, NONE if kind == "int32" or name.endswith("_ug") else 0, dtype=kind)


def _constant(text: str, size: int) -> pd.Categorical:
    dtype: Any = pd.CategoricalDtype(pd.Index([text], dtype=object))
    return pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), dtype=dtype, validate=False)


def _category(column: Any) -> pd.Categorical:
    """The column as a category of plain texts in which nothing is missing."""
    made = column if isinstance(column, pd.Categorical) else pd.Categorical(column)
    codes, texts = np.asarray(made.codes), made.categories
    missing = len(codes) > 0 and codes.min() < 0
    if texts.dtype == object and not missing and not made.ordered:
        return made
    texts = texts.astype(object)
    if missing:
        if "" not in texts:
            texts = texts.append(pd.Index([""], dtype=object))
        codes = np.where(codes < 0, list(texts).index(""), codes)
    return pd.Categorical.from_codes(codes, categories=texts)


def table(name: str, row: str, *columns: tuple[str, str, str]) -> Table:
    return Table(name, row, tuple(Column(*column) for column in columns))


def conform_each(parts: Any, tables: Iterable[Table]) -> None:
    """Give each frame that these parts hold, under the name of its table, the shape of that table.

    >>> from types import SimpleNamespace
    >>> known = SimpleNamespace(facts=pd.DataFrame({"holds": [True], "said": ["x"]}))
    >>> conform_each(known, [table("facts", "one fact", ("holds", "bool", ""))])
    >>> known.facts.columns.tolist()
    ['holds']
    """
    for shape in tables:
        setattr(parts, shape.name, shape.conform(getattr(parts, shape.name)))


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
    return _numbered(*_keys(columns))


def repeated(columns: Sequence[pd.Series | np.ndarray]) -> np.ndarray:
    """Which rows have the same combination of some columns as a row above them.

    >>> repeated([pd.Series([5, 7, 5, 5]), pd.Series([1, 1, 1, 2])]).tolist()
    [False, False, True, False]
    """
    key, _ = _keys(columns)
    order = np.argsort(key, kind="stable")
    made = np.zeros(len(key), dtype=bool)
    made[order[1:][np.diff(key[order]) == 0]] = True
    return made


def _keys(columns: Sequence[pd.Series | np.ndarray]) -> tuple[np.ndarray, int]:
    """One whole number from 0 for each combination, and a number that all of them are below."""
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
        if width > 4 * size:
            codes, values = pd.factorize(codes)
            low, width = 0, len(values)
        if span * width >= 2**62 or (span > 4 * size and _is_sorted(key)):
            key, first = _numbered(key, span)
            span = len(first)
        key = key * width + (codes.astype(np.int64) - low)
        span *= width
    return key, span


def _numbered(key: np.ndarray, span: int) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys, from 0 up to the span: numbers by first appearance, and first rows."""
    size = len(key)
    if span <= 4 * size:  # a table of all possible keys is quicker than a hash table
        place = np.full(span, size, dtype=np.int64)
        place[key[::-1]] = np.arange(size)[::-1]  # assigned backwards, so that the first row stays
        first = np.sort(place[place < size])
        place[key[first]] = np.arange(len(first))
        return place[key], first
    if _is_sorted(key):
        new = np.diff(key, prepend=NONE) > 0
        return np.cumsum(new) - 1, np.flatnonzero(new)
    numbers, uniques = pd.factorize(key)
    first = np.empty(len(uniques), dtype=np.int64)
    first[numbers[::-1]] = np.arange(size)[::-1]
    return numbers.astype(np.int64, copy=False), first


def _is_sorted(key: np.ndarray) -> bool:
    return bool((key[1:] >= key[:-1]).all())


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
            made[name] = united([part[name].array for part in parts])
        else:
            made[name] = np.concatenate([part[name].to_numpy() for part in parts])
    return table.of(sum(map(len, parts)), made)


def united(columns: Sequence[pd.Categorical]) -> pd.Categorical:
    """Columns of texts under each other.

    >>> united([pd.Categorical(["a", "b"]), pd.Categorical(["c", "a"])]).tolist()
    ['a', 'b', 'c', 'a']
    """
    if sum(len(column.categories) for column in columns) > _MANY:
        return pd.api.types.union_categoricals([*columns])
    number: dict[str, int] = {}
    codes = []
    for column in columns:
        own = [number.setdefault(text, len(number)) for text in column.categories]
        codes.append(np.array([*own, -1], dtype=np.int32)[column.codes])  # -1 stays -1
    dtype: Any = pd.CategoricalDtype(pd.Index([*number], dtype=object))
    return pd.Categorical.from_codes(np.concatenate(codes), dtype=dtype, validate=False)


def rows_of(frame: pd.DataFrame, list_: str, entry: str) -> pd.DataFrame:
    """The rows of one entry of a list.

    >>> made = pd.DataFrame({"list": ["a", "a", "b"], "entry": ["x", "y", "x"]})
    >>> rows_of(made, "a", "y").index.tolist()
    [1]
    """
    return frame[((frame["list"] == list_) & (frame["entry"] == entry)).to_numpy()]
