"""What a supplier hands in through a program: a draft, which a person then signs on the portal."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, HTTPException, Request, Response, UploadFile
from pydantic import BaseModel, Field

from kemkoll.assortment.handing_in import drafts
from kemkoll.assortment.handing_in.drafts import OfDraft
from kemkoll.web.api import MOST_NUMBER, api_router
from kemkoll.web.api.bearing import OfSupplier
from kemkoll.web.api.paging import After, Limit, Part, part_of

router = api_router("drafts")


class Kept(BaseModel):
    """One file of a draft."""

    file: str
    sha256: str
    size: int


class Draft(BaseModel):
    """Files that are kept, and count for nothing before somebody has signed them."""

    draft: int
    made: str = Field(description="instant in UTC")
    state: str = Field(description="`open`, `submitted`")
    files: list[Kept]
    page: str = Field(description="the page of the portal on which they are looked at and signed")


@router.post("/drafts", status_code=201)
def begin(
    visit: OfSupplier,
    response: Response,
    files: Annotated[list[UploadFile], File(min_length=1, description="one or several files")],
    draft: Annotated[
        int, Form(ge=0, le=MOST_NUMBER, description="an open draft to put them in; else a new one")
    ] = 0,
) -> Draft:
    """Keep files in a draft, byte for byte; a file that the draft has already is left out."""
    visit.request.app.state.limits.count("upload", visit.by)
    if len(files) > visit.settings.most_files:
        raise HTTPException(413)
    sent = [(it.filename or "", it.file.read()) for it in files]
    with visit.store.writing("draft", by=visit.by, at=visit.at) as change:
        number = draft
        if draft:
            there = drafts.draft_of(change, draft)
            if there is None or there.supplier != visit.supplier:
                raise HTTPException(404)
            drafts.opened(change, draft)
        else:
            number = drafts.begin(change, supplier=visit.supplier, user=visit.person.number)
        drafts.put(change, number, sent)
    with visit.store.reading() as known:
        made = drafts.opened(known, number)
    response.headers["Location"] = _page(visit.settings.address, number)
    return _told(made, visit.settings.address)


@router.get("/drafts")
def every(
    visit: OfSupplier, request: Request, response: Response, limit: Limit = 50, after: After = 0
) -> Part[Draft]:
    """Your drafts that were not discarded, oldest first."""
    with visit.store.reading() as known:
        rows = drafts.drafts_of(known, visit.supplier)
    made = sorted((_told(it, visit.settings.address) for it in rows), key=lambda it: it.draft)
    return part_of(made, lambda it: it.draft, request, response, limit, after)


def _told(it: OfDraft, address: str) -> Draft:
    files = [Kept(file=one.name, sha256=one.sha256, size=one.size) for one in it.files]
    return Draft(draft=it.number, made=it.made, state=it.state, files=files, page=_page(address, it.number))


def _page(address: str, number: int) -> str:
    return f"{address}/supplier/drafts/{number}"
