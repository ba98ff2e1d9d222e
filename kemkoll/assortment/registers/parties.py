"""Suppliers, contracts and categories, from a buyer's own files into the database."""

from __future__ import annotations

from collections.abc import Sequence

from kemkoll.assortment import finding
from kemkoll.assortment.registers.reading import Row
from kemkoll.assortment.registers.storing import Storing, Told
from kemkoll.profiles import shipped
from kemkoll.store import judged, kept
from kemkoll.store.models import Category, Contract, Organisation

_CONTRACT = (
    "number", "name", "diary", "object_number", "area", "cpv", "organisation", "starts", "ends",
    "predecessor", "profile", "binding", "frozen_on", "grace_days",
)  # fmt: skip


def put_suppliers(storing: Storing, rows: Sequence[Row]) -> None:
    """Put suppliers, with their role, number and addresses."""
    storing.suppliers(rows, "name")


def put_contracts(storing: Storing, rows: Sequence[Row]) -> None:
    """Put contracts, with who buys and who sells under them."""
    owners = storing.suppliers(rows)
    there = kept.frame(storing.change, Contract)
    bound = dict(zip(there["number"], there["binding"], strict=True))
    told: list[Told] = []
    for row in rows:
        values = row.given(*_CONTRACT)
        if name := row["supplier"] or storing.supplier:
            values["supplier"] = owners[name]
        if values.get("binding") == "frozen" and not values.get("frozen_on"):
            storing.problems.append(row.problem("register-frozen-undated", "binding"))
            del values["binding"]
        elif values.get("frozen_on") and values.get("binding", bound.get(row["number"])) != "frozen":
            storing.problems.append(row.problem("register-frozen-unbound", "frozen_on", "frozen"))
            del values["frozen_on"]
        told.append((values, row))
    _look_at_profiles(storing, rows)
    names = dict.fromkeys(row["organisation"] for row in rows if row["organisation"])
    storing.put(Organisation, ["name"], [{"name": name} for name in names])
    finding.put(storing.change, Contract, "contract", "number", storing.unique(("number",), told))
    storing.count(Contract)


def _look_at_profiles(storing: Storing, rows: Sequence[Row]) -> None:
    """Say which profiles do not exist. The contract keeps the name: the profile may yet be added."""
    there = {*shipped(), *judged.imported_profiles(storing.change)}
    for row in rows:
        if row["profile"] and row["profile"] not in there:
            shown = " | ".join(sorted(there))
            storing.problems.append(row.problem("register-profile-unknown", "profile", shown))


def put_categories(storing: Storing, rows: Sequence[Row]) -> None:
    """Put categories, each for as long as it is valid: a code may stand in several periods."""
    told: list[Told] = []
    for row in rows:
        values = row.given("code", "parent", "name", "responsible", "since", "until")
        told.append((values | {"since": row["since"]}, row))
    storing.put(Category, ["code", "since"], storing.unique(("code", "since"), told))
