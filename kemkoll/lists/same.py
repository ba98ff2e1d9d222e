"""Which entries of a download are entries that a list has already."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kemkoll.lists.folder import Columns
from kemkoll.lists.importers import Export


def same_entries(export: Export, tables: Mapping[str, Columns]) -> dict[str, list[str]]:
    """For each key of the download the entries in force that it is; keys that are new are not in it.

    The publisher's number decides, which several entries may share; then the name with the reason; then the
    name; then the numbers, where they lead to one entry alone and no other key leads there. Of a download
    that names substances one by one, a substance whose numbers the list has all is no new entry.

    Args:
        export: the download.
        tables: the list's own, as its folder has them.
    """
    entries, keys = tables["entries"], export.entries
    rows = [
        (official, name, reason, entry)
        for official, name, reason, entry, until in zip(
            *(entries[column] for column in ("official", "name_en", "reason", "entry", "until")), strict=True
        )
        if not until
    ]
    by_official = _places((official, entry) for official, _, _, entry in rows)
    found = {
        key: by_official[official]
        for key, official in zip(keys["key"], keys["official"], strict=True)
        if official in by_official
    }
    named = [*zip(keys["key"], keys["name_en"], keys["reason"], strict=True)]
    for say in (_name_and_reason, _name_alone):
        taken = {entry for ids in found.values() for entry in ids}
        places = _places((say(name, reason), entry) for _, name, reason, entry in rows if entry not in taken)
        left = [(key, say(name, reason)) for key, name, reason in named if key not in found]
        shared = Counter(said for _, said in left)
        found |= {key: places[said] for key, said in left if len(places.get(said, ())) == 1 == shared[said]}
    there = {entry for *_, entry in rows}
    found |= _by_numbers(export, tables["members"], found, there)
    return found | (_within(export, tables["members"], found, there) if export.one_by_one else {})


def _name_and_reason(name: str, reason: str) -> str:
    return f"{plain_name(name)} {plain_reason(reason)}"


def _name_alone(name: str, _reason: str) -> str:
    return plain_name(name)


def plain_name(name: str) -> str:
    """A name without case, blanks, signs and marks: exports differ in them from year to year.

    >>> plain_name("4,4’- Diaminodiphenylmethane (MDA)"), plain_name("boric acid [1]")
    ('44diaminodiphenylmethanemda', 'boricacid')
    """
    return re.sub(r"[\W_]+", "", re.sub(r"\[\d{1,3}\]", "", name.casefold()))


def plain_reason(reason: str) -> str:
    """A reason without the remarks of the list about it, its parts in one order.

    >>> plain_reason("57(f) endocrine disrupting (since 2017-07-07); 57(c) toxic for reproduction")
    '57(c) toxic for reproduction; 57(f) endocrine disrupting'
    """
    parts = re.sub(r" \([^()]*(?:\([^()]*\)[^()]*)*\)", "", reason).casefold().split(";")
    return "; ".join(sorted({part.strip() for part in parts}))


def _places(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text, entry in pairs:
        if text and entry not in found[text]:
            found[text].append(entry)
    return {text: entries for text, entries in found.items() if entries}


def _by_numbers(
    export: Export, members: Columns, found: dict[str, list[str]], there: set[str]
) -> dict[str, list[str]]:
    free = there - {entry for ids in found.values() for entry in ids}
    holders = _holders(members, free)
    candidates: dict[str, set[str]] = defaultdict(set)
    for key, value in zip(export.members["key"], export.members["value"], strict=True):
        if key not in found:
            candidates[key] |= holders.get(value, set())
    claims = Counter(entry for entries in candidates.values() for entry in entries)
    sure = {key: sorted(entries) for key, entries in candidates.items() if len(entries) == 1}
    return {key: entries for key, entries in sure.items() if claims[entries[0]] == 1}


def _within(
    export: Export, members: Columns, found: dict[str, list[str]], there: set[str]
) -> dict[str, list[str]]:
    """The keys left whose numbers all belong to entries of the list, with these entries."""
    holders = _holders(members, there)
    numbers: dict[str, list[set[str]]] = defaultdict(list)
    for key, value in zip(export.members["key"], export.members["value"], strict=True):
        if key not in found:
            numbers[key].append(holders.get(value, set()))
    return {key: sorted(set.union(*entries)) for key, entries in numbers.items() if all(entries)}


def _holders(members: Columns, entries: set[str]) -> dict[str, set[str]]:
    """For each member those of the entries that it belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry, value in zip(members["entry"], members["value"], strict=True):
        if entry in entries:
            found[value].add(entry)
    return found
