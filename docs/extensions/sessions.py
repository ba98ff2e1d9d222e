"""The commands on a page, run in order in a folder of their own, so that what a page shows is what happens.

A page is Markdown. Four things on it are steps: a block of `console`, whose commands are run; a table below
`<!-- fill form.xlsx: Content, row 3 -->`, which is typed into that sheet of that workbook; a block below
`<!-- file: list.csv -->`, which is saved under that name (a name that begins with `lists/` is one in the
reader's own folder); and `<!-- day: 2026-02-04 -->`: what follows is done on that day. Only commands of
kemkoll are run.

The Swedish pages show what kemkoll says in Swedish: their commands are run when they are built. What the
English pages show stands in them, and a test compares; `make sessions` writes it anew.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner

from kemkoll.cli import cli
from kemkoll.i18n import read_catalogue, translator

ROOT = Path(__file__).parents[2]
COLUMNS, README_COLUMNS = 92, 110
"""How wide the lines are that pages show."""
DOWNLOADS = ("candidate_list_full.xlsx",)
"""Files that the reader fetches from elsewhere: a command that names one cannot be run here."""
_STEP = re.compile(
    r"""
    ^```console\n(?P<console>.*?)^```$
    | ^<!--\ fill\ (?P<book>\S+):\ (?P<sheet>\w+)(?:,\ row\ (?P<row>\d+))?\ -->\n\n(?P<table>(?:\|[^\n]*\n)+)
    | ^<!--\ file:\ (?P<name>\S+)\ -->\n\n```\w+\n(?P<body>.*?)^```$
    | ^<!--\ day:\ (?P<day>\S+)\ -->$
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Played:
    """One command of a page.

    Attributes:
        line: the command, on one line.
        shown: what the page shows below it; "" for nothing.
        status: its exit code; None: it was not run.
        output: what it printed.
        errors: what it said beside that.
    """

    line: str
    shown: str
    status: int | None = None
    output: str = ""
    errors: str = ""

    @property
    def said(self) -> str:
        """What a page shows: what it printed; of one that was refused, why."""
        return self.output if self.output.strip() else self.errors


def commands(text: str) -> list[Played]:
    r"""The commands on a page in their order, none of them run.

    >>> commands("```console\n$ kemkoll check a.csv \\\n    --on 2026-11-22\nFine.\n```\n")
    [Played(line='kemkoll check a.csv --on 2026-11-22', shown='Fine.\n', status=None, output='', errors='')]
    """
    return [
        command for step in _STEP.finditer(text) if step["console"] for command in _commands(step["console"])
    ]


def play(
    text: str,
    folder: Path,
    home: Path,
    language: str,
    columns: int,
    translate: Callable[[str], str] = str,
) -> list[Played]:
    """Each command of a page with what became of it.

    Args:
        text: the page, in English.
        folder: where to work; the examples are copied into it.
        home: where kemkoll keeps what it compiles; a page's own lists are taken away again.
        language: what kemkoll speaks.
        columns: how wide a line may be.
        translate: what a cell of a table to be typed is called in that language.
    """
    shutil.copytree(ROOT / "examples", folder / "examples")
    played = []
    surroundings = {
        "KEMKOLL_HOME": str(home),
        "KEMKOLL_LANGUAGE": language,
        "KEMKOLL_USER": "Anna",
        "COLUMNS": str(columns),
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    try:
        for step in _STEP.finditer(text):
            if step["console"]:
                played += [_run(it, folder, surroundings) for it in _commands(step["console"])]
            elif step["day"]:
                surroundings["KEMKOLL_NOW"] = f"{step['day']}T10:00:00Z"
            elif step["book"]:
                _fill(folder / step["book"], step["sheet"], int(step["row"] or 2), step["table"], translate)
            else:
                own = step["name"].startswith("lists/")
                ((home if own else folder) / step["name"]).write_text(step["body"], encoding="utf-8")
    finally:
        shutil.rmtree(home / "lists", ignore_errors=True)
    return played


def runnable(line: str) -> bool:
    """Whether a command is kemkoll's and needs nothing from elsewhere.

    >>> runnable("kemkoll check a.csv"), runnable("make demo")
    (True, False)
    """
    return line.startswith("kemkoll ") and not any(name in line for name in DOWNLOADS)


def with_outputs(text: str, played: Sequence[Played]) -> str:
    """The page, with what its commands printed in place of what it shows; other commands stay bare."""
    left = iter(played)

    def block(step: re.Match[str]) -> str:
        if not step["console"]:
            return step[0]
        parts = _parts(step["console"])
        return f"```console\n{''.join(_shown(part, next(left)) for part in parts)}```"

    return _STEP.sub(block, text)


def _shown(part: str, done: Played) -> str:
    """One command as a page shows it, over what it printed."""
    if not done.shown or done.status is None:
        return f"$ {part}"
    lines = (f"{line.rstrip()}\n" for line in done.said.strip("\n").splitlines())
    return f"$ {_divided(part)[0]}{''.join(lines)}"


def _divided(part: str) -> tuple[str, str]:
    r"""A command as it is written, which may go over several lines, and what is shown below it.

    >>> _divided("kemkoll check \\\n    a.csv\nFine.\n")
    ('kemkoll check \\\n    a.csv\n', 'Fine.\n')
    """
    written = re.match(r"(?:.*\\\n)*.*\n", part)
    assert written is not None, part
    return written[0], part[written.end() :]


def _parts(block: str) -> list[str]:
    return re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]


def _commands(block: str) -> Iterator[Played]:
    for written, shown in map(_divided, _parts(block)):
        yield Played(
            " ".join(written.partition("  #")[0].replace("\\\n", " ").split()), shown.strip() and shown
        )


def _run(command: Played, folder: Path, surroundings: Mapping[str, str]) -> Played:
    """The command with what became of it, if it can be run."""
    if not runnable(command.line):
        return command
    words = [name for word in shlex.split(command.line)[1:] for name in _unfolded(word, folder)]
    with chdir(folder):
        ran = CliRunner(env=surroundings).invoke(cli, words)
    return replace(command, status=ran.exit_code, output=ran.stdout, errors=ran.stderr)


def _unfolded(word: str, folder: Path) -> list[str]:
    """What a shell makes of a word: the files that it stands for, or the word."""
    if "*" not in word:
        return [word]
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(word))


def _fill(book: Path, sheet: str, row: int, table: str, translate: Callable[[str], str]) -> None:
    """Type a table into a sheet, each column under its heading, from a row on."""
    written = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in table.splitlines()]
    headings, *rows = [list(map(translate, cells)) for cells in (written[0], *written[2:])]
    workbook = openpyxl.load_workbook(book)
    there = workbook[translate(sheet)]
    places = {cell.value: cell.column for cell in there[1]}
    for number, cells in enumerate(rows, row):
        for heading, value in zip(headings, cells, strict=True):
            there.cell(number, places[heading]).value = value
    workbook.save(book)


def write(page: Path, home: Path, columns: int) -> None:
    """Write what the commands of a page print into the page."""
    text = page.read_text(encoding="utf-8")
    if any(command.shown for command in commands(text)):
        with tempfile.TemporaryDirectory() as folder:
            played = play(text, Path(folder), home, "en", columns)
        page.write_text(with_outputs(text, played), encoding="utf-8", newline="\n")


def _speak(app: Any, name: str, source: list[str]) -> None:
    """Let a page that is not English show what kemkoll says in its language."""
    language = app.config.language
    if language == "en" or app.builder.name == "gettext" or not any(it.shown for it in commands(source[0])):
        return
    catalogue = Path(app.srcdir, "locale", language, "LC_MESSAGES", f"{name}.po")
    on_page = read_catalogue(catalogue) if catalogue.is_file() else {}
    on_form = translator(language)
    home = Path(app.doctreedir, "kemkoll")
    with tempfile.TemporaryDirectory() as folder:
        played = play(
            source[0],
            Path(folder),
            home,
            language,
            COLUMNS,
            lambda cell: str(on_page.get(cell) or on_form(cell)),
        )
    source[0] = with_outputs(source[0], played)


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("source-read", _speak)
    return {"parallel_read_safe": False}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for given in map(Path, sys.argv[1:]):
            write(given, Path(made), README_COLUMNS if given.name == "README.md" else COLUMNS)
