"""The snapshots of a series, and what they know that is the same for all lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment.readings import Measure, law_kept
from kemkoll.assortment.snapshots import Role
from kemkoll.lists import load_lists
from kemkoll.store import Known, frozen, kept
from kemkoll.store.models import Article, Successor, Supplier, Volume
from kemkoll.tables import PERIODS, STEPS, SUCCESSIONS, Law, Reading, Table, list_id

LAPSED = "lapsed"
"""The reason of a step at which nothing that was declared holds any more."""


@dataclass
class Series:
    """The years of a series, and what is the same for all lists.

    Attributes:
        known: any moment after its snapshots.
        years: rows of `snapshots.series`.
    """

    known: Known
    years: pd.DataFrame

    def then(self, period: int) -> Known:
        """What was known when a snapshot was taken."""
        return Known(self.known.connection, int(self.years["seen"].iloc[period]))

    def day(self, period: int) -> str:
        """The day of a period."""
        return str(self.years["day"].iloc[period])

    @property
    def last(self) -> Known:
        """What was known when the last snapshot was taken."""
        return self.then(len(self.years) - 1)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Which batch says what (`SnapshotBatch`)."""
        return frozen.parts(self.known)

    @cached_property
    def spoken(self) -> frozen.Spoken:
        """What suppliers have said."""
        return frozen.Spoken(self.last)

    def batch(self, period: int, reading: str, list_: str) -> int:
        """The batch that reads a year by a list; 0: the series was not measured by it then."""
        ids = self.years["id"].to_numpy()
        own = int(ids[period])
        snapshot, role = own, Role(reading) if reading != Reading.fixed or period else Role.own
        if reading == Reading.reread:
            snapshot, role = int(ids[-1]), Role.reread if own != ids[-1] else Role.own
        rows = self.parts
        met = (rows["snapshot"] == snapshot) & (rows["role"] == role) & (rows["read"] == own)
        found = rows["batch"][met & (rows["list"] == list_id(list_.partition("/")[0]))]
        return int(found.iloc[0]) if len(found) else 0

    def contracts(self, period: int) -> int:
        """The batch by the contracts' own profiles."""
        rows = self.parts
        met = (rows["snapshot"] == self.years["id"].iloc[period]) & (rows["role"] == Role.contracts)
        return int(rows["batch"][met].iloc[0])

    def law(self, period: int, list_: str) -> Law:
        """A list as a year was measured by it; empty where it was not."""
        batch = self.batch(period, Reading.own, list_)
        if not batch:
            return Law()
        key = batch, list_.partition("/")[0]
        if key not in self._laws:
            if batch not in self._measures:
                self._measures[batch] = law_kept(self.known, batch)
            measure = self._measures[batch]
            self._laws[key] = load_lists([f"{key[1]}@{measure.editions[key[1]]}"], source=measure.source)
        return self._laws[key]

    @cached_property
    def _laws(self) -> dict[tuple[int, str], Law]:
        return {}

    @cached_property
    def _measures(self) -> dict[int, Measure]:
        return {}

    def measured(self, period: int) -> list[str]:
        """The lists that a year was measured by."""
        met = (self.parts["snapshot"] == self.years["id"].iloc[period]) & (self.parts["role"] == Role.own)
        return [str(name) for name in self.parts["list"][met]]

    def articles(self, period: int) -> np.ndarray:
        """The articles of a year, by the numbers that they had then, smallest first."""
        if period not in self._articles:
            self._articles[period] = frozen.articles_of(self.known, own_batch(self, period))
        return self._articles[period]

    @cached_property
    def _articles(self) -> dict[int, np.ndarray]:
        return {}

    def numbers(self, period: int, articles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The numbers that articles had in a year, by those that all their numbers share; and which of them
        each number is of.
        """
        own = self.articles(period)
        place = pd.Index(articles).get_indexer(self.root(own))
        return own[place >= 0], place[place >= 0]

    @cached_property
    def _chains(self) -> pd.DataFrame:
        return kept.frame(self.last, Successor)

    @cached_property
    def roots(self) -> pd.Series:
        """Of each article that was renumbered the first number that it had, by its later one."""
        rows = self._chains[self._chains["kind"] == "renumbered"]
        before = rows.drop_duplicates("successor", keep="last").set_index("successor")["article"]
        made = before
        for _ in range(len(before)):
            above = made.map(before)
            if above.isna().all():
                break
            made = above.fillna(made).astype("int64")
        return made

    def root(self, articles: Any) -> np.ndarray:
        """The number that all numbers of each article share."""
        given = np.asarray(articles, dtype=np.int64)
        if not len(self.roots):
            return given
        found = pd.Series(given).map(self.roots)
        made: np.ndarray = found.fillna(pd.Series(given)).to_numpy(dtype=np.int64)
        return made

    def periods(self, list_: str) -> pd.DataFrame:
        """The years, as one list has them."""
        laws = [self.law(period, list_) for period in range(len(self.years))]
        counts = [law.entries["entry"].nunique() for law in laws]
        editions = [str(law.lists["edition"].iloc[0]) if len(law.lists) else "" for law in laws]
        taken = self.years["at"].str[:10]
        names = self.years[["name", "day", "broken"]]
        return PERIODS.conform(names.assign(taken=taken, edition=editions, entries=counts))

    def successions(self) -> pd.DataFrame:
        """Which article took the place of which; another number of the same article is no other article."""
        rows = self._chains[self._chains["kind"] != "renumbered"]
        made = {name: self.root(rows[name]) for name in ("article", "successor")}
        frame = pd.DataFrame(made | {"since": rows["since"].to_numpy()})
        frame = frame[frame["article"] != frame["successor"]].drop_duplicates(["article", "successor"])
        return SUCCESSIONS.conform(frame)

    def steps(self) -> pd.DataFrame:
        """Why what is declared of an article is other than a year before: the reason of what was said last,
        of a composition before that of an answer; or that nothing holds any more.
        """
        rows = self.spoken.rows
        parts = []
        for period in range(1, len(self.years)):
            before, now = (int(self.years["seen"].iloc[it]) for it in (period - 1, period))
            new = rows[self.spoken.current(now) & ~self.spoken.current(before)]
            new = new.sort_values(["whole", "id"], kind="stable").drop_duplicates("article", keep="last")
            over = self.spoken.lapsed(now, self.day(period))
            over = np.setdiff1d(over, self.spoken.lapsed(before, self.day(period - 1)))
            over = np.setdiff1d(over, new["article"])
            for article, reason in ((new["article"].to_numpy(), new["reason"]), (over, LAPSED)):
                frame = pd.DataFrame({"article": self.root(article), "period": period})
                parts.append(frame.assign(reason=np.asarray(reason) if len(frame) else ""))
        return stacked(STEPS, parts)

    @cached_property
    def registered(self) -> pd.DataFrame:
        """Every version of every article: article, supplier, category, added, ended (0: it is the last)."""
        return frozen.versions(self.known, Article, "article", "supplier", "category")

    @cached_property
    def bought(self) -> pd.DataFrame:
        """Every version of what was bought: article, year, spend_ore, quantity, added, ended."""
        return frozen.versions(self.known, Volume, "article", "year", "spend_ore", "quantity")

    @cached_property
    def suppliers(self) -> pd.Series:
        """Their names, by number."""
        return kept.frame(self.last, Supplier).set_index("supplier")["name"]


def own_batch(series: Series, period: int) -> int:
    """The batch that measured a year by the lists of its day."""
    rows = series.parts
    met = (rows["snapshot"] == series.years["id"].iloc[period]) & (rows["role"] == Role.own)
    return int(rows["batch"][met].iloc[0])


def stacked(table: Table, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several frames as one table."""
    some = [frame for frame in frames if len(frame)]
    return table.conform(pd.concat(some, ignore_index=True)) if some else table.empty()
