"""Many rows, in and out, inside the caller's transaction.

SQLite takes them by `executemany`, PostgreSQL by COPY. Rows of whole numbers, none missing, go in binary, as
they all have one width, and come out column by column, each as one string of bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    text,
)

_ROWS = 100_000
_MANY = 200_000
"""So many new rows change what is a quick way to a table's rows; PostgreSQL looks by itself only later."""
_HEAD = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_END = b"\xff\xff"


def insert(connection: Connection, table: Table, columns: Mapping[str, np.ndarray]) -> None:
    """Put rows into a table.

    Args:
        connection: in a transaction that writes.
        table: all its columns hold whole numbers or truths.
        columns: by name, all of one length; those that are left out keep their default.
    """
    size = len(next(iter(columns.values()), ()))
    if not size:
        return
    given = [column for column in table.columns if column.name in columns]
    missing = [c for c in table.columns if c.name not in columns]
    whole = {c.name: np.asarray(columns[c.name]) for c in given} | {
        c.name: np.full(size, getattr(c.default, "arg", 0)) for c in missing
    }
    if connection.dialect.name == "sqlite":
        _insert_into_sqlite(connection, table, whole, size)
    else:
        _copy_in(connection, table, whole, size)


def _insert_into_sqlite(
    connection: Connection, table: Table, columns: Mapping[str, np.ndarray], size: int
) -> None:
    names = ", ".join(_quoted(connection, name) for name in columns)
    marks = ", ".join("?" * len(columns))
    said = f"INSERT INTO {_quoted(connection, table.name)} ({names}) VALUES ({marks})"
    cursor: Any = connection.connection.cursor()
    for start in range(0, size, _ROWS):
        part = (column[start : start + _ROWS].tolist() for column in columns.values())
        cursor.executemany(said, zip(*part, strict=True))


def _copy_in(connection: Connection, table: Table, columns: Mapping[str, np.ndarray], size: int) -> None:
    names = ", ".join(_quoted(connection, name) for name in columns)
    row = _row_type([table.columns[name] for name in columns])
    cursor: Any = connection.connection.cursor()
    said = f"COPY {_quoted(connection, table.name)} ({names}) FROM STDIN (FORMAT BINARY)"
    with cursor.copy(said) as copy:
        copy.write(_HEAD)
        for start in range(0, size, _ROWS):
            part = np.zeros(min(_ROWS, size - start), dtype=row)
            part["fields"] = len(columns)
            for number, column in enumerate(columns.values()):
                part[f"size{number}"] = row[f"value{number}"].itemsize
                part[f"value{number}"] = column[start : start + _ROWS]
            copy.write(part.tobytes())
        copy.write(_END)
    if size >= _MANY:
        cursor.execute(f"ANALYZE {_quoted(connection, table.name)}")


def insert_rows(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows of any kind into a table: each with the values of all columns, in their order."""
    if not rows:
        return
    names = ", ".join(_quoted(connection, column.name) for column in table.columns)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        said = f"INSERT INTO {_quoted(connection, table.name)} ({names}) VALUES ({marks})"
        cursor.executemany(said, rows)
        return
    with cursor.copy(f"COPY {_quoted(connection, table.name)} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def select(connection: Connection, asked: Select[Any]) -> pd.DataFrame:
    """The rows of a query whose columns hold whole numbers or truths, none missing.

    Returns:
        One column each, `int64` or `bool`.
    """
    columns: list[Any] = list(asked.selected_columns)
    names = [column.name for column in columns]
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(_said(connection, asked))
        flat = np.fromiter(chain.from_iterable(cursor), dtype=np.int64)  # type: ignore[arg-type]
        rows = flat.reshape(-1, len(names))
        made = {name: rows[:, number] for number, name in enumerate(names)}
    else:
        made = _fetch_columns(connection, asked, columns)
    truths = {column.name for column in columns if isinstance(column.type, Boolean)}
    return pd.DataFrame(
        {name: made[name].astype(bool if name in truths else np.int64) for name in names}, copy=False
    )


def _fetch_columns(
    connection: Connection, asked: Select[Any], columns: Sequence[Any]
) -> dict[str, np.ndarray]:
    """The columns of a query, each as one string of bytes: the server joins them up, not a loop over rows."""
    joined = ", ".join(
        f"string_agg(int8send({_quoted(connection, column.name)}::int8), '')"
        if not isinstance(column.type, Boolean)
        else f"string_agg(int8send({_quoted(connection, column.name)}::int::int8), '')"
        for column in columns
    )
    cursor: Any = connection.connection.cursor(binary=True)
    cursor.execute(f"SELECT {joined} FROM ({_said(connection, asked)}) AS asked")
    return {
        column.name: np.frombuffer(content or b"", dtype=">i8")
        for column, content in zip(columns, cursor.fetchone(), strict=True)
    }


def _row_type(columns: Sequence[Column[Any]]) -> np.dtype[Any]:
    """A row of PostgreSQL's binary COPY: the number of fields, and each field's size and value."""
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for number, column in enumerate(columns):
        parts += [(f"size{number}", ">i4"), (f"value{number}", _width(column))]
    return np.dtype(parts)


def _width(column: Column[Any]) -> str:
    if isinstance(column.type, Boolean):
        return "?"
    if isinstance(column.type, BigInteger):
        return ">i8"
    if isinstance(column.type, Integer):
        return ">i4"
    raise TypeError(f"{column} holds no whole numbers")


def _said(connection: Connection, asked: Select[Any]) -> str:
    """The query as text, with the whole numbers that it names in it."""
    return str(asked.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column holds one of some whole numbers; they stand in the query itself, since
    thousands of parameters take longer than what they ask for.

    >>> from sqlalchemy import column
    >>> str(among(column("id"), [2, 1])), str(among(column("id"), []))
    ('id IN (2, 1)', 'id IN (NULL)')
    """
    said = ", ".join(map(str, map(int, numbers))) or "NULL"
    return column.bool_op("IN")(text(f"({said})"))


def pieces(values: Iterable[Any], size: int = 5_000) -> Iterator[list[Any]]:
    """The values in lists that a query can name.

    >>> [*pieces(range(3), 2)]
    [[0, 1], [2]]
    """
    whole = list(values)
    return (whole[start : start + size] for start in range(0, len(whole), size))
