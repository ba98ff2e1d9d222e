"""What a new edition of a list would do to an assortment before it counts: whose verdicts change, when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from kemkoll.assortment.batches import Tell, asked_of, at_work, follow
from kemkoll.assortment.comparing import beside, differs, direction
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.plans import Asked, Plan, law_of, plans
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.errors import StoreError
from kemkoll.lists.compiled import Lists, to_bytes
from kemkoll.lists.editions import of_lists
from kemkoll.profiles import Binding
from kemkoll.profiles.profile import FOLLOWING
from kemkoll.registry import Registry
from kemkoll.store import Known, judged
from kemkoll.store.kept import every
from kemkoll.store.models import Contract
from kemkoll.tables import Verdict, list_id

NAMED = "named"
"""The binding of contracts whose lists the call names, with their editions."""
CHANGES = (
    "contract_number", "supplier", "number", "name", "list", "direction", "outdated", "moves",
    "verdict_before", "outcome_before", "reason_before", "entries_before",
    "verdict_after", "outcome_after", "reason_after", "entries_after",
)  # fmt: skip
CONTRACTS = ("contract_number", "kind", "date", "grace_days", "articles", "changes", "moves")
OUTDATED = "statement-outdated"
"""The reason of what is unknown because the supplier answered an older edition."""


@dataclass(frozen=True)
class Impact:
    """What a change of lists would do.

    Attributes:
        on: the day on which both are judged.
        lists: those that the change reaches and some article is judged by.
        articles: how many articles are judged by them.
        changes: each verdict that would be another one, columns `CHANGES`: `direction` is worse, better or
            other; `outdated`: it only becomes unknown, for the supplier answered an older edition; `moves`:
            the day from which it is so; "": at once.
        contracts: each contract ("": articles under none) that the lists are asked of, columns `CONTRACTS`:
            `kind`, `date`, `grace_days` of its `Binding`; `articles`, and how many of them change.
    """

    on: str
    lists: tuple[str, ...]
    articles: int
    changes: pd.DataFrame
    contracts: pd.DataFrame


def newest_scope(known: Known, number: int | None) -> tuple[Scope, Asked]:
    """What a batch judged; of none, the newest one of the whole assortment, or that as a whole.

    Raises:
        StoreError: there is no such batch.
    """
    if number is not None:
        return asked_of(judged.batch(known, number))
    made = at_work(known)
    whole = made[made["scope"] == "{}"]
    return asked_of(dict(whole.iloc[-1])) if len(whole) else (Scope(), Asked())


def impact(
    known: Known,
    scope: Scope,
    asked: Asked,
    *,
    on: str,
    official: str,
    current: Lists,
    proposed: Lists,
    registry: Registry,
    tell: Tell = lambda *_: None,
) -> Impact:
    """What other lists would change for a scope, by what is known now and on the same day.

    A contract that follows new editions after days of grace is judged without them too: what only that
    changes, moves once they are over.

    Args:
        known: the moment.
        scope, asked: which articles, and by what.
        on: the day.
        official: the day of the new edition.
        current, proposed: the lists as they are, and as they would be.
        registry: where substances are looked up.

    Raises:
        StoreError: no article is in the scope on that day.
    """
    rows = rows_in(known, scope, on)
    if not len(rows):
        shown = ", ".join(scope.said.values()) or "–"
        raise StoreError("No article of {scope} is in the assortment on {on}.", scope=shown, on=on)
    sides = [plans(known, rows, asked, on, source) for source in (current, proposed)]
    named = {list_id(name) for side in sides for plan in side for name in plan.law.lists["list"]}
    reached = changed_lists(current, proposed, named)
    court = _Court(known, scope, asked, on, registry, reached)
    changes, contracts = [], []
    for number, (before, after) in enumerate(zip(*sides, strict=True)):
        tell(number, len(sides[0]), before.profile.id)
        if not court.asks(after):
            continue
        made = court.changes(before, after).assign(moves="")
        binding = replace(after.profile.binding, kind=NAMED) if asked.lists else after.profile.binding
        moves = _moves(binding, official, on)
        if moves:
            later = court.changes(_without_grace(before, on, current), _without_grace(after, on, proposed))
            made = _with_later(made, later, moves)
        changes.append(made)
        contracts.append(_contracts(after.rows, binding, made, moves))
    tell(len(sides[0]), len(sides[0]), "")
    asks = [plan.rows["article"] for plan in sides[1] if court.asks(plan)]
    return Impact(
        on,
        tuple(sorted(reached)),
        int(pd.concat(asks).nunique()) if asks else 0,
        _shown(known, changes),
        pd.concat(contracts, ignore_index=True) if contracts else pd.DataFrame(columns=[*CONTRACTS]),
    )


def changed_lists(current: Lists, proposed: Lists, ids: Collection[str]) -> set[str]:
    """Those of some lists that are other ones in another place, or only there: by all that they say, what
    their criteria point to among it.
    """
    there = set(current.ids)
    return {
        id_
        for id_ in ids
        if id_ not in there or to_bytes(current.packed(id_)) != to_bytes(proposed.packed(id_))
    }


@dataclass(frozen=True)
class _Court:
    """What is the same on both sides: what is known and asked, and the lists that the change reaches."""

    known: Known
    scope: Scope
    asked: Asked
    on: str
    registry: Registry
    reached: set[str]

    def asks(self, plan: Plan) -> bool:
        """Whether the plan asks any of these lists."""
        return bool(plan.law.lists["list"].map(list_id).isin(self.reached).any())

    def changes(self, before: Plan, after: Plan) -> pd.DataFrame:
        """The verdicts that differ between two plans, beside each other (`comparing.beside`)."""
        made = beside(*(self._verdicts(plan) for plan in (before, after)))
        return made[differs(made)]

    def _verdicts(self, plan: Plan) -> pd.DataFrame:
        own = replace(plan, law=of_lists(plan.law, self.reached))
        made = follow(self.known, [own], self.scope, self.asked, on=self.on, registry=self.registry)
        return made.verdicts.assign(outcome=outcome_of(made.verdicts, made.findings))


def _moves(binding: Binding, official: str, on: str) -> str:
    """The day from which a new edition holds under a binding; "": at once, or never."""
    if binding.kind != FOLLOWING or not binding.grace_days:
        return ""
    day = (date.fromisoformat(official) + timedelta(days=binding.grace_days)).isoformat()
    return day if day > on else ""


def _without_grace(plan: Plan, on: str, source: Lists) -> Plan:
    profile = replace(plan.profile, binding=replace(plan.profile.binding, grace_days=0))
    return replace(plan, profile=profile, law=law_of(profile, (), on, source))


def _with_later(now: pd.DataFrame, later: pd.DataFrame, moves: str) -> pd.DataFrame:
    """What changes now, and what does so once the days of grace are over."""
    keys = ["contract", "article", "list"]
    first = pd.MultiIndex.from_frame(now[keys])
    rest = later[~pd.MultiIndex.from_frame(later[keys]).isin(first)]
    return pd.concat([now, rest.assign(moves=moves)], ignore_index=True)


def _contracts(rows: pd.DataFrame, binding: Binding, made: pd.DataFrame, moves: str) -> pd.DataFrame:
    """The contracts of one plan, with how many of their articles change."""
    changed = made.drop_duplicates(["contract", "article"]).groupby("contract").size()
    held = rows.groupby(["contract", "contract_number"], sort=True)["article"].nunique().reset_index()
    return held.rename(columns={"article": "articles"}).assign(
        kind=binding.kind,
        date=binding.date,
        grace_days=binding.grace_days,
        changes=held["contract"].map(changed).fillna(0).astype("int64"),
        moves=moves,
    )[[*CONTRACTS]]


def _shown(known: Known, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The changes with the names that people know, the worse first."""
    if not parts:
        return pd.DataFrame(columns=[*CHANGES])
    made = pd.concat(parts, ignore_index=True)
    names = articles(known).drop_duplicates("article", keep="last").set_index("article")
    contracts = every(known, Contract).set_index("id")["number"]
    order = {"worse": 0, "other": 1, "better": 2}
    unknown = made["verdict_after"] == Verdict.unknown
    named = made.assign(
        contract_number=made["contract"].map(contracts).fillna("").astype(object),
        **{name: made["article"].map(names[name]) for name in ("supplier", "number", "name")},
        direction=direction(made),
        outdated=unknown & (made["reason_after"] == OUTDATED) & (made["verdict_before"] < Verdict.unknown),
    )
    place = named["direction"].map(order)
    keys = ["place", "moves", "supplier", "number", "contract_number", "list"]
    return named.assign(place=place).sort_values(keys, kind="stable", ignore_index=True)[[*CHANGES]]
