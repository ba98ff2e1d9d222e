"""Reports: what is published, for everybody of the house; years that are frozen, for those who write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.accounts.roles import Role
from kemkoll.assortment.publishing import publications, published
from kemkoll.assortment.snapshots import snapshots
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text, number_text
from kemkoll.report.page import about
from kemkoll.store import Known
from kemkoll.web import report_work
from kemkoll.web.access import Analyst, Reader
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.standing_alone import as_page
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
_PATIENCE = 2.0
_NUMBER_DIGITS = 10


@router.get("/reports")
def everything(visit: Reader) -> Response:
    """What is published; for those who write reports also what they can make."""
    return _page(visit)


@router.get("/reports/published/{number}")
def one(visit: Reader, number: str) -> Response:
    """A report as it was published, byte for byte."""
    with visit.store.reading() as known:
        wanted = int(number) if number.isdecimal() and len(number) < _NUMBER_DIGITS else 0
        content = published(known, wanted)
    if content is None:
        raise HTTPException(404)
    return as_page(content, f"kemkoll-{number}.html")


@router.post("/reports/snapshots")
def freeze(visit: Analyst) -> Response:
    """Begin to freeze a year."""
    day, name, broken = visit.text("day"), visit.text("name"), visit.text("broken")
    if not is_day(day):
        return _page(visit, visit._("Write the day as 2026-12-31."), 400)
    where = visit.store.engine.url.render_as_string(hide_password=False)
    key = ("snapshot", day)
    visit.working.forget(key)
    visit.working.long(key, report_work.frozen, where, day, name, broken, visit.by, visit.at)
    return visit.redirect(f"/reports/snapshots/{day}")


@router.get("/reports/snapshots/{day}")
def being_frozen(visit: Analyst, day: str) -> Response:
    """What has become of a year that was to be frozen."""
    future = visit.working.known(("snapshot", day))
    if future is None:
        return visit.redirect("/reports")
    try:
        done, taken = result_in(future, _PATIENCE)
    except KemkollError as error:
        return _page(visit, message_text(error.message, visit._), 400)
    if not done:
        told = visit._("The year is being judged and frozen. It goes on if you leave this page.")
        return visit.render("working", what=told, back="/reports")
    said = visit._("{name} is frozen: {n} articles, as of {day}.")
    count = number_text(taken.articles, visit.language)
    return visit.redirect("/reports", said.format(name=taken.name, n=count, day=taken.day))


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO writes it.

    >>> is_day("2026-12-31"), is_day("31/12 2026")
    (True, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def title_of(report: str, language: str) -> str:
    """What a report is called."""
    return str(about(report)["title"][language])


def _page(visit: Visit, wrong: str = "", status: int = 200) -> Response:
    writes = visit.has(Role.strategist, Role.analyst)
    with visit.store.reading() as known:
        rows = _published(visit, known)
        years = _years(visit, known) if writes else []
    shown, pages = leaf(visit, rows)
    made = [
        (f"/reports/make/{it}", title_of(it, visit.language), about(it)["about"][visit.language])
        for it in report_work.REPORTS
    ]
    said = {name: visit.text(name) for name in ("day", "name", "broken")}
    return visit.render(
        "reports", status, rows=shown, pages=pages, writes=writes, years=years, reports=made, wrong=wrong,
        **said,
    )  # fmt: skip


def _published(visit: Visit, known: Known) -> list[list[Any]]:
    return [
        [
            {
                "text": f"{title_of(row['report'], visit.language)} {row['snapshot']}",
                "path": f"/reports/published/{row['id']}",
            },
            {"sv": "svenska", "en": "English"}[row["language"]],
            row["at"][:10],
            row["sha256"],
        ]
        for row in publications(known).to_dict("records")
    ]


def _years(visit: Visit, known: Known) -> list[list[Any]]:
    made = snapshots(known)
    names = made.set_index("id")["name"]
    return [
        [
            {"text": row["name"], "path": f"/reports/annual?year={row['name']}"},
            row["day"], row["at"][:10], names[row["base"]], row["profile"],
            {"text": number_text(row["articles"], visit.language), "number": True}, row["broken"],
        ]
        for row in made.to_dict("records")[::-1]
    ]  # fmt: skip
