"""A new edition of a list: handed in, looked at, taken into use. Its paths stand before those of `lists`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from datetime import date
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.impact import Impact
from kemkoll.assortment.new_editions import ACTION, take_into_use
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text, number_text
from kemkoll.lists.proposing import Proposal
from kemkoll.outputs.standing import DIRECTIONS, editions_text, moves_text, outcome_text
from kemkoll.outputs.words import problem_text
from kemkoll.web import edition_work
from kemkoll.web.access import Strategist
from kemkoll.web.listing import leaf
from kemkoll.web.offered import Offer, lists_stamp, offer, offered
from kemkoll.web.pages import page_router
from kemkoll.web.pages.lists import said
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
SUFFIXES = {
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SUFFIXES |= {".csv": "text/csv"}
_PATIENCE, _LONG_PATIENCE = 2.0, 20.0


@router.get("/lists/import")
def asked(visit: Strategist) -> Response:
    """The form to hand in a download."""
    return visit.render("list-import", wrong=[], id_="", day="", count="")


@router.post("/lists/import")
def handed_in(visit: Strategist) -> Response:
    """Keep a download for a while, and go on to what is in it."""
    visit.request.app.state.limits.count("upload", visit.by)
    _, id_, day, count = visit._, visit.text("id"), visit.text("date"), visit.text("count")
    files = [(it.filename or "", it.file.read()) for it in visit.files("file")]
    wrong = []
    if not any(content for _name, content in files):
        wrong.append(_("Choose the file that the publisher gives out, or your own list."))
    if day and not _is_day(day):
        wrong.append(_("Write the official date as 2026-11-22."))
    if count and not count.isdecimal():
        wrong.append(_("How many entries there are is a whole number."))
    if wrong:
        return visit.render("list-import", 400, wrong=wrong, id_=id_, day=day, count=count)
    key = offer(files, id_=id_, day=day, count=int(count) if count else None)
    return visit.redirect(f"/lists/import/{key}")


@router.get("/lists/import/{key}")
def looked_at(visit: Strategist, key: str) -> Response:
    """What a list in files is, and what differs from the one in use."""
    found = _found(key)
    try:
        done, proposal = result_in(_proposal(visit, found), _PATIENCE)
    except KemkollError as error:
        wrong = [message_text(error.message, visit._)]
        return visit.render(
            "list-import", 400, wrong=wrong, id_=found.id_, day=found.day, count=found.count or ""
        )
    if not done:
        return visit.render("working", what=visit._("The files are being read."), back="/lists/import")
    lines = said(visit, proposal.changes)
    shown, pages = leaf(visit, lines)
    return visit.render(
        "list-proposal", key=key, facts=_facts(visit, proposal), notes=_notes(visit, proposal),
        problems=_problems(visit, proposal), obstacles=proposal.obstacles, rows=shown, pages=pages,
        count=len(lines), seen=_seen(visit),
    )  # fmt: skip


@router.get("/lists/import/{key}/impact")
def foreseen(visit: Strategist, key: str) -> Response:
    """What the list would do to the assortment, and the form to take it into use."""
    return _foreseen(visit, _found(key))


@router.get("/lists/import/{key}/impact/{file}")
def download(visit: Strategist, key: str, file: str) -> Response:
    """What the list would do to the assortment, as a report or a table."""
    found, suffix = _found(key), f".{file.rpartition('.')[2]}"
    if file not in {f"impact{it}" for it in SUFFIXES}:
        raise HTTPException(404)
    proposal, made = _settled(visit, found)
    asked = ("impact-file", key, suffix, visit.language, visit.asked("seen"), lists_stamp())
    future = visit.working.soon(
        asked, edition_work.written, made, proposal, found, suffix, visit.language
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(future.result(), media_type=SUFFIXES[suffix], headers=headers)


@router.post("/lists/import/{key}/activate")
def activate(visit: Strategist, key: str) -> Response:
    """Take the list into use; the log says why."""
    found = _found(key)
    if visit.text("stamp") != lists_stamp():
        again = visit._("The lists have changed since you looked. Look at what follows now, and decide anew.")
        return _foreseen(visit, found, again)
    done, proposal = result_in(_proposal(visit, found), _LONG_PATIENCE)
    if not done:
        return visit.redirect(f"/lists/import/{key}")
    try:
        with visit.store.writing(ACTION, by=visit.by, at=visit.at) as change:
            take_into_use(change, proposal, visit.text("reason"))
    except KemkollError as error:
        return _foreseen(visit, found, message_text(error.message, visit._))
    name, day = proposal.draft.id, proposal.draft.about["official_date"]
    visit.working.soon(("list-compiled", name, lists_stamp()), edition_work.compiled, name)
    told = visit._("The edition of {day} is in use. Batches that are made from now on judge by it.")
    return visit.redirect(f"/lists/{name}", told.format(day=day))


def _found(key: str) -> Offer:
    found = offered(key)
    if found is None:
        raise HTTPException(404)
    return found


def _proposal(visit: Visit, found: Offer) -> Future[Any]:
    key = ("list-proposal", found.key, visit.today, lists_stamp())
    return visit.working.soon(key, edition_work.proposed, found, visit.today)


def _impact(visit: Visit, found: Offer, proposal: Proposal, seen: int) -> Future[Any]:
    where = visit.store.engine.url.render_as_string(hide_password=False)
    key = ("list-impact", found.key, visit.today, lists_stamp(), seen)
    return visit.working.long(key, edition_work.changed, where, seen, proposal, visit.today)


def _settled(visit: Visit, found: Offer) -> tuple[Proposal, Impact]:
    """A list and what it would change, once both are worked out."""
    seen = visit.asked("seen")
    done, proposal = result_in(_proposal(visit, found), _LONG_PATIENCE)
    if not done or not seen.isdecimal():
        raise HTTPException(404)
    done, made = result_in(_impact(visit, found, proposal, int(seen)), _LONG_PATIENCE)
    if not done:
        raise HTTPException(404)
    return proposal, made


def _seen(visit: Visit) -> int:
    with visit.store.reading() as known:
        return known.seen


def _foreseen(visit: Visit, found: Offer, wrong: str = "") -> Response:
    seen = visit.asked("seen") or visit.text("seen")
    if not seen.isdecimal():
        return visit.redirect(f"/lists/import/{found.key}/impact", seen=_seen(visit))
    made, trouble = None, ""
    try:
        done, proposal = result_in(_proposal(visit, found), _PATIENCE)
        if done and proposal.obstacles:
            return visit.redirect(f"/lists/import/{found.key}")
        if done:
            done, made = result_in(_impact(visit, found, proposal, int(seen)), _PATIENCE)
    except KemkollError as error:
        done, trouble = True, message_text(error.message, visit._)
    if not done:
        told = visit._("The assortment is being judged by the list as it would be. Nothing of it is kept.")
        return visit.render("working", what=told, back=f"/lists/import/{found.key}")
    return visit.render(
        "list-impact", 400 if wrong else 200, key=found.key, seen=seen, stamp=lists_stamp(), wrong=wrong,
        trouble=trouble, reason=visit.text("reason"), made=made, **_shown(visit, made),
    )  # fmt: skip


def _shown(visit: Visit, made: Impact | None) -> dict[str, Any]:
    """What would change, as rows: how many by direction, article by article, contract by contract."""
    if made is None:
        return {"counts": [], "rows": [], "pages": None, "contracts": []}
    _, changes = visit._, made.changes
    once = changes.drop_duplicates(["supplier", "number", "direction", "outdated"])
    counts = [
        [_(label), {"text": number_text(n, visit.language), "number": True}]
        for code, label in DIRECTIONS.items()
        if (n := int(_of_kind(once, code).sum()))
    ]
    shown, pages = leaf(visit, changes.to_dict("records"))
    contracts = [
        [
            row["contract_number"] or _("under no contract"),
            editions_text(row["kind"], row["date"], int(row["grace_days"]), _),
            {"text": number_text(row["articles"], visit.language), "number": True},
            {"text": number_text(row["changes"], visit.language), "number": True},
            moves_text(row, _),
        ]
        for row in made.contracts.to_dict("records")
    ]
    return {
        "counts": counts,
        "rows": [_line(visit, it) for it in shown],
        "pages": pages,
        "contracts": contracts,
    }


def _of_kind(changes: Any, code: str) -> Any:
    if code == "outdated":
        return changes["outdated"].astype(bool)
    return (changes["direction"] == code) & ~changes["outdated"].astype(bool)


def _line(visit: Visit, row: dict[Any, Any]) -> list[Any]:
    _ = visit._
    kind = "outdated" if row["outdated"] else row["direction"]
    sides = [outcome_text(row[f"outcome_{side}"], row[f"entries_{side}"], _) for side in ("before", "after")]
    return [
        f"{row['number']} {row['name']}".strip(), row["supplier"], row["contract_number"] or "–", row["list"],
        *sides, _(DIRECTIONS[kind]), row["moves"] or _("at once"),
    ]  # fmt: skip


def _facts(visit: Visit, proposal: Proposal) -> Iterator[tuple[str, str]]:
    _, export, draft, base = visit._, proposal.export, proposal.draft, proposal.base
    yield _("The file is"), _(export.what)
    yield _("List"), draft.id
    yield _("Edition"), draft.about["official_date"]
    yield _("Entries"), number_text(export.count, visit.language)
    yield _("Numbers and members"), number_text(len(export.members), visit.language)
    yield (
        _("Compared with"),
        f"{base.id}@{base.about['official_date']}" if base else _("none: the list is new"),
    )
    yield _("Terms"), draft.about["licence"]


def _notes(visit: Visit, proposal: Proposal) -> list[str]:
    return [visit._(sentence).format(**filled) for sentence, filled in proposal.export.notes]


def _problems(visit: Visit, proposal: Proposal) -> list[str]:
    """What was not understood, with its places; and promises that would be broken."""
    _ = visit._
    place, header = _("row {row}, {column}"), _("in column {column}")
    made = [
        f"{(place if row['row'] >= 0 else header).format(row=row['row'], column=row['column'])}: "
        + problem_text(row["code"], row["found"], row["suggestion"], _)
        for row in proposal.export.problems.astype(object).to_dict("records")
    ]
    return [*made, *proposal.broken]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
