"""What suppliers have answered about lists, article by article, as it holds on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.store import Known, declarations, declared
from kemkoll.store.models import Line, Statement
from kemkoll.store.once import texts_of
from kemkoll.tables import Answer, list_id


@dataclass(frozen=True)
class Last:
    """What was last answered about one list, of one article.

    Attributes:
        edition: the newest edition that something was answered about; empty: none that can be built on.
        none: whether it was “none above its limit”; otherwise it was “contains”.
        basis: the basis that this answer spoke of; empty: the list's own.
        contains: the supplier says of that edition, or of an older one, that something of it is there.
    """

    edition: str = ""
    none: bool = False
    basis: str = ""
    contains: bool = False


NOTHING = Last()
Key = tuple[int, str]
"""`Article.article`, and the id of a list."""


@dataclass(frozen=True)
class Said:
    """What is currently declared of some articles.

    Attributes:
        declared: the articles of which anything is declared that has not lapsed.
        last: what was last answered; only where something was.
        composed: of each article the event and the date of every composition of it.
        answers: of each article and list: `event`, `answer`, `edition`, `date` of every answer that holds.
    """

    declared: frozenset[int]
    last: dict[Key, Last]
    composed: dict[int, list[tuple[int, str]]]
    answers: dict[Key, list[dict[str, object]]]


def said(known: Known, articles: np.ndarray, on: str) -> Said:
    """What is declared of some articles, as it holds on a day."""
    rows = declared.current_rows(known, articles)
    if not len(rows):
        return Said(frozenset(), {}, {}, {})
    heads = declared.heads(known, rows["declaration"].to_numpy()).loc[rows["declaration"]]
    rows = rows[["id", "article", "added"]].assign(
        date=heads["date"].to_numpy(dtype=object), until=heads["valid_until"].to_numpy(dtype=object)
    )
    rows = rows.assign(lapsed=(rows["until"] != "") & (rows["until"] < on)).set_index("id")
    lines = declarations.belonging(known, pd.Series(rows.index), Line, "declared")["declared"].unique()
    composed: dict[int, list[tuple[int, str]]] = {}
    for row in rows.loc[lines].to_dict("records"):
        composed.setdefault(int(row["article"]), []).append((int(row["added"]), str(row["date"])))
    answers: dict[Key, list[dict[str, object]]] = {}
    told: list[dict[Any, Any]] = _statements(known, rows, on).to_dict("records")
    for row in told:
        answers.setdefault((int(row["article"]), str(row["list"])), []).append(
            {name: row[name] for name in ("event", "answer", "edition", "basis", "date", "lapsed")}
        )
    made = {key: _last(own) for key, own in answers.items()}
    holding = frozenset(rows["article"][~rows["lapsed"]].tolist())
    return Said(holding, made, composed, answers)


def _statements(known: Known, rows: pd.DataFrame, on: str) -> pd.DataFrame:
    """The statements of some rows of `declared_article`; an edition later than their day is none."""
    names = ["list", "edition", "answer", "basis"]
    made = declarations.belonging(known, pd.Series(rows.index), Statement, "declared", *names)
    texts = texts_of(known.connection, made[names].to_numpy().ravel())
    made = made.assign(**{name: made[name].map(texts).astype(object) for name in names})
    own = rows.loc[made["declared"]].reset_index(drop=True)
    day = own["date"].where((own["date"] != "") & (own["date"] < on), on)
    edition = made["edition"].where(made["edition"].to_numpy() <= day.to_numpy(), "")
    return made.assign(
        edition=edition, list=made["list"].map(list_id), article=own["article"], event=own["added"],
        date=own["date"], lapsed=own["lapsed"],
    )  # fmt: skip


def _last(answers: list[dict[str, object]]) -> Last:
    """What one can build on of some answers about one list: only what says what it is about.

    >>> none = {"answer": "none_above_limit", "edition": "2025-01-21", "basis": "", "lapsed": False}
    >>> _last([none])
    Last(edition='2025-01-21', none=True, basis='', contains=False)
    >>> _last([none, none | {"answer": "do_not_know", "edition": ""}])
    Last(edition='', none=False, basis='', contains=False)
    >>> _last([none | {"answer": "contains", "edition": "2024-06-27"}, none]).contains
    True
    """
    unknown = [str(it["edition"]) for it in answers if it["answer"] == Answer.do_not_know]
    bound = min(unknown, default="9999-12-31")  # an answer about an edition that was not known is none
    held = [it for it in answers if it["edition"] and str(it["edition"]) < bound]
    free = [it for it in held if it["answer"] == Answer.none_above_limit and not it["lapsed"]]
    there = [it for it in answers if it["answer"] == Answer.contains]
    if free:
        best = max(free, key=lambda it: str(it["edition"]))
        edition = str(best["edition"])
        admitted = any(str(it["edition"]) <= edition for it in there)
        return Last(edition, none=True, basis=str(best["basis"]), contains=admitted)
    days = [str(it["edition"]) for it in there if it in held]
    return Last(max(days), contains=True) if days else NOTHING
