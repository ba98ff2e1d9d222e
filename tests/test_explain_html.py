"""The page of an explanation: all that the terminal says, for every verdict, and no supplier's markup."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd
import pytest
from click.testing import CliRunner
from documents import EXAMPLES, ON
from pages import HOSTILE, text_of, tree
from test_explain import HEAD, of_cases, one
from test_judgement import ESTERS, judged
from test_judgement import law as made_up

from kemkoll.cli import cli
from kemkoll.explanation import Explainer, explain
from kemkoll.explanation.shape import Explanation
from kemkoll.outputs import explanation, explanation_html
from kemkoll.outputs.drawing import drawing
from kemkoll.outputs.words import plain, unmarked

TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "nav", "section",
    "div", "h1", "h2", "h3", "p", "ol", "li", "span", "strong", "small", "bdi", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "details", "summary", "figure", "figcaption", "svg", "desc", "path",
    "ellipse", "circle",
}  # fmt: skip
BOARD = {
    "component": "board",
    "material": "glass",
    "name": "lead oxide",
    "cas": "1317-36-8",
    "amount": "0.3 %",
}
TUBE = {"component": "tube", "name": "DEHP", "cas": "117-81-7", "amount": "5 %"}
MANY = [
    {"component": "part", "name": name, "cas": cas, "amount": "5 %"}
    for name, cas in (
        ("DEHP", "117-81-7"),
        ("DINP", "28553-12-0"),
        ("benzene", "71-43-2"),
        ("lead", "7439-92-1"),
        ("asbestos", "1332-21-4"),
    )
]


def written(told: Explanation, language: str = "en") -> str:
    page = StringIO()
    explanation_html.write(told, page, language)
    return page.getvalue()


def bare(part: Element) -> Iterator[Element]:
    """All elements under one, their names without namespaces."""
    for under in part.iter():
        under.tag = str(under.tag).rpartition("}")[2]
        yield under


@pytest.fixture(scope="module")
def everything(registry: Any, law: Any, profile: Any) -> list[Explanation]:
    """Every verdict of the examples and of the legal cases about electrical equipment."""
    from kemkoll.declarations import read_declarations
    from kemkoll.flow import check
    from kemkoll.lists import load_lists

    read = read_declarations([str(path) for path in EXAMPLES])
    examples = check(read, load_lists(profile.lists), profile=profile, registry=registry, on=ON)
    made = []
    for result in (examples, *of_cases("eu-rohs", registry, law, profile)):
        explainer = Explainer(result)
        made += [explainer.explain(row["article"], row["list"]) for row in result.verdicts.to_dict("records")]
    assert len(made) > 60
    return made


@pytest.fixture(scope="module")
def conditional(registry: Any, law: Any, profile: Any) -> Explanation:
    """An article of which nobody has said whether it is a toy."""
    return explain(one(registry, law, profile, "eu-reach-restriction", lines=MANY), 0, "eu-reach-restriction")


@pytest.mark.parametrize("language", ["en", "sv"])
class TestWhatItSays:
    def test_page(self, language: str, registry: Any, law: Any, profile: Any, snapshot: Any) -> None:
        result = one(registry, law, profile, "eu-rohs", lines=[BOARD, TUBE])
        body = written(explain(result, 0, "eu-rohs"), language).partition("<body>")[2]
        assert snapshot == re.sub("(<desc>.*?</desc>).*?</svg>", r"\1…</svg>", body)

    def test_no_less_than_the_terminal(
        self, language: str, everything: list[Explanation], conditional: Explanation
    ) -> None:
        from kemkoll.i18n import translator

        for told in (*everything, conditional):
            said = text_of(tree(written(told, language))).lower()
            for step in explanation.steps(told, translator(language)):
                for line in (step.title, *step.lines):
                    for piece in re.split(
                        r"── |\[|\]|: | – |^– | {2}|\s\(|\)$", plain(unmarked(line)).lower()
                    ):
                        assert piece.strip() in said, (piece, line)

    def test_well_made(self, language: str, everything: list[Explanation]) -> None:
        """Unique ids, links that lead somewhere, headings in order, tables with captions, nothing fetched."""
        for told in everything:
            page = tree(written(told, language))
            parts = list(bare(page))
            assert page.get("lang") == language
            assert {part.tag for part in parts} <= TAGS
            assert not [name for part in parts for name in part.attrib if name in {"style", "src"}]
            ids = [part.get("id") for part in parts if part.get("id")]
            assert len(set(ids)) == len(ids)
            asked = [part.get("href", "")[1:] for part in parts if part.tag == "a"]
            asked += [name for part in parts for name in part.get("aria-labelledby", "").split()]
            assert set(asked) <= set(ids)
            levels = [int(part.tag[1]) for part in parts if re.fullmatch("h[1-6]", part.tag)]
            assert levels.count(1) == 1 == levels[0]
            assert all(after <= before + 1 for before, after in pairwise(levels))
            assert all(part.find("caption") is not None for part in parts if part.tag == "table")


def test_every_finding_that_is_not_walked_through_is_named(conditional: Explanation) -> None:
    walked, rest = explanation.chosen(conditional)
    page = tree(written(conditional))
    found = sum(len(group) for group in (conditional.walks, conditional.others))
    assert len(walked) + len(rest) == found
    assert f"{len(rest)} other findings are only named, further down." in text_of(page)
    said = text_of(page)
    assert all(other.entry in said for other in rest)


def test_what_depends_on_one_fact_is_told_together(conditional: Explanation) -> None:
    page = tree(written(conditional))
    (group,) = [part for part in page.iter("div") if part.get("class") == "waiting"]
    assert "It is not known whether it is a toy or childcare article; 5 findings depend on it." in text_of(
        group
    )
    assert "--condition toy_or_childcare=yes|no" in text_of(group)
    details = group.find("details")
    assert details is not None
    assert details.get("open") is None
    assert "xvii-51 “part”: to be reviewed" in text_of(details)


def test_of_what_depends_on_one_fact_the_first_is_walked_through(
    registry: Any, law: Any, profile: Any
) -> None:
    lines = [line for line in MANY if line["name"] != "asbestos"]
    result = one(registry, law, profile, "eu-reach-restriction", lines=lines)
    told = explain(result, 0, "eu-reach-restriction")
    waiting = [walk for walk in told.walks if "toy_or_childcare" in walk.waits_for]
    walked, rest = explanation.chosen(told)
    assert len(waiting) == 5
    assert [walk for walk in walked if walk in waiting] == waiting[:1]
    assert {walk.entry.entry for walk in waiting[1:]} <= {other.entry for other in rest}
    asked = explain(result, 0, "eu-reach-restriction", "xvii-51")
    assert [walk.entry.entry for walk in explanation.chosen(asked)[0]] == ["xvii-51"]


def test_more_findings_than_shown(conditional: Explanation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanation, "MOST", 1)
    monkeypatch.setattr(explanation_html.page, "MOST", 2)
    said = text_of(tree(written(conditional)))
    rest = len(conditional.walks) + len(conditional.others) - 1
    assert f"{rest} other findings are only named" in said
    assert f"… and {rest - 2} more" in said


class TestSelfContained:
    def test_the_policy_forbids_all_but_its_own_style(self, conditional: Explanation) -> None:
        page = tree(written(conditional))
        policy = next(part.get("content") for part in page.iter("meta") if part.get("http-equiv"))
        style = page.find("head/style")
        assert style is not None
        digest = b64encode(sha256((style.text or "").encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        assert "url(" not in (style.text or "")

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_a_supplier_wrote_is_text(self, text: str, registry: Any, law: Any, profile: Any) -> None:
        line = TUBE | {"component": text, "name": text, "amount": f"5 % {text}", "file": text, "sheet": text}
        result = one(
            registry, law, profile, "eu-reach-candidate",
            lines=[line | {"low_ppt": 5 * 10**10, "high_ppt": 5 * 10**10}],
            articles=[{"number": text, "name": f"{text} 2", "supplier": text}],
        )  # fmt: skip
        whole = written(explain(result, 0, "eu-reach-candidate"))
        assert not set("\u202e\u2066\u2068\u2069\u200f\x1b\x00") & set(whole)
        page = tree(whole)
        assert {part.tag for part in bare(page)} <= TAGS
        isolated = ["".join(part.itertext()) for part in page.iter("bdi")]
        assert sum(plain(text) in it for it in isolated) > 6
        for part in page.iter():
            if part.tag in {"bdi", "title"}:  # a title is apart from all other text by itself
                part.text = ""
        assert plain(text) not in "".join(page.itertext())


class TestDrawing:
    def test_is_in_the_colour_of_the_text_and_says_what_it_is(self) -> None:
        drawn = drawing("CC(=O)[O-].[Na+]", "sodium <acetate>", "SMILES: C")
        assert drawn is not None
        assert "<title>sodium &lt;acetate&gt;</title><desc>SMILES: C</desc>" in drawn
        assert 'role="img"' in drawn
        assert "currentColor" in drawn
        assert not re.search("#[0-9A-Fa-f]{3}|style=|class='", drawn)

    @pytest.mark.parametrize("smiles", ["[Pb]", "[Na+].[Cl-]", "", "no structure", "C" * 401])
    def test_nothing_to_see(self, smiles: str) -> None:
        assert drawing(smiles, "it", "") is None

    def test_each_substance_once_and_not_too_many(self, registry: Any) -> None:
        alcohols = ["67-56-1", "64-17-5", "71-23-8", "71-36-3", "71-41-0", "111-27-3"]
        members = pd.DataFrame({"list": "l", "entry": "esters", "kind": "cas", "value": alcohols})
        given = replace(made_up(ESTERS), members=members.assign(certainty="certain"))
        lines = [{"component": "part", "cas": cas, "amount": "1 %"} for cas in (*alcohols, alcohols[0])]
        page = tree(written(explain(judged(registry, given, lines=lines), 0, "l")))
        captions = [text_of(part) for part in page.iter("figcaption")]
        assert len(set(captions)) == len(captions) == explanation_html.MOST_DRAWN
        assert "2 more structures are not drawn." in text_of(page)


class TestCommand:
    @pytest.fixture(autouse=True)
    def _here(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("KEMKOLL_LANGUAGE", "sv")
        monkeypatch.chdir(tmp_path)
        (tmp_path / "one.csv").write_text(HEAD + "A,X1,tube,DEHP,117-81-7,30 %,component\n")

    @staticmethod
    def call(*args: str) -> Any:
        whole = ["explain", "X1", "--list", "eu-reach-candidate", "--file", "one.csv", "--on", ON, *args]
        return CliRunner().invoke(cli, whole)

    def test_writes_pages_beside_the_text(self) -> None:
        answer = self.call("-o", "why.html", "-o", "again.HTML")
        assert answer.stderr == "why.html är skriven.\nagain.HTML är skriven.\n"
        assert answer.exit_code == 0
        assert "30 % är med säkerhet utanför gränsvärdet." in answer.stdout
        page = Path("why.html").read_text("utf-8")
        assert "30 % är med säkerhet utanför gränsvärdet." in page
        assert '<html lang="sv">' in page
        assert Path("again.HTML").read_text("utf-8") == page

    @pytest.mark.parametrize(
        ("target", "said"),
        [
            ("why.json", "-o why.json: filändelsen måste vara någon av .html."),
            ("gone/why.html", "-o gone/why.html: det finns ingen sådan mapp att skriva till."),
        ],
    )
    def test_refuses_in_words(self, target: str, said: str) -> None:
        answer = self.call("-o", target)
        assert answer.exit_code == 2
        assert said in answer.stderr
        assert answer.stdout == ""

    def test_never_writes_over_what_it_reads(self) -> None:
        Path("one.html").write_text("<table>")
        answer = self.call("--file", "one.html", "-o", "one.html")
        assert answer.exit_code == 2
        assert Path("one.html").read_text() == "<table>"
