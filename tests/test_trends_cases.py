"""Single figures and flows over the years, each with the story behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kemkoll.tables import FOUND, Panel, State, Weight
from kemkoll.trends import (
    SUPPLIER_SIZE,
    Flow,
    flow_of,
    flows,
    indicators,
    matrix,
    pairs_of,
    substitutions,
    top_substances,
)
from kemkoll.trends.grid import grid
from kemkoll.trends.grouping import members
from kemkoll.trends.words import FLOWS, MISSING, TARGETS
from tests.years import panel_of

STATE = {"-": State.absent, "?": State.unknown, "0": State.free, "1": State.contains}


def story(
    *paths: str,
    steps: Sequence[tuple[int, int, str]] = (),
    successions: Sequence[tuple[int, int, str]] = (),
    columns: dict[str, Any] | None = None,
    **more: Any,
) -> Panel:
    """A panel of articles by what is known of each in each year: 1 contains, 0 free, ? unknown, - absent."""
    rows = [
        (period, article, STATE[said])
        for article, path in enumerate(paths)
        for period, said in enumerate(path)
        if said != "-"
    ]
    period, article, state = (list(it) for it in zip(*rows, strict=True))
    table = {"period": period, "article": article, "fixed": state, "own": state, "reread": state}
    return panel_of(
        table | {"spend_ore": -1, "units": -1, "kin": -1} | (columns or {}),
        [str(2020 + year) for year in range(len(paths[0]))],
        steps=pd.DataFrame(steps, columns=["period", "article", "reason"]),
        successions=pd.DataFrame(successions, columns=["article", "successor", "since"]),
        **more,
    )


def figure(panel: Panel, name: str, period: int, base: int = -1, **options: Any) -> pd.Series:
    table = indicators(panel, readings=["fixed"], **options)
    rows = table[(table["indicator"] == name) & (table["period"] == period) & (table["base"] == base)]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("path", "reasons", "flow"),
    [
        ("10", {1: "reformulation"}, Flow.reformulated),
        ("10", {1: "correction"}, Flow.corrected),
        ("10", {1: "renewal"}, Flow.unexplained_out),
        ("10", {}, Flow.unexplained_out),
        ("1?", {1: "lapsed"}, Flow.lapsed),
        ("1-", {}, Flow.delisted),
        ("-1", {}, Flow.new_containing),
        ("?1", {1: "new"}, Flow.revealed),
        ("01", {1: "correction"}, Flow.corrected_containing),
        ("01", {1: "reformulation"}, Flow.reformulated_containing),
        ("01", {1: "new"}, Flow.unexplained_in),
        # A lapse in between changes nothing: what counts is the declaration that says the contrary.
        ("1?0", {1: "lapsed", 2: "reformulation"}, Flow.reformulated),
        ("0?1", {1: "lapsed", 2: "new"}, Flow.unexplained_in),
        ("0?1", {1: "lapsed", 2: "correction"}, Flow.corrected_containing),
        # Of several turns the last one counts, and a declaration that repeats what is known is none.
        ("1010", {1: "correction", 2: "new", 3: "reformulation"}, Flow.reformulated),
        ("100", {1: "correction", 2: "reformulation"}, Flow.corrected),
        ("1-0", {2: "new"}, Flow.unexplained_out),
        ("101", {1: "reformulation", 2: "reformulation"}, None),
    ],
)
def test_the_rule_of_flows(path: str, reasons: dict[int, str], flow: Flow | None) -> None:
    panel = story(path, steps=[(period, 0, reason) for period, reason in reasons.items()])
    taken = flow_of(panel, 0, len(path) - 1)
    assert taken["flow"].tolist() == ([] if flow is None else [flow])


@pytest.mark.parametrize(
    ("others", "links", "flow"),
    [
        (["-0"], [(0, 1, "")], Flow.replaced),
        (["-1"], [(0, 1, "")], Flow.replaced_containing),
        (["-?"], [(0, 1, "")], Flow.replaced_unknown),
        (["--"], [(0, 1, "")], Flow.delisted),
        (["--", "-0"], [(0, 1, ""), (1, 2, "")], Flow.replaced),
        (["00", "-1"], [(0, 1, ""), (1, 2, "")], Flow.replaced),  # the first that is there
        (["-0", "-?"], [(0, 1, ""), (0, 2, "")], Flow.replaced_unknown),  # of two the worst
        (["--"], [(0, 1, ""), (1, 0, "")], Flow.delisted),  # a circle
        (["-0"], [(0, 1, "2022-01-01")], Flow.delisted),  # not yet
        (["-0"], [(0, 1, "2021-12-31")], Flow.replaced),
        (["-0"], [(0, 7, ""), (7, 1, "")], Flow.replaced),  # by way of one that nobody has seen
    ],
)
def test_what_stands_in_the_place_of_an_article(
    others: list[str], links: list[tuple[int, int, str]], flow: Flow
) -> None:
    panel = story("1-", *others, successions=links)
    taken = flow_of(panel, 0, 1).set_index("article")["flow"]
    assert taken[0] == flow


def test_a_reason_that_two_declarations_contradict_claims_no_substitution() -> None:
    both = [(1, 0, "reformulation"), (1, 0, "correction")]
    assert flow_of(story("10", steps=both), 0, 1)["flow"].tolist() == [Flow.corrected]


def test_successors_serve_the_same_function() -> None:
    """Two articles contained; one was replaced by a free one, and one free article by one that contains."""
    panel = story("11", "1-", "0-", "-0", "-1", successions=[(1, 3, ""), (2, 4, "")])
    same, served = (figure(panel, name, 1, 0) for name in ("K4", "K5"))
    assert (same["numerator"], same["denominator"], same["coverage"]) == (1, 1, 1)
    assert (served["numerator"], served["denominator"], served["value"]) == (2, 2, 0)


def test_an_article_that_moves_is_a_flow_of_its_group_and_none_of_all() -> None:
    panel = story("11", columns={"category": ["c1", "c2"]})
    table = flows(panel, groupings=["", "category"])
    taken = table[table["articles"] > 0].set_index("group")["flow"].to_dict()
    assert taken == {"c1": Flow.moved_out, "c2": Flow.moved_in}


def test_an_article_that_one_contract_gives_up_has_moved() -> None:
    bought = pd.DataFrame({"period": [0, 0, 1], "article": 0, "contract": ["k1", "k2", "k2"]})
    table = flows(story("11", contracted=bought), groupings=["contract"])
    assert table[table["articles"] > 0].set_index("group")["flow"].to_dict() == {"k1": Flow.moved_out}


class TestBroken:
    panel = story("1110", "1111", steps=[(3, 0, "correction")], broken={"2022": "another method"})

    def test_no_figure_crosses_a_break(self) -> None:
        for name in ("K1", "K2b", "K4", "K8", "K9"):
            across = figure(self.panel, name, 3, 0)
            assert across["missing"] == "broken"
            assert np.isnan([across[it] for it in ("value", "numerator", "denominator", "low", "high")]).all()
        assert figure(self.panel, "K1", 1, 0)["missing"] == ""
        assert figure(self.panel, "K1", 3, 2)["value"] == 0.5

    def test_no_flow_crosses_a_break(self) -> None:
        table = flows(self.panel)
        assert set(zip(table["base"], table["period"], strict=True)) == {(0, 1), (2, 3)}

    def test_each_year_by_itself_is_there(self) -> None:
        assert figure(self.panel, "K2", 2)["value"] == 1


@pytest.mark.parametrize(
    ("panel", "name", "base", "missing"),
    [
        (story("1"), "K1", -1, "no_base"),
        (story("?"), "K2", -1, "undeclared"),
        (story("?1"), "K1", 0, "undeclared"),
        (story("01"), "K1", 0, "none_contained"),
        (story("00"), "K2b", 0, "none_contained"),
        (story("?0", "1?"), "K4", 0, "none_matched"),
        (story("-1", "1-"), "K4", 0, "no_articles"),
        (story("11"), "K9", 0, "none_left"),
        (story("1-"), "K10", 0, "none_substituted"),
        (story("10", steps=[(1, 0, "reformulation")]), "K10", 0, "replacement_unknown"),
        (story("1"), "K12h", -1, ""),
        (story("0"), "K12h", -1, "none_contained_now"),
        (story("1"), "K12d", -1, "no_content"),
        (story("1"), "K11", -1, "no_spend"),
        (story("1"), "K12", -1, "no_units"),
        (story("1", columns={"spend_ore": 0}), "K11", -1, "nothing_bought"),
        (story("11", columns={"spend_ore": 5}), "K11f", 0, "no_index"),
        (story("1", columns={"units": 1, "content_low_ug": 0, "content_high_ug": 0}), "K12e", -1, "no_base"),
        (story("11", columns={"units": 1, "content_low_ug": 0, "content_high_ug": 9}), "K12e", 0, "no_mass"),
    ],
)
def test_what_there_is_not_is_said(panel: Panel, name: str, base: int, missing: str) -> None:
    assert figure(panel, name, len(panel.periods) - 1, base)["missing"] == missing
    assert missing == "" or MISSING[missing]


def test_a_category_without_declarations_and_a_year_without_articles() -> None:
    panel = story("1-", "?-", columns={"category": ["c1", "c2"]})
    table = indicators(panel, readings=["fixed"], groupings=["category"], weights=["articles"])
    shares = table[table["indicator"] == "K2"].set_index(["group", "period"])["missing"].to_dict()
    assert shares == {
        ("c1", 0): "",
        ("c1", 1): "no_articles",
        ("c2", 0): "undeclared",
        ("c2", 1): "no_articles",
    }


def test_the_number_of_entries_may_be_unknown() -> None:
    panel = story("1")
    panel.periods["entries"] = np.int32(-1)
    table = indicators(panel).set_index("indicator")
    assert table.loc["K18", "missing"] == "no_edition"
    assert table.loc["K18b", "value"] == 0


def test_coverage_by_evidence() -> None:
    panel = story("1", "0", "0", "?", columns={"evidence_level": [1, 2, 3, 3]})
    table = indicators(panel, readings=["fixed"]).set_index("indicator")["value"]
    assert [table[f"K0_{level}"] for level in range(1, 6)] == [0.75, 0.5, 0.25, 0, 0]


class TestSpend:
    """118.0 of 1 000 million became 81.6 of 1 200 million; prices rose by 6 %."""

    panel = story("11", "00", columns={"spend_ore": [11_800, 8_160, 88_200, 111_840]})

    @pytest.mark.parametrize(
        ("name", "percent"), [("K11b", 42.4), ("K11c", 5.0), ("K11e", 30.8), ("K11f", 34.8)]
    )
    def test_changes(self, name: str, percent: float) -> None:
        row = figure(self.panel, name, 1, 0, price_index=[100, 106])
        assert round(100 * row["value"], 1) == percent

    def test_levels(self) -> None:
        assert figure(self.panel, "K11", 0)["value"] == 0.118
        assert figure(self.panel, "K11", 1)["value"] == 0.068
        assert figure(self.panel, "K11d", 1)["value"] == 8_160
        assert figure(self.panel, "K11g", 1)["value"] == 1

    def test_units(self) -> None:
        panel = story("11", columns={"units": [14_200_000, 6_100_000]})
        assert round(100 * figure(panel, "K12b", 1, 0)["value"], 1) == 57.0

    def test_four_of_five_must_be_known(self) -> None:
        some = story(*"11110", columns={"spend_ore": [1, 1, 1, -1, 1]})
        few = story(*"1111", columns={"spend_ore": [1, 1, 1, -1]})
        assert (figure(some, "K11", 0)["value"], figure(some, "K11g", 0)["value"]) == (0.75, 0.8)
        assert figure(few, "K11", 0)["missing"] == "no_spend"
        assert figure(few, "K11g", 0)["value"] == 0.75


def test_mass_is_an_interval() -> None:
    columns = {
        "units": [10, 5, 10, 10],
        "content_low_ug": [10**8, 10**8, -1, 10**8],
        "content_high_ug": [3 * 10**8, 10**8, -1, 3 * 10**8],
    }
    panel = story("11", "00", columns=columns)
    before, after, less = figure(panel, "K12d", 0), figure(panel, "K12d", 1), figure(panel, "K12e", 1, 0)
    assert [before[it] for it in ("low", "value", "high")] == [1, 2, 3]
    assert [after[it] for it in ("low", "value", "high")] == [0.5, 0.5, 0.5]
    assert [less[it] for it in ("low", "value", "high")] == [0.5, 0.75, pytest.approx(5 / 6)]


def test_an_article_of_several_contracts_counts_in_each() -> None:
    bought = pd.DataFrame(
        {"period": [0, 0, 0, 5, 0], "article": [0, 0, 0, 0, 9], "contract": ["k1", "k2", "k2", "k1", "k3"]}
    )
    panel = story("1", "0", contracted=bought)
    table = indicators(panel, readings=["fixed"], groupings=["contract"], weights=[Weight.articles])
    counts = table[table["indicator"] == "K1b"].set_index("group")["value"].to_dict()
    assert counts == {"k1": 1, "k2": 1, "-": 0}


def test_suppliers_by_size() -> None:
    paths = ["1"] * 12
    panel = story(*paths, columns={"supplier": ["big"] * 10 + ["small", ""]})
    group = members(panel, grid(panel), SUPPLIER_SIZE)
    assert [group.names[code] for code in group.code] == ["10-99"] * 10 + ["1-9", "-"]


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: indicators(story("11"), pairs=[(1, 0)]), "no earlier and later"),
        (lambda: indicators(story("11"), pairs=[(0, 2)]), "of 2 periods"),
        (lambda: indicators(story("11"), groupings=["colour"]), "'colour' is no grouping"),
        (lambda: indicators(story("11"), price_index=[1.0]), "1 values for 2 periods"),
        (lambda: flow_of(story("11"), 1, 1), "no earlier and later"),
        (lambda: indicators(panel_of({"period": [0, 0], "article": [1, 1]}, ["2020"])), "stands twice"),
        (lambda: indicators(panel_of({"period": [3], "article": [1]}, ["2020"])), "not among its periods"),
    ],
)
def test_what_fits_no_panel_is_refused(work: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        work()


def test_weights_can_be_chosen() -> None:
    table = indicators(story("11", columns={"spend_ore": 1}), weights=[Weight.spend])
    assert set(table["weight"]) == {"spend"}
    assert {"K0", "K3", "K11"} <= set(table["indicator"])


def test_pairs_can_be_chosen() -> None:
    table = indicators(story("111"), pairs=[(0, 2)], readings=["fixed"])
    assert set(zip(table["base"], table["period"], strict=True)) == {(-1, 0), (-1, 1), (-1, 2), (0, 2)}
    assert pairs_of(story("111", base=1)) == [(0, 1), (1, 2)]


def test_nothing_at_all() -> None:
    empty = Panel()
    assert len(indicators(empty)) == len(flows(empty)) == 0
    assert len(flows(story("1"))) == 0
    assert set(indicators(panel_of({"period": [], "article": []}, ["2020"]))["missing"]) >= {
        "no_articles",
        "no_base",
    }


def found(*rows: tuple[int, int, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["period", "article", "entry"])
    return FOUND.conform(table.assign(list="l", name_en=table["entry"], name_sv=table["entry"]))


def test_the_most_frequent_substances() -> None:
    panel = story(
        "11", "11", found=found((1, 0, "a"), (1, 1, "a"), (1, 1, "b"), (1, 1, "b"), (0, 1, "b"), (0, 1, "c"))
    )
    table = top_substances(panel, 1, base=0)
    assert table[["entry", "articles", "before"]].to_numpy().tolist() == [["a", 2, 0], ["b", 1, 1]]
    assert top_substances(panel, 1, most=1)[["entry", "before"]].to_numpy().tolist() == [["a", -1]]
    assert len(top_substances(Panel(), 0)) == 0


def test_what_came_instead() -> None:
    panel = story(
        "10", "1-", "-0", "10", "11",
        steps=[(1, 0, "reformulation"), (1, 3, "correction")],
        successions=[(1, 2, "")],
        columns={"kin": [0, 1, 0, 0, 0, 0, 0, 0]},
        found=found((0, 0, "a"), (0, 1, "a"), (0, 1, "a"), (0, 3, "a"), (0, 4, "a"), (0, 99, "a")),
    )  # fmt: skip
    table = substitutions(panel, 0, 1)
    assert table[["entry", "flow", "kin", "articles"]].to_numpy().tolist() == [
        ["a", "reformulated", 1, 1],
        ["a", "replaced", 0, 1],
    ]
    assert figure(panel, "K10", 1, 0)["value"] == 0.5


def test_categories_by_lists() -> None:
    panel = story("1", "?", "0", "?", columns={"category": ["c1", "c1", "c2", "c3"]})
    table = matrix([panel, story("0", "0", "0", "0", columns={"category": ["c1", "c1", "c2", "c3"]})], 0)
    assert len(table) == 8
    rows = table.head(4).set_index("group")
    assert rows.loc["", ["articles", "declared", "contains"]].tolist() == [4, 2, 1]
    assert rows.loc["c1", ["share", "low", "high"]].tolist() == [1, 0.5, 1]
    assert rows["missing"].to_dict() == {"": "", "c1": "", "c2": "", "c3": "undeclared"}
    assert table["share"].notna().sum() == 7


def test_every_flow_and_outcome_has_a_name() -> None:
    from kemkoll.trends import Target

    assert list(FLOWS) == list(Flow)
    assert list(TARGETS) == list(Target)
