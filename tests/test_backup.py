from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import inspect, text
from stores import AT, BY, place, where

from kemkoll.assortment import batches
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.proof import kept_digest, refuse_altered
from kemkoll.assortment.scope import Scope
from kemkoll.cli import cli
from kemkoll.errors import StoreError
from kemkoll.lists.editions import library_of
from kemkoll.store import Store, audit, copying, judged, kept, schema
from kemkoll.store.backup import backup, restore
from kemkoll.store.connecting import transaction
from kemkoll.store.models import Supplier

assert where  # a fixture
ON = "2026-11-22"
ASKED = Asked(lists=("eu-reach-candidate", "eu-rohs"))
DECLARED = """supplier,article,component,name,cas,amount,function
Åkes Ör AB,B-1,slang,DEHP,117-81-7,0.2 %,
Åkes Ör AB,B-1,slang,lead,7439-92-1,0.05 %,solder
Åkes Ör AB,B-2,,ethanol,64-17-5,"2,5 %",
Other,C-1,hus,,1163-19-5,<5 ppm,
"""
KINDS = [
    ("sqlite", "sqlite"),
    ("sqlite", "postgresql"),
    ("postgresql", "sqlite"),
    ("postgresql", "postgresql"),
]


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Addresses of fresh databases of the kinds asked for."""
    opened = []

    def fresh(kind: str) -> str:
        made = place(kind, tmp_path / f"{len(opened)}.db")
        opened.append(made)
        return made.__enter__()

    yield fresh
    for made in opened:
        made.__exit__(None, None, None)


@pytest.fixture
def declared(tmp_path: Path) -> str:
    file = tmp_path / "declared.csv"
    file.write_text(DECLARED, encoding="utf-8")
    return str(file)


def filled(at: str, file: str, registry: Any) -> str:
    """A database with a declaration, a supplier that was ended, and a batch; its hash."""
    with Store.create(at, by=BY, at=AT) as store:
        add_declarations(store, [file], registry=registry, by=BY, at=AT)
        with store.writing("try", by=BY, at=AT) as change:
            kept.end(
                change, Supplier, kept.add(change, Supplier, [{"supplier": 1, "key": "gone", "name": "Gone"}])
            )
        source = library_of()
        return batches.run(store, Scope(), ASKED, on=ON, by=BY, at=AT, source=source, registry=registry)[
            1
        ].digest


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args], env={"KEMKOLL_LANGUAGE": "en", "KEMKOLL_NOW": AT})


def held(at: str) -> dict[str, copying.Content]:
    with Store.open(at) as store, transaction(store.engine, writes=False) as connection:
        return copying.contents(connection)


@pytest.mark.parametrize(("one", "other"), KINDS)
def test_a_restored_database_gives_the_same_batch_hash(
    one: str, other: str, places: Callable[[str], str], declared: str, registry: Any, tmp_path: Path
) -> None:
    first, second, file = places(one), places(other), str(tmp_path / "backup.db")
    digest = filled(first, declared, registry)
    assert call("db", "backup", file, "--store", first).exit_code == 0
    made = call("db", "restore", file, "--store", second, "--by", BY)
    assert made.exit_code == 0, made.output
    with Store.open(second) as store, store.reading() as known:
        assert digest == judged.batch(known, 1)["digest"]
        assert digest == kept_digest(known, 1)
        assert digest == batches.again(known, 1, registry=registry).digest
        assert audit.first_broken(known.connection) is None
    before, after = held(first), held(second)
    assert before.pop("audit_event").rows == after.pop("audit_event").rows - 1
    assert before == after
    assert call("db", "check", "--again", "--store", second).exit_code == 0


def test_a_backup_is_a_database_itself(where: str, declared: str, registry: Any, tmp_path: Path) -> None:
    digest = filled(where, declared, registry)
    with Store.open(where) as store:
        backup(store, str(tmp_path / "b.db"))
    assert [it.name for it in tmp_path.glob("b.db*")] == ["b.db"]
    with Store.open(str(tmp_path / "b.db")) as store, store.reading() as known:
        assert digest == kept_digest(known, 1)
    assert held(where) == held(str(tmp_path / "b.db"))


def test_two_backups_of_the_same_moment_hold_the_same(
    where: str, declared: str, registry: Any, tmp_path: Path
) -> None:
    filled(where, declared, registry)
    with Store.open(where) as store:
        assert backup(store, str(tmp_path / "a.db")) == backup(store, str(tmp_path / "b.db"))
    assert held(str(tmp_path / "a.db")) == held(str(tmp_path / "b.db"))


class TestRefused:
    def test_a_backup_never_takes_the_place_of_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "there.db").write_bytes(b"mine")
        Store.create(str(tmp_path / "k.db"), by=BY, at=AT).close()
        made = call("db", "backup", str(tmp_path / "there.db"), "--store", str(tmp_path / "k.db"))
        assert (made.exit_code, (tmp_path / "there.db").read_bytes()) == (2, b"mine")
        assert "is there already" in made.stderr

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        Store.create(str(tmp_path / "k.db"), by=BY, at=AT).close()
        made = call("db", "backup", str(tmp_path / "no" / "b.db"), "--store", str(tmp_path / "k.db"))
        assert made.exit_code == 2
        assert "b.db" in made.stderr
        assert "cannot be opened" in made.stderr

    def test_a_place_that_is_not_empty(self, where: str, tmp_path: Path) -> None:
        with Store.create(where, by=BY, at=AT) as store:
            backup(store, str(tmp_path / "b.db"))
        made = call("db", "restore", str(tmp_path / "b.db"), "--store", where)
        assert made.exit_code == 2
        assert "is a database of kemkoll already" in made.stderr

    def test_another_programs_database_even_to_replace_it(self, where: str, tmp_path: Path) -> None:
        Store.create(str(tmp_path / "k.db"), by=BY, at=AT).close()
        with Store.empty(where) as store, transaction(store.engine, writes=True) as connection:
            connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
        made = call("db", "restore", str(tmp_path / "k.db"), "--store", where, "--replace", "--yes")
        assert made.exit_code == 2
        assert "another program's: it has the tables theirs" in made.stderr

    def test_replacing_must_be_meant(self, tmp_path: Path) -> None:
        made = call("db", "restore", "b.db", "--store", str(tmp_path / "k.db"), "--replace")
        assert made.exit_code == 2
        assert "--yes" in made.stderr

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        made = call("db", "restore", str(tmp_path / "no.db"), "--store", str(tmp_path / "k.db"))
        assert (made.exit_code, (tmp_path / "k.db").exists()) == (2, False)
        assert "There is no backup" in made.stderr

    def test_a_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "b.db").write_text("supplier,article\n" * 100)
        made = call("db", "restore", str(tmp_path / "b.db"), "--store", str(tmp_path / "k.db"))
        assert made.exit_code == 2
        assert "is not a database of kemkoll" in made.stderr

    def test_the_database_itself(self, tmp_path: Path) -> None:
        Store.create(str(tmp_path / "k.db"), by=BY, at=AT).close()
        made = call(
            "db", "restore", str(tmp_path / "k.db"), "--store", str(tmp_path / "k.db"), "--replace", "--yes"
        )
        assert made.exit_code == 2
        assert "is the database itself" in made.stderr

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE batch_finding SET high_ppt = high_ppt + 1",
            "DELETE FROM batch_verdict WHERE id = 1",
            "UPDATE file SET content = zeroblob(3)",
            "UPDATE supplier SET name = 'Somebody else' WHERE id = 1",
            "UPDATE text SET value = value || ' '  WHERE id = 1",
            "UPDATE audit_event SET who = 'nobody' WHERE id = 2",
        ],
    )
    def test_a_backup_that_was_changed(
        self, change: str, declared: str, registry: Any, tmp_path: Path
    ) -> None:
        file, first, second = (str(tmp_path / name) for name in ("b.db", "k.db", "new.db"))
        filled(first, declared, registry)
        with Store.open(first) as store:
            backup(store, file)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(change)
        with pytest.raises(StoreError, match="damaged"):
            restore(file, second, by=BY, at=AT)
        with pytest.raises(StoreError, match=r"no database of kemkoll yet|There is no database"):
            Store.open(second)

    def test_a_batch_that_was_changed_by_who_may_change_all(
        self, declared: str, registry: Any, tmp_path: Path
    ) -> None:
        """Without what the backup says of itself, the batch's own hash still tells."""
        at = str(tmp_path / "k.db")
        filled(at, declared, registry)
        with closing(sqlite3.connect(at, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER holds_batch_finding")
            connection.execute("UPDATE batch_finding SET high_ppt = high_ppt + 1 WHERE id = 1")
        made = call("db", "check", "--store", at)
        assert made.exit_code == 1
        assert "Batch 1 is not what it was" in made.stdout
        with pytest.raises(StoreError, match="Batch 1 is not what it was"):
            restore(at, str(tmp_path / "new.db"), by=BY, at=AT, prove=refuse_altered)

    def test_bytes_of_a_backup_that_rotted(self, declared: str, registry: Any, tmp_path: Path) -> None:
        file, first = tmp_path / "b.db", str(tmp_path / "k.db")
        filled(first, declared, registry)
        with Store.open(first) as store:
            backup(store, str(file))
        content = file.read_bytes()
        place = content.index(b"0.2 %")
        file.write_bytes(content[:place] + b"0.3" + content[place + 3 :])
        with pytest.raises(StoreError, match="the tables file differ"):
            restore(str(file), str(tmp_path / "new.db"), by=BY, at=AT)


class TestReplacing:
    def test_what_was_there_is_gone(self, where: str, declared: str, registry: Any, tmp_path: Path) -> None:
        with Store.create(where, by=BY, at=AT) as store:
            backup(store, str(tmp_path / "b.db"))
            add_declarations(store, [declared], registry=registry, by=BY, at=AT)
        made = call("db", "restore", str(tmp_path / "b.db"), "--store", where, "--replace", "--yes")
        assert made.exit_code == 0, made.output
        with Store.open(where) as store, store.reading() as known:
            assert known.seen == 2
            assert not len(kept.frame(known, Supplier))
            with pytest.raises(StoreError, match="never changed"), store.writing("x", by=BY, at=AT) as change:
                change.connection.execute(text("DELETE FROM audit_event"))

    def test_a_damaged_file_is_put_aside(self, tmp_path: Path) -> None:
        at, file = tmp_path / "k.db", str(tmp_path / "b.db")
        with Store.create(str(at), by=BY, at=AT) as store:
            backup(store, file)
        at.write_bytes(b"rotten" * 1000)
        made = call("db", "restore", file, "--store", str(at), "--replace", "--yes")
        assert made.exit_code == 0, made.output
        assert (tmp_path / "k.db.damaged-1").read_bytes() == b"rotten" * 1000
        Store.open(str(at)).close()

    def test_who_waits_to_write_writes_into_what_was_restored(self, tmp_path: Path) -> None:
        """It is the same file: nobody goes on writing into one that has been put away."""
        at, file = str(tmp_path / "k.db"), str(tmp_path / "b.db")
        with Store.create(at, by=BY, at=AT) as store:
            backup(store, file)
            restore(file, at, by=BY, at=AT, replace=True)
            with store.writing("after", by=BY, at=AT):
                pass
        with Store.open(at) as store, store.reading() as known:
            assert known.seen == 3


class TestVersions:
    def test_a_backup_of_the_first_version_is_brought_to_this_one(self, where: str, tmp_path: Path) -> None:
        file = str(tmp_path / "old.db")
        old_database(file)
        made = call("db", "restore", file, "--store", where)
        assert made.exit_code == 0, made.output
        with Store.open(where) as store, store.reading() as known:
            assert kept.frame(known, Supplier)["name"].tolist() == ["Old Åke"]
            assert audit.first_broken(known.connection) is None

    def test_upgrade_with_data(self, where: str) -> None:
        old_database(where)
        assert "older version (0001" in call("db", "check", "--store", where).stderr
        made = call("db", "upgrade", "--store", where, "--by", BY)
        assert (made.exit_code, f"from version 0001 to {schema.newest()}" in made.stderr) == (0, True)
        with Store.open(where) as store, store.reading() as known:
            assert kept.frame(known, Supplier)["name"].tolist() == ["Old Åke"]
            assert known.seen == 2
            assert audit.first_broken(known.connection) is None
        assert "already" in call("db", "upgrade", "--store", where).stderr

    def test_an_older_one_can_be_backed_up_and_looked_at(self, where: str, tmp_path: Path) -> None:
        old_database(where)
        assert call("db", "backup", str(tmp_path / "b.db"), "--store", where).exit_code == 0
        seen = call("db", "status", "--store", where).stdout
        assert "0001; kemkoll db upgrade makes it" in seen

    def test_a_newer_one_is_refused(self, where: str, tmp_path: Path) -> None:
        with Store.create(where, by=BY, at=AT) as store, transaction(store.engine, writes=True) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for verb in (["status"], ["upgrade"], ["check"], ["backup", str(tmp_path / "b.db")]):
            made = call("db", *verb, "--store", where)
            assert (made.exit_code, "newer version (9999" in made.stderr) == (2, True)


def old_database(at: str) -> None:
    """A database of the first version, with a row and its event."""
    with Store.empty(at) as store, transaction(store.engine, writes=True) as connection:
        schema.upgrade(connection, to="0001")
        row = {"id": 1, "added": 1, "ended": None, "supplier": 1, "key": "old åke", "name": "Old Åke"}
        row |= {"number": "", "personal": False, "role": "", "gln": "", "mail": ""}
        table = next(table for table in copying.tables_of(connection) if table.name == "supplier")
        connection.execute(table.insert(), row)
        audit.record(connection, 1, at=AT, who=BY, action="init", about={"schema": "0001"})


def test_status(where: str, declared: str, registry: Any) -> None:
    filled(where, declared, registry)
    said = call("db", "status", "--store", where).stdout
    for row in (r"Version\s+" + schema.newest(), r"Whole\s+yes", r"line\s+4", r"Events\s+4", r"batch\s+1"):
        assert re.search(row, said), said


def test_the_tables_of_every_version_are_those_of_the_models(where: str) -> None:
    with Store.create(where, by=BY, at=AT) as store, transaction(store.engine, writes=False) as connection:
        assert {table.name for table in copying.tables_of(connection)} == own_tables()
        assert set(inspect(connection).get_table_names()) == own_tables() | {"alembic_version"}


def own_tables() -> set[str]:
    from sqlmodel import SQLModel

    return set(SQLModel.metadata.tables)
