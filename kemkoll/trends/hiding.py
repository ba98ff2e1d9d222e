"""Tables of substances without what tells of fewer than three suppliers.

An entry is hidden with all its numbers where too few suppliers stand behind one of them. One hidden entry
alone could be
computed from the others where articles hold one entry each; so the least of those that are shown is hidden
with it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.tables import NONE, Panel, Reading
from kemkoll.trends.crossing import CODE, SUBSTITUTED, stories
from kemkoll.trends.grid import grid
from kemkoll.trends.suppressing import LEAST_SUPPLIERS

_ENTRY = ["list", "entry"]


def hide_top(
    top: pd.DataFrame, panel: Panel, period: int, base: int = NONE, *, least: int = LEAST_SUPPLIERS
) -> pd.DataFrame:
    """The table `TOP` as outsiders may see it.

    Args:
        top: of the period, beside the base.
        panel: with `supplier` and `found`.
        least: how many suppliers must stand behind a number.
    """
    few: set[tuple[str, str]] = set()
    for place in (period, base):
        found = _with_suppliers(panel, place)
        few |= _few(found, _ENTRY, least)
    return _without(top, few, ["articles", "before"])


def hide_substituted(
    substituted: pd.DataFrame, panel: Panel, base: int, period: int, *, least: int = LEAST_SUPPLIERS
) -> pd.DataFrame:
    """The table `SUBSTITUTED` as outsiders may see it; arguments as of `hide_top`."""
    made = grid(panel)
    story = stories(panel, made, [Reading.fixed])[Reading.fixed]
    flow, kin = story.flow(base, period), story.kin[period]
    found = _with_suppliers(panel, base)
    place = made.places(found["article"])
    done = (place != NONE) & np.isin(flow[place], [CODE[it] for it in SUBSTITUTED])
    told = found[done].assign(flow=flow[place[done]], kin=kin[place[done]])
    few = _few(told, [*_ENTRY, "flow", "kin"], least)
    return _without(substituted, few, ["articles"])


def _with_suppliers(panel: Panel, period: int) -> pd.DataFrame:
    """What was found in a period, each with the supplier of its article; empty: nobody knows."""
    found = panel.found[(panel.found["period"] == period).to_numpy()]
    own = panel.panel[(panel.panel["period"] == period).to_numpy()]
    suppliers = pd.Series(own["supplier"].astype(object).to_numpy(), index=own["article"].to_numpy())
    made = pd.DataFrame({name: found[name].astype(object).to_numpy() for name in [*_ENTRY, "article"]})
    return made.assign(supplier=made["article"].map(suppliers).fillna(""))


def _few(found: pd.DataFrame, by: list[str], least: int) -> set[tuple[str, str]]:
    """The entries with a number behind which too few suppliers stand."""
    named = found["supplier"].where(found["supplier"] != "")
    counts = named.groupby([found[name] for name in by], sort=False).nunique()
    return {(str(key[0]), str(key[1])) for key in counts.index[counts < least]}


def _without(table: pd.DataFrame, few: set[tuple[str, str]], columns: list[str]) -> pd.DataFrame:
    """The table without the numbers of these entries; where it is one alone, of the least other one too."""
    keys = list(zip(table["list"].astype(str), table["entry"].astype(str), strict=True))
    hidden = {key for key in keys if key in few}
    if len(hidden) == 1:
        sizes: dict[tuple[str, str], int] = {}
        for key, articles in zip(keys, table["articles"].tolist(), strict=True):
            sizes[key] = sizes.get(key, 0) + articles
        others = [key for key in sizes if key not in hidden]
        hidden |= {min(others, key=lambda key: (sizes[key], key))} if others else set()
    gone = np.array([key in hidden for key in keys], dtype=bool)
    return table.assign(**{name: table[name].where(~gone, NONE) for name in columns})
