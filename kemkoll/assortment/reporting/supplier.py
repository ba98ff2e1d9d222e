"""What one supplier must do: a letter about its own articles, and about nobody else's."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kemkoll.assortment import cases
from kemkoll.assortment.reporting.called import Called, called
from kemkoll.assortment.reporting.compliance import in_order
from kemkoll.assortment.review import queue
from kemkoll.assortment.scope import Scope, key_of, rows_in
from kemkoll.assortment.status import lapsing
from kemkoll.errors import ConfigError
from kemkoll.report.supplier import ToSupplier
from kemkoll.store import Known, kept
from kemkoll.store.models import Request, Supplier
from kemkoll.tables import Outcome, Verdict


def to_supplier(known: Known, name: str, number: int, *, due: str = "") -> ToSupplier:
    """What follows from a batch for one supplier.

    Args:
        known: any moment after the batch.
        name: of the supplier, capitals and spaces aside.
        number: of the batch.
        due: by when an answer is wanted, ISO text.

    Raises:
        ConfigError: there is no such supplier, or the batch judged nothing of it.
        StoreError: there is no such batch.
    """
    batch = called(known, number)
    supplier = _supplier(known, name)
    verdicts = batch.verdicts[batch.verdicts["supplier"] == supplier["name"]]
    if not len(verdicts):
        raise ConfigError("Batch {number} judged no article of {name}.", number=number, name=supplier["name"])
    found = batch.findings[batch.findings["supplier"] == supplier["name"]]
    above = batch.with_written(found[found["verdict"] == Verdict.above_limit])
    on = str(batch.about["on"])
    own = rows_in(known, Scope(supplier=supplier["name"]), on).drop_duplicates("article")
    lapsed, soon = lapsing(known, own, on)
    return ToSupplier(
        supplier=supplier["name"],
        on=on,
        batch=batch.about,
        due=due,
        articles=verdicts["article"].nunique(),
        deviations=in_order(above[above["waived"] == ""]),
        waived=in_order(above[above["waived"] != ""]),
        questions=_questions(batch, supplier["name"]),
        unanswered=in_order(verdicts[verdicts["outcome"] == Outcome.unknown]),
        lapsing=pd.concat([lapsed, soon], ignore_index=True),
        asked=_asked(known, int(supplier["supplier"])),
        lists=batch.lists_of(verdicts["group"].unique()),
    )


def _supplier(known: Known, name: str) -> dict[Any, Any]:
    there = kept.frame(known, Supplier)
    own = there[there["key"] == key_of(name)]
    if not len(own):
        names = ", ".join(sorted(there["name"])[:12]) or "–"
        raise ConfigError("There is no supplier “{name}”. There are: {names}.", name=name, names=names)
    return dict(own.iloc[-1])


def _questions(batch: Called, supplier: str) -> pd.DataFrame:
    """The cases of a supplier that nobody has settled, with what it wrote."""
    found = queue(batch.known, int(batch.about["id"]))
    own = found[(found["supplier"] == supplier) & (found["decision"] == "")].reset_index(drop=True)
    written = [said.compared for said in cases.written(batch.then, own)] if len(own) else []
    named = own.merge(batch.entries, on=["list", "entry"], how="left").fillna(
        {"entry_en": "", "entry_sv": ""}
    )
    return named.assign(written=pd.Series(written, dtype=object))


def _asked(known: Known, supplier: int) -> pd.DataFrame:
    """The requests that a supplier has been sent and not answered."""
    there = kept.frame(known, Request, supplier=supplier)
    open_ = there[(there["sent"] != "") & (there["answered"] == "")]
    return open_.sort_values("due", kind="stable", ignore_index=True)
