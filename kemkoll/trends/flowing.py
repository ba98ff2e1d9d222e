"""The flows as a table, and the articles behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from kemkoll.tables import FLOWS, NONE, Panel, Reading, stack
from kemkoll.trends.comparing import compared
from kemkoll.trends.crossing import CODE, Flow, stories
from kemkoll.trends.grid import Pair, checked, grid
from kemkoll.trends.grouping import ALL, Members, members
from kemkoll.trends.substitution import Flows


def flows(
    panel: Panel,
    *,
    readings: Sequence[Reading] = (Reading.fixed,),
    groupings: Sequence[str] = (ALL,),
    pairs: Iterable[Pair] | None = None,
) -> pd.DataFrame:
    """K8: `FLOWS`, every flow of every reading, group and pair of periods, also those that nobody took.

    What left less what came is by how many fewer articles contain. Pairs with a break of the series in
    between have no flows. With groups, those that moved to another are among them; all other flows add up
    to those of all articles where an article is in one group at a time.

    Args:
        panel, readings, groupings, pairs: as `indicators` takes them.

    Raises:
        ValueError: as `indicators` does.
    """
    asked = [pair for pair in checked(pairs, panel) if pair[0] != NONE]
    if not asked:
        return FLOWS.empty()
    made = grid(panel)
    whole = [pair for pair in asked if not made.is_broken(*pair)]
    told = stories(panel, made, list(readings))
    parts = []
    for grouping in groupings:
        group = members(panel, made, grouping)
        for reading in readings if whole else ():
            counted = Flows(group, told[reading], compared(made, whole))
            parts.append(_rows(group, whole, reading, counted.counts[..., 1:]))
    return stack(FLOWS, parts)


def _rows(group: Members, pairs: Sequence[Pair], reading: Reading, counts: np.ndarray) -> pd.DataFrame:
    """One row per group, pair and flow."""
    groups, kinds = len(group.names), len(CODE)
    bases, periods = np.array(pairs).T
    each = len(pairs) * kinds
    columns = {
        "reading": str(reading),
        "grouping": group.grouping,
        "group": pd.Categorical.from_codes(
            np.repeat(np.arange(groups), each), categories=pd.Index(list(group.names), dtype=object)
        ),
        "base": np.tile(np.repeat(bases, kinds), groups),
        "period": np.tile(np.repeat(periods, kinds), groups),
        "flow": pd.Categorical.from_codes(
            np.tile(np.arange(kinds), groups * len(pairs)),
            categories=pd.Index([str(it) for it in Flow], dtype=object),
        ),
        "articles": counts.ravel(),
    }
    return FLOWS.of(groups * each, columns)


def flow_of(panel: Panel, base: int, period: int, reading: Reading = Reading.fixed) -> pd.DataFrame:
    """Which article took which flow: `article`, `flow`; those that took none are not in it.

    Raises:
        ValueError: the two are no earlier and later period of the panel.
    """
    checked([(base, period)], panel)
    made = grid(panel)
    taken = stories(panel, made, [reading])[reading].flow(base, period)
    at = np.flatnonzero(taken)
    names = pd.Index([str(it) for it in Flow], dtype=object)
    flow = pd.Categorical.from_codes(taken[at] - 1, categories=names)
    return pd.DataFrame({"article": made.articles[at], "flow": flow})


def net(table: pd.DataFrame) -> int:
    """By how many fewer articles contain, as these flows add up: what left less what came.

    >>> net(FLOWS.conform(pd.DataFrame({"flow": ["delisted", "revealed"], "articles": [5, 2]})))
    3
    """
    codes = table["flow"].astype(object).map(CODE).to_numpy(dtype=np.int64)
    signs = np.where(codes <= CODE[Flow.moved_out], 1, -1)
    return int((signs * table["articles"].to_numpy()).sum())
