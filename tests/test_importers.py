"""Official downloads are read as their publishers mean them: a few rows of each, and every known trap."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from official import official

from kemkoll.errors import DeclarationError, ListError
from kemkoll.lists.importers import Export, importers, prop65, read_export
from kemkoll.lists.importers.cells import date_of, numbers_of, reasons_of

CANDIDATE = (
    "Substance name",
    "Description",
    "EC number",
    "CAS number",
    "Date of inclusion",
    "Reason for inclusion",
    "Decision",
    "Regulatory outcome",
    "Regulatory outcome date",
)
CLP = (
    "Substance name",
    "EC number",
    "CAS number",
    "Index number",
    "Hazard class, category and statement code(s)",
    "ATP",
    "From",
    "To",
)
EDLISTS = (
    "ID (for name)",
    "Name and abbreviation",
    "CAS no.",
    "EC / List no.",
    "Health effects",
    "Environmental effects",
    "Status",
    "Regulatory Field",
    "Status year",
    "Appears on lists",
)
PRIO_EN = ("Substance name", "CAS nr", "EG nr", "Priority level")
PRIO_SV = ("Ämne", "CAS-nr", "EG-nr", "PRIO-nivå")
PROP65 = (
    "Chemical",
    "Type of Toxicity",
    "Listing Mechanism",
    "CAS No.",
    "Date Listed",
    "NSRL or MADL (µg/day)a",
)


def xlsx(path: Path, *rows: Sequence[Any], struck: Sequence[int] = ()) -> Path:
    """A workbook of these rows; those that are struck out by their number."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    for row in struck:
        sheet.cell(row=row, column=1).font = Font(strike=True)
    book.save(path)
    return path


def table(path: Path, *rows: Sequence[str]) -> Path:
    """A CSV file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(*paths: Path) -> Export:
    return read_export(paths)


def numbers(export: Export, name: str) -> list[str]:
    keys = set(export.entries.loc[export.entries["name_en"] == name, "key"])
    return export.members.loc[export.members["key"].isin(keys), "value"].tolist()


def column(export: Export, name: str) -> list[Any]:
    return export.entries[name].tolist()


# --- cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("-", []),
        ("N/A", []),
        ("-\n-", []),
        ("NOCAS_1009314", []),
        ("EC-402-660-9 ", ["402-660-9"]),
        ("17404- 66-9", ["17404-66-9"]),
        ("34166-38-6 ", ["34166-38-6"]),
        ("10124-36-4 / 31119-53-6", ["10124-36-4", "31119-53-6"]),
        ("12179-04-3, 1303-96-4, 1330-43-4", ["12179-04-3", "1303-96-4", "1330-43-4"]),
        ("10043-35-3 [1]\n11113-50-1 [2]", ["10043-35-3", "11113-50-1"]),
        ("59865-13-3;79217-60-0", ["59865-13-3", "79217-60-0"]),
        ("415-180-1", ["415-180-1"]),
    ],
)
def test_numbers_of_a_cell(raw: str, expected: list[str]) -> None:
    assert [number.value for number in numbers_of(raw) if not number.code] == expected


@pytest.mark.parametrize("raw", ["200-905-1", "239-793-2", "487-120-5"])
def test_a_wrong_check_digit_of_the_publisher_stays_and_is_told(raw: str) -> None:
    (number,) = numbers_of(raw)
    assert (number.kind, number.value, number.code) == ("ec", raw, "ec-check-digit")


@pytest.mark.parametrize(
    ("raw", "proposed"), [("2264/1/9", "2264-01-9"), ("1/01/2501", "2501-01-1 | 2501-00-0")]
)
def test_a_date_that_was_a_number_is_proposed_and_never_picked(raw: str, proposed: str) -> None:
    (number,) = numbers_of(raw)
    assert (number.kind, number.code, number.suggestion) == ("", "cas-is-date", proposed)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("04-feb-2026", "2026-02-04"),
        ("17-mrt-2021", "2021-03-17"),
        ("20-mei-2015", "2015-05-20"),
        ("28-okt-2008", "2008-10-28"),
        ("02-Jul-2023", "2023-07-02"),
        ("15-déc.-2010", "2010-12-15"),
        ("2026-02-04 00:00:00", "2026-02-04"),
        ("1.2.2026", "2026-02-01"),
        ("43874", "2020-02-13"),
        ("2014 October", "2014-10-01"),
        ("1 lip 2020", ""),
        ("31-feb-2020", ""),
        ("1 2 26", ""),
        ("N/A", ""),
        ("spring and autumn 2020", ""),
        ("99999", ""),
        ("1 feb mar", ""),
    ],
)
def test_days_in_the_language_of_the_page(raw: str, expected: str) -> None:
    """The Polish and the Croatian `lip` are two months: such a name says none."""
    assert date_of(raw) == expected


def test_reasons_are_joined_by_lines_bare_quotes_or_hashes() -> None:
    for between in ('"', "#", "\n"):
        assert reasons_of(f"Carcinogenic (Article 57a){between}PBT (Article 57d)") == [
            "Carcinogenic (Article 57a)",
            "PBT (Article 57d)",
        ]


# --- ECHA CHEM --------------------------------------------------------------------------------------------


def test_candidate_list_rows_of_one_entry_are_one(tmp_path: Path) -> None:
    both = (
        "Toxic for reproduction (Article 57c)\nEndocrine disrupting properties (Article 57(f) - human health)"
    )
    dehp = ("DEHP", "-", "204-211-0", "117-81-7", "28-Oct-2008", both, "https://a\nhttps://b", "SVHC")
    sulphate = ("Cadmium sulphate\nCadmium sulphate", "-", "233-331-6\n233-331-6", "10124-36-4\n31119-53-6")
    file = xlsx(
        tmp_path / "list.xlsx",
        CANDIDATE,
        (*dehp, "28-Oct-2008"),
        (*dehp, "07-Jul-2017"),
        (*sulphate, "17-Dec-2014", "Carcinogenic (Article 57a)", "https://c", "SVHC", "17-Dec-2014"),
        (
            "PFHpA and its salts",
            "any of the salts",
            "-",
            "-",
            "17-Jan-2023",
            "PBT (Article 57d)",
            "-",
            "SVHC",
            "-",
        ),
    )
    export = read(file)
    assert (export.id, export.count, export.date) == ("eu-reach-candidate", 3, "2023-01-17")
    assert column(export, "name_en") == ["DEHP", "Cadmium sulphate", "PFHpA and its salts"]
    assert (
        column(export, "reason")[0]
        == "57(c) toxic for reproduction; 57(f) endocrine disrupting, human health"
    )
    assert numbers(export, "Cadmium sulphate") == ["10124-36-4", "31119-53-6", "233-331-6"]
    assert numbers(export, "PFHpA and its salts") == []
    assert not export.names_members
    assert not export.unread


def test_candidate_list_with_members(tmp_path: Path) -> None:
    papers = ("https://decision/1", "", "https://support/1", "https://comments/1", "")
    other = ("https://decision/1", "", "https://support/2", "https://comments/2", "")
    rows = [
        ("BPAF and its salts", "", "-", "-", "Toxic for reproduction (Article 57c)", "04-feb-2026", *papers),
        (
            "Bisphenol AF",
            "",
            "216-036-7",
            "1478-61-1",
            "Toxic for reproduction (Article 57c)",
            "04-feb-2026",
            *papers,
        ),
        (
            "Reaction mass of BPAF",
            "",
            "-",
            "-",
            "Toxic for reproduction (Article 57c)",
            "04-feb-2026",
            *papers,
        ),
        (
            "Cadmium oxide",
            "",
            "215-146-2",
            "1306-19-0",
            'PBT (Article 57d)""vPvB (Article 57e)',
            "20-mrt-2013",
            *other,
        ),
    ]
    lines = [
        "Candidate List of SVHC for authorisation",
        "Export date: 01-apr-2026 23:44:30",
        "",
        "\t".join(("Naam van de stof ", "Description", "EG-nr. ", "CAS-nr. ", "Reden", "Datum", *"abcde")),
        *("\t".join(f'"{cell}"' for cell in row) for row in rows),
    ]
    file = tmp_path / "export.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    export = read(file)
    assert (export.count, export.date, export.retrieved) == (2, "2026-02-04", "2026-04-01")
    assert column(export, "name_en") == ["BPAF and its salts", "Cadmium oxide"]
    assert column(export, "reason")[1] == "57(d) PBT; 57(e) vPvB"
    assert column(export, "since") == ["2026-02-04", "2013-03-20"]
    assert set(numbers(export, "BPAF and its salts")) == {"1478-61-1", "216-036-7", "Reaction mass of BPAF"}
    assert export.names_members


def test_authorisation_list_has_its_days_in_the_reason(tmp_path: Path) -> None:
    head = (*CANDIDATE[:4], "Entry number", "Latest application date", "Sunset date", "Reason for inclusion")
    row = (
        "Musk xylene",
        "-",
        "201-329-4",
        "81-15-2",
        "N/A",
        "21-Feb-2013",
        "21-Aug-2014",
        "vPvB (Article 57e)",
    )
    hbcdd = ("HBCDD", "-", "-", "-", "N/A", "-", "-", "PBT (Article 57d)", "17-Feb-2011")
    export = read(xlsx(tmp_path / "a.xlsx", (*head, "Regulatory outcome date"), (*row, "17-Feb-2011"), hbcdd))
    assert (export.id, export.count, export.date) == ("eu-reach-authorisation", 2, "2011-02-17")
    assert column(export, "reason") == [
        "57(e) vPvB; latest application 2013-02-21; sunset 2014-08-21",
        "57(d) PBT",
    ]


def test_restriction_list_has_a_row_for_each_amendment(tmp_path: Path) -> None:
    head = (*CANDIDATE[:4], "Entry number", "Conditions", "Regulatory outcome", "Regulatory outcome date")
    rows = [
        ("PCTs", "-", "-", "-", "01", "https://a", "Decision", "03-Dec-1982"),
        ("PCTs", "-", "-", "-", "01", "https://b", "Decision", "27-Jul-1976"),
        ("MCCP", "-", "-", "-", "18a", "https://c", "Decision", "22-Jun-2009"),
    ]
    export = read(table(tmp_path / "r.csv", head, *rows))
    assert (export.id, export.count, export.date) == ("eu-reach-restriction", 2, "2009-06-22")
    assert column(export, "official") == ["1", "18a"]
    assert column(export, "published") == ["1976-07-27", "2009-06-22"]


def test_pops_of_annex_iii_alone_are_not_banned(tmp_path: Path) -> None:
    head = (*CANDIDATE[:5], "POPs Regulation Annex", "Regulatory outcome", "Regulatory outcome date")
    rows = [
        (
            "UV-328",
            "-",
            "247-384-8",
            "25973-55-1",
            "15-Jul-2025",
            "Annex I, part A\nAnnex IV",
            "In",
            "15-Jul-2025",
        ),
        ("PAH", "-", "-", "-", "20-May-2004", "Annex III, part B", "In", "20-May-2004"),
    ]
    export = read(xlsx(tmp_path / "p.xlsx", head, *rows))
    assert (export.id, export.count) == ("eu-pops", 2)
    assert column(export, "chosen") == [True, False]


def test_harmonised_classifications_by_index_number(tmp_path: Path) -> None:
    repr_ = "Repr. 1B, H360FD"
    rows = [
        ("boric acid", "234-343-4", "11113-50-1", "005-007-00-2", repr_, "ATP20", "01-Feb-2025", "-"),
        ("boric acid", "233-139-2", "10043-35-3", "005-007-00-2", repr_, "ATP20", "01-Feb-2025", "-"),
        (
            "lithium",
            "231-102-5",
            "7439-93-2",
            "003-001-00-4",
            "Water-react. 1, H260",
            "CLP00",
            "01-Dec-2010",
            "-",
        ),
        ("gas oil", "-", "-", "649-001-00-3", "Carc. 2, H351", "CLP00", "01-Dec-2010", "31-Jan-2024"),
        ("gas oil", "-", "-", "649-001-00-3", "Carc. 1B, H350", "ATP21", "01-Feb-2024", "-"),
        ("silane", "-", "-", "", "Carc. 1B, H350", "ATP21", "01-Feb-2024", "-"),
    ]
    export = read(xlsx(tmp_path / "c.xlsx", CLP, *rows))
    assert (export.id, len(export.entries), export.count) == ("eu-clp-cmr", 3, 4)
    assert export.unread == ["7: silane"]
    assert column(export, "chosen") == [True, False, True]
    assert column(export, "reason")[2] == "Carc. 1B, H350"
    assert set(numbers(export, "boric acid")) == {"10043-35-3", "11113-50-1", "233-139-2", "234-343-4"}


def test_annex_vi_pairs_names_and_numbers_by_their_marks(tmp_path: Path) -> None:
    head = ("Index No", "Chemical name", "EC No", "CAS No", "Hazard Class and Category Code(s)")
    names = "boric acid [1]\nboric acid, crude natural [2]"
    row = (
        "005-007-00-2",
        names,
        "233-139-2 [1]\n234-343-4 [2]",
        "10043-35-3 [1]\n11113-50-1 [2]",
        "Repr. 1B",
    )
    export = read(table(tmp_path / "vi.csv", head, row))
    assert column(export, "name_en") == ["boric acid; boric acid, crude natural"]
    named = dict(zip(export.members["value"], export.members["name_en"], strict=True))
    assert named["10043-35-3"] == "boric acid"
    assert named["234-343-4"] == "boric acid, crude natural"


# --- others -----------------------------------------------------------------------------------------------


def edlists(path: Path, part: str, *names: str) -> Path:
    """A file of one of the lists; its first substance is on another one too, and has two statuses."""
    rows = [
        (n, name, "131-57-7", "205-031-5", "Yes", "Yes", "Corap List", "REACH", "2014", part)
        for n, name in enumerate(names)
    ]
    return xlsx(path, EDLISTS, *rows, (*rows[0][:6], "Concluded ED in SEV", "", "", f"{part}, List III"))


def test_edlists_have_a_row_for_each_status(tmp_path: Path) -> None:
    file = edlists(tmp_path / "list1.xlsx", "List I", "Oxybenzone (BP-3)", "Other")
    export = read(file)
    assert (export.id, export.count, export.parts) == ("eu-endocrine", 2, ("List I",))
    assert column(export, "reason")[0] == (
        "Corap List (REACH, 2014, human health and environment); "
        "Concluded ED in SEV (human health and environment)"
    )
    assert column(export, "since") == ["2014-12-31", "2014-12-31"]
    assert export.date == export.retrieved != ""


def test_edlists_ii_and_iii_are_parts_of_one_list(tmp_path: Path) -> None:
    second = edlists(tmp_path / "list2.xlsx", "List II", "A", "B")
    third = xlsx(
        tmp_path / "list3.xlsx",
        EDLISTS,
        ("1", "B", "131-57-7, 121-00-6", "", "Yes", "", "Corap List", "", "2019, 2021", "List III"),
        ("2", "C", "", "", "Yes", "", "Corap List", "", "", "List III"),
    )
    export = read(second, third)
    assert (export.id, export.count, export.parts) == ("endocrine-suspected", 3, ("List II", "List III"))
    assert numbers(export, "B") == ["131-57-7", "205-031-5", "121-00-6"]
    with pytest.raises(ListError, match="List II is in both files"):
        read(second, second)
    with pytest.raises(ListError, match="different lists"):
        read(second, edlists(tmp_path / "list1.xlsx", "List I", "A"))


def test_edlists_as_csv_has_no_day(tmp_path: Path) -> None:
    row = ("1", "A", "131-57-7", "", "", "", "Corap List", "REACH", "2014", "List I")
    assert read(table(tmp_path / "l.csv", EDLISTS, row)).date == ""


def test_proposition_65_leaves_out_what_is_struck_out(tmp_path: Path) -> None:
    file = xlsx(
        tmp_path / "p65.xlsx",
        ("STATE OF CALIFORNIA",),
        ("CHEMICALS KNOWN TO THE STATE", "July 31, 2026"),
        PROP65,
        ("Acrylamide", "cancer", "AB", "79-06-1", 32874, "0.2"),
        ("Acrylamide", "developmental, male", "AB", "79-06-1", 40599, "140"),
        ("Chloramphenicol", "cancer", "LC", "56-75-7", 32782, ""),
        ("Toluene [Click here for the basis", "developmental", "FR", "108-88-3", 33239, ""),
        ("Toluene [Click here for the basis", "female", "FR", "108-88-3", 40032, ""),
        ("Cyclosporin", "cancer", "LC", "59865-13-3; 79217-60-0", 33604, ""),
        ("Beryllium", "", "", "", "", "0.1"),
        ("* a footnote",),
        ("Code for Listing Mechanism:",),
        struck=[6, 8],
    )
    export = read(file)
    assert (export.id, export.count, export.date) == ("us-ca-prop65", 3, "2026-07-31")
    assert column(export, "name_en") == ["Acrylamide", "Toluene", "Cyclosporin"]
    assert column(export, "since") == ["1990-01-01", "1991-01-01", "1992-01-01"]
    assert column(export, "reason") == ["cancer; developmental, male reproductive", "developmental", "cancer"]
    assert numbers(export, "Cyclosporin") == ["59865-13-3", "79217-60-0"]
    assert export.notes[0][1] == {"rows": 9, "n": 2, "levels": 3}


def test_proposition_65_as_csv_says_what_it_lost(tmp_path: Path) -> None:
    export = read(
        table(tmp_path / "p65.csv", PROP65, ("Saccharin", "cancer", "LC", "81-07-2", "10/1/1989", ""))
    )
    assert column(export, "since") == ["1989-10-01"]
    assert "Nothing in this file is struck out" in export.notes[1][0]
    assert prop65.NAME in [importer.NAME for importer in importers()]


def test_sin_list(tmp_path: Path) -> None:
    head = ("Name", "CAS number", "EC number", "Date for inclusion on the SIN List", "Group")
    rows = [
        ("Dye", "EC-402-660-9 ", "-", "2014 October", "Azo dyes"),
        ("Cadmium sulphate", "10124-36-4 / 31119-53-6", "233-331-6", "2008 September", ""),
        ("Zinc salt", "34166-38-6 ", "239-793-2", "2008 September", ""),
    ]
    export = read(xlsx(tmp_path / "SinList.xlsx", head, *rows))
    assert (export.id, export.count, export.date) == ("sin-list", 3, "2014-10-01")
    assert numbers(export, "Dye") == ["402-660-9"]
    assert column(export, "reason")[0] == "Azo dyes"
    assert export.problems["code"].tolist() == ["ec-check-digit"]
    assert numbers(export, "Zinc salt") == ["34166-38-6", "239-793-2"]


@pytest.mark.parametrize(
    ("head", "level", "expected"),
    [
        (PRIO_EN, "Phase-out substance", "phase-out substance"),
        (PRIO_SV, "Prioriterat riskminskningsämne", "priority risk-reduction substance"),
        (PRIO_SV, "Potentiellt utfasningsämne", "potential phase-out or risk-reduction substance"),
        (PRIO_SV, "Annan nivå", "Annan nivå"),
    ],
)
def test_prio_in_both_languages(tmp_path: Path, head: Sequence[str], level: str, expected: str) -> None:
    export = read(xlsx(tmp_path / "prio.xlsx", head, ("DEHP", "117-81-7", "204-211-0", level)))
    assert (export.id, export.count, export.date) == ("prio", 1, "")
    assert column(export, "reason") == [expected]


DSL = """<?xml version="1.0" encoding="utf-8"?>
<dsl xmlns="http://example.org/dsl">
  <el><ID>00001</ID><SpecificSubstance>Diarsenic pentoxide</SpecificSubstance><CASnumber>1303-28-2</CASnumber>
    <ReportingThreshold>0.1 mass% of article</ReportingThreshold><ReportingLevel>Article</ReportingLevel>
    <SubstanceGroup>Arsenic</SubstanceGroup><FirstAdded>2012-03-01</FirstAdded>
    <LastRevised>2024-08-31</LastRevised></el>
  <el ID="00003" SubstanceGroup="Asbestos" CASnumber="See reference substances"
    ReportingThreshold="Intentionally added" ReportingLevel="Product" SpecificSubstance=""
    FirstAdded="2012-03-01"/>
</dsl>
"""


def test_iec_62474(tmp_path: Path) -> None:
    file = tmp_path / "dsl.xml"
    file.write_text(DSL, encoding="utf-8")
    export = read(file)
    assert (export.id, export.count, export.date) == ("iec-62474", 2, "2024-08-31")
    assert column(export, "name_en") == ["Diarsenic pentoxide", "Asbestos"]
    assert column(export, "official") == ["00001", "00003"]
    shown = export.limits[["limit", "measure", "basis"]].to_numpy().tolist()
    assert shown == [["0.1 %", "substance", "article"], ["", "presence", "article"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DSL.replace("</dsl>", ""), "not well-formed"),
        (DSL.replace("?>", "?><!DOCTYPE dsl [<!ENTITY a 'b'>]>", 1), "declares XML entities"),
    ],
)
def test_iec_62474_that_is_broken(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "dsl.xml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ListError, match=said):
        read(file)


def test_a_page_that_only_looks_like_the_candidate_list(tmp_path: Path) -> None:
    for width in (2, 12):
        file = table(tmp_path / f"{width}.csv", ["Candidate List of SVHC for authorisation", *"x" * width])
        with pytest.raises(ListError, match="not a download"):
            read(file)


# --- what no importer knows -------------------------------------------------------------------------------


def test_a_file_that_is_no_download(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"not a download that kemkoll knows\. It knows: .*EDLists"):
        read(table(tmp_path / "x.csv", ("Artikel", "Halt"), ("A", "1 %")))
    with pytest.raises(DeclarationError, match="There is no file"):
        read(tmp_path / "none.csv")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(ListError, match="not a download"):
        read(tmp_path / "x.pdf")


def test_two_importers_that_claim_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prop65, "recognises", lambda _: True)
    file = xlsx(tmp_path / "c.xlsx", CLP, ("lead", "-", "7439-92-1", "082-013-00-1", "Repr. 1A", "", "", ""))
    with pytest.raises(ListError, match="could be any of several downloads"):
        read(file)


# --- the real ones ----------------------------------------------------------------------------------------


@pytest.mark.reference
@pytest.mark.parametrize(
    ("files", "list_", "count", "cas"),
    [
        ("svhc/candidate_list_full.xlsx", "eu-reach-candidate", 253, 219),
        ("svhc/candidate-list-of-svhc-for-authorisation-export.csv", "eu-reach-candidate", 253, 447),
        ("annex-xiv/authorisation_list_full.xlsx", "eu-reach-authorisation", 59, 49),
        ("annex-xiv/annex_xiv_authorisation_list_2026-03.csv", "eu-reach-authorisation", 59, 49),
        ("annex-xvii/restriction_list_full.xlsx", "eu-reach-restriction", 78, 32),
        ("annex-xvii/annex_xvii_restriction_list_2026-03.csv", "eu-reach-restriction", 78, 32),
        ("pops/pops_list_full.xlsx", "eu-pops", 34, 19),
        ("pops/eu_pops_list_2026-03.csv", "eu-pops", 34, 19),
        ("clp/Harmonised_List.xlsx", "eu-clp-cmr", 4399, 4121),
        ("endocrine/list1.xlsx", "eu-endocrine", 133, 119),
        ("endocrine/list2.xlsx", "endocrine-suspected", 76, 74),
        ("endocrine/list3.xlsx", "endocrine-suspected", 18, 21),
        ("prop65/prop65_2026-07-31.csv", "us-ca-prop65", 880, 775),
    ],
)
def test_every_export_has_the_official_count(files: str, list_: str, count: int, cas: int) -> None:
    export = read(official(files))
    assert (export.id, export.count, len(export.entries)) == (list_, count, count)
    assert export.members.loc[export.members["kind"] == "cas", "value"].nunique() == cas
    assert export.unread == []
    assert isinstance(export.problems, pd.DataFrame)
    if list_ == "us-ca-prop65":
        # 1,021 rows: 963 listings of 880 chemicals; 994 rows are not struck out
        assert export.notes[0][1] == {"rows": 1021, "n": 27, "levels": 31}
