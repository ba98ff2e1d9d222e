"""What laboratories found, beside what the contract and the law allow, and what was declared.

A value of a laboratory is judged as if a supplier had declared it, by the lists and profiles that the
snapshot judged the article by: so the limit beside it is one that applies to the article, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kemkoll.assortment.batches import rows_of
from kemkoll.assortment.facts import known_facts
from kemkoll.assortment.plans import Asked, Plan, kept_plans
from kemkoll.assortment.scope import Scope
from kemkoll.assortment.series import Series, own_batch
from kemkoll.assortment.states import Told, states_of
from kemkoll.flow import Result, check
from kemkoll.quantities import parse_amount
from kemkoll.registry import Registry
from kemkoll.store import kept
from kemkoll.store.models import ArticleFact, LabResult
from kemkoll.tables import (
    ARTICLES,
    COMPONENTS,
    DECLARATIONS,
    LINES,
    NONE,
    SAMPLES,
    Declarations,
    Force,
    State,
    Verdict,
)

_BINDS = (Verdict.below_limit, Verdict.exempt, Verdict.above_limit)
"""The verdicts of a limit that applies for certain."""


def samples(series: Series, *, registry: Registry) -> pd.DataFrame:
    """The values that laboratories found in the years of a series: `tables.SAMPLES`.

    A value belongs to the first year that ends on its day or later; one without a day, or that is no share,
    to none.
    """
    found = kept.frame(series.last, LabResult)
    amounts = [parse_amount(text) for text in found["value"]]
    told = np.array([amount is not None for amount in amounts], dtype=bool) & (found["date"] != "").to_numpy()
    days = series.years["day"].to_numpy(dtype=object)
    period = np.searchsorted(days.astype(str), found["date"].to_numpy(dtype=str))
    told &= period < len(days)
    values = [amount.high_ppt if amount else 0 for amount in amounts]
    limits = [parse_amount(text) if text else None for text in found["quantification"]]
    quantified = [limit.high_ppt if limit else NONE for limit in limits]
    found = found.assign(period=period, value_ppt=values, quantification_ppt=quantified)[told]
    parts = [
        _of_year(series, year, found[found["period"] == year].reset_index(drop=True), registry)
        for year in sorted({int(it) for it in found["period"]})
    ]
    return SAMPLES.conform(pd.concat(parts, ignore_index=True)) if parts else SAMPLES.empty()


def _of_year(series: Series, period: int, found: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """The values of one year with their limits, and what was declared of the article."""
    limit = {force: np.full(len(found), NONE, dtype=np.int64) for force in (Force.law, Force.contract)}
    for place, result in _judged(series, period, series.contracts(period), Asked(), found, registry):
        _note(limit, place, result, (Force.law, Force.contract))
    measured = Asked(measured=True)
    batch = own_batch(series, period)
    states = np.full(len(found), State.absent, dtype=np.int8)
    for place, result in _judged(series, period, batch, measured, found, registry):
        _note(limit, place, result, (Force.law,))
        _declared(series, period, batch, result, found, place, states)
    states[states == State.absent] = State.unknown
    return found.assign(
        article=series.root(found["article"]), contract_ppt=limit[Force.contract], legal_ppt=limit[Force.law],
        declared=states, day=found["date"],
    )  # fmt: skip


def _judged(
    series: Series, period: int, batch: int, asked: Asked, found: pd.DataFrame, registry: Registry
) -> Iterator[tuple[np.ndarray, Result]]:
    """The values judged by each plan of a batch: which of them its lines are, and the result."""
    then, day = series.then(period), series.day(period)
    rows = rows_of(then, Scope(), asked, day)
    stated = kept.frame(then, ArticleFact)
    for plan in kept_plans(series.known, batch, rows[rows["article"].isin(found["article"])]):
        own = plan.rows.drop_duplicates("article").reset_index(drop=True)
        place = np.flatnonzero(found["article"].isin(own["article"]).to_numpy())
        if not len(place):
            continue
        made = _as_declared(own, found.iloc[place], stated, plan)
        yield place, check(made, plan.law, profile=plan.profile, registry=registry, on=day)


def _as_declared(
    articles: pd.DataFrame, found: pd.DataFrame, stated: pd.DataFrame, plan: Plan
) -> Declarations:
    """Values of a laboratory as lines of declarations: each in its part of its article."""
    article = pd.Index(articles["article"]).get_indexer(found["article"]).astype(np.int32)
    named = pd.DataFrame({"article": article, "name": found["component"].to_numpy()})
    parts = named[named["name"] != ""].drop_duplicates().reset_index(drop=True)
    number = pd.Series(range(len(parts)), index=pd.MultiIndex.from_frame(parts), dtype="int64")
    component = number.reindex(pd.MultiIndex.from_frame(named)).fillna(NONE).to_numpy(dtype=np.int32)
    value = found["value_ppt"].to_numpy()
    lines = {
        "declaration": article, "article": article, "component": component,
        "material": np.full(len(found), NONE, dtype=np.int32), "row": np.arange(len(found), dtype=np.int32),
        "name": found["name"].array, "cas": found["cas"].array,
        "low_ppt": np.where(found["below"], 0, value), "high_ppt": value,
        "basis": pd.Series(np.where(component == NONE, "article", "component"), dtype=object).array,
        "intended": "unknown",
    }  # fmt: skip
    texts = {name: articles[name].array for name in ("supplier", "number", "name", "placed_on_market")}
    return Declarations(
        declarations=DECLARATIONS.of(len(articles), {"scope": "partial"}),
        articles=ARTICLES.of(len(articles), texts),
        facts=known_facts(articles, stated, None, plan.profile.large_volume),
        components=COMPONENTS.conform(parts.assign(declaration=parts["article"], parent=NONE, units=NONE)),
        lines=LINES.of(len(found), lines),
    )


def _note(
    limit: dict[Force, np.ndarray], place: np.ndarray, result: Result, forces: tuple[Force, ...]
) -> None:
    """Note the least limit of each force that applies to each value."""
    for force, line, ppt in _limits(result):
        if force in forces:
            at = place[line]
            limit[force][at] = ppt if limit[force][at] == NONE else min(limit[force][at], ppt)


def _limits(result: Result) -> Iterator[tuple[Force, int, int]]:
    """Every limit that applies to a line for certain: its force, the line, and the share."""
    law, made = result.law, result.findings
    force = dict(zip(law.lists["list"].astype(object), law.lists["force"].astype(object), strict=True))
    binds = made[made["verdict"].isin(_BINDS) & (made["limit"] != NONE)]
    for limit, name, lines in zip(binds["limit"], binds["list"], binds["lines"], strict=True):
        own = law.limits.iloc[limit]
        said = str(own["force"]) or force[name]
        if said in (Force.law, Force.contract) and own["measure"] != "presence":
            for line in str(lines).split():
                yield Force(said), int(line), int(own["limit_ppt"])


def _declared(
    series: Series,
    period: int,
    batch: int,
    result: Result,
    found: pd.DataFrame,
    place: np.ndarray,
    states: np.ndarray,
) -> None:
    """Note what was declared of the articles by the lists that name what was looked for: the worst."""
    names = sorted(set(result.findings["list"].astype(str)))
    told = Told.of(series.known, batch, names) if names else None
    seen = int(series.years["seen"].iloc[period])
    lapsed = series.spoken.lapsed(seen, series.day(period))
    order = (State.free, State.unknown, State.contains)
    for name in names:
        assert told is not None
        rows = result.findings[(result.findings["list"] == name).to_numpy()]
        lines = sorted({int(line) for text in rows["lines"] for line in str(text).split()})
        at = place[lines]
        articles, back = np.unique(found["article"].to_numpy()[at], return_inverse=True)
        own = states_of(told, name, articles, lapsed)[back]
        for target, state in zip(at, own, strict=True):
            if states[target] == State.absent or order.index(state) > order.index(states[target]):
                states[target] = state
