"""The pages: a module for each thing that people come for, with a `router`; it is found by itself."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse


def page_router() -> APIRouter:
    """A router for pages, which the description of the interface for programs leaves out."""
    return APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
