"""One file of the buyer's on its way into the database: what it changes, and what is wrong with it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from kemkoll.assortment import finding
from kemkoll.assortment.registers.reading import Row
from kemkoll.assortment.scope import articles, key_of
from kemkoll.store import Change, kept
from kemkoll.store.models import NOBODY, Kept, Supplier

Told = tuple[dict[str, Any], Row]
"""What a row says of something: columns of its table, and the row."""


@dataclass
class Storing:
    """One file of the buyer's in one event.

    What an event has done is not yet known in it (`kept.frame`): the rows of each table are put once.

    Attributes:
        on: the day on which what a complete file no longer lists ends.
        complete: the file lists everything under its contracts, or of its suppliers.
        supplier: whose the rows are, where they do not say.
        problems: rows of `tables.PROBLEMS`, without the file.
        added, changed, ended: how many rows of the database.
    """

    change: Change
    on: str
    complete: bool = False
    supplier: str = ""
    problems: list[dict[str, Any]] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    ended: int = 0

    def put(self, model: type[Kept], key: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Make the rows of some keys say what is given; each key once."""
        kept.put(self.change, model, key, rows)
        self.count(model)

    def end(self, model: type[Kept], ids: Iterable[int]) -> None:
        """End rows of a table into which nothing more is put."""
        gone = list(ids)
        kept.end(self.change, model, gone)
        self.ended += len(gone)

    def close(self, count: int) -> None:
        """Count rows as ended that were put with their last day."""
        self.changed -= count
        self.ended += count

    def count(self, model: type[Kept]) -> None:
        """Count what this event has added to a table, and changed in it."""
        added, ended = kept.counted(self.change, model)
        self.added += added - ended
        self.changed += ended

    def suppliers(self, rows: Iterable[Row], column: str = "supplier") -> dict[str, int]:
        """`Supplier.supplier` of each name in a column, with what the rows say of them besides."""
        told: list[Told] = []
        names: list[str] = []
        for row in rows:
            name = row[column] or self.supplier
            if not name:
                continue
            names.append(name)
            more = row.given("role", "gln", "mail")
            number = "" if row.personal else row["organisation_number"]
            if row.personal or number:
                more |= {"organisation_number": number, "personal": row.personal}
            told.append(({"key": key_of(name)} | more, row))
        made = {values.pop("key"): values for values in self.unique(("key",), told)}
        for values in made.values():
            if "organisation_number" in values:
                values["number"] = values.pop("organisation_number")
        known = finding.suppliers(self.change, names, made)
        self.count(Supplier)
        return known

    def unique(self, key: Sequence[str], told: Iterable[Told]) -> list[dict[str, Any]]:
        """What several rows say of the same, once; where they contradict each other, the first counts."""
        made: dict[tuple[Any, ...], dict[str, Any]] = {}
        for values, row in told:
            before = made.setdefault(tuple(values[name] for name in key), {})
            for name, value in values.items():
                if name not in before or says_nothing(before[name]):
                    before[name] = value
                elif before[name] != value and not says_nothing(value):
                    shown = str(before[name])
                    self.problems.append(row.problem("register-conflict", name, shown))
        return [*made.values()]

    @cached_property
    def articles(self) -> pd.DataFrame:
        """Every article that was known before (`scope.articles`)."""
        return articles(self.change)

    @cached_property
    def numbers(self) -> finding.Numbers:
        """Which article a number means."""
        return finding.Numbers(self.articles)

    @cached_property
    def _owners(self) -> dict[str, int]:
        there = kept.frame(self.change, Supplier)
        return dict(zip(there["key"], there["supplier"].tolist(), strict=True))

    def article(self, row: Row) -> int:
        """The article that a row names; 0 where there is none: that is said."""
        found = self.find(row["supplier"] or self.supplier, row["number"], row["own_number"], row["gtin"])
        if not found:
            column = next(name for name in ("number", "own_number", "gtin") if row[name])
            self.problems.append(row.problem("register-article-unknown", column))
        return found

    def find(self, supplier: str, *numbers: str) -> int:
        """The article of a supplier, or of nobody in particular, that has one of the numbers; 0: none."""
        owner = self._owners.get(key_of(supplier), -1) if supplier else NOBODY
        return self.numbers.one(owner, *numbers) or (self.numbers.of_nobody(*numbers) if owner else 0)


def says_nothing(value: Any) -> bool:
    """Whether a value is that of an empty cell.

    >>> [says_nothing(value) for value in ("", -1, (), False, 0)]
    [True, True, True, False, True]
    """
    return value is not False and (not value or value == -1)
