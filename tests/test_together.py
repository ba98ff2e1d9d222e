"""Many at once: those who write wait for each other, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from stores import AT, BY, place, where

from kemkoll.assortment import batches
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.proof import kept_digest
from kemkoll.assortment.scope import Scope
from kemkoll.errors import StoreError
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.store import Store, audit, judged
from kemkoll.store.connecting import WAIT
from kemkoll.store.models import AuditEvent, DeclaredArticle, File, Line
from kemkoll.store.once import table_of

assert where  # a fixture
WRITERS = 16
FILES = 2
LINES = 40
ON = "2026-11-22"


def declaration(folder: Path, number: int) -> str:
    """A file of its own articles, and of one that all of them declare."""
    rows = [f"Co {number % 3},N-{number}-{line % 4},,DEHP,117-81-7,{line} ppm" for line in range(LINES - 1)]
    path = folder / f"{number}.csv"
    common = "Co,COMMON,,lead,7439-92-1,0.2 %"
    path.write_text(
        "\n".join(["supplier,article,component,name,cas,amount", *rows, common]), encoding="utf-8"
    )
    return str(path)


def write(at: str, files: list[str]) -> list[str]:
    with Store.open(at) as store:
        made = add_declarations(store, files, registry=Registry.open(), by=BY, at=AT)
    return [added.status for added in made]


def judge(at: str, times: int) -> list[int]:
    registry, made = Registry.open(), []
    with Store.open(at) as store:
        for _ in range(times):
            given = {"source": library_of(), "registry": registry}
            asked = Asked(lists=("eu-reach-candidate",))
            made.append(batches.run(store, Scope(), asked, on=ON, by=BY, at=AT, **given)[0])
    return made


@pytest.mark.slow
def test_16_writers_and_a_running_batch(where: str, registry: Any, tmp_path: Path) -> None:
    Store.create(where, by=BY, at=AT).close()
    with Store.open(where) as store:
        first = declaration(tmp_path, 99)
        add_declarations(store, [first], registry=registry, by=BY, at=AT)
    files = [
        [declaration(tmp_path, writer * FILES + own) for own in range(FILES)] for writer in range(WRITERS)
    ]
    fork = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    with ProcessPoolExecutor(WRITERS + 1, mp_context=fork) as many:
        running = many.submit(judge, where, 3)
        written = [many.submit(write, where, own) for own in files]
        assert [it.result(timeout=120) for it in written] == [["added"] * FILES] * WRITERS
        assert running.result(timeout=120) == [1, 2, 3]
    with Store.open(where) as store, store.reading() as known:
        events = known.connection.execute(select(table_of(AuditEvent).c.id)).scalars().all()
        assert sorted(events) == [*range(1, 2 + 1 + WRITERS * FILES + 3)]
        assert audit.first_broken(known.connection) is None
        total = WRITERS * FILES + 1
        counted = {
            model: known.connection.execute(select(table_of(model).c.id)).scalars().all()
            for model in (File, Line)
        }
        assert sorted(counted[File]) == [*range(1, total + 1)]
        assert sorted(counted[Line]) == [*range(1, total * LINES + 1)]
        table = table_of(DeclaredArticle)
        current = known.connection.execute(select(table.c.article).where(table.c.ended == 0)).scalars().all()
        assert len(current) == len(set(current)) == total * 4 + 1
        digests = judged.batches(known)["digest"].tolist()
        assert digests == [kept_digest(known, number) for number in (1, 2, 3)]


def test_who_writes_while_another_does_waits_and_then_gives_up(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAIT, "0.2")
    first, second = Store.create(where, by=BY, at=AT), Store.open(where)
    with first.writing("long", by=BY, at=AT):
        with (
            pytest.raises(StoreError, match="being written by another program"),
            second.writing("short", by=BY, at=AT),
        ):
            pytest.fail("two write at once")
        with second.reading() as known:
            assert known.seen == 1
    with second.writing("short", by=BY, at=AT) as change:
        assert change.event == 3
    first.close()
    second.close()


def test_who_reads_sees_one_moment(where: str) -> None:
    first, second = Store.create(where, by=BY, at=AT), Store.open(where)
    with second.reading() as known:
        with first.writing("meanwhile", by=BY, at=AT):
            pass
        assert audit.last_event(known.connection) == 1
    with second.reading() as known:
        assert known.seen == 2
    first.close()
    second.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_fifty_events_are_one_chain(kind: str, tmp_path: Path) -> None:
    with place(kind, tmp_path / "k.db") as at, Store.create(at, by=BY, at=AT) as store:
        for number in range(50):
            with store.writing("try", by=BY, at=AT) as change:
                change.about["n"] = number
        with store.reading() as known:
            assert (known.seen, audit.first_broken(known.connection)) == (51, None)
