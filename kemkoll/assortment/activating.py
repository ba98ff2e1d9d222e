"""A person makes rows of contracts active that wait for a declaration, or takes that back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kemkoll.assortment.activity import Activity, activity
from kemkoll.assortment.scope import Scope
from kemkoll.errors import ConfigError
from kemkoll.messages import Message
from kemkoll.registry import Registry
from kemkoll.store import Change, kept
from kemkoll.store.models import Activation


def activate(
    change: Change,
    numbers: Sequence[str],
    reason: str,
    *,
    on: str,
    registry: Registry,
    contract: str = "",
    supplier: str = "",
) -> pd.DataFrame:
    """Make rows active that are not declared as their contract wants; the rows (`activity.activity`).

    Args:
        change: the event; who makes it has decided.
        numbers: of articles, the supplier's or the buyer's.
        reason: why.
        on: the day.
        registry: where the substances of declarations are looked up.
        contract: a contract's number, where an article is not active under several.
        supplier: whose the articles are, where several have one of the numbers.

    Raises:
        ConfigError: a reason or a name is missing, or one of the articles is not there, is active already, or
            is not the only one (all of it is said at once).
    """
    _refuse_without(change, reason)
    waiting = {Activity.inactive.value}
    made = _rows(change, numbers, waiting, on=on, registry=registry, contract=contract, supplier=supplier)
    said = {"reason": reason.strip(), "signed": change.who, "at": change.at}
    rows = made[["contract", "article"]].to_dict("records")
    kept.add(change, Activation, [{str(name): it for name, it in row.items()} | said for row in rows])
    _note(change, made, reason)
    return made


def take_back(
    change: Change,
    numbers: Sequence[str],
    reason: str,
    *,
    on: str,
    registry: Registry,
    contract: str = "",
    supplier: str = "",
) -> pd.DataFrame:
    """End what a person decided of rows; the rows. They wait for a declaration again.

    Args:
        change, numbers, reason, on, registry, contract, supplier: as `activate`.

    Raises:
        ConfigError: a reason or a name is missing, or nobody has decided anything of one of the articles.
    """
    _refuse_without(change, reason)
    standing = {Activity.overridden.value}
    made = _rows(change, numbers, standing, on=on, registry=registry, contract=contract, supplier=supplier)
    given = kept.frame(change, Activation).merge(made[["contract", "article"]], on=["contract", "article"])
    kept.end(change, Activation, given["id"].tolist())
    _note(change, made, reason)
    return made


def _refuse_without(change: Change, reason: str) -> None:
    """Refuse a decision that nobody has signed, or that has no reason."""
    faults = []
    if not reason.strip():
        faults.append(Message("say why, with --reason"))
    if not change.who.strip():
        faults.append(Message("say who decides, with --by"))
    if faults:
        raise ConfigError("Nothing was decided: {faults}.", faults=tuple(faults))


def _rows(
    change: Change,
    numbers: Sequence[str],
    states: set[str],
    *,
    on: str,
    registry: Registry,
    contract: str,
    supplier: str,
) -> pd.DataFrame:
    """The one row that each number means, in one of the states.

    Raises:
        ConfigError: a number means none, or several.
    """
    found, faults = [], []
    for number in dict.fromkeys(numbers):
        scope = Scope(contract=contract, supplier=supplier, article=number)
        there = activity(change, on, registry=registry, scope=scope)
        own = there[there["state"].isin(states)]
        found.append(own)
        if len(own) != 1:
            faults.append(_not_one(number, own, there, on))
    if faults:
        raise ConfigError("Nothing was decided: {faults}.", faults=tuple(faults))
    return pd.concat(found, ignore_index=True).drop_duplicates(["contract", "article"])


def _not_one(number: str, own: pd.DataFrame, there: pd.DataFrame, on: str) -> Message:
    """Why a number does not mean one row of which that can be decided."""
    if own["article"].nunique() > 1:
        names = ", ".join(supplier or "–" for supplier in own["supplier"].unique())
        return Message(
            "several articles have the number {name}, of {names}: say which with --supplier",
            name=number,
            names=names,
        )
    if len(own):
        names = ", ".join(own["contract_number"])
        return Message(
            "{name} stands under several contracts, {names}: say which with --contract",
            name=number,
            names=names,
        )
    if not len(there):
        return Message("{name} stands under no contract on {on}", name=number, on=on)
    if (there["state"] == Activity.inactive).any():
        return Message("nobody has made {name} active", name=number)
    if (there["state"] == Activity.overridden).any():
        return Message("{name} was made active already", name=number)
    return Message("{name} is active, and needs no decision", name=number)


def _note(change: Change, made: pd.DataFrame, reason: str) -> None:
    """Say in the log of which rows it was decided, and why."""
    rows = made[["supplier", "number", "contract_number"]].to_numpy().tolist()
    change.about.update(reason=reason.strip(), rows=[dict(zip(_NOTED, row, strict=True)) for row in rows])


_NOTED = ("supplier", "article", "contract")
