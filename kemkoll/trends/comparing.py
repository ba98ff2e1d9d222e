"""Two periods beside each other: reductions of numbers and shares, and what the unknown may hide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kemkoll.trends.counting import Tally
from kemkoll.trends.figures import Figure, Mask, figure, ratio
from kemkoll.trends.grid import NO_BASE, Grid, Pair, columns


@dataclass(frozen=True)
class Compared:
    """Which periods are compared, and where that says nothing.

    Attributes:
        pairs: base and period of each.
        bases, periods: the same, to take columns by.
        not_compared: where there is no base, and where the series is broken in between.
    """

    pairs: Sequence[Pair]
    bases: np.ndarray
    periods: np.ndarray
    not_compared: Sequence[Mask]


def compared(grid: Grid, pairs: Sequence[Pair]) -> Compared:
    """What is to be known of pairs of periods before anything is counted."""
    bases, periods = columns(pairs)
    alone = np.array([base == NO_BASE for base, _ in pairs], dtype=bool)
    broken = np.array(
        [grid.is_broken(int(base), int(period)) for base, period in zip(bases, periods, strict=True)]
    )
    return Compared(pairs, bases, periods, [(alone, "no_base"), (broken.astype(bool), "broken")])


def share_of_declared(sums: Tally, nothing: Sequence[Mask] = ()) -> Figure:
    """K2: of the declared those that contain; its bounds are those of the share of all (K3)."""
    low, high = bounds(sums)
    return figure(
        ratio(sums.contains, sums.declared),
        sums.contains,
        sums.declared,
        low=low,
        high=high,
        missing=[*nothing, *_undeclared(sums)],
    )


def share_of_all(sums: Tally, nothing: Sequence[Mask] = ()) -> Figure:
    """K3: of all those that are known to contain, up to those that may."""
    low, high = bounds(sums)
    missing = [*nothing, (sums.every == 0, "no_articles")]
    return figure(low, sums.contains, sums.every, low=low, high=high, missing=missing)


def coverage(sums: Tally, nothing: Sequence[Mask] = ()) -> Figure:
    """K0: of all those that somebody has answered for."""
    missing = [*nothing, (sums.every == 0, "no_articles")]
    return figure(ratio(sums.declared, sums.every), sums.declared, sums.every, missing=missing)


def total(sums: Tally, nothing: Sequence[Mask] = ()) -> Figure:
    """The sum of what contains; at most, of what may."""
    return figure(
        sums.contains,
        sums.contains,
        low=sums.contains,
        high=sums.contains + sums.unknown,
        missing=[*nothing, *_undeclared(sums)],
    )


def bounds(sums: Tally) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest share of all that contains, whatever the unknown articles hold.

    >>> shares = Tally(*(np.array([[number]]) for number in (10.0, 8.0, 2.0, 2.0)))
    >>> [share.tolist() for share in bounds(shares)]
    [[[0.2]], [[0.4]]]
    """
    return ratio(sums.contains, sums.every), ratio(sums.contains + sums.unknown, sums.every)


def reduction(
    sums: Tally, among: Compared, *, prices: np.ndarray | None = None, nothing: Sequence[Mask] = ()
) -> Figure:
    """K1, K6, K7, and of spend and units: by how much less contains than in the base.

    Args:
        prices: by how much each pair's later prices are higher.
    """
    before, after = sums.at(among.bases), sums.at(among.periods)
    level = np.ones(len(among.pairs)) if prices is None else prices
    now, may_be = after.contains / level, (after.contains + after.unknown) / level
    missing = [
        *among.not_compared,
        *nothing,
        *_undeclared(before),
        *_undeclared(after),
        (before.contains == 0, "none_contained"),
    ]
    return figure(
        1 - ratio(now, before.contains),
        now,
        before.contains,
        low=1 - ratio(may_be, before.contains),
        high=1 - ratio(now, before.contains + before.unknown),
        missing=missing,
    )


def reduction_of_share(sums: Tally, among: Compared, nothing: Sequence[Mask] = ()) -> Figure:
    """K2b: by how much the share of the declared is less than in the base, as a share of it."""
    before, after, missing = _shares(sums, among, nothing)
    missing = [*missing, (before.value == 0, "none_contained")]
    return figure(
        1 - ratio(after.value, before.value),
        after.value,
        before.value,
        low=1 - ratio(after.high, before.low),
        high=1 - ratio(after.low, before.high),
        missing=missing,
    )


def difference_of_shares(sums: Tally, among: Compared, nothing: Sequence[Mask] = ()) -> Figure:
    """K2c: the same in percentage points, as a number from -1 to 1."""
    before, after, missing = _shares(sums, among, nothing)
    low, high = before.low - after.high, before.high - after.low
    return figure(before.value - after.value, after.value, before.value, low=low, high=high, missing=missing)


def _shares(sums: Tally, among: Compared, nothing: Sequence[Mask]) -> tuple[Figure, Figure, list[Mask]]:
    before, after = sums.at(among.bases), sums.at(among.periods)
    missing = [*among.not_compared, *nothing, *_undeclared(before), *_undeclared(after)]
    return share_of_declared(before), share_of_declared(after), missing


def _undeclared(sums: Tally) -> list[Mask]:
    return [(sums.every == 0, "no_articles"), (sums.declared == 0, "undeclared")]
