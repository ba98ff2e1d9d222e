"""Promises of what belongs to entries: valid numbers, structures, groups, criteria that point somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kemkoll.errors import ListError
from kemkoll.formulas import elements
from kemkoll.identifiers import cas_check_digit, ec_check_digit, parse_inchikey
from kemkoll.lists.compiled import Library
from kemkoll.lists.criteria import parse_source
from kemkoll.lists.folder import Folder
from kemkoll.lists.promises.rows import cells
from kemkoll.structures import find
from kemkoll.tables import PENDING, STRUCTURE

LONGEST_ID = 60
"""Longest id of an entry, in letters."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CAS = re.compile(r"[1-9]\d{1,6}-\d\d-\d", re.ASCII)
_EC = re.compile(r"\d{3}-\d{3}-\d", re.ASCII)
_DRAWN = re.compile(r"SMILES ([^\s;]+)")


def keyed(folder: Folder) -> Iterator[str]:
    """Entry ids are short and plain, and everything else belongs to an entry that exists."""
    known = set(folder.tables["entries"]["entry"])
    for entry, place in cells(folder, "entries", "entry"):
        if not _ID.fullmatch(entry) or len(entry) > LONGEST_ID:
            yield f"{place}: the id “{entry}” must be a-z, 0-9 and -, at most {LONGEST_ID} signs."
    for name in folder.tables:
        for entry, place in cells(folder, name, "entry"):
            if entry not in known:
                yield f"{place}: there is no entry “{entry}”."


def numbered(folder: Folder) -> Iterator[str]:
    """Every member is what its kind says; check digits fit, but for known faults of the publisher."""
    used = set()
    kinds = folder.tables["members"]["kind"]
    for kind, (value, place) in zip(kinds, cells(folder, "members", "value"), strict=True):
        if value in folder.exceptions:
            used.add(value)
        elif not is_member(kind, value):
            yield f"{place}: “{value}” is not a valid {kind}."
    for value, reason in folder.exceptions.items():
        if value not in used or not reason:
            yield f"{folder.place('list.toml')}: the exception “{value}” is not used or has no reason."


def is_member(kind: str, value: str) -> bool:
    """Whether the value is a number, key or element of its kind, written in the one way.

    >>> is_member("cas", "117-81-7"), is_member("cas", "117-81-8"), is_member("ec", "415-180-1")
    (True, False, True)
    """
    if kind == "cas":
        return bool(_CAS.fullmatch(value)) and cas_check_digit(value[:-2]) == int(value[-1])
    if kind == "ec":
        return bool(_EC.fullmatch(value)) and ec_check_digit(value[:-2]) == int(value[-1])
    if kind in ("inchikey", "parent"):
        return parse_inchikey(value) == value
    if kind == "element":
        return elements(value) == {value: 1}
    if kind == "list":
        return parse_source(value) is not None
    return bool(value)


def drawn(folder: Folder) -> Iterator[str]:
    """A key is that of the structure in its note (`SMILES …`), and every parent has such a note.

    A key has no check digit: only its structure shows that a letter of it is wrong.
    """
    members = folder.tables["members"]
    notes = members.get("note", [""] * len(members["kind"]))
    for kind, note, (key, place) in zip(
        members["kind"], notes, cells(folder, "members", "value"), strict=True
    ):
        smiles = _DRAWN.match(note)
        if kind == "parent" and not smiles:
            yield f"{place}: the parent {key} has no note “SMILES …” that shows its structure."
        elif kind in ("parent", "inchikey") and smiles:
            structure = find(smiles[1])
            if structure.inchikey != key:
                yield f"{place}: {smiles[1]} is {structure.inchikey or 'no structure'}, not {key}."
            elif kind == "parent" and structure.parents != key.partition("-")[0]:
                yield f"{place}: {smiles[1]} is no parent: a salt, several substances, or too simple to tell."


def decided(folder: Folder) -> Iterator[str]:
    """Every entry has members or a rule, or one is pending; parents decide where some are; `needs` are
    formulas.
    """
    members, groups = folder.tables["members"], folder.tables["groups"]
    kinds: dict[str, set[str]] = {}
    for entry, kind in zip(members["entry"], members["kind"], strict=True):
        kinds.setdefault(entry, set()).add(kind)
    rules = dict(zip(groups["entry"], groups["rule"], strict=True))
    for entry, place in cells(folder, "entries", "entry"):
        if entry not in kinds and rules.get(entry) not in (PENDING, STRUCTURE):
            yield f"{place}: {entry} has no members and no group rule."
    for entry, rule, needs in zip(groups["entry"], groups["rule"], groups["needs"], strict=True):
        if rule == "parent" and "parent" not in kinds.get(entry, set()):
            yield f"{folder.place('groups.toml')}: {entry} is decided by parents and has none."
        if needs and not elements(needs):
            yield f"{folder.place('groups.toml')}: {entry} needs “{needs}”, which is not a formula."


def pointed(folder: Folder, library: Library) -> Iterator[str]:
    """Every criterion points to a list, and to entries that it has; none leads round in a circle. Every group
    is like one that has a rule of its own.
    """
    if any(folder.tables["groups"]["like"]):
        try:
            library.law(folder.id)
        except ListError as error:
            if not any(str(error).startswith(f"{other}/") for other in library.ids if other != folder.id):
                yield str(error)  # what is wrong in another list is said of that
    members = folder.tables["members"]
    for kind, (value, place) in zip(members["kind"], cells(folder, "members", "value"), strict=True):
        source = parse_source(value) if kind == "list" else None
        if not source:
            continue
        try:
            met = source.meets(library.law(source.list).entries).any()
        except ListError as error:
            yield f"{place}: {error}"
            continue
        if not met:
            yield f"{place}: “{value}” meets no entry."
