"""Which entries of a list an answer about an older edition says nothing of."""

from __future__ import annotations

import pandas as pd

from kemkoll.judgement.contributions import entry_codes
from kemkoll.judgement.statements import last_changes
from kemkoll.lists.compiled import Lists
from kemkoll.lists.editions import in_force, load_lists
from kemkoll.tables import Basis, Law

ADDED, CHANGED = "added", "changed"
COLUMNS = ("list", "entry", "change", "name_en", "name_sv", "cas", "ec", "reason", "published")
_MOST_NUMBERS = 12


def asked_law(list_: str, edition: str, on: str, source: Lists | None = None) -> Law:
    """One list in an edition, as far as it applies on a day; an empty edition is the newest."""
    return in_force(load_lists([f"{list_}@{edition}" if edition else list_], source=source), on)


def asked_since(law: Law, edition: str, on: str) -> pd.DataFrame:
    """The entries of a list that an answer about an edition says nothing of, the newest first.

    They are what a batch leaves unanswered beside such an answer: what was published since (`ADDED`), and
    what itself or whose limit has begun to bind since (`CHANGED`).

    Args:
        law: one list as it is asked about (`asked_law`).
        edition: the edition that was answered; empty: none was, so every entry is asked about.
        on: the day.

    Returns:
        `COLUMNS`; `cas` and `ec` are the numbers that the official list names, by commas.

    >>> law = asked_law("eu-reach-candidate", "2026-02-04", "2026-11-22")
    >>> asked_since(law, "2025-11-05", "2026-11-22")["entry"].tolist()
    ['bpaf-and-salts', 'n-hexane']
    """
    index, _ = entry_codes(law)
    last = last_changes(law, index, on)["since"]
    since = dict(zip(index, last, strict=True))
    entries = law.entries.astype(object).drop_duplicates(["list", "entry"], keep="last")
    days = [since[key] for key in zip(entries["list"], entries["entry"], strict=True)]
    met = entries[[day > edition for day in days]]
    made = met.assign(
        change=[ADDED if day > edition else CHANGED for day in met["published"]],
        cas=_numbers(law, met, "cas"),
        ec=_numbers(law, met, "ec"),
    )
    made = made.sort_values(["published", "entry"], ascending=[False, True], kind="stable")
    return made[[*COLUMNS]].reset_index(drop=True)


def fits(law: Law, basis: str, on: str) -> bool:
    """Whether an answer that speaks of a basis is fine enough for every entry of a list.

    >>> fits(asked_law("eu-rohs", "", "2026-11-22"), "component", "2026-11-22")
    False
    """
    if not basis:
        return True
    index, _ = entry_codes(law)
    return bool((last_changes(law, index, on)["finest"] <= Basis(basis).level).all())


def _numbers(law: Law, entries: pd.DataFrame, kind: str) -> list[str]:
    """The numbers of some entries that the official list names; where there are many, the first of them."""
    members = law.members.astype({"kind": object, "entry": object, "value": object, "derived": object})
    own = members[(members["kind"] == kind) & ~members["excluded"] & (members["derived"] == "")]
    numbers = own.groupby("entry")["value"].agg(lambda values: [*dict.fromkeys(values)]).to_dict()
    made = []
    for entry in entries["entry"]:
        there = numbers.get(entry, [])
        made.append(", ".join(there[:_MOST_NUMBERS]) + (" …" if len(there) > _MOST_NUMBERS else ""))
    return made
