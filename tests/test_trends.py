"""Figures over the years: the worked example, from a panel."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import pytest

from kemkoll.tables import Panel, Reading
from kemkoll.trends import Flow, flow_of, flows, indicators, net
from tests.years import worked_example


@lru_cache
def example() -> tuple[Panel, pd.DataFrame, pd.DataFrame]:
    panel = worked_example()
    return panel, indicators(panel), flows(panel)


def figure(name: str, period: int, base: int | None = None, reading: str = "fixed") -> pd.Series:
    table = example()[1]
    rows = table[
        (table["indicator"] == name) & (table["period"] == period) & (table["reading"] == reading)
        & (table["weight"] == "articles") & (table["base"] == (-1 if base is None else base))
    ]  # fmt: skip
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("period", "articles", "declared", "contains", "coverage", "share", "low", "high", "reduction"),
    [
        (0, 9000, 7200, 1250, 80.0, 17.36, 13.9, 33.9, None),
        (1, 8900, 7565, 1085, 85.0, 14.34, 12.2, 27.2, 13.2),
        (2, 8750, 7962, 880, 91.0, 11.05, 10.1, 19.1, 29.6),
        (3, 8600, 8170, 700, 95.0, 8.57, 8.1, 13.1, 44.0),
    ],
)
def test_each_year_of_the_worked_example(
    period: int,
    articles: int,
    declared: int,
    contains: int,
    coverage: float,
    share: float,
    low: float,
    high: float,
    reduction: float | None,
) -> None:
    covered, of_declared, of_all = (figure(name, period) for name in ("K0", "K2", "K3"))
    assert (covered["numerator"], covered["denominator"]) == (declared, articles)
    assert (of_declared["numerator"], of_declared["denominator"]) == (contains, declared)
    assert (of_all["numerator"], of_all["denominator"]) == (contains, articles)
    assert round(100 * covered["value"], 1) == coverage
    assert round(100 * of_declared["value"], 2) == share
    assert (round(100 * of_all["low"], 1), round(100 * of_all["high"], 1)) == (low, high)
    if reduction is not None:
        assert round(100 * figure("K1", period, 0)["value"], 1) == reduction


@pytest.mark.parametrize(
    ("name", "reading", "now", "before", "percent"),
    [
        ("K1", "fixed", 700, 1250, 44.0),
        ("K4", "fixed", 627, 835, 24.9),
        ("K5", "fixed", 627, 1100, 43.0),
        ("K6", "reread", 764, 1346, 43.2),
        ("K7", "own", 764, 1250, 38.9),
        ("K9", "fixed", 455, 630, 72.2),
        ("K9b", "fixed", 455, 1250, 36.4),
        ("K10", "fixed", 31, 455, 6.8),
    ],
)
def test_readings_of_the_worked_example(
    name: str, reading: str, now: int, before: int, percent: float
) -> None:
    row = figure(name, 3, 0, reading)
    assert (row["numerator"], row["denominator"], round(100 * row["value"], 1)) == (now, before, percent)
    assert row["missing"] == ""


def test_shares_and_bounds_of_the_worked_example() -> None:
    assert round(100 * figure("K2b", 3, 0)["value"], 1) == 50.6
    headline = figure("K1", 3, 0)
    assert (round(100 * headline["low"], 1), round(100 * headline["high"], 1)) == (9.6, 77.0)
    points = figure("K2c", 3, 0)
    assert (points["unit"], round(100 * points["value"], 2)) == ("points", 8.79)


def test_flows_of_the_worked_example() -> None:
    table = example()[2]
    taken = table[(table["base"] == 0) & (table["period"] == 3)].set_index("flow")["articles"]
    expected = {
        Flow.reformulated: 190, Flow.replaced: 265, Flow.delisted: 130, Flow.corrected: 25, Flow.lapsed: 20,
        Flow.new_containing: 45, Flow.revealed: 28, Flow.corrected_containing: 7,
    }  # fmt: skip
    assert taken[taken > 0].to_dict() == expected
    assert [figure(name, 3, 0)["value"] for name in ("K8", "K8a", "K8b", "K8c")] == [550, 540, 10, 0]


def test_each_bar_of_the_worked_example_opens_its_articles() -> None:
    panel, _, table = example()
    opened = flow_of(panel, 0, 3, Reading.fixed)
    assert opened["flow"].value_counts().loc[lambda counts: counts > 0].to_dict() == {
        row["flow"]: row["articles"]
        for _, row in table[
            (table["base"] == 0) & (table["period"] == 3) & (table["articles"] > 0)
        ].iterrows()
    }
    assert net(table[(table["base"] == 0) & (table["period"] == 3)]) == 550


def test_the_matched_basket_of_the_worked_example() -> None:
    from kemkoll.tables import State
    from kemkoll.trends.grid import grid

    panel = example()[0]
    states = grid(panel).matrix(panel.panel["fixed"])
    assert ((states[0] >= State.free) & (states[3] >= State.free)).sum() == 5772
