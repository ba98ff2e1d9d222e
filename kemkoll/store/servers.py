"""Databases on a PostgreSQL server: is there one of this name, and making one."""

from __future__ import annotations

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from kemkoll.errors import StoreError
from kemkoll.store.connecting import engine_of
from kemkoll.store.refusals import translated

_OTHERS = ("postgres", "template1")
"""Databases that a server has beside one's own: through them it is asked what there is."""


def is_missing(url: URL) -> bool:
    """Whether a PostgreSQL server answers, and has no database of this name."""
    return _asked(url, create=False) == "missing"


def make_database(url: URL) -> bool:
    """Make a database on a PostgreSQL server if it has none of this name; whether it was made.

    Raises:
        StoreError: the server does not let this user make one.
    """
    return _asked(url, create=True) == "made"


def refuse_other_letters(connection: Connection, store: str) -> None:
    """End the work on a database that cannot hold every letter.

    Raises:
        StoreError: its encoding is not UTF-8.
    """
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise StoreError(
                "The database {store} has the encoding {encoding}, which cannot hold every letter. Make it "
                "with ENCODING 'UTF8'.",
                store=store,
                encoding=encoding,
            )


def _asked(url: URL, *, create: bool) -> str:
    """What a server says of a database: `there`, `missing`, `made`; `unknown` if it does not answer."""
    if url.get_backend_name() != "postgresql":
        return "there"
    with translated(url):
        own = engine_of(url)
        try:
            with own.connect():
                return "there"
        except DBAPIError as refused:
            found = next((it for it in (_through(other, url, create) for other in _OTHERS) if it), "")
            if not found and create:
                raise
            del refused
            return found or "unknown"
        finally:
            own.dispose()


def _through(other: str, url: URL, create: bool) -> str:
    """The same, asked through another database of the server; "" where that one does not answer either."""
    name = url.database or url.username or ""
    engine = create_engine(
        url.set(database=other), isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 10}
    )
    try:
        with engine.connect() as connection:
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if connection.execute(known, {"name": name}).scalar():
                return "there"
            if not create:
                return "missing"
            _create(connection, name, url)
            return "made"
    except DBAPIError:
        return ""
    finally:
        engine.dispose()


def _create(connection: Connection, name: str, url: URL) -> None:
    quoted = connection.dialect.identifier_preparer.quote_identifier(name)
    try:
        connection.exec_driver_sql(f"CREATE DATABASE {quoted} ENCODING 'UTF8' TEMPLATE template0")
    except DBAPIError as error:
        raise StoreError(
            "The server has no database “{name}”, and does not let you make one: {reason}. Ask whoever runs "
            "it for: CREATE DATABASE {quoted} ENCODING 'UTF8' TEMPLATE template0 OWNER {user}. Then run "
            "`kemkoll init` again.",
            name=name,
            reason=str(error.orig).strip().splitlines()[0],
            quoted=quoted,
            user=url.username or "…",
        ) from error
