"""How articles came to, or left, those that contain: one rule, from the whole history of each.

The rule. An article's flow between two periods follows from its state in both. Where it contained in the
base and does not later, it left; where it contains later and did not in the base, it came.

* It left and is declared free: by what the declaration says that made it so. `reformulation`: reformulated;
  `correction`: it never contained; any other reason, or none: unexplained, which is never claimed as
  substitution. That declaration is the last one by which what was known turned from containing to free; a
  lapse in between changes nothing.
* It left and is unknown: its declaration lapsed.
* It left the assortment: by what stands in its place on the day, its successor or the successor of that.
  Free: replaced; containing; unknown; or nothing: delisted. Of several the worst counts.
* It came and was not there in the base: new. It was there and unknown: revealed. It was declared free: by
  the reason, as above, of the last declaration by which free turned into containing, even if nothing was
  known of it in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kemkoll.tables import NONE, Panel, Reading, State
from kemkoll.trends.grid import Grid
from kemkoll.trends.succession import heirs, inherited, inherited_kin


class Flow(StrEnum):
    """How an article came to, or left, those that contain; in the order of the figure."""

    reformulated = "reformulated"
    replaced = "replaced"
    replaced_containing = "replaced_containing"
    replaced_unknown = "replaced_unknown"
    delisted = "delisted"
    corrected = "corrected"
    lapsed = "lapsed"
    unexplained_out = "unexplained_out"
    moved_out = "moved_out"
    new_containing = "new_containing"
    reformulated_containing = "reformulated_containing"
    revealed = "revealed"
    corrected_containing = "corrected_containing"
    unexplained_in = "unexplained_in"
    moved_in = "moved_in"


CODE: Mapping[str, int] = {flow: number for number, flow in enumerate(Flow, start=1)}
"""The number of each flow; 0: none."""
LETTER: Mapping[str, str] = {
    Flow.reformulated: "A",
    Flow.replaced: "B",
    Flow.delisted: "C",
    Flow.corrected: "D",
    Flow.lapsed: "E",
    Flow.new_containing: "F",
    Flow.revealed: "G",
    Flow.corrected_containing: "I",
    Flow.reformulated_containing: "J",
    Flow.unexplained_out: "X",
    Flow.unexplained_in: "Y",
}
"""By which flows are known; the others have none."""
OUT = tuple(flow for flow in Flow if CODE[flow] <= CODE[Flow.moved_out])
IN = tuple(flow for flow in Flow if CODE[flow] > CODE[Flow.moved_out])
SUBSTITUTED = (Flow.reformulated, Flow.replaced)
"""What counts as substitution: somebody did something about the article, and the result is free."""
EXITS = OUT[:-1]
"""All that left; what moved to another group did not."""
_REASONS = {"reformulation": 1, "correction": 2}
_OTHER = 3
_FREED = np.array(
    [CODE[Flow.unexplained_out], CODE[Flow.reformulated], CODE[Flow.corrected], CODE[Flow.unexplained_out]]
)
_CAME = np.array(
    [
        CODE[Flow.unexplained_in],
        CODE[Flow.reformulated_containing],
        CODE[Flow.corrected_containing],
        CODE[Flow.unexplained_in],
    ]
)
_AFTER = np.array(  # by the state of what stands in an article's place
    [
        CODE[Flow.delisted],
        CODE[Flow.replaced_unknown],
        CODE[Flow.replaced],
        CODE[Flow.replaced_containing],
    ]
)


@dataclass(frozen=True)
class Story:
    """What one reading says of each article in each period.

    Attributes:
        states: period × article: `State`.
        needs: the same, where what took an article's place stands for it.
        kin: period × article: as PANEL has it, of the article or what took its place.
        turned: period × article: why what was last known of it turned into what is known, up to the period.
    """

    states: np.ndarray
    needs: np.ndarray
    kin: np.ndarray
    turned: np.ndarray

    def flow(self, base: int, period: int) -> np.ndarray:
        """The `CODE` of each article's flow from the base to the period; 0: none."""
        before, after = self.states[base], self.states[period]
        made = np.zeros(len(before), dtype=np.int8)
        left = np.flatnonzero((before == State.contains) & (after != State.contains))
        came = np.flatnonzero((before != State.contains) & (after == State.contains))
        state, why = after[left], self.turned[period, left]
        gone = _AFTER[self.needs[period, left]]
        known = np.where(state == State.free, _FREED[why], CODE[Flow.lapsed])
        made[left] = np.where(state == State.absent, gone, known)
        state, why = before[came], self.turned[period, came]
        made[came] = np.select(
            [state == State.absent, state == State.unknown],
            [CODE[Flow.new_containing], CODE[Flow.revealed]],
            _CAME[why],
        )
        return made


def stories(panel: Panel, grid: Grid, readings: tuple[Reading, ...] | list[Reading]) -> dict[Reading, Story]:
    """The story by each reading."""
    reasons = _reasons(panel, grid)
    took_over = [heirs(panel, grid, period) for period in range(grid.periods)]
    kin = grid.matrix(panel.panel["kin"], NONE)
    for period, (old, new) in enumerate(took_over):
        kin[period] = inherited_kin(kin[period], old, new)
    made = {}
    for reading in readings:
        states = grid.matrix(panel.panel[str(reading)])
        needs = states.copy()
        for period, (old, new) in enumerate(took_over):
            needs[period] = inherited(states[period], old, new)
        made[reading] = Story(states, needs, kin, _turned(states, reasons))
    return made


def _reasons(panel: Panel, grid: Grid) -> np.ndarray:
    """Period × article: the number of the reason; of several the one that claims least."""
    steps = panel.steps
    article, period = grid.places(steps["article"]), steps["period"].to_numpy()
    kept = (article != NONE) & (period >= 0) & (period < grid.periods)
    reasons = steps["reason"].astype("category").cat
    numbers = np.array([_REASONS.get(reason, _OTHER) for reason in reasons.categories], dtype=np.int8)
    made = np.zeros((grid.periods, len(grid.articles)), dtype=np.int8)
    np.maximum.at(made, (period[kept], article[kept]), numbers[reasons.codes.to_numpy()[kept]])
    return made


def _turned(states: np.ndarray, reasons: np.ndarray) -> np.ndarray:
    """Period × article: the reason of the last step by which free turned into contains, or the reverse.

    What is known in a period is what was last declared; unknown and absent say nothing of it.
    """
    made = np.zeros_like(states)
    known = np.where(states[0] >= State.free, states[0], 0)
    for period in range(1, len(states)):
        now = states[period]
        turns = (now >= State.free) & (known >= State.free) & (now != known)
        made[period] = np.where(turns, reasons[period], made[period - 1])
        known = np.where(now >= State.free, now, known)
    return made
