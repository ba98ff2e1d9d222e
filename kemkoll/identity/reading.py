"""The readings of cells: what their numbers, structure and name mean, and whether these agree."""

from __future__ import annotations

from collections.abc import Sequence

from kemkoll.identifiers import Numbers, is_placeholder, is_undisclosed
from kemkoll.identity.cells import Cells, Reading
from kemkoll.identity.drawn import Drawings, read_drawn_name, read_structure
from kemkoll.identity.lookup import Lookup

_MOST_CANDIDATES = 5


def read(cell: Cells, lookup: Lookup, drawings: Drawings) -> None:
    """Fill in the readings of one combination of cells."""
    found = lookup.numbers_of(cell)
    cell.readings = _pairs(found)
    if len(cell.readings) > 1:
        cell.why = "several-numbers"
        cell.report("number-several", "cas", found=", ".join(found.cas + found.ec))
    read_structure(cell, lookup, drawings)
    for fault in found.faults:
        _read_fault(cell, fault.code, fault.found, fault.candidates, lookup)
    for old in [reading.cas for reading in cell.readings if reading.cas in lookup.replaced]:
        new = lookup.replaced[old]
        cell.report("cas-replaced", "cas", found=old, suggestion=new)
        cell.add([Reading(cas=new, found_by="cas")], cell.why or "identity-disputed")
    _read_name(cell, lookup, drawings)
    if not cell.readings:
        cell.readings = [Reading()]


def _pairs(found: Numbers) -> list[Reading]:
    """A CAS and an EC number side by side are one substance; where their counts differ, each number
    is one.
    """
    if len(found.cas) == len(found.ec):
        return [Reading(cas=cas, ec=ec, found_by="cas") for cas, ec in zip(found.cas, found.ec, strict=True)]
    return [Reading(cas=cas, found_by="cas") for cas in found.cas] + [
        Reading(ec=ec, found_by="ec") for ec in found.ec
    ]


def _read_fault(cell: Cells, code: str, found: str, candidates: Sequence[str], lookup: Lookup) -> None:
    """A number that does not exist: as written it is nothing, and it may have been meant to be one of the
    candidates.
    """
    column = "ec" if code.startswith("ec") or (found in cell.ec and found not in cell.cas) else "cas"
    likely = [number for number in candidates if number in lookup.known] or list(candidates)
    cell.report(code, column, found=found, suggestion=" | ".join(likely))
    if not likely and cell.readings:  # beside what was read, the cell says something that nobody understands
        cell.add([Reading()], "number-repaired")
    if likely:
        by_ec = code.startswith("ec")
        guesses = [
            Reading(ec=number, found_by="ec") if by_ec else Reading(cas=number, found_by="cas")
            for number in likely[:_MOST_CANDIDATES]
        ]
        cell.add([*([] if cell.readings else [Reading()]), *guesses], "number-repaired")


def _read_name(cell: Cells, lookup: Lookup, drawings: Drawings) -> None:
    """A name beside a number must agree with it; a name alone is the only thing there is."""
    meant = lookup.names.get(cell.name, ())
    if cell.readings:
        _tell_apart(cell, meant)
        _compare(cell, meant, lookup)
    elif meant:
        several = any(not lookup.same(meant[0], other) for other in meant[1:])
        kept = meant if several else meant[:1]
        cell.readings = _named(kept)
        cell.why = "identity-disputed" if several else ""
        code = "name-ambiguous" if several else "name-only"
        cell.report(code, "name", found=cell.name, suggestion=" | ".join(kept))
    elif read_drawn_name(cell, drawings):
        return
    elif is_undisclosed(cell.name):
        cell.report("substance-undisclosed", "name", found=cell.name)
    elif cell.name and is_placeholder(cell.name):
        cell.report("substance-unidentified", "name", found=cell.name)


def _compare(cell: Cells, meant: Sequence[str], lookup: Lookup) -> None:
    """What the name means beside what was read, where none of that is known to be the same."""
    numbers = [reading.cas for reading in cell.readings if reading.cas]
    if not meant or any(lookup.same(number, name) for number in numbers for name in meant):
        return
    if not numbers:  # an EC number alone: nobody knows whether it is the name's
        cell.add(_named(meant[:1]), "identity-disputed")
        return
    found = f"{cell.name} / {', '.join(numbers)}"
    cell.report("name-number-conflict", "name", found=found, suggestion=" | ".join(meant))
    cell.add(_named(meant), "identity-disputed")


def _named(meant: Sequence[str]) -> list[Reading]:
    return [Reading(cas=cas, found_by="name") for cas in meant[:_MOST_CANDIDATES]]


def _tell_apart(cell: Cells, meant: Sequence[str]) -> None:
    """Where several substances have the structure, the name beside it may say which of them is meant."""
    several = len(cell.readings) > 1 and all(reading.structure >= 0 for reading in cell.readings)
    named = [reading for reading in cell.readings if reading.cas in meant]
    if several and named:
        cell.readings = named
        cell.why = cell.why if len(named) > 1 else ""
