"""The user's own substances: CSV files with `cas,name[,smiles,ec]`, kept under the home folder and compiled
like the rest.

Each file is kept whole, numbered in the order it was added; a later file goes before an earlier one. Adding
never changes what is there, so two processes may add at once.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
from collections.abc import Sequence
from pathlib import Path

from kemkoll.errors import ConfigError
from kemkoll.messages import Message
from kemkoll.registry.sources import OURS, Entry, cas_digits

COLUMNS = ("cas", "name", "smiles", "ec")


def add(file: Path, home: Path) -> int:
    """How many substances were added from a CSV file; the whole file is refused where a row is wrong.

    Raises:
        ConfigError: the file cannot be read, a row is wrong, or the home folder cannot be written.
    """
    rows = _read(file)
    folder = home / "own"
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep(folder, text.getvalue())
    except OSError as error:
        raise ConfigError(
            "{folder} cannot be written ({error}). Set KEMKOLL_HOME to a folder that can.",
            folder=folder,
            error=error,
        ) from error
    return len(rows)


def kept(home: Path) -> list[Path]:
    """The user's files, in the order they were added."""
    folder = home / "own"
    return sorted(folder.glob("[0-9]*.csv")) if folder.is_dir() else []


def label(files: Sequence[Path]) -> str:
    """The name of the shelf that the files make."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return f"own-{digest.hexdigest()[:16]}"


def collect(files: Sequence[Path]) -> dict[int, Entry]:
    """The substances of the user's files."""
    entries: dict[int, Entry] = {}
    for file in files:
        for row in _read(file):
            digits = int(row["cas"].replace("-", ""))
            before = entries.get(digits, Entry(digits))
            smiles = row["smiles"] or before.smiles
            names = [(row["name"], OURS), *before.names]
            ec = row["ec"] or before.ec
            entries[digits] = Entry(
                digits, row["name"], smiles, ec=ec, needs_structure=bool(smiles), names=names
            )
    return entries


def _read(file: Path) -> list[dict[str, str]]:
    """The rows of a file.

    Raises:
        ConfigError: it cannot be read, or a row is wrong.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise ConfigError(
            "{file} cannot be read ({error}). Save it as CSV in UTF-8.", file=file, error=error
        ) from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    headers = {str(header).strip().lower(): header for header in rows.fieldnames or ()}
    if not {"cas", "name"} <= set(headers):
        raise ConfigError(
            "{file}: the first row must name the columns cas and name (and may name smiles and ec).",
            file=file,
        )
    found = []
    for number, row in enumerate(rows, 2):
        values = {name: (row.get(headers.get(name, "")) or "").strip() for name in COLUMNS}
        if any(values.values()):
            _check(values, Message("{file}, row {row}", file=str(file), row=str(number)))
            found.append(values)
    if not found:
        raise ConfigError("{file} has no rows below its first one.", file=file)
    return found


def _check(values: dict[str, str], where: Message) -> None:
    if cas_digits(values["cas"]) is None:
        raise ConfigError(
            "{where}: “{text}” is not a CAS number (form or check digit). Correct it and add again.",
            where=where,
            text=values["cas"],
        )
    if not values["name"]:
        raise ConfigError(
            "{where}: {cas} has no name. Give one and add again.", where=where, cas=values["cas"]
        )
    if values["smiles"]:
        from kemkoll.structures import find

        if not find(values["smiles"]).valid:
            raise ConfigError(
                "{where}: the structure “{text}” cannot be read. Correct it or leave it empty.",
                where=where,
                text=values["smiles"],
            )


def _keep(folder: Path, text: str) -> None:
    """Write the text under the next free number, all of it or nothing."""
    files = kept(folder.parent)
    if any(file.read_text(encoding="utf-8") == text for file in files[-1:]):
        return
    beside = folder / f".{os.getpid()}.tmp"
    beside.write_text(text, encoding="utf-8")
    try:
        _number(beside, folder, len(files) + 1)
    finally:
        beside.unlink(missing_ok=True)


def _number(beside: Path, folder: Path, number: int) -> None:
    """Give the file the first free number from `number` on; another process may take one meanwhile."""
    while True:
        with contextlib.suppress(FileExistsError):
            os.link(beside, folder / f"{number:04d}.csv")
            return
        number += 1
