"""What must always hold of figures over the years, whatever the panel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kemkoll.tables import PANEL, Grouping, Panel, Reading, State
from kemkoll.trends import (
    ALL,
    IN,
    OUT,
    SUPPLIER_SIZE,
    Flow,
    flow_of,
    flows,
    indicators,
    outcomes,
    pairs_of,
)
from kemkoll.trends.words import MISSING, NAMES, name_of
from tests.years import panel_of

EVERY = (ALL, *Grouping, SUPPLIER_SIZE)
PARTS = (Grouping.category, Grouping.supplier)
KEYS = ["indicator", "reading", "weight", "grouping", "group", "base", "period"]


@st.composite
def panels(draw: st.DrawFn, *, least: int = 0, most: int = 9, most_years: int = 4) -> Panel:
    """Assortments of a few articles over a few years, with whatever may be said of them."""
    years, articles = draw(st.integers(0, most_years)), draw(st.integers(least, most))
    numbers = draw(st.permutations(range(10, 10 + articles)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    stays = random.random((years, articles)) < draw(st.sampled_from([0.3, 0.8, 1.0]))
    period, place = np.nonzero(stays)
    article, rows = np.array(numbers, dtype=np.int64)[place], len(period)
    states = random.integers(1, 4, (3, rows)).astype(np.int8)
    if draw(st.booleans()):
        states[1:] = states[0]
    known = draw(st.sampled_from([0.0, 0.5, 1.0]))

    def bought(high: int) -> np.ndarray:
        return np.where(random.random(rows) < known, random.integers(0, high, rows), -1)

    low = bought(1000)
    table = {
        "period": period, "article": article, "fixed": states[0], "own": states[1], "reread": states[2],
        "outcome": random.choice(["free", "unknown", "deviation"], rows),
        "evidence_level": random.integers(0, 6, rows),
        "supplier": random.choice(["", "s1", "s2", "s3", "s4", "s5"], rows),
        "category": random.choice(["", "c1", "c2", "c3"], rows),
        "spend_ore": bought(10**6), "units": bought(50),
        "content_low_ug": low, "content_high_ug": np.where(low < 0, -1, low + random.integers(0, 500, rows)),
        "kin": random.integers(-1, 2, rows),
    }  # fmt: skip
    some = random.integers(0, max(rows, 1), 2 * rows if rows else 0)
    contracted = {
        "period": period[some], "article": article[some],
        "contract": random.choice(["k1", "k2", "k3"], len(some)),
        "organisation": random.choice(["o1", "o2"], len(some)),
    }  # fmt: skip
    reasons = ["new", "correction", "reformulation", "lapsed", "renewal"]
    steps = {
        "period": random.integers(0, years + 1, rows), "article": random.integers(9, 20, rows),
        "reason": random.choice(reasons, rows),
    }  # fmt: skip
    links = articles // 2
    successions = {
        "article": random.integers(9, 20, links), "successor": random.integers(9, 20, links),
        "since": random.choice(["", "2001-06-01"], links),
    }  # fmt: skip
    broken = {"2002": "another method"} if draw(st.integers(0, 4)) == 0 else {}
    return panel_of(
        table,
        [str(2000 + year) for year in range(years)],
        broken=broken,
        base=draw(st.integers(-1, max(years - 1, -1))),
        contracted=pd.DataFrame(contracted),
        steps=pd.DataFrame(steps),
        successions=pd.DataFrame(successions),
    )


@pytest.fixture(autouse=True)
def _nothing_divides_by_nothing() -> Any:
    with np.errstate(all="raise"):
        yield


def every_figure(panel: Panel) -> pd.DataFrame:
    prices = 1.0 + 0.1 * np.arange(len(panel.periods))
    return indicators(panel, groupings=EVERY, price_index=prices.tolist())


@given(panels())
def test_a_figure_is_within_its_bounds_or_says_why_there_is_none(panel: Panel) -> None:
    table = every_figure(panel)
    there = table["missing"] == ""
    assert table.loc[there, ["value", "low", "high"]].notna().all(axis=None)
    assert table.loc[~there, ["value", "low", "high"]].isna().all(axis=None)
    assert not np.isinf(table.select_dtypes("float64")).any(axis=None)
    shown = table[there]
    assert (shown["low"] <= shown["value"] + 1e-9).all()
    assert (shown["value"] <= shown["high"] + 1e-9).all()
    covered = table["coverage"].dropna()
    assert covered.between(0, 1).all()
    assert set(table["missing"]) <= {"", *MISSING}
    assert all(name_of(name) in NAMES.values() for name in table["indicator"].unique())
    assert not table.duplicated(KEYS).any()


@given(panels(), st.randoms(use_true_random=False))
def test_bounds_hold_whatever_the_unknown_articles_contain(panel: Panel, random: Any) -> None:
    rows = panel.panel.copy()
    for reading in Reading:
        known = [
            random.choice([State.free, State.contains]) if state == State.unknown else state
            for state in rows[reading]
        ]
        rows[reading] = np.array(known, dtype=np.int8)
    said = every_figure(panel).set_index(KEYS)
    true = every_figure(replace(panel, panel=PANEL.conform(rows))).set_index(KEYS)
    names = {"K1", "K1b", "K2", "K2b", "K2c", "K3", "K4", "K5", "K6", "K7", "K8", "K11", "K11b", "K11c"}
    names |= {"K11d", "K11e", "K11f", "K12", "K12b", "K12c", "K18b"}
    both = said.join(true["value"].rename("truth"))
    both = both[(both["missing"] == "") & both["truth"].notna()]
    both = both[both.index.get_level_values("indicator").isin(names)]
    if panel.panel[list(Reading)].nunique(axis=1).gt(1).any():  # an article that one reading alone knows
        both = both[both.index.get_level_values("indicator") != "K18b"]
    assert (both["low"] <= both["truth"] + 1e-9).all()
    assert (both["truth"] <= both["high"] + 1e-9).all()


@given(panels())
def test_flows_add_up_to_the_net_change(panel: Panel) -> None:
    table = flows(panel, readings=list(Reading), groupings=EVERY)
    sign = table["flow"].astype(str).isin([str(it) for it in OUT]).map({True: 1, False: -1})
    assert set(table["flow"]) <= {*OUT, *IN}
    assert (table["articles"] >= 0).all()
    keys = ["reading", "grouping", "group", "base", "period"]
    net = (table["articles"] * sign).groupby([table[key].astype(object) for key in keys]).sum()
    figures = indicators(panel, groupings=EVERY).astype(dict.fromkeys(keys, object))
    counts = figures[(figures["indicator"] == "K1b")].set_index([*keys[:3], "period"])["numerator"]
    for (reading, grouping, group, base, period), change in net.items():
        before, after = (counts[reading, grouping, group, at] for at in (base, period))
        assert change == before - after
    of = {
        name: figures[(figures["indicator"] == name) & (figures["missing"] == "")].set_index(keys)["value"]
        for name in ("K8", "K8a", "K8b", "K8c")
    }
    assert of["K8"].sort_index().astype(int).to_dict() == net.sort_index().to_dict()
    explained = of["K8a"] + of["K8b"] + of["K8c"]
    alone = explained.index.get_level_values("grouping") == ALL
    assert (explained[alone] == of["K8"][alone]).all()


@given(panels())
def test_groups_add_up_to_all_articles(panel: Panel) -> None:
    table = flows(panel, readings=[Reading.fixed], groupings=(ALL, *PARTS)).astype(
        {"flow": str, "grouping": str}
    )
    keys = ["base", "period", "flow"]
    moved = [str(Flow.moved_in), str(Flow.moved_out)]
    every = table[table["grouping"] == ALL].set_index(keys)["articles"]
    for grouping in PARTS:
        sums = table[table["grouping"] == str(grouping)].groupby(keys)["articles"].sum()
        stays = sums[~sums.index.get_level_values("flow").isin(moved)]
        assert stays.to_dict() == every[stays.index].to_dict()
        there_and_back = sums.unstack()
        if len(there_and_back):
            assert (there_and_back[moved[0]] == there_and_back[moved[1]]).all()
    figures = indicators(panel, groupings=(ALL, *PARTS), readings=[Reading.fixed]).astype({"grouping": str})
    for name in ("K0", "K1b", "K8", "K4", "K5", "K10", "K12"):
        rows = figures[(figures["indicator"] == name) & figures["weight"].isin(["articles", "units"])]
        sums = rows.groupby(["grouping", "weight", "base", "period"], observed=True)["numerator"].sum()
        for grouping in {str(it) for it in PARTS} & set(rows["grouping"]):
            assert sums[grouping].to_dict() == sums[ALL].to_dict()


@given(panels(least=2), st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(panel: Panel, seed: int) -> None:
    shuffled = {
        name: getattr(panel, name).sample(frac=1, random_state=seed).reset_index(drop=True)
        for name in ("panel", "contracted", "steps", "successions")
    }
    same(panel, replace(panel, **shuffled))


@given(panels(least=2), st.integers(0, 2**32 - 1))
def test_the_numbers_of_articles_do_not_matter(panel: Panel, seed: int) -> None:
    other = np.random.default_rng(seed).permutation(40) + 1000

    def renumbered(table: pd.DataFrame) -> pd.DataFrame:
        columns = [name for name in ("article", "successor") if name in table]
        return table.assign(**{name: other[table[name].to_numpy()] for name in columns})

    names = ("panel", "contracted", "steps", "successions")
    same(panel, replace(panel, **{name: renumbered(getattr(panel, name)) for name in names}))


def same(one: Panel, other: Panel) -> None:
    for made in (every_figure, lambda panel: flows(panel, groupings=EVERY)):
        pd.testing.assert_frame_equal(made(one), made(other), check_categorical=False)
    keys = ["grouping", "group", "period", "outcome"]
    here, there = (
        outcomes(it, groupings=EVERY).astype({"outcome": str}).set_index(keys)["articles"].to_dict()
        for it in (one, other)
    )
    assert here == there


@given(panels(least=1))
def test_each_flow_opens_as_many_articles_as_it_says(panel: Panel) -> None:
    table = flows(panel).astype({"flow": str})
    for base, period in pairs_of(panel):
        opened = flow_of(panel, base, period)
        assert opened["article"].is_unique
        told = table[(table["base"] == base) & (table["period"] == period)].set_index("flow")["articles"]
        counts = opened["flow"].astype(str).value_counts()
        if len(told):
            assert counts.to_dict() == told[told > 0].to_dict()
