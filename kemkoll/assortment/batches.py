"""Judge a scope of the assortment, keep what follows, and have it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll import __version__
from kemkoll.assortment.decided import decided_in
from kemkoll.assortment.facts import bought_in_a_year, known_facts, with_facts
from kemkoll.assortment.plans import Asked, Plan, kept_plans, plans
from kemkoll.assortment.scope import Scope, rows_in
from kemkoll.assortment.together import together
from kemkoll.assortment.waived import apart, contracts_with_waivers, waived_in
from kemkoll.errors import StoreError
from kemkoll.flow import Result, check, placed_between
from kemkoll.lists.compiled import Lists
from kemkoll.registry import Registry
from kemkoll.store import Change, Known, Store, declared, judged, kept
from kemkoll.store.declared import Standing
from kemkoll.store.digests import Sum, digest_of
from kemkoll.store.models import ArticleFact, Volume
from kemkoll.structures import rdkit_version, rules_version
from kemkoll.tables import NONE, Law

Tell = Callable[[int, int, str], None]
"""Told of the groups that are done, of how many there are, and of the profile of the next."""
_NAMES = ["contract_number", "supplier", "number"]
_HASHED_FINDING = (
    "list", "entry", "verdict", "low_ppt", "high_ppt", "basis", "limit", "force", "reason", "derogation",
    "waived", "decided", "matched_by", "component_name", "material_name",
)  # fmt: skip
_HASHED_VERDICT = (
    "list", "verdict", "reason", "entries", "coverage", "entries_covered", "entries_asked",
    "undisclosed_ppt", "evidence_level", "waived",
)  # fmt: skip


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
class Made:
    """A batch before it is kept.

    Attributes:
        findings, verdicts: of all plans, columns as `store.judged.put` takes them; with `contract_number`,
            `supplier`, `number`, `component_name`, `material_name` beside.
        sums: of the findings and the verdicts, as they are hashed.
    """

    seen: int
    on: str
    scope: Scope
    asked: Asked
    parts: tuple[Judged, ...]
    findings: pd.DataFrame
    verdicts: pd.DataFrame
    sums: tuple[Sum, Sum]
    digest: str

    @property
    def articles(self) -> int:
        """How many articles were judged."""
        return int(self.verdicts["article"].nunique())


def run(
    store: Store,
    scope: Scope,
    asked: Asked,
    *,
    on: str,
    by: str,
    at: str,
    source: Lists,
    registry: Registry,
    name: str = "",
    tell: Tell = lambda *_: None,
) -> tuple[int, Made]:
    """Judge a scope and keep it as a batch: its number, and what followed.

    Raises:
        StoreError: no article is in the scope on that day.
    """
    with store.reading() as known:
        made = judge(known, scope, asked, on=on, source=source, registry=registry, tell=tell)
    with store.writing("batch", by=by, at=at) as change:
        about = {
            "seen": made.seen, "at": at, "on": on, "name": name, "articles": made.articles,
            "scope": as_json(scope.said), "asked": as_json(asked.said), "digest": made.digest,
            "sums": " ".join(map(str, made.sums)), **program(registry),
        }  # fmt: skip
        groups = []
        for part in made.parts:
            profile = judged.keep_profile(change, part.plan.profile.id, part.plan.text)
            first, last = placed_between(part.result.declarations, on)
            binding = part.plan.profile.binding
            groups.append(
                {
                    "profile": profile, "lists": _kept_lists(change, part.plan, source),
                    "binding": binding.kind, "bound_on": binding.date, "grace_days": binding.grace_days,
                    "placed_first": first, "placed_last": last,
                }
            )  # fmt: skip
        number = judged.put(
            change,
            about,
            groups,
            plain(made.findings),
            plain(made.verdicts),
        )
        change.about.update(batch=number, on=on, scope=scope.said, articles=made.articles, digest=made.digest)
    return number, made


def judge(
    known: Known,
    scope: Scope,
    asked: Asked,
    *,
    on: str,
    source: Lists,
    registry: Registry,
    tell: Tell = lambda *_: None,
) -> Made:
    """What follows for a scope by what was known at a moment.

    Raises:
        StoreError: no article is in the scope on that day.
    """
    rows = rows_in(known, scope, on)
    if not len(rows):
        raise StoreError("No article of {scope} is in the assortment on {on}.", scope=_shown(scope), on=on)
    todo = plans(known, rows, asked, on, source)
    return follow(known, todo, scope, asked, on=on, registry=registry, tell=tell)


def again(known: Known, number: int, *, registry: Registry, tell: Tell = lambda *_: None) -> Made:
    """What follows now for a batch: by the same knowledge, lists and profiles, and this program.

    Raises:
        StoreError: there is no such batch.
    """
    was = judged.batch(known, number)
    then = Known(known.connection, int(was["seen"]))
    scope, asked = asked_of(was)
    on = str(was["on"])
    todo = kept_plans(known, number, rows_in(then, scope, on))
    return follow(then, todo, scope, asked, on=on, registry=registry, tell=tell)


def asked_of(batch: Mapping[str, Any]) -> tuple[Scope, Asked]:
    """The scope of a batch (`store.judged.batch`), and what it was asked for."""
    given = json.loads(batch["asked"])
    return Scope(**json.loads(batch["scope"])), Asked(**given | {"lists": tuple(given.get("lists", ()))})


def follow(
    known: Known,
    todo: Sequence[Plan],
    scope: Scope,
    asked: Asked,
    *,
    on: str,
    registry: Registry,
    tell: Tell = lambda *_: None,
) -> Made:
    """What follows from plans."""
    contracts = contracts_with_waivers(known)
    todo = [part for plan in todo for part in apart(plan, contracts)]
    parts = []
    for number, plan in enumerate(todo):
        tell(number, len(todo), plan.profile.id)
        parts.append(judge_plan(known, plan, asked, on=on, registry=registry))
    tell(len(todo), len(todo), "")
    findings = stacked([finding_rows(part, number) for number, part in enumerate(parts)])
    verdicts = stacked([verdict_rows(part, number) for number, part in enumerate(parts)])
    sums = finding_sum(findings), verdict_sum(verdicts)
    laws = [(part.plan.law, part.plan.profile.sha256) for part in parts]
    digest = digest_by(on, laws, sums)
    return Made(known.seen, on, scope, asked, tuple(parts), findings, verdicts, sums, digest)


def judge_plan(
    known: Known,
    plan: Plan,
    asked: Asked,
    *,
    on: str,
    registry: Registry,
    places: bool = False,
    placed: tuple[str, str] | None = None,
) -> Judged:
    """What follows for the articles of one plan.

    Args:
        places: with the cells that each line stood in, to explain it.
        placed: `flow.placed_between` of all articles that a plan has, where these are some of them.
    """
    articles = plan.rows.drop_duplicates("article")
    standing = declared.standing(known, articles, places=places)
    made = together(standing.declarations, on)
    stated = kept.frame(known, ArticleFact)
    bought = bought_in_a_year(kept.frame(known, Volume))
    made.facts = with_facts(made.facts, known_facts(articles, stated, bought, plan.profile.large_volume))
    result = check(
        made,
        plan.law,
        profile=plan.profile,
        registry=registry,
        on=on,
        conditions=asked.facts,
        waivers=waived_in(known, plan, on),
        decisions=decided_in(known, plan),
        assume_complete=asked.assume_complete,
        placed=placed,
    )
    return Judged(plan, result, standing)


def _kept_lists(change: Change, plan: Plan, source: Lists) -> list[dict[str, Any]]:
    lists = plan.law.lists
    return [
        {
            "called": called,
            "edition": judged.keep_list(change, source.packed(called.partition("@")[0])),
            "edition_date": edition,
            "asked_by_name": bool(by_name),
        }
        for called, edition, by_name in zip(
            lists["list"].astype(object), lists["edition"].astype(object), lists["asked_by_name"], strict=True
        )
    ]


def finding_rows(part: Judged, group: int) -> pd.DataFrame:
    """The findings of a plan as rows of `BatchFinding`, with names beside."""
    result, standing = part.result, part.standing
    made, law = result.findings, result.law
    limit = made["limit"].to_numpy()
    written = zip(law.limits["operator"], law.limits["limit"], strict=True)
    of_limit = [*(f"{operator} {text}" for operator, text in written), ""]
    own = [*law.limits["force"].astype(object), ""]
    of_list = dict(zip(law.lists["list"].astype(object), law.lists["force"].astype(object), strict=True))
    force = [own[row] or of_list[name] for row, name in zip(limit, made["list"].astype(object), strict=True)]
    ids = standing.line.astype(str)
    lines = [" ".join(ids[int(row)] for row in text.split()) for text in made["lines"]]
    frame = pd.DataFrame(
        {
            "group": group,
            "article": standing.article[made["article"].to_numpy()],
            "component": _ids(standing.component, made["component"]),
            "material": _ids(standing.material, made["material"]),
            **{name: made[name].astype(object) for name in ("list", "entry", "basis", "reason")},
            **{name: made[name].astype(object) for name in ("derogation", "waived", "decided", "matched_by")},
            "verdict": made["verdict"].to_numpy(),
            "low_ppt": made["low_ppt"].to_numpy(),
            "high_ppt": made["high_ppt"].to_numpy(),
            "limit": [of_limit[row] for row in limit],
            "force": force,
            "lines": lines,
            "component_name": _names(result.declarations.components, made["component"]),
            "material_name": _names(result.declarations.materials, made["material"]),
        }
    )
    return _under_contracts(frame, part.plan.rows)


def verdict_rows(part: Judged, group: int) -> pd.DataFrame:
    """The verdicts of a plan as rows of `BatchVerdict`, with names beside."""
    made = part.result.verdicts
    of_row = part.standing.article
    frame = made.assign(
        group=group,
        article=of_row[made["article"].to_numpy()],
        alike=_ids(of_row, made["alike"]),
    )
    texts = {name: frame[name].astype(object) for name in ("list", "reason", "coverage")}
    return _under_contracts(frame.assign(**texts), part.plan.rows)


def _under_contracts(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows once for each contract that their article stands under."""
    names = rows[["article", "contract", *_NAMES]]
    return frame.merge(names, on="article")


def _ids(ids: np.ndarray, rows: pd.Series) -> np.ndarray:
    which = rows.to_numpy()
    return np.where(which == NONE, 0, np.append(ids, 0)[which])


def _names(frame: pd.DataFrame, rows: pd.Series) -> np.ndarray:
    names = np.append(frame["name"].astype(object).to_numpy(), "")
    return np.asarray(names[rows.to_numpy()], dtype=object)


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same columns as one, texts as categories."""
    frame = pd.concat([*frames], ignore_index=True)
    texts = [str(name) for name in frame if not pd.api.types.is_numeric_dtype(frame[name].dtype)]
    return frame.assign(**{name: pd.Categorical(frame[name].astype(object)) for name in texts})


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows without the names beside them."""
    names = [*_NAMES, "component_name", "material_name"]
    return frame.drop(columns=[name for name in names if name in frame])


def finding_sum(findings: pd.DataFrame) -> Sum:
    """The sum of `finding_rows`, in names only: row numbers are other ones in another database."""
    return Sum.of(findings[[*_HASHED_FINDING, *_NAMES]])


def verdict_sum(verdicts: pd.DataFrame) -> Sum:
    """The sum of `verdict_rows`, in names only."""
    return Sum.of(verdicts[[*_HASHED_VERDICT, *_NAMES]])


def digest_by(on: str, laws: Sequence[tuple[Law, str]], sums: Sequence[Sum]) -> str:
    """The hash of a batch: what followed, and by which lists and profiles (SHA-256 of each one's text)."""
    columns = ("list", "sha256", "edition")
    lists = [
        [[*row] for row in zip(*(law.lists[column].astype(object) for column in columns), strict=True)]
        for law, _ in laws
    ]
    return digest_with(on, lists, [sha256 for _, sha256 in laws], sums)


def digest_with(
    on: str, lists: Sequence[Sequence[Sequence[str]]], profiles: Sequence[str], sums: Sequence[Sum]
) -> str:
    """The same, of each group's lists (name, SHA-256, edition) and the SHA-256 of its profile."""
    return digest_of(sums, {"on": on, "lists": [*lists], "profiles": [*profiles]})


def program(registry: Registry) -> dict[str, str]:
    """What judges: columns of `Batch`."""
    versions = {"program": __version__, "rdkit": rdkit_version(), "rules": rules_version()}
    return versions | {"substances": registry.stamp}


def _shown(scope: Scope) -> str:
    return ", ".join(scope.said.values()) or "–"


def as_json(value: Any) -> str:
    """Plain values as a text that is the same for the same values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
