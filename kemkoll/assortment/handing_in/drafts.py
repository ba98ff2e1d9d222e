"""Drafts as rows: files that are kept from the moment they come, until they are signed or discarded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import Draft, Upload
from kemkoll.store.once import next_id

MOST_FILES = 20
"""Files of one draft."""
OPEN, SUBMITTED, DISCARDED = "open", "submitted", "discarded"
_MOST_BYTES = 150
"""Of a file's name: systems allow 255, and kemkoll puts something before it."""
_NOT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069<>:"|?*]+')


@dataclass(frozen=True)
class Handed:
    """One file of a draft.

    Attributes:
        number: row number of its `Upload`.
        size: bytes.
    """

    number: int
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class OfDraft:
    """One draft, as known at a moment.

    Attributes:
        number: `Draft.draft`.
        made: instant in UTC.
        state: `OPEN`, `SUBMITTED`, `DISCARDED`.
        files: in the order in which they came.
    """

    number: int
    supplier: int
    user: int
    made: str
    request: int
    state: str
    files: tuple[Handed, ...]

    @property
    def digest(self) -> str:
        """SHA-256 that says which files it has: whoever signs, signs these and no others."""
        return hashlib.sha256("\n".join(it.sha256 for it in self.files).encode()).hexdigest()


def file_name(written: str) -> str:
    r"""A name for a file, of what its sender calls it: no folders, nothing that steers, not too long.

    >>> file_name("C:\\Users\\Eva\\intyg\u202e 2026.xlsx"), file_name("../../.profile"), file_name("a\0b.csv")
    ('intyg 2026.xlsx', 'profile', 'a b.csv')
    >>> file_name("å" * 300 + ".xlsx").endswith("å.xlsx"), file_name(" .. ")
    (True, 'file')
    """
    last = re.split(r"[/\\]", written)[-1]
    name = " ".join(_NOT_IN_NAMES.sub(" ", last).split()).strip(". ") or "file"
    stem, dot, suffix = name.rpartition(".")
    suffix = dot + suffix if stem and len(suffix) < 10 else ""
    stem = stem if suffix else name
    while len((stem + suffix).encode("utf-8", "replace")) > _MOST_BYTES:
        stem = stem[:-1]
    return stem + suffix


def begin(change: Change, *, supplier: int, user: int, request: int = 0) -> int:
    """A new draft; its number.

    Args:
        request: `Request.request` that it answers.
    """
    number = next_id(change.connection, Draft)
    row = {"draft": number, "supplier": supplier, "user": user, "made": change.at, "request": request}
    kept.add(change, Draft, [row])
    change.about.update(draft=number)
    return number


def put(change: Change, draft: int, files: Sequence[tuple[str, bytes]]) -> list[str]:
    """Keep files in a draft: the names of those that it has already, byte for byte, and that were left out.

    Args:
        files: what each is called, and its bytes.

    Raises:
        ConfigError: there would be too many.
    """
    there = _files(change, draft)
    known, same, rows = {it.sha256 for it in there}, [], []
    for written, content in files:
        name, sha256 = file_name(written), hashlib.sha256(content).hexdigest()
        if sha256 in known:
            same.append(name)
            continue
        known.add(sha256)
        rows.append(
            {"draft": draft, "name": name, "sha256": sha256, "size": len(content), "content": content}
        )
    if len(there) + len(rows) > MOST_FILES:
        raise ConfigError(
            N_("One draft holds {most} files at most. Begin another for the rest."), most=MOST_FILES
        )
    kept.add(change, Upload, rows)
    named = [{name: row[name] for name in ("name", "sha256")} for row in rows]
    change.about.update(draft=draft, files=named)
    return same


def take_out(change: Change, draft: int, upload: int) -> None:
    """Take a file out of an open draft.

    Raises:
        ConfigError: the draft is not open, or has no such file.
    """
    there = opened(change, draft)
    if upload not in {it.number for it in there.files}:
        raise ConfigError(N_("The draft has no such file."))
    kept.end(change, Upload, [upload])
    change.about.update(draft=draft, out=upload)


def discard(change: Change, draft: int) -> None:
    """Give an open draft up. Its files are kept, and count for nothing.

    Raises:
        ConfigError: the draft is not open.
    """
    opened(change, draft)
    close(change, draft, DISCARDED)


def close(change: Change, draft: int, state: str) -> None:
    """End a draft in some state."""
    kept.put(change, Draft, ["draft"], [{"draft": draft, "state": state}])
    change.about.update(draft=draft)


def opened(known: Known, draft: int) -> OfDraft:
    """A draft that is open.

    Raises:
        ConfigError: it is not.
    """
    found = draft_of(known, draft)
    if found is None or found.state != OPEN:
        raise ConfigError(N_("This draft is no longer open: it was handed in or discarded. Begin a new one."))
    return found


def draft_of(known: Known, draft: int) -> OfDraft | None:
    """A draft; None: there is none."""
    rows = kept.frame(known, Draft, draft=draft).to_dict("records")
    return _draft(known, rows[0]) if rows else None


def drafts_of(known: Known, supplier: int) -> list[OfDraft]:
    """The drafts of a supplier that were not discarded, newest first."""
    rows = kept.frame(known, Draft, supplier=supplier, state=[OPEN, SUBMITTED]).to_dict("records")
    return sorted((_draft(known, row) for row in rows), key=lambda it: -it.number)


def content_of(known: Known, upload: int) -> bytes:
    """The bytes of a file, as they came."""
    return bytes(kept.frame(known, Upload, only=("content",), id=upload)["content"].iloc[0])


def _draft(known: Known, row: Mapping[Any, Any]) -> OfDraft:
    number = int(row["draft"])
    return OfDraft(
        number, int(row["supplier"]), int(row["user"]), str(row["made"]), int(row["request"]),
        str(row["state"]), _files(known, number),
    )  # fmt: skip


def _files(known: Known, draft: int) -> tuple[Handed, ...]:
    rows = kept.frame(known, Upload, only=("id", "name", "sha256", "size"), draft=draft)
    return tuple(
        Handed(int(row["id"]), str(row["name"]), str(row["sha256"]), int(row["size"]))
        for row in rows.to_dict("records")
    )
