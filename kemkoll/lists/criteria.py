"""Criteria: entries that other lists decide, such as “everything classified Repr. 1A”.

A member of kind `list` makes its entry a criterion. Its value names another list, and perhaps one entry of
it or a text that the reason of its entries must hold: `eu-clp-cmr`, `eu-reach-candidate/dehp`,
`eu-clp-cmr?Repr. 1A`. Here each criterion becomes the entries it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.tables import DEROGATIONS, ENTRIES, GROUPS, LIMITS, MEMBERS, Law, Table, stack

_VALUE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:/([a-z0-9-]+)|\?(.+))?")


class Source(NamedTuple):
    """What a criterion points to: a list, and perhaps one entry of it or a text of its reasons."""

    list: str
    entry: str = ""
    text: str = ""

    def meets(self, entries: pd.DataFrame) -> np.ndarray:
        """Which of the list's entries are meant."""
        met = np.ones(len(entries), dtype=bool)
        if self.entry:
            met = (entries["entry"] == self.entry).to_numpy()
        if self.text:
            met = np.array([self.text in reason for reason in entries["reason"]], dtype=bool)
        return met


def parse_source(value: str) -> Source | None:
    """What the value of a member of kind `list` points to; None: it is not written as one.

    >>> parse_source("eu-clp-cmr?Repr. 1A"), parse_source("eu-clp-cmr/")
    (Source(list='eu-clp-cmr', entry='', text='Repr. 1A'), None)
    """
    met = _VALUE.fullmatch(value)
    return Source(*(part or "" for part in met.groups())) if met else None


def sources(members: Mapping[str, Iterable[Any]]) -> list[str]:
    """The lists that a list's criteria point to, each once; columns of `tables.MEMBERS`."""
    values = [value for kind, value in zip(members["kind"], members["value"], strict=True) if kind == "list"]
    return list(dict.fromkeys(source.list for value in values if (source := parse_source(value))))


def resolved(law: Law, others: Mapping[str, Law]) -> Law:
    """The list with an entry for each that its criteria stand for, in place of the criteria.

    A criterion that has members of other kinds besides stays, with those. An entry's dates are those during
    which both it and the criterion apply.

    Args:
        law: one list.
        others: the lists that its criteria point to, criteria resolved.
    """
    criteria = (law.members["kind"] == "list").to_numpy()
    if not criteria.any():
        return law
    made = [_stands_for(law, entry, criteria, others) for entry in law.members["entry"][criteria].unique()]
    own = law.members[~criteria]
    replaced = set(law.members["entry"][criteria]) - set(own["entry"])

    def kept(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[~frame["entry"].isin(replaced).to_numpy()]

    def joined(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
        return stack(table, [kept(frame), *(getattr(part, table.name) for part in made)])

    return replace(
        law,
        entries=joined(ENTRIES, law.entries),
        limits=joined(LIMITS, law.limits),
        members=joined(MEMBERS, own),
        groups=joined(GROUPS, law.groups),
        derogations=joined(DEROGATIONS, law.derogations),
    )


def _stands_for(law: Law, criterion: str, criteria: np.ndarray, others: Mapping[str, Law]) -> Law:
    """The entries that one criterion stands for, with all that belongs to them."""
    given = law.members[criteria & (law.members["entry"] == criterion).to_numpy()]
    met: dict[str, np.ndarray] = {}
    for value, excluded in sorted(
        zip(given["value"], given["excluded"], strict=True), key=lambda row: row[1]
    ):
        source = parse_source(str(value))
        assert source, value
        meant = source.meets(others[source.list].entries)
        before = met.get(source.list, np.zeros_like(meant))
        met[source.list] = before & ~meant if excluded else before | meant
    parts = [_taken(others[name], chosen) for name, chosen in met.items()]
    names = _names(criterion, parts)
    own = law.entries[(law.entries["entry"] == criterion).to_numpy()]
    made = [_entries(own, part.entries, name) for part, name in zip(parts, names, strict=True)]
    entries = stack(ENTRIES, made)
    # what never applies while the criterion does leaves nothing behind
    ids = [*dict.fromkeys(entries["entry"].astype(str))]
    names = [{old: new for old, new in name.items() if new in set(ids)} for name in names]

    def theirs(table: Table) -> pd.DataFrame:
        frames = [
            _renamed(getattr(part, table.name), name, law) for part, name in zip(parts, names, strict=True)
        ]
        return stack(table, frames)

    def copied(table: Table) -> pd.DataFrame:
        rows = getattr(law, table.name)
        rows = rows[(rows["entry"] == criterion).to_numpy()].astype({"entry": object})
        return table.conform(rows.drop(columns="entry").merge(pd.DataFrame({"entry": ids}), how="cross"))

    return Law(
        law.lists,
        entries,
        copied(LIMITS),
        theirs(MEMBERS),
        theirs(GROUPS),
        copied(DEROGATIONS),
    )


def _taken(law: Law, chosen: np.ndarray) -> Law:
    """A list with some of its entries, and what belongs to them."""
    names = set(law.entries["entry"][chosen])
    return replace(
        law,
        entries=law.entries[chosen],
        members=law.members[law.members["entry"].isin(names).to_numpy()],
        groups=law.groups[law.groups["entry"].isin(names).to_numpy()],
    )


def _names(criterion: str, parts: list[Law]) -> list[dict[str, str]]:
    """For each list, the new id of each entry: with the list's id where two lists have an entry of one id."""
    known = [list(dict.fromkeys(part.entries["entry"].astype(str))) for part in parts]
    counts: dict[str, int] = {}
    for entry in (entry for entries in known for entry in entries):
        counts[entry] = counts.get(entry, 0) + 1
    return [
        {
            entry: f"{criterion}.{entry}" if counts[entry] == 1 else f"{criterion}.{list_}.{entry}"
            for entry in entries
        }
        for list_, entries in zip((str(part.lists["list"].iloc[0]) for part in parts), known, strict=True)
    ]


def _entries(own: pd.DataFrame, theirs: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The criterion's entry and the other list's, period by period, where both apply."""
    columns = ["published", "since", "until", "reason", "reference"]
    ours = own.astype(object)[["list", "entry", "official", *columns]]
    pairs = theirs.astype(object)[["entry", "name_en", "name_sv", *columns]].merge(
        ours, how="cross", suffixes=("", "_own")
    )
    until = pairs["until"].where(pairs["until"] != "", "9999")
    until_own = pairs["until_own"].where(pairs["until_own"] != "", "9999")
    since = pairs["since"].where(pairs["since"] > pairs["since_own"], pairs["since_own"])
    last = until.where(until < until_own, until_own)
    made = pairs.assign(
        entry=pairs["entry"].map(names),
        official=pairs["official"].where(pairs["official"] != "", pairs["entry_own"]),
        reason=pairs["reason_own"] + ": " + pairs["reason"],
        published=pairs["published"].where(
            pairs["published"] > pairs["published_own"], pairs["published_own"]
        ),
        since=since,
        until=last.where(last != "9999", ""),
        reference=pairs["reference_own"] + "; " + pairs["reference"],
    )
    return ENTRIES.conform(made[(since <= last).to_numpy()])


def _renamed(frame: pd.DataFrame, names: dict[str, str], law: Law) -> pd.DataFrame:
    """Another list's rows as this list's."""
    plain = frame[frame["entry"].isin(names).to_numpy()].astype({"entry": object})
    return plain.assign(entry=plain["entry"].map(names), list=str(law.lists["list"].iloc[0]))
