"""Which articles waivers are about: one row for each article, as the judgement wants them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from kemkoll.assortment.plans import Plan
from kemkoll.store import Known, kept
from kemkoll.store.models import Category, Waiver
from kemkoll.tables import WAIVERS

_SAID = ["list", "entry", "ground", "decision", "decider", "until"]
_KINDS = ("category", "contract", "article")
"""From the widest to the narrowest: of several waivers the narrowest is named."""


def waived_in(known: Known, plan: Plan, on: str) -> pd.DataFrame:
    """The waivers that hold for the articles of a plan on a day: those granted, and those of its profile.

    Returns:
        `tables.WAIVERS`.
    """
    given = pd.concat([of_profile(getattr(plan.profile, "waivers", ())), kept.frame(known, Waiver)])
    given = given[given["since"] <= on]
    if not len(given):
        return WAIVERS.empty()
    tree = kept.frame(known, Category)
    tree = tree[(tree["since"] <= on) & ((tree["until"] == "") | (tree["until"] >= on))]
    return expand(given, plan.rows, tree)


def of_profile(waivers: Iterable[Any]) -> pd.DataFrame:
    """The waivers of a requirement profile, by category, in the shape of those that were granted.

    Args:
        waivers: objects with category, list, entry, ground, decision, decider, until.
    """
    names = ["category", *_SAID]
    made = pd.DataFrame([[getattr(it, name) for name in names] for it in waivers], columns=names)
    return made.assign(article=0, contract="", since="")


def expand(given: pd.DataFrame, rows: pd.DataFrame, tree: pd.DataFrame) -> pd.DataFrame:
    """Waivers of articles, categories and contracts as waivers of articles.

    A waiver of a contract holds for an article only where the rows have it under no other contract (`apart`
    sees to that): both would be judged as one.

    Args:
        given: `Waiver`'s columns.
        rows: article, contract_number, category of the articles of a plan.
        tree: code and parent of the categories.

    Returns:
        `tables.WAIVERS`; `article` is the place of the article among those of the rows.

    >>> given = pd.DataFrame([{"article": 0, "category": "A", "contract": "", "list": "pvc", "entry": ""}])
    >>> rows = pd.DataFrame({"article": [7, 9], "contract_number": "", "category": ["A.1", "B"]})
    >>> tree = pd.DataFrame({"code": ["A.1"], "parent": ["A"]})
    >>> expand(given, rows, tree)[["article", "list"]].to_dict("records")
    [{'article': 0, 'list': 'pvc'}]
    """
    about = given.assign(key=given["article"].astype(str).where(given["article"] != 0, ""))
    about["kind"] = "article"
    for kind in ("contract", "category"):
        named = (about["key"] == "") & (given[kind] != "")
        about["key"], about["kind"] = (
            about["key"].mask(named, given[kind]),
            about["kind"].mask(named, kind),
        )
    met = scopes(rows, tree).merge(about.drop(columns="article"), on=["kind", "key"])
    order = met["kind"].map({kind: place for place, kind in enumerate(_KINDS)})
    return WAIVERS.conform(met.assign(order=order).sort_values(["order"], kind="stable"))


def scopes(rows: pd.DataFrame, tree: pd.DataFrame) -> pd.DataFrame:
    """Whatever each article can be waived by: `article` (its place), `kind`, `key`."""
    own = rows[["article", "contract_number", "category"]].rename(columns={"article": "id"})
    own = own.assign(article=pd.factorize(own["id"])[0])
    alone = own.groupby("id")["contract_number"].transform("nunique") == 1
    parts = [
        own.assign(kind="article", key=own["id"].astype(str)),
        own[alone].assign(kind="contract", key=own["contract_number"]),
        own.merge(above(own["category"], tree), on="category").assign(kind="category"),
    ]
    return pd.concat(parts)[["article", "kind", "key"]].drop_duplicates()


def above(categories: pd.Series, tree: pd.DataFrame) -> pd.DataFrame:
    """Each category with itself and all that it lies below: `category`, `key`."""
    parent = dict(zip(tree["code"], tree["parent"], strict=True))
    pairs = []
    for category in categories.unique():
        seen: list[str] = []
        at = category
        while at and at not in seen:
            seen.append(at)
            at = parent.get(at, "")
        pairs += [(category, key) for key in seen]
    return pd.DataFrame(pairs, columns=["category", "key"])


def apart(plan: Plan, contracts: set[str]) -> list[Plan]:
    """The plan in parts, so that an article under a contract that has waivers is judged for it alone.

    Args:
        contracts: numbers of the contracts that have waivers.
    """
    number = plan.rows["contract_number"]
    own = number.where(number.isin(contracts), "")
    return [replace(plan, rows=part.reset_index(drop=True)) for _, part in plan.rows.groupby(own, sort=True)]


def contracts_with_waivers(known: Known) -> set[str]:
    """The numbers of the contracts that have waivers of their own."""
    return set(kept.frame(known, Waiver)["contract"]) - {""}
