"""What follows for each unit and entry: the sums held against the limits, their dates, conditions and
derogations.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from kemkoll.judgement.claims import claims
from kemkoll.judgement.conditions import NO, UNKNOWN, YES, Facts
from kemkoll.judgement.contributions import Sums, contributions, entry_codes, sums, unasked, with_materials
from kemkoll.judgement.days import Days, judged_on
from kemkoll.judgement.derogations import Derogations
from kemkoll.judgement.units import COMPONENT, MATERIAL, Pairs, assemblies
from kemkoll.tables import (
    FINDINGS,
    NONE,
    TRUST,
    WHOLE,
    Basis,
    Declarations,
    Force,
    Hits,
    Law,
    Measure,
    Operator,
    Readings,
    Verdict,
    distinct,
)

_BASES = np.array([Basis.article, Basis.component, Basis.homogeneous_material], dtype=object)


def findings(
    declarations: Declarations,
    readings: Readings,
    hits: Hits,
    law: Law,
    *,
    found: Pairs,
    level: np.ndarray,
    counted: np.ndarray,
    facts: Facts,
    on: str,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The findings, one for each unit and entry; the problems met on the way; and every sum that stays below
    its limit: pair, component, material, at, entry, limit, high.

    Args:
        found: the pairs of declaration and article.
        level: level of the unit that each line's share is of.
        counted: lines that count.
        on: day of the judgement.
    """
    index, _ = entry_codes(law)
    made = contributions(declarations, readings, hits, index, counted)
    summed = sums(declarations, law, found, level, made, index)
    summed = with_materials(summed, hits, declarations, law, found, index)
    court = _Court(declarations, law, index, found, facts, on)
    derogations = Derogations(law, index, claims(declarations.lines)[1], facts)
    problems = derogations.unknown(declarations)
    if not len(summed.frame):
        return FINDINGS.empty(), problems, summed.frame
    frame = court.try_(summed.frame)
    frame = court.let_off(frame, derogations)
    return _worst(frame, summed, law, found, index), problems, _below(frame, law)


class _Court:
    """The law, the facts and the day by which sums are judged."""

    def __init__(
        self, declarations: Declarations, law: Law, index: pd.MultiIndex, found: Pairs, facts: Facts, on: str
    ) -> None:
        self._declarations, self._law, self._index, self._found = declarations, law, index, found
        self._facts, self._on = facts, on
        self._days, self._unasked = Days(law, index), unasked(law, index)
        self.list_of_entry = self._days.of_list

    def try_(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The sums with a verdict and a reason each, derogations apart."""
        limits = self._law.limits
        limit = frame["limit"].to_numpy()
        low, high = frame["low"].to_numpy(), frame["high"].to_numpy()
        over_low, over_high = passes(self._law.limits, low, limit), passes(self._law.limits, high, limit)
        at, wanted = frame["at"].to_numpy(), frame["wanted"].to_numpy()
        # an assembly is something larger than its components, which are what the law looks at
        inner = assemblies(self._declarations.components)[frame["component"].to_numpy()]
        coarse, fine = (at < wanted) | (inner & (at == COMPONENT) & (wanted >= COMPONENT)), at > wanted
        measure = np.append(limits["measure"].astype(object).to_numpy(), "")[limit]
        bare = limit == NONE
        verdict, reason = self._compare(frame, over_low, over_high, coarse, fine)
        put = _put(verdict, reason)
        released = np.isin(measure, [Measure.release, Measure.released_amine]) & (high > 0)
        # what is not there in such a share cannot be released in it
        told = (np.append(limits["limit_ppt"].to_numpy(), 0)[limit] > 0) & ~over_high & ~coarse
        put(released & ~told, Verdict.review, "not-from-content")
        put(
            self._members_sum(frame, measure, over_high) & (verdict < Verdict.review),
            Verdict.review,
            "members-sum",
        )
        put(self._across_levels(frame) & (verdict < Verdict.review), Verdict.review, "basis-finer")
        self._traces(frame, verdict, reason)
        doubt = frame["why"].to_numpy()
        put(bare & (high > 0) & frame["sure"].to_numpy(), Verdict.listed, "listed")
        put(bare & (high > 0) & (doubt != ""), Verdict.review, doubt)
        put(bare & (high == 0), Verdict.not_listed, "absent")
        self._cap(frame, verdict, reason)
        return frame.assign(verdict=verdict, reason=reason, over=over_high & ~bare, derogated="")

    def _traces(self, frame: pd.DataFrame, verdict: np.ndarray, reason: np.ndarray) -> None:
        """Say what limits for unintended traces, and bans, make of what was added on purpose."""
        put, limit = _put(verdict, reason), frame["limit"].to_numpy()
        low, high = frame["low"].to_numpy(), frame["high"].to_numpy()
        trace = np.append(self._law.limits["trace_only"].to_numpy(), False)[limit]
        banned = np.append((self._law.limits["measure"] == Measure.presence).to_numpy(), False)[limit]
        below = verdict == Verdict.below_limit
        reason[below & trace & (high > 0)] = "trace-only"
        # a limit for traces allows nothing that was added: how much, and of what, does not matter
        intended = frame["intended"].to_numpy() & (high > 0) & (verdict < Verdict.above_limit)
        put(trace & intended & (low > 0), Verdict.above_limit, "trace-only")
        put(trace & intended & below & (low == 0), Verdict.review, "trace-only")
        # “< 0.1 %” of what was added: forbidden if it is there, and also written of what was not found
        reason[(trace | banned) & intended & (reason == "straddles")] = "added-in-doubt"

    def _compare(
        self,
        frame: pd.DataFrame,
        over_low: np.ndarray,
        over_high: np.ndarray,
        coarse: np.ndarray,
        fine: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        high = frame["high"].to_numpy()
        verdict = np.full(len(frame), Verdict.below_limit, dtype=np.int8)
        reason = np.full(len(frame), "below", dtype=object)
        put = _put(verdict, reason)
        put(high == 0, Verdict.below_limit, "absent")
        over_certain = passes(self._law.limits, frame["certain_high"].to_numpy(), frame["limit"].to_numpy())
        doubt = np.where(over_certain | (frame["why"] == ""), "straddles", frame["why"])
        put(over_high, Verdict.review, np.where(frame["missing"] & over_certain, "amount-missing", doubt))
        put(coarse & (high > 0) & ~over_high, Verdict.review, "basis-coarser")
        put(over_low, Verdict.above_limit, "above")
        # what must not be there at all is there, whatever the part is a part of
        banned = np.append((self._law.limits["measure"] == Measure.presence).to_numpy(), False)[
            frame["limit"].to_numpy()
        ]
        put(fine & over_high & ~banned, Verdict.review, np.where(over_low, "basis-finer", reason))
        put(over_low & banned & frame["unintended"].to_numpy(), Verdict.review, "not-intended")
        return verdict, reason

    def _members_sum(self, frame: pd.DataFrame, measure: np.ndarray, over_high: np.ndarray) -> np.ndarray:
        """Where the substances of an entry each stay below the limit, and together may not."""
        keys = ["pair", "component", "material", "at", "entry", "limit"]
        unit, first = distinct([frame[key].to_numpy() for key in keys])
        total = np.zeros(len(first), dtype=np.int64)
        np.add.at(total, unit, frame["high"].to_numpy())
        over = passes(self._law.limits, total[unit], frame["limit"].to_numpy())
        any_over = np.zeros(len(first), dtype=bool)
        np.logical_or.at(any_over, unit, over_high)
        doubtful = np.zeros(len(first), dtype=bool)
        by_number = frame["trust"].to_numpy() == 0
        np.logical_or.at(doubtful, unit, ~by_number | (measure == Measure.substance_or_sum))
        alone = frame["each"].to_numpy() != NONE
        together: np.ndarray = over & ~any_over[unit] & doubtful[unit] & alone
        return together

    def _across_levels(self, frame: pd.DataFrame) -> np.ndarray:
        """Where shares of a component and of its materials each stay below a limit, and together may not."""
        component = frame["component"].to_numpy()
        material = (frame["at"] == MATERIAL).to_numpy()
        keys = [frame[key].to_numpy() for key in ("pair", "entry", "limit", "each")]
        unit, first = distinct([component, *keys])
        own, finest = np.zeros(len(first), dtype=np.int64), np.zeros(len(first), dtype=np.int64)
        high = frame["high"].to_numpy()
        np.add.at(own, unit[~material], high[~material])
        np.maximum.at(finest, unit[material], high[material])
        both = (own > 0) & (finest > 0)
        bases = np.append(self._law.limits["basis"].astype(object).to_numpy(), "")[frame["limit"].to_numpy()]
        coarse = (frame["wanted"] < MATERIAL).to_numpy() | (bases == Basis.mixture)
        over = passes(self._law.limits, (own + finest)[unit], frame["limit"].to_numpy())
        together: np.ndarray = both[unit] & coarse & over
        return together

    def _cap(self, frame: pd.DataFrame, verdict: np.ndarray, reason: np.ndarray) -> None:
        """Soften what may not be certain: unconfirmed limits, watch lists, conditions, dates."""
        put = _put(verdict, reason)
        limit = frame["limit"].to_numpy()
        limits, lists = self._law.limits, self._law.lists
        own = self.list_of_entry[frame["entry"].to_numpy()]
        checked = np.append((limits["checked"] == "unconfirmed").to_numpy(), False)[limit]
        put((verdict == Verdict.above_limit) & checked, Verdict.review, "limit-unconfirmed")
        narrower = np.append(limits["narrower"].to_numpy(), False)[limit]
        put((verdict == Verdict.above_limit) & narrower, Verdict.review, "scope-narrower")
        of_limit = np.append(limits["force"].astype(object).to_numpy(), "")[limit]
        force = np.where(of_limit != "", of_limit, lists["force"].astype(object).to_numpy()[own])
        put((verdict == Verdict.above_limit) & (force == Force.watch), Verdict.review, "watch-list")
        self._word(own, of_limit == "", verdict, reason)
        held = self._held(limit, own, self._found.article[frame["pair"].to_numpy()])
        put((verdict == Verdict.above_limit) & (held == UNKNOWN), Verdict.review, "condition-unknown")
        put((verdict == Verdict.above_limit) & (force == Force.should), Verdict.review, "should-requirement")
        day = self.day(own, frame["pair"].to_numpy())
        since = np.append(limits["since"].astype(object).to_numpy(), "")[limit]
        until = np.append(limits["until"].astype(object).to_numpy(), "")[limit]
        entry = frame["entry"].to_numpy()
        early, late = ~self._days.begun(entry, day), self._days.ended(entry, day)
        put((since > day) | early, Verdict.not_applicable, "not-yet-binding")
        put((until != "") & (until < day) | late, Verdict.not_applicable, "no-longer-binding")
        put(held == NO, Verdict.not_applicable, "condition-false")
        put(self._unasked[entry], Verdict.not_applicable, "not-required")

    def _word(self, own: np.ndarray, native: np.ndarray, verdict: np.ndarray, reason: np.ndarray) -> None:
        """Say it in the list's own words, where it has some: what is above may be no ban, what is listed a
        suspicion. They do not speak of limits that a contract sets (not `native`).
        """
        for column, level, usual in (
            ("above_reason", Verdict.above_limit, "above"),
            ("listed_reason", Verdict.listed, "listed"),
        ):
            said = self._law.lists[column].astype(object).to_numpy()[own]
            meant = native & (verdict == level) & (reason == usual) & (said != "")
            reason[:] = np.where(meant, said, reason)

    def _held(self, limit: np.ndarray, own: np.ndarray, article: np.ndarray) -> np.ndarray:
        """Whether the condition of each limit, and of its list, holds for each article."""
        conditions = np.append(self._law.limits["condition"].astype(object).to_numpy(), "")[limit]
        of_list = lists_hold(self._law, self._facts)[own, article]
        texts, words = pd.factorize(conditions)
        held = np.array([self._facts.hold(text, of_parts=True) for text in words])[texts, article]
        return np.where((of_list == NO) | (held == NO), NO, np.minimum(of_list, held))

    def day(self, own: np.ndarray, pair: np.ndarray) -> np.ndarray:
        """The day with which the dates of each list (row number) are compared, for each pair."""
        placed = (
            self._declarations.articles["placed_on_market"]
            .astype(object)
            .to_numpy()[self._found.article[pair]]
        )
        return judged_on(self._days.by_market[own], placed, self._on)

    def let_off(self, frame: pd.DataFrame, derogations: Derogations) -> pd.DataFrame:
        """The sums with what derogations make of those above a limit."""
        verdict, reason = frame["verdict"].to_numpy().copy(), frame["reason"].to_numpy().copy()
        derogated = frame["derogated"].to_numpy().copy()
        entries = frame["entry"].to_numpy()
        # what the law lets off, a contract may demand all the same
        force = np.append(self._law.limits["force"].astype(object).to_numpy(), "")[frame["limit"].to_numpy()]
        rows = np.flatnonzero(
            # over the limit, or under it where intended use is forbidden
            (frame["over"].to_numpy() & (verdict >= Verdict.review) | (verdict == Verdict.above_limit))
            & derogations.has(entries)
            & ~np.isin(force, [Force.contract, Force.should])
        )
        if not len(rows):
            return frame
        material, component = self._names(frame)
        rows = rows[
            (frame["derogation"].to_numpy()[rows] != NONE) | (material[rows] != "") | (component[rows] != "")
        ]
        day = self.day(self.list_of_entry[entries], frame["pair"].to_numpy())
        # what a derogation allows is a share of the material that it names, as the limit is
        here = (frame["at"] == frame["wanted"]).to_numpy()
        low = np.where(here, frame["low"].to_numpy(), 0)
        high = np.where(here, frame["high"].to_numpy(), WHOLE)
        article = self._found.article[frame["pair"].to_numpy()]
        asked = np.where(derogations.has(entries, conditional=True), article, NONE)
        cases, first = distinct(
            [
                asked[rows],
                *(frame[key].to_numpy()[rows] for key in ("entry", "derogation")),
                low[rows],
                high[rows],
                pd.factorize(day[rows])[0],
                pd.factorize(material[rows])[0],
                pd.factorize(component[rows])[0],
            ]
        )
        claim = frame["derogation"].to_numpy()
        order = np.argsort(cases, kind="stable")
        ends = np.searchsorted(cases[order], np.arange(len(first)), side="right")
        for case, start, end in zip(rows[first], [0, *ends], ends, strict=False):
            ruling = derogations.rule(
                int(entries[case]),
                int(claim[case]),
                int(low[case]),
                int(high[case]),
                day[case],
                (material[case], component[case]),
                int(article[case]),
            )
            if ruling is None:
                continue
            same = rows[order[start:end]]
            # a claim that fails may explain a breach, and softens no doubt
            if ruling.verdict != Verdict.exempt:
                same = same[verdict[same] == Verdict.above_limit]
            verdict[same], reason[same], derogated[same] = ruling
        return frame.assign(verdict=verdict, reason=reason, derogated=derogated)

    def _names(self, frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """What the material and the component of each unit are called."""
        materials, components = (
            np.append(table["name"].astype(object).to_numpy(), "")
            for table in (self._declarations.materials, self._declarations.components)
        )
        return materials[frame["material"].to_numpy()], components[frame["component"].to_numpy()]


def passes(limits: pd.DataFrame, shares: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """Whether shares (10⁻¹² kg/kg) pass limits (row numbers; `NONE`: no limit, never passed)."""
    values = np.append(limits["limit_ppt"].to_numpy(), 0)[limit]
    at = np.append((limits["operator"] == Operator.at_or_above).to_numpy(), False)[limit]
    over: np.ndarray = np.where(at, shares >= values, shares > values) & (limit != NONE) & (shares > 0)
    return over


def _below(frame: pd.DataFrame, law: Law) -> pd.DataFrame:
    """The sums that something is in and that stay below their limit, and that what nobody told may lift."""
    together = [Measure.sum, Measure.element, Measure.release, Measure.released_amine]
    summing = law.limits["measure"].isin(together).to_numpy()
    low = (frame["verdict"] == Verdict.below_limit).to_numpy() & (frame["high"] > 0).to_numpy()
    low &= np.append(summing, False)[frame["limit"].to_numpy()]
    return frame.loc[low, ["pair", "component", "material", "at", "entry", "limit", "high"]]


def lists_hold(law: Law, facts: Facts) -> np.ndarray:
    """Whether the condition of each list holds for each article (lists × articles).

    That of a list that was asked for by name is taken as met where nobody says otherwise.
    """
    lists = law.lists
    given = zip(lists["condition"].astype(object), lists["asked_by_name"], strict=True)
    held = [(facts.hold(text), asked) for text, asked in given]
    return np.array([np.where(asked & (known == UNKNOWN), YES, known) for known, asked in held])


def _put(verdict: np.ndarray, reason: np.ndarray) -> Callable[[np.ndarray, Verdict, object], None]:
    """A way to set verdict and reason where a mask says so."""

    def put(where: np.ndarray, value: Verdict, why: object) -> None:
        verdict[where] = value
        reason[where] = why[where] if isinstance(why, np.ndarray) else why

    return put


def _worst(frame: pd.DataFrame, summed: Sums, law: Law, found: Pairs, index: pd.MultiIndex) -> pd.DataFrame:
    """One finding for each unit and entry: the worst of its limits and substances."""
    verdict = frame["verdict"].to_numpy()
    order = np.lexsort((frame["limit"].to_numpy(), -frame["high"].to_numpy(), -verdict.astype(np.int64)))
    keys = ["pair", "component", "material", "at", "entry"]
    _, first = distinct([frame[key].to_numpy()[order] for key in keys])
    rows = order[first]
    rows = rows[
        np.lexsort([frame[key].to_numpy()[rows] for key in ("material", "component", "entry", "pair")])
    ]
    kept = frame.iloc[rows]
    pair, entry, limit = (kept[key].to_numpy() for key in ("pair", "entry", "limit"))
    of_limit = np.append(law.limits["basis"].astype(object).to_numpy(), "")[limit]
    own = _BASES[np.minimum(kept["at"].to_numpy(), MATERIAL)]
    direct = (kept["at"] == kept["wanted"]).to_numpy() & (of_limit != "")
    part = ((kept["component"] != NONE) | (kept["material"] != NONE)).to_numpy()
    direct &= ~(part & (of_limit == Basis.mixture))  # a part is no mixture, whatever the limit is for
    return FINDINGS.of(
        len(rows),
        {
            "declaration": found.declaration[pair],
            "article": found.article[pair],
            "component": kept["component"].array,
            "material": kept["material"].array,
            "list": index.get_level_values(0).take(entry).to_numpy(),
            "entry": index.get_level_values(1).take(entry).to_numpy(),
            "verdict": kept["verdict"].array,
            "low_ppt": kept["low"].array,
            "high_ppt": kept["high"].array,
            "basis": np.where(direct, of_limit, own),
            "limit": limit,
            "reason": kept["reason"].array,
            "derogation": kept["derogated"].array,
            "matched_by": pd.Categorical.from_codes(kept["trust"].to_numpy(), pd.Index(TRUST)),
            "lines": _line_texts(summed, rows),
        },
    )


def _line_texts(summed: Sums, rows: np.ndarray) -> np.ndarray:
    """The row numbers of the lines of some sums, as text."""
    numbers = [str(line) for line in summed.lines.tolist()]
    ends = np.append(summed.starts[1:], len(numbers))
    texts = [
        " ".join(numbers[start:end])
        for start, end in zip(summed.starts[rows].tolist(), ends[rows].tolist(), strict=True)
    ]
    return np.array(texts, dtype=object)
