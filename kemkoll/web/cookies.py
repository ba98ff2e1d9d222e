"""What the browser keeps for the portal: a signed secret, a language, and one sentence for the next page."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from kemkoll.accounts.tickets import SESSION_HOURS
from kemkoll.web.settings import Settings

SESSION, LANGUAGE, SAID = "kemkoll", "kemkoll-language", "kemkoll-said"
_YEAR = 365 * 24 * 3600
_SAID_SECONDS = 60
_LONGEST = 1500
"""Characters of a sentence: a cookie holds 4096 bytes."""


def session(request: Request, settings: Settings) -> str:
    """The secret in the cookie; "" for none, or one that nobody here has signed."""
    try:
        return str(_signed(settings, SESSION).loads(request.cookies.get(SESSION, "")))
    except BadSignature:
        return ""


def give(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep a secret: of no use to a script, and sent along by no other site's form."""
    signed = _signed(settings, SESSION).dumps(secret)
    _set(response, settings, SESSION, str(signed), max_age=SESSION_HOURS * 3600)


def remember_language(response: Response, settings: Settings, language: str) -> None:
    """Let the browser keep the language of the pages."""
    _set(response, settings, LANGUAGE, language, max_age=_YEAR)


def say(response: Response, settings: Settings, sentence: str) -> None:
    """Let the next page say a sentence."""
    signed = URLSafeTimedSerializer(settings.secret, salt=SAID).dumps(sentence[:_LONGEST])
    _set(response, settings, SAID, str(signed), max_age=_SAID_SECONDS)


def said(request: Request, settings: Settings) -> str:
    """What this page is to say; "" for nothing."""
    try:
        return str(
            URLSafeTimedSerializer(settings.secret, salt=SAID).loads(
                request.cookies.get(SAID, ""), max_age=_SAID_SECONDS
            )
        )
    except BadSignature:
        return ""


def _signed(settings: Settings, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret, salt=salt)


def _set(response: Response, settings: Settings, name: str, value: str, **more: Any) -> None:
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=settings.secure, **more)
