"""Letters to suppliers: as they were written, to download, and to send."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.asking import letters
from kemkoll.web.access import Buyer
from kemkoll.web.pages import page_router
from kemkoll.web.pages.requests import suppliers
from kemkoll.web.posting import posted
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/letters/{number}")
def one(visit: Buyer, number: int) -> Response:
    """One letter."""
    letter = _found(visit, number)
    with visit.store.reading() as known:
        name = suppliers(known).get(int(letter["supplier"]), "")
    return visit.render(
        "letter", letter=letter, name=name, kinds=letters.KINDS, has_server=bool(visit.settings.mail)
    )


@router.get("/letters/{number}/text")
def as_text(visit: Buyer, number: int) -> Response:
    """The letter as plain text."""
    letter = _found(visit, number)
    content = f"{letter['subject']}\n\n{letter['text']}".encode()
    return _download(content, "text/plain; charset=utf-8", f"letter-{number}.txt")


@router.get("/letters/{number}/eml")
def as_mail(visit: Buyer, number: int) -> Response:
    """The letter as a message that a mail program opens."""
    content = letters.as_mail(_found(visit, number), visit.settings.sender).as_bytes()
    return _download(content, "message/rfc822", f"letter-{number}.eml")


@router.post("/letters/{number}/send")
def send(visit: Buyer, number: int) -> Response:
    """Send a letter that has not gone."""
    _found(visit, number)
    return visit.redirect(f"/letters/{number}", posted(visit, [number]))


def _found(visit: Visit, number: int) -> dict[str, Any]:
    with visit.store.reading() as known:
        found = letters.letters(known, letter=number)
    if not found:
        raise HTTPException(404)
    return found[0]


def _download(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
