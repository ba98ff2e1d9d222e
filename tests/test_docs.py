"""The documentation says what is: codes have their paragraphs, links lead somewhere, the session is real."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
import sessions
from documentation import ROOT, sections

from kemkoll import codes
from kemkoll.cli import cli
from kemkoll.outputs.words import VERDICTS
from kemkoll.quantities import parse_amount, parse_mass
from kemkoll.tables import Condition, Verdict

PATTERNS = ("*.md", "docs/*.md", "*/README.md", "substance_lists/*/README.md")
PAGES = sorted(page for pattern in PATTERNS for page in ROOT.glob(pattern))


@pytest.mark.parametrize(
    ("page", "known"),
    [("problems.md", codes.PROBLEMS), ("verdicts.md", codes.REASONS)],
    ids=["problems", "reasons"],
)
def test_every_code_has_its_paragraph_and_no_other(page: str, known: dict[str, str]) -> None:
    codes_of_page = [(name, body.strip()) for name, body in sections(page) if " " not in name]
    assert sorted(name for name, _ in codes_of_page) == sorted(known)
    assert [name for name, body in codes_of_page if len(body) < 40] == []


def test_every_code_in_the_source_is_known() -> None:
    """Whatever the source calls a problem or a reason is one."""
    known = codes.PROBLEMS.keys() | codes.REASONS.keys()
    wording = re.compile(r"""(?:problem\(|code=|reason=|code:\s*str\s*=)\s*["']([a-z]+(?:-[a-z]+)+)["']""")
    used = {
        (path.name, code)
        for path in (ROOT / "kemkoll").rglob("*.py")
        for code in wording.findall(path.read_text(encoding="utf-8"))
    }
    assert sorted(place for place in used if place[1] not in known) == []


def anchors(page: Path) -> set[str]:
    """The places on a page that a link can lead to."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        other = (page.parent / path).resolve() if path else page
        if not other.exists() or (anchor and other.suffix == ".md" and anchor not in anchors(other)):
            broken.append(target)
    assert broken == []


SHOWING = [page for page in PAGES if sessions.commands(page.read_text(encoding="utf-8"))]
"""The pages that have commands on them."""
OTHERS = {
    "activate",
    "cd",
    "git",
    "make",
    "pip",
    "pytest",
    "python",
    "python3",
    "sphinx-build",
    "source",
    "uv",
}
"""Programs that are not kemkoll's: what is done with them is not run here, only looked at."""


@pytest.fixture(scope="session")
def home(registry: Any) -> Path:
    """Where kemkoll keeps what it compiles, ready compiled."""
    return Path(registry.status()["home"])


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_the_readme_and_both_tutorials_show_a_session() -> None:
    for page in ("README.md", "docs/tutorial-supplier.md", "docs/tutorial-strategist.md"):
        shown = [it for it in sessions.commands((ROOT / page).read_text(encoding="utf-8")) if it.shown]
        assert any(it.line.startswith("kemkoll check ") for it in shown), page


@pytest.mark.parametrize("page", SHOWING, ids=name_of)
def test_every_command_works_and_shows_what_the_page_says(page: Path, home: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    columns = sessions.README_COLUMNS if page.name == "README.md" else sessions.COLUMNS
    for done in sessions.play(text, tmp_path / "work", home, "en", columns):
        if done.status is not None:
            refused = done.status == 2 and done.shown.startswith("kemkoll: ")
            assert done.status in (0, 1) or refused, f"{done.line}\n{done.errors}"
        if done.shown:
            assert plain(done.said) == plain(done.shown), done.line


@pytest.mark.parametrize("page", SHOWING, ids=name_of)
def test_every_command_that_is_not_run_is_well_formed(page: Path) -> None:
    for command in sessions.commands(page.read_text(encoding="utf-8")):
        program, *words = command.line.replace("\\", "/").split()
        if program != "kemkoll":
            assert Path(program).name in OTHERS, command.line
        elif not sessions.runnable(command.line):
            verb: click.Command | None = cli
            while isinstance(verb, click.Group):
                verb = verb.get_command(click.Context(verb), words.pop(0))
            assert verb is not None, command.line
            verb.make_context("kemkoll", words).close()


def plain(output: str) -> list[str]:
    """The lines without what follows them invisibly."""
    return [line.rstrip() for line in output.strip("\n").splitlines()]


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_python_on_a_page_runs(page: str, home: Path, tmp_path: Path) -> None:
    """The blocks of a page, one after the other, as one program."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks)],
        cwd=tmp_path,
        env=os.environ | {"KEMKOLL_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("page", ["tutorial-supplier.md", "tutorial-strategist.md"])
def test_the_tutorials_call_the_verdicts_what_the_program_calls_them(page: str) -> None:
    """Each verdict once, by its word on the screen."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table = text.partition("| verdict | means")[2].partition("\n\n")[0]
    words = [word for row in table.splitlines()[2:] for word in row.split("|")[1].strip().split(", ")]
    assert sorted(words) == sorted(word.partition(" (")[0] for word in VERDICTS.values())


def test_a_page_is_written_anew_only_where_it_shows_something() -> None:
    page = "```console\n$ kemkoll a\n$ kemkoll b \\\n    --c\nold\n```\nText.\n"
    first, second = sessions.commands(page)
    played = [replace(first, status=0, output="x\n"), replace(second, status=0, output="\nnew  \n")]
    expected = "```console\n$ kemkoll a\n$ kemkoll b \\\n    --c\nnew\n```\nText.\n"
    assert expected == sessions.with_outputs(page, played)


DECLARATIONS = (ROOT / "docs" / "declarations.md").read_text(encoding="utf-8")


def table_under(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading of the page on declarations, without its header."""
    section = DECLARATIONS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("heading", ["Columns", "Statements"])
def test_every_header_in_the_documentation_is_understood(heading: str) -> None:
    from kemkoll.declarations.headers import parse_header

    headers = [cell for row in table_under(heading) for cell in row[:2]]
    assert [header for header in headers if not parse_header(header).field] == []


def test_every_condition_is_in_the_documentation() -> None:
    section = DECLARATIONS.partition("\n## Conditions\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", section)) == {condition.value for condition in Condition}


def test_every_amount_in_the_documentation_is_read() -> None:
    """Whatever the page calls an amount is one; masses are amounts where the whole is known."""
    written = [text for row in table_under("Amounts") for text in re.findall(r"`([^`]+)`", row[0])]
    assert [text for text in written if parse_amount(text) is None and parse_mass(text) is None] == []


def test_every_verdict_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| \*\*(.+?)\*\*:", page, re.MULTILINE)
    assert rows == [(verdict.name, VERDICTS[verdict.name]) for verdict in Verdict]


def test_every_key_of_the_result_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "result.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in page.splitlines() if row.startswith("| `")]
    schema = json.loads((ROOT / "kemkoll" / "outputs" / "result.schema.json").read_text(encoding="utf-8"))
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(schema["properties"])


def test_every_column_of_a_list_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
    for name in ("entries", "limits", "members", "derogations"):
        section = page.partition(f"\n## {name}.csv\n")[2]
        header = (
            (ROOT / "substance_lists" / "eu-rohs" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        )
        shown = re.findall(r"`([^`]+)`", section)[0]
        assert shown.split(", ") == [column for column in header.split(",") if column != "note"]
