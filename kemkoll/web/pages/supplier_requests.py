"""What a supplier was asked, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.asking import answers, letters, requests
from kemkoll.assortment.asking.answers import ANSWERS, Signed
from kemkoll.assortment.asking.planning import Part
from kemkoll.assortment.asking.requests import Asked, Progress
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text, phrase_text
from kemkoll.store import kept
from kemkoll.store.models import Signature, Upload
from kemkoll.tables import Answer
from kemkoll.web.access import OfSupplier
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.requests import ANSWERED, shown
from kemkoll.web.visit import Visit

router = page_router()
MOST_SHOWN = 50
"""Entries that stand on the page of the request itself."""
MOST_ARTICLES = 1000
"""Articles that one answer is for: a form has at most so many fields."""


@router.get("/supplier/requests")
def own(visit: OfSupplier) -> Response:
    """The supplier's requests: those that wait first."""
    with visit.store.reading() as known:
        there = [it for it in requests.requests(known, supplier=visit.supplier) if it.sent]
    there.sort(key=lambda it: (bool(it.answered), it.due))
    rows, pages = leaf(visit, there)
    return visit.render(
        "supplier-requests", requests=rows, pages=pages, states=requests.STATES, today=visit.today
    )


@router.get("/supplier/requests/{number}")
def one(visit: OfSupplier, number: int) -> Response:
    """One request: what is new, of which articles, and the way to answer."""
    request, progress = _asked(visit, number)
    return _page(visit, request, progress)


@router.get("/supplier/requests/{number}/entries/{part}")
def entries(visit: OfSupplier, number: int, part: int) -> Response:
    """All entries that are asked about in one part of a request."""
    request, progress = _asked(visit, number)
    asked = _part(progress, part)
    rows, pages = leaf(visit, asked.entries.to_dict("records"))
    return visit.render(
        "supplier-request-entries", request=request, part=asked, rows=rows, pages=pages,
        phrase=lambda text: phrase_text(text, visit._),
    )  # fmt: skip


@router.post("/supplier/requests/{number}/check")
def check(visit: OfSupplier, number: int) -> Response:
    """What is about to be answered: the articles by number and name, and the sentence to sign."""
    request, progress = _asked(visit, number)
    part, wrong = _chosen(visit, progress)
    if part is None or wrong:
        return _page(visit, request, progress, wrong=wrong, status=400)
    return _check(visit, request, part)


@router.post("/supplier/requests/{number}/answer")
def answer(visit: OfSupplier, number: int) -> Response:
    """Take the answer, signed."""
    request, progress = _asked(visit, number)
    part, wrong = _chosen(visit, progress)
    if part is None or wrong:
        return _page(visit, request, progress, wrong=wrong, status=400)
    wrong = _not_signed(visit)
    if wrong:
        return _check(visit, request, part, wrong=wrong, status=400)
    try:
        receipt = answers.answer(
            visit.store, request, _signed(visit, part), by=visit.by, at=visit.at, on=visit.today,
            language=visit.language,
        )  # fmt: skip
    except KemkollError as error:
        return _page(visit, request, progress, wrong=[message_text(error.message, visit._)], status=400)
    said = visit._("Thank you, the answer is saved.")
    if request.number in receipt.answered:
        said += " " + visit._("The request is answered as a whole.")
    return visit.redirect(f"/supplier/requests/{number}/receipts/{receipt.draft}", said)


@router.get("/supplier/requests/{number}/receipts/{draft}")
def receipt(visit: OfSupplier, number: int, draft: int) -> Response:
    """The receipt of an answer: date, edition, hash."""
    request, _progress = _asked(visit, number)
    signature, upload = _given(visit, request, draft)
    return visit.render("supplier-receipt", request=request, signature=signature, upload=upload)


@router.get("/supplier/requests/{number}/receipts/{draft}/file")
def file(visit: OfSupplier, number: int, draft: int) -> Response:
    """The file of an answer, byte for byte."""
    request, _progress = _asked(visit, number)
    _signature, upload = _given(visit, request, draft)
    headers = {"Content-Disposition": f'attachment; filename="{upload["name"]}"'}
    return Response(bytes(upload["content"]), media_type="text/csv; charset=utf-8", headers=headers)


def _asked(visit: Visit, number: int) -> tuple[Asked, Progress]:
    """A request of the supplier's own, and how far it is answered."""
    with visit.store.reading() as known:
        found = requests.request_of(known, number)
        if found is None or not found.sent:
            raise HTTPException(404)
        visit.own(found.supplier)
        return found, requests.progress(known, found, visit.today)


def _given(visit: Visit, request: Asked, draft: int) -> tuple[dict[Any, Any], dict[Any, Any]]:
    with visit.store.reading() as known:
        signed = kept.frame(known, Signature, draft=draft, supplier=request.supplier).to_dict("records")
        files = kept.frame(known, Upload, draft=draft).to_dict("records")
    if not signed or not files:
        raise HTTPException(404)
    return signed[-1], files[-1]


def _part(progress: Progress, place: int) -> Part:
    if not 0 <= place < len(progress.open):
        raise HTTPException(404)
    return progress.open[place]


def _chosen(visit: Visit, progress: Progress) -> tuple[Part | None, list[str]]:
    """The part of the request that is answered, for the articles that were chosen; and what is wrong."""
    wanted = visit.text("list"), visit.text("since")
    found = [it for it in progress.open if (it.question.name, it.since) == wanted]
    if not found:
        return None, [
            visit._("This has been answered meanwhile, or is asked otherwise now. Look at it again.")
        ]
    chosen = set(visit.texts("article"))
    articles = found[0].articles
    own = articles[[str(it) in chosen for it in articles["article"]]]
    wrong = []
    if not len(own) or len(own) < len(chosen):
        wrong.append(visit._("Choose at least one article."))
    if visit.text("answer") not in [it.value for it in ANSWERS]:
        wrong.append(visit._("Choose an answer."))
    part = Part(found[0].question, found[0].since, own.reset_index(drop=True), found[0].entries)
    return part, wrong


def _not_signed(visit: Visit) -> list[str]:
    wrong = []
    if not visit.text("name"):
        wrong.append(visit._("Write your name."))
    if visit.text("agreed") != "yes":
        wrong.append(visit._("Confirm that what you sign is true."))
    return wrong


def _signed(visit: Visit, part: Part) -> Signed:
    return Signed(
        part.question, part.since, tuple(int(it) for it in part.articles["article"]),
        Answer(visit.text("answer")), visit.text("name"), visit.person.number,
    )  # fmt: skip


def _page(
    visit: Visit, request: Asked, progress: Progress, *, wrong: Sequence[str] = (), status: int = 200
) -> Response:
    with visit.store.reading() as known:
        written = letters.letters(known, request=request.number, supplier=request.supplier)
    return visit.render(
        "supplier-request", status, **shown(request, progress, visit.today), answers_to=ANSWERS, wrong=wrong,
        letters=written, kinds=letters.KINDS, chosen=visit.texts("article"), most=MOST_SHOWN,
        most_articles=MOST_ARTICLES,
        part_of=visit.text("list"), since_of=visit.text("since"), answer=visit.text("answer"),
        phrase=lambda text: phrase_text(text, visit._),
    )  # fmt: skip


def _check(
    visit: Visit, request: Asked, part: Part, *, wrong: Sequence[str] = (), status: int = 200
) -> Response:
    signed = _signed(visit, part)
    return visit.render(
        "supplier-request-check", status, request=request, part=part, answer=signed.answer.value, wrong=wrong,
        words=ANSWERED, sentence=answers.statement(signed, visit._),
        name=visit.text("name") or visit.person.name,
    )  # fmt: skip
