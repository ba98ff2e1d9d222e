"""Whether what came instead is any better: another substance of the kind, a watched one, or one much like it.

It is asked of what took the place of something: articles that held what a list names in an earlier year, and
successors. Of an article that only an answer speaks for, without a composition, nobody can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kemkoll.assortment.contents import nameless
from kemkoll.identity import identify
from kemkoll.lists.editions import of_lists
from kemkoll.registry import Registry
from kemkoll.relatives import Relatives
from kemkoll.store import declared, frozen
from kemkoll.tables import PERCENT, UNIDENTIFIED, Force, Law, Panel, State, Verdict

if TYPE_CHECKING:
    from kemkoll.assortment.series import Series

ENDOCRINE = "eu-endocrine"
LEAST_PPT = PERCENT // 10
"""Less of a substance than this replaces nothing: 0.1 % of a part."""
YES, NO, UNKNOWN = 1, 0, -1


@dataclass(frozen=True)
class Watched:
    """What a snapshot says of its articles by the lists of endocrine disruptors and of what is watched.

    Attributes:
        found: articles in which something of them was found, above its limit or without one.
        doubtful: those in which it may be.
    """

    found: np.ndarray
    doubtful: np.ndarray

    @classmethod
    def of(cls, series: Series, period: int, list_: str) -> Watched:
        """What the snapshot of a period says by such lists, the one in question aside."""
        own = list_.partition("/")[0]
        names = [name for name in series.measured(period) if name != own]
        watched = [name for name in names if name == ENDOCRINE or _is_watched(series.law(period, name))]
        found, doubtful = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        certain = (Verdict.above_limit, Verdict.exempt, Verdict.listed)
        for name in watched:
            batch = series.batch(period, "own", name)
            for verdicts, into in ((certain, found), ((Verdict.review,), doubtful)):
                into.append(frozen.findings(series.known, batch, [name], verdicts)["article"].to_numpy())
        return cls(np.unique(np.concatenate(found)), np.unique(np.concatenate(doubtful)))


def _is_watched(law: Law) -> bool:
    return bool((law.lists["force"] == Force.watch).any())


def kin(series: Series, panel: Panel, watched: list[Watched], registry: Registry) -> np.ndarray:
    """Whether each row of a panel holds another substance of the kind, or one that is watched: 1, 0; -1:
    unknown, or it took the place of nothing.

    Args:
        series: the years.
        panel: by one list, without `kin`.
        watched: of each period.
        registry: where structures are looked up.
    """
    rows = panel.panel
    made = np.full(len(rows), UNKNOWN, dtype=np.int8)
    asked = _instead(panel)
    last = len(panel.periods) - 1
    law = of_lists(series.law(last, panel.list), [panel.list.partition("/")[0]])
    likeness = _Likeness(law, registry)
    for period in range(last + 1):
        own = np.flatnonzero(asked & (rows["period"] == period).to_numpy())
        if not len(own):
            continue
        numbers, place = series.numbers(period, rows["article"].to_numpy()[own])
        told = likeness.of(series, period, numbers)
        met = np.where(np.isin(numbers, watched[period].found), YES, told)
        doubt = np.isin(numbers, watched[period].doubtful) & (met == NO)
        met = np.where(doubt, UNKNOWN, met)
        made[own] = _worst(met, place, len(own))
        same = rows["reread"].to_numpy()[own] == State.contains
        made[own[same]] = YES
    return made


def _instead(panel: Panel) -> np.ndarray:
    """Which rows are of what took the place of something that held what the list names: they are free by the
    fixed list, or by that of their year, and the article held it before, or is a successor.
    """
    rows = panel.panel
    heirs = rows["article"].isin(panel.successions["successor"]).to_numpy()
    held = np.zeros(len(rows), dtype=bool)
    free = np.zeros(len(rows), dtype=bool)
    for name in ("fixed", "own"):
        holds = rows[(rows[name] == State.contains).to_numpy()]
        first = holds.groupby("article")["period"].min()
        since = rows["article"].map(first).fillna(len(panel.periods)).to_numpy()
        held |= rows["period"].to_numpy() > since
        free |= (rows[name] == State.free).to_numpy()
    return (heirs | held) & free


def _worst(told: np.ndarray, place: np.ndarray, size: int) -> np.ndarray:
    """Of several numbers of one article what tells most against it: yes, then unknown."""
    rank = np.zeros(size, dtype=np.int8)
    np.maximum.at(rank, place, np.array([0, 2, 1], dtype=np.int8)[told])
    return np.array([NO, UNKNOWN, YES], dtype=np.int8)[rank]


class _Likeness:
    """Whether articles hold something that is much like what a list names; each substance is asked once."""

    def __init__(self, law: Law, registry: Registry) -> None:
        self._law, self._registry = law, registry
        self._known: dict[str, bool] = {}

    @cached_property
    def _relatives(self) -> Relatives:
        return Relatives(self._law, self._registry)

    def of(self, series: Series, period: int, articles: np.ndarray) -> np.ndarray:
        """One for each article: 1, 0; -1: nobody says what is in it."""
        standing = declared.standing(series.then(period), nameless(articles))
        lines = standing.declarations.lines
        lines = lines[(lines["high_ppt"] >= LEAST_PPT).to_numpy()].reset_index(drop=True)
        made = np.full(len(articles), UNKNOWN, dtype=np.int8)
        if not len(lines):
            return made
        readings = identify(lines, self._registry)
        own = readings.readings.merge(readings.identities, left_on="identity", right_index=True)
        article = lines["article"].to_numpy()
        made[article] = NO
        dark = own["line"][(own["status"] == UNIDENTIFIED).to_numpy()].to_numpy()
        made[article[dark]] = UNKNOWN
        drawn = own[((own["smiles"] != "") & ~own["variable"]).to_numpy()]
        smiles = drawn["smiles"].astype(object)
        close = smiles.map({text: self._close(text) for text in smiles.unique()})
        made[article[drawn["line"][close.to_numpy(dtype=bool)].to_numpy()]] = YES
        return made

    def _close(self, smiles: str) -> bool:
        if smiles not in self._known:
            self._known[smiles] = any(it.close for it in self._relatives.of(smiles))
        return self._known[smiles]
