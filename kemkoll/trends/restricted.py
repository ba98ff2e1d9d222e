"""The share of contract products without restricted substances, as Nordic buyers publish it (K17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from kemkoll.tables import NONE, Grouping, Panel, Reading, State
from kemkoll.trends.candour import rank, state
from kemkoll.trends.counting import tally
from kemkoll.trends.figures import Figures, Heading, figure, ratio
from kemkoll.trends.grid import Grid, grid
from kemkoll.trends.grouping import ALL, members


def nordic(
    panels: Sequence[Panel], *, reading: Reading = Reading.own, grouping: str = Grouping.category
) -> pd.DataFrame:
    """K17: `INDICATORS` of contract products that are free by all lists together, and by each of them alone.

    A product counts as without restricted substances only where somebody has answered for it; what is unknown
    may be, and so is in `high`. Sub-shares are called `K17:` and the list. Whoever shows them to everybody
    asks `hidden` of the panel `under_contract`: a category may have many suppliers, and few of them a
    contract.

    Args:
        panels: one per list, of the same series and assortment.
        grouping: by what they are told apart; all of them together are always there.

    Raises:
        ValueError: the panels are not of the same periods.
    """
    figures = Figures()
    if not panels or not len(panels[0].periods):
        return figures.table()
    first = panels[0]
    if any(it.periods["day"].tolist() != first.periods["day"].tolist() for it in panels):
        raise ValueError("the panels are not of the same periods")
    made = grid(first)
    bought = _bought(first, made)
    each = [_states(made, it, reading) for it in panels]
    worst = state(np.max([rank(states) for states in each], axis=0))
    names = ["K17", *(f"K17:{it.list}" for it in panels)]
    for by in (ALL, grouping):
        for name, states in zip(names, [worst, *each], strict=True):
            _add(figures, first, made, by, name, np.where(bought, states, State.absent), reading)
    return figures.table()


def under_contract(panel: Panel) -> Panel:
    """The same panel without the articles that no contract names in the period."""
    made = grid(panel)
    return replace(panel, panel=panel.panel.iloc[np.sort(made.order[_bought(panel, made)])])


def _bought(panel: Panel, made: Grid) -> np.ndarray:
    """Which ordered rows are of articles under a contract in their period."""
    table = panel.contracted
    article, period = made.places(table["article"]), table["period"].to_numpy()
    known = (article != NONE) & (period >= 0) & (period < made.periods) & (table["contract"] != "").to_numpy()
    under = np.zeros((made.periods, len(made.articles)), dtype=bool)
    under[period[known], article[known]] = True
    return np.asarray(under[made.period, made.row])


def _states(made: Grid, panel: Panel, reading: Reading) -> np.ndarray:
    """What another list says of the same ordered rows; what it does not know is unknown."""
    own = grid(panel)
    states = own.matrix(panel.panel[str(reading)])
    place = own.places(pd.Series(made.articles))
    found = np.where(place == NONE, State.absent, 1).astype(np.int8)[made.row]
    there = states[made.period, np.maximum(place, 0)[made.row]] if len(own.articles) else found
    told = np.where(found > 0, there, State.absent)
    return np.where(told == State.absent, State.unknown, told).astype(np.int8)


def _add(
    figures: Figures, panel: Panel, made: Grid, by: str, name: str, states: np.ndarray, reading: Reading
) -> None:
    group = members(panel, made, by)
    sums = tally(made, group, states)
    free = sums.declared - sums.contains
    recorded = np.bincount(made.period[states > 0], minlength=made.periods) > 0
    share = figure(
        ratio(free, sums.every),
        free,
        sums.every,
        low=ratio(free, sums.every),
        high=ratio(free + sums.unknown, sums.every),
        missing=[
            (~recorded, "no_contracts"),
            (sums.every == 0, "no_articles"),
            (sums.declared == 0, "undeclared"),
        ],
    )
    heading = Heading(str(reading), "articles", group.grouping, group.names).alone(made.periods)
    figures.add(heading, name, "share", share, ratio(sums.declared, sums.every))
