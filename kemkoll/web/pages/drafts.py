"""Handing in: files as drafts, what was read of them, a signature, a receipt."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.handing_in import copies, drafts, receipts
from kemkoll.assortment.handing_in.drafts import OPEN, SUBMITTED, Handed, OfDraft
from kemkoll.assortment.handing_in.mine import moment, open_requests
from kemkoll.assortment.handing_in.own_form import form_for
from kemkoll.assortment.handing_in.preview import look_at
from kemkoll.assortment.handing_in.reading import name_of
from kemkoll.assortment.handing_in.signing import STATEMENT, Signing, submit
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text, translator
from kemkoll.store import Change, Known
from kemkoll.web.access import OfSupplier
from kemkoll.web.downloads import attachment
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.supplier import SECONDS, address, waiting
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
_PATIENCE = 10.0
"""Seconds that a signature waits for its receipt before it says that it does."""
_LONGEST = 200
"""Characters of a name."""


@router.get("/supplier/drafts")
def hand_in(visit: OfSupplier) -> Response:
    """Where files are handed in, and what was."""
    return _drafts(visit)


def _drafts(visit: Visit, *, wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        there = drafts.drafts_of(known, visit.supplier)
        asked = open_requests(known, visit.supplier)
    shown, pages = leaf(visit, there)
    request = visit.asked("request") or visit.text("request")
    return visit.render(
        "drafts", status, drafts=shown, pages=pages, asked=asked, request=request, wrong=wrong,
        most=drafts.MOST_FILES,
    )  # fmt: skip


@router.get("/supplier/form")
def form(visit: OfSupplier) -> Response:
    """The form to fill in, which asks about the lists of my contracts."""
    with visit.store.reading() as known:
        key = ("form", visit.supplier, moment(known), visit.today, visit.language)
    given = (address(visit), visit.supplier, visit.today, visit.language)
    done, content = result_in(visit.working.soon(key, form_for, *given), _PATIENCE)
    if not done:
        return waiting(visit)
    return attachment(content, visit._("kemkoll form {day}").format(day=visit.today) + ".xlsx")


@router.post("/supplier/drafts")
def begin(visit: OfSupplier) -> Response:
    """Keep files in a new draft."""
    files = _sent(visit)
    if not files:
        return _drafts(visit, wrong=visit._("Choose a file first."), status=400)
    try:
        with visit.store.writing("draft", by=visit.by, at=visit.at) as change:
            request = _request(change, visit)
            given = {"supplier": visit.supplier, "user": visit.person.number, "request": request}
            draft = drafts.begin(change, **given)
            same = drafts.put(change, draft, files)
    except KemkollError as error:
        return _drafts(visit, wrong=message_text(error.message, visit._), status=400)
    return visit.redirect(f"/supplier/drafts/{draft}", _kept(visit, len(files), same))


def _request(known: Known, visit: Visit) -> int:
    """The request that the draft answers, if it is one of the supplier's; else 0."""
    written = visit.text("request")
    there = {int(row["request"]) for row in open_requests(known, visit.supplier)}
    return int(written) if written.isdecimal() and int(written) in there else 0


def _sent(visit: Visit) -> list[tuple[str, bytes]]:
    """The files that were sent, with their bytes; counted as an upload."""
    visit.request.app.state.limits.count("upload", visit.by)
    return [(it.filename or "", it.file.read()) for it in visit.files("file")]


def _kept(visit: Visit, count: int, same: list[str]) -> str:
    _ = visit._
    new = count - len(same)
    said = _.ngettext("{n} file is kept.", "{n} files are kept.", new).format(n=new)
    if same:
        again = _("The draft has these already, byte for byte: {names}.").format(names=", ".join(same))
        return f"{said} {again}"
    return said


@router.get("/supplier/drafts/{draft}")
def one(visit: OfSupplier, draft: int) -> Response:
    """One draft: what was read, what is wrong, what would follow; and the form to sign it."""
    return _page(visit, draft)


def _page(visit: Visit, draft: int, *, wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        own = _own(known, visit, draft)
        supplier = name_of(known, own.supplier)
        seen = moment(known)
    if own.state == SUBMITTED:
        return visit.redirect(f"/supplier/drafts/{draft}/receipt")
    if own.state != OPEN:
        raise HTTPException(404)
    signing = visit.working.known(_signing_key(own))
    if signing is not None and not signing.done():
        return waiting(visit)
    wrong = wrong or _refused(visit, own, signing)
    preview = None
    if own.files:
        done, preview = result_in(_preview(visit, own, seen), SECONDS)
        if not done:
            return waiting(visit)
    statement = visit._(STATEMENT).format(supplier=supplier)
    return visit.render(
        "draft", status, draft=own, preview=preview, statement=statement, wrong=wrong, supplier=supplier,
        name=visit.text("name") or visit.person.name, today=visit.today, most=drafts.MOST_FILES,
    )  # fmt: skip


def _refused(visit: Visit, draft: OfDraft, signing: Future[Any] | None) -> str:
    """Why a signature that took its time came to nothing, said once; "" for none."""
    error = signing.exception() if signing else None
    if not isinstance(error, KemkollError):
        return ""
    visit.working.forget(_signing_key(draft))
    return message_text(error.message, visit._)


def _preview(visit: Visit, draft: OfDraft, seen: int) -> Future[Any]:
    key = ("draft", draft.number, draft.digest, seen, visit.today, visit.language)
    return visit.working.soon(
        key, look_at, address(visit), draft.number, visit.today, visit.at, visit.language
    )


def _signing_key(draft: OfDraft) -> tuple[str, int, str]:
    return "sign", draft.number, draft.digest


@router.post("/supplier/drafts/{draft}/files")
def add(visit: OfSupplier, draft: int) -> Response:
    """Keep more files in a draft; one of them in the place of another, where the form says so."""
    files = _sent(visit)
    if not files:
        return _page(visit, draft, wrong=visit._("Choose a file first."), status=400)

    def change_it(change: Change) -> list[str]:
        drafts.opened(change, draft)
        if instead := visit.text("instead"):
            drafts.take_out(change, draft, int(instead) if instead.isdecimal() else 0)
            seeing = change.later()
            same = drafts.put(seeing, draft, files)
            change.about.update(seeing.about)
            return same
        return drafts.put(change, draft, files)

    return _changed(visit, draft, change_it, lambda same: _kept(visit, len(files), same))


@router.post("/supplier/drafts/{draft}/files/{upload}/remove")
def remove(visit: OfSupplier, draft: int, upload: int) -> Response:
    """Take a file out of a draft."""
    said = visit._("The file is taken out of the draft.")
    return _changed(visit, draft, lambda change: drafts.take_out(change, draft, upload), lambda _: said)


def _changed(visit: Visit, draft: int, change_it: Any, said: Any) -> Response:
    """Change an open draft of one's own, and go back to it."""
    with visit.store.reading() as known:
        _own(known, visit, draft)
    try:
        with visit.store.writing("draft", by=visit.by, at=visit.at) as change:
            made = change_it(change)
    except KemkollError as error:
        return _page(visit, draft, wrong=message_text(error.message, visit._), status=400)
    return visit.redirect(f"/supplier/drafts/{draft}", said(made))


@router.post("/supplier/drafts/{draft}/discard")
def discard(visit: OfSupplier, draft: int) -> Response:
    """Give a draft up."""
    with visit.store.reading() as known:
        _own(known, visit, draft)
    try:
        with visit.store.writing("draft-discarded", by=visit.by, at=visit.at) as change:
            drafts.discard(change, draft)
    except KemkollError as error:
        return _page(visit, draft, wrong=message_text(error.message, visit._), status=400)
    return visit.redirect("/supplier/drafts", visit._("The draft is discarded. Nothing of it was handed in."))


@router.get("/supplier/drafts/{draft}/files/{upload}")
def original(visit: OfSupplier, draft: int, upload: int) -> Response:
    """A file, as it came."""
    with visit.store.reading() as known:
        handed = _file(_own(known, visit, draft), upload)
        return attachment(drafts.content_of(known, upload), handed.name)


@router.get("/supplier/drafts/{draft}/files/{upload}/marked")
def marked(visit: OfSupplier, draft: int, upload: int) -> Response:
    """A copy of a file with its problems marked; of what is no workbook, its problems as a table."""
    with visit.store.reading() as known:
        own = _own(known, visit, draft)
        handed = _file(own, upload)
        key = ("marked", upload, moment(known), visit.language)
    given = (address(visit), draft, handed, visit.today, visit.language)
    done, made = result_in(visit.working.soon(key, copies.marked_copy, *given), _PATIENCE)
    if not done:
        return waiting(visit)
    name, content = made
    return attachment(content, name)


@router.post("/supplier/drafts/{draft}/submit")
def sign(visit: OfSupplier, draft: int) -> Response:
    """Sign a draft, and hand it in."""
    with visit.store.reading() as known:
        own = _own(known, visit, draft)
        supplier = name_of(known, own.supplier)
    if not visit.text("name"):
        return _page(visit, draft, wrong=visit._("Sign with your name."), status=400)
    said = translator(visit.text("language") or visit.language)(STATEMENT)  # as it was shown
    signing = Signing(
        draft, visit.text("digest"), visit.person.number, visit.by, visit.text("name")[:_LONGEST],
        said.format(supplier=supplier), visit.text("faulty") == "yes", visit.text("foreign") == "yes",
    )  # fmt: skip
    key = _signing_key(own)
    future = visit.working.soon(key, submit, address(visit), signing, visit.today, visit.at)
    try:
        done, _event = result_in(future, _PATIENCE)
    except KemkollError as error:
        visit.working.forget(key)
        return _page(visit, draft, wrong=message_text(error.message, visit._), status=400)
    if not done:
        return visit.redirect(f"/supplier/drafts/{draft}")
    return visit.redirect(f"/supplier/drafts/{draft}/receipt", visit._("It is handed in. Keep the receipt."))


@router.get("/supplier/drafts/{draft}/receipt")
def receipt(visit: OfSupplier, draft: int) -> Response:
    """The receipt of what was handed in."""
    with visit.store.reading() as known:
        own = _own(known, visit, draft)
        found = receipts.receipt_of(known, draft)
    if found is None:
        raise HTTPException(404)
    made, whole = found
    told = [file | {"became": receipts.became_text(file, visit._)} for file in made.files]
    return visit.render("receipt", receipt=made, files=told, whole=whole, draft=own)


@router.get("/supplier/drafts/{draft}/receipt.{form}")
def receipt_file(visit: OfSupplier, draft: int, form: str) -> Response:
    """The receipt as a text, or for programs."""
    with visit.store.reading() as known:
        _own(known, visit, draft)
        found = receipts.receipt_of(known, draft)
    if found is None or form not in ("txt", "json"):
        raise HTTPException(404)
    made = found[0]
    content = receipts.as_json(made) if form == "json" else receipts.as_text(made, visit._)
    return attachment(content, f"kemkoll-{draft}.{form}")


def _own(known: Known, visit: Visit, draft: int) -> OfDraft:
    """A draft of one's own.

    Raises:
        HTTPException: 404.
    """
    found = drafts.draft_of(known, draft)
    if found is None:
        raise HTTPException(404)
    visit.own(found.supplier)
    return found


def _file(draft: OfDraft, upload: int) -> Handed:
    found = next((it for it in draft.files if it.number == upload), None)
    if found is None:
        raise HTTPException(404)
    return found
