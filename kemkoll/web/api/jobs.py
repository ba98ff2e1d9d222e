"""What takes longer than a request may: each is a job with an address, and the answer stands there."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import HTTPException, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from kemkoll.accounts.secrets import secret
from kemkoll.errors import KemkollError
from kemkoll.web.api import PREFIX, api_router
from kemkoll.web.api.bearing import Anyone
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = api_router("jobs")
SECONDS = 20.0
"""How long a request waits for what is worked out for it."""
_AGAIN = "2"


class State(StrEnum):
    """How far a job has come."""

    working = "working"
    done = "done"
    failed = "failed"


class Job(BaseModel):
    """Something that is being worked out; it is known until the portal is restarted, or 64 others later."""

    job: str
    state: State
    detail: str = Field(default="", description="why it failed")
    location: str = Field(default="", description="the address of what was made, once it is done")
    made: dict[str, Any] | None = Field(default=None, description="what was made, where it has no address")


class Waiting(BaseModel):
    """It is being worked out: ask the same address again in some seconds."""

    state: State = State.working
    detail: str = "It is being worked out. Ask again in some seconds."


BEGUN: dict[int | str, dict[str, Any]] = {
    202: {"model": Job, "description": "It is a job: `Location` says where the answer will stand."}
}
"""What a route may answer that asks `done_once`."""
WAITING: dict[int | str, dict[str, Any]] = {
    202: {"model": Waiting, "description": "It is being worked out: ask again after `Retry-After` seconds."}
}
"""What a route may answer that asks `worked`."""


def worked(visit: Visit, function: Callable[..., Any], *given: Any, minutes: bool = False) -> Any:
    """What a function of plain values gives, in a process beside the server; or the answer that it is being
    worked out.

    Args:
        visit: who asks.
        function: is given the address of the database before its values.
        given: its values.
        minutes: whether it may take minutes: then it waits for batches, and no page waits for it.
    """
    begin = visit.working.long if minutes else visit.working.soon
    key = ("api", function.__qualname__, _seen(visit), *given)
    done, made = result_in(begin(key, function, address_of(visit), *given), SECONDS)
    if done:
        return made
    return JSONResponse(Waiting().model_dump(), 202, {"Retry-After": _AGAIN})


def _seen(visit: Visit) -> int:
    """The last event: what was worked out before it may be another now."""
    with visit.store.reading() as known:
        return known.seen


def address_of(visit: Visit) -> str:
    """The address of the database, for a process that opens it."""
    return visit.store.engine.url.render_as_string(hide_password=False)


def started(visit: Visit, function: Callable[..., Any], *given: Any) -> JSONResponse:
    """The answer that a job has begun. The function gives the address of what it makes."""
    name = secret()
    visit.working.long(_key(visit, name), function, address_of(visit), *given)
    return _begun(name)


def done_once(visit: Visit, function: Callable[..., Any], *given: Any) -> Any:
    """What a function that changes something gives; or the answer that it is a job, where it takes long."""
    name = secret()
    future = visit.working.soon(_key(visit, name), function, address_of(visit), *given)
    done, made = result_in(future, SECONDS)
    return made if done else _begun(name)


def _begun(name: str) -> JSONResponse:
    headers = {"Location": f"{PREFIX}/jobs/{name}", "Retry-After": _AGAIN}
    return JSONResponse(Job(job=name, state=State.working).model_dump(), 202, headers)


@router.get("/jobs/{job}")
def one(visit: Anyone, job: Annotated[str, Path(max_length=100)]) -> Job:
    """How far a job of your own has come."""
    found = visit.working.known(_key(visit, job))
    if found is None:
        raise HTTPException(404)
    if not found.done():
        return Job(job=job, state=State.working)
    error = found.exception()
    if error is None:
        made = found.result()
        said = {"location": made} if isinstance(made, str) else {"made": made}
        return Job(job=job, state=State.done, **said)
    why = str(error.message) if isinstance(error, KemkollError) else "Something went wrong in kemkoll itself."
    return Job(job=job, state=State.failed, detail=why)


def _key(visit: Visit, name: str) -> tuple[object, ...]:
    return ("api job", visit.person.number, name)
