"""Workbooks as the parts of their archives, to be looked into and to be changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

Change = bytes | Callable[[bytes], bytes] | None
"""What a part becomes: these bytes, what a function makes of it, or nothing: the part is taken away."""


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """An archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of an archive in their order, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(path: Path, changes: Mapping[str, Change]) -> Path:
    """The same archive with parts added, changed or taken away."""
    parts = parts_of(path)
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name]) if callable(change) else change
    return zipped(path, parts)
