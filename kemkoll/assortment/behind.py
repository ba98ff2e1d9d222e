"""Which articles stand behind each number of a batch: as many as the number says, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment.evidence import is_below
from kemkoll.assortment.naming import Names
from kemkoll.assortment.outcomes import articles_by_force, outcome_of
from kemkoll.assortment.reporting.called import called
from kemkoll.assortment.scope import articles
from kemkoll.store import Known, declared
from kemkoll.tables import Outcome, Verdict

CONTAINS = (Verdict.above_limit, Verdict.exempt, Verdict.listed, Verdict.below_limit)
"""The findings that say that something is there, above a limit or not."""
_ORDER = [str(outcome) for outcome in Outcome]


@dataclass(frozen=True)
class Number:
    """Which number of a batch is meant; what is empty asks for nothing.

    Attributes:
        outcome: an Outcome, by the list or in all.
        list: as the batch calls it; empty: all lists together.
        coverage: a Coverage.
        evidence: an evidence level, 0 to 5; -1: any.
        force: `law`, `contract`, `waived`, as `outcomes.by_force` counts.
        which: `declared`: with a declaration; `contains`: something that is listed is in it; `below`: the
            evidence is less than the contract wants; `waiver`: with a deviation that is waived.
    """

    outcome: str = ""
    list: str = ""
    coverage: str = ""
    evidence: int = -1
    force: str = ""
    which: str = ""


@dataclass(frozen=True)
class Behind:
    """Some of the articles behind a number.

    Attributes:
        count: how many articles there are: the number.
        rows: those that were asked for: `article`, `number`, `name`, `supplier`, `contracts`, `outcome`,
            `list_en`, `list_sv`, `reason` (codes by spaces) and `entries`, texts of several by line breaks.
    """

    count: int
    rows: pd.DataFrame


def behind(
    known: Known, batch: int, asked: Number, wanted: Mapping[int, int], span: slice = slice(None)
) -> Behind:
    """The articles behind a number of a batch.

    Args:
        known: any moment after the batch.
        batch: its number.
        asked: which number.
        wanted: `evidence.wanted_of` the batch.
        span: which of the articles, in order.

    Raises:
        StoreError: there is no such batch.
    """
    made = called(known, batch)
    verdicts, findings = made.plain_verdicts, made.plain_findings
    met = _met(verdicts, findings, asked, wanted)
    if asked.which == "declared":
        met = met[met["article"].isin(declared_in(made.then, met["article"]))]
    order = in_order(met)
    rows = met[met["article"].isin(order[span])]
    return Behind(len(order), _named(made.then, made.lists, rows, order[span]))


def declared_in(then: Known, wanted: pd.Series) -> np.ndarray:
    """Those of some articles that had a declaration at a moment."""
    current = declared.current_rows(then, wanted.unique())
    found: np.ndarray = current["article"].unique()
    return found


def containing(findings: pd.DataFrame) -> np.ndarray:
    """The articles in which something is that is listed, whatever its limit is."""
    found: np.ndarray = findings["article"][findings["verdict"].isin(CONTAINS)].unique()
    return found


def in_order(verdicts: pd.DataFrame) -> np.ndarray:
    """The articles of some verdicts with their `outcome`, the worst first, each once.

    >>> made = pd.DataFrame({"article": [1, 2, 3, 2], "outcome": ["free", "unknown", "unknown", "review"]})
    >>> in_order(made).tolist()
    [2, 3, 1]
    """
    rank = verdicts["outcome"].map(_ORDER.index).groupby(verdicts["article"]).agg(["max", "size"])
    made: np.ndarray = (
        rank.reset_index()
        .sort_values(["max", "size", "article"], ascending=[False, False, True], kind="stable")["article"]
        .to_numpy()
    )
    return made


def _met(
    verdicts: pd.DataFrame, findings: pd.DataFrame, asked: Number, wanted: Mapping[int, int]
) -> pd.DataFrame:
    """The verdicts that make a number what it is, with `outcome`."""
    rows = verdicts.assign(outcome=outcome_of(verdicts, findings).astype(str))
    if asked.list:
        rows = rows[rows["list"] == asked.list]
    if asked.coverage or asked.evidence >= 0:
        rows = rows.drop_duplicates(["list", "article"])
    if asked.coverage:
        rows = rows[rows["coverage"] == asked.coverage]
    if asked.evidence >= 0:
        rows = rows[rows["evidence_level"] == asked.evidence]
    if asked.force:
        rows = rows[_of_force(rows, findings, asked.force)]
    if asked.which == "contains":
        rows = rows[rows["article"].isin(containing(findings)) & (rows["outcome"] != Outcome.free.value)]
    if asked.which == "below":
        rows = rows[is_below(rows, wanted).to_numpy()]
    if asked.which == "waiver":
        rows = rows[(rows["waived"] & (rows["verdict"] == Verdict.above_limit)).to_numpy(dtype=bool)]
    return _of_outcome(rows, asked.outcome) if asked.outcome else rows


def _of_outcome(rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The rows that give their articles an outcome: it is the worst that they have."""
    rank = rows["outcome"].map(_ORDER.index)
    worst = rank.groupby(rows["article"]).transform("max")
    return rows[(rank == worst) & (rows["outcome"] == outcome)]


def _of_force(rows: pd.DataFrame, findings: pd.DataFrame, force: str) -> np.ndarray:
    """Which verdicts are about what deviates by a force."""
    own = articles_by_force(findings).get(force, set())
    above = findings[(findings["verdict"] == Verdict.above_limit) & findings["article"].isin(own)]
    above = above[(above["waived"] != "") == (force == "waived")]
    keys = [pd.MultiIndex.from_frame(frame[["article", "list"]]) for frame in (rows, above)]
    met: np.ndarray = keys[0].isin(keys[1])
    return met


def _named(then: Known, lists: pd.DataFrame, rows: pd.DataFrame, order: np.ndarray) -> pd.DataFrame:
    """A row for each article, with all that people call it and the lists by."""
    titles = lists.drop_duplicates("list").set_index("list")
    named = Names(then).beside(rows)
    for language in ("en", "sv"):
        title = named["list"].map(titles[f"title_{language}"]).fillna("")
        named[f"list_{language}"] = title.where(title != "", named["list"])
    rank = named["outcome"].map(_ORDER.index)
    named = named.assign(rank=rank).sort_values("rank", ascending=False, kind="stable")
    columns: dict[str, Any] = {"number": "first", "supplier": "first", "outcome": "first", "reason": _words}
    columns |= dict.fromkeys(("contract_number", "list_en", "list_sv", "entries"), _lines)
    made = named.groupby("article").agg(columns).reindex(order).rename(
        columns={"contract_number": "contracts"}
    )  # fmt: skip
    names = articles(then).drop_duplicates("article", keep="last").set_index("article")["name"]
    return made.assign(name=names.reindex(made.index).fillna("")).rename_axis("article").reset_index()


def _lines(texts: pd.Series) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _words(texts: pd.Series) -> str:
    return " ".join(dict.fromkeys(" ".join(texts).split()))
