"""What must hold for every declaration, whatever is in it.

`HYPOTHESIS_PROFILE=thorough` tries more examples, `search` tries new ones each time.
"""

from __future__ import annotations

import copy
from dataclasses import fields, replace
from typing import Any

import pandas as pd
from conftest import declare
from documents import (
    KNOWN,
    RISING,
    STRUCTURES,
    Court,
    Document,
    documents,
    findings_of,
    hits_of,
    lines,
    statements,
    verdicts_of,
    whole,
    worse_or_same,
)  # fmt: skip
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kemkoll.tables import WHOLE, Coverage, Law, Verdict

# --- numbers ----------------------------------------------------------------------------------------


@given(st.integers(50, 9_999_999), st.integers(0, 99))
def test_exactly_one_check_digit_fits_a_cas_stem(first: int, second: int) -> None:
    from kemkoll.identifiers import cas_check_digit, parse_cas

    fitting = [digit for digit in range(10) if parse_cas(f"{first}-{second:02}-{digit}")]
    assert fitting == [cas_check_digit(f"{first}-{second:02}")]


@given(st.integers(0, WHOLE), st.integers(0, WHOLE))
@example(0, 0)
@example(0, WHOLE)
@example(WHOLE, WHOLE)
@example(1, 1)
@example(0, 1)
@example(10**9 + 1, WHOLE)
@example(0, 10**9 - 1)
def test_a_written_amount_reads_as_the_same_amount(one: int, other: int) -> None:
    from kemkoll.quantities import format_amount, parse_amount

    low, high = sorted((one, other))
    read = parse_amount(format_amount(low, high))
    assert read is not None
    assert (read.low_ppt, read.high_ppt) == (low, high)


# --- adding never helps -----------------------------------------------------------------------------


@given(documents(), st.data())
def test_more_of_a_substance_never_improves(
    registry: Any, law: Law, profile: Any, document: Document, data: Any
) -> None:
    court = Court(registry, law, profile)
    number = data.draw(st.integers(0, len(document["lines"]) - 1))
    less, more = sorted(
        data.draw(st.lists(st.integers(0, len(RISING) - 1), min_size=2, max_size=2, unique=True))
    )
    small, large = copy.deepcopy(document), copy.deepcopy(document)
    small["lines"][number]["amount"], large["lines"][number]["amount"] = RISING[less], RISING[more]
    worse_or_same(court.judge(small), court.judge(large))


@given(documents(), lines())
def test_another_line_never_improves(
    registry: Any, law: Law, profile: Any, document: Document, line: dict[str, Any]
) -> None:
    court = Court(registry, law, profile)
    known = {part["name"] for part in document["components"]}
    assume("component" not in line or line["component"] in known)
    longer = document | {"lines": [*document["lines"], line]}
    worse_or_same(court.judge(document), court.judge(longer))


@given(documents(), st.sampled_from(KNOWN), st.sampled_from(RISING), st.data())
def test_coverage_never_falls_by_a_named_line_beside_another(
    registry: Any,
    law: Law,
    profile: Any,
    document: Document,
    substance: dict[str, str],
    amount: str,
    data: Any,
) -> None:
    """A line that names its substance, in a part spoken of already: others may show that less is known."""
    court = Court(registry, law, profile)
    beside = data.draw(st.sampled_from(document["lines"]))
    place = {key: beside[key] for key in ("component", "material", "basis") if key in beside}
    longer = document | {
        "lines": [*document["lines"], {**substance, "amount": amount, "function": "more", **place}]
    }
    was, now = verdicts_of(court.judge(document)), verdicts_of(court.judge(longer))
    order = [Coverage.none, Coverage.partly, Coverage.covered]
    assert not {key: (was[key], now[key]) for key in was if now[key][1] < was[key][1]}
    assert all(order.index(Coverage(now[key][2])) >= order.index(Coverage(was[key][2])) for key in was)


@given(documents(said=False), statements)
def test_a_statement_never_helps_against_a_line_that_is_above(
    registry: Any, law: Law, profile: Any, document: Document, statement: dict[str, Any]
) -> None:
    court = Court(registry, law, profile)
    before, after = court.judge(document), court.judge(document | {"statements": [statement]})
    was, now = verdicts_of(before), verdicts_of(after)
    assert all(now[key][0] == Verdict.above_limit for key in was if was[key][0] == Verdict.above_limit)
    assert findings_of(before).items() <= findings_of(after).items()


@given(documents(), st.data())
def test_knowing_less_of_an_amount_neither_clears_nor_convicts(
    registry: Any, law: Law, profile: Any, document: Document, data: Any
) -> None:
    court = Court(registry, law, profile)
    declared = declare(**document)
    line = data.draw(st.integers(0, len(declared.lines) - 1))
    low, high = (int(declared.lines[column].iloc[line]) for column in ("low_ppt", "high_ppt"))
    wider = declared.lines.copy()
    wider.loc[line, "low_ppt"] = data.draw(st.one_of(st.just(0), st.integers(0, low)))
    wider.loc[line, "high_ppt"] = data.draw(st.one_of(st.just(WHOLE), st.integers(high, WHOLE)))
    before, after = court.judge(declared), court.judge(replace(declared, lines=wider))
    for was, now in (
        (findings_of(before), findings_of(after)),
        *[({key: it[0] for key, it in verdicts_of(one).items()} for one in (before, after))],
    ):
        assert set(was) == set(now)
        assert not {
            key for key in was if was[key] in {Verdict.review, Verdict.unknown} and now[key] < Verdict.unknown
        }
        assert not {key for key in was if was[key] != Verdict.above_limit and now[key] == Verdict.above_limit}


# --- what makes no difference -----------------------------------------------------------------------


@given(documents(least=2), st.randoms(use_true_random=False))
def test_the_order_of_lines_makes_no_difference(
    registry: Any, law: Law, profile: Any, document: Document, random: Any
) -> None:
    court = Court(registry, law, profile)
    mixed = copy.deepcopy(document)
    random.shuffle(mixed["lines"])
    assert whole(court.judge(document)) == whole(court.judge(mixed))


@given(documents(), st.text("abcåäö -/01", min_size=1, max_size=8))
def test_names_of_suppliers_components_and_files_make_no_difference(
    registry: Any, law: Law, profile: Any, document: Document, name: str
) -> None:
    court = Court(registry, law, profile)
    renamed = copy.deepcopy(document)
    for part in [*renamed["components"], *renamed["materials"], *renamed["lines"]]:
        key = "name" if part in renamed["components"] else "component"
        if key in part:
            part[key] = f"{name} {part[key]}"
    renamed["supplier"], renamed["declarations"][0]["file"] = name, f"{name}.xlsx"
    first, second = court.judge(document), court.judge(renamed)
    columns = [column for column in first.findings if column != "limit"]
    assert first.findings[columns].astype(str).equals(second.findings[columns].astype(str))
    assert first.verdicts.astype(str).equals(second.verdicts.astype(str))


@given(documents(), st.data())
def test_a_line_in_two_halves_is_the_same_line(
    registry: Any, law: Law, profile: Any, document: Document, data: Any
) -> None:
    court = Court(registry, law, profile)
    declared = declare(**document)
    line = data.draw(st.integers(0, len(declared.lines) - 1))
    shares = declared.lines[["low_ppt", "high_ppt", "step_ppt"]].iloc[line]
    assume(document["lines"][line]["amount"] and (shares % 2 == 0).all())
    halves = pd.concat([declared.lines, declared.lines.iloc[[line]]], ignore_index=True)
    for column in shares.index:
        halves.loc[[line, len(halves) - 1], column] = int(shares[column]) // 2
    halves["function"] = halves["function"].astype(object)
    halves.loc[len(halves) - 1, "function"] = "the other half"
    split = replace(declared, lines=halves)
    assert findings_of(court.judge(declared)) == findings_of(court.judge(split))


@given(st.lists(st.sampled_from(STRUCTURES), min_size=1, max_size=4), st.integers(0, 2**31 - 1))
def test_two_notations_of_one_structure_hit_the_same(
    registry: Any, law: Law, profile: Any, structures: list[str], seed: int
) -> None:
    court = Court(registry, law, profile)
    other = [_another_notation(smiles, seed) for smiles in structures]
    first, second = (
        court.judge({"lines": [{"smiles": it, "amount": "1 %", "component": "part"} for it in smiles]})
        for smiles in (structures, other)
    )
    assert hits_of(first) == hits_of(second)


def _another_notation(smiles: str, seed: int) -> str:
    from rdkit import Chem

    molecule = Chem.MolFromSmiles(smiles)
    order = list(range(molecule.GetNumAtoms()))
    return str(Chem.MolToRandomSmilesVect(Chem.RenumberAtoms(molecule, order), 1, seed)[0])


@given(documents(), documents())
def test_articles_do_not_touch_each_other(
    registry: Any, law: Law, profile: Any, one: Document, other: Document
) -> None:
    """Two articles in one batch are judged as each alone."""
    court = Court(registry, law, profile)
    both: Document = {"articles": [], "declarations": []}
    for number, document in enumerate((one, other), 1):
        place = {"article": f"article {number}", "declaration": number}
        both["articles"].append(document["articles"][0] | {"number": place["article"]})
        both["declarations"].append(document["declarations"][0])
        for key in ("lines", "components", "materials", "statements"):
            both[key] = [*both.get(key, []), *({**it, **place} for it in document[key])]
    together = court.judge(both)
    for number, document in enumerate((one, other), 1):
        name = f"article {number}"
        alone = court.judge(document | {"articles": [document["articles"][0] | {"number": name}]})
        assert {k: v for k, v in findings_of(together).items() if k[0] == name} == findings_of(alone)
        assert {k: v for k, v in verdicts_of(together).items() if k[0] == name} == verdicts_of(alone)


# --- nothing is lost --------------------------------------------------------------------------------


@given(documents())
def test_no_line_is_lost(registry: Any, law: Law, profile: Any, document: Document) -> None:
    result = Court(registry, law, profile).judge(document)
    every = set(range(len(document["lines"])))
    assert len(result.declarations.lines) == len(every)
    assert set(result.readings.readings["line"]) == every
    assert set(result.readings.readings["identity"]) <= set(range(len(result.readings.identities)))
    hit = set(result.hits.hits["line"])
    found = {int(line) for text in result.findings["lines"] for line in str(text).split()}
    assert hit <= every
    assert found == hit
    assert len(result.verdicts) == len(law.lists), "one verdict for the article and each list"


@given(documents(), st.data())
def test_an_edition_with_one_more_entry_never_loses_a_hit(
    registry: Any, law: Law, profile: Any, document: Document, data: Any
) -> None:
    court = Court(registry, law, profile)
    hits = hits_of(court.judge(document))
    entries = sorted({(name, entry) for _, name, entry, _, _ in hits}) or [("eu-reach-candidate", "")]
    name, entry = data.draw(st.sampled_from(entries))
    smaller = hits_of(court.judge(document, _without(law, name, entry)))
    assert smaller == {hit for hit in hits if hit[1:3] != (name, entry)}


def _without(law: Law, name: str, entry: str) -> Law:
    """The law as it was before one of its entries."""
    parts = {}
    for part in fields(Law):
        frame = getattr(law, part.name)
        if "entry" in frame:
            gone = (frame["list"].astype(str) == name) & (frame["entry"].astype(str) == entry)
            frame = frame[~gone].reset_index(drop=True)
        parts[part.name] = frame
    return Law(**parts)
