"""What is hidden from everybody stays hidden: nothing of it follows from what is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given

from kemkoll.tables import Grouping, Panel
from kemkoll.trends import (
    ALL,
    IN,
    OUT,
    Flow,
    flows,
    hidden,
    indicators,
    matrix,
    nordic,
    outcomes,
    suppress,
    wider,
)
from kemkoll.trends.grid import grid
from kemkoll.trends.grouping import members
from tests.test_trends_properties import panels
from tests.years import panel_of

BY = (ALL, Grouping.category, Grouping.contract, Grouping.organisation)


def shop(sold: dict[str, list[str]], **more: Any) -> Panel:
    """One year in which each category has an article of each of these suppliers."""
    rows = [(category, supplier) for category, suppliers in sold.items() for supplier in suppliers]
    table = {
        "period": [0] * len(rows),
        "article": list(range(len(rows))),
        "fixed": [2] * len(rows),
        "category": [category for category, _ in rows],
        "supplier": [supplier for _, supplier in rows],
    }
    return panel_of(table, ["2025"], **more)


def gone(panel: Panel, *groupings: str, least: int = 3) -> dict[str, str]:
    table = hidden(panel, groupings, least=least)
    assert set(table["period"]) <= {0}
    return dict(zip(table["group"], table["why"], strict=True))


def test_a_group_of_fewer_than_three_suppliers_is_hidden_with_the_smallest_other() -> None:
    panel = shop({"gloves": ["a", "b"], "tubes": ["a", "b", "c", "d"], "bags": ["a", "b", "c", "d", "e"]})
    assert gone(panel, Grouping.category) == {"gloves": "few", "tubes": "complement"}
    assert gone(panel, Grouping.category, least=2) == {}


def test_two_hidden_groups_of_the_same_two_suppliers_need_a_third() -> None:
    panel = shop({"gloves": ["a"], "tubes": ["b"], "bags": list("abcd"), "cups": list("abcdef")})
    assert gone(panel, Grouping.category) == {"gloves": "few", "tubes": "few", "bags": "complement"}


def test_a_category_with_those_below_it_tells_of_none_of_them() -> None:
    below = pd.DataFrame({"period": 0, "wider": "A", "category": ["A.1", "A.2"]})
    panel = shop({"A.1": ["a"], "A.2": list("abcde"), "B": list("bcd")}, within=below)
    assert gone(panel, Grouping.category) == {"A.1": "few", "B": "complement"}
    both = gone(panel, Grouping.category, wider("A"))  # A less A.2 would be A.1, and all less A is B
    assert both.keys() >= {"A.1", "B"}
    assert both.keys() & {"A", "A.2"}
    only = gone(shop({"A.1": ["a"], "B": list("bcd")}, within=below), wider("A"))
    assert only == {"A": "few", "-": "complement"}


def test_hidden_groups_that_are_enough_together_need_no_more() -> None:
    panel = shop({"gloves": ["a", "b"], "tubes": ["c"], "bags": list("abcd")})
    assert gone(panel, Grouping.category) == {"gloves": "few", "tubes": "few"}


def test_suppliers_that_nobody_knows_count_for_none() -> None:
    panel = shop({"gloves": ["", "", "a", "b"], "bags": list("abcd"), "cups": list("abcdef")})
    assert gone(panel, Grouping.category) == {"gloves": "few", "bags": "complement"}


def test_of_too_few_suppliers_in_all_nothing_is_shown() -> None:
    panel = shop({"gloves": ["a", "b"], "bags": ["a"]})
    assert set(gone(panel, Grouping.category)) == {"", "gloves", "bags"}
    figures = suppress(indicators(panel), hidden(panel, [Grouping.category]))
    assert set(figures["missing"]) == {"suppressed"}
    assert figures[["value", "low", "high", "numerator", "denominator", "coverage"]].isna().all(axis=None)


def test_a_group_that_another_grouping_gives_away_takes_that_with_it() -> None:
    """One contract buys what is in two categories, one of which is hidden: the contract would tell of it."""
    sold = {"gloves": ["a", "b"], "bags": list("abcd"), "cups": list("abcdef"), "pens": list("abcdefg")}
    bought = pd.DataFrame(
        {
            "period": 0,
            "article": range(19),
            "contract": ["k1"] * 2 + ["k2"] * 4 + ["k1"] * 6 + ["k3"] * 7,
        }
    )
    panel = shop(sold, contracted=bought)
    assert gone(panel, Grouping.category) == {"gloves": "few", "bags": "complement"}
    both = hidden(panel, [Grouping.category, Grouping.contract])
    told = set(zip(both["grouping"], both["group"], strict=True))
    assert ("contract", "k1") in told or ("category", "cups") in told
    assert ("contract", "k2") in told  # what bags are


def test_a_year_without_articles_hides_nothing() -> None:
    table = {"period": [1] * 3, "article": [1, 2, 3], "fixed": [2] * 3, "supplier": [*"abc"]}
    assert len(hidden(panel_of(table, ["2024", "2025"]), [Grouping.category])) == 0


def test_two_years_are_not_compared_where_either_is_hidden() -> None:
    panel = panel_of(
        {
            "period": [0] * 9 + [1] * 12,
            "article": [*range(9), *range(12)],
            "fixed": [3] * 21,
            "category": ["c1"] * 4 + ["c2"] * 5 + ["c1"] * 4 + ["c2"] * 5 + ["c3"] * 3,
            "supplier": [*"abcd", *"abcde", *"aabb", *"abcde", *"abc"],
        },
        ["2024", "2025"],
    )
    away = hidden(panel, [Grouping.category])
    assert set(zip(away["group"], away["period"], strict=True)) == {("c1", 1), ("c3", 1)}
    figures = suppress(indicators(panel, groupings=["category"]), away)
    reduced = figures[figures["indicator"] == "K1"].set_index("group")["missing"].to_dict()
    assert reduced == {"c1": "suppressed", "c2": "", "c3": "suppressed"}
    taken = suppress(flows(panel, groupings=["category"]), away)
    assert set(taken.loc[taken["group"] == "c1", "articles"]) == {-1}
    assert -1 not in set(taken.loc[taken["group"] == "c2", "articles"])


def test_all_tables_of_groups_can_be_suppressed() -> None:
    panel = shop({"gloves": ["a", "b"], "tubes": list("abcd"), "bags": list("abcde")})
    away = hidden(panel, [Grouping.category])
    listed, became = (
        suppress(matrix([panel], 0), away),
        suppress(outcomes(panel, groupings=["category"]), away),
    )
    shown = listed[listed["missing"] != "suppressed"]
    assert set(shown["group"]) == {"", "bags"}
    assert set(listed.loc[listed["group"] == "gloves", "articles"]) == {-1}
    assert became.set_index("group")["articles"].to_dict() == {"gloves": -1, "tubes": -1, "bags": 5}
    products = suppress(nordic([panel]), away).set_index("group")["missing"]
    assert set(products["gloves"]) == {"suppressed"}
    assert "suppressed" not in set(products["bags"])


def rank(vectors: list[np.ndarray]) -> int:
    return int(np.linalg.matrix_rank(np.array(vectors), tol=1e-8)) if vectors else 0


class Unknowns:
    """What a reader does not know: for each article, in which years it contains, and which flow it took.

    A group's figure is a sum of these; a vector holds with which factor each of them enters.
    """

    def __init__(self, panel: Panel) -> None:
        self.grid = grid(panel)
        periods, articles = self.grid.periods, len(self.grid.articles)
        self.pairs = [(b, t) for t in range(periods) for b in range(t)]
        self.kinds = [*(it for it in Flow if not it.startswith("moved")), "both"]
        self.size = periods * articles + len(self.pairs) * len(self.kinds) * articles
        self.articles = articles

    def contains(self, period: int, articles: np.ndarray) -> np.ndarray:
        made = np.zeros(self.size)
        made[period * self.articles + articles] = 1
        return made

    def took(self, pair: tuple[int, int], kind: str, articles: np.ndarray) -> np.ndarray:
        made = np.zeros(self.size)
        start = self.grid.periods + self.pairs.index(pair) * len(self.kinds) + self.kinds.index(kind)
        made[start * self.articles + articles] = 1
        return made

    def laws(self) -> list[np.ndarray]:
        """What is so for each article: it contains in both years, or it left, or it came."""
        made = []
        for pair in self.pairs:
            for article in range(self.articles):
                at = np.array([article])
                for period, kinds in zip(pair, (OUT, IN), strict=True):
                    ways = [self.took(pair, str(it), at) for it in kinds if not it.startswith("moved")]
                    both = self.took(pair, "both", at)
                    made.append(self.contains(period, at) - both - np.sum(ways, axis=0))
        return made


def groups(panel: Panel, it: Unknowns) -> dict[tuple[str, str, int], np.ndarray]:
    """The articles of each group in each year."""
    made = {}
    for grouping in BY:
        group = members(panel, it.grid, grouping)
        for period in range(it.grid.periods):
            article, code = group.of(period)
            for number, name in enumerate(group.names):
                made[str(grouping), name, period] = article[code == number]
    return made


@given(panels(least=8, most=18, most_years=3))
def test_nothing_that_is_hidden_can_be_computed_from_what_is_shown(panel: Panel) -> None:
    away = hidden(panel, BY[1:])
    figures = suppress(indicators(panel, groupings=BY), away).astype({"grouping": str, "group": str})
    taken = suppress(flows(panel, groupings=BY), away).astype({"grouping": str, "group": str, "flow": str})
    unknowns = Unknowns(panel)
    of = groups(panel, unknowns)
    counts = figures[(figures["indicator"] == "K1b") & (figures["reading"] == "fixed")]
    open_, secret = unknowns.laws(), []
    for row in counts.itertuples():
        articles = of[row.grouping, row.group, row.period]
        told = unknowns.contains(row.period, articles)
        if row.missing != "suppressed":
            open_.append(told)
        elif len(articles):
            secret.append(told)
    for row in taken.itertuples():
        pair = (row.base, row.period)
        own, other = (row.base, row.period) if row.flow in list(OUT) else (row.period, row.base)
        articles = of[row.grouping, row.group, own]
        kind = row.flow
        if kind.startswith("moved"):
            kind, articles = "both", np.setdiff1d(articles, of[row.grouping, row.group, other])
        told = unknowns.took(pair, kind, articles)
        if row.articles >= 0:
            open_.append(told)
    known = rank(open_)
    for told in secret:
        assert rank([*open_, told]) > known
    for (grouping, period), names in away.groupby(["grouping", "period"], observed=True)["group"]:
        some = np.concatenate([of[grouping, name, period] for name in names])
        whole = of[ALL, "", period]
        if len(np.unique(some)) < len(whole):
            assert len(suppliers(panel, unknowns, some, period)) >= 3


def suppliers(panel: Panel, it: Unknowns, articles: np.ndarray, period: int) -> set[str]:
    rows = panel.panel[panel.panel["period"] == period]
    return set(rows.loc[rows["article"].isin(it.grid.articles[articles]), "supplier"]) - {""}


@given(panels(least=8, most=18))
def test_every_group_that_is_shown_has_three_suppliers(panel: Panel) -> None:
    away = hidden(panel, BY)
    gone_ = set(zip(away["grouping"], away["group"], away["period"], strict=True))
    unknowns = Unknowns(panel)
    for key, articles in groups(panel, unknowns).items():
        if len(articles) and key not in gone_:
            assert len(suppliers(panel, unknowns, articles, key[2])) >= 3
