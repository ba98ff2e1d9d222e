"""How good the evidence is that suppliers gave (`EvidenceLevel`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kemkoll.judgement.contributions import entry_codes
from kemkoll.judgement.statements import Statements
from kemkoll.judgement.units import Pairs, pairs
from kemkoll.tables import LISTS, NONE, Declarations, EvidenceLevel, Law, Readings


def evidence_levels(
    declarations: Declarations, readings: Readings, statements: np.ndarray, found: Pairs
) -> np.ndarray:
    """How good the evidence of each pair of declaration and article (rows) and list (columns) is.

    Args:
        statements: statement rows that count, one for each pair and list (`Covered.statements`).
        found: the pairs of declaration and article.
    """
    of_reading = readings.readings["identity"].to_numpy()
    numbered = ~readings.identities["found_by"].isin(["", "name"]).to_numpy()
    content = np.zeros(len(found), dtype=bool)
    content[found.of_line[readings.readings["line"].to_numpy()[numbered[of_reading]]]] = True
    edition = np.append(declarations.statements["edition"].astype(object).to_numpy(), "")[statements]
    stated = np.where(edition != "", EvidenceLevel.statement, EvidenceLevel.statement_without_edition)
    level = np.where(statements != NONE, stated, EvidenceLevel.none)
    level = np.where(content[:, None], EvidenceLevel.content, level)
    given = np.append(declarations.declarations["evidence_level"].to_numpy(), NONE)[found.declaration]
    best: np.ndarray = np.maximum(level, given[:, None])
    return best


def evidence_that_holds(
    declarations: Declarations, readings: Readings, lists: Sequence[str], on: str
) -> np.ndarray:
    """How good the evidence of each article (rows) and list (columns) is on a day: that of the best of its
    declarations that have not lapsed.

    A statement about an edition that nobody can have known on its day is one without an edition.

    Args:
        lists: ids of lists.
        on: the day.

    >>> evidence_that_holds(Declarations(), Readings(), ["eu-rohs"], "2026-11-22").shape
    (0, 1)
    """
    found = pairs(declarations)
    law = Law(lists=LISTS.of(len(lists), {"list": pd.Categorical([*lists])}))
    index, _ = entry_codes(law)
    statements = Statements(declarations, law, found, index, on)
    level = evidence_levels(declarations, readings, statements.row, found)
    early = (statements.reason == "statement-before-edition") & (level == EvidenceLevel.statement)
    level = np.where(early, EvidenceLevel.statement_without_edition, level)
    until = np.append(declarations.declarations["valid_until"].astype(object).to_numpy(), "")[
        found.declaration
    ]
    lapsed = (until != "") & (until < on)
    best = np.zeros((len(declarations.articles), len(lists)), dtype=np.int64)
    np.maximum.at(best, found.article[~lapsed], level[~lapsed])
    return best
