"""A supplier's own articles: how each stands, and what is missing."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.handing_in.mine import MISSING, Mine, article_of, moment, open_requests, overview
from kemkoll.i18n import N_
from kemkoll.web.access import OfSupplier
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
SECONDS = 2.0
"""How long a page waits for what it asks of another process before it says that it does."""
SHOWN = {
    "undeclared": N_("not declared"),
    "lapsed": N_("lapsed"),
    "lapsing": N_("will soon lapse"),
    "waiting": N_("cannot be bought yet"),
    "asked": N_("asked about"),
}
"""What can be missing, in words of the filter."""


@router.get("/supplier")
def mine(visit: OfSupplier) -> Response:
    """My articles, and what is missing of each."""
    with visit.store.reading() as known:
        asked = open_requests(known, visit.supplier)
        seen = moment(known)
    key = ("supplier", visit.supplier, seen, visit.today, visit.language)
    given = (address(visit), visit.supplier, visit.today, visit.language)
    done, rows = result_in(visit.working.soon(key, overview, *given), SECONDS)
    if not done:
        return waiting(visit)
    chosen = _chosen(visit, rows)
    shown, pages = leaf(visit, chosen)
    contracts = sorted({(it.contract, it.contract_name) for it in rows if it.contract})
    return visit.render(
        "supplier", articles=shown, pages=pages, asked=asked, every=len({it.article for it in rows}),
        lacking=len({it.article for it in rows if it.lacks}), contracts=contracts, shown=SHOWN,
        missing=visit.asked("missing"), contract=visit.asked("contract"), text=visit.asked("text"),
    )  # fmt: skip


def _chosen(visit: Visit, rows: list[Mine]) -> list[Mine]:
    """The rows that the filter of the address leaves."""
    missing, contract, text = (visit.asked(name) for name in ("missing", "contract", "text"))
    kinds = {missing} if missing in MISSING else set(MISSING) if missing == "any" else set()
    return [
        it
        for it in rows
        if (not kinds or kinds & {lack.kind for lack in it.lacks})
        and contract in ("", it.contract)
        and text.casefold() in f"{it.number} {it.name}".casefold()
    ]


@router.get("/supplier/articles/{article}")
def one(visit: OfSupplier, article: int) -> Response:
    """One of my articles: what I declared, what follows, and why."""
    with visit.store.reading() as known:
        seen = moment(known)
    key = ("supplier-article", visit.supplier, article, seen, visit.today, visit.language)
    given: tuple[Any, ...] = (address(visit), visit.supplier, article, visit.today, visit.language)
    done, found = result_in(visit.working.soon(key, article_of, *given), SECONDS)
    if not done:
        return waiting(visit)
    if found is None:
        raise HTTPException(404)
    return visit.render("supplier-article", found=found)


def address(visit: Visit) -> str:
    """The address of the database, for another process."""
    return visit.store.engine.url.render_as_string(hide_password=False)


def waiting(visit: Visit) -> Response:
    """That something is being worked out; the page asks again by itself."""
    return visit.render("waiting", path=visit.with_query(), back="")
