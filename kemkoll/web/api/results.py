"""The result document `kemkoll.result/1`: what follows for articles, as `kemkoll check` says it in JSON."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from kemkoll.accounts.roles import Role
from kemkoll.assortment.batches import judge
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.outputs.document import SCHEMA, document
from kemkoll.outputs.json import schema
from kemkoll.store import Store
from kemkoll.web.api import Number, api_router
from kemkoll.web.api.articles import own_article
from kemkoll.web.api.asking import Day, day_of
from kemkoll.web.api.bearing import Anyone, OfHouse, OfHouseOrSupplier
from kemkoll.web.api.jobs import WAITING, worked

router = api_router("results")
_Text = Annotated[str, Query(max_length=200)]
_Lists = Annotated[
    list[Annotated[str, Field(max_length=100)]] | None,
    Query(alias="list", max_length=50, description="lists, with an edition after `@`; else the profile's"),
]


class Results(BaseModel):
    """Result documents, one for each requirement profile by which some of the articles are judged."""

    results: list[Annotated[dict[str, Any], Field(description=f"a document {SCHEMA}: see /results/schema")]]


@router.get("/results/schema")
def shape(visit: Anyone) -> dict[str, Any]:
    """The JSON Schema of a result document."""
    del visit
    return schema()


@router.get("/results", responses=WAITING, response_model=Results)
def of_scope(
    visit: OfHouse, contract: _Text = "", category: _Text = "", supplier: _Text = "", number: _Text = "",
    profile: _Text = "", list_: _Lists = None, on: Day = "",
) -> Response:  # fmt: skip
    """What follows for the articles of a scope on a day; nothing is kept."""
    scope = (contract, category, supplier, number)
    given = (scope, 0, profile, tuple(list_ or ()), day_of(visit, on), "")
    return _answered(worked(visit, judged, *given, minutes=True))


@router.get("/articles/{article}/results", responses=WAITING, response_model=Results)
def of_article(
    visit: OfHouseOrSupplier, article: Number, profile: _Text = "", list_: _Lists = None, on: Day = ""
) -> Response:
    """What follows for one article on a day; nothing is kept."""
    with visit.store.reading() as known:
        row = own_article(visit, known, article)
    scope = ("", "", row["supplier"], row["number"] or row["own_number"])
    outside = "outside" if visit.has(Role.supplier) else ""
    day = day_of(visit, on)
    return _answered(worked(visit, judged, scope, article, profile, tuple(list_ or ()), day, outside))


def _answered(made: Any) -> Response:
    return made if isinstance(made, JSONResponse) else Response(made, media_type="application/json")


def judged(
    where: str, scope: tuple[str, str, str, str], article: int, profile: str, lists: tuple[str, ...], on: str,
    outside: str,
) -> bytes:  # fmt: skip
    """The documents of what follows, as JSON.

    Args:
        article: `Article.article`, where only this one is meant.
        outside: not empty: a supplier asks; what the buyer has decided stays with the buyer.
    """
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    with Store.open(where) as store, store.reading() as known:
        made = judge(
            known, Scope(*scope), Asked(profile, lists), on=on, source=library_of(), registry=Registry.open()
        )
    parts = [it for it in made.parts if not article or article in set(it.plan.rows["article"])]
    documents = [document(it.result, all_lines=True) for it in parts]
    if outside:
        for it in documents:
            _without_decisions(it)
    return json.dumps({"results": documents}, ensure_ascii=False, allow_nan=False).encode()


def _without_decisions(made: dict[str, Any]) -> None:
    """Take the numbers of the buyer's waivers and decisions out of a document."""
    for finding in made["findings"]:
        finding.update(waived=None, decided=None)
