"""Promises of rows in time: none twice at once, none outside its entry's days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kemkoll.lists.folder import Folder
from kemkoll.lists.promises.rows import cells, file_of

KEYS = {
    "entries": ("entry",),
    "limits": ("entry", "condition", "basis", "measure", "element"),
    "members": ("entry", "kind", "value"),
    "derogations": ("entry", "id", "use"),
}
"""Columns that name a row: two rows that agree in them never hold on the same day."""
OF_ENTRIES = {"limits": "limit", "members": "member", "derogations": "derogation"}
"""Tables whose rows hold while their entry does, and what one row is called."""
_NEVER = "9999-12-31"


def apart(folder: Folder) -> Iterator[str]:
    """Two rows with one key never hold on the same day."""
    for name, columns in KEYS.items():
        table = folder.tables[name]
        periods: dict[tuple[str, ...], list[tuple[str, str, int]]] = {}
        for place, texts in enumerate(zip(*(table[column] for column in columns), strict=True)):
            key = tuple(map(_key, columns, texts))
            periods.setdefault(key, []).append(
                (table["since"][place], table["until"][place] or _NEVER, place)
            )
        for spans in periods.values():
            for (_, until, first), (since, _, second) in pairwise(sorted(spans)):
                if since <= until:
                    said = ", ".join(filter(None, (table[column][second] for column in columns)))
                    rows = f"rows {table['row'][first]} and {table['row'][second]}"
                    yield f"{folder.place(file_of(name))}: {rows} overlap ({said})."


def _key(column: str, text: str) -> str:
    """The text by which rows are the same: spaces and capitals aside, and a condition's words in one order.

    >>> _key("condition", "textile !leather"), _key("use", "Solder  for lamps ")
    ('!leather textile', 'solder for lamps')
    """
    words = text.casefold().split()
    return " ".join(sorted(words) if column == "condition" else words)


def within(folder: Folder) -> Iterator[str]:
    """What belongs to an entry holds on some day on which the entry does.

    Where the day of placing on the market counts, an entry that has ended still binds what came before: there
    its limits end with it.
    """
    days, by_market = _days(folder), folder.about["applies_to"] == "placed_on_market"
    for name, called in OF_ENTRIES.items():
        table = folder.tables[name]
        rows = zip(table["entry"], table["since"], cells(folder, name, "until"), strict=True)
        for entry, since, (until, place) in rows:
            spans, end = days.get(entry, [("", _NEVER)]), until or _NEVER
            if not any(since <= last and first <= end for first, last in spans):
                yield f"{place}: the {called} holds on no day on which {entry} does."
            elif by_market and name == "limits" and end > max(last for _, last in spans):
                yield f"{place}: the limit holds longer than {entry}."


def _days(folder: Folder) -> dict[str, list[tuple[str, str]]]:
    """The first and the last day of each row of each entry."""
    entries = folder.tables["entries"]
    days: dict[str, list[tuple[str, str]]] = {}
    for entry, since, until in zip(entries["entry"], entries["since"], entries["until"], strict=True):
        days.setdefault(entry, []).append((since, until or _NEVER))
    return days
