"""Whole numbers of the database as texts and tables again: the rows that declarations are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, select
from sqlmodel import SQLModel

from kemkoll.store import Known, bulk
from kemkoll.store.models import Declaration, DeclaredArticle, File, Written
from kemkoll.store.once import categories, table_of, texts_of
from kemkoll.tables import (
    ARTICLES,
    COMPONENTS,
    DECLARATIONS,
    FACTS,
    LINES,
    MATERIALS,
    NONE,
    STATEMENTS,
    Table,
)

CELLS = ("name", "cas", "ec", "smiles")
"""The cells that name a substance."""
FEW = 2_000
"""So many rows can be asked for by their numbers; beyond that, all are read and those wanted kept."""
_PLACES = frozenset(("sheet", "row", "cells"))
_TEXTS = ("category", "str")


def is_current(known: Known) -> ColumnElement[bool]:
    """The condition that a declared article still was what its supplier said at a moment."""
    table = table_of(DeclaredArticle)
    return (table.c.added <= known.seen) & ((table.c.ended == 0) | (table.c.ended > known.seen))


def in_pieces(known: Known, asked: Select[Any], column: Any, ids: np.ndarray) -> pd.DataFrame:
    """The rows of a query that have one of many numbers, these in order."""
    pieces = [*bulk.pieces(ids.tolist())] or [[]]
    parts = [bulk.select(known.connection, asked.where(bulk.among(column, part))) for part in pieces]
    return pd.concat(parts, ignore_index=True)


class Rows:
    """The rows that belong to what is current, as whole numbers."""

    def __init__(self, known: Known, declared: np.ndarray, *, places: bool, chosen: bool) -> None:
        self._known = known
        self._declared = declared
        self._chosen = chosen
        self._left_out = frozenset() if places else _PLACES

    def of(self, model: type[SQLModel]) -> pd.DataFrame:
        """The rows of one table, in the order in which they came."""
        table, current = table_of(model), table_of(DeclaredArticle)
        columns = [column for column in table.columns if column.name not in self._left_out]
        asked = select(*columns).order_by(table.c.id)
        connection = self._known.connection
        if self._chosen:
            made = in_pieces(self._known, asked, table.c.declared, self._declared)
            return made.sort_values("id", kind="stable").reset_index(drop=True)
        if len(self._declared) > FEW:
            joined = table.join(current, table.c.declared == current.c.id)
            made = bulk.select(connection, asked.select_from(joined).where(is_current(self._known)))
            return made[np.isin(made["declared"].to_numpy(), self._declared)].reset_index(drop=True)
        return bulk.select(connection, asked.where(bulk.among(table.c.declared, self._declared)))

    def heads(self, current: pd.DataFrame) -> pd.DataFrame:
        """The declaration of each current row, in its order."""
        table = table_of(Declaration)
        wanted = np.unique(current["declaration"].to_numpy())
        asked = select(table).order_by(table.c.id)
        if len(wanted) <= FEW:
            asked = asked.where(bulk.among(table.c.id, wanted))
        made = bulk.select(self._known.connection, asked)
        place = np.searchsorted(made["id"].to_numpy(), current["declaration"].to_numpy())
        return made.iloc[place].reset_index(drop=True)

    def pair(self, frame: pd.DataFrame) -> np.ndarray:
        """The current row that each row belongs to."""
        return np.searchsorted(self._declared, frame["declared"].to_numpy())

    def pointers(
        self, frame: pd.DataFrame, article: np.ndarray, others: Mapping[str, pd.DataFrame]
    ) -> dict[str, np.ndarray]:
        """The row numbers in frames that stand for row numbers in the database."""
        pair = self.pair(frame)
        made = {"declaration": pair, "article": article[pair]}
        for name, target in others.items():
            ids = frame[name].to_numpy()
            made[name] = np.where(ids > 0, np.searchsorted(target["id"].to_numpy(), ids), NONE)
        return {name: column.astype(np.int32) for name, column in made.items()}


class Reader:
    """Numbers as texts again."""

    def __init__(self, known: Known, frames: Sequence[pd.DataFrame]) -> None:
        self._connection = known.connection
        table = table_of(Written)
        asked = select(table.c.id, *(table.c[name] for name in CELLS)).order_by(table.c.id)
        wanted = np.unique(np.concatenate([frame["written"] for frame in frames if "written" in frame]))
        if len(wanted) <= FEW:
            asked = asked.where(bulk.among(table.c.id, wanted))
        self._written = bulk.select(self._connection, asked)
        codes = [
            frame[column.name].to_numpy()
            for shape in (DECLARATIONS, ARTICLES, FACTS, COMPONENTS, MATERIALS, LINES, STATEMENTS)
            for column in shape.columns
            if column.type in _TEXTS
            for frame in frames
            if column.name in frame
        ]
        codes += [self._written[name].to_numpy() for name in CELLS]
        self._texts = texts_of(self._connection, np.unique(np.concatenate(codes)))

    def frame(self, shape: Table, rows: pd.DataFrame, given: Mapping[str, Any]) -> pd.DataFrame:
        """The rows as a table of the flow; `given` are columns that are there already."""
        made: dict[str, Any] = dict(given)
        for column in shape.columns:
            if column.name in made or column.name not in rows:
                continue
            numbers = rows[column.name].to_numpy()
            made[column.name] = (
                categories(numbers, self._texts) if column.type in _TEXTS else numbers.astype(column.type)
            )
        return shape.of(len(rows), made)

    def cells(self, lines: pd.DataFrame) -> dict[str, pd.Categorical]:
        """The four cells that name each line's substance."""
        place = np.searchsorted(self._written["id"].to_numpy(), lines["written"].to_numpy())
        return {name: categories(self._written[name].to_numpy()[place], self._texts) for name in CELLS}

    def files(self, heads: pd.DataFrame) -> dict[str, pd.Categorical]:
        """The name and the hash of the file of each declaration."""
        table = table_of(File)
        rows = self._connection.execute(select(table.c.id, table.c.name, table.c.sha256)).all()
        made = {}
        for place, name in ((1, "file"), (2, "sha256")):
            values = {row[0]: str(row[place]) for row in rows}
            made[name] = pd.Categorical(heads["file"].map(values).to_numpy(dtype=object))
        return made
