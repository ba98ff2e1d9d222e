"""A buyer's own files: what they say, what is wrong in them, and what becomes of them in the database."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from stores import where

from kemkoll.assortment.registers.columns import Column, parse_heading
from kemkoll.assortment.registers.entering import NAMES
from kemkoll.assortment.registers.kinds import KINDS
from kemkoll.assortment.registers.reading import read_register, read_rows
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.cli import add, cli
from kemkoll.declarations import read_declaration
from kemkoll.errors import DeclarationError
from kemkoll.paths import data
from kemkoll.sheets.delimited import find_delimiter, read_text
from kemkoll.store import Store, judged, kept
from kemkoll.store.models import (
    Article,
    ArticleFact,
    AuditEvent,
    Category,
    Contract,
    ContractRow,
    File,
    Kept,
    LabResult,
    Organisation,
    Request,
    Successor,
    Supplier,
    Target,
    Volume,
)

assert where  # a fixture
REGION = data("examples") / "region"
FILES = (
    "suppliers",
    "categories",
    "contracts",
    "assortment",
    "volumes",
    "requests",
    "targets",
    "lab-results",
)
ON = "2026-11-22"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """English, wide lines, an empty working directory."""
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def made(where: str) -> str:
    """The address of a database with nothing in it."""
    assert call("init", "--store", where).exit_code == 0
    return where


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args])


def put(made: str, kind: str, text: str, *options: str, name: str = "") -> Result:
    """Add a file with that text; it must be taken."""
    path = Path(name) if name else Path(tempfile.mkdtemp()) / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    answer = call("add", str(path), "--kind", kind, "--store", made, "--by", "Anna", *options)
    assert answer.exit_code == 0, answer.output
    return answer


def frame(made: str, model: type[Kept]) -> pd.DataFrame:
    with Store.open(made).reading() as known:
        return kept.frame(known, model)


def rows(made: str, model: type[Kept], *names: str) -> list[tuple[Any, ...]]:
    return [*frame(made, model)[[*names]].itertuples(index=False, name=None)]


def every(made: str, model: Any) -> pd.DataFrame:
    with Store.open(made).reading() as known:
        return kept.every(known, model)


def about(made: str) -> dict[str, Any]:
    """What the log says of the last event."""
    said: dict[str, Any] = json.loads(every(made, AuditEvent)["about"].iloc[-1])
    return said


class TestRegion:
    """The examples: one small region, all of its files."""

    @pytest.fixture
    def region(self, made: str) -> str:
        for kind in FILES:
            answer = call("add", str(REGION / f"{kind}.csv"), "--kind", kind, "--store", made)
            assert answer.exit_code == 0, answer.output
            assert "Problems" not in answer.output
        return made

    def test_everything_is_there(self, region: str) -> None:
        sizes = {model.__name__: len(frame(region, model)) for model in (
            Supplier, Category, Contract, Article, ContractRow, Volume, Request, Target, LabResult,
            Organisation,
        )}  # fmt: skip
        assert sizes == {
            "Supplier": 13, "Category": 15, "Contract": 6, "Article": 18, "ContractRow": 15, "Volume": 25,
            "Request": 4, "Target": 2, "LabResult": 2, "Organisation": 1,
        }  # fmt: skip

    def test_every_example_declaration_is_of_an_article_of_the_region(self, region: str) -> None:
        with Store.open(region).reading() as known:
            there = articles(known)
        assert there["in_assortment"].all()
        own = set(zip(there["supplier"], there["number"], strict=True))
        files = [it for it in data("examples").iterdir() if it.is_file() and it.suffix != ".md"]
        declared = {
            (row["supplier"], row["number"])
            for file in files
            for row in read_declaration(file).articles.astype(str).to_dict("records")
        }
        assert declared == own

    def test_a_scope_has_them_under_their_contracts(self, region: str) -> None:
        with Store.open(region).reading() as known:
            found = rows_in(known, Scope(contract="EX-2024-11"), ON)
            below = rows_in(known, Scope(category="A"), ON)
        assert found["number"].tolist() == ["KF-2040", "KF-2041"]
        assert found[["binding", "grace_days"]].drop_duplicates().values.tolist() == [["following", 90]]
        assert set(below["category"]) == {"A.1", "A.2", "A.3", "A.4"}

    def test_money_is_in_ore_and_mass_in_grams(self, region: str) -> None:
        volumes = frame(region, Volume).merge(frame(region, Article)[["article", "number"]], on="article")
        own = volumes[volumes["number"] == "KF-2040"].sort_values("year")
        assert own[["year", "spend_ore", "quantity", "mass_g"]].values.tolist() == [
            [2024, 290_500_000, 145_250, 4_357_500],
            [2025, 184_000_000, 92_000, -1],
        ]

    def test_a_letter_means_another_thing_in_another_year(self, region: str) -> None:
        letters = frame(region, Category)
        own = letters[letters["code"] == "A.1"]
        assert own[["responsible", "since", "until"]].values.tolist() == [
            ["A", "2024-01-01", "2025-12-31"],
            ["C", "2026-01-01", ""],
        ]

    def test_a_value_below_the_limit_of_quantification_is_that_limit(self, region: str) -> None:
        assert rows(region, LabResult, "value", "below", "quantification", "uncertainty") == [
            ("0,01 %", True, "0,01 %", ""),
            ("24,6 %", False, "0,01 %", "± 2,1 %"),
        ]

    def test_the_files_say_that_they_are_invented(self) -> None:
        files = sorted(REGION.glob("*.csv"))
        assert {it.stem for it in files} >= set(FILES)
        assert [it.name for it in files if "EXEMPEL" not in it.read_text(encoding="utf-8")] == []

    def test_the_log_counts(self, region: str) -> None:
        said = every(region, AuditEvent)["about"].map(json.loads)
        own = next(it for it in said if it.get("kind") == "assortment")
        assert {name: own[name] for name in ("rows", "changed", "ended", "problems")} == {
            "rows": 18, "changed": 0, "ended": 0, "problems": 0,
        }  # fmt: skip
        assert own["added"] == 18 + 15 + 18 + 16  # articles, contract rows, volumes, facts

    def test_the_files_are_kept_byte_for_byte(self, region: str) -> None:
        from sqlalchemy import select

        from kemkoll.store.once import table_of

        table = table_of(File)
        with Store.open(region).reading() as known:
            content = dict(known.connection.execute(select(table.c.form, table.c.content)).all())
        assert content == {kind: (REGION / f"{kind}.csv").read_bytes() for kind in FILES}

    def test_the_same_file_twice_changes_nothing(self, region: str) -> None:
        before = {model: len(every(region, model)) for model in (Article, ContractRow, Volume, Supplier)}
        answer = call("add", str(REGION / "assortment.csv"), "--kind", "assortment", "--store", region)
        assert answer.exit_code == 0
        assert "was added before, as assortment.csv: nothing was changed" in answer.output
        assert {model: len(every(region, model)) for model in before} == before
        assert about(region)["known"] == "assortment.csv"

    def test_the_same_rows_in_another_file_change_nothing(self, region: str) -> None:
        for kind in FILES:
            text = (REGION / f"{kind}.csv").read_text(encoding="utf-8")
            said = put(region, kind, text.replace("\n", "\r\n")).output
            assert "0 entries new; 0 changed; 0 ended" in said, kind


ASSORTMENT = (
    "Leverantör;Artikelnummer;Eget artikelnummer;Benämning;GTIN;Avtal;Villkor\n"
    "Klar AB;K-1;100;Slang;4006381333931;A-1;medical_device=ja\n"
    "Klar AB;K-2;101;Propp;;A-1;medical_device=ja, textile=nej\n"
)


class TestAssortment:
    def test_a_changed_file_changes_the_changed_row_alone(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        said = put(made, "assortment", ASSORTMENT.replace("Propp", "Lock")).output
        assert "0 entries new; 1 changed; 0 ended" in said
        whole = every(made, Article)
        assert whole[["number", "name"]].values.tolist() == [
            ["K-1", "Slang"],
            ["K-2", "Propp"],
            ["K-2", "Lock"],
        ]
        assert whole["ended"].notna().tolist() == [False, True, False]
        assert rows(made, Article, "number", "name") == [("K-1", "Slang"), ("K-2", "Lock")]

    def test_a_fact_that_is_no_longer_stated_ends(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        said = put(made, "assortment", ASSORTMENT.replace(", textile=nej", "")).output
        assert "0 entries new; 0 changed; 1 ended" in said
        assert rows(made, ArticleFact, "condition", "holds") == [("medical_device", True)] * 2

    def test_what_is_not_listed_stays(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        said = put(made, "assortment", ASSORTMENT.splitlines()[0] + "\nKlar AB;K-3;102;Kran;;A-1;\n").output
        assert "2 entries new; 0 changed; 0 ended" in said
        assert len(frame(made, ContractRow)) == 3

    def test_a_complete_file_ends_what_it_no_longer_lists(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT + "Annan AB;X-1;103;Lampa;;B-1;\n")
        less = "\n".join(ASSORTMENT.splitlines()[:2]) + "\n"
        said = put(made, "assortment", less, "--complete", "--on", "2026-06-30").output
        assert "0 entries new; 0 changed; 2 ended" in said  # the contract row and the article
        assert rows(made, Article, "number", "until") == [("K-1", ""), ("X-1", ""), ("K-2", "2026-06-30")]
        assert sorted(rows(made, ContractRow, "until")) == [("",), ("",), ("2026-06-30",)]
        with Store.open(made).reading() as known:
            assert set(rows_in(known, Scope(), "2026-06-30")["number"]) == {"K-1", "K-2", "X-1"}
            assert set(rows_in(known, Scope(), "2026-07-01")["number"]) == {"K-1", "X-1"}
        said = put(made, "assortment", less + "\n", "--complete", "--on", "2026-07-31").output
        assert "0 entries new; 0 changed; 0 ended" in said

    def test_what_a_complete_file_lists_again_holds_again(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        less = "\n".join(ASSORTMENT.splitlines()[:2]) + "\n"
        put(made, "assortment", less, "--complete", "--on", "2026-06-30")
        put(made, "assortment", ASSORTMENT + "\n", "--complete", "--on", "2026-12-31")
        assert rows(made, Article, "until") == [("",), ("",)]
        assert rows(made, ContractRow, "until") == [("",), ("",)]

    def test_without_contracts_a_complete_file_is_of_its_suppliers(self, made: str) -> None:
        header = "Leverantör;Artikelnummer\n"
        put(made, "assortment", header + "Klar AB;K-1\nKlar AB;K-2\nAnnan AB;X-1\n")
        put(made, "assortment", header + "Klar AB;K-1\n", "--complete", "--on", "2026-06-30")
        assert dict(rows(made, Article, "number", "until")) == {"K-1": "", "K-2": "2026-06-30", "X-1": ""}

    @pytest.mark.parametrize(
        "row",
        [
            "Klarflöde Exempel AB;KF-2040;100201;",
            "klarflöde  exempel ab;kf-2040;;",
            "Klarflöde Exempel AB;;KF-2041;",
        ],
    )
    def test_an_article_that_a_declaration_made_is_taken_over(
        self, made: str, row: str, registry: Any
    ) -> None:
        file = str(data("examples") / "infusionsset.xlsx")
        assert call("add", file, "--store", made).exit_code == 0
        assert rows(made, Article, "in_assortment") == [(False,), (False,)]
        put(made, "assortment", f"Leverantör;Artikelnummer;Eget artikelnummer;GTIN\n{row}\n")
        there = frame(made, Article)
        assert len(there) == 2
        assert there["in_assortment"].sum() == 1
        assert there["name"].ne("").all()  # what the declaration said is not wiped out

    def test_a_declaration_finds_the_article_of_the_register(self, made: str, registry: Any) -> None:
        put(made, "assortment", (REGION / "assortment.csv").read_text(encoding="utf-8"))
        said = call("add", str(data("examples") / "infusionsset.xlsx"), "--store", made).output
        assert "that the assortment did not have" not in said
        assert len(frame(made, Article)) == 18

    def test_a_new_number_beside_the_same_own_number_is_a_new_article(self, made: str) -> None:
        header = "Leverantör;Artikelnummer;Eget artikelnummer\n"
        put(made, "assortment", header + "Klar AB;K-1;100\n")
        put(made, "assortment", header + "Klar AB;K-1B;100\n")
        assert rows(made, Article, "article", "number") == [(1, "K-1"), (2, "K-1B")]

    def test_a_number_that_is_anothers_own_number_is_no_third_article(self, made: str) -> None:
        text = "Leverantör;Artikelnummer;Eget artikelnummer\nKlar AB;1;2\nKlar AB;2;3\n"
        put(made, "assortment", text)
        put(made, "assortment", text.replace(";3\n", ";4\n"))
        assert rows(made, Article, "article", "number", "own_number") == [(1, "1", "2"), (2, "2", "4")]

    def test_an_article_under_several_contracts_is_one(self, made: str) -> None:
        text = (
            "Leverantör;Artikelnummer;Avtal;Aktiv från;Aktiv till;Inköpsvärde 2025\n"
            "Klar AB;K-1;A-1;2024-01-01;2025;1000\nKlar AB;K-1;B-1;2026-01-01;;500\n"
        )
        put(made, "assortment", text)
        assert rows(made, Article, "number", "since", "until") == [("K-1", "2024-01-01", "")]
        assert rows(made, ContractRow, "since", "until") == [("2024-01-01", "2025-12-31"), ("2026-01-01", "")]
        assert rows(made, Volume, "year", "spend_ore") == [(2025, 150_000)]

    def test_more_than_a_thirtytwo_bit_number_of_ore(self, made: str) -> None:
        put(made, "assortment", "Artikelnummer;Inköpsvärde 2025 (mkr)\nK-1;1234,5\n")
        assert rows(made, Volume, "spend_ore") == [(123_450_000_000,)]

    def test_a_supplier_that_changes_keeps_its_articles(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        put(made, "suppliers", "Leverantör;Organisationsnummer;Roll\nKLAR AB;556036-0793;tillverkare\n")
        with Store.open(made).reading() as known:
            assert set(articles(known)["supplier"]) == {"Klar AB"}
        assert rows(made, Supplier, "supplier", "number", "role") == [(1, "556036-0793", "manufacturer")]

    def test_a_contract_that_changes_keeps_its_rows(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        put(made, "contracts", "Avtalsnummer;Avtalsnamn;Leverantör\nB-1;Ny;\nA-1;Infusion;Klar AB\n")
        with Store.open(made).reading() as known:
            assert rows_in(known, Scope(contract="A-1"), ON)["number"].tolist() == ["K-1", "K-2"]
        numbers = dict(rows(made, Contract, "number", "contract"))
        assert sorted(numbers.values()) == [1, 2]
        assert numbers["A-1"] == 1


class TestKinds:
    def test_the_command_knows_all_kinds(self) -> None:
        assert ("declarations", *NAMES) == add.KINDS

    def test_contracts_in_english(self, made: str) -> None:
        text = (
            "Contract number,Name,Organisation,Supplier,Start,End,Binding,Frozen on,Grace days\n"
            "A-1,Tubing,The Region,Klar AB,2024-05-01,until further notice,frozen,2024-05-01,\n"
            "A-2,Gloves,The Region,,2024-05,2026,following,,90\n"
        )
        assert "Problems" not in put(made, "contracts", text).output
        columns = ("number", "starts", "ends", "binding", "frozen_on", "grace_days")
        assert rows(made, Contract, *columns) == [
            ("A-1", "2024-05-01", "", "frozen", "2024-05-01", -1),
            ("A-2", "2024-05-01", "2026-12-31", "following", "", 90),
        ]
        assert rows(made, Organisation, "name") == [("The Region",)]

    def test_successors(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        text = (
            "Leverantör;Artikelnummer;Efterträdare;Slag;Datum;Ersätter\n"
            "Klar AB;K-1;K-2;Ersatt;1 mars 2026;DEHP → DINCH\nKlar AB;K-1;K-9;Ersatt;;\n"
        )
        said = put(made, "successors", text).output
        assert "row 3, column Efterträdare: There is no article “K-9”" in said
        assert rows(made, Successor, "article", "successor", "kind", "since", "replacing") == [
            (1, 2, "replaced", "2026-03-01", "DEHP → DINCH")
        ]

    def test_requests_are_known_again(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        text = (
            "Supplier;Articles;Lists;Sent;Due;Answered\n"
            "Klar AB;K-1 | K-9;Candidate list, RoHS;2026-02-01;2026-03-01;{}\n"
        )
        said = put(made, "requests", text.format("")).output
        assert "There is no article “K-9”" in said
        put(made, "requests", text.format("2026-02-20"))
        assert rows(made, Request, "request", "articles", "lists", "answered") == [
            (1, "1", "eu-reach-candidate eu-rohs", "2026-02-20")
        ]
        put(made, "requests", text.format("").replace("2026-02-01", "2026-08-01"))
        assert sorted(rows(made, Request, "request", "sent")) == [(1, "2026-02-01"), (2, "2026-08-01")]

    def test_lab_results(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        text = (
            "Article number;Substance;Value;Unit;LOQ;Date\n"
            "K-1;DEHP;ND;mg/kg;50;2026-01-02\nK-1;DINP;0,3;%;;2026-01-02\nK-1;DBP;0,3;;;2026-01-02\n"
        )
        said = put(made, "lab-results", text).output
        assert "row 4, column Value: “0,3” was not understood" in said
        assert rows(made, LabResult, "name", "value", "below", "quantification") == [
            ("DEHP", "50 mg/kg", True, "50 mg/kg"),
            ("DINP", "0,3 %", False, ""),
        ]

    def test_targets(self, made: str) -> None:
        text = "Mål;Indikator;Lista;Målår;Målvärde\nUtan ftalater;andel;phthalates;2027;100 %\n"
        put(made, "targets", text)
        put(made, "targets", text.replace("100", "95"))
        assert rows(made, Target, "name", "list", "year", "value") == [
            ("Utan ftalater", "phthalates", 2027, "95 %")
        ]

    def test_volumes_of_several_units_add_up(self, made: str) -> None:
        put(made, "assortment", ASSORTMENT)
        text = (
            "Leverantör;Artikelnummer;År;Inköpsvärde (kr);Antal\n"
            "Klar AB;K-1;2025;10,50;1\nKlar AB;K-1;2025;10,50;\n"
        )
        put(made, "volumes", text)
        assert rows(made, Volume, "year", "spend_ore", "quantity", "mass_g") == [(2025, 2100, 1, -1)]

    def test_a_profile_is_kept_as_the_buyers_own(self, made: str) -> None:
        text = 'id = "krav-2026"\ntitle_en = "Ours"\ntitle_sv = "Vårt"\nlists = ["phthalates"]\n'
        put(made, "profile", text, name="krav.toml")
        with Store.open(made).reading() as known:
            assert judged.imported_profiles(known) == {"krav-2026": text}
        said = put(made, "contracts", "Avtalsnummer;Kravprofil\nA-1;krav-2026\nA-2;krav-2027\n").output
        assert "row 3, column Kravprofil: There is no profile “krav-2027”" in said
        assert "row 2" not in said

    def test_a_workbook_with_a_title_and_two_sheets(self, made: str) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Sortiment"
        sheet.append(["Regionens sortiment"])
        sheet.append([])
        sheet.append(["Artikelnummer", "GTIN", "Aktiv från", "Inköpsvärde 2025 (tkr)"])
        sheet.append([12345, 4006381333931, pd.Timestamp("2025-02-01").to_pydatetime(), 1.234])
        sheet.append(["Summa", None, None, 1.234])
        other = book.create_sheet("Om filen")
        other.append(["Frågor ställs till upphandlingsenheten"])
        book.save("sortiment.xlsx")
        answer = call("add", "sortiment.xlsx", "--kind", "assortment", "--store", made)
        assert answer.exit_code == 0
        assert "Sortiment, row 5: The row is neither a line nor a heading" in answer.output
        assert "Om filen, row 1: A table was not used: it has no header row" in answer.output
        assert rows(made, Article, "number", "gtin", "since") == [("12345", "4006381333931", "2025-02-01")]
        assert rows(made, Volume, "spend_ore") == [(123_400,)]


UNREAD = "register-value-unreadable"
PLANTED = [
    ("assortment", "Artikelnummer;GTIN\nK-1;4006381333932\n", 2, "GTIN", "gtin-check-digit"),
    ("assortment", "Artikelnummer;CPV\nK-1;33141420-5\n", 2, "CPV", UNREAD),
    ("assortment", "Artikelnummer;UNSPSC\nK-1;4231\n", 2, "UNSPSC", UNREAD),
    ("assortment", "Artikelnummer;MDR-klass\nK-1;IV\n", 2, "MDR-klass", UNREAD),
    ("assortment", "Artikelnummer;Kontakt\nK-1;nära\n", 2, "Kontakt", UNREAD),
    ("assortment", "Artikelnummer;Patientgrupp\nK-1;hästar\n", 2, "Patientgrupp", UNREAD),
    ("assortment", "Artikelnummer;Aktiv från\nK-1;snart\n", 2, "Aktiv från", "date-unreadable"),
    ("assortment", "Artikelnummer;Villkor\nK-1;magi=ja\n", 2, "Villkor", "condition-unreadable"),
    ("assortment", "Artikelnr;Villkor\nK-1;textil=ja\nK-1;textil=nej\n", 3, "Villkor", "condition-conflict"),
    ("assortment", "Artikelnummer;Benämning\nK-1;A\nK-1;B\n", 3, "Benämning", "register-conflict"),
    ("assortment", "Artikelnummer;Benämning\nK-1;A\n;B\n", 3, "Artikelnummer", "register-key-missing"),
    ("assortment", "Artikelnummer;Färg\nK-1;blå\n", 1, "Färg", "column-unknown"),
    ("assortment", "Artikelnummer;Artikelnr\nK-1;K-2\n", 1, "Artikelnr", "column-repeated"),
    ("assortment", "Artikelnummer;Inköpsvärde\nK-1;500\n", 2, "Inköpsvärde", "register-key-missing"),
    ("assortment", "Artikelnummer;Antal 2025\nK-1;1,234\n", 2, "Antal 2025", UNREAD),
    ("assortment", "Artikelnummer;Vikt 2025\nK-1;12\n", 2, "Vikt 2025", UNREAD),
    ("assortment", "Artikelnummer;Benämning\nK-1;A;B\n", 2, "", "register-cell-outside"),
    ("assortment", "Leverantör;Artikelnr;Org.nr\nB AB;K-1;556036-0794\n", 2, "Org.nr", UNREAD),
    ("contracts", "Avtalsnummer;Bindning\nA-1;kanske\n", 2, "Bindning", UNREAD),
    ("contracts", "Avtalsnummer;Bindning\nA-1;fryst\n", 2, "Bindning", "register-frozen-undated"),
    ("contracts", "Avtalsnummer;Frysta per\nA-1;2026-02-04\n", 2, "Frysta per", "register-frozen-unbound"),
    ("contracts", "Avtalsnummer;Anståndsdagar\nA-1;länge\n", 2, "Anståndsdagar", UNREAD),
    ("categories", "Kod;Gäller från\nA;33 maj\n", 2, "Gäller från", "date-unreadable"),
    ("volumes", "Artikelnummer;År;Antal\nK-9;2025;1\n", 2, "Artikelnummer", "register-article-unknown"),
    ("volumes", "Artikelnummer;År;Antal\nK-9;i fjol;1\n", 2, "År", UNREAD),
    ("requests", "Leverantör;Listor;Skickad\nB AB;listan;2026-01-01\n", 2, "Listor", "list-unknown"),
    ("targets", "Mål;Indikator;Målår;Målvärde\nM;andel;snart;1\n", 2, "Målår", UNREAD),
    ("suppliers", "Leverantör;Roll\nB AB;kund\n", 2, "Roll", UNREAD),
    ("suppliers", "Leverantör;GLN\nB AB;4006381333932\n", 2, "GLN", UNREAD),
    ("suppliers", "Leverantör;E-post\nB AB;ring oss\n", 2, "E-post", UNREAD),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "row", "column", "code"), PLANTED)
def test_a_planted_error_is_found_at_its_cell(
    kind: str, text: str, row: int, column: str, code: str, tmp_path: Path
) -> None:
    place = f"row {row}" + f", column {column}" * bool(column)
    store = str(tmp_path / "kemkoll.db")
    assert call("init", "--store", store).exit_code == 0
    said = put(store, kind, text).output
    told = [line.strip() for line in said.splitlines() if line.endswith(f"[{code}]")]
    assert [line.split(": ")[0] for line in told] == [place], said
    assert said.count("[") == 1
    swedish = put(store, kind, text + "\n", "--language", "sv").output
    assert f"[{code}]" in swedish


def test_all_problems_of_a_file_are_told_at_once(made: str) -> None:
    text = "Artikelnummer;GTIN;CPV;Aktiv från\nK-1;1;2;3\nK-2;4006381333931;;2025-01-01\n"
    said = put(made, "assortment", text).output
    assert "Problems (3)" in said
    assert rows(made, Article, "number", "gtin", "since") == [
        ("K-1", "", ""),
        ("K-2", "4006381333931", "2025-01-01"),
    ]
    assert about(made)["problems"] == 3


class TestPersonalNumbers:
    NUMBER = "811218-9876"

    @pytest.mark.parametrize(
        "number", ["811218-9876", "19811218-9876", "SE811218987601", "811278-9873", "811218-9870"]
    )
    def test_a_sole_traders_number_is_not_kept(self, made: str, number: str) -> None:
        said = put(made, "suppliers", f"Leverantör;Organisationsnummer\nSnickare Exempel;{number}\n").output
        assert "row 2, column Organisationsnummer: This is a sole trader's" in said
        assert number not in said
        assert rows(made, Supplier, "name", "number", "personal") == [("Snickare Exempel", "", True)]
        assert number not in "".join(every(made, AuditEvent)["about"])

    def test_it_stays_marked_when_a_file_says_nothing(self, made: str) -> None:
        put(made, "suppliers", f"Leverantör;Organisationsnummer\nSnickare Exempel;{self.NUMBER}\n")
        put(made, "assortment", "Leverantör;Artikelnummer\nSnickare Exempel;S-1\n")
        assert rows(made, Supplier, "personal") == [(True,)]


class TestRefused:
    def test_an_empty_file(self, made: str) -> None:
        Path("empty.csv").write_bytes(b"")
        answer = call("add", "empty.csv", "--kind", "assortment", "--store", made)
        assert answer.exit_code == 3
        assert "empty.csv is empty" in answer.output
        assert len(every(made, File)) == 0

    @pytest.mark.parametrize("kind", [it for it in NAMES if it != "profile"])
    def test_a_broken_workbook(self, kind: str, tmp_path: Path) -> None:
        store = str(tmp_path / "kemkoll.db")
        call("init", "--store", store)
        Path("broken.xlsx").write_bytes((data("examples") / "leksak.xlsx").read_bytes()[:2000])
        answer = call("add", "broken.xlsx", "--kind", kind, "--store", store)
        assert answer.exit_code == 3
        assert len(every(store, File)) == 0

    def test_one_bad_file_does_not_stop_the_others(self, made: str) -> None:
        Path("a.csv").write_text("Färg;Form\nblå;rund\n", encoding="utf-8")
        Path("b.csv").write_text("Artikelnummer;Benämning\nK-1;Slang\n", encoding="utf-8")
        answer = call("add", "a.csv", "missing.csv", "b.csv", "--kind", "assortment", "--store", made)
        assert answer.exit_code == 3
        assert "no header row has the columns Artikelnummer (Article number)" in answer.output
        assert "There is no file missing.csv" in answer.output
        assert rows(made, Article, "number") == [("K-1",)]

    def test_a_header_and_no_row(self, made: str) -> None:
        Path("a.csv").write_text("Artikelnummer;Benämning\n", encoding="utf-8")
        answer = call("add", "a.csv", "--kind", "assortment", "--store", made)
        assert answer.exit_code == 3
        assert "there is a header row, and no row under it" in answer.output

    def test_a_broken_profile(self, made: str) -> None:
        Path("krav.toml").write_text('id = "x"\nlists = ["phthalates"', encoding="utf-8")
        answer = call("add", "krav.toml", "--kind", "profile", "--store", made)
        assert answer.exit_code == 3
        assert "not valid TOML" in answer.output
        with Store.open(made).reading() as known:
            assert judged.imported_profiles(known) == {}

    @pytest.mark.parametrize(
        "options", [["--reason", "renewal"], ["--complete", "--kind", "volumes"], ["--on", "2026-01-01"]]
    )
    def test_an_option_that_means_nothing(self, options: Sequence[str], tmp_path: Path) -> None:
        kind = [] if "--kind" in options else ["--kind", "assortment"]
        answer = call("add", "a.csv", *kind, *options, "--store", str(tmp_path / "kemkoll.db"))
        assert answer.exit_code == 2
        assert options[0] in answer.output

    def test_all_or_nothing(self, made: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A fault in the middle leaves nothing of the file."""
        from kemkoll.assortment.registers import bought

        def fails(*args: object, **more: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(bought, "_put_facts", fails)
        Path("a.csv").write_text(ASSORTMENT, encoding="utf-8")
        assert call("add", "a.csv", "--kind", "assortment", "--store", made).exit_code == 70
        assert [len(every(made, model)) for model in (File, Supplier, Contract, Article)] == [0, 0, 0, 0]
        monkeypatch.undo()
        put(made, "assortment", ASSORTMENT)
        assert len(frame(made, Article)) == 2


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
class TestHeaders:
    def test_each_column_is_known_by_both_its_headers(self, kind: Any) -> None:
        for column in kind.columns:
            for header in column.headers:
                for text in (header, header.upper(), f"  {header} ", header.replace(" ", ""), f"{header}*"):
                    assert parse_heading(text, kind).column is column, text

    def test_no_header_is_of_two_columns(self, kind: Any) -> None:
        for column in kind.columns:
            for header in column.headers:
                met = [
                    it.name
                    for it in kind.columns
                    if it.is_called(header.partition(" (")[0].replace(" ", "").casefold())
                ]
                assert met in ([column.name], []), header


# --- written out and read again ------------------------------------------------------------------

DAYS = st.dates(min_value=pd.Timestamp("1995-01-01").date(), max_value=pd.Timestamp("2099-12-31").date()).map(
    str
)
TEXTS = st.text(st.sampled_from("abcåäöÅÄÖ ÆØ-/0123456789,;\"'&→%"), min_size=1, max_size=20).map(
    lambda it: " ".join(it.split())
).filter(lambda it: any(sign.isalpha() for sign in it))  # fmt: skip
CHECKED: dict[str, Any] = {
    "gtin": st.sampled_from([("4006381333931",) * 2, ("40 0638 1333931", "4006381333931")]),
    "unspsc": st.integers(10_000_000, 99_999_999).map(lambda it: (str(it), str(it))),
    "cpv": st.sampled_from([("33141420-0",) * 2, ("33140000", "33140000-3")]),
    "mdr_class": st.sampled_from([("Klass IIa", "IIa"), ("III", "III"), ("1s", "Is")]),
    "contact": st.sampled_from([("hud", "skin"), ("Slemhinna", "mucous"), ("none", "none")]),
    "patients": st.sampled_from([("barn, vuxna", "children adults"), ("neonates", "neonates")]),
    "contract": st.sampled_from([("A-1 | B-1", ("A-1", "B-1")), ("A-1", ("A-1",))]),
    "conditions": st.sampled_from(
        [("textil=ja", (("textile", True),)), ("leather=no", (("leather", False),))]
    ),
    "organisation_number": st.sampled_from([("5560360793", "556036-0793"), ("DK12345678",) * 2]),
    "binding": st.sampled_from([("fryst", "frozen"), ("Following", "following")]),
    "grace_days": st.integers(0, 999).map(lambda it: (f"{it} dagar", it)),
}


def cell(column: Column) -> Any:
    """A text in a column, and the value that it is."""
    if column.name in CHECKED:
        return CHECKED[column.name]
    if column.name in ("since", "until", "placed_on_market", "starts", "ends", "frozen_on"):
        return DAYS.map(lambda it: (it, it))
    return TEXTS.filter(lambda it: it.casefold() not in ("summa", "sum", "totalt", "total")).map(
        lambda it: (it, it)
    )


def money(ore: int) -> tuple[str, int]:
    kronor = f"{ore // 100:,}".replace(",", " ")
    return f"{kronor},{ore % 100:02}", ore


@st.composite
def registers(draw: st.DrawFn) -> tuple[str, str, list[dict[str, Any]], list[dict[int, dict[str, int]]]]:
    """A kind, a file of it, and the rows that it says."""
    kind = KINDS[draw(st.sampled_from(["assortment", "contracts"]))]
    plain = [it for it in kind.columns if not it.units and it.name != "year"]
    key = {names[0] for names in kind.keys}
    chosen = draw(st.permutations([it for it in plain if it.name in key or draw(st.booleans())]))
    language = draw(st.integers(0, 1))
    wide = draw(st.booleans()) and kind.name == "assortment"
    header = [it.headers[language] for it in chosen] + ["Inköpsvärde 2025 (kr)"] * wide
    lines, values, volumes = [header], [], []
    for _ in range(draw(st.integers(1, 5))):
        cells = [
            draw(cell(it) if it.name in key else st.one_of(cell(it), st.just(("", it.blank))))
            for it in chosen
        ]
        spend = [draw(st.integers(0, 10**12).map(money))] if wide else []
        lines.append([text for text, _ in [*cells, *spend]])
        values.append({it.name: value for it, (_, value) in zip(chosen, cells, strict=True)})
        volumes.append({2025: {"spend_ore": spend[0][1]}} if wide else {})
    written = io.StringIO()
    csv.writer(written, delimiter=draw(st.sampled_from(";\t")), lineterminator="\n").writerows(lines)
    return kind.name, written.getvalue(), values, volumes


@given(registers())
def test_a_register_written_out_says_the_same_when_it_is_read(made_: Any) -> None:
    kind, text, values, volumes = made_
    sheet = read_text(text.encode(), find_delimiter(text))
    read = read_rows([sheet], KINDS[kind], "register.csv")
    assert read.problems == []
    assert [row.values for row in read.rows] == values
    assert [row.volumes for row in read.rows] == volumes


@given(st.text(max_size=300), st.sampled_from([*KINDS.values()]))
def test_no_text_makes_it_fall(text: str, kind: Any) -> None:
    header = ";".join(column.headers[0] for column in kind.columns)
    path = Path("any.csv")
    path.write_bytes(f"{header}\n{text}".encode("utf-8", "replace"))
    try:
        read = read_register(str(path), kind)
    except DeclarationError:
        return
    assert all(row.place["row"] > 1 for row in read.rows)
