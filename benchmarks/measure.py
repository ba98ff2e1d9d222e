"""What a command costs: seconds and, where the system tells, the most memory it held."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Cost:
    """Seconds of the wall clock, peak memory in bytes (0: unknown), and what was printed."""

    seconds: float
    memory: int
    output: str


def run(command: Sequence[str], environment: dict[str, str], *, allowed: tuple[int, ...] = (0,)) -> Cost:
    """The cost of one command from its start to its end."""
    with tempfile.TemporaryFile() as said:
        started = perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=environment, text=True)
        assert process.stdout is not None
        output = process.stdout.read()
        memory = _finish(process)
        seconds = perf_counter() - started
        if process.returncode not in allowed:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.read().decode()}")
    return Cost(seconds, memory, output)


def _finish(process: subprocess.Popen[str]) -> int:
    """Wait for the end of a process; the most memory it held, in bytes, where the system tells."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return int(usage.ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def best(runs: Sequence[Cost]) -> Cost:
    """The quickest of several runs, with the most memory that any of them took."""
    quickest = min(runs, key=lambda cost: cost.seconds)
    return Cost(quickest.seconds, max(cost.memory for cost in runs), quickest.output)


def timed(work: Callable[[], object], repeats: int = 3) -> float:
    """The least of several timings of a piece of work, in seconds."""
    durations = []
    for _ in range(repeats):
        started = perf_counter()
        work()
        durations.append(perf_counter() - started)
    return min(durations)
