"""What a requirement profile would say of today's assortment, as evidence that it asks for no more than the
market can give; nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kemkoll.assortment.batches import follow
from kemkoll.assortment.outcomes import counts, outcome_of, rank_of
from kemkoll.assortment.plans import Asked, Plan, law_of
from kemkoll.assortment.scope import Scope, measured, rows_in
from kemkoll.errors import StoreError
from kemkoll.lists.compiled import Lists
from kemkoll.profiles import Profile, parse_profile
from kemkoll.registry import Registry
from kemkoll.store import Known
from kemkoll.tables import Outcome, list_id

PASSES = frozenset({Outcome.free, Outcome.below_limit, Outcome.derogated, Outcome.listed})
"""What meets the requirements. What a decision accepts for a time does not: it stands apart."""


@dataclass(frozen=True)
class Tried:
    """What a profile says of a scope.

    Attributes:
        profile: as it was read; its `sha256` says which text it was.
        on: the day.
        seen: the last event that was known.
        lists: those that it was judged by, each with its edition after `@`.
        counts: as `outcomes.counts`: by list and in all.
        articles: each article once: `article`, `supplier`, `number`, `name`, `outcome`, `lists`: those by
            which it is that, by commas.
        passing, failing, waived, unknown: how many articles; what is for review is unknown. They add up to
            `articles`.
    """

    profile: Profile
    on: str
    seen: int
    lists: tuple[str, ...]
    counts: pd.DataFrame
    articles: pd.DataFrame
    passing: int
    failing: int
    waived: int
    unknown: int


def try_profile(
    known: Known, scope: Scope, text: str, name: str, *, on: str, source: Lists, registry: Registry
) -> Tried:
    """Hold the articles of a scope against a profile, whatever their contracts say, and keep nothing.

    Args:
        known: the moment.
        scope: which articles.
        text: of the profile, TOML.
        name: what it is called where it says something wrong.
        on: the day.
        source: the lists as they are now.
        registry: where substances are looked up.

    Raises:
        ProfileError: the text says something that cannot be judged.
        StoreError: no article is in the scope on that day.
    """
    profile = parse_profile(text, name)
    rows = _once(rows_in(known, scope, on))
    if not len(rows):
        shown = ", ".join(scope.said.values()) or "–"
        raise StoreError("No article of {scope} is in the assortment on {on}.", scope=shown, on=on)
    plan = Plan(profile, text, law_of(profile, (), on, source), rows)
    made = follow(known, [plan], scope, Asked(), on=on, registry=registry)
    outcome = outcome_of(made.verdicts, made.findings)
    whole = made.verdicts.assign(outcome=outcome, rank=rank_of(outcome))
    articles = _worst(whole, rows)
    passing = int(articles["outcome"].isin(PASSES).sum())
    failing, waived = (int((articles["outcome"] == it).sum()) for it in (Outcome.deviation, Outcome.waived))
    named = plan.law.lists[["list", "edition"]].astype(object).itertuples(index=False)
    lists = tuple(f"{list_id(name)}@{edition}" for name, edition in named)
    return Tried(
        profile, on, known.seen, lists, counts(made.verdicts, made.findings), articles,
        passing, failing, waived, len(articles) - passing - failing - waived,
    )  # fmt: skip


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The articles of a scope once each, under no contract: waivers of contracts in force say nothing of a
    tender to come.

    Args:
        rows: as `scope.rows_in` gives them.
    """
    return measured(rows.assign(in_assortment=True))


def _worst(verdicts: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Each article with its worst outcome, and the lists by which it is that; the worst first."""
    rank = verdicts.groupby("article")["rank"].max()
    at_worst = verdicts[verdicts["rank"] == verdicts["article"].map(rank)]
    named = at_worst["list"].astype(object).groupby(at_worst["article"])
    lists = named.agg(lambda own: ", ".join(sorted({*own})))
    order = [*Outcome]
    made = rows[["article", "supplier", "number", "name"]].assign(
        rank=rows["article"].map(rank), lists=rows["article"].map(lists)
    )
    made = made.assign(outcome=[order[int(it)].value for it in made["rank"]])
    made = made.sort_values(["rank", "supplier", "number"], ascending=[False, True, True], kind="stable")
    return made.drop(columns="rank").reset_index(drop=True)
