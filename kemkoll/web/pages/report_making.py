"""Making reports: of a year, to look at and to publish; its open data; and those of one moment."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.batches import at_work
from kemkoll.assortment.snapshots import snapshots
from kemkoll.errors import KemkollError
from kemkoll.i18n import LANGUAGES, message_text
from kemkoll.report.open_data.publisher import KINDS, NEEDED, publisher_of
from kemkoll.store import Known, kept
from kemkoll.store.models import Contract, Supplier
from kemkoll.web import report_work
from kemkoll.web.access import Analyst
from kemkoll.web.pages import page_router
from kemkoll.web.pages.reports import is_day, title_of
from kemkoll.web.report_work import REPORTS, Year
from kemkoll.web.standing_alone import as_file, as_page
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
FORMATS = {
    "html": "text/html", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_PATIENCE = 2.0
_MOST_BATCHES = 100
_DIGITS = 10


@router.get("/reports/annual")
def annual(visit: Analyst) -> Response:
    """Which annual report; once it is known which, ways to look at it, and to publish it."""
    return _annual(visit)


@router.get("/reports/annual/{file}")
def annual_file(visit: Analyst, file: str) -> Response:
    """The annual report in a format."""
    year, suffix = _year(visit), _format(file)
    if year is None:
        raise HTTPException(404)
    future = visit.working.long(
        ("annual", year, suffix), report_work.of_year, _where(visit), year, f".{suffix}"
    )
    return _sent(visit, future, f"annual-{year.name or 'report'}.{suffix}", "/reports/annual")


@router.post("/reports/annual/publish")
def publish(visit: Analyst) -> Response:
    """Publish the public version of what was looked at."""
    year = _year(visit)
    if year is None:
        raise HTTPException(404)
    if year.internal:
        told = visit._("The internal version names suppliers and hides nothing. It is not published.")
        return _annual(visit, told)
    key = ("publication", year)
    visit.working.long(key, report_work.published, _where(visit), year, visit.by, visit.at)
    return visit.redirect("/reports/publishing", **_said(visit))


@router.get("/reports/publishing")
def publishing(visit: Analyst) -> Response:
    """What has become of a report that was to be published."""
    year = _year(visit)
    future = visit.working.known(("publication", year))
    if year is None or future is None:
        return visit.redirect("/reports")
    try:
        done, number = result_in(future, _PATIENCE)
    except KemkollError as error:
        return _annual(visit, message_text(error.message, visit._))
    if not done:
        told = visit._("The report is being made and published. It goes on if you leave this page.")
        return visit.render("working", what=told, back="/reports")
    told = visit._("Published, as number {n}. Everybody of the house can read it.")
    return visit.redirect("/reports", told.format(n=number))


@router.get("/reports/open-data")
def open_data(visit: Analyst) -> Response:
    """Who publishes open data, and of which year; once all of it is said, the way to the files."""
    given, wrong = _publisher(visit), ""
    if visit.asked("sent"):
        try:
            publisher_of(given, visit._("the form"))
        except KemkollError as error:
            wrong = message_text(error.message, visit._)
        if visit.asked("issued") and not is_day(visit.asked("issued")):
            wrong = visit._("Write the day as 2026-12-31.")
    with visit.store.reading() as known:
        years, seen = _names(known), known.seen
    ready = bool(visit.asked("sent")) and not wrong
    path = visit.with_query(seen=visit.asked("seen") or seen).replace("open-data?", "open-data/data.zip?")
    return visit.render(
        "open-data", 400 if wrong else 200, given=given, kinds=KINDS, years=years, wrong=wrong,
        path=path if ready else "", year=visit.asked("year"), issued=visit.asked("issued"),
        spoken=visit.asked("language") or visit.language,
    )  # fmt: skip


@router.get("/reports/open-data/data.zip")
def open_data_file(visit: Analyst) -> Response:
    """The open data of a year, as an archive."""
    year, issued = _year(visit), visit.asked("issued")
    if year is None or (issued and not is_day(issued)):
        raise HTTPException(404)
    publisher = publisher_of(_publisher(visit), visit._("the form"))
    year = replace(year, internal=False)
    key = ("open-data", year, publisher, issued)
    future = visit.working.long(key, report_work.opened, _where(visit), year, publisher, issued)
    return _sent(visit, future, f"open-data-{year.name or 'year'}.zip", "/reports/open-data")


@router.get("/reports/make/{name}")
def of_a_moment(visit: Analyst, name: str) -> Response:
    """What a report of one moment is asked about, and the formats that it can be had in."""
    return _moment(visit, name)


@router.get("/reports/make/{name}/{file}")
def of_a_moment_file(visit: Analyst, name: str, file: str) -> Response:
    """A report of one moment in a format."""
    suffix, seen, spoken = _format(file), visit.asked("seen"), visit.asked("language")
    if name not in REPORTS or spoken not in LANGUAGES or not _is_number(seen):
        raise HTTPException(404)
    given = {field: visit.asked(field) for field in REPORTS[name][1]}
    if given.get("batch") and not _is_number(given["batch"]):
        raise HTTPException(404)
    key = ("report", name, tuple(given.items()), suffix, spoken, seen)
    future = visit.working.soon(
        key, report_work.report, _where(visit), int(seen), name, given, f".{suffix}", spoken
    )
    try:
        return _sent(visit, future, f"{name}.{suffix}", f"/reports/make/{name}")
    except KemkollError as error:
        return _moment(visit, name, message_text(error.message, visit._))


def _sent(visit: Visit, future: Future[Any], name: str, back: str) -> Response:
    """A file once it is made: a page at once, another one after its address has been shown."""
    done, content = result_in(future, _PATIENCE)
    if not done:
        told = visit._("The report is being made.")
        return visit.render("working", what=told, back=back, again=visit.with_query(waited="yes"))
    if name.endswith(".html"):
        return as_page(content, name)
    if visit.asked("waited"):
        return visit.render("ready", path=visit.with_query(waited=None), back=back)
    kind = FORMATS.get(name.rpartition(".")[2], "application/zip")
    return as_file(content, name, kind)


def _annual(visit: Visit, wrong: str = "") -> Response:
    with visit.store.reading() as known:
        years, seen = _names(known), known.seen
    year = _year(visit)
    if year is None and _field(visit, "year") and not wrong:
        said = {name: value for name, value in _said(visit).items() if name != "seen"}
        return visit.redirect("/reports/annual", **said, seen=seen)
    if year and not wrong:
        try:
            future = visit.working.long(
                ("annual", year, "html"), report_work.of_year, _where(visit), year, ".html"
            )
            done, _made = result_in(future, _PATIENCE)
        except KemkollError as error:
            done, year, wrong = True, None, message_text(error.message, visit._)
        if not done:
            return visit.render("working", what=visit._("The report is being made."), back="/reports")
    paths = [
        (it, visit.with_query().replace("/reports/annual?", f"/reports/annual/report.{it}?"))
        for it in FORMATS
    ]
    return visit.render(
        "annual", 400 if wrong else 200, years=years, chosen=_said(visit), made=year, paths=paths,
        wrong=wrong, spoken=_field(visit, "language") or visit.language,
    )  # fmt: skip


def _moment(visit: Visit, name: str, wrong: str = "") -> Response:
    if name not in REPORTS:
        raise HTTPException(404)
    fields = REPORTS[name][1]
    with visit.store.reading() as known:
        options = {field: _options(visit, known, field) for field in fields}
        seen = known.seen
    given = {field: visit.asked(field) for field in fields}
    if "on" in given:
        given["on"] = given["on"] or visit.today
    return visit.render(
        "report-of-moment", 400 if wrong else 200, name=name, title=title_of(name, visit.language),
        options=options, given=given, seen=seen, formats=FORMATS, wrong=wrong,
        spoken=visit.asked("language") or visit.language,
    )  # fmt: skip


def _options(visit: Visit, known: Known, field: str) -> list[tuple[str, str]]:
    """What can be chosen in a field; nothing: it is a day."""
    if field == "batch":
        made = at_work(known).to_dict("records")[::-1][:_MOST_BATCHES]
        newest = [("", visit._("the newest"))]
        return newest + [(str(it["id"]), f"{it['id']} {it['name']} {it['on']}") for it in made]
    if field == "contract":
        return [(it, it) for it in sorted(kept.frame(known, Contract)["number"])]
    if field == "supplier":
        return [(it, it) for it in sorted(kept.frame(known, Supplier)["name"])]
    return []


def _names(known: Known) -> list[str]:
    return [*snapshots(known)["name"]][::-1]


def _field(visit: Visit, name: str) -> str:
    """One value, of the address or of the form."""
    return visit.text(name) if visit.request.method == "POST" else visit.asked(name)


_YEAR = ("year", "language", "lists", "headline", "organisation", "version", "seen")


def _said(visit: Visit) -> dict[str, str]:
    return {name: _field(visit, name) for name in _YEAR}


def _year(visit: Visit) -> Year | None:
    """Which annual report is asked for; None: it is not said as of when, or not in a way that there is."""
    said = _said(visit)
    headline, spoken = said["headline"] or "K1", said["language"] or visit.language
    if not _is_number(said["seen"]) or headline not in ("K1", "K2") or spoken not in LANGUAGES:
        return None
    lists = tuple(said["lists"].replace(",", " ").split())
    internal = said["version"] == "internal"
    return Year(int(said["seen"]), said["year"], spoken, lists, headline, said["organisation"], internal)


def _publisher(visit: Visit) -> dict[str, str]:
    return {name: visit.asked(name) for name in (*NEEDED, "area")}


def _format(file: str) -> str:
    suffix = file.rpartition(".")[2]
    if file != f"report.{suffix}" or suffix not in FORMATS:
        raise HTTPException(404)
    return suffix


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < _DIGITS


def _where(visit: Visit) -> str:
    return visit.store.engine.url.render_as_string(hide_password=False)
