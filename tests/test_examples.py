"""The examples: what each of them shows, that they say what they are, and `kemkoll examples`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from documents import EXAMPLES, ON
from syrupy.assertion import SnapshotAssertion

from kemkoll import Law, Result, check, load_lists
from kemkoll.cli import cli
from kemkoll.declarations import read_declaration
from kemkoll.outputs import rows
from kemkoll.paths import data
from kemkoll.sheets import read_sheets

BESIDE = ("eu-clp-cmr", "eu-endocrine", "endocrine-suspected", "pfas", "us-ca-prop65")
each_file = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)


def texts(path: Path) -> list[str]:
    """Everything that the file says."""
    if path.suffix == ".json":
        return [path.read_text(encoding="utf-8")]
    return [
        str(text)
        for sheet in read_sheets(path)
        for name in sheet.cells
        for text in sheet.cells[name].array.categories
    ]


def judged(path: Path, registry: Any, profile: Any, lists: Law) -> Result:
    facts = {"supply_to_public": False}
    return check(read_declaration(path), lists, profile=profile, registry=registry, on=ON, conditions=facts)


def told(result: Any) -> list[str]:
    """A line for each verdict with its reason, and for each problem."""
    verdicts = rows.verdicts(result)
    found = [
        f"{each['article']} {each['list']}: {each['verdict']} ({each['reason']})"
        for each in verdicts.sort_values(["article", "list"]).to_dict("records")
    ]
    problems = result.problems[["sheet", "row", "code", "found"]].astype(str).to_dict("records")
    return found + [
        f"{each['sheet']} {each['row']}: {each['code']} {each['found']}".strip() for each in problems
    ]


def test_there_are_a_dozen() -> None:
    assert {path.stem for path in EXAMPLES} >= {
        "infusionsset", "undersokningshandske", "patientkabel", "kretskort", "sarforband", "golvmatta",
        "stalinstrument", "handtval", "ledlampa", "kontorsstol", "leksak", "farg",
    }  # fmt: skip
    assert {path.suffix for path in EXAMPLES} == {".csv", ".json", ".ods", ".xls", ".xlsx"}


@each_file
def test_an_example_says_that_it_is_one(path: Path) -> None:
    assert any(re.search(r"\b(EXEMPEL|EXAMPLE)\b", text) for text in texts(path))


@each_file
def test_the_suppliers_are_invented(path: Path) -> None:
    suppliers = set(read_declaration(path).articles["supplier"].astype(str))
    assert suppliers
    assert [
        name for name in suppliers if not re.search(r" (Exempel|Example) (A/S|AB|GmbH|Ltd|Oy)$", name)
    ] == []


@each_file
def test_every_example_is_explained(path: Path) -> None:
    page = (data("examples") / "README.md").read_text(encoding="utf-8")
    assert f"| `{path.name}` |" in page


@pytest.fixture(scope="module")
def usual(profile: Any) -> Law:
    """The lists of the default profile, none of them asked for by name."""
    law = load_lists(profile.lists)
    return replace(law, lists=law.lists.assign(asked_by_name=False))


@pytest.fixture(scope="module")
def beside() -> Law:
    """Lists that the default profile does not ask about."""
    return load_lists(BESIDE)


@each_file
def test_what_follows(
    path: Path, registry: Any, profile: Any, usual: Law, snapshot: SnapshotAssertion
) -> None:
    assert told(judged(path, registry, profile, usual)) == snapshot


@each_file
def test_what_follows_by_other_lists(
    path: Path, registry: Any, profile: Any, beside: Law, snapshot: SnapshotAssertion
) -> None:
    verdicts = rows.verdicts(judged(path, registry, profile, beside))
    assert [
        f"{each['article']} {each['list']}: {each['verdict']} ({each['reason']})"
        for each in verdicts.sort_values(["article", "list"]).to_dict("records")
    ] == snapshot


def found(path: str, of: str, registry: Any, profile: Any) -> dict[str, str]:
    """The verdict on each line of an example that meets an entry of a list, by the name as written."""
    result = judged(data("examples") / path, registry, profile, load_lists([of]))
    names = result.declarations.lines["name"].astype(str)
    frame = rows.findings(result, "en")
    return {names[line]: str(each["verdict"]) for each in frame.to_dict("records") for line in each["lines"]}


def test_swapped_columns_hide_no_cobalt(registry: Any, profile: Any) -> None:
    assert found("farg.csv", "eu-clp-cmr", registry, profile)["136-52-7"] in ("review", "listed")


def test_a_chair_is_made_of_parts() -> None:
    parts = read_declaration(data("examples") / "kontorsstol.ods").components
    names, above = parts["name"].astype(str).tolist(), parts["parent"].tolist()
    assert {name: names[i] for name, i in zip(names, above, strict=True) if i >= 0} == {
        "Sitsdyna": "Sits",
        "Klädsel": "Sits",
        "Sitsskal": "Sits",
        "Armstödsplatta": "Armstöd",
        "Gaspelare": "Underrede",
        "Kolvstång": "Gaspelare",
        "Fotkryss": "Underrede",
        "Kryss": "Fotkryss",
        "Förkromning": "Fotkryss",
        "Länkhjul": "Underrede",
    }


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_examples_have_an_overview(
    language: str, registry: Any, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(data("examples").parent)
    answer = CliRunner().invoke(cli, ["examples", "--on", ON, "--language", language])
    assert answer.exit_code == 0
    assert [line.rstrip() for line in answer.stdout.splitlines()] == snapshot


def test_every_article_is_in_the_overview(registry: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = CliRunner().invoke(cli, ["examples", "--on", ON]).stdout
    numbers = {str(number) for path in EXAMPLES for number in read_declaration(path).articles["number"]}
    assert {number for number in numbers if number not in shown} == set()
