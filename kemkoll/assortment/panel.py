"""From the snapshots of a series to the tables of trends: who was there, what was found, what came instead.

Everything is read as it was known when each snapshot was taken, so that the same series gives the same tables
for ever. Of one list nothing is read twice, and no row is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment import contents, kinship
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.scope import on_day
from kemkoll.assortment.series import Series, stacked
from kemkoll.assortment.states import Told, found_of, states_of
from kemkoll.assortment.waived import above
from kemkoll.registry import Registry
from kemkoll.store import Known, frozen, kept
from kemkoll.store.models import Category, Contract
from kemkoll.tables import (
    CONTRACTED,
    FOUND,
    PANEL,
    WITHIN,
    Outcome,
    Panel,
    Reading,
    State,
    list_id,
)

_WORST = np.array([0, 2, 1, 3], dtype=np.int8)
"""How bad each State is, as those of an article under two numbers at once are held against each other."""


def panel(known: Known, years: pd.DataFrame, list_: str, *, registry: Registry) -> Panel:
    """What one list found over the years; see `panels`."""
    return panels(known, years, [list_], registry=registry)[list_]


def panels(
    known: Known, years: pd.DataFrame, lists: Sequence[str], *, registry: Registry
) -> dict[str, Panel]:
    """What lists found in an assortment over the years of a series.

    Args:
        known: any moment after its snapshots.
        years: as `snapshots.series` gives them.
        lists: ids of lists that the series is measured by, or of one entry: `materials/pvc`.
        registry: where structures are looked up, to tell what a replacement is like.

    Returns:
        By the list, as it was named.
    """
    series = Series(known, years)
    made = [_Year(series, period, lists) for period in range(len(years))]
    steps, successions = series.steps(), series.successions()
    contracted = stacked(CONTRACTED, [year.contracted() for year in made])
    within = stacked(WITHIN, [year.within() for year in made])
    told = {}
    for name in lists:
        rows = _once(pd.concat([year.panel(name) for year in made], ignore_index=True))
        found = stacked(FOUND, [year.found(name) for year in made])
        whole = Panel(
            list=name,
            base=0,
            periods=series.periods(name),
            panel=PANEL.conform(rows),
            contracted=contracted,
            within=within,
            steps=steps,
            successions=successions,
            found=found,
        )
        whole.panel["kin"] = kinship.kin(series, whole, [year.watched(name) for year in made], registry)
        told[name] = whole
    return told


class _Year:
    """One period of a series: what its snapshot says."""

    def __init__(self, series: Series, period: int, lists: Sequence[str]) -> None:
        self._series, self._period, self._lists = series, period, lists
        self._day = series.day(period)
        seen = int(series.years["seen"].iloc[period])
        self._lapsed = series.spoken.lapsed(seen, self._day)
        self._told: dict[int, Told] = {}
        self.articles = series.articles(period)
        self._about = self._known_of(seen)

    def _read(self, batch: int) -> Told:
        if batch not in self._told:
            ids = sorted({list_id(name.partition("/")[0]) for name in self._lists})
            self._told[batch] = Told.of(self._series.known, batch, ids)
        return self._told[batch]

    def _state(self, reading: str, list_: str) -> np.ndarray:
        batch = self._series.batch(self._period, reading, list_)
        if not batch:
            return np.full(len(self.articles), State.unknown, dtype=np.int8)
        return states_of(self._read(batch), list_, self.articles, self._lapsed)

    def panel(self, list_: str) -> pd.DataFrame:
        """The rows of `tables.PANEL` by one list, without `kin`."""
        own = self._series.batch(self._period, Reading.own, list_)
        level = np.zeros(len(self.articles), dtype=np.int8)
        low = high = np.full(len(self.articles), -1, dtype=np.int64)
        states = {str(reading): self._state(reading, list_) for reading in Reading}
        if own:
            told = self._read(own)
            level = told.levels(list_, self.articles)
            holds = self.articles[states[Reading.own] == State.contains]
            low, high = contents.masses(
                self._series.then(self._period), told.lines(list_, holds), self.articles
            )
        return pd.DataFrame(
            {
                "period": self._period, "article": self._series.root(self.articles), **states,
                "outcome": self._outcomes(list_), "evidence_level": level, **self._about,
                "content_low_ug": low, "content_high_ug": high,
            }
        )  # fmt: skip

    def _outcomes(self, list_: str) -> pd.Categorical:
        """What became of each article under its contract: the worst of several; empty: none asks."""
        read = self._read(self._series.contracts(self._period))
        told = read.verdicts[(read.verdicts["list"] == list_.partition("/")[0]).to_numpy()]
        order = [*Outcome]
        places = {it: place for place, it in enumerate(order)}
        rank = outcome_of(told, read.reviews).map(places).to_numpy(dtype=np.int64)
        made = np.zeros(len(self.articles), dtype=np.int64)
        place = pd.Index(self.articles).get_indexer(told["article"])
        np.maximum.at(made, place[place >= 0], rank[place >= 0] + 1)
        return pd.Categorical.from_codes(made, categories=pd.Index(["", *map(str, order)], dtype=object))

    def found(self, list_: str) -> pd.DataFrame:
        """The rows of `tables.FOUND`."""
        batch = self._series.batch(self._period, Reading.own, list_)
        if not batch:
            return FOUND.empty()
        rows = found_of(self._read(batch), list_, self._lapsed)
        law, first = (self._series.law(period, list_) for period in (self._period, 0))
        names = law.entries.astype(object).drop_duplicates("entry").set_index("entry")
        was = set(first.entries["entry"].astype(str))
        entry = rows["entry"].astype(object)
        made = {
            "period": self._period, "article": self._series.root(rows["article"]),
            "list": rows["list"].astype(object), "entry": entry, "newer": ~entry.isin(was),
            **{name: entry.map(names[name]) for name in ("name_en", "name_sv")},
        }  # fmt: skip
        return pd.DataFrame(made).drop_duplicates(["article", "entry"])

    def contracted(self) -> pd.DataFrame:
        """The rows of `tables.CONTRACTED`."""
        rows = frozen.contracted(self._series.known, self._series.contracts(self._period))
        about = kept.frame(self._series.then(self._period), Contract).set_index("contract")
        made = pd.DataFrame({"article": self._series.root(rows["article"]), "period": self._period})
        for name, column in (("contract", "number"), ("organisation", "organisation")):
            made[name] = rows["contract"].map(about[column]).to_numpy()
        return made.drop_duplicates(["article", "contract"])

    def within(self) -> pd.DataFrame:
        """The rows of `tables.WITHIN`, of the categories that articles are in."""
        tree = kept.frame(self._series.then(self._period), Category)
        made = above(pd.Series(self._about["category"]), tree[on_day(tree, self._day)])
        made = made.rename(columns={"key": "wider"})
        wide = made["wider"][(made["wider"] != made["category"]).to_numpy()]
        return made[made["wider"].isin(wide)].assign(period=self._period)

    def watched(self, list_: str) -> kinship.Watched:
        """What else the snapshot knows of its articles, to tell a replacement that is no better."""
        return kinship.Watched.of(self._series, self._period, list_)

    def _known_of(self, seen: int) -> dict[str, Any]:
        """What the buyer knew of each article: supplier, category, and what was bought in the year."""
        rows = _at(self._series.registered, seen)
        about = rows.drop_duplicates("article", keep="last").set_index("article").reindex(self.articles)
        year = int(self._day[:4])
        bought = _at(self._series.bought, seen)
        bought = bought[bought["year"] == year].drop_duplicates("article", keep="last").set_index("article")
        bought = bought.reindex(self.articles).fillna(-1)
        return {
            "supplier": about["supplier"].map(self._series.suppliers).fillna("").to_numpy(),
            "category": about["category"].fillna("").to_numpy(),
            "spend_ore": bought["spend_ore"].to_numpy(dtype=np.int64),
            "units": bought["quantity"].to_numpy(dtype=np.int64),
        }


def _at(rows: pd.DataFrame, seen: int) -> pd.DataFrame:
    """The versions that held at a moment."""
    return rows[(rows["added"] <= seen) & ((rows["ended"] == 0) | (rows["ended"] > seen))]


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a panel with each article once in a period: one that stood under its old and its new number
    at the same time is what the worse of them says, and what was bought of it is the sum.
    """
    key = ["period", "article"]
    if not rows.duplicated(key).any():
        return rows
    states = [str(reading) for reading in Reading]
    ranked = rows.assign(**{name: _WORST[rows[name]] for name in states})
    sums = dict.fromkeys(("spend_ore", "units"), _sum_known)
    how: Mapping[str, Any] = dict.fromkeys(states, "max") | sums
    others = {str(name): "last" for name in rows if name not in (*key, *how)}
    made = ranked.groupby(key, sort=False, as_index=False).agg({**how, **others})
    once: pd.DataFrame = made.assign(**{name: _WORST[made[name]] for name in states})
    return once


def _sum_known(values: pd.Series) -> int:
    return -1 if (values < 0).all() else int(values[values >= 0].sum())
