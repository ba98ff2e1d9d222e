"""Tokens: by which programs ask for a person."""

from __future__ import annotations

from fastapi import HTTPException, Response

from kemkoll.accounts import tickets
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text
from kemkoll.web.access import SignedIn
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/tokens")
def own(visit: SignedIn) -> Response:
    """A person's tokens, and the form to make one."""
    return _page(visit)


@router.post("/tokens")
def make(visit: SignedIn) -> Response:
    """Make a token; it is shown once."""
    try:
        with visit.store.writing("token", by=visit.by, at=visit.at) as change:
            made = tickets.make_token(change, visit.person, visit.text("name"))
    except KemkollError as error:
        return _page(visit, wrong=message_text(error.message, visit._), status=400)
    return _page(visit, made=made)


@router.post("/tokens/{number}/withdraw")
def withdraw(visit: SignedIn, number: int) -> Response:
    """Withdraw a token of one's own: it counts for nothing from then on."""
    with visit.store.reading() as known:
        found = [it for it in tickets.tokens_of(known, visit.person) if it.number == number]
    if not found:
        raise HTTPException(404)
    with visit.store.writing("token-withdrawn", by=visit.by, at=visit.at) as change:
        tickets.withdraw_token(change, number, of=visit.person)
    said = visit._("The token “{name}” is withdrawn. No program comes in by it any more.")
    return visit.redirect("/tokens", said.format(name=found[0].name))


def _page(visit: Visit, *, made: str = "", wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        there = tickets.tokens_of(known, visit.person)
    shown, pages = leaf(visit, there)
    name = visit.text("name") if wrong else ""
    return visit.render(
        "tokens", status, tokens=shown, pages=pages, made=made, wrong=wrong, name=name, today=visit.today,
        address=visit.settings.address,
    )  # fmt: skip
