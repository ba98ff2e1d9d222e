"""A year as it was known: what was in the assortment on a day, judged once and for all.

A snapshot is several batches, made in one event. By one measuring profile they say of each article what
holds by the lists of the day (`own`), by those of the first year of the series (`fixed`), and what held in
each earlier year by the lists of this one (`reread`); and of each article what its own contract says
(`contracts`). What is known later changes none of it: see `revisions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from kemkoll import __version__
from kemkoll.assortment import batches, readings
from kemkoll.assortment.batches import Made, Tell
from kemkoll.assortment.looking_back import known_on
from kemkoll.assortment.outcomes import counts
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.readings import Part, Reading, Year
from kemkoll.assortment.scope import Scope
from kemkoll.errors import StoreError
from kemkoll.lists.compiled import Lists
from kemkoll.registry import Registry
from kemkoll.store import Change, Known, Store, frozen, judged

MEASURING = "annual"
"""The shipped profile that measures a series where nobody names another."""


class Role(StrEnum):
    """By what a batch of a snapshot judges (`store.models.SnapshotBatch`)."""

    own = "own"
    fixed = "fixed"
    reread = "reread"
    contracts = "contracts"


@dataclass(frozen=True)
class Taken:
    """What became of a snapshot.

    Attributes:
        number: its row.
        base: name of the first snapshot of its series.
        articles: how many were judged.
        batches: how many batches were made for it; others of the series say the same, and are used again.
        later: how many of the declarations that count in it are dated after its day.
    """

    number: int
    name: str
    day: str
    base: str
    articles: int
    batches: int
    later: int = 0


def snapshots(known: Known) -> pd.DataFrame:
    """Every snapshot, in the order in which they were taken: the columns of `store.models.Snapshot`, and
    `articles`: how many were in the assortment on its day.
    """
    made = frozen.snapshots(known)
    rows = frozen.parts(known)
    own = rows[rows["role"] == Role.own].drop_duplicates("snapshot").set_index("snapshot")["batch"]
    counts = judged.batches(known).set_index("id")["articles"]
    return made.assign(articles=made["id"].map(own).map(counts).astype("int64"))


def snapshot(known: Known, name: str) -> dict[str, Any]:
    """One snapshot by its name, or by its day: columns of `snapshots`.

    Raises:
        StoreError: there is none.
    """
    made = snapshots(known)
    own = made[(made["name"] == name) | (made["day"] == name)]
    if not len(own):
        raise StoreError(
            "There is no snapshot “{name}”. There are: {names}.",
            name=name,
            names=", ".join(made["name"]) or "–",
        )
    return {str(key): value for key, value in own.iloc[-1].items()}


def series(known: Known, name: str = "") -> pd.DataFrame:
    """The snapshots that one is compared with: those of its series up to itself, oldest first.

    Args:
        known: any moment after it.
        name: its name; empty: the last that was taken.

    Returns:
        Columns of `snapshots`.

    Raises:
        StoreError: there is none.
    """
    made = snapshots(known)
    if not name and not len(made):
        raise StoreError("There is no snapshot yet. Take one with `kemkoll snapshot --date`.")
    last = snapshot(known, name or str(made["name"].iloc[-1]))
    own = _of_series(made, int(last["base"]), str(last["profile"]))
    upto: pd.DataFrame = own[own["day"] <= last["day"]].reset_index(drop=True)
    return upto


def take(
    store: Store,
    day: str,
    *,
    by: str,
    at: str,
    source: Lists,
    registry: Registry,
    name: str = "",
    profile: str = "",
    knew_on: str = "",
    base: str = "",
    broken: str = "",
    tell: Tell = lambda *_: None,
) -> Taken:
    """Freeze a year: judge it by all that it will be compared by, and keep that.

    Args:
        store: the database.
        day: the day that is judged, ISO text.
        by: who takes it.
        at: instant in UTC, ISO text.
        source: the lists as they are now.
        registry: where substances are looked up.
        name: what it is called; empty: the year if the day is its last, else the day.
        profile: name of the profile that measures; empty: that of the series, or `MEASURING`.
        knew_on: by what was known at the end of this day; empty: by all that is known.
        base: name of the snapshot that its series begins with, or its own name to begin one; empty: that of
            the last snapshot taken by this profile, or its own.
        broken: why it cannot be compared with the one before it; empty: it can.
        tell: is told how far it has come.

    Raises:
        StoreError: the day has not come, the name or day is taken, an earlier day than the series has, or
            nothing is in the assortment.
    """
    name = name or (day[:4] if day.endswith("-12-31") else day)
    with store.reading() as now:
        first = _first(now, day, at, name, profile, base)
        named = profile or (str(first["profile"]) if first else MEASURING)
        known = known_on(now, knew_on) if knew_on else now
        made = _made(now, known, day, named, first, source, registry, tell)
        later = _dated_later(known, made.own, day)
    with store.writing("snapshot", by=by, at=at) as change:
        _refuse_taken(frozen.snapshots(change), name)
        parts, count = _kept(change, name, made, source, registry)
        about = {
            "name": name, "day": day, "at": at, "seen": known.seen, "profile": named,
            "base": int(first["id"]) if first else 0, "broken": broken, "program": __version__,
        }  # fmt: skip
        number = frozen.put(change, about, parts)
        articles = made.own.articles
        change.about.update(snapshot=name, day=day, profile=named, seen=known.seen, articles=articles)
        change.about.update(base=str(first["name"]) if first else name, batches=count)
    return Taken(number, name, day, str(first["name"]) if first else name, articles, count, later)


@dataclass(frozen=True)
class _Whole:
    """All that a snapshot is made of, before it is kept.

    Attributes:
        own, contracts: the batches of the year itself.
        readings: what else is read, and by what batch: one that is kept, one of these, or `own`.
    """

    own: Made
    contracts: Made
    readings: tuple[Reading, ...]


def _made(
    now: Known,
    known: Known,
    day: str,
    profile: str,
    first: Mapping[str, Any] | None,
    source: Lists,
    registry: Registry,
    tell: Tell,
) -> _Whole:
    """Everything that is judged for a snapshot."""
    asked = Asked(profile=profile, measured=True)
    own = batches.judge(known, Scope(), asked, on=day, source=source, registry=registry)
    contracts = batches.judge(known, Scope(), Asked(), on=day, source=source, registry=registry)
    year = Year(0, day, known.seen)
    law = readings.law_made(own, source)
    pool = readings.Pool(now, registry)
    pool.add(year, law)
    wanted: list[Reading] = []
    if first is None:
        wanted += pool.reading(Role.fixed, year, law)
    else:
        wanted += pool.reading(Role.fixed, year, readings.law_kept(now, _own_batch(now, int(first["id"]))))
        for row in _of_series(frozen.snapshots(now), int(first["id"]), profile).to_dict("records"):
            earlier = Year(int(row["id"]), str(row["day"]), int(row["seen"]))
            wanted += pool.reading(Role.reread, earlier, law)
    return _Whole(own, contracts, tuple(pool.judged(wanted, tell)))


def _dated_later(known: Known, own: Made, day: str) -> int:
    """How many declarations of what a batch judged were current at a moment and are dated after a day."""
    spoken = frozen.Spoken(known)
    rows = spoken.rows[spoken.current(known.seen)]
    later = rows["date"].astype(object) > day
    return int(rows[later & rows["article"].isin(own.verdicts["article"])]["declaration"].nunique())


def _kept(
    change: Change, name: str, made: _Whole, source: Lists, registry: Registry
) -> tuple[list[dict[str, Any]], int]:
    """Keep the batches of a snapshot: rows of `SnapshotBatch`, and how many batches were made."""

    def keep(one: Made, lists: Lists, called: str) -> int:
        return batches.keep(change, one, source=lists, registry=registry, name=f"{name} {called}")

    own = keep(made.own, source, Role.own)
    contracts = keep(made.contracts, source, Role.contracts)
    parts: list[Part] = [Part(Role.contracts, 0, "", contracts)]
    parts += [Part(Role.own, 0, list_, own) for list_ in readings.names(made.own)]
    count = 2
    for reading in made.readings:
        number = own
        if reading.made:
            number = keep(reading.made, reading.law.source, reading.role)
            count += 1
        parts += [
            Part(reading.role, reading.year.snapshot, list_, reading.batches.get(list_, number) or own)
            for list_ in reading.lists
        ]
    return [part._asdict() for part in parts], count


def _own_batch(known: Known, snapshot: int) -> int:
    rows = frozen.parts(known)
    met = (rows["snapshot"] == snapshot) & (rows["role"] == Role.own)
    return int(rows["batch"][met].iloc[0])


def _of_series(made: pd.DataFrame, base: int, profile: str) -> pd.DataFrame:
    """The snapshots of a series, by their days: the base, and those that are compared with it."""
    own = made[((made["base"] == base) | (made["id"] == base)) & (made["profile"] == profile)]
    return own.sort_values(["day", "id"], kind="stable")


def _first(known: Known, day: str, at: str, name: str, profile: str, base: str) -> dict[str, Any] | None:
    """The first snapshot of the series that a new one belongs to; None: the new one itself.

    Raises:
        StoreError: the new one cannot be taken.
    """
    made = frozen.snapshots(known)
    _refuse_taken(made, name)
    if day > at[:10]:
        raise StoreError("{day} has not come yet: a snapshot is of a day that is over.", day=day)
    if base == name:
        return None
    same = made[made["profile"] == profile] if profile else made
    if base:
        first = snapshot(known, base)
        if profile and first["profile"] != profile:
            raise StoreError(
                "The snapshot {base} was measured by the profile {theirs}, not by {profile}: they are not to "
                "be compared. Begin a series of its own with --base {name}.",
                base=base, theirs=first["profile"], profile=profile, name=name,
            )  # fmt: skip
    elif len(same):
        first = made[made["id"] == same["base"].iloc[-1]].iloc[0].to_dict()
    else:
        return None
    last = _of_series(made, int(first["id"]), str(first["profile"])).iloc[-1]
    if day <= str(last["day"]):
        raise StoreError(
            "The series has a snapshot of {last} already ({name}): take snapshots in "
            "the order of their days.",
            last=last["day"],
            name=last["name"],
        )
    return {str(key): value for key, value in first.items()}


def _refuse_taken(made: pd.DataFrame, name: str) -> None:
    own = made[made["name"] == name]
    if len(own):
        raise StoreError(
            "There is a snapshot {name} already, of {day}: a snapshot is never changed. What has become "
            "known since is shown as revisions. Name another with --name.",
            name=name,
            day=own["day"].iloc[0],
        )


def own_counts(known: Known, name: str) -> pd.DataFrame:
    """What became of the articles of a snapshot by the lists of its day: `outcomes.counts`.

    Raises:
        StoreError: there is none of this name.
    """
    batch = _own_batch(known, int(snapshot(known, name)["id"]))
    return counts(judged.verdicts(known, batch=batch), judged.findings(known, batch=batch))
