"""The part of the lock file that the installed package needs to run: its dependencies and theirs."""

from __future__ import annotations

import re
import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def dependencies(package: str) -> set[str]:
    """The names of everything that a package needs on this machine, itself included."""
    found: set[str] = set()
    waiting = [package]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        needs = [Requirement(text) for text in requires(name) or []]
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found


def main(lock: Path) -> None:
    needed = dependencies("kemkoll")
    pinned = lock.read_text(encoding="utf-8")
    for block in re.findall(r"^[a-z0-9].*(?:\n    --hash.*)+", pinned, re.MULTILINE):
        if canonicalize_name(re.split(r"[=\s]", block, maxsplit=1)[0]) in needed:
            print(block)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
