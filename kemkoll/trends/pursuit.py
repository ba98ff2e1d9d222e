"""What became of deviations, and what buyers have accepted for now (K13)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kemkoll.trends.dates import MONTHS_OF_A_YEAR, days, in_the_year, months_later
from kemkoll.trends.figures import Figures, Heading, Mask, figure


def follow_up(periods: pd.DataFrame, deviations: pd.DataFrame, waived: pd.DataFrame) -> pd.DataFrame:
    """K13: `INDICATORS` of deviations and waivers on the day of each period, and in the year before it.

    Args:
        periods: `PERIODS`.
        deviations: `DEVIATIONS`, of the lists that are asked for.
        waived: `WAIVED`; a waiver that stands in several rows counts once.
    """
    made, heading = Figures(), Heading().alone(len(periods))
    if not len(periods):
        return made.table()
    at = days(periods["day"])
    _add_deviations(made, heading, at, deviations)
    _add_waivers(made, heading, at, waived)
    return made.table()


def _add_deviations(made: Figures, heading: Heading, at: np.ndarray, table: pd.DataFrame) -> None:
    """K13, b, c, d, j."""
    opened, closed = days(table["opened"])[:, None], days(table["closed"])[:, None]
    begun = opened <= at
    open_ = begun & (np.isnat(closed) | (closed > at))
    ended = np.column_stack([in_the_year(closed[:, 0], day) for day in at])
    none: list[Mask] = [(len(table) == 0, "no_deviations")]
    accepted = open_ & table["waived"].to_numpy()[:, None]
    _add_count(made, heading, "K13", open_, none)
    _add_count(made, heading, "K13b", ended, none)
    _add_count(made, heading, "K13d", accepted, none)
    took = (closed - opened).astype(np.int64)
    age = (at - opened).astype(np.int64)
    for name, which, numbers, code in (
        ("K13c", ended, np.broadcast_to(took, ended.shape), "none_closed"),
        ("K13j", open_, age, "none_open"),
    ):
        counts = which.sum(axis=0)
        median = [np.median(numbers[of, k]) if of.any() else np.nan for k, of in enumerate(which.T)]
        missing = [*none, (counts == 0, code)]
        made.add(heading, name, "days", figure(_row(median), counts, counts, missing=missing))


def _add_waivers(made: Figures, heading: Heading, at: np.ndarray, table: pd.DataFrame) -> None:
    """K13e to K13i."""
    table = table[~table.duplicated("waiver").to_numpy()]
    since, until = days(table["since"])[:, None], days(table["until"])[:, None]
    in_force = (since <= at) & (np.isnat(until) | (until >= at))
    soon = np.array([months_later(day, MONTHS_OF_A_YEAR) for day in at], dtype="datetime64[D]")
    duty = (table["phase_out"] != "").to_numpy()[:, None]
    due = days(table["phase_out_until"])[:, None]
    none: list[Mask] = [(len(table) == 0, "no_waivers")]
    _add_count(made, heading, "K13e", in_force, none)
    _add_count(made, heading, "K13f", in_force & (until < soon), none)
    _add_count(made, heading, "K13g", until < at, none)
    _add_count(made, heading, "K13h", in_force & duty, none)
    _add_count(made, heading, "K13i", in_force & duty & (due < at), none)


def _add_count(made: Figures, heading: Heading, name: str, which: np.ndarray, missing: list[Mask]) -> None:
    counts = _row(which.sum(axis=0))
    made.add(heading, name, "count", figure(counts, counts, missing=missing))


def _row(values: Any) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)[None, :]
