"""Every row of a database, out and into another of either kind, and a hash of what each table holds.

Both work on what is there, whichever version it is of: the tables are asked of the database, not of the
models.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Boolean, Connection, Integer, LargeBinary, MetaData, Table, select

from kemkoll.store import bulk
from kemkoll.store.schema import VERSION

PROOF = "kemkoll_backup"
"""The table in a backup that says what every other table holds."""
_MANY, _SOME, _FEW = 250_000, 20_000, 16
"""Rows that are held at once: of whole numbers, of texts, of whole files."""


class Content(NamedTuple):
    """What a table holds.

    Attributes:
        rows: how many rows.
        digest: SHA-256 of them in the order of their numbers, the same in SQLite and PostgreSQL.
    """

    rows: int
    digest: str


def tables_of(connection: Connection) -> list[Table]:
    """The tables of a database, each after those that it points to."""
    there = MetaData()
    there.reflect(connection)
    return [table for table in there.sorted_tables if table.name not in (VERSION, PROOF)]


def contents(connection: Connection) -> dict[str, Content]:
    """What every table holds, by its name."""
    return {table.name: _content(connection, table) for table in tables_of(connection)}


def copy(source: Connection, target: Connection) -> None:
    """Copy every row into a database that has the same tables, all empty.

    Args:
        source, target: in one transaction each; of one version.
    """
    into = {table.name: table for table in tables_of(target)}
    for table in tables_of(source):
        own = into[table.name]
        if _is_whole(table):
            for frame in _frames(source, table):
                bulk.insert(target, own, {str(name): frame[name].to_numpy() for name in frame})
        else:
            for rows in _rows(source, table):
                bulk.insert_rows(target, own, [tuple(row) for row in rows])


def _content(connection: Connection, table: Table) -> Content:
    made, count = hashlib.sha256(), 0
    if _is_whole(table):
        names = sorted(column.name for column in table.columns)
        for frame in _frames(connection, table):
            made.update(np.ascontiguousarray(frame[names].to_numpy(dtype="<i8")).tobytes())
            count += len(frame)
        return Content(count, made.hexdigest())
    order = sorted(range(len(table.columns)), key=lambda place: table.columns[place].name)
    for rows in _rows(connection, table):
        for row in rows:
            made.update(json.dumps([row[place] for place in order], default=bytes.hex).encode() + b"\n")
        count += len(rows)
    return Content(count, made.hexdigest())


def _is_whole(table: Table) -> bool:
    """Whether a table holds whole numbers and truths only, none missing: then it goes in bulk."""
    return all(
        isinstance(column.type, (Integer, BigInteger, Boolean)) and not column.nullable
        for column in table.columns
    )


def _frames(connection: Connection, table: Table) -> Iterator[pd.DataFrame]:
    """The rows of a table of whole numbers, some at a time."""
    asked, last = select(table).order_by(table.c.id).limit(_MANY), 0
    while len(frame := bulk.select(connection, asked.where(table.c.id > last))):
        yield frame
        last = int(frame["id"].iloc[-1])


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of any table, some at a time."""
    held = _FEW if any(isinstance(column.type, LargeBinary) for column in table.columns) else _SOME
    held = _SOME if "digest" in table.c and "content" not in table.c else held
    asked, last = select(table).order_by(table.c.id).limit(held), 0
    place = table.columns.keys().index("id")
    while rows := connection.execute(asked.where(table.c.id > last)).all():
        yield rows
        last = int(rows[-1][place])
