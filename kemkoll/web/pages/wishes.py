"""What a supplier asks and offers beside its files: secrecy, substitutes, the same declaration once more."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.handing_in import drafts, secrecy, substitutes
from kemkoll.assortment.handing_in.mine import moment
from kemkoll.assortment.handing_in.renewing import renewed
from kemkoll.assortment.scope import articles
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text
from kemkoll.store import Known
from kemkoll.web.access import OfSupplier
from kemkoll.web.pages import page_router
from kemkoll.web.pages.supplier import address
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
_PATIENCE = 15.0
"""Seconds that a renewal may take before the visitor is asked to come again."""


@router.post("/supplier/articles/{article}/renew")
def renew(visit: OfSupplier, article: int) -> Response:
    """A draft that declares an article again as it is declared."""
    visit.request.app.state.limits.count("upload", visit.by)
    with visit.store.reading() as known:
        _article(known, visit, article)
        key = ("renew", article, moment(known), visit.today)
    back = f"/supplier/articles/{article}"
    try:
        given = (address(visit), visit.supplier, article, visit.today)
        done, made = result_in(visit.working.soon(key, renewed, *given), _PATIENCE)
        if not done:
            return visit.redirect(back, visit._("This takes a while. Ask for it again in a moment."))
        with visit.store.writing("draft", by=visit.by, at=visit.at) as change:
            draft = drafts.begin(change, supplier=visit.supplier, user=visit.person.number)
            drafts.put(change, draft, [made])
    except KemkollError as error:
        return visit.redirect(back, message_text(error.message, visit._))
    said = visit._("Look at it, and sign it only if everything still holds.")
    return visit.redirect(f"/supplier/drafts/{draft}", said)


@router.get("/supplier/articles/{article}/substitute")
def offered(visit: OfSupplier, article: int) -> Response:
    """What I have offered instead of an article, and the form to offer something."""
    return _substitute(visit, article)


def _substitute(visit: Visit, article: int, *, wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        own = _article(known, visit, article)
        there = substitutes.proposed(known, visit.supplier, article)
    names = ("kind", "successor", "substance", "material", "function")
    return visit.render(
        "substitute", status, article=own, proposals=there, kinds=substitutes.KINDS, wrong=wrong,
        given={name: visit.text(name) for name in names},
    )  # fmt: skip


@router.post("/supplier/articles/{article}/substitute")
def offer(visit: OfSupplier, article: int) -> Response:
    """Offer something instead of an article."""
    with visit.store.reading() as known:
        _article(known, visit, article)
    names = ("kind", "successor", "substance", "material", "function")
    given: dict[str, Any] = {name: visit.text(name) for name in names}
    try:
        with visit.store.writing("substitute-proposed", by=visit.by, at=visit.at) as change:
            given |= {"supplier": visit.supplier, "user": visit.person.number, "article": article}
            substitutes.propose(change, **given)
    except KemkollError as error:
        return _substitute(visit, article, wrong=message_text(error.message, visit._), status=400)
    return visit.redirect(f"/supplier/articles/{article}/substitute", visit._("It is proposed to the buyer."))


@router.get("/supplier/drafts/{draft}/secrecy")
def secret(visit: OfSupplier, draft: int) -> Response:
    """What I have asked to be kept secret of what I handed in, and the form to ask."""
    return _secrecy(visit, draft)


def _secrecy(visit: Visit, draft: int, *, wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        own = _draft(known, visit, draft)
        there = secrecy.asked(known, own)
    names = ("file", "sheet", "row", "field", "reason")
    return visit.render(
        "secrecy", status, draft=own, wishes=there, fields=secrecy.FIELDS, wrong=wrong,
        given={name: visit.text(name) for name in names},
    )  # fmt: skip


@router.post("/supplier/drafts/{draft}/secrecy")
def ask(visit: OfSupplier, draft: int) -> Response:
    """Ask that a field be kept secret."""
    with visit.store.reading() as known:
        own = _draft(known, visit, draft)
    given = {name: visit.text(name) for name in ("file", "sheet", "row", "field", "reason")}
    try:
        with visit.store.writing("secrecy-asked", by=visit.by, at=visit.at) as change:
            secrecy.ask(change, own, user=visit.person.number, **given)
    except KemkollError as error:
        return _secrecy(visit, draft, wrong=message_text(error.message, visit._), status=400)
    return visit.redirect(f"/supplier/drafts/{draft}/secrecy", visit._("The wish is kept."))


def _article(known: Known, visit: Visit, article: int) -> dict[str, Any]:
    found = articles(known, supplier=visit.supplier, article=article).to_dict("records")
    if not found:
        raise HTTPException(404)
    return {str(name): value for name, value in found[-1].items()}


def _draft(known: Known, visit: Visit, draft: int) -> drafts.OfDraft:
    """A draft of one's own that was handed in."""
    found = drafts.draft_of(known, draft)
    if found is None or found.state != drafts.SUBMITTED:
        raise HTTPException(404)
    visit.own(found.supplier)
    return found
