"""One figure out of the table of indicators, by what it is called."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pandas as pd

from kemkoll.tables.trends import Grouping, Reading, Weight

NOT_ASKED = "not-asked"
"""There is no such row: nobody computed the figure."""


class Measured(NamedTuple):
    """One figure. What there is not is None; `missing` says why."""

    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    coverage: float | None
    unit: str
    missing: str


NOTHING = Measured(None, None, None, None, None, None, "", NOT_ASKED)


class Indicators:
    """The indicators, found by what they are called.

    Args:
        frame: columns of INDICATORS.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        keys = ("indicator", "reading", "weight", "grouping", "group", "base", "period")
        columns = [frame[name].astype(object).tolist() for name in keys]
        self._rows = {key: place for place, key in enumerate(zip(*columns, strict=True))}
        self._values = {name: frame[name].tolist() for name in Measured._fields if name in frame}

    def one(
        self,
        indicator: str,
        period: int,
        base: int = -1,
        *,
        reading: str = Reading.fixed,
        weight: str = Weight.articles,
        grouping: str = "",
        group: str = "",
    ) -> Measured:
        """The figure; one that nobody computed has no value and says so."""
        key = (indicator, str(reading), str(weight), str(grouping), group, base, period)
        place = self._rows.get(key)
        if place is None:
            return NOTHING
        return Measured(**{name: _plain(values[place]) for name, values in self._values.items()})

    def groups(self, indicator: str, period: int, grouping: Grouping, base: int = -1) -> list[str]:
        """The groups that have this figure, in the order of the table."""
        frame = self.frame
        met = (
            (frame["indicator"] == indicator)
            & (frame["period"] == period)
            & (frame["base"] == base)
            & (frame["grouping"] == str(grouping))
            & (frame["reading"] == str(Reading.fixed))
            & (frame["weight"] == str(Weight.articles))
        )
        return [str(group) for group in frame["group"][met.to_numpy()].unique() if group]


def _plain(value: Any) -> Any:
    """None for what is not a number."""
    return None if isinstance(value, float) and math.isnan(value) else value
