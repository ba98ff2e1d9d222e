"""A year in the portal, played in a real browser: supplier, strategist, analyst and a stranger.

Every page on the way is held against WCAG 2.1 AA as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import DESKTOP, PHONE, launched
from conftest import copied_home
from portal import HOUSE, NOW, PASSWORD, SUPPLIERS, filled, portal_at, served
from test_browser import violations
from test_importing import candidate  # noqa: F401 - a fixture
from test_portal_supplier import FAULTS, workbook

from kemkoll.accounts.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GUEST = "inbjuden@klarflode.example"
OTHER = list(SUPPLIERS)[1]
WAIT = 120_000
"""Milliseconds that a page may take which waits for another process."""
CORRECTED = [
    ("KF-2040", "", "Slang", "DEHP", "117-81-7", "12 %"),
    ("KF-2040", "", "Slang", "Polyvinylklorid", "9002-86-2", "88 %"),
    ("KF-2041", "", "Slang", "Polyeten", "9002-88-4", "97,5 %"),
    ("KF-2041", "", "Slang", "Titandioxid", "13463-67-7", "2,5 %"),
]
ANSWER = """Artikelnummer;Lista;Utgåva;Svar
KF-2041;eu-reach-candidate;2026-02-04;inget över gränsvärdet
"""


@pytest.fixture
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser of their own.

    Attributes:
        seen: the pages that were held against the rules, without what numbers them.
    """

    def __init__(self, browser: Browser, address: str, *, language: str = "en", phone: bool = False) -> None:
        width, height = PHONE if phone else DESKTOP
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, base_url=address
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(WAIT / 4)
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.seen: dict[str, list[str]] = {}

    def _heard(self, said: Any) -> None:
        if said.type == "error" and "status of 4" not in said.text:
            self.complaints.append(said.text)

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.look()

    def look(self) -> Page:
        """The page as it is shown, once nothing in it is still being worked out, held against the rules."""
        self.page.locator("main[data-again^='/']").wait_for(state="detached", timeout=WAIT)
        self.page.wait_for_load_state()
        place = re.sub(r"\d+", "N", self.page.url.split("?")[0].partition("//")[2].partition("/")[2])
        if place not in self.seen:
            self.seen[place] = violations(self.page)
            wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            self.seen[place] += [f"{wide} px wider than the window"] if wide > 1 else []
        return self.page

    def sign_in(self, mail: str) -> Page:
        page = self.go("/sign-in")
        page.fill("#mail", mail)
        page.fill("#password", PASSWORD)
        self.press(re.compile("^(Sign in|Logga in)$"))
        return page

    def press(self, label: str | re.Pattern[str]) -> Page:
        """Press a button in the page, not in its frame."""
        return self.click(self.page.locator("main").get_by_role("button", name=label).first)

    def click(self, what: Locator) -> Page:
        """Click what leads to another page."""
        with self.page.expect_navigation(timeout=WAIT):
            what.click()
        return self.look()

    def said(self) -> str:
        return self.page.locator("main").inner_text()

    def close(self) -> None:
        self.context.close()
        found = {place: faults for place, faults in self.seen.items() if faults}
        assert found == {}
        assert self.complaints == []


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registry: Any) -> Path:
    """A folder of one's own: a list is taken into use."""
    folder = copied_home(registry, tmp_path / "home")
    monkeypatch.setenv("KEMKOLL_HOME", str(folder))
    return folder


@pytest.fixture
def address(home: Path, tmp_path: Path) -> Iterator[str]:
    del home
    where = str(tmp_path / "region.db")
    with portal_at(where, store=filled(where), clock=lambda: NOW) as made, served(made.app) as at:
        yield at


def test_a_year(
    chromium: Browser,
    address: str,
    tmp_path: Path,
    candidate: Callable[..., Path],  # noqa: F811
) -> None:
    admin = Visitor(chromium, address)
    link = invited(admin, address)
    supplier = Visitor(chromium, address)
    receipt = handed_in(supplier, link, tmp_path)
    strategist = Visitor(chromium, address)
    strategist.sign_in(HOUSE[Role.strategist])
    batch = judged(strategist)
    reviewed(strategist)
    waived(strategist)
    taken_into_use(strategist, candidate)
    request = asked(strategist)
    answer = answered(supplier)
    published(Visitor(chromium, address))
    read(Visitor(chromium, address, language="sv", phone=True))
    stranger = Visitor(chromium, address, phone=True)
    stranger.sign_in(OTHER)
    stranger.go("/supplier")
    assert "KF-2040" not in stranger.said()
    for path in (receipt, answer, batch, request, "/articles", "/review", "/reports", "/users"):
        assert stranger.page.goto(path).status in (403, 404), path  # type: ignore[union-attr]
    for person in (admin, supplier, strategist, stranger):
        person.close()


def invited(admin: Visitor, address: str) -> str:
    """The link that an administrator makes for a supplier's person."""
    page = admin.sign_in(HOUSE[Role.administrator])
    page.fill("#mail", GUEST)
    page.check("input[name=role][value=supplier]")
    page.select_option("#supplier", label="Klarflöde Exempel AB")
    admin.press("Make a link")
    link = page.locator(".said code").inner_text()
    assert "/invitation/" in link
    return "/invitation/" + link.rpartition("/")[2]


def handed_in(supplier: Visitor, link: str, folder: Path) -> str:
    """The receipt of what a supplier hands in: with ten faults first, then without."""
    page = supplier.go(link)
    page.fill("#name", "Eva Ek")
    page.fill("#password", PASSWORD)
    supplier.press("Go on")
    assert "KF-2040" in supplier.said()
    faulty, corrected = folder / "faulty.xlsx", folder / "corrected.xlsx"
    faulty.write_bytes(workbook(FAULTS))
    corrected.write_bytes(workbook(CORRECTED))
    supplier.go("/supplier/drafts")
    page.set_input_files("#file", str(faulty))
    supplier.press("Keep the files and look at them")
    for code in ("cas-check-digit", "amount-unreadable", "amount-over-whole", "cas-is-date"):
        assert code in supplier.said()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download a copy with the problems marked").click()
    assert Path(download.value.path()).stat().st_size > 1000
    page.locator("input[name=instead] ~ p input[type=file]").first.set_input_files(str(corrected))
    supplier.press(re.compile("^Replace(?! it)"))
    assert "cas-check-digit" not in supplier.said()
    statement = folder / "intyg.csv"
    statement.write_text(ANSWER, encoding="utf-8")
    page.set_input_files("#file", str(statement))
    supplier.press("Keep them in the draft")
    page.fill("#name", "Eva Ek")
    for box in page.locator("main input[type=checkbox][required]").all():
        box.check()
    supplier.press("Sign and hand in")
    assert "Receipt" in supplier.said()
    return page.url


def judged(strategist: Visitor) -> str:
    """The page of a batch over everything."""
    page = strategist.go("/batches/new")
    strategist.press("Judge")
    page.wait_for_url(re.compile(r"/batches/\d+$"), timeout=WAIT)
    strategist.look()
    assert re.search(r"/batches/\d+$", page.url), page.url
    return page.url


def reviewed(strategist: Visitor) -> None:
    """Two cases that a person decides, one after the other."""
    page = strategist.go("/review")
    strategist.click(page.locator("main a.button").first)
    for motive in ("Asked the supplier by telephone", "The name is that of another substance"):
        page.locator("main input[name=verdict]").last.check()
        page.fill("#motive", motive)
        page.fill("#signed", "Sara Strateg")
        strategist.press(re.compile("^Decide"))
    strategist.go("/review")
    assert re.search(r"2 decided", strategist.said())


def waived(strategist: Visitor) -> None:
    """A deviation that is accepted for a time; first without what it must say."""
    page = strategist.go("/waivers/new")
    page.fill("#article", "KF-2040")
    strategist.press("Grant the waiver")
    assert page.locator("[aria-invalid=true]").count() > 0
    page.select_option("#list", "phthalates")
    for name, value in {
        "ground": "There is no other on the market", "purpose": "Infusion", "decision": "EX 2026-0100",
        "decider": "Bo Beslut", "until": "2027-06-30",
    }.items():  # fmt: skip
        page.fill(f"#{name}", value)
    strategist.press("Grant the waiver")
    assert "EX 2026-0100" in strategist.go("/waivers").locator("main").inner_text()


def taken_into_use(strategist: Visitor, candidate: Callable[..., Path]) -> None:  # noqa: F811
    """A newer edition of a list: looked at, its impact seen, and taken into use with a reason."""
    page = strategist.go("/lists/import")
    newer = candidate(
        lambda found: found.append(
            ["Newane", "-", "-", "64-17-5", "10-Nov-2026", "PBT (Article 57d)", "https://decision"]
        )
    )
    page.set_input_files("input[type=file]", str(newer))
    strategist.click(page.locator("main form[enctype] button").first)
    assert "Newane" in strategist.said()
    strategist.click(page.locator("main a.button"))
    page.fill("#reason", "The Candidate List of November 2026")
    strategist.click(page.locator("form[action$=activate] button"))
    assert "2026-11-10" in strategist.go("/lists").locator("main").inner_text()


def asked(strategist: Visitor) -> str:
    """The page of a request for what is new on the list."""
    page = strategist.go("/requests/new")
    page.check("input[name=list][value=eu-reach-candidate]")
    strategist.press("Show what there is to ask")
    strategist.press("Send the requests")
    strategist.go("/requests")
    strategist.click(page.locator("main table").get_by_role("link").first)
    return page.url


def answered(supplier: Visitor) -> str:
    """The page of a request that a supplier has answered for all articles."""
    page = supplier.go("/supplier/requests")
    supplier.click(page.locator("main table").get_by_role("link").first)
    own = page.url
    page.locator("input[name=answer]").first.check()
    supplier.press("Go on: look at it and sign")
    page.fill("#name", "Eva Ek")
    page.check("input[name=agreed]")
    supplier.press("Sign and save")
    assert "Receipt" in supplier.said() or "answers have come" in supplier.said()
    return own


def published(analyst: Visitor) -> None:
    """A year that is frozen, and its report for everybody."""
    page = analyst.sign_in(HOUSE[Role.analyst])
    for day in ("2025-12-31", "2026-11-22"):
        analyst.go("/reports")
        page.fill("#day", day)
        analyst.press("Freeze it")
    analyst.go("/reports")
    analyst.click(page.get_by_role("link", name="Annual report", exact=True))
    analyst.press("Make it")
    analyst.press("Publish it")
    assert "Published, as number 1" in analyst.said()
    analyst.close()


def read(reader: Visitor) -> None:
    """What everybody of the house may read, and nothing else."""
    reader.sign_in(HOUSE[Role.reader])
    reader.click(reader.page.locator("main table").get_by_role("link").first)
    assert reader.page.locator("svg").count() > 0
    assert reader.page.goto("/articles").status == 403  # type: ignore[union-attr]
    reader.close()
