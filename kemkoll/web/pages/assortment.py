"""The assortment: every article, by whatever the address asks for."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import pandas as pd
from fastapi import HTTPException, Response

from kemkoll.assortment.exports import csv_of
from kemkoll.assortment.overview import (
    DECLARED,
    FORCES,
    JUDGED,
    UNJUDGED,
    WAITING,
    Overview,
    Wanted,
    chosen,
    contracts_of,
)
from kemkoll.i18n import N_, Translator
from kemkoll.outputs.words import EVIDENCE_LEVELS
from kemkoll.tables import Coverage, Outcome
from kemkoll.web.access import OfHouse
from kemkoll.web.downloads import attachment
from kemkoll.web.listing import leaf
from kemkoll.web.overviews import being_worked_out, overview_of
from kemkoll.web.pages import page_router
from kemkoll.web.showing import DEGREES, OUTCOME_WORDS, outcome_cell, path_with
from kemkoll.web.visit import Visit

router = page_router()
DECLARED_WORDS = {
    "yes": N_("declared"), "no": N_("not declared"), "lapsing": N_("lapses within 90 days"),
    "lapsed": N_("has lapsed"),
}  # fmt: skip
WAITING_WORDS = {
    "inactive": N_("not active yet"), "overridden": N_("active by a decision"),
    "review": N_("to be reviewed"),
}  # fmt: skip
FORCE_WORDS = {
    "law": N_("above a limit of the law"), "contract": N_("above a limit of a contract alone"),
    "waived": N_("above a limit, waived"),
}  # fmt: skip
_ALLOWED = {
    "outcome": (*(it.value for it in Outcome), UNJUDGED, JUDGED),
    "coverage": tuple(it.value for it in Coverage),
    "evidence": tuple(map(str, range(len(EVIDENCE_LEVELS)))), "declared": DECLARED, "waiting": WAITING,
    "force": FORCES,
}  # fmt: skip


@router.get("/articles")
def articles(visit: OfHouse) -> Response:
    """The articles that the address asks for, a page at a time."""
    asked, batch = wanted_of(visit)
    made = overview_of(visit, batch)
    if made is None:
        return being_worked_out(visit)
    all_, _ = made.overview, visit._
    found = chosen(all_, asked)
    shown, pages = leaf(visit, range(len(found)))
    rows = _rows(all_, found.iloc[list(shown)], batch, _)
    return visit.render(
        "articles", rows=rows, pages=pages, asked=asdict(asked), choices=_choices(all_, _),
        download=path_with("/articles.csv", batch=batch or "", **asdict(asked)), all=len(found),
        batch=all_.batch, given=batch or "", left=bool(asked.of_batch and not found["here"].all()),
    )  # fmt: skip


@router.get("/articles.csv")
def table(visit: OfHouse) -> Response:
    """The same articles as a file."""
    asked, batch = wanted_of(visit)
    made = overview_of(visit, batch)
    if made is None:
        return being_worked_out(visit)
    all_, _ = made.overview, visit._
    frame = _frame(all_, chosen(all_, asked), _)
    return attachment(csv_of(frame), f"articles-{visit.today}.csv", "text/csv; charset=utf-8")


def wanted_of(visit: Visit) -> tuple[Wanted, int]:
    """What the address asks for, and by which batch (0: the newest).

    Raises:
        HTTPException: 404: it asks for what there cannot be.
    """
    given = {field.name: visit.asked(field.name) for field in fields(Wanted)}
    if any(given[name] and given[name] not in allowed for name, allowed in _ALLOWED.items()):
        raise HTTPException(404)
    batch = visit.asked("batch")
    if batch and not (batch.isascii() and batch.isdecimal() and len(batch) < 10):
        raise HTTPException(404)
    return Wanted(**given), int(batch or 0)


def _rows(all_: Overview, found: pd.DataFrame, batch: int, _: Translator) -> list[list[Any]]:
    under = contracts_of(all_)
    levels = {level: _(word) for level, word in enumerate(EVIDENCE_LEVELS)}
    rows = []
    for row in found.to_dict("records"):
        path = path_with(f"/articles/{row['article']}", batch=batch or "")
        rows.append(
            [
                {"text": row["number"] or row["own_number"] or "–", "path": path},
                row["name"],
                outcome_cell(row["outcome"], _),
                row["supplier"] or "–",
                row["category"],
                ", ".join(under.get(row["article"], ())),
                _standing(row, _),
                levels.get(row["level"], "–"),
            ]
        )
    return rows


def _standing(row: dict[Any, Any], _: Translator) -> str:
    """Whether an article is declared, and what of it waits."""
    codes = ["yes" if row["declared"] else "no", *row["lasts"].split(), *row["waits"].split()]
    words = DECLARED_WORDS | WAITING_WORDS
    said = [_(words[code]) for code in codes]
    return "; ".join(said if row["here"] else [*said, _("no longer in the assortment")])


def _frame(all_: Overview, found: pd.DataFrame, _: Translator) -> pd.DataFrame:
    """The articles as a table for other programs: codes, and beside them words."""
    under = contracts_of(all_)
    return pd.DataFrame(
        {
            "supplier": found["supplier"],
            "article": found["number"],
            "own_number": found["own_number"],
            "article_name": found["name"],
            "category": found["category"],
            "contracts": found["article"].map(lambda article: ", ".join(under.get(article, ()))),
            "in_assortment": found["here"].map({True: "yes", False: "no"}),
            "declared": found["declared"].map({True: "yes", False: "no"}),
            "declaration": found["lasts"],
            "waiting": found["waits"],
            "batch": int(all_.batch["id"]) if all_.batch else "",
            "judged_on": all_.batch["on"] if all_.batch else "",
            "outcome": found["outcome"],
            "outcome_text": found["outcome"].map(lambda outcome: _(OUTCOME_WORDS[outcome])),
            "evidence_level": found["level"].map(lambda level: str(level) if level >= 0 else ""),
            "deviation": found["force"],
        }
    )


def _choices(all_: Overview, _: Translator) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen of each filter, with its words; nothing first."""

    def among(words: dict[str, str]) -> list[tuple[str, str]]:
        return [("", _("all")), *((code, _(word)) for code, word in words.items())]

    def named(names: Any) -> list[tuple[str, str]]:
        return [("", _("all")), *((name, name) for name in sorted({*names} - {""}))]

    called = {code: f"{code} {all_.categories.get(code, '')}".strip() for code in
              sorted({*all_.articles["category"], *all_.categories} - {""})}  # fmt: skip
    return {
        "contract": named(all_.contracts.values()),
        "category": [("", _("all")), *called.items()],
        "supplier": named(all_.articles["supplier"]),
        "outcome": among(dict(reversed(OUTCOME_WORDS.items()))),
        "list": named(all_.verdicts["list"].unique()),
        "coverage": among(DEGREES),
        "evidence": among({str(level): word for level, word in enumerate(EVIDENCE_LEVELS)}),
        "declared": among(DECLARED_WORDS),
        "waiting": among(WAITING_WORDS),
        "force": among(FORCE_WORDS),
    }
