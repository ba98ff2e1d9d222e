"""Every figure that follows from a panel: K0 to K12 and K18, by reading, weight and group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kemkoll.tables import EvidenceLevel, Panel, Reading, State, Weight
from kemkoll.trends import comparing, substitution
from kemkoll.trends.comparing import Compared, compared
from kemkoll.trends.counting import Tally, histogram, tally
from kemkoll.trends.crossing import Story, stories
from kemkoll.trends.figures import Figures, Heading, figure, ratio
from kemkoll.trends.grid import Grid, Pair, checked, grid
from kemkoll.trends.grouping import ALL, Members, members
from kemkoll.trends.likeness import like_for_like
from kemkoll.trends.weighing import MEASURED, add_mass, add_weighed, weighed

REDUCTION = {Reading.fixed: "K1", Reading.reread: "K6", Reading.own: "K7"}
"""The indicator that says by how much fewer articles contain: its name tells by which list they are read."""
_LEVELS = list(EvidenceLevel)[1:]


@dataclass(frozen=True)
class _Work:
    """What is needed for the figures of one reading and one grouping."""

    panel: Panel
    grid: Grid
    members: Members
    story: Story
    among: Compared
    reading: Reading
    states: np.ndarray
    figures: Figures
    sums: Tally

    @property
    def coverage(self) -> np.ndarray:
        """Share of the articles that somebody has answered for: groups × periods."""
        return ratio(self.sums.declared, self.sums.every)

    def headings(self, weight: Weight) -> tuple[Heading, Heading]:
        """Those of single periods, and of pairs."""
        bases, periods = zip(*self.among.pairs, strict=True)
        common = Heading(str(self.reading), str(weight), self.members.grouping, self.members.names)
        return common.alone(self.grid.periods), replace(common, bases=bases, periods=periods)


def indicators(
    panel: Panel,
    *,
    readings: Sequence[Reading] = tuple(Reading),
    weights: Sequence[Weight] = tuple(Weight),
    groupings: Sequence[str] = (ALL,),
    pairs: Iterable[Pair] | None = None,
    price_index: Sequence[float] | None = None,
) -> pd.DataFrame:
    """K0 to K12 and K18: `INDICATORS`, a row per figure, reading, weight, group and period or pair of them.

    Their names stand in `kemkoll.trends`; one that there is not has a code of `words.MISSING`, and no value.

    Args:
        panel: who was in the assortment, and what was found.
        readings: by which editions of the list.
        weights: what articles count for.
        groupings: of `Grouping`; "" is all articles together.
        pairs: base and period of what is compared; without them each period with the base of the series and
            with the one before it.
        price_index: one per period, of any year's prices; without it totals of money are not deflated.

    Raises:
        ValueError: a pair or the index does not fit the periods, or the panel is none.
    """
    size, figures = len(panel.periods), Figures()
    if not size:
        return figures.table()
    if price_index is not None and len(price_index) != size:
        raise ValueError(f"the price index has {len(price_index)} values for {size} periods")
    made = grid(panel)
    among = compared(made, checked(pairs, panel))
    told = stories(panel, made, list(readings))
    for grouping in groupings:
        group = members(panel, made, grouping)
        for reading in readings:
            states = made.ordered(panel.panel[str(reading)])
            parts = (panel, made, group, told[reading], among, reading, states, figures)
            _add(_Work(*parts, tally(made, group, states)), weights, price_index)
    return figures.table()


def _add(work: _Work, weights: Sequence[Weight], price_index: Sequence[float] | None) -> None:
    if Weight.articles in weights:
        _add_counts(work)
        _add_evidence(work)
        _add_flows(work)
        _add_growth(work)
    for weight in (weight for weight in MEASURED if weight in weights):
        bought = weighed(work.panel, work.grid, work.members, work.states, weight)
        prices = _prices(work.among, price_index)
        add_weighed(work.figures, *work.headings(weight), bought, work.among, weight, prices)
    if Weight.mass in weights:
        add_mass(
            work.figures, *work.headings(Weight.mass), work.panel, work.grid, work.members, work.states,
            work.among, work.coverage,
        )  # fmt: skip


def _prices(among: Compared, price_index: Sequence[float] | None) -> np.ndarray | None:
    if price_index is None:
        return None
    index = np.asarray(price_index, dtype=np.float64)
    return ratio(index[among.periods], index[among.bases])


def _add_counts(work: _Work) -> None:
    """K0 to K7."""
    sums, covered = work.sums, work.coverage
    single, double = work.headings(Weight.articles)
    later = covered[:, work.among.periods]
    for name, unit, made in (
        ("K0", "share", comparing.coverage(sums)),
        ("K1b", "count", comparing.total(sums)),
        ("K2", "share", comparing.share_of_declared(sums)),
        ("K3", "share", comparing.share_of_all(sums)),
    ):
        work.figures.add(single, name, unit, made, covered)
    for name, unit, made in (
        (REDUCTION[work.reading], "share", comparing.reduction(sums, work.among)),
        ("K2b", "share", comparing.reduction_of_share(sums, work.among)),
        ("K2c", "points", comparing.difference_of_shares(sums, work.among)),
        ("K8", "count", substitution.net_change(sums, work.among)),
    ):
        work.figures.add(double, name, unit, made, later)
    for name, function in (("K4", False), ("K5", True)):
        same, matched = like_for_like(work.members, work.story, work.among, function=function)
        work.figures.add(double, name, "share", same, matched)


def _add_evidence(work: _Work) -> None:
    """K0 by what answers for the articles: at least a statement, a content, a laboratory."""
    level = work.grid.ordered(work.panel.panel["evidence_level"])
    declared = work.states >= State.free
    kinds = np.where(work.states == State.absent, 0, np.where(declared, level, 0) + 1)
    counts = histogram(work.grid, work.members, kinds, len(EvidenceLevel) + 1)
    every = counts[..., 1:].sum(axis=-1)
    single, _ = work.headings(Weight.articles)
    for least in _LEVELS:
        enough = counts[..., least + 1 :].sum(axis=-1)
        made = figure(ratio(enough, every), enough, every, missing=[(every == 0, "no_articles")])
        work.figures.add(single, f"K0_{int(least)}", "share", made, made.value)


def _add_flows(work: _Work) -> None:
    """K8 to K10."""
    sums, among = work.sums, work.among
    flows = substitution.Flows(work.members, work.story, among)
    _, double = work.headings(Weight.articles)
    covered = work.coverage[:, among.periods]
    for name, unit, made in (
        ("K8a", "count", substitution.real_change(flows, sums, among)),
        ("K8b", "count", substitution.effect_of_information(flows, sums, among)),
        ("K8c", "count", substitution.unexplained(flows, sums, among)),
        ("K9", "share", substitution.substitution(flows, among)),
        ("K9b", "share", substitution.substitution_of_base(flows, sums, among)),
        ("K10", "share", substitution.regrettable(flows, among)),
        ("K10b", "share", substitution.unknown_replacement(flows, among)),
    ):
        work.figures.add(double, name, unit, made, covered)


def _add_growth(work: _Work) -> None:
    """K18: how many entries the list has, and how many articles only those meet that the first edition
    lacks.
    """
    if work.reading != Reading.own:
        return
    fixed = work.grid.ordered(work.panel.panel["fixed"])
    newly = (work.states == State.contains) & (fixed != State.contains)
    kinds = np.where(work.states == State.absent, 0, 1 + newly)
    counts = histogram(work.grid, work.members, kinds, 3)
    every, hit = counts[..., 1] + counts[..., 2], counts[..., 2]
    sums, covered = work.sums, work.coverage
    single, _ = work.headings(Weight.articles)
    entries = np.broadcast_to(work.panel.periods["entries"].to_numpy(), every.shape)
    made = figure(entries, entries, missing=[(entries < 0, "no_edition")])
    if work.members.grouping == ALL:
        work.figures.add(single, "K18", "count", made, covered)
    nothing = [(every == 0, "no_articles"), (sums.declared == 0, "undeclared")]
    at_most = hit + sums.unknown
    made = figure(hit, hit, every, low=hit, high=at_most, missing=nothing)
    work.figures.add(single, "K18b", "count", made, covered)
