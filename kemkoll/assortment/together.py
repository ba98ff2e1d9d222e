"""The declarations of one article that hold together: a composition, and answers about lists beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from kemkoll.tables import Declarations


def together(declarations: Declarations, on: str) -> Declarations:
    """What each article's supplier says on a day, as one declaration where it is several.

    The answers about lists belong to the composition that they stand beside, or else to each other, as long
    as both hold. An answer that has lapsed, beside something that has not, is left out: it neither covers nor
    takes coverage away. One that says “contains” is heard all the same. No answer is about an edition later
    than the day on which it was given.

    Args:
        declarations: each of them about one article, oldest first.
        on: the day.
    """
    heads = declarations.declarations
    said = [declarations.lines, declarations.components, declarations.materials, declarations.statements]
    of = np.full(len(heads), -1)
    for frame in said:
        of[frame["declaration"].to_numpy()] = frame["article"].to_numpy()
    own = declarations.statements["declaration"].to_numpy()
    rows = np.arange(len(heads))
    answers = np.isin(rows, own) & ~np.isin(rows, declarations.lines["declaration"])
    until = heads["valid_until"].astype(object).to_numpy()
    lapsed = (until != "") & (until < on)
    host = np.full(len(declarations.articles), -1)
    for holds in (answers & ~lapsed, ~answers & ~lapsed & (of >= 0)):
        host[of[holds]] = np.flatnonzero(holds)
    has = np.zeros(len(host), dtype=bool)
    has[of[(of >= 0) & ~lapsed]] = True
    moved = answers & ~lapsed & (host[of] >= 0) & (host[of] != rows)
    left_out = answers & lapsed & has[of] & ~_contains(declarations, len(heads))
    place = np.where(moved, host[of], rows)
    statements = _with_own_days(declarations, np.isin(place, place[moved]))
    statements = statements.assign(declaration=place[own].astype(np.int32))
    return replace(
        declarations,
        declarations=heads.assign(date=_without(heads["date"], place[moved])),
        statements=statements[~left_out[own]].reset_index(drop=True),
    )


def _contains(declarations: Declarations, size: int) -> np.ndarray:
    """Which declarations say that something listed is in the article: that is heard, lapsed or not."""
    made = np.zeros(size, dtype=bool)
    statements = declarations.statements
    made[statements["declaration"].to_numpy()[(statements["answer"] == "contains").to_numpy()]] = True
    return made


def _with_own_days(declarations: Declarations, merged: np.ndarray) -> pd.DataFrame:
    """The statements; those of merged declarations without an edition later than their own day."""
    made = declarations.statements
    own = made["declaration"].to_numpy()
    day = declarations.declarations["date"].astype(object).to_numpy()[own]
    early = merged[own] & (day != "") & (made["edition"].astype(object).to_numpy() > day)
    return made.assign(edition=_without(made["edition"], np.flatnonzero(early)))


def _without(texts: pd.Series, rows: np.ndarray) -> pd.Categorical:
    """The texts, those of some rows empty."""
    made = texts.astype(object).to_numpy().copy()
    made[rows] = ""
    return pd.Categorical(made)
