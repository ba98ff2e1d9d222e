"""What the law lets off: a derogation that the supplier claims, or that may apply, for a share
above a limit.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
import pandas as pd

from kemkoll.judgement.claims import claims, normal_id
from kemkoll.judgement.conditions import NO, UNKNOWN, YES, Facts
from kemkoll.judgement.contributions import codes_of
from kemkoll.tables import NONE, PROBLEMS, Declarations, Law, Verdict, headers, problem, stack


class Ruling(NamedTuple):
    """What a derogation makes of a share above a limit."""

    verdict: Verdict
    reason: str
    derogation: str


def _suggests(words: str, material: str) -> bool:
    """Whether a material's name holds one of the words.

    >>> _suggests("brass mässing", "Mässing CW614N"), _suggests("brass mässing", "PVC")
    (True, False)
    """
    return any(word in material.casefold() for word in words.casefold().split())


class Derogations:
    """The derogations of the law, by entry.

    Args:
        law: the lists; `index` numbers their (list, entry) pairs.
        claims: the distinct derogations that suppliers claim, as `claims.normal_id` has them.
        facts: what is known about each article.
    """

    def __init__(self, law: Law, index: pd.MultiIndex, claims: list[str], facts: Facts) -> None:
        self._rows = law.derogations.to_dict("records")
        conditions = {str(row["condition"]) for row in self._rows} - {""}
        self._held = {condition: facts.hold(condition) for condition in conditions}
        self._claims = claims
        self._ids = [normal_id(given["id"]) for given in self._rows]
        self._by_entry: dict[int, list[int]] = {}
        for row, entry in enumerate(codes_of(law.derogations, index)):
            self._by_entry.setdefault(int(entry), []).append(row)

    def has(self, entries: np.ndarray, *, conditional: bool = False) -> np.ndarray:
        """Whether each entry has derogations at all; or some that ask for facts about the article."""
        own = [
            entry
            for entry, rows in self._by_entry.items()
            if entry >= 0 and (not conditional or any(self._rows[row]["condition"] for row in rows))
        ]
        return np.isin(entries, own)

    def rule(
        self, entry: int, claim: int, low: int, high: int, day: str, called: tuple[str, str], article: int
    ) -> Ruling | None:
        """What follows for a share (10⁻¹² kg/kg) above the entry's limit on a day; None: no derogation
        touches it.

        Args:
            claim: number of the claimed derogation; -1: none is claimed.
            called: names of the material and of the component, in which a use may show.
            article: row number of the article.
        """
        rows = self._by_entry.get(entry, [])
        if claim != NONE:
            wanted = self._claims[claim]
            meant = [row for row in rows if self._ids[row] == wanted]
            meant = meant or [row for row in rows if self._ids[row] == f"iv{wanted}"]
            rulings = [self._claimed(row, low, high, day, called[0], article) for row in meant]
            if rulings:
                return min(rulings, key=lambda ruling: ruling.verdict)
        return self._possible(rows, low, high, day, called[0] or called[1], article)

    def _holds(self, row: int, article: int) -> int:
        """Whether what a derogation asks of the article is so: `YES`, `NO` or `UNKNOWN`."""
        condition = self._rows[row]["condition"]
        return int(self._held[condition][article]) if condition else YES

    def _claimed(self, row: int, low: int, high: int, day: str, material: str, article: int) -> Ruling:
        given = self._rows[row]
        number, holds = str(given["id"]), self._holds(row, article)
        if holds == NO:
            return Ruling(Verdict.above_limit, "derogation-outside", number)
        over = (
            given["limit_ppt"] and high > given["limit_ppt"],
            given["limit_ppt"] and low > given["limit_ppt"],
        )
        under = (
            given["floor_ppt"] and low < given["floor_ppt"],
            given["floor_ppt"] and high < given["floor_ppt"],
        )
        if (given["since"] and day < given["since"]) or over[1] or under[1]:
            return Ruling(Verdict.above_limit, "derogation-exceeded", number)
        ended = bool(given["until"]) and day > given["until"]
        if ended and given["renewal"] == "no":
            return Ruling(Verdict.above_limit, "derogation-expired", number)
        other = bool(material and given["material"]) and not _suggests(given["material"], material)
        unsure = (
            (ended and given["renewal"] != "yes") or given["checked"] == "unconfirmed" or holds == UNKNOWN
        )
        if unsure or other or over[0] or under[0]:
            return Ruling(Verdict.review, "derogation-unconfirmed", number)
        return Ruling(Verdict.exempt, "derogation", number)

    def _possible(
        self, rows: list[int], low: int, high: int, day: str, material: str, article: int
    ) -> Ruling | None:
        """A derogation that nobody claims, or by no number of the law, for a material whose name suggests its
        use.
        """
        for row in rows:
            given = self._rows[row]
            ended = bool(given["until"]) and day > given["until"] and given["renewal"] == "no"
            fits = (not given["limit_ppt"] or low <= given["limit_ppt"]) and high >= given["floor_ppt"]
            fits = fits and given["since"] <= day
            if self._holds(row, article) == NO:
                continue
            if fits and not ended and _suggests(given["material"], material):
                return Ruling(Verdict.review, "derogation-possible", str(given["id"]))
        return None

    def unknown(self, declarations: Declarations) -> pd.DataFrame:
        """A problem for each line that claims a derogation that no list has."""
        if not self._rows:
            return PROBLEMS.empty()
        own = [str(row["id"]) for row in self._rows]
        written = {number.removeprefix("iv"): id_ for number, id_ in zip(self._ids, own, strict=True)}
        lines = declarations.lines
        numbers, claimed = claims(lines)
        strange = [n for n, text in enumerate(claimed) if text not in {*self._ids, *written}]
        near = {n: get_close_matches(claimed[n], written, cutoff=0.4) for n in strange}
        rows = np.flatnonzero(np.isin(numbers, strange))
        made = [
            problem(
                "derogation-unknown",
                found=str(line["derogation"]),
                suggestion=" | ".join(written[number] for number in near[numbers[row]]),
                column=headers(str(line["cells"])).get("derogation", "derogation"),
                **{key: line[key] for key in ("file", "sheet", "row")},
                line=row,
            )
            for row, line in zip(rows, lines.iloc[rows].to_dict("records"), strict=True)
        ]
        return stack(PROBLEMS, [pd.DataFrame(made)]) if made else PROBLEMS.empty()
