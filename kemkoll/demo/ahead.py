"""Suppliers' files read by several processes, before it is their turn to be put into the database."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Condition, Thread
from types import TracebackType

from kemkoll.assortment.adding import read_file
from kemkoll.registry import Registry
from kemkoll.structures.processes import in_processes, parts_of
from kemkoll.tables import Declarations

_TOGETHER = 3


class Ahead:
    """What files declare: as a context, it begins to read all of them at once, in their order."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._folder = tempfile.TemporaryDirectory(prefix="kemkoll-demo-")
        self._done: set[str] = set()
        self._told = Condition()
        self._over = False
        self._thread = Thread(target=self._work, daemon=True)

    def __enter__(self) -> Ahead:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.join()
        self._folder.cleanup()

    def read(self, path: str) -> Declarations:
        """What a file declares; it is waited for, and read here where nobody else did."""
        with self._told:
            self._told.wait_for(lambda: self._over or path in self._done)
        kept = Path(self._folder.name, _name(path))
        if path not in self._done or not kept.exists():
            return read_file(path, Registry.open())
        made: Declarations = pickle.loads(kept.read_bytes())
        return made

    def _work(self) -> None:
        try:
            in_processes(read_all, parts_of(self._paths, _TOGETHER), self._folder.name, done=self._tell)
        finally:
            with self._told:
                self._over = True
                self._told.notify_all()

    def _tell(self, part: Sequence[str]) -> None:
        with self._told:
            self._done |= set(part)
            self._told.notify_all()


def read_all(paths: Sequence[str], folder: str) -> int:
    """Read files, and leave what they declare in a folder: how many there were."""
    registry = Registry.open()
    for path in paths:
        Path(folder, _name(path)).write_bytes(pickle.dumps(read_file(path, registry)))
    return len(paths)


def _name(path: str) -> str:
    return sha256(path.encode()).hexdigest()
