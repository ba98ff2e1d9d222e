"""The application: routes, what stands around them, and what is said when something goes wrong."""

from __future__ import annotations

import pkgutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from kemkoll import __version__
from kemkoll.errors import KemkollError, StoreError
from kemkoll.i18n import message_text, translator
from kemkoll.messages import Message
from kemkoll.store import Store
from kemkoll.store.refusals import is_refusal
from kemkoll.web import api, pages, templates
from kemkoll.web.access import NotSignedInError, language_of, sign_in_path, visit_of
from kemkoll.web.api.troubles import Fault, faults, problem
from kemkoll.web.jobs import Jobs
from kemkoll.web.limiting import Limits
from kemkoll.web.remembered import Remembered
from kemkoll.web.settings import Settings
from kemkoll.web.surroundings import Surroundings
from kemkoll.web.trouble import sentence_of
from kemkoll.web.working import Working

API = "/api/"


def create_app(store: Store, settings: Settings) -> FastAPI:
    """The portal on a database.

    Args:
        store: the database; it is closed when the portal ends.
        settings: how it is run.
    """
    app = FastAPI(
        title="kemkoll", version=__version__, lifespan=_lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )  # fmt: skip
    app.state.store, app.state.settings = store, settings
    app.state.working = Working(settings.workers)
    app.state.limits = Limits(settings)
    app.state.jobs = Jobs()
    app.state.remembered = Remembered()
    app.include_router(_own())
    for package in (pages, api):
        for router in _routers(package):
            app.include_router(router)
    app.add_middleware(Surroundings, largest=settings.largest)
    app.add_exception_handler(NotSignedInError, _not_signed_in)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(KemkollError, _told)
    app.add_exception_handler(Exception, _failed)
    return app


def _routers(package: ModuleType) -> list[APIRouter]:
    """The routers of the modules of a package, by name; a module without one only helps the others."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    return [module.router for module in modules if hasattr(module, "router")]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.working.start()
    yield
    app.state.working.stop()
    app.state.store.close()


def _own() -> APIRouter:
    """What is no page: whether the portal is well, and what pages fetch."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def well(request: Request) -> PlainTextResponse:
        """Whether the portal and its database answer."""
        with request.app.state.store.reading():
            return PlainTextResponse("ok")

    @router.get("/static/style.css")
    def style() -> Response:
        """The style of the pages."""
        return _fetched(templates.style(), "text/css")

    @router.get("/static/portal.js")
    def script() -> Response:
        """What makes pages nicer that work without it."""
        return _fetched((templates.STATIC / "portal.js").read_bytes(), "text/javascript")

    return router


def _fetched(content: bytes, kind: str) -> Response:
    return Response(
        content, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


async def _not_signed_in(request: Request, _: Exception) -> Response:
    if request.url.path.startswith(API):
        return _problem(request, 401, sentence_of(401))
    return RedirectResponse(sign_in_path(request), status_code=303)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, StarletteHTTPException) else 500
    return _problem(request, status, sentence_of(status), getattr(error, "headers", None))


async def _not_understood(request: Request, error: Exception) -> Response:
    wrong = faults(error.errors()) if isinstance(error, RequestValidationError) else []
    return _problem(request, 422, sentence_of(422), errors=wrong)


async def _told(request: Request, error: Exception) -> Response:
    said = error.message if isinstance(error, KemkollError) else sentence_of(500)
    down = isinstance(error, StoreError) and is_refusal(error)
    return _problem(request, 503 if down else 400, said)


async def _failed(request: Request, _: Exception) -> Response:
    return _problem(request, 500, sentence_of(500))


def _problem(
    request: Request, status: int, said: Message, headers: Any = None, errors: Sequence[Fault] = ()
) -> Response:
    """What went wrong, as a page; to a program as RFC 9457 has it."""
    if request.url.path.startswith(API):
        return problem(status, str(said), headers, errors)
    try:
        visit = getattr(request.state, "visit", None) or visit_of(request)
    except StoreError:  # the database that would know who it is does not answer
        text = message_text(said, translator(language_of(request, None)))
        return PlainTextResponse(text, status, headers)
    response = visit.render("problem", status, sentence=message_text(said, visit._), status_code=status)
    response.headers.update(headers or {})
    return response
