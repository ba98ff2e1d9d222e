"""The years that are frozen, and the figures of their series."""

from __future__ import annotations

import math
from typing import Annotated, Any

from fastapi import HTTPException, Path, Query, Request, Response
from pydantic import BaseModel, Field

from kemkoll.assortment.panel import panel
from kemkoll.assortment.series import Series
from kemkoll.assortment.snapshots import series, snapshots
from kemkoll.errors import ConfigError
from kemkoll.store import Store
from kemkoll.tables import Grouping
from kemkoll.trends import indicators
from kemkoll.web.api import api_router
from kemkoll.web.api.bearing import OfHouse
from kemkoll.web.api.jobs import WAITING, worked
from kemkoll.web.api.paging import After, Limit, Part, part_of, parted

router = api_router("snapshots")
_NOT_MEASURED = "The series is not measured by the list {list}. It is measured by: {lists}."
_FIGURES = ("value", "numerator", "denominator", "low", "high", "coverage")


class Snapshot(BaseModel):
    """One year as it was known; it never changes."""

    snapshot: int
    name: str
    day: str
    at: str
    profile: str
    base: str = Field(description="name of the snapshot that its series begins with")
    broken: str = Field(description="why it cannot be compared with the one before; empty: it can")
    articles: int


class Figure(BaseModel):
    """One figure, with its bounds and how much of it is answered for."""

    number: int
    indicator: str = Field(description="K0 … K18")
    reading: str
    weight: str
    grouping: str
    group: str
    base: str = Field(description="snapshot that it is compared with; empty: none")
    period: str = Field(description="snapshot")
    unit: str
    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None = Field(description="least that it can be, whatever the unknown articles hold")
    high: float | None
    coverage: float | None
    missing: str = Field(description="why there is no value; empty: there is one")


@router.get("/snapshots")
def every(
    visit: OfHouse, request: Request, response: Response, limit: Limit = 50, after: After = 0
) -> Part[Snapshot]:
    """The years that are frozen, in the order in which that was done."""
    with visit.store.reading() as known:
        rows = snapshots(known)
    names = dict(zip(rows["id"], rows["name"], strict=True))
    made = [
        Snapshot(
            snapshot=row["id"], base=names[row["base"]], articles=row["articles"],
            **{name: row[name] for name in ("name", "day", "at", "profile", "broken")},
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return part_of(made, lambda it: it.snapshot, request, response, limit, after)


@router.get("/snapshots/{name}/indicators", responses=WAITING, response_model=Part[Figure])
def figures(
    visit: OfHouse, request: Request, response: Response, name: Annotated[str, Path(max_length=200)],
    list: Annotated[str, Query(min_length=1, max_length=100, description="the list that is measured by")],
    grouping: Annotated[Grouping | None, Query(description="else all articles together")] = None,
    limit: Limit = 50, after: After = 0,
) -> Any:  # fmt: skip
    """The figures of the series up to a snapshot, by one list."""
    with visit.store.reading() as known:
        if name not in set(snapshots(known)["name"]):
            raise HTTPException(404)
    made = worked(visit, reckoned, name, list, str(grouping or ""), limit, after, minutes=True)
    return parted(made, request, response)


def reckoned(
    where: str, name: str, list_: str, grouping: str, limit: int, after: int
) -> tuple[list[dict[str, Any]], int, int]:
    """Some figures, how many there are, and the number of the last one if others come after it."""
    from kemkoll.registry import Registry

    with Store.open(where) as store, store.reading() as known:
        years = series(known, name)
        measured = Series(known, years).measured(len(years) - 1)
        if list_.partition("/")[0] not in measured:
            raise ConfigError(_NOT_MEASURED, list=list_, lists=", ".join(sorted(measured)))
        made = indicators(panel(known, years, list_, registry=Registry.open()), groupings=[grouping])
    names = years["name"].tolist()
    rows = made.iloc[after : after + limit].astype(object).to_dict("records")
    told = [_figure(after + place, row, names) for place, row in enumerate(rows, 1)]
    return told, len(made), after + len(told) if after + len(told) < len(made) else 0


def _figure(number: int, row: Any, names: Any) -> dict[str, Any]:
    texts = {
        it: str(row[it]) for it in ("indicator", "reading", "weight", "grouping", "group", "unit", "missing")
    }
    values = {it: None if math.isnan(row[it]) else float(row[it]) for it in _FIGURES}
    base = names[row["base"]] if row["base"] >= 0 else ""
    return {"number": number, "base": base, "period": names[row["period"]]} | texts | values
