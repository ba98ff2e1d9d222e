"""The worked example of the indicators, from what suppliers handed in to the figures.

9 000 articles over four years, on both databases: declarations, corrections, answers and successors are added
as files, judged by two editions of a list, and frozen at the end of each year.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
import pytest
import worked_years as years
from stores import BY, place

from kemkoll import trends
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.panel import panels
from kemkoll.assortment.registers.entering import add_registers
from kemkoll.assortment.snapshots import series, take
from kemkoll.lists.editions import library_of
from kemkoll.lists.proposing import accept, propose
from kemkoll.store import Store
from kemkoll.tables import Panel

pytestmark = pytest.mark.slow
BASE, LAST = 0, len(years.YEARS) - 1


class Worked(NamedTuple):
    panel: Panel
    figures: pd.DataFrame
    flows: pd.DataFrame


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def worked(request: pytest.FixtureRequest, registry: Any, tmp_path_factory: Any) -> Iterator[Worked]:
    folder = tmp_path_factory.mktemp("years")
    with pytest.MonkeyPatch.context() as patch, place(request.param, folder / "kemkoll.db") as where:
        patch.setenv("KEMKOLL_HOME", str(folder / "home"))
        with Store.create(where, by=BY, at="2015-01-02T10:00:00.000Z") as store:
            _live(store, folder, registry)
            with store.reading() as known:
                panel = panels(known, series(known), [years.LIST], registry=registry)[years.LIST]
        yield Worked(panel, trends.indicators(panel), trends.flows(panel))


def _live(store: Store, folder: Any, registry: Any) -> None:
    """Four years of a region: what it does each December, and the snapshot in January."""
    region = years.Region()
    for year in years.YEARS:
        at = f"{year}-12-15T10:00:00.000Z"
        if year in years.EDITIONS:
            proposal = propose([years.list_file(folder, year)], on=f"{year}-01-05")
            assert proposal.obstacles == 0
            accept(proposal)
        files = [("assortment", years.assortment_file(folder, region, year))]
        if year == years.YEARS[0]:
            files = [
                ("profile", years.profile_file(folder)),
                ("contracts", years.contracts_file(folder)),
                *files,
            ]
        else:
            files.append(("successors", years.successors_file(folder, region, year)))
        for kind, file in files:
            (entered,) = add_registers(store, [str(file)], kind, by=BY, at=at, on=at[:10])
            assert (entered.status, len(entered.problems)) == ("added", 0)
        names = map(str, years.declaration_files(folder, region, year))
        for added in add_declarations(store, names, registry=registry, by=BY, at=at):
            assert (added.status, added.new_articles, len(added.declarations.problems)) == ("added", (), 0)
        now, source = f"{year + 1}-01-20T10:00:00.000Z", library_of()
        take(store, f"{year}-12-31", by=BY, at=now, source=source, registry=registry, profile="matning")


def said(worked: Worked, indicator: str, reading: str, column: str = "value") -> float:
    """One figure of the last year, beside the first where it compares."""
    rows = worked.figures[(worked.figures["indicator"] == indicator) & (worked.figures["reading"] == reading)]
    rows = rows[(rows["weight"] == "articles") & (rows["period"] == LAST) & rows["base"].isin([BASE, -1])]
    (row,) = rows[column].tolist()
    return round(100 * row, 1)


def test_each_year(worked: Worked) -> None:
    """Articles, declared, unknown, containing."""
    states = pd.crosstab(worked.panel.panel["period"], worked.panel.panel["fixed"])
    rows = states.assign(articles=states.sum(axis=1), declared=states[2] + states[3])
    assert rows[["articles", "declared", 1, 3]].to_numpy().tolist() == [
        [9000, 7200, 1800, 1250],
        [8900, 7565, 1335, 1085],
        [8750, 7962, 788, 880],
        [8600, 8170, 430, 700],
    ]


def test_figures(worked: Worked) -> None:
    assert said(worked, "K0", "fixed") == 95.0
    assert said(worked, "K1", "fixed") == 44.0
    assert said(worked, "K2b", "fixed") == 50.6
    assert (said(worked, "K1", "fixed", "low"), said(worked, "K1", "fixed", "high")) == (9.6, 77.0)
    assert said(worked, "K4", "fixed") == 24.9
    assert said(worked, "K5", "fixed") == 43.0
    assert said(worked, "K6", "reread") == 43.2
    assert said(worked, "K7", "own") == 38.9
    assert said(worked, "K9", "fixed") == 72.2
    assert said(worked, "K9b", "fixed") == 36.4
    assert (said(worked, "K10", "fixed"), said(worked, "K10b", "fixed")) == (6.8, 0.0)


def test_flows(worked: Worked) -> None:
    rows = worked.flows[(worked.flows["reading"] == "fixed") & (worked.flows["grouping"] == "")]
    rows = rows[(rows["base"] == BASE) & (rows["period"] == LAST) & (rows["articles"] > 0)]
    assert dict(zip(rows["flow"].astype(object), rows["articles"], strict=True)) == {
        "reformulated": 190, "replaced": 265, "delisted": 130, "corrected": 25, "lapsed": 20,
        "new_containing": 45, "revealed": 28, "corrected_containing": 7,
    }  # fmt: skip


def test_editions(worked: Worked) -> None:
    assert worked.panel.periods["entries"].tolist() == [4, 4, 4, 6]
    assert set(worked.panel.found["entry"][worked.panel.found["newer"]]) == {"dinp"}


def test_groups_add_up(worked: Worked) -> None:
    whole = trends.flows(worked.panel, groupings=["", "category", "supplier"])
    rows = whole[(whole["reading"] == "fixed") & (whole["base"] == BASE) & (whole["period"] == LAST)]
    counts = rows.groupby(["grouping", "flow"], observed=True)["articles"].sum().unstack()
    assert counts.loc["category"].equals(counts.loc[""])
    assert counts.loc["supplier"].equals(counts.loc[""])
