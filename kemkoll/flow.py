"""The whole story, top to bottom: read this first.

A supplier's declaration is a table of lines. Each line gets a substance identity. Identities meet list
entries and give hits. Hits, amounts, limits and conditions give findings; findings and coverage give
verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from kemkoll.identity import identify
from kemkoll.judgement import Answered, judge, ways_to_ask
from kemkoll.judgement.coverage import Way
from kemkoll.lists import in_force
from kemkoll.matching import match
from kemkoll.profiles import Profile
from kemkoll.registry import Registry
from kemkoll.tables import DECISIONS, PROBLEMS, WAIVERS, Declarations, Hits, Law, Readings, stack

Reader = Callable[[pd.DataFrame, Registry], Readings]
"""`identify`, or what gives the same."""


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
    answered: Answered | None = None


def check(
    declarations: Declarations,
    lists: Law,
    *,
    profile: Profile,
    registry: Registry,
    on: str,
    conditions: Mapping[str, bool] | None = None,
    waivers: pd.DataFrame | None = None,
    decisions: pd.DataFrame | None = None,
    assume_complete: bool = False,
    placed: tuple[str, str] | None = None,
    law_on: str = "",
    read: Reader = identify,
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
        decisions: what people made of findings that were for review, `tables.DECISIONS`.
        assume_complete: take what nobody declared as absent; the result says so.
        placed: as `placed_between`, of more articles than these.
        law_on: the day whose law counts; empty: `on` itself. So a year is held against the law of another:
            what is declared holds or has lapsed on `on`, limits and entries apply as they did on `law_on`.
        read: what tells the substances that each line may mean.
    """
    day = law_on or on
    law = law_for(lists, profile, day, placed or placed_between(declarations, day))
    readings = read(declarations.lines, registry)
    hits = match(readings, declarations, law, registry)
    facts = profile.facts | dict(conditions or {})
    made = judge(
        declarations, readings, hits, law, on=on, facts=facts,
        waivers=WAIVERS.empty() if waivers is None else WAIVERS.conform(waivers),
        decisions=DECISIONS.empty() if decisions is None else DECISIONS.conform(decisions),
        assume_complete=assume_complete, law_on=day,
    )  # fmt: skip
    problems = stack(PROBLEMS, [declarations.problems, readings.problems, made.problems])
    return Result(
        on, profile, facts, assume_complete, law, declarations, readings, hits, made.findings, made.verdicts,
        problems, made.answered,
    )  # fmt: skip


def ways(result: Result, law: Law) -> Mapping[str, frozenset[Way]]:
    """By the name of a list, the ways in which another law asks of what was judged (`Answered.ways`).

    Args:
        result: what was judged, and when.
        law: the lists in force to ask by (`law_for`).
    """
    return ways_to_ask(result.declarations, law, on=result.on, facts=result.facts)


def law_for(lists: Law, profile: Profile, on: str, placed: tuple[str, str]) -> Law:
    """What of the lists, and of what the profile requires beside them, applies to what is judged."""
    return in_force(profile.apply(lists), on, back_to=placed[0], up_to=placed[1])


def placed_between(declarations: Declarations, on: str) -> tuple[str, str]:
    """The first and the last day on which one of the articles was placed on the market; where nobody says it,
    the day of the judgement.
    """
    days = [day or on for day in declarations.articles["placed_on_market"].cat.categories]
    return min(days, default=on), max(days, default=on)
