"""What goes wrong, as programs are told it: RFC 9457."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

KIND = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong with what was sent."""

    location: str = Field(description="where: `query.limit`, `body.list`")
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(description="the HTTP status in words")
    status: int
    detail: str = Field(description="what is wrong, and what to do")
    errors: list[Fault] = Field(default=[], description="each fault of what was sent")


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, errors: Sequence[Fault] = ()
) -> JSONResponse:
    """The answer that says what went wrong."""
    made = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=[*errors])
    said = dict(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        said.setdefault("WWW-Authenticate", 'Bearer realm="kemkoll"')
    return JSONResponse(made.model_dump(), status, said, media_type=KIND)


def faults(errors: Sequence[Any]) -> list[Fault]:
    """What pydantic found wrong, each with its place.

    >>> faults([{"loc": ("query", "limit"), "msg": "Input should be less than or equal to 500"}])[0].location
    'query.limit'
    """
    return [Fault(location=".".join(map(str, it["loc"])), message=str(it["msg"])) for it in errors]
