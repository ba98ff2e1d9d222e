"""Invented assortments over the years, as panels: a worked example of 9 000 articles, and small ones of any
shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kemkoll.tables import CONTRACTED, PANEL, PERIODS, STEPS, SUCCESSIONS, WITHIN, Panel, State

A, U, F, P = State.absent, State.unknown, State.free, State.contains
YEARS = ("2015", "2016", "2017", "2018")


@dataclass(frozen=True)
class Year:
    """How many articles did what between two years of the worked example.

    Attributes:
        reformulated … missed: the flows A to I of those that contain.
        declared: unknown articles that were declared free.
        joined_free, joined_unknown: other new articles.
        left_free, left_unknown: other articles that left.
        lapsed_free: free articles whose declaration lapsed.
    """

    reformulated: int
    replaced: int
    delisted: int
    corrected: int
    lapsed: int
    new: int
    revealed: int
    missed: int
    declared: int
    joined_free: int
    left_free: int
    lapsed_free: int
    left_unknown: int
    joined_unknown: int


CHANGES = (
    Year(55, 80, 40, 10, 5, 15, 8, 2, 460, 300, 313, 60, 102, 40),
    Year(70, 95, 50, 8, 7, 14, 9, 2, 540, 260, 319, 50, 90, 35),
    Year(65, 90, 40, 7, 8, 16, 11, 3, 370, 240, 336, 45, 60, 30),
)
ON_THE_NEWER_LIST, OF_THEM_STAY, INTO_ANOTHER = 96, 33, 31
"""Free articles of the first year that hold what only the newer list names; those of them that are there in
the last year; and substituted articles in which that came instead.
"""


@dataclass
class Assortment:
    """Articles by number, as they were in each year so far.

    Attributes:
        states: article × year.
        settled: articles to which nothing more happens.
        leaving: articles that are free and will have left by the last year, some each year.
        steps: year, article, reason.
        successions: article, successor.
        substituted: in the order in which it happened, what was free instead.
    """

    states: np.ndarray
    settled: np.ndarray
    leaving: np.ndarray
    steps: list[tuple[int, int, str]] = field(default_factory=list)
    successions: list[tuple[int, int]] = field(default_factory=list)
    substituted: list[int] = field(default_factory=list)

    def first(self, which: np.ndarray, count: int) -> np.ndarray:
        """The first so many articles that fit."""
        found = np.flatnonzero(which)[:count]
        assert len(found) == count
        return found

    def join(self, year: int, state: State, count: int, *, settled: bool) -> np.ndarray:
        """New articles."""
        size = len(self.states)
        self.states = np.pad(self.states, ((0, count), (0, 0)))
        self.states[size:, year] = state
        self.settled = np.pad(self.settled, (0, count), constant_values=settled)
        self.leaving = np.pad(self.leaving, (0, count))
        return np.arange(size, size + count)

    def turn(
        self, year: int, articles: np.ndarray, state: State, reason: str = "", *, settle: bool = True
    ) -> None:
        """What articles are from this year on, and why."""
        self.states[articles, year] = state
        self.settled[articles] |= settle
        if reason:
            self.steps += [(year, int(article), reason) for article in articles]


def worked_example() -> Panel:
    """Four years in which the articles that contain fall from 1 250 to 700; everything in it is invented."""
    assortment = _first_year()
    for year, change in enumerate(CHANGES, start=1):
        _next_year(assortment, year, change)
    return _panel(assortment)


def _first_year() -> Assortment:
    sizes = {P: 1250, F: 5950, U: 1800}
    states = np.zeros((sum(sizes.values()), len(YEARS)), dtype=np.int8)
    states[:, 0] = np.repeat(list(sizes), list(sizes.values()))
    settled, leaving = np.zeros((2, len(states)), dtype=bool)
    newer = np.flatnonzero(states[:, 0] == F)[-ON_THE_NEWER_LIST:]
    settled[newer[:OF_THEM_STAY]] = True
    leaving[newer[OF_THEM_STAY:]] = True
    return Assortment(states, settled, leaving)


def _next_year(it: Assortment, year: int, change: Year) -> None:
    before = it.states[:, year - 1].copy()
    it.states[:, year] = before
    loose = ~it.settled
    containing = np.flatnonzero((before == P) & loose)
    fates = np.split(
        containing,
        np.cumsum([change.reformulated, change.replaced, change.delisted, change.corrected, change.lapsed]),
    )
    it.turn(year, fates[0], F, "reformulation")
    it.substituted += fates[0].tolist()
    it.turn(year, fates[1], A)
    it.turn(year, fates[2], A)
    it.turn(year, fates[3], F, "correction")
    it.turn(year, fates[4], U, "lapsed")
    unknown = (before == U) & loose
    revealed = it.first(unknown & (it.states[: len(before), 0] == U), change.revealed)
    unknown[revealed] = False
    known, gone = np.split(it.first(unknown, change.declared + change.left_unknown), [change.declared])
    it.turn(year, revealed, P, "new")
    it.turn(year, known, F, "new", settle=False)
    it.turn(year, gone, A, settle=False)
    free = (before == F) & loose
    on_the_way = it.first(free & it.leaving, (ON_THE_NEWER_LIST - OF_THEM_STAY) // len(CHANGES))
    counts = [change.missed, change.left_free - len(on_the_way), change.lapsed_free]
    missed, left, lapsed = np.split(it.first(free & ~it.leaving, sum(counts)), np.cumsum(counts)[:2])
    it.turn(year, missed, P, "correction")
    it.turn(year, np.concatenate([on_the_way, left]), A, settle=False)
    it.turn(year, lapsed, U, "lapsed", settle=False)
    instead = it.join(year, F, change.replaced, settled=True)
    it.successions += list(zip(fates[1].tolist(), instead.tolist(), strict=True))
    it.substituted += instead.tolist()
    it.join(year, P, change.new, settled=True)
    it.join(year, F, change.joined_free, settled=False)
    it.join(year, U, change.joined_unknown, settled=False)


def _panel(it: Assortment) -> Panel:
    newer = np.zeros(len(it.states), dtype=bool)
    newer[np.flatnonzero(it.states[:, 0] == F)[-ON_THE_NEWER_LIST:]] = True
    another = np.zeros_like(newer)
    another[it.substituted[:INTO_ANOTHER]] = True
    article, period = np.nonzero(it.states)
    fixed = it.states[article, period]
    reread = np.where((newer | another)[article] & (fixed == F), P, fixed)
    rows = {
        "period": period,
        "article": article,
        "fixed": fixed,
        "own": np.where(period == len(YEARS) - 1, reread, fixed),
        "reread": reread,
        "kin": another[article] & (fixed == F),
        "evidence_level": np.where(fixed == U, 0, 2),
        "spend_ore": np.full(len(article), -1),
        "units": np.full(len(article), -1),
    }
    return panel_of(
        rows,
        YEARS,
        steps=pd.DataFrame(it.steps, columns=["period", "article", "reason"]),
        successions=pd.DataFrame(it.successions, columns=["article", "successor"]),
    )


def panel_of(
    rows: Mapping[str, object],
    names: Sequence[str],
    *,
    broken: Mapping[str, str] | None = None,
    base: int = 0,
    **tables: pd.DataFrame,
) -> Panel:
    """A panel of these rows and years.

    Args:
        broken: why a year cannot be compared with those before it.
    """
    periods = pd.DataFrame(
        {
            "name": names,
            "day": [f"{name}-12-31" for name in names],
            "entries": 10,
            "broken": [(broken or {}).get(name, "") for name in names],
        }
    )
    shapes = {"contracted": CONTRACTED, "within": WITHIN, "steps": STEPS, "successions": SUCCESSIONS}
    conformed = {
        name: shapes[name].conform(frame) if name in shapes else frame for name, frame in tables.items()
    }
    return Panel(
        list="list",
        base=base,
        periods=PERIODS.conform(periods),
        panel=PANEL.conform(pd.DataFrame(rows)),
        **conformed,
    )
