"""Rows that people know by sight (articles, contracts, waivers): as frames, at a moment; added and ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Boolean, ColumnElement, Integer, Table, func, select, update

from kemkoll.store import Change, Known, bulk
from kemkoll.store.models import Kept, Numbered
from kemkoll.store.once import next_id, plain, table_of

_FIXED = {"id", "added", "ended"}


def frame(known: Known, model: type[Kept], *, only: Collection[str] = (), **wanted: Any) -> pd.DataFrame:
    """The rows of a table that held at a moment, in the order in which they came.

    Args:
        known: the moment.
        model: the table.
        only: the columns that are wanted; none: all.
        wanted: values of columns, one or several each; only rows that have them.

    Returns:
        All columns but `added` and `ended`; texts as `object`.
    """
    table = table_of(model)
    without = {"added", "ended"} | ({column.name for column in table.columns} - {*only} if only else set())
    asked = select(*(column for column in table.columns if column.name not in without))
    asked = asked.where(_holds(known, table))
    for name, value in wanted.items():
        asked = asked.where(_one_of(table.c[name], value))
    return _as_frame(table, known.connection.execute(asked.order_by(table.c.id)).all(), without)


def _one_of(column: Any, value: Any) -> ColumnElement[bool]:
    """The condition that a column has a value, or one of several."""
    if not isinstance(value, (list, tuple, set)):
        condition: ColumnElement[bool] = column == value
        return condition
    numbers = isinstance(column.type, Integer)
    return bulk.among(column, value) if numbers else column.in_(list(value))


def rows(known: Known, model: type[Kept], *names: str) -> Sequence[Sequence[Any]]:
    """Some columns of the rows of a table that held at a moment, in the order in which they came: of many, of
    which few are wanted, it takes a frame longer.
    """
    table = table_of(model)
    asked = select(*(table.c[name] for name in names)).where(_holds(known, table)).order_by(table.c.id)
    return known.connection.execute(asked).all()


def greatest(known: Known, model: type[Kept], name: str) -> int:
    """The greatest number in a column of a table at a moment; 0: it has no rows."""
    table = table_of(model)
    asked = select(func.coalesce(func.max(table.c[name]), 0)).where(_holds(known, table))
    return int(known.connection.execute(asked).scalar_one())


def _holds(known: Known, table: Table) -> ColumnElement[bool]:
    """The condition that a row held at a moment."""
    return (table.c.added <= known.seen) & (table.c.ended.is_(None) | (table.c.ended > known.seen))


def every(known: Known, model: type[Numbered], **wanted: Any) -> pd.DataFrame:
    """The rows of a table that have been added by a moment, ended or not; large contents are left out."""
    table = table_of(model)
    columns = [column for column in table.columns if column.name != "content"]
    asked = select(*columns).order_by(table.c.id)
    if "added" in table.c:
        asked = asked.where(table.c.added <= known.seen)
    for name, value in wanted.items():
        asked = asked.where(table.c[name] == value)
    return _as_frame(table, known.connection.execute(asked).all(), {"content"})


def content(known: Known, model: type[Numbered], number: int) -> bytes | None:
    """The bytes of one row by a moment; None: there is no such row."""
    table = table_of(model)
    asked = select(table.c.content).where((table.c.id == number) & (table.c.added <= known.seen))
    found = known.connection.execute(asked).scalar()
    return None if found is None else bytes(found)


def _as_frame(table: Table, rows: Sequence[Any], without: set[str]) -> pd.DataFrame:
    columns = [column for column in table.columns if column.name not in without]
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    made = {}
    for column, own in zip(columns, values, strict=True):
        whole = isinstance(column.type, (Integer, Boolean)) and not column.nullable
        kind = bool if isinstance(column.type, Boolean) else "int64" if whole else object
        made[column.name] = pd.Series(list(own), dtype=kind)
    return pd.DataFrame(made)


def add(change: Change, model: type[Numbered], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Add rows to a table in this event; their numbers. What a row leaves out is as the model has it."""
    given = [*rows]
    if not given:
        return []
    table = table_of(model)
    start = next_id(change.connection, model)
    fixed = _defaults(model) | ({"added": change.event} if "added" in table.c else {})
    made = [fixed | {"id": start + place} | row for place, row in enumerate(given)]  # type: ignore[operator]
    names = [column.name for column in table.columns]
    bulk.insert_rows(change.connection, table, [_values(row, names, model) for row in made])
    return [row["id"] for row in made]


def _defaults(model: type[Numbered]) -> dict[str, Any]:
    """What a row leaves out, as the model has it."""
    return {name: field.default for name, field in model.model_fields.items() if not field.is_required()}


def _values(row: Mapping[str, Any], names: Sequence[str], model: type[Numbered]) -> tuple[Any, ...]:
    """The values of a row in the order of the columns; texts as a database can hold them."""
    if row.keys() != set(names):
        raise TypeError(f"{model.__name__}: {sorted(row.keys() ^ set(names))}")
    return tuple(plain(value) if isinstance(value, str) else value for value in map(row.get, names))


def end(change: Change, model: type[Kept], ids: Iterable[int]) -> None:
    """End rows in this event."""
    table = table_of(model)
    for part in bulk.pieces(ids):
        change.connection.execute(update(table).where(table.c.id.in_(part)).values(ended=change.event))


def counted(change: Change, model: type[Kept]) -> tuple[int, int]:
    """How many rows of a table this event has added, and how many it has ended."""
    table = table_of(model)
    added, ended = (
        int(change.connection.execute(select(func.count()).where(column == change.event)).scalar_one())
        for column in (table.c.added, table.c.ended)
    )
    return added, ended


def put(
    change: Change,
    model: type[Kept],
    key: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    there: pd.DataFrame | None = None,
) -> list[int]:
    """Make the rows of some keys say what is given: new ones are added, changed ones ended and added anew.

    Args:
        change: the event.
        model: the table.
        key: the columns that say which row is meant.
        rows: each with its key; a column that is left out stays as it is.
        there: the rows that the table has before the event (`frame`), where they are known.

    Returns:
        The numbers of the rows that were added.
    """
    there = frame(change, model) if there is None else there
    known = {tuple(row[name] for name in key): row for row in there.to_dict("records")}
    new, old = [], []
    for row in rows:
        before = known.get(tuple(row[name] for name in key))
        if before is None:
            new.append(dict(row))
        elif any(before[name] != value for name, value in row.items()):
            old.append(int(before["id"]))
            kept_as = {str(name): value for name, value in before.items() if name not in _FIXED}
            new.append(kept_as | dict(row))
    end(change, model, old)
    return add(change, model, new)


__all__ = ["add", "content", "counted", "end", "every", "frame", "greatest", "put", "rows"]
