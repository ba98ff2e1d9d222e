"""Work on many structures, shared by several processes: threads do not speed RDKit up.

The processes are plain subprocesses: `multiprocessing` would run the caller's main script again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

MANY = 3_000
"""From this many structures on, several processes share the work."""
MOST_PROCESSES = 8


def processes() -> int:
    """How many processes share work: one per core that this one may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_PROCESSES, cores)


def in_processes(
    work: Callable[..., Any],
    parts: Sequence[Sequence[str]],
    *given: Any,
    done: Callable[[int], None] | None = None,
) -> list[Any]:
    """What a function makes of each part of some texts, in order; made by this process where another fails.

    Args:
        work: a function of a module, of texts and what is given; all of it and what it returns are JSON.
        parts: the texts.
        given: what it gets besides.
        done: told how many texts of a part are done.
    """

    def of_part(part: Sequence[str]) -> Any:
        call = {"module": work.__module__, "name": work.__name__, "given": [list(part), *given]}
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
        try:
            ran = subprocess.run(
                command, input=json.dumps(call).encode(), capture_output=True, env=environment, check=True
            )
            made = json.loads(ran.stdout)["made"]
        except (OSError, subprocess.SubprocessError, ValueError, KeyError):
            made = work(list(part), *given)
        if done:
            done(len(part))
        return made

    with ThreadPoolExecutor(processes()) as pool:
        return list(pool.map(of_part, parts))


def serve() -> None:
    """Read what to call, and with what, from stdin; write what it makes to stdout."""
    call = json.load(sys.stdin)
    work = getattr(import_module(call["module"]), call["name"])
    sys.stdout.write(json.dumps({"made": work(*call["given"])}))


def parts_of(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    """The texts in parts of a size.

    >>> parts_of(["a", "b", "c"], 2)
    [['a', 'b'], ['c']]
    """
    return [texts[start : start + size] for start in range(0, len(texts), size)]
