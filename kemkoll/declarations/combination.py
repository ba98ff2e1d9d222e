"""Several declarations as one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.declarations.rows import first_in_groups
from kemkoll.tables import (
    ARTICLES,
    COMPONENTS,
    DECLARATIONS,
    FACTS,
    INPUTS,
    LINES,
    MATERIALS,
    NO_MASS,
    NONE,
    PROBLEMS,
    STATEMENTS,
    Declarations,
    Table,
    distinct,
    problem,
    stack,
)

_POINTERS = {
    "articles": (),
    "facts": ("article",),
    "components": ("declaration", "article", "parent"),
    "materials": ("declaration", "article", "component"),
    "lines": ("declaration", "article", "component", "material"),
    "statements": ("declaration", "article"),
    "problems": ("line",),
    "declarations": (),
    "inputs": (),
}
_TARGETS = {
    "declaration": "declarations",
    "article": "articles",
    "component": "components",
    "parent": "components",
    "material": "materials",
    "line": "lines",
}


def combine_tables(parts: list[Declarations]) -> Declarations:
    """The declarations under each other; the same number of the same supplier is one article."""
    frames = {
        table.name: stack(table, _shifted(parts, table))
        for table in (
            DECLARATIONS,
            ARTICLES,
            FACTS,
            COMPONENTS,
            MATERIALS,
            LINES,
            STATEMENTS,
            PROBLEMS,
            INPUTS,
        )
    }
    articles = frames["articles"]
    if len(articles):
        number, first = distinct([articles["supplier"], articles["number"]])
        frames["articles"] = _merge_articles(articles, number, first)
        late = _date_conflicts(articles, frames["articles"], number)
        of_file = frames["facts"]["article"].to_numpy()
        for name in ("facts", "components", "materials", "lines", "statements"):
            old = frames[name]["article"].to_numpy()
            frames[name]["article"] = np.where(old >= 0, number[old], NONE).astype(np.int32)
        frames["facts"], conflicts = _merge_facts(frames["facts"], frames["articles"], of_file)
        frames["problems"] = stack(PROBLEMS, [frames["problems"], late, conflicts])
    return Declarations(**frames)


def _shifted(parts: list[Declarations], table: Table) -> list[pd.DataFrame]:
    """The frames of one table, their row numbers moved behind those of the parts before."""
    made = []
    start = dict.fromkeys(_TARGETS.values(), 0)
    for part in parts:
        frame = getattr(part, table.name)
        moved = {
            name: np.where(frame[name] >= 0, frame[name] + start[_TARGETS[name]], NONE).astype(np.int32)
            for name in _POINTERS[table.name]
        }
        made.append(frame.assign(**moved))
        for target in start:
            start[target] += len(getattr(part, target))
    return made


def _merge_articles(articles: pd.DataFrame, number: np.ndarray, first: np.ndarray) -> pd.DataFrame:
    size = len(first)
    if size == len(articles):
        return articles
    made = {name: articles[name].array[first] for name in ("supplier", "number")}
    for name in ("name", "gtin", "placed_on_market"):
        last = name == "placed_on_market"
        made[name] = first_in_groups(articles[name].array, number, size, greatest=last)
    low, high = articles["mass_low_ug"].to_numpy(), articles["mass_high_ug"].to_numpy()
    known = low >= 0
    least, most = np.full(size, NO_MASS, dtype=np.int64), np.full(size, NO_MASS, dtype=np.int64)
    least[number[known]] = np.iinfo(np.int64).max
    np.minimum.at(least, number[known], low[known])
    np.maximum.at(most, number[known], high[known])
    return ARTICLES.conform(pd.DataFrame(made | {"mass_low_ug": least, "mass_high_ug": most}))


def _date_conflicts(articles: pd.DataFrame, merged: pd.DataFrame, number: np.ndarray) -> pd.DataFrame:
    """A problem for each article that files date differently on the market."""
    own = np.asarray(articles["placed_on_market"].astype(object))
    latest = np.asarray(merged["placed_on_market"].astype(object))[number]
    differs = np.flatnonzero((own != "") & (own != latest))
    problems = [
        problem("date-conflict", found=f"{articles['number'].iloc[i]}: {own[i]}", suggestion=latest[i])
        for i in differs[np.unique(number[differs], return_index=True)[1]].tolist()
    ]
    return PROBLEMS.conform(pd.DataFrame(problems))


def _merge_facts(
    facts: pd.DataFrame, articles: pd.DataFrame, of_file: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each fact once, both answers where they contradict each other; and a problem where files do.

    Args:
        of_file: the article of each fact as its own file has it: a file has said so itself.
    """
    if not len(facts):
        return facts, PROBLEMS.empty()
    holds = facts["holds"].astype(np.int8).to_numpy()
    key, first = distinct([facts["article"].to_numpy(), facts["condition"]])
    _, once = distinct([key, holds])
    own, own_first = distinct([of_file, facts["condition"]])
    _, own_once = distinct([own, holds])
    clash = np.bincount(key[once]) > 1
    clash[key[own_first[np.bincount(own[own_once]) > 1]]] = False
    problems = [
        problem(
            "condition-conflict",
            found=f"{articles['number'].array[facts['article'].iloc[i]]}: "
            f"{facts['condition'].array[i]}=yes, {facts['condition'].array[i]}=no",
        )
        for i in first[clash]
    ]
    return FACTS.conform(facts.iloc[np.sort(once)]), PROBLEMS.conform(pd.DataFrame(problems))
