"""Substance lists: how old each is, what it says, and what differs between two of its editions."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.accounts.roles import Role
from kemkoll.assortment.new_editions import taken_into_use
from kemkoll.i18n import number_text, phrase_text
from kemkoll.lists import load_lists, status
from kemkoll.lists.contents import Entry, contents, editions_of
from kemkoll.lists.differences import differences
from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import known_folder
from kemkoll.outputs.changes import HEADINGS, change_lines
from kemkoll.outputs.entries import limit_text, reason_of
from kemkoll.tables import Law
from kemkoll.web.access import OfHouse
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/lists")
def every(visit: OfHouse) -> Response:
    """Every list with its edition and age, and what in it is open."""
    found = status(visit.today).to_dict("records")
    stale = [row for row in found if row["stale"]]
    rows = [_age(visit, row) for row in found]
    return visit.render("lists", rows=rows, stale=stale, may_import=visit.has(Role.strategist))


def _age(visit: Visit, row: dict[Any, Any]) -> list[Any]:
    _ = visit._
    of, limits = _("{shipped} of {official}"), int(row["limits"])

    def number(count: int) -> str:
        return number_text(int(count), visit.language)

    age = number(row["age_days"])
    confirmed = of.format(shipped=number(limits - row["unconfirmed"]), official=number(limits))
    return [
        {"text": row[f"title_{visit.language}"], "path": f"/lists/{row['list']}"},
        row["edition"],
        {"text": f"{age} {_('STALE')}" if row["stale"] else age, "number": True},
        {"text": of.format(shipped=number(row["shipped"]), official=number(row["official_count"]))},
        confirmed if limits else "–",
        {"text": number(row["pending"]), "number": True},
        phrase_text(row["licence"], _),
    ]


@router.get("/lists/{name}")
def one(visit: OfHouse, name: str) -> Response:
    """What a list says in an edition: its entries with their limits in words."""
    newest = _law(name)
    editions, edition = editions_of(newest), visit.asked("edition")
    law = _law(name, edition) if edition else newest
    entries = contents(law, visit.asked("q"))
    shown, pages = leaf(visit, entries)
    folder = known_folder(library_of().path(name))
    with visit.store.reading() as known:
        history = taken_into_use(known, name).to_dict("records")
    outside = [
        (row[0], row[1 if visit.language == "en" else 2], row[3 if visit.language == "en" else 4])
        for row in zip(*folder.outside.values(), strict=True)
    ]
    return visit.render(
        "list", name=name, about=law.lists.astype(object).iloc[0].to_dict(), folder=folder.about,
        editions=editions, rows=[_entry(visit, it) for it in shown], pages=pages, asked=visit.asked("q"),
        edition=edition, count=len(entries), history=history, outside=outside, phrase=phrase_text,
    )  # fmt: skip


def _entry(visit: Visit, entry: Entry) -> list[Any]:
    _, about = visit._, entry.about
    name = about[f"name_{visit.language}"] or about["name_en"]
    official = f" [{about['official']}]" if about["official"] else ""
    numbers = ", ".join(entry.numbers)
    if entry.more:
        numbers += " " + _("and {n} more").format(n=number_text(entry.more, visit.language))
    limits = [limit_text(limit, _) for limit in entry.limits] or [_("listed, without a limit")]
    return [name + official, numbers, reason_of(about, _), limits]


@router.get("/lists/{name}/differences")
def between(visit: OfHouse, name: str) -> Response:
    """What differs between two editions of a list."""
    newest = _law(name)
    editions = editions_of(newest)
    before = visit.asked("before") or editions[min(1, len(editions) - 1)]
    after = visit.asked("after") or editions[0]
    lines = said(visit, differences(_law(name, before), _law(name, after)))
    shown, pages = leaf(visit, lines)
    title = newest.lists[f"title_{visit.language}"].iloc[0]
    return visit.render(
        "list-differences", name=name, title=title, editions=editions, before=before, after=after,
        rows=shown, pages=pages, count=len(lines),
    )  # fmt: skip


def said(visit: Visit, changes: Any) -> list[list[str]]:
    """Differences as rows of a table: what kind, and what."""
    found = change_lines(changes, visit._)
    return [[visit._(HEADINGS[kind]), line] for kind, lines in found.items() for line in lines]


def _law(name: str, edition: str = "") -> Law:
    """A list; one that does not exist is not found.

    Raises:
        HTTPException: 404.
        ListError: it has no such edition.
    """
    if name not in library_of().ids:
        raise HTTPException(404)
    return load_lists([f"{name}@{edition}" if edition else name])
