"""In and out: signing in, invitations, language."""

from __future__ import annotations

from fastapi import HTTPException, Response

from kemkoll.accounts import tickets
from kemkoll.accounts.roles import Role
from kemkoll.accounts.users import User, key_of, proven
from kemkoll.errors import KemkollError
from kemkoll.i18n import LANGUAGES, message_text
from kemkoll.web import cookies
from kemkoll.web.access import Anybody, SignedIn, path_back
from kemkoll.web.pages import page_router
from kemkoll.web.visit import Visit

router = page_router()


@router.get("/")
def first(visit: Anybody) -> Response:
    """The page that each one begins with."""
    return visit.redirect(home(visit.user) if visit.user else "/sign-in")


def home(user: User) -> str:
    """The path of the page that a person begins with."""
    if Role.supplier in user.roles:
        return "/supplier"
    if user.roles == {Role.reader}:
        return "/reports"
    return "/users" if user.roles == {Role.administrator} else "/start"


@router.get("/sign-in")
def asked(visit: Anybody) -> Response:
    """The form to sign in with."""
    return visit.render("sign-in", next=path_back(visit.asked("next")), mail="", wrong=False)


@router.post("/sign-in")
def sign_in(visit: Anybody) -> Response:
    """Sign in; a new session each time, whoever was there before."""
    mail, onwards = visit.text("mail"), path_back(visit.text("next"))
    password = visit.form.get("password")
    visit.request.app.state.limits.count("sign-in", f"mail {key_of(mail)}", f"place {_place(visit)}")
    with visit.store.reading() as known:
        user = proven(known, mail, password if isinstance(password, str) else "")
    if user is None:
        with visit.store.writing("sign-in-refused", by="", at=visit.at):
            pass
        return visit.render("sign-in", 400, next=onwards, mail=mail, wrong=True)
    return _let_in(visit, user, home(user) if onwards == "/" else onwards)


def _let_in(visit: Visit, user: User, onwards: str) -> Response:
    with visit.store.writing("sign-in", by=user.mail, at=visit.at) as change:
        secret = tickets.open_session(change, user)
    response = visit.redirect(onwards)
    cookies.give(response, visit.settings, secret)
    return response


@router.post("/sign-out")
def sign_out(visit: SignedIn) -> Response:
    """End the session."""
    with visit.store.writing("sign-out", by=visit.by, at=visit.at) as change:
        tickets.close_session(change, visit.session)
    response = visit.redirect("/sign-in", visit._("You are signed out."))
    response.delete_cookie(cookies.SESSION)
    return response


@router.get("/invitation/{secret}")
def invited(visit: Anybody, secret: str) -> Response:
    """The form in which somebody who was invited gives themselves a password."""
    with visit.store.reading() as known:
        asked_ = tickets.invitation_of(known, secret, visit.at)
    if asked_ is None:
        visit.request.app.state.limits.count("invitation", _place(visit))
        return visit.render("invitation", 404, invitation=None, secret="", name="", wrong="")
    return visit.render("invitation", invitation=asked_, secret=secret, name=asked_["name"], wrong="")


@router.post("/invitation/{secret}")
def accept(visit: Anybody, secret: str) -> Response:
    """Take an invitation: a password, and one is in."""
    visit.request.app.state.limits.count("invitation", _place(visit))
    password = visit.form.get("password")
    try:
        with visit.store.writing("invitation-accepted", by="", at=visit.at) as change:
            user = tickets.accept(
                change,
                secret,
                name=visit.text("name"),
                password=password if isinstance(password, str) else "",
            )
    except KemkollError as error:
        with visit.store.reading() as known:
            asked_ = tickets.invitation_of(known, secret, visit.at)
        said = message_text(error.message, visit._)
        return visit.render(
            "invitation", 400, invitation=asked_, secret=secret, name=visit.text("name"), wrong=said
        )
    return _let_in(visit, user, home(user))


@router.get("/language/{language}")
def speak(visit: Anybody, language: str) -> Response:
    """Another language, on the page that one came from."""
    if language not in LANGUAGES:
        raise HTTPException(404)
    response = visit.redirect(path_back(visit.asked("back")))
    cookies.remember_language(response, visit.settings, language)
    return response


def _place(visit: Visit) -> str:
    """Where the request comes from, for counting tries; kept nowhere."""
    return visit.request.client.host if visit.request.client else ""
