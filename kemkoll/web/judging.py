"""What the pages of batches ask of the processes beside the server: plain values in, plain values out.

Each opens the database for itself, asks what the verbs of the terminal ask, and closes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from kemkoll.assortment import activity, batches, comparing, exports, outcomes
from kemkoll.assortment.behind import Behind, Number, behind, containing, declared_in
from kemkoll.assortment.evidence import below_wanted, wanted_of
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.rebatching import run_after
from kemkoll.assortment.reporting.called import called
from kemkoll.assortment.reporting.compliance import compliance, distinct_profiles
from kemkoll.assortment.scope import Scope
from kemkoll.lists.editions import library_of
from kemkoll.profiles import Profile
from kemkoll.registry import Registry
from kemkoll.report import document
from kemkoll.report.writing import WRITERS as REPORTS
from kemkoll.store import Known, Store, judged


@dataclass(frozen=True)
class Overview:
    """What a batch came to, in numbers.

    Attributes:
        about: columns of `Batch`.
        scope, asked: of what, and how it was asked for.
        profiles: those that its articles were judged by.
        lists: as `reporting.called` gives them.
        counts: `outcomes.counts`.
        coverage: `outcomes.coverage`, with `below`: how many rest on less evidence than is wanted.
        by_force: `outcomes.by_force`.
        declared, contains: how many articles have a declaration, and how many have something listed in them.
        activity: `activity.counted`.
    """

    about: dict[str, Any]
    scope: Scope
    asked: Asked
    profiles: tuple[Profile, ...]
    lists: pd.DataFrame
    counts: pd.DataFrame
    coverage: pd.DataFrame
    by_force: dict[str, int]
    declared: int
    contains: int
    activity: dict[str, int]


@dataclass(frozen=True)
class Again:
    """What a batch comes to now, beside what it came to then.

    Attributes:
        now, then: digests.
        program, rdkit: the versions that made it.
    """

    now: str
    then: str
    program: str
    rdkit: str


def run(where: str, scope: Scope, asked: Asked, on: str, by: str, at: str, name: str) -> int:
    """Judge a scope and keep it as a batch: its number."""
    with Store.open(where) as store:
        number, _ = batches.run(
            store, scope, asked, on=on, by=by, at=at, source=library_of(), registry=Registry.open(), name=name
        )
    return number


def after(where: str, before: int, by: str, at: str) -> int:
    """Judge what a batch judged by the lists as they are now, and keep it: the number of the new batch."""
    with Store.open(where) as store:
        number, _ = run_after(
            store, before, on=None, by=by, at=at, source=library_of(), registry=Registry.open()
        )
    return number


def again(where: str, number: int) -> Again:
    """Judge a batch once more by the same knowledge and lists; nothing is kept."""
    with _known(where) as known:
        was = judged.batch(known, number)
        made = batches.again(known, number, registry=Registry.open())
    return Again(made.digest, str(was["digest"]), str(was["program"]), str(was["rdkit"]))


def overview(where: str, number: int) -> Overview:
    """What a batch came to."""
    with _known(where) as known:
        batch = called(known, number)
        verdicts, findings = batch.plain_verdicts, batch.plain_findings
        scope, asked = batches.asked_of(batch.about)
        below = below_wanted(verdicts, wanted_of(batch.groups))
        return Overview(
            about=batch.about,
            scope=scope,
            asked=asked,
            profiles=distinct_profiles(batch),
            lists=batch.lists,
            counts=outcomes.counts(verdicts, findings),
            coverage=outcomes.coverage(verdicts).assign(below=below),
            by_force=outcomes.by_force(findings),
            declared=len(declared_in(batch.then, verdicts["article"])),
            contains=len(containing(findings)),
            activity=activity.counted(activity.of_batch(known, number, registry=Registry.open())),
        )


def articles(where: str, number: int, asked: Number, span: slice) -> Behind:
    """Some of the articles behind a number of a batch."""
    with _known(where) as known:
        return behind(known, number, asked, wanted_of(judged.groups(known, number)), span)


def compared(where: str, before: int, after_: int) -> pd.DataFrame:
    """What differs between two batches, the worse first."""
    with _known(where) as known:
        made = comparing.compare(known, before, after_, registry=Registry.open())
    order = made.assign(place=made["direction"].map({"worse": 0, "other": 1, "better": 2}))
    return order.sort_values(["place", "number", "list"], kind="stable", ignore_index=True)


def file_of(where: str, number: int, suffix: str, language: str) -> bytes:
    """A batch as a file: a report to read, or a table for programs, by the file's suffix."""
    with _known(where) as known:
        if suffix in REPORTS:
            return REPORTS[suffix](document("compliance", compliance(known, number), language))
        table = exports.batch_table(known, number, Registry.open())
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"batch{suffix}"
        exports.write_frame(table, path)
        return path.read_bytes()


@contextmanager
def _known(where: str) -> Iterator[Known]:
    with Store.open(where) as store, store.reading() as known:
        yield known
