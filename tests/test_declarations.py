"""Suppliers' files: what is in them comes out, with its place, and nothing is lost without a word."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kemkoll.codes import PROBLEMS
from kemkoll.declarations import combine, read_declaration, read_declarations
from kemkoll.declarations.tabular import read_tables
from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import make_sheet
from kemkoll.tables import Declarations

DOCUMENTS = Path(__file__).parent / "declarations"
GOLDEN = sorted(DOCUMENTS.glob("*/*.lines.csv"))
COLUMNS = [
    "article",
    "component",
    "material",
    "name",
    "cas",
    "amount",
    "low",
    "high",
    "basis",
    "sheet",
    "row",
]


def shown(declared: Declarations) -> list[list[str]]:
    """The lines as the golden files show them, mass fractions in per cent."""
    lines = declared.lines
    frames = {"component": declared.components, "material": declared.materials}
    return [
        [
            str(declared.articles["number"].iloc[line.article]),
            *(
                str(frame["name"].iloc[getattr(line, name)]) if getattr(line, name) >= 0 else ""
                for name, frame in frames.items()
            ),
            line.name,
            line.cas,
            line.amount,
            f"{line.low_ppt / 10**10:.10g}",
            f"{line.high_ppt / 10**10:.10g}",
            line.basis + ("?" if line.basis_assumed else ""),
            line.sheet,
            str(line.row),
        ]
        for line in lines.itertuples(index=False)
    ]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def codes(declared: Declarations) -> list[str]:
    return sorted(declared.problems["code"].astype(str))


def document(golden: Path) -> Path:
    stem = golden.name.removesuffix(".lines.csv")
    return next(path for path in golden.parent.glob(f"{stem}.*") if path != golden)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name.split('.')[0]}")
def test_document_gives_its_lines(golden: Path) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        header, *expected = list(csv.reader(file))
    assert header == COLUMNS
    assert shown(read_declaration(document(golden))) == expected


def test_every_format_has_a_document() -> None:
    expected = {"csv", "html", "json", "ods", "parquet", "tsv", "xls", "xlsx"}
    assert {path.parent.name for path in GOLDEN} == expected


def test_every_problem_has_a_known_code() -> None:
    declared = read_declarations([document(golden) for golden in GOLDEN])
    assert set(declared.problems["code"]) <= set(PROBLEMS)
    assert set(declared.inputs["status"]) == {"read"}


def test_form_with_several_sheets() -> None:
    declared = read_declaration(DOCUMENTS / "xlsx" / "form.xlsx")
    assert declared.articles[["number", "name", "gtin", "mass_low_ug"]].to_numpy().tolist() == [
        ["S-100", "Infusionsset", "7350000000016", 42_000_000],
        ["S-200", "Handskar", "", -1],
    ]
    assert declared.components[["name", "parent", "units", "mass_high_ug"]].to_numpy().tolist() == [
        ["slangset", -1, 1, 30_000_000],
        ["slang", 0, 2, 12_500_000],
        ["koppling", 0, 4, 1_250_000],
        ["klämma", -1, 1, -1],
    ]
    assert declared.facts.to_numpy().tolist() == [
        [0, "medical_device", True],
        [0, "textile", False],
        [1, "medical_device", True],
    ]
    assert declared.statements[
        ["article", "list", "edition", "answer", "sheet", "row"]
    ].to_numpy().tolist() == [
        [0, "eu-rohs", "2024-07-01", "none_above_limit", "Intyg", 2],
        [1, "eu-reach-candidate", "2026-02-04", "none_above_limit", "Intyg", 3],
    ]
    assert declared.declarations[
        ["supplier", "date", "scope", "complete_down_to_ppt"]
    ].to_numpy().tolist() == [
        ["Slang & Co AB", "2025-03-01", "full", 10**9],
        ["Slang & Co AB", "2025-03-01", "full", 0],
    ]
    assert declared.lines["intended"].tolist() == ["yes", "yes", "no", "unknown", "unknown", "unknown"]
    assert declared.lines["derogation"].tolist()[3] == "6(c)"
    assert declared.lines["cas"].tolist()[2] == "1980-05-07"
    found = declared.problems[["code", "sheet", "row", "found", "line"]].to_numpy().tolist()
    assert ["component-unknown", "Beståndsdelar", 5, "klämma", -1] in found
    assert ["list-unknown", "Intyg", 4, "Västra listan", -1] in found
    assert ["answer-unreadable", "Intyg", 5, "delvis", -1] in found
    assert ["basis-unreadable", "Innehåll", 8, "lådan", 4] in found
    assert ["amount-missing", "Innehåll", 9, "", 5] in found


def test_certificate_answers_for_its_list() -> None:
    declared = read_declaration(DOCUMENTS / "xlsx" / "certificate.xlsx")
    assert declared.statements[["list", "edition", "answer"]].to_numpy().tolist() == [
        ["eu-reach-candidate", "2024-06-27", "contains"]
    ]


def test_disguised_file_is_read_as_what_it_is() -> None:
    declared = read_declaration(DOCUMENTS / "html" / "module.xls")
    first = declared.problems.iloc[0]
    assert first[["code", "found", "suggestion"]].tolist() == ["file-disguised", ".xls", "an HTML page"]


HEADER = "Artikelnummer;Ämne;CAS-nr;Halt\n"


@pytest.mark.parametrize(
    ("cells", "expected", "code"),
    [
        (["12", "0,1"], [(12 * 10**6, 12 * 10**10), (10**5, 10**9)], "amount-unit-unclear"),
        (["99,9", "0,1"], [(999 * 10**9,) * 2, (10**9,) * 2], "amount-unit-assumed"),
        (["0,5", "0,1"], [(5 * 10**9, 5 * 10**11), (10**9, 10**11)], "amount-unit-unclear"),
        (["500", "0,1"], [(5 * 10**8, 10**12), (10**5, 10**12)], "amount-unit-unclear"),
        (["5 %", "100 ppm"], [(5 * 10**10,) * 2, (10**8,) * 2], None),
    ],
)
def test_column_without_unit(
    tmp_path: Path, cells: list[str], expected: list[tuple[int, int]], code: str | None
) -> None:
    rows = "".join(f"A;Bly;7439-92-1;{cell}\n" for cell in cells)
    declared = read_declaration(write(tmp_path / "a.csv", HEADER + rows))
    assert list(zip(declared.lines["low_ppt"], declared.lines["high_ppt"], strict=True)) == expected
    assert codes(declared) == ([code] if code else [])


def test_missing_trace_and_unreadable_amounts_are_wide_open(tmp_path: Path) -> None:
    text = HEADER + "A;Bly;;\nA;Tenn;;spår\nA;Zink;;X\nA;;;5 %\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert declared.lines["high_ppt"].tolist() == [10**12, 10**12, 10**12, 5 * 10**10]
    assert declared.lines["low_ppt"].tolist() == [0, 0, 0, 5 * 10**10]
    assert codes(declared) == ["amount-missing", "amount-trace", "amount-unreadable", "line-empty"]
    assert declared.problems.sort_values("line")["line"].tolist() == [0, 1, 2, 3]


def test_mass_becomes_share_of_the_finest_known_whole(tmp_path: Path) -> None:
    text = (
        "Artikelnummer;Produktvikt (g);Beståndsdel;Delvikt (g);Ämne;Ämnets massa (mg)\n"
        "A;100;slang;10;Bly;20\nA;100;;;Tenn;20\nB;;;;Zink;20\n"
    )
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert declared.lines[["low_ppt", "high_ppt", "basis", "basis_assumed"]].to_numpy().tolist() == [
        [2 * 10**9, 2 * 10**9, "component", False],
        [2 * 10**8, 2 * 10**8, "article", False],
        [0, 10**12, "article", True],
    ]
    assert codes(declared) == ["amount-mass-unknown"]
    assert declared.problems["column"].tolist() == ["Ämnets massa (mg)"]


@pytest.mark.parametrize(
    ("header", "basis"), [("Artikelvikt (g)", "article"), ("Komponentvikt (g)", "component")]
)
def test_the_masses_that_the_manual_names_are_read(tmp_path: Path, header: str, basis: str) -> None:
    text = f"Artikelnummer;Beståndsdel;{header};Ämne;Ämnets vikt (mg)\nA;slang;100;Bly;4\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert declared.lines[["low_ppt", "basis"]].to_numpy().tolist() == [[4 * 10**7, basis]]
    assert codes(declared) == []


def test_a_list_that_nothing_is_near_is_not_guessed(tmp_path: Path) -> None:
    text = "Artikelnummer;Lista;Svar\nA;SIN;nej\nA;eu-rosh;nej\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    unknown = declared.problems[declared.problems["code"] == "list-unknown"]
    assert unknown["suggestion"].tolist()[0] == ""
    assert "eu-rohs" in unknown["suggestion"].tolist()[1].split(" | ")


def test_shares_that_add_up_to_the_article_are_of_the_article(tmp_path: Path) -> None:
    rows = (
        "A;slang;PVC;60 %\nA;slang;DEHP;20 %\nA;klämma;Stål;20 %\n"
        "B;slang;PVC;80 %\nB;slang;DEHP;20 %\nB;klämma;Stål;100 %\n"
    )
    declared = read_declaration(write(tmp_path / "a.csv", "Artikelnr;Beståndsdel;Ämne;Halt\n" + rows))
    assert declared.lines["basis"].tolist() == ["article"] * 3 + ["component"] * 3


def test_groups_are_filled_down_but_not_across(tmp_path: Path) -> None:
    text = "Komponent;Material;Ämne;Halt (%)\nchip;kisel;Si;99\n;;Pb;1\ntråd;;Al;100\nSumma;;;100\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert [row[1:4] for row in shown(declared)] == [
        ["chip", "kisel", "Si"],
        ["chip", "kisel", "Pb"],
        ["tråd", "", "Al"],
    ]


def test_flat_table_is_not_filled_down(tmp_path: Path) -> None:
    text = "Artikelnr;Komponent;Ämne;Halt (%)\nA;chip;Si;99\nA;;Pb;1\n"
    assert [row[1] for row in shown(read_declaration(write(tmp_path / "a.csv", text)))] == ["chip", ""]


def test_several_tables_with_their_own_notes(tmp_path: Path) -> None:
    text = (
        "Leverantör;AB Två;\nArtikelnr;X-1;\n\nÄmne;CAS-nr;Halt (%)\nBly;7439-92-1;0,1\n\n"
        "Artikelnr;X-2;\n\nÄmne;CAS-nr;Halt (ppm)\nBly;7439-92-1;900\nNot: inget annat har tillsatts;;\n"
    )
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert [(row[0], row[7], row[10]) for row in shown(declared)] == [
        ("X-1", "0.1", "5"),
        ("X-2", "0.09", "10"),
    ]
    assert declared.articles["supplier"].tolist() == ["AB Två"] * 2
    assert codes(declared) == ["row-unused"]


def test_unnamed_article_gets_the_files_name(tmp_path: Path) -> None:
    declared = read_declaration(write(tmp_path / "slang 12.csv", "Ämne;Halt\nBly;1 %\nTenn;2 %\n"))
    assert declared.articles["number"].tolist() == ["slang 12"]
    assert declared.problems[["code", "suggestion"]].to_numpy().tolist() == [["article-missing", "slang 12"]]


def test_finest_of_several_amount_columns_is_used(tmp_path: Path) -> None:
    text = "Artikelnr;Material;Ämne;% of total product;% of material\nA;PVC;DEHP;1;15\nA;PVC;Bly;2;\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert [(row[7], row[8]) for row in shown(declared)] == [("15", "homogeneous_material"), ("2", "article")]


def test_least_and_greatest_in_two_columns(tmp_path: Path) -> None:
    text = "Artikelnr;Ämne;Halt min (%);Halt max (%)\nA;Bly;1;2\nA;Tenn;3;\nA;Zink;;4\nA;Krom;;\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert [row[6:8] for row in shown(declared)] == [["1", "2"], ["3", "100"], ["0", "4"], ["0", "100"]]
    assert codes(declared) == ["amount-missing"]


def test_columns_named_after_substances(tmp_path: Path) -> None:
    text = "Produkt,Pb (ppm),Cd (ppm)\nskruv,<100,5\nmutter,,7\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert [(row[0], row[3], row[7]) for row in shown(declared)] == [
        ("skruv", "Pb", "0.0099999999"),
        ("skruv", "Cd", "0.0005"),
        ("mutter", "Cd", "0.0007"),
    ]


def test_contradicting_facts_stand_beside_each_other(tmp_path: Path) -> None:
    rows = "A;Bly;1 %;medical_device=ja\nA;Tenn;1 %;medical_device=nej\nA;Zink;1 %;magi=ja\n"
    declared = read_declaration(write(tmp_path / "a.csv", "Artikelnr;Ämne;Halt;Villkor\n" + rows))
    assert sorted(declared.facts["holds"].tolist()) == [False, True]
    assert codes(declared) == ["condition-conflict", "condition-unreadable"]


def test_unknown_column_is_reported(tmp_path: Path) -> None:
    declared = read_declaration(write(tmp_path / "a.csv", "Artikelnr;Ämne;Halt;Färg\nA;Bly;1 %;röd\n"))
    problem = declared.problems.iloc[0]
    assert (problem["code"], problem["column"], problem["row"]) == ("column-unknown", "Färg", 1)


def test_compliance_column_is_a_statement(tmp_path: Path) -> None:
    text = "Artikelnr;Benämning;RoHS compliant;Innehåller SVHC > 0,1 %\nA;skruv;yes;nej\nB;mutter;no;ja\n"
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert sorted(declared.statements[["article", "list", "answer"]].to_numpy().tolist()) == [
        [0, "eu-reach-candidate", "none_above_limit"],
        [0, "eu-rohs", "none_above_limit"],
        [1, "eu-reach-candidate", "contains"],
        [1, "eu-rohs", "contains"],
    ]
    assert set(declared.declarations["scope"]) == {"list_answer"}


def test_a_list_of_limits_is_no_declaration(tmp_path: Path) -> None:
    text = "Substance;CAS no;Threshold value\nLead;7439-92-1;0,1%\n"
    with pytest.raises(DeclarationError) as caught:
        read_declaration(write(tmp_path / "a.csv", text))
    assert caught.value.code == "file-no-table"


def test_one_failed_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good = write(tmp_path / "good.csv", HEADER + "A;Bly;;1 %\n")
    declared = read_declarations([tmp_path / "none.csv", good, tmp_path])
    assert declared.inputs[["status", "code", "lines"]].to_numpy().tolist() == [
        ["failed", "file-missing", 0],
        ["read", "", 1],
        ["failed", "file-is-directory", 0],
    ]
    assert codes(declared) == ["file-is-directory", "file-missing"]
    assert len(declared.lines) == 1


def test_combined_articles_are_one_and_declarations_stay_apart(tmp_path: Path) -> None:
    parts = [
        read_declaration(
            write(
                tmp_path / f"{i}.csv",
                f"Artikelnr;Komponent;Ämne;Halt;Villkor\nB;;Tenn;1 %;\nA;del {i};Bly;{i} %;textile={yes}\n",
            )
        )
        for i, yes in ((1, "ja"), (2, "nej"))
    ]
    both = combine(parts)
    assert both.articles["number"].tolist() == ["B", "A"]
    assert both.lines[["declaration", "article", "component"]].to_numpy().tolist() == [
        [0, 0, -1],
        [0, 1, 0],
        [1, 0, -1],
        [1, 1, 1],
    ]
    assert both.components["name"].tolist() == ["del 1", "del 2"]
    assert both.components["article"].tolist() == [1, 1]
    assert both.facts[["article", "holds"]].to_numpy().tolist() == [[1, True], [1, False]]
    assert codes(both) == ["condition-conflict"]
    again = combine([both, parts[0]])
    assert len(again.facts) == 2
    assert codes(again) == ["condition-conflict"], "it was said before"


def test_json_without_lines_is_refused(tmp_path: Path) -> None:
    for text, code in (("{}", "file-no-table"), ("{", "file-unreadable"), ('{"lines": 3}', "file-no-table")):
        with pytest.raises(DeclarationError) as caught:
            read_declaration(write(tmp_path / "a.json", text))
        assert caught.value.code == code


def test_json_shares_round_trip(tmp_path: Path) -> None:
    share = 123_456_789_012
    document = {
        "lines": [
            {"article": "A", "name": "Bly", "low": share / 1e12, "high": share / 1e12, "basis": "article"}
        ]
    }
    declared = read_declaration(write(tmp_path / "a.json", json.dumps(document)))
    assert declared.lines[["low_ppt", "high_ppt", "basis_assumed"]].to_numpy().tolist() == [
        [share, share, False]
    ]


def test_large_and_small_files_read_alike(tmp_path: Path) -> None:
    rows = "".join(f"A-{i};Bly;7439-92-1;{i % 7},5 %\n" for i in range(40_000))
    large = read_declaration(write(tmp_path / "a.csv", HEADER + rows))
    head = read_declaration(write(tmp_path / "b.csv", HEADER + rows[: rows.index("A-100;")]))
    kept = ["name", "cas", "amount", "low_ppt", "high_ppt", "row", "basis"]
    pd.testing.assert_frame_equal(
        large.lines[kept].iloc[:100].astype(str), head.lines[kept].astype(str), check_dtype=False
    )
    assert len(large.lines) == 40_000
    ragged = read_declaration(write(tmp_path / "c.csv", HEADER + rows + "A-1;Bly\n"))
    assert len(ragged.lines) == 40_001


@pytest.mark.parametrize("table", ["", "Name (substance);CAS no;Content w/w%\n"])
def test_form_without_lines_answers_all_the_same(tmp_path: Path, table: str) -> None:
    text = (
        "Product name:;Handske\nSupplier:;AB Ett\n"
        "Does the article contain any substance listed on the candidate list?;No\n"
        "Last review date for the candidate list:;2026-02-04\n" + table
    )
    declared = read_declaration(write(tmp_path / "a.csv", text))
    assert declared.statements[["list", "edition", "answer", "row"]].to_numpy().tolist() == [
        ["eu-reach-candidate", "2026-02-04", "none_above_limit", 3]
    ]
    assert declared.articles[["supplier", "number"]].to_numpy().tolist() == [["AB Ett", "Handske"]]
    assert declared.declarations["scope"].tolist() == ["list_answer"]


@pytest.mark.parametrize(
    ("known", "expected"), [(True, (15 * 10**8, 15 * 10**8)), (False, (15 * 10**8, 15 * 10**10))]
)
def test_percentages_without_number_formats_are_wide(known: bool, expected: tuple[int, int]) -> None:
    rows = [["Artikelnr", "Ämne", "Halt (%)"], ["A", "Bly", "0.15"]]
    sheet = make_sheet("Blad1", rows, formats_known=known)
    declared = read_tables([sheet], "a.xlsb")
    assert (declared.lines["low_ppt"].iloc[0], declared.lines["high_ppt"].iloc[0]) == expected
    assert codes(declared) == ([] if known else ["amount-unit-unclear"])


def test_an_amount_merged_over_rows_is_shared() -> None:
    rows = [["Artikelnr", "Ämne", "Halt"], ["A", "Bly", "5 %"], ["A", "Tenn", ""], ["A", "Zink", "1 %"]]
    declared = read_tables([make_sheet("Blad1", rows, [(2, 3, 2, 2)])], "a.xlsx")
    assert declared.lines["low_ppt"].tolist() == [0, 0, 10**10]
    assert declared.lines["high_ppt"].tolist() == [5 * 10**10, 5 * 10**10, 10**10]
    assert codes(declared) == ["amount-shared", "amount-shared"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "",
                    "Ämne",
                    "CAS-nr",
                    "Halt",
                    "Halt (ppm)",
                    "Komponent",
                    "Ingår i",
                    "Massa (g)",
                    "Artikelnr",
                    "Bly",
                    "A-1",
                    "5 %",
                    "< 3",
                    "0",
                    "7439-92-1",
                    "Summa",
                    "RoHS compliant",
                    "ja",
                    "Lista",
                    "Svar",
                    "Pb",
                    "Material",
                    "12 mg",
                    "Villkor",
                    "textile=ja",
                    "Not: se bilaga",
                    "GTIN",
                    "Datum",
                    "2024-01-01",
                    "Min %",
                    "Max %",
                    "Undantag",
                ]
            ),
            min_size=1,
            max_size=6,
        ),
        min_size=2,
        max_size=12,
    )
)
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    try:
        declared = read_tables([make_sheet("", rows)], "a.csv")
    except DeclarationError:
        return
    assert set(declared.problems["code"]) <= set(PROBLEMS)
    assert (
        (declared.lines["low_ppt"] >= 0) & (declared.lines["low_ppt"] <= declared.lines["high_ppt"])
    ).all()
    assert (declared.lines["high_ppt"] <= 10**12).all()
    assert set(declared.lines["basis"]) <= {"article", "component", "homogeneous_material"}


def test_result_document_keeps_its_declarations_apart(tmp_path: Path) -> None:
    place = {"supplier": "AB Ett", "article": "A", "component": "slang"}
    lines = [
        place | {"declaration": 0, "name": "Bly", "low": 0.1, "high": 0.1, "step": 0.01, "amount": "10 %"},
        place | {"declaration": 1, "name": "Bly", "low": 0.2, "high": 0.3, "step": 0, "basis": "component"},
    ]
    lines[0] |= {"line": 0, "basis": "article", "basis_assumed": True, "file": "a.csv", "row": 2}
    result = {
        "schema": "kemkoll.result/1",
        "declarations": [
            {"declaration": 0, "complete_down_to": 0.001},
            {"declaration": 1, "complete_down_to": None},
        ],
        "articles": [
            {**place, "name": "Set", "facts": {"textile": False}, "mass_low_ug": 5, "mass_high_ug": 6}
        ],
        "components": [{**place, "declaration": 0, "parent": None, "units": 2, "mass_low_ug": None}],
        "lines": lines,
        "statements": [],
    }
    declared = read_declaration(write(tmp_path / "a.json", json.dumps(result)))
    assert declared.declarations["complete_down_to_ppt"].tolist() == [10**9, 0]
    assert declared.articles[["number", "mass_low_ug", "mass_high_ug"]].to_numpy().tolist() == [["A", 5, 6]]
    assert declared.facts.to_numpy().tolist() == [[0, "textile", False]]
    assert declared.components[["name", "units"]].to_numpy().tolist() == [["slang", 2], ["slang", -1]]
    columns = ["declaration", "low_ppt", "step_ppt", "basis", "basis_assumed"]
    assert declared.lines[columns].to_numpy().tolist() == [
        [0, 10**11, 10**10, "article", True], [1, 2 * 10**11, 0, "component", False]]  # fmt: skip


def test_an_answer_that_nobody_understands_is_told_at_its_cell(tmp_path: Path) -> None:
    declared = read_declaration(write(tmp_path / "a.csv", "Artikelnummer;RoHS compliant\nA;kanske\n"))
    assert declared.articles["number"].tolist() == ["A"]
    problem = declared.problems.iloc[0]
    assert (problem["code"], problem["found"]) == ("answer-unreadable", "kanske")
    assert problem["column"] == "RoHS compliant"
