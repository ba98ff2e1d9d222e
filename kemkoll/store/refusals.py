"""What a database says when it refuses, in kemkoll's words: what, where, and what to do.

SQLite numbers its refusals and PostgreSQL has its SQLSTATE; where neither is told (a server that cannot be
reached), the words of the refusal decide.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from kemkoll.errors import StoreError
from kemkoll.i18n import N_

BUSY = N_(
    "The database {store} is being written by another program. Nothing was changed; try again when that one "
    "has ended."
)
FULL = N_(
    "There is no room left on the disk of the database {store}. Nothing was changed; make room and try again."
)
READ_ONLY = N_("The database {store} may not be written to: {reason}. Nothing was changed.")
DAMAGED = N_(
    "{store} is not a database of kemkoll, or it is damaged: {reason}. If it should be one, restore a backup "
    "with `kemkoll db restore`."
)
KEPT = N_("The database {store} keeps this as it is: {reason}. Nothing was changed.")
UNREACHED = N_("The database {store} does not answer: {reason}. Check its address and that it is running.")
NO_FILE = N_(
    "The database {store} cannot be opened: {reason}. Check that its folder is there and may be written to."
)
OTHERWISE = N_("The database {store} refused: {reason}. Nothing was changed.")
IN_A_FOLDER = N_("{store} is a folder. Name a file in it, such as {file}.")

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CANTOPEN: NO_FILE,
    sqlite3.SQLITE_CONSTRAINT: KEPT,
}
"""By the low byte of SQLite's result code."""
_OF_POSTGRESQL = (
    (r"55P03|40P01|40001", BUSY),
    (r"53100|53200", FULL),
    (r"42501|25006", READ_ONLY),
    (r"23...", KEPT),
    (r"08...|28...|3D000|53300|57P..", UNREACHED),
)
"""By SQLSTATE (PostgreSQL's manual, appendix A)."""
_BY_WORDS = (
    (r"No space left|could not extend file", FULL),
    (
        r"does not exist|refused|could not translate|resolve|timeout expired|password|authentication|"
        r"connection failed|closed the connection|terminat|failed to connect|invalid connection option|"
        r"connection to server|SSL",
        UNREACHED,
    ),
)


_OF_THE_DATABASE = frozenset(
    {BUSY, FULL, READ_ONLY, DAMAGED, KEPT, UNREACHED, NO_FILE, OTHERWISE, IN_A_FOLDER}
)


def is_refusal(error: StoreError) -> bool:
    """Whether it is the database that cannot do it now; else something was asked of it that it has not.

    >>> is_refusal(StoreError(BUSY, store="a.db")), is_refusal(StoreError("There is no batch 7."))
    (True, False)
    """
    return error.message.sentence in _OF_THE_DATABASE


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """A block in which what a database says is said in kemkoll's words.

    Raises:
        StoreError: the database does not answer, is locked or full, or refuses.
    """
    try:
        yield
    except DBAPIError as error:
        raise _error(error.orig or error, url) from _without_password(error, url)
    except _of_drivers() as error:  # of what goes in and out in bulk, past SQLAlchemy
        raise _error(error, url) from error


def _of_drivers() -> tuple[type[Exception], ...]:
    psycopg = sys.modules.get("psycopg")  # nobody has to have it who uses SQLite
    return (sqlite3.Error, psycopg.Error) if psycopg else (sqlite3.Error,)


def shown_address(url: URL) -> str:
    """The address without its password.

    >>> from sqlalchemy import make_url
    >>> shown_address(make_url("postgresql://anna:secret@host/k?password=secret"))
    'postgresql://anna:***@host/k?password=***'
    """
    if url.get_backend_name() == "sqlite":
        return str(url.database or "")
    hidden = {name: "***" for name in url.query if "password" in name}
    plain = url.set(drivername="postgresql").update_query_dict(hidden)
    return plain.render_as_string(hide_password=True).replace("%2A", "*")


def _error(cause: BaseException, url: URL) -> StoreError:
    store, path = shown_address(url), Path(str(url.database))
    if url.get_backend_name() == "sqlite" and path.is_dir():
        return StoreError(IN_A_FOLDER, store=store, file=path / "kemkoll.db")
    said = _hidden(str(cause), url).strip()
    reason = said.splitlines()[0].rstrip(".") if said else type(cause).__name__
    return StoreError(_sentence(cause, said), store=store, reason=reason)


def _sentence(cause: BaseException, said: str) -> str:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _OF_SQLITE.get(code & 0xFF, OTHERWISE)
    state = getattr(cause, "sqlstate", None)
    found = [sentence for pattern, sentence in _OF_POSTGRESQL if state and re.fullmatch(pattern, state)]
    found += [sentence for pattern, sentence in _BY_WORDS if re.search(pattern, said, re.IGNORECASE)]
    return found[0] if found else OTHERWISE


def _hidden(said: str, url: URL) -> str:
    """What a database says, without the passwords of its address."""
    secrets = [url.password, *(value for name, value in url.query.items() if "password" in name)]
    for secret in secrets:
        for form in (secret, *([secret] if isinstance(secret, str) else secret or ())):
            if isinstance(form, str) and form:
                said = said.replace(form, "***")
    return said


def _without_password(error: DBAPIError, url: URL) -> BaseException | None:
    """The cause to show to who looks for a fault; nothing of it where it tells a password."""
    return error if _hidden(str(error), url) == str(error) else None
