"""Which supplier, contract and article a file means by the names and numbers that it writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from kemkoll.assortment.scope import articles, key_of
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import NOBODY, Article, Contract, Kept, Supplier
from kemkoll.store.once import next_id


def suppliers(
    change: Change, names: Iterable[str], told: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, int]:
    """`Supplier.supplier` of each name; unknown ones are added. No name is nobody.

    Args:
        names: as a file writes them.
        told: what else the file says of a supplier, by its key: columns of `Supplier`.
    """
    written = [name for name in names if name.strip()]
    rows: dict[str, dict[str, Any]] = {}
    for name in written:
        rows.setdefault(key_of(name), {"key": key_of(name), "name": " ".join(name.split())})
    for key, more in (told or {}).items():
        rows[key] |= more
    there = kept.frame(change, Supplier)
    for key in set(there["key"]) & rows.keys():
        del rows[key]["name"]  # as it was written first
    known = put(change, Supplier, "supplier", "key", [*rows.values()], there)
    return {"": NOBODY} | {name: known[key_of(name)] for name in written}


def supplier_called(known: Known, name: str) -> int:
    """`Supplier.supplier` of the supplier with this name.

    Raises:
        ConfigError: there is none.
    """
    rows = kept.frame(known, Supplier, key=key_of(name))
    if not len(rows):
        raise ConfigError(N_("There is no supplier “{name}” in the database."), name=name)
    return int(rows["supplier"].iloc[0])


def contracts(change: Change, numbers: Iterable[str]) -> dict[str, int]:
    """`Contract.contract` of each number; unknown ones are added."""
    rows = [{"number": number} for number in dict.fromkeys(numbers)]
    return put(change, Contract, "contract", "number", rows)


def put(
    change: Change,
    model: type[Kept],
    shared: str,
    key: str,
    rows: Sequence[Mapping[str, Any]],
    there: pd.DataFrame | None = None,
) -> dict[str, int]:
    """Make the rows of some keys say what is given (`kept.put`); the number that all versions of each share.

    Args:
        shared: the column of that number, which is the row number of the first version.
        key: the column that people know a row by.
        rows: each key once.
        there: the rows that the table has before the event, where they are known.
    """
    there = kept.frame(change, model) if there is None else there
    known = dict(zip(there[key], there[shared].tolist(), strict=True))
    new = [row for row in rows if row[key] not in known]
    start = next_id(change.connection, model)
    known |= {row[key]: start + place for place, row in enumerate(new)}
    old = [row for row in rows if row not in new]
    kept.put(change, model, [key], [dict(row) | {shared: known[row[key]]} for row in [*new, *old]], there)
    return known


def articles_called(known: Known, numbers: Collection[str]) -> pd.DataFrame:
    """The articles that have one of some numbers: the supplier's, the buyer's or a GTIN, capitals aside.

    Returns:
        `article`, `supplier_id`, `number`, `own_number`, `gtin`.
    """
    wanted = {it.casefold() for it in numbers} - {""}
    columns = ["article", "supplier", "number", "own_number", "gtin"]
    rows = kept.rows(known, Article, *columns) if wanted else []
    found = [row for row in rows if not wanted.isdisjoint(map(str.casefold, row[2:]))]
    made = pd.DataFrame(found, columns=["article", "supplier_id", *columns[2:]])
    return made.astype({"article": "int64", "supplier_id": "int64"})


class Numbers:
    """Which article a number of some supplier means."""

    def __init__(self, there: pd.DataFrame) -> None:
        self._of: dict[tuple[object, ...], set[int]] = {}
        self._exact: dict[tuple[object, ...], set[int]] = {}
        names = ["article", "supplier_id", "number", "own_number", "gtin"]
        for row in there[names].to_dict("records"):
            self.learn(row["article"], row["supplier_id"], row["number"], row["own_number"], row["gtin"])

    @classmethod
    def known(cls, known: Known) -> Numbers:
        """The numbers of all articles of a moment."""
        return cls(articles(known))

    def learn(self, article: int, supplier: int, number: str, *others: str) -> None:
        """Know an article by its supplier, the supplier's number, the buyer's and the GTIN."""
        for owner in ((supplier,), ()):
            if number:
                self._exact.setdefault((*owner, number.casefold()), set()).add(article)
            for it in {it.casefold() for it in (number, *others)} - {""}:
                self._of.setdefault((*owner, it), set()).add(article)

    def one(self, supplier: int, *numbers: str) -> int:
        """The article that alone has one of the numbers; else 0.

        Args:
            supplier: whose it is; `NOBODY`: of any supplier.
            numbers: the supplier's number, the buyer's, or a GTIN, in order of trust.

        >>> row = {"article": 7, "supplier_id": 1, "number": "A-1", "own_number": "100", "gtin": ""}
        >>> known = Numbers(pd.DataFrame([row]))
        >>> known.one(1, "a-1"), known.one(2, "A-1"), known.one(NOBODY, "B-2", "100")
        (7, 0, 7)
        """
        return self._first((supplier,) if supplier else (), numbers)

    def of_nobody(self, *numbers: str) -> int:
        """The one article of no supplier that has one of the numbers; else 0."""
        return self._first((NOBODY,), numbers)

    def _first(self, owner: tuple[int, ...], numbers: Iterable[str]) -> int:
        for key in ((*owner, it.casefold()) for it in numbers if it):
            for met in (self._exact.get(key, ()), self._of.get(key, ())):
                if len(met) == 1:
                    return min(met)
        return NOBODY
