"""The interface for programs, `/api/v1`: a module for each thing that is asked for, found by itself.

A program sends the token of a person (`Authorization: Bearer …`) and sees what the person sees. Cookies count
for nothing here, so no other site can ask through somebody's browser. What goes wrong is said as RFC 9457 has
it; codes are stable, sentences English.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Security
from fastapi.security import HTTPBearer

from kemkoll.web.api.troubles import Problem

PREFIX = "/api/v1"
MOST_NUMBER = 2**31 - 1
"""The greatest number that a row can have on every kind of database."""

Number = Annotated[int, Path(ge=1, le=MOST_NUMBER)]
"""The number of a thing in an address."""

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token of your own, made on the page “Tokens” of the portal.",
)
_SAID = {
    400: "What was asked for cannot be done; `detail` says why.",
    401: "No token came with it, or one that does not count.",
    403: "The person whose token it is may not do this.",
    404: "There is no such thing, or it is not yours.",
    422: "What was sent could not be understood; `errors` names every fault.",
    429: "Too many of these in a short time.",
    503: "The portal or its database cannot do this right now.",
}


def api_router(*tags: str) -> APIRouter:
    """A router for programs, which the description of the interface names."""
    said: dict[int | str, dict[str, Any]] = {
        status: {
            "description": text,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, text in _SAID.items()
    }
    said[404] |= {"model": Problem}  # so that the description has its shape
    return APIRouter(prefix=PREFIX, tags=[*tags], responses=said, dependencies=[Security(_BEARER)])
