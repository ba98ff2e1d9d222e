"""The form for suppliers: what is filled in is what is read, and what explains it is nobody's declaration."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kemkoll.cli import cli
from kemkoll.declarations import read_declaration
from kemkoll.declarations.answers import (
    near_lists,
    parse_answer,
    parse_basis,
    parse_list,
    parse_yes_no,
)
from kemkoll.declarations.guides import VERSION
from kemkoll.declarations.headers import parse_header
from kemkoll.errors import DeclarationError
from kemkoll.forms import make_form, write_form
from kemkoll.forms.columns import FACTS, facts_of, sheets
from kemkoll.i18n import LANGUAGES, translator
from kemkoll.lists import load_lists
from kemkoll.outputs.worksheet import BREADTH_OF_PAGE, LINE_HEIGHT
from kemkoll.paths import data, own_lists
from kemkoll.quantities import parse_amount
from kemkoll.tables import NO_MASS, NONE, Condition, Declarations

Row = dict[str, Any]
LISTS = ["eu-reach-candidate", "eu-rohs", "phthalates"]
ALL = load_lists()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fill(path: Path, language: str, law: Any, **rows: list[Row]) -> None:
    """Write the form, filled in: sheet to rows, each a field with its value, in the language's words."""
    _ = translator(language)
    book = make_form(law, language)
    for name, own in sheets(law).items():
        sheet = book[_(name)]
        places = {column.field: number for number, column in enumerate(own, start=1)}
        words = {column.field: column.choices for column in own}
        for number, row in enumerate(rows.get(name, []), start=2):
            for field, value in row.items():
                said = _(value) if words[field] else value
                cell = sheet.cell(number, places[field])
                cell.value = None if said == "" else said
                if isinstance(value, str) and said:
                    cell.data_type = "s"
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
    book.save(path)


# --- what is filled in is what is read -------------------------------------------------------------

NAMES = st.one_of(
    st.sampled_from(
        ["=1+1", "+cmd", "@x", "Polyvinyl chloride (PVC)", "Bly (Pb)", "1,2-bensendikarboxylsyra"]
    ),
    st.text("abcdeåäöxyz -", min_size=1, max_size=12).map(lambda text: f"x{text.strip()}"),
)
AMOUNTS = ["0 %", "15 %", "< 0.1 %", "5–10 %", "300 ppm", "40 mg/kg", "0.0999 %", "max 2 %", "100 %"]
BASES = ["whole article", "component", "homogeneous material", "plasticised material", "mixture"]
DAYS = st.sampled_from(["", date(2026, 1, 2), date(2024, 12, 31)])
MASSES = st.sampled_from([("", NO_MASS), (12, 12_000_000), (0.25, 250_000), ("300 mg", 300_000)])
YES_NO = {"yes": "yes", "no": "no", "do not know": "unknown", "": "unknown"}
ANSWERS = {"none above limit": "none_above_limit", "contains": "contains", "do not know": "do_not_know"}
WORDS = {
    "whole article": "article",
    "homogeneous material": "homogeneous_material",
    "plasticised material": "plasticised_material",
}


@st.composite
def forms(draw: st.DrawFn) -> dict[str, list[Row]]:
    """What a supplier may fill in: articles, their components, lines, answers."""
    filled: dict[str, list[Row]] = {"Articles": [], "Components": [], "Content": [], "Statements": []}
    for number in range(draw(st.integers(1, 3))):
        article = f"B-{number}"
        about = {
            "supplier": "Exempel AB",
            "article": article,
            "article_name": draw(NAMES),
            "gtin": draw(st.sampled_from(["", "7350053850019"])),
            "article_mass": draw(MASSES),
            "date": draw(DAYS),
            "valid_until": draw(DAYS),
            "placed_on_market": draw(DAYS),
            "complete_down_to": draw(st.sampled_from(["", "0.1 %"])),
        }
        facts = draw(
            st.dictionaries(st.sampled_from(facts_of(ALL)), st.sampled_from(["yes", "no", "do not know"]))
        )
        filled["Articles"].append(about | facts)
        parts = draw(st.lists(NAMES, max_size=3, unique=True))
        for i, part in enumerate(parts):
            own = {"article": article, "component": part, "parent": draw(st.sampled_from(["", *parts[:i]]))}
            own |= {"quantity": draw(st.sampled_from(["", 1, 12])), "component_mass": draw(MASSES)}
            filled["Components"].append(own)
        for i in range(draw(st.integers(1, 3))):
            filled["Content"].append(
                {
                    "article": article,
                    "component": draw(st.sampled_from(["", *parts])),
                    "material": draw(st.sampled_from(["", "PVC", "lack"])),
                    "name": draw(NAMES),
                    "cas": draw(st.sampled_from(["117-81-7", "7439-92-1", ""])),
                    "ec": draw(st.sampled_from(["204-211-0", ""])),
                    "amount": draw(st.sampled_from(AMOUNTS)),
                    "basis": draw(st.sampled_from(["", *BASES])),
                    "function": f"use {i}",
                    "intended": draw(st.sampled_from([*YES_NO])),
                    "derogation": draw(st.sampled_from(["", "6(c)"])),
                }
            )
        for listed in draw(st.lists(st.sampled_from(LISTS), unique=True)):
            said = {"article": article, "list": listed, "edition": draw(DAYS)}
            filled["Statements"].append(said | {"answer": draw(st.sampled_from([*ANSWERS]))})
    return filled


def written(filled: dict[str, list[Row]]) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables must say of what was filled in."""

    def share(text: str) -> tuple[int, int]:
        amount = parse_amount(text)
        assert amount is not None
        return amount.low_ppt, amount.high_ppt

    columns = ("component", "material", "name", "cas", "ec", "amount", "function", "derogation")
    return {
        "articles": [
            (
                *(row[name] for name in ("supplier", "article", "article_name", "gtin")),
                row["article_mass"][1],
                *(str(row[name]) for name in ("placed_on_market", "date", "valid_until")),
                share(row["complete_down_to"])[1] if row["complete_down_to"] else 0,
            )
            for row in filled["Articles"]
        ],
        "facts": sorted(
            (row["article"], name, row[name] == "yes")
            for row in filled["Articles"]
            for name in FACTS
            if row.get(name) in ("yes", "no")
        ),
        "components": sorted(
            (
                row["article"],
                row["component"],
                row["parent"],
                row["quantity"] or NONE,
                row["component_mass"][1],
            )
            for row in filled["Components"]
        ),
        "lines": [
            (
                row["article"],
                *(row[name] for name in columns),
                *share(row["amount"]),
                WORDS.get(row["basis"], row["basis"]),
                YES_NO[row["intended"]],
            )
            for row in filled["Content"]
        ],
        "statements": [
            (row["article"], row["list"], str(row["edition"]), ANSWERS[row["answer"]])
            for row in filled["Statements"]
        ],
    }


def read(made: Declarations) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables say, in the words of the form."""

    def named(frame: Any, numbers: Any, column: str = "name") -> list[str]:
        return ["" if number < 0 else str(frame[column].iloc[number]) for number in numbers]

    of_article: dict[int, int] = {}
    for frame in (made.lines, made.components, made.statements):
        of_article |= dict(zip(frame["article"], frame["declaration"], strict=True))
    articles, parts, lines, said = made.articles, made.components, made.lines, made.statements
    own = made.declarations.iloc[[of_article[i] for i in range(len(articles))]]
    basis = [
        "" if assumed else str(text)
        for text, assumed in zip(lines["basis"], lines["basis_assumed"], strict=True)
    ]
    columns = ("name", "cas", "ec", "amount", "function", "derogation", "low_ppt", "high_ppt")
    return {
        "articles": list(
            zip(
                *(
                    articles[name]
                    for name in ("supplier", "number", "name", "gtin", "mass_low_ug", "placed_on_market")
                ),
                *(own[name] for name in ("date", "valid_until", "complete_down_to_ppt")),
                strict=True,
            )
        ),
        "facts": sorted(
            zip(
                named(articles, made.facts["article"], "number"),
                made.facts["condition"],
                made.facts["holds"],
                strict=True,
            )
        ),
        "components": sorted(
            zip(
                named(articles, parts["article"], "number"),
                parts["name"],
                named(parts, parts["parent"]),
                parts["units"],
                parts["mass_high_ug"],
                strict=True,
            )
        ),
        "lines": list(
            zip(
                named(articles, lines["article"], "number"),
                named(parts, lines["component"]),
                named(made.materials, lines["material"]),
                *(lines[name] for name in columns),
                basis,
                lines["intended"],
                strict=True,
            )
        ),
        "statements": list(
            zip(
                named(articles, said["article"], "number"),
                said["list"],
                said["edition"],
                said["answer"],
                strict=True,
            )
        ),
    }


@settings(phases=(Phase.explicit, Phase.generate))  # a form takes too long to be made smaller and smaller
@given(filled=forms())
def test_what_is_filled_in_is_what_is_read(
    filled: dict[str, list[Row]], language: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{language}.xlsx"
    cells = {
        sheet: [
            {name: value[0] if isinstance(value, tuple) else value for name, value in row.items()}
            for row in rows
        ]
        for sheet, rows in filled.items()
    }
    for row in (*cells["Content"], *cells["Articles"]):
        for name in ("amount", "complete_down_to"):
            if name in row and language == "sv":
                row[name] = row[name].replace(".", ",")
    fill(path, language, ALL, **cells)
    made = read_declaration(path)
    assert made.problems.to_dict("records") == []
    said, heard = written(filled), read(made)
    if language == "sv":
        said["lines"] = [(*line[:6], line[6].replace(".", ","), *line[7:]) for line in said["lines"]]
    for table, rows in said.items():
        assert rows == heard[table], table


# --- what nobody has filled in ----------------------------------------------------------------------


def test_an_empty_form_is_refused_in_words(language: str, tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", ALL, language)
    with pytest.raises(DeclarationError, match="nobody has filled it in") as refused:
        read_declaration(tmp_path / "form.xlsx")
    assert refused.value.code == "file-empty"


def test_a_form_that_only_names_an_article_is_refused(language: str, tmp_path: Path) -> None:
    fill(tmp_path / "form.xlsx", language, ALL, Articles=[{"article": "B-1", "article_name": "Slang"}])
    with pytest.raises(DeclarationError, match="nobody has filled it in"):
        read_declaration(tmp_path / "form.xlsx")


def test_the_example_is_never_read(language: str, tmp_path: Path) -> None:
    fill(tmp_path / "form.xlsx", language, ALL, Content=[{"article": "A-1", "name": "x", "amount": "1 %"}])
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    shown = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"B-1001", "6422-86-2"} <= set(shown)
    made = read_declaration(tmp_path / "form.xlsx")
    assert (made.articles["number"].tolist(), made.lines["name"].tolist()) == (["A-1"], ["x"])
    assert made.problems.empty
    assert len(made.statements) == 0


@pytest.mark.parametrize("version", ["0", "1", "1.4", "12", "ny"])
def test_a_form_of_another_version_is_read_and_a_newer_one_reported(version: str, tmp_path: Path) -> None:
    fill(tmp_path / "form.xlsx", "sv", ALL, Content=[{"article": "A-1", "name": "x", "amount": "1 %"}])
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    for sheet in (book.worksheets[0], book.worksheets[-1]):
        sheet["A1"] = f"kemkoll.form/{version}"
    book.save(tmp_path / "form.xlsx")
    made = read_declaration(tmp_path / "form.xlsx")
    assert made.lines["name"].tolist() == ["x"]
    found = made.problems[["sheet", "row", "code", "found", "suggestion"]].to_numpy().tolist()
    assert found == ([["Läs detta först", 1, "form-newer", "12", VERSION]] if version == "12" else [])


@pytest.mark.parametrize("name", ["form_1_sv.xlsx", "form_1_en.xlsx", "form_1_sv_saved.xlsx"])
def test_a_form_as_it_was_written_in_version_one_is_still_read(name: str) -> None:
    """As kemkoll wrote it, filled in; one of them opened and saved in another spreadsheet program."""
    made = read_declaration(Path(__file__).parent / "data" / name)
    assert made.problems.to_dict("records") == []
    heard = read(made)
    day = "2026-11-22"
    assert heard["articles"] == [
        ("Example Ltd", "B-1", "Infusion set", "7350053850019", 38_000_000, "2024-03-01", day, "", 10**9)
    ]
    assert heard["facts"] == [("B-1", "electrical_equipment", False), ("B-1", "medical_device", True)]
    assert heard["components"] == [("B-1", "plug", "tube", 2, NO_MASS), ("B-1", "tube", "", 1, 30_000_000)]
    assert [line[:5] for line in heard["lines"]] == [
        ("B-1", "tube", "soft PVC", "DEHT", "6422-86-2"),
        ("B-1", "plug", "", "Copper", ""),
    ]
    assert [line[7:] for line in heard["lines"]] == [
        ("plasticiser", "", 3 * 10**11, 3 * 10**11, "homogeneous_material", "yes"),
        ("", "6(c)", 0, 999_999_999, "component", "no"),
    ]
    assert heard["statements"] == [
        ("B-1", "eu-reach-candidate", "2025-11-05", "contains"),
        ("B-1", "eu-rohs", day, "none_above_limit"),
    ]


def test_an_answer_without_an_article_holds_for_the_only_one(language: str, tmp_path: Path) -> None:
    law = load_lists(["eu-rohs"])
    answers = [{"answer": "none above limit"}]
    articles = [{"supplier": "Exempel AB", "article": "B-1"}]
    fill(tmp_path / "form.xlsx", language, law, Articles=articles, Statements=answers)
    made = read_declaration(tmp_path / "form.xlsx")
    assert made.articles["number"].tolist() == ["B-1"]
    edition = str(law.lists["edition"].iloc[0])
    heard = made.statements[["list", "edition", "answer"]].to_numpy().tolist()
    assert (heard, len(made.problems)) == ([["eu-rohs", edition, "none_above_limit"]], 0)


# --- what is wrong in it ---------------------------------------------------------------------------


def test_answers_without_articles_hold_for_each_of_the_form(language: str, tmp_path: Path) -> None:
    """The form says so: “Leave the whole column empty if each answer holds for all articles.”"""
    path = tmp_path / "form.xlsx"
    articles = [{"supplier": "Exempel AB", "article": number, "date": date(2026, 3, 1)} for number in "AB"]
    line = {"name": "Bly", "cas": "7439-92-1", "amount": "1 %"}
    answered = {"edition": date(2026, 2, 4), "answer": "none above limit"}
    for size in (1, 2):
        fill(
            path,
            language,
            ALL,
            Articles=articles[:size],
            Content=[line | {"article": about["article"]} for about in articles[:size]],
            Statements=[answered | {"list": listed} for listed in ("eu-rohs", "eu-pops")],
        )
        made = read_declaration(path)
        said = zip(
            made.articles["number"].iloc[made.statements["article"]], made.statements["list"], strict=True
        )
        assert sorted(said) == [(name, of) for name in "AB"[:size] for of in ("eu-pops", "eu-rohs")]
        assert made.articles["supplier"].tolist() == ["Exempel AB"] * size
        assert len(made.problems) == 0


def test_an_answer_beside_answers_that_name_articles_is_for_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    answered = {"list": "eu-rohs", "edition": date(2026, 2, 4), "answer": "none above limit"}
    articles = [{"article": number} for number in "AB"]
    fill(path, "en", ALL, Articles=articles, Statements=[answered, answered | {"article": "A"}])
    made = read_declaration(path)
    assert made.problems["code"].tolist() == ["article-missing"]
    numbers = made.articles["number"].astype(object)
    assert "B" not in numbers.iloc[made.statements["article"]].tolist()


def test_ten_errors_are_ten_problems_at_their_cells(language: str, tmp_path: Path) -> None:
    _ = translator(language)
    path = tmp_path / "form.xlsx"
    fill(
        path,
        language,
        ALL,
        Articles=[
            {"supplier": "Exempel AB", "article": "B-1", "gtin": "7350053850018", "date": "i våras"},
            {"supplier": "Exempel AB", "article": "B-2", "complete_down_to": "allt", "textile": "kanske"},
        ],
        Components=[{"article": "B-1", "component": "slang", "parent": "lådan", "component_mass": "lätt"}],
        Content=[
            {"article": "B-1", "component": "slang", "name": "a", "cas": "7439-92-1", "amount": "lite grann"},
            {"article": "B-1", "component": "slang", "name": "b", "amount": "1 %", "basis": "lådan"},
            {"article": "B-2", "name": "c", "amount": "2 %", "intended": "kanske"},
        ],
        Statements=[{"article": "B-2", "list": "eu-rohs", "answer": "se bilaga"}],
    )
    made = read_declaration(path)
    planted = [
        ("Articles", 2, "GTIN", "gtin-check-digit"),
        ("Articles", 2, "Declaration date", "date-unreadable"),
        ("Articles", 3, "Complete down to", "complete-unreadable"),
        ("Articles", 3, "Textile", "condition-unreadable"),
        ("Components", 2, "Part of", "component-unknown"),
        ("Components", 2, "Component mass (g)", "mass-unreadable"),
        ("Content", 2, "Amount", "amount-unreadable"),
        ("Content", 3, "Basis", "basis-unreadable"),
        ("Content", 4, "Intentionally added", "intended-unreadable"),
        ("Statements", 2, "Answer", "answer-unreadable"),
    ]
    found = made.problems[["sheet", "row", "column", "code"]].to_numpy().tolist()
    assert sorted(found) == sorted([_(sheet), row, _(column), code] for sheet, row, column, code in planted)


def test_an_unreadable_fact_leaves_the_others_of_its_row(language: str, tmp_path: Path) -> None:
    facts = {"textile": "kanske", "painted": "yes", "leather": "no"}
    content = [{"article": "B-1", "name": "x", "amount": "1 %"}]
    fill(tmp_path / "form.xlsx", language, ALL, Articles=[{"article": "B-1"} | facts], Content=content)
    known = read_declaration(tmp_path / "form.xlsx").facts
    assert set(zip(known["condition"], known["holds"], strict=True)) == {
        ("painted", True),
        ("leather", False),
    }


# --- the form itself -------------------------------------------------------------------------------


def test_every_header_is_read_as_what_it_asks_for(language: str) -> None:
    _ = translator(language)
    assert set(FACTS) == {str(name) for name in Condition}
    for own in sheets(ALL).values():
        for column in own:
            header = parse_header(_(column.title))
            expected = (
                ("condition", column.field) if column.field in FACTS else (column.field or "unused", "")
            )
            assert (header.field, header.about) == expected, column.title


def test_every_choice_is_understood(language: str) -> None:
    _ = translator(language)
    parsers = {"basis": parse_basis, "answer": parse_answer} | dict.fromkeys(
        (*FACTS, "intended"), parse_yes_no
    )
    for own in sheets(ALL).values():
        for column in own:
            meant = [parsers[column.field](_(word)) for word in column.choices]
            assert None not in meant
            assert len(set(meant)) == len(meant)


def test_the_form_is_fit_to_fill_in(language: str, tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", ALL, language)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    _ = translator(language)
    for name, own in sheets(ALL).items():
        sheet = book[_(name)]
        assert [cell.value for cell in sheet[1]] == [_(column.title) for column in own]
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        breadth = sum(column.width for column in own)
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert breadth / sheet.page_setup.fitToWidth <= BREADTH_OF_PAGE
        assert sheet.print_title_cols == ("$A:$B" if breadth > BREADTH_OF_PAGE else None)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet["A1"].protection.locked
        assert not sheet.column_dimensions["A"].protection.locked
        checks = sheet.data_validations.dataValidation
        assert len(checks) == len(own)
        for column, check in zip(own, checks, strict=True):
            kind = "list" if column.choices else "custom" if column.check else None
            assert (check.type, bool(check.prompt)) == (kind, True)
            assert len(check.formula1 or "") <= 255
            assert len(column.told(_)) <= 255
            assert "{" not in column.told(_)
            assert not kind or check.error
    assert book.defined_names["kemkoll_form"].attr_text == f"'{_('Read this first')}'!$A$1"
    assert book.custom_doc_props["kemkoll_form"].value == "1"


def test_no_text_of_the_form_is_cut(language: str) -> None:
    """Rows are as high as their wrapped texts: not every program makes them so itself."""
    for sheet in make_form(ALL, language):
        for row in sheet.iter_rows():
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width
                text = str(cell.value or "")
                if cell.alignment.wrap_text:
                    assert sheet.row_dimensions[cell.row].height >= LINE_HEIGHT * len(text) / width
                    assert max(map(len, text.split()), default=0) <= width, text


def test_lists_are_asked_about_in_their_edition_and_explained(language: str) -> None:
    law = load_lists(["eu-rohs", "eu-reach-candidate@2025-01-21"])
    _ = translator(language)
    book = make_form(law, language)
    asked = [[cell.value for cell in row][1:4] for row in book[_("Statements")].iter_rows(min_row=2)]
    titles = law.lists[f"title_{language}"].tolist()
    editions = [date.fromisoformat(text) for text in law.lists["edition"]]
    assert asked == [
        list(row) for row in zip(["eu-rohs", "eu-reach-candidate"], titles, editions, strict=True)
    ]
    told = " ".join(str(cell.value) for row in book[_("Explanations")] for cell in row if cell.value)
    for words in ([*titles], [_(column.title) for own in sheets(law).values() for column in own]):
        assert [word for word in words if word not in told] == []
    assert ("homogent material" if language == "sv" else "homogeneous material") in told


# --- the verb --------------------------------------------------------------------------------------


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """kemkoll, called in an empty folder."""
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(cli, [*args])


def test_the_verb_writes_a_form_that_check_reads(call: Any, registry: Any) -> None:
    ran = call("template", "--language", "sv", "--list", "eu-rohs", "-o", "form.xlsx")
    assert (ran.exit_code, ran.stdout) == (0, "")
    book = openpyxl.load_workbook("form.xlsx")
    for place, value in {
        "A2": "B-1",
        "D2": "Bly",
        "E2": "7439-92-1",
        "G2": "1 %",
        "H2": "homogent material",
    }.items():
        book["Innehåll"][place] = value
    book.save("form.xlsx")
    checked = call("check", "form.xlsx", "--list", "eu-rohs", "--on", "2026-11-22", "--format", "json")
    assert json.loads(checked.stdout)["verdicts"][0]["verdict"] == "above_limit"
    assert checked.exit_code == 1


def test_a_filled_in_form_is_never_overwritten(call: Any) -> None:
    Path("form.xlsx").write_bytes(b"filled in")
    ran = call("template", "-o", "form.xlsx")
    assert (ran.exit_code, Path("form.xlsx").read_bytes()) == (2, b"filled in")
    assert "form.xlsx is there already" in ran.stderr


@pytest.mark.parametrize("name", ["form.pdf", "nowhere/form.xlsx"])
def test_the_verb_refuses_what_it_cannot_write(call: Any, name: str) -> None:
    assert call("template", "-o", name).exit_code == 2
    assert not Path(name).exists()


def test_the_verb_says_what_is_missing(call: Any) -> None:
    ran = call("template")
    assert (ran.exit_code, "-o is missing." in ran.stderr) == (2, True)


@pytest.fixture
def own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a list that only this user has."""
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    own = own_lists() / "own-list"
    shutil.copytree(data("substance_lists") / "bisphenols", own)
    about = (own / "list.toml").read_text(encoding="utf-8").replace('"bisphenols"', '"own-list"')
    (own / "list.toml").write_text(about, encoding="utf-8")
    return own.name


def test_an_answer_about_a_list_of_ones_own_is_understood(own_list: str, call: Any, tmp_path: Path) -> None:
    assert call("template", "--list", own_list, "-o", "form.xlsx").exit_code == 0
    book = openpyxl.load_workbook("form.xlsx")
    assert book["Statements"]["B2"].value == own_list
    book["Articles"]["B2"], book["Statements"]["E2"] = "B-1", "none above limit"
    book.save("form.xlsx")
    made = read_declaration(tmp_path / "form.xlsx")
    assert made.problems.to_dict("records") == []
    assert made.statements[["list", "answer"]].to_numpy().tolist() == [[own_list, "none_above_limit"]]


def test_a_list_of_ones_own_is_not_known_to_others(own_list: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse_list(own_list.upper()) == own_list
    assert near_lists("own lists") == own_list
    monkeypatch.setenv("KEMKOLL_HOME", "nowhere")
    assert parse_list(own_list) == ""
