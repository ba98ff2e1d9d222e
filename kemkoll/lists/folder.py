"""One list's folder as read: its tables as written, its description, its hash."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kemkoll.errors import ListError
from kemkoll.messages import Message
from kemkoll.paths import State, state_of
from kemkoll.quantities import parse_amount
from kemkoll.structures.rules import RULE_KEYS, RuleError, conditions, read_rule
from kemkoll.tables import DEROGATIONS, ENTRIES, LIMITS, MEMBERS, STRUCTURE, Measure, Table

TABLES = {"entries": ENTRIES, "limits": LIMITS, "members": MEMBERS, "derogations": DEROGATIONS}
"""The tables that a list keeps as CSV; the file's columns are the table's without `list`."""
WORDS = {"limits": {"limit": "limit_ppt"}, "derogations": {"limit": "limit_ppt", "floor": "floor_ppt"}}
"""Columns that hold a share in the law's words, and the columns that hold it as a number."""
NOT_IN_FILES = {"list", "force", "narrower", "unasked"}
"""Columns that files may leave out: the folder names the list, a limit has its force, and what is asked about
a profile says.
"""
EXTRA = {"note", "force", "narrower"}
"""Columns that a file may have besides: a remark for the reader, and what is said of single limits."""
OUTSIDE = ("official", "name_en", "name_sv", "why_en", "why_sv", "reference")
"""Columns of outside.csv: official entries that set no limit for articles, each with the reason."""
TEXTS = (
    "id", "title_en", "title_sv", "act", "publisher", "url", "licence", "source", "retrieved", "read",
    "means_en", "means_sv", "force", "condition", "applies_to", "answered_down_to", "official_date",
)  # fmt: skip
"""What list.toml says in words."""
NUMBERS = ("official_count", "expect_every_days")
"""What list.toml says in whole numbers."""
REASONS_OF_LIST = ("above_reason", "listed_reason")
"""What list.toml may say in reason codes."""
SHORT, MOST_LETTERS = ("short_en", "short_sv"), 24
"""The titles that stand over narrow columns, and how long they may be."""
MAY_SAY = (*REASONS_OF_LIST, *SHORT)
"""What list.toml may leave unsaid."""
GROUP_TEXTS = ("rule", "like", "needs", "wording", "undecided_en", "undecided_sv", "reference")
"""What groups.toml says of each group in words."""

Columns = dict[str, list[Any]]


@dataclass
class Folder:
    """A list as its folder has it.

    Attributes:
        about: what list.toml says.
        tables: columns of each table, texts as written beside the numbers read from them; `row` is the row in
            the file.
        outside: official entries that set no limit for articles, columns of `OUTSIDE`.
        exceptions: official numbers whose check digit is wrong at the publisher, with the reason each.
        sha256: of the files in name order, with LF line ends.
    """

    id: str
    path: Path
    about: dict[str, Any]
    tables: dict[str, Columns] = field(default_factory=dict)
    outside: Columns = field(default_factory=dict)
    exceptions: dict[str, str] = field(default_factory=dict)
    sha256: str = ""

    def place(self, name: str, row: int = 0) -> str:
        """Where something stands, for a message: `eu-rohs/limits.csv, row 4`."""
        return f"{self.id}/{name}" + (f", row {row}" if row else "")

    def error(self, said: Message, name: str, row: int = 0) -> ListError:
        """The error that says what is wrong at a place."""
        file = f"{self.id}/{name}"
        if not row:
            return ListError("{file}: {said}", file=file, said=said)
        return ListError("{file}, row {row}: {said}", file=file, row=str(row), said=said)


def shipped_count(folder: Folder) -> int:
    """How many of the publisher's entries the folder has: rows with one official number are one entry."""
    entries = folder.tables["entries"]
    inside = {
        official or entry for official, entry in zip(entries["official"], entries["entry"], strict=True)
    }
    return len(inside | set(folder.outside["official"]))


def read_folder(path: Path) -> Folder:
    """The list that lies in the folder.

    Raises:
        ListError: a file is missing or cannot be read; the message names file and row.
    """
    if not (path / "list.toml").is_file():
        raise ListError(
            "The substance list {list} has no list.toml in {folder}.", list=path.name, folder=path
        )
    files = folder_files(path)
    folder = Folder(path.name, path, {}, sha256=hash_of(files))
    texts = {name: _decode(folder, name, raw) for name, raw in files.items()}
    _read_about(folder, texts["list.toml"])
    for name, table in TABLES.items():
        folder.tables[name] = _read_rows(folder, name, table, texts.get(f"{name}.csv"))
        _read_words(folder, name)
    folder.tables["groups"] = _read_groups(folder, texts.get("groups.toml", ""))
    folder.outside = _read_cells(folder, "outside.csv", OUTSIDE, texts.get("outside.csv", ",".join(OUTSIDE)))
    return folder


def known_folder(path: Path) -> Folder:
    """The same, read again only where a file of it has changed. It belongs to all who ask: only look at it.

    Raises:
        ListError: as `read_folder`.

    >>> from kemkoll.paths import data
    >>> rohs = data("substance_lists") / "eu-rohs"
    >>> known_folder(rohs) is known_folder(rohs)
    True
    """
    return _known_folder(path, state_of([path]))


@lru_cache(maxsize=64)
def _known_folder(path: Path, state: State) -> Folder:
    del state
    return read_folder(path)


def folder_files(path: Path) -> dict[str, bytes]:
    """The files of a list's folder by name, in name order, with LF line ends."""
    return {
        file.name: file.read_bytes().replace(b"\r\n", b"\n")
        for file in sorted(path.iterdir())
        if file.is_file() and not file.name.startswith(".")
    }


def hash_of(files: dict[str, bytes]) -> str:
    """The SHA-256 of a list: of its files in name order."""
    return hashlib.sha256(b"".join(files.values())).hexdigest()


def _decode(folder: Folder, name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise folder.error(Message("This is not UTF-8 text ({error}).", error=str(error)), name) from error


def _toml(folder: Folder, name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise folder.error(Message("This is not valid TOML ({error}).", error=str(error)), name) from error


def _read_about(folder: Folder, text: str) -> None:
    about = _toml(folder, "list.toml", text)
    folder.exceptions = about.pop("check_digit_exceptions", {})
    about = dict.fromkeys(MAY_SAY, "") | about
    for key in (*TEXTS, *MAY_SAY):
        if not isinstance(about.get(key), str):
            raise folder.error(Message("It must say {key} as text.", key=key), "list.toml")
    for key in NUMBERS:
        if not isinstance(about.get(key), int):
            raise folder.error(Message("It must say {key} as a whole number.", key=key), "list.toml")
    if unknown := about.keys() - {*TEXTS, *NUMBERS, *MAY_SAY}:
        raise folder.error(
            Message("It has keys that mean nothing: {names}.", names=", ".join(sorted(unknown))), "list.toml"
        )
    if about["id"] != folder.id:
        raise folder.error(
            Message("It says id {id}, and the folder is {folder}.", id=about["id"], folder=folder.id),
            "list.toml",
        )
    about["answered_down_to_ppt"] = _share(folder, about["answered_down_to"], "list.toml")
    folder.about = about


def _read_rows(folder: Folder, name: str, table: Table, text: str | None) -> Columns:
    """The file's columns, each a list of texts, and `row`: where each row stands."""
    file = f"{name}.csv"
    words = {ppt: word for word, ppt in WORDS.get(name, {}).items()}
    in_file = [column for column in table.names if column not in NOT_IN_FILES]
    columns = list(dict.fromkeys(words.get(column, column) for column in in_file))
    if text is None:
        raise folder.error(Message("The file is missing. One with nothing in it has the header alone."), file)
    made = _read_cells(folder, file, columns, text)
    unsaid = {column for column in table.names if column in NOT_IN_FILES} - made.keys()
    return made | {column: [""] * len(made["row"]) for column in unsaid}


def _read_cells(folder: Folder, file: str, columns: Sequence[str], text: str) -> Columns:
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    if [column for column in header if column not in EXTRA] != [*columns]:
        raise folder.error(Message("The columns must be {names}.", names=", ".join(columns)), file, 1)
    body = list(_whole_rows(folder, file, rows, len(header)))
    made: Columns = {column: [row[place] for _, row in body] for place, column in enumerate(header)}
    return made | {"row": [number for number, _ in body]}


def _whole_rows(folder: Folder, file: str, rows: Any, width: int) -> Iterator[tuple[int, list[str]]]:
    number = 2
    for row in rows:
        if row and len(row) != width:
            raise folder.error(
                Message("The row has {n} cells; the header has {width}.", n=len(row), width=width),
                file,
                number,
            )
        if row:
            yield number, row
        number = rows.line_num + 1


def _read_words(folder: Folder, name: str) -> None:
    """Shares in words, read to numbers: each distinct one once. A limit on release stays in words."""
    columns = folder.tables[name]
    for word, ppt in WORDS.get(name, {}).items():
        known: dict[str, int] = {}
        measures = columns.get("measure", [""] * len(columns["row"]))
        shares = [
            released_share(text) if measure == Measure.release else text
            for text, measure in zip(columns[word], measures, strict=True)
        ]
        for text, row in zip(shares, columns["row"], strict=True):
            if text not in known:
                known[text] = _share(folder, text, f"{name}.csv", row)
        columns[ppt] = [known[text] for text in shares]


def released_share(text: str) -> str:
    """The share at the head of a limit on release, where it is one of mass: no more can be released than is
    there.

    >>> released_share("1 mg/kg, extracted"), released_share("0.5 µg/cm²/week")
    ('1 mg/kg', '')
    """
    met = re.match(r"[\d.,]+ ?(%|mg/kg|ppm|ppb)(?![\w/])", text)
    return met[0] if met else ""


def _share(folder: Folder, text: str, name: str, row: int = 0) -> int:
    """The share as a whole number of 10⁻¹² kg/kg; 0 for none."""
    if not text:
        return 0
    amount = parse_amount(text)
    if amount is None or amount.code or amount.low_ppt != amount.high_ppt:
        said = Message("“{text}” is not one exact share. Write it like “0.1 %” or “75 mg/kg”.", text=text)
        raise folder.error(said, name, row)
    return amount.low_ppt


def _read_groups(folder: Folder, text: str) -> Columns:
    """Groups as columns; the file has one TOML table per entry.

    `like` is the group whose rule it has (“eu-pops/pcb”), and `table` the group as it is written.
    """
    groups = _toml(folder, "groups.toml", text)
    for entry, group in groups.items():
        own = {*GROUP_TEXTS} | (RULE_KEYS if isinstance(group, dict) and "like" not in group else set())
        if not isinstance(group, dict) or group.keys() - own:
            raise folder.error(
                Message(
                    "[{entry}] must say {names}, what its rule asks, and nothing else.",
                    entry=entry,
                    names=", ".join(GROUP_TEXTS),
                ),
                "groups.toml",
            )
    made: Columns = {
        column: [str(group.get(column, "")) for group in groups.values()] for column in GROUP_TEXTS
    }
    made["conditions"] = [_conditions(folder, entry, group) for entry, group in groups.items()]
    return made | {"entry": list(groups), "table": [*groups.values()], "row": [0] * len(groups)}


def _conditions(folder: Folder, entry: str, group: dict[str, Any]) -> str:
    """What the group's own rule asks; "": it has none, or that of another."""
    if group.get("rule") != STRUCTURE or group.get("like"):
        return ""
    try:
        read_rule(group)
    except RuleError as error:
        said = Message("[{entry}] has a rule that cannot be read: {error}.", entry=entry, error=str(error))
        raise folder.error(said, "groups.toml") from error
    return conditions(group)
