"""What stands in the place of an article that has left the assortment."""

from __future__ import annotations

import numpy as np

from kemkoll.tables import NONE, Panel
from kemkoll.trends.candour import rank, state
from kemkoll.trends.grid import Grid


def heirs(panel: Panel, grid: Grid, period: int) -> tuple[np.ndarray, np.ndarray]:
    """Who took the place of whom: articles that are not there in the period, and those that are instead.

    A chain of successors is followed to the first that is there. One that came after the day of the period
    does not count. An article may have several.
    """
    table = panel.successions
    day, since = grid.days[period], table["since"].astype(object).to_numpy()
    counts = (since == "") | (since <= day)
    old, new = grid.places(table["article"])[counts], grid.places(table["successor"])[counts]
    order = np.argsort(old, kind="stable")
    old, new = old[order], new[order]
    there = np.zeros(len(grid.articles), dtype=bool)
    there[grid.row[grid.rows(period)]] = True
    origin = current = np.unique(old[~there[old]])
    reached: list[np.ndarray] = []
    seen = np.empty(0, dtype=np.int64)
    while len(origin):  # once for each link of the longest chain
        first, last = np.searchsorted(old, current, "left"), np.searchsorted(old, current, "right")
        times = last - first
        origin = np.repeat(origin, times)
        steps = np.arange(len(origin)) - np.repeat(np.cumsum(times) - times, times)
        current = new[np.repeat(first, times) + steps]
        met = np.unique(origin * len(grid.articles) + current)
        met = met[~np.isin(met, seen, assume_unique=True)]  # a circle ends
        seen = np.concatenate([seen, met])
        origin, current = np.divmod(met, len(grid.articles))
        reached.append(met[there[current]])
        origin, current = origin[~there[current]], current[~there[current]]
    found = np.concatenate([*reached, np.empty(0, dtype=np.int64)])
    found = np.unique(found)
    return tuple(np.divmod(found, max(len(grid.articles), 1)))  # type: ignore[return-value]


def inherited(states: np.ndarray, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The states of one period, where the worst of those that took an article's place stands for it.

    Args:
        states: one `State` per article.
        old, new: as `heirs` gives them.

    >>> states = np.array([0, 2, 3, 1], dtype=np.int8)
    >>> inherited(states, np.array([0, 0]), np.array([1, 3])).tolist()
    [1, 2, 3, 1]
    """
    made = rank(states)
    np.maximum.at(made, old, made[new])
    return state(made)


def inherited_kin(kin: np.ndarray, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The same for whether another substance of the kind is in it: yes is worst, then unknown.

    >>> inherited_kin(np.array([-1, 0, -1], dtype=np.int8), np.array([0]), np.array([1])).tolist()
    [0, 0, -1]
    """
    rank = np.zeros(len(kin), dtype=np.int8)
    order = np.array([0, 2, 1], dtype=np.int8)  # by kin: not, yes, unknown (the last, as -1 is)
    np.maximum.at(rank, old, order[kin[new]])
    made = kin.copy()
    replaced = np.unique(old)
    made[replaced] = np.array([0, NONE, 1], dtype=np.int8)[rank[replaced]]
    return made
