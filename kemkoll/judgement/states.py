"""Which articles are answered for alike: of these, one tells what follows for all when entries come or go.

What answers for an article is what its composition says to each way of asking, what its supplier stated, and
the facts that tell which entries ask it at all. Where all of that is the same, so is the answer to any entry
that asks in one of these ways. What an article is made of, amount by amount, does not matter beside that.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.judgement.composition import Composition
from kemkoll.judgement.conditions import Facts
from kemkoll.judgement.statements import Statements
from kemkoll.judgement.units import Pairs
from kemkoll.tables import NONE, distinct


class States:
    """What answers for each pair of declaration and article.

    Args:
        found: the pairs.
        facts: what is known about each article.
        composition, statements: what answers for the pairs; nothing has been asked of them yet.
    """

    def __init__(self, found: Pairs, facts: Facts, composition: Composition, statements: Statements) -> None:
        self._size = len(found)
        self._alone = np.bincount(found.article)[found.article] == 1
        self._shared = [
            *(column[found.article] for column in facts.columns()), composition.has_lines, composition.lapsed
        ]  # fmt: skip
        self._said = statements.state()
        self._answers: dict[tuple[object, ...], list[np.ndarray]] = {}

    def note(
        self,
        way: tuple[object, ...],
        pairs: np.ndarray,
        complete: np.ndarray,
        kept: np.ndarray,
        lifted: np.ndarray,
    ) -> None:
        """Note what compositions say to a way of asking (a `Question` without its entries).

        Args:
            pairs: those that are asked.
            complete, kept: whether the composition of every pair answers, and what keeps it from it.
            lifted: how many of the sums that are asked about the undisclosed rest may lift, of `pairs`.
        """
        own = self._answers.setdefault(way, [complete, kept, np.zeros(self._size, dtype=np.int64)])
        own[2][pairs] = np.where(complete[pairs], lifted, 0)

    def alike(self, of_list: int, placed: np.ndarray | None) -> np.ndarray:
        """Of each pair the first that is in the same state for a list (row number); `NONE` where an article
        has several declarations, the worst of which counts.

        Args:
            placed: the day on which each pair's article was placed on the market, where the list looks at it.
        """
        columns = [*self._shared, *(column[:, of_list] for column in self._said)]
        columns += [pd.factorize(placed)[0]] if placed is not None else []
        for way, answers in self._answers.items():
            columns += answers if way[0] == of_list else []
        number, first = distinct([np.asarray(column, dtype=np.int64) for column in columns])
        return np.where(self._alone, first[number], NONE)
