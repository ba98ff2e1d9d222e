"""Downloads of lists that somebody has handed in to look at: kept for a while, named by what is in them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kemkoll.lists.editions import lists_state
from kemkoll.paths import home

_KEPT = 12
"""Offers that are kept: of those after them, the oldest go."""
_ABOUT, _FILES = "about.json", "files"
_LONGEST = 80


@dataclass(frozen=True)
class Offer:
    """Some files, taken for one list.

    Attributes:
        key: SHA-256 of the files and of what was said of them.
        paths: where the files lie, in the order in which they came.
        id_: the id to give the list; empty: that of the download.
        day: the official date; empty: the file says it.
        count: how many entries the publisher says there are; None: nobody said.
    """

    key: str
    paths: tuple[str, ...]
    id_: str
    day: str
    count: int | None


def offer(files: Sequence[tuple[str, bytes]], *, id_: str, day: str, count: int | None) -> str:
    """Keep files to look at; the key by which they are found again.

    Args:
        files: name and content of each.
        id_, day, count: as `Offer` has them.
    """
    said = {"id_": id_, "day": day, "count": count}
    digest = hashlib.sha256(json.dumps(said).encode())
    for name, content in files:
        digest.update(f"\0{name}\0".encode() + hashlib.sha256(content).digest())
    key = digest.hexdigest()
    folder = _root() / key
    if not folder.is_dir():
        _write(folder, files, said)
    folder.touch()
    for old in sorted(_root().iterdir(), key=lambda it: it.stat().st_mtime, reverse=True)[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return key


def offered(key: str) -> Offer | None:
    """What was handed in under a key; None: nothing, or too long ago."""
    folder = _root() / key
    if not re.fullmatch("[0-9a-f]{64}", key) or not folder.is_dir():
        return None
    said = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    return Offer(key, tuple(str(folder / _FILES / name) for name in said.pop("names")), **said)


def lists_stamp() -> str:
    """A digest of the lists as they are: another one as soon as one of them is."""
    return hashlib.sha256(repr(lists_state()).encode()).hexdigest()[:16]


def plain_name(name: str, place: int) -> str:
    r"""A name that a file can have here, whatever it was called where it comes from.

    >>> plain_name("..\\..\\etc/list 2026.xlsx", 0), plain_name("", 1), plain_name("../..", 2)
    ('0-list 2026.xlsx', '1-list', '2-list')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w .()+-]", "_", last).strip(" .")[-_LONGEST:]
    return f"{place}-{kept or 'list'}"


def _write(folder: Path, files: Sequence[tuple[str, bytes]], said: Mapping[str, object]) -> None:
    names = [plain_name(name, place) for place, (name, _) in enumerate(files)]
    _root().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=_root()) as aside:
        fresh = Path(aside) / "new"
        (fresh / _FILES).mkdir(parents=True)
        for name, (_, content) in zip(names, files, strict=True):
            (fresh / _FILES / name).write_bytes(content)
        (fresh / _ABOUT).write_text(json.dumps({**said, "names": names}), encoding="utf-8")
        with suppress(OSError):  # somebody else has just handed in the same
            fresh.rename(folder)


def _root() -> Path:
    return home() / "offered-lists"
