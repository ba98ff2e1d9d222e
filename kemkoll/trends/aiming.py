"""Whether what somebody set out to reach was reached, or is on its way (K14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.tables import NONE, TARGETS, Grouping, Panel, Reading, Weight
from kemkoll.trends.grouping import ALL, wider
from kemkoll.trends.reckoning import REDUCTION

_NEARLY = 1e-9
_READING: Mapping[str, str] = {name: reading for reading, name in REDUCTION.items()} | {"K18": Reading.own}
_WEIGHTS = (Weight.articles, "", Weight.spend, Weight.units, Weight.mass)
_MORE_IS_BETTER = (
    "K0",
    "K1",
    "K2b",
    "K2c",
    "K4",
    "K5",
    "K6",
    "K7",
    "K8",
    "K9",
    "K11b",
    "K11c",
    "K11e",
    "K11f",
)
_BETTER = (*_MORE_IS_BETTER, "K8a", "K9b", "K12b", "K12e", "K15d", "K16", "K16b", "K16c", "K17")


class Target(StrEnum):
    """What has become of an aim."""

    reached = "reached"
    on_track = "on_track"
    too_slow = "too_slow"
    not_reached = "not_reached"
    not_assessable = "not_assessable"


@dataclass(frozen=True)
class Path:
    """A straight line from where an aim starts to where it ends.

    Attributes:
        start, end: years.
        base, aim: values.
        rises: whether more is better.
    """

    start: int
    end: int
    base: float
    aim: float
    rises: bool

    def at(self, year: int) -> float:
        """Where it is in a year: at the aim in and after the last one.

        >>> Path(2020, 2030, 0.2, 0.1, False).at(2025)
        0.15000000000000002
        """
        if year >= self.end:
            return self.aim
        return self.base + (self.aim - self.base) * max(year - self.start, 0) / (self.end - self.start)

    def outcome(self, value: float, year: int) -> Target:
        """What has become of the aim if this is the value.

        Reached: at the aim or better. Before the last year: on track, on the line or better; too slow,
            better than in the base; else not reached. From the last year on what is not reached is not,
            whatever its direction.

        >>> line = Path(2020, 2030, 0.2, 0.1, False)
        >>> [str(line.outcome(value, 2025)) for value in (0.1, 0.15, 0.19, 0.2)]
        ['reached', 'on_track', 'too_slow', 'not_reached']
        >>> str(line.outcome(0.11, 2030))
        'not_reached'
        """
        sign = 1 if self.rises else -1
        if sign * (value - self.aim) >= -_NEARLY:
            return Target.reached
        if year >= self.end:
            return Target.not_reached
        if sign * (value - self.at(year)) >= -_NEARLY:
            return Target.on_track
        return Target.too_slow if sign * (value - self.base) > _NEARLY else Target.not_reached


def targets(figures: pd.DataFrame, aims: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """K14: `TARGETS`, each aim in each period from its base year on.

    An aim can only be assessed where all that the unknown articles may hold leads to the same outcome;
    `by_value` says what it would be without that. What compares with a year starts from 0 in it; all else
    from `base_value`, or from what the series says of that year.

    Args:
        figures: `INDICATORS` that the aims name, for all articles and by category if any aim is for one; with
            pairs from the base years.
        aims: `AIMS`; those for other lists are left out.
        panel: whose list and periods they are about.
    """
    years = [int(str(day)[:4]) for day in panel.periods["day"]]
    rows = [
        row
        for aim in aims[aims["list"].isin(["", panel.list])].astype(object).to_dict("records")
        for row in _rows(figures, aim, years)
    ]
    return TARGETS.conform(pd.DataFrame(rows, columns=TARGETS.names))


def _rows(figures: pd.DataFrame, aim: Mapping[Any, Any], years: list[int]) -> list[dict[str, Any]]:
    """An aim in each period, and in its last year if that has passed without a snapshot."""
    common = {
        "aim": aim["name"],
        "from_year": aim["base_year"],
        "to_year": aim["year"],
        "to_value": aim["value"],
        "path": np.nan,
        "from_value": np.nan,
        "value": np.nan,
        "low": np.nan,
        "high": np.nan,
        "outcome": Target.not_assessable,
        "by_value": Target.not_assessable,
        "missing": "",
        **{name: aim[name] for name in ("indicator", "list", "category", "decision")},
    }
    series = _series(figures, aim)
    periods = [period for period, year in enumerate(years) if year >= aim["base_year"]]
    rows = [common | _assessed(series, aim, period, years) for period in periods]
    if years and aim["year"] not in years and aim["base_year"] <= aim["year"] < max(years):
        rows.append(common | {"period": NONE, "year": aim["year"], "missing": "no_snapshot"})
    return rows


def _series(figures: pd.DataFrame, aim: Mapping[Any, Any]) -> pd.DataFrame:
    """The rows of the indicator that the aim is about; those of a category take in what lies below it."""
    category = str(aim["category"])
    wide = wider(category) if (figures["grouping"] == wider(category)).any() else Grouping.category
    rows: pd.DataFrame = figures[
        (figures["indicator"] == aim["indicator"])
        & figures["reading"].isin(["", _READING.get(aim["indicator"], Reading.fixed)])
        & (figures["grouping"] == (wide if category else ALL))
        & (figures["group"] == category)
    ]
    for weight in _WEIGHTS:  # coverage and bounds stand there by several
        weighed: pd.DataFrame = rows[rows["weight"] == weight]
        if len(weighed):
            return weighed
    return rows


def _assessed(series: pd.DataFrame, aim: Mapping[Any, Any], period: int, years: list[int]) -> dict[str, Any]:
    """What one period says of an aim."""
    year = years[period]
    made: dict[str, Any] = {"period": period, "year": year}
    base = max((at for at, of in enumerate(years) if of == aim["base_year"]), default=NONE)
    changes = bool((series["base"] != NONE).any())
    if changes and base == NONE:
        return made | {"missing": "no_snapshot"}
    now = _at(series, base if changes else NONE, period, starts=changes and base == period)
    given = float(aim["base_value"])
    before = (given, given, given, "")
    if np.isnan(given):
        before = _at(series, base, base, starts=True) if changes else _at(series, NONE, base)
    made |= {"from_value": before[0], "value": now[0], "low": now[1], "high": now[2]}
    if now[3] or before[3]:
        return made | {"missing": now[3] or before[3]}
    paths = [_path(aim, start) for start in before[:3]]
    found = {path.outcome(value, year) for path, value in product(paths, now[:3])}
    return made | {
        "path": paths[0].at(year),
        "outcome": found.pop() if len(found) == 1 else Target.not_assessable,
        "by_value": paths[0].outcome(now[0], year),
    }


def _at(
    series: pd.DataFrame, base: int, period: int, *, starts: bool = False
) -> tuple[float, float, float, str]:
    """Value, bounds, and why there are none; where a change starts it is nothing."""
    if starts:
        return 0.0, 0.0, 0.0, ""
    rows = series[(series["base"] == base) & (series["period"] == period)]
    if period == NONE:
        return np.nan, np.nan, np.nan, "no_snapshot"
    if rows.empty:
        return np.nan, np.nan, np.nan, "no_figure"
    row = rows.iloc[0]
    return float(row["value"]), float(row["low"]), float(row["high"]), str(row["missing"])


def _path(aim: Mapping[Any, Any], start: float) -> Path:
    """The line; where it neither rises nor falls, the indicator says what is better."""
    rises = aim["value"] > start
    if aim["value"] == start:
        name = aim["indicator"]
        rises = name in _BETTER or name.startswith(("K0_", "K17:"))
    return Path(int(aim["base_year"]), int(aim["year"]), start, float(aim["value"]), rises)
