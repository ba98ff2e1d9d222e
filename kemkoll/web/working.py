"""Work that takes longer than a page may: done in processes beside the server, so that pages go on.

What is given to them, and what they give back, are plain values: addresses of databases, bytes, dataclasses.
"""

from __future__ import annotations

import contextlib
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLongError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Any

_KEPT = 64
"""Results that are kept: of the last drafts that people look at."""
_NICER = 5


class Working:
    """The processes, and what they are doing.

    Two kinds of work do not wait for each other: what somebody waits for (`soon`), and what takes minutes
    (`long`).
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pools: dict[str, ProcessPoolExecutor] = {}
        self._done: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = Lock()

    def start(self) -> None:
        """Get the processes ready, so that the first visitor does not wait for them."""
        self._pool("soon").submit(_get_ready)

    def stop(self) -> None:
        """Let the processes end what they do, and begin nothing more."""
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)

    def soon(self, key: Hashable, function: Callable[..., Any], *given: Any) -> Future[Any]:
        """The result of a function, asked for once for each key as long as it is remembered."""
        return self._asked("soon", key, function, given)

    def long(self, key: Hashable, function: Callable[..., Any], *given: Any) -> Future[Any]:
        """The same of what takes minutes: one at a time."""
        return self._asked("long", key, function, given)

    def known(self, key: Hashable) -> Future[Any] | None:
        """What was asked for under a key; None: nothing, or too long ago."""
        return self._done.get(key)

    def forget(self, key: Hashable) -> None:
        """Ask anew the next time."""
        with self._lock:
            self._done.pop(key, None)

    def _asked(
        self, kind: str, key: Hashable, function: Callable[..., Any], given: tuple[Any, ...]
    ) -> Future[Any]:
        with self._lock:
            found = self._done.get(key)
            failed = found is not None and found.done() and found.exception() is not None
            if found is None or failed:
                found = self._done[key] = self._submitted(kind, function, given)
                while len(self._done) > _KEPT:
                    self._done.popitem(last=False)
            self._done.move_to_end(key)
            return found

    def _submitted(self, kind: str, function: Callable[..., Any], given: tuple[Any, ...]) -> Future[Any]:
        try:
            return self._pool(kind).submit(function, *given)
        except BrokenProcessPool:  # one was killed: the next ones are others
            self._pools.pop(kind).shutdown(wait=False)
            return self._pool(kind).submit(function, *given)

    def _pool(self, kind: str) -> ProcessPoolExecutor:
        if kind not in self._pools:
            most = self._workers if kind == "soon" else 1
            self._pools[kind] = ProcessPoolExecutor(most, get_context("spawn"), _be_nice)
        return self._pools[kind]


def _be_nice() -> None:
    """Let pages go first."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICER)


def _get_ready() -> None:
    """What every work needs: the registry and the lists."""
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    Registry.open()
    _ = library_of().ids


def result_in(future: Future[Any], seconds: float) -> tuple[bool, Any]:
    """Whether it is done by then, and the result.

    Raises:
        Exception: what the work has raised.
    """
    try:
        return True, future.result(timeout=seconds)
    except TooLongError:
        if future.done():
            raise
        return False, None
