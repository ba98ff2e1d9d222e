from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from results import REACH, ROHS, empty_result, frame, make_result

from kemkoll import tables
from kemkoll.codes import PROBLEMS, REASONS
from kemkoll.i18n import translator
from kemkoll.outputs import format_of, formats, render, words
from kemkoll.outputs.csv import COLUMNS, as_written, defused
from kemkoll.outputs.json import schema
from kemkoll.tables import WHOLE, Basis, Condition, EvidenceLevel, Force, Measure, Verdict

HOSTILE = st.one_of(st.sampled_from("=+-@＝＠'\"\t\r\n;, |_x0D1"), st.characters(exclude_categories=["Cs"]))
"""Characters that a spreadsheet program makes something of, and any other."""


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 80 columns and no colour, wherever the tests run."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 does not apply", "4 do not apply", "1 unknown", "12 unknown", "2 listed"]),
        ("sv", ["1 gäller inte", "4 gäller inte", "1 okänt", "12 okända", "2 listade"]),
    ],
)
def test_verdicts_are_counted_in_their_own_plural(language: str, said: list[str]) -> None:
    asked = [("not_applicable", 1), ("not_applicable", 4), ("unknown", 1), ("unknown", 12), ("listed", 2)]
    _ = translator(language)
    assert [words.count_text(verdict, "", n, _) for verdict, n in asked] == said
    counted = [words.count_text(verdict.name, "", 1, _) for verdict in Verdict]
    assert counted == [f"1 {words.verdict_text(verdict.name, '', _)}" for verdict in Verdict]
    assumed = words.verdict_text("not_listed", "assumed-complete", _)
    assert words.count_text("not_listed", "assumed-complete", 1, _) == f"1 {assumed}"


def tree(result: Any, *, all_lines: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(result, "json", all_lines=all_lines))
    return found


def cells(result: Any, language: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(result, "csv", language))))


class TestFormats:
    def test_the_suffix_says_which(self) -> None:
        assert {name: module.SUFFIX for name, module in formats().items()} == {
            "table": ".txt",
            "json": ".json",
            "csv": ".csv",
            "html": ".html",
            "xlsx": ".xlsx",
        }
        assert [format_of(name) for name in ("a.json", "b/C.CSV", "d.txt", "e")] == [
            "json",
            "csv",
            "table",
            None,
        ]

    def test_a_file_appears_only_when_it_is_whole(self, tmp_path: Path) -> None:
        broken = make_result(verdicts=None)
        with pytest.raises(Exception, match="NoneType"):
            formats()["csv"].write(broken, tmp_path / "result.csv")
        assert list(tmp_path.iterdir()) == []

    def test_a_link_is_followed_and_stays(self, tmp_path: Path) -> None:
        (tmp_path / "real.json").write_text("old")
        (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
        formats()["json"].write(make_result(), tmp_path / "link.json")
        assert (tmp_path / "link.json").is_symlink()
        assert json.loads((tmp_path / "real.json").read_text())["schema"] == "kemkoll.result/1"

    def test_a_device_can_be_written_to(self) -> None:
        formats()["csv"].write(make_result(), "/dev/null")


class TestTable:
    @pytest.mark.parametrize("language", ["en", "sv"])
    @pytest.mark.parametrize("columns", [60, 80, 120])
    def test_page(self, columns: int, language: str, snapshot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        page = render(make_result(), "table", language)
        assert max(map(len, page.splitlines())) <= columns
        assert snapshot == page

    @pytest.mark.parametrize("language", ["en", "sv"])
    def test_nothing_read(self, language: str, snapshot: Any) -> None:
        assert snapshot == render(empty_result(), "table", language)

    def test_worst_first(self) -> None:
        page = render(make_result(), "table")
        order = [page.index(number) for number in ("B-1001", "G-7", "G-8")]
        assert sorted(order) == order
        assert page.index("ABOVE THE LIMIT") < page.index("UNKNOWN") < page.index("LISTED ")

    def test_no_colour_where_there_is_no_terminal(self) -> None:
        assert "\x1b" not in render(make_result(), "table")

    def test_colour_on_a_terminal_unless_it_is_not_wanted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        assert "\x1b[1;31;7m" in render(make_result(), "table") or "\x1b[1;7;31m" in render(
            make_result(), "table"
        )
        monkeypatch.setenv("NO_COLOR", "1")
        assert "31" not in "".join(
            part.split("m")[0] for part in render(make_result(), "table").split("\x1b[")[1:]
        )

    def test_what_a_supplier_wrote_does_not_steer_the_terminal(self) -> None:
        problems = frame(
            tables.PROBLEMS,
            [tables.problem("column-unknown", found="a\x1b[31m\x9b2J\u202e b", file="\x1b]0;x\x07f")],
        )
        page = render(make_result(problems=problems), "table")
        assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(page)

    def test_assumed_complete_stands_on_top_and_in_the_word(self) -> None:
        verdicts = make_result().verdicts.assign(reason="assumed-complete")
        page = render(make_result(assume_complete=True, verdicts=verdicts), "table")
        assert page.startswith("ASSUMED COMPLETE")
        assert "NOT LISTED (ASSUMED COMPLETE)" in page
        assert "everything disclosed" not in page.lower()

    def test_articles_beyond_what_anybody_reads_are_counted(self) -> None:
        result = make_result()
        number = 130
        articles = frame(tables.ARTICLES, [{"supplier": "S", "number": f"A{i:03d}"} for i in range(number)])
        verdict = {
            "list": REACH,
            "verdict": Verdict.unknown,
            "reason": "nothing-declared",
            "coverage": "none",
        }
        result.declarations.articles = articles
        result = make_result(
            declarations=result.declarations,
            findings=tables.FINDINGS.empty(),
            verdicts=frame(tables.VERDICTS, [verdict | {"article": i} for i in range(number)]),
        )
        page = render(result, "table")
        assert "30 more articles are not shown." in page
        assert "A099" in page
        assert "A100" not in page
        assert "A129" in render(result, "table", all_lines=True)

    def test_findings_beyond_what_anybody_reads_are_counted(self) -> None:
        findings = make_result().findings
        many = tables.FINDINGS.conform(pd.concat([findings] * 150, ignore_index=True))
        page = render(make_result(findings=many), "table")
        assert "200 more findings are not shown." in page
        assert "not shown" not in render(make_result(findings=many), "table", all_lines=True)

    def test_no_problem_is_left_out(self) -> None:
        problems = [tables.problem("column-unknown", found=f"Column{i}", file="a.csv") for i in range(300)]
        page = render(make_result(problems=frame(tables.PROBLEMS, problems)), "table")
        assert all(f"“Column{i}”" in page for i in range(300))

    def test_age_is_counted_on_the_day_of_the_judgement(self) -> None:
        assert "STALE" in render(make_result(), "table")
        assert "STALE" not in render(make_result(on="2026-08-23"), "table")
        assert "0 days old" in render(make_result(on="2020-01-01"), "table")


class TestJson:
    @pytest.mark.parametrize("all_lines", [False, True])
    @pytest.mark.parametrize("result", [make_result(), empty_result(), make_result(assume_complete=True)])
    def test_keeps_to_its_schema(self, result: Any, all_lines: bool) -> None:
        validator = jsonschema.Draft202012Validator(schema())
        validator.check_schema(schema())
        assert [
            f"{error.json_path} {error.message}"
            for error in validator.iter_errors(tree(result, all_lines=all_lines))
        ] == []

    def test_the_schema_is_strict_everywhere(self) -> None:
        def walk(part: Any) -> None:
            if isinstance(part, dict):
                if "properties" in part:
                    assert part["additionalProperties"] is False, part
                    assert list(part["properties"]) == part["required"], part
                for inner in part.values():
                    walk(inner)
            elif isinstance(part, list):
                for inner in part:
                    walk(inner)

        walk(schema())

    def test_the_schema_knows_every_word(self) -> None:
        words = {name: part["enum"] for name, part in schema()["$defs"].items() if "enum" in part}
        assert [verdict.name for verdict in Verdict] == words["verdict"]
        assert list(Basis) == words["basis"]
        assert list(Condition) == words["condition"]
        assert list(tables.TRUST) == words["route"]
        assert list(Measure) == schema()["$defs"]["limit"]["properties"]["measure"]["enum"]
        assert list(Force) == schema()["properties"]["lists"]["items"]["properties"]["force"]["enum"]

    def test_document(self, snapshot: Any) -> None:
        text = render(make_result(), "json", "sv")
        assert snapshot == text.replace(tree(make_result())["rdkit"], "RDKIT").replace(
            f'"kemkoll": "{tree(make_result())["kemkoll"]}"', "KEMKOLL"
        )

    def test_shares_are_exact(self) -> None:
        result = make_result()
        lines = tree(result, all_lines=True)["lines"]
        for name in ("low", "high", "step"):
            assert result.declarations.lines[f"{name}_ppt"].tolist() == [
                round(line[name] * 1e12) for line in lines
            ]

    @pytest.mark.parametrize("share", [1, 999_999_999_999, 123_456_789_012, WHOLE, 333_333_333_333])
    def test_any_share_is_exact(self, share: int) -> None:
        findings = make_result().findings.assign(high_ppt=share, low_ppt=share)
        found = tree(make_result(findings=findings))["findings"][0]
        assert share == round(found["low"] * 1e12) == round(json.loads(json.dumps(found["high"])) * 1e12)

    def test_lines_with_neither_hit_nor_problem_are_left_out_unless_asked_for(self) -> None:
        assert [line["line"] for line in tree(make_result())["lines"]] == [0, 1, 2, 3, 4]
        assert list(range(6)) == [line["line"] for line in tree(make_result(), all_lines=True)["lines"]]

    def test_messages_are_english_whatever_the_language(self) -> None:
        assert render(make_result(), "json", "sv") == render(make_result(), "json", "en")

    def test_every_row_stands_on_its_line(self) -> None:
        assert (
            sum('"line": 4, "declaration": 1' in line for line in render(make_result(), "json").splitlines())
            == 1
        )

    def test_coverage_counts_articles(self) -> None:
        assert tree(make_result())["coverage"] == {"articles": 3, "covered": 1, "partly": 2, "none": 0}
        assert tree(empty_result())["coverage"] == {"articles": 0, "covered": 0, "partly": 0, "none": 0}

    def test_materials_stand_under_what_they_are_of(self) -> None:
        result = make_result()
        result.declarations.materials = frame(
            tables.MATERIALS,
            [
                {
                    "declaration": 0,
                    "article": 0,
                    "component": 0,
                    "name": "PVC",
                    "mass_low_ug": 5,
                    "mass_high_ug": 7,
                },
                {"declaration": 1, "article": 2, "component": -1, "name": "latex"},
            ],
        )
        found = tree(result)
        assert found["components"][0]["materials"] == [
            {"material": "PVC", "mass_low_ug": 5, "mass_high_ug": 7}
        ]
        assert found["articles"][2]["materials"] == [
            {"declaration": 1, "material": "latex", "mass_low_ug": None, "mass_high_ug": None}
        ]
        assert found["articles"][0]["materials"] == []


class TestCsv:
    def test_a_row_per_verdict_and_finding(self) -> None:
        rows = cells(make_result())
        assert sum(row["kind"] == "verdict" for row in rows) == 9
        assert sum(row["kind"] == "finding" for row in rows) == 6
        assert list(COLUMNS) == list(rows[0])
        assert all(COLUMNS.values())

    def test_rows(self, snapshot: Any) -> None:
        assert snapshot == render(make_result(), "csv", "sv")

    def test_numbers_are_the_same_in_every_language(self) -> None:
        for own, english in zip(cells(make_result(), "sv"), cells(make_result()), strict=True):
            told = {"why", "entry_name"}
            assert {name: own[name] for name in own.keys() - told} == {
                name: english[name] for name in english.keys() - told
            }

    @pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "\tx", "\rx", "\n=1"])
    def test_formulas_are_defused(self, text: str) -> None:
        result = make_result()
        lines = result.declarations.lines
        for name in ("name", "cas", "ec", "amount", "sheet", "file"):
            lines[name] = lines[name].cat.add_categories(text).where(lines.index != 0, text)
        articles = result.declarations.articles
        for name in ("supplier", "number", "name"):
            articles[name] = articles[name].cat.add_categories(text).where(articles.index != 0, text)
        result.declarations.components = result.declarations.components.assign(name=text)
        result.declarations.materials = result.declarations.materials.assign(name=text)
        rows = list(csv.reader(io.StringIO(render(result, "csv"), newline="")))
        assert any(defused(text) in row for row in rows)
        assert [
            cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        ] == []

    @given(st.text(HOSTILE))
    @example("'=1")
    @example("PVC;=1+1")
    @example("\t=1;'\n-2")
    def test_any_text_is_defused_and_can_be_had_back(self, text: str) -> None:
        written = io.StringIO(newline="")
        csv.writer(written).writerow(["verdict", defused(text)])
        [[_, cell]] = csv.reader(io.StringIO(written.getvalue(), newline=""))
        assert as_written(cell) == text
        for part in [cell, *re.split("[;\t\r\n]", cell)]:  # read as meant; cut where some programs cut
            assert not part.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell
        assert not cell.startswith(("\t", "\r", "\n"))

    def test_a_file_has_a_byte_order_mark_and_a_stream_has_none(self, tmp_path: Path) -> None:
        formats()["csv"].write(make_result(), tmp_path / "result.csv", "sv")
        data = (tmp_path / "result.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbfkind,")
        assert b"Bly" in data
        assert b"\r\n" in data
        assert b"\r\r\n" not in data
        assert render(make_result(), "csv").startswith("kind,")

    def test_shares_are_exact(self) -> None:
        found = {
            row["entry"]: row
            for row in cells(make_result())
            if row["kind"] == "finding" and row["list"] == ROHS
        }
        assert tuple(found["lead"][name] for name in ("low", "high", "limit")) == (
            "0.018566000001",
            "0.018566000002",
            "0.001",
        )

    def test_says_how_it_was_made(self) -> None:
        assert {"yes"} == {row["assume_complete"] for row in cells(make_result(assume_complete=True))}
        assert {("291", "yes")} == {
            (row["list_age_days"], row["list_stale"]) for row in cells(make_result()) if row["list"] == REACH
        }


class TestWords:
    def test_there_is_one_for_everything(self) -> None:
        assert [verdict.name for verdict in Verdict] == list(words.VERDICTS)
        assert set(Basis) == words.BASES.keys()
        assert set(Measure) == words.MEASURES.keys()
        assert set(Condition) == words.CONDITIONS.keys()
        assert set(tables.TRUST) == words.ROUTES.keys()
        assert len(EvidenceLevel) == len(words.EVIDENCE_LEVELS)

    @pytest.mark.parametrize("language", ["en", "sv"])
    def test_no_sentence_is_left_with_a_hole(self, language: str) -> None:
        _ = translator(language)
        for code in PROBLEMS:
            for suggestion in ("", "117-81-7", "1 | 2"):
                said = words.problem_text(code, "{found}x", suggestion, _)
                assert "{suggestion}" not in said
                assert said[-1] in ".?!", said
                assert said.strip() == said
                assert "  " not in said
        for code in REASONS:
            assert "{" not in words.reason_text(code, _, "textile")

    def test_a_code_from_tomorrow_is_shown_as_it_is(self) -> None:
        assert words.problem_text("new-code", "", "", translator("en")) == "new-code"
        assert words.reason_text("new-code", translator("en")) == "new-code"
        assert ["it", "is", "new", "and", "it", "is", "not", "!old"][0] in words.condition_text(
            "textile", {}, translator("en")
        )

    def test_only_what_nobody_knows_is_asked(self) -> None:
        _ = translator("en")
        assert words.condition_text("textile !leather", {}, _) == "it is a textile and it is not leather"
        assert words.condition_text("textile !leather", {"leather": False}, _) == "it is a textile"
        assert words.obstacle_text("textile !leather", {}, _) == "it is not a textile or it is leather"
        assert (
            words.obstacle_text("textile !leather", {"textile": True, "leather": True}, _) == "it is leather"
        )

    def test_long_texts_are_cut(self) -> None:
        said = words.problem_text("column-unknown", "x" * 10**6, "", translator("en"))
        assert len(said) < 300
