"""What differs between two batches, and why: each difference has one cause, so causes add up.

What was known (declarations, facts, waivers, decisions) and what was asked (lists, profiles, the day) may
both have changed for an article. It is then judged once more in between: by what was known later, and asked
before.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment.batches import follow, rows_of
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.plans import Asked, kept_plans
from kemkoll.assortment.scope import Scope, articles
from kemkoll.i18n import N_
from kemkoll.registry import Registry
from kemkoll.store import Known, declared, judged, kept
from kemkoll.store.models import ArticleFact, Contract
from kemkoll.tables import Outcome, list_id

_KEY = ["contract", "article", "list"]
_SAID = ["verdict", "reason", "entries", "waived", "outcome"]


class Cause(StrEnum):
    """Why a verdict differs between two batches."""

    article_new = "article_new"
    article_gone = "article_gone"
    list_added = "list_added"
    list_left_out = "list_left_out"
    waiver = "waiver"
    decision = "decision"
    declaration = "declaration"
    fact = "fact"
    list = "list"
    profile = "profile"
    day = "day"
    program = "program"
    several = "several"


WORDS = {
    Cause.article_new: N_("the article is new"),
    Cause.article_gone: N_("the article is gone"),
    Cause.list_added: N_("the list was not asked before"),
    Cause.list_left_out: N_("the list is no longer asked"),
    Cause.waiver: N_("a waiver was granted or has lapsed"),
    Cause.decision: N_("a person decided"),
    Cause.declaration: N_("another declaration, or one that has lapsed"),
    Cause.fact: N_("what is known of the article"),
    Cause.list: N_("another edition of the list"),
    Cause.profile: N_("another requirement profile"),
    Cause.day: N_("another day: other limits, derogations or declarations hold on it"),
    Cause.program: N_("another version of kemkoll"),
    Cause.several: N_("what is declared and what is asked, both"),
}
"""How a cause is called."""
LAPSED = "lapsed"


def compare(known: Known, before: int, after: int, *, registry: Registry) -> pd.DataFrame:
    """Every article and list whose verdict differs between two batches.

    Args:
        known: any moment after both.
        before, after: numbers of the batches.
        registry: where substances are looked up, if an article must be judged in between.

    Returns:
        A row for each difference: `contract`, `article`, `list`, and `contract_number`, `supplier`,
        `number`, `name`; `verdict_before` and `verdict_after`, so for reason, entries, waived, outcome;
        `direction` (worse, better, other); `cause` (Cause); `why`: the reason of a new declaration, or "".

    Raises:
        StoreError: there is no such batch.
    """
    first, last = judged.batch(known, before), judged.batch(known, after)
    made = _sides(known, before, after)
    made = made[differs(made)].reset_index(drop=True)
    made["cause"], made["why"] = _causes(known, first, last, made, registry)
    made["direction"] = direction(made)
    return _named(known, made)


def _sides(known: Known, before: int, after: int) -> pd.DataFrame:
    """The verdicts of both batches beside each other."""
    return beside(*(_with_outcomes(known, number) for number in (before, after)))


def _with_outcomes(known: Known, number: int) -> pd.DataFrame:
    """The verdicts of a batch, each with its `outcome`."""
    verdicts = judged.verdicts(known, batch=number)
    waived = verdicts["article"][verdicts["waived"]].unique().tolist()
    findings = judged.findings(known, batch=number, articles=waived)
    return verdicts.assign(outcome=outcome_of(verdicts, findings))


def beside(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Two tables of verdicts beside each other, by contract, article and list.

    Args:
        before, after: columns of `BatchVerdict`, and `outcome` (`outcomes.outcome_of`).

    Returns:
        `contract`, `article`, `list`; `verdict_before` and `verdict_after`, so for group, reason, entries,
        waived, outcome; `_merge` says which of them has the verdict.
    """
    sides = []
    for frame in (before, after):
        texts = {name: frame[name].astype(object) for name in ("list", "reason", "entries")}
        sides.append(frame.assign(**texts)[[*_KEY, "group", *_SAID]])
    return sides[0].merge(sides[1], on=_KEY, how="outer", suffixes=("_before", "_after"), indicator=True)


def differs(made: pd.DataFrame) -> np.ndarray:
    """Which rows of `beside` say something else, or only one of both says anything."""
    one_sided = (made["_merge"] != "both").to_numpy()
    changed = np.zeros(len(made), dtype=bool)
    for name in _SAID:
        changed |= (made[f"{name}_before"] != made[f"{name}_after"]).to_numpy()
    return one_sided | changed


def direction(made: pd.DataFrame) -> list[str]:
    """Of each row of `beside`, whether it is `worse`, `better`, or `other`: neither."""
    order = {outcome: place for place, outcome in enumerate(Outcome)}
    said = []
    for then, now in zip(made["outcome_before"], made["outcome_after"], strict=True):
        if then not in order or now not in order or order[then] == order[now]:
            said.append("other")
        else:
            said.append("worse" if order[now] > order[then] else "better")
    return said


def _causes(
    known: Known, first: dict[str, Any], last: dict[str, Any], made: pd.DataFrame, registry: Registry
) -> tuple[list[str], list[str]]:
    then, now = (Known(known.connection, int(batch["seen"])) for batch in (first, last))
    told = _Knowledge(then, now, made["article"].unique(), str(first["on"]), str(last["on"]))
    asked = _Asked(known, first, last)
    decided = _decided(known, first, last)
    causes: list[str] = []
    doubtful: list[int] = []
    for place, row in enumerate(made.to_dict("records")):
        single = _one_sided(row, asked) or _of_waiver(row)
        of_known, of_asked = told.cause(row, decided), asked.cause(row)
        if single:
            causes.append(single)
        elif of_known and of_asked:
            doubtful.append(place)
            causes.append(of_known)
        else:
            causes.append(of_known or of_asked or asked.rest)
    if doubtful:
        _in_between(known, first, last, made, causes, doubtful, asked, registry)
    why = [
        told.why(article) if cause == Cause.declaration else ""
        for article, cause in zip(made["article"], causes, strict=True)
    ]
    return causes, why


def _one_sided(row: dict[Any, Any], asked: _Asked) -> str:
    """The cause where only one of the batches has a verdict of this article and list."""
    if row["_merge"] == "both":
        return ""
    other = asked.articles[1 if row["_merge"] == "left_only" else 0]
    here = (row["contract"], row["article"]) in other
    if row["_merge"] == "left_only":
        return Cause.list_left_out if here else Cause.article_gone
    return Cause.list_added if here else Cause.article_new


def _of_waiver(row: dict[Any, Any]) -> str:
    """The cause where the same is found, and accepted in one of the batches alone."""
    same = all(row[f"{name}_before"] == row[f"{name}_after"] for name in ("verdict", "reason", "entries"))
    return Cause.waiver if same and row["waived_before"] != row["waived_after"] else ""


class _Knowledge:
    """What was known of articles at two moments."""

    def __init__(self, then: Known, now: Known, wanted: np.ndarray, on: str, later: str) -> None:
        self._rows = [declared.current_rows(moment, wanted) for moment in (then, now)]
        own = [frame.groupby("article")["id"].agg(frozenset).to_dict() for frame in self._rows]
        heads = pd.concat(self._rows)["declaration"].to_numpy()
        self._heads = declared.heads(now, heads) if len(heads) else pd.DataFrame()
        self._changed = {
            article for article in wanted.tolist() if own[0].get(article) != own[1].get(article)
        } | self._lapsed(on, later)
        self._facts = _changed_rows(then, now, ArticleFact, ["article", "condition", "holds"])
        self._articles = _changed_articles(then, now)

    def _lapsed(self, on: str, later: str) -> set[int]:
        """The articles one of whose declarations has lapsed in between."""
        if not len(self._heads):
            return set()
        until = self._heads["valid_until"]
        lapsed = until[(until != "") & (until >= min(on, later)) & (until < max(on, later))].index
        rows = self._rows[1]
        return set(rows["article"][rows["declaration"].isin(lapsed)])

    def cause(self, row: dict[Any, Any], decided: set[tuple[int, str]]) -> str:
        """What of it has changed for a verdict; empty: nothing."""
        article = row["article"]
        if article in self._changed:
            return Cause.declaration
        if (article, row["list"]) in decided:
            return Cause.decision
        return Cause.fact if article in self._facts | self._articles else ""

    def why(self, article: int) -> str:
        """The reasons that the new declarations of an article give; `LAPSED` where there is none."""
        old = set(self._rows[0]["id"])
        rows = self._rows[1]
        new = rows["declaration"][(rows["article"] == article) & ~rows["id"].isin(old)]
        said = [str(self._heads["reason"].loc[declaration]) or "new" for declaration in new]
        return " ".join(dict.fromkeys(said)) or LAPSED


def _changed_rows(then: Known, now: Known, model: Any, columns: list[str]) -> set[int]:
    """The articles of which the buyer's register says something else now."""
    before, after = (kept.frame(moment, model)[columns] for moment in (then, now))
    both = before.merge(after, how="outer", indicator=True)
    return set(both["article"][both["_merge"] != "both"])


def _changed_articles(then: Known, now: Known) -> set[int]:
    columns = ["article", "mdr_class", "contact", "patients", "placed_on_market"]
    before, after = (articles(moment)[columns] for moment in (then, now))
    both = before.merge(after, how="outer", indicator=True)
    return set(both["article"][both["_merge"] != "both"])


class _Asked:
    """What two batches were judged by: lists, profiles, the day, the program."""

    def __init__(self, known: Known, first: dict[str, Any], last: dict[str, Any]) -> None:
        self._known = known
        self._published: dict[int, np.ndarray] = {}
        self._day = first["on"] != last["on"]
        self._lists, self._profiles, self.articles = [], [], []
        for batch in (first, last):
            groups = judged.groups(known, int(batch["id"]))
            self._profiles.append([group["text"] for group in groups])
            self._lists.append(
                {
                    (number, row["called"]): (row["edition"], row["edition_date"])
                    for number, group in enumerate(groups)
                    for row in group["lists"].to_dict("records")
                }
            )
            verdicts = judged.verdicts(known, batch=int(batch["id"]))
            self.articles.append(set(zip(verdicts["contract"], verdicts["article"], strict=True)))
        same = all(first[name] == last[name] for name in ("program", "rdkit", "rules"))
        given = json.loads(first["asked"]) == json.loads(last["asked"])
        self.rest = Cause.program if not same else Cause.day if self._day else Cause.profile
        self._facts = not given

    def cause(self, row: dict[Any, Any]) -> str:
        """What of it is other for a verdict; empty: nothing but perhaps the program."""
        if row["_merge"] != "both":
            return ""
        groups = int(row["group_before"]), int(row["group_after"])
        then, now = (self._lists[side][groups[side], row["list"]] for side in (0, 1))
        if then[0] != now[0] or self._grew(str(row["list"]), then[0], then[1], now[1]):
            return Cause.list
        if self._profiles[0][groups[0]] != self._profiles[1][groups[1]] or self._facts:
            return Cause.profile
        return Cause.day if self._day else ""

    def _grew(self, list_: str, edition: int, then: str, now: str) -> bool:
        """Whether entries of one content of a list were published between two days."""
        if then == now:
            return False
        if edition not in self._published:
            packed = judged.KeptLists(self._known, [edition]).packed(list_id(list_))
            self._published[edition] = packed["entries"]["published"].to_pandas().astype(object).to_numpy()
        days = self._published[edition]
        return bool(((days > min(then, now)) & (days <= max(then, now))).any())


def _decided(known: Known, first: dict[str, Any], last: dict[str, Any]) -> set[tuple[int, str]]:
    """The articles and lists where a person decided on a finding in one of the batches alone."""
    keys = ["article", "list", "entry", "component", "decided"]
    sides = []
    for batch in (first, last):
        made = judged.findings(known, batch=int(batch["id"]))[keys].astype(
            {"list": object, "entry": object, "decided": object}
        )
        sides.append(made[made["decided"] != ""])
    both = sides[0].merge(sides[1], how="outer", indicator=True)
    other = both[both["_merge"] != "both"]
    return set(zip(other["article"], other["list"], strict=True))


def _in_between(
    known: Known,
    first: dict[str, Any],
    last: dict[str, Any],
    made: pd.DataFrame,
    causes: list[str],
    doubtful: list[int],
    asked: _Asked,
    registry: Registry,
) -> None:
    """Tell what was known from what was asked, where both have changed: by the one without the other."""
    rows = made.iloc[doubtful]
    then, now = (Known(known.connection, int(batch["seen"])) for batch in (first, last))
    scope, given = Scope(**json.loads(first["scope"])), json.loads(first["asked"])
    options = Asked(**given | {"lists": tuple(given.get("lists", ()))})
    on = str(first["on"])
    plans = kept_plans(known, int(first["id"]), rows_of(then, scope, options, on))
    wanted = set(rows["article"])
    few = [plan.only(wanted) for plan in plans]
    few = [plan for plan in few if len(plan.rows)]
    middle = follow(now, few, scope, options, on=on, registry=registry)
    texts = {name: middle.verdicts[name].astype(object) for name in ("list", "reason", "entries")}
    outcome = outcome_of(middle.verdicts, middle.findings)
    own = middle.verdicts.assign(outcome=outcome, **texts).set_index(_KEY)[_SAID]
    for place in doubtful:
        row = made.iloc[place]
        found = own.loc[tuple(row[name] for name in _KEY)]
        as_before = all(found[name] == row[f"{name}_before"] for name in own.columns)
        as_after = all(found[name] == row[f"{name}_after"] for name in own.columns)
        if as_before:
            causes[place] = asked.cause(row.to_dict())
        elif not as_after:
            causes[place] = Cause.several


def _named(known: Known, made: pd.DataFrame) -> pd.DataFrame:
    """The differences with the names that people know."""
    names = articles(known).drop_duplicates("article", keep="last").set_index("article")
    contracts = dict(kept.every(known, Contract)[["id", "number"]].to_numpy())
    found = names.loc[made["article"], ["supplier", "number", "name"]].reset_index(drop=True)
    return made.assign(
        contract_number=[contracts.get(number, "") for number in made["contract"]],
        **{str(name): found[name] for name in found},
    ).drop(columns=["_merge", "group_before", "group_after"])


def totals(made: pd.DataFrame) -> pd.DataFrame:
    """How many differences each cause has, and how many of them are worse, better or neither; they add up.

    Args:
        made: as `compare` gives them.
    """
    table = pd.crosstab(made["cause"], made["direction"]) if len(made) else pd.DataFrame()
    table = table.reindex(index=[cause for cause in Cause if cause in table.index])
    table = table.reindex(columns=["worse", "better", "other"], fill_value=0)
    return table.assign(differences=table.sum(axis=1))
