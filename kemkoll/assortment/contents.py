"""How much of what a list names is in one piece of an article: the shares of its lines by the masses of their
parts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.judgement.units import ARTICLE, Masses, levels, pairs
from kemkoll.store import Known, declared
from kemkoll.tables import WHOLE, Declarations

UNKNOWN = -1


def masses(known: Known, found: pd.DataFrame, articles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest mass of what was found in one piece of each article, µg; -1: unknown.

    It is unknown of articles in which nothing was found, of which a part has no mass, or of which the
    supplier only says that something is there.

    Args:
        known: the moment.
        found: article, `lines`: the row numbers in the database of what it rests on, by spaces; a line may
            stand in several rows and counts once.
        articles: their numbers, smallest first.
    """
    low, high = (np.full(len(articles), UNKNOWN, dtype=np.int64) for _ in range(2))
    own = np.unique(found["article"])
    if not len(own):
        return low, high
    texts = found["lines"].astype(object)
    mute = found["article"].to_numpy()[(texts == "").to_numpy()]
    lines = np.unique(np.array(" ".join(texts.unique()).split(), dtype=np.int64))
    standing = declared.standing(known, nameless(own))
    rows = np.flatnonzero(np.isin(standing.line, lines))
    least, most = _of_lines(standing.declarations, rows)
    place = standing.declarations.lines["article"].to_numpy()[rows]
    sums = [np.zeros(len(own), dtype=np.int64) for _ in range(2)]
    for total, part in zip(sums, (least, most), strict=True):
        np.add.at(total, place, np.maximum(part, 0))
    told = np.isin(np.arange(len(own)), place) & ~np.isin(own, mute)
    told[place[(least < 0) | (most < 0)]] = False
    at = np.searchsorted(articles, own[told])
    low[at], high[at] = sums[0][told], sums[1][told]
    return low, high


def _of_lines(made: Declarations, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The masses of the substances of some lines, in all pieces of their part together; -1: unknown."""
    lines = made.lines.iloc[rows]
    level = levels(made.lines, pairs(made))[rows]
    at = tuple(lines[name].to_numpy() for name in ("article", "component", "material"))
    whole, _ = Masses(made).between(at, level, np.full(len(rows), ARTICLE))  # type: ignore[arg-type]
    told = (whole[0] > 0) & (whole[1] > 0)
    shares = (lines[name].to_numpy() for name in ("low_ppt", "high_ppt"))
    parts = []
    for mass, share, up in zip(whole, shares, (0, 1), strict=True):
        exact = mass.astype(object) * share.astype(object)
        parts.append(np.where(told, (-(-exact // WHOLE) if up else exact // WHOLE), UNKNOWN).astype(np.int64))
    return parts[0], parts[1]


def nameless(articles: np.ndarray) -> pd.DataFrame:
    """Articles as `declared.standing` asks for them, by their numbers alone."""
    texts = dict.fromkeys(("supplier", "number", "name", "gtin", "placed_on_market"), "")
    return pd.DataFrame({"article": articles}).assign(**texts)
