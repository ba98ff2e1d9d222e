"""Suppliers' declarations, in, as `kemkoll add` takes them. A supplier's own are drafts first."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any, Literal

from fastapi import File, Form, HTTPException, UploadFile
from pydantic import BaseModel, Field

from kemkoll.assortment.adding import Added, add_declarations
from kemkoll.assortment.handing_in.drafts import file_name
from kemkoll.i18n import translator
from kemkoll.outputs.words import problem_text
from kemkoll.store import Store
from kemkoll.web.api import api_router
from kemkoll.web.api.bearing import Buyer
from kemkoll.web.api.jobs import BEGUN, done_once

router = api_router("declarations")


class Told(BaseModel):
    """One thing in a file that could not be read or looks wrong."""

    sheet: str
    row: int | None
    column: str
    code: str
    found: str
    suggestion: str
    message: str


class OfFile(BaseModel):
    """What became of one file."""

    file: str
    sha256: str
    status: Literal["added", "known", "empty", "failed"] = Field(
        description="`known`: the same bytes were added before"
    )
    error: str = Field(description="why it could not be read")
    articles: int
    lines: int
    superseded: int = Field(description="earlier declarations that it takes the place of")
    new_articles: list[str] = Field(description="numbers of those that the assortment does not have")
    problems: list[Told]


class HandedIn(BaseModel):
    """What became of what was handed in."""

    files: list[OfFile]


@router.post("/declarations", status_code=201, responses=BEGUN, response_model=HandedIn)
def add(
    visit: Buyer,
    files: Annotated[list[UploadFile], File(description="one or several files", min_length=1)],
    supplier: Annotated[str, Form(max_length=200, description="whose they are, where they do not say")] = "",
    reason: Annotated[
        Literal["", "new", "renewal", "correction", "reformulation"],
        Form(description="where they do not say"),
    ] = "",
) -> Any:
    """Hand in files. Each is kept byte for byte, with all that was read from it and every problem in it."""
    visit.request.app.state.limits.count("upload", visit.by)
    if len(files) > visit.settings.most_files:
        raise HTTPException(413)
    folder = mkdtemp(prefix="kemkoll-")
    paths = [_written(Path(folder), number, it) for number, it in enumerate(files)]
    return done_once(visit, added, folder, paths, supplier, reason, visit.by, visit.at)


def _written(folder: Path, number: int, file: UploadFile) -> str:
    """The path of a file that was sent, once it lies in a folder of its own."""
    path = folder / str(number) / file_name(file.filename or "")
    path.parent.mkdir()
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target)
    return str(path)


def added(
    where: str, folder: str, paths: Sequence[str], supplier: str, reason: str, by: str, at: str
) -> dict[str, Any]:
    """What became of each of some files, as `HandedIn` has it; they are taken away with their folder."""
    from kemkoll.registry import Registry

    try:
        with Store.open(where) as store:
            made = add_declarations(
                store, paths, registry=Registry.open(), by=by, at=at, supplier=supplier, reason=reason
            )
        return {"files": [_told(it) for it in made]}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _told(it: Added) -> dict[str, Any]:
    error = str(it.declarations.inputs["error"].iloc[0]) if it.status == "failed" else ""
    return {
        "file": Path(it.file).name, "sha256": it.sha256, "status": it.status, "error": error,
        "articles": it.articles, "lines": len(it.declarations.lines), "superseded": it.superseded,
        "new_articles": [*it.new_articles], "problems": _problems(it),
    }  # fmt: skip


def _problems(it: Added) -> list[dict[str, Any]]:
    english, made = translator("en"), []
    for row in it.declarations.problems.astype(object).to_dict("records"):
        texts = {name: str(row[name]) for name in ("sheet", "column", "code", "found", "suggestion")}
        said = problem_text(texts["code"], texts["found"], texts["suggestion"], english)
        made.append(texts | {"row": row["row"] if row["row"] >= 0 else None, "message": said})
    return made
