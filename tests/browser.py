"""A real browser for the tests: where it is found, and what is held against it while a page is open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE, NARROW = (1280, 900), (390, 844), (320, 800)
PAPER = (680, 960)
"""A4 within its margins of 15 mm, in CSS pixels."""
REQUIRED = bool(os.environ.get("KEMKOLL_REQUIRE_BROWSER"))
"""Whether a missing browser is a failure, and no reason to skip."""
OWN = ("file:", "data:", "about:")
"""Addresses that lead to nobody else."""


def executable() -> str | None:
    """The browser on this machine: the one that KEMKOLL_CHROMIUM names, else the first on the path."""
    named = os.environ.get("KEMKOLL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def launched(playwright: Playwright) -> Browser:
    """The browser, started; without one the test is skipped, or fails where a browser is `REQUIRED`."""
    from playwright.sync_api import Error

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        return playwright.chromium.launch(
            executable_path=executable(), args=[*FLAGS, *(["--no-sandbox"] if root else [])]
        )
    except Error as error:
        why = f"No browser: {str(error).splitlines()[0]} Install Chromium or name it in KEMKOLL_CHROMIUM."
        if REQUIRED:
            pytest.fail(why)
        pytest.skip(why)


@contextmanager
def opened(browser: Browser, path: Path, size: tuple[int, int] = DESKTOP, **more: Any) -> Iterator[Page]:
    """The page in a window of its own; it fails if the page asks anybody else, or complains.

    What the page's own policy forbids is a complaint too.
    """
    asked, complaints = [], []
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)

    def answer(route: Any) -> None:
        if route.request.url.startswith(OWN):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto(path.as_uri())
        yield page
    finally:
        context.close()
    assert not asked, f"the page asks others: {asked}"
    assert not complaints, f"the page complains: {complaints}"
