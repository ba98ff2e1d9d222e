"""What must hold for every declaration, whatever is in it.

Several declarations are tried at once, each as an article of its own: ten cost as much as one.
`HYPOTHESIS_PROFILE=thorough` tries more, `search` tries new ones each time.
"""

from __future__ import annotations

import copy
from dataclasses import fields
from typing import Any

from conftest import declare
from documents import (
    PLAIN,
    RISING,
    STRUCTURES,
    Court,
    Document,
    documents,
    lines,
    several,
    statements,
    worse_or_same,
)  # fmt: skip
from hypothesis import example, given
from hypothesis import strategies as st

from kemkoll.tables import WHOLE, Coverage, Law, Verdict

# --- numbers ------------------------------------------------------------------------------------


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


# --- adding never helps -------------------------------------------------------------------------


@given(several(documents()), st.data())
def test_more_of_a_substance_never_improves(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    less, more = copy.deepcopy(tried), copy.deepcopy(tried)
    for small, large in zip(less, more, strict=True):
        number = data.draw(st.integers(0, len(small["lines"]) - 1))
        amounts = sorted(
            data.draw(st.lists(st.integers(0, len(RISING) - 1), min_size=2, max_size=2, unique=True))
        )
        small["lines"][number]["amount"], large["lines"][number]["amount"] = (RISING[it] for it in amounts)
    _compare(Court(registry, law, profile), less, more)


@given(several(documents()), st.data())
def test_another_line_never_improves(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    longer = [it | {"lines": [*it["lines"], data.draw(lines(within=it))]} for it in tried]
    _compare(Court(registry, law, profile), tried, longer)


def _compare(court: Court, before: list[Document], after: list[Document]) -> None:
    outcomes = court.judge([*before, *after])
    for one, other in zip(outcomes[: len(before)], outcomes[len(before) :], strict=True):
        worse_or_same(one, other)


@given(several(documents()), st.data())
def test_coverage_never_falls_by_a_named_line_beside_another(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    """A line with a substance that no undecided group can hold, in a part spoken of already.

    Any other may show that less is known than it seemed.
    """
    longer = []
    for document in tried:
        beside = data.draw(st.sampled_from(document["lines"]))
        place = {key: beside[key] for key in ("component", "material", "basis") if key in beside}
        line = data.draw(st.sampled_from(PLAIN)) | {
            "amount": data.draw(st.sampled_from(RISING)),
            "function": "more",
        }
        longer.append(document | {"lines": [*document["lines"], line | place]})
    outcomes = Court(registry, law, profile).judge([*tried, *longer])
    order = [Coverage.none, Coverage.partly, Coverage.covered]
    for before, after in zip(outcomes[: len(tried)], outcomes[len(tried) :], strict=True):
        was, now = before.verdicts, after.verdicts
        assert not {key: (was[key], now[key]) for key in was if now[key][1] < was[key][1]}
        assert all(order.index(Coverage(now[key][2])) >= order.index(Coverage(was[key][2])) for key in was)


@given(several(documents(said=False)), st.data())
def test_a_statement_never_helps_against_a_line_that_is_above(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    stated = [it | {"statements": [data.draw(statements)]} for it in tried]
    outcomes = Court(registry, law, profile).judge([*tried, *stated])
    for before, after in zip(outcomes[: len(tried)], outcomes[len(tried) :], strict=True):
        above = {key for key, it in before.verdicts.items() if it[0] == Verdict.above_limit}
        assert above <= {key for key, it in after.verdicts.items() if it[0] == Verdict.above_limit}
        assert before.findings.items() <= after.findings.items()


@given(several(documents()), st.data())
def test_knowing_less_of_an_amount_neither_clears_nor_convicts(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    wider = copy.deepcopy(tried)
    for document in wider:
        line, low, high = _some_line(document, data)
        line["low_ppt"] = data.draw(st.one_of(st.just(0), st.integers(0, low)))
        line["high_ppt"] = data.draw(st.one_of(st.just(WHOLE), st.integers(high, WHOLE)))
    outcomes = Court(registry, law, profile).judge([*tried, *wider])
    for before, after in zip(outcomes[: len(tried)], outcomes[len(tried) :], strict=True):
        for was, now in (
            (before.findings, after.findings),
            ({key: it[0] for key, it in one.verdicts.items()} for one in (before, after)),
        ):
            assert set(was) <= set(now)
            open_ = {key for key in was if was[key] in {Verdict.review, Verdict.unknown}}
            assert not {key: (was[key], now[key]) for key in open_ if now[key] < Verdict.unknown}
            assert not {key: was[key] for key in was if now[key] == Verdict.above_limit > was[key]}


def _some_line(document: Document, data: Any) -> tuple[dict[str, Any], int, int]:
    """A line of the document, and the share that was read from it."""
    number = data.draw(st.integers(0, len(document["lines"]) - 1))
    read = declare(**document).lines.iloc[number]
    return document["lines"][number], int(read["low_ppt"]), int(read["high_ppt"])


# --- what makes no difference -------------------------------------------------------------------


@given(several(documents(least=2)), st.randoms(use_true_random=False))
def test_the_order_of_lines_makes_no_difference(
    registry: Any, law: Law, profile: Any, tried: list[Document], random: Any
) -> None:
    mixed = copy.deepcopy(tried)
    for document in mixed:
        random.shuffle(document["lines"])
    outcomes = Court(registry, law, profile).judge([*tried, *mixed])
    for one, other in zip(outcomes[: len(tried)], outcomes[len(tried) :], strict=True):
        assert one.whole == other.whole


@given(several(documents()), st.text("abcåäö -/01", min_size=1, max_size=8))
def test_names_of_suppliers_components_and_files_make_no_difference(
    registry: Any, law: Law, profile: Any, tried: list[Document], name: str
) -> None:
    renamed = copy.deepcopy(tried)
    for document in renamed:
        for part in document["components"]:
            part["name"] = f"{name} {part['name']}"
        for part in [*document["materials"], *document["lines"]]:
            if "component" in part:
                part["component"] = f"{name} {part['component']}"
        document["articles"][0]["supplier"] = document["declarations"][0]["supplier"] = name
        document["declarations"][0]["file"] = f"{name}.xlsx"
    outcomes = Court(registry, law, profile).judge([*tried, *renamed])
    for one, other in zip(outcomes[: len(tried)], outcomes[len(tried) :], strict=True):
        assert one.whole == other.whole


PART_OF = {"component": "component", "plasticised_material": "material"}
"""What a line must name so that its halves are surely shares of the same thing."""


@given(several(documents()), st.data())
def test_a_line_in_two_halves_is_the_same_line(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    split = copy.deepcopy(tried)
    for document in split:
        line, low, high = _some_line(document, data)
        part = PART_OF.get(line.get("basis", ""))
        if line["amount"] and not (low % 2 or high % 2) and (part is None or part in line):
            line |= {"low_ppt": low // 2, "high_ppt": high // 2}
            document["lines"].append(line | {"function": "the other half"})
    outcomes = Court(registry, law, profile).judge([*tried, *split])
    for one, other in zip(outcomes[: len(tried)], outcomes[len(tried) :], strict=True):
        assert one.findings == other.findings


NOTHING_ELSE: Document = {"components": [], "materials": [], "statements": []}


@given(st.lists(st.sampled_from(STRUCTURES), min_size=1, max_size=6), st.integers(0, 2**31 - 1))
def test_two_notations_of_one_structure_hit_the_same(
    registry: Any, law: Law, profile: Any, structures: list[str], seed: int
) -> None:
    first, second = (
        {
            "lines": [{"smiles": it, "amount": "1 %"} for it in smiles],
            "articles": [{}],
            "declarations": [{}],
            **NOTHING_ELSE,
        }
        for smiles in (structures, [_another_notation(smiles, seed) for smiles in structures])
    )
    one, other = Court(registry, law, profile).judge([first, second])
    assert one.hits == other.hits


def _another_notation(smiles: str, seed: int) -> str:
    from rdkit import Chem

    return str(Chem.MolToRandomSmilesVect(Chem.MolFromSmiles(smiles), 1, seed)[0])


@given(documents(), documents())
def test_articles_do_not_touch_each_other(
    registry: Any, law: Law, profile: Any, one: Document, other: Document
) -> None:
    """Two articles in one batch are judged as each alone."""
    court = Court(registry, law, profile)
    assert court.judge([one, other]) == [*court.judge([one]), *court.judge([other])]


# --- nothing is lost ----------------------------------------------------------------------------


@given(several(documents()))
def test_no_line_is_lost(registry: Any, law: Law, profile: Any, tried: list[Document]) -> None:
    court = Court(registry, law, profile)
    result = court.result(tried)
    every = set(range(sum(len(document["lines"]) for document in tried)))
    assert len(result.declarations.lines) == len(every)
    assert set(result.readings.readings["line"]) == every
    assert set(result.readings.readings["identity"]) <= set(range(len(result.readings.identities)))
    hit = set(result.hits.hits["line"])
    named = {int(line) for text in result.findings["lines"] for line in str(text).split()}
    assert named == hit <= every
    assert len(result.verdicts) == len(tried) * len(law.lists), "one verdict for each article and list"


@given(several(documents()), st.data())
def test_an_edition_with_one_more_entry_never_loses_a_hit(
    registry: Any, law: Law, profile: Any, tried: list[Document], data: Any
) -> None:
    court = Court(registry, law, profile)
    now = [it.hits for it in court.judge(tried)]
    entries = sorted({hit[1:3] for hits in now for hit in hits}) or [("eu-reach-candidate", "lead")]
    entry = data.draw(st.sampled_from(entries))
    before = [it.hits for it in court.judge(tried, _without(law, *entry))]
    assert before == [{hit for hit in hits if hit[1:3] != entry} for hits in now]


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
