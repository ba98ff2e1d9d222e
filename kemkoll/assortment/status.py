"""How an assortment stands on a day, and what calls for somebody's work: missing and lapsing declarations,
unanswered requests, lists that have moved on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kemkoll.assortment.activity import activity
from kemkoll.assortment.batches import at_work
from kemkoll.assortment.review import queue
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.assortment.waivers import Expiring, expiring
from kemkoll.lists.compiled import Lists
from kemkoll.registry import Registry
from kemkoll.store import Known, declared, frozen, judged, kept
from kemkoll.store.models import Contract, ListEdition, Request, Supplier

SOON_DAYS = 90
"""A declaration that lapses within these days is to be renewed."""


@dataclass(frozen=True)
class Status:
    """How an assortment stands on a day.

    Attributes:
        counts: articles in the assortment, those under a contract, suppliers, contracts, those declared.
        undeclared: articles that nobody has declared: `supplier`, `number`, `name`.
        lapsing: articles whose declaration lapses within `SOON_DAYS`: `supplier`, `number`, `valid_until`.
        lapsed: those whose declaration has lapsed, the same.
        overdue: requests sent, not answered and due: `supplier`, `sent`, `due`, `lists`.
        batch: the newest batch (columns of `Batch`); None: there is none.
        moved: lists that have another content or edition than the newest batch used.
        cases: those of the newest batch that wait for a person (columns of `review.queue`).
        waivers: those that have lapsed, and those that soon will.
        activity: how each row of a contract stands (`activity.activity`).
        snapshot: the last snapshot (columns of `Snapshot`); None: there is none.
    """

    counts: dict[str, int]
    undeclared: pd.DataFrame
    lapsing: pd.DataFrame
    lapsed: pd.DataFrame
    overdue: pd.DataFrame
    batch: dict[str, Any] | None
    moved: tuple[str, ...]
    cases: pd.DataFrame
    waivers: Expiring
    activity: pd.DataFrame
    snapshot: dict[str, Any] | None = None

    @property
    def reviews(self) -> int:
        """How many cases wait for a person."""
        return len(self.cases)


def status(known: Known, on: str, source: Lists, registry: Registry) -> Status:
    """How the assortment stands on a day.

    Args:
        known: the moment.
        on: the day.
        source: the lists as they are now.
        registry: where the substances of declarations are looked up.
    """
    rows = rows_in(known, Scope(), on)
    own = rows.drop_duplicates("article")
    current = declared.current_rows(known, own["article"].to_numpy())
    named = own[["article", "supplier", "number", "name"]]
    lapsed, soon = lapsing(known, own, on)
    batches = at_work(known)
    taken = frozen.snapshots(known)
    newest = {str(name): value for name, value in batches.iloc[-1].items()} if len(batches) else None
    counts = {
        "articles": len(own),
        "under_contract": rows["article"][rows["contract"] > 0].nunique(),
        "suppliers": articles(known)["supplier_id"].nunique(),
        "contracts": len(kept.frame(known, Contract)),
        "declared": current["article"].nunique(),
    }
    return Status(
        counts=counts,
        undeclared=named[~named["article"].isin(current["article"])],
        lapsing=soon,
        lapsed=lapsed,
        overdue=_overdue(known, on),
        batch=newest,
        moved=_moved(known, newest, source),
        cases=_cases(known, newest),
        waivers=expiring(known, on),
        activity=activity(known, on, registry=registry),
        snapshot={str(name): value for name, value in taken.iloc[-1].items()} if len(taken) else None,
    )


def lapsing(known: Known, rows: pd.DataFrame, on: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles whose declaration has lapsed by a day, and those whose will within `SOON_DAYS` of it.

    Args:
        rows: rows of `scope.rows_in`, each article once.

    Returns:
        Twice `article`, `supplier`, `number`, `name`, `valid_until`.
    """
    current = declared.current_rows(known, rows["article"].to_numpy())
    until = _valid_until(known, current, rows[["article", "supplier", "number", "name"]])
    left = min(timedelta(days=SOON_DAYS), date.max - date.fromisoformat(on))
    soon = (date.fromisoformat(on) + left).isoformat()
    last = until["valid_until"]
    return until[last < on], until[(last >= on) & (last <= soon)]


def _valid_until(known: Known, current: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """The articles whose declaration names a last day; of several the last."""
    if not len(current):
        return named.assign(valid_until="")[:0]
    heads = declared.heads(known, current["declaration"].to_numpy())
    days = current["declaration"].map(heads["valid_until"])
    last = days[days != ""].groupby(current["article"]).max()
    made = named[named["article"].isin(last.index)]
    days_of = made["article"].map(last).astype(object)
    return made.assign(valid_until=days_of).sort_values("valid_until", kind="stable")


def _overdue(known: Known, on: str) -> pd.DataFrame:
    names = kept.frame(known, Supplier).set_index("supplier")["name"]
    asked = kept.frame(known, Request)
    open_ = asked[
        (asked["sent"] != "") & (asked["answered"] == "") & (asked["due"] != "") & (asked["due"] < on)
    ]
    return open_.assign(supplier=open_["supplier"].map(names)).sort_values("due", kind="stable")


def _moved(known: Known, batch: dict[str, Any] | None, source: Lists) -> tuple[str, ...]:
    if batch is None:
        return ()
    was = kept.every(known, ListEdition).set_index("id")
    made: dict[str, None] = {}
    for group in judged.groups(known, int(batch["id"])):
        for edition in group["lists"]["edition"]:
            name = str(was["list"][edition])
            if name not in source.ids or _sha256(source, name) != was["sha256"][edition]:
                made[name] = None
    return tuple(made)


def _sha256(source: Lists, name: str) -> str:
    return str(source.packed(name)["lists"]["sha256"][0])


def _cases(known: Known, batch: dict[str, Any] | None) -> pd.DataFrame:
    if batch is None:
        return pd.DataFrame(columns=["case", "article"])
    made = queue(known, int(batch["id"]))
    return made[made["decision"] == ""].reset_index(drop=True)


__all__ = ["SOON_DAYS", "Status", "lapsing", "status"]
