"""Runs kemkoll's verbs in children that are killed in the middle: a program that is told what to do by lines.

Each line of stdin is JSON: `verb` (a command line, or `["batch", where, on]`), and either `point` (the child
kills itself when it has come to that many statements, commits and copies) or `delay` (seconds after which it
is killed from outside). Each is answered with JSON: `status` (negative: the signal) and `points`, how many it
came to. The children are forks, so that pandas is imported once.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any

BY, AT = "Anna", "2026-11-22T10:00:00.000Z"


def main() -> None:
    import pandas
    import psycopg
    from alembic import command

    del pandas, psycopg, command
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(in_child(asked)), flush=True)


def in_child(asked: dict[str, Any]) -> dict[str, Any]:
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.close(inlet)
        run(asked, outlet)
    os.close(outlet)
    if "delay" in asked:
        time.sleep(asked["delay"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(inlet, "rb") as told:
        points = len(told.read())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"status": status, "points": points}


def run(asked: dict[str, Any], outlet: int) -> None:
    """Do what is asked in this process, and end it."""
    left = asked.get("point", 0)

    def tick(*_: object) -> None:
        nonlocal left
        os.write(outlet, b".")
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    listen(tick)
    status = 99
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = batch(*asked["verb"][1:]) if asked["verb"][0] == "batch" else verb(asked["verb"])
    finally:
        os._exit(status)


def verb(args: list[str]) -> int:
    from kemkoll.cli import cli

    return int(cli.main(args, standalone_mode=False))


def batch(where: str, on: str) -> int:
    from kemkoll.assortment import batches
    from kemkoll.assortment.plans import Asked
    from kemkoll.assortment.scope import Scope
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry
    from kemkoll.store import Store

    asked = Asked(lists=("eu-reach-candidate",))
    with Store.open(where) as store:
        given = {"source": library_of(), "registry": Registry.open()}
        batches.run(store, Scope(), asked, on=on, by=BY, at=AT, **given)
    return 0


def listen(tick: Callable[..., None]) -> None:
    """Call `tick` before every statement, commit and copy: in SQLite before every row."""
    import psycopg
    from sqlalchemy import Engine, event

    @event.listens_for(Engine, "connect")
    def connected(connection: Any, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(tick)

    @event.listens_for(Engine, "before_cursor_execute")
    def executes(connection: Any, *_: object) -> None:
        if connection.dialect.name != "sqlite":
            tick()

    event.listen(Engine, "commit", tick)
    copy, write, commit = psycopg.Cursor.copy, psycopg.Copy.write, psycopg.Connection.commit

    def ticking(work: Callable[..., Any]) -> Callable[..., Any]:
        def own(*args: Any, **given: Any) -> Any:
            tick()
            made = work(*args, **given)
            tick()
            return made

        return own

    psycopg.Cursor.copy = ticking(copy)  # type: ignore[method-assign]
    psycopg.Copy.write = ticking(write)  # type: ignore[method-assign]
    psycopg.Connection.commit = ticking(commit)  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
