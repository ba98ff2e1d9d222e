"""The review queue: what a person sees and decides; a decision is kept, shown, and never silent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import declare
from stores import AT, where  # noqa: F401 - a fixture
from waiving import DINP, ON, PROFILE, Buyer, call

from kemkoll.assortment import review
from kemkoll.assortment.cases import candidates
from kemkoll.identity import identify
from kemkoll.store import declared, kept
from kemkoll.store.models import Decision, ProfileText
from kemkoll.tables import Verdict

REVIEW, BELOW, ABOVE = int(Verdict.review), int(Verdict.below_limit), int(Verdict.above_limit)
TEREPHTHALATE = "DEHT;6422-86-2"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def buyer(where: str, tmp_path: Path, registry: Any, monkeypatch: pytest.MonkeyPatch) -> Buyer:  # noqa: F811
    """Doubts of every kind: a share that straddles, and a name alone, and lead beside the law's limit."""
    monkeypatch.setattr("kemkoll.registry.Registry.open", lambda: registry)
    made = Buyer(where, tmp_path, registry)
    made.declare(
        f"A-1;Slang AB;slang;{DINP};<0,5 %\n"
        "A-2;Slang AB;slang;Diisononylftalat;;1 %\n"
        "A-3;Slang AB;slang;Diisononylftalat;;1 %\n"
        f"A-4;Slang AB;slang;{DINP};30 %\n"
    )
    made.declare("B-1;Lod AB;lod;Bly;7439-92-1;<0,5 %\n", "solder.csv")
    made.under(K1=["A-1", "A-2", "A-3", "A-4", "B-1"])
    return made


def queue(buyer: Buyer, batch: int) -> Any:
    with buyer.store.reading() as known:
        return review.queue(known, batch)


def entry_of(buyer: Buyer, batch: int, case: str) -> str:
    """The case's id, for an article and list."""
    made = queue(buyer, batch)
    return str(made["case"][made["case"].str.startswith(case)].iloc[0])


def decide(buyer: Buyer, case: str, verdict: str = "below_limit", *args: str) -> Any:
    motive = ("--motive", "analysis 2026-17 shows 0.01 %")
    return call(buyer.where, "review", case, "--verdict", verdict, *motive, *args)


class TestS3:
    def test_a_decision_holds_under_the_limit_that_it_was_made_on_and_no_other(self, buyer: Buyer) -> None:
        """“A laboratory found 0.08 %” settles a limit of 0.1 %, and says nothing of one of 0.06 %."""
        before = buyer.batch()
        case = entry_of(buyer, before, "A-1/phthalates")
        assert decide(buyer, case).exit_code == 0
        assert buyer.verdicts(buyer.batch())["A-1", "phthalates"][0] < REVIEW
        with buyer.store.writing("profile", by="A", at=AT) as change:
            stricter = PROFILE.replace('"0.1 %"', '"0.06 %"')
            text = {"name": "krav", "imported": True, "digest": "1", "text": stricter}
            kept.add(change, ProfileText, [text])
        after = buyer.batch()
        assert buyer.verdicts(after)["A-1", "phthalates"][0] == REVIEW
        waiting = queue(buyer, after).set_index("case")
        assert waiting.loc[case, "decision"] == ""

    def test_the_law_goes_before_the_contract_and_certain_before_named(self, buyer: Buyer) -> None:
        made = queue(buyer, buyer.batch())
        grave = made[made["list"].isin(["eu-rohs", "phthalates"])].set_index("case")["severity"]
        by = {(case.split("/")[0], case.split("/")[1]): int(level) for case, level in grave.items()}
        assert by["B-1", "eu-rohs"] == 9
        assert by["A-1", "phthalates"] == 6
        assert by["A-2", "phthalates"] == 4
        assert made["severity"].tolist() == sorted(made["severity"], reverse=True)
        assert not made["spend_known"].any()

    def test_what_is_dear_goes_first(self, buyer: Buyer) -> None:
        buyer.paid(A_1=10_000, A_2=1_000_000, B_1=20_000)
        made = queue(buyer, buyer.batch())
        made = made[
            made["list"].isin(["eu-rohs", "phthalates"]) & made["number"].isin(["A-1", "A-2", "A-3", "B-1"])
        ]
        assert made["number"].iloc[0] == "A-2"  # 4 × 10,000 against 9 × 200
        assert made["number"].iloc[-1] == "A-1"
        usual = made[made["number"] == "A-3"].iloc[0]
        assert (int(usual["spend_ore"]), bool(usual["spend_known"])) == (20_000, False)
        shown = call(buyer.where, "review", "--all").stdout
        assert "unknown; counted as the median, 200" in shown

    def test_a_case_shows_what_was_written_and_what_it_may_be(self, buyer: Buyer) -> None:
        number = buyer.batch()
        case = entry_of(buyer, number, "A-2/phthalates")
        said = call(buyer.where, "review", case).stdout
        for told in (
            "A-2, Slang AB", "Diisononylftalat, 1 % (declared.csv, row 3)", "28553-12-0", "by name only",
            "stands for several substances", "4 / 9",
        ):  # fmt: skip
            assert told in said, told
        lead = call(buyer.where, "review", entry_of(buyer, number, "B-1/eu-rohs")).stdout
        assert "structure: [Pb]" in lead
        assert "more; see them with --all" in call(buyer.where, "review", "--top", "1").stdout

    def test_a_decision_is_kept_with_its_motive_and_counts_from_the_next_batch(self, buyer: Buyer) -> None:
        before = buyer.batch()
        case = entry_of(buyer, before, "A-1/phthalates")
        answer = decide(buyer, case, "below_limit", "--number", "2026-131", "--signed", "Eva")
        assert answer.exit_code == 0, answer.output
        assert buyer.verdicts(before)["A-1", "phthalates"][0] == REVIEW
        shown = call(buyer.where, "review", case).stdout
        assert "within the limit (2026-131)" in shown
        assert "1 decided since" in shown
        after = buyer.batch()
        found = buyer.findings(after)
        own = found[(found["number"] == "A-1") & (found["entry"] == case.split("/")[-1])]
        own = own[own["list"] == "phthalates"]
        assert set(zip(own["verdict"], own["reason"], own["decided"], strict=True)) == {
            (BELOW, "decided", "2026-131")
        }
        assert case not in set(queue(buyer, after)["case"])
        log = buyer.log()
        about = json.loads(log["about"][log["action"] == "review decided"].iloc[0])
        assert about["motive"] == "analysis 2026-17 shows 0.01 %"
        assert (about["verdict"], about["signed"], about["case"]) == ("below_limit", "Eva", case)
        again = call(buyer.where, "batch", "--again", str(after))
        assert again.exit_code == 0, again.output

    def test_the_same_words_are_proposed_and_not_decided(self, buyer: Buyer) -> None:
        buyer.declare("C-1;Annan AB;slang;Diisononylftalat;;1 %\n", "other.csv")
        first = buyer.batch()
        decide(buyer, entry_of(buyer, first, "A-2/phthalates"))
        second = buyer.batch()
        same = entry_of(buyer, second, "A-3/phthalates")
        shown = call(buyer.where, "review", same).stdout
        assert "of the same supplier: within the limit, “analysis 2026-17 shows 0.01 %” (#1, Anna" in shown
        assert buyer.verdicts(second)["A-3", "phthalates"][0] == REVIEW
        batch = call(buyer.where, "batch", "--profile", "krav")
        assert batch.exit_code in (0, 1), batch.output
        with buyer.store.reading() as known:
            number = review.newest(known)
        other = entry_of(buyer, number, "C-1/phthalates")
        assert "of Slang AB: within the limit" in call(buyer.where, "review", other).stdout

    def test_a_new_declaration_makes_it_a_proposal(self, buyer: Buyer) -> None:
        case = entry_of(buyer, buyer.batch(), "A-1/phthalates")
        decide(buyer, case)
        buyer.declare(f"A-1;Slang AB;slang;{DINP};<0,7 %\n", "renewed.csv")
        after = buyer.batch()
        assert buyer.verdicts(after)["A-1", "phthalates"][0] == REVIEW
        own = queue(buyer, after).set_index("case").loc[case]
        assert own["decided"] == ""
        assert "of the same supplier: within the limit" in call(buyer.where, "review", case).stdout

    def test_another_reason_makes_it_no_longer_hold(self, buyer: Buyer) -> None:
        case = entry_of(buyer, buyer.batch(), "A-1/phthalates")
        decide(buyer, case)
        with buyer.store.writing("edit", by="A", at=AT) as change:
            row = kept.frame(change, Decision).to_dict("records")[0]
            kept.end(change, Decision, [row.pop("id")])
            kept.add(change, Decision, [row | {"reason": "name-only"}])
        assert case in set(queue(buyer, buyer.batch())["case"])

    def test_a_terephthalate_is_never_proposed_as_an_ortho_phthalate(self, buyer: Buyer) -> None:
        rows = f"T-1;Slang AB;slang;{TEREPHTHALATE};30 %\nT-2;Slang AB;slang;Dioktyltereftalat;;30 %\n"
        buyer.declare(rows, "terephthalates.csv")
        number = buyer.batch()
        made = queue(buyer, number)
        mine = made[made["number"].isin(["T-1", "T-2"])]
        assert not (mine["list"] == "phthalates").any()
        for case in mine["case"]:
            shown = call(buyer.where, "review", case).stdout
            assert not re.search(r"117-81-7|28553-12-0|117-84-0", shown)
        names = [{"name": "Dioktyltereftalat"}, {"name": "DOTP"}, {"name": "DEHT", "cas": "6422-86-2"}]
        read = identify(declare(lines=names).lines, buyer.registry)
        found = candidates(read.identities, buyer.registry)
        assert "6422-86-2" in {it.cas for it in found}
        assert not {it.cas for it in found} & {"117-81-7", "28553-12-0", "117-84-0"}

    def test_phthalates_without_a_name_are_asked_about(self, buyer: Buyer) -> None:
        header = "Artikelnummer;Leverantör;Lista;Utgåva;Svar;Datum\n"
        buyer.declare("F-1;Slang AB;phthalates;2026-01-01;ja;2026-03-01\n", "yes.csv", header)
        number = buyer.batch()
        assert buyer.verdicts(number)["F-1", "phthalates"][:2] == (REVIEW, "contains-unspecified")
        shown = " ".join(call(buyer.where, "review", "F-1/phthalates").stdout.split())
        assert "Your declaration of F-1 says that something on the list" in shown
        assert "name and CAS number, its share in per cent, and the component" in shown
        assert "the answer “contains” about the list phthalates (yes.csv, row 2)" in shown
        answer = decide(buyer, "F-1/phthalates")
        assert answer.exit_code == 2
        assert "ask the supplier" in answer.stderr


class TestDeciding:
    def test_everything_that_is_missing_is_said_at_once(self, buyer: Buyer) -> None:
        buyer.batch()
        answer = call(buyer.where, "review", "A-1/none/such", "--number", "7")
        assert answer.exit_code == 2
        assert "missing: verdict, motive" in answer.stderr
        assert "no case A-1/none/such" in answer.stderr

    def test_only_verdicts_that_a_person_can_give(self, buyer: Buyer) -> None:
        case = entry_of(buyer, buyer.batch(), "A-1/phthalates")
        answer = decide(buyer, case, "unknown")
        assert answer.exit_code == 2
        assert "not_listed, below_limit, exempt, listed, above_limit" in answer.stderr
        with buyer.store.reading() as known:
            assert not len(kept.every(known, Decision))
        assert "review decided" not in set(buyer.log()["action"])

    def test_what_is_certain_is_no_case(self, buyer: Buyer) -> None:
        made = queue(buyer, buyer.batch())
        assert not ((made["number"] == "A-4") & (made["list"] == "phthalates")).any()

    def test_no_other_article_changes_and_the_supplier_s_data_stay(self, buyer: Buyer) -> None:
        first = buyer.batch()
        before, lines = buyer.verdicts(first), lines_of(buyer)
        decide(buyer, entry_of(buyer, first, "A-2/phthalates"))
        after = buyer.verdicts(buyer.batch())
        assert {key for key in before if before[key] != after[key]} == {("A-2", "phthalates")}
        assert lines == lines_of(buyer)

    def test_deciding_anew_ends_the_earlier_decision_and_keeps_it(self, buyer: Buyer) -> None:
        case = entry_of(buyer, buyer.batch(), "A-1/phthalates")
        decide(buyer, case)
        decide(buyer, case, "above_limit")
        with buyer.store.reading() as known:
            every, current = kept.every(known, Decision), kept.frame(known, Decision)
        assert every["verdict"].tolist() == ["below_limit", "above_limit"]
        assert current["verdict"].tolist() == ["above_limit"]
        assert buyer.verdicts(buyer.batch())["A-1", "phthalates"][:2] == (ABOVE, "decided")

    def test_one_number_of_two_suppliers_has_two_cases(self, buyer: Buyer) -> None:
        buyer.declare(f"A-1;Annan AB;slang;{DINP};<0,5 %\n", "other.csv")
        from kemkoll.assortment.plans import Asked

        number = buyer.batch(asked=Asked(profile="krav"))
        cases = [case for case in queue(buyer, number)["case"] if "A-1/phthalates" in case]
        assert sorted(case.split("/")[0] for case in cases) == ["Annan AB", "Slang AB"]


def lines_of(buyer: Buyer) -> list[list[Any]]:
    from kemkoll.assortment.scope import articles

    with buyer.store.reading() as known:
        made = declared.standing(known, articles(known), places=True)
    return made.declarations.lines.astype(object).to_numpy().tolist()


def test_without_a_batch_it_says_so(where: str) -> None:  # noqa: F811
    call(where, "init")
    answer = call(where, "review")
    assert answer.exit_code == 2
    assert "kemkoll batch" in answer.stderr


def test_nothing_for_review_is_an_empty_queue(
    where: str,  # noqa: F811
    tmp_path: Path,
    registry: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kemkoll.registry.Registry.open", lambda: registry)
    made = Buyer(where, tmp_path, registry)
    made.declare(f"A-4;Slang AB;slang;{DINP};30 %\n")
    from kemkoll.assortment.plans import Asked

    made.batch(asked=Asked(lists=("eu-pops",)))
    answer = call(where, "review")
    assert (answer.exit_code, "0 for review, 0 decided since" in answer.stdout) == (0, True)


@pytest.mark.parametrize("verdict", ["below_limit", "above_limit"])
def test_every_output_says_that_a_person_decided(
    registry: Any, profile: Any, tmp_path: Path, verdict: str
) -> None:
    from openpyxl import load_workbook

    from kemkoll.explanation import explain
    from kemkoll.flow import check
    from kemkoll.lists import load_lists
    from kemkoll.outputs import explanation, explanation_html, formats, render

    made = declare(
        lines=[{"name": "DEHP", "cas": "117-81-7", "amount": "<0.5 %"}], articles=[{"number": "A"}]
    )
    decided = {
        "number": "A", "list": "eu-reach-candidate", "entry": "dehp", "reason": "straddles",
        "verdict": verdict, "decision": "dnr 2026-131",
    }  # fmt: skip
    result = check(
        made,
        load_lists(["eu-reach-candidate"]),
        profile=profile,
        registry=registry,
        on=ON,
        decisions=pd.DataFrame([decided]),
    )
    shown = {name: render(result, name, "en", all_lines=True) for name in ("table", "html", "csv", "json")}
    told = explain(result, 0, "eu-reach-candidate", "dehp")
    for name, module in (("text", explanation), ("page", explanation_html)):
        module.write(told, tmp_path / name, "en")
        shown[name] = (tmp_path / name).read_text(encoding="utf-8")
    formats()["xlsx"].write(result, tmp_path / "made.xlsx", "en")
    cells = [
        cell
        for sheet in load_workbook(tmp_path / "made.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    shown["xlsx"] = " ".join(str(cell) for cell in cells)
    silent = {name for name, text in shown.items() if "dnr 2026-131" not in text}
    assert silent == set()
    assert json.loads(shown["json"])["findings"][0]["decided"] == "dnr 2026-131"
