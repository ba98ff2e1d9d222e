"""Days of tables as numbers, and the year that ends on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

MONTHS_OF_A_YEAR = 12


def days(column: pd.Series | Sequence[str]) -> np.ndarray:
    """ISO days as `datetime64[D]`; not a time where none is given.

    >>> days(["2025-12-31", ""])
    array(['2025-12-31',        'NaT'], dtype='datetime64[D]')
    """
    texts = pd.Series(column, dtype=object).to_numpy()
    return np.asarray(texts, dtype="datetime64[D]")


def months_later(day: Any, months: int) -> np.datetime64:
    """The same day some months later, or the last of that month.

    >>> months_later("2024-02-29", 12)
    np.datetime64('2025-02-28')
    """
    moved = pd.Timestamp(day) + pd.DateOffset(months=months)
    return np.datetime64(moved.date(), "D")


def in_the_year(when: np.ndarray, day: Any) -> np.ndarray:
    """Which days are in the twelve months that end on a day.

    >>> in_the_year(days(["2024-12-31", "2025-01-01", "2025-12-31"]), "2025-12-31").tolist()
    [False, True, True]
    """
    last = np.datetime64(day, "D")
    return np.asarray((when > months_later(last, -MONTHS_OF_A_YEAR)) & (when <= last))
