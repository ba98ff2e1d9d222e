"""One request of one visitor: who it is, what they sent, and the page that they get."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from kemkoll.accounts.roles import Role
from kemkoll.accounts.users import User
from kemkoll.i18n import Translator, translator
from kemkoll.store import Store
from kemkoll.web import cookies, templates
from kemkoll.web.settings import Settings
from kemkoll.web.working import Working


@dataclass(frozen=True)
class Visit:
    """One request.

    Attributes:
        user: who is signed in; None: nobody.
        session: the secret of the session, or of the cookie of one who is not signed in.
        form: what was sent with it; empty but for a POST.
        new_cookie: the cookie is not in the browser yet.
    """

    request: Request
    store: Store
    settings: Settings
    working: Working
    user: User | None
    session: str
    language: str
    form: FormData = field(default_factory=FormData)
    new_cookie: bool = False

    @cached_property
    def _(self) -> Translator:
        """Into the visitor's language."""
        return translator(self.language)

    @property
    def by(self) -> str:
        """Who does it, as the log says it."""
        return self.user.mail if self.user else ""

    @property
    def at(self) -> str:
        """The instant, in UTC."""
        return self.settings.instant

    @property
    def today(self) -> str:
        """The day here."""
        return self.settings.today

    @property
    def person(self) -> User:
        """Who is signed in."""
        if self.user is None:
            raise HTTPException(403)
        return self.user

    @property
    def supplier(self) -> int:
        """`Supplier.supplier` that the person answers for."""
        return self.person.supplier

    def own(self, supplier: int) -> None:
        """Refuse what is another supplier's, as if it were not there.

        Raises:
            HTTPException: 404.
        """
        if Role.supplier in self.person.roles and supplier != self.person.supplier:
            raise HTTPException(404)

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of some roles."""
        return self.user is not None and bool(self.user.roles & set(roles))

    @cached_property
    def csrf(self) -> str:
        """What a form must send back, so that no other site can send it for the visitor."""
        return hmac.new(
            self.settings.secret.encode(), f"csrf:{self.session}".encode(), hashlib.sha256
        ).hexdigest()

    def text(self, name: str) -> str:
        """One field of the form; "" where it was not sent."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """All values of a field that can be sent several times."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def files(self, name: str) -> list[UploadFile]:
        """The files that were chosen in a field; none of them empty names."""
        return [it for it in self.form.getlist(name) if isinstance(it, UploadFile) and it.filename]

    def asked(self, name: str) -> str:
        """One value of the address; "" where it is not there."""
        return self.request.query_params.get(name, "").strip()

    def render(self, template: str, status: int = 200, **data: Any) -> HTMLResponse:
        """The page of a template, with what was to be said after the page before."""
        looked_ahead = (
            self.request.headers.get("sec-fetch-dest") == "empty"
        )  # by a script, for nobody to read
        said = "" if looked_ahead else cookies.said(self.request, self.settings)
        made = HTMLResponse(templates.render(self, template, data | {"said": said}), status_code=status)
        if said:
            made.delete_cookie(cookies.SAID)
        if self.new_cookie:
            cookies.give(made, self.settings, self.session)
        return made

    def redirect(self, path: str, said: str = "", **query: Any) -> RedirectResponse:
        """To another page after a form, with what it shall say there.

        Args:
            path: of this portal.
            said: a sentence, translated.
            query: of the address.
        """
        made = RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), status_code=303)
        if said:
            cookies.say(made, self.settings, said)
        return made

    def with_query(self, **changed: Any) -> str:
        """The address of this page with other values in it; None takes one out."""
        asked: Mapping[str, Any] = dict(self.request.query_params) | changed
        kept = {name: value for name, value in asked.items() if value not in (None, "")}
        return self.request.url.path + (f"?{urlencode(kept)}" if kept else "")
