"""Lists in an edition, and what of them applies on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.errors import ListError
from kemkoll.lists.folder import Folder, read_folder
from kemkoll.paths import data
from kemkoll.tables import DEROGATIONS, ENTRIES, GROUPS, LIMITS, LISTS, MEMBERS, Law, Table


def load_lists(names: Sequence[str] | None = None, *, root: Path | None = None) -> Law:
    """The lists, each in its newest edition or in the one named: `eu-rohs`, `eu-reach-candidate@2025-01-21`.

    An edition is a date, and its entries are those with `since` on or before it.

    Args:
        names: which lists, in which order; none for all that are shipped.
        root: the folder of list folders, if not the shipped one.

    Raises:
        ListError: a list does not exist, cannot be read, or the edition is no date or older than the list.

    >>> load_lists(["eu-rohs"]).lists["asked_by_name"].tolist()
    [True]
    """
    root = root or data("substance_lists")
    asked = [name.partition("@") for name in (list_ids(root) if names is None else names)]
    folders: dict[str, Folder] = {}
    editions: dict[str, str] = {}
    for id_, _, edition in asked:
        if id_ in folders:
            raise ListError(f"The substance list {id_} was named twice. Name it once.")
        folders[id_] = _open(root, id_)
        editions[id_] = _edition(folders[id_], edition)
    law = Law(
        _lists(folders, editions, by_name=names is not None),
        *(_stacked(table, folders) for table in (ENTRIES, LIMITS, MEMBERS, GROUPS, DEROGATIONS)),
    )
    return _kept(law, _since(law.entries) <= _by_list(law, law.entries, "edition"))


def in_force(law: Law, on: str) -> Law:
    """What of the lists applies on the day: entries that have begun, by their edition too, and not ended.

    Members outside their own dates go as well. Limits and derogations of the entries stay whatever their
    dates: the judgement needs to say that one did not bind yet, or no longer.

    Args:
        law: lists as loaded.
        on: the day, ISO text.

    >>> len(in_force(load_lists(["eu-rohs"]), "2019-07-21").entries)
    6
    """
    entries = law.entries
    begun = (_since(entries) <= on) & (_since(entries) <= _by_list(law, entries, "edition"))
    law = _kept(law, begun & _not_ended(entries, on))
    members = law.members
    return replace(law, members=members[(_since(members) <= on) & _not_ended(members, on)])


def list_ids(root: Path) -> list[str]:
    """The ids of all lists in the folder, in name order."""
    return sorted(path.parent.name for path in root.glob("*/list.toml"))


def _open(root: Path, id_: str) -> Folder:
    if not id_ or not (root / id_ / "list.toml").is_file() or (root / id_).parent != root:
        raise ListError(f"There is no substance list “{id_}”. There are: {', '.join(list_ids(root))}.")
    return read_folder(root / id_)


def _edition(folder: Folder, asked: str) -> str:
    """The edition used: the one asked for, and never a later one than the folder knows."""
    newest = str(folder.about["official_date"])
    if not asked:
        return newest
    try:
        date.fromisoformat(asked)
    except ValueError as error:
        raise ListError(f"The edition of {folder.id} must be a date like {newest}, not “{asked}”.") from error
    first = min(folder.tables["entries"]["since"], default=newest)
    if asked < first or len(asked) != len(newest):
        known = f"the first is of {first}, the newest of {newest}"
        raise ListError(f"{folder.id} has no edition of {asked}: {known}.")
    return min(asked, newest)


def _lists(folders: dict[str, Folder], editions: dict[str, str], *, by_name: bool) -> pd.DataFrame:
    rows = [
        folder.about
        | {"list": id_, "edition": editions[id_], "sha256": folder.sha256, "asked_by_name": by_name}
        for id_, folder in folders.items()
    ]
    return LISTS.conform(_frame(LISTS, {name: [row[name] for row in rows] for name in LISTS.names}))


def _stacked(table: Table, folders: dict[str, Folder]) -> pd.DataFrame:
    """One table of all lists, as `Table.conform` wants it."""
    parts = [(id_, folder.tables[table.name]) for id_, folder in folders.items()]
    columns: dict[str, list[Any]] = {"list": [id_ for id_, part in parts for _ in part["entry"]]}
    for name in table.names[1:]:
        columns[name] = [value for _, part in parts for value in part[name]]
    return _frame(table, columns)


def _frame(table: Table, columns: dict[str, list[Any]]) -> pd.DataFrame:
    return pd.DataFrame({name: _column(kind, columns[name]) for name, kind, _ in table.columns}, copy=False)


def _column(kind: str, values: list[Any]) -> Any:
    """A column of the type; categories are numbered in the order in which they come."""
    if kind == "bool":
        return np.array([value in (True, "yes") for value in values], dtype=bool)
    if kind != "category":
        return np.array(values, dtype=kind)
    places: dict[str, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    texts = pd.Index(list(places), dtype=object)
    return pd.Categorical.from_codes(np.array(codes, dtype=np.int32), categories=texts)


def _since(frame: pd.DataFrame) -> np.ndarray[Any, Any]:
    return np.asarray(frame["since"], dtype=object)


def _not_ended(frame: pd.DataFrame, on: str) -> np.ndarray[Any, Any]:
    until = np.asarray(frame["until"], dtype=object)
    return np.asarray((until == "") | (until >= on))


def _by_list(law: Law, frame: pd.DataFrame, column: str) -> np.ndarray[Any, Any]:
    """For each row of the frame, what its list has in the column."""
    values = dict(zip(law.lists["list"], law.lists[column], strict=True))
    return np.array([values[id_] for id_ in frame["list"]], dtype=object)


def _kept(law: Law, keep: np.ndarray[Any, Any]) -> Law:
    """The law with these entries alone, and what belongs to them."""
    if keep.all():
        return law
    entries = law.entries[keep]
    names = set(zip(entries["list"], entries["entry"], strict=True))

    def theirs(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[[key in names for key in zip(frame["list"], frame["entry"], strict=True)]]

    others = (law.limits, law.members, law.groups, law.derogations)
    return Law(law.lists, entries, *map(theirs, others))
