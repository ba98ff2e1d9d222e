"""What has become known since a report was made, of the years that it was about.

A snapshot never changes. Beside it stands what it would say by what is known now, as far as that is about its
day: corrections of what was current then, and declarations dated on or before the day that came later. What
was declared since because an article became another one, or was renewed, is of later years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kemkoll.assortment.batches import finding_rows, judge_plan, rows_of, stacked, verdict_rows
from kemkoll.assortment.plans import Asked, Plan
from kemkoll.assortment.readings import law_kept
from kemkoll.assortment.scope import Scope
from kemkoll.assortment.series import Series
from kemkoll.assortment.states import CONTAINS, Told, states_of
from kemkoll.assortment.superseding import replaces, said
from kemkoll.lists import load_lists
from kemkoll.registry import Registry
from kemkoll.store import Known, frozen, kept
from kemkoll.store.models import AuditEvent
from kemkoll.tables import STEPS, Panel, Reading
from kemkoll.trends import indicators

CORRECTION = "correction"
LATE = "late"
"""Why a declaration counts for a year: it corrects what was current then, or it came late."""
_FIGURE = ["indicator", "reading", "weight", "grouping", "group", "base", "period"]


@dataclass(frozen=True)
class Revisions:
    """What has become known since the last snapshot of a series.

    Attributes:
        articles: period, article (as in PANEL), list, reading, `before` and `after` (State), `because`:
            `CORRECTION` or `LATE`; one row for each state that would be another.
        panels: by the list, what the series would say.
        figures: `tables.INDICATORS` of all articles together, with `revised`: the value by what is known now;
            of each list (`list`) the figures that would be others.
    """

    articles: pd.DataFrame
    panels: Mapping[str, Panel]
    figures: pd.DataFrame


def revisions(known: Known, series: Series, panels: Mapping[str, Panel], *, registry: Registry) -> Revisions:
    """What is known now of the years of a series and was not when its last snapshot was taken.

    Args:
        known: now.
        series: the years.
        panels: what was published, as `panel.panels` gives it.
        registry: where substances are looked up.
    """
    spoken = frozen.Spoken(known)
    since = int(series.years["seen"].iloc[-1])
    rows = []
    for period in range(len(series.years)):
        chosen = _chosen(known, spoken, series, period, since)
        if len(chosen):
            lapsed = spoken.lapsed_of(chosen["id"].to_numpy(), series.day(period))
            rows += _revised(series, period, chosen, [*panels], lapsed, registry)
    columns = ["period", "article", "list", "reading", "after", "because"]
    told = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
    made, changed = {}, []
    for name, panel in panels.items():
        made[name], own = _applied(panel, told[told["list"] == name])
        changed.append(own)
    articles = pd.concat(changed, ignore_index=True)
    return Revisions(articles, made, _effects(panels, made))


def _chosen(known: Known, spoken: frozen.Spoken, series: Series, period: int, since: int) -> pd.DataFrame:
    """The declarations that count for a year now, of the articles for which they are others than was known:
    `id`, `article`, `because`.
    """
    rows, day = spoken.rows, series.day(period)
    then = spoken.current(int(series.years["seen"].iloc[period]))
    new = rows["added"].to_numpy() > since
    dated = rows["date"].astype(object).to_numpy()
    late = new & (dated != "") & (dated <= day)
    counts = then | late
    correction = new & (rows["reason"] == CORRECTION).to_numpy()
    while True:  # a correction may itself be corrected
        replaced = rows[counts][["article", "ended"]].drop_duplicates()
        of = pd.MultiIndex.from_frame(replaced)
        met = correction & pd.MultiIndex.from_frame(rows[["article", "added"]]).isin(of)
        if not (met & ~counts).any():
            break
        counts |= met
    articles = np.unique(rows["article"].to_numpy()[counts & ~then])
    articles = articles[np.isin(articles, series.articles(period))]
    own: pd.DataFrame = rows[counts & rows["article"].isin(articles).to_numpy()]
    if not len(own):
        return pd.DataFrame(own[["id", "article"]].assign(because=""))
    because = np.where(correction[own.index] & ~late[own.index], CORRECTION, LATE)
    why = pd.Series(because, index=own.index)[new[own.index]]
    why = why.groupby(own["article"][new[own.index]]).agg("last")
    holds = own[~_overtaken(known, own)]
    told = holds[["id", "article"]].assign(because=holds["article"].map(why).to_numpy())
    return pd.DataFrame(told)


def _overtaken(known: Known, own: pd.DataFrame) -> np.ndarray:
    """Which of some declarations another of the same article takes the place of, by the rules by which they
    are added.
    """
    today = str(kept.every(known, AuditEvent, id=known.seen)["at"].iloc[-1])[:10]
    told = said(known, own, today)
    ids = own[["id", "article"]]
    pairs = ids.merge(ids, on="article", suffixes=("", "_before"))
    pairs = pairs[pairs["id"] > pairs["id_before"]]
    now, then = (told.loc[pairs[name]].reset_index(drop=True) for name in ("id", "id_before"))
    older = ((then["date"] > now["date"]) & (now["date"] != "")).to_numpy()
    gone = np.concatenate(
        [
            pairs["id_before"].to_numpy()[~older & replaces(now, then).to_numpy()],
            pairs["id"].to_numpy()[older & replaces(then, now).to_numpy()],
        ]
    )
    return np.isin(own["id"].to_numpy(), gone)


def _revised(
    series: Series,
    period: int,
    chosen: pd.DataFrame,
    lists: Sequence[str],
    lapsed: np.ndarray,
    registry: Registry,
) -> list[pd.DataFrame]:
    """The states of some articles in one year, by the declarations that count for it now."""
    articles = np.unique(chosen["article"])
    why = chosen.drop_duplicates("article").set_index("article")["because"].loc[articles].to_numpy()
    asked = [(reading, name, series.batch(period, reading, name)) for reading in Reading for name in lists]
    rows = rows_of(series.then(period), Scope(), Asked(measured=True), series.day(period))
    rows = rows[rows["article"].isin(articles)].sort_values("article").reset_index(drop=True)
    ids = chosen["id"].to_numpy(dtype=np.int64)
    parts = []
    for batch in sorted({batch for *_, batch in asked if batch}):
        own = [(reading, name) for reading, name, number in asked if number == batch]
        names = sorted({name.partition("/")[0] for _, name in own})
        told = _judged(series, period, batch, names, rows, ids, registry)
        for reading, name in own:
            made = {"article": series.root(articles), "after": states_of(told, name, articles, lapsed)}
            about = {"period": period, "list": name, "reading": str(reading), "because": why}
            parts.append(pd.DataFrame(made | about))
    return parts


def _judged(
    series: Series,
    period: int,
    batch: int,
    lists: Sequence[str],
    rows: pd.DataFrame,
    chosen: np.ndarray,
    registry: Registry,
) -> Told:
    """What a batch would say of some articles by other declarations."""
    measure = law_kept(series.known, batch)
    law = load_lists([f"{name}@{measure.editions[name]}" for name in lists], source=measure.source)
    law = replace(law, lists=law.lists.assign(asked_by_name=False))
    asked = Asked(profile=measure.profile.id, law_on=measure.day, measured=True)
    plan = Plan(measure.profile, measure.text, law, rows)
    then, day = series.then(period), series.day(period)
    part = judge_plan(then, plan, asked, on=day, registry=registry, chosen=chosen)
    found = stacked([finding_rows(part, 0)])
    return Told(stacked([verdict_rows(part, 0)]), found[found["verdict"].isin(CONTAINS)])


def _applied(panel: Panel, told: pd.DataFrame) -> tuple[Panel, pd.DataFrame]:
    """A panel with other states, and those that are others. What a correction made another is, in the flows
    too, by a correction.
    """
    rows = panel.panel.copy()
    key = ["period", "article"]
    changed = []
    for reading in map(str, Reading):
        own = told[told["reading"] == reading].drop_duplicates(key)
        met = rows[[*key, reading]].reset_index(names="row").astype(dict.fromkeys(key, "int64"))
        met = met.merge(own.astype(dict.fromkeys(key, "int64")), on=key)
        met = met[met[reading] != met["after"]]
        rows.loc[met["row"], reading] = met["after"].to_numpy(dtype=np.int8)
        changed.append(met.assign(before=met[reading], list=panel.list))
    columns = [*key, "list", "reading", "before", "after", "because"]
    made = pd.concat(changed, ignore_index=True)[columns]
    by = made[made["because"] == CORRECTION][key].drop_duplicates().assign(reason=CORRECTION)
    steps = pd.concat([by, panel.steps.astype({"reason": object})], ignore_index=True).drop_duplicates(key)
    return replace(panel, panel=rows, steps=STEPS.conform(steps)), made


def _effects(published: Mapping[str, Panel], revised: Mapping[str, Panel]) -> pd.DataFrame:
    """The figures of all articles together that would be others."""
    parts = []
    for name, panel in published.items():
        was, now = (indicators(it) for it in (panel, revised[name]))
        both = was.merge(now[[*_FIGURE, "value"]].rename(columns={"value": "revised"}), on=_FIGURE)
        same = np.isclose(both["value"], both["revised"], rtol=0, atol=1e-12, equal_nan=True)
        parts.append(both[~same].assign(list=name))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
