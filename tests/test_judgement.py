"""What follows: masses, dates, conditions, derogations, waivers, statements and coverage on a law of our own.

The law's own cases are in `tests/cases`; here stands what they leave open.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import declare
from hypothesis import given
from hypothesis import strategies as st

from kemkoll.declarations import read_declarations
from kemkoll.flow import Result, check
from kemkoll.outputs import rows
from kemkoll.profiles import Profile
from kemkoll.tables import PERCENT, WHOLE, Law, Verdict, headers

DEHP, DBP, LEAD, COPPER = "117-81-7", "84-74-2", "7439-92-1", "7440-50-8"
ON = "2026-11-22"


def law(*limits: dict[str, Any], **of_list: Any) -> Law:
    """A list `l` with the entries `esters` (DEHP and DBP), `lead` and `bare`, and the limits given."""
    usual = {"list": "l", "operator": ">", "basis": "component", "measure": "sum", "limit_ppt": PERCENT // 10}
    rows = [
        usual | {"trace_only": False, "since": "", "until": "", "condition": ""} | limit for limit in limits
    ]
    let_off = {"list": "l", "entry": "lead", "limit_ppt": 0, "floor_ppt": 0, "checked": "act", "material": ""}
    let_off |= {"condition": ""}
    members = [
        ("esters", "cas", DEHP),
        ("esters", "cas", DBP),
        ("lead", "element", "Pb"),
        ("bare", "cas", "50-00-0"),
    ]
    return Law(
        lists=pd.DataFrame(
            [{"list": "l", "force": "law", "applies_to": "supply", "edition": "2026-02-04"} | of_list]
        ),
        entries=pd.DataFrame({"list": "l", "entry": ["esters", "lead", "bare"], "since": "2020-01-01"}),
        limits=pd.DataFrame(rows),
        members=pd.DataFrame(members, columns=["entry", "kind", "value"]).assign(
            list="l", certainty="certain"
        ),
        derogations=pd.DataFrame(
            [
                let_off | {"id": "1", "limit_ppt": 4 * PERCENT, "until": "2027-01-01", "renewal": "no"},
                let_off | {"id": "2", "until": "2026-01-01", "renewal": "unknown"},
                let_off | {"id": "IV-3", "floor_ppt": 85 * PERCENT, "since": "2025-01-01"},
                let_off | {"id": "4", "material": "brass mässing", "limit_ppt": 4 * PERCENT},
                let_off | {"id": "5", "condition": "medical_device", "material": "glas"},
            ]
        ),
    )


def judged(
    registry: Any, given: Law, /, *, profile: Profile | None = None, on: str = ON, **what: Any
) -> Result:
    extra = {
        name: what.pop(name)
        for name in ("waivers", "decisions", "conditions", "assume_complete")
        if name in what
    }
    return check(declare(**what), given, profile=profile or Profile("p"), registry=registry, on=on, **extra)


def finding(result: Result, entry: str = "esters") -> tuple[str, str]:
    row = result.findings[result.findings["entry"].astype(str) == entry]
    worst = row.loc[row["verdict"].idxmax()]
    return Verdict(worst["verdict"]).name, str(worst["reason"])


def verdict(result: Result) -> tuple[str, str]:
    row = result.verdicts.iloc[0]
    return Verdict(row["verdict"]).name, str(row["reason"])


ESTERS = {"entry": "esters"}
LEAD_LIMIT = {"entry": "lead", "measure": "element", "element": "Pb", "basis": "homogeneous_material"}


@pytest.mark.parametrize(
    ("masses", "expected"),
    [
        ({}, ("review", "basis-finer")),
        ({"component": "10 g", "material": "1 g"}, ("below_limit", "below")),
        ({"component": "10 g", "material": "5 g"}, ("above_limit", "above")),
        ({"component": "10 g", "material": "2 g"}, ("below_limit", "below")),  # exactly 0.1 %
        ({"component": "10 g"}, ("review", "basis-finer")),
    ],
)
def test_masses_carry_a_material_to_its_component(
    registry: Any, masses: dict[str, str], expected: tuple[str, str]
) -> None:
    result = judged(
        registry,
        law(ESTERS),
        components=[{"name": "c", "mass": masses.get("component", "")}],
        materials=[{"name": "m", "component": "c", "mass": masses.get("material", "")}],
        lines=[
            {
                "cas": DEHP,
                "amount": "0.5 %",
                "component": "c",
                "material": "m",
                "basis": "homogeneous_material",
            }
        ],
    )
    assert expected == finding(result)


@pytest.mark.parametrize(("units", "expected"), [(1, "above_limit"), (10, "below_limit"), (5, "below_limit")])
def test_masses_carry_an_article_share_to_the_component_that_holds_it(
    registry: Any, units: int, expected: str
) -> None:
    result = judged(
        registry,
        law(ESTERS),
        articles=[{"mass": "1 kg"}],
        components=[{"name": "c", "mass": "10 g", "units": units}],
        lines=[{"cas": DEHP, "amount": "50 ppm", "component": "c", "basis": "article"}],
    )
    assert expected == finding(result)[0]


def test_nested_components_are_counted_through_their_assembly(registry: Any) -> None:
    result = judged(
        registry,
        law(ESTERS | {"basis": "article"}),
        articles=[{"mass": "1 kg"}],
        components=[
            {"name": "board", "mass": "100 g", "units": 2},
            {"name": "chip", "parent": "board", "mass": "10 g", "units": 5},
        ],
        lines=[{"cas": DEHP, "amount": "1 %", "component": "chip", "basis": "component"}],
    )
    assert finding(result) == (
        "below_limit",
        "below",
    )  # 10 chips of 10 g at 1 % are 1 g in 1 kg: exactly 0.1 %


def test_component_and_material_together_may_pass_what_each_keeps(registry: Any) -> None:
    lines = [
        {"cas": DEHP, "amount": "0.06 %", "component": "c", "basis": "component"},
        {"cas": DEHP, "amount": "0.06 %", "component": "c", "material": "m", "basis": "homogeneous_material"},
    ]
    assert finding(judged(registry, law(ESTERS), lines=lines)) == ("review", "basis-finer")
    assert finding(judged(registry, law(ESTERS), lines=lines[:1])) == ("below_limit", "below")


def test_shares_of_parts_that_nobody_named_do_not_convict_together(registry: Any) -> None:
    given = law(ESTERS | {"basis": "homogeneous_material"})
    lines = [
        {"cas": DEHP, "amount": "0.06 %", "component": "c", "basis": "homogeneous_material"},
        {"cas": DBP, "amount": "0.06 %", "component": "c", "basis": "homogeneous_material"},
    ]
    assert finding(judged(registry, given, lines=lines)) == ("review", "straddles")


@pytest.mark.parametrize(
    ("limit", "amount", "expected"),
    [
        ({"measure": "presence", "limit_ppt": 0}, "1 ppm", ("above_limit", "above")),
        ({"measure": "presence", "limit_ppt": 0}, "0 %", ("below_limit", "absent")),
        ({"measure": "release"}, "90 %", ("review", "not-from-content")),
        ({"measure": "release", "limit_ppt": 0}, "1 ppm", ("review", "not-from-content")),
        ({"measure": "released_amine"}, "1 %", ("review", "not-from-content")),
        ({"measure": "released_amine"}, "1 ppm", ("below_limit", "below")),  # no more than there is
        ({"narrower": True}, "1 %", ("review", "scope-narrower")),
        ({"narrower": True}, "0.01 %", ("below_limit", "below")),
        ({"checked": "unconfirmed"}, "1 %", ("review", "limit-unconfirmed")),
        ({"checked": "unconfirmed"}, "0.01 %", ("below_limit", "below")),
        ({"since": "2027-01-01"}, "1 %", ("not_applicable", "not-yet-binding")),
        ({"until": "2026-11-21"}, "1 %", ("not_applicable", "no-longer-binding")),
        ({"until": "2026-11-22"}, "1 %", ("above_limit", "above")),
        ({"condition": "textile"}, "1 %", ("review", "condition-unknown")),
        ({"condition": "textile"}, "0.01 %", ("below_limit", "below")),
        ({"condition": "textile leather"}, "1 %", ("review", "condition-unknown")),
        ({"condition": "!leather"}, "1 %", ("not_applicable", "condition-false")),
        ({"trace_only": True}, "0.01 %", ("below_limit", "trace-only")),
        ({"operator": ">="}, "0.1 %", ("above_limit", "above")),
        ({}, "", ("review", "amount-missing")),
    ],
)
def test_limits(registry: Any, limit: dict[str, Any], amount: str, expected: tuple[str, str]) -> None:
    result = judged(
        registry,
        law(ESTERS | limit),
        lines=[{"cas": DEHP, "amount": amount, "component": "c", "basis": "component"}],
        conditions={"leather": True},
    )
    assert expected == finding(result)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"amount": "0.01 %", "component": "c"}, ("above_limit", "trace-only")),
        ({"amount": "0.05-0.5 %", "component": "c"}, ("above_limit", "trace-only")),
        ({"amount": "1 %", "component": "c"}, ("above_limit", "above")),
        ({"amount": "1 %", "component": "c", "material": "m"}, ("above_limit", "trace-only")),
        ({"amount": "< 0.01 %", "component": "c"}, ("review", "trace-only")),
        ({"amount": "< 1 %", "component": "c"}, ("review", "added-in-doubt")),
        ({"amount": "0 %", "component": "c"}, ("below_limit", "absent")),
        ({"amount": "", "component": "c"}, ("review", "amount-missing")),
    ],
)
def test_intended_use_is_above_a_limit_for_traces_whatever_its_share(
    registry: Any, line: dict[str, str], expected: tuple[str, str]
) -> None:
    lines = [{"cas": DEHP, "intended": "yes"} | line]
    assert finding(judged(registry, law(ESTERS | {"trace_only": True}), lines=lines)) == expected


def test_what_has_components_is_judged_as_an_article(registry: Any) -> None:
    """Nobody has to say that a cable is no mixture: what is for articles binds it."""
    line = {"cas": DEHP, "amount": "0.2 %", "component": "tube", "basis": "component"}
    given = law(ESTERS | {"condition": "!chemical_product"})
    assert finding(judged(registry, given, lines=[line])) == ("above_limit", "above")
    bare = {"cas": DEHP, "amount": "0.2 %"}
    assert finding(judged(registry, given, lines=[bare])) == ("review", "condition-unknown")
    copper = {"cas": COPPER, "amount": "100.0 %", "component": "wire", "basis": "component"}
    strict = law(STRICT | {"condition": "chemical_product"}, answered_down_to_ppt=PERCENT // 10)
    assert verdict(judged(registry, strict, lines=[copper]))[0] == "not_listed"
    both = {"chemical_product": True}
    assert verdict(judged(registry, strict, lines=[copper], conditions=both))[0] == "unknown"


def test_a_derogation_lets_off_intended_use_below_a_trace_limit(registry: Any) -> None:
    line = {
        "cas": LEAD,
        "amount": "0.01 %",
        "component": "c",
        "material": "m",
        "basis": "homogeneous_material",
    }
    given = law(LEAD_LIMIT | {"trace_only": True})
    for claim, expected in (("1", "derogation"), ("", "trace-only")):
        lines = [line | {"intended": "yes", "derogation": claim}]
        assert finding(judged(registry, given, lines=lines), "lead")[1] == expected


def test_a_component_may_be_called_by_what_a_derogation_is_for(registry: Any) -> None:
    line = {"cas": LEAD, "amount": "3 %", "component": "Mässingsnippel", "basis": "component"}
    result = judged(registry, law(LEAD_LIMIT | {"basis": "component"}), lines=[line])
    assert finding(result, "lead") == ("review", "derogation-possible")


@pytest.mark.parametrize(
    ("line", "facts", "expected"),
    [
        ({"amount": "0.2 %"}, {"chemical_product": True}, ("above_limit", "above")),
        ({"amount": "0.1 %"}, {"chemical_product": True}, ("below_limit", "below")),
        ({"amount": "0.2 %", "material": "soap"}, {"chemical_product": True}, ("above_limit", "above")),
        ({"amount": "0.2 %"}, {}, ("review", "condition-unknown")),
        ({"amount": "0.2 %", "component": "liquid"}, {}, ("review", "condition-unknown")),
        (
            {"amount": "0.2 %", "component": "c"},
            {"chemical_product": False},
            ("not_applicable", "condition-false"),
        ),
        ({"amount": "0.2 %", "component": "tube"}, {"chemical_product": True}, ("above_limit", "above")),
    ],
)
def test_a_limit_for_mixtures_looks_at_the_whole_of_a_chemical_product(
    registry: Any, line: dict[str, str], facts: dict[str, bool], expected: tuple[str, str]
) -> None:
    """What has components is an article, and one of them may be a liquid."""
    given = law(ESTERS | {"basis": "mixture", "condition": "chemical_product"})
    result = judged(registry, given, articles=[{"facts": facts}], lines=[{"cas": DEHP} | line])
    assert finding(result) == expected


@pytest.mark.parametrize(
    ("amount", "intended", "expected"),
    [
        ("0.05-0.1 %", "yes", ("above_limit", "above")),
        ("> 0 %", "yes", ("above_limit", "above")),
        ("< 0.1 %", "yes", ("review", "added-in-doubt")),  # or a laboratory did not find it
        ("ND (< 5 mg/kg)", "yes", ("review", "added-in-doubt")),
        ("< 0.1 %", "", ("review", "straddles")),
        ("< 0.1 %", "no", ("review", "straddles")),
        ("0 %", "yes", ("below_limit", "absent")),
    ],
)
def test_what_is_said_to_be_added_breaks_a_ban_if_it_is_there(
    registry: Any, amount: str, intended: str, expected: tuple[str, str]
) -> None:
    """Article 4(1)(b) of (EU) 2019/1021 lets off what is present by chance, and nothing that was added."""
    given = law(ESTERS | {"measure": "presence", "limit_ppt": 0})
    lines = [{"cas": DEHP, "amount": amount, "intended": intended, "component": "c"}]
    assert finding(judged(registry, given, lines=lines)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"material": "m", "basis": "homogeneous_material"}, ("above_limit", "above")),
        ({"component": "c", "basis": "component"}, ("above_limit", "above")),
        ({"component": "c", "basis": "component", "intended": "no"}, ("review", "not-intended")),
    ],
)
def test_a_ban_is_broken_wherever_the_substance_is(
    registry: Any, line: dict[str, str], expected: tuple[str, str]
) -> None:
    given = law(ESTERS | {"measure": "presence", "limit_ppt": 0})
    assert finding(judged(registry, given, lines=[{"cas": DEHP, "amount": "2 %"} | line])) == expected


def test_the_worst_of_several_limits_decides(registry: Any) -> None:
    given = law(ESTERS, ESTERS | {"limit_ppt": 1, "condition": "textile"}, ESTERS | {"limit_ppt": WHOLE})
    lines = [{"cas": DEHP, "amount": "0.05 %", "component": "c", "basis": "component"}]
    assert finding(judged(registry, given, lines=lines)) == ("review", "condition-unknown")
    assert finding(judged(registry, given, lines=lines, conditions={"textile": False})) == (
        "below_limit",
        "below",
    )


def test_a_watched_list_never_convicts(registry: Any) -> None:
    lines = [{"cas": DEHP, "amount": "1 %", "component": "c", "basis": "component"}]
    assert finding(judged(registry, law(ESTERS, force="watch"), lines=lines)) == ("review", "watch-list")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"cas": "50-00-0", "amount": "1 %"}, ("listed", "listed")),
        ({"cas": "50-00-0", "amount": "0 %"}, ("not_listed", "absent")),
        ({"name": "formaldehyde", "amount": "1 %"}, ("review", "name-only")),
    ],
)
def test_an_entry_without_a_limit_is_listed(
    registry: Any, line: dict[str, str], expected: tuple[str, str]
) -> None:
    assert expected == finding(judged(registry, law(ESTERS), lines=[line]), "bare")


@pytest.mark.parametrize(
    ("amount", "claim", "material", "expected"),
    [
        ("3 %", "1", "m", ("exempt", "derogation")),
        ("4 %", "1", "m", ("exempt", "derogation")),
        ("5 %", "1", "m", ("above_limit", "derogation-exceeded")),
        ("3 - 5 %", "1", "m", ("review", "derogation-unconfirmed")),
        ("3 %", "2", "m", ("review", "derogation-unconfirmed")),
        ("90 %", "IV-3", "m", ("exempt", "derogation")),
        ("90 %", "3", "m", ("exempt", "derogation")),
        ("50 %", "IV-3", "m", ("above_limit", "derogation-exceeded")),
        ("3 %", "", "Brass CW614N", ("review", "derogation-possible")),
        ("5 %", "", "Brass CW614N", ("above_limit", "above")),
        ("3 %", "", "PVC", ("above_limit", "above")),
        ("3 %", "99", "m", ("above_limit", "above")),
        ("0.01 %", "1", "m", ("below_limit", "below")),
    ],
)
def test_derogations(
    registry: Any, amount: str, claim: str, material: str, expected: tuple[str, str]
) -> None:
    lines = [
        {"cas": LEAD, "amount": amount, "component": "c", "material": material, "derogation": claim}
        | {"basis": "homogeneous_material"}
    ]
    result = judged(registry, law(LEAD_LIMIT), lines=lines)
    assert expected == finding(result, "lead")
    assert ("derogation-unknown" in set(result.problems["code"])) == (claim == "99")


@pytest.mark.parametrize(
    ("facts", "claim", "expected"),
    [
        ({"medical_device": True}, "5", ("exempt", "derogation")),
        ({"medical_device": False}, "5", ("above_limit", "derogation-outside")),
        ({}, "5", ("review", "derogation-unconfirmed")),
        ({"medical_device": True}, "", ("review", "derogation-possible")),
        ({"medical_device": False}, "", ("above_limit", "above")),
        ({}, "", ("review", "derogation-possible")),
    ],
)
def test_a_derogation_asks_what_the_article_is(
    registry: Any, facts: dict[str, bool], claim: str, expected: tuple[str, str]
) -> None:
    """Beside it stands an article of the other kind, with the same line: each is judged by its own facts."""
    other = {"medical_device": not facts.get("medical_device", False)}
    line = {
        "cas": LEAD,
        "amount": "3 %",
        "material": "Glas 7",
        "basis": "homogeneous_material",
        "derogation": claim,
    }
    result = judged(
        registry,
        law(LEAD_LIMIT),
        articles=[{"number": "A", "facts": facts}, {"number": "B", "facts": other}],
        lines=[line | {"article": "A"}, line | {"article": "B"}],
    )
    result = replace(result, findings=result.findings[(result.findings["article"] == 0).to_numpy()])
    assert expected == finding(result, "lead")


@pytest.mark.parametrize(
    ("facts", "condition", "expected"),
    [
        ({"skin_contact": False}, "prolonged_skin_contact", "not_applicable"),
        ({"skin_contact": True}, "prolonged_skin_contact", "review"),
        ({"prolonged_skin_contact": True}, "skin_contact", "above_limit"),
        ({"prolonged_skin_contact": False}, "skin_contact", "review"),
        ({"prolonged_skin_contact": True, "skin_contact": False}, "skin_contact", "not_applicable"),
    ],
)
def test_long_contact_is_contact(
    registry: Any, facts: dict[str, bool], condition: str, expected: str
) -> None:
    line = {"cas": DEHP, "amount": "1 %", "component": "c", "basis": "component"}
    given = law(ESTERS | {"condition": condition})
    assert finding(judged(registry, given, articles=[{"facts": facts}], lines=[line]))[0] == expected
    assert finding(judged(registry, given, lines=[line], conditions=facts))[0] == expected


def test_what_files_say_both_ways_is_unknown_whatever_the_run_says(registry: Any) -> None:
    given = declare(lines=[{"cas": DEHP, "amount": "1 %", "component": "c", "basis": "component"}])
    facts = pd.DataFrame({"article": 0, "condition": "textile", "holds": [True, False]})
    for said, expected in ((facts, "review"), (facts[1:], "not_applicable"), (facts[:0], "above_limit")):
        result = check(
            replace(given, facts=said), law(ESTERS | {"condition": "textile"}), profile=Profile("p"),
            registry=registry, on=ON, conditions={"textile": True},
        )  # fmt: skip
        assert finding(result)[0] == expected


@pytest.mark.parametrize(
    ("limit", "of_list", "expected"),
    [
        ({}, {"above_reason": "justification-required"}, ("above_limit", "justification-required")),
        ({"force": "watch"}, {}, ("review", "watch-list")),
        ({"force": "contract"}, {"force": "watch"}, ("above_limit", "above")),
    ],
)
def test_a_list_may_ask_for_something_else_than_a_ban(
    registry: Any, limit: dict[str, str], of_list: dict[str, str], expected: tuple[str, str]
) -> None:
    lines = [{"cas": DEHP, "amount": "1 %", "component": "c", "basis": "component"}]
    assert expected == finding(judged(registry, law(ESTERS | limit, **of_list), lines=lines))


STRICT = ESTERS | {"limit_ppt": 1}
"""A limit that no composition in shares answers for."""


@pytest.mark.parametrize(
    ("limit", "facts", "expected"),
    [
        ({}, {}, ("unknown", "rounding")),
        ({"condition": "textile"}, {"textile": True}, ("unknown", "rounding")),
        ({"condition": "textile"}, {}, ("unknown", "rounding")),
        ({"condition": "textile"}, {"textile": False}, ("not_listed", "all-disclosed")),
        ({"condition": "!textile"}, {"textile": True}, ("not_listed", "all-disclosed")),
        ({"until": "2026-11-21"}, {}, ("not_listed", "all-disclosed")),
        ({"until": "2026-11-22"}, {}, ("unknown", "rounding")),
        ({"since": "2026-11-23"}, {}, ("not_listed", "all-disclosed")),
        ({"measure": "presence", "limit_ppt": 0}, {}, ("not_listed", "all-disclosed")),
        ({"measure": "release", "limit_ppt": 0}, {}, ("not_listed", "all-disclosed")),
    ],
)
def test_an_entry_is_asked_only_of_what_it_binds(
    registry: Any, limit: dict[str, Any], facts: dict[str, bool], expected: tuple[str, str]
) -> None:
    """Beside it stands an article of which nothing is known: each is asked by its own facts."""
    lines = [{"cas": COPPER, "amount": "100.0 %", "article": number} for number in ("A", "B")]
    given = law(STRICT | limit, answered_down_to_ppt=PERCENT // 10)
    result = judged(registry, given, articles=[{"number": "A", "facts": facts}, {"number": "B"}], lines=lines)
    assert expected == verdict(result)
    if limit.keys() == {"condition"}:
        assert Verdict(result.verdicts["verdict"].iloc[1]) == Verdict.unknown


def test_a_limit_binds_by_the_day_on_which_the_article_was_placed_on_the_market(registry: Any) -> None:
    given = law(
        STRICT | {"since": "2024-01-01"}, answered_down_to_ppt=PERCENT // 10, applies_to="placed_on_market"
    )
    for day, expected in (("2023-12-31", "not_listed"), ("2024-01-01", "unknown"), ("", "unknown")):
        articles = [{"placed_on_market": day}] if day else [{}]
        lines = [{"cas": COPPER, "amount": "100.0 %"}]
        assert verdict(judged(registry, given, articles=articles, lines=lines))[0] == expected


def test_a_list_that_asks_nothing_of_the_article_does_not_apply(registry: Any) -> None:
    given = law(*(STRICT | {"entry": entry, "condition": "textile"} for entry in ("esters", "lead", "bare")))
    assert verdict(judged(registry, given, articles=[{"facts": {"textile": False}}])) == (
        "not_applicable",
        "none-applies",
    )
    assert verdict(judged(registry, given))[0] == "unknown"


def test_a_watched_list_without_limits_suspects(registry: Any) -> None:
    given = law(ESTERS, force="watch", listed_reason="suspected")
    result = judged(registry, given, lines=[{"cas": "50-00-0", "amount": "1 %"}])
    assert finding(result, "bare") == ("listed", "suspected")


def test_a_claim_counts_only_where_every_line_makes_it(registry: Any) -> None:
    at = {"component": "c", "material": "m", "basis": "homogeneous_material", "cas": LEAD}
    lines = [at | {"amount": "3 %", "derogation": "1"}, at | {"amount": "0.5 %"}]
    assert finding(judged(registry, law(LEAD_LIMIT), lines=lines), "lead") == ("above_limit", "above")


WAIVER = {"number": "A", "list": "l", "entry": "esters", "ground": "none better", "decision": "D1"}
WAIVER |= {"decider": "head of unit", "until": "2026-12-31"}


@pytest.mark.parametrize(
    ("force", "change", "waived", "problems"),
    [
        ("contract", {}, "D1", []),
        ("contract", {"entry": ""}, "D1", []),
        ("contract", {"until": "2026-11-21"}, "", []),
        ("contract", {"number": "B"}, "", []),
        ("contract", {"supplier": "Other"}, "", []),
        ("contract", {"ground": "", "decider": ""}, "", ["waiver-incomplete"]),
        ("law", {}, "", ["waiver-refused"]),
    ],
)
def test_waivers(registry: Any, force: str, change: dict[str, str], waived: str, problems: list[str]) -> None:
    lines = [{"cas": DEHP, "amount": "1 %", "component": "c", "basis": "component"}]
    waivers = pd.DataFrame([WAIVER | change])
    result = judged(registry, law(ESTERS, force=force), lines=lines, waivers=waivers)
    assert finding(result) == ("above_limit", "above")  # a waiver hides nothing
    assert result.findings["waived"].tolist() == [waived]
    assert result.verdicts["waived"].tolist() == [waived != ""]
    assert problems == result.problems["code"].tolist()


def test_a_waiver_of_an_article_by_its_place_is_about_no_other_of_its_number(registry: Any) -> None:
    lines = [{"cas": DEHP, "amount": "1 %", "article": "A"}, {"cas": DEHP, "amount": "1 %", "article": "B"}]
    articles = [{"number": "A"}, {"number": "B"}]
    placed = pd.DataFrame([WAIVER | {"number": "A", "article": 1}])
    result = judged(registry, law(ESTERS, force="contract"), lines=lines, articles=articles, waivers=placed)
    waived = dict(zip(result.findings["article"], result.findings["waived"], strict=True))
    assert waived == {0: "", 1: "D1"}


def test_of_several_waivers_the_last_is_named_and_each_is_held_to_the_law(registry: Any) -> None:
    lines = [{"cas": DEHP, "amount": "1 %", "component": "c", "basis": "component"}]
    waivers = pd.DataFrame([WAIVER, WAIVER | {"decision": "D2", "entry": ""}, WAIVER | {"ground": ""}])
    result = judged(registry, law(ESTERS, force="contract"), lines=lines, waivers=waivers)
    assert result.findings["waived"].tolist() == ["D2"]
    assert result.problems["code"].tolist() == ["waiver-incomplete"]


def test_thousands_of_waivers_cost_next_to_nothing() -> None:
    """Each finding meets its own waiver, whatever the order; a product of all would be 9 · 10⁸ pairs."""
    from kemkoll.judgement.concerned import concerned
    from kemkoll.tables import ARTICLES, FINDINGS, WAIVERS, Declarations

    size = 30_000
    numbers = pd.Series([f"A-{number}" for number in range(size)])
    declared = Declarations(articles=ARTICLES.conform(pd.DataFrame({"number": numbers})))
    findings = FINDINGS.conform(pd.DataFrame({"article": range(size), "list": "l", "entry": "esters"}))
    waivers = WAIVERS.conform(pd.DataFrame({"number": numbers[::-1], "list": "l", "entry": "esters"}))
    met = concerned(findings, waivers, declared)
    assert met["finding"].tolist() == [*range(size)][::-1]
    assert met["given"].tolist() == [*range(size)]


DECISION = {"number": "A", "list": "l", "entry": "esters", "reason": "straddles", "verdict": "below_limit"}
DECISION |= {"decision": "D7"}
DOUBTED, CERTAIN = ("review", "straddles"), ("above_limit", "above")


@pytest.mark.parametrize(
    ("amount", "change", "expected", "problems"),
    [
        ("<0.5 %", {}, ("below_limit", "decided"), []),
        ("<0.5 %", {"verdict": "above_limit"}, ("above_limit", "decided"), []),
        ("<0.5 %", {"verdict": "exempt"}, ("exempt", "decided"), []),
        ("<0.5 %", {"verdict": "unknown"}, DOUBTED, ["decision-refused"]),
        ("<0.5 %", {"verdict": "no verdict"}, DOUBTED, ["decision-refused"]),
        ("<0.5 %", {"entry": ""}, DOUBTED, ["decision-refused"]),
        ("<0.5 %", {"decision": ""}, DOUBTED, ["decision-refused"]),
        ("<0.5 %", {"reason": "name-only"}, DOUBTED, []),
        ("<0.5 %", {"number": "B"}, DOUBTED, []),
        ("<0.5 %", {"supplier": "Other"}, DOUBTED, []),
        ("<0.5 %", {"list": "m"}, DOUBTED, []),
        ("1 %", {}, CERTAIN, ["decision-refused"]),
        ("0.01 %", {}, ("below_limit", "below"), []),
    ],
)
def test_decisions(
    registry: Any, amount: str, change: dict[str, str], expected: tuple[str, str], problems: list[str]
) -> None:
    lines = [{"cas": DEHP, "amount": amount, "component": "c", "basis": "component"}]
    decisions = pd.DataFrame([DECISION | change])
    result = judged(registry, law(ESTERS), lines=lines, decisions=decisions)
    assert finding(result) == expected
    assert result.findings["decided"].tolist() == ["D7" if expected[1] == "decided" else ""]
    assert problems == result.problems["code"].tolist()
    without = judged(registry, law(ESTERS), lines=lines)
    assert expected == finding(without) or finding(without) == DOUBTED


def test_a_decision_leaves_what_is_certain_in_another_part(registry: Any) -> None:
    at = {"cas": DEHP, "basis": "component"}
    lines = [at | {"amount": "<0.5 %", "component": "c"}, at | {"amount": "1 %", "component": "d"}]
    result = judged(registry, law(ESTERS), lines=lines, decisions=pd.DataFrame([DECISION]))
    assert sorted(result.findings["reason"]) == ["above", "decided"]
    assert result.problems["code"].tolist() == []
    assert verdict(result) == ("above_limit", "above")


def test_what_a_person_decided_can_be_waived_too(registry: Any) -> None:
    lines = [{"cas": DEHP, "amount": "<0.5 %", "component": "c", "basis": "component"}]
    decisions = pd.DataFrame([DECISION | {"verdict": "above_limit"}])
    given = law(ESTERS, force="contract")
    result = judged(registry, given, lines=lines, decisions=decisions, waivers=pd.DataFrame([WAIVER]))
    assert finding(result) == ("above_limit", "decided")
    assert result.findings["waived"].tolist() == ["D1"]


def test_a_contract_limit_of_the_profile_is_judged_beside_the_law(registry: Any) -> None:
    profile = Profile(
        "p",
        requirements=(
            {
                "list": "l",
                "entry": "*",
                "limit": "0.01 %",
                "limit_ppt": PERCENT // 100,
                "operator": ">",
                "basis": "component",
            }
            | {"measure": "substance", "reference": "contract", "checked": "contract", "force": "contract"},
        ),
    )
    lines = [{"cas": DEHP, "amount": "0.05 %", "component": "c", "basis": "component"}]
    result = judged(registry, law(ESTERS), profile=profile, lines=lines, waivers=pd.DataFrame([WAIVER]))
    assert finding(result) == ("above_limit", "above")
    assert result.findings["waived"].tolist() == ["D1"]


CONTRACT = {
    "list": "l", "limit": "0.01 %", "limit_ppt": PERCENT // 100, "operator": ">", "measure": "substance",
    "basis": "component", "reference": "contract", "checked": "contract", "force": "contract",
}  # fmt: skip


@pytest.mark.parametrize("fact", ["sensitive_patients", "large_volume"])
@pytest.mark.parametrize(
    ("force", "holds", "expected"),
    [
        ("contract", True, ("above_limit", "above")),
        ("contract", None, ("review", "condition-unknown")),
        ("should", True, ("review", "should-requirement")),
        ("should", None, ("review", "condition-unknown")),
    ],
)
def test_a_contract_may_be_sharper_for_some_articles(
    registry: Any, fact: str, force: str, holds: bool | None, expected: tuple[str, str]
) -> None:
    profile = Profile("p", requirements=(CONTRACT | {"entry": "esters", "condition": fact, "force": force},))
    lines = [{"cas": DEHP, "amount": "0.05 %", "component": "c", "basis": "component"}]
    facts = {} if holds is None else {fact: holds}
    result = judged(registry, law(ESTERS), profile=profile, lines=lines, conditions=facts)
    assert finding(result) == expected
    other = judged(registry, law(ESTERS), profile=profile, lines=lines, conditions={fact: False})
    assert finding(other)[0] in ("below_limit", "not_applicable")


def test_what_the_law_lets_off_a_contract_may_demand(registry: Any) -> None:
    demand = CONTRACT | {"entry": "lead", "measure": "element", "element": "Pb"}
    profile = Profile("p", requirements=(demand | {"basis": "homogeneous_material"},))
    line = {"cas": LEAD, "amount": "3 %", "component": "c", "material": "m", "derogation": "1"}
    lines = [line | {"basis": "homogeneous_material"}]
    assert finding(judged(registry, law(LEAD_LIMIT), lines=lines), "lead") == ("exempt", "derogation")
    demanded = judged(registry, law(LEAD_LIMIT), profile=profile, lines=lines)
    assert finding(demanded, "lead") == ("above_limit", "above")


def test_a_contract_limit_does_not_speak_in_the_words_of_the_list(registry: Any) -> None:
    given = law(ESTERS, above_reason="justification-required")
    lines = [{"cas": DEHP, "amount": "0.05 %", "component": "c", "basis": "component"}]
    profile = Profile("p", requirements=(CONTRACT | {"entry": "esters"},))
    assert finding(judged(registry, given, profile=profile, lines=lines)) == ("above_limit", "above")


LIMITS = (ESTERS, {"entry": "lead", "measure": "element", "element": "Pb"}, {"entry": "bare"})


@pytest.mark.parametrize(
    ("lines", "complete", "expected"),
    [
        ([(COPPER, "100.00 %")], "", ("not_listed", "all-disclosed")),
        ([(COPPER, "100 %")], "", ("unknown", "rounding")),
        ([(COPPER, "97 %"), ("7440-66-6", "3 %")], "", ("unknown", "rounding")),
        ([(COPPER, "99.95 %")], "", ("not_listed", "all-disclosed")),
        ([(COPPER, "99.80 %")], "", ("unknown", "undisclosed")),
        ([(COPPER, "95 %")], "0.1 %", ("not_listed", "all-disclosed")),
        ([(COPPER, "95 %")], "1 %", ("unknown", "undisclosed")),
        ([(COPPER, "60 %"), ("", "40 %")], "0.1 %", ("unknown", "undisclosed")),
        ([(COPPER, "60 %")], "0.1 %", ("unknown", "undisclosed")),  # so much more cannot all be traces
        ([(COPPER, "99.91 %"), (DEHP, "0.03 %")], "", ("below_limit", "below")),
        ([(COPPER, "99.93 %"), (DEHP, "0.06 %")], "", ("below_limit", "below")),
    ],
)
def test_what_a_composition_answers_for(
    registry: Any, lines: list[tuple[str, str]], complete: str, expected: tuple[str, str]
) -> None:
    result = judged(
        registry,
        law(*LIMITS),
        lines=[
            {"cas": cas, "amount": amount, "component": "c", "basis": "component"} for cas, amount in lines
        ],
        declarations=[{"complete_down_to": complete}],
    )
    assert expected == verdict(result)


def test_a_lapsed_declaration_answers_for_nothing(registry: Any) -> None:
    def until(day: str) -> tuple[str, str]:
        lines = [{"cas": COPPER, "amount": "100.00 %", "component": "c", "basis": "component"}]
        return verdict(judged(registry, law(*LIMITS), lines=lines, declarations=[{"valid_until": day}]))

    assert until("2026-11-22") == ("not_listed", "all-disclosed")
    assert until("2026-11-21") == ("unknown", "declaration-expired")


def test_a_unit_may_have_shares_of_its_own_and_of_a_material_that_nobody_named(registry: Any) -> None:
    lines = [
        {"cas": DEHP, "amount": "0.04 %", "basis": "homogeneous_material"},
        {"cas": COPPER, "amount": "1 %"},
    ]
    given = law(ESTERS | {"basis": "homogeneous_material"})
    assert finding(judged(registry, given, lines=lines)) == ("below_limit", "below")


def test_a_certain_line_does_not_hide_a_doubtful_one(registry: Any) -> None:
    lines = [{"name": "formaldehyde", "amount": "1 %"}, {"cas": "50-00-0", "amount": "1 %"}]
    assert finding(judged(registry, law(ESTERS), lines=lines), "bare") == ("review", "name-only")
    assert finding(judged(registry, law(ESTERS), lines=lines[::-1]), "bare") == ("review", "name-only")


def test_the_undisclosed_rest_may_lift_a_sum_above_its_limit(registry: Any) -> None:
    lines = [
        {"cas": COPPER, "amount": "99.850 %", "component": "c", "basis": "component"},
        {"cas": DEHP, "amount": "0.080 %", "component": "c", "basis": "component"},
    ]
    result = judged(registry, law(*LIMITS), lines=lines)  # the rest, 0.07 %, may be DBP
    assert finding(result) == ("below_limit", "below")
    assert verdict(result) == ("unknown", "undisclosed")


OTHERS = ({"entry": "lead", "measure": "element", "element": "Pb"}, {"entry": "bare"})


@pytest.mark.parametrize(
    "limits",
    [
        [ESTERS | {"basis": "mixture"}],
        [ESTERS | {"measure": "released_amine"}],
        [ESTERS | {"measure": "substance"}, ESTERS],  # the first is told, the second may be passed
        [ESTERS | {"measure": "substance", "limit_ppt": 2 * PERCENT}, ESTERS],
    ],
)
def test_the_undisclosed_rest_may_lift_a_sum_of_whatever_limit(
    registry: Any, limits: list[dict[str, Any]]
) -> None:
    lines = [{"cas": COPPER, "amount": "99.850 %"}, {"cas": DEHP, "amount": "0.080 %"}]
    assert verdict(judged(registry, law(*limits, *OTHERS), lines=lines)) == ("unknown", "undisclosed")
    lines = [lines[0], lines[1] | {"amount": "0.010 %"}, lines[0] | {"cas": "7440-66-6", "amount": "0.100 %"}]
    assert verdict(judged(registry, law(*limits, *OTHERS), lines=lines))[0] == "below_limit"


def test_the_undisclosed_rest_is_held_against_the_limit_of_the_sum_itself(registry: Any) -> None:
    given = law(ESTERS | {"measure": "substance"}, ESTERS | {"limit_ppt": PERCENT}, *OTHERS)
    lines = [{"cas": COPPER, "amount": "99.840 %"}, {"cas": DEHP, "amount": "0.080 %"}]
    assert verdict(judged(registry, given, lines=lines)) == ("below_limit", "below")


def test_the_rest_of_a_material_may_lift_a_sum_that_masses_brought_to_its_component(registry: Any) -> None:
    at = {"component": "c", "material": "m", "basis": "homogeneous_material"}
    result = judged(
        registry,
        law(*LIMITS),
        components=[{"name": "c", "mass": "10 g"}],
        materials=[{"name": "m", "component": "c", "mass": "10 g"}],
        lines=[at | {"cas": COPPER, "amount": "99.850 %"}, at | {"cas": DEHP, "amount": "0.080 %"}],
    )
    assert finding(result) == ("below_limit", "below")
    assert verdict(result) == ("unknown", "undisclosed")


def test_a_mixture_and_a_material_of_it_together_may_pass_in_any_order(registry: Any) -> None:
    lines = [{"cas": DEHP, "amount": "0.06 %"}, {"cas": DEHP, "amount": "0.06 %", "material": "m"}]
    for order in (lines, lines[::-1]):
        result = judged(registry, law(ESTERS | {"basis": "mixture"}), lines=order)
        assert finding(result) == ("review", "basis-finer")


def test_masses_that_do_not_add_up_leave_a_part_undisclosed(registry: Any) -> None:
    def with_mass(mass: str) -> Result:
        return judged(
            registry,
            law(*LIMITS),
            articles=[{"mass": mass}],
            components=[{"name": "c", "mass": "10 g"}],
            lines=[{"cas": COPPER, "amount": "100.00 %", "component": "c", "basis": "component"}],
        )

    assert verdict(with_mass("10 g")) == ("not_listed", "all-disclosed")
    assert verdict(with_mass("20 g")) == ("unknown", "undisclosed")
    assert with_mass("20 g").verdicts["undisclosed_ppt"].tolist() == [50 * PERCENT]


def test_an_undeclared_component_is_not_clean(registry: Any) -> None:
    result = judged(
        registry,
        law(*LIMITS),
        components=[{"name": "c"}, {"name": "d"}],
        lines=[{"cas": COPPER, "amount": "100.00 %", "component": "c", "basis": "component"}],
    )
    assert verdict(result) == ("unknown", "undisclosed")
    assert result.verdicts["undisclosed_ppt"].tolist() == [WHOLE]


def test_many_lines_of_one_part_are_summed_exactly(registry: Any) -> None:
    lines = [
        {
            "cas": COPPER,
            "amount": f"{n} ppm",
            "component": "c",
            "basis": "component",
            "low_ppt": 10**8,
            "high_ppt": 10**8,
        }
        | {"step_ppt": 0}
        for n in range(10_000)
    ]
    assert verdict(judged(registry, law(*LIMITS), lines=lines))[0] == "not_listed"


def test_an_unknown_claim_is_a_problem_at_the_suppliers_own_column(registry: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Artikelnummer;CAS-nr;Halt;RoHS-undantag\nA;7439-92-1;3 %;99\nA;7440-50-8;97 %;\n", "utf-8"
    )
    result = check(
        read_declarations([path]), law(LEAD_LIMIT), registry=registry, on="2026-01-01", profile=Profile("p")
    )
    told = result.problems[result.problems["code"] == "derogation-unknown"]
    assert told["column"].tolist() == ["RoHS-undantag"]
    assert ["derogation" in headers(str(cells)) for cells in result.declarations.lines["cells"]] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("statements", "declaration", "expected"),
    [
        ([{"edition": "2026-01-01"}], {}, ("below_limit", "statement")),
        ([{"edition": "2019-12-31"}], {}, ("unknown", "statement-outdated")),
        ([{"edition": "2026-01-01"}], {"valid_until": "2026-11-21"}, ("unknown", "statement-expired")),
        ([{"edition": "2026-01-01"}], {"valid_until": "2026-11-22"}, ("below_limit", "statement")),
        ([{"edition": ""}], {}, ("unknown", "statement-undated")),
        ([{"edition": "2026-01-01", "basis": "article"}], {}, ("unknown", "statement-basis")),
        ([{"edition": "2026-01-01", "basis": "component"}], {}, ("below_limit", "statement")),
        ([{"edition": "", "answer": "do_not_know"}], {}, ("unknown", "does-not-know")),
        ([{"edition": "", "answer": "contains"}], {}, ("review", "contains-unspecified")),
        ([{"edition": "2019-12-31"}, {"edition": "2026-01-01"}], {}, ("below_limit", "statement")),
        ([{"edition": "2026-01-01"}, {"edition": "2019-12-31"}], {}, ("below_limit", "statement")),
        ([{"list": "other", "edition": "2026-01-01"}], {}, ("unknown", "nothing-declared")),
    ],
)
def test_statements(
    registry: Any, statements: list[dict[str, str]], declaration: dict[str, str], expected: tuple[str, str]
) -> None:
    given = [{"list": "l", "answer": "none_above_limit"} | statement for statement in statements]
    result = judged(registry, law(*LIMITS), statements=given, declarations=[declaration])
    assert expected == verdict(result)


def test_a_statement_is_older_than_a_tightened_limit(registry: Any) -> None:
    given = law(*LIMITS, ESTERS | {"limit_ppt": 1, "since": "2026-06-01"})
    statements = [{"list": "l", "answer": "none_above_limit", "edition": "2026-01-01"}]
    assert verdict(judged(registry, given, statements=statements)) == ("unknown", "statement-outdated")
    assert verdict(judged(registry, given, statements=statements, on="2026-05-31")) == (
        "below_limit",
        "statement",
    )


def test_the_worst_declaration_of_an_article_counts(registry: Any) -> None:
    result = judged(
        registry,
        law(*LIMITS),
        declarations=[{}, {}],
        lines=[
            {"cas": COPPER, "amount": "100.00 %", "declaration": 1},
            {"cas": DEHP, "amount": "1 %", "declaration": 2},
        ],
    )
    assert verdict(result) == ("above_limit", "above")
    assert result.verdicts["entries"].tolist() == ["esters"]
    assert len(result.verdicts) == 1


def test_evidence_given_from_outside_goes_before_what_follows_from_the_lines(registry: Any) -> None:
    result = judged(
        registry, law(*LIMITS), declarations=[{"evidence_level": 5}], lines=[{"cas": COPPER, "amount": "1 %"}]
    )
    assert result.verdicts["evidence_level"].tolist() == [5]


def test_assumed_complete_says_so(registry: Any) -> None:
    result = judged(registry, law(*LIMITS), lines=[{"cas": COPPER, "amount": "1 %"}], assume_complete=True)
    assert verdict(result) == ("not_listed", "assumed-complete")


def test_a_group_without_a_rule_is_cleared_only_by_what_lacks_its_atoms(registry: Any) -> None:
    def with_needs(cas: str, needs: str) -> tuple[str, str]:
        given = law(*LIMITS)
        given.groups = Law(
            groups=pd.DataFrame({"list": ["l"], "entry": ["bare"], "rule": ["pending"], "needs": [needs]})
        ).groups
        lines = [{"cas": cas, "amount": "100.00 %", "component": "c", "basis": "component"}]
        return verdict(judged(registry, given, lines=lines))

    assert with_needs(COPPER, "C10H4O4") == ("not_listed", "all-disclosed")
    assert with_needs("57-50-1", "C10H4O4") == ("unknown", "group-rule-pending")  # sucrose is C12H22O11
    assert with_needs("64-17-5", "C10H4O4") == ("not_listed", "all-disclosed")
    assert with_needs("9002-88-4", "C10H4O4") == ("not_listed", "all-disclosed")  # polyethylene has no oxygen
    assert with_needs("9002-88-4", "C10") == ("unknown", "group-rule-pending")
    assert with_needs(COPPER, "") == ("unknown", "group-rule-pending")


@pytest.mark.parametrize(
    ("cas", "expected"),
    [
        ("9002-88-4", ("not_listed", "all-disclosed")),  # polyethylene has no fluorine
        ("64-17-5", ("not_listed", "all-disclosed")),
        ("12597-71-6", ("unknown", "formula-unknown")),  # brass may be anything
        ("9002-84-0", ("unknown", "structure-unknown")),  # PTFE has carbon and fluorine without bound
    ],
)
def test_salts_of_an_acid_are_ruled_out_by_structure_or_by_lacking_its_atoms(
    registry: Any, cas: str, expected: tuple[str, str]
) -> None:
    given = law(ESTERS, {"entry": "bare"})
    given.members = Law(
        members=pd.DataFrame(
            [("esters", "cas", DEHP), ("bare", "parent", "ZWBAMYVPMDSJGQ-UHFFFAOYSA-N")],
            columns=["entry", "kind", "value"],
        ).assign(list="l", certainty="certain")
    ).members
    given.entries = given.entries[given.entries["entry"] != "lead"].reset_index(drop=True)
    given.groups = Law(
        groups=pd.DataFrame({"list": ["l"], "entry": ["bare"], "rule": ["parent"], "needs": ["C7F13"]})
    ).groups
    lines = [{"cas": cas, "amount": "100.00 %", "component": "c", "basis": "component"}]
    assert expected == verdict(judged(registry, given, lines=lines))


SECRET = {"name": "Trade secret"}


@pytest.mark.parametrize(
    "what",
    [
        {"lines": [{"cas": COPPER, "amount": "100.000 %", "component": "c"}, SECRET | {"amount": "5 %"}]},
        {
            "components": [{"name": "asm"}, {"name": "c", "parent": "asm"}],
            "lines": [
                {"cas": COPPER, "amount": "100.000 %", "component": "c"},
                SECRET | {"amount": "5 %", "component": "asm"},
            ],
        },
        {
            "lines": [
                {"cas": COPPER, "amount": "100.000 %", "component": "c", "material": "m"},
                SECRET | {"amount": "5 %", "component": "c", "basis": "component"},
            ]
        },
        {"lines": [{"cas": COPPER, "amount": "100.000 %"}, SECRET | {"amount": "40 %"}]},
        {"lines": [{"cas": COPPER, "amount": "80.000 %"}, {"cas": "7440-66-6", "amount": "60.000 %"}]},
        {"lines": [{"cas": COPPER, "amount": ""}], "declarations": [{"complete_down_to": "0.1 %"}]},
        {"lines": [SECRET | {"amount": "70 %"}], "assume_complete": True},
    ],
    ids=["article", "assembly", "around a material", "over", "over by two", "no amount", "assumed"],
)
def test_what_hides_anywhere_keeps_an_article_from_being_clean(registry: Any, what: dict[str, Any]) -> None:
    assert verdict(judged(registry, law(*LIMITS), **what))[0] == "unknown"


def test_before_its_first_entry_a_list_says_nothing(registry: Any) -> None:
    result = judged(registry, law(*LIMITS), on="2000-01-01", lines=[{"cas": DEHP, "amount": "5 %"}])
    assert verdict(result) == ("not_applicable", "not-yet-binding")


@pytest.mark.parametrize(("claim", "amount"), [("1", "3 %"), ("IV-3", "3 %")])
def test_a_derogation_speaks_of_the_material_and_not_of_the_article(
    registry: Any, claim: str, amount: str
) -> None:
    lines = [{"cas": LEAD, "amount": amount, "derogation": claim, "basis": "article"}]
    result = judged(registry, law(LEAD_LIMIT), lines=lines, components=[{"name": "c"}])
    assert finding(result, "lead") == ("review", "derogation-unconfirmed")


def test_two_spellings_of_one_claim_are_one(registry: Any) -> None:
    at = {"component": "c", "material": "m", "basis": "homogeneous_material", "cas": LEAD}
    lines = [at | {"amount": "3 %", "derogation": "6(c)"}, at | {"amount": "0.5 %", "derogation": "6c"}]
    given = law(LEAD_LIMIT)
    given.derogations["id"] = given.derogations["id"].astype(object).replace("1", "6(c)")
    assert finding(judged(registry, given, lines=lines), "lead") == ("exempt", "derogation")


def test_a_claim_for_another_material_is_for_a_person_to_look_at(registry: Any) -> None:
    at = {"component": "c", "basis": "homogeneous_material", "cas": LEAD, "amount": "3 %", "derogation": "4"}
    assert (
        finding(judged(registry, law(LEAD_LIMIT), lines=[at | {"material": "Brass"}]), "lead")[0] == "exempt"
    )
    other = judged(registry, law(LEAD_LIMIT), lines=[at | {"material": "PVC"}])
    assert finding(other, "lead") == ("review", "derogation-unconfirmed")


@pytest.mark.parametrize(
    ("statements", "declaration", "expected"),
    [
        ([{"edition": "2030-01-01"}], {}, ("unknown", "statement-before-edition")),
        ([{"edition": "2026-01-01"}], {"date": "2019-01-01"}, ("unknown", "statement-before-edition")),
        ([{"edition": "2026-01-01"}, {"answer": "do_not_know"}], {}, ("unknown", "does-not-know")),
        ([{"answer": "do_not_know"}, {"edition": "2026-01-01"}], {}, ("unknown", "does-not-know")),
        (
            [{"edition": "2026-01-01", "basis": "article"}, {"edition": "2026-01-01", "basis": "component"}],
            {},
            ("below_limit", "statement"),
        ),
    ],
)
def test_statements_that_cannot_be_or_contradict_themselves(
    registry: Any, statements: list[dict[str, str]], declaration: dict[str, str], expected: tuple[str, str]
) -> None:
    given = [
        {"list": "l", "answer": "none_above_limit", "edition": ""} | statement for statement in statements
    ]
    for order in (given, given[::-1]):
        assert expected == verdict(
            judged(registry, law(*LIMITS), statements=order, declarations=[declaration])
        )


def test_a_part_that_weighs_more_than_its_whole_decides_nothing(registry: Any) -> None:
    result = judged(
        registry,
        law(ESTERS),
        components=[{"name": "c", "mass": "1 g"}],
        materials=[{"name": "m", "component": "c", "mass": "100 g"}],
        lines=[
            {"cas": DEHP, "amount": "5 %", "component": "c", "material": "m", "basis": "homogeneous_material"}
        ],
    )
    assert finding(result) == ("review", "basis-finer")


def test_a_share_of_an_assembly_does_not_acquit_its_parts(registry: Any) -> None:
    result = judged(
        registry,
        law(ESTERS),
        components=[{"name": "asm"}, {"name": "tube", "parent": "asm"}],
        lines=[{"cas": DEHP, "amount": "0.05 %", "component": "asm", "basis": "component"}],
    )
    assert finding(result) == ("review", "basis-coarser")


def test_lines_that_read_alike_and_mean_different_shares_both_count(registry: Any) -> None:
    lines = [
        {"cas": DEHP, "amount": "some", "low_ppt": low, "high_ppt": low, "step_ppt": 0, "component": "c"}
        for low in (6 * PERCENT // 100, 9 * PERCENT // 100)
    ]
    assert finding(
        judged(registry, law(ESTERS), lines=[line | {"basis": "component"} for line in lines])
    ) == (
        "above_limit",
        "above",
    )


def test_nothing_declared_about_an_article(registry: Any) -> None:
    result = judged(registry, law(*LIMITS))
    assert verdict(result) == ("unknown", "nothing-declared")
    assert result.verdicts["coverage"].tolist() == ["none"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"electrical_equipment": False}, ("not_applicable", "list-condition-false")),
        ({"electrical_equipment": True}, ("above_limit", "above")),
        ({}, ("above_limit", "above")),
    ],
)
def test_a_list_asked_for_by_name_applies_unless_somebody_says_otherwise(
    registry: Any, facts: dict[str, bool], expected: tuple[str, str]
) -> None:
    given = law(ESTERS, condition="electrical_equipment", asked_by_name=True)
    line = {"cas": DEHP, "amount": "1 %"}
    assert verdict(judged(registry, given, articles=[{"facts": facts}], lines=[line])) == expected
    result = judged(registry, given, conditions=facts, lines=[line])
    assert verdict(result) == expected
    # what it does not apply for is told; what is taken as met is not asked for
    told = "electrical_equipment" if expected[0] == "not_applicable" else ""
    assert rows.findings(result, "en")["condition"].tolist() == [told]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2020-01-01", ""), ("not_applicable", "not-yet-binding")),
        (("2021-02-28", ""), ("not_applicable", "not-yet-binding")),
        (("2021-03-01", ""), ("above_limit", "above")),
        (("2024-12-31", ""), ("above_limit", "above")),
        (("2025-01-01", "2020-01-01"), ("not_applicable", "no-longer-binding")),
        (("", "2020-01-01"), ("not_applicable", "no-longer-binding")),
    ],
)
def test_an_entry_binds_by_the_day_on_which_the_article_itself_was_placed_on_the_market(
    registry: Any, days: tuple[str, str], expected: tuple[str, str]
) -> None:
    """Its limit has no days of its own, and another article may keep an entry that has ended."""
    given = law(*LIMITS, applies_to="placed_on_market")
    given.entries = given.entries.assign(
        since=["2021-03-01", "2010-01-01", "2010-01-01"], until=["2024-12-31", "", ""]
    )
    given = Law(given.lists, given.entries, given.limits, given.members)
    articles = [
        {"number": number} | ({"placed_on_market": day} if day else {})
        for number, day in zip("AB", days, strict=True)
    ]
    lines = [{"cas": COPPER, "amount": "90.00 %"}, {"cas": DEHP, "amount": "10.00 %"}]
    result = judged(registry, given, articles=articles, lines=lines)
    assert finding(result) == expected
    assert verdict(result)[0] == expected[0]


def test_a_line_of_zero_does_not_unsay_what_its_material_is_called(registry: Any) -> None:
    given = law(ESTERS)
    members = [("bare", "cas", "50-00-0"), ("bare", "material", "pvc")]
    given.members = Law(
        members=pd.DataFrame(members, columns=["entry", "kind", "value"]).assign(
            list="l", certainty="certain"
        )
    ).members
    lines = [
        {"cas": COPPER, "amount": "100 %", "material": "PVC"},
        {"cas": "50-00-0", "amount": "0 %", "material": "PVC"},
    ]
    for told in (lines[:1], lines, lines[::-1]):
        assert finding(judged(registry, given, lines=told), "bare") == ("listed", "listed")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"material": "solder", "amount": "90 %"}, "derogation-possible"),
        ({"material": "solder", "amount": "80-90 %"}, "derogation-possible"),
        ({"material": "solder", "amount": "50 %"}, "above"),
        ({"component": "solder joint", "amount": "5 %"}, "derogation-possible"),  # its material may have more
        ({"material": "brass", "amount": "3 %", "derogation": "99"}, "derogation-possible"),
        ({"material": "lamp", "amount": "3 %"}, "above"),  # not yet let off on that day
    ],
)
def test_a_derogation_that_may_be_meant_keeps_a_breach_from_being_certain(
    registry: Any, line: dict[str, str], expected: str
) -> None:
    given = law(LEAD_LIMIT)
    words = {"IV-3": "solder", "4": "brass", "2": "lamp"}
    rows = given.derogations.astype({"material": object, "since": object})
    rows["material"] = [words.get(number, "") for number in rows["id"]]
    rows.loc[rows["id"] == "2", "since"] = "2026-11-23"
    given = Law(given.lists, given.entries, given.limits, given.members, derogations=rows)
    assert finding(judged(registry, given, lines=[{"cas": LEAD} | line]), "lead")[1] == expected


@pytest.mark.parametrize(
    ("entry", "statement", "expected"),
    [
        ({"published": "2024-01-01", "since": "2026-01-01"}, {}, ("below_limit", "statement")),
        ({"published": "2024-01-01", "since": "2026-01-02"}, {}, ("unknown", "statement-outdated")),
        ({"published": "2026-01-01"}, {}, ("below_limit", "statement")),
        ({"published": "2026-01-02"}, {}, ("unknown", "statement-outdated")),
        ({}, {"basis": "component"}, ("below_limit", "statement")),
        ({}, {"basis": "article"}, ("unknown", "statement-basis")),
    ],
)
def test_a_statement_answers_the_entries_published_and_begun_by_its_edition(
    registry: Any, entry: dict[str, str], statement: dict[str, str], expected: tuple[str, str]
) -> None:
    """On a list without limits too, where an entry looks at components."""
    given = law()
    given = Law(given.lists, given.entries.astype(object).assign(**entry), members=given.members)
    statements = [{"list": "l", "edition": "2026-01-01"} | statement]
    assert verdict(judged(registry, given, statements=statements)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"amount": "5 %"}, ("above_limit", "above")),
        ({"amount": "0.05 %"}, ("below_limit", "below")),
        ({"amount": "5 %", "component": "c"}, ("review", "basis-finer")),
        ({"amount": "5 %", "material": "m"}, ("review", "basis-finer")),
    ],
)
def test_a_share_of_the_whole_article_is_what_a_limit_for_articles_looks_at(
    registry: Any, line: dict[str, str], expected: tuple[str, str]
) -> None:
    given = law(ESTERS | {"basis": "article"})
    assert finding(judged(registry, given, lines=[{"cas": DEHP} | line])) == expected


@pytest.mark.parametrize("certainty", ["certain", "possible"])
@pytest.mark.parametrize(
    ("amount", "expected"), [("", "review"), ("0 %", "review"), ("0.01 %", "review"), ("5 %", "above_limit")]
)
def test_a_line_of_little_is_no_excuse_for_what_its_material_is_called(
    registry: Any, amount: str, certainty: str, expected: str
) -> None:
    """Without the line, how much of it there is would be for a person to ask."""
    given = law({"entry": "bare", "basis": "homogeneous_material"})
    members = [("bare", "cas", "50-00-0", "certain"), ("bare", "material", "pvc", certainty)]
    given.members = Law(
        members=pd.DataFrame(members, columns=["entry", "kind", "value", "certainty"]).assign(list="l")
    ).members
    line = {"cas": "50-00-0", "amount": amount, "material": "PVC"}
    other = {"cas": COPPER, "amount": "99.99 %", "material": "PVC"}
    for lines in ([line, other], [other, line]):
        assert finding(judged(registry, given, lines=lines), "bare")[0] == expected


@pytest.mark.parametrize("until", ["", "2020-12-31"])
def test_a_share_that_masses_carry_to_the_component_bounds_nothing_that_its_material_is_called(
    registry: Any, until: str
) -> None:
    """The line says 1 % of the material, the name says that it may be all of it: half of the component."""
    given = law(
        {"entry": "bare", "limit_ppt": 10 * PERCENT},
        {"entry": "bare", "limit_ppt": 50 * PERCENT, "basis": "homogeneous_material", "until": until},
    )
    named = {"list": "l", "entry": "bare", "kind": "material", "value": "pvc", "certainty": "certain"}
    given.members = Law(members=pd.concat([given.members, pd.DataFrame([named])]).fillna("")).members
    result = judged(
        registry,
        given,
        components=[{"name": "c", "mass": "10 g"}],
        materials=[{"name": "PVC", "component": "c", "mass": "5 g"}],
        lines=[{"cas": "50-00-0", "amount": "1 %", "component": "c", "material": "PVC"}],
    )
    assert finding(result, "bare")[0] == "review"


@pytest.mark.parametrize(
    ("line", "denied", "shown"),
    [
        ({"material": "Mjuk PVC"}, "has_pvc", True),
        ({"material": "Mjuk PVC"}, "plasticised", True),
        ({"material": "plast", "cas": "9002-86-2"}, "has_pvc", True),
        ({"material": "plast", "cas": "9002-86-2", "amount": "0 %"}, "has_pvc", False),
        ({"material": "plast", "name": "PVC", "cas": ""}, "rubber_or_plastic", True),
        ({"material": "naturgummi"}, "rubber_or_plastic", True),
        ({"material": "PVC-fri plast"}, "has_pvc", False),
        ({"material": "PVC"}, "plasticised", False),
        ({"material": "plast", "name": "PVC stabiliser", "cas": ""}, "has_pvc", False),
    ],
)
def test_a_fact_that_the_lines_contradict_is_unknown(
    registry: Any, line: dict[str, str], denied: str, shown: bool
) -> None:
    given = law(ESTERS | {"condition": denied})
    lines = [{"cas": DEHP, "amount": "1 %"}, {"cas": COPPER, "amount": "50 %"} | line]
    for result in (
        judged(registry, given, articles=[{"facts": {denied: False}}], lines=lines),
        judged(registry, given, conditions={denied: False}, lines=lines),
    ):
        said = ("review", "condition-unknown") if shown else ("not_applicable", "condition-false")
        assert finding(result) == said
        assert ("condition-conflict" in set(result.problems["code"])) == shown
    undenied = judged(registry, given, articles=[{"facts": {denied: True}}], lines=lines)
    assert finding(undenied) == ("above_limit", "above")


def test_what_has_components_is_not_let_off_as_a_chemical_product(registry: Any) -> None:
    line = {"cas": DEHP, "amount": "0.2 %", "component": "tube", "basis": "component"}
    other = {"cas": COPPER, "amount": "50 %", "component": "clamp", "basis": "component"}
    for condition, expected in (("!chemical_product", "review"), ("chemical_product", "above_limit")):
        given = law(ESTERS | {"condition": condition})
        said = [{"facts": {"chemical_product": True}}]
        result = judged(registry, given, articles=said, lines=[line, other])
        assert finding(result)[0] == expected
        assert "condition-conflict" in set(result.problems["code"])


def test_the_one_component_of_a_chemical_product_is_the_product(registry: Any) -> None:
    line = {"cas": DEHP, "amount": "0.2 %", "component": "concentrate", "basis": "component"}
    given = law(ESTERS | {"condition": "!chemical_product"})
    result = judged(registry, given, articles=[{"facts": {"chemical_product": True}}], lines=[line])
    assert finding(result)[0] == "not_applicable"
    assert "condition-conflict" not in set(result.problems["code"])


@pytest.mark.parametrize(
    ("placed", "since", "until", "expected"),
    [
        ("2020-01-01", "2022-01-01", "", "above_limit"),  # taken out after it was placed there
        ("2020-01-01", "", "2021-12-31", "not_listed"),
        ("2020-01-01", "", "", "not_listed"),
        ("", "2022-01-01", "", "not_listed"),
    ],
)
def test_what_is_taken_out_later_was_in_when_the_article_was_placed_on_the_market(
    registry: Any, placed: str, since: str, until: str, expected: str
) -> None:
    given = law(*LIMITS, applies_to="placed_on_market", answered_down_to_ppt=PERCENT)
    given.entries = given.entries.assign(since="2010-01-01")
    out = {"list": "l", "entry": "esters", "kind": "cas", "value": DEHP, "excluded": True, "since": since}
    members = pd.concat([given.members, pd.DataFrame([out | {"until": until, "certainty": "certain"}])])
    members = members.assign(excluded=members["excluded"].eq(other=True)).fillna("")
    given = Law(given.lists, given.entries, given.limits, members)
    lines = [{"cas": DEHP, "amount": "1.00 %"}, {"cas": COPPER, "amount": "99.00 %"}]
    result = judged(registry, given, articles=[{"placed_on_market": placed}], lines=lines)
    assert verdict(result)[0] == expected


@pytest.mark.parametrize(("placed", "expected"), [("2027-06-01", "above_limit"), ("", None), (ON, None)])
def test_an_entry_that_begins_before_the_article_is_placed_on_the_market_binds_it(
    registry: Any, placed: str, expected: str | None
) -> None:
    given = law(*LIMITS, applies_to="placed_on_market")
    given = Law(given.lists, given.entries.assign(since="2027-01-01"), given.limits, given.members)
    lines = [{"cas": DEHP, "amount": "1 %"}]
    result = judged(registry, given, articles=[{"placed_on_market": placed}], lines=lines)
    assert [Verdict(row).name for row in result.findings["verdict"]] == [expected] * (expected is not None)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("99.9 %", "0.1 %"), ("not_listed", "all-disclosed")),
        (("99 %", "5 %"), ("not_listed", "all-disclosed")),
        (("99 %", "30 %"), ("unknown", "undisclosed")),
    ],
)
def test_who_declares_far_more_than_the_whole_has_not_declared_it_completely(
    registry: Any, shares: tuple[str, str], expected: tuple[str, str]
) -> None:
    result = judged(
        registry,
        law(*LIMITS),
        declarations=[{"complete_down_to": "0.001 %"}],
        lines=[
            {"cas": cas, "amount": share, "component": "c", "basis": "component"}
            for cas, share in zip(("7439-89-6", COPPER), shares, strict=True)
        ],
    )
    assert verdict(result) == expected


@pytest.mark.parametrize(
    ("materials", "expected"),
    [(("wire",), ("not_listed", "all-disclosed")), (("wire", "solder"), ("unknown", "undisclosed"))],
)
def test_a_material_that_no_line_is_about_is_not_disclosed(
    registry: Any, materials: tuple[str, ...], expected: tuple[str, str]
) -> None:
    result = judged(
        registry,
        law(*LIMITS),
        declarations=[{"complete_down_to": "0.001 %"}],
        components=[{"name": "c"}],
        materials=[{"name": name, "component": "c"} for name in materials],
        lines=[
            {
                "cas": COPPER,
                "amount": "100.00 %",
                "component": "c",
                "material": "wire",
                "basis": "homogeneous_material",
            }
        ],
    )
    assert verdict(result) == expected


_ABOUT = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["A", "B", "C", "D"]),
        "entry": st.sampled_from(["esters", "lead", ""]),
        "article": st.sampled_from([-1, -1, 0, 1, 2]),
    }
)


@given(
    waived=st.lists(_ABOUT, max_size=4),
    decided=st.lists(_ABOUT, max_size=4),
    verdict=st.sampled_from(["below_limit", "exempt", "above_limit", "unknown"]),
)
def test_waivers_and_decisions_change_no_other_article(
    registry: Any, waived: list[dict[str, Any]], decided: list[dict[str, Any]], verdict: str
) -> None:
    numbers = ["A", "B", "C"]
    lines = [
        {"cas": DEHP, "amount": amount, "article": number, "component": "c", "basis": "component"}
        for number, amount in zip(numbers, ["<0.5 %", "<0.7 %", "1 %"], strict=True)
    ]
    rules = law(ESTERS, LEAD_LIMIT, force="contract")
    declared: dict[str, Any] = {"articles": [{"number": number} for number in numbers], "lines": lines}
    before = judged(registry, rules, **declared)
    after = judged(
        registry,
        rules,
        **declared,
        waivers=pd.DataFrame([WAIVER | about for about in waived], columns=[*WAIVER, "article"]),
        decisions=pd.DataFrame(
            [DECISION | about | {"verdict": verdict} for about in decided], columns=[*DECISION, "article"]
        ),
    )
    about = [*waived, *decided]
    touched = {it["article"] if it["article"] >= 0 else "ABCD".index(it["number"]) for it in about}
    others = ~before.verdicts["article"].isin(touched)
    pd.testing.assert_frame_equal(before.verdicts[others], after.verdicts[others], check_categorical=False)
    assert (before.verdicts["verdict"] >= Verdict.review).all()
    same = (after.findings["decided"] == "").to_numpy()
    assert (after.findings["verdict"][same] == before.findings["verdict"][same]).all()
    certain = (before.findings["verdict"] == Verdict.above_limit).to_numpy()
    assert (after.findings["verdict"][certain] == Verdict.above_limit).all()
