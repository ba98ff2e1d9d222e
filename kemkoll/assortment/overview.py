"""How every article stands on a day: what is declared of it, what waits, and what a batch made of it. Behind
each number of an overview stand its articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment import outcomes
from kemkoll.assortment.activity import Activity
from kemkoll.assortment.scope import NO_CONTRACT, Scope, articles, key_of, rows_in
from kemkoll.assortment.status import Status, status
from kemkoll.lists.compiled import Lists
from kemkoll.registry import Registry
from kemkoll.store import Known, declared, judged, kept
from kemkoll.store.models import Category, Contract
from kemkoll.tables import Outcome

UNJUDGED, JUDGED = "unjudged", "judged"
"""Instead of an outcome: the batch has not judged it, or has, whatever came of it."""
DECLARED = ("yes", "no", "lapsing", "lapsed")
WAITING = ("inactive", "overridden", "review")
"""What of an article may wait: a row of a contract, one that a person has made active, a case for review."""
FORCES = ("law", "contract", "waived")
_WHOLE = {name: pd.Series(dtype="int64") for name in ("group", "contract", "article", "verdict")}
_NO_FINDINGS = pd.DataFrame(
    _WHOLE | {name: pd.Series(dtype=object) for name in ("list", "entry", "force", "waived")}
)
_NO_VERDICTS = pd.DataFrame(
    _WHOLE
    | {name: pd.Series(dtype=object) for name in ("list", "reason", "coverage")}
    | {"evidence_level": pd.Series(dtype="int64"), "waived": pd.Series(dtype=bool)}
)
_NAMES = ["article", "supplier", "number", "own_number", "name", "category"]


@dataclass(frozen=True)
class Overview:
    """How every article stands on a day.

    Attributes:
        status: what calls for somebody's work.
        batch: the batch that is looked at (columns of `Batch`); None: nothing has been judged.
        articles: those in the assortment on the day, and those that the batch judged: `article`, `supplier`,
            `number`, `own_number`, `name`, `category`, `here` (in the assortment on the day), `declared`
            (bool), `lasts` (`lapsed`, `lapsing`, empty), `waits` and `force` (several of `WAITING` and of
            `FORCES`, by spaces), `judged` (bool).
        rows: which articles stand under which contracts on the day: `article`, `contract`.
        verdicts: of the batch: `article`, `contract`, `list`, `outcome`, `rank` (how bad), `coverage`,
            `evidence_level`, `first` (its coverage and evidence are those that are counted).
        counts, coverage, by_force: as `outcomes` counts them.
        contracts: number of each contract, by `Contract.contract`.
        categories: name of each category, by its code; `parents`: the code above each.
    """

    status: Status
    batch: dict[str, Any] | None
    articles: pd.DataFrame
    rows: pd.DataFrame
    verdicts: pd.DataFrame
    counts: pd.DataFrame
    coverage: pd.DataFrame
    by_force: dict[str, int]
    contracts: dict[int, str]
    categories: dict[str, str]
    parents: dict[str, str]

    @property
    def judged(self) -> int:
        """How many articles the batch has judged: the outcomes add up to it."""
        return int(self.articles["judged"].sum())

    @property
    def unjudged(self) -> int:
        """How many articles of the assortment the batch has not judged."""
        return int((self.articles["here"] & ~self.articles["judged"]).sum())


@dataclass(frozen=True)
class Wanted:
    """Which articles are asked for; empty texts ask nothing.

    Attributes:
        text: stands in a number or the name.
        contract: a contract's number; `category`: a code, and those below it; `supplier`: a name.
        outcome: one of `Outcome`, `UNJUDGED` or `JUDGED`.
        list: a list of the batch, as it calls it.
        coverage: one of `Coverage`; `evidence`: a level, 0 to 5; of the list, or of any.
        declared: one of `DECLARED`.
        waiting: one of `WAITING`.
        force: one of `FORCES`.
    """

    text: str = ""
    contract: str = ""
    category: str = ""
    supplier: str = ""
    outcome: str = ""
    list: str = ""
    coverage: str = ""
    evidence: str = ""
    declared: str = ""
    waiting: str = ""
    force: str = ""

    @property
    def of_batch(self) -> bool:
        """Whether what a batch says is asked for: then articles that have left since are among them."""
        asked = self.outcome and self.outcome != UNJUDGED
        return bool(asked or self.list or self.coverage or self.evidence or self.force)


def overview(known: Known, on: str, source: Lists, registry: Registry, batch: int = 0) -> Overview:
    """How every article stands on a day.

    Args:
        known: the moment.
        on: the day.
        source: the lists as they are now.
        registry: where the substances of declarations are looked up.
        batch: the number of a batch; 0: the newest.

    Raises:
        StoreError: there is no such batch.
    """
    stands = status(known, on, source, registry)
    about = judged.batch(known, batch) if batch else stands.batch
    verdicts, findings = _judged(known, about)
    rows = rows_in(known, Scope(), on)
    here = rows.drop_duplicates("article")
    gone = articles(known).drop_duplicates("article", keep="last")
    gone = gone[gone["article"].isin(verdicts["article"]) & ~gone["article"].isin(here["article"])]
    made = pd.concat([here[_NAMES].assign(here=True), gone[_NAMES].assign(here=False)], ignore_index=True)
    current = declared.current_rows(known, made["article"].to_numpy())["article"]
    forces = outcomes.articles_by_force(findings)
    made = made.assign(
        declared=made["article"].isin(current),
        lasts=_each(
            made["article"], {"lapsed": stands.lapsed["article"], "lapsing": stands.lapsing["article"]}
        ),
        waits=_each(made["article"], _waiting(stands)),
        force=_each(made["article"], forces),
        judged=made["article"].isin(verdicts["article"]),
    )
    categories = kept.frame(known, Category)
    contracts = kept.frame(known, Contract)
    return Overview(
        stands, about, made, rows[rows["contract"] != NO_CONTRACT][["article", "contract"]],
        _told(verdicts, findings), outcomes.counts(verdicts, findings), outcomes.coverage(verdicts),
        {name: len(own) for name, own in forces.items()},
        dict(zip(contracts["contract"].tolist(), contracts["number"], strict=True)),
        dict(zip(categories["code"], categories["name"], strict=True)),
        dict(zip(categories["code"], categories["parent"], strict=True)),
    )  # fmt: skip


def chosen(all_: Overview, wanted: Wanted) -> pd.DataFrame:
    """The articles that are asked for, by supplier and number.

    Returns:
        Columns of `Overview.articles`, and of what the batch says of them by the list and under the contract
        that are asked for, or by all: `outcome` (`UNJUDGED`: nothing) and `level`: the least evidence (-1:
        nothing was judged).
    """
    said = _said(all_, wanted)
    made = all_.articles
    met = np.ones(len(made), dtype=bool)
    if wanted.of_batch:
        met &= made["article"].isin(said.index).to_numpy()
    else:
        met &= made["here"].to_numpy()
        if wanted.contract:
            met &= made["article"].isin(_under(all_, wanted.contract)).to_numpy()
    made = made.assign(
        outcome=made["article"].map(said["outcome"]).astype(object).fillna(UNJUDGED),
        level=made["article"].map(said["level"]).fillna(-1).astype("int64"),
    )
    if wanted.outcome not in ("", JUDGED):
        met &= (made["outcome"] == wanted.outcome).to_numpy()
    met &= _is_meant(made, wanted, all_.parents)
    return made[met].sort_values(["supplier", "number", "article"], kind="stable", ignore_index=True)


def counts_of(all_: Overview, contract: str) -> dict[str, int]:
    """How many articles under a contract have each outcome in the batch, and how many it has judged there
    (`articles`).
    """
    said = _said(all_, Wanted(contract=contract))["outcome"]
    counted = {outcome.value: int((said == outcome).sum()) for outcome in Outcome}
    return counted | {"articles": len(said)}


def contracts_of(all_: Overview) -> dict[int, list[str]]:
    """The numbers of the contracts that each article stands under on the day."""
    made: dict[int, list[str]] = {}
    for article, contract in zip(all_.rows["article"].tolist(), all_.rows["contract"].tolist(), strict=True):
        made.setdefault(article, []).append(all_.contracts.get(contract, ""))
    return made


def is_below(code: str, above: str, parents: Mapping[str, str]) -> bool:
    """Whether a category is another one, or lies below it.

    >>> is_below("A.2.1", "A", {"A.2.1": "A.2", "A.2": "A"}), is_below("A", "A.2", {})
    (True, False)
    """
    seen: set[str] = set()
    while code and code not in seen:
        if code == above:
            return True
        seen.add(code)
        code = parents.get(code, "")
    return False


def _judged(known: Known, about: dict[str, Any] | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    if about is None:
        return _NO_VERDICTS, _NO_FINDINGS
    number = int(about["id"])
    return judged.verdicts(known, batch=number), judged.findings(known, batch=number)


def _told(verdicts: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The verdicts with their outcome, and no more than is shown."""
    outcome = outcomes.outcome_of(verdicts, findings)
    return verdicts[["article", "contract", "list", "coverage", "evidence_level"]].assign(
        outcome=pd.Categorical(outcome, categories=[*Outcome]),
        rank=outcomes.rank_of(outcome),
        first=~verdicts.duplicated(["list", "article"]).to_numpy(),
    )


def _said(all_: Overview, wanted: Wanted) -> pd.DataFrame:
    """What the batch says of each article that it has judged, as far as it is asked for: the worst `outcome`,
    the least evidence (`level`).
    """
    rows = all_.verdicts
    met = np.ones(len(rows), dtype=bool)
    if wanted.list:
        met &= (rows["list"] == wanted.list).to_numpy()
    if wanted.contract:
        numbers = [it for it, name in all_.contracts.items() if name == wanted.contract]
        met &= rows["contract"].isin(numbers).to_numpy()
    judged_ = rows[met]
    if wanted.coverage or wanted.evidence:
        met = judged_["first"].to_numpy() | bool(wanted.contract)
        met &= (judged_["coverage"] == wanted.coverage).to_numpy() | (not wanted.coverage)
        met &= (judged_["evidence_level"].astype(str) == wanted.evidence).to_numpy() | (not wanted.evidence)
        judged_ = judged_[judged_["article"].isin(judged_["article"][met])]
    once = judged_.groupby("article").agg(rank=("rank", "max"), level=("evidence_level", "min"))
    order = [str(outcome) for outcome in Outcome]
    return once.assign(outcome=[order[rank] for rank in once["rank"]])[["outcome", "level"]]


def _under(all_: Overview, contract: str) -> pd.Series:
    numbers = [it for it, name in all_.contracts.items() if name == contract]
    return all_.rows["article"][all_.rows["contract"].isin(numbers)]


def _is_meant(made: pd.DataFrame, wanted: Wanted, parents: Mapping[str, str]) -> np.ndarray:
    """Which articles are what is asked for, whatever has been judged."""
    met = np.ones(len(made), dtype=bool)
    if wanted.text:
        text = wanted.text.casefold()
        found = [made[name].str.casefold().str.contains(text, regex=False) for name in
                 ("number", "own_number", "name")]  # fmt: skip
        met &= np.logical_or.reduce([it.to_numpy(dtype=bool) for it in found])
    if wanted.supplier:
        met &= (made["supplier"].map(key_of) == key_of(wanted.supplier)).to_numpy()
    if wanted.category:
        below = {it: is_below(it, wanted.category, parents) for it in made["category"].unique()}
        met &= made["category"].map(below).to_numpy(dtype=bool)
    if wanted.declared:
        has = made["declared"].to_numpy(dtype=bool)
        own = {"yes": has, "no": ~has}.get(wanted.declared)
        met &= (made["lasts"] == wanted.declared).to_numpy() if own is None else own
    if wanted.waiting:
        met &= made["waits"].map(lambda text: wanted.waiting in text.split()).to_numpy(dtype=bool)
    if wanted.force:
        met &= made["force"].map(lambda text: wanted.force in text.split()).to_numpy(dtype=bool)
    return met


def _waiting(stands: Status) -> dict[str, pd.Series]:
    rows = stands.activity
    made = {name: rows["article"][rows["state"] == name] for name in (Activity.inactive, Activity.overridden)}
    return {name.value: own for name, own in made.items()} | {"review": stands.cases["article"]}


def _each(article: pd.Series, sets: Mapping[str, Iterable[int]]) -> list[str]:
    """The names of the sets that each article is in, by spaces."""
    known = {name: set(own) for name, own in sets.items()}
    return [" ".join(name for name, own in known.items() if it in own) for it in article]
