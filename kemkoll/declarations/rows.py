"""The one shape into which every format brings a supplier's rows before they become tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.tables import PROBLEMS, Column, Table, distinct, problem, stack, united

PARTS = (
    "article",
    "article_name",
    "gtin",
    "supplier",
    "date",
    "valid_until",
    "complete_down_to",
    "placed_on_market",
    "reason",
    "conditions",
    "component",
    "parent",
    "quantity",
    "material",
    "article_mass",
    "component_mass",
    "material_mass",
)
"""Fields that describe what a row is about; a row may have nothing else."""
SUBSTANCE = ("name", "cas", "ec", "smiles")
STATEMENT = ("list", "edition", "answer")

OWN = (
    *PARTS,
    *SUBSTANCE,
    "list",
    "edition",
    "answer",
    "basis",
    "function",
    "intended",
    "derogation",
    "amount_mass",
)
"""Fields that one column of a table gives."""
_CELLS = (
    *PARTS,
    *SUBSTANCE,
    *STATEMENT,
    "function",
    "intended",
    "derogation",
    "amount",  # as written, with the unit the file gives it
    "amount_mass",  # mass of the substance, with its unit
    "cells",  # headers over the substance's cells: `cas=CAS-nr | name=Ämne`
    "amount_column",  # header of the column that the amount is from
    "basis",  # Basis; empty: nobody wrote it
)
ROWS = Table(
    "rows",
    "one row of a supplier's table, cells as written",
    (
        Column(
            "kind",
            "category",
            "line, statement, or part: it only describes an article, component or material",
        ),
        Column("sheet", "category", ""),
        Column("row", "int32", ""),
        *(Column(name, "category", "") for name in _CELLS),
        Column("low_ppt", "int64", "least share"),
        Column("high_ppt", "int64", "greatest share"),
        Column("step_ppt", "int64", "one unit in the last written place"),
        Column("has_share", "bool", "low and high come from a share that was given"),
        Column("basis_assumed", "bool", "the file says itself that its basis was assumed"),
    ),
)


class Part(NamedTuple):
    """Rows, and what could not be read in them."""

    rows: pd.DataFrame
    problems: pd.DataFrame


def pile(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Rows of several tables under each other, with all columns of `ROWS`.

    >>> len(pile([ROWS.empty()]))
    0
    """
    parts = [frame for frame in frames if len(frame)]
    if len(parts) != 1:
        return stack(ROWS, map(ROWS.conform, parts))
    missing = [name for name in ROWS.names if name not in parts[0]]
    if not missing:
        return parts[0]
    others = Table("others", "", tuple(column for column in ROWS.columns if column.name in missing))
    return parts[0].assign(**others.of(len(parts[0]), {}))


def constant(text: str, size: int) -> pd.Categorical:
    """A column that says the same in each row.

    >>> constant("Bly", 2).tolist()
    ['Bly', 'Bly']
    """
    return pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), categories=pd.Index([text], dtype=object))


def take(column: pd.Categorical, rows: np.ndarray) -> pd.Categorical:
    """The cells of some rows, with only the texts that occur, in order of the old codes.

    >>> take(pd.Categorical(["CAS", "7439-92-1", ""]), np.array([1, 2])).tolist()
    ['7439-92-1', '']
    """
    together = len(rows) and rows[-1] - rows[0] == len(rows) - 1
    codes = np.asarray(column.codes)[rows[0] : rows[-1] + 1] if together else np.asarray(column.codes)[rows]
    used = np.bincount(codes, minlength=len(column.categories)) > 0
    size = int(used.sum())
    if not used[:size].all():
        codes = (np.cumsum(used) - 1).astype(np.int32)[codes]
    dtype = pd.CategoricalDtype(column.categories[used].astype(object))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


def code_of(column: pd.Categorical, text: str = "") -> int:
    """The code of a text in a column; -2 where it does not occur.

    >>> code_of(pd.Categorical(["a", ""])), code_of(pd.Categorical(["a"]))
    (0, -2)
    """
    try:
        place: Any = column.categories.get_loc(text)
        return int(place)
    except KeyError:
        return -2


def filled(column: pd.Categorical) -> np.ndarray:
    """Which cells say something.

    >>> filled(pd.Categorical(["a", ""])).tolist()
    [True, False]
    """
    made: np.ndarray = np.asarray(column.codes) != code_of(column)
    return made


def first_filled(columns: list[pd.Categorical]) -> pd.Categorical:
    """In each row the first of the columns that says something.

    >>> first_filled([pd.Categorical(["a", ""]), pd.Categorical(["b", "c"])]).tolist()
    ['a', 'c']
    """
    made = columns[0]
    for other in columns[1:]:
        says = filled(made)
        if says.all():
            break
        made = put(made, ~says, other)
    return made


def put(column: pd.Categorical, where: np.ndarray, other: pd.Categorical) -> pd.Categorical:
    """The column with the cells of another in the marked rows.

    >>> put(pd.Categorical(["a", ""]), np.array([False, True]), pd.Categorical(["b", "c"])).tolist()
    ['a', 'c']
    """
    if where.all():
        return other
    both = unite([column, other])
    codes = np.asarray(both.codes)
    return pd.Categorical.from_codes(
        np.where(where, codes[len(where) :], codes[: len(where)]), dtype=both.dtype
    )


def unite(columns: list[pd.Categorical]) -> pd.Categorical:
    """Columns of text under each other.

    >>> unite([pd.Categorical(["a"]), pd.Categorical(["b"])]).tolist()
    ['a', 'b']
    """
    return united([renamed(column, [str(text) for text in column.categories]) for column in columns])


def found_rows(
    code: str, where: np.ndarray, rows: pd.DataFrame, column: pd.Categorical, header: str
) -> pd.DataFrame:
    """One problem for each marked row, with the cell that it is about."""
    at = np.flatnonzero(where)
    texts = column.categories.to_numpy()
    return PROBLEMS.conform(
        pd.DataFrame(
            {
                "sheet": rows["sheet"].array[at],
                "row": rows["row"].to_numpy()[at],
                "column": constant(header, len(at)),
                "code": constant(code, len(at)),
                "found": texts[np.asarray(column.codes)[at]],
                "suggestion": "",
                "line": np.full(len(at), -1, dtype=np.int32),
            }
        )
    )


def first_of_each(where: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Of the marked rows, the first of each number: where something is said once and not of each row.

    >>> first_of_each(np.array([False, True, True, True]), np.array([0, 0, 1, 0])).tolist()
    [False, True, True, False]
    """
    marked = np.flatnonzero(where)
    made = np.zeros(len(where), dtype=bool)
    made[marked[np.unique(number[marked], return_index=True)[1]]] = True
    return made


def problems_frame(problems: list[dict[str, object]]) -> pd.DataFrame:
    """Single problems as a table."""
    return (
        PROBLEMS.conform(pd.DataFrame([problem("") | each for each in problems]))
        if problems
        else PROBLEMS.empty()
    )


def renamed(column: pd.Categorical, texts: list[str]) -> pd.Categorical:
    """The column with other texts in place of its distinct ones; equal ones become one.

    >>> renamed(pd.Categorical(["a", "b"]), ["x", "x"]).tolist()
    ['x', 'x']
    """
    known = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    if len(known) == len(texts):
        return coded(column.codes, texts)
    codes = np.array([known[text] for text in texts], dtype=np.int32)[column.codes]
    return coded(codes, list(known))


def parsed(
    rows: pd.DataFrame, name: str, parse: Callable[[str], str | None], code: str, found: list[pd.DataFrame]
) -> pd.Categorical:
    """A column as it is read, with a problem for each distinct text that cannot be.

    Args:
        rows: `ROWS`.
        name: the column's name.
        parse: text → what it says; None where it says nothing that can be read.
        code: the problem's.
        found: where problems go.
    """
    column = rows[name].array
    texts = [(parse(str(text)) if text else "") for text in column.categories]
    made = renamed(column, [text or "" for text in texts])
    wrong = filled(column) & ~filled(made)
    if wrong.any():
        found.append(found_rows(code, first_of_each(wrong, column.codes), rows, column, name))
    return made


def joined(columns: Sequence[pd.Categorical], separator: str) -> pd.Categorical:
    """Two columns as one: in each row the texts that say something, with a separator between.

    >>> joined([pd.Categorical(["5 %", ""]), pd.Categorical(["8 %", "9 %"])], " – ").tolist()
    ['5 % – 8 %', '9 %']
    """
    first, second = columns
    size = len(second.categories)
    codes, rows = distinct([first.codes, second.codes])
    pairs = first.codes[rows].astype(np.int64) * size + second.codes[rows]
    texts = [
        separator.join(filter(None, (first.categories[pair // size], second.categories[pair % size])))
        for pair in pairs.tolist()
    ]
    return renamed(coded(codes, [str(pair) for pair in pairs]), texts)


def coded(codes: np.ndarray, texts: Sequence[str]) -> pd.Categorical:
    """A column from the numbers of its cells among distinct texts.

    >>> coded(np.array([1, 0]), ["a", "b"]).tolist()
    ['b', 'a']
    """
    dtype: Any = pd.CategoricalDtype(pd.Index(list(texts), dtype=object))
    made: Any = pd.Categorical.from_codes(codes.astype(np.int32, copy=False), dtype=dtype, validate=False)
    return made  # type: ignore[no-any-return]


def first_in_groups(
    column: pd.Categorical, group: np.ndarray, size: int, *, least: bool = False, greatest: bool = False
) -> pd.Categorical:
    """For each group the first text of its rows that says something, or the least or greatest of them; "" for
    none.

    >>> first_in_groups(pd.Categorical(["", "b", "a"]), np.array([0, 0, 0]), 1).tolist()
    ['b']
    >>> first_in_groups(pd.Categorical(["", "b", "a"]), np.array([0, 0, 0]), 1, least=True).tolist()
    ['a']
    """
    says = filled(column)
    rows = np.flatnonzero(says)[::-1]
    if least or greatest:
        rank = np.argsort(np.argsort(column.categories.to_numpy().astype(str)))[column.codes[rows]]
        rows = rows[np.argsort(rank if greatest else -rank, kind="stable")]
    both = unite([constant("", size), column])
    codes = np.zeros(size, dtype=np.int32)
    codes[group[rows]] = both.codes[size + rows]
    return pd.Categorical.from_codes(codes, dtype=both.dtype)
