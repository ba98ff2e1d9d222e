"""What an answer about an older edition leaves open, and what an answer about that makes of both."""

from __future__ import annotations

from typing import Any

import pytest

from kemkoll.assortment.asking.answered import NOTHING, Last
from kemkoll.assortment.asking.answers import Row, rows_for
from kemkoll.assortment.asking.delta import ADDED, CHANGED, asked_law, asked_since, fits
from kemkoll.assortment.asking.planning import Question
from kemkoll.lists import load_lists
from kemkoll.tables import Answer

ON = "2026-11-22"
CANDIDATE = "eu-reach-candidate"


@pytest.fixture(scope="module")
def question() -> Question:
    return Question(CANDIDATE, ON)


class TestAskedSince:
    def test_exactly_the_entries_added_since_an_edition(self, question: Question) -> None:
        before = set(load_lists([f"{CANDIDATE}@2025-01-21"]).entries["entry"])
        now = set(load_lists([CANDIDATE]).entries["entry"])
        asked = question.since("2025-01-21")
        assert sorted(asked["entry"]) == sorted(now - before)
        assert set(asked["change"]) == {ADDED}

    def test_the_two_of_february_2026(self, question: Question) -> None:
        asked = question.since("2025-11-05")
        assert asked["cas"].tolist()[1] == "110-54-3"
        assert asked["entry"].tolist() == ["bpaf-and-salts", "n-hexane"]
        assert all(asked["reason"] != "")

    def test_nothing_since_the_edition_itself_and_everything_where_nothing_was_answered(
        self, question: Question
    ) -> None:
        assert question.since(question.edition).empty
        assert question.size == 253

    def test_only_up_to_the_edition_that_is_asked_about(self) -> None:
        older = Question(f"{CANDIDATE}@2025-06-25", ON)
        assert set(older.since("2025-01-21")["published"]) == {"2025-06-25"}

    def test_a_limit_that_began_to_bind_since_is_asked_about_anew(self) -> None:
        law = asked_law("eu-rohs", "", ON)
        asked = asked_since(law, "2005-01-01", ON).set_index("entry")["change"]
        assert asked["dehp"] == ADDED
        assert asked["lead"] == CHANGED

    def test_the_editions_of_a_list_ask_less_and_less(self, question: Question) -> None:
        editions = sorted(set(load_lists([CANDIDATE]).entries["published"]))
        counts = [len(question.since(edition)) for edition in editions]
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] == 0

    def test_an_answer_about_whole_components_does_not_do_for_materials(self, question: Question) -> None:
        assert fits(asked_law(CANDIDATE, "", ON), "component", ON)
        rohs = Question("eu-rohs", ON)
        coarse = Last("2020-01-01", none=True, basis="component")
        assert rohs.base(coarse) == NOTHING
        assert question.base(coarse) == coarse


class TestRowsFor:
    NONE = Last("2025-01-21", none=True)
    CONTAINS = Last("2025-01-21", contains=True)

    def said(self, question: Question, last: Last, answer: Answer) -> list[tuple[Any, ...]]:
        made = rows_for("B-1", question, last, answer)
        assert {(row.number, row.list) for row in made} == {("B-1", CANDIDATE)}
        return [(row.answer.value, row.edition) for row in made]

    def test_none_after_none_is_none_of_all(self, question: Question) -> None:
        assert self.said(question, self.NONE, Answer.none_above_limit) == [
            ("none_above_limit", question.edition)
        ]

    def test_none_of_the_new_ones_takes_nothing_back_that_was_there(self, question: Question) -> None:
        assert self.said(question, self.CONTAINS, Answer.none_above_limit) == [("contains", question.edition)]

    def test_not_known_leaves_what_was_known(self, question: Question) -> None:
        assert self.said(question, self.NONE, Answer.do_not_know) == [
            ("do_not_know", question.edition),
            ("none_above_limit", "2025-01-21"),
        ]
        assert self.said(question, self.CONTAINS, Answer.do_not_know) == [
            ("do_not_know", question.edition),
            ("contains", "2025-01-21"),
        ]

    def test_the_first_answer_is_about_the_whole_list(self, question: Question) -> None:
        for answer in Answer:
            assert self.said(question, NOTHING, answer) == [(answer.value, question.edition)]

    def test_the_basis_of_the_earlier_answer_stays(self, question: Question) -> None:
        last = Last("2025-01-21", none=True, basis="component")
        made = rows_for("B-1", question, last, Answer.none_above_limit)
        assert made == [Row("B-1", CANDIDATE, question.edition, Answer.none_above_limit, "component")]
