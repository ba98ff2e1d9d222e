"""Waivers that lapse: which, when, what they hold for, and what was to be done meanwhile."""

from __future__ import annotations

import pandas as pd

from kemkoll.assortment.reporting.called import called
from kemkoll.assortment.waivers import LATER, SOON, known_waivers, with_days_left
from kemkoll.report.waivers import Lapsing
from kemkoll.store import Known, judged


def lapsing(known: Known, on: str) -> Lapsing:
    """The waivers on a day."""
    batches = judged.batches(known)
    newest = int(batches["id"].max()) if len(batches) else 0
    made = with_days_left(known_waivers(known), on)
    made = made.assign(deviations=made["decision"].map(_let_off(known, newest)).fillna(0).astype("int64"))
    left = made["days_left"]
    duties = made[made["phase_out"] != ""].sort_values("phase_out_until", kind="stable")
    digest = str(batches["digest"].iloc[-1]) if newest else ""
    return Lapsing(
        on,
        newest,
        digest,
        made[left < 0],
        made[(left >= 0) & (left <= SOON)],
        made[(left > SOON) & (left <= LATER)],
        made[left > LATER],
        duties,
    )


def _let_off(known: Known, batch: int) -> pd.Series:
    """How many articles of a batch each decision lets off."""
    if not batch:
        return pd.Series(dtype="int64")
    found = called(known, batch).findings
    return found[found["waived"] != ""].groupby("waived")["article"].nunique()
