"""What the pages of reviews ask of the processes beside the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.assortment import case_text, cases, review
from kemkoll.i18n import translator
from kemkoll.outputs.drawing import drawing
from kemkoll.registry import Registry
from kemkoll.store import Known, Store

MOST_DRAWN = 6


@dataclass(frozen=True)
class Candidate:
    """A substance that may be meant: what it is called, its structure in letters, and drawn if it can be."""

    said: str
    smiles: str
    picture: Any


@dataclass(frozen=True)
class Proposal:
    """What was decided of the same words before."""

    said: str
    verdict: str
    motive: str
    same_supplier: bool


@dataclass(frozen=True)
class Case:
    """One case for review, in words.

    Attributes:
        row: of `review.queue`.
        place: where it stands among those that are open, from 1; 0: it is decided.
        open: how many are open.
        before, after: the open cases before and after it in the queue; empty: there is none.
    """

    row: dict[str, Any]
    place: int
    open: int
    before: str
    after: str
    list: str
    entry: str
    why: str
    spend: str
    written: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    problems: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    question: str
    decided: str


def queue(where: str, batch: int, seen: int) -> pd.DataFrame:
    """What a batch left for review, as it was known at a moment."""
    with Store.open(where) as store, store.reading() as now:
        return review.queue(Known(now.connection, seen), batch)


def case(where: str, batch: int, seen: int, name: str, language: str) -> Case | None:
    """A case of a batch, whole; None: there is none of this name."""
    _ = translator(language)
    with Store.open(where) as store, store.reading() as now:
        known = Known(now.connection, seen)
        made = review.queue(known, batch)
        own = made[made["case"].str.casefold() == name.casefold()]
        if not len(own):
            return None
        detail = cases.details(known, batch, own, Registry.open())[0]
    row = {str(column): value for column, value in own.iloc[0].items()}
    drawn = [
        Candidate(said, smiles, _picture(said, smiles, language) if place < MOST_DRAWN else None)
        for place, (said, smiles) in enumerate(case_text.candidates(detail, _))
    ]
    said = zip(case_text.proposals(detail, _), detail.proposals, strict=True)
    return Case(
        row,
        *_places(made, int(own.index[0])),
        list=case_text.list_title(detail, _),
        entry=case_text.entry_name(detail, _),
        why=case_text.why_text(row, detail, _),
        spend=case_text.spend(row, _),
        written=tuple(case_text.written(detail, _)),
        candidates=tuple(drawn),
        problems=tuple(case_text.problems(detail.problems, _)),
        proposals=tuple(Proposal(text, it.verdict, it.motive, it.same_supplier) for text, it in said),
        question=case_text.question(row, detail, _),
        decided=case_text.decided(row, _),
    )


def _places(queue_: pd.DataFrame, own: int) -> tuple[int, int, str, str]:
    """Where a case stands among the open ones, how many there are, and which come before and after it."""
    open_ = queue_[queue_["decided"] == ""]
    before, after = open_[open_.index < own]["case"], open_[open_.index > own]["case"]
    place = len(before) + 1 if own in open_.index else 0
    last, first = before.iloc[-1] if len(before) else "", after.iloc[0] if len(after) else ""
    return place, len(open_), str(last), str(first)


def _picture(said: str, smiles: str, language: str) -> Any:
    _ = translator(language)
    title = _("Structure of {name}").format(name=said)
    return drawing(smiles, title, f"SMILES: {smiles}") if smiles else None


__all__ = ["Candidate", "Case", "Proposal", "case", "queue"]
