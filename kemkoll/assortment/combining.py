"""Verdicts of a batch before, with what coverage says now: for articles whose findings are the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.judgement import degree

_NOT_ASKED = "list-condition-false"


def combined(rows: pd.DataFrame, now: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The verdicts as they are now: the worse of findings and coverage, as when everything is judged.

    A verdict of old that names entries was decided by findings, which stay. Another is what coverage said,
    and its findings, if any, were better than that: where coverage now says something better too, they may
    count, and the article must be judged again.

    Args:
        rows: the verdicts before (columns of `BatchVerdict`, with names beside).
        now: what coverage alone says of each (`judgement.Answered.rows`), row by row.

    Returns:
        The verdicts, and the articles of which that cannot be told.
    """
    if not len(rows):
        return rows.drop(columns=["id", "batch"]), np.empty(0, dtype=np.int64)
    verdict, reason = rows["verdict"].to_numpy(), rows["reason"].astype(object).to_numpy()
    entries, waived = rows["entries"].astype(object).to_numpy(), rows["waived"].to_numpy(dtype=bool)
    after = now["verdict"].to_numpy()
    fixed = reason == _NOT_ASKED
    by_finding = entries != ""
    doubtful = ~fixed & ~by_finding & (after < verdict)
    by_coverage = ~fixed & (~by_finding | (after > verdict))
    counts = (now[name].to_numpy() for name in ("answered", "asked", "outside"))
    answered, asked, outside = counts
    made = rows.assign(
        verdict=np.where(by_coverage, after, verdict),
        reason=np.where(by_coverage, now["reason"].astype(object).to_numpy(), reason),
        entries=np.where(by_coverage, "", entries),
        waived=waived & ~by_coverage,
        coverage=degree(answered, asked, outside, rows["undisclosed_ppt"].to_numpy()),
        entries_covered=answered,
        entries_asked=asked,
    )
    return made.drop(columns=["id", "batch"]), np.unique(rows["article"].to_numpy()[doubtful])
