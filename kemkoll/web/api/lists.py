"""The substance lists: how old each is, and what in it is open."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from kemkoll.lists import status
from kemkoll.web.api import api_router
from kemkoll.web.api.asking import Day, day_of
from kemkoll.web.api.bearing import Anyone
from kemkoll.web.api.jobs import WAITING, worked

router = api_router("lists")


class SubstanceList(BaseModel):
    """One substance list in its newest edition."""

    list: str
    title_en: str
    title_sv: str
    edition: str = Field(description="day of the official edition")
    official_count: int
    shipped: int = Field(description="how many entries are here")
    age_days: int
    expect_every_days: int
    stale: bool = Field(description="a new edition is overdue")
    url: str
    licence: str
    limits: int
    unconfirmed: int = Field(description="limits that nobody has held against the legal text")
    pending: int = Field(description="groups that no rule decides")
    sha256: str


@router.get("/lists", responses=WAITING, response_model=list[SubstanceList])
def every(visit: Anyone, on: Day = "") -> Any:
    """Every list with its edition, its age on a day, and what in it is open."""
    return worked(visit, ages, day_of(visit, on))


def ages(where: str, on: str) -> list[dict[str, Any]]:
    """`lists.status`, as plain values."""
    del where
    rows = status(on).astype(object).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]
