"""What follows for the articles of one plan: what is known of them gathered, and judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.assortment.decided import decided_in
from kemkoll.assortment.facts import bought_in_a_year, known_facts, with_facts
from kemkoll.assortment.plans import Asked, Plan
from kemkoll.assortment.together import together
from kemkoll.assortment.waived import waived_in
from kemkoll.flow import Reader, Result, check
from kemkoll.identity import identify
from kemkoll.registry import Registry
from kemkoll.store import Known, declared, kept
from kemkoll.store.declared import Standing
from kemkoll.store.models import ArticleFact, Volume
from kemkoll.store.recalled import FEW
from kemkoll.tables import Declarations


@dataclass(frozen=True)
class Judged:
    """What one plan came to.

    Attributes:
        result: as `check` gives it.
        standing: the declarations it was judged by, and which rows of the database they are.
    """

    plan: Plan
    result: Result
    standing: Standing


@dataclass(frozen=True)
class Gathered:
    """All that the database knows of the articles of one plan: with it they can be judged without one.

    Attributes:
        declarations: what holds together of what was declared, with the facts that the buyer knows.
        waivers, decisions: as `check` takes them.
    """

    plan: Plan
    standing: Standing
    declarations: Declarations
    waivers: pd.DataFrame
    decisions: pd.DataFrame


def gathered(
    known: Known, plan: Plan, on: str, *, places: bool = False, chosen: np.ndarray | None = None
) -> Gathered:
    """What is known of the articles of a plan.

    Args:
        places: with the cells that each line stood in, to explain it.
        chosen: other declarations than those that were current (`declared.standing`).
    """
    articles = plan.rows.drop_duplicates("article")
    standing = declared.standing(known, articles, places=places, chosen=chosen)
    made = together(standing.declarations, on)
    numbers = articles["article"].tolist()
    few = {"article": numbers} if len(numbers) <= FEW else {}
    stated = kept.frame(known, ArticleFact, **few)
    bought = bought_in_a_year(kept.frame(known, Volume, **few))
    made.facts = with_facts(made.facts, known_facts(articles, stated, bought, plan.profile.large_volume))
    return Gathered(plan, standing, made, waived_in(known, plan, on), decided_in(known, plan))


def judged_by(
    known: Gathered,
    asked: Asked,
    *,
    on: str,
    registry: Registry,
    placed: tuple[str, str] | None = None,
    read: Reader = identify,
) -> Judged:
    """What follows from it.

    Args:
        placed: `flow.placed_between` of all articles that a plan has, where these are some of them.
        read: what tells the substances that each line may mean.
    """
    result = check(
        known.declarations,
        known.plan.law,
        profile=known.plan.profile,
        registry=registry,
        on=on,
        conditions=asked.facts,
        waivers=known.waivers,
        decisions=known.decisions,
        assume_complete=asked.assume_complete,
        placed=placed,
        law_on=asked.law_on,
        read=read,
    )
    return Judged(known.plan, result, known.standing)
