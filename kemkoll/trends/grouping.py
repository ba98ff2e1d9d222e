"""By what articles are told apart: which articles belong to which group in which period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.tables import NONE, Grouping, Panel, distinct
from kemkoll.trends.grid import Grid, slices

UNGROUPED = "-"
"""The group of what nobody has put into one, so that groups add up to all."""
ALL = ""
"""The grouping that tells no articles apart, and its one group."""
SUPPLIER_SIZE = "supplier_size"
"""The grouping by how many articles the supplier has in the assortment in that period."""
_WIDER = "category/"
_SIZES = {"1-9": 1, "10-99": 10, "100-": 100}


def wider(category: str) -> str:
    """The grouping that tells a category and all below it from all others (`tables.WITHIN`).

    >>> wider("A")
    'category/A'
    """
    return _WIDER + category


@dataclass(frozen=True)
class Members:
    """Which articles belong to which group, by period.

    Attributes:
        grouping: of `Grouping`, or `ALL`, or `wider`.
        names: of the groups, in the order of the alphabet.
        code: one per membership: which group.
        row: one per membership: which of the grid's ordered rows.
        article, period: one per membership.
    """

    grouping: str
    names: Sequence[str]
    code: np.ndarray
    row: np.ndarray
    article: np.ndarray
    period: np.ndarray

    def of(self, period: int) -> tuple[np.ndarray, np.ndarray]:
        """Articles and groups of the memberships in one period."""
        at = slices(self.period, period)
        return self.article[at], self.code[at]

    def count(self, codes: np.ndarray, numbers: np.ndarray, kinds: int) -> np.ndarray:
        """How many of each kind are in each group: groups × kinds.

        Args:
            codes: group of each.
            numbers: which kind each is, from 0.
            kinds: how many kinds there are.
        """
        size = len(self.names)
        made = np.bincount(codes.astype(np.int64) * kinds + numbers, minlength=size * kinds)
        return made.reshape(size, kinds).astype(np.float64)


def members(panel: Panel, grid: Grid, grouping: str) -> Members:
    """Who belongs where.

    An article that is bought by several contracts counts in each of them, and once in all.

    Raises:
        ValueError: there is no such grouping.
    """
    every = np.arange(len(grid.row))
    if grouping == ALL:
        return Members(ALL, [ALL], np.zeros(len(every), dtype=np.int32), every, grid.row, grid.period)
    if grouping in (Grouping.category, Grouping.supplier):
        names, codes = _named(panel.panel[str(grouping)])
        return Members(grouping, names, codes[grid.order], every, grid.row, grid.period)
    if grouping.startswith(_WIDER):
        code = grouping.removeprefix(_WIDER)
        codes = np.where(_is_within(panel, code), 0, 1).astype(np.int32)
        return Members(grouping, [code, UNGROUPED], codes[grid.order], every, grid.row, grid.period)
    if grouping == SUPPLIER_SIZE:
        names, codes = _sized(panel, grid)
        return Members(grouping, names, codes, every, grid.row, grid.period)
    if grouping in (Grouping.contract, Grouping.organisation):
        return _contracted(panel, grid, grouping)
    known = ", ".join([*Grouping, SUPPLIER_SIZE])
    raise ValueError(f"{grouping!r} is no grouping; there are: {known}")


def _named(column: pd.Series) -> tuple[list[str], np.ndarray]:
    """The names in a column in the order of the alphabet, and which of them each row has."""
    texts = column.astype("category")
    every = texts.cat.categories.tolist()
    used = np.flatnonzero(np.bincount(texts.cat.codes, minlength=len(every)))
    said = [str(every[code]) or UNGROUPED for code in used]
    names = sorted(set(said))
    place = np.zeros(len(every), dtype=np.int32)
    place[used] = [names.index(name) for name in said]
    return names, place[texts.cat.codes.to_numpy()]


def _is_within(panel: Panel, code: str) -> np.ndarray:
    """Which rows of a panel are of articles of a category or of one below it."""
    inside = panel.within[(panel.within["wider"] == code).to_numpy()][["period", "category"]]
    rows = pd.MultiIndex.from_frame(panel.panel[["period", "category"]].astype(object))
    return np.asarray(rows.isin(pd.MultiIndex.from_frame(inside.astype(object))))


def _sized(panel: Panel, grid: Grid) -> tuple[list[str], np.ndarray]:
    """The sizes that suppliers have, smallest first, and which of them the supplier of each ordered row
    has.
    """
    names, codes = _named(panel.panel["supplier"])
    key = codes[grid.order].astype(np.int64) * grid.periods + grid.period
    articles = np.bincount(key)[key]
    size = np.searchsorted(list(_SIZES.values()), articles, "right") - 1
    size[codes[grid.order] == _place(UNGROUPED, names)] = len(_SIZES)
    return [*_SIZES, UNGROUPED], size.astype(np.int32)


def _contracted(panel: Panel, grid: Grid, grouping: str) -> Members:
    """Groups by contract: an article is in those of its contracts, or in none."""
    table = panel.contracted
    article, period = grid.places(table["article"]), table["period"].to_numpy()
    row_of = np.full((grid.periods, len(grid.articles)), NONE, dtype=np.int64)
    row_of[grid.period, grid.row] = np.arange(len(grid.row))
    kept = (article != NONE) & (period >= 0) & (period < grid.periods)
    row = np.full(len(table), NONE)
    row[kept] = row_of[period[kept], article[kept]]
    kept = row != NONE
    names, codes = _named(table[str(grouping)][kept])
    _, first = distinct([row[kept], codes])
    row, codes = row[kept][first], codes[first]
    loose = np.flatnonzero(np.bincount(row, minlength=len(grid.row)) == 0)
    if len(loose) and UNGROUPED not in names:
        names = [*names, UNGROUPED]
    row = np.concatenate([row, loose])
    codes = np.concatenate([codes, np.full(len(loose), _place(UNGROUPED, names), dtype=np.int32)])
    order = np.argsort(row, kind="stable")  # rows are ordered by period
    row, codes = row[order], codes[order]
    return Members(grouping, names, codes, row, grid.row[row], grid.period[row])


def _place(name: str, names: Sequence[str]) -> int:
    return names.index(name) if name in names else NONE
