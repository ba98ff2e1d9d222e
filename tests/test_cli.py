from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from results import empty_result, frame, make_result

from kemkoll import tables
from kemkoll.cli import cli
from kemkoll.cli.check import VERDICTS
from kemkoll.messages import Message, to_text
from kemkoll.paths import data
from kemkoll.tables import Verdict

VERBS = [
    ["activate"],
    ["add"],
    ["batch"],
    ["check"],
    ["compare"],
    ["db"],
    ["db", "status"],
    ["db", "upgrade"],
    ["db", "backup"],
    ["db", "restore"],
    ["db", "check"],
    ["demo"],
    ["examples"],
    ["explain"],
    ["export"],
    ["export", "batch"],
    ["export", "marks"],
    ["export", "audit"],
    ["init"],
    ["lists"],
    ["lists", "status"],
    ["lists", "show"],
    ["lists", "lint"],
    ["lists", "diff"],
    ["lists", "import"],
    ["lists", "impact"],
    ["log"],
    ["profiles"],
    ["profiles", "show"],
    ["registry"],
    ["registry", "status"],
    ["registry", "add"],
    ["registry", "compile"],
    ["report"],
    ["report", "annual"],
    ["report", "compliance"],
    ["report", "contract"],
    ["report", "data-quality"],
    ["report", "list-impact"],
    ["report", "supplier"],
    ["report", "waivers"],
    ["review"],
    ["serve"],
    ["show"],
    ["snapshot"],
    ["status"],
    ["template"],
    ["users"],
    ["users", "add"],
    ["users", "show"],
    ["waive"],
]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """English, 80 columns, an empty working directory."""
    for name in ("FORCE_COLOR", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "KEMKOLL_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args])


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run(
        [sys.executable, "-m", "kemkoll", *args], capture_output=True, text=True, env=env, check=False
    )


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The flow replaced: `judged(result)` makes every check give that result, and keeps what it was asked."""
    import kemkoll.declarations
    import kemkoll.flow
    import kemkoll.registry

    def answer(result: Any) -> list[dict[str, Any]]:
        asked: list[dict[str, Any]] = []

        def check(declarations: Any, lists: Any, **given: Any) -> Any:
            asked.append({"declarations": declarations, "lists": lists, **given})
            return result

        monkeypatch.setattr(kemkoll.flow, "check", check)
        monkeypatch.setattr(
            kemkoll.declarations, "read_declarations", lambda _paths: result.declarations, raising=False
        )
        monkeypatch.setattr(kemkoll.registry.Registry, "open", lambda: None)
        return asked

    return answer


def read_result(**changes: Any) -> Any:
    """The result in which every file could be read."""
    result = make_result(**changes)
    inputs = result.declarations.inputs
    result.declarations.inputs = tables.INPUTS.conform(inputs[inputs["status"] == "read"])
    return result


def verdicts(*levels: Verdict, waived: bool = False) -> pd.DataFrame:
    base = {"list": "eu-rohs", "reason": "undisclosed", "coverage": "none", "waived": waived}
    return frame(tables.VERDICTS, [base | {"article": n, "verdict": level} for n, level in enumerate(levels)])


class TestExitCodes:
    def test_0_nothing_is_as_bad(self, judged: Any) -> None:
        judged(read_result(verdicts=verdicts(Verdict.review, Verdict.unknown)))
        assert call("check", "a.csv").exit_code == 0

    def test_1_something_is(self, judged: Any) -> None:
        judged(read_result(verdicts=verdicts(Verdict.not_listed, Verdict.above_limit)))
        assert call("check", "a.csv").exit_code == 1

    @pytest.mark.parametrize("fail_on", VERDICTS)
    @pytest.mark.parametrize("level", list(Verdict))
    def test_1_from_the_verdict_named(self, judged: Any, fail_on: str, level: Verdict) -> None:
        judged(read_result(verdicts=verdicts(level)))
        assert int(level >= Verdict[fail_on]) == call("check", "a.csv", "--fail-on", fail_on).exit_code

    def test_the_names_of_verdicts_are_those_of_the_tables(self) -> None:
        assert [verdict.name for verdict in Verdict] == list(VERDICTS)

    def test_what_is_waived_does_not_fail(self, judged: Any) -> None:
        judged(read_result(verdicts=verdicts(Verdict.above_limit, waived=True)))
        assert call("check", "a.csv").exit_code == 0

    def test_2_wrong_usage(self) -> None:
        for args in (
            ["cheek"],
            ["check"],
            ["check", "a.csv", "--fale"],
            ["check", "a.csv", "--on"],
            ["--what"],
        ):
            answer = call(*args)
            assert answer.exit_code == 2, args
            assert answer.stdout == ""
            assert answer.stderr.startswith("kemkoll"), args

    def test_3_an_input_could_not_be_read(self, judged: Any) -> None:
        judged(make_result(verdicts=verdicts(Verdict.above_limit)))
        answer = call("check", "a.csv")
        assert answer.exit_code == 3
        assert "Files not judged" in answer.stdout

    def test_3_nothing_was_read(self, judged: Any) -> None:
        result = empty_result()
        result.declarations.inputs = tables.INPUTS.conform(
            pd.DataFrame({"file": ["a.csv"], "status": ["empty"], "lines": [0]})
        )
        judged(result)
        for form in ("table", "json", "csv"):
            answer = call("check", "a.csv", "--format", form)
            assert answer.exit_code == 3
            assert "Nothing was read" in answer.output

    def test_4_a_list_is_too_old(self, judged: Any) -> None:
        asked = judged(read_result())
        answer = call("check", "a.csv", "--on", "2040-01-01", "--max-list-age", "100")
        assert answer.exit_code == 4
        assert "days old; 100 are accepted" in answer.stderr
        assert answer.stdout == ""
        assert asked == []
        assert call("check", "a.csv", "--on", "2040-01-01", "--max-list-age", "10000").exit_code == 0

    def test_3_goes_before_4(self, judged: Any) -> None:
        judged(make_result())
        assert call("check", "a.csv", "--on", "2040-01-01", "--max-list-age", "100").exit_code == 3

    def test_2_goes_before_all(self, judged: Any) -> None:
        judged(make_result())
        assert (
            call("check", "a.csv", "--on", "2040-01-01", "--max-list-age", "100", "--list", "nix").exit_code
            == 2
        )

    def test_70_a_fault_of_ours(self, judged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        judged(make_result(findings=None))
        answer = call("check", "a.csv")
        assert answer.exit_code == 70
        assert "fault in kemkoll" in answer.stderr
        assert "KEMKOLL_DEBUG=1" in answer.stderr
        assert "Traceback" not in answer.stderr
        monkeypatch.setenv("KEMKOLL_DEBUG", "1")
        assert call("check", "a.csv").exit_code == 70

    def test_130_interrupted(self, judged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        import kemkoll.declarations

        def interrupt(_paths: Any) -> None:
            raise KeyboardInterrupt

        judged(make_result())
        monkeypatch.setattr(kemkoll.declarations, "read_declarations", interrupt)
        answer = call("check", "a.csv")
        assert answer.exit_code == 130
        assert "Interrupted." in answer.stderr

    @pytest.mark.parametrize("args", [["lists", "show", "eu-reach-candidate"], ["--help"]])
    def test_a_broken_pipe_is_quiet(self, args: list[str]) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "kemkoll", *args]
        answer = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
        os.close(writer)
        assert (answer.stderr, answer.returncode) == ("", 0)


class TestAsking:
    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["--list", "eu-rosh"], "There is no substance list “eu-rosh”. Did you mean eu-rohs"),
            (["--list", "eu-rohs@soon"], "soon"),
            (["--profile", "defualt"], "Did you mean default? There are: annual, default"),
            (["--condition", "textil=yes"], "Did you mean textile?"),
            (["--condition", "textile"], "write textile=yes or textile=no"),
            (["--condition", "textile=maybe"], "write textile=yes or textile=no"),
            (["--condition", "textile=yes", "--condition", "textile=no"], "given as yes and as no"),
            (["--on", "22/11 2026"], "write the day as 2026-11-22"),
            (["--on", "20261122"], "write the day as 2026-11-22"),
            (["--fail-on", "rewiew"], "Did you mean review?"),
            (["--format", "xml"], "There are: table, csv, html, json."),
            (["--language", "fi"], "There are: en, sv."),
            (["-o", "result.doc"], "the suffix must be one of"),
            (["-o", "nowhere/result.csv"], "no such folder"),
            (["-o", "a.csv"], "would overwrite a file that is to be judged"),
            (["--max-list-age", "-1"], "--max-list-age"),
            (["--max-list-age", "old"], "--max-list-age"),
            (["no*.xlsx"], "No file is called no*.xlsx."),
            (["--assume-complet"], "Did you mean --assume-complete"),
        ],
    )
    def test_what_does_not_exist_is_answered_with_what_does(
        self, judged: Any, args: list[str], said: str
    ) -> None:
        asked = judged(read_result())
        answer = call("check", "a.csv", *args)
        assert answer.exit_code == 2
        assert said in answer.stderr
        assert "--help" in answer.stderr or "@" in " ".join(args)
        assert asked == []

    def test_in_swedish_too(self) -> None:
        answer = call("check", "a.csv", "--list", "eu-rosh", "--language", "sv")
        assert "Det finns ingen ämneslista ”eu-rosh”. Menade du eu-rohs" in answer.stderr
        assert "FIL... saknas." in call("check", "--language=sv").stderr
        assert "Menade du check?" in call("--language", "sv", "cheek").stderr

    def test_the_flow_is_asked_what_the_user_asked(self, judged: Any) -> None:
        asked = judged(read_result())
        call(
            "check", "a.csv", "--on", "2026-01-31", "--list", "eu-rohs@2024-01-01", "--list", "phthalates",
            "--condition", "textile=yes", "--condition", "leather=nej", "--assume-complete",
        )  # fmt: skip
        (given,) = asked
        assert given["on"] == "2026-01-31"
        assert given["conditions"] == {"textile": True, "leather": False}
        assert given["assume_complete"]
        assert given["lists"].lists["list"].tolist() == ["eu-rohs", "phthalates"]
        assert given["lists"].lists["edition"][0] == "2024-01-01"
        assert given["lists"].lists["asked_by_name"].all()

    def test_a_profiles_lists_are_not_asked_for_by_name(self, judged: Any) -> None:
        asked = judged(read_result())
        call("check", "a.csv")
        assert list(asked[0]["profile"].lists) == asked[0]["lists"].lists["list"].tolist()
        assert not asked[0]["lists"].lists["asked_by_name"].any()
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", asked[0]["on"])

    def test_wildcards_that_nobody_expanded(
        self, judged: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        import kemkoll.declarations

        judged(read_result())
        read: list[list[str]] = []
        monkeypatch.setattr(
            kemkoll.declarations,
            "read_declarations",
            lambda paths: read.append(paths) or read_result().declarations,
        )
        for name in ("b.csv", "a.csv", "odd[1].csv"):
            (tmp_path / name).touch()
        call("check", "?.csv", "a.csv", "odd[1].csv", "gone.csv")
        assert read == [["a.csv", "b.csv", "odd[1].csv", "gone.csv"]]


class TestShowing:
    def test_results_on_stdout_and_files_beside(self, judged: Any, tmp_path: Path) -> None:
        judged(read_result())
        answer = call("check", "a.csv", "-o", "result.json", "-o", "Result.CSV", "--output", "page.txt")
        assert "ABOVE THE LIMIT" in answer.stdout
        written = ("result.json", "Result.CSV", "page.txt")
        assert answer.stderr == "".join(f"{file} is written.\n" for file in written)
        assert json.loads((tmp_path / "result.json").read_text())["schema"] == "kemkoll.result/1"
        assert (tmp_path / "Result.CSV").read_text("utf-8-sig").startswith("kind,")
        assert answer.stdout == (tmp_path / "page.txt").read_text()

    def test_json_on_stdout_is_json(self, judged: Any) -> None:
        judged(make_result())
        answer = call("check", "a.csv", "--format", "json")
        assert json.loads(answer.stdout)
        assert answer.stderr.startswith("old.xlsx is protected")

    @pytest.mark.parametrize(
        ("message", "said"),
        [
            (Message("{file} is empty.", file="old.xlsx"), "old.xlsx is empty.\n"),
            (
                Message("The text table cannot be read: {reason}.", reason="x"),
                "old.xlsx: The text table cannot",
            ),
        ],
    )
    def test_a_file_that_cannot_be_read_is_named_once(self, judged: Any, message: Message, said: str) -> None:
        result = make_result()
        failed = result.declarations.inputs["status"] == "failed"
        told = result.declarations.inputs.assign(message="", error="")
        told.loc[failed, ["message", "error"]] = [to_text(message), str(message)]
        result.declarations.inputs = told
        judged(result)
        answer = call("check", "a.csv", "--format", "json")
        assert answer.stderr.startswith(said)
        assert answer.stderr.count("old.xlsx") == 1

    def test_all_lines(self, judged: Any) -> None:
        judged(read_result())
        lines = [
            len(json.loads(call("check", "a.csv", "--format", "json", *more).stdout)["lines"])
            for more in ([], ["--all-lines"])
        ]
        assert lines == [5, 6]

    def test_no_csv_is_written_of_nothing(self, judged: Any, tmp_path: Path) -> None:
        judged(empty_result())
        answer = call("check", "a.csv", "-o", "result.csv", "-o", "result.json")
        assert "result.csv was not written" in answer.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["result.json"]

    def test_a_workbook_is_written_even_of_nothing_and_says_so(self, judged: Any, tmp_path: Path) -> None:
        judged(empty_result())
        assert call("check", "a.csv", "-o", "result.xlsx").exit_code == 3
        cover = openpyxl.load_workbook(tmp_path / "result.xlsx").worksheets[0]
        assert "This is not a clean result" in " ".join(str(cell.value) for row in cover for cell in row)

    def test_a_workbook_is_never_printed(self, judged: Any) -> None:
        judged(read_result())
        answer = call("check", "a.csv", "--format", "xlsx")
        assert answer.exit_code == 2
        assert "There are: table, csv, html, json." in answer.stderr

    def test_a_file_that_cannot_be_written(self, judged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from kemkoll.outputs import formats

        def refuse(*_: Any, **__: Any) -> None:
            raise PermissionError(13, "Permission denied")

        judged(read_result())
        monkeypatch.setattr(formats()["csv"], "write", refuse)
        answer = call("check", "a.csv", "-o", "result.csv")
        assert answer.exit_code == 2
        assert "result.csv cannot be written: Permission denied." in answer.stderr

    def test_swedish(self, judged: Any) -> None:
        judged(read_result())
        assert "ÖVER GRÄNSVÄRDET" in call("check", "a.csv", "--language", "sv").stdout


class TestHelp:
    @pytest.mark.parametrize("language", ["en", "sv"])
    @pytest.mark.parametrize("verb", [[], *VERBS], ids=" ".join)
    def test_help(self, verb: list[str], language: str, snapshot: Any) -> None:
        answer = call(*verb, "--help", "--language", language)
        assert answer.exit_code == 0
        assert "kemkoll" in answer.stdout.splitlines()[-1]
        assert ("Exempel:" if language == "sv" else "Example:") in answer.stdout
        assert snapshot == answer.stdout

    def test_every_verb_is_tested(self) -> None:
        found = []
        for name in cli.list_commands(None):  # type: ignore[arg-type]
            command: Any = cli.get_command(None, name)  # type: ignore[arg-type]
            found += [[name], *([name, inner] for inner in getattr(command, "commands", {}))]
        assert sorted(found) == sorted(VERBS)

    @pytest.mark.parametrize("verb", [[], ["lists"], ["registry"]])
    def test_without_a_verb_it_is_the_answer(self, verb: list[str]) -> None:
        assert call(*verb, "--help").stdout == call(*verb).stdout

    def test_version(self) -> None:
        from kemkoll import __version__

        assert f"kemkoll {__version__}\n" == call("--version").stdout

    @pytest.mark.parametrize(
        "args", [["--help"], ["check", "--help"], ["--version"], ["--language", "sv", "--help"]]
    )
    def test_needs_no_pandas(self, args: list[str]) -> None:
        code = f"import sys; from kemkoll.cli import cli; cli.main({args!r}, standalone_mode=False); "
        slow = ["pandas", "numpy", "pyarrow", "rich", "rdkit", "jinja2", "openpyxl"]
        code += f"print([name for name in {slow} if name in sys.modules])"
        answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert answer.stdout.splitlines()[-1] == "[]"


LIMITS_OF_EVERY_KIND = """\
lead,0.5 µg/cm²/week,>,article,release,,jewellery,,2013-03-01,,x,unconfirmed
lead,,>=,article,presence,,,,2013-03-01,2014-03-01,x,entry 63 as read
lead,10 mg/kg,>=,article,substance,,,yes,2013-03-01,,x,entry 63 as read
"""
OUTSIDE = """\
official,name_en,name_sv,why_en,why_sv,reference
16,Lead carbonates,blykarbonater,it is about paint,den gäller målarfärg,entry 16
"""


class TestProfiles:
    def test_all_of_them_are_shown_with_where_they_come_from(self) -> None:
        answer = call("profiles")
        assert answer.exit_code == 0
        for name in ("default", "reach-art-33", "rohs", "mdr-10-4", "kravid-11354", "hospital-consumables"):
            assert name in answer.stdout
        assert "http://data.europa.eu/eli/dir/2011/65/oj" in "".join(answer.stdout.split())

    def test_one_of_them(self) -> None:
        said = " ".join(call("profiles", "show", "kravid-11354").stdout.split())
        assert (
            "KravID 11354 At most 0.1 % by weight of each substance in each individual part (should)" in said
        )
        assert "eu-reach-candidate: entries listed for 57(a), 57(b), 57(c)" in said
        assert "> 0.1 % of the component; if it enters the body or leads fluids to or from it" in said
        swedish = " ".join(
            call("profiles", "show", "hospital-consumables", "--language", "sv").stdout.split()
        )
        assert "Ingen PVC (ska)" in swedish
        assert "SLL473: materials pvc till och med 2021-12-31" in swedish

    def test_one_that_is_not_there(self) -> None:
        answer = call("profiles", "show", "rosh")
        assert answer.exit_code == 2
        assert "Did you mean rohs" in answer.stderr

    def test_the_binding_chooses_the_editions(self, judged: Any, tmp_path: Path) -> None:
        asked = judged(read_result())
        text = 'id = "x"\nlists = ["eu-reach-candidate", "eu-rohs@2015-06-04"]\n'
        own = tmp_path / "own.toml"
        for binding, edition in (
            ("", "2026-01-31"),
            ('[binding]\nkind = "frozen"\ndate = 2025-08-01', "2025-08-01"),
            ("[binding]\ngrace_days = 30", "2026-01-01"),
        ):
            own.write_text(text + binding)
            call("check", "a.csv", "--profile", str(own), "--on", "2026-01-31")
            lists = asked[-1]["lists"].lists
            assert lists["list"].tolist() == ["eu-reach-candidate", "eu-rohs"]
            assert lists["edition"].tolist() == [edition, "2015-06-04"]

    def test_a_list_without_an_edition_on_that_day_is_said(self) -> None:
        answer = call("check", "a.csv", "--profile", "reach-art-33", "--on", "2008-01-01")
        assert answer.exit_code == 2
        assert "eu-reach-candidate has no edition of 2008-01-01: the first is of 2008-10-28" in " ".join(
            answer.stderr.split()
        )


class TestLists:
    def test_status(self) -> None:
        answer = call("lists", "status", "--on", "2040-01-01")
        assert answer.exit_code == 0
        assert "eu-reach-candidate" in answer.stdout
        assert "ECHA legal notice: eu-reach-candidate" in answer.stdout

    def test_status_says_of_each_stale_list_where_to_look(self) -> None:
        due, late = (call("lists", "status", "--on", f"2026-08-0{day}").stdout for day in (6, 7))
        assert "STALE: eu-reach-candidate is" not in due
        said = " ".join(late[late.index("STALE: eu-reach-candidate is") :].split())
        assert said.startswith(
            "STALE: eu-reach-candidate is 184 days old, and a new edition is expected every 183"
        )
        assert "https://echa.europa.eu/candidate-list-table" in said
        swedish = " ".join(call("lists", "status", "--on", "2026-08-07", "--language", "sv").stdout.split())
        assert "FÖR GAMMAL: eu-reach-candidate är 184 dagar gammal" in swedish

    def test_show(self) -> None:
        answer = call("lists", "show", "eu-rohs", "--language", "sv")
        assert answer.exit_code == 0
        assert "kvicksilver" in answer.stdout
        assert "> 0,01 %" in answer.stdout
        assert "Elektrisk och elektronisk utrustning får inte" in " ".join(answer.stdout.split())
        assert call("lists", "show", "eu-rosh").exit_code == 2

    def test_show_says_each_limit_in_words(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        own = tmp_path / "home" / "lists" / "own"
        shutil.copytree(data("substance_lists") / "eu-rohs", own)
        about = (own / "list.toml").read_text(encoding="utf-8")
        (own / "list.toml").write_text(about.replace('"eu-rohs"', '"own"'), encoding="utf-8")
        with (own / "limits.csv").open("a", encoding="utf-8") as file:
            file.write(LIMITS_OF_EVERY_KIND)
        entries = (own / "entries.csv").read_text(encoding="utf-8")
        (own / "entries.csv").write_text(entries.replace("lead,,", "lead,63,"), encoding="utf-8")
        (own / "outside.csv").write_text(OUTSIDE, encoding="utf-8")
        monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
        shown = " ".join(call("lists", "show", "own").stdout.replace("·", "").split())
        for said in (
            "lead Lead and its compounds [63] restricted in electrical and electronic equipment (from 2006",
            "> 0.5 µg/cm²/week; released amount; if it is jewellery; from 2013-03-01; UNCONFIRMED",
            "any presence; 2013-03-01 to 2014-03-01 ",
            ">= 10 mg/kg of the article; as an unintended trace only; from 2013-03-01 ",
            "16 Lead carbonates sets no limit for articles: it is about paint",
        ):
            assert said in shown

    def test_show_says_where_an_entry_has_no_limit(self) -> None:
        shown = call("lists", "show", "phthalates").stdout
        assert "· listed, without a limit" in shown

    def test_an_edition(self) -> None:
        assert "dehp" not in call("lists", "show", "eu-rohs@2015-01-01").stdout

    def test_lint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import kemkoll.lists

        assert (
            call("lists", "lint").exit_code,
            call("lists", "lint").stdout,
        ) == (0, "The lists keep all their promises.\n")
        monkeypatch.setattr(kemkoll.lists, "lint", lambda: ["eu-rohs: an entry has no reference."])
        assert (
            call("lists", "lint").exit_code,
            call("lists", "lint").stdout,
        ) == (1, "eu-rohs: an entry has no reference.\n")


class TestDemo:
    def test_ends_well_although_limits_are_passed(self, judged: Any) -> None:
        asked = judged(read_result())
        answer = call("examples", "--on", "2026-11-22")
        assert answer.exit_code == 0
        assert "Above the limit" in answer.stdout
        assert "kemkoll check FILE..." in answer.stdout
        assert asked[0]["conditions"] == {"supply_to_public": False}

    def test_names_the_page_that_it_wrote(self, judged: Any) -> None:
        judged(read_result())
        asked, written = call("examples"), call("examples", "-o", "examples.html")
        assert "kemkoll examples -o examples.html" in asked.stdout
        assert "kemkoll examples -o examples.html" not in written.stdout
        assert "\n  examples.html\n" in written.stdout
        assert "</html>" in Path("examples.html").read_text(encoding="utf-8")

    def test_never_writes_over_an_example(self, judged: Any) -> None:
        judged(read_result())
        example = data("examples") / "golvmatta.csv"
        before = example.read_bytes()
        assert call("examples", "-o", str(example)).exit_code == 2
        assert before == example.read_bytes()

    def test_does_not_hide_that_nothing_was_read(self, judged: Any) -> None:
        judged(empty_result())
        assert call("examples").exit_code == 3


class TestRegistry:
    def test_compile_and_status(self, monkeypatch: pytest.MonkeyPatch, registry: Any) -> None:
        monkeypatch.setenv("KEMKOLL_HOME", str(registry.home))
        assert call("registry", "compile").stdout == "The registry is compiled.\n"
        answer = call("registry", "status")
        assert answer.exit_code == 0
        assert re.search(r"CAS numbers +7\d,\d{3}", answer.stdout)

    def test_add(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
        Path("own.csv").write_text("cas,name\n117-81-7,Mjukgörare X\n", "utf-8")
        assert call("registry", "add", "own.csv").stdout == "1 substance added.\n"
        Path("own.csv").write_text("cas,name\n117-81-8,Mjukgörare X\n", "utf-8")
        answer = call("registry", "add", "own.csv")
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert "row 2" in answer.stderr

    def test_a_file_that_is_not_there(self) -> None:
        answer = call("registry", "add", "gone.csv")
        assert answer.exit_code == 2
        assert "There is no file gone.csv." in answer.stderr


class TestWholly:
    """Each exit code once with nothing replaced, as a process of its own."""

    @pytest.fixture
    def declaration(self, tmp_path: Path) -> str:
        text = "Artikelnummer;Beståndsdel;Ämne;CAS-nr;Halt\nA-1;slang;DEHP;117-81-7;15 %\n"
        (tmp_path / "a.csv").write_text(text, "utf-8")
        return "a.csv"

    def test_check(self, declaration: str, registry: Any) -> None:
        home = str(registry.home)
        found = run("check", declaration, "--list", "eu-reach-candidate", KEMKOLL_HOME=home)
        assert found.returncode == 1, found.stderr
        assert "ABOVE THE LIMIT" in found.stdout
        assert "15 % of the component “slang”" in found.stdout
        assert "a.csv, row 2" in found.stdout
        assert run("check", declaration, "gone.csv", KEMKOLL_HOME=home).returncode == 3
        assert run("check", declaration, "--fail-on", "worse").returncode == 2
        assert run("check", declaration, "--max-list-age", "0", "--on", "2040-01-01").returncode == 4

    def test_a_result_can_be_read_back(self, declaration: str, registry: Any) -> None:
        home = str(registry.home)
        first = run("check", declaration, "--format", "json", "--all-lines", KEMKOLL_HOME=home)
        Path("result.json").write_text(first.stdout, "utf-8")
        again = run("check", "result.json", "--format", "json", "--all-lines", KEMKOLL_HOME=home)
        one, two = json.loads(first.stdout), json.loads(again.stdout)
        for name in ("article", "verdict", "list", "entries", "reason", "coverage", "undisclosed"):
            assert [row[name] for row in two["verdicts"]] == [row[name] for row in one["verdicts"]]
        for name in ("article", "component", "name", "cas", "amount", "low", "high", "step", "basis"):
            assert [row[name] for row in two["lines"]] == [row[name] for row in one["lines"]]
