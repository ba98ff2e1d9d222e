"""Requirements before a tender: what they would let through of today's assortment."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.outcomes import TOTAL
from kemkoll.assortment.plans import text_of
from kemkoll.assortment.scope import Scope, rows_in
from kemkoll.assortment.trying import Tried, try_profile
from kemkoll.errors import KemkollError
from kemkoll.i18n import N_, Translator, message_text, number_text
from kemkoll.lists.editions import library_of
from kemkoll.profiles import parse_profile, shipped
from kemkoll.registry import Registry
from kemkoll.store import Known, judged, kept
from kemkoll.store.models import Category, Contract, Supplier
from kemkoll.tables import Outcome
from kemkoll.web.access import Buyer
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.remembered import PATIENCE, in_store
from kemkoll.web.showing import outcome_cell
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
_LARGEST = 10**6
"""Bytes of a profile: the longest that ships has a fiftieth of it."""


@router.get("/contracts/try")
def asked(visit: Buyer) -> Response:
    """The form: which requirements, held against which articles."""
    return _form(visit)


@router.post("/contracts/try")
def tried(visit: Buyer) -> Response:
    """Begin to hold the requirements against the articles."""
    scope = Scope(**{name: visit.text(name) for name in ("contract", "category", "supplier")})
    try:
        with visit.store.reading() as known:
            name, text = _profile(visit, known)
            parse_profile(text, name)
            rows_in(known, scope, visit.today)
            seen = known.seen
    except KemkollError as error:
        return _form(visit, wrong=message_text(error.message, visit._), status=400)
    given = (name, text, tuple(asdict(scope).values()), visit.today, seen)
    key = hashlib.sha256(repr(given).encode()).hexdigest()
    address = visit.store.engine.url.render_as_string(hide_password=False)
    visit.working.long(_key(key), in_store, address, _try, visit.today, scope, text, name)
    return visit.redirect(f"/contracts/try/{key}", diary=visit.text("diary"), name=name, **scope.said)


@router.get("/contracts/try/{key}")
def result(visit: Buyer, key: str) -> Response:
    """What the requirements would let through: to be printed and kept with the tender."""
    future = visit.working.known(_key(key))
    if future is None:
        raise HTTPException(404)
    try:
        done, made = result_in(future, PATIENCE)
    except KemkollError as error:
        visit.working.forget(_key(key))
        return _form(visit, wrong=message_text(error.message, visit._), status=400)
    if not done:
        return visit.render("looking")
    _ = visit._
    shown, pages = leaf(visit, range(len(made.articles)))
    scope = [visit.asked(name) for name in ("contract", "category", "supplier")]
    return visit.render(
        "tried", tried=made, name=visit.asked("name"), diary=visit.asked("diary"),
        scope=", ".join(filter(None, scope)), figures=_figures(made, _), counts=_counts(made, _),
        rows=_rows(made, list(shown), _), pages=pages, lists=made.lists,
    )  # fmt: skip


def _try(known: Known, on: str, scope: Scope, text: str, name: str) -> Tried:
    return try_profile(known, scope, text, name, on=on, source=library_of(), registry=Registry.open())


def _key(key: str) -> tuple[str, str]:
    return ("try", key)


def _profile(visit: Visit, known: Known) -> tuple[str, str]:
    """Name and text of the profile that was sent, else of the one that was chosen.

    Raises:
        KemkollError: the file is none, or there is no such profile.
    """
    for file in visit.files("file"):
        content = file.file.read(_LARGEST + 1)
        name = (file.filename or "")[:200]
        try:
            if len(content) > _LARGEST:
                raise KemkollError(N_("{file} is too large for a requirement profile."), file=name)
            return name, content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise KemkollError(N_("{file} is no text in UTF-8."), file=name) from None
    return visit.text("profile"), text_of(visit.text("profile"), judged.imported_profiles(known))


def _form(visit: Visit, *, wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        own = judged.imported_profiles(known)
        numbers = sorted(kept.frame(known, Contract)["number"])
        suppliers = sorted(kept.frame(known, Supplier)["name"])
        categories = kept.frame(known, Category)
    _ = visit._
    everything = ("", _("all"))
    named = zip(categories["code"], categories["name"], strict=True)
    return visit.render(
        "try", status, wrong=wrong,
        given={name: visit.text(name) for name in ("profile", "contract", "category", "supplier", "diary")},
        profiles=[(name, name) for name in dict.fromkeys([*own, *shipped()])],
        contracts=[everything, *((it, it) for it in numbers)],
        suppliers=[everything, *((it, it) for it in suppliers)],
        categories=[everything, *((code, f"{code} {name}") for code, name in named)],
    )  # fmt: skip


def _figures(made: Tried, _: Translator) -> list[tuple[str, str]]:
    """How many pass, fail, are unknown; they add up."""
    numbers = (
        (made.passing, N_("meet the requirements")),
        (made.failing, N_("do not meet them")),
        (made.waived, N_("do not meet them, and are accepted for a time by a decision")),
        (made.unknown, N_("are unknown: nobody has answered, or a person must look")),
    )
    return [(number_text(number, _.language), _(said)) for number, said in numbers]


def _counts(made: Tried, _: Translator) -> list[list[Any]]:
    def whole(number: int) -> dict[str, Any]:
        return {"text": number_text(int(number), _.language), "number": True}

    return [
        [
            _("all lists") if name == TOTAL else str(name),
            *(whole(row[outcome]) for outcome in reversed(Outcome)),
            whole(row["articles"]),
        ]
        for name, row in made.counts.iterrows()
    ]


def _rows(made: Tried, shown: list[int], _: Translator) -> list[list[Any]]:
    return [
        [
            {"text": row["number"] or "–", "path": f"/articles/{row['article']}"},
            row["name"],
            row["supplier"],
            outcome_cell(row["outcome"], _),
            row["lists"] if row["outcome"] != Outcome.free else "",
        ]
        for row in made.articles.iloc[shown].to_dict("records")
    ]
