"""Reports as files, and years that are frozen, worked out in a process beside the server."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kemkoll.assortment import publishing, snapshots
from kemkoll.assortment.reporting.annual import annual, supplier_names
from kemkoll.assortment.reporting.compliance import compliance
from kemkoll.assortment.reporting.contract import of_contract
from kemkoll.assortment.reporting.lapsing import lapsing
from kemkoll.assortment.reporting.quality import quality
from kemkoll.assortment.reporting.supplier import to_supplier
from kemkoll.assortment.review import newest
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.report import document
from kemkoll.report.annual import Annual
from kemkoll.report.open_data import Publisher, open_data
from kemkoll.report.writing import WRITERS
from kemkoll.store import Known, Store

Given = Mapping[str, str]
"""What a report is asked about: the fields of its form."""


@dataclass(frozen=True)
class Year:
    """Which annual report is meant.

    Attributes:
        seen: the last event that counts: the same report is made again from it.
        name: of the snapshot; empty: the last.
        lists: as `annual` takes them.
        internal: suppliers are named, and nothing is hidden.
    """

    seen: int
    name: str
    language: str
    lists: tuple[str, ...]
    headline: str
    organisation: str
    internal: bool


def _batch(known: Known, given: Given) -> int:
    return int(given["batch"]) if given.get("batch") else newest(known)


REPORTS: dict[str, tuple[Callable[[Known, Given], Any], tuple[str, ...]]] = {
    "compliance": (lambda known, given: compliance(known, _batch(known, given)), ("batch",)),
    "contract": (
        lambda known, given: of_contract(known, given["contract"], _batch(known, given)),
        ("contract", "batch"),
    ),
    "data-quality": (lambda known, given: quality(known, _batch(known, given)), ("batch",)),
    "supplier": (
        lambda known, given: to_supplier(known, given["supplier"], _batch(known, given), due=given["due"]),
        ("supplier", "batch", "due"),
    ),
    "waivers": (lambda known, given: lapsing(known, given["on"]), ("on",)),
}
"""How the data of a report are had, and the fields of its form; `list-impact` stands with the new edition."""


def report(where: str, seen: int, name: str, given: Given, suffix: str, language: str) -> bytes:
    """A report of one moment, in the format of a suffix."""
    with Store.open(where) as store, store.reading(seen) as known:
        data = REPORTS[name][0](known, given)
    return WRITERS[suffix](document(name, data, language))


def frozen(where: str, day: str, name: str, broken: str, by: str, at: str) -> snapshots.Taken:
    """A year that has been frozen."""
    with Store.open(where) as store:
        return snapshots.take(
            store, day, by=by, at=at, source=library_of(), registry=Registry.open(), name=name, broken=broken
        )


def of_year(where: str, year: Year, suffix: str) -> bytes:
    """The annual report, in the format of a suffix."""
    with Store.open(where) as store, store.reading(year.seen) as known:
        data = _data(known, year)
    return WRITERS[suffix](document("annual", data, year.language))


def published(where: str, year: Year, by: str, at: str) -> int:
    """The annual report as it is shown for the same year, published: its number.

    Raises:
        ConfigError: it is the internal version, or is published already.
    """
    with Store.open(where) as store:
        with store.reading(year.seen) as known:
            data = _data(known, year)
        with store.writing("publish", by=by, at=at) as change:
            return publishing.publish(change, data, year.language)


def opened(where: str, year: Year, publisher: Publisher, issued: str) -> bytes:
    """The open data of a year, as an archive that is the same each time."""
    with Store.open(where) as store, store.reading(year.seen) as known:
        data, suppliers = _data(known, year, revised=False), supplier_names(known)
    files = open_data(data, publisher, year.language, suppliers=suppliers, issued=issued)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _data(known: Known, year: Year, *, revised: bool = True) -> Annual:
    return annual(
        known, year.name, registry=Registry.open(), lists=year.lists, internal=year.internal, revised=revised,
        headline=year.headline, organisation=year.organisation,
    )  # fmt: skip
