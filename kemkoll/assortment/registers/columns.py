"""What a column of a buyer's own file is: under which headers it stands, and how its cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kemkoll.assortment.registers import values
from kemkoll.declarations.headers import plain_words

UNREADABLE = "register-value-unreadable"


@dataclass(frozen=True)
class Column:
    """One column of a kind of file.

    Attributes:
        name: what it is called in rows.
        headers: its header in Swedish and in English.
        also: a pattern of other headers, without spaces and signs.
        parse: a cell's value; None where it is none. Of a measured column it also takes the header's unit.
        blank: the value of an empty cell.
        hint: what a cell may look like, for one that cannot be read.
        code: the problem of such a cell.
        units: the units that the header may name; a column with some is measured, and may name a year.
    """

    name: str
    headers: tuple[str, str]
    also: str = ""
    parse: Callable[..., Any] = values.parse_text
    blank: Any = ""
    hint: str = ""
    code: str = UNREADABLE
    units: frozenset[str] = frozenset()

    def is_called(self, header: str) -> bool:
        """Whether a header, squeezed, is this column's."""
        own = (squeezed(name.partition(" (")[0]) for name in self.headers)
        return header in own or bool(self.also and re.fullmatch(self.also, header))


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    Attributes:
        keys: of each group, one column must be filled in: else nobody knows what a row is about.
    """

    name: str
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)


def squeezed(header: str) -> str:
    """A header as it is compared: capitals, spaces and signs aside.

    >>> squeezed("MDR-klass "), squeezed("Artikel nr."), squeezed("art#")
    ('mdrklass', 'artikelnr', 'artnr')
    """
    return plain_words(header).replace(" ", "")


@dataclass(frozen=True)
class Heading:
    """What one header of a file says.

    Attributes:
        column: which column; None: it is not understood.
        year: the year that a measured column is of; 0: it names none.
        unit: the unit that it names.
    """

    text: str
    column: Column | None = None
    year: int = 0
    unit: str = ""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FORMAT = re.compile(r"[\[(]\s*(å{4}|y{4})[^)\]]*[\])]|\*")
"""What a header says of how its cells are written: `(ÅÅÅÅ-MM-DD)`, or a star for “needed”."""


@lru_cache(maxsize=4096)
def parse_heading(text: str, kind: Kind) -> Heading:
    """What a header says in a file of a kind."""
    plain = _FORMAT.sub("", text.casefold())
    whole = squeezed(plain)
    for column in kind.columns:
        if not column.units and column.is_called(whole):
            return Heading(text, column)
    years = [int(year) for year in _YEAR.findall(plain)]
    pieces = re.sub(r"[\[\](),]", " ", _YEAR.sub(" ", plain)).split()
    for column in kind.columns:
        if column.units and len(years) < 2 and (found := _without_unit(pieces, column)):
            name, unit = found
            if column.is_called(name):
                return Heading(text, column, years[0] if years else 0, unit)
    return Heading(text)


def _without_unit(pieces: list[str], column: Column) -> tuple[str, str] | None:
    """The name in a header, squeezed, and the unit after it; None where there is no name."""
    rest, unit = list(pieces), ""
    while len(rest) > 1 and rest[-1].strip(".") in column.units:
        unit = rest.pop().strip(".")
        rest = rest[:-1] if rest[-1] in ("i", "in") else rest
    return (squeezed(" ".join(rest)), unit) if rest else None
