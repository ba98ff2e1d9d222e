"""What was followed up over the years of a series: questions, deviations, waivers, targets.

All of it as it was known when the last snapshot of the series was taken.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment.batches import rows_of
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.assortment.series import Series
from kemkoll.assortment.targeted import aim_of, figure_of, number_of
from kemkoll.assortment.waived import scopes
from kemkoll.store import frozen, kept
from kemkoll.store.models import Case, Category, Contract, Request, Target, Waiver
from kemkoll.tables import AIMS, DEVIATIONS, ENQUIRIES, WAIVED, Verdict

_KEY = ["article", "list", "contract"]


def enquiries(series: Series) -> pd.DataFrame:
    """The questions that suppliers were sent up to the last day of a series: `tables.ENQUIRIES`."""
    asked = kept.frame(series.last, Request)
    asked = asked[(asked["sent"] != "") & (asked["sent"] <= series.day(len(series.years) - 1))]
    return ENQUIRIES.conform(asked.assign(supplier=asked["supplier"].map(series.suppliers)))


def deviations(series: Series) -> pd.DataFrame:
    """Articles that deviated from their contracts: `tables.DEVIATIONS`.

    A deviation is opened by the first snapshot that says so, and closed by the first that says so no longer;
    where it was taken in hand as a case, by the days of the case.
    """
    held = pd.concat([_deviating(series, period) for period in range(len(series.years))], ignore_index=True)
    held = held.sort_values([*_KEY, "period"], kind="stable")
    follows = (held["period"].diff() == 1) & (held[_KEY] == held[_KEY].shift()).all(axis=1)
    runs = held.assign(run=(~follows).cumsum()).groupby("run")
    of_run: dict[str, Any] = {name: (name, "first") for name in _KEY}
    made = runs.agg(**of_run, first=("period", "min"), last=("period", "max"))
    made = made.assign(waived=runs["waived"].last())
    days = [*series.years["day"], ""]
    opened = [days[period] for period in made["first"]]
    closed = [days[period + 1] for period in made["last"]]
    made = made.assign(opened=opened, closed=closed)
    return DEVIATIONS.conform(_with_cases(series, made))


def _deviating(series: Series, period: int) -> pd.DataFrame:
    """Who deviates in one year: article, list, contract, period, waived."""
    told = frozen.verdicts(series.known, series.contracts(period))
    told = told[(told["verdict"] == Verdict.above_limit) & (told["contract"] > 0)]
    numbers = kept.frame(series.then(period), Contract).set_index("contract")["number"]
    made = pd.DataFrame(
        {
            "article": series.root(told["article"]),
            "list": told["list"].astype(object).to_numpy(),
            "contract": told["contract"].map(numbers).to_numpy(),
            "waived": told["waived"].to_numpy(),
        }
    )
    return made.drop_duplicates(_KEY).assign(period=period)


def _with_cases(series: Series, made: pd.DataFrame) -> pd.DataFrame:
    """Deviations with the days of the cases that were made of them, and the cases of none."""
    end = series.day(len(series.years) - 1)
    cases = kept.frame(series.last, Case)
    cases = cases[cases["opened"] <= end]
    cases = cases.assign(article=series.root(cases["article"]), number=np.arange(len(cases)))
    met = made.reset_index(names="run").merge(cases, on=["article", "list"], suffixes=("", "_case"))
    until, ended = (met[name].where(met[name] != "", "9999") for name in ("closed", "closed_case"))
    met = met[(met["opened_case"] <= until) & (ended >= met["opened"])].drop_duplicates("run")
    met = met.set_index("run")
    earlier = met["opened_case"].where(met["opened_case"] < met["opened"], met["opened"])
    over = met["closed_case"].where(met["closed_case"] != "", met["closed"])
    own = made.assign(opened=earlier.combine_first(made["opened"]), closed=over.combine_first(made["closed"]))
    alone = cases[~cases["number"].isin(met["number"])]
    return pd.concat([own, alone.assign(contract="", waived=False)], ignore_index=True)


def waived(series: Series) -> pd.DataFrame:
    """The deviations that the buyer has accepted, those that have ended too: `tables.WAIVED`."""
    last = len(series.years) - 1
    given = kept.frame(series.last, Waiver)
    given = given[given["since"] <= series.day(last)]
    rows = rows_of(series.last, Scope(), Asked(), series.day(last))
    tree = kept.frame(series.last, Category)
    held = _held(given, rows, tree)
    return WAIVED.conform(given.assign(articles=given["waiver"].map(held).fillna(0).to_numpy(dtype=np.int64)))


def _held(given: pd.DataFrame, rows: pd.DataFrame, tree: pd.DataFrame) -> pd.Series:
    """For how many articles of the assortment each waiver holds, by its number."""
    kinds = np.select([given["article"] != 0, given["contract"] != ""], ["article", "contract"], "category")
    keys = np.select(
        [kinds == "article", kinds == "contract"],
        [given["article"].astype(str), given["contract"]],
        given["category"],
    )
    named = pd.DataFrame({"waiver": given["waiver"].to_numpy(), "kind": kinds, "key": keys})
    under = rows.assign(article=pd.factorize(rows["article"])[0])[["article", "contract_number"]]
    under = under.rename(columns={"contract_number": "key"}).assign(kind="contract")
    met = scopes(rows, tree)
    met = pd.concat([met[met["kind"] != "contract"], under]).merge(named, on=["kind", "key"])
    counted: pd.Series = met.groupby("waiver")["article"].nunique()
    return counted


def aims(series: Series) -> pd.DataFrame:
    """What the organisation has set out to reach: `tables.AIMS`.

    The indicator is a text of the buyer's; where `targeted.figure_of` knows no figure that it means, it stays
    as it was written, and no figure answers it.
    """
    rows = kept.frame(series.last, Target)
    made: dict[str, Any] = {name: rows[name] for name in AIMS.names if name not in ("value", "base_value")}
    made["indicator"] = [figure_of(text) or text for text in rows["indicator"]]
    for name in ("value", "base_value"):
        made[name] = [
            aim_of(number_of(text), code) for text, code in zip(rows[name], made["indicator"], strict=True)
        ]
    return AIMS.conform(pd.DataFrame(made))
