from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from click.testing import CliRunner
from stores import place

from kemkoll.assortment.reporting.compliance import compliance
from kemkoll.assortment.reporting.contract import of_contract
from kemkoll.assortment.reporting.lapsing import lapsing
from kemkoll.assortment.reporting.quality import hit_rates, quality
from kemkoll.assortment.reporting.supplier import to_supplier
from kemkoll.cli import cli
from kemkoll.errors import ConfigError
from kemkoll.i18n import translator
from kemkoll.paths import data
from kemkoll.report import document
from kemkoll.report.compliance import TOTAL
from kemkoll.report.contract import FAILS, OPEN, PASSES
from kemkoll.report.document import Document
from kemkoll.store import Known, Store
from kemkoll.tables import Outcome, Verdict

KINDS = ("suppliers", "contracts", "categories", "assortment", "volumes", "requests")
DECLARED = (
    "infusionsset.xlsx",
    "undersokningshandske.csv",
    "sarforband.xlsx",
    "golvmatta.csv",
    "leksak.xlsx",
)
NOW = "2026-06-10T10:00:00Z"
CARE, GLOVES = "Klarflöde Exempel AB", "Handskhuset Exempel AB"


def call(where: str, *words: str) -> str:
    """What a verb prints."""
    env = {"KEMKOLL_STORE": where, "KEMKOLL_USER": "Anna", "KEMKOLL_NOW": NOW, "KEMKOLL_LANGUAGE": "en"}
    made = CliRunner().invoke(cli, words, env=env)
    assert made.exit_code in (0, 1), made.output
    return made.output


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """A small region, judged once: five declarations, one waiver."""
    with place(request.param, tmp_path_factory.mktemp("region") / "k.db") as where:
        call(where, "init")
        for kind in KINDS:
            call(where, "add", "--kind", kind, str(data("examples") / "region" / f"{kind}.csv"))
        call(where, "add", *(str(data("examples") / name) for name in DECLARED))
        waiver = (
            "--ground",
            "No alternative",
            "--purpose",
            "Infusion",
            "--decision",
            "EX 1",
            "--decider",
            "Board",
        )
        until = (
            "--until",
            "2026-12-31",
            "--phase-out",
            "Test",
            "--phase-out-until",
            "2026-11-30",
            "--owner",
            "A",
        )
        call(where, "waive", "KF-2041", "--list", "materials", "--entry", "pvc", *waiver, *until)
        call(where, "batch")
        with Store.open(where) as store, store.reading() as known:
            yield known


def texts(made: Document) -> str:
    """Everything that a document says."""
    cells = [cell.text for table in made.every_table() for row in table.rows for cell in row]
    said = [text for part in made.says.values() for text in part]
    facts = [f"{label} {value}" for label, value in made.facts]
    return "\n".join([made.title, made.subtitle, *made.cautions, *facts, *said, *cells])


def test_a_batch_adds_up(region: Known) -> None:
    made = compliance(region, 1)
    assert (made.counts[[*Outcome]].sum(axis=1) == made.counts["articles"]).all()
    assert made.counts.loc[TOTAL, "articles"] == 18
    above = pd.concat([made.deviations, made.waived])
    assert (above["verdict"] == Verdict.above_limit).all()
    assert set(made.waived["waived"]) == {"EX 1"}
    assert set(made.waived["number"]) == {"KF-2041"}
    assert "KF-2040" in set(made.deviations["number"])
    unknown = made.unanswered.drop_duplicates(["list", "article"]).groupby("list").size()
    assert unknown.to_dict() == {name: n for name, n in made.counts["unknown"].drop(TOTAL).items() if n}


def test_a_batch_names_what_was_found_and_by_which_law(region: Known) -> None:
    made = document("compliance", compliance(region, 1), "en")
    rows = [[cell.text for cell in row] for row in made.tables["deviations"].rows]
    pvc = next(row for row in rows if row[2] == "KF-2040" and "Polyvinyl" in row[6])
    assert pvc[0] == "EX-2024-11"
    assert pvc[1] == CARE
    assert pvc[-2:] == ["none of it", "by contract"]
    assert "nobody knows" in texts(made)
    assert not [word for word in ("nan", "None", "NaT") if word in texts(made).split()]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_letter_speaks_of_one_supplier_alone(region: Known, language: str) -> None:
    others = compliance(region, 1)
    rows = pd.concat([others.deviations, others.waived, others.reviews, others.unanswered])
    for name in (CARE, GLOVES):
        said = texts(document("supplier", to_supplier(region, name, 1), language))
        foreign = rows[rows["supplier"] != name]
        own = rows[rows["supplier"] == name]
        assert name in said
        assert not [it for it in {*foreign["supplier"], *foreign["number"]} - {""} if it in said]
        assert all(number in said for number in own["number"])


def test_a_letter_says_what_to_do(region: Known) -> None:
    made = to_supplier(region, " klarflöde  EXEMPEL ab", 1, due="2026-07-10")
    letter = document("supplier", made, "en")
    assert ("Answer by", "2026-07-10") in letter.facts
    assert "Please answer by 2026-07-10." in letter.says["how"]
    reasons = {row[-1].value: row[-1].text for row in letter.tables["unanswered"].rows}
    assert set(reasons) == set(made.unanswered["reason"])
    assert all(reasons.values())
    assert not made.nothing_to_do
    gloves = to_supplier(region, GLOVES, 1)
    assert not gloves.questions["written"].isna().any()


def test_a_letter_to_nobody_is_refused(region: Known) -> None:
    with pytest.raises(ConfigError, match="There is no supplier “Nobody”"):
        to_supplier(region, "Nobody", 1)


def test_a_contract_says_how_many_articles_meet_each_requirement(region: Known) -> None:
    made = of_contract(region, "ex-2024-11", 1)
    assert (made.requirements[[PASSES, FAILS, OPEN]].sum(axis=1) == 2).all()
    by_id = made.requirements.set_index("id")
    assert by_id.loc["PVC", FAILS] == 2, "one of them has a waiver, and does not meet it all the same"
    assert by_id.loc["phthalates", FAILS] == 1
    assert list(made.articles["number"]) == ["KF-2040", "KF-2041"]
    assert set(made.waivers["decision"]) == {"EX 1"}
    said = texts(document("contract", made, "sv"))
    assert "Klarflöde" in said
    assert GLOVES not in said
    with pytest.raises(ConfigError, match="There is no contract “X”"):
        of_contract(region, "X", 1)


@pytest.mark.parametrize(
    ("day", "where"),
    [
        ("2026-06-10", "later"),
        ("2026-10-10", "within_90"),
        ("2026-12-01", "within_30"),
        ("2026-12-31", "within_30"),
        ("2027-01-01", "expired"),
    ],
)
def test_waivers_stand_under_what_is_left_of_them(region: Known, day: str, where: str) -> None:
    made = lapsing(region, day)
    parts = {name: len(getattr(made, name)) for name in ("expired", "within_30", "within_90", "later")}
    assert parts == {**dict.fromkeys(parts, 0), where: 1}
    assert getattr(made, where)["deviations"].tolist() == [1]
    assert len(made.duties) == 1
    assert "KF-2041" in texts(document("waivers", made, "en"))


def test_what_is_most_telling_is_asked_about_first(region: Known) -> None:
    made = quality(region, 1)
    verdicts = compliance(region, 1).unanswered
    assert set(made.missing["number"]) == set(verdicts["number"])
    assert made.missing["expected"].is_monotonic_decreasing
    row = made.missing.set_index("number").loc["KF-2041"]
    assert row["lists"] == "phthalates antimicrobials"
    assert row["spend_ore"] == 2_450_000_00
    assert row["expected"] > 0
    assert int(made.suppliers["unanswered"].sum()) == len(made.missing)
    assert (made.problems["times"] >= made.problems["files"]).all()
    assert "cas-check-digit" in set(made.problems["code"])


def test_a_hit_rate_is_never_none_and_never_all() -> None:
    told = pd.DataFrame(
        [
            (1, "A", "pfas", "deviation"),
            (2, "A", "pfas", "free"),
            (3, "A", "pfas", "unknown"),
            (4, "A", "pfas", "review"),
            (5, "B", "pfas", "waived"),
            (6, "C", "pfas", "unknown"),
        ],
        columns=["article", "category", "list", "outcome"],
    )
    rates = hit_rates(told).set_index("category")["hit_rate"].round(3).to_dict()
    assert rates == {"A": 0.5, "B": 0.667, "C": 0.5}


def test_reports_speak_swedish(region: Known) -> None:
    reports = {
        "compliance": compliance(region, 1),
        "supplier": to_supplier(region, CARE, 1),
        "contract": of_contract(region, "EX-2024-11", 1),
        "waivers": lapsing(region, "2026-06-10"),
        "data-quality": quality(region, 1),
    }
    same = {"SHA-256", "Problem"}
    for name, content in reports.items():
        english, swedish = (document(name, content, language) for language in ("en", "sv"))
        assert english.title != swedish.title
        for key, table in english.tables.items():
            assert table.title != swedish.tables[key].title
            heads = zip(table.columns, swedish.tables[key].columns, strict=True)
            assert not [a.heading for a, b in heads if a.heading == b.heading and a.heading not in same]
    assert translator("sv")("Deviations") == "Avvikelser"
