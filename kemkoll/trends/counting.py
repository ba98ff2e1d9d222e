"""How many articles there are, how many somebody has answered for, and how many contain: by group and
period.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kemkoll.tables import State
from kemkoll.trends.grid import Grid
from kemkoll.trends.grouping import Members

ENOUGH = 0.8
"""Least share of the articles whose weight must be known for a weighted figure."""
_KINDS = len(State)


@dataclass(frozen=True)
class Tally:
    """Sums of weights: groups × periods, or groups × pairs where it has been taken at them.

    Attributes:
        every: of all in the assortment.
        declared: of those that somebody has answered for.
        contains: of those of them that contain.
        unknown: of those that nobody has answered for.
    """

    every: np.ndarray
    declared: np.ndarray
    contains: np.ndarray
    unknown: np.ndarray

    def at(self, periods: np.ndarray) -> Tally:
        """The sums of these periods, in their order."""
        return Tally(
            self.every[:, periods],
            self.declared[:, periods],
            self.contains[:, periods],
            self.unknown[:, periods],
        )


def tally(grid: Grid, members: Members, states: np.ndarray, weights: np.ndarray | None = None) -> Tally:
    """The sums for each group and period.

    Args:
        states: one `State` per ordered row of the grid.
        weights: what each of them counts for, whole numbers; below 0: unknown, and left out.
    """
    weighed = None if weights is None else np.maximum(weights, 0)[members.row].astype(np.float64)
    sums = histogram(grid, members, states, _KINDS, weighed)
    free, contains, unknown = sums[..., State.free], sums[..., State.contains], sums[..., State.unknown]
    return Tally(free + contains + unknown, free + contains, contains, unknown)


def histogram(
    grid: Grid, members: Members, numbers: np.ndarray, kinds: int, weights: np.ndarray | None = None
) -> np.ndarray:
    """How many rows are of each kind: groups × periods × kinds.

    Args:
        numbers: one per ordered row of the grid, from 0: its kind.
        weights: what each membership counts for.
    """
    shape = (len(members.names), grid.periods, kinds)
    key = (members.code.astype(np.int64) * grid.periods + members.period) * kinds + numbers[members.row]
    made = np.bincount(key, weights, minlength=int(np.prod(shape)))
    return made.astype(np.float64).reshape(shape)
