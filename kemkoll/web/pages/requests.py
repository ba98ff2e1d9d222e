"""Requests to suppliers: which there are, new ones, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.asking import letters, planning, requests
from kemkoll.assortment.asking.planning import Planned
from kemkoll.assortment.asking.requests import STATES, Asked
from kemkoll.errors import KemkollError
from kemkoll.i18n import N_, message_text, translator
from kemkoll.lists.editions import library_of, load_lists
from kemkoll.store import Known, kept
from kemkoll.store.models import Supplier
from kemkoll.tables import Answer
from kemkoll.web.access import Buyer
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.posting import posted
from kemkoll.web.visit import Visit

router = page_router()
ANSWERED = {
    Answer.none_above_limit.value: N_("none above the limit"),
    Answer.contains.value: N_("contains"),
    Answer.do_not_know.value: N_("do not know"),
    requests.COMPOSITION: N_("whole composition handed in"),
}
_USUAL_DAYS = 30
_USUAL_LIST = "eu-reach-candidate"


@router.get("/requests")
def everything(visit: Buyer) -> Response:
    """All requests, by state and supplier."""
    state, wanted = visit.asked("state"), visit.asked("supplier").casefold()
    with visit.store.reading() as known:
        there = requests.requests(known)
        names = suppliers(known)
    shown = [
        it
        for it in there
        if (not state or it.state(visit.today) == state) and wanted in names.get(it.supplier, "").casefold()
    ]
    rows, pages = leaf(visit, shown)
    to_remind = [it for it in there if it.is_to_remind(visit.today)]
    return visit.render(
        "requests", requests=rows, pages=pages, names=names, states=STATES, state=state,
        supplier=visit.asked("supplier"), to_remind=len(to_remind), today=visit.today,
    )  # fmt: skip


@router.get("/requests/new")
def what_to_ask(visit: Buyer) -> Response:
    """What there is to ask, supplier by supplier."""
    query = visit.request.query_params
    return _new(visit, query.getlist("list"), query.getlist("why"), visit.asked("due"))


@router.post("/requests/new")
def ask(visit: Buyer) -> Response:
    """Make requests of what was chosen, with a letter for each."""
    lists, why, due = visit.texts("list"), visit.texts("why"), visit.text("due")
    language = visit.text("language") if visit.text("language") in ("sv", "en") else visit.language
    wrong = (
        [] if is_day(due, visit.today) else [visit._("The day must be written 2026-12-31, and not be past.")]
    )
    if not visit.texts("chosen"):
        wrong.append(visit._("Choose at least one supplier."))
    if wrong:
        return _new(visit, lists, why, due, wrong=wrong, status=400)
    with visit.store.writing("request", by=visit.by, at=visit.at) as change:
        plan = _plan(change, lists, why, visit.today)
        chosen = [it for it in plan if key_of(it) in set(visit.texts("chosen"))]
        made = requests.send(change, chosen, due=due, on=visit.today)
        numbers = letters.put(change, [_letter(visit, it, number, due, language) for number, it in made])
    said = visit._.ngettext("{n} request is made.", "{n} requests are made.", len(made)).format(n=len(made))
    return visit.redirect("/requests", " ".join([said, posted(visit, numbers)]))


def _letter(visit: Visit, plan: Planned, number: int, due: str, language: str) -> letters.Written:
    subject, text = letters.request_text(
        plan, number, due=due, address=visit.settings.address, _=translator(language)
    )
    return letters.Written(plan.supplier, "request", plan.mail, subject, text, request=number)


def key_of(plan: Planned) -> str:
    """What a planned request is chosen by."""
    return f"{plan.supplier} {' '.join(plan.lists)}"


def _plan(known: Known, lists: Sequence[str], why: Sequence[str], on: str) -> list[Planned]:
    asked = planning.questions([it for it in lists if it in library_of().ids], on)
    return planning.planned(known, asked, why, on, already=requests.asked_already(known, on))


def _new(
    visit: Visit,
    lists: Sequence[str],
    why: Sequence[str],
    due: str,
    *,
    wrong: Sequence[str] = (),
    status: int = 200,
) -> Response:
    plan: list[Planned] = []
    if lists:
        with visit.store.reading() as known:
            plan = _plan(known, lists, why, visit.today)
    usual = (date.fromisoformat(visit.today) + timedelta(days=_USUAL_DAYS)).isoformat()
    return visit.render(
        "requests-new", status, plan=plan, key_of=key_of, chosen_lists=lists or [_USUAL_LIST],
        why=why or [*planning.WHY], reasons=planning.WHY, lists=_lists(visit.language),
        due=due or usual, wrong=wrong, looked=bool(lists),
        entry_text=letters.entry_text,
    )  # fmt: skip


def _lists(language: str) -> list[dict[str, str]]:
    """Every list there is: `list`, `title`, `edition`."""
    rows = load_lists().lists.astype(object).to_dict("records")
    return [
        {"list": str(it["list"]), "title": str(it[f"title_{language}"]), "edition": str(it["edition"])}
        for it in rows
    ]


@router.post("/requests/remind")
def remind(visit: Buyer) -> Response:
    """Write the reminders that are due; what has been answered meanwhile is marked so instead."""
    with visit.store.writing("remind", by=visit.by, at=visit.at) as change:
        due = [it for it in requests.requests(change) if it.is_to_remind(visit.today)]
        done: set[int] = set()
        for supplier in sorted({it.supplier for it in due}):
            done |= set(requests.settle(change, supplier, visit.today))
        left = [it for it in due if it.number not in done]
        numbers = letters.put(change, [_reminder(visit, change, it) for it in left])
        requests.reminded(change, [it.number for it in left], visit.today)
        change.about.update(reminded=[it.number for it in left], answered=sorted(done))
    said = visit._.ngettext("{n} reminder is written.", "{n} reminders are written.", len(left))
    return visit.redirect("/requests", " ".join([said.format(n=len(left)), posted(visit, numbers)]))


def _reminder(visit: Visit, known: Known, request: Asked) -> letters.Written:
    """A reminder, in the language of the letter that asked."""
    row = kept.frame(known, Supplier, supplier=request.supplier).iloc[0]
    subject, text = letters.reminder_text(
        str(row["name"]), request.number, sent=request.sent, due=request.due, count=request.reminders + 1,
        address=visit.settings.address, _=visit._,
    )  # fmt: skip
    return letters.Written(
        request.supplier, "reminder", str(row["mail"]), subject, text, request=request.number
    )


@router.get("/requests/{number}")
def one(visit: Buyer, number: int) -> Response:
    """One request: what was asked, what is answered, which letters went."""
    with visit.store.reading() as known:
        found = requests.request_of(known, number)
        if found is None:
            raise HTTPException(404)
        try:
            progress = requests.progress(known, found, visit.today)
            wrong = ""
        except KemkollError as error:
            progress, wrong = None, message_text(error.message, visit._)
        written = letters.letters(known, request=number)
        name = suppliers(known).get(found.supplier, "")
    return visit.render("request", **shown(found, progress, visit.today), name=name, letters=written,
        kinds=letters.KINDS, wrong=wrong, entry_text=letters.entry_text)  # fmt: skip


def shown(request: Asked, progress: requests.Progress | None, today: str) -> dict[str, Any]:
    """What the pages of a request show of it."""
    answers: list[dict[Any, Any]] = []
    if progress is not None:
        names = progress.articles.set_index("article")
        answers = [
            dict(it) | {"number": names["number"][it["article"]], "name": names["name"][it["article"]]}
            for it in progress.given.to_dict("records")
        ]
    return {
        "request": request, "progress": progress, "answers": answers, "answered": ANSWERED, "states": STATES,
        "state": request.state(today), "today": today,
    }  # fmt: skip


def suppliers(known: Known) -> dict[int, str]:
    """The name of each supplier, by its number."""
    rows = kept.frame(known, Supplier)
    return dict(zip(rows["supplier"].tolist(), rows["name"], strict=True))


def is_day(text: str, today: str) -> bool:
    """Whether a text is a day, and not before another."""
    try:
        return date.fromisoformat(text).isoformat() == text and text >= today
    except ValueError:
        return False
