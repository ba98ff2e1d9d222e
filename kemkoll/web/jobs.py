"""The batches that people have asked for here: which wait, which are being judged, which have failed."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from threading import Lock
from typing import Any

from kemkoll.errors import KemkollError
from kemkoll.i18n import N_
from kemkoll.messages import Message

_KEPT = 20
KILLED = N_(
    "The process that judged was ended before it was done. A batch is kept whole or not at all: if it is not "
    "in the list, nothing of it was kept. Start it again."
)
FAILED = N_(
    "Something went wrong in kemkoll itself, and nothing was kept. Tell an administrator what you did and "
    "when."
)


@dataclass(frozen=True)
class Job:
    """A batch that was asked for.

    Attributes:
        number: of the job, not of the batch.
        by, at: who asked for it, and when.
        asked: what for: fields of the form.
        future: gives the number of the batch.
    """

    number: int
    by: str
    at: str
    asked: Mapping[str, Any]
    future: Future[int]

    @property
    def batch(self) -> int:
        """The number of the batch; 0: there is none yet, or none will come."""
        return self.future.result() if self.future.done() and self.failure is None else 0

    @property
    def failure(self) -> Message | None:
        """Why no batch came of it; None: it has come, or may still come."""
        if not self.future.done():
            return None
        try:
            error = self.future.exception()
        except CancelledError:
            return Message(KILLED)
        if error is None:
            return None
        if isinstance(error, KemkollError):
            return error.message
        return Message(KILLED) if isinstance(error, BrokenProcessPool) else Message(FAILED)


class Jobs:
    """The last ones, in memory; what they make is in the database."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self._lock = Lock()

    def add(self, future: Future[int], *, by: str, at: str, asked: Mapping[str, Any]) -> Job:
        """Remember one that was asked for; one that is asked for twice is the same."""
        with self._lock:
            for job in self._jobs:
                if job.future is future:
                    return job
            made = Job(self._jobs[-1].number + 1 if self._jobs else 1, by, at, asked, future)
            self._jobs = [*self._jobs[-_KEPT:], made]
            return made

    def of(self, number: int) -> Job | None:
        """One of them; None: there is none, or it was long ago."""
        return next((job for job in self._jobs if job.number == number), None)

    @property
    def open(self) -> list[Job]:
        """Those that no batch has come of: not yet, or not at all; the newest first."""
        return [job for job in reversed(self._jobs) if not job.batch]
