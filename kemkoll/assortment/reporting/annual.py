"""The data of the annual report: from the snapshots of a series, so that it can be written again, byte for
byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kemkoll.assortment import followed_up, sampled
from kemkoll.assortment.panel import panels
from kemkoll.assortment.readings import Measure, law_kept
from kemkoll.assortment.series import Series, own_batch
from kemkoll.assortment.snapshots import series as series_of
from kemkoll.errors import StoreError
from kemkoll.profiles import Profile
from kemkoll.registry import Registry
from kemkoll.report.annual import Annual, Subject
from kemkoll.store import Known, judged, kept
from kemkoll.store.models import Category, Contract, Organisation, Supplier
from kemkoll.tables import Grouping, Law, Panel, Reading, list_id, stack
from kemkoll.tables.reported import EDITIONS, NAMES, REVISIONS
from kemkoll.tables.trends import INDICATORS, TARGETS
from kemkoll.trends import (
    ALL,
    flows,
    follow_up,
    hidden,
    indicators,
    matrix,
    nordic,
    outcomes,
    responses,
    substitutions,
    suppress,
    targets,
    top_substances,
    verification,
    wider,
)
from kemkoll.trends.hiding import hide_substituted, hide_top

PUBLIC = (Grouping.category, Grouping.contract, Grouping.organisation)
"""By what the public version tells articles apart."""


def annual(
    known: Known,
    year: str = "",
    *,
    registry: Registry,
    lists: Sequence[str] = (),
    internal: bool = False,
    revised: bool = True,
    headline: str = "K1",
    organisation: str = "",
    invented: bool = False,
) -> Annual:
    """The data of the report of one year.

    Args:
        known: now; of the years themselves only what was known when they were frozen is read.
        year: name or day of the snapshot; empty: the last.
        registry: where structures are looked up.
        lists: ids; the first is the headline's. Without them all that the series is measured by.
        internal: suppliers are named, and nothing is hidden.
        revised: whether to say what has become known since.
        headline: `K1` or `K2`.
        organisation: whose report it is; empty: the only organisation that there is.
        invented: the data are an example.

    Raises:
        StoreError: there is no such snapshot, or the series is not measured by one of the lists.
    """
    series = Series(known, series_of(known, year))
    last = len(series.years) - 1
    measured = series.measured(last)
    _refuse_others(lists, measured)
    made = panels(known, series.years, [*(lists or measured)], registry=registry)
    aims = followed_up.aims(series)
    told = {name: _Told(series, name, panel, internal, aims) for name, panel in made.items()}
    first = next(iter(told.values()))
    followed = _followed(series, first.panel, [*made.values()], registry)
    about = series.years.iloc[last]
    return Annual(
        organisation=organisation or _only_organisation(series.last),
        year=str(about["name"]),
        on=str(about["day"]),
        taken=str(about["at"])[:10],
        subjects=tuple(it.subject(grouped=it is first) for it in told.values()),
        profile=str(about["profile"]),
        versions=_versions(series, last),
        headline=headline,
        internal=internal,
        invented=invented,
        digest=_digest(series),
        indicators=first.shown(followed["indicators"]),
        targets=_targets(aims, told),
        matrix=first.shown(matrix([*made.values()], last)),
        samples=followed["samples"],
        deviations=followed["deviations"],
        waived=followed["waived"],
        editions=_editions(series, [*made]),
        names=_names(series.last, internal),
        revisions=_revisions(known, series, made, registry) if revised else None,
    )


def supplier_names(known: Known) -> list[str]:
    """What suppliers are or were called: what open data must not say."""
    return sorted({str(name) for name in kept.every(known, Supplier)["name"]})


def _refuse_others(lists: Sequence[str], measured: Sequence[str]) -> None:
    for name in lists:
        if list_id(name.partition("/")[0]) not in measured:
            raise StoreError(
                "The series is not measured by the list {list}. It is measured by: {lists}.",
                list=name,
                lists=", ".join(measured),
            )


class _Told:
    """What one list found, and what of it may be shown."""

    def __init__(self, series: Series, name: str, panel: Panel, internal: bool, aims: pd.DataFrame) -> None:
        self.series, self.name, self.panel, self.internal = series, name, panel, internal
        wide = panel.within["wider"].unique()
        self.wider = [wider(it) for it in aims["category"].unique() if it in wide]
        self.groupings = [ALL, *PUBLIC, *([Grouping.supplier] if internal else [])]
        self._hidden = None if internal else hidden(panel, [*PUBLIC, *self.wider])

    def shown(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table without what nobody outside may see."""
        return table if self._hidden is None else suppress(table, self._hidden)

    def figures(self, *, grouped: bool) -> pd.DataFrame:
        """The indicators, of all articles and of groups."""
        return indicators(self.panel, groupings=self.groupings if grouped else [ALL])

    def subject(self, *, grouped: bool) -> Subject:
        """What the report takes of the list; of a list that is not the headline's no groups."""
        panel, last = self.panel, len(self.panel.periods) - 1
        law = self.series.law(last, self.name)
        top = top_substances(panel, last, base=panel.base)
        instead = substitutions(panel, panel.base, last) if last > panel.base else None
        if not self.internal:
            top = hide_top(top, panel, last, panel.base)
            instead = None if instead is None else hide_substituted(instead, panel, panel.base, last)
        made = Subject(
            list=self.name,
            title=_said(law, "title", self.name),
            short=_short(law, self.name),
            limit_ppt=_limit(_profile(self.series, last), self.name),
            base=panel.base,
            period=last,
            periods=panel.periods,
            indicators=self.shown(self.figures(grouped=grouped)),
            flows=self.shown(flows(panel, groupings=self.groupings if grouped else [ALL])),
            outcomes=self.shown(outcomes(panel)),
            top=top,
        )
        return made if instead is None else replace(made, substituted=instead)


def _followed(
    series: Series, panel: Panel, every: Sequence[Panel], registry: Registry
) -> dict[str, pd.DataFrame]:
    """What belongs to no list: questions, deviations, waivers, laboratory values, contract products."""
    samples = sampled.samples(series, registry=registry)
    deviations, waived = followed_up.deviations(series), followed_up.waived(series)
    parts = [
        follow_up(panel.periods, deviations, waived),
        verification(panel.periods, samples),
        responses(panel.periods, followed_up.enquiries(series)),
        nordic(every),
    ]
    return {
        "samples": samples,
        "deviations": deviations,
        "waived": waived,
        "indicators": stack(INDICATORS, parts),
    }


def _targets(aims: pd.DataFrame, told: dict[str, _Told]) -> pd.DataFrame:
    """K14: each aim once, for the list that it names, or for the headline's."""
    parts = []
    for place, it in enumerate(told.values()):
        own = aims[(aims["list"].astype(str).isin([it.name] if place else [it.name, ""])).to_numpy()]
        if len(own):
            figures = it.shown(indicators(it.panel, groupings=[ALL, Grouping.category, *it.wider]))
            parts.append(targets(figures, own, it.panel))
    return stack(TARGETS, parts)


def _said(law: Law, what: str, name: str) -> dict[str, str]:
    """A title by language; that of the entry, where one entry of a list is meant."""
    entry = name.partition("/")[2]
    rows = law.entries[(law.entries["entry"] == entry).to_numpy()] if entry else law.lists
    column = "name" if entry else what
    if not len(rows):
        return {"en": name}
    return {language: str(rows[f"{column}_{language}"].iloc[0]) for language in ("en", "sv")}


def _short(law: Law, name: str) -> dict[str, str]:
    """What the substances are called in a sentence: the short title, else the title, in small letters."""
    short, title = _said(law, "short", name), _said(law, "title", name)
    return {language: _lowered(short.get(language) or title.get(language, "")) for language in ("en", "sv")}


def _lowered(title: str) -> str:
    """A title within a sentence; an abbreviation stays.

    >>> _lowered("Ftalater"), _lowered("PFAS"), _lowered("REACH candidate list")
    ('ftalater', 'PFAS', 'REACH candidate list')
    """
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]


def _measure(series: Series, period: int) -> Measure:
    return law_kept(series.known, own_batch(series, period))


def _profile(series: Series, period: int) -> Profile:
    return _measure(series, period).profile


def _limit(profile: Profile, name: str) -> int:
    """The limit that the profile sets for all of a list, 10⁻¹² kg/kg; -1: none, or several."""
    list_, _slash, entry = name.partition("/")
    own = [it for it in profile.requirements if it["list"] == list_ and entry in ("", str(it["entry"]))]
    limits = {int(it["limit_ppt"]) for it in own if str(it.get("measure")) != "presence"}
    every = len(limits) == 1 and all(str(it.get("measure")) != "presence" for it in own)
    return limits.pop() if every else -1


def _versions(series: Series, last: int) -> dict[str, str]:
    """The programs that judged the year, and what substances they knew."""
    rows = judged.batches(series.known).set_index("id")
    about = rows.loc[own_batch(series, last)]
    return {"kemkoll": str(about["program"]), "RDKit": str(about["rdkit"])}


def _digest(series: Series) -> str:
    """One digest of all batches that the report is made of."""
    rows = series.parts[series.parts["snapshot"].isin(series.years["id"])]
    digests = judged.batches(series.known).set_index("id")["digest"]
    days = series.years.set_index("id")["day"]
    columns = (rows["snapshot"].map(days), rows["role"], rows["read"].map(days), rows["list"])
    told = zip(*columns, rows["batch"].map(digests), strict=True)
    parts = [" ".join(map(str, row)) for row in told]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def _editions(series: Series, lists: Sequence[str]) -> pd.DataFrame:
    """T3: of each list what it held, from when, what it is used for, and the digest of its content."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    last = len(series.years) - 1
    for period in range(len(series.years)):
        measure = _measure(series, period)
        for name in dict.fromkeys(list_id(it.partition("/")[0]) for it in lists):
            law = series.law(period, name)
            if not len(law.lists):
                continue
            day = measure.editions[name]
            digest = measure.digests.get(name, day)
            row = rows.setdefault((name, digest), _edition(law, name, day, digest))
            row["years"].append(str(series.years["name"].iloc[period]))
            row["roles"] |= {Reading.own} | ({Reading.fixed} if not period else set())
            row["roles"] |= {Reading.reread} if period == last else set()
    made = [
        {**row, "periods": ", ".join(row["years"]), "role": " ".join(sorted(row["roles"]))}
        for row in rows.values()
    ]
    return EDITIONS.conform(pd.DataFrame(made, columns=[*EDITIONS.names]))


def _edition(law: Law, name: str, day: str, digest: str) -> dict[str, Any]:
    title = _said(law, "title", name)
    return {
        "list": name, "title_en": title.get("en", name), "title_sv": title.get("sv", ""), "edition": day,
        "entries": int(law.entries["entry"].nunique()), "sha256": digest, "years": [], "roles": set(),
    }  # fmt: skip


def _names(known: Known, internal: bool) -> pd.DataFrame:
    """What categories, contracts and organisations are called; suppliers only within the house."""
    categories = kept.frame(known, Category)
    contracts = kept.frame(known, Contract)
    organisations = kept.frame(known, Organisation)
    parts = [
        _named(Grouping.category, categories["code"], categories["code"] + " " + categories["name"]),
        _named(Grouping.contract, contracts["number"], contracts["number"]),
        _named(Grouping.organisation, organisations["name"], organisations["name"]),
    ]
    del internal  # suppliers stand under their own names in the figures
    return NAMES.conform(pd.concat(parts, ignore_index=True))


def _named(grouping: Grouping, codes: pd.Series, names: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"code": codes.astype(str), "name_en": names.astype(str).str.strip()})
    return frame.assign(grouping=str(grouping), name_sv="").drop_duplicates("code", keep="last")


def _only_organisation(known: Known) -> str:
    """The name of the only organisation; empty where there are several, or none."""
    names = kept.frame(known, Organisation)["name"].unique()
    return str(names[0]) if len(names) == 1 else ""


def _revisions(known: Known, series: Series, made: dict[str, Panel], registry: Registry) -> pd.DataFrame:
    """What has become known since: of the headline's list, each figure of all articles that would be
    another.
    """
    from kemkoll.assortment.revisions import CORRECTION, revisions

    found = revisions(known, series, made, registry=registry)
    first = next(iter(made))
    figures = found.figures
    if not len(figures):
        return REVISIONS.empty()
    own = figures[
        (
            (figures["list"] == first) & (figures["weight"] == "articles") & (figures["grouping"] == ALL)
        ).to_numpy()
    ]
    own = own[own["indicator"].isin(_SHOWN) & own["base"].isin([-1, made[first].base])]
    own = own[(own["reading"] == own["indicator"].map(_READING).fillna(Reading.fixed)).to_numpy()]
    changed = found.articles[(found.articles["list"] == first).to_numpy()].drop_duplicates(
        ["period", "article"]
    )
    because = changed["because"] == CORRECTION
    corrections = changed[because].groupby("period").size()
    late = changed[~because].groupby("period").size()
    rows = own.assign(
        published=own["value"],
        now=own["revised"],
        corrections=own["period"].astype("int64").map(corrections).fillna(0).astype("int64"),
        late=own["period"].astype("int64").map(late).fillna(0).astype("int64"),
    )
    return REVISIONS.conform(rows.sort_values(["period", "indicator"], kind="stable"))


_SHOWN = ("K0", "K1", "K1b", "K2", "K3", "K4", "K5", "K6", "K7", "K9", "K10")
"""The headlines: what a revision is shown for."""
_READING = {"K6": Reading.reread, "K7": Reading.own}
