"""The whole story, top to bottom: read this first.

A supplier's declaration is a table of lines. Each line gets a substance identity. Identities meet list
entries and give hits. Hits, amounts, limits and conditions give findings; findings and coverage give
verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kemkoll.identity import identify
from kemkoll.judgement import judge
from kemkoll.lists import in_force
from kemkoll.matching import match
from kemkoll.profiles import Profile
from kemkoll.registry import Registry
from kemkoll.tables import PROBLEMS, WAIVERS, Declarations, Hits, Law, Readings, stack


@dataclass(frozen=True)
class Result:
    """What was judged, by what, and what follows."""

    on: str
    profile: Profile
    facts: Mapping[str, bool]
    assume_complete: bool
    law: Law
    declarations: Declarations
    readings: Readings
    hits: Hits
    findings: pd.DataFrame
    verdicts: pd.DataFrame
    problems: pd.DataFrame


def check(
    declarations: Declarations,
    lists: Law,
    *,
    profile: Profile,
    registry: Registry,
    on: str,
    conditions: Mapping[str, bool] | None = None,
    waivers: pd.DataFrame | None = None,
    assume_complete: bool = False,
) -> Result:
    """Judge what suppliers declared by the lists in force on the day `on`.

    Args:
        declarations: what the suppliers handed in.
        lists: the substance lists to judge by.
        profile: requirements beside the lists' own, and facts that hold for every article.
        registry: where substance names, numbers and structures are looked up.
        on: the day of the judgement, ISO text.
        conditions: facts that hold for every article of this run; an article's own facts go before them.
        waivers: deviations that the buyer has accepted, `tables.WAIVERS`.
        assume_complete: take what nobody declared as absent; the result says so.
    """
    placed = [day or on for day in declarations.articles["placed_on_market"].cat.categories]
    law = in_force(profile.apply(lists), on, back_to=min(placed, default=on), up_to=max(placed, default=on))
    readings = identify(declarations.lines, registry)
    hits = match(readings, declarations, law, registry)
    facts = profile.facts | dict(conditions or {})
    findings, verdicts, problems = judge(
        declarations, readings, hits, law, on=on, facts=facts,
        waivers=WAIVERS.empty() if waivers is None else WAIVERS.conform(waivers),
        assume_complete=assume_complete,
    )  # fmt: skip
    problems = stack(PROBLEMS, [declarations.problems, readings.problems, problems])
    return Result(
        on, profile, facts, assume_complete, law, declarations, readings, hits, findings, verdicts, problems
    )
