"""Structures as suppliers draw them (SMILES, InChIKey), or as a name spells them out: what they may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from kemkoll.identifiers import is_placeholder, is_undisclosed, parse_inchikey
from kemkoll.identity.cells import Cells, Reading
from kemkoll.identity.lookup import Lookup
from kemkoll.registry import Registry


class Drawn(NamedTuple):
    """A structure as the supplier drew it: its row, and what is known of it.

    Attributes:
        numbers: those of the substances that have it, mostly one; (): nobody knows one. Several are the same
            as it is drawn: quartz and other silica.
        isomers: where nobody does, the numbers of those that have it in some spatial form. Most structures
            are drawn without theirs.
    """

    row: int
    valid: bool
    key: str
    numbers: tuple[str, ...]
    isomers: tuple[str, ...] = ()


@dataclass
class Drawings:
    """The structures of these cells.

    Attributes:
        structures: what is known of each, by SMILES (or InChIKey) as written.
        drawn: the same of one structure at a time.
        named: the structures that names spell out, by name.
    """

    structures: pd.DataFrame
    drawn: dict[str, Drawn]
    named: dict[str, str]

    @classmethod
    def of(cls, cells: Sequence[Cells], lookup: Lookup, registry: Registry) -> Drawings:
        named = registry.draw_names(_unknown_names(cells, lookup))
        structures = _structures([*(cell.smiles for cell in cells), *named.values()], registry)
        rows = zip(*(structures[name] for name in ("valid", "inchikey", "numbers", "isomers")), strict=True)
        drawn = {
            str(text): Drawn(row, bool(valid), str(key), numbers, isomers)
            for row, (text, (valid, key, numbers, isomers)) in enumerate(
                zip(structures.index, rows, strict=True)
            )
        }
        return cls(structures, drawn, named)


def read_structure(cell: Cells, lookup: Lookup, drawings: Drawings) -> None:
    """A structure alone tells the substances that have it; beside a number it must agree with that."""
    if not cell.smiles:
        return
    drawn = drawings.drawn[cell.smiles]
    if not drawn.valid:
        cell.report("smiles-unreadable", "smiles", found=cell.smiles)
        return
    own = _drawn_readings(drawn, "inchikey")
    isomers = [Reading(cas=number, found_by="inchikey") for number in drawn.isomers]
    if not cell.readings:
        cell.readings = own[:1]
        cell.add([*own[1:], *isomers], "isomer-differs")
    elif len(cell.readings) == 1 and _may_be(cell.readings[0].cas, drawn, lookup):
        cell.readings = [replace(cell.readings[0], structure=drawn.row)]
        if cell.readings[0].cas not in lookup.skeleton:  # nothing but the structure tells what it is
            cell.add(isomers, "isomer-differs")
    elif not any(reading.cas in (drawn.numbers or ("",)) for reading in cell.readings):
        cell.report(
            "name-number-conflict",
            "smiles",
            found=f"{cell.readings[0].cas or cell.readings[0].ec} / {cell.smiles}",
        )
        cell.add(own, cell.why or "identity-disputed")


def read_drawn_name(cell: Cells, drawings: Drawings) -> bool:
    """A name alone that spells out a structure; whether it does."""
    smiles = drawings.named.get(cell.name)
    if not smiles or not (drawn := drawings.drawn[smiles]).valid:
        return False
    own = _drawn_readings(drawn, "name")
    cell.readings = own[:1]
    cell.add(own[1:], "isomer-differs")
    cell.report("name-only", "name", found=cell.name, suggestion=" | ".join(drawn.numbers) or smiles)
    return True


def _may_be(number: str, drawn: Drawn, lookup: Lookup) -> bool:
    """Whether a CAS number (none: an EC number alone) may stand for a structure, as far as is known."""
    if number in lookup.skeleton:
        return lookup.skeleton[number] == drawn.key[:14]
    return not drawn.numbers


def _drawn_readings(drawn: Drawn, found_by: str) -> list[Reading]:
    """One reading for each substance that has a structure; one without a number where nobody knows any."""
    return [Reading(cas=cas, structure=drawn.row, found_by=found_by) for cas in drawn.numbers or ("",)]


def _unknown_names(cells: Sequence[Cells], lookup: Lookup) -> list[str]:
    """The names that nobody knows, that have no number or structure beside them, and name something."""
    bare = {cell.name for cell in cells if cell.name and not (cell.cas or cell.ec or cell.smiles)}
    unknown = [name for name in bare if not lookup.names[name]]
    return [name for name in unknown if not (is_undisclosed(name) or is_placeholder(name))]


def _structures(drawn: Iterable[str], registry: Registry) -> pd.DataFrame:
    """What the structures that suppliers drew are, by SMILES (or InChIKey) as written."""
    texts = sorted({text for text in drawn if text})
    keys = {text: key for text in texts if (key := parse_inchikey(text))}
    others = [text for text in texts if text not in keys]
    found = registry.find_structures(others).set_axis(others)
    given = pd.DataFrame(
        {"valid": True, "inchikey": list(keys.values()), "formula": "", "parents": "", "smiles": ""},
        index=list(keys),
    )
    made = pd.concat([found, given]) if len(given) else found
    inchikeys = made["inchikey"].tolist()
    numbers = registry.find_inchikeys(inchikeys)
    lost = ["" if known else key for key, known in zip(inchikeys, numbers, strict=True)]
    isomers = pd.Series(registry.find_isomers(lost), index=made.index, dtype=object)
    return made.assign(numbers=pd.Series(numbers, index=made.index, dtype=object), isomers=isomers)
