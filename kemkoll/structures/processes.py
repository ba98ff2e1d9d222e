"""Work on many structures, shared by several processes: threads do not speed RDKit up.

The processes are plain subprocesses: `multiprocessing` would run the caller's main script again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from typing import IO, Any, TypeVar

T = TypeVar("T")

MANY = 3_000
"""From this many structures on, several processes share the work."""
MOST_PROCESSES = 8


def processes() -> int:
    """How many processes share work: one per core that this one may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_PROCESSES, cores)


def in_processes(
    work: Callable[..., Any],
    parts: Iterable[Sequence[Any]],
    *given: Any,
    done: Callable[[Any], None] | None = None,
) -> list[Any]:
    """What a function makes of each part, in order; made by this process where another fails.

    The processes start at once, and a part is worked on as soon as it is there: parts may be made meanwhile.

    Args:
        work: a function of a module, of a part and what is given; all of it and what it returns are JSON.
            It is called with an empty part first.
        parts: the parts, such as lists of texts.
        given: what it gets besides.
        done: told each part that is done.
    """
    others: SimpleQueue[_Other] = SimpleQueue()

    def of_part(part: Sequence[Any]) -> Any:
        other = others.get()
        try:
            made = other.made(part)
        except (OSError, ValueError, KeyError):
            made = work(list(part), *given)
        finally:
            others.put(other)
        if done:
            done(part)
        return made

    started = [_Other(work, given) for _ in range(processes())]
    try:
        for other in started:
            others.put(other)
        with ThreadPoolExecutor(len(started)) as pool:
            return list(pool.map(of_part, parts))
    finally:
        for other in started:
            other.end()


class _Other:
    """Another process, which makes ready for a function of parts as soon as it is started.

    Args:
        work: the function.
        given: what it gets besides a part.
    """

    def __init__(self, work: Callable[..., Any], given: Sequence[Any]) -> None:
        self._call = {"module": work.__module__, "name": work.__name__}
        self._given = given
        self._ready = False
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
            self._ask([])

    def made(self, part: Sequence[Any]) -> Any:
        """What the function makes of a part.

        Raises:
            OSError: the process did not start, or has ended.
            ValueError: what it answers cannot be read.
            KeyError: it answers something else.
        """
        if not self._ready:
            self._answer()
            self._ready = True
        self._ask(part)
        return self._answer()

    def end(self) -> None:
        """Wait for its end: it has nothing left to do."""
        if self._process:
            with suppress(OSError):
                self._process.communicate()

    def _ask(self, part: Sequence[Any]) -> None:
        sink = self._pipes()[0]
        sink.write(json.dumps(self._call | {"given": [list(part), *self._given]}).encode() + b"\n")
        sink.flush()

    def _answer(self) -> Any:
        return json.loads(self._pipes()[1].readline())["made"]

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if not self._process or not self._process.stdin or not self._process.stdout:
            raise OSError("no process")
        return self._process.stdin, self._process.stdout


def serve() -> None:
    """Read what to call, and with what, from each line of stdin; write what it makes to stdout."""
    for line in sys.stdin:
        call = json.loads(line)
        work = getattr(import_module(call["module"]), call["name"])
        print(json.dumps({"made": work(*call["given"])}), flush=True)


def parts_of(all_: Sequence[T], size: int) -> list[Sequence[T]]:
    """Texts or other things in parts of a size.

    >>> parts_of(["a", "b", "c"], 2)
    [['a', 'b'], ['c']]
    """
    return [all_[start : start + size] for start in range(0, len(all_), size)]
