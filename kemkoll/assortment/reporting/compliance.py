"""One batch: what became of its articles, by which lists, what deviates, what must be looked at."""

from __future__ import annotations

import pandas as pd

from kemkoll.assortment import outcomes
from kemkoll.assortment.reporting.called import Called, called
from kemkoll.profiles import Profile
from kemkoll.report.compliance import Compliance
from kemkoll.store import Known
from kemkoll.tables import Outcome, Verdict


def compliance(known: Known, number: int) -> Compliance:
    """What the batch of this number came to.

    Raises:
        StoreError: there is none.
    """
    batch = called(known, number)
    found, verdicts = batch.findings, batch.verdicts
    above = batch.with_written(found[found["verdict"] == Verdict.above_limit])
    return Compliance(
        about=batch.about,
        profiles=distinct_profiles(batch),
        lists=batch.lists,
        counts=outcomes.counts(verdicts, found),
        coverage=outcomes.coverage(verdicts),
        by_force=outcomes.by_force(found),
        deviations=in_order(above[above["waived"] == ""]),
        waived=in_order(above[above["waived"] != ""]),
        reviews=in_order(batch.with_written(found[found["verdict"] == Verdict.review])),
        unanswered=in_order(verdicts[verdicts["outcome"] == Outcome.unknown]),
    )


def distinct_profiles(batch: Called) -> tuple[Profile, ...]:
    """The profiles of a batch, each once, by name."""
    made = {profile.id: profile for profile in batch.profiles}
    return tuple(made[name] for name in sorted(made))


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order in which people look for them; an article under several contracts has a row for each
    of them.
    """
    keys = ["contract_number", "supplier", "number", "list"]
    more = [name for name in ("entry", "component_name", "material_name") if name in rows]
    return rows.sort_values([*keys, *more], kind="stable", ignore_index=True)
