"""What is on a list, entry by entry, with its numbers and limits; and the editions in which it can be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.tables import Law

_NUMBERED = ("cas", "ec")
_FIRST_NUMBERS = 8


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        about: its row of `tables.ENTRIES`.
        limits: its rows of `tables.LIMITS`.
        numbers: its first CAS and EC numbers.
        more: how many others it has.
    """

    about: dict[str, Any]
    limits: tuple[dict[str, Any], ...]
    numbers: tuple[str, ...]
    more: int


def contents(law: Law, asked: str = "") -> list[Entry]:
    """The entries of a list in its own order; those alone whose name, id or number holds a text.

    >>> from kemkoll.lists import load_lists
    >>> [it.about["entry"] for it in contents(load_lists(["eu-rohs"]), "117-81-7")]
    ['dehp']
    >>> len(contents(load_lists(["eu-rohs"])))
    10
    """
    wanted = " ".join(asked.casefold().split())
    members = law.members[~law.members["excluded"].to_numpy(dtype=bool)]
    met = _met(law.entries, members, wanted) if wanted else None
    numbers = _lists(members[members["kind"].isin(_NUMBERED)], "value")
    limits: dict[str, list[dict[str, Any]]] = {}
    for limit in law.limits.astype(object).to_dict("records"):
        limits.setdefault(limit["entry"], []).append({str(key): value for key, value in limit.items()})
    made = []
    for row in law.entries.astype(object).to_dict("records"):
        name = row["entry"]
        if met is None or name in met:
            own = [*dict.fromkeys(numbers.get(name, []))]
            about = {str(key): value for key, value in row.items()}
            shown, rest = own[:_FIRST_NUMBERS], own[_FIRST_NUMBERS:]
            made.append(Entry(about, tuple(limits.get(name, ())), tuple(shown), len(rest)))
    return made


def editions_of(law: Law) -> list[str]:
    """The days of the editions of a list, the newest first: those on which entries were published.

    Args:
        law: one list in its newest edition.
    """
    newest = str(law.lists["official_date"].iloc[0])
    days = {str(day) for day in law.entries["published"] if day and str(day) <= newest}
    return sorted(days | {newest}, reverse=True)


def _met(entries: pd.DataFrame, members: pd.DataFrame, wanted: str) -> set[str]:
    found: set[str] = set()
    for frame, columns in (
        (entries, ("entry", "name_en", "name_sv", "official")),
        (members, ("value", "name_en", "name_sv")),
    ):
        for column in columns:
            texts = frame[column].astype(object).astype(str).str.casefold()
            found |= set(frame["entry"].astype(object)[texts.str.contains(wanted, regex=False)])
    return found


def _lists(members: pd.DataFrame, column: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for entry, value in zip(members["entry"].astype(object), members[column].astype(object), strict=True):
        made.setdefault(str(entry), []).append(str(value))
    return made
