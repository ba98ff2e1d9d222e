"""One verdict walked from the supplier's cell to the law: why it is what it is, as plain data.

Nothing is judged again here. The numbers come from the result's tables, and those in between from the same
functions that judged them, so that what is explained is what was decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kemkoll.errors import ConfigError
from kemkoll.explanation.arithmetic import Adding
from kemkoll.explanation.duties import Duties
from kemkoll.explanation.shape import Coverage, Explanation, FindingWalk, Gap, Limit, Other, Source, Statement
from kemkoll.judgement.coverage import Told
from kemkoll.judgement.findings import findings
from kemkoll.tables import NONE, UNIDENTIFIED, Verdict, list_id

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.flow import Result


def explain(result: Result, article: int, list_: str, entry: str | None = None) -> Explanation:
    """Why an article has its verdict by a list.

    Args:
        result: what was judged.
        article: row number of the article (`articles_called`).
        list_: the list, as the result's law names it.
        entry: walk through what was found of this entry; else through what decided the verdict.

    Raises:
        ConfigError: the list was not judged, or has no such entry in force.
    """
    return Explainer(result).explain(article, list_, entry)


def articles_called(result: Result, number: str, supplier: str = "") -> list[int]:
    """The row numbers of the articles of a number, of one supplier where one is named; capitals aside."""
    articles = result.declarations.articles
    wanted = number.strip().casefold(), supplier.strip().casefold()
    return [
        row
        for row, (called, by) in enumerate(zip(articles["number"], articles["supplier"], strict=True))
        if str(called).strip().casefold() == wanted[0]
        and (not wanted[1] or str(by).strip().casefold() == wanted[1])
    ]


class Explainer:
    """Explains any verdict of one result."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self.adding = Adding(result)
        self._duties = Duties(result, self.adding.found)
        self._told: Told | None = None

    def explain(self, article: int, list_: str, entry: str | None = None) -> Explanation:
        """Why an article has its verdict by a list; as the function `explain`."""
        self._refuse(list_, entry)
        result = self._result
        verdicts = result.verdicts
        own = (verdicts["article"] == article) & (verdicts["list"].astype(object) == list_)
        verdict = verdicts[own].iloc[0]
        source = self._duties.source(list_, article)
        day = self._duties.day(article, source)
        made = result.findings
        found = made[(made["article"] == article) & (made["list"].astype(object) == list_)]
        found = found.sort_values(["verdict", "high_ppt"], ascending=False, kind="stable")
        told = found["entry"].astype(object) == entry if entry else _deciding(found, verdict["verdict"])
        known = result.declarations.articles.iloc[article]
        return Explanation(
            article=str(known["number"]),
            article_name=str(known["name"]),
            supplier=str(known["supplier"]),
            placed_on_market=str(known["placed_on_market"]),
            on=result.on,
            assume_complete=result.assume_complete,
            asked_entry=self._duties.entry(list_, entry, day) if entry else None,
            verdict=Verdict(verdict["verdict"]).name,
            reason=str(verdict["reason"]),
            waived=bool(verdict["waived"]),
            source=source,
            walks=tuple(self.walk(row, source) for _, row in found[told].iterrows()),
            others=tuple(self._other(row, source) for _, row in found[~told].iterrows()),
            coverage=self._coverage(verdict, article, list_),
        )

    def _refuse(self, list_: str, entry: str | None) -> None:
        judged = self._result.law.lists["list"].astype(object).tolist()
        if list_ not in judged:
            raise ConfigError(
                "The list “{list}” was not judged. Judged were: {names}.",
                list=list_,
                names=", ".join(judged) or "–",
            )
        if entry and entry not in entries_of(self._result, list_):
            raise ConfigError(
                "{list} has no entry “{entry}” in force on {on}.", list=list_, entry=entry, on=self._result.on
            )

    def walk(self, finding: pd.Series, source: Source) -> FindingWalk:
        """One finding (a row of `tables.FINDINGS`), from the cell to the law."""
        derogations, count = self._duties.derogations(finding)
        component, material = self._part(finding)
        day = self._duties.day(int(finding["article"]), source)
        limit = self._duties.limit(finding, int(finding["article"]))
        return FindingWalk(
            verdict=Verdict(finding["verdict"]).name,
            reason=str(finding["reason"]),
            component=component,
            material=material,
            matched_by=str(finding["matched_by"]),
            entry=self._duties.entry(str(finding["list"]), str(finding["entry"]), day),
            arithmetic=self.adding.of(finding),
            limit=limit,
            passes=self._duties.passes(finding),
            judged_on=day,
            derogations=derogations,
            derogations_of_entry=count,
            waived=str(finding["waived"]),
            decided=str(finding["decided"]),
            waits_for=_waits_for(str(finding["reason"]), source, limit),
        )

    def _part(self, finding: pd.Series) -> tuple[str, str]:
        """What the component and the material of a finding are called."""
        declarations = self._result.declarations
        component, material = int(finding["component"]), int(finding["material"])
        return (
            str(declarations.components["name"].iloc[component]) if component != NONE else "",
            str(declarations.materials["name"].iloc[material]) if material != NONE else "",
        )

    def _other(self, finding: pd.Series, source: Source) -> Other:
        """A finding that is only named."""
        limit = self._duties.limit(finding, int(finding["article"]))
        reason = str(finding["reason"])
        return Other(
            entry=str(finding["entry"]),
            verdict=Verdict(finding["verdict"]).name,
            reason=reason,
            part=" / ".join(filter(None, self._part(finding))),
            waits_for=_waits_for(reason, source, limit),
        )

    def _coverage(self, verdict: pd.Series, article: int, list_: str) -> Coverage:
        """What was answered for, what nobody told, and why not."""
        return Coverage(
            degree=str(verdict["coverage"]),
            answered=int(verdict["entries_covered"]),
            asked=int(verdict["entries_asked"]),
            undisclosed_ppt=int(verdict["undisclosed_ppt"]),
            evidence_level=int(verdict["evidence_level"]),
            gaps=tuple(self.gaps(article, list_)),
            statements=tuple(self._statements(article, list_)),
            undisclosed=tuple(self.adding.cells(line) for line in self._undisclosed(article)),
        )

    def gaps(self, article: int, list_: str) -> list[Gap]:
        """The entries that nobody answers for, by why: of the declaration that leaves most open."""
        told, found = self.told, self.adding.found
        column = self._result.law.lists["list"].astype(object).tolist().index(list_)
        most: dict[str, tuple[list[str], int]] = {}
        for pair in np.flatnonzero(found.article == article):
            made = self._gaps_of(int(pair), column, told)
            if sum(len(entries) for entries, _ in made.values()) > sum(len(it) for it, _ in most.values()):
                most = made
        return [Gap(reason, tuple(sorted(entries)), limit) for reason, (entries, limit) in most.items()]

    def _gaps_of(self, pair: int, column: int, told: Told) -> dict[str, tuple[list[str], int]]:
        """By reason: the entries that one declaration leaves open, and the strictest of their limits."""
        asked = [it for it, pairs in told.asked if it.of_list == column and pair in pairs]
        own = np.array([pair])
        answers = [told.answers(question, own) for question in asked]  # all before reasons, which need them
        made: dict[str, tuple[list[str], int]] = {}
        for question, (_, _, _, why) in zip(asked, answers, strict=True):
            codes = told.open_entries(question, pair)
            if not len(codes):
                continue
            gap = np.zeros((len(self.adding.found), len(self._result.law.lists)), dtype=np.int8)
            gap[pair, column] = why[0]
            reason = str(told.reasons(gap)[pair, column])
            entries, limit = made.get(reason, ([], question.limit_ppt))
            names = self.adding.index.get_level_values(1).take(codes)
            made[reason] = [*entries, *map(str, names)], min(limit, question.limit_ppt)
        return made

    @property
    def told(self) -> Told:
        """What the lines and statements answer."""
        if self._told is None:
            result, adding, facts = self._result, self.adding, self._duties.facts
            found, level, counted = adding.found, adding.level, adding.counted
            # the result does not keep which sums stayed below their limits: its own findings tell them again
            _, _, below = findings(
                result.declarations, result.readings, result.hits, result.law,
                found=found, level=level, counted=counted, facts=facts, on=result.on,
            )  # fmt: skip
            self._told = Told(
                result.declarations, result.readings, result.law, below,
                found=found, level=level, counted=counted, facts=facts, on=result.on,
            )  # fmt: skip
        return self._told

    def _statements(self, article: int, list_: str) -> list[Statement]:
        frame = self._result.declarations.statements
        own = frame[(frame["article"] == article) & (frame["list"].astype(object) == list_id(list_))]
        texts = ("answer", "edition", "basis", "file", "sheet")
        return [
            Statement(**{name: str(row[name]) for name in texts}, row=int(row["row"]))
            for row in own.to_dict("records")
        ]

    def _undisclosed(self, article: int) -> list[int]:
        """The lines of an article of which nobody knows what they are."""
        readings = self._result.readings
        unknown = (readings.identities["status"] == UNIDENTIFIED).to_numpy()
        lines = self._result.declarations.lines
        own = (
            (lines["article"] == article).to_numpy()
            & (lines["high_ppt"] > 0).to_numpy()
            & self.adding.counted
        )
        rows = readings.readings["line"].to_numpy()[unknown[readings.readings["identity"].to_numpy()]]
        return sorted({int(line) for line in rows[own[rows]]})


def entries_of(result: Result, list_: str) -> list[str]:
    """The entries of a list in force on the day of the judgement."""
    entries = result.law.entries
    return entries["entry"].astype(object)[entries["list"].astype(object) == list_].unique().tolist()


def _deciding(found: pd.DataFrame, verdict: int) -> pd.Series:
    """Which findings to walk through: those at the verdict's level; where none is, the certain ones."""
    at_level = found["verdict"] == verdict
    return at_level if at_level.any() else found["verdict"].isin([Verdict.listed, Verdict.exempt])


def _waits_for(reason: str, source: Source, limit: Limit | None) -> tuple[str, ...]:
    """The facts that nobody has said, where a finding depends on them."""
    if reason != "condition-unknown":
        return ()
    asked = (*source.facts, *(limit.facts if limit else ()))
    return tuple(dict.fromkeys(fact.name for fact in asked if fact.holds is None))
