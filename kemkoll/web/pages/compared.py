"""Two batches beside each other: what differs, and why."""

from __future__ import annotations

from typing import Any

import pandas as pd
from fastapi import HTTPException, Response

from kemkoll.assortment.adding import REASONS
from kemkoll.assortment.comparing import LAPSED, WORDS, Cause, totals
from kemkoll.i18n import N_, Translator, number_text
from kemkoll.outputs.standing import outcome_text
from kemkoll.web import judging
from kemkoll.web.access import OfHouse
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.batch import soon, waiting
from kemkoll.web.pages.batches import numbered
from kemkoll.web.visit import Visit

router = page_router()

_DIRECTIONS = {"worse": N_("worse"), "better": N_("better"), "other": N_("neither")}
_ANSWERS = {**REASONS, LAPSED: N_("lapsed")}


@router.get("/batches/compare")
def compare(visit: OfHouse) -> Response:
    """What differs between two batches; each difference with its one cause."""
    before, after = _number(visit, "before"), _number(visit, "after")
    with visit.store.reading() as known:
        sides = [numbered(known, number) for number in (before, after)]
    key = ("batches compared", before, after, *(side["digest"] for side in sides))
    made = soon(visit, key, judging.compared, before, after)
    if made is None:
        return waiting(visit, visit.with_query())
    met = _met(made, visit)
    places, pages = leaf(visit, range(len(met)))
    rows = [_row(row, visit._) for row in met.iloc[[*places]].to_dict("records")]
    return visit.render(
        "batches-compared", before=sides[0], after=sides[1], rows=rows, pages=pages, differences=len(made),
        totals=_totals(made, visit), cause=visit.asked("cause"), direction=visit.asked("direction"),
        causes=[(str(it), visit._(word)) for it, word in WORDS.items() if (made["cause"] == it).any()],
        directions=[(name, visit._(word)) for name, word in _DIRECTIONS.items()],
    )  # fmt: skip


def _number(visit: Visit, name: str) -> int:
    asked = visit.asked(name)
    if not asked.isdecimal() or len(asked) > 9:
        raise HTTPException(404)
    return int(asked)


def _met(made: pd.DataFrame, visit: Visit) -> pd.DataFrame:
    """The differences that the address asks for."""
    for name, values in (("cause", [*Cause]), ("direction", [*_DIRECTIONS])):
        if (asked := visit.asked(name)) in values:
            made = made[made[name] == asked]
    return made


def _totals(made: pd.DataFrame, visit: Visit) -> list[list[Any]]:
    """How many differences each cause has; they add up."""
    if not len(made):
        return []
    sums = totals(made)
    rows = []
    for cause in sums.index:
        cells = []
        for name in [*_DIRECTIONS, "differences"]:
            n = int(sums.loc[cause, name])
            wanted = name if name in _DIRECTIONS else None
            path = visit.with_query(cause=str(cause), direction=wanted, page=None) if n else ""
            cells.append({"text": number_text(n, visit.language), "path": path, "number": True})
        rows.append([visit._(WORDS[cause]), *cells])
    whole = sums.sum()
    last = [
        {"text": number_text(int(whole[name]), visit.language), "number": True}
        for name in [*_DIRECTIONS, "differences"]
    ]
    return [*rows, [visit._("in all"), *last]]


def _row(row: dict[Any, Any], _: Translator) -> list[Any]:
    sides = ((row[f"outcome_{side}"], row[f"entries_{side}"]) for side in ("before", "after"))
    then, now = (outcome_text(outcome, entries, _) for outcome, entries in sides)
    told = ", ".join(_(_ANSWERS.get(why, why)) for why in row["why"].split())
    because, whither = WORDS[row["cause"]], _DIRECTIONS[row["direction"]]
    cause = _(because)
    return [
        {"text": row["number"] or row["name"], "path": f"/articles/{row['article']}"},
        row["supplier"],
        row["contract_number"],
        row["list"],
        then,
        now,
        _(whither),
        f"{cause} [{told}]" if told else cause,
    ]
