"""What is shown beside the figures: outcomes, categories by lists, substances, and what came instead of
them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kemkoll.tables import (
    MATRIX,
    NONE,
    OUTCOMES,
    SUBSTITUTED,
    TOP,
    Grouping,
    Panel,
    Reading,
    distinct,
    stack,
)
from kemkoll.trends.comparing import bounds, share_of_declared
from kemkoll.trends.counting import histogram, tally
from kemkoll.trends.crossing import CODE, Flow, stories
from kemkoll.trends.crossing import SUBSTITUTED as DONE
from kemkoll.trends.grid import checked, grid
from kemkoll.trends.grouping import ALL, members
from kemkoll.trends.words import MISSING_CODE

_ENTRY = ["list", "entry", "name_en", "name_sv", "newer"]


def outcomes(panel: Panel, *, groupings: Sequence[str] = (ALL,)) -> pd.DataFrame:
    """How many articles of each group in each period had which outcome under their contracts: `OUTCOMES`."""
    made, parts = grid(panel), []
    column = panel.panel["outcome"].astype("category")
    names = [str(name) for name in column.cat.categories]
    for grouping in groupings:
        group = members(panel, made, grouping)
        counts = histogram(made, group, column.cat.codes.to_numpy()[made.order], max(len(names), 1))
        where = np.nonzero(counts)
        columns = {
            "grouping": grouping,
            "group": _of(group.names, where[0]),
            "period": where[1],
            "outcome": _of(names, where[2]),
            "articles": counts[where],
        }
        parts.append(OUTCOMES.of(len(where[0]), columns))
    return stack(OUTCOMES, parts)


def matrix(
    panels: Sequence[Panel],
    period: int,
    *,
    reading: Reading = Reading.own,
    grouping: str = Grouping.category,
) -> pd.DataFrame:
    """What each list found in each category in a period, and in all of them: `MATRIX`.

    Lists do not add up, because an article may contain what several of them name.

    Args:
        panels: one per list, of the same series.
        period: row number of their periods.
    """
    parts = [_column(panel, period, reading, by) for panel in panels for by in (ALL, grouping)]
    return stack(MATRIX, parts)


def _column(panel: Panel, period: int, reading: Reading, grouping: str) -> pd.DataFrame:
    made = grid(panel)
    group = members(panel, made, grouping)
    sums = tally(made, group, made.ordered(panel.panel[str(reading)])).at(np.array([period]))
    share, (low, high) = share_of_declared(sums), bounds(sums)
    columns = {
        "grouping": grouping,
        "group": _of(group.names, np.arange(len(group.names))),
        "list": panel.list,
        "period": np.full(len(group.names), period),
        "articles": sums.every[:, 0],
        "declared": sums.declared[:, 0],
        "contains": sums.contains[:, 0],
        "share": share.value[:, 0],
        "low": low[:, 0],
        "high": high[:, 0],
        "missing": _of(["", *MISSING_CODE], share.missing[:, 0]),
    }
    return MATRIX.of(len(group.names), columns)


def top_substances(panel: Panel, period: int, *, base: int = NONE, most: int = 20) -> pd.DataFrame:
    """The entries that most articles held above their limit in a period, the most frequent first: `TOP`.

    Args:
        base: the period whose numbers stand beside; `NONE`: no numbers do.
        most: how many entries; an entry as frequent as the last one may be left out: those of earlier lists
            and entries, by the alphabet, come first.
    """
    found = panel.found
    codes, first = distinct([found["list"], found["entry"]])
    made = found.iloc[first][_ENTRY].reset_index(drop=True)
    made["articles"] = _articles(found, codes, period, len(first))
    made["before"] = _articles(found, codes, base, len(first)) if base != NONE else NONE
    for name in ("list", "entry"):
        made[name] = made[name].astype(object)
    order = made.sort_values(["articles", "list", "entry"], ascending=[False, True, True])
    return TOP.conform(order[order["articles"] > 0].head(most))


def _articles(found: pd.DataFrame, codes: np.ndarray, period: int, entries: int) -> np.ndarray:
    """How many articles hold each entry in a period."""
    at = np.flatnonzero(found["period"].to_numpy() == period)
    _, first = distinct([codes[at], found["article"].to_numpy()[at]])
    return np.bincount(codes[at][first], minlength=entries)


def substitutions(panel: Panel, base: int, period: int, reading: Reading = Reading.fixed) -> pd.DataFrame:
    """What the substituted articles held in the base, and what is known of what came instead: `SUBSTITUTED`.

    An article that held several entries is counted for each of them.

    Raises:
        ValueError: the two are no earlier and later period of the panel.
    """
    checked([(base, period)], panel)
    made = grid(panel)
    story = stories(panel, made, [reading])[reading]
    flow = story.flow(base, period)
    found = panel.found[panel.found["period"].to_numpy() == base]
    article = made.places(found["article"])
    done = (article != NONE) & (flow[article] > 0) & (flow[article] <= max(CODE[it] for it in DONE))
    found, article = found[done], article[done]
    columns = [found["list"], found["entry"], found["article"]]
    _, once = distinct(columns)
    found, article = found.iloc[once], article[once]
    kin = story.kin[period, article]
    codes, first = distinct([found["list"], found["entry"], flow[article], kin])
    rows = found.iloc[first][_ENTRY[:-1]].reset_index(drop=True)
    rows["flow"] = _of(list(Flow), flow[article][first] - 1)
    rows["kin"] = kin[first]
    rows["articles"] = np.bincount(codes, minlength=len(first))
    for name in ("list", "entry"):
        rows[name] = rows[name].astype(object)
    by = ["articles", "list", "entry", "flow", "kin"]
    rows["flow"] = rows["flow"].astype(object)
    return SUBSTITUTED.conform(rows.sort_values(by, ascending=[False, True, True, True, True]))


def _of(names: Sequence[str], codes: np.ndarray) -> pd.Categorical:
    categories = pd.Index([str(name) for name in names], dtype=object)
    return pd.Categorical.from_codes(codes.astype(np.int64), categories=categories)
