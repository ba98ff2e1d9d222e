"""The legal cases of `tests/cases/`: what the law says, and whether the code says the same."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import declare
from documents import Document, together

from kemkoll.codes import PROBLEMS, REASONS
from kemkoll.paths import data
from kemkoll.tables import Condition, Coverage, Declarations, Law, Verdict

CASES = Path(__file__).parent / "cases"
LISTS = sorted(path.parent.name for path in data("substance_lists").glob("*/list.toml"))
AT_LEAST = 20
"""Cases per list; issue and law ask for twenty per regulation."""
CASE_KEYS = {
    "name", "source", "why", "on", "kind", "asked", "assume_complete", "article", "declarations",
    "components", "materials", "lines", "statements", "expect",
}  # fmt: skip
EXPECT_KEYS = {
    "verdict", "not_verdict", "reason", "coverage", "entries", "findings", "no_findings", "problems",
    "no_problems",
}  # fmt: skip


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


FILES = {path.stem: _file(path.stem) for path in sorted(CASES.glob("*.toml"))}
ALL = [
    pytest.param(name, case, id=f"{name}: {case['name']}")
    for name, it in FILES.items()
    for case in it["case"]
]


@pytest.mark.parametrize("name", LISTS)
def test_there_are_enough_cases_of_each_list(name: str) -> None:
    assert len(FILES[name]["case"]) >= AT_LEAST


@pytest.mark.parametrize(("name", "case"), ALL)
def test_a_case_is_whole(name: str, case: Mapping[str, Any]) -> None:
    """A lawyer can check it: it names its source and says why; and no misspelt key makes it test nothing."""
    file, expect = FILES[name], case["expect"]
    assert file["list"] == name
    assert all(case.get(key) for key in ("name", "source", "why", "on"))
    assert not set(case) - CASE_KEYS
    assert not set(expect) - EXPECT_KEYS
    assert set(expect) - {"problems", "no_problems"}, "it expects nothing of the judgement"
    facts = file.get("kinds", {}).get(case["kind"]) if "kind" in case else {}
    assert facts is not None, f"no such kind: {case['kind']}"
    assert set(facts) | set(case.get("article", {}).get("facts", {})) <= set(Condition)
    verdicts = [expect.get("verdict", []), expect.get("not_verdict", [])]
    verdicts += [finding["verdict"] for finding in expect.get("findings", [])]
    assert {text for value in verdicts for text in _several(value)} <= set(Verdict.__members__)
    reasons = [finding.get("reason", []) for finding in expect.get("findings", [])] + [
        expect.get("reason", [])
    ]
    assert {text for value in reasons for text in _several(value)} <= set(REASONS)
    assert set(expect.get("problems", [])) | set(expect.get("no_problems", [])) <= set(PROBLEMS)
    assert expect.get("coverage", "covered") in set(Coverage)


def test_names_are_unique() -> None:
    for name, file in FILES.items():
        names = [case["name"] for case in file["case"]]
        assert sorted(set(names)) == sorted(names), name


@pytest.fixture(scope="session")
def judged(registry: Any, law: Law, profile: Any) -> Callable[[str, Mapping[str, Any]], Judged]:
    """Judges a case together with all cases of its list and day: fifty articles cost no more than one.

    That articles do not touch each other is a property of its own, in test_properties.
    """
    from kemkoll.flow import check

    results: dict[tuple[Any, ...], tuple[Law, Any]] = {}

    def judge(name: str, case: Mapping[str, Any]) -> Judged:
        alike = [it for it in FILES[name]["case"] if _circumstances(it) == _circumstances(case)]
        key = (name, *_circumstances(case))
        if key not in results:
            on, asked, assume_complete = _circumstances(case)
            lists = only(law, name, asked=asked)
            declarations = declare(**together([declared(it, FILES[name]) for it in alike]))
            results[key] = (
                lists,
                check(
                    declarations,
                    lists,
                    profile=profile,
                    registry=registry,
                    on=on,
                    assume_complete=assume_complete,
                ),
            )
        return Judged(*results[key], [it["name"] for it in alike].index(case["name"]))

    return judge


def _circumstances(case: Mapping[str, Any]) -> tuple[str, bool, bool]:
    return case["on"], case.get("asked", False), case.get("assume_complete", False)


class Judged:
    """What came out for one article of a batch."""

    def __init__(self, law: Law, result: Any, article: int) -> None:
        self.law, self.components = law, result.declarations.components
        self.findings = result.findings[result.findings["article"] == article]
        verdicts = result.verdicts[result.verdicts["article"] == article]
        assert len(verdicts) == 1, f"{len(verdicts)} verdicts for one article and one list"
        self.verdict = verdicts.iloc[0]
        lines, statements = (frame[frame["article"] == article] for frame in _spoken(result.declarations))
        files = {*lines["file"].astype(str), *statements["file"].astype(str)}
        self.problems = sorted(set(result.problems["code"][result.problems["file"].isin(files)].astype(str)))


def _spoken(declarations: Declarations) -> tuple[pd.DataFrame, pd.DataFrame]:
    return declarations.lines, declarations.statements


@pytest.mark.parametrize(("name", "case"), ALL)
def test_case(name: str, case: Mapping[str, Any], judged: Callable[[str, Mapping[str, Any]], Judged]) -> None:
    outcome = judged(name, case)
    wrong = _Expected(FILES[name].get("entries", {}), outcome, name).differences(case["expect"])
    told = [f"\n{case['name']}", f"  {case['source']}", f"  {case['why']}", *wrong, _shown(outcome)]
    assert not wrong, "\n".join(told)


def declared(case: Mapping[str, Any], file: Mapping[str, Any]) -> Document:
    """What the case declares: its kind of article gives facts, its own facts go before them."""
    article = dict(case.get("article", {}))
    article["facts"] = dict(file.get("kinds", {}).get(case.get("kind"), {})) | article.get("facts", {})
    return {
        "articles": [article],
        "declarations": [
            {"file": f"{case['name']} {number}.csv"} | dict(it)
            for number, it in enumerate(case.get("declarations", [{}]), 1)
        ],
        "components": case.get("components", []),
        "materials": case.get("materials", []),
        "lines": case.get("lines", []),
        "statements": [{"list": file["list"]} | dict(it) for it in case.get("statements", [])],
    }


def only(law: Law, name: str, *, asked: bool = False) -> Law:
    """The law with one list in it."""
    parts = {part.name: getattr(law, part.name) for part in fields(Law)}
    kept = {
        key: frame[frame["list"].astype(str) == name].reset_index(drop=True) for key, frame in parts.items()
    }
    kept["lists"] = kept["lists"].assign(asked_by_name=asked)
    return Law(**kept)


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


class _Expected:
    """What a case expects, beside what came out."""

    def __init__(self, words: Mapping[str, str], outcome: Judged, name: str) -> None:
        self.words, self.outcome, self.name = words, outcome, name
        self.law, self.findings, self.verdict = outcome.law, outcome.findings, outcome.verdict

    def differences(self, expect: Mapping[str, Any]) -> list[str]:
        """One line per thing that is not as expected."""
        got = Verdict(self.verdict["verdict"]).name
        wrong = []
        if "verdict" in expect and got not in _several(expect["verdict"]):
            wrong.append(f"  verdict: {expect['verdict']} expected, {got} ({self.verdict['reason']}) found")
        if got in expect.get("not_verdict", []):
            wrong.append(f"  verdict: anything but {got} expected ({self.verdict['reason']})")
        for key in ("reason", "coverage"):
            if key in expect and self.verdict[key] not in _several(expect[key]):
                wrong.append(f"  {key}: {expect[key]} expected, {self.verdict[key] or 'nothing'} found")
        if "entries" in expect:
            wanted, named = (
                sorted(map(self._entry, expect["entries"])),
                sorted(self.verdict["entries"].split()),
            )
            if wanted != named:
                wrong.append(f"  entries: {wanted} expected, {named} found")
        for finding in expect.get("findings", []):
            wrong += self._finding(finding)
        for word in expect.get("no_findings", []):
            if len(rows := self._rows({"entry": word})):
                wrong.append(f"  {word}: no finding expected, {_names(rows)} found")
        codes = self.outcome.problems
        wrong += [f"  problem {code} expected" for code in expect.get("problems", []) if code not in codes]
        return wrong + [
            f"  problem {code} not expected" for code in expect.get("no_problems", []) if code in codes
        ]

    def _finding(self, expected: Mapping[str, Any]) -> list[str]:
        rows = self._rows(expected)
        place = (
            f"{expected['entry']} in {expected['component']}"
            if "component" in expected
            else expected["entry"]
        )
        if not len(rows):
            return [f"  {place}: {expected['verdict']} expected, no finding"]
        worst = rows.loc[rows["verdict"].idxmax()]
        got, wrong = Verdict(worst["verdict"]).name, []
        if got not in _several(expected["verdict"]):
            wrong.append(f"  {place}: {expected['verdict']} expected, {got} ({worst['reason']}) found")
        for key in ("reason", "derogation"):
            if key in expected and worst[key] not in _several(expected[key]):
                wrong.append(f"  {place}: {key} {expected[key]} expected, {worst[key] or 'none'} found")
        if "share" in expected:
            share, found = _share(expected["share"]), (worst["low_ppt"], worst["high_ppt"])
            if share != found:
                wrong.append(f"  {place}: share {share} expected, {found} found")
        return wrong

    def _rows(self, expected: Mapping[str, Any]) -> pd.DataFrame:
        rows = self.findings[self.findings["entry"].astype(str) == self._entry(expected["entry"])]
        if "component" in expected:
            names = self.outcome.components["name"].astype(str)
            numbers = names.index[names == expected["component"]]
            rows = rows[rows["component"].isin(numbers)]
        return rows

    def _entry(self, word: str) -> str:
        """The entry: the word in the file stands for a number, an element or an id."""
        value = self.words.get(word, word)
        if value in set(self.law.entries["entry"].astype(str)):
            return value
        members = self.law.members
        held = members[(members["value"].astype(str) == value) & ~members["excluded"]]
        found = sorted(set(held["entry"].astype(str)))
        assert len(found) == 1, f"{word} ({value}) is a member of {found or 'no entry'} of {self.name}"
        return found[0]


def _share(text: str) -> tuple[int, int]:
    from kemkoll.quantities import parse_amount

    amount = parse_amount(text)
    assert amount is not None
    return amount.low_ppt, amount.high_ppt


def _names(rows: pd.DataFrame) -> str:
    return ", ".join(
        f"{Verdict(verdict).name} ({reason})"
        for verdict, reason in zip(rows["verdict"], rows["reason"], strict=True)
    )


def _shown(outcome: Judged) -> str:
    """What came out, for the reader of a failure."""
    findings = outcome.findings.assign(verdict=[Verdict(it).name for it in outcome.findings["verdict"]])
    columns = [
        "component",
        "material",
        "entry",
        "verdict",
        "reason",
        "low_ppt",
        "high_ppt",
        "basis",
        "matched_by",
    ]
    shown = findings[columns].to_string() if len(findings) else "no findings"
    verdict = outcome.verdict
    said = f"{Verdict(verdict['verdict']).name} ({verdict['reason']}), {verdict['coverage']}"
    covered = f"{verdict['entries_covered']} of {verdict['entries_asked']} entries"
    return f"  came out: {said}, {covered}\n{shown}\nproblems: {' '.join(outcome.problems)}"
