"""Rules of groups, held against structures that were labelled by somebody else: `tests/quality/README.md`.

The labels say what the law says. Where a rule differs and is to stay, `exceptions.csv` has the structure with
the reason; what is left must reach the floors of `floors.toml`.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import declare
from official import official
from quality.pfas_atoms import is_pfas

from kemkoll.formulas import may_have
from kemkoll.identifiers import parse_cas
from kemkoll.lists.compiled import Library
from kemkoll.paths import data
from kemkoll.structures.evaluation import Match, UndecidableError, matched
from kemkoll.structures.rules import Rule, read_rule

QUALITY = Path(__file__).parent / "quality"
AT_LEAST = 1_500
"""Labelled structures; the issue asks for so many."""
PFAS = "pfas/pfas"
CANDIDATES = "eu-reach-candidate"


class Label(NamedTuple):
    """One row of the labelled set: whether a structure belongs to a group, and who says so."""

    group: str
    name: str
    cas: str
    smiles: str
    belongs: str
    set: str
    source: str
    note: str


def _table(name: str) -> list[dict[str, str]]:
    with (QUALITY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LABELS = [Label(**row) for name in ("labelled.csv", "held_out.csv") for row in _table(name)]
EXCEPTIONS = {(row["group"], row["smiles"]): row["reason"] for row in _table("exceptions.csv")}
FLOORS = tomllib.loads((QUALITY / "floors.toml").read_text(encoding="utf-8"))
GROUPS = sorted({label.group for label in LABELS})


# --- the rules and what they say --------------------------------------------------------------------------


class Group(NamedTuple):
    """A rule, and the formula without which it is not even asked."""

    rule: Rule
    needs: str


@cache
def _library() -> Library:
    return Library([data("substance_lists")])


@cache
def rules_of(list_: str) -> dict[str, Group]:
    """The rules of a list, by entry; those of groups that are still pending are not among them."""
    if list_ not in _library().ids:
        return {}
    groups = _library().law(list_).groups
    return {
        str(row["entry"]): Group(read_rule(json.loads(str(row["conditions"]))), str(row["needs"]))
        for row in groups[groups["rule"] == "structure"].to_dict("records")
    }


def rule_of(group: str) -> Group:
    """The rule of a group, named `list/entry`.

    Raises:
        pytest.skip.Exception: it has none yet.
    """
    list_, _, entry = group.partition("/")
    found = rules_of(list_).get(entry)
    if found is None:
        pytest.skip(f"{group} has no rule yet")
    return found


def said(group: Group, smiles: str, registry: Any) -> str:
    """What a rule says of a structure: `certain`, `possible` or `absent`."""
    if not may_have(_formula(smiles, registry), group.needs):
        return "absent"
    try:
        met = matched(smiles, {"": group.rule}).get("")
    except UndecidableError:
        return "possible"
    return _graded(met)


def _graded(met: Match | None) -> str:
    if met is None:
        return "absent"
    return "certain" if met.certain else "possible"


_FORMULAS: dict[str, str] = {}


def _formula(smiles: str, registry: Any) -> str:
    """The formula of a labelled structure, as the registry makes it."""
    if smiles not in _FORMULAS:
        asked = list(dict.fromkeys([smiles, *(label.smiles for label in LABELS)]))
        _FORMULAS.update(zip(asked, registry.find_structures(asked)["formula"], strict=True))
    return _FORMULAS[smiles]


# --- the labelled set -------------------------------------------------------------------------------------


def test_the_set_is_whole() -> None:
    """Every row says what it must, no structure is labelled twice for one group, none is in both halves."""
    assert len({label.smiles for label in LABELS}) >= AT_LEAST
    assert {label.belongs for label in LABELS} <= {"yes", "no", "perhaps"}
    assert all(label.group and label.name and label.smiles and label.source for label in LABELS)
    assert [label.cas for label in LABELS if label.cas and parse_cas(label.cas) != label.cas] == []
    twice = Counter((label.group, label.smiles) for label in LABELS)
    assert [key for key, count in twice.items() if count > 1] == []
    halves = {half: {it.smiles for it in LABELS if it.set == half} for half in ("tuning", "held-out")}
    assert set(halves) == {label.set for label in LABELS}
    assert halves["tuning"].isdisjoint(halves["held-out"])
    for name, half in (("labelled.csv", "tuning"), ("held_out.csv", "held-out")):
        assert {row["set"] for row in _table(name)} == {half}


def test_every_structure_can_be_read(registry: Any) -> None:
    asked = sorted({label.smiles for label in LABELS})
    found = registry.find_structures(asked)
    assert [smiles for smiles, valid in zip(asked, found["valid"], strict=True) if not valid] == []


def test_groups_and_floors_are_known() -> None:
    """No misspelt group makes its labels test nothing."""
    for group in {*GROUPS, *FLOORS["groups"], *(group for group, _ in EXCEPTIONS)}:
        list_, _, entry = group.partition("/")
        if list_ in _library().ids:
            assert entry in set(_library().law(list_).groups["entry"]), group
    assert set(FLOORS["groups"]) <= set(GROUPS)


def test_exceptions_have_a_reason_and_are_needed(registry: Any) -> None:
    labelled = {(label.group, label.smiles): label for label in LABELS}
    for key, reason in EXCEPTIONS.items():
        assert reason, key
        rule = rules_of(key[0].partition("/")[0]).get(key[0].partition("/")[2])
        if rule and key in labelled:
            assert _wrong(labelled[key], said(rule, key[1], registry)), f"no longer an exception: {key}"


# --- the gate ---------------------------------------------------------------------------------------------


def _wrong(label: Label, outcome: str) -> bool:
    """Whether a rule says something else than the label.

    A member may come out as possible: a person looks then. What is no member may not: that is a false alarm.
    """
    if label.belongs == "perhaps":
        return outcome != "possible"
    return (label.belongs == "yes") == (outcome == "absent")


class Measured(NamedTuple):
    """How well a rule does; every share is 1 where there is nothing to count."""

    cases: int
    recall: float
    precision: float
    sure: float
    """The share of members that come out as certain."""


def _measure(outcomes: Iterable[tuple[Label, str]]) -> Measured:
    counts = Counter((label.belongs, outcome) for label, outcome in outcomes)
    members = sum(counts["yes", outcome] for outcome in ("certain", "possible", "absent"))
    found = counts["yes", "certain"] + counts["yes", "possible"]
    alarms = counts["no", "certain"] + counts["no", "possible"]
    return Measured(
        members + alarms + counts["no", "absent"],
        found / members if members else 1.0,
        found / (found + alarms) if found + alarms else 1.0,
        counts["yes", "certain"] / members if members else 1.0,
    )


def _shown(group: str, measured: Mapping[str, Measured], outcomes: Iterable[tuple[Label, str]]) -> str:
    lines = [f"\n{group}", f"  {'':10}{'cases':>7}{'recall':>9}{'precision':>11}{'certain':>9}"]
    lines += [
        f"  {half:10}{it.cases:7}{it.recall:9.3f}{it.precision:11.3f}{it.sure:9.3f}"
        for half, it in measured.items()
    ]
    lines += [
        f"  {label.belongs:8}but {outcome:9}{label.set:9} {label.name}, {label.cas or '-'}: {label.smiles}"
        for label, outcome in outcomes
        if _wrong(label, outcome)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("group", GROUPS)
def test_a_rule_reaches_its_floors(group: str, registry: Any) -> None:
    """In the set that its writer saw, and in the one that nobody tuned on."""
    rule = rule_of(group)
    outcomes = [
        (label, said(rule, label.smiles, registry))
        for label in LABELS
        if label.group == group and (group, label.smiles) not in EXCEPTIONS
    ]
    measured = {half: _measure(it for it in outcomes if it[0].set == half) for half in ("tuning", "held-out")}
    measured["both"] = _measure(outcomes)
    floors = FLOORS["default"] | FLOORS["groups"].get(group, {})
    low = [
        f"{half}: {name}"
        for half, it in measured.items()
        for name in ("recall", "precision", "sure")
        if (half == "both" or it.cases >= FLOORS["cases"]) and getattr(it, name) < floors[name]
    ]
    low += [
        f"not possible: {label.name}"
        for label, outcome in outcomes
        if label.belongs == "perhaps" and _wrong(label, outcome)
    ]
    assert low == [], _shown(group, measured, outcomes)


# --- PFAS, atom by atom -----------------------------------------------------------------------------------


def _differences(structures: Iterable[tuple[str, str]]) -> list[tuple[str, str, bool, str]]:
    """Where the rule of the list and the definition by atoms disagree on a structure with its name."""
    from rdkit import Chem

    rule, found = rule_of(PFAS).rule, []
    for name, smiles in structures:
        molecule = Chem.MolFromSmiles(smiles)
        if molecule is None or (PFAS, smiles) in EXCEPTIONS:
            continue
        try:
            by_rule = matched(smiles, {"": rule}).get("")
        except UndecidableError:
            continue
        outcome = _graded(by_rule)
        if outcome != ("certain" if is_pfas(molecule) else "absent"):
            found.append((name, smiles, is_pfas(molecule), outcome))
    return found


def test_labels_of_pfas_are_what_their_atoms_say() -> None:
    """Neither was made from the other."""
    from rdkit import Chem

    labels = [label for label in LABELS if label.group == PFAS]
    assert [it for it in labels if (it.belongs == "yes") != is_pfas(Chem.MolFromSmiles(it.smiles))] == []


@pytest.mark.slow
def test_pfas_of_the_registry_are_what_their_atoms_say() -> None:
    """On every structure with fluorine; the others are none by either, and have not the atoms that are
    needed.
    """
    from kemkoll.registry.sources import cas_number, collect

    assert not may_have("C6H6", rule_of(PFAS).needs)
    entries = ((cas_number(cas), entry.smiles) for cas, entry in collect().items())
    assert _differences((cas, smiles) for cas, smiles in entries if "F" in smiles) == []


@pytest.mark.reference
def test_pfas_of_the_agencies_are_what_their_atoms_say() -> None:
    with official("pfas/pfas_structures_epa_v5_half.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["PREFERRED_NAME"], row["SMILES"]) for row in csv.DictReader(file) if row["SMILES"]]
    assert len(rows) > 7_000
    assert _differences(rows) == []


# --- the Candidate List -----------------------------------------------------------------------------------


def test_members_of_the_candidate_list_meet_their_own_entry(registry: Any) -> None:
    """Those of groups whose structure is known: each by its number, and by its structure alone."""
    from kemkoll.identity import identify
    from kemkoll.matching import match

    law = _library().law(CANDIDATES)
    members = law.members[(law.members["kind"] == "cas") & ~law.members["excluded"].astype(bool)]
    members = members[members["entry"].isin(law.groups["entry"])].reset_index(drop=True)
    known = registry.find_cas(members["value"].astype(str).tolist(), parents=False)
    here = ((known["smiles"] != "") & ~known["variable"].astype(bool)).to_numpy()
    members, structures = members[here].reset_index(drop=True), known["smiles"][here].tolist()
    assert len(members) > 100
    cells = [{"cas": str(cas)} for cas in members["value"]] + [{"smiles": text} for text in structures]
    declarations = declare(lines=[{"amount": "1 %", **cell} for cell in cells])
    hits = match(identify(declarations.lines, registry), declarations, law, registry)
    evidence = hits.evidence.iloc[hits.hits["evidence"]]
    met = set(zip(hits.hits["line"], evidence["entry"].astype(str), strict=True))
    missed = [
        (entry, cell)
        for line, (entry, cell) in enumerate(zip([*members["entry"], *members["entry"]], cells, strict=True))
        if (line, str(entry)) not in met and (f"{CANDIDATES}/{entry}", *cell.values()) not in EXCEPTIONS
    ]
    assert missed == []
