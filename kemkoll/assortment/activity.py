"""Which rows of contracts are active: what comes into a running contract waits for a declaration, or for a
person who decides.

A row is one article under one contract. It is *new* if it came after the contract had begun: after its first
day, and after the day on which the database got its first rows. It came on the day on which the database got
it, whatever earlier day a file says; or on the later day that the file says. A row that had ended and is
listed again has come again. Rows that were there before the database knew of activity (version 0003) are not
new.

A new row is active once a declaration that holds on the day has, for each list of the contract's profile, the
evidence that the profile wants (`Profile.inactive_until_declared`), or once a named person has decided so.
Nothing of this is stored but that decision (`Activation`): the rest follows from what was known at a moment,
and the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment.batches import asked_of
from kemkoll.assortment.plans import DEFAULT, text_of
from kemkoll.assortment.scope import NO_CONTRACT, Scope, rows_in
from kemkoll.assortment.together import together
from kemkoll.i18n import Translator
from kemkoll.identity import identify
from kemkoll.judgement.evidence import evidence_that_holds
from kemkoll.outputs.words import EVIDENCE_LEVELS
from kemkoll.profiles import Profile, parse_profile, shipped
from kemkoll.registry import Registry
from kemkoll.store import Known, declared, judged, kept
from kemkoll.store.audit import days_of, events_of
from kemkoll.store.models import Activation, Contract, ContractRow
from kemkoll.tables import list_id

_ROW = ["contract", "article"]
_FIRST_VERSION = "0003"
"""The version of the database from which on rows wait."""


class Activity(StrEnum):
    """How a row of a contract stands."""

    active = "active"
    """It is not new, or nothing is asked of it."""
    declared = "declared"
    """It is new, and declared as the contract wants."""
    overridden = "overridden"
    """It is new and not declared so; a person has made it active."""
    inactive = "inactive"


class Why(StrEnum):
    """Why a row is not declared as the contract wants."""

    undeclared = "undeclared"
    lapsed = "lapsed"
    weak = "weak"


def activity(
    known: Known,
    on: str,
    *,
    registry: Registry,
    scope: Scope | None = None,
    texts: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """How each row of a contract stands on a day.

    Args:
        known: the moment.
        on: the day.
        registry: where the substances of declarations are looked up.
        scope: which articles; all, if nothing is said.
        texts: texts of profiles that count instead of those of the moment, by name.

    Returns:
        A row for each article under each contract: `article`, `supplier`, `number`, `name`, `contract`,
        `contract_number`, `begins` (the day on which it came), `state` (`Activity`), `why` (`Why`; empty: it
        is declared, or need not be), `level` and `wanted` (`EvidenceLevel`: the least of the profile's lists;
        -1 and 0 where nothing is asked), `valid_until` (of a declaration that has lapsed), and of the
        decision that holds `reason`, `signed`, `at`.
    """
    rows = rows_in(known, scope or Scope(), on)
    rows = rows[rows["contract"] != NO_CONTRACT]
    rows = rows.assign(profile=rows["profile"].where(rows["profile"] != "", DEFAULT))
    profiles = _profiles(known, rows["profile"], texts or {})
    wanted = rows["profile"].map({name: it.evidence_level for name, it in profiles.items()})
    made = rows.assign(wanted=wanted.fillna(0).astype("int64")).merge(_arrivals(known), on=_ROW)
    made["wanted"] = made["wanted"].where(made["new"], 0)
    made = _with_evidence(known, made, profiles, on, registry)
    made = _with_decisions(known, made, on)
    asked, decided = (made["wanted"] > 0).to_numpy(), (made["signed"] != "").to_numpy()
    enough = (made["why"] == "").to_numpy()
    states = [Activity.active.value, Activity.declared.value, Activity.overridden.value]
    made["state"] = np.select([~asked, enough, decided], states, Activity.inactive.value)
    columns = ["article", "supplier", "number", "name", "contract", "contract_number", "begins", "state",
               "why", "level", "wanted", "valid_until", "reason", "signed", "at"]  # fmt: skip
    return made[columns].reset_index(drop=True)


def of_batch(known: Known, number: int, *, registry: Registry) -> pd.DataFrame:
    """How each row that a batch judged stood on its day, by what was known and the profiles as they were.

    Returns:
        As `activity`.

    Raises:
        StoreError: there is no such batch.
    """
    about = judged.batch(known, number)
    then = Known(known.connection, int(about["seen"]))
    scope, _ = asked_of(about)
    texts = {group["name"]: group["text"] for group in judged.groups(known, number)}
    return activity(then, str(about["on"]), registry=registry, scope=scope, texts=texts)


def counted(made: pd.DataFrame) -> dict[str, int]:
    """How many rows of contracts there are, how many are new, and how the new ones stand.

    Args:
        made: `activity`.

    Returns:
        By `rows`, `new`, `declared`, `overridden`, `inactive`; the last three add up to `new`.

    >>> counted(pd.DataFrame({"state": ["active", "inactive", "overridden", "inactive"]}))
    {'rows': 4, 'new': 3, 'declared': 0, 'overridden': 1, 'inactive': 2}
    """
    states = [Activity.declared, Activity.overridden, Activity.inactive]
    found = {state.value: int((made["state"] == state).sum()) for state in states}
    return {"rows": len(made), "new": sum(found.values())} | found


def _profiles(known: Known, names: pd.Series, texts: Mapping[str, str]) -> dict[str, Profile]:
    """The profiles that let rows wait, by name. One that does not exist asks nothing; a batch says so."""
    own = judged.imported_profiles(known) | dict(texts)
    there = [name for name in names.unique() if name in own or name in shipped()]
    made = {name: parse_profile(text_of(name, own), name) for name in there}
    return {name: profile for name, profile in made.items() if profile.inactive_until_declared}


def _arrivals(known: Known) -> pd.DataFrame:
    """When each row of each contract came: `contract`, `article`, `event`, `begins` (the day), `new`."""
    days = days_of(known.connection, known.seen)
    every = kept.every(known, ContractRow)
    every = every.assign(day=every["added"].map(days).astype(object))
    first = every.groupby("contract")["day"].min()
    before = every.groupby(_ROW)["until"].shift()
    came = before.isna() | ((before != "") & (before < every["day"]))
    last = every[came].drop_duplicates(_ROW, keep="last").rename(columns={"added": "event"})
    made = kept.frame(known, ContractRow)[[*_ROW, "since"]].drop_duplicates(_ROW)
    made = made.merge(last[[*_ROW, "event", "day"]], on=_ROW)
    contracts = kept.frame(known, Contract).set_index("contract")["starts"]
    begun = np.maximum(made["contract"].map(first), made["contract"].map(contracts).fillna(""))
    begins = np.maximum(made["since"], made["day"])
    new = (begins > begun) & (made["event"] > _last_without(known))
    return made[[*_ROW, "event"]].assign(begins=begins.astype(object), new=new.astype(bool))


def _last_without(known: Known) -> int:
    """The event that brought the database to a version in which rows wait; 0: it was made as one."""
    steps = [
        event
        for event, about in events_of(known.connection, "upgrade", known.seen)
        if about["from"] < _FIRST_VERSION
    ]
    return max(steps, default=0)


def _with_evidence(
    known: Known, rows: pd.DataFrame, profiles: Mapping[str, Profile], on: str, registry: Registry
) -> pd.DataFrame:
    """The rows with `level`, `why`, `valid_until` of those of which evidence is wanted."""
    made = rows.assign(level=-1, why="", valid_until="")
    waiting = made[made["wanted"] > 0]
    if not len(waiting):
        return made
    last = _last_days(known, waiting["article"], on)
    level = _levels(known, waiting, profiles, on, registry)
    until = waiting["article"].map(lambda article: last.get(article, ""))
    short = (level < waiting["wanted"]).to_numpy()
    silent = ~waiting["article"].isin(last.keys()).to_numpy()
    whys = [Why.undeclared.value, Why.lapsed.value, Why.weak.value]
    why = np.select([short & silent, short & (until != "").to_numpy(), short], whys, "")
    return made.assign(
        level=level.reindex(made.index, fill_value=-1),
        why=pd.Series(why, index=waiting.index, dtype=object).reindex(made.index, fill_value=""),
        valid_until=until.astype(object).reindex(made.index, fill_value=""),
    )


def _levels(
    known: Known, waiting: pd.DataFrame, profiles: Mapping[str, Profile], on: str, registry: Registry
) -> pd.Series:
    """How good the evidence of each row is that holds on a day, by that list of its profile of which it is
    the least.
    """
    own = waiting.drop_duplicates("article")
    said = together(declared.standing(known, own).declarations, on)
    readings = identify(said.lines, registry)
    place = {article: number for number, article in enumerate(own["article"])}
    made = pd.Series(0, index=waiting.index)
    for name, part in waiting.groupby("profile"):
        lists = list(dict.fromkeys(map(list_id, profiles[str(name)].lists)))
        least = evidence_that_holds(said, readings, lists, on).min(axis=1)
        made[part.index] = least[part["article"].map(place).to_numpy()]
    return made


def _last_days(known: Known, articles: pd.Series, on: str) -> dict[int, str]:
    """By article that is declared: the last day of its declarations, if all of them have lapsed; else ""."""
    current = declared.current_rows(known, articles.unique())
    if not len(current):
        return {}
    heads = declared.heads(known, current["declaration"].to_numpy())
    until = current["declaration"].map(heads["valid_until"]).astype(object)
    lapsed = ((until != "") & (until < on)).groupby(current["article"]).all()
    last = until.groupby(current["article"]).max().where(lapsed, "")
    return dict(zip(last.index.tolist(), last.tolist(), strict=True))


def _with_decisions(known: Known, rows: pd.DataFrame, on: str) -> pd.DataFrame:
    """The rows with `reason`, `signed`, `at` of what a person decided of them since they came."""
    names = ["reason", "signed", "at"]
    given = kept.every(known, Activation)
    ended = given["ended"].map(lambda event: event is not None and event <= known.seen).astype(bool)
    given = given[~ended & (given["at"].str[:10] <= on)].drop_duplicates(_ROW, keep="last")
    made = rows.merge(given[[*_ROW, "added", *names]], on=_ROW, how="left")
    holds = (made["added"] >= made["event"]).to_numpy()
    return made.assign(**{name: made[name].where(holds, "").astype(object) for name in names})


def why_text(row: Mapping[Any, Any], _: Translator) -> str:
    """Why a row is not active, or why a person made it active, in words.

    Args:
        row: one of `activity`.

    >>> from kemkoll.i18n import translator
    >>> row = {"state": "inactive", "why": "weak", "level": 2, "wanted": 3}
    >>> why_text(row, translator("en"))
    'the evidence is “statement”, and the contract wants “declared content”'
    """
    if row["state"] == Activity.overridden:
        return _("“{reason}” ({who}, {day})").format(
            reason=row["reason"], who=row["signed"], day=row["at"][:10]
        )
    if row["why"] == Why.undeclared:
        return _("nobody has declared it")
    if row["why"] == Why.lapsed:
        return _("its declaration was valid until {day}").format(day=row["valid_until"])
    level, wanted = (_(EVIDENCE_LEVELS[row[name]]) for name in ("level", "wanted"))
    return _("the evidence is “{level}”, and the contract wants “{wanted}”").format(
        level=level, wanted=wanted
    )
