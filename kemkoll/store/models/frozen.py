"""Years as they were known: snapshots, and the batches that each of them is."""

from __future__ import annotations

from sqlmodel import Field

from kemkoll.store.models.common import Numbered, of


class Snapshot(Numbered, table=True):
    """One year as it was known; never changed.

    Attributes:
        name: what people call it: 2025.
        day: the day that was judged.
        at: instant in UTC at which it was taken.
        seen: the last event that was known.
        profile: name of the requirement profile that measures the series.
        base: the snapshot that the series begins with, whose lists are its fixed lists; the first is its own.
        broken: why it cannot be compared with the one before; empty: it can.
        program: the version of kemkoll that took it.
    """

    added: int = Field(index=True)
    name: str = Field(unique=True)
    day: str
    at: str
    seen: int
    profile: str
    base: int
    broken: str = ""
    program: str


class SnapshotBatch(Numbered, table=True):
    """Which batch says what of a list in a snapshot; one batch may say it in several roles.

    Attributes:
        role: `own`: by the lists of the day; `fixed`: by those of the base; `reread`: the snapshot `read`, by
            the lists of this one; `contracts`: each article by the profile of its own contract.
        read: the snapshot that is read; this one itself but for `reread`.
        list: its id; empty: all that the batch has.
        batch: number of the batch.
    """

    snapshot: int = of("snapshot")
    role: str
    read: int
    list: str
    batch: int = of("batch")
