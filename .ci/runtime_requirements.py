"""The part of the lock file that the installed package needs to run: its dependencies and theirs.

Further arguments name extras of the package.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def dependencies(package: str) -> set[str]:
    """The names of all that a package (with extras in brackets) needs on this machine, itself included."""
    found: set[tuple[str, str]] = set()
    waiting = [(Requirement(package).name, extra) for extra in ("", *Requirement(package).extras)]
    while waiting:
        name, extra = canonicalize_name(waiting[-1][0]), waiting.pop()[1]
        if (name, extra) in found:
            continue
        found.add((name, extra))
        for need in map(Requirement, requires(name) or []):
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                waiting += [(need.name, more) for more in ("", *need.extras)]
    return {name for name, _ in found}


def main(lock: Path, *extras: str) -> None:
    needed = dependencies(f"kemkoll[{','.join(extras)}]" if extras else "kemkoll")
    pinned = lock.read_text(encoding="utf-8")
    for block in re.findall(r"^[a-z0-9].*(?:\n    --hash.*)+", pinned, re.MULTILINE):
        if canonicalize_name(re.split(r"[=\s]", block, maxsplit=1)[0]) in needed:
            print(block)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
