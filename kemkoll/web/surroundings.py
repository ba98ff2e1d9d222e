"""What surrounds every answer: the policy that forbids everything else, the bound of what may be sent, and a
line in the access log that names no person.
"""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kemkoll.web.trouble import sentence_of

LOG = logging.getLogger("kemkoll.access")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class _TooLargeError(Exception):
    """More was sent than may be."""


class Surroundings:
    """Around the application; what an answer says itself of a header stays."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and its answer back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, told = time.perf_counter(), {"status": 500}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._bounded(scope, receive, sending)
        finally:
            _log(scope, told["status"], time.perf_counter() - began)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = Headers(scope=scope).get("content-length", "0")
        taken = 0

        async def receiving() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.largest:
                raise _TooLargeError
            return message

        refusal = PlainTextResponse(str(sentence_of(413)), 413)
        if not said.isdigit() or int(said) > self.largest:
            await refusal(scope, receive, send)
            return
        try:
            await self.app(scope, receiving, send)
        except _TooLargeError:
            await refusal(scope, receive, send)


def _log(scope: Scope, status: int, seconds: float) -> None:
    """One line: which route, not which article or whom."""
    route: Any = scope.get("route")
    told = {
        "method": scope["method"], "route": getattr(route, "path", ""), "status": status,
        "ms": round(seconds * 1000, 1),
    }  # fmt: skip
    LOG.info(json.dumps(told))
