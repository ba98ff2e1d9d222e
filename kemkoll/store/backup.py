"""A database as one file, and a database out of such a file.

A backup is itself an SQLite database of kemkoll, whichever kind of database it was made of, so it can be
restored into either kind, and opened as it is. Beside the tables it says what each of them held, so that a
file that has been damaged or worked on since is not taken for what it was.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from kemkoll.errors import StoreError
from kemkoll.store import Known, Store, audit, copying, schema, schema_step
from kemkoll.store.clearing import BESIDE, cleared_place
from kemkoll.store.connecting import address, exists, transaction, wait_seconds
from kemkoll.store.copying import PROOF, Content
from kemkoll.store.refusals import translated


@dataclass(frozen=True)
class Copied:
    """What went into a backup, or came out of one.

    Attributes:
        rows: of all tables.
        events: the number of the last event.
    """

    version: str
    rows: int
    events: int


def backup(store: Store, file: str) -> Copied:
    """Write everything that a database holds at one moment into a new file, whole or not at all.

    Raises:
        StoreError: the file is there already, cannot be written, or the database does not answer.
    """
    target = Path(file)
    if target.exists():
        raise StoreError("{file} is there already. Give the backup another name.", file=file)
    part = target.with_name(f"{target.name}.part")
    try:
        _remove(part)
        if store.engine.dialect.name == "sqlite":
            _copy_file(store, part)
        else:
            _copy_rows(store, part)
        made = _proven(part)
        _kept_on_disk(part)
        part.replace(target)
        _kept_on_disk(target.absolute().parent)
    except OSError as error:
        raise StoreError(
            "The backup {file} cannot be written: {reason}.", file=file, reason=error.strerror or str(error)
        ) from error
    finally:
        with suppress(OSError):
            _remove(part)
    return made


def _remove(part: Path) -> None:
    """Take away an unfinished backup, and what SQLite kept beside it."""
    for ending in BESIDE:
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _copy_file(store: Store, part: Path) -> None:
    """Copy an SQLite database page by page, as it is at one moment; others may write meanwhile."""
    with (
        translated(store.engine.url),
        closing(sqlite3.connect(str(store.engine.url.database), timeout=wait_seconds())) as source,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with _told(part), closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(store: Store, part: Path) -> None:
    """Copy the rows of another kind of database into a new SQLite database of its version."""
    with (
        transaction(store.engine, writes=False) as source,
        _engine(part) as engine,
        transaction(engine, writes=True) as target,
    ):
        schema.upgrade(target, to=schema.version(source))
        copying.copy(source, target)
        _refuse_differing(copying.contents(source), copying.contents(target), str(part))


def _proven(part: Path) -> Copied:
    """Write into a backup what its tables hold, and see that it is whole."""
    with _engine(part) as engine, transaction(engine, writes=True) as connection:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {PROOF}")  # of a backup that is now worked with
        found = copying.contents(connection)
        connection.exec_driver_sql(
            f"CREATE TABLE {PROOF} (name TEXT PRIMARY KEY, count INTEGER, digest TEXT)"
        )
        said = text(f"INSERT INTO {PROOF} VALUES (:name, :rows, :digest)")
        connection.execute(said, [{"name": name, **own._asdict()} for name, own in found.items()])
        _refuse_damaged(connection, str(part))
        return _copied(connection, found)


def restore(
    file: str,
    where: str,
    *,
    by: str,
    at: str,
    replace: bool = False,
    prove: Callable[[Known], None] = lambda _: None,
) -> Copied:
    """Make a database out of a backup, whole or not at all, and see that it is the same.

    Args:
        file: the backup, or any SQLite file of kemkoll.
        where: the address of the database to make.
        by: who does it.
        at: instant in UTC, ISO text.
        replace: whether the address may hold something, which is then gone.
        prove: looks at what was restored and raises what is wrong with it, before it becomes true.

    Raises:
        StoreError: the file is no whole backup, or of a newer version; the place is not empty; what was
            restored is not what the backup says. The place is then as it was.
    """
    if not Path(file).is_file():
        raise StoreError("There is no backup {file}.", file=file)
    if address(where).database and exists(address(where)) and _is_same(file, where):
        raise StoreError("{file} is the database itself. Name another with --store.", file=file)
    with _engine(Path(file), "ro") as engine, transaction(engine, writes=False) as source:
        expected = _checked(source, file)
        version = schema.version(source)
        with cleared_place(where, replace=replace) as (store, target):
            schema.upgrade(target, to=version)
            copying.copy(source, target)
            _refuse_differing(expected, copying.contents(target), store.shown)
            made = _copied(target, expected)
            schema_step(target, store.shown, by=by, at=at)
            prove(Known(target, made.events))
            about = {"file": Path(file).name, "sha256": _sha256(file), "events": made.events}
            last = audit.last_event(target)
            audit.record(target, last + 1, at=at, who=by, action="restore", about=about)
    return made


def _is_same(file: str, where: str) -> bool:
    url = address(where)
    return url.get_backend_name() == "sqlite" and Path(file).samefile(str(url.database))


def _checked(source: Connection, file: str) -> dict[str, Content]:
    """What the tables of a backup hold, once it is known to be whole."""
    schema.refuse_others(source, file, older=True)
    _refuse_damaged(source, file)
    found = copying.contents(source)
    if inspect(source).has_table(PROOF):
        rows = source.execute(text(f"SELECT name, count, digest FROM {PROOF}"))
        _refuse_differing({name: Content(count, digest) for name, count, digest in rows}, found, file)
    return found


def _refuse_damaged(connection: Connection, store: str) -> None:
    found = damage(connection)
    if found:
        raise StoreError("{store} is damaged: {reason}.", store=store, reason=found)


def damage(connection: Connection) -> str:
    """What is broken in a database, in its own words; "" where nothing is."""
    if connection.dialect.name == "sqlite":
        told = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
        if told != "ok":
            return told.splitlines()[0]
        missing = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if missing:
            return f"{missing[0]} {missing[1]} → {missing[2]}"
    broken = audit.first_broken(connection)
    return "" if broken is None else f"audit_event {broken}"


def _refuse_differing(expected: dict[str, Content], found: dict[str, Content], store: str) -> None:
    differing = sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    )
    if differing:
        raise StoreError(
            "{store} does not hold what it should: the tables {names} differ. It was damaged, or changed "
            "after the backup was made. Use another backup.",
            store=store,
            names=", ".join(differing),
        )


def _copied(connection: Connection, found: dict[str, Content]) -> Copied:
    rows = sum(own.rows for own in found.values())
    return Copied(schema.version(connection), rows, audit.last_event(connection))


def _sha256(file: str) -> str:
    with Path(file).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def _engine(file: Path, mode: str = "rwc") -> Iterator[Engine]:
    """An engine on one file, which is closed behind it; `ro` changes nothing in it."""
    uri = f"{file.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=wait_seconds(), check_same_thread=False)

    made = create_engine(address(str(file)), creator=connect, poolclass=NullPool)
    event.listen(made, "connect", _begins_where_said)
    with _told(file):
        yield made
    made.dispose()


def _begins_where_said(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """A block in which what SQLite says is said of this file."""
    with translated(address(str(file))):
        yield


def _kept_on_disk(path: Path) -> None:
    """Wait until a file, or what a folder says of its files, is on the disk."""
    try:
        handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    except OSError:
        if path.is_dir():  # a system on which folders cannot be opened
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["Copied", "backup", "damage", "restore"]
