"""One contract: how its articles stand against what it requires, requirement by requirement."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment import outcomes
from kemkoll.assortment.reporting.called import Called, called
from kemkoll.assortment.reporting.compliance import in_order
from kemkoll.assortment.waivers import known_waivers, with_days_left
from kemkoll.errors import ConfigError
from kemkoll.profiles import Profile
from kemkoll.report.contract import FAILS, OPEN, PASSES, OfContract
from kemkoll.store import Known, kept
from kemkoll.store.models import Contract, Supplier
from kemkoll.tables import Outcome, Verdict, list_id

_SAID = ("id", "title_en", "title_sv", "strength", "list", "reference")


def of_contract(known: Known, contract: str, number: int) -> OfContract:
    """How a contract stood in a batch.

    Args:
        known: any moment after the batch.
        contract: its number.
        number: of the batch.

    Raises:
        ConfigError: there is no such contract, or the batch judged nothing under it.
        StoreError: there is no such batch.
    """
    batch = called(known, number)
    about = _contract(batch.then, contract)
    verdicts = batch.verdicts[batch.verdicts["contract"] == about["contract"]]
    if not len(verdicts):
        raise ConfigError(
            "Batch {number} judged no article under {contract}.", number=number, contract=contract
        )
    found = batch.findings[batch.findings["contract"] == about["contract"]]
    above = batch.with_written(found[found["verdict"] == Verdict.above_limit])
    profile = batch.profiles[int(verdicts["group"].iloc[0])]
    return OfContract(
        contract=about,
        batch=batch.about,
        profile=profile,
        lists=batch.lists_of(verdicts["group"].unique()),
        counts=outcomes.counts(verdicts, found),
        requirements=against(profile, verdicts, found),
        articles=_worst(verdicts),
        deviations=in_order(above[above["waived"] == ""]),
        waived=in_order(above[above["waived"] != ""]),
        waivers=_waivers(batch, contract, str(batch.about["on"])),
    )


def against(profile: Profile, verdicts: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """How many articles meet each requirement of a profile, and how many do not: is it proportionate?

    An article fails where something is above the limit of the requirement, waived or not; it is open where a
    person must look, or nobody has answered for the list.

    Args:
        profile: what is required.
        verdicts, findings: `Called.verdicts` and `Called.findings` of the articles.

    Returns:
        `id`, `title_en`, `title_sv`, `strength`, `list`, `reference`, `PASSES`, `FAILS`, `OPEN`.
    """
    of_finding, of_verdict = (frame["list"].map(list_id) for frame in (findings, verdicts))
    articles = pd.Index(verdicts["article"].unique())
    rows = []
    for requirement in profile.requirements:
        own = findings[(of_finding == requirement["list"]) & _meant(requirement, findings)]
        told = verdicts[of_verdict == requirement["list"]]
        doubt = {Verdict.review, Verdict.unknown}
        fails = articles.isin(own["article"][own["verdict"] == Verdict.above_limit])
        asked = articles.isin(own["article"][own["verdict"].isin(doubt)])
        silent = ~articles.isin(told["article"]) | articles.isin(
            told["article"][told["outcome"] == Outcome.unknown]
        )
        open_ = (asked | silent) & ~fails
        counted = {PASSES: ~fails & ~open_, FAILS: fails, OPEN: open_}
        said = {name: requirement.get(name, "") for name in _SAID}
        rows.append(said | {name: int(np.count_nonzero(met)) for name, met in counted.items()})
    return pd.DataFrame(rows, columns=[*_SAID, PASSES, FAILS, OPEN])


def _meant(requirement: dict[str, Any], findings: pd.DataFrame) -> np.ndarray:
    """Which findings are about the entry of a requirement, and its limit."""
    entry = requirement.get("entry", "*")
    everything = np.full(len(findings), fill_value=True)
    met = everything if entry in ("", "*") else (findings["entry"] == entry).to_numpy()
    of_contract: np.ndarray = met & (findings["force"] != "law").to_numpy()
    return of_contract


def _contract(known: Known, number: str) -> dict[str, Any]:
    there = kept.frame(known, Contract)
    own = there[there["number"].str.casefold() == number.strip().casefold()]
    if not len(own):
        names = ", ".join(there["number"][:12]) or "–"
        raise ConfigError("There is no contract “{name}”. There are: {names}.", name=number, names=names)
    suppliers = dict(zip(*(kept.frame(known, Supplier)[name] for name in ("supplier", "name")), strict=True))
    made = {str(name): value for name, value in own.iloc[-1].items()}
    return made | {"supplier": suppliers.get(made["supplier"], "")}


def _worst(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Each article once, with the worst of its outcomes and the lists by which it has it; the worst first."""
    place = {outcome: number for number, outcome in enumerate(Outcome)}
    ranked = verdicts.assign(rank=verdicts["outcome"].map(place))
    worst = ranked[ranked["rank"] == ranked.groupby("article")["rank"].transform("max")]
    lists = worst.groupby("article")["list"].agg(lambda names: ", ".join(sorted(set(names))))
    once = worst.drop_duplicates("article").assign(lists=lambda rows: rows["article"].map(lists))
    return once.sort_values(["rank", "supplier", "number"], ascending=[False, True, True], ignore_index=True)


def _waivers(batch: Called, contract: str, on: str) -> pd.DataFrame:
    """The waivers of the contract, and of the articles and categories under it."""
    verdicts = batch.verdicts
    own = verdicts[verdicts["contract_number"].str.casefold() == contract.strip().casefold()]
    there = with_days_left(known_waivers(batch.then), on)
    met = there["contract"].str.casefold() == contract.strip().casefold()
    met |= there["article"].isin(own["number"]) & (there["article"] != "")
    met |= there["category"].isin(own["category"]) & (there["category"] != "")
    return there[met].reset_index(drop=True)
