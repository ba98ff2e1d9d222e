"""What suppliers answered about whole lists, and which entries that answers for."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.judgement.contributions import codes_of
from kemkoll.judgement.questions import Question
from kemkoll.judgement.units import COMPONENT, MATERIAL, Pairs
from kemkoll.tables import NONE, Answer, Basis, Declarations, Law, distinct, list_id


class Statements:
    """What suppliers answered about whole lists."""

    def __init__(
        self,
        declarations: Declarations,
        law: Law,
        found: Pairs,
        index: pd.MultiIndex,
        on: str,
        law_on: str = "",
    ) -> None:
        shape = (len(found), len(law.lists))
        self.reason = np.full(shape, "", dtype=object)
        self.contains = np.zeros(shape, dtype=bool)
        self.row = np.full(shape, NONE, dtype=np.int32)
        self._edition = np.full(shape, "", dtype=object)
        self._level = np.full(shape, MATERIAL + 1, dtype=np.int8)
        self._last = last_changes(law, index, law_on or on)
        lists: dict[str, list[int]] = {}
        for number, name in enumerate(law.lists["list"].astype(object)):
            lists.setdefault(list_id(name), []).append(number)
        until, dates = (
            np.append(declarations.declarations[name].astype(object).to_numpy(), "")
            for name in ("valid_until", "date")
        )
        for row, given in enumerate(declarations.statements.to_dict("records")):
            last, made = until[given["declaration"]], dates[given["declaration"]]
            for number in lists.get(given["list"], ()):
                place = found.of_statement[row], number
                self._take(row, place, given, latest=min(on, made or on), expired=bool(last) and last < on)

    def _take(
        self, row: int, place: tuple[int, int], given: dict[Hashable, Any], *, latest: str, expired: bool
    ) -> None:
        """Note one answer; nobody can have answered an edition later than `latest`."""
        if given["answer"] == Answer.contains:
            self.contains[place] = True
        elif given["answer"] == Answer.do_not_know or self.reason[place] == "does-not-know":
            self.reason[place], self._edition[place] = "does-not-know", ""
        elif expired:
            self.reason[place] = "statement-expired"
        elif not given["edition"] or given["edition"] > latest:
            why = "statement-before-edition" if given["edition"] else "statement-undated"
            self.reason[place] = self.reason[place] or why
            self.row[place] = row if self.row[place] == NONE else self.row[place]
        else:
            level = Basis(given["basis"]).level if given["basis"] else MATERIAL + 1
            if (given["edition"], level) > (self._edition[place], self._level[place]):
                self._edition[place], self._level[place], self.row[place] = given["edition"], level, row
            self.reason[place] = "statement-outdated"

    def state(self) -> list[np.ndarray]:
        """What was stated, in numbers (pairs × lists), before anything is asked: where all of them are the
        same, so is the answer.
        """
        shape = self.reason.shape
        texts = (self._edition, self.reason)
        codes = [pd.factorize(column.ravel())[0].reshape(shape) for column in texts]
        return [*codes, self._level.copy(), self.contains.copy(), self.row != NONE]

    def answers(self, question: Question, pairs: np.ndarray) -> np.ndarray:
        """How many of the question's entries the statement of each of some pairs answers for."""
        given = self._edition[pairs, question.of_list]
        editions = np.full(len(pairs), NONE)
        level = self._level[pairs, question.of_list]
        said = np.flatnonzero(given != "")
        editions[said], _ = pd.factorize(given[said])
        cases, first = distinct([editions, level])
        counts = np.zeros(len(first), dtype=np.int64)
        asked = self._last.iloc[question.entries]
        for number, row in enumerate(first):
            if not given[row]:
                continue
            old_enough, fits = _fitting(asked, given[row], level[row])
            counts[number] = int((old_enough & fits).sum())
            if old_enough.any() and not fits.all():
                same = pairs[cases == number]
                same = same[self.reason[same, question.of_list] == "statement-outdated"]
                self.reason[same, question.of_list] = "statement-basis"
        answered: np.ndarray = counts[cases]
        return answered

    def answered(self, question: Question, pair: int) -> np.ndarray:
        """Which of the question's entries one pair's statement answers for."""
        place = pair, question.of_list
        if not self._edition[place]:
            return np.zeros(len(question.entries), dtype=bool)
        asked = self._last.iloc[question.entries]
        old_enough, fits = _fitting(asked, self._edition[place], self._level[place])
        answered: np.ndarray = old_enough & fits
        return answered


def last_changes(law: Law, index: pd.MultiIndex, on: str) -> pd.DataFrame:
    """For each entry the last day on which it was published, began or a limit of it changed, and the
    finest basis of its limits; an entry without a limit looks at components.
    """
    since = np.full(len(index), "", dtype=object)
    days = zip(*(law.entries[name].astype(object) for name in ("published", "since")), strict=True)
    for entry, day in zip(codes_of(law.entries, index), map(max, days), strict=True):
        since[entry] = max(since[entry], day)
    finest = np.full(len(index), COMPONENT, dtype=np.int8)
    finest[codes_of(law.limits, index)] = 0
    limits = law.limits
    starts = limits["since"].astype(object).to_numpy()
    bases = [Basis(text).level for text in limits["basis"].astype(object)]
    for row, entry in enumerate(codes_of(limits, index)):
        finest[entry] = max(finest[entry], bases[row])
        if since[entry] < starts[row] <= on:
            since[entry] = starts[row]
    return pd.DataFrame({"since": since, "finest": finest})


def _fitting(asked: pd.DataFrame, edition: str, level: int) -> tuple[np.ndarray, np.ndarray]:
    """Which entries a statement of an edition is not too old for, and for which its basis is fine enough."""
    old_enough: np.ndarray = asked["since"].to_numpy() <= edition
    return old_enough, asked["finest"].to_numpy() <= level
