"""What is known of one substance, and how `kemkoll show` says it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from kemkoll.cli import cli
from kemkoll.lists import load_lists
from kemkoll.structures import draw
from kemkoll.substance import Absent, Description, Substance, describe

ON = "2026-11-22"
DEHP = "CCCCC(CC)COC(=O)c1ccccc1C(=O)OCC(CC)CCCC"
PAGE = Path(__file__).parent.parent / "docs" / "show.md"
COMMANDS = re.findall(r"^\$ (kemkoll show .+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
Describe = Callable[..., Description]


@pytest.fixture(scope="module")
def told(law: Any, registry: Any) -> Describe:
    def ask(text: str, on: str = ON, lists: Any = None) -> Description:
        return describe(text, lists or law, registry, on)

    return ask


def only(description: Description) -> Substance:
    assert len(description.substances) == 1
    return description.substances[0]


def met(substance: Substance) -> dict[tuple[str, str], str]:
    """By what each entry is met."""
    return {
        (str(one.entry["list"]), str(one.entry["entry"])): str(one.evidence["matched_by"])
        for one in substance.listed
    }


def absent(substance: Substance, why: str) -> dict[str, Absent]:
    """The last reason of a kind for each list."""
    return {one.list: one for one in substance.absent if one.why == why}


class TestOneSubstance:
    @pytest.mark.parametrize(
        ("text", "found_by"),
        [
            ("117-81-7", "cas"),
            (" CAS 117-81-7", "cas"),
            ("204-211-0", "ec"),
            ("EG-nr 204-211-0", "ec"),
            ("DEHP", "name"),
            ("bis(2-ethylhexyl) phthalate", "name"),
            ("dietylhexylftalat", "name"),
            (DEHP, "inchikey"),
            ("BJQHLKABXJIVAM-UHFFFAOYSA-N", "inchikey"),
        ],
    )
    def test_dehp_however_it_is_asked_for(self, told: Describe, text: str, found_by: str) -> None:
        one = only(told(text))
        assert (one.cas, one.ec, one.formula, one.found_by) == ("117-81-7", "204-211-0", "C24H38O4", found_by)
        assert round(float(one.mass or 0), 2) == 390.56
        assert "dietylhexylftalat" in one.names["sv"]
        assert "dehp" in [name.lower() for name in one.names["en"]]
        on = met(one)
        assert on["eu-reach-candidate", "dehp"] == on["eu-rohs", "dehp"] == "cas"
        assert on["phthalates", "ortho-phthalate-diesters"] == "cas"

    def test_limits_and_derogations_are_those_of_the_entry(self, told: Describe) -> None:
        one = next(one for one in only(told("117-81-7")).listed if one.about["list"] == "eu-rohs")
        assert [limit["limit"] for limit in one.limits] == ["0.1 %", "0.1 %"]
        assert {limit["entry"] for limit in one.limits} == {"dehp"}
        assert "IV-47" in one.derogations
        assert one.entry["since"] == "2019-07-22"

    def test_what_does_not_apply_yet_is_not_listed_and_says_when(self, told: Describe) -> None:
        one = only(told("117-81-7", on="2019-07-21"))
        assert ("eu-rohs", "dehp") not in met(one)
        said = absent(one, "not_in_force")["eu-rohs"]
        assert (said.since, said.until) == ("2019-07-22", "")

    def test_an_edition_has_what_was_published_by_then(self, told: Describe) -> None:
        early = load_lists(["eu-reach-candidate@2010-01-01"])
        assert met(only(told("80-05-7", lists=early))) == {}
        assert met(only(told("80-05-7", lists=load_lists(["eu-reach-candidate"])))) != {}

    def test_a_terephthalate_is_taken_out_and_another_substance(self, told: Describe) -> None:
        one = only(told("6422-86-2"))
        assert one.listed == []
        assert "not neighbours" in absent(one, "excluded")["phthalates"].said
        assert absent(one, "isomer")["eu-rohs"].said == "117-81-7"
        assert absent(one, "isomer")["eu-reach-candidate"].said == "117-81-7"
        assert absent(one, "same_structure") == {}
        assert only(told("DOTP")).absent == one.absent

    def test_lead_carbonate_is_met_by_its_element_and_not_named(self, told: Describe) -> None:
        one = only(told("blykarbonat"))
        assert met(one)["eu-rohs", "lead"] == "element"
        assert met(one)["eu-reach-restriction", "xvii-63-lead-in-pvc"] == "element"
        near = absent(one, "element")
        assert near["eu-reach-candidate"].said == "Pb"
        assert near["eu-reach-candidate"].count > 10
        assert not near.keys() & {name for name, _entry in met(one)}

    def test_a_hydrate_has_its_water_and_says_who_added_it(self, told: Describe) -> None:
        one = only(told("7791-13-1"))
        assert met(one)["eu-reach-candidate", "cobalt-dichloride"] == "cas"
        assert (one.formula, round(float(one.mass or 0), 2)) == ("CoCl2.6H2O", 237.92)
        assert all(listed.derived for listed in one.listed if listed.about["list"] == "eu-reach-candidate")

    def test_an_entry_that_has_an_ec_number_only(self, told: Describe) -> None:
        one = only(told("405-030-1"))
        assert (one.cas, one.ec, one.mass) == ("", "405-030-1", None)
        assert met(one)["eu-clp-cmr", "007-022-00-x"] == "ec"
        assert one.names["en"][0].startswith("hydrazine bis")

    def test_without_a_formula_no_group_is_ruled_out(self, told: Describe, law: Any) -> None:
        groups = law.groups[(law.groups["rule"] == "pending").to_numpy()]
        pending = [one for one in only(told("405-030-1")).absent if one.why == "pending"]
        assert len(groups) * 0.8 < len(pending) <= len(groups)

    def test_groups_whose_members_have_what_it_lacks_are_ruled_out(self, told: Describe) -> None:
        assert absent(only(told("7732-18-5")), "pending") == {}
        pending = {one.entry["entry"] for one in only(told("117-81-7")).absent if one.why == "pending"}
        assert "organic-antimicrobials-without-nitrogen" in pending
        assert "organic-antimicrobials-with-nitrogen" not in pending

    def test_no_list_is_told_twice_and_none_is_forgotten(self, told: Describe, law: Any) -> None:
        one = only(told("6422-86-2"))
        said = {absent.list for absent in one.absent} | {str(on.about["list"]) for on in one.listed}
        assert sorted([*said, *one.elsewhere]) == sorted(law.lists["list"])


class TestDoubt:
    def test_a_replaced_number_is_its_new_one(self, told: Describe) -> None:
        description = told("27360-89-0")
        assert [one.cas for one in description.substances] == ["80-05-7"]
        assert [row["code"] for row in description.problems] == ["cas-replaced"]

    def test_a_wrong_check_digit_is_nothing_and_may_be_its_repairs(self, told: Describe) -> None:
        description = told("117-81-8")
        assert description.substances == []
        assert ("117-81-7", "dehp") in description.guesses
        assert [row["code"] for row in description.problems] == ["cas-check-digit"]

    def test_a_right_number_beside_a_wrong_one_stays(self, told: Describe) -> None:
        description = told("84-74-2, 117-81-8")
        assert [one.cas for one in description.substances] == ["84-74-2"]
        assert "117-81-7" in dict(description.guesses)

    def test_an_ambiguous_name_gives_all_that_it_means(self, told: Describe) -> None:
        numbers = [one.cas for one in told("steel").substances]
        assert len(numbers) > 1
        assert {"12597-69-2", "12597-68-1"} <= set(numbers)

    def test_a_known_name_goes_before_a_structure(self, told: Describe) -> None:
        assert only(told("PCP")).cas == "87-86-5"
        assert only(told("O")).cas == "7732-18-5"

    @pytest.mark.parametrize(
        "text",
        ["zzqxy", "1", "-", "C((", "999-99-9", "ZZZZZZZZZZZZZZ-UHFFFAOYSA-N", "x" * 9_000, "\x00\x1b[31m"],
    )
    def test_nonsense_is_not_known(self, told: Describe, text: str) -> None:
        assert told(text).substances == []

    def test_near_names_are_proposed(self, told: Describe) -> None:
        description = told("cobalt dichlorid")
        assert description.substances == []
        assert "7646-79-9" in description.problems[0]["suggestion"]


class TestDrawing:
    @pytest.mark.parametrize("smiles", [DEHP, "C(=O)([O-])[O-].[Pb+2]", "[Pb]", "O", "C" * 300])
    def test_is_svg_with_a_title_and_nothing_that_acts(self, smiles: str) -> None:
        text = draw(smiles, 'a <script>alert("1")</script> & b')
        root = ElementTree.fromstring(text)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root[0].text == 'a <script>alert("1")</script> & b'
        names = {element.tag.rpartition("}")[2].lower() for element in root.iter()}
        assert not names & {"script", "image", "use", "foreignobject", "a", "style"}
        attributes = {name.lower() for element in root.iter() for name in element.attrib}
        assert not any(name.startswith("on") or name.endswith("href") for name in attributes)
        assert "path" in names

    def test_what_is_no_structure_is_not_drawn(self) -> None:
        assert [draw(text, "x") for text in ("", "no structure", "C" * 5_000)] == ["", "", ""]

    def test_what_rdkit_cannot_draw_is_not_drawn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from rdkit.Chem.Draw import rdMolDraw2D

        def fail(*_: object, **__: object) -> None:
            raise ValueError

        monkeypatch.setattr(rdMolDraw2D, "PrepareAndDrawMolecule", fail)
        assert draw("CCO", "ethanol") == ""


class TestVerb:
    @pytest.fixture(autouse=True)
    def plain(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registry: Any) -> None:
        for name in ("FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.chdir(tmp_path)

    def show(self, *args: str) -> Result:
        return CliRunner().invoke(cli, ["show", *args, "--on", ON])

    def test_known_in_both_languages(self) -> None:
        english, swedish = (self.show("DOTP", "--language", language) for language in ("en", "sv"))
        assert (english.exit_code, swedish.exit_code) == (0, 0)
        assert "takes it out: its ester groups" in english.stdout
        assert "undantar det" in swedish.stdout
        assert "390.56 g/mol" in english.stdout
        assert "390,56 g/mol" in swedish.stdout
        assert "dioktyltereftalat" in english.stdout

    def test_limits_are_said_with_operator_basis_and_condition(self) -> None:
        page = self.show("lead", "carbonate", "--list", "eu-rohs", "--list", "eu-reach-candidate").stdout
        assert "as a compound of the element (Pb)" in page
        assert "> 0.1 % of the homogeneous material; counted as Pb; from 2017-07-22" in page
        assert "the list applies if it is electrical or electronic equipment" in page
        assert "eu-reach-candidate: does not name it; it names" in page
        assert "eu-reach-restriction" not in page

    def test_the_remark_of_the_list_says_why_it_is_taken_out(self) -> None:
        page = self.show("405-030-1", "--list", "eu-clp-cmr", "--list", "eu-mdr-10-4").stdout
        assert "eu-clp-cmr, eu-mdr-10-4: “salts of hydrazine" in page
        assert "takes it out: specified elsewhere: 007-022-00-X" in page

    @pytest.mark.parametrize("text", ["zzqxy", "117-81-8", "cobalt dichlorid"])
    def test_1_what_is_not_known(self, text: str) -> None:
        assert self.show(text).exit_code == 1

    def test_the_repairs_are_commands(self) -> None:
        page = self.show("117-81-8").stdout
        assert "117-81-7 dehp: kemkoll show 117-81-7" in page
        assert "eu-rohs" not in page

    def test_all_readings_are_shown(self) -> None:
        page = self.show("steel", "--list", "eu-rohs").stdout
        assert "“steel” may mean 3 substances" in page
        assert page.count("Name in Swedish") == 3

    def test_draws_into_a_file(self) -> None:
        answer = self.show("117-81-7", "-o", "dehp.svg")
        assert (answer.exit_code, answer.stderr) == (0, "dehp.svg is written.\n")
        root = ElementTree.fromstring(Path("dehp.svg").read_text(encoding="utf-8"))
        assert root[0].text == "dehp, 117-81-7"

    def test_1_nothing_to_draw(self) -> None:
        answer = self.show("PVC", "-o", "pvc.svg")
        assert answer.exit_code == 1
        assert "no structure is known" in answer.stderr
        assert not Path("pvc.svg").exists()

    @pytest.mark.parametrize(
        "args",
        [
            ["117-81-7, 84-74-2", "-o", "two.svg"],
            ["117-81-7", "-o", "structure.png"],
            ["117-81-7", "-o", "nowhere/structure.svg"],
            ["117-81-7", "--list", "eu-rosh"],
            ["117-81-7", "--list", "eu-rohs@then"],
            [" "],
            [],
        ],
        ids=" ".join,
    )
    def test_2_wrong_usage(self, args: list[str]) -> None:
        answer = self.show(*args)
        assert answer.exit_code == 2
        assert answer.stderr
        assert not [*Path().iterdir()]

    @pytest.mark.parametrize("command", COMMANDS)
    def test_the_documentation_is_real(self, command: str) -> None:
        answer = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert answer.exit_code == 0, answer.output

    def test_what_is_asked_for_steers_no_terminal(self) -> None:
        assert "\x1b" not in self.show("zz\x1b[31mred").stdout
