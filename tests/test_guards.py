"""Nothing that is kept is changed, whoever asks the database for it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlmodel import SQLModel
from stores import AT, BY, where
from test_backup import declared, filled

from kemkoll.errors import StoreError
from kemkoll.store import Store, copying
from kemkoll.store.connecting import transaction

assert where
assert declared  # fixtures
ENDED = sorted(name for name, table in SQLModel.metadata.tables.items() if "ended" in table.c)
HELD = sorted(SQLModel.metadata.tables.keys() - set(ENDED))


@pytest.fixture
def full(where: str, declared: str, registry: Any) -> Store:
    filled(where, declared, registry)
    return Store.open(where)


def refused(store: Store, said: str) -> bool:
    """Whether the database refuses a change because rows are never changed."""
    try:
        with transaction(store.engine, writes=True) as connection:
            connection.execute(text(said))
    except StoreError as error:
        return "never changed" in str(error)
    return False


def test_the_tables_are_known() -> None:
    assert {"audit_event", "file", "line", "text", "batch", "batch_finding", "snapshot"} <= set(HELD)
    assert {"article", "supplier", "waiver", "decision", "declared_article"} <= set(ENDED)


def test_every_table_that_has_rows_refuses(full: Store) -> None:
    with transaction(full.engine, writes=False) as connection:
        rows = {name: found.rows for name, found in copying.contents(connection).items() if found.rows}
    assert {
        "file",
        "line",
        "batch_finding",
        "batch_verdict",
        "list_edition",
        "text",
        "supplier",
    } <= rows.keys()
    quote = full.engine.dialect.identifier_preparer.quote
    for name in rows:
        assert refused(full, f"DELETE FROM {quote(name)}"), name
        assert refused(full, f"UPDATE {quote(name)} SET id = id + 1000"), name
        for column in SQLModel.metadata.tables[name].columns:
            if column.name not in ("id", "ended"):
                assert refused(full, f"UPDATE {quote(name)} SET {quote(column.name)} = NULL"), (name, column)
    with transaction(full.engine, writes=False) as connection:
        assert rows == {name: it.rows for name, it in copying.contents(connection).items() if it.rows}
    full.close()


def test_every_table_has_its_rules(where: str) -> None:
    with Store.create(where, by=BY, at=AT) as store, transaction(store.engine, writes=False) as connection:
        if store.engine.dialect.name == "sqlite":
            asked = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        else:
            asked = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        there: dict[str, set[str]] = {}
        for table, rule in connection.execute(text(asked)):
            there.setdefault(table.strip('"'), set()).add(rule.removeprefix("kemkoll_").partition("_")[0])
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert set(there) == tables
        for name, rules in there.items():
            wanted = {"holds", "keeps"}
            if store.engine.dialect.name != "sqlite":
                wanted |= {"empties"}
            elif name in ENDED:
                wanted |= {"ends"}
            assert rules == wanted, name


def test_a_row_is_ended_once_and_for_all(full: Store) -> None:
    assert not refused(full, "UPDATE supplier SET ended = 9 WHERE ended IS NULL")
    assert refused(full, "UPDATE supplier SET ended = 10 WHERE id = 1")
    assert refused(full, "UPDATE supplier SET ended = NULL WHERE id = 1")
    assert not refused(full, "UPDATE declared_article SET ended = 9 WHERE id = 1")
    assert refused(full, "UPDATE declared_article SET ended = 0 WHERE id = 1")
    assert refused(full, "UPDATE declared_article SET ended = 10 WHERE id = 1")
    assert refused(full, "UPDATE declared_article SET ended = 9, article = 7 WHERE id = 2")
    full.close()


def test_nothing_takes_the_place_of_a_row(where: str) -> None:
    with Store.create(where, by=BY, at=AT) as store:
        if store.engine.dialect.name == "sqlite":
            said = "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event"
        else:
            said = (
                "INSERT INTO audit_event SELECT * FROM audit_event ON CONFLICT (id) DO UPDATE SET who = 'x'"
            )
        assert refused(store, said)


def test_a_table_is_never_emptied_at_once(where: str) -> None:
    with Store.create(where, by=BY, at=AT) as store:
        if store.engine.dialect.name == "postgresql":
            assert refused(store, "TRUNCATE audit_event")
        else:  # SQLite has no such statement: a DELETE without a condition is refused for its rows
            assert refused(store, "DELETE FROM audit_event")
