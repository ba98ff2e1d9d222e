"""A place for a restored database: an empty one, or one that is emptied in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect

from kemkoll.errors import StoreError
from kemkoll.store import Store, copying, schema, servers
from kemkoll.store.connecting import address, engine_of, exists, transaction, write_ahead
from kemkoll.store.copying import PROOF
from kemkoll.store.schema import VERSION

BESIDE = ("", "-wal", "-shm", "-journal")
"""SQLite keeps a database in these files."""


@contextmanager
def cleared_place(where: str, *, replace: bool) -> Iterator[tuple[Store, Connection]]:
    """A place with nothing in it, and the transaction that fills it; what was there is gone when it ends.

    Args:
        where: its address.
        replace: whether something may be there.

    Raises:
        StoreError: something is there that may not go, or nothing can be there.
    """
    url = address(where)
    if replace and exists(url) and not servers.is_missing(url):
        if url.get_backend_name() == "sqlite":
            _put_aside_if_damaged(where)
        store = Store(engine_of(url))
    else:
        store = Store.empty(where)
    try:
        with transaction(store.engine, writes=True) as connection:
            if replace and schema.version(connection):
                _clear(connection)
            schema.refuse_occupied(connection, store.shown)
            yield store, connection
        write_ahead(store.engine)
    finally:
        store.close()


def _put_aside_if_damaged(where: str) -> None:
    """Give a file that SQLite cannot read another name: it cannot be emptied, and may still be wanted."""
    store = Store(engine_of(address(where)))
    try:
        with transaction(store.engine, writes=False) as connection:
            whole = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
    except StoreError as error:
        cause = error.__cause__
        code = getattr(getattr(cause, "orig", cause), "sqlite_errorcode", 0) & 0xFF
        if code not in (11, 26):  # SQLITE_CORRUPT, SQLITE_NOTADB: anything else is not for us to judge
            raise
        whole = False
    finally:
        store.close()
    if whole:
        return
    path = Path(str(store.engine.url.database))
    number = next(n for n in range(1, 10_000) if not path.with_name(f"{path.name}.damaged-{n}").exists())
    for ending in reversed(BESIDE):
        own = path.with_name(path.name + ending)
        if own.exists():
            own.replace(path.with_name(f"{path.name}.damaged-{number}{ending}"))


def _clear(connection: Connection) -> None:
    """Take out everything of kemkoll's, with the rules that keep it."""
    quote = connection.dialect.identifier_preparer.quote
    for table in reversed(copying.tables_of(connection)):
        connection.exec_driver_sql(f"DROP TABLE {quote(table.name)}")
    for name in (VERSION, PROOF):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    if connection.dialect.name == "postgresql":
        known = "SELECT proname FROM pg_proc WHERE proname LIKE 'kemkoll\\_%%' AND pronargs = 0"
        for name in connection.exec_driver_sql(known).scalars().all():
            connection.exec_driver_sql(f"DROP FUNCTION {quote(name)}()")
    inspect(connection).clear_cache()
