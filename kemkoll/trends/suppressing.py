"""Which groups nobody outside may see, so that no figure tells of a few suppliers, also not by subtraction.

The rule. A group is hidden in a period if fewer than three suppliers are known in it. Groups add up to all
articles, so within each grouping as many more are hidden, the smallest first, as it takes until the hidden
ones together are of three suppliers and more than one group. Groups of different groupings may be sums of
each other too: a category is what two contracts buy. So where the articles of a hidden group are any sum or
difference of those of groups that are shown, one of these is hidden as well. Figures that compare two
periods are hidden where the group is hidden in either; so what was hidden in one year does not follow from
the next year's number and the flows between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.tables import HIDDEN, NONE, Panel
from kemkoll.trends.grid import grid
from kemkoll.trends.grouping import ALL, Members, members

LEAST_SUPPLIERS = 3
FEW, COMPLEMENT = "few", "complement"
_KEYS = ("base", "period")
_MISSING = "suppressed"
_NEARLY = 1e-7  # sums of whole numbers are nowhere near as wrong


@dataclass
class _Cells:
    """The groups of all groupings in one period that have articles.

    Attributes:
        of: which grouping each belongs to.
        code: its number in the grouping.
        articles: how many it has.
        suppliers: group × supplier: whether it has articles of it.
        atoms: group × kinds of articles that are in the same groups: whether it has them.
        why: empty where it is shown.
    """

    of: np.ndarray
    code: np.ndarray
    articles: np.ndarray
    suppliers: np.ndarray
    atoms: np.ndarray
    why: np.ndarray

    @property
    def shown(self) -> np.ndarray:
        return np.asarray(self.why == "")

    def hide_least(self, among: np.ndarray) -> None:
        """Hide the smallest of some groups."""
        at = np.flatnonzero(among)
        self.why[at[np.lexsort((self.code[at], self.of[at], self.articles[at]))[0]]] = COMPLEMENT


def hidden(panel: Panel, groupings: Sequence[str], *, least: int = LEAST_SUPPLIERS) -> pd.DataFrame:
    """What nobody outside may see: `HIDDEN`, one row per group and period.

    Args:
        panel: with `supplier`; one that is not known counts for none.
        groupings: all by which figures are shown, together: what is hidden in one depends on the others.
        least: how many suppliers a group must have to be shown.
    """
    made = grid(panel)
    by = [members(panel, made, grouping) for grouping in dict.fromkeys([ALL, *groupings])]
    supplier = panel.panel["supplier"].astype("category")
    names = supplier.cat.categories.tolist()
    codes = supplier.cat.codes.to_numpy()[made.order]
    codes = np.where(codes == (names.index("") if "" in names else NONE), NONE, codes)
    parts = []
    for period in range(made.periods):
        cells = _cells(by, period, codes, len(made.articles), len(names))
        _decide(cells, least)
        parts += [
            (by[of].grouping, by[of].names[code], period, why)
            for of, code, why in zip(cells.of, cells.code, cells.why, strict=True)
            if why
        ]
    return HIDDEN.conform(pd.DataFrame(parts, columns=HIDDEN.names))


def _cells(by: Sequence[Members], period: int, suppliers: np.ndarray, articles: int, names: int) -> _Cells:
    """The groups that have articles in a period.

    Args:
        suppliers: one per ordered row of the grid; `NONE`: unknown.
        articles, names: how many articles and suppliers there are.
    """
    starts = np.cumsum([0, *(len(it.names) for it in by)])
    at = [np.flatnonzero(it.period == period) for it in by]
    article = np.concatenate([it.article[rows] for it, rows in zip(by, at, strict=True)])
    cell = np.concatenate(
        [it.code[rows] + start for it, rows, start in zip(by, at, starts[:-1], strict=True)]
    )
    seller = np.concatenate([suppliers[it.row[rows]] for it, rows in zip(by, at, strict=True)])
    known = seller != NONE
    size = int(starts[-1])
    has = np.zeros((size, max(names, 1)), dtype=bool)
    has[cell[known], seller[known]] = True
    counts = np.bincount(cell, minlength=size)
    atoms = np.zeros((size, 0), dtype=bool)
    if len(cell):
        kind = _kinds(article, cell, articles, size)
        atoms = np.zeros((size, int(kind.max()) + 1), dtype=bool)
        atoms[cell, kind[article]] = True
    kept = np.flatnonzero(counts)
    of = np.repeat(np.arange(len(by)), [len(it.names) for it in by])[kept]
    why = np.full(len(kept), "", dtype=object)
    return _Cells(of, kept - starts[of], counts[kept], has[kept], atoms[kept], why)


def _kinds(article: np.ndarray, cell: np.ndarray, articles: int, cells: int) -> np.ndarray:
    """One number per article, the same for all that are in the same groups.

    Each group has a number of 64 random bits, and an article has the sum of those of its groups.
    """
    marks = np.random.default_rng(0).integers(0, 2**63, cells, dtype=np.uint64)
    sums = np.zeros(articles, dtype=np.uint64)
    np.add.at(sums, article, marks[cell])
    return np.asarray(pd.factorize(sums)[0])


def _decide(cells: _Cells, least: int) -> None:
    """Say why groups are hidden."""
    cells.why[cells.suppliers.sum(axis=1) < least] = FEW
    if len(cells.why) and cells.why[0]:  # even of all articles there are too few suppliers
        cells.why[cells.shown] = COMPLEMENT
    while _complement(cells, least) or _untangle(cells):
        pass


def _complement(cells: _Cells, least: int) -> bool:
    """Hide one more group of a grouping whose hidden ones could be computed together; whether there was
    one.
    """
    for of in np.unique(cells.of):
        own = cells.of == of
        gone, left = own & ~cells.shown, own & cells.shown
        if not (gone.any() and left.any()):
            continue
        if gone.sum() == 1 or cells.suppliers[gone].any(axis=0).sum() < least:
            cells.hide_least(left)
            return True
    return False


def _untangle(cells: _Cells) -> bool:
    """Hide one group by which a hidden one could be computed; whether there was one."""
    shown, gone = np.flatnonzero(cells.shown), np.flatnonzero(~cells.shown)
    if not (len(shown) and len(gone)):
        return False
    known = cells.atoms[shown].T.astype(np.float64)
    wanted = cells.atoms[gone].T.astype(np.float64)
    parts = np.linalg.lstsq(known, wanted, rcond=None)[0]
    exact = np.flatnonzero((np.abs(known @ parts - wanted) < _NEARLY).all(axis=0))
    if not len(exact):
        return False
    used = np.zeros(len(cells.why), dtype=bool)
    used[shown[np.abs(parts[:, exact[0]]) > _NEARLY]] = True
    some = used & (cells.of != 0)
    cells.hide_least(some if some.any() else used)
    return True


def suppress(table: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """The table without the numbers of what nobody outside may see.

    Floating-point numbers become not a number, whole ones -1; `missing`, where there is one, says
    `suppressed`.

    Args:
        table: with `grouping`, `group` and `period`, and maybe `base`: INDICATORS, FLOWS, MATRIX, OUTCOMES.
        hidden: as `hidden` gives it, for all groupings in the table.
    """
    gone = pd.MultiIndex.from_frame(hidden[["grouping", "group", "period"]].astype(object))
    where = np.zeros(len(table), dtype=bool)
    for name in (key for key in _KEYS if key in table.columns):
        asked = table[["grouping", "group", name]].astype(object)
        where |= pd.MultiIndex.from_frame(asked).isin(gone)
    made = table.copy()
    for name, column in ((str(name), column) for name, column in table.items()):
        if name in _KEYS or column.dtype.kind not in "fi":
            continue
        made.loc[where, name] = np.nan if column.dtype.kind == "f" else NONE
    if "missing" in table.columns:
        made["missing"] = pd.Categorical(np.where(where, _MISSING, table["missing"].astype(object)))
    return made
