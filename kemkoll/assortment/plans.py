"""By which profile and which editions of which lists each article of a scope is judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from kemkoll.errors import ProfileError
from kemkoll.lists import load_lists
from kemkoll.lists.compiled import Lists
from kemkoll.profiles import Binding, Profile, parse_profile, profile_text, shipped
from kemkoll.store import Known, judged
from kemkoll.tables import Law

DEFAULT = "default"


@dataclass(frozen=True)
class Asked:
    """What a batch was asked for, beside its scope and day.

    Attributes:
        profile: name of the profile to judge all articles by; empty: by that of their contract.
        lists: lists to judge by instead of the profiles' own.
        facts: facts that hold for every article.
        assume_complete: take what nobody declared as absent.
        law_on: the day whose editions and limits count; empty: that of the judgement.
        measured: each article of the buyer's own assortment once, under no contract: a year is measured.
    """

    profile: str = ""
    lists: tuple[str, ...] = ()
    facts: Mapping[str, bool] = field(default_factory=dict)
    assume_complete: bool = False
    law_on: str = ""
    measured: bool = False

    @property
    def said(self) -> dict[str, Any]:
        """As plain values, without what is left open."""
        whole = {
            "profile": self.profile,
            "lists": [*self.lists],
            "facts": dict(self.facts),
            "assume_complete": self.assume_complete,
            "law_on": self.law_on,
            "measured": self.measured,
        }
        return {name: value for name, value in whole.items() if value}


@dataclass(frozen=True)
class Plan:
    """Articles that are judged by one profile and the same lists.

    Attributes:
        rows: rows of `scope.rows_in`.
    """

    profile: Profile
    text: str
    law: Law
    rows: pd.DataFrame

    def only(self, articles: Collection[int]) -> Plan:
        """The plan of some of its articles."""
        return replace(self, rows=self.rows[self.rows["article"].isin(articles)].reset_index(drop=True))


def plans(known: Known, rows: pd.DataFrame, asked: Asked, on: str, source: Lists) -> list[Plan]:
    """The plans of the articles of a scope: one for each profile and binding among their contracts.

    Args:
        known: the moment.
        rows: `scope.rows_in`.
        asked: what the call asks for.
        on: the day.
        source: the lists as they are now.

    Raises:
        ProfileError: a contract names a profile that does not exist.
        ListError: a list does not exist, or has no edition so old.
    """
    own = judged.imported_profiles(known)
    key = ["profile", "binding", "frozen_on", "grace_days"]
    named = rows.assign(profile=rows["profile"].where(rows["profile"] != "", DEFAULT))
    if asked.profile:
        named = named.assign(profile=asked.profile)
    if asked.lists:  # they name their editions themselves
        named = named.assign(binding="", frozen_on="", grace_days=-1)
    made = []
    for _, part in named.groupby(key, sort=True):
        name, kind, frozen_on, days = part[key].iloc[0].tolist()
        text = text_of(name, own)
        profile = bound(parse_profile(text, name), kind, frozen_on, int(days))
        law = law_of(profile, asked.lists, asked.law_on or on, source)
        made.append(Plan(profile, text, law, part.reset_index(drop=True)))
    return made


def kept_plans(known: Known, batch: int, rows: pd.DataFrame) -> list[Plan]:
    """The plans that a batch was made by: the same articles, lists and profiles.

    Args:
        known: any moment after the batch.
        rows: `scope.rows_in` of its scope and day, as they were known then.
    """
    verdicts = judged.verdicts(known, batch=batch)
    of_group = verdicts[["group", "contract", "article"]].drop_duplicates()
    made = []
    for number, group in enumerate(judged.groups(known, batch)):
        lists = group["lists"]
        named = zip(lists["called"], lists["edition_date"], strict=True)
        names = [f"{called.partition('@')[0]}@{edition}" for called, edition in named]
        law = load_lists(names, source=judged.KeptLists(known, lists["edition"].tolist()))
        law = replace(law, lists=law.lists.assign(asked_by_name=lists["asked_by_name"].to_numpy()))
        own = of_group[of_group["group"] == number][["contract", "article"]]
        part = rows.merge(own, on=["contract", "article"]).sort_values(["article", "contract"], kind="stable")
        profile = parse_profile(group["text"], group["name"])
        made.append(Plan(profile, group["text"], law, part.reset_index(drop=True)))
    return made


def text_of(name: str, own: Mapping[str, str]) -> str:
    """The text of a profile: the buyer's own of this name, or the one that ships.

    Raises:
        ProfileError: there is none.
    """
    if name in own:
        return own[name]
    if name not in shipped():
        raise ProfileError(
            "There is no profile “{name}”. Shipped: {names}; the database has: {own}.",
            name=name,
            names=", ".join(shipped()),
            own=", ".join(own) or "–",
        )
    return profile_text(name)


def bound(profile: Profile, kind: str, frozen_on: str, grace_days: int) -> Profile:
    """The profile, bound as a contract says where it says so."""
    if not kind and grace_days < 0:
        return profile
    days = grace_days if grace_days >= 0 else profile.binding.grace_days
    return replace(
        profile, binding=Binding(kind or profile.binding.kind, frozen_on or profile.binding.date, days)
    )


def law_of(profile: Profile, lists: Sequence[str], on: str, source: Lists) -> Law:
    """The lists of a profile in the editions that hold for it on a day, or those asked for instead."""
    law = load_lists([*(lists or profile.editions(on))], source=source)
    return law if lists else replace(law, lists=law.lists.assign(asked_by_name=False))
