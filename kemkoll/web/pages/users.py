"""Who may come in: users, their roles, invitations."""

from __future__ import annotations

from fastapi import HTTPException, Response

from kemkoll.accounts import tickets
from kemkoll.accounts.roles import ROLES, Role
from kemkoll.accounts.users import User, change_user, user_of, users
from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text
from kemkoll.store import Known, kept
from kemkoll.store.models import NOBODY, Supplier
from kemkoll.web.access import Administrator
from kemkoll.web.listing import leaf
from kemkoll.web.pages import page_router
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/users")
def everybody(visit: Administrator) -> Response:
    """Everybody who may come in, and the form to invite somebody."""
    return _page(visit)


@router.post("/users/invite")
def invite(visit: Administrator) -> Response:
    """Invite somebody; the link is shown once."""
    visit.request.app.state.limits.count("invitation", visit.by)
    try:
        roles = frozenset(Role(role) for role in visit.texts("role"))
        number = int(visit.text("supplier") or NOBODY)
    except ValueError:
        raise HTTPException(422) from None
    try:
        with visit.store.writing("invitation", by=visit.by, at=visit.at) as change:
            secret = tickets.invite(
                change, mail=visit.text("mail"), roles=roles, name=visit.text("name"), supplier=number
            )
    except KemkollError as error:
        return _page(visit, wrong=message_text(error.message, visit._), status=400)
    return _page(visit, link=_link(visit, secret), mail=visit.text("mail"))


@router.get("/users/{number}")
def one(visit: Administrator, number: int) -> Response:
    """One person, and what can be changed."""
    with visit.store.reading() as known:
        return _one(visit, _found(known, number))


@router.post("/users/{number}")
def changed(visit: Administrator, number: int) -> Response:
    """Change a person's name and roles, shut them out, or let them in again."""
    with visit.store.reading() as known:
        found = _found(known, number)
    try:
        roles = frozenset(Role(role) for role in visit.texts("role"))
    except ValueError:
        raise HTTPException(422) from None
    said = {"name": visit.text("name"), "roles": roles, "blocked": visit.text("blocked") == "yes"}
    try:
        with visit.store.writing("user", by=visit.by, at=visit.at) as change:
            change_user(change, found.number, **said)
    except KemkollError as error:
        return _one(visit, found, wrong=message_text(error.message, visit._), status=400)
    return visit.redirect("/users", visit._("{name} is changed.").format(name=said["name"] or found.mail))


@router.post("/users/{number}/link")
def link(visit: Administrator, number: int) -> Response:
    """A link with which a person gives themselves a new password; shown once."""
    with visit.store.writing("invitation", by=visit.by, at=visit.at) as change:
        found = _found(change, number)
        secret = tickets.let_in_again(change, found)
    return _one(visit, found, link=_link(visit, secret))


def _found(known: Known, number: int) -> User:
    found = user_of(known, number)
    if found is None:
        raise HTTPException(404)
    return found


def _link(visit: Visit, secret: str) -> str:
    return f"{visit.settings.address}/invitation/{secret}"


def _page(visit: Visit, *, link: str = "", mail: str = "", wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        there = users(known)
        called = _suppliers(known)
    shown, pages = leaf(visit, there)
    return visit.render(
        "users", status, users=shown, pages=pages, roles=ROLES, suppliers=called, link=link, mail=mail,
        wrong=wrong,
    )  # fmt: skip


def _suppliers(known: Known) -> dict[int, str]:
    rows = kept.frame(known, Supplier).sort_values("key")
    return dict(zip(rows["supplier"].tolist(), rows["name"], strict=True))


def _one(visit: Visit, user: User, *, link: str = "", wrong: str = "", status: int = 200) -> Response:
    with visit.store.reading() as known:
        called = _suppliers(known)
    return visit.render("user", status, user=user, roles=ROLES, suppliers=called, link=link, wrong=wrong)
