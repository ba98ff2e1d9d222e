"""Which version a database is of, and how it becomes one of today's."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Connection, inspect, text

from kemkoll.errors import StoreError

VERSION = "alembic_version"
"""The table that holds the version."""
_OWN = "audit_event"
"""A table that every database of kemkoll has: another program may keep a version under the same name."""


def newest() -> str:
    """The version that this kemkoll works with: the number of the last step.

    >>> newest() >= "0001"
    True
    """
    return versions()[-1]


def versions() -> list[str]:
    """Every version that there has been, oldest first."""
    folder = resources.files("kemkoll.store.migrations.versions")
    return sorted(file.name.partition("_")[0] for file in folder.iterdir() if file.name[:1].isdigit())


def version(connection: Connection) -> str:
    """The version of a database; "" where it is none of kemkoll's."""
    there = inspect(connection)
    if not (there.has_table(VERSION) and there.has_table(_OWN)):
        return ""
    return str(connection.execute(text(f"SELECT version_num FROM {VERSION}")).scalar() or "")


def refuse_occupied(connection: Connection, store: str) -> None:
    """End the work on a database that is to be made and has something in it.

    Raises:
        StoreError: it is kemkoll's already, or another program's.
    """
    if version(connection):
        raise StoreError("{store} is a database of kemkoll already.", store=store)
    others = inspect(connection).get_table_names()
    if others:
        raise StoreError(
            "{store} is another program's: it has the tables {names}. kemkoll needs a database of its own.",
            store=store,
            names=", ".join(sorted(others)[:5]) + (" …" if len(others) > 5 else ""),
        )


def refuse_others(connection: Connection, store: str, *, older: bool = False) -> str:
    """End the work on a database that is not of this version.

    Args:
        connection: to the database.
        store: how it is called.
        older: whether an older one will do.

    Returns:
        Its version.

    Raises:
        StoreError: it is empty or somebody else's, older, or newer.
    """
    found, own = version(connection), newest()
    if not found:
        raise StoreError(
            "{store} is no database of kemkoll yet. Make it one with `kemkoll init`.", store=store
        )
    if found < own and not older:
        raise StoreError(
            "The database {store} is of an older version ({found}; this kemkoll works with {own}). Back it "
            "up and run `kemkoll db upgrade`.",
            store=store,
            found=found,
            own=own,
        )
    if found > own:
        raise StoreError(
            "The database {store} is of a newer version ({found}; this kemkoll works with {own}). Install a "
            "newer kemkoll.",
            store=store,
            found=found,
            own=own,
        )
    return found


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the steps that a database lacks, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "kemkoll.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
