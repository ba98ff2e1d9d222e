"""A batch after another, when only lists have changed: what cannot have changed is not judged again.

What follows for an article changes where one of its lines meets an entry that came, went or says something
else: such articles are judged again. For all others the findings stay, and only who has answered for the
changed entries may be another matter; that is asked of one article of those that are answered for alike
(`judgement.states`), and holds for the others. The result is that of judging everything, digest and all.
Where that is not certain, everything is judged.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment import batches
from kemkoll.assortment.batches import Tell, asked_of
from kemkoll.assortment.combining import combined
from kemkoll.assortment.judging import Judged
from kemkoll.assortment.meeting import articles_meeting
from kemkoll.assortment.naming import Names
from kemkoll.assortment.plans import Asked, Plan, bound, law_of, text_of
from kemkoll.assortment.scope import articles
from kemkoll.flow import law_for, ways
from kemkoll.i18n import N_
from kemkoll.identity.remembered import Remembered
from kemkoll.lists import load_lists
from kemkoll.lists.changed import changed_entries, of_entries, same_lists
from kemkoll.lists.compiled import Lists
from kemkoll.lists.editions import of_lists
from kemkoll.profiles import Profile, parse_profile
from kemkoll.registry import Registry
from kemkoll.store import Known, Store, audit, bulk, judged
from kemkoll.store.digests import Sum
from kemkoll.tables import Law

HARMLESS = ("batch", "list", "export", "backup", "snapshot")
"""What may be done between two batches without changing what is known of articles (`AuditEvent.action`)."""


class Otherwise(Exception):  # noqa: N818 - it is no error: there is another way
    """Why a batch must judge everything: one of the sentences below."""


OTHER_DAY = N_("it is of another day")
OTHER_KNOWLEDGE = N_("something else has changed since: declarations, articles, contracts or decisions")
OTHER_PROGRAM = N_("kemkoll is another version, or knows other substances")
OTHER_PROFILE = N_("a requirement profile has changed")
OTHER_LISTS = N_("a list has changed as a whole, or is judged in several editions")
OTHER_WORDINGS = N_("a list names materials or functions in other words")
OTHER_WAYS = N_("the changed entries ask for something that no entry of their list asked for before")
OTHER_LAW = N_("it belongs to a snapshot")
COMPLETE = N_("it takes what nobody declared as absent")

_ALIKE = ["list", "alike"]


@dataclass(frozen=True)
class _Group:
    """The articles that are judged by one profile and the same lists, before and after.

    Attributes:
        about: as `store.judged.groups` tells it.
        law: all lists as they are now.
        changed: those that have changed.
        new: these alone, as they are now.
        then: these as they were, in force.
        differing: the entries that differ, in force: those that were, and those that are.
    """

    number: int
    about: dict[str, Any]
    profile: Profile
    law: Law
    changed: tuple[str, ...]
    new: Law
    then: Law
    differing: tuple[Law, Law]

    @property
    def placed(self) -> tuple[str, str]:
        """Between which days its articles were placed on the market."""
        return self.about["placed_first"], self.about["placed_last"]

    def plan(self, rows: pd.DataFrame, law: Law) -> Plan:
        """Some of its articles, judged by a law."""
        return Plan(self.profile, self.about["text"], law, rows)


def run_after(
    store: Store,
    number: int,
    *,
    on: str | None,
    by: str,
    at: str,
    source: Lists,
    registry: Registry,
    name: str = "",
    tell: Tell = lambda *_: None,
) -> tuple[int, str]:
    """Judge what a batch judged by the lists as they are now, and keep it: its number, and "" or why all of
    it had to be judged.

    Args:
        number: the batch before.
        on: the day; that of the batch before where nobody says.

    Raises:
        StoreError: there is no such batch.
    """
    with store.reading() as known:
        was = judged.batch(known, number)
        day = on or str(was["on"])
        scope, asked = asked_of(was)
        try:
            change = _Change(known, was, asked, day, source, registry)
            after = change.made()
        except Otherwise as why:
            after, reason = None, str(why)
    if after is None:
        made = batches.run(
            store, scope, asked, on=day, by=by, at=at, source=source, registry=registry, name=name, tell=tell
        )
        return made[0], reason
    about = {
        "seen": change.known.seen, "at": at, "on": day, "name": name, "after": number,
        "articles": int(was["articles"]), "scope": was["scope"], "asked": was["asked"],
        "digest": after.digest, "sums": " ".join(map(str, after.sums)), **batches.program(registry),
    }  # fmt: skip
    with store.writing("batch", by=by, at=at) as writing:
        groups = [_kept_group(writing, group, source) for group in change.groups]
        found, told = (batches.plain(frame) for frame in (after.findings, after.verdicts))
        row = judged.put(writing, about, groups, found, told, after.anew)
        writing.about.update(
            batch=row,
            on=day,
            scope=scope.said,
            articles=int(was["articles"]),
            digest=after.digest,
            after=number,
        )
    return row, ""


@dataclass(frozen=True)
class After:
    """What stands in a batch instead of in the one before it.

    Attributes:
        anew: columns of `BatchAnew`.
        judged: how many articles were judged again.
    """

    findings: pd.DataFrame
    verdicts: pd.DataFrame
    anew: pd.DataFrame
    sums: tuple[Sum, Sum]
    digest: str
    judged: int


class _Change:
    """What lists have changed since a batch, and what follows from it."""

    def __init__(
        self,
        known: Known,
        was: dict[str, Any],
        asked: Asked,
        on: str,
        source: Lists,
        registry: Registry,
    ) -> None:
        self.known, self._was, self._asked, self._on = known, was, asked, on
        self._source, self._registry, self._read = source, registry, Remembered(registry).identify
        _refuse(known, was, asked, on, registry)
        own = judged.imported_profiles(known)
        numbered = enumerate(judged.groups(known, int(was["id"])))
        self.groups = [self._group(number, about, own) for number, about in numbered]

    def _group(self, number: int, about: dict[str, Any], own: dict[str, str]) -> _Group:
        if text_of(about["name"], own) != about["text"]:
            raise Otherwise(OTHER_PROFILE)
        binding = about["binding"], about["bound_on"], about["grace_days"]
        profile = bound(parse_profile(about["text"], about["name"]), *binding)
        law = law_of(profile, self._asked.lists, self._on, self._source)
        kept_as = about["lists"].set_index("called")
        names = law.lists["list"].astype(object).tolist()
        if names != kept_as.index.tolist() or any("@" in name for name in names):
            raise Otherwise(OTHER_LISTS)
        days = law.lists["edition"].astype(object)
        changed = [
            name
            for name, day in zip(names, days, strict=True)
            if day != kept_as["edition_date"][name]
            or judged.digest_of_list(self._source.packed(name))
            != judged.digest_of_edition(self.known, int(kept_as["edition"][name]))
        ]
        new = of_lists(law, changed)
        old = _as_it_was(self.known, kept_as.loc[changed])
        placed = about["placed_first"], about["placed_last"]
        then, now = (law_for(part, profile, self._on, placed) for part in (old, new))
        if not same_lists(then, now):
            raise Otherwise(OTHER_LISTS)
        entries = changed_entries(then, now)
        differing = of_entries(then, entries), of_entries(now, entries)
        if any(part.members["kind"].isin(["material", "function"]).any() for part in differing):
            raise Otherwise(OTHER_WORDINGS)
        return _Group(number, about, profile, law, tuple(changed), new, then, differing)

    def made(self) -> After:
        """What stands anew.

        Raises:
            Otherwise: it cannot be told without judging everything.
        """
        batch = int(self._was["id"])
        lists = sorted({name for group in self.groups for name in group.changed})
        old = judged.verdicts(self.known, batch=batch, lists=lists) if lists else pd.DataFrame()
        names = Names(self.known)
        findings, verdicts, anew, before = [], [], [], []
        touched = 0
        for group in self.groups:
            if not group.changed:
                continue
            rows = old[(old["group"] == group.number) & old["list"].isin(group.changed)]
            rows = names.beside(rows.assign(list=rows["list"].astype(object)))
            new, again, found = self._follow(group, rows)
            verdicts.append(new)
            findings.append(found)
            before.append((rows, self._findings_before(group, batch, again, names)))
            anew.append(_anew(group, again))
            touched += len(again)
        return self._whole(findings, verdicts, anew, before, touched)

    def _follow(self, group: _Group, rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray, pd.DataFrame]:
        """The verdicts of a group by the changed lists; the articles that were judged again, and their
        findings.
        """
        of_row = rows["article"].to_numpy()
        several = of_row[(rows["alike"] == 0).to_numpy()]
        meeting = articles_meeting(self.known, group.differing, self._registry, read=self._read)
        again = np.intersect1d(np.append(meeting, several), of_row)
        rest = rows[~np.isin(of_row, again)]
        first = rest.drop_duplicates(_ALIKE)
        asked = first["article"].unique()
        part = self._judged(group, rows, np.union1d(again, asked))
        if part is None:
            return rest.drop(columns=["id", "batch"]), again, pd.DataFrame()
        new, doubtful = combined(rest, self._answers(group, part, rest, first))
        if len(doubtful):
            again = np.union1d(again, doubtful)
            part = self._judged(group, rows, again) or part
        told, found = batches.verdict_rows(part, group.number), batches.finding_rows(part, group.number)
        told, found = (frame[frame["article"].isin(again)] for frame in (told, found))
        new = _labelled(new[~new["article"].isin(again)])
        return pd.concat([new, told], ignore_index=True), again, found

    def _judged(self, group: _Group, rows: pd.DataFrame, wanted: np.ndarray) -> Judged | None:
        """Some articles, judged by the changed lists as they are now; None: there are none."""
        if not len(wanted):
            return None
        plan = group.plan(self._rows(rows, wanted.tolist()), group.new)
        return batches.judge_plan(
            self.known,
            plan,
            self._asked,
            on=self._on,
            registry=self._registry,
            placed=group.placed,
            read=self._read,
        )

    def _answers(self, group: _Group, part: Judged, rest: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
        """What coverage alone says now of each row, asked of the first of those alike."""
        then, now = ways(part.result, group.then), part.result.answered
        assert now is not None
        if any(now.ways[name] - then[name] for name in group.changed):
            raise Otherwise(OTHER_WAYS)
        place = rest[_ALIKE].merge(first[[*_ALIKE, "article"]], on=_ALIKE, how="left")[["list", "article"]]
        own = now.rows.assign(article=part.standing.article[now.rows["article"].to_numpy()])
        own = own[own["article"].isin(first["article"])]
        return place.merge(own, on=["list", "article"], how="left")

    def _rows(self, rows: pd.DataFrame, wanted: Collection[int]) -> pd.DataFrame:
        """Rows of `scope.rows_in` of some articles, under the contracts under which the batch judged them."""
        own = rows[rows["article"].isin([*wanted])]
        own = own[["article", "contract", "contract_number"]].drop_duplicates()
        parts = [articles(self.known, article=part) for part in bulk.pieces(sorted(set(own["article"])))]
        found = pd.concat(parts, ignore_index=True)
        found = found[(found["since"] <= self._on) & ((found["until"] == "") | (found["until"] >= self._on))]
        made = found.merge(own, on="article")
        return made.sort_values(["article", "contract"], kind="stable").reset_index(drop=True)

    def _findings_before(self, group: _Group, batch: int, again: np.ndarray, names: Names) -> pd.DataFrame:
        found = judged.findings(self.known, batch=batch, articles=again.tolist(), lists=group.changed)
        return names.beside_findings(found[found["group"] == group.number])

    def _whole(
        self,
        findings: Sequence[pd.DataFrame],
        verdicts: Sequence[pd.DataFrame],
        anew: Sequence[pd.DataFrame],
        before: Sequence[tuple[pd.DataFrame, pd.DataFrame]],
        touched: int,
    ) -> After:
        sums = [Sum.parse(text) for text in str(self._was["sums"]).split()]
        found, told = _stacked(findings), _stacked(verdicts)
        for old_verdicts, old_findings in before:
            sums[0] -= batches.finding_sum(old_findings) if len(old_findings) else Sum()
            sums[1] -= batches.verdict_sum(old_verdicts)
        sums[0] += batches.finding_sum(found) if len(found) else Sum()
        sums[1] += batches.verdict_sum(told) if len(told) else Sum()
        laws = [(group.law, group.profile.sha256) for group in self.groups]
        digest = batches.digest_by(self._on, laws, sums)
        rows = batches.stacked(anew) if anew else pd.DataFrame()
        return After(found, told, rows, (sums[0], sums[1]), digest, touched)


def _labelled(verdicts: pd.DataFrame) -> pd.DataFrame:
    """The verdicts with one of these articles as that to which others are alike: what was judged again is no
    longer like those that were like it.
    """
    if not len(verdicts):
        return verdicts
    return verdicts.assign(alike=verdicts.groupby(["list", "alike"])["article"].transform("first"))


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    some = [frame for frame in frames if len(frame)]
    return batches.stacked(some) if some else pd.DataFrame()


def _anew(group: _Group, again: np.ndarray) -> pd.DataFrame:
    """What stands anew of a group: all its verdicts by the changed lists, and these articles' findings."""
    articles = np.concatenate([[0], again]).astype(np.int64)
    lists = np.repeat(np.array(group.changed, dtype=object), len(articles))
    return pd.DataFrame(
        {"group": group.number, "list": lists, "article": np.tile(articles, len(group.changed))}
    )


def _refuse(known: Known, was: dict[str, Any], asked: Asked, on: str, registry: Registry) -> None:
    """Refuse what is not certain to be the same.

    Raises:
        Otherwise: something else than a list may have changed.
    """
    if on != was["on"]:
        raise Otherwise(OTHER_DAY)
    if asked.assume_complete:
        raise Otherwise(COMPLETE)
    if asked.law_on or asked.measured:
        raise Otherwise(OTHER_LAW)
    if not was["sums"] or any(was[key] != value for key, value in batches.program(registry).items()):
        raise Otherwise(OTHER_PROGRAM)
    if audit.actions(known.connection, int(was["seen"]), known.seen) - {*HARMLESS}:
        raise Otherwise(OTHER_KNOWLEDGE)


def _as_it_was(known: Known, lists: pd.DataFrame) -> Law:
    """Some lists as a batch has used them (`BatchList`, by `called`)."""
    if not len(lists):
        return Law()
    source = judged.KeptLists(known, lists["edition"].tolist())
    law = load_lists([f"{name}@{day}" for name, day in lists["edition_date"].items()], source=source)
    return replace(law, lists=law.lists.assign(asked_by_name=lists["asked_by_name"].to_numpy()))


def _kept_group(change: Any, group: _Group, source: Lists) -> dict[str, Any]:
    """A group as the next batch has it: columns of `BatchGroup`, and of `BatchList`."""
    rows = group.about["lists"].to_dict("records")
    days = group.law.lists["edition"].astype(object)
    lists = []
    for row, day in zip(rows, days, strict=True):
        edition = row["edition"]
        if row["called"] in group.changed:
            edition = judged.keep_list(change, source.packed(row["called"]))
        lists.append(
            {
                "called": row["called"], "edition": edition, "edition_date": day,
                "asked_by_name": bool(row["asked_by_name"]),
            }
        )  # fmt: skip
    columns = ("binding", "bound_on", "grace_days", "placed_first", "placed_last")
    return {name: group.about[name] for name in columns} | {
        "profile": judged.keep_profile(change, group.about["name"], group.about["text"]),
        "lists": lists,
    }
