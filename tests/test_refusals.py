"""What is said when a database cannot be opened, read or written: what, where, and what to do."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from stores import AT, BY, VARIABLE, where
from test_backup import held

from kemkoll.cli import cli
from kemkoll.errors import ConfigError, StoreError
from kemkoll.store import Store, bulk, kept
from kemkoll.store.connecting import WAIT, address, wait_seconds
from kemkoll.store.models import Line, Supplier
from kemkoll.store.once import table_of
from kemkoll.store.refusals import shown_address, translated

assert where  # a fixture
SECRET = "hush-hush"
MANY = [{"supplier": 1, "key": f"{n}", "name": "x" * 500} for n in range(500)]


def call(*args: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, [*args], env={"KEMKOLL_LANGUAGE": "en", "KEMKOLL_NOW": AT, **environment})


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    made = call("db", "check", "--store", str(tmp_path / "no.db"))
    assert (made.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert "There is no database" in made.stderr
    assert "kemkoll init" in made.stderr


def test_a_folder(tmp_path: Path) -> None:
    for verb in (["db", "check"], ["init"], ["db", "upgrade"], ["db", "status"]):
        made = call(*verb, "--store", str(tmp_path))
        assert made.exit_code == 2
        assert "is a folder. Name a file in it" in made.stderr


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    made = call("init", "--store", str(tmp_path / "no" / "k.db"))
    assert made.exit_code == 2
    assert "Check that its folder is there" in made.stderr


@pytest.mark.parametrize("verb", [["db", "check"], ["init"], ["db", "upgrade"], ["db", "status"]])
def test_a_file_that_is_no_database(tmp_path: Path, verb: list[str]) -> None:
    file = tmp_path / "k.db"
    file.write_text("supplier;article\n" * 100)
    made = call(*verb, "--store", str(file))
    assert made.exit_code == 2
    assert "is not a database of kemkoll, or it is damaged" in made.stderr
    assert [it.name for it in tmp_path.iterdir()] == ["k.db"]


@pytest.mark.parametrize("verb", [["db", "check"], ["init"], ["db", "upgrade"]])
def test_another_programs_database_is_left_as_it_is(tmp_path: Path, verb: list[str]) -> None:
    file = tmp_path / "theirs.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")
        connection.commit()
    before = file.read_bytes()
    made = call(*verb, "--store", str(file))
    assert made.exit_code == 2
    assert "another program's" in made.stderr or "no database of kemkoll yet" in made.stderr
    assert file.read_bytes() == before


def test_an_empty_file_can_be_made_one(tmp_path: Path) -> None:
    (tmp_path / "k.db").touch()
    assert "no database of kemkoll yet" in call("db", "check", "--store", str(tmp_path / "k.db")).stderr
    assert call("init", "--store", str(tmp_path / "k.db")).exit_code == 0
    assert call("db", "check", "--store", str(tmp_path / "k.db")).exit_code == 0


def test_made_twice(where: str) -> None:
    assert call("init", "--store", where).exit_code == 0
    made = call("init", "--store", where)
    assert made.exit_code == 2
    assert "is a database of kemkoll already" in made.stderr


@pytest.mark.parametrize(
    "at",
    [
        "", "sqlite://", "sqlite:///:memory:", f"postgresql://anna:{SECRET}@host:port/k",
        f"postgresql://anna:{SECRET}@x@localhost/k", f"postgresql://localhost:x/k?password={SECRET}",
    ],
)  # fmt: skip
def test_no_address(at: str) -> None:
    with pytest.raises(StoreError, match="is not the address of a database") as caught:
        Store.open(at)
    assert SECRET not in str(caught.value)


def test_another_kind_of_database() -> None:
    made = call("db", "check", "--store", f"mysql://anna:{SECRET}@host/k")
    assert made.exit_code == 2
    assert "not in mysql" in made.stderr
    assert SECRET not in made.output


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("verb", [["db", "check"], ["init"], ["db", "upgrade"], ["db", "backup", "b.db"]])
@pytest.mark.parametrize("rest", ["@127.0.0.1:1/k", f"@127.0.0.1:1/k?sslpassword={SECRET}"])
def test_a_server_that_does_not_answer_and_no_password(
    debug: str, verb: list[str], rest: str, tmp_path: Path
) -> None:
    made = call(*verb, "--store", f"postgresql://anna:{SECRET}{rest}", KEMKOLL_DEBUG=debug)
    assert made.exit_code == 2
    assert "postgresql://anna:***@127.0.0.1:1/k" in made.stderr
    assert "does not answer" in made.stderr
    assert SECRET not in made.output


def test_a_password_that_the_database_repeats() -> None:
    url = make_url(f"postgresql+psycopg://anna:{SECRET}@host/k")
    with pytest.raises(StoreError) as caught, translated(url):
        raise OperationalError("SELECT 1", {}, Exception(f"no such option {SECRET}"))
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_address_that_is_shown_has_no_password() -> None:
    assert shown_address(address(f"postgres://anna:{SECRET}@host/k")) == "postgresql://anna:***@host/k"


class TestNewOnAServer:
    @pytest.fixture
    def server(self) -> str:
        if not os.environ.get(VARIABLE):
            pytest.skip(f"{VARIABLE} names no PostgreSQL server")
        return os.environ[VARIABLE]

    @pytest.fixture
    def fresh(self, server: str) -> Any:
        name = f"kemkoll_test_new_{os.getpid()}"
        yield address(server).set(database=name).render_as_string(hide_password=False)
        engine = create_engine(address(server), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text("DROP ROLE IF EXISTS kemkoll_test_weak"))
        engine.dispose()

    def test_looking_says_that_there_is_none(self, fresh: str) -> None:
        made = call("db", "check", "--store", fresh)
        assert made.exit_code == 2
        assert "There is no database postgresql://" in made.stderr

    def test_init_makes_it(self, fresh: str) -> None:
        assert call("init", "--store", fresh).exit_code == 0
        assert call("db", "check", "--store", fresh).exit_code == 0

    def test_init_says_how_where_it_may_not(self, server: str, fresh: str) -> None:
        engine = create_engine(address(server), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("DROP ROLE IF EXISTS kemkoll_test_weak"))
            connection.execute(text(f"CREATE ROLE kemkoll_test_weak LOGIN PASSWORD '{SECRET}'"))
        engine.dispose()
        weak = make_url(fresh).set(username="kemkoll_test_weak", password=SECRET)
        made = call("init", "--store", weak.render_as_string(hide_password=False))
        assert made.exit_code == 2
        assert "does not let you make one" in made.stderr
        assert 'CREATE DATABASE "kemkoll_test_new' in made.stderr
        assert SECRET not in made.output


class TestNothingIsHalfDone:
    def test_a_full_disk(self, tmp_path: Path) -> None:
        at = str(tmp_path / "k.db")
        store = Store.create(at, by=BY, at=AT)
        before = held(at)

        @event.listens_for(store.engine, "checkout")
        def small(connection: Any, *_: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 4}")

        with (
            pytest.raises(StoreError, match="There is no room left"),
            store.writing("x", by=BY, at=AT) as change,
        ):
            kept.add(change, Supplier, MANY)
        store.close()
        assert held(at) == before

    def test_a_full_disk_of_a_server(self, where: str) -> None:
        with Store.create(where, by=BY, at=AT) as store:
            if store.engine.dialect.name == "sqlite":
                pytest.skip("SQLite has its own test")
            said = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'disk_full'; END $$"
            with (
                pytest.raises(StoreError, match="There is no room left"),
                store.writing("x", by=BY, at=AT) as change,
            ):
                change.connection.exec_driver_sql(said)

    def test_a_database_that_may_only_be_read(self, where: str) -> None:
        store = Store.create(where, by=BY, at=AT)
        sqlite = store.engine.dialect.name == "sqlite"
        said = "PRAGMA query_only = ON" if sqlite else "SET TRANSACTION READ ONLY"
        with pytest.raises(StoreError, match="may not be written to"):
            _add(store, said)
        store.close()

    def test_what_the_driver_says_of_rows_in_bulk(self, where: str) -> None:
        with Store.create(where, by=BY, at=AT) as store:
            before = held(where)
            with pytest.raises(StoreError, match="keeps this as it is"):
                _twice(store)
            assert held(where) == before

    @pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError, SystemExit, GeneratorExit])
    def test_what_stops_in_the_middle(self, where: str, fault: type[BaseException]) -> None:
        with Store.create(where, by=BY, at=AT) as store:
            before = held(where)
            with pytest.raises(fault):
                _stopped(store, fault)
            assert held(where) == before
            with store.writing("x", by=BY, at=AT) as change:  # the right to write was given back
                assert change.event == 2

    def test_an_engine_that_is_closed_leaves_one_file(self, tmp_path: Path) -> None:
        at = str(tmp_path / "k.db")
        with Store.create(at, by=BY, at=AT) as store, store.writing("x", by=BY, at=AT):
            pass
        assert call("db", "status", "--store", at).exit_code == 0
        assert [it.name for it in tmp_path.iterdir()] == ["k.db"]

    def test_settings(self, tmp_path: Path) -> None:
        with Store.create(str(tmp_path / "k.db"), by=BY, at=AT) as store, store.reading() as known:
            said = {
                name: known.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "synchronous", "recursive_triggers")
            }
        assert said == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "recursive_triggers": 1}


def _stopped(store: Store, fault: type[BaseException]) -> None:
    with store.writing("x", by=BY, at=AT) as change:
        kept.add(change, Supplier, [{"supplier": 1, "key": "x", "name": "x"}])
        raise fault


def _twice(store: Store) -> None:
    with store.writing("x", by=BY, at=AT) as change:
        rows = {"id": np.array([1, 1]), "declared": np.array([1, 1])}
        bulk.insert(change.connection, table_of(Line), rows)


def _add(store: Store, first: str) -> None:
    with store.writing("x", by=BY, at=AT) as change:
        change.connection.exec_driver_sql(first)
        kept.add(change, Supplier, [{"supplier": 1, "key": "x", "name": "x"}])


def test_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAIT, "0.25")
    assert wait_seconds() == 0.25
    monkeypatch.delenv(WAIT)
    assert wait_seconds() == 60
    for wrong in ("soon", "-1", "1e99", "nan"):
        monkeypatch.setenv(WAIT, wrong)
        with pytest.raises(ConfigError, match="Write a number of seconds"):
            wait_seconds()
