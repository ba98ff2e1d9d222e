"""What can be seen of a database without knowing its version: how old, how large, whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from kemkoll.store import Store, audit, copying, schema
from kemkoll.store.backup import damage
from kemkoll.store.connecting import transaction
from kemkoll.store.models import AuditEvent
from kemkoll.store.once import table_of


@dataclass(frozen=True)
class Seen:
    """What a database looks like.

    Attributes:
        version, newest: its version, and the one that this kemkoll works with.
        events: how many things have been done.
        last: when the last of them was done, what and by whom.
        size: bytes.
        damage: what is broken; empty: nothing.
        rows: how many rows each table has, by its name.
    """

    version: str
    newest: str
    events: int
    last: str
    size: int
    damage: str
    rows: dict[str, int]


def look(store: Store) -> Seen:
    """What a database looks like, of whichever version it is."""
    events = table_of(AuditEvent)
    with transaction(store.engine, writes=False) as connection:
        number = audit.last_event(connection)
        last = connection.execute(select(events).where(events.c.id == number)).mappings().first()
        if store.engine.dialect.name == "sqlite":
            size = Path(str(store.engine.url.database)).stat().st_size
        else:
            said = "SELECT pg_database_size(current_database())"
            size = int(connection.exec_driver_sql(said).scalar_one())
        rows = {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in copying.tables_of(connection)
        }
        return Seen(
            schema.version(connection),
            schema.newest(),
            number,
            f"{last['at']} {last['action']} {last['who']}".strip() if last else "",
            size,
            damage(connection),
            dict(sorted(rows.items())),
        )
