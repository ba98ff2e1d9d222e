"""The suppliers of the invented region, and what each of them has to sell (`suppliers.csv`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kemkoll.demo.chance import draw
from kemkoll.demo.families import Family, families

_FILE = Path(__file__).with_name("suppliers.csv")
STYLES = (
    "semicolon", "workbook", "form", "semicolon", "opendocument", "semicolon", "page", "unicode", "json",
    "workbook", "semicolon", "parquet", "semicolon", "opendocument", "page", "workbook", "json", "semicolon",
    "unicode", "workbook",
)  # fmt: skip
"""In which shape suppliers answer, one after the other."""
_DATES = 0.12


@dataclass(frozen=True)
class Company:
    """One supplier.

    Attributes:
        families: what it sells.
        articles: how many articles it has in the first year.
        style: the shape of its files (`STYLES`).
        language: in which it writes.
        diligence: how readily it answers, from 0 to 1.
    """

    number: int
    name: str
    families: tuple[Family, ...]
    articles: int
    style: str
    language: str

    @property
    def diligence(self) -> float:
        """How readily it answers, from 0 to 1."""
        return draw("diligence", self.name)

    @property
    def dates(self) -> bool:
        """Whether its declarations hold for some years only."""
        return draw("dates", self.name) < _DATES

    @property
    def letters(self) -> str:
        """What its article numbers begin with.

        >>> companies()[0].letters
        'KLA'
        """
        return "".join(it for it in self.name.upper() if "A" <= it <= "Z")[:3]


@cache
def companies() -> tuple[Company, ...]:
    """Every supplier; their names say that they are invented.

    >>> len(companies()), sum(it.articles for it in companies())
    (60, 1500)
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    known = families()
    return tuple(
        Company(
            number,
            row["name"],
            tuple(known[it] for it in row["families"].split()),
            int(row["articles"]),
            STYLES[number % len(STYLES)],
            "sv" if " Exempel " in row["name"] else "en",
        )
        for number, row in enumerate(rows)
    )
