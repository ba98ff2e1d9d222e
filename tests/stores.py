"""Databases for tests: a file for SQLite, one of its own on the server that KEMKOLL_TEST_POSTGRES names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from kemkoll.store.connecting import address

VARIABLE = "KEMKOLL_TEST_POSTGRES"
BY, AT = "Anna", "2026-11-22T10:00:00.000Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that does not exist yet (SQLite), or is empty (PostgreSQL)."""
    with place(request.param, tmp_path / "kemkoll.db") as made:
        yield made


@contextmanager
def place(kind: str, file: Path) -> Iterator[str]:
    """The address of a fresh database of a kind, for as long as the block lasts."""
    if kind == "sqlite":
        yield str(file)
        return
    server = os.environ.get(VARIABLE)
    if not server:
        pytest.skip(f"{VARIABLE} names no PostgreSQL server")
    name = f"kemkoll_test_{uuid4().hex[:12]}"
    engine = create_engine(address(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0"))
    try:
        yield address(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()
