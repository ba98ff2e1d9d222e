"""What was bought of articles: spend, units, and the mass of what the list names in them (K11, K12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kemkoll.tables import Panel, State, Weight
from kemkoll.trends import comparing
from kemkoll.trends.comparing import Compared
from kemkoll.trends.counting import ENOUGH, Tally, histogram, tally
from kemkoll.trends.figures import Figure, Figures, Heading, Mask, figure, ratio
from kemkoll.trends.grid import Grid
from kemkoll.trends.grouping import Members

_PER_KG = 1e9  # µg


class Measured(NamedTuple):
    """How a weight is called in the tables."""

    column: str
    prefix: str
    unit: str
    missing: str


MEASURED = {
    Weight.spend: Measured("spend_ore", "K11", "ore", "no_spend"),
    Weight.units: Measured("units", "K12", "count", "no_units"),
}


@dataclass(frozen=True)
class Weighed:
    """Sums of a weight, and of how many articles it is known.

    Attributes:
        sums: of the weight.
        known: share of the articles whose weight is known: groups × periods.
        nothing: where there are too few of them, or nothing was bought: groups × periods.
    """

    sums: Tally
    known: Figure
    nothing: Sequence[Mask]

    def at(self, among: Compared) -> list[Mask]:
        """Where that is so in either of the two periods."""
        return [
            (np.asarray(mask)[:, among.bases] | np.asarray(mask)[:, among.periods], code)
            for mask, code in self.nothing
        ]


def weighed(panel: Panel, grid: Grid, members: Members, states: np.ndarray, weight: Weight) -> Weighed:
    """What was bought, by group and period.

    Args:
        states: one `State` per ordered row of the grid.
    """
    measured = MEASURED[weight]
    given = grid.ordered(panel.panel[measured.column])
    kinds = np.where(states == State.absent, 0, np.where(given >= 0, 2, 1))
    counts = histogram(grid, members, kinds, 3)
    every, known = counts[..., 1] + counts[..., 2], counts[..., 2]
    share = figure(ratio(known, every), known, every, missing=[(every == 0, "no_articles")])
    sums = tally(grid, members, states, given)
    few = (every > 0) & (known < ENOUGH * every)
    return Weighed(
        sums, share, [(few, measured.missing), ((every > 0) & (sums.every == 0), "nothing_bought")]
    )


def add_weighed(
    figures: Figures,
    single: Heading,
    double: Heading,
    bought: Weighed,
    among: Compared,
    weight: Weight,
    prices: np.ndarray | None,
) -> None:
    """Take in K0, K3, and K11 or the first of K12.

    Args:
        single, double: headings of single periods, and of pairs.
        prices: by how much each pair's later prices are higher; without them nothing is deflated.
    """
    sums, nothing, either = bought.sums, bought.nothing, bought.at(among)
    _, prefix, unit, _ = MEASURED[weight]
    covered = ratio(sums.declared, sums.every)
    later = covered[:, among.periods]
    figures.add(single, "K0", "share", comparing.coverage(sums, nothing), covered)
    figures.add(single, "K3", "share", comparing.share_of_all(sums, nothing), covered)
    figures.add(single, f"{prefix}g", "share", bought.known, covered)
    share = comparing.share_of_declared(sums, nothing)
    reduced = comparing.reduction(sums, among, nothing=either)
    if weight == Weight.units:
        figures.add(single, "K12", unit, comparing.total(sums, nothing), covered)
        figures.add(double, "K12b", "share", reduced, later)
        figures.add(single, "K12c", "share", share, covered)
        return
    figures.add(single, "K11", "share", share, covered)
    figures.add(double, "K11b", "share", comparing.reduction_of_share(sums, among, either), later)
    figures.add(double, "K11c", "points", comparing.difference_of_shares(sums, among, either), later)
    figures.add(single, "K11d", unit, comparing.total(sums, nothing), covered)
    figures.add(double, "K11e", "share", reduced, later)
    unpriced: list[Mask] = [(True, "no_index")] if prices is None else [(np.isnan(prices), "no_index")]
    deflated = comparing.reduction(sums, among, prices=prices, nothing=[*either, *unpriced])
    figures.add(double, "K11f", "share", deflated, later)


def add_mass(
    figures: Figures, single: Heading, double: Heading, panel: Panel, grid: Grid, members: Members,
    states: np.ndarray, among: Compared, coverage: np.ndarray,
) -> None:  # fmt: skip
    """Take in the rest of K12: kilograms of what the list names in what was bought, as an interval.

    Only where the content and the units of at least 80 % of the containing articles are known. The interval
    is that of what was declared of them; of the others, and of the unknown ones, it says nothing.
    """
    table = panel.panel
    units, low, high = (grid.ordered(table[name]) for name in ("units", "content_low_ug", "content_high_ug"))
    contains = states == State.contains
    known = contains & (units >= 0) & (low >= 0) & (high >= 0)
    counts = histogram(grid, members, contains.astype(np.int8) + known, 3)
    every, sure = counts[..., 1] + counts[..., 2], counts[..., 2]
    least, most = (_kilograms(grid, members, known, units, content) for content in (low, high))
    empty = np.isnan(coverage)
    few = (every > 0) & (sure < ENOUGH * every)
    nothing: list[Mask] = [(empty, "no_articles"), (coverage == 0, "undeclared"), (few, "no_content")]
    mass = figure((least + most) / 2, sure, every, low=least, high=most, missing=nothing)
    figures.add(single, "K12d", "kg", mass, coverage)
    shares = figure(
        ratio(sure, every), sure, every, missing=[*nothing[:2], (every == 0, "none_contained_now")]
    )
    figures.add(single, "K12h", "share", shares, coverage)
    figures.add(double, "K12e", "share", _reduced(mass, nothing, among), coverage[:, among.periods])


def _kilograms(
    grid: Grid, members: Members, known: np.ndarray, units: np.ndarray, content: np.ndarray
) -> np.ndarray:
    masses = np.where(known, units.astype(np.float64) * content, 0)[members.row]
    return histogram(grid, members, np.zeros(len(units), dtype=np.int8), 1, masses)[..., 0] / _PER_KG


def _reduced(mass: Figure, nothing: Sequence[Mask], among: Compared) -> Figure:
    """K12e: by how much less the middle of the interval is than in the base."""
    (before, low, high), (after, least, most) = (
        (mass.value[:, at], mass.low[:, at], mass.high[:, at]) for at in (among.bases, among.periods)
    )
    either = [
        (np.asarray(mask)[:, among.bases] | np.asarray(mask)[:, among.periods], code)
        for mask, code in nothing
    ]
    return figure(
        1 - ratio(after, before),
        after,
        before,
        low=1 - ratio(most, low),
        high=1 - ratio(least, high),
        missing=[*among.not_compared, *either, (low == 0, "no_mass")],
    )
