"""Each page in a real browser: for people who see it, hear it, enlarge it, print it, or use no mouse."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reporting
from browser import DESKTOP, NARROW, PAPER, PHONE, launched, opened
from click.testing import CliRunner
from conftest import one_at_a_time, shared_folder
from documentation import LANGUAGES
from documentation import PAGES as OF_DOCUMENTATION
from documents import EXAMPLES, ON
from pages import HOSTILE
from results import empty_result, make_result, supplied

from kemkoll.cli import cli
from kemkoll.outputs import html
from kemkoll.paths import data
from kemkoll.report import document
from kemkoll.report.writing import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ONE = str(data("examples") / "infusionsset.xlsx")
LONG = "Polytetrafluoroethylenhexafluoropropylenvinylidenfluorid" * 6
ARABIC = "ثنائي إيثيل هكسيل الفثالات (DEHP) " * 6
LEVEL = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],  # of what holds, nothing is told but the count
    "preload": False,
}


@dataclass(frozen=True)
class Made:
    """A page that kemkoll writes: its name, its language, and what writes it."""

    name: str
    language: str
    write: Callable[[Path, str], None]

    def __str__(self) -> str:
        return f"{self.name}-{self.language}"


def checked(*files: str) -> Callable[[Path, str], None]:
    return lambda path, language: called("check", *files, "-o", str(path), "--language", language)


def explained(article: str, list_: str, file: str) -> Callable[[Path, str], None]:
    return lambda path, language: called(
        "explain", article, "--list", list_, "--file", file, "-o", str(path), "--language", language
    )


def of(result: Any) -> Callable[[Path, str], None]:
    return lambda path, language: html.write(result, path, language)


def reported(annual: Callable[[], Any]) -> Callable[[Path, str], None]:
    return lambda path, language: write(document("annual", annual(), language), path)


def called(*args: str) -> None:
    answer = CliRunner().invoke(cli, [*args, "--on", ON])
    assert answer.exit_code in (0, 1), answer.output


WRITTEN: dict[str, Callable[[Path, str], None]] = {
    "examples": checked(*map(str, EXAMPLES)),
    "explained": explained("KF-2040", "eu-reach-candidate", ONE),
    "usual": of(make_result()),
    "nothing": of(empty_result()),
    "hostile": of(supplied(" ".join(HOSTILE))),
    "long": of(supplied(LONG)),
    "arabic": of(supplied(ARABIC)),
    "annual": reported(reporting.annual),
    "year-of-nothing": reported(reporting.empty),
}
"""Every page that kemkoll writes, by a name of its own: a new one is one line here."""
PAGES = [Made(name, language, write) for name, write in WRITTEN.items() for language in ("en", "sv")]
WITH_ALL = [made for made in PAGES if made.name in ("examples", "explained", "usual")]
every_page = pytest.mark.parametrize("made", PAGES, ids=str)
rich_page = pytest.mark.parametrize("made", WITH_ALL, ids=str)

LOOKS: dict[str, dict[str, Any]] = {
    "desktop, light": {"size": DESKTOP, "color_scheme": "light"},
    "phone, dark": {"size": PHONE, "color_scheme": "dark"},
    "desktop, dark": {"size": DESKTOP, "color_scheme": "dark"},
    "phone, light": {"size": PHONE, "color_scheme": "light"},
}
IN = {"en": list(LOOKS)[:2], "sv": list(LOOKS)[2:]}
"""The looks of each language: both sizes and both schemes, and the four of them with the same templates."""
SEEN = [(made, look) for made in PAGES for look in IN[made.language]]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page_of(registry: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Made], Path]:
    """Where the page is, written once for all tests of all processes."""
    del registry  # it is only to be there
    folder = shared_folder(tmp_path_factory, "pages")

    def find(made: Made) -> Path:
        path: Path = folder / f"{made}.html"
        if not path.exists():
            with one_at_a_time(folder):
                if not path.exists():
                    half = folder / f"half-{made}.html"
                    made.write(half, made.language)
                    half.rename(path)
        return path

    return find


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1, levels A and AA, with the place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=LEVEL).response["violations"]
    return [f"{it['id']}: {node['target']} {node['html'][:200]}" for it in found for node in it["nodes"]]


class TestGuard:
    """The guard of `opened` and the reading of `violations` must themselves be able to fail."""

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("<img src='https://example.org/a.png' alt=''>", "example.org"),
            ("<script>throw new Error('a fault')</script>", "a fault"),
            (
                "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>1</script>",
                "Content Security Policy",
            ),
        ],
        ids=["asks somebody", "script fails", "policy"],
    )
    def test_it_sees(self, chromium: Browser, tmp_path: Path, body: str, said: str) -> None:
        path = tmp_path / "page.html"
        path.write_text(f"<!DOCTYPE html><title>t</title>{body}", encoding="utf-8")
        with pytest.raises(AssertionError, match=said), opened(chromium, path) as page:
            page.wait_for_timeout(200)

    def test_axe_sees(self, chromium: Browser, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_text("<!DOCTYPE html><title>t</title><p style='color:#ccc'>pale", encoding="utf-8")
        with opened(chromium, path) as page:
            assert {it.split(":")[0] for it in violations(page)} == {"html-has-lang", "color-contrast"}


@pytest.mark.parametrize(("made", "look"), SEEN, ids=str)
def test_accessible(made: Made, look: str, chromium: Browser, page_of: Any) -> None:
    with opened(chromium, page_of(made), **LOOKS[look]) as page:
        assert violations(page) == []


@every_page
class TestEveryPage:
    def test_says_its_language_and_what_it_is(self, made: Made, chromium: Browser, page_of: Any) -> None:
        with opened(chromium, page_of(made)) as page:
            assert page.locator("html").get_attribute("lang") == made.language
            assert re.fullmatch(r"\S.+ – kemkoll", page.title())

    @pytest.mark.parametrize(
        ("size", "text", "spaced"),
        [(NARROW, 1, False), (DESKTOP, 2, False), (NARROW, 1, True)],
        ids=["320 pixels", "text at 200 %", "spaced text"],
    )
    def test_is_read_without_scrolling_sideways(
        self, made: Made, size: tuple[int, int], text: int, spaced: bool, chromium: Browser, page_of: Any
    ) -> None:
        """WCAG 2.1, 1.4.4, 1.4.10 and 1.4.12; a table may scroll in a frame of its own."""
        with opened(chromium, page_of(made), size) as page:
            page.evaluate("text => document.documentElement.style.fontSize = `${text * 100}%`", text)
            page.evaluate(UNFOLD)
            if spaced:
                page.evaluate(SPACED)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= size[0]
            assert page.evaluate(CUT_OFF, [False, size[0]]) == []

    def test_links_lead_to_what_can_be_seen(self, made: Made, chromium: Browser, page_of: Any) -> None:
        with opened(chromium, page_of(made)) as page:
            asked = page.evaluate("[...document.links].map(link => link.getAttribute('href'))")
            assert asked
            assert page.evaluate(LOST, asked) == []

    def test_prints_whole(self, made: Made, chromium: Browser, page_of: Any) -> None:
        with opened(chromium, page_of(made), PAPER) as page:
            page.evaluate(FOLD)
            hidden = page.evaluate(CUT_OFF, [False, 0])
            page.emulate_media(media="print")
            assert page.evaluate(CUT_OFF, [True, PAPER[0]]) == []
            assert bool(page.locator("details").count()) == bool(hidden)

    def test_holds_without_colours_of_its_own(self, made: Made, chromium: Browser, page_of: Any) -> None:
        """Forced colours: each verdict is a word within a frame, and the word alone tells it from others."""
        with opened(chromium, page_of(made), forced_colors="active", reduced_motion="reduce") as page:
            words: dict[str, set[str]] = {}
            page.evaluate(UNFOLD)
            for level, word, seen, framed in page.evaluate(VERDICTS):
                assert seen, (level, word)
                assert framed, (level, word)
                words.setdefault(word.casefold(), set()).add(level)
            assert all(len(levels) == 1 for levels in words.values()), words
            assert page.evaluate("document.getAnimations().length") == 0


UNFOLD, FOLD = (
    f"document.querySelectorAll('details').forEach(it => it.open = {open_})" for open_ in ("true", "false")
)
"""Open, or close, all that can be folded."""
SPACED = """() => [...document.querySelectorAll('body *')].forEach(it => {
    it.style.lineHeight = '1.5'; it.style.letterSpacing = '.12em'; it.style.wordSpacing = '.16em';
})"""
"""The spacing of text that readers may set, by WCAG 2.1, 1.4.12."""
CUT_OFF = """([print, width]) => {
    const off = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const aside = print ? '.skip, .top, title, desc' : '.skip, title, desc';
    while (words.nextNode()) {
        const text = words.currentNode, it = text.parentElement;
        if (!text.data.trim() || it.closest(aside)) continue;
        const drawn = it.closest('.picture');
        if (drawn && !drawn.checkVisibility()
            && [...drawn.parentElement.querySelectorAll('.picture')].some(it => it.checkVisibility())
        ) continue;
        const alike = at => at !== it && at.textContent.trim() === text.data.trim() && at.checkVisibility();
        if (!print && it.closest('.printed') && [...document.querySelectorAll('p')].some(alike)) continue;
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        const seen = box.width > 0 && it.checkVisibility({visibilityProperty: true, opacityProperty: true});
        const scrolls = !print && it.closest('.wide');
        const out = width && !scrolls && (box.right > width + 1 || box.left < -1);
        let cut = false;
        for (let up = it; up && !scrolls; up = up.parentElement) {
            const clips = getComputedStyle(up).overflowX !== 'visible' && up !== document.documentElement;
            if (clips && box.right > up.getBoundingClientRect().right + 1) cut = true;
        }
        if (!seen || out || cut) off.push(text.data.trim().slice(0, 80));
    }
    return off;
}"""
"""The texts that nobody sees, or that reach beyond the width or beyond a frame that cuts them; of a picture
that is drawn twice, wide and narrow, one is enough.
"""
LOST = """asked => asked.filter(href => {
    if (href.startsWith('data:text/csv;charset=utf-8;base64,'))
        return !document.querySelector(`a[download][href="${href}"]`);
    if (!href.startsWith('#')) return true;
    location.hash = href;
    const target = document.getElementById(decodeURIComponent(href.slice(1)));
    if (!target || !target.checkVisibility({visibilityProperty: true})) return true;
    const box = target.getBoundingClientRect();
    return box.height === 0 || box.top > innerHeight || box.bottom < 0;
})"""
"""The links that lead to nothing, or to what is not in sight once they are followed. A file is in its
link itself."""
VERDICTS = """() => [...document.querySelectorAll('.verdict')].map(it => {
    const style = getComputedStyle(it);
    return [it.className, it.innerText.trim(), it.innerText.trim() !== '' && it.checkVisibility(),
            style.borderTopStyle === 'solid' && parseFloat(style.borderTopWidth) > 0];
})"""
STOP = """() => {
    const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
    return {
        at: [...document.querySelectorAll('*')].indexOf(it), what: it.outerHTML.slice(0, 100),
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.left > -1,
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    };
}"""
"""Where the keyboard stands: the place in the page, whether one sees it, and whether it is marked."""


@rich_page
class TestKeyboard:
    def test_skips_to_the_results(self, made: Made, chromium: Browser, page_of: Any) -> None:
        with opened(chromium, page_of(made), PHONE) as page:
            page.keyboard.press("Tab")
            first = page.locator(":focus")
            assert first.get_attribute("class") == "skip"
            target = first.get_attribute("href")
            assert page.evaluate(STOP)["seen"]
            page.keyboard.press("Enter")
            assert page.evaluate("location.hash") == target
            page.keyboard.press("Tab")
            assert page.evaluate("document.querySelector(':target').contains(document.activeElement)")

    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_reaches_everything_in_order(
        self, made: Made, size: tuple[int, int], chromium: Browser, page_of: Any
    ) -> None:
        with opened(chromium, page_of(made), size) as page:
            stops = []
            for _ in range(page.locator("a[href], summary, [tabindex='0']").count()):
                page.keyboard.press("Tab")
                stops.append(page.evaluate(STOP))
            assert [stop for stop in stops if not (stop["seen"] and stop["marked"])] == []
            order = [stop["at"] for stop in stops]
            assert sorted(set(order)) == order

    def test_opens_and_closes(self, made: Made, chromium: Browser, page_of: Any) -> None:
        with opened(chromium, page_of(made)) as page:
            if made.name == "explained" and not page.locator("details").count():
                pytest.skip("This page folds nothing.")
            folded = page.locator("details").first
            before = folded.evaluate("it => it.open")
            folded.locator("summary").first.focus()
            for key, open_ in (("Enter", not before), ("Space", before)):
                page.keyboard.press(key)
                assert folded.evaluate("it => it.open") == open_


@pytest.mark.parametrize("made", PAGES[:2], ids=str)
def test_a_wide_table_shows_whose_row_it_is(made: Made, chromium: Browser, page_of: Any) -> None:
    """A telephone has no room for all lists: what is scrolled away sideways must not be the article."""
    with opened(chromium, page_of(made), PHONE) as page:
        frame = page.locator(".wide").first
        frame.evaluate("it => it.scrollLeft = 9999")
        assert frame.evaluate("it => it.scrollLeft") > 100
        names = page.evaluate(
            """[...document.querySelectorAll('.matrix th:first-child, .matrix caption span')].map(it => {
                scrollTo(0, scrollY + it.getBoundingClientRect().top - 300);
                const box = it.getBoundingClientRect();
                return it.contains(document.elementFromPoint(box.left + 2, box.top + 2));
            })"""
        )
        assert len(names) > 3
        assert all(names)


@rich_page
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext of Poppler")
def test_all_words_are_on_paper(made: Made, chromium: Browser, page_of: Any, tmp_path: Path) -> None:
    """What is folded on the screen is printed too, but for the links that only serve a screen."""
    with opened(chromium, page_of(made)) as page:
        page.evaluate("document.querySelectorAll('.skip, .top').forEach(it => it.remove())")
        page.evaluate(FOLD)
        shown = page.evaluate(TEXTS)
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    made_of_it = ["pdftotext", "-raw", str(tmp_path / "page.pdf"), "-"]
    printed = _letters(subprocess.run(made_of_it, capture_output=True, encoding="utf-8", check=True).stdout)
    assert len(shown) > 50
    assert [text for text in shown if _letters(text) not in printed] == []


TEXTS = """() => {
    const texts = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const text = words.currentNode;
        if (!text.parentElement.closest('title, desc')) texts.push(text.data.trim());
    }
    return texts.filter(Boolean);
}"""


def _letters(text: str) -> str:
    """The letters and digits, without what the end of a line puts between them."""
    return "".join(filter(str.isalnum, text)).casefold()


@pytest.fixture(scope="module")
def documentation(chromium: Browser, request: pytest.FixtureRequest) -> Path:
    """The site, which is not built for nothing where there is no browser."""
    del chromium
    built: Path = request.getfixturevalue("site")
    return built


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_DOCUMENTATION)
@pytest.mark.parametrize("language", LANGUAGES)
class TestDocumentation:
    def test_accessible(self, language: str, name: str, documentation: Path, chromium: Browser) -> None:
        """Each language in one look of its own: the two are made by the same templates."""
        look = {"en": "desktop, light", "sv": "phone, dark"}[language]
        with opened(chromium, documentation / language / name, **LOOKS[look]) as page:
            assert violations(page) == []

    def test_is_read_without_scrolling_sideways(
        self, language: str, name: str, documentation: Path, chromium: Browser
    ) -> None:
        with opened(chromium, documentation / language / name, NARROW) as page:
            assert page.locator("html").get_attribute("lang") == language
            assert page.title()
            assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW[0]
