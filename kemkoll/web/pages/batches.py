"""Batches: which there are, judging anew, and how far that has come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import HTTPException, Response

from kemkoll.assortment import batches
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.i18n import message_text
from kemkoll.lists.editions import library_of
from kemkoll.profiles import load_profile, shipped
from kemkoll.store import Known, judged, kept
from kemkoll.store.models import Category, Contract, Supplier
from kemkoll.web import judging
from kemkoll.web.access import OfHouse, Strategist
from kemkoll.web.jobs import Job, Jobs
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()

_AT_ONCE = 1.0
"""Seconds that the answer to a form waits for a batch."""
_SCOPE = ("contract", "category", "supplier", "article")


@dataclass(frozen=True)
class _Choices:
    """What the form offers: pairs of value and label."""

    contracts: list[tuple[str, str]]
    categories: list[tuple[str, str]]
    suppliers: list[tuple[str, str]]
    profiles: list[tuple[str, str]]
    lists: list[tuple[str, str]]


@router.get("/batches")
def every(visit: OfHouse) -> Response:
    """The batches, the newest first, and what is being judged."""
    with visit.store.reading() as known:
        rows = batches.at_work(known).iloc[::-1].to_dict("records")
    shown, pages = leaf(visit, rows)
    jobs = [(job, _said(visit, job)) for job in jobs_of(visit).open]
    choices = [(str(row["id"]), f"{row['id']} {row['name']} ({row['on']})") for row in rows[:200]]
    return visit.render("batches", rows=shown, pages=pages, jobs=jobs, choices=choices)


@router.get("/batches/new")
def form(visit: Strategist) -> Response:
    """The form to judge anew."""
    asked = {name: visit.asked(name) for name in (*_SCOPE, "profile", "name")}
    lists = visit.request.query_params.getlist("list")
    return _form(visit, asked | {"on": visit.asked("on") or visit.today, "lists": lists, "complete": False})


@router.post("/batches")
def start(visit: Strategist) -> Response:
    """Judge a scope: in a process beside the server, so that pages go on."""
    said: dict[str, Any] = {name: visit.text(name) for name in (*_SCOPE, "profile", "name", "on")}
    said |= {"lists": visit.texts("list"), "complete": visit.text("complete") == "yes"}
    if set(said["lists"]) - set(library_of().ids):
        raise HTTPException(422)
    if wrong := _wrong(visit, said):
        return _form(visit, said, wrong)
    asked = Asked(said["profile"], tuple(said["lists"]), {}, said["complete"])
    scope = Scope(*(said[name] for name in _SCOPE))
    key = ("batch", scope, asked.profile, asked.lists, asked.assume_complete, said["on"], said["name"])
    return started(visit, key, said, judging.run, scope, asked, said["on"], visit.by, visit.at, said["name"])


def started(visit: Visit, key: tuple[Any, ...], said: dict[str, Any], function: Any, *given: Any) -> Response:
    """Have a batch made, and the page that waits for it; one that is made already is shown."""
    if (there := visit.working.known(key)) and there.done():
        visit.working.forget(key)
    future = visit.working.long(key, function, address(visit), *given)
    job = jobs_of(visit).add(future, by=visit.by, at=visit.at, asked=said)
    if not future.done():
        with suppress(Exception):  # the page of the job says what it was
            result_in(future, _AT_ONCE)
    return _of_job(visit, job) or visit.redirect(f"/batches/running/{job.number}")


@router.get("/batches/running/{number:int}")
def running(visit: OfHouse, number: int) -> Response:
    """How far one has come that was asked for here."""
    job = jobs_of(visit).of(number)
    if job is None:
        raise HTTPException(404)
    return _of_job(visit, job) or visit.render(
        "batch-running", job=job, said_of=_said(visit, job), again=_again(job)
    )


def jobs_of(visit: Visit) -> Jobs:
    """The batches that were asked for here."""
    jobs: Jobs = visit.request.app.state.jobs
    return jobs


def address(visit: Visit) -> str:
    """The address of the database, for a process beside the server."""
    return str(visit.store.engine.url.render_as_string(hide_password=False))


def numbered(known: Known, number: int) -> dict[str, Any]:
    """One batch, or there is no such page."""
    if number not in judged.batches(known)["id"].tolist():
        raise HTTPException(404)
    return judged.batch(known, number)


def _of_job(visit: Visit, job: Job) -> Response | None:
    if not job.batch:
        return None
    return visit.redirect(
        f"/batches/{job.batch}", visit._("Batch {number} is made.").format(number=job.batch)
    )


def _said(visit: Visit, job: Job) -> str:
    """How far a job has come, in a sentence."""
    if failure := job.failure:
        return message_text(failure, visit._)
    return visit._("It is being judged.") if job.future.running() else visit._("It waits for its turn.")


def _again(job: Job) -> str:
    """Where the same can be asked for again: the form, filled in as it was, or the batch before."""
    if "before" in job.asked:
        return f"/batches/{job.asked['before']}"
    own = {name: job.asked.get(name, "") for name in (*_SCOPE, "profile", "name", "on")}
    given: dict[str, Any] = {name: value for name, value in own.items() if value}
    return "/batches/new?" + urlencode(given | {"list": job.asked.get("lists", ())}, doseq=True)


def _wrong(visit: Visit, said: dict[str, Any]) -> dict[str, str]:
    """What is wrong with the form, by field."""
    _ = visit._
    wrong = {}
    try:
        valid = date.fromisoformat(said["on"]).isoformat() == said["on"]
    except ValueError:
        valid = False
    if not valid:
        wrong["on"] = _("Write the day as 2026-11-22.")
    with visit.store.reading() as known:
        choices = _choices(visit, known)
        if said["article"] and not wrong:
            wrong |= _absent(visit, known, said)
    if said["profile"] and said["profile"] not in dict(choices.profiles):
        wrong["profile"] = _("There is no such requirement profile.")
    return wrong


def _absent(visit: Visit, known: Known, said: dict[str, Any]) -> dict[str, str]:
    """That no article is called so, which is the one part of the scope that is written by hand."""
    from kemkoll.assortment.scope import articles, is_called

    if is_called(articles(known), said["article"]).any():
        return {}
    return {"article": visit._("No article has this number.")}


def _form(visit: Visit, said: dict[str, Any], wrong: dict[str, str] | None = None) -> Response:
    with visit.store.reading() as known:
        choices = _choices(visit, known)
    return visit.render("batch-new", 400 if wrong else 200, asked=said, wrong=wrong or {}, choices=choices)


def list_titles(language: str) -> list[tuple[str, str]]:
    """The ids of all lists with their titles, in the order of the titles."""
    library, own = library_of(), f"title_{language}"
    abouts = [(name, library.packed(name)["lists"]) for name in library.ids]
    titles = [(name, str(about[own][0] or about["title_en"][0] or name)) for name, about in abouts]
    return sorted(titles, key=lambda pair: pair[1].casefold())


def pairs(frame: Any, value: str, label: str) -> list[tuple[str, str]]:
    """What a form offers: each value of a column once, with what it is called."""
    there = frame.drop_duplicates(value).sort_values(value)
    texts = zip(there[value], there[label], strict=True)
    return [(code, f"{code} {name}".strip()) for code, name in texts]


def _choices(visit: Visit, known: Known) -> _Choices:
    contracts, categories = kept.frame(known, Contract), kept.frame(known, Category)
    suppliers = kept.frame(known, Supplier).sort_values("key")["name"].tolist()
    return _Choices(
        contracts=pairs(contracts, "number", "name"),
        categories=pairs(categories, "code", "name"),
        suppliers=[(name, name) for name in suppliers],
        profiles=_profiles(known, visit.language),
        lists=list_titles(visit.language),
    )


def _profiles(known: Known, language: str) -> list[tuple[str, str]]:
    made = {}
    for name in shipped():
        profile = load_profile(name)
        title = (profile.title_sv if language == "sv" else "") or profile.title_en
        made[name] = f"{name}: {title}" if title else name
    return [*(made | {name: name for name in judged.imported_profiles(known)}).items()]
