"""The annual report: its sentences, numbers, pictures and files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import openpyxl
import pandas as pd
import pytest
import reporting
from pages import text_of, tree
from syrupy.assertion import SnapshotAssertion

from kemkoll.i18n import LANGUAGES, translator
from kemkoll.paths import data
from kemkoll.report import document
from kemkoll.report.annual.sentences import listed
from kemkoll.report.book import as_xlsx
from kemkoll.report.document import Cell, Column, Document, Table
from kemkoll.report.figures import colours
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.drawing import SLIM, WIDE, picture
from kemkoll.report.figures.lines import Line, lines
from kemkoll.report.files import as_csv
from kemkoll.report.page import about, page
from kemkoll.tables.trends import FLOWS, FOUND, PANEL, PERIODS, TOP, Panel
from kemkoll.trends import crossing, suppress
from kemkoll.trends.hiding import hide_top

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = [f"F{number}" for number in range(1, 14)]
BREAK = "Avtalen för 2017 ersatte de tidigare"


@lru_cache
def made(kind: str = "annual", language: str = "sv") -> Document:
    kinds = {
        "annual": reporting.annual,
        "broken": lambda: reporting.annual(broken=BREAK),
        "share": lambda: reporting.annual(headline="K2"),
        "internal": lambda: reporting.annual(internal=True),
        "nothing": reporting.empty,
    }
    return document("annual", kinds[kind](), language)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def told(table: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in table.rows]


def column(table: Table, code: str) -> list[str]:
    place = [it.code for it in table.columns].index(code)
    return [row[place] for row in told(table)]


class TestSentence:
    def test_in_swedish(self) -> None:
        assert [plain(said) for said in made().says["summary"]] == [
            "Antalet varor som vi vet innehåller ftalater (Ftalater i förbrukningsmaterial, "
            "utgåva 2015-06-01, "
            "över 0,1 %) minskade från 1 250 till 700, det vill säga med 44 procent. Samtidigt "
            "ökade andelen varor "
            "med giltig deklaration från 80 till 95 procent. Om alla varor utan deklaration "
            "räknas med åt ena eller "
            "andra hållet ligger minskningen mellan 10 och 77 procent.",
            "Av de deklarerade varorna innehåller 9 procent ftalater, mot 17 procent det första året: "
            "8,8 procentenheter mindre.",
            "630 varor räknas inte längre dit: 455 byttes ut eller ändrades, 130 togs bort utan "
            "ersättare och 45 var "
            "rättelser eller deklarationer som gått ut. Samtidigt tillkom 80 varor: 45 nya i "
            "sortimentet, 28 som vi "
            "inte visste något om förut och 7 som hade missats.",
            "I 31 fall innehåller det som kom i stället ett annat ämne av samma slag.",
        ]

    def test_in_english(self) -> None:
        said = plain(made(language="en").says["summary"][0])
        assert said.startswith("The number of articles that we know to contain phthalates (")
        assert "fell from 1,250 to 700, that is by 44 percent." in said
        assert said.endswith("the reduction lies between 10 and 77 percent.")

    def test_the_headline_may_be_the_share(self) -> None:
        said = made("share").says["summary"]
        assert plain(said[0]).startswith("Av de deklarerade varorna innehåller 9 procent ftalater")
        assert "80 till 95 procent" in plain(said[0])
        assert "mellan 10 och 77 procent" in plain(said[0])

    def test_across_a_break_nothing_is_compared(self) -> None:
        said = plain(" ".join(made("broken").says["summary"]))
        assert "44 procent" not in said
        assert (
            translator("sv")("The series is broken between the two years, so they are not compared.") in said
        )
        assert "80 till 95 procent" in said

    def test_of_nothing(self) -> None:
        said = made("nothing").says["summary"]
        assert said[0].startswith("Det går inte att säga hur många varor som innehåller ftalater")

    def test_listed(self) -> None:
        assert [listed(parts, translator("sv")) for parts in ([], ["a"], ["a", "b"])] == ["", "a", "a och b"]


class TestTables:
    def test_coverage_and_bounds_stand_in_the_headline_table(self) -> None:
        table = made().tables["headline"]
        assert told(table)[-1] == [
            "2018", "8 600", "8 170", "95,0 %", "700", "8,6 %", "8,1–13,1 %", "44,0 %",
            "9,6–77,0 %", "24,9 %",
        ]  # fmt: skip
        assert column(table, "coverage") == ["80,0 %", "85,0 %", "91,0 %", "95,0 %"]
        assert column(table, "share_of_all") == ["13,9–33,9 %", "12,2–27,2 %", "10,1–19,1 %", "8,1–13,1 %"]

    def test_every_reading(self) -> None:
        table = made().tables["readings"]
        results = dict(zip(column(table, "indicator"), column(table, "value"), strict=True))
        wanted = {
            "K1": "44,0 %", "K2b": "50,6 %", "K4": "24,9 %", "K5": "43,0 %", "K6": "43,2 %", "K7": "38,9 %",
            "K9": "72,2 %", "K10": "6,8 %", "K11f": "–",
        }  # fmt: skip
        assert {code: results[code] for code in wanted} == wanted
        assert any(note.startswith("K11f") for note in table.notes)

    def test_years_that_differ_in_coverage_are_warned_of(self) -> None:
        assert any("15,0 procentenheter" in plain(note) for note in made().tables["headline"].notes)

    def test_hidden_cells_are_dashes_with_a_reason(self) -> None:
        annual = reporting.annual()
        contracts = pd.DataFrame(
            {"grouping": ["contract"], "group": ["HMN-2014-001"], "period": [3], "why": ["few"]}
        )
        own = annual.subjects[0]
        hidden = type(own)(**{**own.__dict__, "indicators": suppress(own.indicators, contracts)})
        shown = document("annual", type(annual)(**{**annual.__dict__, "subjects": (hidden,)}), "sv").tables[
            "contracts"
        ]
        rows = {row[0]: row[1:] for row in told(shown)}
        assert set(rows["HMN-2014-001"]) == {"–"}
        assert "–" not in rows["HMN-2014-002"]
        assert any("färre än tre leverantörer" in note for note in shown.notes)

    def test_suppliers_are_named_within_the_house_only(self) -> None:
        assert "Exempelföretaget" not in page(made())
        assert "suppliers" not in made().tables
        assert "Exempelföretaget 7 AB" in page(made("internal"))
        assert made("internal").cautions[1].startswith("Intern version")

    def test_as_published_there_are_no_revisions(self) -> None:
        annual = reporting.annual()
        without = type(annual)(**{**annual.__dict__, "revisions": None})
        assert "revisions" not in document("annual", without, "sv").tables
        assert column(made().tables["revisions"], "difference") == [
            "+4",
            "−0,3 procentenheter",
            "0,0 procentenheter",
        ]

    def test_every_flow_has_a_word(self) -> None:
        from kemkoll.trends.words import FLOWS as WORDS

        assert {str(flow) for flow in crossing.Flow} == WORDS.keys()


class TestFigures:
    def test_all_are_there(self) -> None:
        assert [figure.number for figure in made().figures.values()][:13] == FIGURES

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_says_what_it_shows(self, language: str) -> None:
        for figure in made(language=language).figures.values():
            assert figure.title, figure.number
            assert figure.summary, figure.number
            assert figure.table.rows, figure.number
            for svg, width in ((figure.svg, WIDE), (figure.narrow, SLIM)):
                if not svg:
                    assert figure.number == "F6"
                    continue
                root = fromstring(svg)
                assert root.get("role") == "img"
                assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")  # type: ignore[union-attr]
                assert root.get("aria-describedby") == root.find(f"{SVG}desc").get("id")  # type: ignore[union-attr]
                assert (root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text) == (
                    figure.title,
                    figure.summary,
                )  # type: ignore[union-attr]
                assert float(root.get("width", 0)) < width + 20 or not figure.narrow
                assert not [
                    it.tag for it in root.iter() if it.get("style") or it.tag.endswith(("script", "image"))
                ]
                assert not [it for it in root.iter() if it is not root and it.get("aria-label")]

    def test_the_waterfall_adds_up(self) -> None:
        values = [row[2].value for row in made().figures["figure-3"].table.rows]
        assert (values[0], values[-1]) == (1250, 700)
        assert sum(values[:-1]) == 700  # type: ignore[arg-type]

    def test_no_line_is_drawn_across_a_break(self) -> None:
        drawn = lines(
            [Line("a", [0.1, 0.2, 0.3, 0.4], colours.BLUE)], ["1", "2", "3", "4"], [2], WIDE
        ).to_dict()
        rows = [row for rows in drawn["datasets"].values() for row in rows if "segment" in row]
        assert {(row["period"], row["segment"]) for row in rows} == {(0, 0), (1, 0), (2, 1), (3, 1)}
        figure = made("broken").figures["figure-2"]
        assert figure.notes == (f"1) Brott före 2017: {BREAK}. Ingen linje dras över det.",)
        assert "1)" in figure.svg
        assert made("broken").figures["figure-3"].svg == ""

    def test_below_the_limit_of_quantification_is_no_zero(self) -> None:
        table = made().figures["figure-12"].table
        found = column(table, "found")
        assert "under 1 mg/kg" in found
        assert "0 %" not in found
        assert b"<1.0" in as_csv(table)

    def test_a_year_of_nothing_is_said_in_words(self) -> None:
        for figure in made("nothing").figures.values():
            assert not figure.svg, figure.number
            assert figure.summary, figure.number

    @pytest.mark.parametrize(
        "name", ["short", "a name on two lines", "a long name that asks for three lines"]
    )
    def test_the_name_of_a_row_stands_above_its_bar(self, name: str) -> None:
        rows = [Row("other", "1", (Bar(0, 1),)), Row(name, "2", (Bar(0, 2),))]
        svg = picture(bars(rows, 130, (0, 2)), "name", "title", "summary", "en")
        own, below = re.findall(r"<text [^>]*translate\(0,([\d.]+)\)[^>]*>(.*?)</text>", svg)[-1]
        assert " ".join(re.findall(r"[\w ]+(?=</tspan>)|^\w+$", below)) == name
        last = float(own) + sum(map(float, re.findall(r'dy="(\d+)"', below)))
        tops = [float(it) for it in re.findall(r'd="M0,([\d.]+)h[\d.]+v15h', svg)]
        assert last < tops[1]
        assert float(own) > tops[0] + 15

    def test_lines_that_fall_together_are_all_seen(self) -> None:
        svg = made().figures["figure-11"].svg
        widths = set(re.findall(r'stroke-width="([\d.]+)" stroke-dasharray="[\d,]+"', svg))
        assert {"3.4", "2.4", "1.4"} <= widths

    def test_hidden_is_not_called_nothing(self) -> None:
        data = reporting.annual()
        subject = data.subjects[0]
        hidden = subject.substituted.assign(articles=-1)
        told = document(
            "annual", replace(data, subjects=(replace(subject, substituted=hidden), *data.subjects[1:])), "en"
        )
        figure = told.figures["figure-9"]
        assert figure.summary == "Not shown, because it would tell of fewer than three suppliers."
        assert not figure.svg

    def test_colours_are_told_from_their_ground(self) -> None:
        whole = {colours.PAPER, colours.GRID, colours.BAND, *colours.SHADES}
        for tone in set(colours.TONES) - whole:
            assert colours.contrast(tone.light, colours.PAPER.light) >= 3
            assert colours.contrast(tone.dark, colours.PAPER.dark) >= 3
        for tone in (colours.BAND, *colours.SHADES, colours.PAPER):
            assert colours.contrast(tone.light, colours.INK.light) >= 4.5
            assert colours.contrast(tone.dark, colours.INK.dark) >= 4.5

    def test_every_colour_is_known_to_the_dark_page(self) -> None:
        known = {tone.light for tone in colours.TONES}
        for figure in made().figures.values():
            used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', figure.svg))
            assert used <= known, figure.number


class TestPage:
    @pytest.mark.parametrize("kind", ["annual", "broken", "internal", "nothing"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_whole_and_says_no_nonsense(self, kind: str, language: str) -> None:
        text = page(made(kind, language))
        root = tree(text)
        names = [it.get("id") for it in root.iter() if it.get("id")]
        assert sorted(names) == sorted(set(names))
        assert not re.search(r"\b(nan|NaN|None|inf)\b", text_of(root))
        assert not [
            it for it in root.iter() if it.tag in ("script", "img", "link", "iframe") or it.get("style")
        ]
        assert "http-equiv" in text
        aimed = {
            (it.get("href") or "#")[1:] for it in root.iter("a") if (it.get("href") or "").startswith("#")
        }
        assert aimed <= set(names)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_in_one_language(self, language: str) -> None:
        other = {"sv": "The number of articles", "en": "Antalet varor"}[language]
        assert other not in page(made(language=language))

    def test_the_same_data_give_the_same_bytes(self) -> None:
        again = document("annual", reporting.annual(), "sv")
        assert page(again) == page(made())
        assert as_xlsx(again) == as_xlsx(made())

    def test_what_it_says(self, snapshot: SnapshotAssertion) -> None:
        whole = made()
        said = {
            "says": {place: list(map(plain, parts)) for place, parts in whole.says.items()},
            "tables": {
                name: [plain(table.title), *map(" | ".join, told(table))]
                for name, table in whole.tables.items()
            },
            "figures": {name: plain(figure.summary) for name, figure in whole.figures.items()},
        }
        assert said == snapshot


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in data("reports").glob("*/report.toml")), ids=lambda it: it.name
)
def test_each_report_has_what_a_report_needs(folder: Path) -> None:
    told = tomllib.loads((folder / "report.toml").read_text(encoding="utf-8"))
    assert told == about(folder.name)
    assert all(told["title"][language] for language in LANGUAGES)
    assert '{% extends "_base.html" %}' in (folder / "report.html").read_text(encoding="utf-8")


class TestFiles:
    def test_the_workbook_has_a_sheet_for_each_table(self) -> None:
        book = openpyxl.load_workbook(BytesIO(as_xlsx(made())))
        tables = [table for table in made().every_table() if table.rows]
        assert len(book.sheetnames) == len(tables) + 1
        rows = list(book["F3 Varifrån skillnaden kommer,"].iter_rows(values_only=True))
        assert rows[1][2] == 1250
        assert rows[2][:2] == ("A", translator("sv")("reformulated, same article number"))
        shares = [row[3] for row in book[book.sheetnames[1]].iter_rows(min_row=2, values_only=True)]
        assert shares[:4] == [0.8, 0.85, pytest.approx(7962 / 8750), 0.95]

    def test_csv_has_codes_and_points(self) -> None:
        text = as_csv(made().tables["headline"]).decode("utf-8-sig").splitlines()
        assert text[0].startswith("year,articles,declared,coverage,contain,")
        assert text[-1].startswith("2018,8600,8170,0.95,700,")

    def test_the_pdf_is_tagged(self) -> None:
        pytest.importorskip(
            "weasyprint", exc_type=(ImportError, OSError), reason="WeasyPrint or Pango is not there"
        )  # type: ignore[arg-type]
        pdf = pytest.importorskip("pypdf")
        from kemkoll.report.pdf import as_pdf

        written = as_pdf(made("nothing"))
        assert written == as_pdf(made("nothing"))
        reader = pdf.PdfReader(BytesIO(written))
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "sv"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "/StructTreeRoot" in root
        assert reader.metadata.title.startswith("Ämnen i våra varor 2018, Årsrapport för Region Exempel")
        assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
        assert reader.trailer["/ID"][0]
        root = pdf.PdfReader(BytesIO(as_pdf(made()))).trailer["/Root"]
        kinds = {str(it.get_object().get("/S")) for it in _parts(root["/StructTreeRoot"])}
        assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TH", "/Figure"} <= kinds

    def test_paper_is_turned_for_a_table_of_many_columns(self) -> None:
        pytest.importorskip(
            "weasyprint", exc_type=(ImportError, OSError), reason="WeasyPrint or Pango is not there"
        )  # type: ignore[arg-type]
        pdf = pytest.importorskip("pypdf")
        from kemkoll.report.pdf import as_pdf

        plain_ = made("nothing")
        heads = tuple(Column(f"Bromerade flamskyddsmedel {n}", f"c{n}", number=True) for n in range(13))
        broad = Table("nordic", "Broad", heads, (tuple(Cell("100,0 %", 1.0) for _ in heads),) * 3)
        assert broad.broad
        assert not plain_.tables["headline"].broad
        written = as_pdf(replace(plain_, tables={**plain_.tables, "nordic": broad}))
        turned = [
            it for it in pdf.PdfReader(BytesIO(written)).pages if it.mediabox.width > it.mediabox.height
        ]
        assert len(turned) == 1
        text = turned[0].extract_text()
        assert text.count("100,0") == 39, "a column is cut off"


def _parts(part: Any) -> list[Any]:
    """Every element of the structure of a PDF."""
    below = part.get("/K", [])
    below = below if isinstance(below, list) else [below]
    found = [it for it in (one.get_object() for one in below) if hasattr(it, "get")]
    return found + [more for it in found for more in _parts(it)]


class TestHiding:
    def panel(self, suppliers: dict[str, list[str]]) -> Panel:
        """A panel of one period in which entries are held by articles of some suppliers."""
        rows = [(entry, supplier) for entry, own in suppliers.items() for supplier in own]
        article = range(len(rows))
        frame = pd.DataFrame(
            {"period": 0, "article": article, "supplier": [it for _entry, it in rows], "fixed": 3}
        )
        found = pd.DataFrame(
            {"period": 0, "article": article, "list": "l", "entry": [it for it, _own in rows]}
        )
        periods = PERIODS.conform(pd.DataFrame({"name": ["2018"], "day": ["2018-12-31"]}))
        return Panel("l", 0, periods, PANEL.conform(frame), found=FOUND.conform(found))

    def top(self, suppliers: dict[str, list[str]]) -> dict[str, int]:
        frame = pd.DataFrame(
            {"list": "l", "entry": [*suppliers], "articles": [*map(len, suppliers.values())], "before": -1}
        )
        made = hide_top(TOP.conform(frame), self.panel(suppliers), 0)
        return dict(zip(made["entry"].astype(str), made["articles"].tolist(), strict=True))

    def test_few_suppliers(self) -> None:
        many, some, few = [*"abcdabcd"], [*"abc"], [*"aab"]
        assert self.top({"x": many, "y": some}) == {"x": 8, "y": 3}
        assert self.top({"x": many, "y": some, "z": few}) == {"x": 8, "y": -1, "z": -1}
        assert self.top({"x": [*"aaa"], "y": [*"bbb"], "z": many}) == {"x": -1, "y": -1, "z": 8}

    def test_nobody_known_is_nobody(self) -> None:
        assert self.top({"x": ["", "", "", "a", "b"], "y": [*"abcd"], "z": [*"abcde"]}) == {
            "x": -1,
            "y": -1,
            "z": 5,
        }


def test_flows_that_are_hidden_are_not_told() -> None:
    annual = reporting.annual()
    own = annual.subjects[0]
    flows = FLOWS.conform(own.flows.assign(articles=-1))
    hidden = type(own)(**{**own.__dict__, "flows": flows})
    whole = document("annual", type(annual)(**{**annual.__dict__, "subjects": (hidden,)}), "sv")
    assert "räknas inte längre dit" not in " ".join(whole.says["summary"])
    assert whole.figures["figure-3"].svg == ""
