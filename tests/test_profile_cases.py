"""The legal cases of `tests/cases/profiles/`: what shipped profiles require, and whether kemkoll says so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import declare

from kemkoll.codes import REASONS
from kemkoll.flow import check
from kemkoll.lists import load_lists
from kemkoll.profiles import Binding, load_profile, shipped
from kemkoll.tables import Condition, Verdict

FOLDER = Path(__file__).parent / "cases" / "profiles"
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
ALL = [
    pytest.param(name, case, id=f"{name}: {case['name']}")
    for name, it in FILES.items()
    for case in it["case"]
]
KEYS = {
    "name", "source", "why", "on", "lines", "facts", "placed_on_market", "binding", "waiver", "expect",
}  # fmt: skip
EXPECTED = {"list", "entry", "verdict", "reason", "waived"}


def test_every_profile_has_cases() -> None:
    assert sorted(FILES) == [name for name in shipped() if name != "default"]
    assert [name for name, it in FILES.items() if it["profile"] != name or len(it["case"]) < 8] == []


@pytest.mark.parametrize(("name", "case"), ALL)
def test_a_case_is_whole(name: str, case: Mapping[str, Any]) -> None:
    del name
    assert all(case.get(key) for key in ("name", "source", "why", "on", "lines"))
    assert not set(case) - KEYS
    assert set(case.get("facts", {})) <= set(Condition)
    ((kind, expected),) = case["expect"].items()
    assert kind in {"finding", "no_finding", "verdict"}
    assert not set(expected) - EXPECTED
    assert expected.get("verdict", "review") in Verdict.__members__
    assert expected.get("reason", "above") in REASONS


@pytest.mark.parametrize(("name", "case"), ALL)
def test_case(name: str, case: Mapping[str, Any], registry: Any) -> None:
    ((kind, expected),) = case["expect"].items()
    result = _judged(name, case, registry)
    frame = result.verdicts if kind == "verdict" else result.findings
    rows = frame[(frame["list"] == expected["list"]).to_numpy()]
    if "entry" in expected:
        rows = rows[(rows["entry"] == expected["entry"]).to_numpy()]
    if kind == "no_finding":
        assert rows.to_dict("records") == []
        return
    worst = rows.loc[rows["verdict"].idxmax()].to_dict()
    got = {"verdict": Verdict(worst["verdict"]).name, "reason": worst["reason"], "waived": worst["waived"]}
    wanted = {key: value for key, value in expected.items() if key in got}
    assert {key: got[key] for key in wanted} == wanted


def _judged(name: str, case: Mapping[str, Any], registry: Any) -> Any:
    profile = load_profile(name)
    if "binding" in case:
        profile = replace(profile, binding=Binding(**case["binding"]))
    article = {key: case[key] for key in ("facts", "placed_on_market") if key in case}
    lists = load_lists(profile.editions(case["on"]))
    lists = replace(lists, lists=lists.lists.assign(asked_by_name=False))
    return check(
        declare(lines=case["lines"], articles=[article]),
        lists,
        profile=profile,
        registry=registry,
        on=case["on"],
        waivers=pd.DataFrame([{"supplier": "", **case["waiver"]}]) if "waiver" in case else None,
    )
