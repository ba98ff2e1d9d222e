"""What a batch came to, in numbers that add up: each article has one outcome by each list, and one in all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from kemkoll.i18n import N_
from kemkoll.tables import Force, Verdict


class Outcome(StrEnum):
    """What becomes of an article, worst last."""

    free = "free"
    below_limit = "below_limit"
    derogated = "derogated"
    listed = "listed"
    waived = "waived"
    unknown = "unknown"
    review = "review"
    deviation = "deviation"


WORDS = {
    Outcome.free: N_("free"),
    Outcome.below_limit: N_("below the limit"),
    Outcome.derogated: N_("let off by law"),
    Outcome.listed: N_("listed, no limit"),
    Outcome.waived: N_("deviation, waived"),
    Outcome.unknown: N_("unknown"),
    Outcome.review: N_("under review"),
    Outcome.deviation: N_("deviation"),
}
"""How an outcome is called."""

_OF_VERDICT = {
    Verdict.not_listed: Outcome.free,
    Verdict.not_applicable: Outcome.free,
    Verdict.below_limit: Outcome.below_limit,
    Verdict.exempt: Outcome.derogated,
    Verdict.listed: Outcome.listed,
    Verdict.unknown: Outcome.unknown,
    Verdict.review: Outcome.review,
    Verdict.above_limit: Outcome.deviation,
}
_ORDER = list(Outcome)
TOTAL = "total"
"""The row of all lists together."""


def outcome_of(verdicts: pd.DataFrame) -> pd.Series:
    """The outcome of each verdict: a waived deviation is one of its own, and no open one.

    Args:
        verdicts: `verdict`, `waived`.

    >>> outcome_of(pd.DataFrame({"verdict": [7, 7, 0], "waived": [True, False, False]})).tolist()
    ['waived', 'deviation', 'free']
    """
    made = verdicts["verdict"].map({int(verdict): outcome for verdict, outcome in _OF_VERDICT.items()})
    waived = verdicts["waived"].to_numpy(dtype=bool) & (made == Outcome.deviation).to_numpy()
    return made.mask(waived, Outcome.waived)


def counts(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many articles have each outcome, by list and in all; each row adds up to the articles judged.

    An article under two contracts counts once, by the worse.

    Returns:
        A row for each list and `TOTAL`, a column for each Outcome, and `articles`.
    """
    rank = outcome_of(verdicts).map({outcome: place for place, outcome in enumerate(_ORDER)}).astype("int64")
    lists = verdicts["list"].astype(object)
    once = rank.groupby([lists, verdicts["article"]]).max()
    whole = rank.groupby(verdicts["article"]).max()
    rows = {str(name): own for name, own in once.groupby(level=0)} | {TOTAL: whole}
    made = pd.DataFrame(
        {name: np.bincount(own.to_numpy(), minlength=len(_ORDER)) for name, own in rows.items()}, index=_ORDER
    ).T
    return made.assign(articles=made.sum(axis=1))


def coverage(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many articles are covered by each list, and how good the evidence is.

    Returns:
        A row for each list: `articles`, `covered`, `partly`, `none`, and `level_0` … `level_5`: articles
        whose best evidence is of that level.
    """
    once = verdicts.drop_duplicates(["list", "article"])
    lists = once["list"].astype(object)
    degree = pd.crosstab(lists, once["coverage"].astype(object))
    level = pd.crosstab(lists, once["evidence_level"])
    degree = degree.reindex(columns=["covered", "partly", "none"], fill_value=0)
    level = level.reindex(columns=range(6), fill_value=0).rename(columns="level_{}".format)
    return pd.concat([lists.value_counts().rename("articles"), degree, level], axis=1).sort_index()


def by_force(findings: pd.DataFrame) -> dict[str, int]:
    """How many articles deviate from the law, and from a contract alone; those that are waived stand apart.

    Args:
        findings: columns of `BatchFinding`.

    Returns:
        By `law`, `contract`, `waived`: numbers of articles.
    """
    above = findings[findings["verdict"] == Verdict.above_limit]
    waived = (above["waived"] != "").to_numpy()
    force = above["force"].astype(object).to_numpy()
    law = set(above["article"][(force == Force.law) & ~waived])
    contract = set(above["article"][(force != Force.law) & ~waived]) - law
    return {"law": len(law), "contract": len(contract), "waived": above["article"][waived].nunique()}


def articles_with(verdicts: pd.DataFrame, outcome: Outcome, lists: Sequence[str] = ()) -> pd.DataFrame:
    """The verdicts that have an outcome, by some lists or by all: behind each number stand its articles."""
    met = (outcome_of(verdicts) == outcome).to_numpy()
    if lists:
        met &= verdicts["list"].isin([*lists]).to_numpy()
    return verdicts[met]
