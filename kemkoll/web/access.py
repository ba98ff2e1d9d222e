"""Who may ask for what. Every route names its roles here; a test walks all of them with every other role."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from kemkoll.accounts import tickets
from kemkoll.accounts.roles import OWN_HOUSE, SEEING, Role
from kemkoll.accounts.secrets import secret
from kemkoll.accounts.users import User
from kemkoll.i18n import LANGUAGES
from kemkoll.web import cookies
from kemkoll.web.settings import Settings
from kemkoll.web.visit import Visit

_MOST_FIELDS = 2000
_LARGEST_FIELD = 10**6


class NotSignedInError(Exception):
    """A page for people who are signed in was asked for by somebody who is not."""


@dataclass(frozen=True)
class Allowed:
    """Who may come: people with one of some roles; with none of them, everybody.

    As a dependency of a route it gives the `Visit`; a form is read, and refused where another site sent it.
    """

    roles: frozenset[Role]

    async def __call__(self, request: Request) -> Visit:
        """The visit, if it is allowed.

        Raises:
            NotSignedInError: nobody is signed in.
            HTTPException: 403.
        """
        visit = await run_in_threadpool(visit_of, request)
        request.state.visit = visit
        if self.roles:
            if visit.user is None:
                raise NotSignedInError
            if not visit.user.roles & self.roles:
                raise HTTPException(403)
        if request.method == "POST":
            visit = replace(visit, form=await _form(request, visit.settings))
            _refuse_other_sites(visit)
            request.state.visit = visit
        return visit


def visit_of(request: Request) -> Visit:
    """The visit of a request: whose cookie came with it."""
    state = request.app.state
    settings: Settings = state.settings
    given = cookies.session(request, settings)
    user = None
    if given:
        with state.store.reading() as known:
            user = tickets.of_session(known, given, settings.instant)
    return Visit(
        request, state.store, settings, state.working, user, given or secret(), language_of(request, user),
        new_cookie=not given,
    )  # fmt: skip


def language_of(request: Request, user: User | None) -> str:
    """The language of the pages: the visitor's own choice, else the browser's, else English."""
    chosen = request.cookies.get(cookies.LANGUAGE, "") or (user.language if user else "")
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("accept-language", "").split(","):
        if (language := part.strip()[:2].lower()) in LANGUAGES:
            return language
    return LANGUAGES[0]


async def _form(request: Request, settings: Settings) -> FormData:
    return await request.form(
        max_files=settings.most_files, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_FIELD
    )


def _refuse_other_sites(visit: Visit) -> None:
    """Refuse a form that was not on one of the portal's own pages for this visitor."""
    if visit.request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403)
    if visit.new_cookie or not hmac.compare_digest(visit.text("csrf"), visit.csrf):
        raise HTTPException(403)


def path_back(path: str) -> str:
    """A path of this portal to go on to; anything else is its first page.

    >>> path_back("/articles?list=pfas"), path_back("//elsewhere.example"), path_back("https://x.example")
    ('/articles?list=pfas', '/', '/')
    """
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"


def sign_in_path(request: Request) -> str:
    """The page to sign in on, which then leads back to what was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return (
        "/sign-in" if asked == "/" or request.method != "GET" else f"/sign-in?next={quote(asked, safe='/')}"
    )


Anybody = Annotated[Visit, Depends(Allowed(frozenset()))]
SignedIn = Annotated[Visit, Depends(Allowed(frozenset(Role)))]
OfSupplier = Annotated[Visit, Depends(Allowed(frozenset({Role.supplier})))]
OfHouse = Annotated[Visit, Depends(Allowed(SEEING))]
Strategist = Annotated[Visit, Depends(Allowed(frozenset({Role.strategist})))]
Buyer = Annotated[Visit, Depends(Allowed(frozenset({Role.strategist, Role.buyer})))]
Analyst = Annotated[Visit, Depends(Allowed(frozenset({Role.strategist, Role.analyst})))]
Reader = Annotated[Visit, Depends(Allowed(OWN_HOUSE))]
Administrator = Annotated[Visit, Depends(Allowed(frozenset({Role.administrator})))]
