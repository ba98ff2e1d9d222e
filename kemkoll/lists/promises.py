"""What every list promises, and which lists break it.

Each promise is a function from a list's folder to the sentences that say where it is broken; `PROMISES` is all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import EnumMeta
from pathlib import Path

from kemkoll.errors import ListError
from kemkoll.identifiers import cas_check_digit, ec_check_digit, parse_inchikey
from kemkoll.lists.editions import list_ids
from kemkoll.lists.folder import Columns, Folder, read_folder
from kemkoll.paths import data
from kemkoll.structures import elements
from kemkoll.tables import Basis, Certainty, Condition, Force, Measure, Operator

KINDS = ("cas", "ec", "inchikey", "parent", "element", "group", "material", "function", "list")
"""What a member may be; `group` names something for which the official list gives no number."""
RULES = ("pending", "parent", "members")
"""What may decide a group: no rule yet, the parents among its members, its members alone."""
DATES = {
    "entries": ("published", "since", "until"),
    "limits": ("since", "until"),
    "members": ("since", "until"),
    "derogations": ("since", "until"),
}
WORTH = (Measure.presence, Measure.release, Measure.released_amine)
"""Measures that may do without a share."""
WORDS: dict[tuple[str, str], EnumMeta | tuple[str, ...]] = {
    ("limits", "operator"): Operator,
    ("limits", "basis"): Basis,
    ("limits", "measure"): Measure,
    ("limits", "trace_only"): ("", "yes"),
    ("members", "kind"): KINDS,
    ("members", "certainty"): Certainty,
    ("members", "excluded"): ("", "yes"),
    ("groups", "rule"): RULES,
    ("derogations", "renewal"): ("yes", "no", "unknown"),
}
"""Columns that know a few words only."""


def lint(root: Path | None = None) -> list[str]:
    """Every broken promise of every list, as a sentence that says where; empty if all are kept.

    Args:
        root: the folder of list folders, if not the shipped one.

    >>> lint()
    []
    """
    root = root or data("substance_lists")
    return [broken for id_ in list_ids(root) for broken in _lint_folder(root / id_)]


def _lint_folder(path: Path) -> list[str]:
    try:
        folder = read_folder(path)
    except ListError as error:
        return [str(error)]
    return [broken for promise in PROMISES for broken in promise(folder)]


def described(folder: Folder) -> Iterator[str]:
    """The description is whole: texts, dates, words that mean something, the official count, a README."""
    for key, value in folder.about.items():
        if value == "" and key not in ("condition", "answered_down_to"):
            yield f"{folder.place('list.toml')}: {key} is empty."
    if not (folder.path / "README.md").is_file():
        yield f"{folder.place('README.md')} is missing."
    if folder.about["force"] not in set(Force):
        yield f"{folder.place('list.toml')}: force “{folder.about['force']}” is not one of {', '.join(Force)}."
    if folder.about["applies_to"] not in ("supply", "placed_on_market"):
        yield f"{folder.place('list.toml')}: applies_to must be supply or placed_on_market."
    yield from _wrong_conditions(folder.place("list.toml"), folder.about["condition"])
    for key in ("official_date", "retrieved"):
        if not _is_date(folder.about[key]):
            yield f"{folder.place('list.toml')}: {key} “{folder.about[key]}” is not a date like 2026-11-22."


def counted(folder: Folder) -> Iterator[str]:
    """As many entries are shipped as the publisher counts, and none is younger than the edition."""
    shipped = len(set(folder.tables["entries"]["entry"]))
    if shipped != folder.about["official_count"]:
        yield f"{folder.id} ships {shipped} entries; the publisher counts {folder.about['official_count']}."
    for since, row in _cells(folder.tables["entries"], "since"):
        if since > folder.about["official_date"]:
            yield f"{folder.place('entries.csv', row)}: since {since} is later than the edition."


def keyed(folder: Folder) -> Iterator[str]:
    """Entry ids are short and plain, and everything else belongs to an entry that exists."""
    known = set(folder.tables["entries"]["entry"])
    for entry, row in _cells(folder.tables["entries"], "entry"):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry) or len(entry) > 60:
            yield f"{folder.place('entries.csv', row)}: the id “{entry}” must be a-z, 0-9 and -, at most 60 signs."
    for name, table in folder.tables.items():
        for entry, row in _cells(table, "entry"):
            if entry not in known:
                yield f"{folder.place(_file(name), row)}: there is no entry “{entry}”."


def apart(folder: Folder) -> Iterator[str]:
    """Two rows with one key never hold on the same day."""
    keys = {
        "entries": ("entry",),
        "limits": ("entry", "condition", "basis", "measure", "element"),
        "members": ("entry", "kind", "value"),
        "derogations": ("entry", "id", "use"),
    }
    for name, columns in keys.items():
        table = folder.tables[name]
        periods: dict[tuple[str, ...], list[tuple[str, str, int]]] = {}
        for place, row in enumerate(table["row"]):
            key = tuple(_plain(table[column][place]) for column in columns)
            periods.setdefault(key, []).append((table["since"][place], table["until"][place] or "9999", row))
        for key, spans in periods.items():
            spans.sort()
            for (_, until, first), (since, _, second) in zip(spans, spans[1:], strict=False):
                if since <= until:
                    said = ", ".join(part for part in key if part)
                    yield f"{folder.place(_file(name))}: rows {first} and {second} overlap ({said})."


def dated(folder: Folder) -> Iterator[str]:
    """Dates are ISO dates that begin before they end; every entry and limit has a first day."""
    for name, columns in DATES.items():
        table = folder.tables[name]
        for column in columns:
            for text, row in _cells(table, column):
                if text and not _is_date(text):
                    yield f"{folder.place(_file(name), row)}: {column} “{text}” is not a date like 2026-11-22."
                if not text and column == "since" and name in ("entries", "limits"):
                    yield f"{folder.place(_file(name), row)}: since is empty."
        for since, until, row in zip(table["since"], table["until"], table["row"], strict=True):
            if until and until < since:
                yield f"{folder.place(_file(name), row)}: ends {until}, before it begins on {since}."


def worded(folder: Folder) -> Iterator[str]:
    """Operators, bases, measures, kinds and the like are words that kemkoll knows; conditions too."""
    for (name, column), words in WORDS.items():
        known = [str(word) for word in words]
        for text, row in _cells(folder.tables[name], column):
            if text not in known:
                yield f"{folder.place(_file(name), row)}: {column} “{text}” is not one of {', '.join(known)}."
    for text, row in _cells(folder.tables["limits"], "condition"):
        yield from _wrong_conditions(folder.place("limits.csv", row), text)


def whole(folder: Folder) -> Iterator[str]:
    """Every limit has a share unless its measure needs none, and an element exactly where elements are measured."""
    limits = folder.tables["limits"]
    for text, measure, element, row in zip(
        limits["limit"], limits["measure"], limits["element"], limits["row"], strict=True
    ):
        if not text and measure not in WORTH:
            yield f"{folder.place('limits.csv', row)}: the limit is empty."
        if (measure == Measure.element) != bool(element):
            yield f"{folder.place('limits.csv', row)}: measure {measure} with element “{element}”."
        elif element and elements(element) != {element: 1}:
            yield f"{folder.place('limits.csv', row)}: “{element}” is not an element."


def sourced(folder: Folder) -> Iterator[str]:
    """Every row says where it comes from, and every limit and derogation where it was confirmed."""
    for name, column in (
        ("entries", "name_en"), ("entries", "reason"), ("entries", "reference"), ("limits", "reference"),
        ("limits", "checked"), ("members", "reference"), ("groups", "wording"), ("groups", "reference"),
        ("derogations", "id"), ("derogations", "use"), ("derogations", "reference"), ("derogations", "checked"),
    ):  # fmt: skip
        for place, (text, row) in enumerate(_cells(folder.tables[name], column)):
            if not text:
                which = folder.tables[name]["entry"][place]
                yield f"{folder.place(_file(name), row)}: {which} has no {column}."


def numbered(folder: Folder) -> Iterator[str]:
    """Every member is what its kind says; check digits fit, but for the publisher's own faults, each with a reason."""
    used = set()
    members = folder.tables["members"]
    for kind, value, row in zip(members["kind"], members["value"], members["row"], strict=True):
        if value in folder.exceptions:
            used.add(value)
        elif not _is_member(kind, value):
            yield f"{folder.place('members.csv', row)}: “{value}” is not a valid {kind}."
    for value, reason in folder.exceptions.items():
        if value not in used or not reason:
            yield f"{folder.place('list.toml')}: the exception “{value}” is not used or has no reason."


def decided(folder: Folder) -> Iterator[str]:
    """Every entry has members or a group rule; `needs` are formulas; what the members decide has members."""
    members = folder.tables["members"]
    kinds: dict[str, set[str]] = {}
    for entry, kind in zip(members["entry"], members["kind"], strict=True):
        kinds.setdefault(entry, set()).add(kind)
    groups = folder.tables["groups"]
    rules = dict(zip(groups["entry"], groups["rule"], strict=True))
    for entry, row in _cells(folder.tables["entries"], "entry"):
        if entry not in kinds and rules.get(entry) != "pending":
            yield f"{folder.place('entries.csv', row)}: {entry} has no members and no group rule."
    for entry, rule, needs in zip(groups["entry"], groups["rule"], groups["needs"], strict=True):
        if rule == "parent" and "parent" not in kinds.get(entry, set()):
            yield f"{folder.place('groups.toml')}: {entry} is decided by parents and has none."
        if needs and not elements(needs):
            yield f"{folder.place('groups.toml')}: {entry} needs “{needs}”, which is not a formula."


PROMISES: tuple[Callable[[Folder], Iterable[str]], ...] = (
    described, counted, keyed, apart, dated, worded, whole, sourced, numbered, decided,
)  # fmt: skip


def _cells(table: Columns, column: str) -> Iterator[tuple[str, int]]:
    return zip(table[column], table["row"], strict=True)


def _file(name: str) -> str:
    return f"{name}.toml" if name == "groups" else f"{name}.csv"


def _plain(condition: str) -> str:
    """Conditions in one order, so that two ways of writing one are one."""
    return " ".join(sorted(condition.split(" ")))


def _wrong_conditions(place: str, text: str) -> Iterator[str]:
    for word in text.split():
        if word.removeprefix("!") not in set(Condition):
            yield f"{place}: “{word}” is not a condition that kemkoll knows."


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_member(kind: str, value: str) -> bool:
    """Whether the value is a number, key or element of its kind, written in the one way.

    >>> _is_member("cas", "117-81-7"), _is_member("cas", "117-81-8"), _is_member("ec", "415-180-1")
    (True, False, True)
    """
    if kind == "cas":
        return bool(re.fullmatch(r"[1-9]\d{1,6}-\d\d-\d", value)) and cas_check_digit(value[:-2]) == int(value[-1])
    if kind == "ec":
        return bool(re.fullmatch(r"\d{3}-\d{3}-\d", value)) and ec_check_digit(value[:-2]) == int(value[-1])
    if kind in ("inchikey", "parent"):
        return parse_inchikey(value) == value
    if kind == "element":
        return elements(value) == {value: 1}
    return bool(value)
