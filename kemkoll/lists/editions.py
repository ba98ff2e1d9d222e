"""Lists in an edition, and what of them applies on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.errors import ListError
from kemkoll.lists.compiled import Library, Lists, Packed, called, joined
from kemkoll.paths import State, data, list_folders, own_lists, state_of
from kemkoll.tables import Law, list_id

_NEVER = "9999-12-31"


def load_lists(
    names: Sequence[str] | None = None, *, root: Path | None = None, source: Lists | None = None
) -> Law:
    """The lists, each in its newest edition or in the one named: `eu-rohs`, `eu-reach-candidate@2025-01-21`.

    An edition is a date, and its entries are those published on or before it. A list may be named in
    several editions; each of them is then a list of its own, called by name and edition.

    Args:
        names: which lists, in which order; none for all that there are.
        root: the folder of list folders, if not the shipped one and the user's own.
        source: where the lists come from, if not from folders.

    Raises:
        ListError: a list does not exist, cannot be read, or the edition is no date or older than the list.

    >>> load_lists(["eu-rohs"]).lists["asked_by_name"].tolist()
    [True]
    """
    library = source or library_of(root)
    asked = [name.partition("@")[::2] for name in (library.ids if names is None else names)]
    often = Counter(id_ for id_, _ in asked)
    packed: dict[str, Packed] = {}
    editions: list[str] = []
    for id_, edition in asked:
        part = library.packed(id_)
        editions.append(_edition(id_, edition, str(part["lists"]["official_date"][0])))
        name = id_ if often[id_] == 1 else f"{id_}@{editions[-1]}"
        if name in packed:
            raise ListError("The substance list {name} was named twice. Name it once.", name=name)
        packed[name] = part if name == id_ else called(part, name)
    law = joined([*packed.values()])
    lists = law.lists.assign(edition=pd.Categorical(editions), asked_by_name=names is not None)
    return _in_editions(replace(law, lists=lists))


def library_of(root: Path | None = None) -> Library:
    """The lists of one folder; of none: the user's own and the shipped ones, the own first.

    What has been opened stays open as long as no file of any list changes; then all is looked at anew. So a
    process that lives for weeks sees a new edition at once, and reads nothing twice.

    >>> library_of() is library_of()
    True
    """
    roots = (own_lists(), data("substance_lists")) if root is None else (root,)
    return _library(roots, lists_state(*roots))


def lists_state(*roots: Path) -> State:
    """What is another one as soon as any list in some folders is; of none: in those of `library_of`."""
    return state_of(list_folders(*(roots or (own_lists(), data("substance_lists")))))


@lru_cache(maxsize=4)
def _library(roots: tuple[Path, ...], state: State) -> Library:
    del state
    return Library(roots)


def in_force(law: Law, on: str, *, back_to: str = "", up_to: str = "") -> Law:
    """What of the lists applies on the day: entries that have begun and not ended.

    Members outside their own dates go as well. Limits and derogations of the entries stay whatever their
    dates: the judgement needs to say that one did not bind yet, or no longer.

    Args:
        law: lists as loaded.
        on: the day, ISO text.
        back_to: the first day on which something judged was placed on the market; entries that ended after
            it stay, on lists whose limits are compared with that day.
        up_to: the last such day; entries that begin by then are there, on the same lists.

    >>> len(in_force(load_lists(["eu-rohs"]), "2019-07-21").entries)
    6
    """
    by_market = law.lists["list"][(law.lists["applies_to"] == "placed_on_market").to_numpy()]
    first, last = back_to or on, up_to or on
    earliest, latest = min(first, on), max(last, on)

    def holds(
        frame: pd.DataFrame, *, throughout: np.ndarray[Any, Any] | bool = False
    ) -> np.ndarray[Any, Any]:
        since, until = (np.asarray(frame[name], dtype=object) for name in ("since", "until"))
        until = np.where(until == "", _NEVER, until)
        of_market = frame["list"].isin(by_market).to_numpy()
        begins_by = np.where(of_market, np.where(throughout, first, latest), on)
        ends_from = np.where(of_market, np.where(throughout, last, earliest), on)
        return np.asarray((since <= begins_by) & (until >= ends_from), dtype=bool)

    law = _kept(law, holds(law.entries))
    # what was taken out on some of those days only is not out
    return replace(
        law, members=law.members[holds(law.members, throughout=law.members["excluded"].to_numpy())]
    )


def of_lists(law: Law, ids: Collection[str]) -> Law:
    """The law of some lists alone, in whatever edition they are there.

    >>> of_lists(load_lists(["eu-rohs", "phthalates"]), ["eu-rohs"]).lists["list"].tolist()
    ['eu-rohs']
    """
    frames = (law.lists, law.entries, law.limits, law.members, law.groups, law.derogations)
    return Law(*(frame[frame["list"].map(list_id).isin([*ids]).to_numpy()] for frame in frames))


def _edition(id_: str, asked: str, newest: str) -> str:
    """The edition used: the one asked for, and never a later one than the list knows."""
    if not asked:
        return newest
    with suppress(ValueError):
        if date.fromisoformat(asked).isoformat() == asked:
            return min(asked, newest)
    raise ListError(
        "The edition of {list} must be a date like {newest}, not “{text}”.",
        list=id_,
        newest=newest,
        text=asked,
    )


def _in_editions(law: Law) -> Law:
    """The law less what was published after the edition of each list."""
    lists, keep = law.lists, np.ones(len(law.entries), dtype=bool)
    of_list = law.entries["list"].to_numpy(dtype=object)
    published = law.entries["published"].to_numpy(dtype=object)
    for name, edition, newest in zip(lists["list"], lists["edition"], lists["official_date"], strict=True):
        if edition == newest:
            continue
        own = of_list == name
        if not (published[own] <= edition).any():
            raise ListError(
                "{list} has no edition of {edition}: the first is of {first}, the newest of {newest}.",
                list=list_id(name),
                edition=edition,
                first=min(published[own], default=newest),
                newest=newest,
            )
        keep &= ~own | (published <= edition)
    return _kept(law, keep)


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
