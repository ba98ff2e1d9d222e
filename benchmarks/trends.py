"""Figures over the years: an invented panel of any size, all figures of it, and the flows by a plain loop."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from benchmarks.measure import timed
from kemkoll.tables import CONTRACTED, PANEL, PERIODS, STEPS, SUCCESSIONS, Grouping, Panel, State
from kemkoll.trends import flows, indicators

_SHARES = (0.1, 0.75, 0.15)  # unknown, free, contains
_STAYS = 0.9
_REASONS = ("new", "reformulation", "correction", "renewal")


def panel(articles: int, years: int) -> Panel:
    """As many articles, nine of ten of them there in each year, whose states differ from year to year."""
    random = np.random.default_rng(1)
    there = random.random((years, articles)) < _STAYS
    period, article = np.nonzero(there)
    rows = len(period)
    states = {
        reading: random.choice(np.arange(1, 4, dtype=np.int8), rows, p=_SHARES)
        for reading in ("fixed", "own", "reread")
    }

    def named(name: str, count: int) -> pd.Categorical:
        return pd.Categorical.from_codes(article % count, categories=[f"{name} {i}" for i in range(count)])

    table = pd.DataFrame(
        {
            "period": period, "article": article, **states, "outcome": "free",
            "evidence_level": random.integers(0, 6, rows), "supplier": named("supplier", 400),
            "category": named("category", 25), "spend_ore": random.integers(0, 10**8, rows),
            "units": random.integers(0, 10**5, rows), "content_low_ug": random.integers(1, 1000, rows),
            "content_high_ug": random.integers(1000, 10_000, rows), "kin": random.integers(-1, 2, rows),
        }
    )  # fmt: skip
    bought = pd.DataFrame(
        {"period": period, "article": article, "contract": named("contract", 50), "organisation": "one"}
    )
    steps = pd.DataFrame(
        {
            "period": random.integers(1, years, articles * years // 4),
            "article": random.integers(0, articles, articles * years // 4),
            "reason": random.choice(_REASONS, articles * years // 4),
        }
    )
    links = {
        "article": np.arange(0, articles, 10),
        "successor": random.integers(0, articles, -(-articles // 10)),
    }
    names = [str(2016 + year) for year in range(years)]
    periods = pd.DataFrame({"name": names, "day": [f"{name}-12-31" for name in names], "entries": 10})
    return Panel(
        list="list",
        periods=PERIODS.conform(periods),
        panel=PANEL.conform(table),
        contracted=CONTRACTED.conform(bought),
        steps=STEPS.conform(steps),
        successions=SUCCESSIONS.conform(pd.DataFrame(links)),
    )


def by_articles(panel: Panel, share: float) -> Counter[str]:
    """A plain loop over some of the articles, which only says who left and who came since the first year."""
    rows = panel.panel
    rows = rows[rows["article"] < share * (rows["article"].max() + 1)]
    found: Counter[str] = Counter()
    reasons = {(step.period, step.article): step.reason for step in panel.steps.itertuples()}
    for article, of in rows.groupby("article"):
        states = dict(zip(of["period"], of["fixed"], strict=True))
        for period in range(1, len(panel.periods)):
            before, after = states.get(0, State.absent), states.get(period, State.absent)
            if (before == State.contains) != (after == State.contains):
                found[reasons.get((period, article), "unexplained")] += 1
    return found


def seconds(articles: int, years: int, repeats: int = 3) -> dict[str, float]:
    """Seconds for all figures, for those of each category as well, for the flows, and for the plain loop."""
    made, share = panel(articles, years), 0.01
    return {
        "all": timed(lambda: indicators(made), repeats),
        "categories": timed(lambda: indicators(made, groupings=["", Grouping.category]), 1),
        "flows": timed(lambda: flows(made), repeats),
        "loop": timed(lambda: by_articles(made, share), 1) / share,
    }
