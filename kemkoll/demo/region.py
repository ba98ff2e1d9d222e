"""Everything that comes to the invented region in four years, in the order in which it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kemkoll.demo import registers
from kemkoll.demo.chance import draw
from kemkoll.demo.formats import file_of
from kemkoll.demo.lives import YEARS, told
from kemkoll.demo.papers import Paper, papers
from kemkoll.demo.samples import samples

DECLARATIONS = "declarations"
_LATE = 0.07
"""The share of the files that come only after the year has been published."""


@dataclass(frozen=True)
class Arrival:
    """One file that comes.

    Attributes:
        day: when it is added.
        kind: `declarations`, or a kind of the buyer's own files.
        name: what the file is called.
        reason: why everything in a supplier's file was declared; "": it says so itself.
    """

    day: str
    kind: str
    name: str
    data: bytes = b""
    reason: str = ""


def arrivals() -> list[Arrival]:
    """Every file, oldest first.

    >>> [it.kind for it in arrivals()][:3]
    ['suppliers', 'categories', 'profile']
    """
    made = [*_own(), *(_handed_in(paper) for paper in papers(told().said))]
    return sorted(made, key=lambda it: it.day)


def _handed_in(paper: Paper) -> Arrival:
    """A supplier's file, some days after the day that stands in it."""
    late = draw("late", paper.company.name, paper.day) < _LATE
    days = 75 + int(10 * draw("days", paper.name)) if late else 1 + int(20 * draw("days", paper.name))
    suffix, data = file_of(paper)
    day = (date.fromisoformat(paper.day) + timedelta(days=days)).isoformat()
    return Arrival(day, DECLARATIONS, paper.name + suffix, data, paper.reason)


def _own() -> Iterator[Arrival]:
    """The buyer's own files."""
    made = told()
    yield _table("2022-01-10", "suppliers", "leverantorer", registers.suppliers())
    yield _table("2022-01-10", "categories", "kategorier", registers.categories())
    yield Arrival("2022-01-10", "profile", f"{registers.OWN_PROFILE}.toml", registers.profile())
    yield _table("2022-01-11", "contracts", "avtal", registers.contracts())
    there = [it for it in made.items if it.since < "2022"]
    first = [replace(it, until="") for it in there]
    yield _table("2022-01-12", "assortment", "sortiment", registers.assortment(first))
    yield _table("2022-02-01", "targets", "mal", registers.targets())
    for year in YEARS:
        changed = [it for it in made.items if str(year) in (it.since[:4], it.until[:4])]
        if changed:
            yield _table(f"{year}-12-20", "assortment", f"sortiment-{year}", registers.assortment(changed))
            yield _table(f"{year}-12-21", "successors", f"ersattare-{year}", registers.successors(made, year))
        bought = [it for it in made.items if it.since[:4] <= str(year)]
        yield _table(f"{year}-12-22", "requests", f"fragor-{year}", registers.requests(year))
        yield _table(f"{year}-12-22", "lab-results", f"analyser-{year}", samples(made, year))
        yield _table(f"{year + 1}-01-08", "volumes", f"inkop-{year}", registers.volumes(bought, year))


def _table(day: str, kind: str, name: str, rows: Iterable[Sequence[object]]) -> Arrival:
    return Arrival(day, kind, f"{name}.csv", registers.table(rows))
