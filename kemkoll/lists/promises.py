"""What every list promises, and which lists break it.

Each promise is a function from a list's folder to the sentences that say where it is broken; `PROMISES` is
all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import EnumMeta
from itertools import pairwise
from pathlib import Path

from kemkoll.codes import REASONS
from kemkoll.errors import ListError
from kemkoll.identifiers import cas_check_digit, ec_check_digit, parse_inchikey
from kemkoll.lists.compiled import Library
from kemkoll.lists.criteria import parse_source
from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import MAY_SAY, OUTSIDE, Columns, Folder, read_folder, shipped_count
from kemkoll.structures import elements
from kemkoll.tables import Basis, Certainty, Condition, Force, Measure, Operator

KINDS = ("cas", "ec", "inchikey", "parent", "element", "group", "material", "function", "list")
"""What a member may be; `group` names something for which the official list gives no number."""
RULES = ("pending", "parent", "members")
"""What may decide a group: no rule yet, the parents among its members, its members alone."""
WITHOUT_SHARE = (Measure.presence, Measure.release, Measure.released_amine)
"""Measures whose limit may do without a share."""
DATED = ("entries", "limits", "members", "derogations")
"""Tables whose rows hold from a day to a day."""
KEYS = {
    "entries": ("entry",),
    "limits": ("entry", "condition", "basis", "measure", "element"),
    "members": ("entry", "kind", "value"),
    "derogations": ("entry", "id", "use"),
}
"""Columns that name a row: two rows that agree in them never hold on the same day."""
WORDS: dict[tuple[str, str], EnumMeta | tuple[str, ...]] = {
    ("limits", "operator"): Operator,
    ("limits", "basis"): Basis,
    ("limits", "measure"): Measure,
    ("limits", "trace_only"): ("", "yes"),
    ("limits", "narrower"): ("", "yes"),
    ("members", "kind"): KINDS,
    ("members", "certainty"): Certainty,
    ("members", "excluded"): ("", "yes"),
    ("groups", "rule"): RULES,
    ("derogations", "renewal"): ("yes", "no", "unknown"),
}
"""Columns that know a few words only."""
FILLED = {
    "entries": ("name_en", "reason", "reference"),
    "limits": ("reference", "checked"),
    "members": ("reference",),
    "groups": ("wording", "reference"),
    "derogations": ("id", "use", "reference", "checked"),
}
"""Columns that are never empty: what a row is, and where it comes from."""


def lint(root: Path | None = None) -> list[str]:
    """Every broken promise of every list, as a sentence that says where; empty if all are kept.

    Args:
        root: the folder of list folders, if not the shipped one and the user's own.

    >>> lint()
    []
    """
    library = library_of(root)
    return [broken for id_ in library.ids for broken in _lint_list(library, id_)]


def _lint_list(library: Library, id_: str) -> list[str]:
    try:
        folder = read_folder(library.path(id_))
    except ListError as error:
        return [str(error)]
    return [broken for promise in PROMISES for broken in promise(folder)] + [*pointed(folder, library)]


def pointed(folder: Folder, library: Library) -> Iterator[str]:
    """Every criterion points to a list, and to entries that it has; none leads round in a circle."""
    members = folder.tables["members"]
    for kind, (value, place) in zip(members["kind"], _cells(folder, "members", "value"), strict=True):
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


def described(folder: Folder) -> Iterator[str]:
    """The description is whole: texts, dates, words that mean something, a README."""
    place, about = folder.place("list.toml"), folder.about
    for key, value in about.items():
        if value == "" and key not in ("condition", "answered_down_to", *MAY_SAY):
            yield f"{place}: {key} is empty."
    if about["force"] not in set(Force):
        yield f"{place}: force “{about['force']}” is not one of {', '.join(Force)}."
    for key in MAY_SAY:
        if about[key] and about[key] not in REASONS:
            yield f"{place}: {key} “{about[key]}” is no reason that kemkoll knows."
    if about["applies_to"] not in ("supply", "placed_on_market"):
        yield f"{place}: applies_to must be supply or placed_on_market."
    yield from _wrong_conditions(place, about["condition"])
    for key in ("official_date", "retrieved"):
        if not _is_date(about[key]):
            yield f"{place}: {key} “{about[key]}” is not a date like 2026-11-22."
    if not (folder.path / "README.md").is_file():
        yield f"{folder.place('README.md')} is missing."


def counted(folder: Folder) -> Iterator[str]:
    """As many entries are shipped as the publisher counts, and none is younger than the edition."""
    shipped = shipped_count(folder)
    if shipped != folder.about["official_count"]:
        yield f"{folder.id} ships {shipped} entries; the publisher counts {folder.about['official_count']}."
    for since, place in _cells(folder, "entries", "since"):
        if since > folder.about["official_date"]:
            yield f"{place}: since {since} is later than the edition."


def keyed(folder: Folder) -> Iterator[str]:
    """Entry ids are short and plain, and everything else belongs to an entry that exists."""
    known = set(folder.tables["entries"]["entry"])
    for entry, place in _cells(folder, "entries", "entry"):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry) or len(entry) > 60:
            yield f"{place}: the id “{entry}” must be a-z, 0-9 and -, at most 60 signs."
    for name in folder.tables:
        for entry, place in _cells(folder, name, "entry"):
            if entry not in known:
                yield f"{place}: there is no entry “{entry}”."


def apart(folder: Folder) -> Iterator[str]:
    """Two rows with one key never hold on the same day."""
    for name, columns in KEYS.items():
        table = folder.tables[name]
        periods: dict[tuple[str, ...], list[tuple[str, str, int]]] = {}
        for place, row in enumerate(table["row"]):
            key = tuple(_key(column, table[column][place]) for column in columns)
            periods.setdefault(key, []).append((table["since"][place], table["until"][place] or "9999", row))
        for key, spans in periods.items():
            for (_, until, first), (since, _, second) in pairwise(sorted(spans)):
                if since <= until:
                    said = ", ".join(part for part in key if part)
                    yield f"{folder.place(_file(name))}: rows {first} and {second} overlap ({said})."


def dated(folder: Folder) -> Iterator[str]:
    """Dates are ISO dates that begin before they end; every entry and limit has a first day."""
    for name in DATED:
        for column in ("published", "since", "until") if name == "entries" else ("since", "until"):
            for text, place in _cells(folder, name, column):
                if text and not _is_date(text):
                    yield f"{place}: {column} “{text}” is not a date like 2026-11-22."
                if not text and column == "since" and name in ("entries", "limits"):
                    yield f"{place}: since is empty."
        ends = _cells(folder, name, "until")
        for since, (until, place) in zip(folder.tables[name]["since"], ends, strict=True):
            if until and until < since:
                yield f"{place}: ends {until}, before it begins on {since}."


def worded(folder: Folder) -> Iterator[str]:
    """Operators, bases, measures, kinds and the like are words that kemkoll knows; conditions too."""
    for (name, column), words in WORDS.items():
        known = [str(word) for word in words]
        for text, place in _cells(folder, name, column):
            if text not in known:
                yield f"{place}: {column} “{text}” is not one of {', '.join(known)}."
    for name in ("limits", "derogations"):
        for text, place in _cells(folder, name, "condition"):
            yield from _wrong_conditions(place, text)


def whole(folder: Folder) -> Iterator[str]:
    """Every limit has a share unless its measure needs none; an element stands where elements count."""
    limits = folder.tables["limits"]
    rows = zip(limits["measure"], limits["element"], _cells(folder, "limits", "limit"), strict=True)
    for measure, element, (limit, place) in rows:
        if not limit and measure not in WITHOUT_SHARE:
            yield f"{place}: the limit is empty."
        if (measure == Measure.element) != bool(element):
            yield f"{place}: measure {measure} with element “{element}”."
        elif element and not _is_member("element", element):
            yield f"{place}: “{element}” is not an element."


def sourced(folder: Folder) -> Iterator[str]:
    """Every row says what it is and where it comes from; limits and derogations where they were confirmed."""
    for name, columns in FILLED.items():
        for column in columns:
            cells = _cells(folder, name, column)
            for entry, (text, place) in zip(folder.tables[name]["entry"], cells, strict=True):
                if not text:
                    yield f"{place}: {entry} has no {column}."
    outside = folder.outside
    for column in OUTSIDE:
        for number, text, row in zip(outside["official"], outside[column], outside["row"], strict=True):
            if not text:
                yield f"{folder.place('outside.csv', row)}: {number} has no {column}."


def numbered(folder: Folder) -> Iterator[str]:
    """Every member is what its kind says; check digits fit, but for known faults of the publisher."""
    used = set()
    kinds = folder.tables["members"]["kind"]
    for kind, (value, place) in zip(kinds, _cells(folder, "members", "value"), strict=True):
        if value in folder.exceptions:
            used.add(value)
        elif not _is_member(kind, value):
            yield f"{place}: “{value}” is not a valid {kind}."
    for value, reason in folder.exceptions.items():
        if value not in used or not reason:
            yield f"{folder.place('list.toml')}: the exception “{value}” is not used or has no reason."


def decided(folder: Folder) -> Iterator[str]:
    """Every entry has members or a pending rule; parents decide where some are; `needs` are formulas."""
    members, groups = folder.tables["members"], folder.tables["groups"]
    kinds: dict[str, set[str]] = {}
    for entry, kind in zip(members["entry"], members["kind"], strict=True):
        kinds.setdefault(entry, set()).add(kind)
    rules = dict(zip(groups["entry"], groups["rule"], strict=True))
    for entry, place in _cells(folder, "entries", "entry"):
        if entry not in kinds and rules.get(entry) != "pending":
            yield f"{place}: {entry} has no members and no group rule."
    for entry, rule, needs in zip(groups["entry"], groups["rule"], groups["needs"], strict=True):
        if rule == "parent" and "parent" not in kinds.get(entry, set()):
            yield f"{folder.place('groups.toml')}: {entry} is decided by parents and has none."
        if needs and not elements(needs):
            yield f"{folder.place('groups.toml')}: {entry} needs “{needs}”, which is not a formula."


PROMISES: tuple[Callable[[Folder], Iterable[str]], ...] = (
    described, counted, keyed, apart, dated, worded, whole, sourced, numbered, decided,
)  # fmt: skip


def _cells(folder: Folder, name: str, column: str) -> Iterator[tuple[str, str]]:
    """The texts of a column, each with its place in words."""
    table: Columns = folder.tables[name]
    for text, row in zip(table[column], table["row"], strict=True):
        yield text, folder.place(_file(name), row)


def _file(name: str) -> str:
    return f"{name}.toml" if name == "groups" else f"{name}.csv"


def _key(column: str, text: str) -> str:
    """The text by which rows are the same: a condition's words in one order, all else as it is.

    >>> _key("condition", "textile !leather"), _key("use", "solder for lamps")
    ('!leather textile', 'solder for lamps')
    """
    return " ".join(sorted(text.split())) if column == "condition" else text


def _wrong_conditions(place: str, text: str) -> Iterator[str]:
    for word in text.split():
        if word.removeprefix("!") not in set(Condition):
            yield f"{place}: “{word}” is not a condition that kemkoll knows."


def _is_date(text: str) -> bool:
    """Whether the text is an ISO date.

    >>> _is_date("2026-11-22"), _is_date("20261122"), _is_date("2026-02-30")
    (True, False, False)
    """
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
        well_formed = re.fullmatch(r"[1-9]\d{1,6}-\d\d-\d", value)
        return bool(well_formed) and cas_check_digit(value[:-2]) == int(value[-1])
    if kind == "ec":
        well_formed = re.fullmatch(r"\d{3}-\d{3}-\d", value)
        return bool(well_formed) and ec_check_digit(value[:-2]) == int(value[-1])
    if kind in ("inchikey", "parent"):
        return parse_inchikey(value) == value
    if kind == "element":
        return elements(value) == {value: 1}
    if kind == "list":
        return parse_source(value) is not None
    return bool(value)
