"""The headline of each frozen year: how many articles hold phthalates, by the list of the first year."""

from __future__ import annotations

from collections.abc import Sequence

from kemkoll.assortment.panel import panel
from kemkoll.assortment.snapshots import series
from kemkoll.demo.listed import PHTHALATES
from kemkoll.registry import Registry
from kemkoll.store import Store
from kemkoll.tables import State


def headline(store: Store, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Of each year `articles`, `contains`, `free` and `unknown`, by its name, oldest first."""
    with store.reading() as known:
        made = panel(known, series(known, names[-1]), PHTHALATES, registry=Registry.open())
    states = {period: own["fixed"].to_numpy() for period, own in made.panel.groupby("period")}
    return {
        name: {"articles": int((states[period] != State.absent).sum())}
        | {state.name: int((states[period] == state).sum()) for state in State if state != State.absent}
        for period, name in enumerate(names)
    }
