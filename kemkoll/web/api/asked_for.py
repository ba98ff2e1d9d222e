"""What suppliers were asked, and what the buyer has accepted for a time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from kemkoll.accounts.roles import Role
from kemkoll.assortment.waivers import known_waivers
from kemkoll.store import kept
from kemkoll.store.models import Request as Row
from kemkoll.store.models import Supplier
from kemkoll.web.api import api_router
from kemkoll.web.api.bearing import OfHouse, OfHouseOrSupplier
from kemkoll.web.api.paging import After, Limit, Part, part_of

router = api_router("requests and waivers")
_OF_WAIVER = (
    "article", "supplier", "category", "contract", "list", "entry", "ground", "purpose", "decision",
    "decider", "since", "until", "phase_out", "phase_out_until", "owner",
)  # fmt: skip


class Enquiry(BaseModel):
    """One question to a supplier."""

    request: int
    supplier: str
    articles: list[int] = Field(description="empty: all of the supplier's")
    lists: list[str] = Field(description="with their edition after `@` where one was asked for")
    sent: str
    due: str
    reminded: str
    answered: str = Field(description="empty: not yet")


class Waived(BaseModel):
    """One deviation from a contract that the buyer accepts for a time."""

    waiver: int
    article: str
    supplier: str
    category: str
    contract: str
    list: str
    entry: str = Field(description="empty: the whole list")
    ground: str
    purpose: str
    decision: str
    decider: str
    since: str
    until: str
    phase_out: str
    phase_out_until: str
    owner: str


@router.get("/requests")
def requests(
    visit: OfHouseOrSupplier, request: Request, response: Response,
    answered: Annotated[bool | None, Query(description="only those that are answered, or are not")] = None,
    limit: Limit = 50, after: After = 0,
) -> Part[Enquiry]:  # fmt: skip
    """What suppliers were asked; a supplier sees what it was asked itself."""
    own = visit.has(Role.supplier)
    with visit.store.reading() as known:
        rows = kept.frame(known, Row, supplier=visit.supplier) if own else kept.frame(known, Row)
        there = kept.frame(known, Supplier)
    names = dict(zip(there["supplier"], there["name"], strict=True))
    if answered is not None:
        rows = rows[(rows["answered"] != "") == answered]
    made = [_enquiry(row, names) for row in rows.sort_values("request", kind="stable").to_dict("records")]
    return part_of(made, lambda it: it.request, request, response, limit, after)


def _enquiry(row: Any, names: dict[int, str]) -> Enquiry:
    return Enquiry(
        request=row["request"],
        supplier=names.get(row["supplier"], ""),
        articles=[int(it) for it in row["articles"].split()],
        lists=row["lists"].split(),
        **{name: row[name] for name in ("sent", "due", "reminded", "answered")},
    )


@router.get("/waivers")
def waivers(
    visit: OfHouse, request: Request, response: Response, limit: Limit = 50, after: After = 0
) -> Part[Waived]:
    """The waivers that were not withdrawn or replaced, lapsed or not."""
    with visit.store.reading() as known:
        rows = known_waivers(known).sort_values("waiver", kind="stable").to_dict("records")
    made = [
        Waived(waiver=int(row["waiver"]), **{name: str(row[name]) for name in _OF_WAIVER}) for row in rows
    ]
    return part_of(made, lambda it: it.waiver, request, response, limit, after)
