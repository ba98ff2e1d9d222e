"""What is not known, and whom to ask first: an answer is worth most where much is bought, where others of the
kind often hold something listed, and where the list binds by law.

    expected information = spend × hit rate of the category × severity of the list, added up over the lists

The *hit rate* is the share of the articles of the same category, answered for by the same list, that hold
something of it above its limit or without one; Laplace's rule of succession, (hits + 1) / (answered + 2),
keeps a category of which nobody has answered between never and always. *Severity* is 3 where the list binds
by law, 2 by contract, 1 where it is only watched.
"""

from __future__ import annotations

import pandas as pd

from kemkoll.assortment.reporting.called import ARTICLE, Called, called
from kemkoll.assortment.review import spends
from kemkoll.report.data_quality import Quality
from kemkoll.store import Known, declarations, kept
from kemkoll.store.models import Volume
from kemkoll.tables import Force, Outcome

SEVERITY = {Force.law.value: 3, Force.contract.value: 2, Force.should.value: 1, Force.watch.value: 1}
HOLDS = (Outcome.deviation, Outcome.waived, Outcome.derogated, Outcome.listed)
"""The outcomes of an article that surely holds something of a list."""
_NOBODY_KNOWS = (Outcome.unknown, Outcome.review)


def quality(known: Known, number: int) -> Quality:
    """What was not known in a batch.

    Raises:
        StoreError: there is no such batch.
    """
    batch = called(known, number)
    verdicts = batch.verdicts
    missing = _missing(batch)
    by_supplier = missing.groupby("supplier").agg(
        unanswered=("article", "size"), expected=("expected", "sum")
    )
    every = verdicts.groupby("supplier")["article"].nunique().rename("articles")
    suppliers = by_supplier.join(every).reset_index()
    unknown = verdicts[verdicts["outcome"] == Outcome.unknown]
    keys = ["list", "list_en", "list_sv", "reason"]
    reasons = unknown.groupby(keys)["article"].nunique().rename("articles").reset_index()
    return Quality(
        batch=batch.about,
        articles=verdicts["article"].nunique(),
        missing=missing,
        reasons=reasons.sort_values(
            ["articles", "list", "reason"], ascending=[False, True, True], ignore_index=True
        ),
        suppliers=suppliers.sort_values(["expected", "supplier"], ascending=[False, True], ignore_index=True),
        problems=_problems(known),
    )


def hit_rates(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How often articles of a category hold something of a list, among those that somebody answered for.

    Args:
        verdicts: `article`, `category`, `list`, `outcome`.

    Returns:
        `category`, `list`, `hit_rate`.

    >>> told = {"article": [1, 2], "category": "A", "list": "pfas", "outcome": ["free", "unknown"]}
    >>> hit_rates(pd.DataFrame(told)).round(3).to_dict("records")
    [{'category': 'A', 'list': 'pfas', 'hit_rate': 0.333}]
    """
    keys = ["category", "list"]
    once = verdicts.drop_duplicates([*keys, "article"])
    told = once.assign(
        answered=~once["outcome"].isin(_NOBODY_KNOWS), hit=once["outcome"].isin(HOLDS)
    ).groupby(keys)[["answered", "hit"]]
    sums = told.sum()
    return ((sums["hit"] + 1) / (sums["answered"] + 2)).rename("hit_rate").reset_index()


def _missing(batch: Called) -> pd.DataFrame:
    """The articles that nobody has answered for by some list, the most telling first."""
    unknown = batch.verdicts[batch.verdicts["outcome"] == Outcome.unknown]
    unknown = unknown.drop_duplicates(["article", "list"]).reset_index(drop=True)
    unknown = unknown.merge(hit_rates(batch.verdicts), on=["category", "list"], how="left")
    force = dict(zip(batch.lists["list"], batch.lists["force"], strict=True))
    spend, known = spends(unknown["article"], kept.frame(batch.then, Volume))
    severity = unknown["list"].map(force).map(SEVERITY).fillna(1)
    unknown = unknown.assign(
        spend_ore=spend, spend_known=known, expected=spend * unknown["hit_rate"] * severity
    )
    grouped = unknown.groupby("article", sort=False)
    made = grouped.agg(
        **{name: (name, "first") for name in (*ARTICLE, "spend_ore", "spend_known")},
        lists=("list", _words),
        reasons=("reason", _words),
        hit_rate=("hit_rate", "max"),
        expected=("expected", "sum"),
    ).reset_index()
    keys = ["expected", "spend_ore", "supplier", "number"]
    return made.sort_values(keys, ascending=[False, False, True, True], ignore_index=True)


def _words(values: pd.Series) -> str:
    return " ".join(dict.fromkeys(values))


def _problems(known: Known) -> pd.DataFrame:
    """How often each problem was met, in how many files."""
    rows = declarations.problem_counts(known)
    return rows.sort_values(["times", "code"], ascending=[False, True], ignore_index=True)
