"""A panel as matrices, one row per period and one column per article: what all figures are counted from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.tables import NONE, Panel, State

Pair = tuple[int, int]
"""Two periods that are compared, the base first; `NO_BASE` first where there is nothing to compare with."""
NO_BASE = NONE


@dataclass(frozen=True)
class Grid:
    """Which article stands where.

    Attributes:
        articles: their numbers, smallest first; also of successors that were in no period.
        days: the day of each period.
        broken: whether a period cannot be compared with what was before it.
        order: row numbers of the panel, by period.
        row: for each of them which article it is: its place in `articles`.
        period: for each of them its period.
    """

    articles: np.ndarray
    days: Sequence[str]
    broken: np.ndarray
    order: np.ndarray
    row: np.ndarray
    period: np.ndarray

    @property
    def periods(self) -> int:
        return len(self.days)

    def rows(self, period: int) -> slice:
        """Which of the ordered rows are those of a period."""
        return slices(self.period, period)

    def ordered(self, column: pd.Series) -> np.ndarray:
        """A column of the panel, by period."""
        return np.asarray(column.to_numpy()[self.order])

    def matrix(self, column: pd.Series, nothing: int = State.absent) -> np.ndarray:
        """A column of the panel as period × article; `nothing` where an article is not in the assortment."""
        values = self.ordered(column)
        made = np.full((self.periods, len(self.articles)), nothing, dtype=values.dtype)
        made[self.period, self.row] = values
        return made

    def places(self, articles: pd.Series) -> np.ndarray:
        """The place of each article; `NONE` for one that the panel does not know."""
        given = articles.to_numpy()
        if not len(self.articles):
            return np.full(len(given), NONE)
        found = np.minimum(np.searchsorted(self.articles, given), len(self.articles) - 1)
        return np.where(self.articles[found] == given, found, NONE)

    def is_broken(self, base: int, period: int) -> bool:
        """Whether the series breaks after the base, up to the period."""
        return bool(self.broken[base + 1 : period + 1].any())


def slices(periods: np.ndarray, period: int) -> slice:
    """Which of the periods, smallest first, are this one.

    >>> slices(np.array([0, 0, 2, 2, 2]), 2)
    slice(2, 5, None)
    """
    wanted = np.array([period, period + 1], dtype=periods.dtype)  # another type would copy all periods
    first, last = np.searchsorted(periods, wanted)
    return slice(int(first), int(last))


def grid(panel: Panel) -> Grid:
    """The matrices of a panel.

    Raises:
        ValueError: a row is of a period that there is none of, or an article stands twice in one.

    >>> from kemkoll.tables import PANEL, PERIODS
    >>> periods = PERIODS.conform(pd.DataFrame({"name": ["2024", "2025"]}))
    >>> rows = pd.DataFrame({"period": [1, 0, 1], "article": [7, 7, 3], "fixed": [2, 3, 1]})
    >>> made = grid(Panel(periods=periods, panel=PANEL.conform(rows)))
    >>> made.articles.tolist(), made.matrix(PANEL.conform(rows)["fixed"]).tolist()
    ([3, 7], [[0, 3], [1, 2]])
    """
    rows, successions = panel.panel, panel.successions
    known = np.concatenate([rows["article"], successions["article"], successions["successor"]])
    codes, articles = pd.factorize(known.astype(np.int64), sort=True)
    period = rows["period"].to_numpy()
    if len(period) and not (period.min() >= 0 and period.max() < len(panel.periods)):
        raise ValueError("the panel has rows of periods that are not among its periods")
    order = np.argsort(period.astype(np.int16), kind="stable")
    made = Grid(
        np.asarray(articles),
        panel.periods["day"].astype(object).tolist(),
        (panel.periods["broken"] != "").to_numpy(),
        order,
        codes[: len(rows)][order],
        period[order],
    )
    times = np.zeros((made.periods, len(made.articles)), dtype=np.int8)
    times[made.period, made.row] = 1
    if int(times.sum(dtype=np.int64)) < len(rows):
        raise ValueError("an article stands twice in one period of the panel")
    return made


def pairs_of(panel: Panel) -> list[Pair]:
    """Which periods are compared: each with the base of the series, and with the period before it.

    >>> from kemkoll.tables import PERIODS
    >>> pairs_of(Panel(periods=PERIODS.conform(pd.DataFrame({"name": ["2023", "2024", "2025"]}))))
    [(0, 1), (0, 2), (1, 2)]
    """
    size = len(panel.periods)
    from_base = [(panel.base, period) for period in range(panel.base + 1, size)] if panel.base >= 0 else []
    return sorted({*from_base, *((period - 1, period) for period in range(1, size))})


def checked(pairs: Iterable[Pair] | None, panel: Panel) -> list[Pair]:
    """The pairs asked for; without any, each period with `NO_BASE`, so that figures say that they lack one.

    Raises:
        ValueError: a pair does not name an earlier and a later period of the panel.
    """
    size = len(panel.periods)
    asked = pairs_of(panel) if pairs is None else list(dict.fromkeys(pairs))
    for base, period in asked:
        if not 0 <= base < period < size:
            raise ValueError(f"({base}, {period}) is no earlier and later one of {size} periods")
    return asked or [(NO_BASE, period) for period in range(size)]


def columns(pairs: Sequence[Pair]) -> tuple[Any, Any]:
    """The bases and the periods of pairs, to take columns by; what has no base takes that of its own
    period.
    """
    bases, periods = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return np.where(bases == NO_BASE, periods, bases), periods
