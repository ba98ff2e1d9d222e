"""Texts and substances as written: each kept once, and found by its hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Table, func, select
from sqlmodel import SQLModel

from kemkoll.store.bulk import among, insert_rows, pieces
from kemkoll.store.models import Text, Written

_CELLS = ("name", "cas", "ec", "smiles")


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    made: Table = model.__table__  # type: ignore[attr-defined]
    return made


def next_id(connection: Connection, model: type[SQLModel]) -> int:
    """The number of the next row of a table; only whoever writes may ask."""
    column = table_of(model).columns["id"]
    return int(connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()) + 1


class Texts:
    """The numbers of texts, for one transaction that writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, int] = {"": 0}

    def codes(self, columns: Sequence[pd.Series]) -> list[np.ndarray]:
        """Each column's texts as numbers in `text`."""
        made = [column.astype("category").array for column in columns]
        self._learn([str(value) for column in made for value in column.categories])
        return [
            np.array([self._known[str(value)] for value in column.categories] or [0], dtype=np.int64)[
                column.codes
            ]
            for column in made
        ]

    def code(self, value: str) -> int:
        """The number of one text."""
        self._learn([value])
        return self._known[value]

    def _learn(self, values: Sequence[str]) -> None:
        new = [value for value in dict.fromkeys(values) if value not in self._known]
        if new:
            found = _numbered(self._connection, Text, [_digest(value) for value in new], _texts(new))
            self._known |= dict(zip(new, found, strict=True))


def _texts(values: Sequence[str]) -> list[dict[str, Any]]:
    return [{"value": plain(value)} for value in values]


def plain(value: str) -> str:
    r"""What databases hold of a text: no NUL, and no half of a pair of code units.

    >>> plain("a\0b\ud800c")
    'a�b?c'
    """
    if value.isascii() and "\0" not in value:
        return value
    return value.replace("\0", "�").encode("utf-8", "replace").decode()


def _digest(value: str) -> bytes:
    return blake2b(plain(value).encode(), digest_size=16).digest()


def written(connection: Connection, texts: Texts, lines: pd.DataFrame) -> np.ndarray:
    """The number in `written` of each line's substance.

    Args:
        lines: `tables.LINES`.
    """
    codes = pd.DataFrame(dict(zip(_CELLS, texts.codes([lines[name] for name in _CELLS]), strict=True)))
    number = codes.groupby(list(_CELLS), sort=False).ngroup().to_numpy()
    first = np.unique(number, return_index=True)[1]
    rows = codes.iloc[first]
    digests = [blake2b(row.tobytes(), digest_size=16).digest() for row in rows.to_numpy(dtype="<i8")]
    found = _numbered(connection, Written, digests, [*_records(rows)])
    return np.array(found or [0], dtype=np.int64)[number]


def _records(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    return ({str(name): value for name, value in row.items()} for row in rows.to_dict("records"))


def _numbered(
    connection: Connection,
    model: type[SQLModel],
    digests: Sequence[bytes],
    rows: Sequence[dict[str, Any]],
) -> list[int]:
    """The number of each row, which is added where it is new."""
    table = table_of(model)
    found: dict[bytes, int] = {}
    for part in pieces(digests):
        asked = select(table.columns["digest"], table.columns["id"]).where(table.columns["digest"].in_(part))
        found |= {bytes(row[0]): int(row[1]) for row in connection.execute(asked)}
    new = {digest: row for digest, row in zip(digests, rows, strict=True) if digest not in found}
    if new:
        start = next_id(connection, model)
        names = [column.name for column in table.columns]
        made = ({"id": start + place, "digest": it, **row} for place, (it, row) in enumerate(new.items()))
        insert_rows(connection, table, [tuple(row[name] for name in names) for row in made])
        found |= {digest: start + place for place, digest in enumerate(new)}
    return [found[digest] for digest in digests]


def texts_of(connection: Connection, codes: np.ndarray) -> pd.Series:
    """The texts of some numbers, by number; 0 stands for the empty one."""
    table = table_of(Text)
    asked = np.unique(codes[codes > 0])
    found: dict[int, str] = {0: ""}
    if len(asked) > 20_000:
        rows = connection.execute(select(table.columns["id"], table.columns["value"]))
        found |= {int(id_): value for id_, value in rows}
    else:
        for part in pieces(asked.tolist()):
            rows = connection.execute(
                select(table.columns["id"], table.columns["value"]).where(among(table.columns["id"], part))
            )
            found |= {int(id_): value for id_, value in rows}
    return pd.Series(found, dtype=object)


def codes_of(connection: Connection, values: Iterable[str]) -> list[int]:
    """The numbers of those of some texts that have one."""
    table = table_of(Text)
    asked = select(table.columns["id"])
    return [
        int(row[0])
        for value in values
        for row in connection.execute(asked.where(table.columns["digest"] == _digest(value)))
    ]


def categories(codes: np.ndarray, texts: pd.Series) -> pd.Categorical:
    """Numbers of texts as a category of the texts.

    >>> categories(np.array([7, 0, 7]), pd.Series({0: "", 7: "lead"}))
    ['lead', '', 'lead']
    Categories (2, object): ['', 'lead']
    """
    values, places = _distinct(codes)
    return pd.Categorical.from_codes(places, pd.Index(texts.loc[values].to_numpy(), dtype=object))


def _distinct(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct numbers, and the place of each number among them; counted, where sorting takes longer."""
    most = int(codes.max(initial=0))
    if most > 10 * len(codes):
        values, places = np.unique(codes, return_inverse=True)
        return values, places
    met = np.zeros(most + 1, dtype=bool)
    met[codes] = True
    return np.flatnonzero(met), (np.cumsum(met, dtype=np.int32) - 1)[codes]
