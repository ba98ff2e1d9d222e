"""What differs between two editions of substance lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kemkoll.tables import Law

COLUMNS = ("list", "entry", "name_en", "name_sv", "change", "what", "detail", "before", "after")
"""What `differences` tells of each difference."""
_KEY = ["list", "entry", "what", "detail"]
_FIRST_WORDS = 8


def differences(before: Law, after: Law) -> pd.DataFrame:
    """One row per difference: an entry that came or went, or one fact, number, limit or derogation of one.

    Each list is taken as it was on the day of its edition: what had ended is not there, a limit to come is
    there with its first day. Where both hold one list, its entries are compared whatever they are called.

    Columns are those of `COLUMNS`: `change` is added, removed or changed; `what` is entry, name, reason,
    since, member, limit, group or derogation; `detail` tells several of one kind apart, and says of an entry
    that came or went since when it is listed and why; `before` and `after` are what was said, of an entry its
    numbers.

    >>> from kemkoll.lists import load_lists
    >>> found = differences(load_lists(["eu-rohs@2011-07-01"]), load_lists(["eu-rohs"]))
    >>> found.loc[found["what"] == "entry", ["entry", "change"]].to_numpy().tolist()[0]
    ['bbp', 'added']
    """
    old, new = _said(before), _said(after)
    if len(before.lists) == len(after.lists) == 1:
        old["list"] = after.lists["list"].iloc[0]
    both = old.merge(new, on=_KEY, how="outer", suffixes=("_old", "_new"), indicator="side", sort=False)
    both["change"] = (
        both["side"].map({"left_only": "removed", "right_only": "added", "both": "changed"}).astype(object)
    )
    same = (both["change"] == "changed") & (
        (both["text_old"] == both["text_new"]) | (both["what"] == "entry")
    )
    both = both[~same]
    came, stayed = _entries(new), _entries(old)
    both = both[(both["what"] == "entry") | _mask(both, came & stayed)]
    return _ordered(_named(both.rename(columns={"text_old": "before", "text_new": "after"}), before, after))


def _named(found: pd.DataFrame, before: Law, after: Law) -> pd.DataFrame:
    """The differences with the names of their entries; one that came or went with day and reason."""
    entries = pd.concat([before.entries, after.entries]).astype(object).drop_duplicates("entry", keep="last")
    facts = entries.set_index("entry")[["name_en", "name_sv", "since", "reason"]]
    made = found.fillna({"before": "", "after": ""}).join(facts, on="entry")
    whole = made["what"] == "entry"
    return made.assign(detail=made["detail"].where(~whole, made["since"] + ": " + made["reason"]))


def _ordered(found: pd.DataFrame) -> pd.DataFrame:
    """What came first, then what went, then what changed in those that stay."""
    place = found["change"].map({"added": 0, "removed": 1, "changed": 2}).where(found["what"] == "entry", 2)
    made = found.assign(place=place.astype(int))
    ordered = made.sort_values(["place", "list", "entry", "what", "detail"], kind="stable")
    return ordered[[*COLUMNS]].reset_index(drop=True)


def _entries(frame: pd.DataFrame) -> set[tuple[str, str]]:
    found = frame[frame["what"] == "entry"]
    return set(zip(found["list"], found["entry"], strict=True))


def _said(law: Law) -> pd.DataFrame:
    """Everything that is compared, one text a row, under its key."""
    parts = [part for part in _parts(law) if len(part)]
    columns = [*_KEY, "text"]
    made = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype=object)
    return made.astype(object).groupby(_KEY, sort=False)["text"].agg("; ".join).reset_index()


def _parts(law: Law) -> Iterator[pd.DataFrame]:
    day = dict(zip(law.lists["list"].astype(object), law.lists["edition"].astype(object), strict=True))
    entries = _there(law.entries, day)
    keys = set(zip(entries["list"], entries["entry"], strict=True))
    members, limits, groups, derogations = (
        _of(_there(frame, day), keys) for frame in (law.members, law.limits, law.groups, law.derogations)
    )
    first = entries.set_index(["list", "entry"])["since"].to_dict()
    began = [first[key] for key in zip(members["list"], members["entry"], strict=True)]
    members = members[
        (members["since"] <= members["day"]) | (members["since"] <= pd.Series(began, members.index, object))
    ]
    yield _part(entries, "entry", "", _numbers(entries, members))
    for fact, column in (("name", "name_en"), ("reason", "reason"), ("since", "since")):
        yield _part(entries, fact, "", entries[column])
    excluded = members["excluded"].map({True: " (excluded)", False: ""})
    certainty = members["certainty"].map(lambda word: " (possible)" if word == "possible" else "")
    yield _part(
        members,
        "member",
        members["kind"] + " " + members["value"],
        members["kind"].map(str) + excluded + certainty,
    )
    yield _part(limits, "limit", _detail(limits), _limit(limits))
    yield _part(groups, "group", "", (groups["rule"] + " " + groups["conditions"]).str.strip())
    use = derogations["id"] + ": " + derogations["use"]
    yield _part(
        derogations,
        "derogation",
        use,
        derogations["until"].map(lambda last: f"until {last}" if last else "yes"),
    )


def _there(frame: pd.DataFrame, day: dict[Any, Any]) -> pd.DataFrame:
    """The rows that have not ended by the edition of their list, as plain objects, with that `day`."""
    made = frame.astype(object).assign(day=frame["list"].astype(object).map(day).astype(object))
    return made[(made["until"] == "") | (made["until"] >= made["day"])] if "until" in made else made


def _of(frame: pd.DataFrame, keys: set[tuple[str, str]]) -> pd.DataFrame:
    return frame[_mask(frame, keys)]


def _mask(frame: pd.DataFrame, keys: set[tuple[str, str]]) -> pd.Series:
    """For each row whether its entry is one of these."""
    there = [key in keys for key in zip(frame["list"], frame["entry"], strict=True)]
    return pd.Series(there, index=frame.index, dtype=bool)


def _part(frame: pd.DataFrame, what: str, detail: Any, text: Any) -> pd.DataFrame:
    return frame[["list", "entry"]].assign(what=what, detail=detail, text=text)


def _numbers(entries: pd.DataFrame, members: pd.DataFrame) -> list[str]:
    """Of each entry its first numbers, by which a reader knows it."""
    numbered = members[
        members["kind"].isin(["cas", "ec", "list", "element"]) & ~members["excluded"].astype(bool)
    ]
    first = numbered.groupby(["list", "entry"], sort=False).head(_FIRST_WORDS)
    texts = first.groupby(["list", "entry"], sort=False)["value"].agg(", ".join).to_dict()
    return [texts.get(key, "") for key in zip(entries["list"], entries["entry"], strict=True)]


def _detail(limits: pd.DataFrame) -> list[str]:
    """What tells limits of one entry apart: of what, what is compared, under which conditions."""
    columns = zip(*(limits[name] for name in ("basis", "measure", "element", "condition")), strict=True)
    return ["; ".join(filter(None, words)) for words in columns]


def _limit(limits: pd.DataFrame) -> list[str]:
    """Each limit with its force, its days where they are still to come, and whether it is confirmed."""
    later = (
        limits["since"]
        .where(limits["since"] > limits["day"], "")
        .map(lambda day: f"from {day}" if day else "")
    )
    last = limits["until"].map(lambda day: f"until {day}" if day else "")
    doubt = limits["checked"].where(limits["checked"] == "unconfirmed", "")
    shares = limits["operator"] + " " + limits["limit"]
    values = shares.where(limits["limit"] != "", limits["measure"])
    rows = zip(values, limits["force"], later, last, doubt, strict=True)
    return [", ".join(filter(None, row)) for row in rows]
