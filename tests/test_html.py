from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from pages import HOSTILE, text_of, tree
from results import REACH, empty_result, frame, make_result, supplied

from kemkoll import tables
from kemkoll.outputs import format_of, render, words
from kemkoll.outputs.skeleton import HERE
from kemkoll.tables import Verdict

STYLE = (HERE / "html.css").read_text("utf-8")


def page(result: Any, language: str = "en", **more: Any) -> Element:
    """The page as a tree; a fault in its markup ends the test."""
    return tree(render(result, "html", language, **more))


RESULTS = {
    "usual": make_result(),
    "nothing read": empty_result(),
    "assumed complete": make_result(assume_complete=True),
    **{f"hostile {text!a}": supplied(text) for text in HOSTILE},
}
every_page = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())


@pytest.mark.parametrize("language", ["en", "sv"])
class TestWhatItSays:
    def test_page(self, language: str, snapshot: Any) -> None:
        body = render(make_result(), "html", language).partition("<body>")[2]
        assert snapshot == body

    def test_nothing_read(self, language: str, snapshot: Any) -> None:
        assert snapshot == render(empty_result(), "html", language).partition("<body>")[2]

    def test_no_less_than_the_terminal(self, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "2000")
        said = text_of(page(make_result(), language)).lower()
        for line in render(make_result(), "table", language).lower().splitlines():
            for piece in re.split(r"\s{2,}|[:;()─\[\]]", line):
                bare = re.sub("^(edition|utgåva) ", "", piece.strip(" ."))  # a column's heading here
                assert bare in said, (bare, line)

    def test_speaks_its_language(self, language: str) -> None:
        assert page(make_result(), language).get("lang") == language


class TestSelfContained:
    @every_page
    def test_nothing_runs_and_nothing_is_fetched(self, result: Any) -> None:
        for part in page(result).iter():
            assert part.tag not in {
                "script", "img", "iframe", "object", "embed", "link", "base", "form", "svg", "video", "audio",
            }  # fmt: skip
            assert not [name for name in part.attrib if name.startswith("on") or name in {"src", "style"}]
            assert part.get("href", "#").startswith("#")
        assert "url(" not in STYLE
        assert "@import" not in STYLE

    def test_the_policy_forbids_all_but_its_own_style(self) -> None:
        tree = page(make_result())
        policy = next(part.get("content") for part in tree.iter("meta") if part.get("http-equiv"))
        style = tree.find("head/style")
        assert style is not None
        digest = b64encode(sha256((style.text or "").encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_a_supplier_wrote_is_text(self, text: str) -> None:
        tree = page(supplied(text))
        usual = {part.tag for part in page(make_result()).iter()}
        assert {part.tag for part in tree.iter()} <= usual
        shown = words.plain(text, 80)
        assert sum(shown in " ".join(part.itertext()) for part in tree.iter("bdi")) > 10

    @pytest.mark.parametrize("form", ["html", "table"])
    def test_nothing_in_it_steers_the_reader(self, form: str) -> None:
        steering = set("\u202e\u2066\u2068\u2069\u200f\x1b\x00")
        assert not steering & set(render(supplied(HOSTILE[-1]), form))


class TestAccessible:
    @every_page
    def test_ids_are_unique_and_links_lead_somewhere(self, result: Any) -> None:
        tree = page(result)
        ids = [part.get("id") for part in tree.iter() if part.get("id")]
        assert len(set(ids)) == len(ids)
        asked = [part.get("href", "")[1:] for part in tree.iter("a")]
        asked += [part.get("aria-labelledby", "") for part in tree.iter() if part.get("aria-labelledby")]
        assert set(asked) <= set(ids)

    @every_page
    def test_no_heading_is_skipped(self, result: Any) -> None:
        levels = [int(part.tag[1]) for part in page(result).iter() if re.fullmatch("h[1-6]", str(part.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    @every_page
    def test_tables_say_what_they_are(self, result: Any) -> None:
        for table in page(result).iter("table"):
            assert table.find("caption") is not None
            assert {head.get("scope") for head in table.find("thead").iter("th")} == {"col"}  # type: ignore[union-attr]
            assert {head.get("scope") for head in table.find("tbody").iter("th")} <= {"row"}  # type: ignore[union-attr]

    def test_the_first_link_skips_to_the_results(self) -> None:
        first = next(page(make_result()).iter("a"))
        assert (first.get("class"), first.get("href")) == ("skip", "#overview")

    def test_every_verdict_of_the_overview_leads_to_its_reasons(self) -> None:
        tree = page(make_result())
        matrix = next(table for table in tree.iter("table") if table.get("class") == "matrix")
        cells = [link for cell in matrix.iter("td") for link in cell.iter("a")]
        assert len(cells) == 9
        by_id = {part.get("id"): part for part in tree.iter()}
        for link in cells:
            assert text_of(by_id[link.get("href", "")[1:]]).startswith(text_of(link))

    @pytest.mark.parametrize("block", [0, 1], ids=["light", "dark"])
    def test_words_stand_out_from_their_ground(self, block: int) -> None:
        colours = dict(re.findall(r"--([\w-]+): (#\w{6});", STYLE.split(":root {")[block + 1].split("}")[0]))
        pairs = [(name.removesuffix("-ink"), name) for name in colours if name.endswith("-ink")]
        pairs += [(ground, ink) for ground in ("paper", "band") for ink in ("ink", "quiet", "link")]
        assert len(pairs) == 13
        for ground, ink in pairs:
            assert contrast(colours[ground], colours[ink]) >= 4.5, (ground, ink)

    def test_every_verdict_has_its_colour(self) -> None:
        assert all(f".verdict.{verdict.name}" in STYLE for verdict in Verdict)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.1 counts it."""

    def light(colour: str) -> float:
        shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


class TestHonest:
    def test_stale_and_assumed_stand_before_any_verdict(self) -> None:
        tree = page(make_result(assume_complete=True))
        said = text_of(tree.find("body/header"))  # type: ignore[arg-type]
        assert "ASSUMED COMPLETE" in said
        assert "REACH Candidate List: 291 days old. STALE" in said
        assert "not legal advice" in said
        assert "STALE" not in text_of(page(make_result(on="2026-08-23")))

    def test_nothing_read_is_no_clean_page(self) -> None:
        said = text_of(page(empty_result()))
        assert "This is not a clean result." in said
        assert "gone.xlsx" in said

    def test_articles_beyond_what_anybody_reads_are_counted(self) -> None:
        result = make_result()
        number = 130
        verdict = {"list": REACH, "verdict": Verdict.unknown, "reason": "undisclosed", "coverage": "none"}
        result.declarations.articles = frame(
            tables.ARTICLES, [{"supplier": "S", "number": f"A{i:03d}"} for i in range(number)]
        )
        result = make_result(
            declarations=result.declarations,
            findings=tables.FINDINGS.empty(),
            verdicts=frame(tables.VERDICTS, [verdict | {"article": i} for i in range(number)]),
        )
        assert "30 more articles are not shown." in text_of(page(result))
        assert "A100" not in text_of(page(result))
        whole = text_of(page(result, all_lines=True))
        assert "A129" in whole
        assert "not shown" not in whole

    def test_an_article_that_no_list_judged_says_so(self) -> None:
        verdicts = make_result().verdicts
        assert "not judged" in text_of(page(make_result(verdicts=verdicts.iloc[1:])))


def test_a_file_is_written(tmp_path: Path) -> None:
    from kemkoll.outputs import html

    assert format_of("Result.HTML") == "html"
    html.write(make_result(), tmp_path / "r.html", "sv")
    assert (tmp_path / "r.html").read_text("utf-8") == render(make_result(), "html", "sv")
