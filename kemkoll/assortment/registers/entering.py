"""A buyer's own files in: each once, as a whole, as one event, with everything that is wrong in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from kemkoll.assortment import files
from kemkoll.assortment.registers import bought, followed, parties
from kemkoll.assortment.registers.kinds import KINDS
from kemkoll.assortment.registers.reading import Register, Row, read_register
from kemkoll.assortment.registers.storing import Storing
from kemkoll.declarations import failed
from kemkoll.errors import DeclarationError, ProfileError
from kemkoll.profiles import parse_profile
from kemkoll.sheets import look
from kemkoll.store import Change, Store, judged
from kemkoll.tables import INPUTS, PROBLEMS

PROFILE = "profile"
NAMES = (*KINDS, PROFILE)
"""The kinds of files that a buyer has itself."""
_PUT: dict[str, Callable[[Storing, Sequence[Row]], None]] = {
    "assortment": bought.put_assortment,
    "contracts": parties.put_contracts,
    "categories": parties.put_categories,
    "volumes": bought.put_volumes,
    "successors": followed.put_successors,
    "requests": followed.put_requests,
    "targets": followed.put_targets,
    "lab-results": followed.put_lab_results,
    "suppliers": parties.put_suppliers,
}


@dataclass(frozen=True)
class Entered:
    """What became of one file.

    Attributes:
        file: as the user named it.
        status: `added`, `known` (the same bytes were added before), `failed`.
        problems: `tables.PROBLEMS`.
        inputs: `tables.INPUTS`.
        before: under which name the same bytes were added.
        rows: how many rows of the file say what they are about.
        added, changed, ended: how many rows of the database.
    """

    file: str
    status: str
    problems: pd.DataFrame = field(default_factory=PROBLEMS.empty)
    inputs: pd.DataFrame = field(default_factory=INPUTS.empty)
    before: str = ""
    rows: int = 0
    added: int = 0
    changed: int = 0
    ended: int = 0


@dataclass(frozen=True)
class _Read:
    """A file that was read: its bytes' hash, and what it says."""

    sha256: str
    register: Register | None = None
    profile: tuple[str, str] = ("", "")


def add_registers(
    store: Store,
    paths: Iterable[str],
    kind: str,
    *,
    by: str,
    at: str,
    on: str,
    complete: bool = False,
    supplier: str = "",
    tell: Callable[[Entered], None] = lambda _: None,
) -> list[Entered]:
    """Add a buyer's own files to the database, each as one event.

    Args:
        store: the database.
        paths: where they lie.
        kind: one of `NAMES`.
        by: who adds them.
        at: instant in UTC, ISO text.
        on: the last day of what a complete file no longer lists.
        complete: an assortment lists everything that there is, under its contracts or of its suppliers.
        supplier: whose the rows are, where they do not say.
        tell: is told of each file when it is done.
    """
    made = []
    for file in paths:
        try:
            read = _read(file, kind)
            with store.writing("add", by=by, at=at) as change:
                entered = _enter(change, file, kind, read, Storing(change, on, complete, supplier))
        except DeclarationError as error:
            told = failed(file, error)
            entered = Entered(file, "failed", told.problems, told.inputs)
        made.append(entered)
        tell(entered)
    return made


def _read(file: str, kind: str) -> _Read:
    sha256 = _hash(file)
    if kind != PROFILE:
        return _Read(sha256, read_register(file, KINDS[kind]))
    try:
        text = Path(file).read_text(encoding="utf-8")
        return _Read(sha256, profile=(parse_profile(text, Path(file).name).id, text))
    except UnicodeDecodeError as error:
        raise DeclarationError("{file} is no text in UTF-8.", "register-profile-broken", file=file) from error
    except ProfileError as error:
        said = error.message
        raise DeclarationError(said.sentence, "register-profile-broken", **said.values) from error


def _hash(file: str) -> str:
    """SHA-256 of the file's bytes.

    Raises:
        DeclarationError: there is no such file, or it is a folder, empty or broken.
    """
    look(Path(file))
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def _enter(change: Change, file: str, kind: str, read: _Read, storing: Storing) -> Entered:
    before = files.known_as(change, file, read.sha256)
    if before:
        return Entered(file, "known", before=before)
    files.keep(change, file, files.content(file, read.sha256), form=kind)
    found: list[dict[str, Any]] = []
    rows = 1
    if read.register is None:
        judged.keep_profile(change, *read.profile, imported=True)
        storing.added = 1
    else:
        rows = len(read.register.rows)
        _PUT[kind](storing, read.register.rows)
        found = [*read.register.problems, *storing.problems]
    counts: dict[str, Any] = {"added": storing.added, "changed": storing.changed, "ended": storing.ended}
    change.about.update(file=Path(file).name, sha256=read.sha256, kind=kind, rows=rows)
    change.about.update(counts | {"problems": len(found)})
    return Entered(file, "added", _problems(file, found), rows=rows, **counts)


def _problems(file: str, found: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The problems as `tables.PROBLEMS`."""
    return PROBLEMS.conform(pd.DataFrame([it | {"file": file} for it in found], columns=PROBLEMS.names))
