"""Snapshots, into the database and out of it again: which batches each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Integer, func, select

from kemkoll.store import Change, Known, bulk, kept
from kemkoll.store.models import (
    BatchFinding,
    BatchVerdict,
    Declaration,
    DeclaredArticle,
    Kept,
    Numbered,
    Snapshot,
    SnapshotBatch,
)
from kemkoll.store.once import categories, codes_of, table_of, texts_of
from kemkoll.tables import Scope, Verdict


def put(change: Change, about: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> int:
    """Keep one snapshot; its number.

    Args:
        change: the event.
        about: columns of `Snapshot`; `base` 0: it is its own.
        parts: columns of `SnapshotBatch` without `snapshot`; `read` 0: this snapshot.
    """
    number = len(kept.every(change, Snapshot)) + 1
    made = kept.add(change, Snapshot, [dict(about) | {"base": about["base"] or number}])[0]
    own = [dict(part) | {"snapshot": made, "read": part["read"] or made} for part in parts]
    kept.add(change, SnapshotBatch, own)
    return made


def snapshots(known: Known) -> pd.DataFrame:
    """Every snapshot in the order in which they were taken: the columns of `Snapshot`."""
    return kept.every(known, Snapshot)


def parts(known: Known) -> pd.DataFrame:
    """Which batch says what of a list in a snapshot: the columns of `SnapshotBatch`."""
    made = kept.every(known, SnapshotBatch)
    return made[made["snapshot"].isin(snapshots(known)["id"])].reset_index(drop=True)


def verdicts(known: Known, batch: int, lists: Sequence[str] = ()) -> pd.DataFrame:
    """What the batch of a snapshot says, without its reasons: group, contract, article, list, verdict,
    coverage, evidence_level, waived.

    Args:
        known: any moment after it.
        batch: its number; one that stands alone (`Batch.after`), as all of snapshots do.
        lists: some lists, or all.
    """
    names = ("group", "contract", "article", "list", "verdict", "coverage", "evidence_level", "waived")
    return _narrow(known, BatchVerdict, batch, names, ("list", "coverage"), lists)


def findings(known: Known, batch: int, lists: Sequence[str], of: Sequence[Verdict]) -> pd.DataFrame:
    """What the batch of a snapshot has found, of some verdicts: group, contract, article, list, entry,
    verdict, waived, lines.
    """
    names = ("group", "contract", "article", "list", "entry", "verdict", "waived", "lines")
    return _narrow(known, BatchFinding, batch, names, ("list", "entry", "waived", "lines"), lists, of)


def articles_of(known: Known, batch: int) -> np.ndarray:
    """The articles of a batch, smallest number first."""
    table = table_of(BatchVerdict)
    asked = select(table.c.article).where(table.c.batch == batch).distinct().order_by(table.c.article)
    return bulk.select(known.connection, asked)["article"].to_numpy()


def contracted(known: Known, batch: int) -> pd.DataFrame:
    """Which articles a batch judged under which contracts: `article`, `contract`, smallest numbers first."""
    table = table_of(BatchVerdict)
    asked = select(table.c.article, table.c.contract).distinct()
    asked = asked.where((table.c.batch == batch) & (table.c.contract > 0))
    rows = bulk.select(known.connection, asked)
    return rows.sort_values(["article", "contract"], kind="stable", ignore_index=True)


def versions(known: Known, model: type[Kept], *names: str) -> pd.DataFrame:
    """Some columns of every version of every row there was, with `added` and `ended` (0: it is the last)."""
    table = table_of(model)
    wanted = [table.c[name] for name in (*names, "added")]
    asked = select(*wanted, func.coalesce(table.c.ended, 0).label("ended")).order_by(table.c.id)
    if all(isinstance(column.type, Integer) for column in wanted):
        return bulk.select(known.connection, asked)
    rows = known.connection.execute(asked).all()
    columns = zip(*rows, strict=True) if rows else ((),) * (len(names) + 2)
    made = zip((*names, "added", "ended"), columns, strict=True)
    return pd.DataFrame({name: [*own] for name, own in made})


def _narrow(
    known: Known,
    model: type[Numbered],
    batch: int,
    names: Sequence[str],
    texts: Sequence[str],
    lists: Sequence[str],
    of: Sequence[Verdict] = (),
) -> pd.DataFrame:
    table = table_of(model)
    asked = select(*(table.c[name] for name in names)).where(table.c.batch == batch).order_by(table.c.id)
    if lists:
        asked = asked.where(table.c.list.in_(codes_of(known.connection, lists)))
    if of:
        asked = asked.where(table.c.verdict.in_([int(verdict) for verdict in of]))
    made = bulk.select(known.connection, asked)
    told = texts_of(known.connection, np.unique(made[[*texts]].to_numpy()))
    return made.assign(**{name: categories(made[name].to_numpy(), told) for name in texts})


class Spoken:
    """What suppliers have said of articles at every moment: each row of `declared_article`, with the head of
    its declaration.

    Attributes:
        rows: id, article, declaration, added, ended, `date`, `reason`, `valid_until`, `scope`, `whole` (it is
            a composition); oldest first.
    """

    def __init__(self, known: Known) -> None:
        own, heads = table_of(DeclaredArticle), table_of(Declaration)
        asked = (
            select(own.c.id, own.c.article, own.c.added, own.c.ended, heads.c.reason, heads.c.valid_until)
            .add_columns(own.c.declaration, heads.c.date, heads.c.scope)
            .join(heads, heads.c.id == own.c.declaration)
            .order_by(own.c.id)
        )
        made = bulk.select(known.connection, asked)
        texts = ("date", "reason", "valid_until", "scope")
        told = texts_of(known.connection, np.unique(made[[*texts]].to_numpy()))
        read = {name: categories(made[name].to_numpy(), told) for name in texts}
        self.rows = made.assign(**read).assign(whole=np.asarray(read["scope"] == Scope.full.value))

    def current(self, seen: int) -> np.ndarray:
        """Which rows were what their supplier said at a moment."""
        added, ended = (self.rows[name].to_numpy() for name in ("added", "ended"))
        made: np.ndarray = (added <= seen) & ((ended == 0) | (ended > seen))
        return made

    def lapsed(self, seen: int, day: str) -> np.ndarray:
        """The articles of which nothing that was said at a moment holds on a day any more."""
        return self._lapsed(self.rows[self.current(seen)], day)

    def lapsed_of(self, ids: np.ndarray, day: str) -> np.ndarray:
        """The articles of which none of some declarations holds on a day any more."""
        return self._lapsed(self.rows[self.rows["id"].isin(ids)], day)

    @staticmethod
    def _lapsed(rows: pd.DataFrame, day: str) -> np.ndarray:
        until = rows["valid_until"]
        over = np.array([bool(text) and text < day for text in until.cat.categories], dtype=bool)
        article = rows["article"].to_numpy()
        holds = ~over[until.cat.codes.to_numpy()] if len(over) else np.zeros(len(rows), dtype=bool)
        made: np.ndarray = np.setdiff1d(article, article[holds])
        return made
