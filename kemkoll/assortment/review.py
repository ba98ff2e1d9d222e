"""The queue of what a person must look at, the gravest and dearest first; and what the person decides.

*Severity* is 1 to 9. What may break the law (7–9) goes before what may break a contract (4–6), and that
before what is only watched (1–3). Within each, a certain substance whose share, basis or condition is in
doubt goes before one that may be meant, and that before a name alone. Severity × yearly spend orders the
queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment import cases
from kemkoll.assortment.batches import at_work
from kemkoll.assortment.decided import last_declared, named
from kemkoll.assortment.scope import articles
from kemkoll.errors import ConfigError
from kemkoll.judgement.decisions import DECIDABLE, NO_LIMIT
from kemkoll.messages import Message
from kemkoll.store import Change, Known, judged, kept
from kemkoll.store.models import Decision, Volume
from kemkoll.tables import Force, Verdict, list_id

CONTAINS = "contains-unspecified"
"""The supplier says that something of the list is there, and not what: only the supplier can settle it."""
_NAME_ALONE = ("name-only", "wording-unclear")
_MAY_BE_MEANT = (
    "identity-disputed", "several-numbers", "variable-composition", "isomer-differs", "number-repaired",
    "member-conditional", "group-in-doubt",
)  # fmt: skip
_OF_FORCE = {
    Force.law.value: 6,
    Force.contract.value: 3,
    Force.should.value: 0,
    Force.watch.value: 0,
}
_KEY = ["article", "list", "entry"]


@dataclass(frozen=True)
class Wish:
    """What a person wants to decide.

    Attributes:
        case: its id in the queue.
        verdict: name of the Verdict.
        motive: why.
        number: of the decision, where it has one.
        signed: who signs it.
    """

    case: str
    verdict: str
    motive: str
    number: str = ""
    signed: str = ""


def newest(known: Known) -> int:
    """The number of the newest batch.

    Raises:
        ConfigError: there is none.
    """
    made = at_work(known)
    if not len(made):
        raise ConfigError("Nothing has been judged yet. Judge the assortment with: kemkoll batch")
    return int(made["id"].max())


def queue(known: Known, batch: int) -> pd.DataFrame:
    """What a batch left for review, in the order in which it should be looked at.

    Returns:
        One row for each article and entry: `case` (its id), `article`, `number`, `name`, `supplier`,
        `supplier_id`, `list`, `entry` (empty: the supplier names none), `reason` (several by spaces),
        `severity`, `spend_ore` (the median where it is unknown), `spend_known`, `lines` and `material` (row
        numbers in the database), `declared`, `decision`, `decided` (name of the Verdict): what was decided
        since; empty: nothing.

    Raises:
        StoreError: there is no such batch.
    """
    then = Known(known.connection, int(judged.batch(known, batch)["seen"]))
    found = pd.concat([_findings(known, batch), _unspecified(known, batch)], ignore_index=True)
    found["severity"] = severity(found["force"], found["reason"], found["matched_by"])
    made = _with_names(then, _together(found))
    made["spend_ore"], made["spend_known"] = spends(made["article"], kept.frame(known, Volume))
    made["declared"] = made["article"].map(last_declared(then, made["article"])).fillna(0).astype("int64")
    made = _with_decisions(made, _decided_since(known, batch))
    score = made["severity"] * made["spend_ore"].clip(lower=1)
    made = made.assign(score=score).sort_values(
        ["score", "severity", "case"], ascending=[False, False, True], kind="stable"
    )
    return made.drop(columns="score").reset_index(drop=True)


def severity(force: pd.Series, reason: pd.Series, matched_by: pd.Series) -> np.ndarray:
    """How grave a doubt is, 1 to 9.

    >>> forces, found_by = pd.Series(["law", "contract", "watch"]), pd.Series(["cas", "group", "name"])
    >>> severity(forces, pd.Series(["straddles", "group-in-doubt", "name-only"]), found_by).tolist()
    [9, 5, 1]
    """
    by_name = (matched_by == "name").to_numpy() | reason.isin(_NAME_ALONE).to_numpy()
    evidence = np.where(by_name, 1, np.where(reason.isin(_MAY_BE_MEANT), 2, 3))
    made: np.ndarray = evidence + force.map(_OF_FORCE).to_numpy(dtype=np.int64)
    return made


def spends(asked: pd.Series, volumes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """What was paid for each article in its latest known year, in öre, and whether that is known.

    Where it is not, the median of the others stands for it.

    >>> paid = pd.DataFrame({"article": [1, 1, 2], "year": [2024, 2025, 2025], "spend_ore": [5, 7, 11]})
    >>> [part.tolist() for part in spends(pd.Series([1, 2, 3]), paid)]
    [[7, 11, 9], [True, True, False]]
    """
    told = volumes[volumes["spend_ore"] >= 0].sort_values("year", kind="stable")
    latest = told.groupby("article")["spend_ore"].last()
    found = asked.map(latest)
    has = found.notna().to_numpy()
    once = found.groupby(asked.to_numpy()).first().dropna()
    usual = int(once.median()) if len(once) else 0
    return found.fillna(usual).to_numpy(dtype=np.int64), has


def decide(change: Change, batch: int, wish: Wish) -> list[int]:
    """Decide a case; the numbers of the decisions, one for each reason that it was for review by.

    What the supplier declared stays as it was. The decision holds from the next batch on, as long as the
    article's declaration is the one that it was made on.

    Raises:
        ConfigError: there is no such case, something is missing (all of it is said at once), or only the
            supplier can settle it.
    """
    found = queue(change, batch)
    own = found[found["case"].str.casefold() == wish.case.strip().casefold()]
    _refuse(wish, own, batch)
    row = own.iloc[0]
    then = Known(change.connection, int(judged.batch(change, batch)["seen"]))
    said = {
        "supplier": int(row["supplier_id"]), "article": int(row["article"]), "declared": int(row["declared"]),
        "list": row["list"], "entry": row["entry"], "written": cases.written(then, own)[0].compared,
        "verdict": wish.verdict, "motive": wish.motive, "number": wish.number, "signed": wish.signed,
        "at": change.at,
    }  # fmt: skip
    rows = [said | {"reason": reason, "limit": limit} for reason, limit in _doubts(change, batch, row)]
    made = kept.put(change, Decision, [*_KEY, "reason", "limit"], rows)
    about = {name: said[name] for name in ("verdict", "motive", "number", "signed", "written")}
    change.about.update(about, case=row["case"], batch=batch, reason=row["reason"], decisions=made)
    return made


def _doubts(known: Known, batch: int, case: pd.Series) -> list[tuple[str, str]]:
    """Why a case is for review, and under which limits."""
    found = judged.findings(known, batch=batch, article=int(case["article"]), verdict=Verdict.review)
    same = found["list"].astype(object).map(list_id) == list_id(case["list"])
    own = found[same & (found["entry"].astype(object) == case["entry"])]
    limits = own["limit"].astype(object).where(own["limit"] != "", NO_LIMIT)
    return list(dict.fromkeys(zip(own["reason"].astype(object), limits, strict=True)))


def _refuse(wish: Wish, own: pd.DataFrame, batch: int) -> None:
    faults = []
    if lacking := [name for name in ("verdict", "motive", "signed") if not getattr(wish, name).strip()]:
        faults.append(Message("missing: {names}", names=", ".join(lacking)))
    allowed = [verdict.name for verdict in DECIDABLE]
    if wish.verdict and wish.verdict not in allowed:
        faults.append(
            Message("the verdict “{text}” is not one of {names}", text=wish.verdict, names=", ".join(allowed))
        )
    if not len(own):
        faults.append(Message("batch {batch} has no case {case} for review", batch=batch, case=wish.case))
    elif not own["entry"].iloc[0]:
        faults.append(Message("the supplier has not said which substance it is; ask the supplier"))
    if faults:
        raise ConfigError("Nothing was decided: {faults}.", faults=tuple(faults))


def _findings(known: Known, batch: int) -> pd.DataFrame:
    """The findings of a batch that are for review."""
    columns = [*_KEY, "reason", "force", "matched_by", "lines", "material"]
    made = judged.findings(known, batch=batch, verdict=Verdict.review)
    made = made[columns].astype({name: object for name in columns if name not in ("article", "material")})
    return made.assign(list=made["list"].map(list_id))


def _unspecified(known: Known, batch: int) -> pd.DataFrame:
    """The lists of which a supplier says that something is there, and not what."""
    made = judged.verdicts(known, batch=batch)
    made = made[(made["reason"] == CONTAINS) & (made["verdict"] == Verdict.review)]
    force = cases.forces(known, batch)
    called = made["list"].astype(object)
    return pd.DataFrame(
        {
            "article": made["article"], "list": called.map(list_id), "entry": "", "reason": CONTAINS,
            "force": called.map(force), "matched_by": "", "lines": "", "material": 0,
        }
    )  # fmt: skip


def _together(found: pd.DataFrame) -> pd.DataFrame:
    """One row for each article and entry: the gravest of its findings, all their reasons and lines."""
    several = found.duplicated(_KEY, keep=False)
    columns = [*_KEY, "reason", "severity", "lines", "material"]
    grouped = found[several].groupby(_KEY, sort=False, as_index=False)
    joined = grouped.agg({"reason": _texts, "severity": "max", "lines": _texts, "material": "max"})
    return pd.concat([found.loc[~several, columns], joined[columns]], ignore_index=True)


def _with_names(then: Known, found: pd.DataFrame) -> pd.DataFrame:
    """The cases with their articles' names, and their ids: stable, and each of one article alone."""
    there = articles(then)
    several = there["number"].str.casefold().duplicated(keep=False) | (there["number"] == "")
    called = there["number"].where(~several, there["supplier"] + "/" + there["number"])
    called = called.where(
        ~called.str.casefold().duplicated(keep=False), called + "#" + there["article"].astype(str)
    )
    names = there[["article", "number", "name", "supplier", "supplier_id"]].assign(case=called)
    made = found.merge(names, on="article", how="left")
    ends = made["entry"].map(lambda entry: f"/{entry}" if entry else "")
    return made.assign(case=made["case"] + "/" + made["list"] + ends)


def _decided_since(known: Known, batch: int) -> pd.DataFrame:
    """The decisions made after a batch: what it left for review, earlier ones have not settled."""
    given = kept.every(known, Decision)
    holds = given["ended"].isna() & (given["added"] > int(judged.batch(known, batch)["added"]))
    return given[holds]


def _with_decisions(made: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """The cases with what was decided since on the same declaration, for each of their reasons."""
    if not len(given):
        return made.assign(decision="", decided="")
    given = given.assign(decision=named(given))
    there = {
        (row["article"], row["declared"], row["list"], row["entry"], row["reason"]): row
        for row in given.to_dict("records")
    }
    decision, decided = [], []
    for row in made[[*_KEY, "declared", "reason"]].to_dict("records"):
        of = (row["article"], row["declared"], row["list"], row["entry"])
        own = [there.get((*of, reason)) for reason in row["reason"].split()]
        found: list[Any] = [it for it in own if it is not None]
        whole = len(found) == len(own)
        decision.append(found[0]["decision"] if whole else "")
        decided.append(found[0]["verdict"] if whole else "")
    return made.assign(decision=decision, decided=decided)


def _texts(values: pd.Series) -> str:
    """All words of some texts, each once, in order."""
    return " ".join(dict.fromkeys(" ".join(values).split()))
