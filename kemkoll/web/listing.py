"""Long tables, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kemkoll.web.visit import Visit

ROWS = 50
"""Rows of one page."""
T = TypeVar("T")


@dataclass(frozen=True)
class Pages:
    """Where one is in a long table.

    Attributes:
        at: the page that is shown, from 1.
        count: pages there are, at least 1.
        rows: rows there are.

    >>> Pages.of(3, 101), Pages.of(9, 10).at
    (Pages(at=3, count=3, rows=101), 1)
    """

    at: int
    count: int
    rows: int

    @classmethod
    def of(cls, asked: int, rows: int) -> Pages:
        """The page that was asked for, or the nearest there is."""
        count = max(1, -(-rows // ROWS))
        return cls(min(max(asked, 1), count), count, rows)

    @property
    def span(self) -> slice:
        """The rows of the page."""
        return slice((self.at - 1) * ROWS, self.at * ROWS)


def leaf(visit: Visit, rows: Sequence[T]) -> tuple[Sequence[T], Pages]:
    """The rows of the page that the address asks for, and where that is."""
    asked = visit.asked("page")
    pages = Pages.of(int(asked) if asked.isdecimal() and len(asked) < 10 else 1, len(rows))
    return rows[pages.span], pages
