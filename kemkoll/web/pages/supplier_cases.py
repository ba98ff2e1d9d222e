"""Deviations, as their supplier sees them: nothing of the house's own notes, nothing of anybody else."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import HTTPException, Response

from kemkoll.assortment.asking import deviations, letters
from kemkoll.assortment.asking.deviations import OF_SUPPLIER, REPLIES, Deviation
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text
from kemkoll.web.access import OfSupplier
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.cases import download, shown
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/supplier/cases")
def own(visit: OfSupplier) -> Response:
    """The supplier's deviations."""
    with visit.store.reading() as known:
        there = [it for it in deviations.deviations(known) if it.supplier == visit.supplier]
    rows, pages = leaf(visit, there)
    return visit.render(
        "supplier-cases", cases=rows, pages=pages, states=deviations.STATES, today=visit.today
    )


@router.get("/supplier/cases/{number}")
def one(visit: OfSupplier, number: int) -> Response:
    """One deviation: finding, requirement, limit, evidence, deadline, and the way to answer."""
    return _one(visit, _found(visit, number))


@router.post("/supplier/cases/{number}/reply")
def reply(visit: OfSupplier, number: int) -> Response:
    """Dispute it, accept it with a plan, or hand in an analysis."""
    case = _found(visit, number)
    kind = visit.text("kind")
    files = visit.files("file")
    given = (files[0].filename or "", files[0].file.read()) if files else None
    wrong = [] if kind in OF_SUPPLIER else [visit._("Choose what you answer, and write why.")]
    if kind == "analysis" and given is None:
        wrong.append(visit._("Choose the file of the analysis."))
    if wrong:
        return _one(visit, case, wrong=wrong, status=400)
    visit.request.app.state.limits.count("upload", visit.by)
    try:
        with visit.store.writing("reply", by=visit.by, at=visit.at) as change:
            deviations.reply(change, number, kind, visit.text("text"), user=visit.person.number, file=given)
    except KemkollError as error:
        return _one(visit, case, wrong=[message_text(error.message, visit._)], status=400)
    return visit.redirect(f"/supplier/cases/{number}", visit._("Thank you, the answer is saved."))


@router.get("/supplier/cases/{number}/files/{reply_}")
def file(visit: OfSupplier, number: int, reply_: int) -> Response:
    """A file that was handed in with a reply."""
    _found(visit, number)
    return download(visit, number, reply_)


def _found(visit: Visit, number: int) -> Deviation:
    with visit.store.reading() as known:
        found = deviations.deviation_of(known, number)
    if found is None:
        raise HTTPException(404)
    visit.own(found.supplier)
    return found


def _one(visit: Visit, case: Deviation, *, wrong: Sequence[str] = (), status: int = 200) -> Response:
    with visit.store.reading() as known:
        written = letters.letters(known, case=case.number, supplier=case.supplier)
        seen = shown(visit, known, case)
    return visit.render(
        "supplier-case", status, **seen, letters=written, wrong=wrong, text=visit.text("text"),
        kind=visit.text("kind"), kinds={it: REPLIES[it] for it in OF_SUPPLIER},
    )  # fmt: skip
