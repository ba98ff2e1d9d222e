"""Doubt hides nothing: beside a verdict that something is open stands what is certain all the same."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from results import make_result
from rich.console import Console

from kemkoll.declarations import read_declarations
from kemkoll.explanation import explain
from kemkoll.flow import Result, check
from kemkoll.i18n import translator
from kemkoll.lists import load_lists
from kemkoll.outputs import explanation, explanation_html, html, overview, page, rows, table, xlsx
from kemkoll.outputs.words import found_texts

SAID = {"en": ("unknown", "1 listed"), "sv": ("okänt", "1 listat")}
LINES = "Artikelnummer;Ämne;CAS-nr;Halt\nA-1;DINP;28553-12-0;30 %\nA-2;vatten;7732-18-5;30 %\n"


@pytest.fixture(scope="module")
def plasticised(registry: Any, profile: Any, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """An article with 30 % DINP and one without, judged by a list that sets no limit."""
    file: Path = tmp_path_factory.mktemp("doubt") / "slang.csv"
    file.write_text(LINES, encoding="utf-8")
    return check(
        read_declarations([file]),
        load_lists(["phthalates"]),
        profile=profile,
        registry=registry,
        on="2026-11-22",
    )


@pytest.mark.parametrize("language", ["en", "sv"])
class TestWhatIsFoundIsSaid:
    def test_in_the_terminal(self, plasticised: Result, language: str) -> None:
        out = StringIO()
        table.write(plasticised, out, language)
        assert out.getvalue().count(" – ".join(SAID[language]).upper()) == 1

    def test_in_the_overview(self, plasticised: Result, language: str) -> None:
        out = StringIO()
        console = Console(file=out, width=200)
        for part in overview.parts(plasticised, translator(language)):
            console.print(part)
        doubt = SAID[language][0]
        assert f"A-1 {' – '.join(SAID[language])} A-2 {doubt} " in " ".join(out.getvalue().split())
        assert {"en": "Phthalates", "sv": "Ftalater"}[language] in out.getvalue().split("\n")[0]

    def test_on_the_page(self, plasticised: Result, language: str) -> None:
        out = StringIO()
        html.write(plasticised, out, language)
        chip = f'– <span class="verdict listed">{SAID[language][1]}</span>'
        assert out.getvalue().count(chip) == 2  # the overview and the heading of the list

    def test_in_the_workbook(self, plasticised: Result, language: str) -> None:
        out = BytesIO()
        xlsx.write(plasticised, out, language)
        book = openpyxl.load_workbook(BytesIO(out.getvalue()))
        rows_of = list(book.worksheets[1].iter_rows(values_only=True))
        place = rows_of[0].index({"en": "Certain all the same", "sv": "Säkert ändå"}[language])
        assert [(row[0], row[place]) for row in rows_of[1:]] == [("A-1", SAID[language][1]), ("A-2", None)]

    def test_in_an_explanation_which_walks_through_it(self, plasticised: Result, language: str) -> None:
        told = explain(plasticised, 0, "phthalates")
        assert [it.verdict for it in told.walks] == ["listed"]
        said = explanation.list_verdict(told, translator(language))
        assert said.endswith(f": {' – '.join(SAID[language])}")
        out = StringIO()
        explanation_html.write(told, out, language)
        assert f'– <span class="verdict listed">{SAID[language][1]}</span></span></p>' in out.getvalue()


def test_only_doubt_has_something_beside_it() -> None:
    frame = rows.verdicts(make_result())
    beside = frame[[f"also_{level}" for level in rows.BEHIND_DOUBT]].sum(axis=1)
    assert not beside[~frame["verdict"].isin(rows.DOUBT)].any()


def test_both_kinds_are_counted() -> None:
    said = [text for _level, text in found_texts({"listed": 2, "exempt": 1}, translator("sv"))]
    assert said == ["2 listade", "1 undantag i lag"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Ftalater"),
        ({"short_sv": ""}, "Phthalates"),
        ({"short_sv": "", "short_en": ""}, "phthalates"),
        ({"short_sv": "", "short_en": "", "title_sv": "Regionens ftalater"}, "Regionens ftalater"),
    ],
)
def test_a_list_without_a_short_title_has_its_own_or_its_id(
    plasticised: Result, changes: dict[str, str], expected: str
) -> None:
    law = plasticised.law
    changed = make_result(law=type(law)(lists=law.lists.assign(**changes)))
    assert page.short_titles(changed, translator("sv")) == {"phthalates": expected}
