"""Declarations as rows: which speak of an article, what they hold, what their parts are called, their end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import func, select, update
from sqlmodel import SQLModel

from kemkoll.store import Change, Known, bulk
from kemkoll.store.models import (
    Component,
    Declaration,
    DeclaredArticle,
    DeclaredProblem,
    File,
    Line,
    Material,
    Written,
)
from kemkoll.store.once import categories, table_of, texts_of
from kemkoll.store.recalled import CELLS, Reader, in_pieces, is_current
from kemkoll.tables import LINES


def of_article(known: Known, article: int) -> Sequence[Any]:
    """Whatever declared an article by a moment: `added`, `ended` (0: not yet), `declaration`, and of its
    file `name`, `sha256`, `size`.
    """
    rows, heads, files = (table_of(model) for model in (DeclaredArticle, Declaration, File))
    asked = (
        select(rows.c.added, rows.c.ended, rows.c.declaration, files.c.name, files.c.sha256, files.c.size)
        .join(heads, heads.c.id == rows.c.declaration)
        .join(files, files.c.id == heads.c.file)
        .where((rows.c.article == article) & (rows.c.added <= known.seen))
    )
    return known.connection.execute(asked).all()


def articles_of_event(change: Change) -> set[int]:
    """`Article.article` of those that an event has declared so far."""
    own = table_of(DeclaredArticle)
    asked = select(own.c.article).distinct().where(own.c.added == change.event)
    return {int(number) for number in change.connection.execute(asked).scalars()}


def suppliers_of_file(known: Known, file: int) -> set[int]:
    """`Supplier.supplier` of those who handed in a file, by its row number."""
    heads = table_of(Declaration)
    asked = select(heads.c.supplier).distinct().where(heads.c.file == file)
    return {int(number) for number in known.connection.execute(asked).scalars()}


def articles_with(known: Known, written: np.ndarray) -> np.ndarray:
    """`Article.article` of those that current declarations say hold one of some substances as written."""
    line, own = table_of(Line), table_of(DeclaredArticle)
    asked = select(own.c.article).distinct().join(line, line.c.declared == own.c.id).where(is_current(known))
    found = [
        bulk.select(known.connection, asked.where(bulk.among(line.c.written, part)))["article"].to_numpy()
        for part in bulk.pieces(written.tolist())
    ]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *found]))


def belonging(known: Known, rows: pd.Series, model: type[SQLModel], *names: str) -> pd.DataFrame:
    """Some columns of what belongs to rows of `declared_article`, each combination once."""
    table = table_of(model)
    asked = select(*(table.c[name] for name in names)).distinct()
    return in_pieces(known, asked, table.c.declared, rows.to_numpy())


def end(change: Change, rows: Iterable[int]) -> None:
    """End rows of `declared_article` in this event."""
    table = table_of(DeclaredArticle)
    for part in bulk.pieces(rows):
        ended = update(table).where(bulk.among(table.c.id, part)).values(ended=change.event)
        change.connection.execute(ended)


def names_of(known: Known, model: type[Component | Material], rows: np.ndarray) -> pd.Categorical:
    """The name of each component or material, by its row number; empty for 0."""
    table = table_of(model)
    wanted, place = np.unique(np.append(rows, 0), return_inverse=True)
    found = [
        bulk.select(known.connection, select(table.c.id, table.c.name).where(bulk.among(table.c.id, part)))
        for part in bulk.pieces(wanted[wanted > 0].tolist())
    ]
    codes = pd.concat([pd.DataFrame({"id": [0], "name": [0]}), *found]).set_index("id")["name"]
    numbers = codes.loc[wanted].to_numpy(dtype=np.int64)[place[:-1]]
    return categories(numbers, texts_of(known.connection, numbers))


def all_written(known: Known) -> tuple[np.ndarray, pd.DataFrame]:
    """Every substance as suppliers wrote it, once: its number in `written`, and a line of `tables.LINES` that
    says nothing else.
    """
    column = table_of(Written).c.id
    rows = bulk.select(known.connection, select(column.label("written")).order_by(column))
    return rows["written"].to_numpy(), LINES.of(len(rows), dict(Reader(known, [rows]).cells(rows)))


def written_in(known: Known, lines: np.ndarray) -> pd.DataFrame:
    """What suppliers wrote of the substances of some lines: `name`, `cas`, `ec`, `smiles`, by row number."""
    table = table_of(Line)
    rows = in_pieces(known, select(table.c.id, table.c.written), table.c.id, np.unique(lines))
    cells = Reader(known, [rows]).cells(rows)
    return pd.DataFrame({name: np.asarray(cells[name], dtype=object) for name in CELLS}, index=rows["id"])


def problem_counts(known: Known) -> pd.DataFrame:
    """How often each problem was met in the files added by a moment: `code`, `files`, `times`."""
    problems, files = table_of(DeclaredProblem), table_of(File)
    asked = (
        select(
            problems.c.code,
            func.count(problems.c.file.distinct()).label("files"),
            func.count().label("times"),
        )
        .join(files, files.c.id == problems.c.file)
        .where(files.c.added <= known.seen)
        .group_by(problems.c.code)
    )
    made = bulk.select(known.connection, asked)
    codes = made["code"].to_numpy()
    return made.assign(code=np.asarray(categories(codes, texts_of(known.connection, codes)), dtype=object))
