"""A new edition of a list: what would follow from it, and taking it into use, of which the log says why."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from kemkoll.assortment.batches import Tell
from kemkoll.assortment.impact import Impact, impact, newest_scope
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.lists.editions import library_of
from kemkoll.lists.proposing import Proposal, accept, as_accepted
from kemkoll.registry import Registry
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import AuditEvent

ACTION = "list"
"""What the log calls it."""
COLUMNS = ("at", "who", "before", "after", "entries", "changes", "reason")


def foreseen(
    known: Known,
    proposal: Proposal,
    *,
    today: str,
    registry: Registry,
    on: str = "",
    number: int | None = None,
    tell: Tell = lambda *_: None,
) -> Impact:
    """What a proposed list would change for what a batch was asked for.

    Args:
        known: the moment.
        proposal: the list.
        today: the day here, ISO text.
        registry: where substances are looked up.
        on: the day that is judged; empty: today, or the day of the new edition if that is later.
        number: of the batch; None: the newest of the whole assortment.
        tell: is told how far it has come.

    Raises:
        StoreError: there is no such batch, or no article in its scope on that day.
    """
    official = proposal.draft.about["official_date"]
    scope, asked = newest_scope(known, number)
    with as_accepted(proposal) as proposed:
        return impact(
            known, scope, asked, on=on or max(today, official), official=official, current=library_of(),
            proposed=proposed, registry=registry, tell=tell,
        )  # fmt: skip


def take_into_use(change: Change, proposal: Proposal, reason: str) -> Path:
    """The folder in which the list now lies. Only a newer edition takes it back.

    Args:
        change: the event; its line in the log says what and why.
        proposal: the list as it was looked at.
        reason: why.

    Raises:
        ConfigError: nobody says why.
        ListError: something in the list must be put right first.
    """
    if not reason.strip():
        raise ConfigError(N_("Say why the list is taken into use: the log keeps it."))
    base, draft = proposal.base, proposal.draft
    change.about.update(
        list=draft.id,
        before=base.about["official_date"] if base else "",
        after=draft.about["official_date"],
        entries=len(draft.tables["entries"]),
        changes=len(proposal.changes),
        reason=reason.strip(),
    )
    return accept(proposal)


def taken_into_use(known: Known, id_: str) -> pd.DataFrame:
    """The editions of a list that were taken into use with this database, the newest first: `COLUMNS`."""
    events = kept.every(known, AuditEvent, action=ACTION)
    told = [
        {**about, "at": event["at"], "who": event["who"]}
        for event in events.to_dict("records")
        if (about := json.loads(event["about"] or "{}")).get("list") == id_
    ]
    return pd.DataFrame(told[::-1], columns=[*COLUMNS])
