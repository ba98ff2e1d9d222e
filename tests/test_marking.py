"""The supplier's own workbook back: each problem at its cell, and nothing else changed."""

from __future__ import annotations

import io
import posixpath
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from workbooks import parts_of, rebuilt

from kemkoll.cli import cli
from kemkoll.declarations import read_declaration
from kemkoll.i18n import LANGUAGES
from kemkoll.outputs.marking import mark_problems, why_not
from kemkoll.outputs.marking.cells import SheetPart, column_of
from kemkoll.outputs.marking.looks import GROUND
from kemkoll.tables import PROBLEMS, Declarations, problem

DOCUMENTS = Path(__file__).parent / "declarations" / "xlsx"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHARED = {"[Content_Types].xml", "xl/styles.xml"}
"""Parts that say what else there is in a workbook."""
OWN = {"customXml/item1.xml": b"<own/>", "xl/printerSettings/printerSettings1.bin": b"\x00\x01"}
HEADERS = ["Artikelnummer", "Komponent", "Ämne", "CAS-nr", "Halt", "Bas", "Lagerplats"]


def judged(made: Declarations) -> Any:
    """A result as the marks need it: what reading the file found."""
    return SimpleNamespace(declarations=made, problems=made.problems)


def marked(path: Path, language: str = "en") -> Path:
    copy = path.with_name(f"marked-{path.name}")
    mark_problems(judged(read_declaration(path)), path, copy, language)
    return copy


def supplier_workbook(path: Path) -> Path:
    """A workbook with all that suppliers put into theirs, and five problems."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Innehåll"
    sheet.append(["Leverantör", "Exempel AB"])
    sheet.append([])
    sheet.append(HEADERS)
    sheet.append(["B-1", "slang", "DEHP", "117-81-8", 0.15, "material", "A1"])
    sheet.append(["B-1", "slang", "PVC", "9002-86-2", None, "lådan", "A2"])
    sheet.append(["B-1", None, "Bly", "7439-92-1", "<0,1 %", "material", "=1+1"])
    sheet["E4"].number_format, sheet["F5"].font = "0%", Font(color="FFFFFFFF", bold=True)
    sheet["F5"].fill = PatternFill("solid", fgColor="FF1F3864")
    sheet.merge_cells("B4:B5")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].width = 33
    sheet["D4"].comment = Comment("Står så i databladet.", "Inköp")
    sheet["A6"].comment = Comment("Se ritning.", "Inköp")
    check = DataValidation(type="list", formula1='"material,komponent"', sqref="F4:F99")
    sheet.add_data_validation(check)
    sheet.conditional_formatting.add(
        "E4:E9",
        CellIsRule(operator="greaterThan", formula=["0.1"], fill=PatternFill("solid", bgColor="FFFF0000")),
    )
    sheet.auto_filter.ref = "A3:G6"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=4, max_row=6))
    sheet.add_chart(chart, "J4")
    picture = io.BytesIO()
    from PIL import Image as Picture

    Picture.new("RGB", (4, 4), "red").save(picture, "PNG")
    sheet.add_image(Image(picture), "J20")
    sheet["C6"].hyperlink = "https://example.org/bly"
    hidden = book.create_sheet("Dolt")
    hidden["A1"], hidden.sheet_state = "=Innehåll!E4*2", "hidden"
    book.create_sheet("Skyddat").protection.sheet = True
    book.defined_names["Halter"] = DefinedName("Halter", attr_text="Innehåll!$E$4:$E$6")
    book.save(path)
    return rebuilt(path, OWN)


PLANTED = {
    ("Innehåll", "D4"): "cas-check-digit",
    ("Innehåll", "E5"): "amount-missing",
    ("Innehåll", "F5"): "basis-unreadable",
    ("Innehåll", "G3"): "column-unknown",
    ("Dolt", "A1"): "table-unused",
}
"""Where the problems of `supplier_workbook` are, and which."""


def comments(path: Path) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def grounds(path: Path) -> set[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == GROUND and cell.fill.patternType == "solid"
    }


def with_problem(path: Path, *found: dict[str, Any]) -> Any:
    """A result whose problems are these."""
    frame = PROBLEMS.conform(
        pd.DataFrame([{"file": str(path), "sheet": "", "column": ""} | each for each in found])
    )
    return SimpleNamespace(declarations=read_declaration(path), problems=frame)


# --- where the problems stand ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_problem_stands_at_its_cell_in_words(language: str, tmp_path: Path) -> None:
    path = supplier_workbook(tmp_path / "a.xlsx")
    found = read_declaration(path).problems
    result = with_problem(
        path,
        *found.to_dict("records"),
        problem(
            "cas-check-digit",
            found="117-81-8",
            suggestion="117-81-7",
            sheet="Innehåll",
            row=4,
            column="CAS-nr",
        ),
    )
    assert mark_problems(result, path, tmp_path / "b.xlsx", language) == len(result.problems) == 5
    said = comments(tmp_path / "b.xlsx")
    assert {place: text for place, text in said.items() if "(" not in text} == {
        ("Innehåll", "A6"): "Se ritning."
    }
    for place, code in PLANTED.items():
        assert said[place].endswith(f"({code})")
    sentence = "är inget CAS-nummer" if language == "sv" else "is not a CAS number"
    assert re.match(
        rf"Står så i databladet\.\n\n.*“?”?117-81-8” {sentence}.*117-81-7", said["Innehåll", "D4"]
    )
    assert grounds(tmp_path / "b.xlsx") == set(PLANTED)


def test_letters_on_a_marked_cell_are_black(tmp_path: Path) -> None:
    copy = marked(supplier_workbook(tmp_path / "a.xlsx"))
    font = openpyxl.load_workbook(copy)["Innehåll"]["F5"].font
    assert (font.color.rgb, font.bold) == ("FF000000", True)


@pytest.mark.parametrize(
    ("about", "place"),
    [
        ({"row": -1}, ("Synlig", "A1")),  # the file
        ({"row": -1, "sheet": "Innehåll"}, ("Innehåll", "A1")),
        ({"row": 5, "sheet": "Innehåll"}, ("Innehåll", "B5")),  # a row: the first cell that says anything
        ({"row": 5, "sheet": "Innehåll", "column": "E"}, ("Innehåll", "E5")),  # a column without header
        ({"row": 5, "sheet": "Innehåll", "column": "CAS-nr"}, ("Innehåll", "D5")),
        ({"row": 5, "sheet": "Innehåll", "column": "Halt", "found": "5 %"}, ("Innehåll", "G5")),  # of two
        ({"row": 7, "sheet": "Innehåll", "column": "Ämne"}, ("Innehåll", "C6")),  # merged
        ({"row": 1, "sheet": "Innehåll", "column": "Leverantör", "found": "AB X"}, ("Innehåll", "B1")),
        ({"row": 99, "sheet": "Innehåll"}, ("Innehåll", "A99")),
        ({"row": 2, "sheet": "Borta", "column": "x"}, ("Synlig", "A1")),
    ],
)
def test_problems_of_rows_sheets_and_files(
    about: dict[str, Any], place: tuple[str, str], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title, sheet.sheet_state = "Innehåll", "hidden"
    sheet.append(["Leverantör", "AB X"])
    sheet.append([])
    sheet.append([])
    sheet.append(["Artikelnummer", "Komponent", "Ämne", "CAS-nr", None, "Halt", "Halt"])
    sheet.append([None, "slang", "Bly", "7439-92-1", "?", "1 %", "5 %"])
    sheet.append(["B-2", "slang", "Tenn", "7440-31-5", None, "1 %", "5 %"])
    sheet.append(["B-2", "slang", None, "7440-31-5", None, "2 %", "5 %"])
    sheet.merge_cells("C6:C7")
    book.create_sheet("Synlig")["A1"] = "Hej"
    book.save(tmp_path / "a.xlsx")
    result = with_problem(tmp_path / "a.xlsx", problem("row-unused", found="x") | about)
    count = mark_problems(result, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert grounds(tmp_path / "b.xlsx") == set(comments(tmp_path / "b.xlsx")) == {place}
    assert count == 1


def test_what_the_buyer_asks_is_no_problem_of_the_file(tmp_path: Path) -> None:
    path = supplier_workbook(tmp_path / "a.xlsx")
    result = with_problem(path, problem("waiver-incomplete", found="reason") | {"file": ""})
    assert mark_problems(result, path, tmp_path / "b.xlsx") == 0
    assert parts_of(path) == parts_of(tmp_path / "b.xlsx")


def test_a_conversation_is_answered(tmp_path: Path) -> None:
    path = supplier_workbook(tmp_path / "a.xlsx")
    office, own = "http://schemas.microsoft.com/office/", "{11111111-1111-4111-8111-111111111111}"
    space = f'xmlns="{office}spreadsheetml/2018/threadedcomments"'
    thread = (
        f'<ThreadedComments {space}><threadedComment ref="F5" dT="2026-01-02T03:04:05.00" '
        f'personId="{own}" id="{own}"><text>Vilken?</text></threadedComment></ThreadedComments>'
    )
    people = (
        f'<personList {space}><person displayName="A" id="{own}" userId="A" providerId="None"/></personList>'
    )

    def relate(kind: str, target: str) -> Any:
        said = f'<Relationship Id="rId77" Type="{office}2017/10/relationships/{kind}" Target="{target}"/>'
        return lambda data: data.replace(b"</Relationships>", said.encode() + b"</Relationships>")

    rebuilt(
        path,
        {
            "xl/threadedComments/threadedComment1.xml": thread.encode(),
            "xl/persons/person.xml": people.encode(),
            "xl/_rels/workbook.xml.rels": relate("person", "persons/person.xml"),
            "xl/worksheets/_rels/sheet1.xml.rels": relate(
                "threadedComment", "../threadedComments/threadedComment1.xml"
            ),
        },
    )
    made = parts_of(marked(path))
    answers = ElementTree.fromstring(made["xl/threadedComments/threadedComment1.xml"])
    assert [node.get("parentId") for node in answers] == [None, own]
    assert "(basis-unreadable)" in "".join(answers[1].itertext())
    names = {
        node.get("id"): node.get("displayName")
        for node in ElementTree.fromstring(made["xl/persons/person.xml"])
    }
    assert names[answers[1].get("personId")] == "kemkoll"


# --- nothing else changed --------------------------------------------------------------------------


def canonical(data: bytes) -> str:
    return ElementTree.canonicalize(data.decode(), rewrite_prefixes=True)


def unmarked(sheet: bytes, original: bytes) -> str:
    """The marked sheet without its marks, in canonical form; any other change is still in it."""
    root, before = ElementTree.fromstring(sheet), ElementTree.fromstring(original)
    looks = {cell.get("r"): cell.get("s") for cell in before.iter(f"{MAIN}c")}
    rows = {row.get("r"): row.get("spans") for row in before.iter(f"{MAIN}row")}
    table = root.find(f"{MAIN}sheetData")
    assert table is not None
    for row in list(table):
        if row.get("r") in rows and rows[row.get("r")] and not row.get("spans"):
            row.set("spans", str(rows[row.get("r")]))
        for cell in list(row):
            name = cell.get("r")
            if name not in looks and not len(cell) and not cell.text:
                row.remove(cell)
            elif looks.get(name) is None:
                cell.attrib.pop("s", None)
            else:
                cell.set("s", str(looks[name]))
        if row.get("r") not in rows and not len(row):
            table.remove(row)
    if before.find(f"{MAIN}legacyDrawing") is None:
        for drawing in root.findall(f"{MAIN}legacyDrawing"):
            root.remove(drawing)
    return canonical(ElementTree.tostring(root))


@pytest.mark.parametrize("name", ["rich", "certificate", "diode", "form", "mcds"])
def test_every_other_part_stays_byte_for_byte(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    if name == "rich":
        supplier_workbook(path)
    else:
        path.write_bytes((DOCUMENTS / f"{name}.xlsx").read_bytes())
    before, after = parts_of(path), parts_of(marked(path))
    assert list(after)[: len(before)] == list(before)
    changed = {part for part in before if before[part] != after[part]}
    added = after.keys() - before.keys()
    sheets = {part for part in changed if part.startswith("xl/worksheets/sheet")}
    assert sheets
    for part in (changed | added) - SHARED - sheets:
        assert re.search(r"comments?/?\d|[vV]ml|commentsDrawing|/_rels/sheet\d+\.xml\.rels", part), part
    for part in sheets:
        assert unmarked(after[part], before[part]) == canonical(before[part])


@pytest.mark.parametrize("name", ["rich", "form", "diode", "mcds"])
def test_the_copy_is_read_as_the_original_is(name: str, tmp_path: Path) -> None:
    path = supplier_workbook(tmp_path / "a.xlsx") if name == "rich" else DOCUMENTS / f"{name}.xlsx"
    copy = tmp_path / path.name if name != "rich" else tmp_path / "b.xlsx"
    made = read_declaration(path)
    mark_problems(judged(made), path, copy)
    again = read_declaration(copy)
    for table in ("articles", "facts", "components", "materials", "lines", "statements", "problems"):
        first, second = getattr(made, table), getattr(again, table)
        same = first.drop(columns="file", errors="ignore"), second.drop(columns="file", errors="ignore")
        assert same[0].astype(object).to_dict("records") == same[1].astype(object).to_dict("records"), table


def check_package(path: Path) -> None:
    """What a spreadsheet program needs to open a workbook without repairing it."""
    made = parts_of(path)
    types = ElementTree.fromstring(made["[Content_Types].xml"])
    known = {node.get("PartName") for node in types} | {node.get("Extension") for node in types}
    for part in made.keys() - {"[Content_Types].xml", *OWN}:
        assert f"/{part}" in known or part.rpartition(".")[2] in known, part
    for part, data in made.items():
        if part.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(data)
        if part.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(part))
            nodes = list(ElementTree.fromstring(data))
            assert len({node.get("Id") for node in nodes}) == len(nodes)
            for node in nodes:
                target = posixpath.normpath(posixpath.join("/", folder, str(node.get("Target"))))
                assert node.get("TargetMode") == "External" or target[1:] in made, (part, target)
    styles = ElementTree.fromstring(made["xl/styles.xml"])
    for name in ("fonts", "fills", "cellXfs"):
        table = styles.find(f"{MAIN}{name}")
        assert table is not None
        assert table.get("count") in (None, str(len(table)))
    for part in (
        name for name in made if re.search(r"comments?/?\d*\d\.xml$", name) and "threaded" not in name
    ):
        root = ElementTree.fromstring(made[part])
        authors = len(list(root.iter(f"{MAIN}author")))
        refs = [node.get("ref") for node in root.iter(f"{MAIN}comment")]
        assert len(set(refs)) == len(refs)
        assert all(int(str(node.get("authorId"))) < authors for node in root.iter(f"{MAIN}comment"))
    boxes = [
        re.findall(rb'<v:shape [^>]*id="(_x0000_s\d+)"', data)
        for name, data in made.items()
        if name.endswith(".vml")
    ]
    assert any(boxes)
    assert all(len(set(ids)) == len(ids) for ids in boxes)


@pytest.mark.parametrize("name", ["rich", "certificate", "diode", "form", "mcds"])
def test_the_copy_is_whole(name: str, tmp_path: Path) -> None:
    path = supplier_workbook(tmp_path / "a.xlsx") if name == "rich" else tmp_path / "a.xlsx"
    if name != "rich":
        path.write_bytes((DOCUMENTS / f"{name}.xlsx").read_bytes())
    copy = marked(path)
    check_package(copy)
    made = parts_of(copy)
    for part in (name for name in made if name.startswith("xl/worksheets/sheet")):
        rels = f"xl/worksheets/_rels/{part.rpartition('/')[2]}.rels"
        said = ElementTree.fromstring(made[part]).find(f"{MAIN}legacyDrawing")
        if b"relationships/comments" in made.get(rels, b""):
            assert said is not None
            assert str(next(iter(said.attrib.values()))).encode() in made[rels]
    again = marked(copy)
    check_package(again)
    assert comments(again) == comments(copy)  # what is said already is not said twice


@st.composite
def sheet_parts(draw: st.DrawFn) -> tuple[bytes, list[tuple[int, int]]]:
    """A sheet as any program may write it, and cells to mark in it."""
    x = draw(st.sampled_from(["", "x:"]))
    named = draw(st.booleans())
    body, number = [], 0
    for row in sorted(draw(st.sets(st.integers(1, 12), max_size=6))):
        columns = sorted(draw(st.sets(st.integers(0, 30), max_size=5)))
        if not named:  # places that are not named follow each other
            number, columns = number + 1, list(range(len(columns)))
            row = number
        cells = "".join(
            f"<{x}c"
            + (f' r="{openpyxl.utils.get_column_letter(column + 1)}{row}"' if named else "")
            + draw(st.sampled_from(["", ' s="1"', " s='1' t=\"str\""]))
            + draw(st.sampled_from(["/>", f"><{x}v>1</{x}v></{x}c>", f"><{x}f>A1&lt;2</{x}f></{x}c>"]))
            for column in columns
        )
        place = f' r="{row}"' if named else ""
        extra = draw(
            st.sampled_from(["", ' spans="1:2"', ' ht="20" customHeight="1"', ' s="1" customFormat="1"'])
        )
        body.append(f"<{x}row{place}{extra}>{cells}</{x}row>" if cells else f"<{x}row{place}{extra}/>")
    rows = "".join(body)
    table = f"<{x}sheetData>{rows}</{x}sheetData>" if rows else f"<{x}sheetData/>"
    after = draw(
        st.sampled_from(["", f"<{x}tableParts count='0'/>", f"<{x}pageMargins left='1'/><{x}extLst/>"])
    )
    space = f"xmlns{':x' if x else ''}"
    data = (
        f'<?xml version="1.0"?><!-- <c r="A1"/> --><{x}worksheet {space}="{MAIN[1:-1]}">'
        f'<{x}cols><{x}col min="2" max="3" style="1"/></{x}cols>{table}{after}</{x}worksheet>'
    )
    cells = draw(
        st.lists(st.tuples(st.integers(1, 14), st.integers(0, 31)), unique=True, min_size=1, max_size=6)
    )
    return data.encode(), cells


@given(made=sheet_parts(), drawn=st.booleans())
def test_marks_in_any_sheet_leave_all_else(made: tuple[bytes, list[tuple[int, int]]], drawn: bool) -> None:
    data, wanted = made
    after = SheetPart(data, wanted).marked(lambda look: look + 90, "rId1" if drawn else None)
    root = ElementTree.fromstring(after)
    looks, number = {}, 0
    for row in root.iter(f"{MAIN}row"):
        number, column = int(row.get("r", number + 1)), -1
        for cell in row:
            column = column_of(str(cell.get("r"))) if cell.get("r") else column + 1
            assert (number, column) not in looks
            looks[number, column] = int(cell.get("s", 0))
        order = [place for place in looks if place[0] == number]
        assert order == sorted(order)
    assert {place for place, look in looks.items() if look >= 90} == set(wanted)
    before = ElementTree.fromstring(data)
    if all(cell.get("r") for cell in before.iter(f"{MAIN}c")) and all(
        row.get("r") for row in before.iter(f"{MAIN}row")
    ):
        assert unmarked(after, data) == canonical(data)
    names = [child.tag.replace(MAIN, "") for child in root]
    rest = [child.tag.replace(MAIN, "") for child in before]
    assert [name for name in names if name != "legacyDrawing"] == rest
    if drawn:
        assert names.index("legacyDrawing") > names.index("sheetData")
        assert not {"tableParts", "extLst"} & set(names[: names.index("legacyDrawing")])


def work_of_marking(folder: Path, rows: int) -> int:
    """How many functions are called while a workbook of so many rows, each with a problem, is marked."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Innehåll")
    sheet.append(HEADERS[:6])
    for number in range(rows):
        sheet.append([f"B-{number}", "slang", "Bly", "7439-92-1", f"lite {number}", "material"])
    book.save(folder / "a.xlsx")
    result = judged(read_declaration(folder / "a.xlsx"))
    assert len(result.problems) == rows
    calls = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        assert mark_problems(result, folder / "a.xlsx", folder / "b.xlsx") == rows
    finally:
        sys.setprofile(before)
    assert len(grounds(folder / "b.xlsx")) == len(comments(folder / "b.xlsx")) == rows
    check_package(folder / "b.xlsx")
    return calls


def test_twice_as_many_marks_take_twice_the_work(tmp_path: Path) -> None:
    work_of_marking(tmp_path, 10)  # what is imported and cached is not counted
    assert work_of_marking(tmp_path, 1_600) < 2.5 * work_of_marking(tmp_path, 800)


# --- what is refused -------------------------------------------------------------------------------

PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"[Content_Types].xml": lambda data: data.replace(PLAIN, MACROS)}, "holds macros"),
        ({"_xmlsignatures/origin.sigs": b""}, "is signed"),
        ({"xl/worksheets/sheet1.xml": lambda data: b"<?xml version='1.0' encoding='cp1252'?>"}, "unusual"),
        ({"xl/styles.xml": b"<styleSheet/>"}, "unusual"),
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, "unusual"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_is_said(change: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Ämne", "CAS-nr", "Halt"])
    book.save(path)
    why = why_not(rebuilt(path, change))
    assert (words in why) if words else why == ""


@pytest.mark.parametrize("name", ["a.csv", "a.ods", "a.xls"])
def test_other_formats_are_refused(name: str, tmp_path: Path) -> None:
    kept = {
        "a.ods": DOCUMENTS.parent / "ods" / "resistor.ods",
        "a.xls": DOCUMENTS.parent / "xls" / "bridge.xls",
    }
    path = tmp_path / name
    path.write_bytes(kept[name].read_bytes() if name in kept else "Ämne;Halt\nBly;1 %\n".encode())
    assert "save it as .xlsx" in why_not(path)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """kemkoll, called in a folder with the supplier's workbook in it."""
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    supplier_workbook(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text(
        "Artikelnummer;Ämne;CAS-nr;Halt\nB-1;Bly;7439-92-1;1 %\n", encoding="utf-8"
    )
    return lambda *args: CliRunner().invoke(cli, ["check", *args, "--list", "eu-rohs", "--on", "2026-11-22"])


def test_the_verb_gives_the_workbook_back(call: Any, registry: Any) -> None:
    ran = call("a.xlsx", "-o", "b.xlsx", "-o", "b.json", "--mark-problems", "--language", "sv")
    assert ran.exit_code == 0, ran.output
    assert "b.xlsx är en kopia av a.xlsx där 5 problem är märkta." in ran.stderr
    assert set(PLANTED) <= set(comments(Path("b.xlsx")))
    assert Path("b.json").exists()
    assert Path("a.xlsx").read_bytes() != Path("b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "args",
    [
        ("a.xlsx",),
        ("a.xlsx", "-o", "b.html"),
        ("a.xlsx", "a.csv", "-o", "b.xlsx"),
        ("a.xlsx", "-o", "b.xlsx", "-o", "c.xlsx"),
        ("a.csv", "-o", "b.xlsx"),
        ("a.xlsx", "-o", "a.xlsx"),
    ],
)
def test_the_verb_refuses_what_it_cannot_mark(call: Any, args: tuple[str, ...]) -> None:
    before = Path("a.xlsx").read_bytes()
    ran = call(*args, "--mark-problems")
    assert (ran.exit_code, Path("b.xlsx").exists()) == (2, False)
    assert Path("a.xlsx").read_bytes() == before


def test_a_workbook_without_a_table_says_so_in_its_first_cell(call: Any) -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "Hej"
    book.save("c.xlsx")
    ran = call("c.xlsx", "-o", "d.xlsx", "--mark-problems")
    assert ran.exit_code == 3
    ((place, text),) = comments(Path("d.xlsx")).items()
    assert (place[1], "(file-no-table)" in text) == ("A1", True)
