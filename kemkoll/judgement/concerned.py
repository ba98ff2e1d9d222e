"""Which findings something that the buyer has decided is about: a waiver, or a decision on a review."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from kemkoll.tables import NONE, Declarations, list_id


def concerned(findings: pd.DataFrame, given: pd.DataFrame, declarations: Declarations) -> pd.DataFrame:
    """Each finding that a row of `given` is about.

    Args:
        findings: `tables.FINDINGS`.
        given: article, supplier, number, list, entry. An article's row number goes before its supplier and
            number; an empty supplier is any, an empty entry the whole list, of any edition.
        declarations: where the articles are.

    Returns:
        `finding` and `given`: row numbers, by `given`.
    """
    lists, entries = (pd.Index(given[name].astype(object).unique()) for name in ("list", "entry"))
    wanted = _articles(given, declarations).assign(
        list=lambda rows: lists.get_indexer(given["list"].astype(object))[rows["given"]],
        entry=lambda rows: entries.get_indexer(given["entry"].astype(object))[rows["given"]],
    )
    own = pd.DataFrame(
        {
            "finding": np.arange(len(findings)),
            "article": findings["article"].to_numpy(),
            "list": _codes(findings["list"].array, lists, of=list_id),
            "entry": _codes(findings["entry"].array, entries, of=str),
        }
    )
    own = own[(own["list"] != NONE) & own["article"].isin(wanted["article"])]
    for rows in (own, wanted):  # one whole number to meet by
        rows["on_list"] = rows["article"].astype(np.int64) * len(lists) + rows["list"]
        rows["on_entry"] = rows["on_list"] * (len(entries) + 1) + rows["entry"]
    whole = (given["entry"] == "").to_numpy()[wanted["given"]]
    met = [
        own[["finding", key]].merge(wanted.loc[rows, ["given", key]], on=key)[["finding", "given"]]
        for key, rows in (("on_entry", ~whole), ("on_list", whole))
    ]
    made = pd.concat(met, ignore_index=True)
    return made.sort_values("given", kind="stable", ignore_index=True)


def _articles(given: pd.DataFrame, declarations: Declarations) -> pd.DataFrame:
    """The articles that each row is about: `given`, `article`."""
    articles = pd.DataFrame(
        {
            "article": np.arange(len(declarations.articles)),
            **{name: declarations.articles[name].astype(object) for name in ("number", "supplier")},
        }
    )
    rows = pd.DataFrame(
        {
            "given": np.arange(len(given)),
            **{name: given[name].astype(object) for name in ("number", "supplier")},
        }
    )
    placed = given["article"].to_numpy() != NONE
    named = rows[~placed].merge(articles, on="number", suffixes=("", "_of_article"))
    named = named[(named["supplier"] == named["supplier_of_article"]) | (named["supplier"] == "")]
    there = rows[placed].assign(article=given["article"].to_numpy()[placed])
    made: pd.DataFrame = pd.concat([there, named])[["given", "article"]].astype(np.int64)
    return made


def _codes(texts: pd.Categorical, among: pd.Index, *, of: Callable[[str], str]) -> np.ndarray:
    """The place of each text, as `of` has it, among some; `NONE`: it is not one of them."""
    plain = [of(text) for text in texts.categories]
    made: np.ndarray = np.append(among.get_indexer(pd.Index(plain, dtype=object)), NONE)[texts.codes]
    return made
