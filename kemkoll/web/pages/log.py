"""The log: who did what and when, and whether it is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import Response

from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text
from kemkoll.store import Store, audit
from kemkoll.web.access import Administrator
from kemkoll.web.listing import ROWS, Pages
from kemkoll.web.pages import page_router
from kemkoll.web.working import result_in

router = page_router()
_SECONDS = 2.0
_LONGEST = 300
_DIGEST, _BEGINNING = re.compile("[0-9a-f]{64}"), 12


@router.get("/log")
def events(visit: Administrator) -> Response:
    """What was done, newest first: all of it, or what was searched for."""
    asked = {name: visit.asked(name).strip() for name in ("who", "action", "day")}
    at = visit.asked("page")
    with visit.store.reading() as known:
        count = audit.count(known.connection, **asked)
        pages = Pages.of(int(at) if at.isdecimal() and len(at) < 10 else 1, count)
        rows = audit.search(known.connection, **asked, start=(pages.at - 1) * ROWS, most=ROWS)
        done = sorted(audit.actions(known.connection, 0, known.seen))
    shown = [_row(row) for row in rows]
    return visit.render("log", rows=shown, pages=pages, asked=asked, actions=done)


def _row(row: Mapping[str, Any]) -> list[str]:
    about = ", ".join(f"{name}: {_plain(value)}" for name, value in json.loads(row["about"]).items())
    short = about if len(about) <= _LONGEST else about[:_LONGEST] + " …"
    instant = f"{row['at'][:10]} {row['at'][11:19]}"
    return [str(row["id"]), instant, row["who"] or "–", row["action"], short]


def _plain(value: Any) -> str:
    """A value as it is read; of a digest its beginning."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{text[:_BEGINNING]}…" if _DIGEST.fullmatch(text) else text


@router.get("/log/check")
def check(visit: Administrator) -> Response:
    """Whether the log is whole: each event fits the one before it."""
    with visit.store.reading() as known:
        seen = known.seen
    where = visit.store.engine.url.render_as_string(hide_password=False)
    try:
        done, broken = result_in(visit.working.soon(("log", where, seen), first_broken, where), _SECONDS)
    except KemkollError as error:
        return visit.render(
            "log-check", 503, done=True, wrong=message_text(error.message, visit._), events=seen
        )
    wrong = ""
    if done and broken is not None:
        said = visit._(
            "Event {event} does not fit the one before it: the log was changed from outside. Restore a "
            "backup, and find out who could."
        )
        wrong = said.format(event=broken)
    return visit.render("log-check", done=done, wrong=wrong, events=seen)


def first_broken(where: str) -> int | None:
    """The first event that does not fit the one before it; None: the log is whole."""
    with Store.open(where) as store, store.reading() as known:
        return audit.first_broken(known.connection)
