"""Files as rows: each kept once, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from kemkoll.store import Change, Known
from kemkoll.store.models import File
from kemkoll.store.once import next_id, table_of


def sha256_of(content: bytes) -> str:
    """The hash by which a file is kept."""
    return hashlib.sha256(content).hexdigest()


def name_of(known: Known, sha256: str) -> str | None:
    """The name under which a file with these bytes is kept; None: there is none."""
    table = table_of(File)
    found = known.connection.execute(select(table.c.name).where(table.c.sha256 == sha256)).scalar()
    return None if found is None else str(found)


def number_of(known: Known, sha256: str) -> int:
    """The row number of the file with these bytes; 0: there is none."""
    table = table_of(File)
    found = known.connection.execute(select(table.c.id).where(table.c.sha256 == sha256)).scalar()
    return int(found or 0)


def content_of(known: Known, sha256: str) -> bytes | None:
    """The bytes of a file that was kept by a moment; None: there is none with this hash."""
    table = table_of(File)
    asked = select(table.c.content).where((table.c.sha256 == sha256) & (table.c.added <= known.seen))
    found = known.connection.execute(asked).scalar()
    return None if found is None else bytes(found)


def put(change: Change, values: Mapping[str, Any]) -> int:
    """Keep a file; the number of its row.

    Args:
        values: columns of `File` without `id` and `added`.
    """
    row = next_id(change.connection, File)
    change.connection.execute(table_of(File).insert(), {"id": row, "added": change.event, **values})
    return row


def altered(known: Known) -> Iterator[str]:
    """The names of the files whose bytes are no longer those that were handed in."""
    table = table_of(File)
    named = known.connection.execute(select(table.c.id, table.c.name, table.c.sha256).order_by(table.c.id))
    for number, name, sha256 in named.all():
        content = known.connection.execute(select(table.c.content).where(table.c.id == number)).scalar_one()
        if hashlib.sha256(content).hexdigest() != sha256:
            yield str(name)
