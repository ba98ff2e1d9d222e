"""Waivers: which there are and when they end, granting one, renewing it, withdrawing it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.waivers import (
    LATER,
    SOON,
    Wanted,
    faults,
    grant,
    known_waivers,
    with_days_left,
    withdraw,
)
from kemkoll.errors import KemkollError
from kemkoll.i18n import N_, Translator, message_text, number_text
from kemkoll.lists.editions import library_of
from kemkoll.messages import Message
from kemkoll.store import Known, kept
from kemkoll.store.models import Category, Contract
from kemkoll.web.access import Buyer
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.pages.batches import list_titles, pairs
from kemkoll.web.visit import Visit

router = page_router()

LABELS = {
    "article": N_("Article number"),
    "supplier": N_("Supplier"),
    "category": N_("Category, with those below it"),
    "contract": N_("Contract"),
    "list": N_("List"),
    "entry": N_("Entry"),
    "ground": N_("Ground"),
    "purpose": N_("Purpose"),
    "decision": N_("Number of the decision"),
    "decider": N_("Who decided"),
    "until": N_("Last day"),
    "phase_out": N_("What is done to phase it out"),
    "phase_out_until": N_("Phased out by"),
    "owner": N_("Who sees to it"),
}
"""What the fields of a waiver are called."""
CONFLICT = N_(
    "The waiver was not granted, for it conflicts with others. There is: {there}. Wanted is: {wanted}. To "
    "let it take their place, tick the last box of the form."
)
_STATES = {
    "lapsed": N_("has lapsed: a deviation again in the next batch"),
    "soon": N_("lapses within 30 days"),
    "later": N_("lapses within 90 days"),
    "holds": N_("holds longer than 90 days"),
}


@router.get("/waivers")
def every(visit: Buyer) -> Response:
    """The waivers, those that end first first."""
    with visit.store.reading() as known:
        made = with_days_left(known_waivers(known), visit.today)
    states = [_state(int(days)) for days in made["days_left"]]
    made = made.assign(state=states)
    show = visit.asked("state") if visit.asked("state") in _STATES else ""
    met = made[made["state"] == show] if show else made
    shown, pages = leaf(visit, met.to_dict("records"))
    counts = [(name, visit._(word), states.count(name)) for name, word in _STATES.items()]
    return visit.render(
        "waivers", rows=[_row(row, visit._) for row in shown], pages=pages, counts=counts, show=show,
    )  # fmt: skip


@router.get("/waivers/new")
def form(visit: Buyer) -> Response:
    """The form to grant a waiver; with `renew`, filled in as one that there is."""
    asked = {name: visit.asked(name) for name in LABELS}
    renewed = visit.asked("renew")
    if renewed:
        if not renewed.isdecimal() or len(renewed) > 9:
            raise HTTPException(404)
        with visit.store.reading() as known:
            own = _found(known, int(renewed))
        asked = {name: str(own[name]) for name in LABELS} | {"until": "", "decision": ""}
    return _form(visit, asked, replace=bool(renewed))


@router.post("/waivers")
def granted(visit: Buyer) -> Response:
    """Grant a waiver; all that is wrong is said at once."""
    said = {name: visit.text(name) for name in LABELS}
    replace, profile = visit.text("replace") == "yes", visit.text("profile")
    wanted = Wanted(**said)
    if wrong := _wrong(wanted, visit):
        return _form(visit, said, wrong, replace=replace, profile=profile)
    if said["list"] not in library_of().ids:
        raise HTTPException(422)
    try:
        with visit.store.writing("waiver granted", by=visit.by, at=visit.at) as change:
            made = grant(
                change, wanted, source=library_of(), on=visit.today, replace=replace, profile=profile
            )
    except KemkollError as error:
        conflict = "there" in error.message.values
        told = Message(CONFLICT, **error.message.values) if conflict else error.message
        return _form(visit, said, refused=message_text(told, visit._), replace=replace, profile=profile)
    _ = visit._
    sentences = [
        _("Waiver {number} is granted until {until}. It counts from the next batch on.").format(
            number=made.number, until=wanted.until
        )
    ]
    if made.replaced:
        numbers = ", ".join(map(str, made.replaced))
        sentences.append(_("It takes the place of: {numbers}.").format(numbers=numbers))
    if made.beside_law:
        sentences.append(
            _("It holds for the contract's own limits. The law has limits here too; they still bind.")
        )
    return visit.redirect(f"/waivers/{made.number}", " ".join(sentences))


@router.get("/waivers/{number:int}")
def one(visit: Buyer, number: int) -> Response:
    """One waiver, whole."""
    return _one(visit, number)


@router.post("/waivers/{number:int}/withdraw")
def withdrawn(visit: Buyer, number: int) -> Response:
    """End a waiver before its last day."""
    motive = visit.text("motive")
    if not motive:
        return _one(visit, number, visit._("Write why it is withdrawn."))
    with visit.store.writing("waiver withdrawn", by=visit.by, at=visit.at) as change:
        _found(change, number)
        withdraw(change, number, motive)
    said = visit._("Waiver {number} is withdrawn. It no longer counts in the next batch.")
    return visit.redirect("/waivers", said.format(number=number))


def _found(known: Known, number: int) -> dict[str, Any]:
    made = known_waivers(known)
    own = made[made["waiver"] == number]
    if not len(own):
        raise HTTPException(404)
    return {str(name): value for name, value in own.iloc[0].items()}


def _wrong(wanted: Wanted, visit: Visit) -> dict[str, str]:
    """What is wrong with the fields, by field."""
    _ = visit._
    wrong: dict[str, str] = {}
    for fault in faults(wanted, visit.today):
        for name in fault.fields:
            label = _(LABELS[name])
            said = Message(fault.said.sentence, **fault.said.values | {"name": label})
            text = _("{field}: fill this in.").format(field=label) if fault.missing else message_text(said, _)
            wrong.setdefault(name, text[:1].upper() + text[1:])
    return wrong


def _form(
    visit: Visit,
    said: dict[str, str],
    wrong: dict[str, str] | None = None,
    *,
    refused: str = "",
    replace: bool = False,
    profile: str = "",
) -> Response:
    with visit.store.reading() as known:
        categories, contracts = kept.frame(known, Category), kept.frame(known, Contract)
    sentences = list(dict.fromkeys([*(wrong or {}).values()]))
    firsts = {text: name for name, text in reversed((wrong or {}).items())}
    return visit.render(
        "waiver-new", 400 if wrong or refused else 200, asked=said, wrong=wrong or {}, refused=refused,
        sentences=[(firsts[text], text) for text in sentences], replace=replace, profile=profile,
        labels={name: visit._(label) for name, label in LABELS.items()},
        contracts=pairs(contracts, "number", "name"), categories=pairs(categories, "code", "name"),
        lists=list_titles(visit.language),
    )  # fmt: skip


def _one(visit: Visit, number: int, wrong: str = "") -> Response:
    with visit.store.reading() as known:
        _found(known, number)
        made = with_days_left(known_waivers(known), visit.today)
    own = made[made["waiver"] == number].iloc[0].to_dict()
    titles = dict(list_titles(visit.language))
    own |= {"list": f"{titles.get(own['list'], own['list'])} ({own['list']})"}
    facts = [(visit._(LABELS[it.name]), own[it.name]) for it in fields(Wanted) if own[it.name]]
    return visit.render(
        "waiver", 400 if wrong else 200, number_of=number, facts=facts, since=own["since"],
        state=_left(int(own["days_left"]), visit._), name=own["article_name"], wrong=wrong,
    )  # fmt: skip


def _state(days: int) -> str:
    """How near the end of a waiver is."""
    if days < 0:
        return "lapsed"
    return "soon" if days <= SOON else "later" if days <= LATER else "holds"


def _left(days: int, _: Translator) -> str:
    """How long a waiver still holds, in words."""
    if days < 0:
        return _("has lapsed: it is a deviation again in the next batch")
    return _.ngettext("{n} day left", "{n} days left", days).format(n=number_text(days, _.language))


def _row(row: dict[Any, Any], _: Translator) -> list[Any]:
    about = [row["article"], row["article_name"], row["supplier"], row["category"], row["contract"]]
    return [
        {"text": row["waiver"], "path": f"/waivers/{row['waiver']}"},
        ", ".join(filter(None, about)),
        " / ".join(filter(None, (row["list"], row["entry"]))),
        row["purpose"],
        f"{row['decision']}, {row['decider']}",
        row["until"],
        _left(int(row["days_left"]), _),
    ]
