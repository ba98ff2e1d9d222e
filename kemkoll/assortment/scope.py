"""Which articles are meant, under which contracts, and by which profile each of them is judged."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Known, kept
from kemkoll.store.models import Article, Category, Contract, ContractRow, Supplier
from kemkoll.store.recalled import FEW

NO_CONTRACT = 0


@dataclass(frozen=True)
class Scope:
    """Which articles to judge; empty texts mean all.

    Attributes:
        contract: a contract's number.
        category: a category's code; those below it belong to it.
        supplier: a supplier's name.
        article: an article's number.
    """

    contract: str = ""
    category: str = ""
    supplier: str = ""
    article: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What the scope asks for, without what it leaves open."""
        return {name: value for name, value in asdict(self).items() if value}


def key_of(name: str) -> str:
    """A name as it is compared: capitals and spaces aside.

    >>> key_of("  Care  Supply AB ")
    'care supply ab'
    """
    return " ".join(name.split()).casefold()


def articles(known: Known, **wanted: Any) -> pd.DataFrame:
    """Every article that is known, or has the values wanted of its columns (`kept.frame`).

    Returns:
        `Article`'s columns, or `only` those asked for; `supplier` is a name, `supplier_id` its number.
    """
    made = kept.frame(known, Article, **wanted).rename(columns={"supplier": "supplier_id"})
    there = kept.frame(known, Supplier)
    names = dict(zip(there["supplier"], there["name"], strict=True))
    return made.assign(supplier=pd.Series([names.get(it, "") for it in made["supplier_id"]], dtype=object))


def rows_in(known: Known, scope: Scope, on: str) -> pd.DataFrame:
    """The articles of a scope that are in the assortment on a day, once for each contract they stand under.

    Returns:
        `articles`' columns, `contract` (`Contract.contract`, or `NO_CONTRACT`), `contract_number`, `profile`,
        `binding`, `frozen_on`, `grace_days`.

    Raises:
        ConfigError: nothing has the contract, category, supplier or article that the scope names.
    """
    found = articles(known)
    contracts = kept.frame(known, Contract)
    _refuse(known, scope, found, contracts)
    found = found[on_day(found, on)]
    if scope.supplier:
        found = found[is_of(found["supplier"], scope.supplier)]
    if scope.article:
        found = found[is_called(found, scope.article)]
    if scope.category:
        found = found[found["category"].isin(_below(known, scope.category, on))]
    few = {"article": found["article"].tolist()} if len(found) <= FEW else {}
    rows = kept.frame(known, ContractRow, **few)
    rows = rows[on_day(rows, on)][["contract", "article"]]
    valid = contracts[(contracts["starts"] <= on) & ((contracts["ends"] == "") | (contracts["ends"] >= on))]
    if scope.contract:
        valid = contracts[contracts["number"] == scope.contract]
    columns = ["contract", "number", "profile", "binding", "frozen_on", "grace_days"]
    named = valid[columns].rename(columns={"number": "contract_number"})
    rows = rows.merge(named, on="contract").drop_duplicates(["contract", "article"])
    made = found.merge(rows, on="article", how="inner" if scope.contract else "left")
    fill = {"contract": NO_CONTRACT, "contract_number": "", "profile": "", "binding": "", "frozen_on": ""}
    made = made.fillna(fill | {"grace_days": -1})
    made = made.astype({"contract": "int64", "grace_days": "int64"})
    return made.sort_values(["article", "contract"], kind="stable").reset_index(drop=True)


def measured(rows: pd.DataFrame) -> pd.DataFrame:
    """The articles of a scope as a year is measured: each once and under no contract, and where the buyer has
    an assortment of its own those alone that it names.

    Args:
        rows: as `rows_in` gives them.

    >>> rows = pd.DataFrame({"article": [7, 7, 9], "in_assortment": [True, True, False], "contract": 1})
    >>> texts = {name: "" for name in ("contract_number", "profile", "binding", "frozen_on")}
    >>> measured(rows.assign(**texts))[["article", "contract"]].to_numpy().tolist()
    [[7, 0]]
    """
    own = rows[rows["in_assortment"].astype(bool)] if rows["in_assortment"].any() else rows
    bare: dict[str, Any] = {
        "contract": NO_CONTRACT,
        "contract_number": "",
        "profile": "",
        "binding": "",
        "frozen_on": "",
    }
    return own.drop_duplicates("article").assign(**bare, grace_days=-1).reset_index(drop=True)


def on_day(frame: pd.DataFrame, on: str) -> pd.Series:
    """Which rows hold on a day, by their `since` and `until`."""
    return (frame["since"] <= on) & ((frame["until"] == "") | (frame["until"] >= on))


def is_called(found: pd.DataFrame, number: str) -> pd.Series:
    """Which articles have a number: the supplier's or the buyer's, capitals aside. No number calls none."""
    wanted = number.strip().casefold()
    met = (found["number"].str.casefold() == wanted) | (found["own_number"].str.casefold() == wanted)
    return met & (wanted != "")


def is_of(suppliers: pd.Series, name: str) -> pd.Series:
    """Which of some suppliers have a name, capitals and spaces aside."""
    met: pd.Series = suppliers.isin([it for it in suppliers.unique() if key_of(it) == key_of(name)])
    return met


def _below(known: Known, code: str, on: str) -> set[str]:
    """A category's code and those of all categories below it on the day."""
    there = kept.frame(known, Category)
    there = there[on_day(there, on)]
    found = {code}
    while True:
        more = set(there["code"][there["parent"].isin(found)]) - found
        if not more:
            return found
        found |= more


def _refuse(known: Known, scope: Scope, found: pd.DataFrame, contracts: pd.DataFrame) -> None:
    if scope.contract and scope.contract not in set(contracts["number"]):
        _unknown(
            N_("There is no contract “{name}”. There are: {names}."), scope.contract, contracts["number"]
        )
    if scope.supplier and not is_of(found["supplier"], scope.supplier).any():
        _unknown(
            N_("No article is of a supplier “{name}”. There are: {names}."), scope.supplier, found["supplier"]
        )
    if scope.article and not is_called(found, scope.article).any():
        _unknown(N_("There is no article “{name}”. There are: {names}."), scope.article, found["number"])
    codes = [*kept.frame(known, Category)["code"], *found["category"]]
    if scope.category and scope.category not in codes:
        _unknown(N_("There is no category “{name}”. There are: {names}."), scope.category, pd.Series(codes))


def _unknown(sentence: str, name: str, there: pd.Series) -> None:
    names = [it for it in dict.fromkeys(there) if it]
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    raise ConfigError(sentence, name=name, names=shown or "–")
