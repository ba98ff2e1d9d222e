"""Workbooks that are odd, broken, or made to do harm: read safely, or refused in words, and nothing lost."""

from __future__ import annotations

import re
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from workbooks import Change, parts_of, rebuilt

from kemkoll.declarations import read_declaration, read_declarations
from kemkoll.errors import DeclarationError
from kemkoll.sheets import read_sheets
from kemkoll.tables import Declarations

SHEET, BOOK, TYPES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"
RELS = "xl/_rels/workbook.xml.rels"
HEADERS = ["Artikelnummer", "Ämne", "CAS-nr", "Halt"]
LINE = ["B-1", "Bly", "7439-92-1", "1 %"]
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched: whoever opens a connection fails."""

    def refuse(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a workbook made kemkoll open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def workbook(path: Path, *more: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADERS, LINE, *more):
        book.active.append(row)
    book.save(path)
    return path


def with_shared_texts(path: Path, change: Callable[[bytes], bytes] | None = None) -> Path:
    """The workbook with its texts in a part of their own, as Excel writes them; none: the part is missing."""
    texts: list[bytes] = []

    def share(met: re.Match[bytes]) -> bytes:
        texts.append(met[2])
        return met[1] + b' t="s"><v>%d</v></c>' % (len(texts) - 1)

    own = parts_of(path)[SHEET]
    sheet = re.sub(rb'(<c r="\w+") t="inlineStr"><is><t>([^<]*)</t></is></c>', share, own)
    assert texts
    table = b'<sst xmlns="%s">%s</sst>' % (MAIN, b"".join(b"<si><t>%s</t></si>" % text for text in texts))
    kind = (
        b'<Relationship Id="rId99" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        % OFFICE
    )
    changes: dict[str, Change] = {
        SHEET: sheet,
        RELS: lambda data: data.replace(b"</Relationships>", kind),
        TYPES: lambda data: data.replace(
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
            b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        ),
    }
    return rebuilt(path, changes | ({"xl/sharedStrings.xml": change(table)} if change else {}))


def said(made: Declarations) -> list[tuple[str, str, str]]:
    """Name, number and amount of each line."""
    return list(zip(*(made.lines[name].astype(str) for name in ("name", "cas", "amount")), strict=True))


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(DeclarationError) as caught:
        read_declaration(path)
    assert "\n" not in str(caught.value)
    return caught.value.code, str(caught.value)


LEAD = [("Bly", "7439-92-1", "1 %")]

# --- read safely -----------------------------------------------------------------------------------


def test_macros_are_data_that_nobody_looks_at(tmp_path: Path) -> None:
    kind = (b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    changes: dict[str, Change] = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        TYPES: lambda data: data.replace(*kind),
    }
    made = read_declaration(rebuilt(workbook(tmp_path / "a.xlsm"), changes))
    assert (said(made), len(made.problems)) == (LEAD, 0)


def test_external_links_are_not_followed(tmp_path: Path) -> None:
    link = b'<externalLink xmlns="%s" xmlns:r="%s"><externalBook r:id="rId1"/></externalLink>' % (
        MAIN,
        OFFICE,
    )
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="%s/externalLinkPath" Target="http://192.0.2.1/x.xlsx" '
        b'TargetMode="External"/></Relationships>'
    )
    references = (
        b'<externalReferences><externalReference r:id="rId98" xmlns:r="%s"/></externalReferences>' % OFFICE
    )
    to_link = b'<Relationship Id="rId98" Type="%s/externalLink" Target="externalLinks/externalLink1.xml"/>'
    changes: dict[str, Change] = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels % OFFICE,
        RELS: lambda data: data.replace(b"</Relationships>", to_link % OFFICE + b"</Relationships>"),
        BOOK: lambda data: data.replace(b"</sheets>", b"</sheets>" + references),
    }  # fmt: skip
    made = read_declaration(
        rebuilt(workbook(tmp_path / "a.xlsx", ["B-1", "=[1]Blad1!A1", "7440-43-9", "2 %"]), changes)
    )
    assert said(made)[0] == LEAD[0]
    assert made.problems["code"].tolist() == ["formula-unsaved"]


def test_two_hundred_sheets_are_all_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(200):
        sheet = book.create_sheet(f"Artikel {number}")
        sheet.append(HEADERS)
        sheet.append([f"B-{number}", *LINE[1:]])
    book.save(tmp_path / "a.xlsx")
    made = read_declaration(tmp_path / "a.xlsx")
    assert (len(made.lines), len(made.articles), len(made.problems)) == (200, 200, 0)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_what_is_hidden_counts(state: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Se bilaga"
    sheet = book.create_sheet("Dolt")
    sheet.append(HEADERS)
    sheet.append(LINE)
    sheet.sheet_state = state
    sheet.row_dimensions[2].hidden = sheet.column_dimensions["C"].hidden = True
    sheet.protection.set_password("hemligt")
    book.save(tmp_path / "a.xlsx")
    assert said(read_declaration(tmp_path / "a.xlsx")) == LEAD


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("<f>SUM(D1:D2)</f>", "=SUM(D1:D2)"),
        ("<f>SUM(D1:D2)</f><v/>", "=SUM(D1:D2)"),
        ("<f>SUM(D1:D2)</f><v></v>", "=SUM(D1:D2)"),
        ('<f t="shared" si="0"/>', "=…"),
        ('<f t="array" ref="D3:D4">A1&lt;2</f>', "=A1<2"),
        ("<f><![CDATA[A1&B1]]></f>", "=A1&B1"),
        ("<f>A1<!-- x --></f>", "=A1"),
        ("<f>cmd|'/c calc'!A0</f>", "=cmd|'/c calc'!A0"),
    ],
)
@pytest.mark.parametrize("column", ["A", "C", "D"])
def test_a_formula_without_its_result_is_a_problem(
    cell: str, found: str, column: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", ["B-1", "Kadmium", "7440-43-9", "2 %"])
    own = re.compile(rb'<c r="%s3".*?</c>' % column.encode())
    with_formula = f'<c r="{column}3">{cell}</c>'.encode()
    made = read_declaration(rebuilt(path, {SHEET: lambda data: own.sub(lambda _: with_formula, data)}))
    assert len(made.lines) == 2
    problem = made.problems[made.problems["code"] == "formula-unsaved"]
    assert problem[["row", "found"]].to_numpy().tolist() == [[3, found]]
    assert problem["column"].tolist() == [HEADERS["ABCD".index(column)]]


def test_a_formula_that_comes_to_nothing_is_empty(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["x"])
    empty = b'<c r="A3" t="str"><f>IF(B3="","",1)</f><v></v></c>'
    made = read_declaration(rebuilt(path, {SHEET: lambda data: re.sub(rb'<c r="A3".*?</c>', empty, data)}))
    assert (said(made), len(made.problems)) == (LEAD, 0)


def test_a_formula_without_its_result_in_an_open_document(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [[cell.format(text) for text in row] for row in (HEADERS, LINE)]
    rows[1][0] = '<table:table-cell table:formula="of:=[.A9]"/>'
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Dold" table:display="false">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    made = read_declaration(tmp_path / "a.ods")
    assert said(made) == LEAD
    assert made.problems["code"].tolist() == ["formula-unsaved"]


def test_texts_in_a_part_of_their_own(tmp_path: Path) -> None:
    assert said(read_declaration(with_shared_texts(workbook(tmp_path / "a.xlsx"), lambda data: data))) == LEAD


def test_a_sheet_of_macros_is_no_lost_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Makro")
    book.save(path)
    kind = b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    changes: dict[str, Change] = {
        RELS: lambda data: re.sub(
            rb'Type="[^"]*" Target="/xl/worksheets/sheet2.xml"',
            b'Type="%s" Target="/xl/macrosheets/sheet1.xml"' % kind,
            data,
        ),
        "xl/macrosheets/sheet1.xml": b'<macrosheet xmlns="%s"/>' % MAIN,
    }
    assert said(read_declaration(rebuilt(path, changes))) == LEAD


# --- refused in words ------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [None, lambda data: data[: data.index(b"<si>")] + b"</sst>"])
def test_missing_texts_are_not_empty_cells(cut: Any, tmp_path: Path) -> None:
    assert refused(with_shared_texts(workbook(tmp_path / "a.xlsx"), cut))[0] == "file-unreadable"


def test_a_sheet_that_is_not_there_is_not_an_empty_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Två")):
        sheet.append(HEADERS)
        sheet.append(LINE)
    book.save(tmp_path / "a.xlsx")
    code, words = refused(rebuilt(tmp_path / "a.xlsx", {"xl/worksheets/sheet2.xml": None}))
    assert (code, "1 of its sheets cannot be found" in words) == ("file-unreadable", True)


def test_the_strict_kind_is_named(tmp_path: Path) -> None:
    def strict(data: bytes) -> bytes:
        return data.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            OFFICE, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )

    code, words = refused(
        rebuilt(workbook(tmp_path / "a.xlsx"), dict.fromkeys((BOOK, RELS, SHEET, "_rels/.rels"), strict))
    )
    assert (code, "Strict" in words) == ("file-unreadable", True)


def test_a_row_beyond_all_sheets_is_refused_at_once(tmp_path: Path) -> None:
    def move(data: bytes) -> bytes:
        return re.sub(rb'r="([A-D]?)2"', rb'r="\g<1>99999999"', data)

    code, words = refused(rebuilt(workbook(tmp_path / "a.xlsx"), {SHEET: move}))
    assert (code, "99,999,999" in words) == ("file-unreadable", True)


def test_a_part_of_nothing_but_blanks_is_refused_unread(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    code, words = refused(rebuilt(path, {"xl/media/big.xml": b" " * (65 * 2**20)}))
    assert (code, "almost nothing" in words) == ("file-too-large", True)


def test_a_bad_workbook_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    made = read_declarations([tmp_path / "b.xlsx", workbook(tmp_path / "a.xlsx")])
    assert made.inputs["status"].tolist() == ["failed", "read"]
    assert said(made) == LEAD


def test_a_far_cell_makes_no_long_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADERS)
    book.active.append(LINE)
    book.active["A1048576"] = "B-9"
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert sheet.cells.index.tolist() == [1, 2, 1_048_576]
    assert said(read_declaration(tmp_path / "a.xlsx"))[0] == LEAD[0]
