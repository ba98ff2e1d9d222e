"""Articles: which there are, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import HTTPException, Query, Request, Response
from pydantic import BaseModel, Field

from kemkoll.accounts.roles import Role
from kemkoll.assortment.facts import known_facts
from kemkoll.assortment.looking_back import declared_in
from kemkoll.assortment.scope import NO_CONTRACT, Scope, articles, key_of, rows_in
from kemkoll.store import Known, kept
from kemkoll.store.models import ArticleFact
from kemkoll.web.api import Number, api_router
from kemkoll.web.api.asking import Day, day_of
from kemkoll.web.api.bearing import OfHouseOrSupplier
from kemkoll.web.api.paging import After, Limit, Part, part_of
from kemkoll.web.visit import Visit

router = api_router("articles")
_TEXTS = ("number", "own_number", "name", "supplier", "gtin", "category", "mdr_class", "since", "until")
Asked = Annotated[str, Query(max_length=200)]


class Article(BaseModel):
    """One article of one supplier."""

    article: int = Field(description="what it is called in this interface")
    number: str = Field(description="the supplier's number")
    own_number: str = Field(description="the buyer's number")
    name: str
    supplier: str
    gtin: str
    category: str
    mdr_class: str
    since: str = Field(description="first day in the assortment; empty: not known")
    until: str = Field(description="last day; empty: none")


class Contracted(BaseModel):
    """One contract that an article stands under."""

    number: str
    profile: str = Field(description="the requirement profile; empty: the default")
    binding: str


class Declared(BaseModel):
    """One declaration that speaks of an article."""

    file: str
    date: str
    valid_until: str
    scope: str
    reason: str
    current: bool = Field(description="no later one has taken its place")


class Whole(Article):
    """One article, and what is known of it."""

    facts: dict[str, bool] = Field(description="what decides which limits apply; what is not here is unknown")
    contracts: list[Contracted]
    declarations: list[Declared]


@router.get("/articles")
def every(
    visit: OfHouseOrSupplier, request: Request, response: Response, on: Day = "", contract: Asked = "",
    category: Asked = "", supplier: Asked = "", number: Asked = "", limit: Limit = 50, after: After = 0,
) -> Part[Article]:  # fmt: skip
    """The articles in the assortment on a day, by their numbers; a supplier sees its own."""
    day = day_of(visit, on)
    with visit.store.reading() as known:
        if visit.has(Role.supplier):
            rows = rows_in(known, Scope(), day)
            rows = rows[rows["supplier_id"] == visit.supplier]
            for column, asked in (("contract_number", contract), ("category", category)):
                rows = rows[rows[column] == asked] if asked else rows
            rows = rows[rows["supplier"].map(key_of) == key_of(supplier)] if supplier else rows
            rows = rows[rows["number"].str.casefold() == number.strip().casefold()] if number else rows
        else:
            rows = rows_in(known, Scope(contract, category, supplier, number), day)
    made = [_article(row) for row in rows.drop_duplicates("article").to_dict("records")]
    return part_of(made, lambda it: it.article, request, response, limit, after)


def _article(row: Mapping[Any, Any]) -> Article:
    return Article(article=int(row["article"]), **{name: str(row[name]) for name in _TEXTS})


@router.get("/articles/{article}")
def one(visit: OfHouseOrSupplier, article: Number, on: Day = "") -> Whole:
    """One article: facts, contracts, declarations."""
    day = day_of(visit, on)
    with visit.store.reading() as known:
        row = own_article(visit, known, article)
        under = rows_in(known, Scope(), day)
        stated = kept.frame(known, ArticleFact, article=article)
        told = known_facts(articles(known, article=article), stated)
        said = declared_in(known, article)
    own = under[(under["article"] == article) & (under["contract"] != NO_CONTRACT)]
    return Whole(
        **_article(row).model_dump(),
        facts=dict(zip(told["condition"].astype(str), told["holds"].astype(bool).tolist(), strict=True)),
        contracts=[
            Contracted(number=it["contract_number"], profile=it["profile"], binding=it["binding"])
            for it in own.to_dict("records")
        ],
        declarations=[Declared(**it) for it in said],
    )


def own_article(visit: Visit, known: Known, article: int) -> dict[str, Any]:
    """An article that the person may see (columns of `scope.articles`).

    Raises:
        HTTPException: 404.
    """
    rows = articles(known, article=article).to_dict("records")
    if not rows:
        raise HTTPException(404)
    visit.own(int(rows[0]["supplier_id"]))
    return {str(name): value for name, value in rows[0].items()}
