"""What follows from what was declared: findings, coverage, verdicts.

A *finding* is about one component (or article) and one entry. A *verdict* is about one article and one list:
the worst of its findings and of its coverage. Findings and coverage are two things: one line “DEHP 0.1 %” and
nothing else is a finding `below_limit` and a verdict `unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.judgement.conditions import NO, Facts
from kemkoll.judgement.contradictions import contradictions, shown
from kemkoll.judgement.coverage import Covered, Way, coverage, ways_asked
from kemkoll.judgement.decisions import decide
from kemkoll.judgement.evidence import evidence_levels
from kemkoll.judgement.findings import findings, lists_hold
from kemkoll.judgement.units import Pairs, levels, pairs
from kemkoll.judgement.waivers import waive
from kemkoll.tables import (
    NONE,
    PROBLEMS,
    VERDICTS,
    WHOLE,
    Coverage,
    Declarations,
    Hits,
    Law,
    Readings,
    Verdict,
    distinct,
    problem,
    repeated,
    stack,
)

_SAME_LINE = [
    "declaration", "article", "component", "material", "name", "cas", "ec", "smiles", "amount", "low_ppt",
    "high_ppt", "basis", "function", "intended", "derogation",
]  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What coverage alone says of articles.

    Attributes:
        rows: one for each declaration, article and list: article (row number), list (name), verdict, reason,
            `answered`, `asked`, `outside` (entries, as `Covered` has them).
        ways: by the name of a list, the ways in which its entries ask.
    """

    rows: pd.DataFrame
    ways: Mapping[str, frozenset[Way]]


@dataclass(frozen=True)
class Judgement:
    """What follows: `tables.FINDINGS`, `tables.VERDICTS`, the problems met on the way, and what coverage says
    alone.
    """

    findings: pd.DataFrame
    verdicts: pd.DataFrame
    problems: pd.DataFrame
    answered: Answered


def judge(
    declarations: Declarations,
    readings: Readings,
    hits: Hits,
    law: Law,
    *,
    on: str,
    facts: Mapping[str, bool],
    waivers: pd.DataFrame,
    decisions: pd.DataFrame,
    assume_complete: bool = False,
    law_on: str = "",
) -> Judgement:
    """What follows from what was declared.

    Args:
        declarations: what the suppliers handed in.
        readings: the substances that each line may mean.
        hits: the entries that each line meets.
        law: the lists in force.
        on: day of the judgement, ISO text.
        facts: facts that hold for every article that does not say otherwise.
        waivers: deviations that the buyer has accepted.
        decisions: what people made of findings that were for review.
        assume_complete: take what nobody declared as absent.
        law_on: the day whose limits and entries count; empty: `on`.
    """
    case = _Case(declarations, readings, hits, law, on, facts, law_on)
    made, unsettled = decide(case.findings, decisions, declarations, law)
    made, refused = waive(made, waivers, declarations, law, on)
    verdicts, contradicted = _verdicts(
        made,
        case.covered,
        declarations,
        readings,
        law,
        case.found,
        case.facts,
        assume_complete=assume_complete,
    )
    doubted = contradictions(declarations, case.found, case.facts)
    problems = stack(PROBLEMS, [case.repeats, doubted, case.problems, unsettled, refused, contradicted])
    return Judgement(made, verdicts, problems, _answered(case.covered, case.found, law))


def ways_to_ask(
    declarations: Declarations, law: Law, *, on: str, facts: Mapping[str, bool]
) -> Mapping[str, frozenset[Way]]:
    """By the name of a list, the ways in which its entries ask of articles, whatever anybody answers
    (`Answered.ways`); arguments as in `judge`.
    """
    found = pairs(declarations)
    known = facts_of(declarations, found, facts)
    return _by_list(ways_asked(declarations, law, found=found, facts=known, on=on), law)


def _answered(covered: Covered, found: Pairs, law: Law) -> Answered:
    names = law.lists["list"].astype(object).to_numpy()
    verdict, reason = _by_coverage(covered, covered.answered.shape, assume_complete=False)
    row, column = (part.ravel() for part in np.indices(covered.answered.shape))
    rows = pd.DataFrame(
        {
            "article": found.article[row],
            "list": names[column],
            "verdict": verdict.ravel(),
            "reason": reason.ravel(),
            "answered": covered.answered.ravel(),
            "asked": covered.asked[column],
            "outside": covered.outside.ravel(),
        }
    )
    return Answered(rows, _by_list(covered.ways, law))


def _by_list(ways: frozenset[Way], law: Law) -> Mapping[str, frozenset[Way]]:
    """Ways to ask by the name of their list, and without its row number."""
    return {
        name: frozenset(way[1:] for way in ways if way[0] == number)
        for number, name in enumerate(law.lists["list"].astype(object))
    }


class _Case:
    """What verdicts follow from: what was found, and who has answered for the rest."""

    def __init__(
        self,
        declarations: Declarations,
        readings: Readings,
        hits: Hits,
        law: Law,
        on: str,
        of_all: Mapping[str, bool],
        law_on: str = "",
    ) -> None:
        self.found = found = pairs(declarations)
        level = levels(declarations.lines, found)
        counted, self.repeats = once(declarations)
        self.facts = known = facts_of(declarations, found, of_all)
        told: Any = {"found": found, "level": level, "counted": counted, "facts": known}
        day = law_on or on
        self.findings, self.problems, below = findings(declarations, readings, hits, law, **told, on=day)
        self.covered = coverage(declarations, readings, law, below, **told, on=on, law_on=day)


def facts_of(declarations: Declarations, found: Pairs, of_all: Mapping[str, bool]) -> Facts:
    """What is known about each article; `of_all` holds for those that do not say otherwise."""
    composed = found.article[found.has_components]
    articles, seen = len(declarations.articles), shown(declarations)
    parts = np.bincount(declarations.components["article"], minlength=articles)
    kits = np.flatnonzero(parts > 1)  # the one part of a mixture is the mixture
    return Facts(declarations.facts, of_all, articles, composed=composed, kits=kits, shown=seen)


def once(declarations: Declarations) -> tuple[np.ndarray, pd.DataFrame]:
    """Which lines count: of exact duplicates in one declaration only the first. Each other one is
    reported.
    """
    lines = declarations.lines
    again = repeated([lines[column] for column in _SAME_LINE])
    rows = np.flatnonzero(again)
    told = {"file": "file", "sheet": "sheet", "row": "row", "found": "name"}
    problems = {name: lines[column].array[rows] for name, column in told.items()}
    return ~again, PROBLEMS.of(len(rows), {**problems, "code": "line-repeated", "line": rows})


def _verdicts(
    made: pd.DataFrame,
    covered: Covered,
    declarations: Declarations,
    readings: Readings,
    law: Law,
    found: Pairs,
    facts: Facts,
    *,
    assume_complete: bool,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The verdict of each article and list: the worst of its declarations, each the worst of findings and
    coverage.
    """
    shape = covered.answered.shape
    lists = law.lists["list"].astype(object).tolist()
    verdict, reason = _by_coverage(covered, shape, assume_complete=assume_complete)
    cell, worst = _worst_finding(made, found, lists)
    by_finding = np.full(shape, NONE, dtype=np.int64)
    np.maximum.at(by_finding.ravel(), cell, made["verdict"].to_numpy())
    decided = by_finding >= verdict
    of_finding = np.full(shape, "", dtype=object)
    of_finding.ravel()[cell[worst]] = made["reason"].astype(object).to_numpy()[worst]
    reason = np.where(decided, of_finding, reason)
    verdict = np.maximum(verdict, by_finding)
    if assume_complete:
        leant = (covered.answered < covered.asked[None, :]) & (verdict < Verdict.unknown)
        reason = np.where(leant, "assumed-complete", reason)
    out = (lists_hold(law, facts) == NO).T.reshape(len(declarations.articles), len(lists))[found.article]
    verdict, reason = (
        np.where(out, Verdict.not_applicable, verdict),
        np.where(out, "list-condition-false", reason),
    )
    problems = _contradictions(declarations, covered, by_finding, lists)
    # the worst of an article's declarations; with equals, the one that says least
    row, column = (part.ravel() for part in np.indices(shape))
    order = np.lexsort((covered.answered.ravel(), -verdict.ravel()))
    _, first = distinct([found.article[row[order]], column[order]])
    chosen = order[first]
    chosen = chosen[np.lexsort((column[chosen], found.article[row[chosen]]))]
    pair, which = row[chosen], column[chosen]
    at_worst = made[made["verdict"].to_numpy() == verdict.ravel()[cell]] if len(made) else made
    verdicts = VERDICTS.of(
        len(chosen),
        {
            "article": found.article[pair],
            "list": pd.Categorical.from_codes(which, pd.Index(lists)),
            "verdict": verdict[pair, which],
            "reason": reason[pair, which],
            "coverage": _degree(covered, pair, which, assume_complete=assume_complete),
            "entries_covered": covered.asked[which] if assume_complete else covered.answered[pair, which],
            "entries_asked": covered.asked[which],
            "undisclosed_ppt": covered.undisclosed_ppt[pair],
            "evidence_level": evidence_levels(declarations, readings, covered.statements, found)[pair, which],
            "alike": np.append(found.article, NONE)[covered.alike[pair, which]],
        },
    )
    return _name_entries(verdicts, at_worst), problems


def _by_coverage(
    covered: Covered, shape: tuple[int, ...], *, assume_complete: bool
) -> tuple[np.ndarray, np.ndarray]:
    """The verdict that coverage alone gives, and its reason."""
    full = (covered.answered >= covered.asked[None, :]) | (assume_complete & ~covered.hiding[:, None])
    verdict = np.where(
        full, np.where(covered.stated, Verdict.below_limit, Verdict.not_listed), Verdict.unknown
    )
    disclosed = np.where(covered.unasked > 0, "required-disclosed", "all-disclosed")
    done = np.where(covered.stated, "statement", "assumed-complete" if assume_complete else disclosed)
    reason = np.where(full, done, covered.reason)
    verdict, reason = (
        np.where(covered.outside >= covered.asked, Verdict.not_applicable, verdict),
        np.where(covered.outside >= covered.asked, "none-applies", reason),
    )
    nothing = np.broadcast_to(covered.asked == 0, shape)
    # without any entry it is a day before the list's first one
    why = np.where(covered.unasked > 0, "not-required", "not-yet-binding")
    verdict, reason = np.where(nothing, Verdict.not_applicable, verdict), np.where(nothing, why, reason)
    verdict = np.where(covered.contains, Verdict.review, verdict)
    return verdict.astype(np.int64).reshape(shape), np.where(covered.contains, "contains-unspecified", reason)


def _worst_finding(made: pd.DataFrame, found: Pairs, lists: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The cell (pair × list) of each finding, and the findings ordered so that the worst of each cell comes
    last.
    """
    pair = found.number(made["declaration"].to_numpy(), made["article"].to_numpy())
    column = pd.Index(lists).get_indexer(pd.Index(made["list"].astype(object)))
    return pair * len(lists) + column, np.lexsort((-np.arange(len(made)), made["verdict"].to_numpy()))


def _contradictions(
    declarations: Declarations, covered: Covered, by_finding: np.ndarray, lists: list[str]
) -> pd.DataFrame:
    """A problem for each statement that the lines of the same article contradict."""
    found = np.isin(by_finding, [Verdict.above_limit, Verdict.listed])
    against = (covered.statements != NONE) & found
    rows = covered.statements[against]
    names = np.array(lists, dtype=object)[np.nonzero(against)[1]]
    made = [
        problem(
            "statement-contradicted",
            found=name,
            file=at["file"],
            sheet=at["sheet"],
            row=at["row"],
        )
        for name, at in zip(names, declarations.statements.iloc[rows].to_dict("records"), strict=True)
    ]
    return stack(PROBLEMS, [pd.DataFrame(made)]) if made else PROBLEMS.empty()


def _degree(covered: Covered, pair: np.ndarray, which: np.ndarray, *, assume_complete: bool) -> np.ndarray:
    counts = covered.answered[pair, which], covered.asked[which], covered.outside[pair, which]
    return degree(*counts, covered.undisclosed_ppt[pair], assume_complete=assume_complete)


def degree(
    answered: np.ndarray,
    asked: np.ndarray,
    outside: np.ndarray,
    undisclosed_ppt: np.ndarray,
    *,
    assume_complete: bool = False,
) -> np.ndarray:
    """How much of a list somebody has answered for (`Coverage`), by what `Covered` tells."""
    some = (answered > outside) | (undisclosed_ppt < WHOLE)
    made = np.where(
        (answered >= asked) | assume_complete,
        Coverage.covered,
        np.where(some, Coverage.partly, Coverage.none),
    )
    return made.astype(object)


def _name_entries(verdicts: pd.DataFrame, at_worst: pd.DataFrame) -> pd.DataFrame:
    """The verdicts with every entry at the worst level, and whether the buyer has waived them all."""
    if not len(at_worst):
        return verdicts
    lists, names = (at_worst[key].array for key in ("list", "entry"))
    columns = verdicts["list"].array.categories
    wide = len(columns)
    cells = pd.Index(verdicts["article"].to_numpy(dtype=np.int64) * wide + verdicts["list"].array.codes)
    column = columns.get_indexer(lists.categories)[lists.codes]
    row = cells.get_indexer(at_worst["article"].to_numpy(dtype=np.int64) * wide + column)
    same = verdicts["verdict"].to_numpy()[row] == at_worst["verdict"].to_numpy()
    texts = np.sort(names.categories.to_numpy())
    place = np.searchsorted(texts, names.categories.to_numpy())[names.codes]
    rows, which = np.divmod(np.unique(row[same] * len(texts) + place[same]), len(texts))
    starts = np.flatnonzero(np.diff(rows, prepend=NONE))
    ends = np.append(starts[1:], len(rows))
    told = texts[which].tolist()
    entries = verdicts["entries"].to_numpy(dtype=object).copy()
    entries[rows[starts]] = [
        " ".join(told[start:end]) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    accepted = (at_worst["waived"] != "").to_numpy()[same]
    waived = np.zeros(len(verdicts), dtype=np.int64)
    np.add.at(waived, row[same], np.where(accepted, 1, len(at_worst) + 1))
    return verdicts.assign(
        entries=pd.Series(entries, dtype=object), waived=(waived > 0) & (waived <= len(at_worst))
    )
