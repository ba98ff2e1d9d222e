"""Systematic names: read by OPSIN where it is there, and never certain."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import declare

from kemkoll.identity import identify
from kemkoll.registry import systematic

DRAWN = {"4-(6-methyloctyl)phenol": "CCC(C)CCCCCc1ccc(O)cc1", "propan-2-yl acetate": "CC(C)OC(C)=O"}


@pytest.fixture
def opsin(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A program that knows two names; it tells what it was asked, and writes where it is told to."""
    asked: list[list[str]] = []

    def py2opsin(names: list[str], tmp_fpath: str) -> list[str]:
        Path(tmp_fpath).write_text("\n".join(names), encoding="utf-8")
        asked.append(names)
        return [DRAWN.get(name, "") for name in names]

    module = ModuleType("py2opsin")
    module.py2opsin = py2opsin  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "py2opsin", module)
    return asked


def test_names_are_drawn(opsin: list[list[str]]) -> None:
    assert systematic.drawn([*DRAWN, "no name", *DRAWN]) == DRAWN
    assert opsin == [[*DRAWN, "no name"]]


def test_what_is_no_systematic_name_is_not_tried(opsin: list[list[str]]) -> None:
    assert systematic.drawn(["", "två rader", "two\nlines", "x" * (systematic.LONGEST + 1)]) == {}
    assert opsin == []


@pytest.mark.parametrize("answer", [False, ["one too few"], "text"])
def test_an_answer_that_does_not_fit_is_none(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    module = ModuleType("py2opsin")
    module.py2opsin = lambda *_args, **_named: answer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "py2opsin", module)
    assert systematic.drawn(["a", "b"]) == {}


def test_without_it_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py2opsin", None)
    assert systematic.drawn([*DRAWN]) == {}


def test_a_systematic_name_is_an_identity_by_name_alone(registry: Any, opsin: list[list[str]]) -> None:
    cells = [{"name": name} for name in ("4-(6-methyloctyl)phenol", "propan-2-yl acetate", "benzene", "x 7")]
    lines = declare(lines=[*cells, {"name": "4-(6-methyloctyl)phenol", "cas": "64-17-5"}]).lines
    readings = identify(lines, registry)
    found = readings.identities.iloc[readings.readings["identity"].to_numpy()[:2]]
    assert found["found_by"].tolist() == ["name", "name"]
    assert found["formula"].tolist() == ["C15H24O", "C5H10O2"]
    problems = readings.problems[readings.problems["code"] == "name-only"]
    assert problems["suggestion"].tolist()[0] == DRAWN["4-(6-methyloctyl)phenol"]
    assert {name for names in opsin for name in names} == {"4-(6-methyloctyl)phenol", "x 7"} | (
        set() if registry.find_names(["propan-2-yl acetate"])[0] else {"propan-2-yl acetate"}
    )


@pytest.mark.skipif(
    not (find_spec("py2opsin") and shutil.which("java")), reason="extra “names” and Java are not here"
)
def test_opsin_itself() -> None:
    assert systematic.drawn(["2-methylpropane", "rubbish"]) == {"2-methylpropane": "CC(C)C"}
