"""Waivers: none without ground, decision and end, none of the law; visible while they hold, and after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from stores import AT, where  # noqa: F401 - a fixture
from waiving import DINP, ON, Buyer, call

from kemkoll.assortment.exports import batch_table
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope as Articles
from kemkoll.assortment.scope import rows_in
from kemkoll.assortment.waived import expand, of_profile
from kemkoll.assortment.waivers import expiring
from kemkoll.cli import cli
from kemkoll.registry import Registry
from kemkoll.store import kept
from kemkoll.store.models import Waiver
from kemkoll.tables import Verdict

ABOVE = int(Verdict.above_limit)
FIELDS = {
    "list": "phthalates", "ground": "no other fits", "purpose": "neonatal", "decision": "2026-113",
    "decider": "Board", "until": "2027-06-30",
}  # fmt: skip


def options(**changes: str) -> list[str]:
    return [
        part
        for name, value in (FIELDS | changes).items()
        if value
        for part in (f"--{name.replace('_', '-')}", value)
    ]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def buyer(where: str, tmp_path: Path, registry: Any) -> Buyer:  # noqa: F811
    made = Buyer(where, tmp_path, registry)
    made.declare(f"A-1;Slang AB;slang;{DINP};30 %\nA-2;Slang AB;slang;{DINP};20 %\n")
    made.declare("B-1;Lod AB;lod;Bly;7439-92-1;37 %\n", "solder.csv")
    made.under(K1=["A-1", "A-2"], K2=["A-1", "B-1"])
    return made


def waive(buyer: Buyer, *args: str, on: str = ON) -> Any:
    return call(buyer.where, "waive", *args, "--on", on)


class TestS5:
    def test_nothing_is_saved_without_its_fields_and_all_are_named_at_once(self, buyer: Buyer) -> None:
        answer = waive(buyer, "--list", "phthalates")
        assert answer.exit_code == 2
        for name in ("article", "ground", "purpose", "decision", "decider", "until"):
            assert name in answer.stderr
        with buyer.store.reading() as known:
            assert not len(kept.every(known, Waiver))
        assert "waiver granted" not in set(buyer.log()["action"])

    @pytest.mark.parametrize("name", ["ground", "purpose", "decision", "decider", "until", "list"])
    def test_each_field_is_mandatory(self, buyer: Buyer, name: str) -> None:
        answer = waive(buyer, "A-1", *options(**{name: ""}))
        assert (answer.exit_code, f"missing: {name}" in answer.stderr) == (2, True)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"until": "soon"}, "write the day “soon” as 2026-11-22"),
            ({"until": "2026-01-01"}, "2026-01-01 has passed"),
            ({"phase_out": "find another"}, "needs its last day and an owner"),
            ({"phase_out_until": "2027-01-01"}, "needs the duty"),
            ({"category": "A"}, "one article, one category or one contract"),
            ({"entry": "none-such"}, "has no entry “none-such”"),
        ],
    )
    def test_what_cannot_be_is_refused(self, buyer: Buyer, changes: dict[str, str], said: str) -> None:
        answer = waive(buyer, "A-1", *options(**changes))
        assert answer.exit_code == 2
        assert said in answer.stderr

    def test_a_conflict_is_shown_and_can_be_replaced(self, buyer: Buyer) -> None:
        assert waive(buyer, "A-1", *options()).exit_code == 0
        answer = waive(buyer, "A-1", *options(decision="2026-200", entry="ortho-phthalate-diesters"))
        assert answer.exit_code == 2
        assert "waiver 1" in answer.stderr
        assert "2026-113 of Board, until 2027-06-30" in answer.stderr
        assert "2026-200 of Board" in answer.stderr
        assert waive(buyer, "A-2", *options()).exit_code == 0
        later = waive(buyer, "A-1", *options(until="2028-06-30"), on="2027-07-01")
        assert later.exit_code == 0, later.output
        replaced = waive(buyer, "A-1", *options(decision="2026-200"), "--replace")
        assert "It takes the place of: 1." in replaced.stdout
        about = json.loads(buyer.log()["about"].iloc[-1])
        assert about["replaced"] == [1]

    def test_90_and_30_days_before_and_after_the_end(self, buyer: Buyer) -> None:
        duty = {"phase_out": "try two others", "phase_out_until": "2027-03-01", "owner": "Eva"}
        waive(buyer, "A-1", *options(**duty))
        for on, left, shown in (
            ("2027-03-31", 91, "91 days left"),
            ("2027-04-01", 90, "90 days left (within 90 days)"),
            ("2027-05-31", 30, "30 days left (within 30 days)"),
            ("2027-06-30", 0, "0 days left (within 30 days)"),
            ("2027-07-01", -1, "has lapsed"),
        ):
            with buyer.store.reading() as known:
                soon = expiring(known, on)
            there = [len(part) for part in (soon.within_90, soon.within_30, soon.expired)]
            assert there == [int(30 < left <= 90), int(0 <= left <= 30), int(left < 0)]
            answer = waive(buyer, "--show", on=on)
            assert shown in answer.stdout
            for said in ("A-1", "Eva", "try two others, 2027-03-01", "2026-113, Board", "neonatal"):
                assert said in answer.stdout

    def test_after_its_end_the_next_batch_finds_the_deviation(self, buyer: Buyer) -> None:
        before = buyer.batch()
        assert buyer.verdicts(before)["A-1", "phthalates"] == (ABOVE, "above", False)
        waive(buyer, "A-1", *options())
        during = buyer.batch()
        assert buyer.verdicts(during)["A-1", "phthalates"] == (ABOVE, "above", True)
        assert buyer.verdicts(buyer.batch("2027-06-30"))["A-1", "phthalates"] == (ABOVE, "above", True)
        assert buyer.verdicts(buyer.batch("2027-07-01"))["A-1", "phthalates"] == (ABOVE, "above", False)
        assert buyer.verdicts(before)["A-1", "phthalates"] == (ABOVE, "above", False)


class TestWhatIsWaived:
    def test_is_no_open_deviation_and_stays_visible(self, buyer: Buyer) -> None:
        assert buyer.outcomes(buyer.batch()) == {"deviation": 3, "articles": 3}
        waive(buyer, "A-1", *options())
        made = buyer.batch()
        assert buyer.outcomes(made)["deviation"] == 2
        found = buyer.findings(made)
        own = found[(found["number"] == "A-1") & (found["verdict"] == ABOVE)]
        assert set(own["waived"]) == {"2026-113"}
        answer = call(buyer.where, "batch", "--show", str(made))
        assert "that the buyer has accepted for a time" in answer.stdout

    def test_leaves_every_other_article_as_it_was(self, buyer: Buyer) -> None:
        before = buyer.verdicts(buyer.batch())
        waive(buyer, "A-1", *options())
        after = buyer.verdicts(buyer.batch())
        assert {key for key in before if before[key] != after[key]} == {("A-1", "phthalates")}

    def test_by_contract_only_under_that_contract(self, buyer: Buyer) -> None:
        waive(buyer, "--contract", "K1", *options())
        number = buyer.batch()
        found = buyer.findings(number)
        above = found[(found["verdict"] == ABOVE) & (found["list"] == "phthalates")]
        waived = {(row.contract, row.number): row.waived for row in above.itertuples()}
        assert waived == {(1, "A-1"): "2026-113", (1, "A-2"): "2026-113", (2, "A-1"): ""}
        again = call(buyer.where, "batch", "--again", str(number))
        assert again.exit_code == 0, again.output

    def test_by_category_with_those_below_it(self, buyer: Buyer) -> None:
        from kemkoll.store.models import Article

        with buyer.store.writing("edit", by="A", at=AT) as change:
            rows = kept.frame(change, Article)
            own = {"A-1": "A.1", "A-2": "A", "B-1": "B"}
            kept.put(
                change,
                Article,
                ["article"],
                [{"article": row.article, "category": own[row.number]} for row in rows.itertuples()],
            )
        waive(buyer, "--category", "A", *options())
        told = buyer.verdicts(buyer.batch())
        assert told["A-1", "phthalates"][2]
        assert told["A-2", "phthalates"][2]
        waive(buyer, "--withdraw", "1", "--motive", "not needed")
        waive(buyer, "--category", "A.1", *options())
        told = buyer.verdicts(buyer.batch())
        assert told["A-1", "phthalates"][2]
        assert not told["A-2", "phthalates"][2]

    def test_is_a_deviation_again_when_withdrawn(self, buyer: Buyer) -> None:
        waive(buyer, "A-1", *options())
        assert "say why" in waive(buyer, "--withdraw", "1").stderr
        assert waive(buyer, "--withdraw", "7", "--motive", "x").exit_code == 2
        assert waive(buyer, "--withdraw", "1", "--motive", "another fits").exit_code == 0
        assert not buyer.verdicts(buyer.batch())["A-1", "phthalates"][2]
        assert waive(buyer, "--show").stdout.strip() == "There are no waivers."
        log = buyer.log()
        assert [it for it in log["action"] if "waiver" in it] == ["waiver granted", "waiver withdrawn"]
        granted = json.loads(log["about"][log["action"] == "waiver granted"].iloc[0])
        assert granted.items() >= {**FIELDS, "article": "A-1", "waiver": 1}.items()


class TestTheLaw:
    @pytest.mark.parametrize(
        ("article", "changes"),
        [
            ("B-1", {"list": "eu-rohs"}),
            ("B-1", {"list": "eu-rohs", "entry": "lead"}),
            ("A-1", {"list": "eu-reach-candidate"}),
            ("A-1", {"list": "eu-reach-candidate", "entry": "dehp"}),
        ],
    )
    def test_cannot_be_waived(self, buyer: Buyer, article: str, changes: dict[str, str]) -> None:
        answer = waive(buyer, article, *options(**changes))
        assert answer.exit_code == 2
        assert "is a statutory duty, which no buyer can waive" in answer.stderr
        with buyer.store.reading() as known:
            assert not len(kept.every(known, Waiver))

    def test_a_contract_limit_beside_it_can_and_the_law_still_binds(
        self, buyer: Buyer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stricter = """
id = "strict"
lists = ["eu-rohs"]
[facts]
electrical_equipment = true
[[requirements]]
list = "eu-rohs"
entry = "lead"
limit = "0.01 %"
operator = ">"
basis = "homogeneous_material"
measure = "element"
reference = "2026-17"
element = "Pb"
"""
        del monkeypatch
        stricter = stricter.replace('element = "Pb"\n', "").replace('measure = "element"\n', "")
        (buyer.folder / "lead.toml").write_text(stricter, encoding="utf-8")
        from kemkoll.store.models import ProfileText

        with buyer.store.writing("profile", by="A", at=AT) as change:
            text = {"name": "strict", "imported": True, "digest": "1", "text": stricter}
            kept.add(change, ProfileText, [text])
        buyer.declare("C-1;Lod AB;lod;Bly;7439-92-1;0,05 %\n", "little.csv")
        assert "statutory" in waive(buyer, "C-1", *options(list="eu-rohs")).stderr
        answer = waive(buyer, "C-1", *options(list="eu-rohs"), "--profile", "strict")
        assert answer.exit_code == 0, answer.output
        assert "they still bind" in answer.stdout
        told = waive(buyer, "B-1", *options(list="eu-rohs"), "--profile", "strict")
        assert told.exit_code == 0
        made = buyer.verdicts(buyer.batch(asked=Asked(profile="strict")))
        assert made["C-1", "eu-rohs"] == (ABOVE, "above", True)
        assert made["B-1", "eu-rohs"] == (ABOVE, "above", False)


def test_a_waiver_hides_nothing_else_of_the_same_list(where: str, tmp_path: Path, registry: Any) -> None:  # noqa: F811
    """What is waived counts as waived only where nothing else of that list is open; its own number stays."""
    buyer = Buyer(where, tmp_path, registry)
    tube = "{};Slang AB;slang;Dioktylftalat;117-84-0;30,00 %\n"
    rest = "{};Slang AB;slang;Kalciumkarbonat;471-34-1;{}\n"
    doubt = "C-3;Slang AB;slang;Dibutylftalat;;1,00 %\n"
    buyer.declare(tube.format("C-1") + rest.format("C-1", "70,00 %"), "whole.csv")
    buyer.declare(tube.format("C-2"), "silent.csv")
    buyer.declare(tube.format("C-3") + rest.format("C-3", "69,00 %") + doubt, "doubtful.csv")
    buyer.under(K1=["C-1", "C-2", "C-3"])
    assert waive(buyer, "--contract", "K1", *options(entry="ortho-phthalate-diesters")).exit_code == 0
    asked = Asked(lists=("phthalates",))
    batch = buyer.batch(asked=asked)
    assert {waived for _, _, waived in buyer.verdicts(batch).values()} == {True}
    assert buyer.outcomes(batch) == {"waived": 1, "unknown": 1, "review": 1, "articles": 3, "with_waiver": 3}
    shown = call(where, "batch", "--show", str(batch))
    assert shown.exit_code == 0, shown.output
    assert "of these with a waiver" in shown.stdout
    status = CliRunner().invoke(cli, ["status", "--on", ON, "--store", where])
    assert "of these with a waiver" in status.stdout
    for level, code in (("unknown", 1), ("review", 1), ("above_limit", 0)):
        assert call(where, "batch", "--show", str(batch), "--fail-on", level).exit_code == code
    with buyer.store.reading() as known:
        told = batch_table(known, batch, Registry.open())
    told = told[told["kind"] == "verdict"]
    assert dict(zip(told["article"], told["outcome"], strict=True)) == {
        "C-1": "waived", "C-2": "unknown", "C-3": "review",
    }  # fmt: skip


def test_one_number_of_two_suppliers_needs_the_supplier(buyer: Buyer) -> None:
    buyer.declare(f"A-1;Annan AB;slang;{DINP};30 %\n", "other.csv")
    assert "--supplier" in waive(buyer, "A-1", *options(), "--profile", "krav").stderr
    assert waive(buyer, "A-1", "--supplier", "Annan AB", *options(), "--profile", "krav").exit_code == 0
    found = buyer.findings(buyer.batch(asked=Asked(profile="krav")))
    above = found[(found["number"] == "A-1") & (found["verdict"] == ABOVE)]
    assert above.groupby("article")["waived"].agg(set).map(sorted).tolist() == [[""], ["2026-113"]]


def test_a_profile_waives_by_category() -> None:
    class Of:
        category, list, entry, ground = "A", "pvc", "", "no other"
        decision, decider, until = "D", "Board", "2027-12-31"

    rows = pd.DataFrame(
        {"article": [5, 5, 8], "contract_number": ["K", "L", "K"], "category": ["A.1", "A.1", "B"]}
    )
    tree = pd.DataFrame({"code": ["A", "A.1"], "parent": ["A.1", "A"]})  # a circle ends
    made = expand(of_profile([Of()]), rows, tree)
    assert made[["article", "list", "decision"]].to_dict("records") == [
        {"article": 0, "list": "pvc", "decision": "D"}
    ]


def test_an_article_outside_the_assortment_is_refused(buyer: Buyer) -> None:
    from kemkoll.store.models import Article

    with buyer.store.writing("edit", by="A", at=AT) as change:
        kept.put(change, Article, ["article"], [{"article": buyer.article("A-2"), "until": "2026-01-01"}])
    assert "is not in the assortment" in waive(buyer, "A-2", *options()).stderr
    with buyer.store.reading() as known:
        assert not len(rows_in(known, Articles(article="A-2"), ON))
