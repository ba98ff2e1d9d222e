"""What a person must look at: the queue, each case of it, and what the person decides."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment import review
from kemkoll.errors import ConfigError, KemkollError
from kemkoll.i18n import Translator, message_text, number_text
from kemkoll.judgement.decisions import DECIDABLE
from kemkoll.outputs.words import VERDICTS, reason_text
from kemkoll.store import judged
from kemkoll.web import reviewing
from kemkoll.web.access import Strategist
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.batch import soon, waiting
from kemkoll.web.reviewing import Case
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/review")
def queue(visit: Strategist) -> Response:
    """The queue of a batch, the gravest and dearest first."""
    asked = _moment(visit, visit.asked("batch"))
    if asked is None:
        return visit.render("review", batch=0, rows=[], pages=None, open=0, decided=0, show="open", first="")
    batch, seen = asked
    made = soon(visit, ("review", batch, seen), reviewing.queue, batch, seen)
    if made is None:
        return waiting(visit, visit.with_query())
    waits = made[made["decided"] == ""]
    show = "all" if visit.asked("show") == "all" else "open"
    met = made if show == "all" else waits
    places, pages = leaf(visit, range(len(met)))
    rows = [_row(row, batch, visit._) for row in met.iloc[[*places]].to_dict("records")]
    return visit.render(
        "review", batch=batch, rows=rows, pages=pages, open=len(waits), decided=len(made) - len(waits),
        show=show, first=path_of(batch, waits["case"].iloc[0]) if len(waits) else "",
    )  # fmt: skip


@router.get("/review/case")
def case(visit: Strategist) -> Response:
    """One case, whole, and the form to decide it."""
    said = {name: visit.asked(name) for name in ("verdict", "motive")}
    return _page(visit, visit.asked("batch"), visit.asked("case"), said)


@router.post("/review/case")
def decide(visit: Strategist) -> Response:
    """Decide a case, and go on to the next."""
    batch, name = visit.text("batch"), visit.text("case")
    said = {field: visit.text(field) for field in ("verdict", "motive", "number", "signed")}
    wrong = _missing(said, visit._)
    if wrong:
        return _page(visit, batch, name, said, wrong)
    following = visit.text("after")
    try:
        with visit.store.writing("review decided", by=visit.by, at=visit.at) as change:
            review.decide(change, _number(batch), review.Wish(name, **said))
    except ConfigError as error:
        return _page(visit, batch, name, said, {"verdict": message_text(error.message, visit._)})
    word = VERDICTS[said["verdict"]]
    told = visit._("{case} is decided: {verdict}. It counts from the next batch on.").format(
        case=name, verdict=visit._(word)
    )
    return visit.redirect(path_of(_number(batch), following) if following else "/review", told)


def path_of(batch: int, case_: str) -> str:
    """The address of a case."""
    from urllib.parse import urlencode

    return f"/review/case?{urlencode({'batch': batch, 'case': case_})}"


def _missing(said: dict[str, str], _: Translator) -> dict[str, str]:
    """What a decision lacks, by field."""
    sentences = {
        "verdict": _("Choose what is decided."),
        "motive": _("Write why it is decided so."),
        "signed": _("Write who signs the decision."),
    }
    wrong = {name: sentence for name, sentence in sentences.items() if not said[name]}
    if said["verdict"] and said["verdict"] not in [str(it.name) for it in DECIDABLE]:
        raise HTTPException(422)
    return wrong


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise HTTPException(404)
    return int(text)


def _moment(visit: Visit, asked: str) -> tuple[int, int] | None:
    """The batch that is asked for, else the newest, and the newest event; None: nothing has been judged."""
    with visit.store.reading() as known:
        there = judged.batches(known)["id"].tolist()
        if asked:
            if (number := _number(asked)) not in there:
                raise HTTPException(404)
            return number, known.seen
        try:
            return review.newest(known), known.seen
        except KemkollError:
            return None


def _page(
    visit: Visit, batch: str, name: str, said: dict[str, str], wrong: dict[str, str] | None = None
) -> Response:
    asked = _moment(visit, batch)
    if asked is None:
        raise HTTPException(404)
    number, seen = asked
    key = ("review case", number, seen, name.casefold(), visit.language)
    made = soon(visit, key, reviewing.case, number, seen, name, visit.language)
    if made is None and not _is_done(visit, key):
        return waiting(visit, path_of(number, name))
    if made is None:
        raise HTTPException(404)
    filled = {"verdict": "", "motive": "", "number": "", "signed": visit.person.name or visit.by} | said
    return visit.render(
        "review-case", 400 if wrong else 200, made=made, batch=number, said_of=filled, wrong=wrong or {},
        facts=_facts(made, visit._),
        verdicts=[(it.name, visit._(VERDICTS[it.name])) for it in DECIDABLE],
        before=path_of(number, made.before) if made.before else "",
        after=path_of(number, made.after) if made.after else "",
    )  # fmt: skip


def _is_done(visit: Visit, key: Any) -> bool:
    future = visit.working.known(key)
    return future is not None and future.done()


def _facts(made: Case, _: Translator) -> list[tuple[str, str]]:
    row = made.row
    said = (
        (_("Article"), ", ".join(filter(None, (row["number"], row["name"], row["supplier"])))),
        (_("List"), made.list),
        (_("Entry"), made.entry),
        (_("Why"), made.why),
        (_("Severity"), f"{row['severity']} / 9"),
        (_("Spend a year, kronor"), made.spend),
        (_("Decided"), made.decided),
    )
    return [(name, text) for name, text in said if text]


def _row(row: dict[Any, Any], batch: int, _: Translator) -> list[Any]:
    decided = VERDICTS.get(row["decided"], "")
    spend = number_text(int(row["spend_ore"]) // 100, _.language)
    return [
        {"text": row["case"], "path": path_of(batch, row["case"])},
        row["name"],
        row["supplier"],
        " ".join(reason_text(code, _) for code in row["reason"].split()),
        {"text": row["severity"], "number": True},
        {"text": spend if row["spend_known"] else _("unknown; {n}").format(n=spend), "number": True},
        _(decided) if decided else _("not decided"),
    ]
