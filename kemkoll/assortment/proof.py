"""Whether a database still holds what was once judged: a batch's hash, from the rows kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pandas as pd

from kemkoll.assortment.batches import digest_with, finding_sum, verdict_sum
from kemkoll.assortment.scope import articles
from kemkoll.errors import StoreError
from kemkoll.store import Known, files, judged, kept
from kemkoll.store.declarations import names_of
from kemkoll.store.models import Component, Contract, ListEdition, Material


def kept_digest(known: Known, number: int) -> str:
    """The hash of a batch, of its findings and verdicts as the database holds them.

    Args:
        known: any moment after the batch.
        number: the batch.

    Raises:
        StoreError: there is no such batch.
    """
    was = judged.batch(known, number)
    then = Known(known.connection, int(was["seen"]))
    findings, verdicts = judged.findings(known, batch=number), judged.verdicts(known, batch=number)
    findings = findings.assign(
        component_name=names_of(known, Component, findings["component"].to_numpy()),
        material_name=names_of(known, Material, findings["material"].to_numpy()),
    )
    hashes = kept.every(known, ListEdition).set_index("id")["sha256"]
    lists, profiles = [], []
    for group in judged.groups(known, number):
        used = group["lists"]
        rows = zip(used["called"], used["edition"].map(hashes), used["edition_date"], strict=True)
        lists.append([list(row) for row in rows])
        profiles.append(hashlib.sha256(group["text"].encode()).hexdigest())
    sums = finding_sum(_called(then, findings)), verdict_sum(_called(then, verdicts))
    return digest_with(str(was["on"]), lists, profiles, sums)


def altered(known: Known, numbers: Iterable[int]) -> list[int]:
    """Those of some batches whose rows are no longer what they were."""
    digests = judged.batches(known).set_index("id")["digest"]
    return [number for number in numbers if kept_digest(known, number) != digests.loc[number]]


def refuse_altered(known: Known) -> None:
    """End the work on a database whose newest batch is not what it was.

    Raises:
        StoreError: its hash is another.
    """
    newest = judged.batches(known)["id"].tolist()[-1:]
    for number in altered(known, newest):
        raise StoreError(
            "Batch {number} is not what it was: its findings and verdicts give another hash than when it was "
            "made. Use another backup.",
            number=number,
        )


def altered_files(known: Known) -> list[str]:
    """The names of the files whose bytes are no longer those that were handed in."""
    return [*files.altered(known)]


def _called(known: Known, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the names of their article and contract, as they were known."""
    of_article = articles(known).set_index("article")
    of_contract = kept.frame(known, Contract).set_index("contract")["number"]
    names: dict[str, Any] = {
        "supplier": rows["article"].map(of_article["supplier"]),
        "number": rows["article"].map(of_article["number"]),
        "contract_number": rows["contract"].map(of_contract).astype(object).fillna(""),
    }
    return rows.assign(**{name: pd.Categorical(values.astype(object)) for name, values in names.items()})
