"""Which day each list looks at, and whether an entry had begun and not ended by that day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.judgement.contributions import codes_of
from kemkoll.tables import Law, repeated

_NEVER = "9999-12-31"


class Days:
    """The days of a law: of its entries, which may have several periods, and of its lists.

    Args:
        law: the lists in force.
        index: the (list, entry) pairs, as `entry_codes` numbers them.
    """

    def __init__(self, law: Law, index: pd.MultiIndex) -> None:
        place = {name: number for number, name in enumerate(law.lists["list"].astype(object))}
        self.of_list = np.array([place[name] for name in index.get_level_values(0)], dtype=np.int64)
        """The list of each entry."""
        self.by_market = (law.lists["applies_to"] == "placed_on_market").to_numpy()
        """Whether each list looks at the day on which an article was placed on the market."""
        self._periods = _periods(law, index)

    def begun(self, entry: np.ndarray, day: np.ndarray | str) -> np.ndarray:
        """Whether each entry had begun by a day."""
        begun: np.ndarray = np.logical_or.reduce([since[entry] <= day for since, _ in self._periods])
        return begun

    def ended(self, entry: np.ndarray, day: np.ndarray | str) -> np.ndarray:
        """Whether each entry applies no longer, on a day by which it had begun."""
        applies = [(since[entry] <= day) & (until[entry] >= day) for since, until in self._periods]
        ended: np.ndarray = self.begun(entry, day) & ~np.logical_or.reduce(applies)
        return ended


def judged_on(by_market: np.ndarray, placed: np.ndarray, on: str) -> np.ndarray:
    """The day with which dates are compared: for lists that go by the market the day on which the article
    was placed there, where somebody says it.

    >>> judged_on(np.array([True, False]), np.array(["2019-01-01", "2019-01-01"]), "2026-11-22").tolist()
    ['2019-01-01', '2026-11-22']
    """
    return np.where(by_market & (placed != ""), placed, on)


def _periods(law: Law, index: pd.MultiIndex) -> list[tuple[np.ndarray, np.ndarray]]:
    """The first period of each entry, the second, …: first and last day; one never begun where there are
    fewer.
    """
    entry = codes_of(law.entries, index)
    since, until = (law.entries[name].astype(object).to_numpy() for name in ("since", "until"))
    rows, made = np.arange(len(entry)), []
    while len(rows):
        again = repeated([entry[rows]])
        own = rows[~again]
        first, last = (np.full(len(index), _NEVER, dtype=object) for _ in range(2))
        first[entry[own]] = since[own]
        last[entry[own]] = np.where(until[own] == "", _NEVER, until[own])
        made.append((first, last))
        rows = rows[again]
    return made
