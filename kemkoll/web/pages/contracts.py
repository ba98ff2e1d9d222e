"""Contracts: their period, profile and editions, and what became of their articles; catalogue marks."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.accounts.roles import Role
from kemkoll.assortment.agreements import Agreement, agreements
from kemkoll.assortment.exports import csv_of, marks_table
from kemkoll.assortment.overview import UNJUDGED, Overview, Wanted, chosen, counts_of
from kemkoll.assortment.review import newest
from kemkoll.i18n import Translator, translator
from kemkoll.outputs.standing import editions_text
from kemkoll.registry import Registry
from kemkoll.store import Known
from kemkoll.tables import Outcome
from kemkoll.web.access import OfHouse
from kemkoll.web.downloads import attachment
from kemkoll.web.listing import leaf
from kemkoll.web.overviews import being_worked_out, overview_of
from kemkoll.web.pages import page_router
from kemkoll.web.remembered import looked
from kemkoll.web.showing import OUTCOME_WORDS, TONES, figure

router = page_router()
_SHOWN = (Outcome.deviation, Outcome.review, Outcome.unknown, Outcome.waived)


@router.get("/contracts")
def contracts(visit: OfHouse) -> Response:
    """Every contract."""
    made = overview_of(visit)
    if made is None:
        return being_worked_out(visit)
    with visit.store.reading() as known:
        there = agreements(known, visit.today)
    shown, pages = leaf(visit, there)
    rows = [_row(it, made.overview, visit._) for it in shown]
    return visit.render(
        "contracts", rows=rows, pages=pages, batch=made.overview.batch,
        may_try=visit.has(Role.strategist, Role.buyer)
    )  # fmt: skip


@router.get("/contracts/marks.csv")
def marks(visit: OfHouse) -> Response:
    """The catalogue marks of the newest batch, as a file."""
    done, content = looked(visit, "marks", _marks, visit.language)
    return attachment(content, f"marks-{visit.today}.csv", "text/csv; charset=utf-8") if done else (
        being_worked_out(visit)
    )  # fmt: skip


@router.get("/contracts/{number:int}")
def one(visit: OfHouse, number: int) -> Response:
    """One contract."""
    made = overview_of(visit)
    if made is None:
        return being_worked_out(visit)
    with visit.store.reading() as known:
        found = next((it for it in agreements(known, visit.today) if it.contract == number), None)
    if found is None:
        raise HTTPException(404)
    all_, _ = made.overview, visit._
    return visit.render(
        "contract", it=found, binding=_binding(found, _), outcomes=_outcomes(found, all_, _),
        batch=all_.batch,
        judged=counts_of(all_, found.number)["articles"],
        articles=len(chosen(all_, Wanted(contract=found.number))),
    )  # fmt: skip


def _marks(known: Known, _on: str, language: str) -> bytes:
    return csv_of(marks_table(known, newest(known), translator(language), Registry.open()))


def _row(it: Agreement, all_: Overview, _: Translator) -> list[Any]:
    counted = counts_of(all_, it.number)
    return [
        {"text": it.number, "path": f"/contracts/{it.contract}"},
        it.name,
        it.supplier,
        _period(it, _),
        it.profile,
        _binding(it, _),
        figure(len(chosen(all_, Wanted(contract=it.number))), _, contract=it.number),
        *(figure(counted[outcome], _, contract=it.number, outcome=outcome.value) for outcome in _SHOWN),
    ]


def _period(it: Agreement, _: Translator) -> str:
    period = _("{since} to {until}").format(since=it.starts or "–", until=it.ends or "–")
    return period if it.running else _("{period} (not running)").format(period=period)


def _binding(it: Agreement, _: Translator) -> str:
    """In which editions the lists of a contract hold, in words."""
    bound = it.binding
    if bound is None:
        return _("there is no profile of that name")
    said = editions_text(bound.kind, bound.date, bound.grace_days, _)
    kind = _("frozen") if bound.kind == "frozen" else _("following")
    return f"{kind}: {said}"


def _outcomes(it: Agreement, all_: Overview, _: Translator) -> list[list[Any]]:
    """How many articles under a contract have each outcome; they add up."""
    counted = counts_of(all_, it.number)
    left = len(chosen(all_, Wanted(contract=it.number, outcome=UNJUDGED)))
    rows = [(outcome.value, counted[outcome]) for outcome in reversed(Outcome)] + [(UNJUDGED, left)]
    return [
        [
            {"text": _(OUTCOME_WORDS[code]), "verdict": TONES.get(code, "")},
            figure(number, _, contract=it.number, outcome=code),
        ]
        for code, number in rows
    ]
