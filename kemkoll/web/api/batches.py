"""Batches: which there are, what they came to, and a new one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from kemkoll.assortment.batches import at_work, run
from kemkoll.assortment.outcomes import counts
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.rebatching import run_after
from kemkoll.assortment.scope import Scope, articles
from kemkoll.errors import ConfigError
from kemkoll.store import Known, Store, judged, kept
from kemkoll.store.models import Contract
from kemkoll.tables import Condition, Verdict
from kemkoll.web.api import MOST_NUMBER, PREFIX, Number, api_router
from kemkoll.web.api.asking import Date
from kemkoll.web.api.bearing import OfHouse, Strategist
from kemkoll.web.api.jobs import WAITING, Job, started, worked
from kemkoll.web.api.paging import After, Limit, Part, part_of, parted

router = api_router("batches")
_TEXTS = ("at", "on", "name", "digest", "program", "rdkit")
_OF_FINDING = (
    "list",
    "entry",
    "basis",
    "limit",
    "force",
    "reason",
    "matched_by",
    "waived",
    "decided",
    "derogation",
)
VerdictName = Literal[
    "not_listed", "not_applicable", "below_limit", "exempt", "listed", "unknown", "review", "above_limit"
]
Wanted = Annotated[VerdictName | None, Query(description="only those of this verdict")]
OfArticle = Annotated[int | None, Query(ge=1, le=MOST_NUMBER, description="only those of this article")]
OfList = Annotated[str, Query(max_length=100, description="only those of this list")]
_Text = Annotated[str, Field(max_length=200)]


class Batch(BaseModel):
    """One judgement of a scope; it never changes."""

    batch: int
    at: str = Field(description="instant in UTC")
    on: str = Field(description="the day of the judgement")
    name: str
    scope: dict[str, str]
    asked: dict[str, Any]
    articles: int
    after: int = Field(description="the batch before, if lists alone had changed; 0: none")
    digest: str = Field(description="SHA-256 of what followed")
    program: str
    rdkit: str


class Whole(Batch):
    """One judgement, and what it came to."""

    counts: dict[str, dict[str, int]] = Field(
        description="how many articles have each outcome, by list and in all (`total`)"
    )


class VerdictRow(BaseModel):
    """What became of one article under one contract by one list."""

    verdict_id: int = Field(description="its number; the batch before may have it")
    article: int
    number: str
    supplier: str
    contract: str
    list: str
    verdict: VerdictName
    reason: str
    entries: list[str]  # type: ignore[valid-type]
    coverage: str
    evidence_level: int
    waived: bool


class FindingRow(BaseModel):
    """What was found of one entry in one part of one article."""

    finding_id: int
    article: int
    number: str
    supplier: str
    contract: str
    list: str
    entry: str
    verdict: VerdictName
    low: float = Field(description="kg/kg; round(x * 1e12) is the exact whole number")
    high: float
    basis: str
    limit: str
    force: str
    reason: str
    matched_by: str
    waived: str
    decided: str
    derogation: str


class Wish(BaseModel):
    """What is to be judged; what is left out is all of it, by each contract's own profile, today."""

    model_config = ConfigDict(extra="forbid")

    contract: _Text = ""
    category: _Text = ""
    supplier: _Text = ""
    article: _Text = Field(default="", description="a number of an article, the supplier's or the buyer's")
    profile: _Text = ""
    lists: Annotated[list[_Text], Field(max_length=100)] = []
    facts: dict[Condition, bool] = {}
    on: Date = ""
    name: _Text = ""
    assume_complete: bool = False
    after: int = Field(
        default=0, ge=0, le=MOST_NUMBER, description="judge what this batch judged, by the lists of now"
    )


@router.get("/batches")
def every(
    visit: OfHouse, request: Request, response: Response, limit: Limit = 50, after: After = 0
) -> Part[Batch]:
    """The batches that people work with, oldest first."""
    with visit.store.reading() as known:
        rows = at_work(known).to_dict("records")
    return part_of(
        [Batch(**_about(row)) for row in rows], lambda it: it.batch, request, response, limit, after
    )


@router.post("/batches", status_code=202, response_model=Job)
def start(visit: Strategist, wish: Wish) -> JSONResponse:
    """Judge a scope; the answer names the job, and the job the batch once it is there."""
    if wish.after:
        given = wish.model_dump(exclude_defaults=True, exclude={"after", "on", "name"})
        if given:
            names = ", ".join(sorted(given))
            raise ConfigError("With `after`, what to judge is known: leave out {names}.", names=names)
        with visit.store.reading() as known:
            _found(known, wish.after)
    return started(visit, judge, wish.model_dump(mode="json"), visit.by, visit.at, visit.today)


def judge(where: str, wish: Mapping[str, Any], by: str, at: str, today: str) -> str:
    """Judge what was wished: the address of the batch."""
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    shared: dict[str, Any] = {
        "by": by, "at": at, "source": library_of(), "registry": Registry.open(), "name": wish["name"],
    }  # fmt: skip
    with Store.open(where) as store:
        if wish["after"]:
            number, _ = run_after(store, wish["after"], on=wish["on"] or None, **shared)
        else:
            scope = Scope(wish["contract"], wish["category"], wish["supplier"], wish["article"])
            asked = Asked(wish["profile"], tuple(wish["lists"]), wish["facts"], wish["assume_complete"])
            number, _ = run(store, scope, asked, on=wish["on"] or today, **shared)
    return f"{PREFIX}/batches/{number}"


@router.get("/batches/{batch}", responses=WAITING, response_model=Whole)
def one(visit: OfHouse, batch: Number) -> Any:
    """One batch, and what it came to."""
    with visit.store.reading() as known:
        _found(known, batch)
    return worked(visit, told, batch)


def told(where: str, number: int) -> dict[str, Any]:
    """A batch with its counts, as `Whole` has it."""
    with Store.open(where) as store, store.reading() as known:
        made = counts(judged.verdicts(known, batch=number), judged.findings(known, batch=number))
        rows = {str(name): {str(key): int(n) for key, n in own.items()} for name, own in made.iterrows()}
        return _about(judged.batch(known, number)) | {"counts": rows}


@router.get("/batches/{batch}/verdicts", responses=WAITING, response_model=Part[VerdictRow])
def verdicts(
    visit: OfHouse, request: Request, response: Response, batch: Number, list: OfList = "",
    article: OfArticle = None, verdict: Wanted = None, limit: Limit = 50, after: After = 0,
) -> Any:  # fmt: skip
    """The verdicts of a batch: of each article under each contract by each list."""
    made = _rows(visit, batch, "verdicts", list, article, verdict, limit, after)
    return parted(made, request, response)


@router.get("/batches/{batch}/findings", responses=WAITING, response_model=Part[FindingRow])
def findings(
    visit: OfHouse, request: Request, response: Response, batch: Number, list: OfList = "",
    article: OfArticle = None, verdict: Wanted = None, limit: Limit = 50, after: After = 0,
) -> Any:  # fmt: skip
    """The findings of a batch: of each entry in each part of an article."""
    made = _rows(visit, batch, "findings", list, article, verdict, limit, after)
    return parted(made, request, response)


def _rows(visit: OfHouse, batch: int, *asked: Any) -> Any:
    with visit.store.reading() as known:
        _found(known, batch)
    return worked(visit, rows_of, batch, *asked)


def rows_of(
    where: str,
    batch: int,
    kind: str,
    list_: str,
    article: int | None,
    verdict: str | None,
    limit: int,
    after: int,
) -> tuple[list[dict[str, Any]], int, int]:
    """Some verdicts or findings of a batch, how many there are, and the number of the last one that was taken
    if others come after it.
    """
    lists = [list_] if list_ else []
    with Store.open(where) as store, store.reading() as known:
        asked: dict[str, Any] = {"batch": batch, "article": article, "lists": lists}
        rows = judged.verdicts(known, **asked) if kind == "verdicts" else judged.findings(known, **asked)
        if verdict:
            rows = rows[rows["verdict"] == Verdict[verdict]]
        rows = rows.sort_values("id", kind="stable")
        later = rows[rows["id"] > after]
        taken = later.head(limit).astype(object)
        last = int(taken["id"].iloc[-1]) if len(later) > limit else 0
        there = articles(known).drop_duplicates("article").set_index("article")
        contracts = kept.frame(known, Contract).set_index("contract")["number"].to_dict()
    make = _verdict if kind == "verdicts" else _finding
    named = [
        make(row) | {
            "article": int(row["article"]), "number": str(there["number"].get(row["article"], "")),
            "supplier": str(there["supplier"].get(row["article"], "")),
            "contract": str(contracts.get(row["contract"], "")),
        }
        for row in taken.to_dict("records")
    ]  # fmt: skip
    return named, len(rows), last


def _verdict(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "verdict_id": int(row["id"]), "list": row["list"], "verdict": Verdict(row["verdict"]).name,
        "reason": row["reason"], "entries": row["entries"].split(), "coverage": row["coverage"],
        "evidence_level": int(row["evidence_level"]), "waived": bool(row["waived"]),
    }  # fmt: skip


def _finding(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "finding_id": int(row["id"]), "verdict": Verdict(row["verdict"]).name,
        "low": row["low_ppt"] / 1e12, "high": row["high_ppt"] / 1e12,
        **{name: row[name] for name in _OF_FINDING},
    }  # fmt: skip


def _found(known: Known, number: int) -> None:
    """Refuse a batch that is not there.

    Raises:
        HTTPException: 404.
    """
    if number not in judged.batches(known)["id"].tolist():
        raise HTTPException(404)


def _about(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "batch": int(row["id"]), "scope": json.loads(row["scope"]), "asked": json.loads(row["asked"]),
        "articles": int(row["articles"]), "after": int(row["after"]), **{name: row[name] for name in _TEXTS},
    }  # fmt: skip
