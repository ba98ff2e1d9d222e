"""Whether suppliers answer (K16)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.trends.dates import days, in_the_year
from kemkoll.trends.figures import Figures, Heading, figure, ratio

DAYS_TO_ANSWER = 45
"""As many as Article 33(2) of (EC) No 1907/2006 leaves a supplier whom a consumer asks."""


def responses(periods: pd.DataFrame, enquiries: pd.DataFrame) -> pd.DataFrame:
    """K16: `INDICATORS` of the questions that were sent in the year before each period's day, as known on
    that day.

    Questions whose 45 days have not passed, and that nobody has answered yet, are left out of the share;
    its bounds let all or none of them be answered in time.

    Args:
        periods: `PERIODS`.
        enquiries: `ENQUIRIES`.
    """
    made = Figures()
    if not len(periods):
        return made.table()
    every, quick, early, known, urged, moved = _counts(days(periods["day"]), enquiries)
    heading = Heading().alone(len(periods))
    none = [(every == 0, "no_enquiries")]
    decided = every - early
    share = figure(
        ratio(quick, decided),
        quick,
        decided,
        low=ratio(quick, every),
        high=ratio(quick + early, every),
        missing=[*none, (decided == 0, "too_early")],
    )
    reminded = figure(ratio(moved, urged), moved, urged, missing=[*none, (urged == 0, "none_reminded")])
    made.add(heading, "K16", "share", share, ratio(decided, every))
    made.add(heading, "K16b", "share", reminded)
    made.add(heading, "K16c", "share", figure(ratio(known, every), known, every, missing=none))
    return made.table()


def _counts(at: np.ndarray, enquiries: pd.DataFrame) -> list[np.ndarray]:
    """How many questions of the year that ends on each day were sent, answered in time, unanswered with
    time left, answered, followed by a reminder, and answered after one.
    """
    sent, answered, reminded = (days(enquiries[name])[:, None] for name in ("sent", "answered", "reminded"))
    asked = np.column_stack([in_the_year(sent[:, 0], day) for day in at])
    known = asked & (answered <= at)
    quick = known & ((answered - sent) <= np.timedelta64(DAYS_TO_ANSWER, "D"))
    early = asked & ~known & ((at - sent) < np.timedelta64(DAYS_TO_ANSWER, "D"))
    urged = asked & (reminded <= at)
    moved = urged & known & (answered >= reminded)
    counted = (asked, quick, early, known, urged, moved)
    return [which.sum(axis=0).astype(np.float64)[None, :] for which in counted]
