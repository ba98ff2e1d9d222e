"""What a batch came to, in numbers that add up: each article has one outcome by each list, and one in all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kemkoll.tables import Coverage, Force, Outcome, Verdict

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
_KEY = ["group", "contract", "article", "list"]
TOTAL = "total"
"""The row of all lists together."""


def outcome_of(verdicts: pd.DataFrame, findings: pd.DataFrame) -> pd.Series:
    """The outcome of each verdict: a waived deviation is one of its own, and no open one.

    A waiver accepts what it is about and nothing else: where the same list has something else that is for
    review, or that nobody has answered for, the verdict is that.

    Args:
        verdicts: columns of `BatchVerdict`.
        findings: columns of `BatchFinding`: at least those of the articles with a waived verdict.

    >>> key = {"group": 0, "contract": 1, "article": [1, 2, 3, 4], "list": "pvc"}
    >>> verdicts = pd.DataFrame({**key, "verdict": 7, "waived": [True, True, True, False]})
    >>> verdicts["coverage"] = ["covered", "covered", "partly", "covered"]
    >>> findings = pd.DataFrame({**key, "verdict": [7, 6, 7, 7], "waived": ["RS 1", "", "RS 1", ""]})
    >>> outcome_of(verdicts, findings).tolist()
    ['waived', 'review', 'unknown', 'deviation']
    """
    made = verdicts["verdict"].map({int(verdict): outcome for verdict, outcome in _OF_VERDICT.items()})
    waived = _is_waived(verdicts)
    if not waived.any():
        return made
    silent = waived & (verdicts["coverage"].astype(object) != Coverage.covered).to_numpy()
    doubtful = (findings["verdict"] == Verdict.review) & (findings["waived"].astype(object) == "")
    keys = [pd.MultiIndex.from_frame(frame[_KEY].astype(object)) for frame in (verdicts, findings[doubtful])]
    made = made.mask(waived, Outcome.waived).mask(silent, Outcome.unknown)
    return made.mask(waived & keys[0].isin(keys[1]), Outcome.review)


def _is_waived(verdicts: pd.DataFrame) -> np.ndarray:
    deviates = (verdicts["verdict"] == Verdict.above_limit).to_numpy()
    waived: np.ndarray = verdicts["waived"].to_numpy(dtype=bool) & deviates
    return waived


def as_bad_as(outcomes: pd.Series, verdict: Verdict) -> bool:
    """Whether one of the outcomes is at least as bad as a verdict that nobody has waived.

    >>> as_bad_as(pd.Series([Outcome.waived, Outcome.unknown]), Verdict.review)
    False
    """
    return any(_ORDER.index(outcome) >= _ORDER.index(_OF_VERDICT[verdict]) for outcome in outcomes.unique())


def rank_of(outcomes: pd.Series) -> pd.Series:
    """How bad each outcome is: its place in `Outcome`, from 0.

    >>> rank_of(pd.Series([Outcome.free, Outcome.deviation])).tolist()
    [0, 7]
    """
    places = {outcome: place for place, outcome in enumerate(_ORDER)}
    return outcomes.map(places).astype("int64")


def counts(verdicts: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """How many articles have each outcome, by list and in all; each row adds up to the articles judged.

    An article under two contracts counts once, by the worse.

    Args:
        verdicts, findings: as for `outcome_of`.

    Returns:
        A row for each list and `TOTAL`, a column for each Outcome, `articles`, and `with_waiver`: how many
        have a waived deviation, whatever else they have.
    """
    rank = rank_of(outcome_of(verdicts, findings))
    lists, article = verdicts["list"].astype(object), verdicts["article"]
    once, whole = rank.groupby([lists, article]).max(), rank.groupby(article).max()
    rows = {str(name): own for name, own in once.groupby(level=0)} | {TOTAL: whole}
    made = pd.DataFrame(
        {name: np.bincount(own.to_numpy(), minlength=len(_ORDER)) for name, own in rows.items()}, index=_ORDER
    ).T
    waived = _is_waived(verdicts)
    accepted = article[waived].groupby(lists[waived]).nunique()
    accepted.loc[TOTAL] = article[waived].nunique()
    return made.assign(
        articles=made.sum(axis=1), with_waiver=accepted.reindex(made.index, fill_value=0).astype("int64")
    )


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
    return {name: len(own) for name, own in articles_by_force(findings).items()}


def articles_by_force(findings: pd.DataFrame) -> dict[str, set[int]]:
    """The same, each with which articles they are.

    >>> found = {"article": [1, 2, 2], "verdict": 7, "force": ["law", "contract", "law"]}
    >>> articles_by_force(pd.DataFrame(found | {"waived": ["", "", "RS 1"]}))
    {'law': {1}, 'contract': {2}, 'waived': {2}}
    """
    above = findings[findings["verdict"] == Verdict.above_limit]
    waived = (above["waived"] != "").to_numpy()
    force = above["force"].astype(object).to_numpy()
    law = set(above["article"][(force == Force.law) & ~waived].tolist())
    contract = set(above["article"][(force != Force.law) & ~waived].tolist()) - law
    return {"law": law, "contract": contract, "waived": set(above["article"][waived].tolist())}


def articles_with(
    verdicts: pd.DataFrame, findings: pd.DataFrame, outcome: Outcome, lists: Sequence[str] = ()
) -> pd.DataFrame:
    """The verdicts that have an outcome, by some lists or by all: behind each number stand its articles."""
    met = (outcome_of(verdicts, findings) == outcome).to_numpy()
    if lists:
        met &= verdicts["list"].isin([*lists]).to_numpy()
    return verdicts[met]
