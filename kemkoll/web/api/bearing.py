"""Who asks through a program: whose token came with the request. Cookies count for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool

from kemkoll.accounts import tickets
from kemkoll.accounts.roles import OWN_HOUSE, Role
from kemkoll.web.access import Allowed, NotSignedInError, language_of
from kemkoll.web.settings import Settings
from kemkoll.web.visit import Visit


@dataclass(frozen=True)
class ByToken(Allowed):
    """Who may ask through a program: as `Allowed`, by a token."""

    async def __call__(self, request: Request) -> Visit:
        """The visit, if it is allowed.

        Raises:
            NotSignedInError: no token came with it, or one that does not count.
            HTTPException: 403.
        """
        visit = await run_in_threadpool(_visit_of, request)
        request.state.visit = visit
        if visit.user is None:
            raise NotSignedInError
        if not visit.user.roles & self.roles:
            raise HTTPException(403)
        return visit


def _visit_of(request: Request) -> Visit:
    state = request.app.state
    settings: Settings = state.settings
    given, user = _token(request), None
    if given:
        with state.store.reading() as known:
            user = tickets.of_token(known, given, settings.instant)
    return Visit(request, state.store, settings, state.working, user, "", language_of(request, user))


def _token(request: Request) -> str:
    """The token of a request; "" for none."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.casefold() == "bearer" else ""


_SEEING = OWN_HOUSE - {Role.reader}
Anyone = Annotated[Visit, Depends(ByToken(frozenset(Role)))]
OfHouse = Annotated[Visit, Depends(ByToken(_SEEING))]
OfHouseOrSupplier = Annotated[Visit, Depends(ByToken(_SEEING | {Role.supplier}))]
Strategist = Annotated[Visit, Depends(ByToken(frozenset({Role.strategist})))]
Buyer = Annotated[Visit, Depends(ByToken(frozenset({Role.strategist, Role.buyer})))]
OfSupplier = Annotated[Visit, Depends(ByToken(frozenset({Role.supplier})))]
