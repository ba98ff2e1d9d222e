"""One article over time: what was declared, decided and judged of it, and what follows for it from what was
known on a day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kemkoll.assortment.batches import asked_of, at_work, judge_plan, rows_of
from kemkoll.assortment.plans import Asked, Plan, kept_plans, law_of, plans
from kemkoll.assortment.scope import Scope, articles, is_called, rows_in
from kemkoll.errors import StoreError
from kemkoll.flow import Result
from kemkoll.lists.compiled import Lists
from kemkoll.lists.editions import of_lists
from kemkoll.registry import Registry
from kemkoll.store import Known, audit, declarations, declared, judged, kept
from kemkoll.store.models import (
    Activation,
    AuditEvent,
    Contract,
    Decision,
    Waiver,
)
from kemkoll.tables import list_id


def known_on(known: Known, day: str) -> Known:
    """What had become known by the end of a day.

    Raises:
        StoreError: the database is younger.
    """
    seen = audit.last_by(known.connection, f"{day}T23:59:59.999999Z")
    if seen is None:
        first = audit.begun(known.connection)
        raise StoreError(
            "Nothing was known on {day}: the database begins on {first}.", day=day, first=first[:10]
        )
    return Known(known.connection, min(seen, known.seen))


def article_called(known: Known, number: str, supplier: str = "") -> dict[str, Any]:
    """The one article of a number: the supplier's or the buyer's (columns of `scope.articles`).

    Raises:
        StoreError: there is none, or there are several.
    """
    found = articles(known)
    wanted, by = number.strip().casefold(), supplier.strip().casefold()
    met = is_called(found, number)
    if by:
        met &= found["supplier"].str.casefold() == by
    own = found[met].drop_duplicates("article")
    if len(own) == 1:
        return {str(name): value for name, value in own.iloc[0].items()}
    if len(own):
        names = ", ".join(name or "–" for name in own["supplier"])
        raise StoreError(
            "Several articles are called “{number}”. Name the supplier with --supplier: {names}.",
            number=number,
            names=names,
        )
    near = [name for name in found["number"] if wanted in name.casefold()][:12] or [*found["number"][:12]]
    raise StoreError(
        "The database has no article “{number}”. It has, for example: {names}.",
        number=number,
        names=", ".join(near) or "–",
    )


_NOTHING = Asked()


@dataclass(frozen=True)
class Told:
    """One thing in the life of an article.

    Attributes:
        event: in which it became known.
        at: instant in UTC.
        kind: `declared`, `superseded`, `judged`, `waived`, `decided`, `activated`, `deactivated`.
        about: what is to be said of it, by name.
    """

    event: int
    at: str
    kind: str
    about: dict[str, Any]


def life(known: Known, article: int) -> list[Told]:
    """Everything that happened to an article, oldest first."""
    events = kept.every(known, AuditEvent).set_index("id")["at"]
    made = [*_declared(known, article), *_judged(known, article), *_decided(known, article)]
    made += _activated(known, article)
    made.sort(key=lambda it: it[0])
    return [Told(event, str(events[event]), kind, about) for event, kind, about in made]


def declared_in(known: Known, article: int) -> list[dict[str, Any]]:
    """The declarations that speak of an article, oldest first: `file`, `scope`, `reason`, `date`,
    `valid_until`, and whether it is `current`: no later one had taken its place by the moment.
    """
    made = []
    for row in declarations.of_article(known, article):
        head = declared.heads(known, pd.Series([row.declaration]).to_numpy()).iloc[0]
        about = {"file": str(row.name)} | {str(name): str(value) for name, value in head.items()}
        made.append(about | {"current": not 0 < row.ended <= known.seen})
    return made


def _declared(known: Known, article: int) -> list[tuple[int, str, dict[str, Any]]]:
    made: list[tuple[int, str, dict[str, Any]]] = []
    for row in declarations.of_article(known, article):
        head = declared.heads(known, pd.Series([row.declaration]).to_numpy()).iloc[0]
        about = {"file": row.name} | {str(name): str(value) for name, value in head.items()}
        made.append((int(row.added), "declared", about))
        if 0 < row.ended <= known.seen and row.ended != row.added:
            made.append((int(row.ended), "superseded", about))
    return made


def _judged(known: Known, article: int) -> list[tuple[int, str, dict[str, Any]]]:
    verdicts = judged.verdicts(known, article=article)
    batches = at_work(known).set_index("id")
    contracts = kept.every(known, Contract).set_index("id")["number"]
    made = []
    for _, rows in verdicts.groupby(["batch", "contract"], sort=True):
        batch, contract = rows[["batch", "contract"]].iloc[0].tolist()
        if batch not in batches.index:
            continue
        about = batches.loc[batch]
        said = {
            "batch": batch,
            "on": str(about["on"]),
            "contract": str(contracts.get(contract, "")),
            "verdicts": rows.to_dict("records"),
        }
        made.append((int(about["added"]), "judged", said))
    return made


def _decided(known: Known, article: int) -> list[tuple[int, str, dict[str, Any]]]:
    made = []
    for model, kind in ((Waiver, "waived"), (Decision, "decided")):
        for row in kept.every(known, model, article=article).to_dict("records"):
            made.append((int(row["added"]), kind, {str(name): value for name, value in row.items()}))
    return made


def _activated(known: Known, article: int) -> list[tuple[int, str, dict[str, Any]]]:
    """What persons decided of the rows of an article, and took back: with whom and why."""
    contracts = kept.every(known, Contract).set_index("contract")["number"].to_dict()
    events = kept.every(known, AuditEvent).set_index("id")
    made: list[tuple[int, str, dict[str, Any]]] = []
    for row in kept.every(known, Activation, article=article).to_dict("records"):
        about = {name: str(row[name]) for name in ("reason", "signed")}
        about["contract"] = str(contracts.get(row["contract"], ""))
        made.append((int(row["added"]), "activated", about))
        if row["ended"] is not None and row["ended"] <= known.seen:
            event = events.loc[row["ended"]]
            why = {"signed": str(event["who"]), "reason": str(json.loads(event["about"]).get("reason", ""))}
            made.append((int(row["ended"]), "deactivated", about | why))
    return made


def judged_then(
    known: Known,
    article: dict[str, Any],
    list_: str,
    *,
    on: str,
    source: Lists,
    registry: Registry,
    newest: bool = False,
    asked: Asked = _NOTHING,
) -> Result:
    """What follows for an article and a list from what was known at a moment.

    Args:
        known: the moment.
        article: as `article_called` gives it.
        list_: the list.
        on: the day of the judgement; with the binding of the contract it says the edition of the list too.
        newest: by the list's newest edition, whatever the day.
        asked: the requirement profile, else those of the article's contracts that ask for the list, and of
            what follows the worst; facts that hold besides, and whether what nobody declared is absent.

    Raises:
        StoreError: the article was not in the assortment then.
    """
    rows = rows_in(known, Scope(article=article["number"], supplier=article["supplier"]), on)
    rows = rows[rows["article"] == article["article"]]
    if not len(rows):
        raise StoreError(
            "Article {number} is not in the assortment on {on}.", number=article["number"], on=on
        )
    own = [
        plan
        for number in range(len(rows))
        for plan in plans(known, rows.iloc[[number]].reset_index(drop=True), asked, on, source)
    ]
    asking = [plan for plan in own if list_id(list_) in map(list_id, plan.profile.lists)]
    made = []
    for plan in asking or own[:1]:
        named = list_ if newest else plan.profile.editions(on, [list_])[0]
        law = law_of(plan.profile, [named], on, source)
        law = replace(law, lists=law.lists.assign(asked_by_name=False))
        by = Plan(plan.profile, plan.text, law, plan.rows)
        made.append(judge_plan(known, by, asked, on=on, registry=registry, places=True).result)
    return max(made, key=_gravity)


def judged_in(known: Known, number: int, article: int, list_: str, *, registry: Registry) -> Result:
    """What followed for an article and a list in a batch: by the knowledge, lists and profiles of then.

    Args:
        known: any moment after the batch.
        number: of the batch.
        article: `Article.article`.
        list_: the list, as the batch calls it.

    Raises:
        StoreError: there is no such batch, or it has not judged that.
    """
    was = judged.batch(known, number)
    then, on = Known(known.connection, int(was["seen"])), str(was["on"])
    scope, asked = asked_of(was)
    rows = rows_of(then, scope, asked, on)
    rows = rows[rows["article"] == article].reset_index(drop=True)
    made = []
    groups = judged.groups(known, number)
    for plan, group in zip(kept_plans(known, number, rows), groups, strict=True):
        if len(plan.rows) and list_id(list_) in map(list_id, plan.law.lists["list"]):
            law = of_lists(plan.law, {list_id(list_)})
            placed = (str(group["placed_first"]), str(group["placed_last"]))
            by = Plan(plan.profile, plan.text, law, plan.rows)
            made.append(
                judge_plan(then, by, asked, on=on, registry=registry, places=True, placed=placed).result
            )
    if not made:
        raise StoreError(
            "Batch {batch} has not judged that article by {list}.", batch=str(number), list=list_
        )
    return max(made, key=_gravity)


def _gravity(result: Result) -> tuple[int, bool]:
    """How bad the one verdict of a result is; one that is waived is less so."""
    verdict = result.verdicts.iloc[0]
    return int(verdict["verdict"]), not verdict["waived"]
