"""One year held against the lists of another: what was known then, by the law of that other day.

What the series has already judged by the same content of a list, with nothing in it that begins or ends
between the two days, is used again; only what a changed list may change is judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kemkoll.assortment import batches
from kemkoll.assortment.batches import Made, Tell, asked_of
from kemkoll.assortment.plans import Asked, Plan
from kemkoll.assortment.scope import Scope
from kemkoll.lists import load_lists
from kemkoll.lists.compiled import Lists, Packed
from kemkoll.profiles import Profile, parse_profile
from kemkoll.registry import Registry
from kemkoll.store import Known, frozen, judged
from kemkoll.tables import list_id


class Part(NamedTuple):
    """Which batch says what of a list (`store.models.SnapshotBatch`); 0: the snapshot in the making."""

    role: str
    read: int
    list: str
    batch: int


class Year(NamedTuple):
    """One year as it was known.

    Attributes:
        snapshot: its row number; 0: the one in the making.
        day: the day that is judged.
        seen: the last event that was known.
    """

    snapshot: int
    day: str
    seen: int


@dataclass(frozen=True)
class Measure:
    """What a year is measured by: a profile and its lists, by the law of one day.

    Attributes:
        day: the day whose entries and limits count.
        editions: of each list the day of its edition.
        digests: of each list the hash of its content.
        source: where the contents are.
    """

    profile: Profile
    text: str
    day: str
    editions: Mapping[str, str]
    digests: Mapping[str, str]
    source: Lists


@dataclass(frozen=True)
class Reading:
    """A year read by a measure.

    Attributes:
        role: what it is for.
        lists: ids of the lists.
        batches: of those that need no judging the number of the batch that says it; 0: the own batch of the
            snapshot in the making.
        made: what was judged of the others; None: there are none, or nothing was judged yet.
    """

    role: str
    year: Year
    law: Measure
    lists: tuple[str, ...]
    batches: Mapping[str, int] = field(default_factory=dict)
    made: Made | None = None


def names(made: Made) -> list[str]:
    """The lists that a batch by one profile has judged by."""
    return [str(name) for name in made.parts[0].plan.law.lists["list"]]


def law_made(made: Made, source: Lists) -> Measure:
    """What a batch in the making was measured by."""
    plan = made.parts[0].plan
    lists = plan.law.lists
    editions = dict(zip(lists["list"].astype(str), lists["edition"].astype(str), strict=True))
    digests = {name: judged.digest_of_list(source.packed(list_id(name))) for name in editions}
    return Measure(plan.profile, plan.text, made.asked.law_on or made.on, editions, digests, source)


def law_kept(known: Known, batch: int) -> Measure:
    """What a batch that is kept was measured by."""
    was = judged.batch(known, batch)
    group = judged.groups(known, batch)[0]
    lists = group["lists"]
    digests = [judged.digest_of_edition(known, int(number)) for number in lists["edition"]]
    return Measure(
        parse_profile(group["text"], group["name"]),
        group["text"],
        asked_of(was)[1].law_on or str(was["on"]),
        dict(zip(lists["called"], lists["edition_date"], strict=True)),
        dict(zip(lists["called"], digests, strict=True)),
        judged.KeptLists(known, lists["edition"].tolist()),
    )


class Pool:
    """What the years of a series have been read by already.

    Args:
        known: any moment after all of them.
        registry: where substances are looked up: what another version of kemkoll judged is judged again.
    """

    def __init__(self, known: Known, registry: Registry) -> None:
        self._known = known
        self._registry = registry
        self._there: dict[int, list[tuple[int, Measure]]] = {}
        program = batches.program(registry)
        about = judged.batches(known).set_index("id")
        rows = frozen.parts(known)
        measured = rows[rows["list"] != ""].drop_duplicates(["read", "batch"])
        for snapshot, batch in zip(measured["read"], measured["batch"], strict=True):
            if all(about.loc[batch, name] == value for name, value in program.items()):
                self._there.setdefault(int(snapshot), []).append((int(batch), law_kept(known, int(batch))))

    def add(self, year: Year, law: Measure) -> None:
        """Note what the snapshot in the making is measured by."""
        self._there.setdefault(year.snapshot, []).append((0, law))

    def reading(self, role: str, year: Year, law: Measure) -> list[Reading]:
        """A year by a measure: what is there already, and what must be judged."""
        found = {
            name: batch
            for batch, other in reversed(self._there.get(year.snapshot, []))
            for name in law.editions
            if says_the_same(law, other, name)
        }
        return [Reading(role, year, law, tuple(law.editions), found)]

    def judged(self, wanted: Sequence[Reading], tell: Tell) -> list[Reading]:
        """The readings, with what nothing says yet judged."""
        made = []
        for number, reading in enumerate(wanted):
            tell(number, len(wanted), reading.law.profile.id)
            lists = [name for name in reading.lists if name not in reading.batches]
            made.append(replace(reading, made=self._judge(reading, lists)) if lists else reading)
        tell(len(wanted), len(wanted), "")
        return made

    def _judge(self, reading: Reading, lists: Sequence[str]) -> Made:
        law, year = reading.law, reading.year
        named = [f"{list_id(name)}@{law.editions[name]}" for name in lists]
        asked = Asked(profile=law.profile.id, law_on=law.day, measured=True)
        known = Known(self._known.connection, year.seen)
        rows = batches.rows_of(known, Scope(), asked, year.day)
        content = load_lists(named, source=law.source)
        content = replace(content, lists=content.lists.assign(asked_by_name=False))
        plan = Plan(law.profile, law.text, content, rows)
        return batches.follow(known, [plan], Scope(), asked, on=year.day, registry=self._registry)


def says_the_same(one: Measure, other: Measure, name: str) -> bool:
    """Whether two measures say the same of a list: the same content, and nothing in it, or in the profile,
    that begins or ends from the earlier of their days to the later.
    """
    if one.text != other.text or one.digests[name] != other.digests.get(name):
        return False
    packed = one.source.packed(list_id(name))
    editions = sorted((one.editions[name], other.editions[name]))
    if any(editions[0] < day <= editions[1] for day in _dates(packed, ("published",))):
        return False
    first, last = sorted((one.day, other.day))
    dates = [*_dates(packed, ("since", "until")), *_required(one.profile)]
    return first == last or not any(first <= day <= last for day in dates)


def _dates(packed: Packed, columns: Sequence[str]) -> set[str]:
    """Every day in some columns of a list's tables."""
    return {
        str(value)
        for table in ("entries", "limits", "members", "derogations")
        for column in columns
        if column in packed[table].column_names
        for value in packed[table][column].unique().to_pylist()
        if value
    }


def _required(profile: Profile) -> set[str]:
    return {str(row[name]) for row in profile.requirements for name in ("since", "until") if row.get(name)}


__all__ = ["Measure", "Part", "Pool", "Reading", "Year", "law_kept", "law_made", "names", "says_the_same"]
