"""What one buyer requires: its lists in their editions, and the law with the limits of its contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.errors import ProfileError
from kemkoll.tables import LIMITS, Law, list_id, stack

FROZEN, FOLLOWING = "frozen", "following"
ALL = "*"
"""The `entry` of a requirement on every entry of its list."""

_SINCE = re.compile(r"\(since (\d{4}-\d\d-\d\d)\)")


@dataclass(frozen=True)
class Binding:
    """In which editions the lists of a contract hold.

    Attributes:
        kind: `frozen`: those of a day; `following`: those of the day of the judgement.
        date: of a frozen one, ISO text.
        grace_days: of a following one: days that suppliers have before a new edition holds.

    >>> Binding("frozen", date="2026-02-04").day("2027-01-01")
    '2026-02-04'
    >>> Binding(grace_days=180).day("2026-11-22")
    '2026-05-26'
    """

    kind: str = FOLLOWING
    date: str = ""
    grace_days: int = 0

    def day(self, on: str) -> str:
        """The day whose editions hold on the day `on`, both ISO text."""
        if self.kind == FROZEN:
            return self.date
        return (date.fromisoformat(on) - timedelta(days=self.grace_days)).isoformat()


@dataclass(frozen=True)
class CategoryWaiver:
    """A deviation that the buyer has accepted for all articles of a product group.

    Attributes:
        category: code or name of the product group, as the buyer's assortment has it.
        list: id of the list.
        entry: "" for the whole list.
        ground: why.
        decision: number of the decision.
        decider: who decided.
        until: last day, ISO text.
    """

    category: str
    list: str
    entry: str
    ground: str
    decision: str
    decider: str
    until: str


@dataclass(frozen=True)
class Profile:
    """What one buyer requires.

    Attributes:
        version: of the profile's text: a number or a day.
        source: where the requirement comes from, with the address.
        note_en: what the profile leaves open, or takes for granted; `note_sv` in Swedish.
        checked: `unconfirmed`: nobody has held it against its source; else who has, and when, or "".
        lists: ids of the lists, a fixed edition with it where there is one: `eu-rohs@2024-01-01`.
        only_required: lists of which nothing is asked but what the requirements name, not the law's limits.
        binding: in which editions the lists hold.
        evidence_level: wanted of a declaration, `tables.EvidenceLevel`; 0: nothing is said.
        inactive_until_declared: what comes into a running contract is not active before it is declared at
            `evidence_level`, or a person decides so.
        large_volume: pieces bought in a year from which `tables.Condition.large_volume` holds; 0: none.
        facts: facts that hold for every article.
        requirements: limits of the contract: rows of `tables.LIMITS`, with `id`, `title_en`, `title_sv`,
            `strength`, and `where`: reasons of the entries that are meant.
        waivers: deviations accepted for product groups.
        sha256: of the profile's text, so that a result can say by which it was made.
    """

    id: str
    title_en: str = ""
    title_sv: str = ""
    version: str = ""
    source: str = ""
    note_en: str = ""
    note_sv: str = ""
    checked: str = ""
    lists: tuple[str, ...] = ()
    only_required: tuple[str, ...] = ()
    binding: Binding = Binding()
    evidence_level: int = 0
    inactive_until_declared: bool = False
    large_volume: int = 0
    facts: dict[str, bool] = field(default_factory=dict)
    requirements: tuple[dict[str, Any], ...] = ()
    waivers: tuple[CategoryWaiver, ...] = ()
    sha256: str = ""

    def editions(self, on: str, lists: Sequence[str] | None = None) -> tuple[str, ...]:
        """The lists in the editions that hold on the day `on`, as `load_lists` takes them.

        Args:
            on: the day of the judgement, ISO text.
            lists: those of the profile when left out; one that names its edition keeps it.

        >>> Profile("x", lists=("eu-rohs",), binding=Binding(grace_days=1)).editions("2026-03-01")
        ('eu-rohs@2026-02-28',)
        """
        day = self.binding.day(on)
        named = self.lists if lists is None else lists
        return tuple(name if "@" in name else f"{name}@{day}" for name in named)

    def apply(self, law: Law) -> Law:
        """The law with the limits of the contract beside its own; or, of lists of which only what is required
        is asked, instead of its own.

        Raises:
            ProfileError: a requirement names an entry, or a reason, that its list does not have.

        >>> Profile("none").apply(Law()).limits.shape[0]
        0
        """
        names = law.entries["list"].unique() if self.requirements else ()
        entries = {str(name): law.entries[(law.entries["list"] == name).to_numpy()] for name in names}
        rows = [row for requirement in self.requirements for row in self._limits(requirement, law, entries)]
        law = self._without_the_rest(law, {(row["list"], row["entry"]) for row in rows})
        return replace(law, limits=stack(LIMITS, [law.limits, pd.DataFrame(rows)])) if rows else law

    def _without_the_rest(self, law: Law, required: set[tuple[str, str]]) -> Law:
        """The law less the limits of lists that count by the requirements alone; their entries that nothing
        requires stay, as `unasked`: what is in an article is named whether or not anybody asks about it.
        """
        names = [name for name in law.lists["list"] if list_id(name) in self.only_required]
        if not names:
            return law

        def unasked(frame: pd.DataFrame) -> np.ndarray:
            pairs = zip(frame["list"], frame["entry"], strict=True)
            return np.array([pair[0] in names and pair not in required for pair in pairs], dtype=bool)

        return replace(
            law,
            entries=law.entries.assign(unasked=unasked(law.entries)),
            limits=law.limits[~law.limits["list"].isin(names).to_numpy()],
            derogations=law.derogations[~unasked(law.derogations)],
        )

    def _limits(
        self, requirement: dict[str, Any], law: Law, entries: Mapping[str, pd.DataFrame]
    ) -> Iterator[dict[str, Any]]:
        for name, own in entries.items():
            if list_id(name) == requirement["list"]:
                meant = _meant(requirement, own)
                if not meant and not _is_old(law, name):
                    raise self._not_there(requirement)
                for entry in meant:
                    since = max(requirement.get("since", ""), entry.since)
                    doubt = {"since": since, "narrower": entry.narrower}
                    yield {**requirement, "list": name, "entry": entry.id, **doubt}

    def _not_there(self, requirement: dict[str, Any]) -> ProfileError:
        if wanted := requirement.get("where"):
            return ProfileError(
                "Profile {profile}: {list} lists nothing for {reasons}. See `kemkoll lists show {list}`.",
                profile=self.id,
                list=requirement["list"],
                reasons=", ".join(wanted),
            )
        return ProfileError(
            "Profile {profile}: the list {list} has no entry “{entry}”. See `kemkoll lists show {list}`.",
            profile=self.id,
            list=requirement["list"],
            entry=requirement["entry"],
        )


class _Meant(NamedTuple):
    """An entry that a requirement means: from which day, and whether a condition hangs on its reason."""

    id: str
    since: str = ""
    narrower: bool = False


def _meant(requirement: dict[str, Any], entries: pd.DataFrame) -> list[_Meant]:
    """The entries of one list that a requirement means, each once."""
    if wanted := requirement.get("where"):
        found = (_for_reasons(entry, wanted) for entry in entries.to_dict("records"))
        return list(dict.fromkeys(meant for meant in found if meant))
    ids = dict.fromkeys(entries["entry"].astype(str))
    return [_Meant(entry) for entry in ids if requirement["entry"] in (ALL, entry)]


def _for_reasons(entry: dict[Any, Any], wanted: Sequence[str]) -> _Meant | None:
    """The entry, if it is listed for one of the reasons.

    A reason may have begun later than the entry, “(since 2017-07-07)”, or hold “(with 0.1 % or more benzene)”
    alone, which no declaration tells for sure.

    >>> lead = {"entry": "lead", "reason": "57(a) carcinogenic (with 0.1 % or more benzene); 57(d) PBT"}
    >>> _for_reasons(lead, ["57(a)", "57(b)"])
    _Meant(id='lead', since='', narrower=True)
    >>> _for_reasons(lead, ["57(c)"])
    """
    reasons = [reason.strip() for reason in str(entry["reason"]).split(";")]
    met = [reason for reason in reasons if reason.startswith(tuple(wanted))]
    if not met:
        return None
    begins = [found[1] if (found := _SINCE.search(reason)) else "" for reason in met]
    return _Meant(str(entry["entry"]), min(begins), all("(with " in reason for reason in met))


def _is_old(law: Law, name: str) -> bool:
    """Whether a list is there in an edition older than its newest, which may lack what came later."""
    lists = law.lists[(law.lists["list"] == name).to_numpy()]
    return bool((lists["edition"].astype(str) != lists["official_date"].astype(str)).any())
