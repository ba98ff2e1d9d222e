"""A million lines into a database, judged out of it, and one article looked up.

Run as a program, it does one of these and prints what it took as JSON, so that its memory is measured too:

    python -m benchmarks.storing add DATABASE FILE
    python -m benchmarks.storing batch DATABASE DATE
    python -m benchmarks.storing after DATABASE DATE
    python -m benchmarks.storing article DATABASE
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from kemkoll.cli import GARBAGE

LISTS = ("eu-reach-candidate", "eu-rohs", "phthalates")
BY, AT = "bench", "2026-11-22T10:00:00Z"
ARTICLE = 12_345


def add(where: str, file: str) -> dict[str, float]:
    """Seconds to store one file that has been read, and to read and check it without storing it."""
    from kemkoll.assortment import adding
    from kemkoll.registry import Registry
    from kemkoll.store import Store

    registry = Registry.open()
    started = perf_counter()
    read = adding.read_file(file, registry)  # what comes before the transaction, told apart from it
    middle = perf_counter()
    with Store.create(where, by=BY, at=AT) as store:
        made = perf_counter()
        added = adding._add(store, file, read, BY, AT, "", "")
    assert added.status == "added"
    return {"read": middle - started, "make": made - middle, "store": perf_counter() - made}


def batch(where: str, on: str) -> dict[str, float]:
    """Seconds to judge everything, reading it included, and to keep what followed."""
    from kemkoll.assortment import batches
    from kemkoll.assortment.plans import Asked
    from kemkoll.assortment.scope import Scope
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry
    from kemkoll.store import Store

    registry, asked = Registry.open(), Asked(lists=LISTS)
    with Store.open(where) as store:
        started = perf_counter()
        with store.reading() as known:
            made = batches.judge(known, Scope(), asked, on=on, source=library_of(), registry=registry)
        judged = perf_counter() - started
        started = perf_counter()
        batches.run(store, Scope(), asked, on=on, by=BY, at=AT, source=library_of(), registry=registry)
        whole = perf_counter() - started
    return {"judge": judged, "whole": whole, "verdicts": len(made.verdicts)}


def after(where: str, on: str) -> dict[str, float]:
    """Seconds to judge what the last batch judged when four entries have come; the first time, and when every
    substance as written has been read before.
    """
    from benchmarks.newer import Newer, declared
    from kemkoll.assortment import rebatching
    from kemkoll.registry import Registry
    from kemkoll.store import Store, judged

    registry = Registry.open()
    with Store.open(where) as store:
        with store.reading() as known:
            base = int(judged.batches(known)["id"].max())
        taken = []
        for first in range(4):
            source = Newer(LISTS[0], declared(first), on)
            started = perf_counter()
            _, why = rebatching.run_after(
                store, base, on=None, by=BY, at=AT, source=source, registry=registry
            )
            taken.append(perf_counter() - started)
            assert not why, why
    return {"first": taken[0], "after": min(taken[1:])}


def article(where: str) -> dict[str, float]:
    """Seconds to have the declarations of one article, with the cells they stood in, the second time."""
    from kemkoll.assortment.scope import articles
    from kemkoll.store import Store, declared

    with Store.open(where) as store, store.reading() as known:
        every = articles(known)
        one = every[every["article"] == min(ARTICLE, len(every))]
        taken = least(lambda: declared.standing(known, one, places=True), 5)
    return {"article": taken}


@contextmanager
def database(server: str) -> Iterator[str]:
    """The address of a database of its own on a PostgreSQL server, for as long as the block lasts."""
    from sqlalchemy import create_engine, text

    from kemkoll.store.connecting import address

    name = f"kemkoll_bench_{os.getpid()}"
    engine = create_engine(address(server), isolation_level="AUTOCOMMIT")
    try:
        yield address(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        engine.dispose()


def least(work: Callable[[], Any], times: int) -> float:
    durations = []
    for _ in range(times):
        started = perf_counter()
        work()
        durations.append(perf_counter() - started)
    return min(durations)


if __name__ == "__main__":
    gc.set_threshold(*GARBAGE)  # as the program does
    work: dict[str, Callable[..., dict[str, float]]]
    work = {"add": add, "batch": batch, "after": after, "article": article}
    json.dump(work[sys.argv[1]](*sys.argv[2:]), sys.stdout)
