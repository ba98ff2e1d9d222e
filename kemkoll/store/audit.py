"""The log of what was done: each event holds the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from kemkoll.errors import StoreError
from kemkoll.store.models import AuditEvent
from kemkoll.store.once import plain, table_of

_EVENTS = table_of(AuditEvent)
_WAITED = timedelta(minutes=10)


def last_event(connection: Connection) -> int:
    """The number of the last event; 0: there is none."""
    return int(connection.execute(select(func.coalesce(func.max(_EVENTS.c.id), 0))).scalar_one())


def last_but(connection: Connection, actions: Collection[str]) -> int:
    """The number of the last event that was something else than some actions; 0: there is none."""
    asked = select(_EVENTS.c.id).where(_EVENTS.c.action.not_in([*actions]))
    return int(connection.execute(asked.order_by(_EVENTS.c.id.desc()).limit(1)).scalar() or 0)


def actions(connection: Connection, after: int, seen: int) -> set[str]:
    """What was done after an event, up to another."""
    done = select(_EVENTS.c.action).where(_EVENTS.c.id > after, _EVENTS.c.id <= seen).distinct()
    return {str(row[0]) for row in connection.execute(done)}


def last_by(connection: Connection, instant: str) -> int | None:
    """The number of the last event up to an instant (UTC, ISO text); None: there was none yet."""
    found = connection.execute(select(func.max(_EVENTS.c.id)).where(_EVENTS.c.at <= instant)).scalar()
    return None if found is None else int(found)


def begun(connection: Connection) -> str:
    """The instant of the first event."""
    return str(connection.execute(select(func.min(_EVENTS.c.at))).scalar())


def days_of(connection: Connection, seen: int) -> dict[int, str]:
    """The day of each event by a moment."""
    asked = select(_EVENTS.c.id, _EVENTS.c.at).where(_EVENTS.c.id <= seen)
    return {int(event): str(at)[:10] for event, at in connection.execute(asked)}


def events_of(connection: Connection, action: str, seen: int) -> list[tuple[int, dict[str, Any]]]:
    """The events of one action by a moment: their numbers, and what they were about."""
    asked = select(_EVENTS.c.id, _EVENTS.c.about).where((_EVENTS.c.action == action) & (_EVENTS.c.id <= seen))
    return [
        (int(event), json.loads(about)) for event, about in connection.execute(asked.order_by(_EVENTS.c.id))
    ]


def search(
    connection: Connection, *, who: str = "", action: str = "", day: str = "", start: int = 0, most: int
) -> list[dict[str, Any]]:
    """Some events, newest first: `id`, `at`, `who`, `action`, `about` (JSON).

    Args:
        who: a part of the name or address, capitals aside.
        action: exactly this.
        day: of its instant in UTC, ISO text, or the beginning of one: a year, a month.
        start: how many to leave out.
        most: how many at most.
    """
    columns = [_EVENTS.c[name] for name in ("id", "at", "who", "action", "about")]
    asked = select(*columns).where(*_meant(who, action, day)).order_by(_EVENTS.c.id.desc())
    rows = connection.execute(asked.offset(start).limit(most)).mappings()
    return [{str(name): value for name, value in row.items()} for row in rows]


def count(connection: Connection, *, who: str = "", action: str = "", day: str = "") -> int:
    """How many events there are, of those that `search` means."""
    asked = select(func.count()).select_from(_EVENTS).where(*_meant(who, action, day))
    return int(connection.execute(asked).scalar_one())


def _meant(who: str, action: str, day: str) -> list[ColumnElement[bool]]:
    made = []
    if who:
        made.append(func.lower(_EVENTS.c.who).contains(plain(who).lower(), autoescape=True))
    if action:
        made.append(_EVENTS.c.action == plain(action))
    if day:
        made.append(_EVENTS.c.at.startswith(plain(day), autoescape=True))
    return made


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
