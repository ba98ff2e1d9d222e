"""What a batch of a snapshot says of each article, as one of few states (`tables.State`).

An article contains what a list names where something above its limit was found, whether the law lets it off
or not; it is free where somebody has answered for the whole list and nothing is left open; of all others
nobody knows. What a supplier said counts as long as it holds: an article of which every declaration has
lapsed is unknown, whatever they said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kemkoll.store import Known, frozen
from kemkoll.tables import Coverage, State, Verdict

CONTAINS = (Verdict.above_limit, Verdict.exempt)
OPEN = (Verdict.unknown, Verdict.review)


@dataclass(frozen=True)
class Told:
    """What a batch says by some lists.

    Attributes:
        verdicts: as `frozen.verdicts` gives them.
        found: what lies above its limit, as `frozen.findings` gives it.
        reviews: what a person must look at, the same; nothing where no verdict is waived.
    """

    verdicts: pd.DataFrame
    found: pd.DataFrame
    reviews: pd.DataFrame = field(default_factory=pd.DataFrame)

    @classmethod
    def of(cls, known: Known, batch: int, lists: Sequence[str]) -> Told:
        """What a batch says."""
        verdicts = frozen.verdicts(known, batch, lists)
        found = frozen.findings(known, batch, lists, CONTAINS)
        waived = bool(verdicts["waived"].any())
        reviews = frozen.findings(known, batch, lists, (Verdict.review,)) if waived else found[:0]
        return cls(verdicts, found, reviews)

    def levels(self, list_: str, articles: np.ndarray) -> np.ndarray:
        """The EvidenceLevel of what answers for each article."""
        rows = self.verdicts[(self.verdicts["list"] == list_.partition("/")[0]).to_numpy()]
        made = np.zeros(len(articles), dtype=np.int8)
        place = pd.Index(articles).get_indexer(rows["article"])
        made[place[place >= 0]] = rows["evidence_level"].to_numpy()[place >= 0]
        return made

    def lines(self, list_: str, articles: np.ndarray) -> pd.DataFrame:
        """What was found in some articles: article, and the lines that it rests on (texts, by spaces)."""
        rows = _found(self, list_)
        return rows[rows["article"].isin(articles)][["article", "lines"]]


def states_of(told: Told, list_: str, articles: np.ndarray, lapsed: np.ndarray) -> np.ndarray:
    """The State of each article by a list, or by one entry of it (`materials/pvc`).

    Args:
        told: what the batch says.
        list_: the list.
        articles: their numbers, smallest first; those that the batch does not have are unknown.
        lapsed: those of which nothing that was declared holds any more.

    >>> rows = {"article": [1, 2, 3, 4], "list": "x", "verdict": [7, 0, 5, 7], "coverage": "covered"}
    >>> found = pd.DataFrame({"article": [1, 4], "list": "x", "entry": "e", "verdict": 7, "lines": ""})
    >>> told = Told(pd.DataFrame(rows), found)
    >>> states_of(told, "x", np.array([1, 2, 3, 4, 5]), np.array([4])).tolist()
    [3, 2, 1, 1, 1]
    """
    rows = told.verdicts[(told.verdicts["list"] == list_.partition("/")[0]).to_numpy()]
    verdict = rows["verdict"].to_numpy()
    answered = (rows["coverage"] == Coverage.covered.value).to_numpy() & ~np.isin(verdict, OPEN)
    free = rows["article"].to_numpy()[answered]
    made = np.full(len(articles), State.unknown, dtype=np.int8)
    made[np.isin(articles, free)] = State.free
    made[np.isin(articles, _found(told, list_)["article"])] = State.contains
    made[np.isin(articles, lapsed)] = State.unknown
    return made


def found_of(told: Told, list_: str, lapsed: np.ndarray) -> pd.DataFrame:
    """What was found above its limit in articles of which something that was declared still holds."""
    rows = _found(told, list_)
    return rows[~rows["article"].isin(lapsed)]


def _found(told: Told, list_: str) -> pd.DataFrame:
    name, _, entry = list_.partition("/")
    rows = told.found[(told.found["list"] == name).to_numpy()]
    return rows[(rows["entry"] == entry).to_numpy()] if entry else rows
