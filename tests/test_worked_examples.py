"""The documentation's worked examples: every code and verdict has one, and kemkoll says what it claims."""

from __future__ import annotations

import outcomes
import pytest
import worked
from documentation import DOCS, sections

from kemkoll.codes import PROBLEMS, REASONS
from kemkoll.tables import Verdict

PAGES = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("problems.md", "verdicts.md")}
ALL = [
    pytest.param(name, example, id=f"{name}-{example.code}")
    for name, text in PAGES.items()
    for example in worked.find_examples(text)
]


@pytest.fixture(autouse=True)
def _the_tests_own_registry(registry: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry that all tests share, and no lists of the user's."""
    monkeypatch.setattr(outcomes, "_registry", lambda: registry)


@pytest.mark.parametrize(
    ("page", "heading", "code"),
    [
        *(("problems.md", code, code) for code in PROBLEMS),
        *(("verdicts.md", code, code) for code in REASONS),
        *(("verdicts.md", f"Verdict: `{verdict.name}`", verdict.name) for verdict in Verdict),
    ],
)
def test_every_code_has_an_example_in_its_section_and_a_remedy(page: str, heading: str, code: str) -> None:
    section = dict(sections(page))[heading]
    assert [example.code for example in worked.find_examples(section)] == [code]
    assert "\nWhat to do: " in section


@pytest.mark.parametrize("page", PAGES)
def test_no_example_is_overlooked(page: str) -> None:
    assert PAGES[page].count("{worked-example}") == len(worked.find_examples(PAGES[page])) > 0


@pytest.mark.parametrize(("page", "example"), ALL)
def test_the_example_gives_its_code(page: str, example: worked.Example) -> None:
    assert outcomes.check_example(example) == ""
    problem = page == "problems.md"
    said = outcomes.problems if problem else outcomes.verdicts
    english, swedish = said(example, "en"), said(example, "sv")
    assert english
    codes = ("code",) if problem else ("article", "verdict", "reason")
    for own, other in zip(english, swedish, strict=True):
        assert [getattr(own, name) for name in codes] == [getattr(other, name) for name in codes]
        assert own != other


TABLE = "Artikelnummer;Ämne;CAS-nr;Halt\nA-1;DEHP;117-81-8;30 %\n"


@pytest.mark.parametrize(
    ("code", "options", "body"),
    [
        ("cas-check-digit", {"place": "row 3, column CAS-nr"}, TABLE),
        ("cas-check-digit", {"place": "row 2, column CAS-nr"}, TABLE.replace("117-81-8", "117-81-7")),
        ("cas-check-digit", {}, TABLE),
        ("cas-is-date", {"place": "row 2, column CAS-nr"}, TABLE),
        ("above", {"options": "--list eu-reach-candidate", "verdict": "above_limit"}, TABLE),
        ("number-repaired", {"options": "--list eu-reach-candidate", "verdict": "above_limit"}, TABLE),
        ("number-repaired", {"options": "--list eu-reach-candidate"}, TABLE),
        ("not_listed", {"options": "--list eu-reach-candidate"}, TABLE),
    ],
)
def test_an_example_that_gives_something_else_is_found(code: str, options: dict[str, str], body: str) -> None:
    assert code in outcomes.check_example(worked.make_example(code, options, body))


def test_an_option_that_means_nothing_is_found() -> None:
    with pytest.raises(ValueError, match="verdikt"):
        worked.make_example("above", {"verdikt": "review"}, TABLE)
