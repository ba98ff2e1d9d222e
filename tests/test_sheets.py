"""Any table file as cells; and every file that is none, refused in one clear sentence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from workbooks import zipped

from kemkoll.codes import PROBLEMS
from kemkoll.errors import DeclarationError
from kemkoll.sheets import MAX_CELL, Sheet, look, read_sheets
from kemkoll.sheets import content as content_module
from kemkoll.sheets.delimited import find_delimiter, read_text, to_utf8

DOCUMENTS = Path(__file__).parent / "declarations"


def cells(sheet: Sheet) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in sheet.cells.astype(object).to_numpy()]


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def workbook(path: Path, rows: list[list[object]], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    book.save(path)
    return path


def test_number_formats_speak(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [0.15, 0.1513, 0.1 + 0.2, 7.0, 1e-05, 12, dt.datetime(1978, 7, 2), True, None, "x "]
    ]
    formats = {"A1": "0%", "B1": "0 %", "E1": "0.0E+00", "F1": '"<"0" ppm"'}
    (sheet,) = read_sheets(workbook(tmp_path / "a.xlsx", rows, formats))
    assert cells(sheet) == [
        ["15 %", "15.13 %", "0.3", "7", "0.00001", "<12 ppm", "1978-07-02", "TRUE", "", "x"]
    ]


def test_row_numbers_are_those_of_the_program(tmp_path: Path) -> None:
    (sheet,) = read_sheets(workbook(tmp_path / "a.xlsx", [["a", "b"], [], [None, None], ["c", "d"]]))
    assert sheet.cells.index.tolist() == [1, 4]
    (sheet,) = read_sheets(write(tmp_path / "a.csv", b'a;b\n\n"c\nd";e\nf;g\n'))
    assert sheet.cells.index.tolist() == [1, 3, 4]


def test_merged_cells_hidden_sheets_and_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Halt", None, "x"])
    book.active.append(["min", "max", None])
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("C1:C2")
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("Dold").sheet_state = "hidden"
    book["Dold"]["B3"] = "kvar"
    book.save(tmp_path / "a.xlsx")
    first, second = read_sheets(tmp_path / "a.xlsx")
    assert cells(first) == [["Halt", "Halt", "x"], ["min", "max", "x"]]
    assert first.spans == ((1, 1, 0, 1), (1, 2, 2, 2))
    assert (second.name, cells(second), second.cells.index.tolist()) == ("Dold", [["", "kvar"]], [3])


def test_formula_without_stored_value_is_seen(tmp_path: Path) -> None:
    (sheet,) = read_sheets(workbook(tmp_path / "a.xlsx", [["Halt"], ["=B2*C2"], [0.5]]))
    assert cells(sheet) == [["Halt"], ["=B2*C2"], ["0.5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Artikelnr;Ämne;Halt\nB-1;Mjukgörare för gummi på trä;5\nB-2;Färgämne;0,1\n"
    (sheet,) = read_sheets(write(tmp_path / "a.csv", text.encode(encoding)))
    assert cells(sheet) == [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    text = (
        delimiter.join(["Ämne", "CAS", "Halt"])
        + "\n"
        + delimiter.join(['"2,4-D; syra"', "94-75-7", '"0,1"'])
        + "\n"
    )
    assert find_delimiter(text) == delimiter
    assert cells(read_text(text.encode(), delimiter))[1] == ["2,4-D; syra", "94-75-7", "0,1"]


def test_separator_line_of_excel(tmp_path: Path) -> None:
    (sheet,) = read_sheets(write(tmp_path / "a.csv", b"sep=;\nname;cas\nLead, red;7439-92-1\n"))
    assert cells(sheet) == [["name", "cas"], ["Lead, red", "7439-92-1"]]
    assert sheet.cells.index.tolist() == [2, 3]


@pytest.mark.parametrize(
    "extra",
    ["", "ragged;row\n", 'quoted "in" the middle;;;;\n', '"a ""quoted"" cell";"two\nlines";c\n', "\n\n"],
)
def test_fast_way_and_slow_way_agree(extra: str) -> None:
    text = "Leverantör;AB X\n\nÄmne;CAS;Halt\n" + "Bly;7439-92-1;0,1 %\n" * 60_000 + extra + "NA;null;\n"
    fast, slow = read_text(text.encode(), ";"), read_text(text[:40_000].encode(), ";")
    assert cells(fast)[:100] == cells(slow)[:100]
    assert fast.cells.index.tolist()[:3] in ([1, 3, 4], [1, 2, 3])
    assert cells(fast)[-1][:2] == ["NA", "null"]
    assert fast.cells[0].tolist().count("Bly") == 60_000


def test_html_spans(tmp_path: Path) -> None:
    page = (
        "<html><body><table><tr><th rowspan=2>Del<th colspan=2>Halt<tr><td>min<td>max"
        "<tr><td>sl&aring;ng<br>r&ouml;d<td>1&nbsp;%<td>2 %</table></body></html>"
    )
    (sheet,) = read_sheets(write(tmp_path / "a.xls", page.encode()))
    assert cells(sheet) == [["Del", "Halt", "Halt"], ["Del", "min", "max"], ["slång\nröd", "1\xa0%", "2 %"]]


def test_old_and_open_formats_keep_percent_formats() -> None:
    (xls,) = read_sheets(DOCUMENTS / "xls" / "bridge.xls")
    assert cells(xls)[3][4:8] == ["Silicon", "7440-21-3", "96.5 %", "2.5 %"]
    (ods,) = read_sheets(DOCUMENTS / "ods" / "resistor.ods")
    assert cells(ods)[4][4:7] == ["Copper", "7440-50-8", "43 %"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be read, each with the code that says so."""
    whole = workbook(folder / "whole.xlsx", [["Ämne", "Halt"], ["Bly", 1]])
    data = whole.read_bytes()
    deep = b"<!DOCTYPE a [<!ENTITY b 'bbbb'>]><workbook/>"
    stream = "EncryptedPackage".encode("utf-16-le")
    with (folder / "huge.csv").open("wb") as file:
        file.write(b"a;b\n")
        file.truncate(5 * 2**30)
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    return {
        "missing": (folder / "none.xlsx", "file-missing"),
        "folder": (folder, "file-is-directory"),
        "empty": (write(folder / "empty.csv", b""), "file-empty"),
        "blank": (write(folder / "blank.csv", b"\xef\xbb\xbf \r\n\n"), "file-empty"),
        "truncated": (write(folder / "cut.xlsx", data[: len(data) // 2]), "file-unreadable"),
        "broken xlsx": (zipped(folder / "b.xlsx", {"xl/workbook.xml": b"<workbook"}), "file-unreadable"),
        "broken xlsb": (zipped(folder / "b.xlsb", {"xl/workbook.bin": b"\x01\x02"}), "file-unreadable"),
        "broken ods": (zipped(folder / "b.ods", ods | {"content.xml": b"<a>"}), "file-unreadable"),
        "broken xls": (
            write(folder / "b.xls", OLE + b"\0" * 2000 + "Workbook\0".encode("utf-16-le")),
            "file-unreadable",
        ),
        "broken parquet": (write(folder / "b.parquet", b"PAR1" + b"x" * 50 + b"PAR1"), "file-unreadable"),
        "entities": (zipped(folder / "e.xlsx", {"xl/workbook.xml": deep}), "file-unreadable"),
        "encrypted workbook": (
            write(folder / "p.xlsx", OLE + b"\0" * 600 + stream + b"\0\0"),
            "file-encrypted",
        ),
        "encrypted ods": (
            zipped(
                folder / "p.ods",
                ods | {"content.xml": b"x", "META-INF/manifest.xml": b"<m:encryption-data/>"},
            ),
            "file-encrypted",
        ),
        "huge": (folder / "huge.csv", "file-too-large"),
        "long cell": (write(folder / "l.csv", b"a;b\n" + b"x" * (MAX_CELL + 1) + b";c\n"), "file-too-large"),
        "long cell in large file": (
            write(folder / "ll.csv", b"a;b\n" * 300_000 + b"x" * (MAX_CELL + 1) + b";c\n"),
            "file-too-large",
        ),
        "wide": (write(folder / "w.csv", b"a;" * 2000 + b"\n"), "file-too-large"),
        "picture": (write(folder / "p.csv", b"\x89PNG\r\n\x1a\n\0\0"), "file-binary"),
        "pdf": (write(folder / "p.pdf", b"%PDF-1.7\n"), "file-binary"),
        "noise": (write(folder / "n.csv", bytes(range(256)) * 4), "file-binary"),
        "word": (zipped(folder / "w.docx", {"word/document.xml": b"<a/>"}), "file-binary"),
        "old word": (
            write(folder / "w.doc", OLE + b"\0" * 2000 + "WordDocument\0".encode("utf-16-le")),
            "file-binary",
        ),
        "zip": (zipped(folder / "z.zip", {"a.csv": b"a;b"}), "file-binary"),
        "xml": (write(folder / "x.xml", b"<?xml version='1.0'?><Main/>"), "file-binary"),
        "page without table": (write(folder / "x.html", b"<html><body>hej</body></html>"), "file-no-table"),
    }


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    return bad_files(tmp_path_factory.mktemp("bad"))


@pytest.mark.parametrize(
    "name",
    [
        "missing",
        "folder",
        "empty",
        "blank",
        "truncated",
        "broken xlsx",
        "broken xlsb",
        "broken ods",
        "broken xls",
        "broken parquet",
        "entities",
        "encrypted workbook",
        "encrypted ods",
        "huge",
        "long cell",
        "long cell in large file",
        "wide",
        "picture",
        "pdf",
        "noise",
        "word",
        "old word",
        "zip",
        "xml",
        "page without table",
    ],
)
def test_bad_file_is_refused_in_one_sentence(bad: dict[str, tuple[Path, str]], name: str) -> None:
    path, code = bad[name]
    with pytest.raises(DeclarationError) as caught:
        read_sheets(path)
    assert caught.value.code == code
    assert code in PROBLEMS
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


def test_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_module, "MAX_UNPACKED", 10**6)
    path = zipped(
        tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 10**7}
    )
    with pytest.raises(DeclarationError) as caught:
        look(path)
    assert caught.value.code == "file-too-large"


def test_workbook_far_out_is_small(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Ämne"
    book.active["B1048576"] = "sist"
    book.active["XFD2"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert sheet.cells.index.tolist() == [1, 1048576]


def test_unknown_bytes_are_text_all_the_same() -> None:
    assert to_utf8(b"a;\x81\x8d\n").startswith(b"a;")
