"""Substances: what is known of one, and which lists it is on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field

from kemkoll.i18n import translator
from kemkoll.lists import load_lists
from kemkoll.outputs.words import problem_text
from kemkoll.substance import Absent, Description, Listed, Substance, describe
from kemkoll.web.api import api_router
from kemkoll.web.api.asking import Day, day_of
from kemkoll.web.api.bearing import Anyone
from kemkoll.web.api.jobs import WAITING, worked

router = api_router("substances")
_LONGEST = 500


class OnList(BaseModel):
    """One entry that the substance meets on the day."""

    list: str
    entry: str
    name: str
    matched_by: str
    certainty: str = Field(description="`certain`, or `possible`: a person must look")
    since: str
    until: str
    limits: list[str]  # type: ignore[valid-type]
    derogations: list[str]  # type: ignore[valid-type]


class NotOnList(BaseModel):
    """Why it is not on a list, or not by an entry, where one may look for it."""

    list: str
    entry: str
    why: str
    said: str
    since: str
    until: str


class Known(BaseModel):
    """One substance that the question may mean."""

    cas: str
    ec: str
    inchikey: str
    smiles: str
    formula: str
    found_by: str
    names: dict[str, list[str]]
    listed: list[OnList]
    absent: list[NotOnList]


class Answer(BaseModel):
    """The substances that a text may mean, most likely first. None: that says not that it is on no list."""

    asked: str
    on: str
    substances: list[Known]
    problems: list[str]
    guesses: list[str] = Field(description="numbers that a wrong one may have been meant to be")


@router.get("/substances/{query:path}", responses=WAITING, response_model=Answer)
def one(visit: Anyone, query: Annotated[str, Path(min_length=1, max_length=_LONGEST)], on: Day = "") -> Any:
    """What is known of a substance: a CAS or EC number, a name, a SMILES or an InChIKey."""
    return worked(visit, described, query, day_of(visit, on))


def described(where: str, query: str, on: str) -> dict[str, Any]:
    """`substance.describe`, as `Answer` has it."""
    from kemkoll.registry import Registry

    del where
    return _answer(describe(query, load_lists(), Registry.open(), on), on)


def _answer(told: Description, on: str) -> dict[str, Any]:
    english = translator("en")
    said = [problem_text(it["code"], it["found"], it["suggestion"], english) for it in told.problems]
    return {
        "asked": told.asked, "on": on, "substances": [_substance(it) for it in told.substances],
        "problems": said, "guesses": [number for number, _ in told.guesses],
    }  # fmt: skip


def _substance(it: Substance) -> dict[str, Any]:
    texts = {
        name: str(getattr(it, name)) for name in ("cas", "ec", "inchikey", "smiles", "formula", "found_by")
    }
    return texts | {
        "names": {language: [*names] for language, names in it.names.items()},
        "listed": [_listed(one) for one in it.listed],
        "absent": [_absent(one) for one in it.absent],
    }


def _listed(it: Listed) -> dict[str, Any]:
    return {
        "list": it.about["list"], "entry": it.entry["entry"], "name": it.entry["name_en"],
        "matched_by": it.evidence["matched_by"], "certainty": it.evidence["certainty"],
        "since": it.entry["since"], "until": it.entry["until"],
        "limits": [f"{limit['operator']} {limit['limit']}" for limit in it.limits],
        "derogations": [*it.derogations],
    }  # fmt: skip


def _absent(it: Absent) -> dict[str, Any]:
    return {
        "list": it.list, "entry": str(it.entry.get("entry", "")), "why": it.why, "said": it.said,
        "since": it.since, "until": it.until,
    }  # fmt: skip
