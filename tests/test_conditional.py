"""Findings that wait for one fact are told together, and none of them is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import text_of, tree
from test_explain import one
from test_explain_html import MANY

from kemkoll.flow import Result
from kemkoll.outputs import render
from kemkoll.outputs.conditional import MANY as ENOUGH
from kemkoll.outputs.conditional import together

QUESTION = "It is not known whether it is a toy or childcare article; 5 findings depend on it."
TOYS = [
    "Benzene",
    "DEHP, DBP, BBP and DIBP",
    "DINP, DIDP and DNOP",
    "Lead and its compounds in articles that children can put in the mouth",
    "Lead and its compounds in PVC",
]
waiting = st.lists(st.sets(st.sampled_from("abcde")).map(sorted), max_size=30)


@given(waiting)
def test_every_finding_is_told_once_and_the_worst_first(waits: list[list[str]]) -> None:
    groups = together(range(len(waits)), lambda number: waits[number])
    told = [number for _fact, group in groups for number in group]
    assert sorted(told) == list(range(len(waits)))
    firsts = [group[0] for _fact, group in groups]
    assert firsts == sorted(firsts)
    assert all(group == sorted(group) for _fact, group in groups)


@given(waiting)
def test_what_is_told_together_waits_for_the_same_fact(waits: list[list[str]]) -> None:
    groups = together(range(len(waits)), lambda number: waits[number])
    for fact, group in groups:
        if fact:
            assert len(group) >= ENOUGH
            assert all(fact in waits[number] for number in group)
        else:
            assert len(group) == 1
    alone = [number for fact, group in groups if not fact for number in group]
    assert all(sum(fact in waits[number] for number in alone) < ENOUGH for fact in "abcde")


@pytest.fixture(scope="module")
def result(registry: Any, law: Any, profile: Any) -> Result:
    return one(registry, law, profile, "eu-reach-restriction", lines=MANY)


class TestTerminal:
    @pytest.fixture(autouse=True)
    def _wide(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "600")

    def test_names_what_waits_for_a_fact_and_says_how_to_settle_it(self, result: Result) -> None:
        said = render(result, "table", "en")
        assert said.count(QUESTION) == 1
        assert "To settle it: toy_or_childcare=yes or toy_or_childcare=no in the column “conditions”" in said
        assert "It applies if it is a toy" not in said
        assert all(f"{name}: " in said for name in TOYS)
        assert said.index("Asbestos fibres") < said.index(QUESTION)  # above the limit before to be reviewed

    def test_all_lines_tell_each_alone(self, result: Result) -> None:
        said = render(result, "table", "en", all_lines=True)
        assert QUESTION not in said
        assert said.count("It applies if ") >= len(TOYS)

    def test_a_known_fact_is_not_asked_for(self, registry: Any, law: Any, profile: Any) -> None:
        facts = [{"facts": {"toy_or_childcare": True}}]
        known = one(registry, law, profile, "eu-reach-restriction", lines=MANY, articles=facts)
        assert QUESTION not in render(known, "table", "en")


def test_the_page_folds_every_finding_under_the_question(result: Result) -> None:
    page = tree(render(result, "html", "en"))
    (group,) = [part for part in page.iter("div") if part.get("class") == "waiting"]
    details = group.find("details")
    assert QUESTION in text_of(group)
    assert details.get("open") is None
    findings = [part for part in details.iter("div") if part.get("class") == "finding"]
    told = {text_of(part.find("h5")) for part in findings}
    assert len(findings) == len(TOYS)
    assert told == {f"{name} to be reviewed" for name in TOYS}
    assert all("Reference" in text_of(part) for part in findings)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_not_grouped(form: str, result: Result) -> None:
    said = render(result, form, "en")
    assert "not known whether" not in said
    assert said.count("condition-unknown") >= len(TOYS)
