"""What a killed process leaves behind: the database as it was, or as it should be, and nothing between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from stores import AT, BY, place, where
from test_backup import DECLARED, held, old_database

from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.proof import altered, altered_files
from kemkoll.errors import StoreError
from kemkoll.store import Known, Store, audit, frozen, judged, schema
from kemkoll.store.backup import backup, damage
from kemkoll.store.connecting import transaction
from kemkoll.store.models import Declaration, DeclaredArticle, File, Line, Statement
from kemkoll.store.once import table_of

assert where  # a fixture
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")]
KILLS = 3
"""At so many points each verb is killed, and as often after a time."""
ON = "2026-11-22"
Kill = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def kill(registry: Any) -> Iterator[Kill]:
    """Run a verb in a process, to its end or until it is killed."""
    child = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("killing.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"KEMKOLL_WAIT": "20", "KEMKOLL_NOW": AT, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert child.stdin
    assert child.stdout

    def ask(verb: list[str], **given: float) -> dict[str, Any]:
        child.stdin.write(json.dumps({"verb": verb, **given}) + "\n")
        child.stdin.flush()
        answer: dict[str, Any] = json.loads(child.stdout.readline())
        killed.append(answer["status"] == -signal.SIGKILL)
        return answer

    killed: list[bool] = []
    yield ask
    assert sum(killed) > len(killed) / 3
    child.stdin.close()
    child.wait(30)


@pytest.fixture
def kind(where: str) -> str:
    return "postgresql" if "://" in where else "sqlite"


def kills(points: int, seconds: float, seed: str) -> list[dict[str, float]]:
    """Where to kill: at some of the points, at the first and the last, and after some times."""
    chance = random.Random(seed)
    some = {1, points, *(chance.randint(1, points) for _ in range(KILLS))}
    times = [{"delay": round(chance.uniform(0, seconds), 3)} for _ in range(KILLS // 2)]
    return [*({"point": point} for point in sorted(some)), *times]


def timed(kill: Kill, verb: list[str]) -> tuple[int, float]:
    """Through how many points a verb comes to its end, and in how many seconds."""
    import time

    started = time.perf_counter()
    made = kill(verb)
    assert made["status"] == 0
    return made["points"], time.perf_counter() - started


def count(known: Known, model: Any) -> int:
    return int(known.connection.execute(select(func.count()).select_from(table_of(model))).scalar_one())


def whole(at: str) -> tuple[int, int]:
    """The number of events and of files of a database, once it is known that nothing in it is broken."""
    with Store.open(at) as store, store.reading() as known:
        assert damage(known.connection) == ""
        assert altered_files(known) == []
        assert altered(known, judged.batches(known)["id"]) == []
        events = count(known, audit.AuditEvent)
        assert events == known.seen
        files = count(known, File)
        assert count(known, Line) == 4 * files
        assert count(known, Statement) == 0
        assert count(known, DeclaredArticle) == 3 * files
        assert count(known, Declaration) == 2 * files
        return events, files


def is_made(at: str) -> bool:
    """Whether a database is there; otherwise one can be made."""
    try:
        Store.open(at).close()
    except StoreError:
        Store.empty(at).close()
        return False
    return True


@pytest.fixture
def file(tmp_path: Path) -> str:
    made = tmp_path / "declared.csv"
    made.write_text(DECLARED, encoding="utf-8")
    return str(made)


def test_add(where: str, kind: str, kill: Kill, file: str, tmp_path: Path) -> None:
    with place(kind, tmp_path / "other.db") as other:
        Store.create(other, by=BY, at=AT).close()
        points, seconds = timed(kill, ["add", file, "--store", other])
    Store.create(where, by=BY, at=AT).close()
    for given in kills(points, seconds, kind):
        if kill(["add", file, "--store", where], **given)["status"] == 0 or whole(where) != (1, 0):
            break
    assert kill(["add", file, "--store", where])["status"] == 0
    events, files = whole(where)
    assert files == 1
    assert events >= 2


def test_batch(where: str, kind: str, kill: Kill, file: str, registry: Any, tmp_path: Path) -> None:
    with Store.create(where, by=BY, at=AT) as store:
        add_declarations(store, [file], registry=registry, by=BY, at=AT)
    points, seconds = timed(kill, ["batch", where, ON])
    done = 1
    for given in kills(points, seconds, kind):
        kill(["batch", where, ON], **given)
        events, _ = whole(where)
        done = events - 2
        with Store.open(where) as store, store.reading() as known:
            assert len(judged.batches(known)) == done
    assert kill(["batch", where, ON])["status"] == 0
    with Store.open(where) as store, store.reading() as known:
        assert len(judged.batches(known)) == done + 1
        assert judged.batches(known)["digest"].nunique() == 1


def test_snapshot(where: str, kind: str, kill: Kill, file: str, registry: Any, tmp_path: Path) -> None:
    verb = ["snapshot", "--date", "2026-06-30", "--profile", "reach-art-33", "--store"]
    with place(kind, tmp_path / "other.db") as other:
        for at in (other, where):
            with Store.create(at, by=BY, at=AT) as store:
                add_declarations(store, [file], registry=registry, by=BY, at=AT)
        points, seconds = timed(kill, [*verb, other])
    for given in kills(points, seconds, kind):
        if kill([*verb, where], **given)["status"] == 0:
            break
        whole(where)
        with Store.open(where) as store, store.reading() as known:
            taken = len(frozen.snapshots(known))
            assert (len(judged.batches(known)), len(frozen.parts(known))) == ((2, 3) if taken else (0, 0))
        if taken:
            break
    kill([*verb, where])
    with Store.open(where) as store, store.reading() as known:
        assert (len(frozen.snapshots(known)), len(judged.batches(known))) == (1, 2)


def test_upgrade(where: str, kind: str, kill: Kill, tmp_path: Path) -> None:
    with place(kind, tmp_path / "other.db") as other:
        old_database(other)
        points, seconds = timed(kill, ["db", "upgrade", "--store", other])
    old_database(where)
    for given in kills(points, seconds, kind):
        kill(["db", "upgrade", "--store", where], **given)
        with (
            Store.open(where, older=True) as store,
            transaction(store.engine, writes=False) as connection,
        ):
            version, events = schema.version(connection), audit.last_event(connection)
            assert (version, events) in {("0001", 1), (schema.newest(), 2)}
            assert damage(connection) == ""
    assert kill(["db", "upgrade", "--store", where])["status"] == 0
    assert whole(where) == (2, 0)


def test_backup(where: str, kind: str, kill: Kill, file: str, registry: Any, tmp_path: Path) -> None:
    with Store.create(where, by=BY, at=AT) as store:
        add_declarations(store, [file], registry=registry, by=BY, at=AT)
    points, seconds = timed(kill, ["db", "backup", str(tmp_path / "first.db"), "--store", where])
    expected = held(where)
    for number, given in enumerate(kills(points, seconds, kind)):
        target = tmp_path / f"{number}.db"
        status = kill(["db", "backup", str(target), "--store", where], **given)["status"]
        assert target.exists() or status != 0
        if not target.exists():
            assert kill(["db", "backup", str(target), "--store", where])["status"] == 0
        assert held(str(target)) == expected
        assert [it.name for it in tmp_path.glob(f"{number}.db*")] == [f"{number}.db"]
    assert held(where) == expected


def test_restore(where: str, kind: str, kill: Kill, file: str, registry: Any, tmp_path: Path) -> None:
    saved = str(tmp_path / "saved.db")
    with Store.create(str(tmp_path / "first.db"), by=BY, at=AT) as store:
        add_declarations(store, [file], registry=registry, by=BY, at=AT)
        backup(store, saved)
    verb = ["db", "restore", saved, "--store"]
    with place(kind, tmp_path / "other.db") as other:
        points, seconds = timed(kill, [*verb, other])
    for given in kills(points, seconds, kind):
        kill([*verb, where], **given)
        if is_made(where):
            break
    else:
        assert kill([*verb, where])["status"] == 0
    assert whole(where) == (3, 1)
    # and over what is there: it is the old one, or the new one
    with Store.open(where) as store, store.writing("more", by=BY, at=AT):
        pass
    for given in kills(points, seconds, f"{kind} again")[::2]:
        kill([*verb, where, "--replace", "--yes"], **given)
        if whole(where) == (3, 1):
            break
        assert whole(where) == (4, 1)
    assert kill([*verb, where, "--replace", "--yes"])["status"] == 0
    assert whole(where) == (3, 1)
