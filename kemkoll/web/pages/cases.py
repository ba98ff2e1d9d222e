"""Deviations, as the house leads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.accounts.users import users
from kemkoll.assortment.asking import deviations, letters
from kemkoll.assortment.asking.deviations import STATES, Deviation
from kemkoll.assortment.asking.findings import Found, found_in
from kemkoll.assortment.batches import at_work
from kemkoll.assortment.review import newest
from kemkoll.assortment.scope import articles
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text, translator
from kemkoll.store import Known, kept
from kemkoll.store.models import Supplier
from kemkoll.web.access import Buyer
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.requests import is_day
from kemkoll.web.posting import posted
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/cases")
def everything(visit: Buyer) -> Response:
    """The deviations in hand, and what waits to be taken in hand; the law apart from contracts."""
    with visit.store.reading() as known:
        there = deviations.deviations(known)
        waiting = deviations.without_case(known).to_dict("records")
    state = visit.asked("state")
    shown = [it for it in there if not state or it.state == state]
    rows, pages = leaf(visit, waiting)
    return visit.render(
        "cases", cases=shown[:200], states=STATES, state=state, waiting=rows, pages=pages, today=visit.today,
        kemi=letters.KEMI,
    )  # fmt: skip


@router.get("/cases/new")
def what_was_found(visit: Buyer) -> Response:
    """A finding, to be taken in hand."""
    return _new(visit, visit.asked("article"), visit.asked("list"), visit.asked("entry"))


@router.post("/cases/new")
def take_in_hand(visit: Buyer) -> Response:
    """Open a case, with a letter."""
    article, list_, entry = visit.text("article"), visit.text("list"), visit.text("entry")
    due = visit.text("due")
    if not is_day(due, visit.today):
        said = visit._("The day must be written 2026-12-31, and not be past.")
        return _new(visit, article, list_, entry, wrong=[said], status=400)
    language = visit.text("language") if visit.text("language") in ("sv", "en") else visit.language
    number = int(article) if article.isdecimal() and len(article) < 10 else 0
    try:
        with visit.store.writing("case", by=visit.by, at=visit.at) as change:
            case = deviations.open_case(
                change, number, list_, entry, due=due, on=visit.today, note=visit.text("note")
            )
            letter = _letter(visit, change, case, number, list_, entry, due, language)
            kept_as = letters.put(change, [letter])
    except KemkollError as error:
        return _new(visit, article, list_, entry, wrong=[message_text(error.message, visit._)], status=400)
    said = " ".join([visit._("The deviation is taken in hand."), posted(visit, kept_as)])
    return visit.redirect(f"/cases/{case}", said)


def _letter(
    visit: Visit, known: Known, case: int, article: int, list_: str, entry: str, due: str, language: str
) -> letters.Written:
    row = articles(known, article=article).iloc[0]
    supplier = kept.frame(known, Supplier, supplier=int(row["supplier_id"])).iloc[0]
    found = found_in(known, newest(known), article, list_, entry)
    subject, text = letters.deviation_text(
        str(row["supplier"]), f"{row['number'] or row['own_number']} {row['name']}".strip(), found, case,
        due=due, address=visit.settings.address, _=translator(language),
    )  # fmt: skip
    return letters.Written(
        int(row["supplier_id"]), "deviation", str(supplier["mail"]), subject, text, case=case
    )


def _new(
    visit: Visit, article: str, list_: str, entry: str, *, wrong: Sequence[str] = (), status: int = 200
) -> Response:
    number = int(article) if article.isdecimal() and len(article) < 10 else 0
    with visit.store.reading() as known:
        row = articles(known, article=number)
        found = (
            found_in(known, newest(known), number, list_, entry) if len(row) and len(at_work(known)) else []
        )
    if not found:
        raise HTTPException(404)
    return visit.render(
        "cases-new", status, article=row.iloc[0].to_dict(), list=list_, entry=entry, wrong=wrong,
        findings=lines_of(visit, found), is_law=any(it.is_law for it in found), kemi=letters.KEMI,
        due=visit.text("due"), note=visit.text("note"),
    )  # fmt: skip


@router.get("/cases/{number}")
def one(visit: Buyer, number: int) -> Response:
    """One deviation: what was found, what was said, and the next step."""
    return _one(visit, _found(visit, number))


@router.post("/cases/{number}")
def lead(visit: Buyer, number: int) -> Response:
    """Take a deviation to another step."""
    case = _found(visit, number)
    due = visit.text("due")
    if due and not is_day(due, "0001-01-01"):
        return _one(visit, case, wrong=[visit._("A day must be written 2026-12-31.")], status=400)
    try:
        with visit.store.writing("case", by=visit.by, at=visit.at) as change:
            deviations.lead(
                change, number, state=visit.text("state"), due=due, note=visit.text("note"), on=visit.today
            )
    except KemkollError as error:
        return _one(visit, case, wrong=[message_text(error.message, visit._)], status=400)
    return visit.redirect(f"/cases/{number}", visit._("Saved."))


@router.post("/cases/{number}/reply")
def say(visit: Buyer, number: int) -> Response:
    """Say something to the supplier."""
    case = _found(visit, number)
    try:
        with visit.store.writing("reply", by=visit.by, at=visit.at) as change:
            deviations.reply(change, number, "note", visit.text("text"), user=visit.person.number)
    except KemkollError as error:
        return _one(visit, case, wrong=[message_text(error.message, visit._)], status=400)
    return visit.redirect(f"/cases/{number}", visit._("Saved."))


@router.get("/cases/{number}/files/{reply}")
def file(visit: Buyer, number: int, reply: int) -> Response:
    """A file that came with a reply."""
    _found(visit, number)
    return download(visit, number, reply)


def download(visit: Visit, number: int, reply: int) -> Response:
    """The file of a reply, never opened by the browser itself."""
    with visit.store.reading() as known:
        found = deviations.file_of(known, number, reply)
    if found is None:
        raise HTTPException(404)
    name = "".join(it if it.isascii() and (it.isalnum() or it in "-_. ") else "_" for it in found[0])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(found[1], media_type="application/octet-stream", headers=headers)


def lines_of(visit: Visit, found: Sequence[Found]) -> list[list[tuple[str, str]]]:
    """Findings in words (`letters.found_lines`)."""
    return [letters.found_lines(it, visit._) for it in found]


def shown(visit: Visit, known: Known, case: Deviation) -> dict[str, Any]:
    """What both sides see of a deviation."""
    people = {it.number: it.mail for it in users(known)}
    found = found_in(known, case.batch, case.article, case.list, case.entry) if case.batch else []
    return {
        "case": case, "findings": lines_of(visit, found), "is_law": any(it.is_law for it in found),
        "kemi": letters.KEMI, "steps": deviations.steps(known, case.number, people), "states": STATES,
        "replies": deviations.REPLIES, "today": visit.today,
    }  # fmt: skip


def _found(visit: Visit, number: int) -> Deviation:
    with visit.store.reading() as known:
        found = deviations.deviation_of(known, number)
    if found is None:
        raise HTTPException(404)
    return found


def _one(visit: Visit, case: Deviation, *, wrong: Sequence[str] = (), status: int = 200) -> Response:
    with visit.store.reading() as known:
        written = letters.letters(known, case=case.number)
        seen = shown(visit, known, case)
    return visit.render("case", status, **seen, letters=written, wrong=wrong, text=visit.text("text"))
