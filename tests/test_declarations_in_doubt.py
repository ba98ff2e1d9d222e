"""What a supplier says with a reservation, of a part, or twice: it never counts for more than it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_declarations_as_sent import read

from kemkoll.declarations import combine
from kemkoll.declarations.answers import parse_answer, parse_list
from kemkoll.tables import Declarations


def codes(declared: Declarations) -> list[str]:
    return sorted(declared.problems["code"].astype(str))


@pytest.mark.parametrize(
    "text",
    [
        "Innehåller inga uppgifter",
        "free from DEHP but contains DBP",
        "free from",
        "No substances except DEHP 15 %",
        "innehåller inte mer än 5 % DEHP",
        "does not contain SVHC above 5 %",
        "does not contain lead",
        "inga ämnen utom bly",
        "no substances reviewed",
    ],
)
def test_an_answer_with_a_reservation_is_no_answer(text: str) -> None:
    assert parse_answer(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "does not contain",
        "Does not contain any SVHC above 0.1 %",
        "innehåller inga ämnen på kandidatförteckningen",
        "Innehåller inte SVHC över 0,1 %",
        "No substances on the list",
        "inga ämnen över gränsvärdet",
        "fri från ftalater",
        "No",
    ],
)
def test_an_answer_for_a_whole_list_is_none(text: str) -> None:
    answer = parse_answer(text)
    assert answer is not None
    assert answer.value == "none_above_limit"


def test_an_answer_for_another_list_or_limit_is_not_used(tmp_path: Path) -> None:
    declared = read(
        tmp_path / "a.csv",
        "Artikelnr;Lista;Svar",
        "A;SVHC;innehåller inga ftalater",
        "A;RoHS;does not contain RoHS substances above 0.1 %",
        "A;Ftalater;innehåller inga ftalater",
    )
    assert declared.statements["list"].tolist() == ["phthalates"]
    assert codes(declared) == ["answer-unreadable"] * 2


@pytest.mark.parametrize(
    "row", [("slang", "", "nej"), ("", "PVC", "none"), ("slang", "PVC", "innehåller inga SVHC")]
)
def test_none_for_a_part_is_not_none_for_the_article(tmp_path: Path, row: tuple[str, ...]) -> None:
    header = "Artikelnr;Beståndsdel;Material;Lista;Svar"
    component, material, answer = row
    whole, rows = "A;;;RoHS;nej", f"A;{component};{material};SVHC;{answer}"
    declared = read(tmp_path / "a.csv", header, whole, rows)
    assert declared.statements["list"].tolist() == ["eu-rohs"]
    assert codes(declared) == ["answer-partial"]
    place = {"article": "A", "component": component, "material": material, "list": "SVHC", "answer": answer}
    line = {"article": "A", "name": "Bly", "amount": "1 %"}
    declared = read(tmp_path / "a.json", json.dumps({"lines": [line], "statements": [place]}))
    assert len(declared.statements) == 0
    assert codes(declared) == ["answer-partial"]


def test_contains_for_a_part_is_so_for_the_article(tmp_path: Path) -> None:
    declared = read(tmp_path / "a.csv", "Artikelnr;Beståndsdel;Lista;Svar", "A;slang;SVHC;ja")
    assert declared.statements["answer"].tolist() == ["contains"]


@pytest.mark.parametrize(
    "text",
    [
        "Phthalate DEHP",
        "China RoHS",
        "Not on RoHS China / SVHC Korea",
        "UK REACH SVHC",
        "US RoHS",
        "Türkiye RoHS",
        "Diethylhexyl phthalate",
        "RoHS utom bly",
        "Bisfenol A",
        "PFAS (PFOA)",
    ],
)
def test_another_countrys_list_and_a_substance_are_no_list(text: str) -> None:
    assert parse_list(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RoHS 2011/65/EU", "eu-rohs"),
        ("REACH SVHC 2024-06-27", "eu-reach-candidate"),
        ("California Prop 65", "us-ca-prop65"),
        ("Ftalater", "phthalates"),
        ("US-CA-Prop65", "us-ca-prop65"),
        ("Bisphenols", "bisphenols"),
    ],
)
def test_the_lists_that_are_meant_are_still_found(text: str, expected: str) -> None:
    assert parse_list(text) == expected


def test_a_column_about_one_phthalate_is_no_statement(tmp_path: Path) -> None:
    declared = read(tmp_path / "a.csv", "Artikelnr;Ämne;Halt;Innehåller ftalat DEHP", "A;Bly;1 %;nej")
    assert len(declared.statements) == 0
    assert "column-unknown" in codes(declared)


def test_amounts_in_two_units_that_contradict_are_wide(tmp_path: Path) -> None:
    declared = read(tmp_path / "a.csv", "Artikelnr;Ämne;amount (ppm);amount (%)", "A;Bly;500;5")
    assert declared.lines[["low_ppt", "high_ppt"]].to_numpy().tolist() == [[5 * 10**8, 5 * 10**10]]
    assert codes(declared) == ["amount-ambiguous"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"amount": "15 %", "low": 0, "high": 0}, (0, 15 * 10**10)),
        ({"low": 0.2, "high": 0.1}, (10**11, 2 * 10**11)),
        ({"amount": "1 %", "low": 0.3, "high": 0.2}, (10**10, 3 * 10**11)),
    ],
)
def test_shares_that_contradict_in_json_are_wide(
    tmp_path: Path, given: dict[str, Any], expected: tuple[int, int]
) -> None:
    document = {"lines": [{"article": "A", "name": "Bly", **given}]}
    declared = read(tmp_path / "a.json", json.dumps(document))
    assert (declared.lines["low_ppt"][0], declared.lines["high_ppt"][0]) == expected
    assert codes(declared) == ["amount-ambiguous"]


@pytest.mark.parametrize("row", [2**31, -(2**40), True, "3"])
def test_a_row_that_is_none_in_json_is_counted(tmp_path: Path, row: Any) -> None:
    document = {"lines": [{"article": "A", "name": "Bly", "amount": "1 %", "row": row}]}
    assert read(tmp_path / "a.json", json.dumps(document)).lines["row"].tolist() == [1]


def test_the_latest_of_two_dates_on_the_market_counts(tmp_path: Path) -> None:
    header = "Artikelnr;Ämne;Halt;placed_on_market"
    one = read(tmp_path / "a.csv", header, "A;Bly;1 %;2018-01-01", "A;Tenn;1 %;2024-01-01")
    assert one.articles["placed_on_market"].tolist() == ["2024-01-01"]
    assert codes(one) == ["date-conflict"]
    two = read(tmp_path / "b.csv", header, "A;Bly;1 %;2025-01-01")
    both = combine([one, two])
    assert both.articles["placed_on_market"].tolist() == ["2025-01-01"]
    assert codes(both) == ["date-conflict"] * 2
    assert codes(combine([two, two])) == []


@pytest.mark.parametrize(
    ("masses", "basis"), [(("60", "40"), "article"), (("10", "90"), "component"), (("", ""), "article")]
)
def test_masses_may_refuse_the_article_as_basis(tmp_path: Path, masses: tuple[str, str], basis: str) -> None:
    declared = read(
        tmp_path / "a.csv",
        "Artikelnr;Artikelvikt (g);Beståndsdel;Delvikt (g);Ämne;Halt",
        f"A;100;slang;{masses[0]};PVC;59 %",
        f"A;100;slang;{masses[0]};DEHP;1 %",
        f"A;100;klämma;{masses[1]};Stål;40 %",
    )
    assert declared.lines["basis"].tolist() == [basis] * 3


@pytest.mark.parametrize(
    ("amounts", "code"),
    [
        (("60", "35"), "amount-unit-assumed"),
        (("60", "45"), "amount-unit-assumed"),
        (("60", "20"), "amount-unit-unclear"),
        (("60", "60"), "amount-unit-unclear"),
    ],
)
def test_figures_without_unit_are_in_per_cent_where_they_add_up(
    tmp_path: Path, amounts: tuple[str, str], code: str
) -> None:
    declared = read(tmp_path / "a.csv", "Artikelnr;Ämne;Halt", *(f"A;Ämne {i};{i}" for i in amounts))
    assert codes(declared) == [code]
    assert declared.lines["high_ppt"].tolist() == [int(text) * 10**10 for text in amounts]
    low = 10**10 if code == "amount-unit-assumed" else 10**6
    assert declared.lines["low_ppt"].tolist() == [int(text) * low for text in amounts]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("0,1 %", ""), 0),
        (("", "0,1 %"), 0),
        (("0,1 %", "0,1 %"), 10**9),
        (("0,1 %", "1 %"), 10**10),
    ],
)
@pytest.mark.parametrize("article", ["A", ""])
def test_complete_counts_where_all_rows_say_it(
    tmp_path: Path, cells: tuple[str, str], expected: int, article: str
) -> None:
    first, second = cells
    declared = read(
        tmp_path / "a.csv",
        "Artikelnr;Beståndsdel;Ämne;Halt;complete_down_to",
        f"A;slang;Bly;1 %;{first}",
        f"{article};klämma;Stål;1 %;{second}",
    )
    assert declared.declarations["complete_down_to_ppt"].tolist() == [expected]
    assert codes(declared) == ([] if expected else ["complete-partial"])


def test_complete_above_the_table_counts_for_all_of_it(tmp_path: Path) -> None:
    declared = read(
        tmp_path / "a.csv",
        "complete_down_to;0,1 %;;",
        "",
        "Artikelnr;Beståndsdel;Ämne;Halt",
        "A;slang;Bly;1 %",
        "A;klämma;Stål;1 %",
    )
    assert declared.declarations["complete_down_to_ppt"].tolist() == [10**9]


WHOLE_HOSE = ("A;slang;PE;Järn;7439-89-6;99;0,001 %;", "A;slang;PE;Koppar;7440-50-8;1;0,001 %;")
HOSE = "Artikelnr;Beståndsdel;Material;Ämne;CAS-nr;Halt (%);Redovisat ned till;"


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ((f"{HOSE}", *WHOLE_HOSE, "* Slangen innehåller även DEHP (117-81-7)"), [("DEHP", "117-81-7")]),
        ((f"{HOSE}", *WHOLE_HOSE, "", "Produkten innehåller dessutom 2 % bly i lödningen."), [("bly", "")]),
        (("Observera att slangen är mjukgjord med DEHP.", "", f"{HOSE}", *WHOLE_HOSE), [("DEHP", "")]),
        ((f"{HOSE}", *WHOLE_HOSE, "Totalt;;;DEHP;;15;;"), [("DEHP", "")]),
        ((f"{HOSE}Farligt ämne", f"{WHOLE_HOSE[0]}84-74-2", WHOLE_HOSE[1]), [("", "84-74-2")]),
        ((f"{HOSE}Anmärkning", f"{WHOLE_HOSE[0]}mjukgjord med DBP", WHOLE_HOSE[1]), [("DBP", "")]),
        ((f"{HOSE}CAS-nr", f"{WHOLE_HOSE[0]}117-81-7", WHOLE_HOSE[1]), [("", "117-81-7")]),
        ((f"{HOSE}", *WHOLE_HOSE, "A;hölje;PVC (med DEHP);PVC;9002-86-2;100;;"), [("DEHP", "")]),
        ((f"{HOSE}Mätt DEHP", f"{WHOLE_HOSE[0]}15", WHOLE_HOSE[1]), [("DEHP", "")]),
        ((f"{HOSE}Tillsatt DEHP?", f"{WHOLE_HOSE[0]}nej", WHOLE_HOSE[1]), []),
        (("Tel: 08-123 45 67. As agreed with Exempel Co.", "", f"{HOSE}", *WHOLE_HOSE), []),
        (
            (f"{HOSE}", *WHOLE_HOSE, "", "Sexvärt krom, Cr(VI), finns inte kvar i skiktet."),
            [("Sexvärt krom", "")],
        ),
        # what is denied, asked or said in a line already is not said to be there once more
        ((f"{HOSE}", *WHOLE_HOSE, "", "Produkten innehåller inte DEHP eller andra ftalater."), []),
        ((f"{HOSE}", *WHOLE_HOSE, "", "Innehåller produkten ftalater som DEHP eller inte?"), []),
        ((f"{HOSE}", *WHOLE_HOSE, "", "Lead time for this product is 4 weeks."), []),
        ((f"{HOSE}Anmärkning", f"{WHOLE_HOSE[0]}ersätter bly", "A;lod;tenn;Bly;7439-92-1;1;;"), []),
        ((f"{HOSE}Anmärkning", f"{WHOLE_HOSE[0]}bly", "A;lod;glas;Blyoxid;1317-36-8;1;;"), []),
    ],
)
def test_a_substance_that_is_named_beside_the_lines_is_a_line_without_an_amount(
    tmp_path: Path, rows: tuple[str, ...], named: list[tuple[str, str]]
) -> None:
    lines = read(tmp_path / "a.csv", *rows).lines
    added = lines[lines["amount"] == ""]
    assert list(added[["name", "cas"]].itertuples(index=False, name=None)) == named
    assert added["high_ppt"].tolist() == [10**12] * len(named)
    assert added["low_ppt"].tolist() == [0] * len(named)


def test_what_is_named_beside_a_table_is_in_its_articles_only(tmp_path: Path) -> None:
    head = "Artikelnr;Ämne;CAS-nr;Halt;Anmärkning"
    rows = ("A;Järn;7439-89-6;100 %;", "B;Järn;7439-89-6;100 %;med DEHP", "B;Koppar;7440-50-8;0 %;med DEHP")
    declared = read(tmp_path / "a.csv", head, *rows)
    added = declared.lines[declared.lines["name"] == "DEHP"]
    assert declared.articles["number"].astype(object).iloc[added["article"]].tolist() == ["B"]


@pytest.mark.parametrize(
    "text",
    [
        "SVHC i förpackningen",
        "RoHS 2002/95/EC",
        "RoHS 6",
        "RoHS 2011/65/EU exkl. 2015/863",
    ],
)
def test_a_part_of_an_article_or_an_older_list_is_no_list(text: str) -> None:
    assert parse_list(text) == ""


@pytest.mark.parametrize(
    "text", ["Innehåller ej SVHC", "SVHC-fri", "Fri från SVHC", "Contains no SVHC", "RoHS compliant"]
)
def test_no_is_not_none_where_the_question_denies_or_claims(tmp_path: Path, text: str) -> None:
    declared = read(tmp_path / "a.csv", "Artikelnr;Lista;Svar", f"A;{text};nej", "A;PFAS;nej")
    assert declared.statements["list"].tolist() == ["pfas"]
    assert codes(declared) == ["list-unknown"]


@pytest.mark.parametrize(
    "header",
    ["Innehåller ej SVHC", "RoHS non-compliant", "Uppfyller inte RoHS", "Förpackningen uppfyller RoHS"],
)
@pytest.mark.parametrize("answer", ["ja", "nej"])
def test_a_column_that_denies_or_is_about_the_packaging_answers_nothing(
    tmp_path: Path, header: str, answer: str
) -> None:
    declared = read(tmp_path / "a.csv", f"Artikelnr;PFAS compliant;{header}", f"A;ja;{answer}")
    assert declared.statements["list"].tolist() == ["pfas"]


@pytest.mark.parametrize(
    ("header", "answer", "expected"),
    [
        ("RoHS compliant (yes/no)", "yes", "none_above_limit"),
        ("SVHC > 0,1 %", "ja", "contains"),
        ("SVHC > 0,1 %", "nej", "none_above_limit"),
        ("Innehåller SVHC", "ja, se bilaga 3", "contains"),
        ("Innehåller SVHC", "innehåller DEHP", "contains"),
    ],
)
def test_a_column_about_a_list_is_answered(tmp_path: Path, header: str, answer: str, expected: str) -> None:
    declared = read(tmp_path / "a.csv", f"Artikelnr;Artikelnamn;{header}", f"A;Slang;{answer}")
    assert declared.statements["answer"].tolist() == [expected]


@pytest.mark.parametrize(
    ("claimed", "expected"), [("6(c)", "contains"), ("", "none_above_limit"), ("nej", "none_above_limit")]
)
def test_what_complies_by_an_exemption_holds_what_is_exempt(
    tmp_path: Path, claimed: str, expected: str
) -> None:
    head = "Artikelnr;Artikelnamn;RoHS compliant;RoHS undantag"
    declared = read(tmp_path / "a.csv", head, f"A;Kabel;Ja;{claimed}")
    assert declared.statements["answer"].tolist() == [expected]


def test_yes_with_a_remark_beside_a_list_is_no_answer(tmp_path: Path) -> None:
    declared = read(tmp_path / "a.csv", "Artikelnr;Lista;Svar", "A;RoHS;Ja, RoHS OK", "A;PFAS;nej")
    assert declared.statements["list"].tolist() == ["pfas"]
    assert codes(declared) == ["answer-unreadable"]
