"""The four years of the invented region: its files added, its waivers granted, each year frozen.

The instants are those of the years, and no clock is asked: the database looks as if it had taken four years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kemkoll.assortment import snapshots, waivers
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.registers.entering import add_registers
from kemkoll.demo.ahead import Ahead
from kemkoll.demo.dispensations import Granted, dispensations
from kemkoll.demo.lives import YEARS
from kemkoll.demo.region import DECLARATIONS, Arrival, arrivals
from kemkoll.errors import ConfigError
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.store import Store

BEGINNING = "2022-01-03"
END = "2026-03-02"
"""The day on which the report of the last year is written."""
BY = "Region Exempel (påhittad)"
_FROZEN = "{}-01-20"
"""The day on which a year is frozen: in the January after it."""


@dataclass
class Lived:
    """What came of the years.

    Attributes:
        files: how many files were added, by kind.
        problems: how many problems suppliers' files had, by code.
        refused: files that could not be added.
        taken: the snapshots, oldest first.
    """

    files: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    waivers: int = 0
    taken: list[snapshots.Taken] = field(default_factory=list)


@dataclass
class _Clock:
    """Instants that only go forward: the first of a day at eight, each at least a minute after the last."""

    last: datetime = datetime(2022, 1, 3, 8, tzinfo=UTC)

    def at(self, day: str) -> str:
        """The next instant of a day, or after it, as the log writes it."""
        first = datetime.fromisoformat(f"{day}T08:00:00+00:00")
        self.last = max(first, self.last + timedelta(minutes=1))
        return self.last.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_files(folder: Path) -> dict[str, Arrival]:
    """Every file of the four years, written into a folder for each year: what it is, by its path."""
    made = {}
    for it in arrivals():
        place = folder / it.day[:4] / it.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(it.data)
        made[str(place)] = it
    return made


def live(
    store: Store, files: dict[str, Arrival], tell: Callable[[int, int], None] = lambda *_: None
) -> Lived:
    """Add every file in its time, grant the waivers, judge and freeze each year.

    Args:
        store: a new database, made at `BEGINNING`.
        files: as `write_files` gives them.
        tell: is told how many files were added, and of how many.
    """
    life = _Life(store, tell, len(files))
    declared = [path for path, it in files.items() if it.kind == DECLARATIONS]
    with Ahead(declared) as ahead:
        for day, happens in _calendar(life, files, ahead):
            happens(life.clock.at(day))
    return life.lived


Step = tuple[str, Callable[[str], None]]
"""A day, and what happens on it, at an instant."""


@dataclass
class _Life:
    """The database while the years go by."""

    store: Store
    tell: Callable[[int, int], None]
    size: int
    lived: Lived = field(default_factory=Lived)
    clock: _Clock = field(default_factory=_Clock)
    registry: Registry = field(default_factory=Registry.open)

    def add(self, path: str, it: Arrival, ahead: Ahead, at: str) -> None:
        """Add one file."""
        self.tell(sum(self.lived.files.values()), self.size)
        if it.kind == DECLARATIONS:
            for added in add_declarations(
                self.store, [path], registry=self.registry, by=BY, at=at, reason=it.reason, read=ahead.read
            ):
                self._count(path, it, added.status == "added", [*added.declarations.problems["code"]])
        else:
            for entered in add_registers(self.store, [path], it.kind, by=BY, at=at, on=at[:10]):
                self._count(path, it, entered.status == "added", ())

    def _count(self, path: str, it: Arrival, added: bool, codes: Sequence[str]) -> None:
        self.lived.files[it.kind] = self.lived.files.get(it.kind, 0) + 1
        if not added:
            self.lived.refused.append(path)
        for code in codes:
            self.lived.problems[code] = self.lived.problems.get(code, 0) + 1

    def grant(self, it: Granted, at: str) -> None:
        """Grant a waiver; an article that has left the assortment needs none any more."""
        with suppress(ConfigError), self.store.writing("waiver granted", by=BY, at=at) as change:
            waivers.grant(change, it.wanted, source=library_of(), on=at[:10])
            self.lived.waivers += 1

    def freeze(self, year: int, at: str) -> None:
        """Freeze a year."""
        taken = snapshots.take(
            self.store, f"{year}-12-31", by=BY, at=at, source=library_of(), registry=self.registry
        )
        self.lived.taken.append(taken)


def _calendar(life: _Life, files: dict[str, Arrival], ahead: Ahead) -> list[Step]:
    """All that happens, by day."""

    def of(method: Callable[..., None], *given: object) -> Callable[[str], None]:
        return lambda at: method(*given, at)

    def steps() -> Iterator[Step]:
        for path, it in files.items():
            yield it.day, of(life.add, path, it, ahead)
        for granted in dispensations():
            yield granted.day, of(life.grant, granted)
        for year in YEARS:
            yield _FROZEN.format(year + 1), of(life.freeze, year)

    return sorted(steps(), key=lambda it: it[0])
