"""The log of what was done: each event holds the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from kemkoll.errors import StoreError
from kemkoll.store.models import AuditEvent
from kemkoll.store.once import plain, table_of

_EVENTS = table_of(AuditEvent)
_WAITED = timedelta(minutes=10)


def last_event(connection: Connection) -> int:
    """The number of the last event; 0: there is none."""
    return int(connection.execute(select(func.coalesce(func.max(_EVENTS.c.id), 0))).scalar_one())


def record(
    connection: Connection, event: int, *, at: str, who: str, action: str, about: Mapping[str, Any]
) -> None:
    """Add one event to the log.

    Raises:
        StoreError: the instant is before that of the last event, by more than a writer may have waited.
    """
    said = json.dumps(about, ensure_ascii=False, sort_keys=True)
    last = connection.execute(select(_EVENTS.c.digest, _EVENTS.c.at).where(_EVENTS.c.id == event - 1)).first()
    before = last.digest if last else ""
    row = {
        "id": event,
        "at": _instant(at, last.at if last else ""),
        "who": plain(who),
        "action": action,
        "about": plain(said),
    }
    connection.execute(_EVENTS.insert(), row | {"digest": _digest(before, row)})


def _instant(at: str, last: str) -> str:
    """The instant of an event: never before the last one. Who had to wait for another that wrote has looked
    at the clock before.

    >>> _instant("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:02.000Z")
    '2026-11-22T10:00:02.000Z'
    """
    if at >= last:
        return at
    before, now = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (last, at))
    if before - now <= _WAITED:
        return last
    raise StoreError(
        "The clock is behind the database: its last event is of {last}, and it is {now}. Nothing was "
        "changed; set the clock.",
        last=last,
        now=at,
    )


def first_broken(connection: Connection) -> int | None:
    """The first event that does not fit the one before it; None: the log is whole."""
    before, expected = "", 1
    for row in connection.execute(select(_EVENTS).order_by(_EVENTS.c.id)).mappings():
        plain = {name: row[name] for name in ("id", "at", "who", "action", "about")}
        if row["id"] != expected or row["digest"] != _digest(before, plain):
            return expected
        before, expected = row["digest"], expected + 1
    return None


def _digest(before: str, row: Mapping[str, Any]) -> str:
    text = json.dumps([before, *(row[name] for name in ("id", "at", "who", "action", "about"))])
    return hashlib.sha256(text.encode()).hexdigest()
