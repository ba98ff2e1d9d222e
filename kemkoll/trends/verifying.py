"""What laboratories found, against the limits of contracts and law, and against what was declared (K15)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kemkoll.tables import State, distinct
from kemkoll.trends.figures import Figure, Figures, Heading, figure, ratio
from kemkoll.trends.intervals import wilson

_UNTESTED, _WITHIN, _OPEN, _ABOVE = range(4)
"""What the samples say of an article by one kind of limit; `_OPEN`: the laboratory cannot see so little."""


def verification(periods: pd.DataFrame, samples: pd.DataFrame) -> pd.DataFrame:
    """K15: `INDICATORS` of the articles that were tested in each period, with Wilson's intervals.

    An article is above a limit if any of its samples is. Where nothing was found, but the limit of
    quantification is above the limit, nothing is known of the sample: it counts for neither, the bounds let
    it be either way, and `coverage` is the share of the tested articles that could be decided. Samples are
    chosen by risk, so that these shares say nothing of the whole assortment.

    Args:
        periods: `PERIODS`.
        samples: `SAMPLES`.
    """
    made, size = Figures(), len(periods)
    if not size:
        return made.table()
    codes, first = distinct([samples["period"], samples["article"]])
    at = samples["period"].to_numpy()[first]
    contract, legal = samples["contract_ppt"].to_numpy(), samples["legal_ppt"].to_numpy()
    by_contract = _worst(_found(samples, contract), codes, len(first))
    by_law = _worst(_found(samples, legal), codes, len(first))
    by_either = _worst(_found(samples, np.where(contract >= 0, contract, legal)), codes, len(first))
    declared = samples["declared"].to_numpy()[first]
    free, contains = declared == State.free, declared == State.contains
    heading = Heading().alone(size)
    tested = _per(at, np.ones(len(at), dtype=bool), size)
    none = [(tested == 0, "no_samples")]
    made.add(heading, "K15", "count", figure(tested, tested, missing=none))
    agrees = np.where(contains, _mirrored(by_either), by_either)
    agrees[~(free | contains)] = _UNTESTED
    for name, what, wanted, nothing in (
        ("K15b", by_contract, _ABOVE, "no_limit"),
        ("K15c", by_law, _ABOVE, "no_limit"),
        ("K15d", agrees, _WITHIN, "no_agreement"),
        ("K15e", np.where(free, by_either, _UNTESTED), _ABOVE, "no_agreement"),
    ):
        share, covered = _share(at, what, wanted, size, [*none, (tested > 0, nothing)])
        made.add(heading, name, "share", share, covered)
    return made.table()


def _found(samples: pd.DataFrame, limits: np.ndarray) -> np.ndarray:
    """What each sample says by its limit (-1: none)."""
    more = samples["value_ppt"].to_numpy() > limits
    below = samples["below"].to_numpy()
    found = np.select([limits < 0, more & below, more], [_UNTESTED, _OPEN, _ABOVE], _WITHIN)
    return np.asarray(found)


def _worst(found: np.ndarray, codes: np.ndarray, articles: int) -> np.ndarray:
    made = np.zeros(articles, dtype=np.int64)
    np.maximum.at(made, codes, found)
    return made


def _mirrored(found: np.ndarray) -> np.ndarray:
    """The same for what was declared as containing: it is confirmed by what is above."""
    return np.asarray(np.array([_UNTESTED, _ABOVE, _OPEN, _WITHIN])[found])


def _share(
    at: np.ndarray, what: np.ndarray, wanted: int, size: int, missing: Sequence[tuple[np.ndarray, str]]
) -> tuple[Figure, np.ndarray]:
    """The share of the decided articles that are as wanted, and how many of those asked were decided."""
    part = _per(at, what == wanted, size)
    known = _per(at, (what == _WITHIN) | (what == _ABOVE), size)
    unsure = _per(at, what == _OPEN, size)
    bounds = [wilson(part, known), wilson(part, known + unsure), wilson(part + unsure, known + unsure)]
    low, high = np.min([low for low, _ in bounds], axis=0), np.max([high for _, high in bounds], axis=0)
    nothing = [(mask & (known == 0), code) for mask, code in missing]
    share = figure(ratio(part, known), part, known, low=low, high=high, missing=nothing)
    return share, ratio(known, known + unsure)


def _per(at: np.ndarray, which: np.ndarray, size: int) -> np.ndarray:
    """How many of the articles, by period."""
    return np.bincount(at[which], minlength=size).astype(np.float64)[None, :size]
