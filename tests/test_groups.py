"""Groups by structure, from the declaration to the page: met, cleared, in doubt, explained."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from conftest import declare
from documents import ON

from kemkoll.explanation import explain
from kemkoll.flow import Result, check
from kemkoll.lists import load_lists
from kemkoll.outputs import explanation, explanation_html
from kemkoll.tables import Verdict

UNLISTED_PHTHALATE = "CCCCOC(=O)c1ccccc1C(=O)OCCCCC"
PERFLUORINATED = "OCC" + "C(F)(F)" * 8 + "F"
"""8:2 fluorotelomer alcohol."""
COPPER, PET = "7440-50-8", "25038-59-9"


@pytest.fixture(scope="module")
def judge(registry: Any, profile: Any) -> Any:
    """The result of lines of one component, by one list."""

    def judged(list_: str, *lines: dict[str, str], **more: Any) -> Result:
        lists = load_lists([list_])
        cells = [{"component": "tube", "basis": "component", "amount": "1 %", **line} for line in lines]
        return check(declare(lines=cells), lists, profile=profile, registry=registry, on=ON, **more)

    return judged


def found(result: Result) -> dict[str, tuple[str, str]]:
    """Verdict and route of each finding, by entry."""
    rows = result.findings.to_dict("records")
    return {str(row["entry"]): (Verdict(row["verdict"]).name, str(row["matched_by"])) for row in rows}


def verdict(result: Result) -> tuple[str, str]:
    row = result.verdicts.iloc[0]
    return Verdict(row["verdict"]).name, str(row["reason"])


class TestMet:
    def test_a_structure_that_no_list_numbers(self, judge: Any) -> None:
        result = judge("phthalates", {"smiles": UNLISTED_PHTHALATE})
        assert found(result)["ortho-phthalate-diesters"] == ("listed", "group")

    def test_its_inchi_is_the_same(self, judge: Any) -> None:
        from rdkit import Chem

        inchi = Chem.MolToInchi(Chem.MolFromSmiles(UNLISTED_PHTHALATE))
        result = judge("phthalates", {"smiles": inchi})
        assert found(result)["ortho-phthalate-diesters"] == ("listed", "group")

    def test_the_law_of_related_substances_convicts(self, judge: Any) -> None:
        no_device = {"medical_device": False}
        result = judge("eu-pops", {"smiles": PERFLUORINATED}, conditions=no_device)
        assert found(result)["pfoa-related"] == ("above_limit", "group")

    def test_a_number_goes_before_a_rule(self, judge: Any) -> None:
        assert found(judge("phthalates", {"cas": "117-81-7"}))["ortho-phthalate-diesters"] == (
            "listed",
            "cas",
        )

    def test_a_name_alone_is_never_certain(self, judge: Any) -> None:
        met = found(judge("eu-pops", {"name": "2-(perfluorooctyl)ethanol"}))
        assert {outcome for outcome, _ in met.values()} <= {"review"}

    def test_what_the_words_leave_open_is_for_a_person(self, judge: Any) -> None:
        result = judge("eu-pops", {"smiles": "CCCCCCCCCCCCl"})
        assert found(result)["sccp"][0] == "review"
        assert result.findings["reason"].tolist() == ["group-in-doubt"]

    def test_what_a_list_takes_out_by_number_no_rule_takes_in(self, judge: Any) -> None:
        assert "ortho-phthalate-diesters" not in found(judge("phthalates", {"cas": "6422-86-2"}))


class TestCleared:
    def test_what_has_a_structure_is_in_a_group_or_not(self, judge: Any) -> None:
        result = judge(
            "pfas", {"cas": "64-17-5", "amount": "60.0000 %"}, {"cas": COPPER, "amount": "40.0000 %"}
        )
        assert verdict(result) == ("not_listed", "all-disclosed")

    @pytest.mark.parametrize(
        ("cells", "why"),
        [
            ({"cas": PET}, "structure-unknown"),
            ({"smiles": "*CCOC(=O)c1ccccc1C(=O)O*"}, "structure-unknown"),
            ({"smiles": "ZZZZZZZZZZZZZZ-UHFFFAOYSA-N"}, "formula-unknown"),
        ],
        ids=["a polymer", "open places", "a key alone"],
    )
    def test_what_nobody_can_look_at_is_not(self, judge: Any, cells: dict[str, str], why: str) -> None:
        result = judge("phthalates", {**cells, "amount": "100.0000 %"})
        assert verdict(result) == ("unknown", why)

    def test_what_lacks_the_atoms_of_every_member_is(self, judge: Any) -> None:
        polyethylene = {"cas": "9002-88-4", "amount": "100.0000 %"}
        assert verdict(judge("phthalates", polyethylene)) == ("not_listed", "all-disclosed")


class TestExplained:
    @pytest.fixture(scope="class")
    def told(self, judge: Any) -> Any:
        result = judge("phthalates", {"name": "softener", "smiles": UNLISTED_PHTHALATE})
        return explain(result, 0, "phthalates")

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", ["by the group's rule", "these of its atoms: ", "in the words of the law: diesters of"]),
            ("sv", ["enligt gruppens regel", "dessa av ämnets atomer: ", "Vad en struktur inte kan visa: "]),
        ],
    )
    def test_rule_words_and_atoms_are_named(self, told: Any, language: str, said: list[str]) -> None:
        page = StringIO()
        explanation.write(told, page, language)
        text = " ".join(page.getvalue().split())
        for part in said:
            assert part in text

    def test_the_atoms_are_marked_in_the_drawing(self, told: Any) -> None:
        page = StringIO()
        explanation_html.write(told, page, "en")
        assert page.getvalue().count('class="matched"') >= 12
        assert "marked: the atoms by which it belongs to the group" in page.getvalue()

    def test_without_a_rule_nothing_is_marked(self, judge: Any) -> None:
        page = StringIO()
        explanation_html.write(explain(judge("eu-rohs", {"cas": "117-81-7"}), 0, "eu-rohs"), page, "en")
        assert 'class="matched"' not in page.getvalue()
