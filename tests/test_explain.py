"""What is explained is what was decided: the numbers shown lead to the finding's own."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import declare
from documents import EXAMPLES, ON, together
from test_cases import FILES, _circumstances, declared, only
from test_judgement import DEHP, ESTERS, OTHERS, judged
from test_judgement import law as made_up

from kemkoll.cli import cli
from kemkoll.errors import ConfigError
from kemkoll.explanation import Explainer, articles_called, explain
from kemkoll.explanation.shape import Addend, Arithmetic
from kemkoll.flow import Result, check
from kemkoll.outputs import explanation
from kemkoll.tables import PERCENT, WHOLE, Law

LISTS = ["eu-reach-candidate", "eu-rohs", "eu-reach-restriction", "eu-pops", "organotins", "us-ca-prop65"]


@pytest.fixture(scope="module")
def examples(registry: Any, profile: Any) -> Result:
    from kemkoll.declarations import read_declarations
    from kemkoll.lists import load_lists

    read = read_declarations([str(path) for path in EXAMPLES])
    return check(
        read,
        load_lists(profile.lists),
        profile=profile,
        registry=registry,
        on=ON,
        conditions={"textile": False},
    )


def of_cases(name: str, registry: Any, law: Any, profile: Any) -> Iterator[Result]:
    """The legal cases of a list, those of one day judged together."""
    cases = FILES[name]["case"]
    for circumstances in dict.fromkeys(map(_circumstances, cases)):
        on, asked, complete = circumstances
        alike = [declared(it, FILES[name]) for it in cases if _circumstances(it) == circumstances]
        yield check(
            declare(**together(alike)), only(law, name, asked=asked),
            profile=profile, registry=registry, on=on, assume_complete=complete,
        )  # fmt: skip


def stepwise(addend: Addend) -> tuple[int, int]:
    """An addend worked out anew from the cell, by the numbers that are shown, and nothing else."""
    low, high = addend.cells.low_ppt if addend.certain else 0, addend.cells.high_ppt
    if step := addend.element:
        low = math.floor(low * (step.share_low * (1 - step.doubt)))
        high = min(math.ceil(high * min(step.share_high * (1 + step.doubt), 1.0)), WHOLE)
        assert (low, high) == (step.low_ppt, step.high_ppt)
    if (moved := addend.conversion) and moved.done:
        low = min(low * moved.mass_ug[0] // moved.wanted_mass_ug[1], WHOLE)
        high = min(-(-high * moved.mass_ug[1] // moved.wanted_mass_ug[0]), WHOLE)
        assert (low, high) == (moved.low_ppt, moved.high_ppt)
    return low, high


def hold(arithmetic: Arithmetic) -> None:
    for addend in arithmetic.addends:
        assert stepwise(addend) == (addend.low_ppt, addend.high_ppt)
    assert arithmetic.follows() == (arithmetic.low_ppt, arithmetic.high_ppt)


def all_numbers_lead_to_the_findings(result: Result) -> int:
    explainer = Explainer(result)
    for _, finding in result.findings.iterrows():
        arithmetic = explainer.adding.of(finding)
        lines = sorted(addend.cells.line for addend in arithmetic.addends)
        assert lines == sorted(map(int, str(finding["lines"]).split()))
        hold(arithmetic)
    return len(result.findings)


def test_the_numbers_lead_to_the_findings_of_the_examples(examples: Result) -> None:
    assert all_numbers_lead_to_the_findings(examples) > 20


@pytest.mark.parametrize("name", LISTS)
def test_the_numbers_lead_to_the_findings_of_legal_cases(
    name: str, registry: Any, law: Any, profile: Any
) -> None:
    assert sum(map(all_numbers_lead_to_the_findings, of_cases(name, registry, law, profile))) > 5


@pytest.mark.parametrize("name", LISTS)
def test_what_is_left_open_is_what_is_not_answered_for(
    name: str, registry: Any, law: Any, profile: Any
) -> None:
    for result in of_cases(name, registry, law, profile):
        if result.assume_complete:
            continue
        explainer = Explainer(result)
        for verdict in result.verdicts.to_dict("records"):
            gaps = explainer.gaps(verdict["article"], name)
            missing = verdict["entries_asked"] - verdict["entries_covered"]
            assert sum(len(gap.entries) for gap in gaps) == missing
            if verdict["verdict"] == 5:
                assert verdict["reason"] in {gap.reason for gap in gaps}


def test_the_examples_open_entries_too(examples: Result) -> None:
    for verdict in examples.verdicts.to_dict("records"):
        told = explain(examples, verdict["article"], verdict["list"])
        named = sum(len(gap.entries) for gap in told.coverage.gaps)
        assert named == verdict["entries_asked"] - verdict["entries_covered"]
        assert told.source.edition


def one(registry: Any, law: Any, profile: Any, list_: str, **what: Any) -> Result:
    conditions = what.pop("conditions", None)
    return check(
        declare(**what), only(law, list_), profile=profile, registry=registry, on=ON, conditions=conditions
    )


LEAD_OXIDE = {"component": "board", "material": "glass", "cas": "1317-36-8", "amount": "0.3 %"}


def test_a_compound_is_counted_as_the_element(registry: Any, law: Any, profile: Any) -> None:
    told = explain(one(registry, law, profile, "eu-rohs", lines=[LEAD_OXIDE]), 0, "eu-rohs")
    (walk,) = told.walks
    (addend,) = walk.arithmetic.addends
    assert addend.element is not None
    assert addend.element.symbol == "Pb"
    assert addend.element.share_low == pytest.approx(0.9283, abs=1e-4)
    assert walk.passes == (True, True)
    hold(walk.arithmetic)


@pytest.mark.parametrize("mass", ["1 g", "5 g", ""])
def test_masses_convert_or_it_says_why_not(registry: Any, law: Any, profile: Any, mass: str) -> None:
    line = {"component": "tube", "material": "coating", "cas": "117-81-7", "amount": "1 %"}
    result = one(
        registry, law, profile, "eu-reach-candidate",
        lines=[line | {"basis": "homogeneous_material"}],
        components=[{"name": "tube", "mass": "10 g"}],
        materials=[{"name": "coating", "component": "tube", **({"mass": mass} if mass else {})}],
    )  # fmt: skip
    (walk,) = explain(result, 0, "eu-reach-candidate", "dehp").walks
    step = walk.arithmetic.addends[0].conversion
    assert step is not None
    assert step.done is bool(mass)
    assert (step.basis, step.wanted) == ("homogeneous_material", "component")
    hold(walk.arithmetic)


def test_what_is_known_of_a_fact_says_from_where(registry: Any, law: Any, profile: Any) -> None:
    def sources(facts: dict[str, bool], **conditions: bool) -> dict[str, tuple[bool | None, str]]:
        result = one(
            registry, law, profile, "eu-rohs",
            lines=[LEAD_OXIDE], articles=[{"facts": facts}], conditions=conditions,
        )  # fmt: skip
        told = explain(result, 0, "eu-rohs")
        return {fact.name: (fact.holds, fact.source) for fact in told.source.facts}

    name = "electrical_equipment"
    assert sources({}) == {name: (None, "nobody")}
    assert sources({name: True}) == {name: (True, "file")}
    assert sources({}, electrical_equipment=False) == {name: (False, "run")}
    assert sources({name: True}, electrical_equipment=False) == {name: (True, "file")}


def test_a_name_alone_adds_from_nothing(registry: Any, law: Any, profile: Any) -> None:
    result = one(
        registry,
        law,
        profile,
        "eu-reach-candidate",
        lines=[{"component": "tube", "name": "DEHP", "amount": "5 %"}],
    )
    (walk,) = explain(result, 0, "eu-reach-candidate").walks
    (addend,) = walk.arithmetic.addends
    assert (addend.certain, addend.why, addend.low_ppt) == (False, "name-only", 0)
    assert walk.passes == (False, True)
    assert [meaning.found_by for meaning in addend.cells.meanings] == ["name"]
    assert "name-only" in [code for code, *_ in addend.cells.problems]


def test_what_is_not_there_is_refused(examples: Result) -> None:
    with pytest.raises(ConfigError, match="was not judged"):
        explain(examples, 0, "eu-rosh")
    with pytest.raises(ConfigError, match="no entry"):
        explain(examples, 0, "eu-reach-candidate", "dehpp")
    assert articles_called(examples, "kf-2040 ") == articles_called(
        examples, "KF-2040", "klarflöde exempel ab"
    )
    assert articles_called(examples, "KF-2040", "somebody else") == []


HEAD = "supplier,article,component,name,cas,amount,basis\n"


class TestTerminal:
    @pytest.fixture(autouse=True)
    def _plain(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
        monkeypatch.chdir(tmp_path)
        (tmp_path / "two.csv").write_text(
            HEAD + "A,X1,tube,DEHP,117-81-7,30 %,component\nB,X1,tube,\x1b[31mDEHP,117-81-7,2 %,component\n"
        )

    @staticmethod
    def call(*args: str) -> Any:
        return CliRunner().invoke(
            cli, ["explain", *args, "--list", "eu-reach-candidate", "--file", "two.csv", "--on", ON]
        )

    def test_walks_from_the_cell_to_the_law(self) -> None:
        answer = self.call("X1", "--supplier", "a")
        assert answer.exit_code == 0
        said = " ".join(answer.stdout.split())
        for wanted in (
            "“DEHP”, 117-81-7, 30 % — two.csv, row 2",
            "30 % of the component",
            "30 % passes the limit, for certain.",
            "REACH Art. 33(1)",
            "checked against:",
            "entries are open",
        ):
            assert wanted in said

    def test_speaks_swedish(self) -> None:
        said = " ".join(self.call("X1", "--supplier", "A", "--language", "sv").stdout.split())
        assert "30 % är med säkerhet utanför gränsvärdet." in said

    def test_an_entry_that_nothing_meets(self) -> None:
        answer = self.call("X1", "--supplier", "A", "--entry", "bpa")
        assert answer.exit_code == 0
        assert "No line and no material meets this entry." in answer.stdout

    def test_a_suppliers_text_steers_no_terminal(self) -> None:
        assert not set("\x1b\u2068\u2069") & set(self.call("X1", "--supplier", "B").stdout)

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["X2"], "There is no article “X2” in these files. Did you mean X1?"),
            (["X1"], "Name the supplier with --supplier: A, B."),
            (["X1", "--supplier", "C"], "No article “X1” is of the supplier “C”."),
            (["X1", "--supplier", "A", "--entry", "dehpp"], "Did you mean dehp"),
        ],
    )
    def test_wrong_usage(self, args: list[str], said: str) -> None:
        answer = self.call(*args)
        assert answer.exit_code == 2
        assert answer.stdout == ""
        assert said in answer.stderr

    def test_nothing_was_read(self) -> None:
        Path("two.csv").write_text("")
        answer = self.call("X1")
        assert answer.exit_code == 3
        assert "two.csv" in answer.stderr


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_verdict_can_be_told(
    language: str, examples: Result, registry: Any, law: Any, profile: Any
) -> None:
    told = 0
    for result in (examples, *of_cases("eu-rohs", registry, law, profile)):
        explainer = Explainer(result)
        for verdict in result.verdicts.to_dict("records"):
            page = StringIO()
            explanation.write(explainer.explain(verdict["article"], verdict["list"]), page, language)
            assert verdict["list"] in explainer.adding.index.get_level_values(0)
            assert not re.search(r"\{\w+\}", page.getvalue())
            told += 1
    assert told > 40


KIT = [{"component": "liquid", "cas": DEHP, "amount": "0.2 %"}]


@pytest.mark.parametrize(
    ("condition", "holds", "source"),
    [("chemical_product", None, "nobody"), ("!chemical_product", False, "composition")],
)
def test_something_in_what_has_components_may_be_a_mixture(
    registry: Any, condition: str, holds: bool | None, source: str
) -> None:
    given = made_up(ESTERS | {"basis": "mixture", "condition": condition})
    (walk,) = explain(judged(registry, given, lines=KIT), 0, "l", "esters").walks
    assert walk.limit is not None
    assert [(fact.holds, fact.source) for fact in walk.limit.facts] == [(holds, source)]
    assert (walk.reason == "condition-unknown") == (holds is None)


@pytest.mark.parametrize("said", [True, False, None])
def test_a_list_asked_for_by_name_is_taken_to_apply_unless_somebody_says_no(
    registry: Any, said: bool | None
) -> None:
    given = made_up(ESTERS, condition="electrical_equipment", asked_by_name=True)
    facts = {} if said is None else {"electrical_equipment": said}
    told = explain(judged(registry, given, articles=[{"facts": facts}], lines=KIT), 0, "l")
    (fact,) = told.source.facts
    assert (fact.holds, fact.source) == ((True, "asked") if said is None else (said, "file"))
    assert (told.verdict == "not_applicable") == (said is False)


@pytest.mark.parametrize(
    ("placed", "period", "reason"),
    [
        ("2009-01-01", ("2010-01-01", "2012-12-31"), "not-yet-binding"),
        ("2011-01-01", ("2010-01-01", "2012-12-31"), "above"),
        ("2015-01-01", ("2010-01-01", "2012-12-31"), "no-longer-binding"),
        ("2024-01-01", ("2020-01-01", ""), "above"),
    ],
)
def test_an_entry_is_told_in_the_period_that_was_judged(
    registry: Any, placed: str, period: tuple[str, str], reason: str
) -> None:
    given = made_up(ESTERS, applies_to="placed_on_market")
    first = given.entries[given.entries["entry"] == "esters"].astype(object)
    first = first.assign(since="2010-01-01", until="2012-12-31")
    given = Law(given.lists, pd.concat([given.entries.astype(object), first]), given.limits, given.members)
    # another article keeps all periods in force
    articles = [
        {"number": "A", "placed_on_market": placed},
        {"number": "B", "placed_on_market": "2008-01-01"},
    ]
    lines = [line | {"article": "A"} for line in KIT]
    told = explain(judged(registry, given, articles=articles, lines=lines), 0, "l", "esters")
    (walk,) = told.walks
    assert (walk.entry.since, walk.entry.until, walk.reason) == (*period, reason)
    assert walk.judged_on == placed


@pytest.mark.parametrize("amount", ["", "0 %", "0.01 %", "5 %"])
@pytest.mark.parametrize("certainty", ["certain", "possible"])
def test_what_a_line_says_bounds_nothing_that_its_material_is_called(
    registry: Any, amount: str, certainty: str
) -> None:
    given = made_up({"entry": "bare", "basis": "homogeneous_material"})
    members = [("bare", "cas", "50-00-0", "certain"), ("bare", "material", "pvc", certainty)]
    table = pd.DataFrame(members, columns=["entry", "kind", "value", "certainty"]).assign(list="l")
    given.members = Law(members=table).members
    result = judged(registry, given, lines=[{"cas": "50-00-0", "amount": amount, "material": "PVC"}])
    (walk,) = explain(result, 0, "l", "bare").walks
    hold(walk.arithmetic)
    assert (walk.arithmetic.named, walk.arithmetic.high_ppt) == ("PVC", WHOLE)
    assert bool(walk.arithmetic.addends) == (amount != "0 %")


def test_a_sum_that_the_rest_may_lift_above_its_own_limit_is_open(registry: Any) -> None:
    lines = [{"cas": "7440-50-8", "amount": "99.850 %"}, {"cas": DEHP, "amount": "0.080 %"}]
    for limit, entries in ((PERCENT // 10, [("esters",)]), (PERCENT, [])):
        given = made_up(ESTERS | {"measure": "substance"}, ESTERS | {"limit_ppt": limit}, *OTHERS)
        gaps = Explainer(judged(registry, given, lines=lines)).gaps(0, "l")
        assert [gap.entries for gap in gaps] == entries
