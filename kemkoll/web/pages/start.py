"""Where people of the house begin: what the newest batch came to, and what calls for work."""

from __future__ import annotations

from typing import Any

import pandas as pd
from fastapi import Response

from kemkoll.accounts.roles import Role
from kemkoll.assortment.outcomes import TOTAL
from kemkoll.assortment.overview import JUDGED, Overview
from kemkoll.i18n import N_, Translator, number_text
from kemkoll.outputs.words import EVIDENCE_LEVELS, OUTCOMES
from kemkoll.tables import Outcome
from kemkoll.web.access import OfHouse
from kemkoll.web.overviews import Looked, being_worked_out, overview_of
from kemkoll.web.pages import page_router
from kemkoll.web.showing import DEGREES, figure, path_with
from kemkoll.web.visit import Visit

router = page_router()
_FORCES = {
    "law": N_("may break the law: supervision is the authority's task"),
    "contract": N_("deviate from what a contract requires"),
    "waived": N_("have a deviation that the buyer has accepted for a time"),
}
_LEVELS = range(len(EVIDENCE_LEVELS))


@router.get("/start")
def start(visit: OfHouse) -> Response:
    """How the assortment stands today."""
    made = overview_of(visit)
    if made is None:
        return being_worked_out(visit)
    all_, _ = made.overview, visit._
    return visit.render(
        "start", counts=all_.status.counts, batch=all_.batch, work=_work(visit, made),
        outcomes=_outcomes(all_, _), judged=all_.judged, unjudged=all_.unjudged, forces=_forces(all_, _),
        by_list=_by_list(all_, _), answered=_answered(all_, _), requests=_requests(all_.status.overdue),
        waivers=_waivers(all_, _), moved=all_.status.moved, stale=made.stale,
        snapshot=all_.status.snapshot,
    )  # fmt: skip


def _card(number: int, said: str, path: str, _: Translator) -> dict[str, Any]:
    return {"number": number_text(int(number), _.language), "said": said, "path": path if number else ""}


def _outcomes(all_: Overview, _: Translator) -> list[dict[str, Any]]:
    """How many articles have each outcome, all lists together; they add up to those judged."""
    own = all_.counts.loc[TOTAL].to_dict()
    return [
        _card(own[outcome], _(OUTCOMES[outcome]), path_with("/articles", outcome=outcome.value), _)
        for outcome in reversed(Outcome)
    ]


def _forces(all_: Overview, _: Translator) -> list[dict[str, Any]]:
    return [
        _card(all_.by_force[name], _(said), path_with("/articles", force=name), _)
        for name, said in _FORCES.items()
    ]


def _by_list(all_: Overview, _: Translator) -> list[list[Any]]:
    """How many articles have each outcome, list by list, and in all."""
    return [
        [
            _("all lists") if name == TOTAL else name,
            *(figure(row[it], _, list=_named(name), outcome=it.value) for it in reversed(Outcome)),
            figure(row["articles"], _, list=_named(name), outcome=JUDGED),
        ]
        for name, row in all_.counts.iterrows()
    ]


def _named(name: Any) -> str:
    return "" if name == TOTAL else str(name)


def _answered(all_: Overview, _: Translator) -> list[list[Any]]:
    """How many articles are answered for by each list, and by what evidence."""
    return [
        [
            str(name),
            *(figure(row[degree], _, list=name, coverage=degree) for degree in DEGREES),
            *(figure(row[f"level_{level}"], _, list=name, evidence=level) for level in _LEVELS),
        ]
        for name, row in all_.coverage.iterrows()
    ]


def _work(visit: Visit, made: Looked) -> list[dict[str, Any]]:
    """What calls for work, each with how much there is, and the way to it."""
    _, told = visit._, made.overview.status
    states, waits = told.activity["state"], told.waivers
    soon = len(waits.expired) + len(waits.within_30) + len(waits.within_90)
    cases = _.ngettext("{n} case for review", "{n} cases for review", told.reviews)
    in_articles = _("articles with something to review ({cases})").format(
        cases=cases.format(n=number_text(told.reviews, _.language))
    )

    def articles(number: int, said: str, **asked: str) -> dict[str, Any]:
        return _card(number, said, path_with("/articles", **asked), _)

    def waiting(state: str) -> int:
        return int(told.activity["article"][states == state].nunique())

    cards = [
        articles(len(told.undeclared), _("articles that nobody has declared"), declared="no"),
        articles(len(told.lapsed), _("articles whose declaration has lapsed"), declared="lapsed"),
        articles(
            len(told.lapsing), _("articles whose declaration lapses within 90 days"), declared="lapsing"
        ),
        articles(told.cases["article"].nunique(), in_articles, waiting="review"),
        articles(waiting("inactive"), _("articles not active yet under a contract"), waiting="inactive"),
        articles(waiting("overridden"), _("articles active by a person's decision"), waiting="overridden"),
        _card(len(told.overdue), _("requests without an answer, overdue"), "#requests", _),
        _card(soon, _("waivers that have lapsed or lapse within 90 days"), "#waivers", _),
        _card(len(told.moved), _("lists changed since the newest batch"), "#lists", _),
        _card(len(made.stale), _("lists of which a new edition is overdue"), "#lists", _),
    ]
    if visit.has(Role.strategist) and told.reviews:
        cards[3] |= {"more": {"path": "/review", "said": _("To the queue")}}
    return cards


def _requests(overdue: pd.DataFrame) -> list[list[Any]]:
    return [
        [
            {"text": row["supplier"], "path": path_with("/articles", supplier=row["supplier"])},
            row["lists"],
            row["sent"],
            row["due"],
        ]
        for row in overdue.to_dict("records")
    ]


def _waivers(all_: Overview, _: Translator) -> list[list[Any]]:
    """The waivers that have lapsed or soon will, each with the way to the articles that it is about."""
    waits = all_.status.waivers
    rows = pd.concat([waits.expired, waits.within_30, waits.within_90]).to_dict("records")
    return [
        [_about(row), row["list"], row["entry"], row["decision"], row["until"], _left(row, _)] for row in rows
    ]


def _about(row: dict[Any, Any]) -> dict[str, Any]:
    for name, key in (("article", "text"), ("category", "category"), ("contract", "contract")):
        if row[name]:
            more = {"supplier": row["supplier"]} if name == "article" else {}
            return {"text": row[name], "path": path_with("/articles", **{key: row[name]}, **more)}
    return {"text": "–"}


def _left(row: dict[Any, Any], _: Translator) -> str:
    days = int(row["days_left"])
    if days < 0:
        return _("has lapsed")
    return _.ngettext("{n} day left", "{n} days left", days).format(n=number_text(days, _.language))
