"""The documentation as it is built: its links, its translations, and that it asks nothing of the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from documentation import DOCS, LANGUAGES, PAGES, ROOT

TRANSLATIONS = DOCS / "locale" / "sv" / "LC_MESSAGES"
FETCHED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("object", "data")}
"""What a browser fetches by itself, besides what `link` names."""


class Page(HTMLParser):
    """One built page: its anchors, its attributes that lead somewhere, and the text of its blocks.

    What a worked example is given stands as it was typed, and is no text of the page.
    """

    BLOCKS = ("h1", "h2", "h3", "h4", "td", "th", "p", "dt", "caption", "title")

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.ids: set[str] = set()
        self.links: list[tuple[str, str, str]] = []
        self.language = ""
        self.texts: list[str] = []
        self._open = 0
        self._typed = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        for name in ("href", "src", "data", "srcset"):
            if name in given:
                self.links.append((tag, name, given[name]))
        if tag == "table":
            self._typed = "worked-input" in given.get("class", "").split()
        if tag in self.BLOCKS:
            self._open += 1
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._typed = False
        if tag in self.BLOCKS:
            self._open -= 1

    def handle_data(self, data: str) -> None:
        if self._open > 0 and not self._typed:
            self.texts[-1] += data


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="session")
def sentences(site: Path) -> dict[str, Catalog]:
    """What there is to translate on each page."""
    return {path.stem: read(path) for path in (site / "pot").glob("*.pot")}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def ids(catalogue: Catalog) -> set[str]:
    return {str(message.id) for message in catalogue if message.id}


def translated() -> dict[str, str]:
    """Every sentence with its translation, whatever page it is on."""
    return {
        str(message.id): str(message.string)
        for path in sorted(TRANSLATIONS.glob("*.po"))
        for message in read(path)
        if message.id
    }


@pytest.mark.slow
class TestTranslations:
    def test_every_sentence_has_its_translation_and_no_other(self, sentences: dict[str, Catalog]) -> None:
        own = {path.stem: read(path) for path in TRANSLATIONS.glob("*.po")}
        assert own.keys() == sentences.keys()
        for page, catalogue in own.items():
            assert ids(sentences[page]) - ids(catalogue) == set(), f"{page}: not translated; make messages"
            assert ids(catalogue) - ids(sentences[page]) == set(), f"{page}: nobody says this any more"

    def test_none_is_empty_unsure_or_left_over(self) -> None:
        for path in TRANSLATIONS.glob("*.po"):
            catalogue = read(path)
            assert [message.id for message in catalogue if message.id and not message.string] == [], path.name
            assert [message.id for message in catalogue if message.id and message.fuzzy] == [], path.name
            assert list(catalogue.obsolete) == [], path.name

    def test_links_and_pictures_lead_to_the_same(self) -> None:
        """A Swedish page links to what the English one does, and shows the picture in Swedish."""
        for english, swedish in translated().items():
            targets = [target.replace("-en.png", "-sv.png") for target in re.findall(r"\]\((\S+)\)", english)]
            assert sorted(targets) == sorted(re.findall(r"\]\((\S+)\)", swedish)), english

    def test_codes_are_not_translated(self) -> None:
        """What is typed stays as it is, apart from the words that stand for what the reader writes."""
        own = {"FILE": "FIL", "trade secret": "företagshemlighet", "Colour paste": "Färgpasta"}
        for english, swedish in translated().items():
            for code in re.findall(r"`([^`]+)`", english):
                for word, swedish_word in own.items():
                    code = code.replace(word, swedish_word)
                assert code in swedish or code.replace(".", ",") in swedish, english


@pytest.mark.slow
class TestSite:
    def test_every_page_is_there_in_both_languages(self, site: Path) -> None:
        for language in LANGUAGES:
            assert sorted(path.name for path in (site / language).rglob("*.html")) == PAGES

    def test_every_page_says_its_language_and_leads_to_the_other(self, pages: dict[Path, Page]) -> None:
        for path, page in pages.items():
            own = path.parent.name
            if own in LANGUAGES:
                other = next(language for language in LANGUAGES if language != own)
                assert page.language == own, path
                assert ("a", "href", f"../{other}/{path.name}") in page.links, path

    def test_the_first_page_leads_to_both(self, site: Path) -> None:
        links = Page(site / "index.html").links
        assert {("a", "href", f"{language}/index.html") for language in LANGUAGES} <= set(links)

    def test_every_link_leads_somewhere(self, pages: dict[Path, Page]) -> None:
        broken = []
        for path, page in pages.items():
            for _, _, target in page.links:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc:
                    continue
                other = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                anchor = unquote(parts.fragment)
                if not other.is_file() or (anchor and other in pages and anchor not in pages[other].ids):
                    broken.append((path.name, target))
        assert broken == []

    def test_nothing_is_fetched_from_elsewhere(self, site: Path, pages: dict[Path, Page]) -> None:
        asked = [
            (path.name, target)
            for path, page in pages.items()
            for tag, name, target in page.links
            if ((tag, name) in FETCHED or tag == "link" or name == "srcset")
            and (urlsplit(target).netloc or urlsplit(target).scheme not in ("", "data"))
        ]
        asked += [
            (path.name, target)
            for path in site.rglob("*.css")
            for target in re.findall(
                r"(?:url\(|@import)\s*['\"]?([^'\")\s;]+)", path.read_text(encoding="utf-8")
            )
            if "//" in target.partition(":")[0] + target[:8]
        ]
        assert asked == []

    def test_what_is_translated_is_shown_in_swedish(self, site: Path, pages: dict[Path, Page]) -> None:
        """A sentence that Markdown reads otherwise than it was meant would silently stay English."""
        for path in sorted((site / "sv").glob("*.html")):
            catalogue = TRANSLATIONS / f"{path.stem}.po"
            if not catalogue.is_file():
                continue
            own = {str(it.id): str(it.string) for it in read(catalogue) if it.id and it.id != it.string}
            shown = {" ".join(text.split()).removesuffix("¶") for text in pages[path].texts}
            assert sorted(text for text in shown if text in own and text not in own.values()) == [], path.name

    def test_it_can_be_read_in_the_dark(self, site: Path) -> None:
        assert "prefers-color-scheme: dark" in (site / "en" / "_static" / "styles" / "furo.css").read_text(
            encoding="utf-8"
        ).replace("prefers-color-scheme:dark", "prefers-color-scheme: dark")


def test_links_to_the_web_are_well_formed() -> None:
    """Whether they still lead somewhere only the network knows: `make links`."""
    odd = []
    for page in [
        *DOCS.glob("*.md"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "SUBSTANCE_LISTS.md",
    ]:
        for target in re.findall(r"\]\((\w+://[^)\s]+)\)", page.read_text(encoding="utf-8")):
            parts = urlsplit(target)
            official = target.startswith("http://data.europa.eu/eli/")  # as the Union writes them
            named = "." in parts.netloc and not parts.netloc.startswith("127.")
            if not (named and (parts.scheme == "https" or official)):
                odd.append((page.name, target))
    assert odd == []
