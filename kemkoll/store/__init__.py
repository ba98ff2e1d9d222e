"""The database: everything that was handed in, known, decided and judged, and when.

    with Store.open("kemkoll.db").reading() as known: …
    with Store.open("kemkoll.db").writing("add", by="Anna", at="2026-11-22T10:00:00Z") as change: …

Nothing is overwritten: a row is added in one event and may be ended by another (`models.Kept`), so that what
was known at any event can be known again. One writer at a time; readers see one moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine

from kemkoll.errors import StoreError
from kemkoll.store import audit, schema, servers
from kemkoll.store.connecting import address, engine_of, exists, shown_address, transaction, write_ahead
from kemkoll.store.once import Texts

__all__ = ["Change", "Known", "Store"]


@dataclass(frozen=True)
class Known:
    """What the database knew after an event; it stays what it was while others write.

    Attributes:
        seen: the last event that counts.
    """

    connection: Connection
    seen: int


@dataclass(frozen=True)
class Change(Known):
    """One event in the making: it becomes true as a whole, with its line in the log, or not at all.

    Attributes:
        event: its number.
        about: what the log will say of it.
    """

    event: int
    at: str
    who: str
    about: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def texts(self) -> Texts:
        """The numbers of texts."""
        return Texts(self.connection)

    def later(self) -> Change:
        """The same event, of which what it has done so far can be seen; the log says of it what this adds to
        an `about` of its own.
        """
        return replace(self, seen=self.event, about={})


class Store:
    """One database.

    Attributes:
        shown: its address, without a password.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.shown = shown_address(engine.url)

    def close(self) -> None:
        """Let go of the database: on some systems nobody can move its file before."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @classmethod
    def open(cls, where: str, *, older: bool = False) -> Store:
        """The database at an address.

        Args:
            where: its address.
            older: whether one of an older version will do: to back it up, or to look at it.

        Raises:
            StoreError: there is none, it does not answer, or it is of another version.
        """
        url = address(where)
        absent = StoreError(
            "There is no database {store}. Make one with `kemkoll init`, or name it with --store.",
            store=shown_address(url),
        )
        if not exists(url):
            raise absent
        store = cls(engine_of(url))
        try:
            with transaction(store.engine, writes=False) as connection:
                schema.refuse_others(connection, store.shown, older=older)
        except BaseException as error:
            store.close()
            if isinstance(error, StoreError) and servers.is_missing(url):
                raise absent from error
            raise
        return store

    @classmethod
    def create(cls, where: str, *, by: str, at: str) -> Store:
        """A new database, with its tables; on PostgreSQL the database itself where the server has none.

        Raises:
            StoreError: there is one already, or it cannot be made.
        """
        store = cls.empty(where)
        try:
            with transaction(store.engine, writes=True) as connection:
                schema.refuse_occupied(connection, store.shown)
                schema.upgrade(connection)
                audit.record(connection, 1, at=at, who=by, action="init", about={"schema": schema.newest()})
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def empty(cls, where: str) -> Store:
        """A place for a database that has nothing in it yet.

        Raises:
            StoreError: something is there already, or nothing can be there.
        """
        url = address(where)
        servers.make_database(url)
        store = cls(engine_of(url))
        try:
            with transaction(store.engine, writes=False) as connection:
                schema.refuse_occupied(connection, store.shown)
                servers.refuse_other_letters(connection, store.shown)
            write_ahead(store.engine)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def upgraded(cls, where: str, *, by: str, at: str) -> tuple[str, str]:
        """Bring a database to this version; the versions before and after.

        Raises:
            StoreError: there is none, it is newer, or it cannot be changed; then it is as it was.
        """
        with cls.open(where, older=True) as store, transaction(store.engine, writes=True) as connection:
            return schema_step(connection, store.shown, by=by, at=at)

    @contextmanager
    def reading(self, seen: int | None = None) -> Iterator[Known]:
        """What is known now, or was known after an event."""
        with transaction(self.engine, writes=False) as connection:
            last = audit.last_event(connection)
            yield Known(connection, last if seen is None else min(seen, last))

    @contextmanager
    def writing(self, action: str, *, by: str, at: str) -> Iterator[Change]:
        """One event: everything that the block does, and its line in the log, together.

        Args:
            action: what is done, as the log calls it.
            by: who does it.
            at: instant in UTC, ISO text.
        """
        with transaction(self.engine, writes=True) as connection:
            last = audit.last_event(connection)
            change = Change(connection, last, last + 1, at, by)
            yield change
            audit.record(connection, change.event, at=at, who=by, action=action, about=change.about)

    @contextmanager
    def trying(self, *, at: str) -> Iterator[Change]:
        """An event that is undone when the block ends: what it does can be seen in it, and nowhere else.

        Others who write wait meanwhile.
        """
        with suppress(_UndoneError), transaction(self.engine, writes=True) as connection:
            last = audit.last_event(connection)
            yield Change(connection, last, last + 1, at, "")
            raise _UndoneError


class _UndoneError(Exception):
    """Ends a transaction without keeping what it did."""


def schema_step(connection: Connection, store: str, *, by: str, at: str) -> tuple[str, str]:
    """Bring the database of a transaction to this version, as an event; the versions before and after."""
    before, own = schema.refuse_others(connection, store, older=True), schema.newest()
    if before < own:
        schema.upgrade(connection)
        event = audit.last_event(connection) + 1
        audit.record(connection, event, at=at, who=by, action="upgrade", about={"from": before, "to": own})
    return before, own
