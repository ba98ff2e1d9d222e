"""The documentation says what is: codes have their paragraphs, links lead somewhere, the session is real."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kemkoll import codes
from kemkoll.quantities import parse_amount, parse_mass
from kemkoll.tables import Condition, Verdict

ROOT = Path(__file__).parent.parent
PATTERNS = ("*.md", "docs/*.md", "*/README.md", "substance_lists/*/README.md")
PAGES = sorted(page for pattern in PATTERNS for page in ROOT.glob(pattern))


def headings(page: str) -> list[str]:
    """The headings of the third level on a page of the documentation."""
    return re.findall(r"^### (\S+)$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)


def paragraphs(page: str) -> dict[str, str]:
    """The text under each heading of the third level."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return {
        name: body.strip()
        for name, body in re.findall(r"^### (\S+)\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    }


@pytest.mark.parametrize(
    ("page", "known"),
    [("problems.md", codes.PROBLEMS), ("verdicts.md", codes.REASONS)],
    ids=["problems", "reasons"],
)
def test_every_code_has_its_paragraph_and_no_other(page: str, known: dict[str, str]) -> None:
    assert sorted(headings(page)) == sorted(known)
    assert [name for name, body in paragraphs(page).items() if len(body) < 40] == []


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


def sessions() -> list[tuple[str, str]]:
    """The commands of the README that show their output, each with what it shows."""
    found = []
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.replace("\\\n", " ").partition("\n")
            if command.startswith("kemkoll ") and output.strip():
                found.append((" ".join(command.split()), output))
    return found


def test_the_readme_shows_a_session() -> None:
    assert any(command.startswith("kemkoll check ") for command, _ in sessions())


@pytest.mark.parametrize(("command", "expected"), sessions(), ids=[command for command, _ in sessions()])
def test_the_session_is_real(command: str, expected: str) -> None:
    words = shlex.split(command)[1:]
    arguments = [name for word in words for name in unfolded(word)]
    environment = os.environ | {
        "KEMKOLL_LANGUAGE": "en",
        "COLUMNS": "110",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONIOENCODING": "utf-8",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "kemkoll", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert plain(ran.stdout) == plain(expected), ran.stderr


def unfolded(word: str) -> list[str]:
    """What a shell makes of a word: the files that it stands for, or the word."""
    if "*" not in word:
        return [word]
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(word))


def plain(output: str) -> list[str]:
    """The lines without what follows them invisibly."""
    return [line.rstrip() for line in output.strip("\n").splitlines()]


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
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [verdict.name for verdict in Verdict]


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
