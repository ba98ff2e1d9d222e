"""Nothing that is kept is changed: the database itself refuses it, whoever asks.

Rows are never changed or taken out. Where a table has `ended`, that alone may be set, once. The log's hashes
show what somebody with the right to drop these rules has done all the same.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the step: rules on every table that there is."""
    connection = op.get_bind()
    there = sa.inspect(connection)
    names = sorted(set(there.get_table_names()) - {"alembic_version"})
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        _make_functions()
    for name in names:
        columns = [column["name"] for column in there.get_columns(name)]
        if sqlite:
            _guard_in_sqlite(name, columns)
        else:
            _guard_in_postgresql(name, "ended" in columns)


def _guard_in_sqlite(name: str, columns: list[str]) -> None:
    def refuse(rule: str, event: str, when: str = "") -> None:
        op.execute(
            f'CREATE TRIGGER "{rule}_{name}" BEFORE {event} ON "{name}" {when} '
            f"BEGIN SELECT RAISE(ABORT, 'rows of {name} are never changed'); END"
        )

    refuse("keeps", "DELETE")
    if "ended" not in columns:
        refuse("holds", "UPDATE")
        return
    others = ", ".join(f'"{column}"' for column in columns if column != "ended")
    refuse("holds", f"UPDATE OF {others}")
    refuse("ends", "UPDATE OF ended", "WHEN coalesce(OLD.ended, 0) != 0 OR coalesce(NEW.ended, 0) = 0")


def _make_functions() -> None:
    op.execute("""
        CREATE FUNCTION kemkoll_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = '23001';
        END $$
    """)
    op.execute("""
        CREATE FUNCTION kemkoll_end_only() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            was record := NEW;
        BEGIN
            was.ended := OLD.ended;
            IF was IS DISTINCT FROM OLD OR coalesce(OLD.ended, 0) <> 0 OR coalesce(NEW.ended, 0) = 0 THEN
                RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = '23001';
            END IF;
            RETURN NEW;
        END $$
    """)


def _guard_in_postgresql(name: str, ends: bool) -> None:
    rule = "kemkoll_end_only" if ends else "kemkoll_refuse"
    op.execute(
        f'CREATE TRIGGER kemkoll_holds BEFORE UPDATE ON "{name}" FOR EACH ROW EXECUTE FUNCTION {rule}()'
    )
    op.execute(
        f'CREATE TRIGGER kemkoll_keeps BEFORE DELETE ON "{name}" FOR EACH ROW '
        "EXECUTE FUNCTION kemkoll_refuse()"
    )
    op.execute(
        f'CREATE TRIGGER kemkoll_empties BEFORE TRUNCATE ON "{name}" FOR EACH STATEMENT '
        "EXECUTE FUNCTION kemkoll_refuse()"
    )
