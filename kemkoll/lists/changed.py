"""Which entries differ between two laws, by anything that they say; and the law of these alone."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from kemkoll.tables import Law

Entry = tuple[str, str]
"""An entry: the list, and its id there."""
_OF_ENTRIES = ("entries", "limits", "members", "groups", "derogations")
_NO_MATTER = ("edition", "official_date", "official_count", "expect_every_days", "sha256")
"""What a list says that no verdict depends on, once it is known which entries are in it."""


def changed_entries(before: Law, after: Law) -> set[Entry]:
    """The entries that only one of two laws has, or of which they say something else.

    >>> from kemkoll.lists import load_lists
    >>> old, new = load_lists(["eu-rohs@2013-01-01"]), load_lists(["eu-rohs"])
    >>> sorted(entry for _, entry in changed_entries(old, new))
    ['bbp', 'dbp', 'dehp', 'dibp']
    """
    old, new = _said(before), _said(after)
    return {entry for entry in old.keys() | new.keys() if old.get(entry) != new.get(entry)}


def same_lists(before: Law, after: Law) -> bool:
    """Whether two laws say the same of their lists as wholes: which there are, and when and how each binds.

    >>> from kemkoll.lists import load_lists
    >>> same_lists(load_lists(["eu-rohs@2013-01-01"]), load_lists(["eu-rohs"]))
    True
    """
    sides = [law.lists.drop(columns=[*_NO_MATTER]).astype(object) for law in (before, after)]
    return sides[0].to_numpy().tolist() == sides[1].to_numpy().tolist()


def of_entries(law: Law, entries: Collection[Entry]) -> Law:
    """The law of some entries alone."""
    frames = [getattr(law, name) for name in _OF_ENTRIES]
    return Law(
        law.lists,
        *(
            frame[[key in entries for key in zip(frame["list"], frame["entry"], strict=True)]]
            for frame in frames
        ),
    )


def _said(law: Law) -> dict[Entry, list[tuple[object, ...]]]:
    """Everything that is said of each entry, in order."""
    made: dict[Entry, list[tuple[object, ...]]] = {}
    for name in _OF_ENTRIES:
        frame: pd.DataFrame = getattr(law, name)
        columns = [frame[column].astype(object) for column in frame]
        for row in zip(*columns, strict=True):
            made.setdefault((row[0], row[1]), []).append((name, *row[2:]))
    return made
