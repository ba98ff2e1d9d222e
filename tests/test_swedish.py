"""What is shown in Swedish is Swedish: no English sentence is left on any page, whatever it comes from."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from test_i18n import in_data

from kemkoll.cli import cli
from kemkoll.declarations import read_declarations
from kemkoll.i18n import phrase_text, translator
from kemkoll.lists.folder import read_folder
from kemkoll.paths import data

LISTS = sorted(path.parent.name for path in data("substance_lists").glob("*/list.toml"))
EXAMPLES = data("examples")
ENGLISH = re.compile(
    r"(?<![\w|=-])(the|of|and|is|are|was|not|with|without|which|that|this|its|it|from|by|has|have|says|their|they|"
    r"cannot|there|what|where|whether|nobody|since|until|only|other|or|no|any|if|than|more|same)(?![\w|=-])"
)
"""Words of which English sentences are made, and which Swedish does not have."""
QUOTED = re.compile(
    r"https?://\S+"
    r"|(?m:^\s*källa:.*(?:\n(?! *(?:från|till|jämfört|kontrollerat|\d+\.|──)).+)*)"  # citations of acts
    r"|--[a-z-]+"
    r"|”[^”]*”"  # what a supplier, a list or an act says, word for word
)
LEGAL = {
    "California Safe Drinking Water and Toxic Enforcement Act of 1986 "
    "(Health and Safety Code, sections 25249.5 to 25249.14)",
}
"""Acts whose names have no Swedish form."""


@pytest.fixture(autouse=True)
def swedish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registry: Any) -> None:
    """Swedish, lines that are not broken, an empty working directory."""
    del registry
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "sv")
    monkeypatch.setenv("COLUMNS", "4000")
    monkeypatch.chdir(tmp_path)


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args])


@cache
def names() -> list[str]:
    """The names that lists have in one language only, and others that stay as they are, longest first."""
    found: set[str] = set(LEGAL)
    for name in LISTS:
        folder = read_folder(data("substance_lists") / name)
        entries = folder.tables["entries"]
        both = zip(entries["name_en"], entries["name_sv"], strict=True)
        found |= {english for english, own in both if not own} | {
            *entries["official"],
            *folder.outside["official"],
        }
    return sorted((name for name in found if " " in name), key=len, reverse=True)


def english(text: str) -> list[str]:
    """The lines that have English words outside what is quoted."""
    kept = QUOTED.sub("", text)
    return [line for line in kept.splitlines() if ENGLISH.search(line)]


def test_english_is_noticed() -> None:
    """The measure itself can fail."""
    assert english("Skäl: toxic for reproduction\nThe file is empty.\nvar ”of the law”") == [
        "The file is empty."
    ]


@pytest.mark.parametrize("text", sorted(in_data()))
def test_what_lists_say_is_translated_whole(text: str) -> None:
    said = phrase_text(text, translator("sv"))
    if text not in LEGAL:
        assert english(said) == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list(name: str) -> None:
    shown = call("lists", "show", name).output
    assert len(shown) > 500
    for own in names():
        shown = shown.replace(own, "")
    assert english(shown) == []


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["check", "--help"],
        ["lists", "--help"],
        ["lists", "import", "--help"],
        ["show", "--help"],
        ["explain", "--help"],
        ["template", "--help"],
        ["lists", "status"],
        ["lists", "diff", "eu-reach-candidate@2024-01-23", "eu-reach-candidate"],
        ["registry", "status"],
        ["show", "7439-92-1"],
        ["show", "117-81-7"],
        ["show", "6422-86-2"],
        ["show", "nothing at all"],
        ["explain", "KF-2040", "--list", "eu-reach-candidate", "--file", str(EXAMPLES / "infusionsset.xlsx")],
        ["check", str(EXAMPLES / "infusionsset.xlsx"), str(EXAMPLES / "golvmatta.csv"), "--all-lines"],
    ],
    ids=" ".join,
)
def test_a_page(args: list[str]) -> None:
    shown = call(*args).output
    if args[0] == "show":
        shown = re.sub(r"Namn på engelska.*", "", shown)
    assert len(shown) > 50
    assert english(shown) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "Be leverantören om den på nytt."),
        ("scan.xlsx", b"%PDF-1.7 ", "är en PDF, vilket inte är ett format som kemkoll läser."),
        ("cut.xlsx", b"PK\x03\x04 and no more", "den är avklippt eller skadad"),
        ("letter.csv", b"Dear customer;we have nothing\n", "ingen tabell med ämnen eller intyg"),
        ("text.json", b'{"lines": []}', "varken rader eller intyg"),
    ],
)
class TestFilesThatCannotBeRead:
    def write(self, folder: Path, name: str, content: bytes) -> str:
        (folder / name).write_bytes(content)
        return name

    @pytest.mark.parametrize("form", ["table", "json"])
    def test_the_terminal_says_why(
        self, tmp_path: Path, name: str, content: bytes, said: str, form: str
    ) -> None:
        made = call("check", self.write(tmp_path, name, content), "--list", "eu-rohs", "--format", form)
        shown = made.output if form == "table" else made.stderr
        assert said in " ".join(shown.split())
        assert english(shown) == []

    def test_the_workbook_says_why(self, tmp_path: Path, name: str, content: bytes, said: str) -> None:
        call("check", self.write(tmp_path, name, content), "--list", "eu-rohs", "-o", "out.xlsx")
        page = openpyxl.load_workbook("out.xlsx")["Filer"]
        told = " ".join(str(cell.value) for row in page.iter_rows() for cell in row)
        assert said in told
        assert english(told) == []

    def test_programs_are_told_in_english(self, tmp_path: Path, name: str, content: bytes, said: str) -> None:
        inputs: pd.DataFrame = read_declarations([self.write(tmp_path, name, content)]).inputs
        assert said not in inputs["error"][0]
        assert name in inputs["error"][0]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "x.csv", "--profile", "broken.toml"], "kemkoll: Kravprofilen broken.toml: ”id” saknas"),
        (["check", "x.csv", "--list", "eu-rohs@soon"], "ska vara ett datum"),
        (["lists", "import", "x.csv"], "är inte en förteckning som kemkoll känner till"),
    ],
)
def test_what_ends_the_work(args: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "broken.toml").write_text('lists = ["eu-rohs"]\n', encoding="utf-8")
    assert said in " ".join(call(*args).stderr.split())


def texts(book: Path) -> list[str]:
    """Every text of a workbook but those in columns that quote: suppliers, and citations of acts."""
    found = []
    for page in openpyxl.load_workbook(book):
        quoting: set[int] = set()
        for row in page.iter_rows(values_only=True):
            heads = {place for place, text in enumerate(row) if text in QUOTING}
            quoting = heads or quoting
            found += [
                text for place, text in enumerate(row) if isinstance(text, str) and place not in quoting
            ]
    return found


QUOTING = {
    "CAS-nummer som det skrevs",
    "Halt som den skrevs",
    "Hänvisning till lagen",
    "Kolumn",
    "Komponent",
    "Vad som stod där",
    "Ämne som det skrevs",
}


def test_the_workbook_and_the_form() -> None:
    given = [str(EXAMPLES / name) for name in ("infusionsset.xlsx", "golvmatta.csv")]
    call("check", *given, "--list", "eu-reach-restriction", "--list", "eu-rohs", "-o", "out.xlsx")
    call("template", "-o", "form.xlsx")
    for name in ("out.xlsx", "form.xlsx"):
        told = texts(Path(name))
        assert len(told) > 100
        assert [text for text in told if english(text)] == []


def test_the_page() -> None:
    call("check", str(EXAMPLES / "infusionsset.xlsx"), "-o", "out.html")
    page = re.sub(r"<style.*?</style>", "", Path("out.html").read_text(encoding="utf-8"), flags=re.DOTALL)
    told = [text.strip() for text in re.sub(r"<[^>]+>", "\n", page).splitlines()]
    assert len(told) > 100
    assert [
        text for text in told if english(text) and not re.match(r"(REACH|Directive|Regulation) ", text)
    ] == []
