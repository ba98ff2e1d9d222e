"""The workbook: what a spreadsheet program finds in it, and that it calculates nothing."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from results import FILES, empty_result, frame, make_result

from kemkoll import tables
from kemkoll.declarations import read_declaration, read_declarations
from kemkoll.errors import DeclarationError
from kemkoll.i18n import LANGUAGES, translator
from kemkoll.outputs import formats, printable, workbook, xlsx
from kemkoll.outputs.worksheet import Share, day
from kemkoll.tables import PERCENT, PPM, WHOLE, Verdict

HOSTILE = st.one_of(st.sampled_from("=+-@'\"\t\r\n; _x0D1#N/A!{}"), st.characters(exclude_categories=["Cs"]))
"""Characters that a spreadsheet program makes something of, and any other."""
ATTACKS = [
    "=1+1",
    "+46",
    "-2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\n=1",
    "#N/A",
    "{=1}",
    "_x003D_1",
    "=cmd|' /C calc'!A0",
]


def data_of(result: Any, language: str = "en", **how: Any) -> bytes:
    stream = io.BytesIO()
    formats()["xlsx"].write(result, stream, language, **how)  # type: ignore[arg-type]
    return stream.getvalue()


def book_of(result: Any, language: str = "en", **how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data_of(result, language, **how)))


def records(page: Any) -> list[dict[str, Any]]:
    head, *body = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def every_cell(book: Any) -> Iterator[Any]:
    for page in book:
        for row in page.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def cover_text(book: Any) -> str:
    return "\n".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value is not None)


def with_text(text: str) -> Any:
    """A result in which a supplier has written the text wherever one can write."""
    result = make_result()
    declared = result.declarations
    for part, names in {
        "lines": ("name", "cas", "ec", "amount", "sheet", "file", "function", "derogation"),
        "articles": ("supplier", "number", "name"),
        "components": ("name",),
        "materials": ("name",),
        "declarations": ("supplier", "file", "date"),
        "statements": ("sheet", "edition"),
    }.items():
        table = getattr(declared, part)
        setattr(declared, part, table.assign(**dict.fromkeys(names, text)))
    problems = frame(tables.PROBLEMS, [tables.problem("column-unknown", found=text, file=text, column=text)])
    result.problems = problems
    return result


class TestSheets:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_cells(self, language: str, snapshot: Any) -> None:
        shown = []
        for page in book_of(make_result(), language):
            shown.append(f"# {page.title}")
            for row in page.iter_rows():
                told = [
                    f"{cell.value}" + f" «{cell.number_format}»" * (cell.data_type != "s")
                    for cell in row
                    if cell.value is not None
                ]
                shown.append(" | ".join(told))
        text = "\n".join(shown)
        assert snapshot == re.sub(r"kemkoll \d\S+, RDKit \S+", "kemkoll …, RDKit …", text)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_table_can_be_filtered_under_its_frozen_headings(self, language: str) -> None:
        book = book_of(make_result(), language)
        assert len(book.sheetnames) == 9
        for page in book.worksheets[1:]:
            assert page.auto_filter.ref == page.dimensions
            assert page.freeze_panes == "B2"
            assert page.print_title_rows == "$1:$1"
            headings = [cell.value for cell in page[1]]
            assert len(set(headings)) == len(headings)
            assert all(headings)
            for column in page.columns:
                width = page.column_dimensions[column[0].column_letter].width
                assert 10 <= width <= 60

    def test_titles_fit_spreadsheet_programs(self) -> None:
        for language in LANGUAGES:
            for title in book_of(make_result(), language).sheetnames:
                assert len(title) <= 31
                assert not set("[]:*?/\\'") & set(title)

    def test_no_row_is_missing(self) -> None:
        result = make_result()
        book = book_of(result, all_lines=True)
        counted = [
            result.verdicts, result.findings, result.problems, result.declarations.lines,
            result.declarations.statements, result.declarations.declarations, result.declarations.inputs,
            result.law.lists,
        ]  # fmt: skip
        assert [len(records(page)) for page in book.worksheets[1:]] == [len(table) for table in counted]

    def test_lines_without_a_word_about_them_only_if_asked_for(self) -> None:
        assert [
            len(records(book_of(make_result(), all_lines=every)["Lines"])) for every in (False, True)
        ] == [5, 6]

    def test_worst_first(self) -> None:
        for title in ("Verdicts", "Findings"):
            codes = [row["Code of the verdict"] for row in records(book_of(make_result())[title])]
            ranks = [Verdict[code] for code in codes]
            assert ranks == sorted(ranks, reverse=True)

    def test_a_finding_leads_to_its_cell(self) -> None:
        found = records(book_of(make_result())["Findings"])[0]
        assert found["Article"] == "B-1001"
        assert (found["File"], found["Sheet"], found["Rows"]) == (FILES[0], "Innehåll", "8")
        assert (found["CAS number as written"], found["Amount as written"]) == ("117-81-7", "15 %")
        assert found["Decision that waives it"] == "dnr 2026-17"

    def test_a_limit_for_traces_says_so(self) -> None:
        result = make_result()
        result.law.limits = result.law.limits.assign(trace_only=True)
        why = [row["Why"] for row in records(book_of(result)["Findings"]) if row["Limit"] is not None]
        assert why
        assert all("intended" in text or "purpose" in text or "trace" in text for text in why)

    def test_every_word_is_there(self) -> None:
        assert set(workbook.COVERAGE) == set(tables.Coverage)
        assert set(workbook.FORCES) == set(tables.Force)
        assert set(workbook.SCOPES) == set(tables.Scope)
        assert set(workbook.ANSWERS) == set(tables.Answer)
        assert set(workbook.INTENDED) == set(tables.Intended)


class TestCover:
    def test_says_how_it_was_judged(self) -> None:
        said = cover_text(book_of(make_result()))
        for word in ("2026-11-22", "default", "ab" * 32, "kemkoll ", "RDKit ", "not legal advice", "291"):
            assert word in said
        assert "eu-reach-candidate is stale" in said
        assert "1 file could not be read" in said
        assert "eu-rohs was asked for by name" in said
        assert "ASSUMED COMPLETE" not in said

    def test_comes_first_and_is_what_is_opened(self) -> None:
        book = book_of(make_result())
        assert book.sheetnames[0] == "About"
        assert book.active.title == "About"

    def test_assumed_complete_stands_on_it_and_in_the_word(self) -> None:
        verdicts = make_result().verdicts.assign(reason="assumed-complete")
        book = book_of(make_result(assume_complete=True, verdicts=verdicts))
        assert "ASSUMED COMPLETE" in cover_text(book)
        words = {row["Verdict"] for row in records(book["Verdicts"])}
        assert "not listed (assumed complete)" in words
        assert not any("everything disclosed" in str(cell.value) for cell in every_cell(book))

    def test_nothing_read_is_no_clean_result(self) -> None:
        said = cover_text(book_of(empty_result()))
        assert "This is not a clean result" in said
        assert "1 file could not be read" in said

    def test_an_age_that_nobody_knows_is_said(self) -> None:
        result = make_result()
        result.law.lists = result.law.lists.assign(official_date="")
        assert "nobody can tell how old" in cover_text(book_of(result))

    def test_properties(self) -> None:
        about = book_of(make_result(), "sv").properties
        assert about.language == "sv"
        assert about.title == "Bedömning av kemiskt innehåll, 2026-11-22"
        assert about.creator.startswith("kemkoll ")


class TestNumbers:
    def test_shares_are_exact_percentages(self) -> None:
        row = {row["Entry"]: row for row in records(book_of(make_result())["Findings"])}["Lead"]
        assert (round(row["Share, at least"] * 1e12), row["Limit"]) == (18_566_000_001, 0.001)

    @pytest.mark.parametrize(
        ("share", "limit", "shown"),
        [
            (0, None, "0%"),
            (WHOLE, None, "100%"),
            (15 * PERCENT, None, "15%"),
            (153 * PERCENT // 10, PERCENT // 10, "15.3%"),
            (25 * PPM, None, "0.0025%"),
            (1, None, "0.0000000001%"),
            (12_345_678_901, None, "1.235%"),
            (PERCENT // 10 + 12_345, PERCENT // 10, "0.100001%"),
            (PERCENT // 10 - 1, PERCENT // 10, "0.0999999999%"),
            (WHOLE - 1, None, "99.9999999999%"),
        ],
    )
    def test_the_digits_that_matter(self, share: int, limit: int | None, shown: str) -> None:
        assert f"{share / 1e10:.{xlsx.decimals(Share(share, limit))}f}%" == shown

    @given(st.integers(0, WHOLE), st.integers(0, WHOLE))
    @example(PERCENT // 10 + 1, PERCENT // 10)
    def test_never_shown_at_or_across_the_limit(self, share: int, limit: int) -> None:
        places = xlsx.decimals(Share(share, limit))
        shown = round(float(f"{share / 1e10:.{places}f}") * 1e10)
        assert 0 <= places <= 10
        assert (share > limit) - (share < limit) == (shown > limit) - (shown < limit)

    def test_dates_are_dates(self) -> None:
        book = book_of(make_result())
        cell = book["Substance lists"]["C2"]
        assert (cell.value, cell.number_format) == (datetime.datetime(2026, 2, 4), "yyyy-mm-dd")
        assert cell.is_date
        assert book["Verdicts"]["K2"].data_type == "n"

    @pytest.mark.parametrize("text", ["2026-02-30", "1899-12-31", "20260204", "spring", "=2026"])
    def test_what_is_no_date_stays_as_it_is(self, text: str) -> None:
        assert day(text) == text


class TestLooks:
    def test_every_verdict_has_a_colour_that_can_be_read_beside_its_word(self) -> None:
        def light(colour: str) -> float:
            parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

        assert [verdict.name for verdict in Verdict] == list(xlsx.COLOURS)
        for ground, text in xlsx.COLOURS.values():
            bright, dark = sorted((light(ground), light(text)), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5

    def test_verdicts_are_coloured(self) -> None:
        page = book_of(make_result())["Verdicts"]
        for row in page.iter_rows(min_row=2):
            cells = {head.value: cell for head, cell in zip(page[1], row, strict=True)}
            code = cells["Code of the verdict"].value
            assert cells["Verdict"].fill.fgColor.rgb == f"FF{xlsx.COLOURS[code][0]}"
            assert cells["Verdict"].value

    def test_long_texts_are_wrapped(self) -> None:
        page = book_of(make_result())["Findings"]
        wrapped = {head.value: cell.alignment.wrap_text for head, cell in zip(page[1], page[2], strict=True)}
        assert wrapped["Why"]
        assert not wrapped["Code of the entry"]
        assert not wrapped["Limit confirmed"]  # whole sentences of evidence, which would make every row tall


class TestNothingIsCalculated:
    @pytest.mark.parametrize("text", ATTACKS)
    def test_what_a_supplier_wrote_is_text_everywhere(self, text: str) -> None:
        data = data_of(with_text(text), all_lines=True)
        pages = {name: archive_text(data, name) for name in names_in(data) if "/worksheets/" in name}
        assert pages
        assert all("<f>" not in page and "<f " not in page for page in pages.values())
        found = CalamineWorkbook.from_filelike(io.BytesIO(data))
        read = [
            cell
            for name in found.sheet_names
            for row in found.get_sheet_by_name(name).to_python()
            for cell in row
        ]
        assert read.count(text) >= 20

    @settings(max_examples=60)
    @given(st.lists(st.text(HOSTILE), min_size=1, max_size=40))
    @example(["=1+1", "_x000D_", "\r", " ", "\x0b", "#REF!"])
    def test_any_text_is_text_and_can_be_read_back(self, texts: list[str]) -> None:
        book = openpyxl.Workbook(write_only=True)
        page = book.create_sheet("page")
        pen = xlsx._Pen(page)
        for text in texts:
            page.append([pen.cell(f"{text}."), pen.cell(text)])
        stream = io.BytesIO()
        book.save(stream)
        data = stream.getvalue()
        sheet = archive_text(data, "xl/worksheets/sheet1.xml")
        assert "<f>" not in sheet
        assert "<f " not in sheet
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows():
            assert {cell.data_type for cell in row if cell.value is not None} == {"s"}
        read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in read] == [f"{text}." for text in texts]
        assert [row[1] if len(row) > 1 else "" for row in read] == texts

    def test_what_looks_like_a_formula_stays_text_when_it_is_edited(self) -> None:
        cells = {cell.value: cell for cell in every_cell(book_of(with_text("=1+1")))}
        assert cells["=1+1"].quotePrefix
        assert cells["=1+1"].number_format == "@"
        assert not cells["Article"].quotePrefix

    def test_nothing_but_sheets_is_in_it(self) -> None:
        data = data_of(with_text("http://example.com/=1"))
        known = re.compile(
            r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles)\.xml"
            r"|xl/sharedStrings\.xml|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels"
            r"|xl/worksheets/sheet\d+\.xml"
        )
        assert [name for name in names_in(data) if not known.fullmatch(name)] == []
        for name in names_in(data):
            assert 'TargetMode="External"' not in archive_text(data, name)
            assert "<hyperlink" not in archive_text(data, name)


def names_in(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def archive_text(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


class TestLimits:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_rows_that_do_not_fit_are_spoken_of(self, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(xlsx, "MOST_ROWS", 6)
        book = book_of(make_result(), language)
        page = book.worksheets[1]
        assert page.max_row == 6
        assert page.auto_filter.ref.endswith("5")
        said = page["A6"].value
        assert "4" in said
        assert "9" in said
        assert "-o result.csv" in said
        assert said in cover_text(book)
        assert "result.csv" not in "".join(
            str(cell.value) for cell in every_cell(book) if cell.parent.title == "Statements"
        )

    def test_what_just_fits_is_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
        book = book_of(make_result())
        assert len(records(book["Verdicts"])) == 9
        assert "result.csv" not in cover_text(book)

    @pytest.mark.parametrize("text", ["x" * 40_000, "\x01" * 9_000, "\U0001f600" * 20_000, "_x0001_" * 6_000])
    def test_a_text_longer_than_a_cell_ends_in_dots(self, text: str) -> None:
        cut = xlsx.fitting(text)
        assert len(cut.encode("utf-16-le")) // 2 <= xlsx.MOST_CHARACTERS
        assert cut.endswith("…")
        assert xlsx.escaped(text).startswith(cut[:-1])
        assert len(cut.encode("utf-16-le")) // 2 > xlsx.MOST_CHARACTERS - 40

    def test_a_text_that_just_fits_is_whole(self) -> None:
        assert xlsx.fitting("x" * 32_767) == "x" * 32_767


class TestFiles:
    @pytest.mark.parametrize("name", ["xlsx", "csv"])
    def test_a_result_is_no_declaration(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / f"result.{name}"
        formats()[name].write(make_result(), path, "sv")
        with pytest.raises(DeclarationError, match="a result that kemkoll wrote") as caught:
            read_declaration(path)
        assert caught.value.code == "file-is-result"
        assert read_declarations([path]).inputs["status"].tolist() == ["failed"]

    def test_a_workbook_of_somebody_else_is_one(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.properties.creator = "kemkoll"
        for row in (["Artikelnummer", "Ämne", "CAS-nr", "Halt"], ["A-1", "DEHP", "117-81-7", "2 %"]):
            book.active.append(row)
        book.save(tmp_path / "declaration.xlsx")
        assert len(read_declaration(tmp_path / "declaration.xlsx").lines) == 1

    def test_a_file_appears_only_when_it_is_whole(self, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="NoneType"):
            formats()["xlsx"].write(make_result(verdicts=None), tmp_path / "result.xlsx")
        assert list(tmp_path.iterdir()) == []
        formats()["xlsx"].write(make_result(), tmp_path / "result.xlsx")
        assert [path.name for path in tmp_path.iterdir()] == ["result.xlsx"]

    def test_a_device_can_be_written_to(self) -> None:
        formats()["xlsx"].write(make_result(), "/dev/null")

    def test_it_is_written_and_never_printed(self) -> None:
        assert "xlsx" in formats()
        assert "xlsx" not in printable()

    def test_a_language_that_is_not_there_is_english(self) -> None:
        assert book_of(make_result(), "fi").sheetnames == book_of(make_result()).sheetnames
        assert translator("fi").language == "en"
