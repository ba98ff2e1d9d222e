"""What a supplier wrote about one substance, and the readings it may have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kemkoll.tables import problem

AS_WRITTEN = ("name", "cas", "ec", "smiles")


@dataclass(frozen=True)
class Reading:
    """One substance that a combination of cells may mean."""

    cas: str = ""
    ec: str = ""
    structure: int = -1
    found_by: str = ""


@dataclass
class Cells:
    """What the supplier wrote about one substance, and what it was read as."""

    name: str
    cas: str
    ec: str
    smiles: str
    readings: list[Reading] = field(default_factory=list)
    why: str = ""
    problems: list[dict[str, Any]] = field(default_factory=list)

    def report(self, code: str, column: str, **rest: str) -> None:
        self.problems.append(problem(code, column=column, **rest))

    def add(self, readings: Iterable[Reading], why: str) -> None:
        """Add the readings whose numbers no reading has yet; why: there are several then."""
        numbers = {(reading.cas, reading.ec) for reading in self.readings}
        self.readings += [reading for reading in readings if (reading.cas, reading.ec) not in numbers]
        self.why = why if len(self.readings) > 1 else self.why
