"""Tables as suppliers send them: broken, rearranged, typed by hand. Nothing is lost or misread in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kemkoll.declarations import read_declaration, read_declarations
from kemkoll.declarations.tabular import read_tables
from kemkoll.errors import DeclarationError
from kemkoll.sheets import read_sheets
from kemkoll.sheets.cells import make_sheet
from kemkoll.tables import Declarations

EXAMPLES = Path(__file__).parents[1] / "examples"
HEADER = ["Artikelnummer", "Beståndsdel", "Material", "Ämne", "CAS-nr", "EG-nr", "Halt (vikt-%)"]
ROWS: list[list[Any]] = [
    ["S-100", "slang", "PVC", "Polyvinylklorid", "9002-86-2", "", 60],
    ["S-100", "slang", "PVC", "DEHP", "117-81-7", "204-211-0", 39.5],
    ["S-100", "slang", "PVC", "Kalciumstearat", "1592-23-0", "", 0.5],
]
PPT = 10**10
"""One per cent."""


def workbook(path: Path, *sheets: list[list[Any]], style: Callable[[Any], None] = lambda sheet: None) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad{number + 1}")
        for row in rows:
            sheet.append(row)
        style(sheet)
    del book["Sheet"]
    book.save(path)
    return path


def text(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def shares(declared: Declarations) -> list[tuple[float, float]]:
    lines = declared.lines
    return [(low / PPT, high / PPT) for low, high in zip(lines["low_ppt"], lines["high_ppt"], strict=True)]


def told(declared: Declarations) -> list[list[Any]]:
    return declared.problems[["code", "row", "column", "found"]].to_numpy().tolist()


def test_a_workbook_under_another_name_is_read(tmp_path: Path) -> None:
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS]).rename(tmp_path / "a.csv"))
    assert shares(declared) == [(60, 60), (39.5, 39.5), (0.5, 0.5)]
    assert declared.problems["code"].tolist() == ["file-disguised"]


def test_a_workbook_cut_off_says_so(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", [HEADER, *ROWS]).read_bytes()
    (tmp_path / "a.xlsx").write_bytes(whole[: len(whole) // 2])
    declared = read_declarations([tmp_path / "a.xlsx"])
    assert declared.problems[["code", "found"]].to_numpy().tolist() == [
        ["file-unreadable", "it is cut off or damaged"]
    ]


@pytest.mark.parametrize("rows", [[], [HEADER]])
def test_nothing_under_the_header_is_an_empty_file(tmp_path: Path, rows: list[list[Any]]) -> None:
    with pytest.raises(DeclarationError) as caught:
        read_declaration(workbook(tmp_path / "a.xlsx", rows))
    assert caught.value.code == "file-empty"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.234, 12.375], [(1.234e-4, 1.234e-4), (1.2375e-3, 1.2375e-3)]),
        (["1.234", 12.375], [(1.234e-4, 0.1234), (1.2375e-3, 1.2375e-3)]),
        (["1.234", "12,5"], [(0.1234, 0.1234), (1.25e-3, 1.25e-3)]),
    ],
)
def test_the_point_of_a_number_cell_is_decimal(
    tmp_path: Path, values: list[Any], expected: list[tuple[float, float]]
) -> None:
    header = ["Artikelnummer", "Ämne", "CAS-nr", "Halt (ppm)"]
    rows = [["A", "Bly", "7439-92-1", values[0]], ["A", "Tenn", "7440-31-5", values[1]]]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [header, *rows]))
    assert [pytest.approx(pair) for pair in expected] == shares(declared)


def test_the_point_of_a_parquet_number_is_decimal(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Artikelnummer": ["A"], "Ämne": ["Bly"], "Halt (ppm)": [1.234]})
    frame.to_parquet(tmp_path / "a.parquet")
    declared = read_declaration(tmp_path / "a.parquet")
    assert declared.lines[["low_ppt", "high_ppt"]].to_numpy().tolist() == [[1_234_000, 1_234_000]]


def test_the_point_of_a_mass_in_a_number_cell_is_decimal(tmp_path: Path) -> None:
    header = ["Artikelnummer", "Produktvikt (g)", "Ämne", "Ämnets massa (mg)"]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [header, ["A", 1.234, "Bly", 1.234]]))
    assert shares(declared) == [(0.1, 0.1)]


def fractions(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2, min_col=7, max_col=7):
        row[0].value /= 100


def half_formatted(sheet: Any) -> None:
    fractions(sheet)
    sheet["G2"].number_format = "0%"


def formatted(sheet: Any) -> None:
    fractions(sheet)
    for i in range(2, 5):
        sheet[f"G{i}"].number_format = "0.0%"


@pytest.mark.parametrize(
    ("style", "expected", "codes"),
    [
        (formatted, [(60, 60), (39.5, 39.5), (0.5, 0.5)], []),
        (fractions, [(0.6, 60), (0.395, 39.5), (0.005, 0.5)], ["amount-unit-unclear"]),
        (half_formatted, [(60, 60), (0.395, 39.5), (0.005, 0.5)], ["amount-unit-unclear"]),
    ],
)
def test_parts_of_one_under_a_header_in_per_cent(
    tmp_path: Path, style: Callable[[Any], None], expected: list[tuple[float, float]], codes: list[str]
) -> None:
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS], style=style))
    assert shares(declared) == expected
    assert declared.problems["code"].tolist() == codes
    assert set(declared.lines["basis"]) == {"homogeneous_material"}


def test_a_decimal_comma_between_commas_is_not_an_amount(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Artikelnummer,Ämne,CAS-nr,Halt (%)", "A,Bly,7439-92-1,0,05")
    declared = read_declaration(path)
    assert shares(declared) == [(0, 100)]
    assert told(declared) == [
        ["column-unknown", 1, "E", "E"],
        ["amount-unreadable", 2, "Halt (%)", "0 | 05"],
    ]


def test_two_columns_that_contradict_each_other_are_wide(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv", "Artikelnummer;Ämne;Halt (%);Halt (ppm)", "A;Bly;0,05;5000", "A;Tenn;0,04;382"
    )
    declared = read_declaration(path)
    assert shares(declared) == [(0.05, 0.5), (0.0382, 0.0382)]
    assert declared.problems["code"].tolist() == ["amount-ambiguous"]


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "Summa 100 %", "", "", ""],
        ["Summa 100 %"],
        ["", "", "", "", "", "Summa:", 100],
        ["Totalt", "", "", "", "", "", "100 %"],
    ],
)
def test_a_sum_is_no_line_and_no_article(tmp_path: Path, row: list[Any]) -> None:
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS, row]))
    assert (len(declared.lines), declared.articles["number"].tolist()) == (3, ["S-100"])


def test_a_group_in_total_is_a_line(tmp_path: Path) -> None:
    row = ["S-100", "slang", "PVC", "Ftalater totalt", "", "", 0.3]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS, row]))
    assert declared.lines["name"].tolist()[3] == "Ftalater totalt"


def test_sentences_below_the_table_are_no_articles(tmp_path: Path) -> None:
    below: list[list[Any]] = [
        ["Uppgifterna gäller från 1 mars 2026."],
        ["Upprättad av:", "Anna Andersson"],
        ["Även spår av kobolt (7440-48-4)"],
    ]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS, [], *below]))
    assert declared.articles["number"].tolist() == ["S-100"]
    assert told(declared) == [
        ["row-unused", 6, "", "Uppgifterna gäller från 1 mars 2026."],
        ["row-unused", 7, "", "Upprättad av: | Anna Andersson"],
        ["row-unused", 8, "", "Även spår av kobolt (7440-48-4)"],
        ["amount-missing", 8, "", ""],
    ]
    assert declared.lines[["row", "name", "cas"]].to_numpy().tolist()[-1] == [8, "kobolt", "7440-48-4"]


def test_an_article_without_lines_stays(tmp_path: Path) -> None:
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS, ["S-300"]]))
    assert declared.articles["number"].tolist() == ["S-100", "S-300"]


def test_data_above_the_header_is_told(tmp_path: Path) -> None:
    above = ["S-100", "slang", "PVC", "Bly", "7439-92-1", "", "1 %"]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [above, HEADER, *ROWS]))
    assert declared.problems[["code", "row"]].to_numpy().tolist() == [
        ["row-unused", 1],
        ["amount-missing", 1],
    ]
    assert declared.lines[["row", "name", "amount"]].to_numpy().tolist()[-1] == [1, "Bly", ""]


def test_tables_beside_each_other(tmp_path: Path) -> None:
    head = ["Ämne", "CAS-nr", "Halt (%)"]
    rows: list[list[Any]] = [[*head, "", *head], ["Bly", "7439-92-1", "", "", "Zink", "7440-66-6", 2]]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", rows))
    assert declared.lines["name"].tolist() == ["Bly", "Zink"]
    assert shares(declared) == [(0, 100), (2, 2)]


def test_rearranged_repeated_and_spaced_rows_read_alike(tmp_path: Path) -> None:
    order = [6, 4, 3, 0, 2, 5, 1]
    shuffled = [[row[i] for i in order] for row in [HEADER, *ROWS]]
    for rows in (shuffled, [HEADER, ROWS[0], HEADER, *ROWS[1:]], [*[[]] * 100, HEADER, *ROWS]):
        declared = read_declaration(workbook(tmp_path / "a.xlsx", rows))
        assert shares(declared) == [(60, 60), (39.5, 39.5), (0.5, 0.5)]
        assert declared.problems["code"].tolist() == []


def test_hidden_rows_and_second_sheets_count(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True

    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS], [HEADER, *ROWS], style=hide))
    assert declared.lines["sheet"].tolist() == ["Blad1"] * 3 + ["Blad2"] * 3


def test_a_formula_without_value_is_unreadable(tmp_path: Path) -> None:
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [HEADER, [*ROWS[0][:6], "=30*2"]]))
    assert told(declared) == [["formula-unsaved", 2, "Halt (vikt-%)", "=30*2"]]
    assert declared.problems["line"].tolist() == [0]
    assert shares(declared) == [(0, 100)]


def test_a_merged_title_is_no_header() -> None:
    rows = [["Produktinnehåll och ämnen enligt lista"], ["Leverantör:", "AB Slang"], HEADER]
    rows += [[str(cell) for cell in row] for row in ROWS]
    declared = read_tables([make_sheet("Blad1", rows, [(1, 1, 0, 6)])], "a.xlsx")
    assert declared.articles[["supplier", "number"]].to_numpy().tolist() == [["AB Slang", "S-100"]]
    assert declared.lines["row"].tolist() == [4, 5, 6]
    assert not len(declared.problems)


def test_problems_name_the_column_as_the_supplier_does(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        "Leverantör;AB Ett;Datum;våren",
        "Artikelnummer;Ämne;Halt;Avsiktligt tillsatt;Bas;Produktvikt;Villkor;GTIN;Fullständig ned till"
        ";Beståndsdel;Ingår i",
        "A;Bly;1 %;kanske;totalt;lätt;magi=ja;123;allt;slang;pump",
    )
    assert sorted(told(read_declaration(path))) == [
        ["basis-unreadable", 3, "Bas", "totalt"],
        ["complete-unreadable", 3, "Fullständig ned till", "allt"],
        ["component-unknown", 3, "Ingår i", "slang"],
        ["condition-unreadable", 3, "Villkor", "magi=ja"],
        ["date-unreadable", 1, "Datum", "våren"],
        ["gtin-check-digit", 3, "GTIN", "123"],
        ["intended-unreadable", 3, "Avsiktligt tillsatt", "kanske"],
        ["mass-unreadable", 3, "Produktvikt", "lätt"],
    ]


def test_a_swedish_form(tmp_path: Path) -> None:
    header = ["Artikelnummer", "Benämning", *HEADER[1:], "Avsiktligt tillsatt", "Villkor"]
    rows = [
        ["S-1", "Slang", "slang", "PVC", "DEHP", "117-81-7", "204-211-0", "39,5", "Ja", "medical_device=ja"],
        ["S-2", "Handske", "", "Nitril", "Zinkoxid", "1314-13-2", "", "1-2", "nej",
         "Medicinteknisk produkt; textil=nej"],
    ]  # fmt: skip
    answers = [
        ["Lista", "Utgåva", "Svar"],
        ["Kandidatförteckningen", "2026-02-04", "Innehåller"],
        ["RoHS", "januari 2026", "Innehåller inte"],
        ["POPs", "", "Vet ej"],
    ]
    declared = read_declaration(workbook(tmp_path / "a.xlsx", [header, *rows], answers))
    assert shares(declared) == [(39.5, 39.5), (1, 2)]
    assert declared.articles[["number", "name"]].to_numpy().tolist() == [["S-1", "Slang"], ["S-2", "Handske"]]
    assert declared.lines["intended"].tolist() == ["yes", "no"]
    assert declared.facts.to_numpy().tolist() == [
        [0, "medical_device", True],
        [1, "medical_device", True],
        [1, "textile", False],
    ]
    each = [
        ["eu-reach-candidate", "2026-02-04", "contains"],
        ["eu-rohs", "2026-01-01", "none_above_limit"],
        ["eu-pops", "", "do_not_know"],
    ]
    answered = declared.statements[["article", "list", "edition", "answer"]].to_numpy().tolist()
    assert answered == [[article, *answer] for article in (0, 1) for answer in each]
    missing = declared.problems[["code", "row", "suggestion"]].to_numpy().tolist()
    assert missing == [["article-missing", row, "S-1, S-2"] for row in (2, 3, 4)]


def test_number_formats_are_of_their_own_column(tmp_path: Path) -> None:
    sheet = read_sheets(workbook(tmp_path / "a.xlsx", [HEADER, *ROWS], style=half_formatted))[0]
    assert (sheet.percents, sheet.figures[6]) == (frozenset({6}), frozenset({"60 %", "0.395", "0.005"}))


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_a_result_checked_again_says_the_same(example: Path, tmp_path: Path) -> None:
    if example.suffix == ".md":
        return
    from kemkoll import Registry, check, load_lists, load_profile
    from kemkoll.outputs.document import document

    lists, profile = load_lists(["eu-reach-candidate", "eu-rohs", "phthalates"]), load_profile("default")
    registry, path = Registry.open(), tmp_path / "a.json"

    def judged(file: Path) -> dict[str, Any]:
        declared = read_declaration(file)
        result = check(declared, lists, profile=profile, registry=registry, on="2026-11-22")
        return document(result, all_lines=True)

    first = judged(example)
    path.write_text(json.dumps(first), encoding="utf-8")
    again = judged(path)
    kept = ("articles", "components", "statements", "findings", "verdicts")
    for name in kept:
        assert _unplaced(again[name]) == _unplaced(first[name]), name


def _unplaced(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    place = {"file", "sheet", "row"}
    return [{key: value for key, value in record.items() if key not in place} for record in records]
