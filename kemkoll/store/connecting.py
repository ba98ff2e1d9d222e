"""The way to a database: its address, its settings, and its transactions.

SQLite writes ahead (WAL), holds foreign keys, and waits for others; PostgreSQL is reached with psycopg.
Whoever writes holds the one right to write until the transaction ends, so events and row numbers come in the
order in which they are seen. What has been said to be done is on the disk (`synchronous = FULL`): a power cut
must not lose a declaration.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from kemkoll.errors import ConfigError, StoreError
from kemkoll.store.refusals import shown_address, translated

__all__ = [
    "WAIT",
    "WAIT_SECONDS",
    "address",
    "engine_of",
    "exists",
    "shown_address",
    "transaction",
    "translated",
]

WAIT_SECONDS = 60.0
"""How long a writer waits for another that writes, unless `WAIT` says otherwise."""
WAIT = "KEMKOLL_WAIT"
"""Environment variable: seconds to wait for another that writes."""
_MORE_AT_ONCE = 45
"""Connections beside the five that are kept: who waits to write must not keep others from reading."""
_WRITERS = 0x6B656D6B
"""The number of PostgreSQL's lock that writers hold: an arbitrary one, the same everywhere."""
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

for _number in (np.int8, np.int16, np.int32, np.int64, np.bool_):
    # else it would be taken as bytes, which equal no number
    sqlite3.register_adapter(_number, int)  # type: ignore[arg-type]


def address(text_: str) -> URL:
    """The address of a database: a URL, or the path of an SQLite file.

    Raises:
        StoreError: it is neither SQLite nor PostgreSQL, or no address.

    >>> str(address("kemkoll.db")), address("postgres://localhost/k").drivername
    ('sqlite:///kemkoll.db', 'postgresql+psycopg')
    """
    if re.search(r"://[^/]*@[^/]*@", text_):  # a password's @ is written %40; else part of it would be shown
        raise _no_address(text_)
    try:
        url = (
            make_url(re.sub(r"^postgres://", "postgresql://", text_))
            if "://" in text_
            else URL.create("sqlite", database=text_)
        )
    except (ArgumentError, ValueError):
        raise _no_address(text_) from None
    kind = url.get_backend_name()
    if kind not in _DRIVERS:
        raise StoreError(
            "kemkoll keeps its data in SQLite or PostgreSQL, not in {kind}. Write a file's path, or "
            "postgresql://user@host/name.",
            kind=kind,
        )
    if kind == "sqlite" and (not url.database or url.database == ":memory:" or "\0" in url.database):
        raise _no_address(text_)
    return url.set(drivername=_DRIVERS[kind])


def _no_address(text_: str) -> StoreError:
    shown = re.sub(r"(://[^:/@]*):.*@", r"\1:***@", text_)
    return StoreError(
        "“{address}” is not the address of a database. Write a file's path, or postgresql://user@host/name.",
        address=re.sub(r"(password=)[^&]*", r"\1***", shown).replace("\0", "�"),
    )


def wait_seconds() -> float:
    """How long a writer waits for another.

    Raises:
        ConfigError: the environment variable holds no number of seconds.
    """
    asked = os.environ.get(WAIT, "").strip()
    if not asked:
        return WAIT_SECONDS
    if not re.fullmatch(r"\d{1,5}(\.\d{1,3})?", asked):
        raise ConfigError(
            "{name} is “{value}”. Write a number of seconds, such as 60.", name=WAIT, value=asked
        )
    return float(asked)


def engine_of(url: URL) -> Engine:
    """An engine with kemkoll's settings.

    Raises:
        StoreError: PostgreSQL is asked for and psycopg is not installed.
    """
    if url.get_backend_name() == "sqlite":
        made = create_engine(url, connect_args={"timeout": wait_seconds()}, max_overflow=_MORE_AT_ONCE)
        event.listen(made, "connect", _set_up)
        return made
    try:
        return create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": 10}, max_overflow=_MORE_AT_ONCE
        )
    except (ImportError, NoSuchModuleError):
        raise StoreError(
            "PostgreSQL needs a further package. Install it with: pip install 'kemkoll[postgres]'"
        ) from None


_SETTINGS = ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL", "cache_size = -65536")
"""Of every connection to SQLite. Recursive triggers: `INSERT OR REPLACE` is refused where rows are kept."""


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where kemkoll says so
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def write_ahead(engine: Engine) -> None:
    """Let an SQLite file be read while it is written; it stays so. Only asked of a file that is kemkoll's."""
    if engine.dialect.name == "sqlite":
        with translated(engine.url), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """One transaction: all of it or nothing. A reader sees the database as it was at its beginning.

    Raises:
        StoreError: the database does not answer, is locked or full, or refuses.
    """
    with translated(engine.url), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        else:
            with connection.begin():
                if writes:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait_seconds() * 1000)}")
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
                else:
                    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield connection
            return
        try:
            yield connection
        except BaseException:
            connection.rollback()
            connection.connection.driver_connection.rollback()  # type: ignore[union-attr]
            raise
        connection.connection.driver_connection.commit()  # type: ignore[union-attr]
        connection.commit()


def exists(url: URL) -> bool:
    """Whether something is at the address of an SQLite file; True for a server, which says so itself."""
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()
