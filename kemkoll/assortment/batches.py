"""Judge a scope of the assortment, keep what follows, and have it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll import __version__
from kemkoll.assortment.judging import Judged, gathered, judged_by
from kemkoll.assortment.plans import Asked, Plan, kept_plans, plans
from kemkoll.assortment.scope import Scope, measured, rows_in
from kemkoll.assortment.waived import apart, contracts_with_waivers
from kemkoll.errors import StoreError
from kemkoll.flow import Reader, placed_between
from kemkoll.identity import identify
from kemkoll.lists.compiled import Lists
from kemkoll.registry import Registry
from kemkoll.store import Change, Known, Store, judged
from kemkoll.store.digests import Sum, digest_of
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
        number = keep(change, made, source=source, registry=registry, name=name)
        change.about.update(batch=number, on=on, scope=scope.said, articles=made.articles, digest=made.digest)
    return number, made


def keep(change: Change, made: Made, *, source: Lists, registry: Registry, name: str = "") -> int:
    """Keep a batch in an event; its number.

    Args:
        change: the event.
        made: what was judged.
        source: where its lists came from.
        registry: where substances were looked up.
        name: to know it by.
    """
    asked = made.asked
    about = {
        "seen": made.seen, "at": change.at, "on": made.on, "name": name, "articles": made.articles,
        "scope": as_json(made.scope.said), "asked": as_json(asked.said), "digest": made.digest,
        "sums": " ".join(map(str, made.sums)), **program(registry),
    }  # fmt: skip
    groups = []
    for part in made.parts:
        profile = judged.keep_profile(change, part.plan.profile.id, part.plan.text)
        first, last = placed_between(part.result.declarations, asked.law_on or made.on)
        binding = part.plan.profile.binding
        groups.append(
            {
                "profile": profile, "lists": _kept_lists(change, part.plan, source),
                "binding": binding.kind, "bound_on": binding.date, "grace_days": binding.grace_days,
                "placed_first": first, "placed_last": last,
            }
        )  # fmt: skip
    return judged.put(change, about, groups, plain(made.findings), plain(made.verdicts))


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
    rows = rows_of(known, scope, asked, on)
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
    todo = kept_plans(known, number, rows_of(then, scope, asked, on))
    return follow(then, todo, scope, asked, on=on, registry=registry, tell=tell)


def at_work(known: Known) -> pd.DataFrame:
    """The batches that people work with, oldest first: all but those that measure a year (columns of
    `Batch`).
    """
    made = judged.batches(known)
    measures = [json.loads(text).get("measured", False) for text in made["asked"]]
    return made[~np.array(measures, dtype=bool)]


def rows_of(known: Known, scope: Scope, asked: Asked, on: str) -> pd.DataFrame:
    """The articles that a batch judges, as `scope.rows_in` gives them."""
    rows = rows_in(known, scope, on)
    return measured(rows) if asked.measured else rows


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
    read: Reader = identify,
    chosen: np.ndarray | None = None,
) -> Judged:
    """What follows for the articles of one plan.

    Args:
        places: with the cells that each line stood in, to explain it.
        placed: `flow.placed_between` of all articles that a plan has, where these are some of them.
        read: what tells the substances that each line may mean.
        chosen: by other declarations than those that were current (`declared.standing`).
    """
    asked_for = gathered(known, plan, on, places=places, chosen=chosen)
    return judged_by(asked_for, asked, on=on, registry=registry, placed=placed, read=read)


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
