"""Waivers: deviations from a contract that the buyer accepts for a time, each with who decided it and why.

What the law demands no buyer can waive. A waiver is never changed: another takes its place, or it is
withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from kemkoll.assortment.plans import DEFAULT, text_of
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.errors import ConfigError
from kemkoll.lists import load_lists
from kemkoll.lists.compiled import Lists
from kemkoll.messages import Message
from kemkoll.profiles import parse_profile
from kemkoll.store import Change, Known, judged, kept
from kemkoll.store.models import Waiver
from kemkoll.tables import Force, Law

MANDATORY = ("list", "ground", "purpose", "decision", "decider", "until")
SCOPES = ("article", "category", "contract")
"""What a waiver can be about: one of them."""
SOON, LATER = 30, 90
"""Days before its last day when a waiver is shown as expiring."""


@dataclass(frozen=True)
class Wanted:
    """A waiver that somebody wants to grant; about one article, one category or one contract.

    Attributes:
        article, supplier: the number of one article; whose it is, where several have it.
        category: a category's code; those below it belong to it.
        contract: a contract's number.
        entry: empty: the whole list.
        ground: why it cannot be met.
        purpose: what the article is needed for.
        decision, decider: the number of the decision, and who made it.
        until: last day.
        phase_out, phase_out_until, owner: what is to be done meanwhile, by when, and who sees to it.
    """

    article: str = ""
    supplier: str = ""
    category: str = ""
    contract: str = ""
    list: str = ""
    entry: str = ""
    ground: str = ""
    purpose: str = ""
    decision: str = ""
    decider: str = ""
    until: str = ""
    phase_out: str = ""
    phase_out_until: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Fault:
    """What keeps a waiver from being granted.

    Attributes:
        fields: of `Wanted`, those to mend.
        said: what is wrong, of all of them.
        missing: nothing stands in them.
    """

    fields: tuple[str, ...]
    said: Message
    missing: bool = False


@dataclass(frozen=True)
class Granted:
    """A waiver that was granted.

    Attributes:
        replaced: the waivers that it takes the place of.
        beside_law: the law has limits of its own here, which the waiver leaves alone.
    """

    number: int
    replaced: tuple[int, ...] = ()
    beside_law: bool = False


@dataclass(frozen=True)
class Expiring:
    """Waivers (as `known_waivers`, with `days_left`) that have lapsed, or soon will."""

    expired: pd.DataFrame
    within_30: pd.DataFrame
    within_90: pd.DataFrame


def grant(
    change: Change, wanted: Wanted, *, source: Lists, on: str, replace: bool = False, profile: str = ""
) -> Granted:
    """Grant a waiver from a day on.

    Args:
        change: the event.
        wanted: the waiver.
        source: the lists as they are now.
        on: the day.
        replace: let it take the place of those that it conflicts with.
        profile: the requirement profile whose limits it is about, where it is not that of the contracts.

    Raises:
        ConfigError: something mandatory is missing (all of it is said at once), the article is not there, a
            statutory duty would be waived, or it conflicts with another waiver.
    """
    if found := faults(wanted, on):
        raise ConfigError("The waiver was not granted: {faults}.", faults=tuple(it.said for it in found))
    scope = Scope(wanted.contract, wanted.category, wanted.supplier, wanted.article)
    rows = rows_in(change, scope, on)
    article = _article(wanted, rows, on)
    beside_law = _refuse_the_law(change, wanted, rows, source, profile)
    said = {name: value for name, value in asdict(wanted).items() if name != "supplier"}
    said |= {"article": article, "since": on}
    others = conflicts(kept.frame(change, Waiver), said)
    if len(others) and not replace:
        _refuse(wanted, others)
    kept.end(change, Waiver, others["id"].tolist())
    every = kept.every(change, Waiver)["waiver"]
    number = int(every.max() if len(every) else 0) + 1
    kept.add(change, Waiver, [said | {"waiver": number}])
    replaced = tuple(int(it) for it in others["waiver"])
    change.about.update({name: value for name, value in asdict(wanted).items() if value})
    change.about.update(waiver=number, since=on, replaced=list(replaced))
    return Granted(number, replaced, beside_law)


def withdraw(change: Change, number: int, motive: str) -> None:
    """End a waiver before its last day.

    Raises:
        ConfigError: no motive is given, or there is no such waiver.
    """
    if not motive.strip():
        raise ConfigError("Waiver {number} was not withdrawn: say why, with --motive.", number=number)
    there = kept.frame(change, Waiver)
    own = there[there["waiver"] == number]
    if not len(own):
        names = ", ".join(map(str, there["waiver"])) or "–"
        raise ConfigError("There is no waiver {number}. There are: {names}.", number=number, names=names)
    kept.end(change, Waiver, own["id"].tolist())
    change.about.update(waiver=number, motive=motive, decision=own["decision"].iloc[0])


def known_waivers(known: Known) -> pd.DataFrame:
    """Every waiver that has not been withdrawn or replaced, lapsed or not: `Waiver`'s columns; `article` is a
    number, `supplier` and `article_name` whose it is and what it is called.
    """
    made = kept.frame(known, Waiver)
    there = articles(known).set_index("article")
    names = {"article": "number", "supplier": "supplier", "article_name": "name"}
    return made.assign(
        **{
            column: made["article"].map(there[name]).fillna("").astype(object)
            for column, name in names.items()
        }
    )


def expiring(known: Known, on: str) -> Expiring:
    """The waivers that have lapsed by a day, and those that will within 30 and 90 days of it."""
    made = with_days_left(known_waivers(known), on)
    left = made["days_left"]
    return Expiring(made[left < 0], made[(left >= 0) & (left <= SOON)], made[(left > SOON) & (left <= LATER)])


def with_days_left(waivers: pd.DataFrame, on: str) -> pd.DataFrame:
    """The waivers with `days_left` until their last day, those that end first first.

    >>> ends = pd.DataFrame({"until": ["2026-12-31", "2026-11-21"]})
    >>> with_days_left(ends, "2026-11-22")["days_left"].tolist()
    [-1, 39]
    """
    day = date.fromisoformat(on)
    left = [(date.fromisoformat(until) - day).days for until in waivers["until"]]
    made = waivers.assign(days_left=pd.Series(left, index=waivers.index, dtype="int64"))
    return made.sort_values("days_left", kind="stable").reset_index(drop=True)


def conflicts(there: pd.DataFrame, wanted: dict[str, Any]) -> pd.DataFrame:
    """Those of the waivers there are that are about the same as another and hold on some of its days.

    Args:
        there: `Waiver`'s columns.
        wanted: article (number in the database), category, contract, list, entry, since, until.
    """
    same = there["list"] == wanted["list"]
    for name in SCOPES:
        same &= there[name] == wanted[name]
    if wanted["entry"]:
        same &= there["entry"].isin(["", wanted["entry"]])
    same &= (there["until"] >= wanted["since"]) & (there["since"] <= wanted["until"])
    met: pd.DataFrame = there[same]
    return met


def faults(wanted: Wanted, on: str) -> list[Fault]:
    """All that is missing or cannot be, whatever the database holds.

    >>> made = faults(Wanted(list="pops", until="2026-01-01"), "2026-11-22")
    >>> [fault.fields for fault in made]
    [('article', 'category', 'contract'), ('ground', 'purpose', 'decision', 'decider'), ('until',)]
    """
    given = {name: str(value).strip() for name, value in asdict(wanted).items()}
    made = []
    if sum(bool(given[name]) for name in SCOPES) != 1:
        made.append(Fault(SCOPES, Message("name one article, one category or one contract")))
    if lacking := tuple(name for name in MANDATORY if not given[name]):
        made.append(Fault(lacking, Message("missing: {names}", names=", ".join(lacking)), missing=True))
    for name in ("until", "phase_out_until"):
        if given[name] and not _is_day(given[name]):
            said = Message("{name}: write the day “{text}” as 2026-11-22", name=name, text=given[name])
            made.append(Fault((name,), said))
        elif given[name] and given[name] < on:
            made.append(Fault((name,), Message("{name}: {day} has passed", name=name, day=given[name])))
    if given["phase_out"] and not (given["phase_out_until"] and given["owner"]):
        lacks = tuple(name for name in ("phase_out_until", "owner") if not given[name])
        made.append(Fault(lacks, Message("a duty to phase out needs its last day and an owner")))
    if not given["phase_out"] and given["phase_out_until"]:
        said = Message("the last day of phasing out needs the duty that it is about")
        made.append(Fault(("phase_out",), said))
    return made


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _article(wanted: Wanted, rows: pd.DataFrame, on: str) -> int:
    """The article's number in the database; 0: the waiver is about a category or a contract."""
    if not wanted.article:
        return 0
    found = rows.drop_duplicates("article")
    if not len(found):
        raise ConfigError("The article {name} is not in the assortment on {on}.", name=wanted.article, on=on)
    if len(found) > 1:
        raise ConfigError(
            "Several articles have the number {name}, of {names}. Say which with --supplier.",
            name=wanted.article,
            names=", ".join(supplier or "–" for supplier in found["supplier"]),
        )
    return int(found["article"].iloc[0])


def _refuse_the_law(change: Change, wanted: Wanted, rows: pd.DataFrame, source: Lists, profile: str) -> bool:
    """Whether the law stands beside what is waived.

    Raises:
        ConfigError: nothing but the law would be waived, or the list has no such entry.
    """
    law = load_lists([wanted.list], source=source)
    forces = _forces(law, wanted)
    names = [profile] if profile else [name or DEFAULT for name in dict.fromkeys(rows["profile"])]
    own = judged.imported_profiles(change)
    required = [
        requirement
        for name in names
        for requirement in parse_profile(text_of(name, own), name).requirements
        if requirement["list"] == wanted.list and _meets(requirement["entry"], wanted.entry)
    ]
    if forces == {Force.law.value} and not required:
        what = f"{wanted.list} / {wanted.entry}" if wanted.entry else wanted.list
        raise ConfigError(
            "The waiver was not granted: {what} is a statutory duty, which no buyer can waive. Only what a "
            "contract requires beside the law can be waived.",
            what=what,
        )
    return Force.law.value in forces


def _meets(required: str, entry: str) -> bool:
    return required == "*" or not entry or required == entry


def _forces(law: Law, wanted: Wanted) -> set[str]:
    """By what the entries bind: `Force` of their limits, and of the list where they have none."""
    entries = law.entries["entry"].astype(object)
    if wanted.entry and wanted.entry not in set(entries):
        raise ConfigError(
            "The list {list} has no entry “{entry}”. See `kemkoll lists show {list}`.",
            list=wanted.list,
            entry=wanted.entry,
        )
    of_list = str(law.lists["force"].iloc[0])
    limits = law.limits
    own = limits["entry"].astype(object)
    asked = {wanted.entry} if wanted.entry else set(entries)
    forces = {str(force) or of_list for force in limits["force"].astype(object)[own.isin(asked)]}
    return forces | ({of_list} if asked - set(own) else set())


def _refuse(wanted: Wanted, others: pd.DataFrame) -> None:
    there = tuple(
        Message("waiver {number}: {said}", number=int(row["waiver"]), said=_said(row))
        for row in others.to_dict("records")
    )
    raise ConfigError(
        "The waiver was not granted, for it conflicts with others. There is: {there}. Wanted is: {wanted}. "
        "Let it take their place with --replace.",
        there=there,
        wanted=_said(asdict(wanted)),
    )


def _said(row: Mapping[Any, Any]) -> Message:
    what = " / ".join(str(row[name]) for name in ("category", "contract", "list", "entry") if row[name])
    return Message(
        "{what}, {decision} of {decider}, until {until}",
        what=what,
        decision=row["decision"],
        decider=row["decider"],
        until=row["until"],
    )
