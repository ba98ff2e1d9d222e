"""Long lists, a part at a time: what comes after a number, and where the next part is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from kemkoll.web.api import MOST_NUMBER

MOST = 500
T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
After = Annotated[int, Query(ge=0, le=MOST_NUMBER, description="those after the one with this number")]


class Part(BaseModel, Generic[T]):
    """A part of a list, in the order of its numbers."""

    items: list[T]
    total: int = Field(description="how many there are in all parts")
    next: str | None = Field(description="the address of the next part, also in the header `Link`")


def part_of(
    rows: Sequence[T],
    number: Callable[[T], int],
    request: Request,
    response: Response,
    limit: int,
    after: int,
) -> Part[T]:
    """The rows after a number, as many as were asked for; the answer's header says where the next are.

    Args:
        number: of a row; each is greater than that of the row before.
    """
    later = [row for row in rows if number(row) > after]
    last = number(later[limit - 1]) if len(later) > limit else 0
    return part(later[:limit], len(rows), last, request, response)


def part(items: Sequence[Any], total: int, last: int, request: Request, response: Response) -> Part[Any]:
    """A part that was cut out already.

    Args:
        items: its rows.
        total: how many there are in all parts.
        last: the number of its last row; 0: none come after it.
    """
    following = None
    if last:
        asked = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        following = f"{request.url.path}?{urlencode([*asked, ('after', last)])}"
        response.headers["Link"] = f'<{following}>; rel="next"'
    return Part(items=list(items), total=total, next=following)


def parted(made: Any, request: Request, response: Response) -> Any:
    """What another process cut out (the arguments of `part`); its answer that it is not done yet stays."""
    if isinstance(made, Response):
        return made
    items, total, last = made
    return part(items, total, last, request, response)
