"""Which substance does each line mean?

Every line gets at least one reading. It gets several where the supplier's cells allow several: a name and a
number that disagree, several numbers in one cell, a number that has been replaced, or one that does not exist
and may be a slip for another. Nothing is ever corrected: what a number may have been meant to be stands as
one reading beside the number as written, so a guess can lead to a `review` and never to more.

Work is done once for each distinct combination of name, numbers and structure, and joined back to the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.identifiers import Numbers, is_placeholder, is_undisclosed, parse_inchikey, read_numbers
from kemkoll.registry import Registry
from kemkoll.tables import (
    IDENTITIES,
    PROBLEMS,
    READINGS,
    UNIDENTIFIED,
    Readings,
    distinct,
    headers,
    problem,
    stack,
)

_AS_WRITTEN = ["name", "cas", "ec", "smiles"]
_MOST_CANDIDATES = 5
_HAS_NUMBER = re.compile(r"(?<![\d-])\d{2,7}-\d\d-\d(?![\d-])")
"""A CAS number in the column of names: the columns were swapped, or the name says more than the number."""


@dataclass(frozen=True)
class _Reading:
    """One substance that a combination of cells may mean."""

    cas: str = ""
    ec: str = ""
    structure: int = -1
    found_by: str = ""


@dataclass
class _Cells:
    """What the supplier wrote about one substance, and what it was read as."""

    name: str
    cas: str
    ec: str
    smiles: str
    readings: list[_Reading] = field(default_factory=list)
    why: str = ""
    problems: list[dict[str, Any]] = field(default_factory=list)

    def report(self, code: str, column: str, **rest: str) -> None:
        self.problems.append(problem(code, column=column, **rest))


def identify(lines: pd.DataFrame, registry: Registry) -> Readings:
    """The substances that each line may mean, at least one for each line.

    Args:
        lines: `tables.LINES`; name, CAS, EC and SMILES cells as the supplier wrote them.
        registry: where numbers, names and structures are looked up.

    Returns:
        The distinct identities, the readings of each line, and one problem for each line whose cells disagree
        or cannot be understood.
    """
    if not len(lines):
        return Readings()
    combination, rows = distinct([lines[column] for column in _AS_WRITTEN])
    written = lines.iloc[rows]
    cells = [
        _Cells(*texts)
        for texts in zip(*(written[column].astype(object) for column in _AS_WRITTEN), strict=True)
    ]
    named = _drawn_names(cells, registry)
    structures = _structures([*(cell.smiles for cell in cells), *named.values()], registry)
    lookup = _Lookup.of(cells, structures, registry, named)
    for cell in cells:
        _read(cell, lookup)
    _propose_names(cells, registry)
    identities = _identities(cells, structures, registry)
    return Readings(identities, _readings(cells, combination), _problems(cells, combination, lines))


class _Drawn(NamedTuple):
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
class _Lookup:
    """What the registry knows about the numbers and names of these cells."""

    numbers: dict[str, Numbers]
    names: dict[str, tuple[str, ...]]
    drawn: dict[str, _Drawn]
    named: dict[str, str]
    skeleton: dict[str, str]
    replaced: dict[str, str]
    known: set[str]

    @classmethod
    def of(
        cls, cells: Sequence[_Cells], structures: pd.DataFrame, registry: Registry, named: dict[str, str]
    ) -> _Lookup:
        texts = {text for cell in cells for text in (cell.cas, cell.ec) if text}
        bare = [cell.name for cell in cells if not any(map(str.isdigit, cell.cas + cell.ec))]
        texts |= {name for name in bare if any(map(str.isdigit, name))}
        texts |= {cell.name for cell in cells if _HAS_NUMBER.search(cell.name)}
        numbers = {text: read_numbers(text) for text in texts}
        names = list({cell.name for cell in cells if cell.name})
        meant = dict(zip(names, registry.find_names(names), strict=True))
        cas = {number for found in numbers.values() for number in found.cas}
        cas |= {
            candidate
            for found in numbers.values()
            for fault in found.faults
            for candidate in fault.candidates
        }
        cas |= {number for found in meant.values() for number in found}
        listed = sorted(cas)
        found = registry.find_cas(listed, parents=False)
        skeleton = {
            number: key[:14]
            for number, key, variable in zip(listed, found["inchikey"], found["variable"], strict=True)
            if key and not variable
        }
        replaced = {old: new for old, new in zip(listed, found["replaced_by"], strict=True) if new}
        known = {number for number, known in zip(listed, found["known"], strict=True) if known}
        rows = zip(*(structures[name] for name in ("valid", "inchikey", "numbers", "isomers")), strict=True)
        drawn = {
            str(text): _Drawn(row, bool(valid), str(key), numbers, isomers)
            for row, (text, (valid, key, numbers, isomers)) in enumerate(
                zip(structures.index, rows, strict=True)
            )
        }
        return cls(numbers, meant, drawn, named, skeleton, replaced, known)

    def drawn_as(self, number: str, drawn: _Drawn) -> bool:
        """Whether a CAS number (none: an EC number alone) may stand for a structure, as far as is known."""
        if number in self.skeleton:
            return self.skeleton[number] == drawn.key[:14]
        return not drawn.numbers

    def same(self, one: str, other: str) -> bool:
        """Whether two CAS numbers stand for one substance, its spatial form apart."""
        return one == other or (one in self.skeleton and self.skeleton[one] == self.skeleton.get(other))


def _read(cell: _Cells, lookup: _Lookup) -> None:
    """Fill in the readings of one combination of cells."""
    found = _numbers(cell, lookup)
    cell.readings = _pairs(found)
    if len(cell.readings) > 1:
        cell.why = "several-numbers"
        cell.report("number-several", "cas", found=", ".join(found.cas + found.ec))
    _read_structure(cell, lookup)
    for fault in found.faults:
        _read_fault(cell, fault.code, fault.found, fault.candidates, lookup)
    for old in [reading.cas for reading in cell.readings if reading.cas in lookup.replaced]:
        new = lookup.replaced[old]
        cell.report("cas-replaced", "cas", found=old, suggestion=new)
        _add(cell, [_Reading(cas=new, found_by="cas")], cell.why or "identity-disputed")
    _read_name(cell, lookup)
    if not cell.readings:
        cell.readings = [_Reading()]


def _numbers(cell: _Cells, lookup: _Lookup) -> Numbers:
    """The numbers of the CAS and EC cells, and the CAS numbers in the name; else all those in the name."""
    parts = [lookup.numbers[text] for text in (cell.cas, cell.ec) if text]
    if not any(map(any, parts)) and cell.name in lookup.numbers:
        in_name = lookup.numbers[cell.name]
        return Numbers(in_name.cas, in_name.ec, ())
    if parts and _HAS_NUMBER.search(cell.name):
        parts.append(Numbers(lookup.numbers[cell.name].cas, (), ()))
    return Numbers(
        tuple(dict.fromkeys(number for part in parts for number in part.cas)),
        tuple(dict.fromkeys(number for part in parts for number in part.ec)),
        tuple(dict.fromkeys(fault for part in parts for fault in part.faults)),
    )


def _pairs(found: Numbers) -> list[_Reading]:
    """A CAS and an EC number side by side are one substance; where their counts differ, each number
    is one.
    """
    if len(found.cas) == len(found.ec):
        return [_Reading(cas=cas, ec=ec, found_by="cas") for cas, ec in zip(found.cas, found.ec, strict=True)]
    return [_Reading(cas=cas, found_by="cas") for cas in found.cas] + [
        _Reading(ec=ec, found_by="ec") for ec in found.ec
    ]


def _read_structure(cell: _Cells, lookup: _Lookup) -> None:
    if not cell.smiles:
        return
    drawn = lookup.drawn[cell.smiles]
    if not drawn.valid:
        cell.report("smiles-unreadable", "smiles", found=cell.smiles)
        return
    own = _drawn_readings(drawn, "inchikey")
    isomers = [_Reading(cas=number, found_by="inchikey") for number in drawn.isomers]
    if not cell.readings:
        cell.readings = own[:1]
        _add(cell, [*own[1:], *isomers], "isomer-differs")
    elif len(cell.readings) == 1 and lookup.drawn_as(cell.readings[0].cas, drawn):
        cell.readings = [replace(cell.readings[0], structure=drawn.row)]
        if cell.readings[0].cas not in lookup.skeleton:  # nothing but the structure tells what it is
            _add(cell, isomers, "isomer-differs")
    elif not any(reading.cas in (drawn.numbers or ("",)) for reading in cell.readings):
        cell.report(
            "name-number-conflict",
            "smiles",
            found=f"{cell.readings[0].cas or cell.readings[0].ec} / {cell.smiles}",
        )
        _add(cell, own, cell.why or "identity-disputed")


def _drawn_readings(drawn: _Drawn, found_by: str) -> list[_Reading]:
    """One reading for each substance that has a structure; one without a number where nobody knows any."""
    return [_Reading(cas=cas, structure=drawn.row, found_by=found_by) for cas in drawn.numbers or ("",)]


def _read_fault(cell: _Cells, code: str, found: str, candidates: Sequence[str], lookup: _Lookup) -> None:
    """A number that does not exist: as written it is nothing, and it may have been meant to be one of the
    candidates.
    """
    column = "ec" if code.startswith("ec") or (found in cell.ec and found not in cell.cas) else "cas"
    likely = [number for number in candidates if number in lookup.known] or list(candidates)
    cell.report(code, column, found=found, suggestion=" | ".join(likely))
    if not likely and cell.readings:  # beside what was read, the cell says something that nobody understands
        _add(cell, [_Reading()], "number-repaired")
    if likely:
        by_ec = code.startswith("ec")
        guesses = [
            _Reading(ec=number, found_by="ec") if by_ec else _Reading(cas=number, found_by="cas")
            for number in likely[:_MOST_CANDIDATES]
        ]
        _add(cell, [*([] if cell.readings else [_Reading()]), *guesses], "number-repaired")


def _read_name(cell: _Cells, lookup: _Lookup) -> None:
    """A name beside a number must agree with it; a name alone is the only thing there is."""
    meant = lookup.names.get(cell.name, ())
    if cell.readings:
        _tell_apart(cell, meant)
        numbers = [reading.cas for reading in cell.readings if reading.cas]
        if not meant or any(lookup.same(number, name) for number in numbers for name in meant):
            return
        if not numbers:  # an EC number alone: nobody knows whether it is the name's
            _add(cell, [_Reading(cas=meant[0], found_by="name")], "identity-disputed")
            return
        numbers_text = ", ".join(numbers)
        cell.report(
            "name-number-conflict",
            "name",
            found=f"{cell.name} / {numbers_text}",
            suggestion=" | ".join(meant),
        )
        _add(
            cell,
            [_Reading(cas=cas, found_by="name") for cas in meant[:_MOST_CANDIDATES]],
            "identity-disputed",
        )
        return
    if meant:
        several = any(not lookup.same(meant[0], other) for other in meant[1:])
        kept = meant if several else meant[:1]
        cell.readings = [_Reading(cas=cas, found_by="name") for cas in kept[:_MOST_CANDIDATES]]
        cell.why = "identity-disputed" if several else ""
        code = "name-ambiguous" if several else "name-only"
        cell.report(code, "name", found=cell.name, suggestion=" | ".join(kept))
    elif (smiles := lookup.named.get(cell.name)) and (drawn := lookup.drawn[smiles]).valid:
        own = _drawn_readings(drawn, "name")
        cell.readings = own[:1]
        _add(cell, own[1:], "isomer-differs")
        cell.report("name-only", "name", found=cell.name, suggestion=" | ".join(drawn.numbers) or smiles)
    elif is_undisclosed(cell.name):
        cell.report("substance-undisclosed", "name", found=cell.name)
    elif cell.name and is_placeholder(cell.name):
        cell.report("substance-unidentified", "name", found=cell.name)


def _tell_apart(cell: _Cells, meant: Sequence[str]) -> None:
    """Where several substances have the structure, the name beside it may say which of them is meant."""
    several = len(cell.readings) > 1 and all(reading.structure >= 0 for reading in cell.readings)
    named = [reading for reading in cell.readings if reading.cas in meant]
    if several and named:
        cell.readings = named
        cell.why = cell.why if len(named) > 1 else ""


def _add(cell: _Cells, readings: Iterable[_Reading], why: str) -> None:
    numbers = {(reading.cas, reading.ec) for reading in cell.readings}
    cell.readings += [reading for reading in readings if (reading.cas, reading.ec) not in numbers]
    cell.why = why if len(cell.readings) > 1 else cell.why


def _propose_names(cells: Sequence[_Cells], registry: Registry) -> None:
    """A name that nobody knows is reported, with the known names that come near it; these are never
    identities.
    """
    lost = [cell for cell in cells if cell.name and not cell.readings[0].found_by and not cell.problems]
    for cell, near in zip(lost, registry.near_names([cell.name for cell in lost]), strict=True):
        if near:
            cell.report("name-near", "name", found=cell.name, suggestion=" | ".join(near))
        else:
            cell.report("substance-unidentified", "name", found=cell.name)


def _drawn_names(cells: Sequence[_Cells], registry: Registry) -> dict[str, str]:
    """The structures of names that nobody knows, with no number or structure beside them, by their rules."""
    bare = {cell.name for cell in cells if cell.name and not (cell.cas or cell.ec or cell.smiles)}
    names = [name for name in bare if not (is_undisclosed(name) or is_placeholder(name))]
    return registry.draw_names(
        [name for name, meant in zip(names, registry.find_names(names), strict=True) if not meant]
    )


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


def _identities(cells: Sequence[_Cells], structures: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """One row for each reading of each combination, in order, with what the registry knows of it."""
    readings = [(cell, reading) for cell in cells for reading in cell.readings]
    frame = pd.DataFrame(
        [
            (reading.cas, reading.ec, reading.structure, reading.found_by, cell.name)
            for cell, reading in readings
        ],
        columns=["cas", "ec", "structure", "found_by", "name"],
    )
    numbers, texts = pd.factorize(frame["cas"])
    known = registry.find_cas(list(texts), parents=True)
    for column in ("inchikey", "smiles", "formula", "parents", "variable"):
        frame[column] = known[column].to_numpy()[numbers]
    drawn = frame["structure"].to_numpy() >= 0
    for column in ("inchikey", "smiles", "formula", "parents"):
        own = structures[column].to_numpy(dtype=object)[frame["structure"].to_numpy()[drawn]]
        frame.loc[drawn, column] = np.where(own == "", frame.loc[drawn, column], own)
    frame["status"] = np.where(frame["found_by"] == "", UNIDENTIFIED, "identified")
    frame["variable"] = frame["variable"].astype(bool) & ~drawn
    return IDENTITIES.conform(frame)


def _readings(cells: Sequence[_Cells], combination: np.ndarray) -> pd.DataFrame:
    counts = np.array([len(cell.readings) for cell in cells], dtype=np.int64)
    lines = np.arange(len(combination))
    within, identity = np.zeros_like(lines), combination
    if (counts > 1).any():
        starts = np.cumsum(counts) - counts
        each = counts[combination]
        lines = np.repeat(lines, each)
        within = np.arange(len(lines)) - np.repeat(np.cumsum(each) - each, each)
        identity = np.repeat(starts[combination], each) + within
        combination = combination[lines]
    why = pd.Categorical([cell.why for cell in cells])[combination]
    made = {"line": lines, "identity": identity, "reading": within, "why": why}
    return READINGS.of(len(lines), made)


def _problems(cells: Sequence[_Cells], combination: np.ndarray, lines: pd.DataFrame) -> pd.DataFrame:
    """The problems of the cells, one for each line that has these cells."""
    of_cell = {number: cell.problems for number, cell in enumerate(cells) if cell.problems}
    if not of_cell:
        return PROBLEMS.empty()
    faulty = np.flatnonzero(np.isin(combination, list(of_cell)))
    each = [of_cell[number] for number in combination[faulty]]
    where = np.repeat(faulty, [len(found) for found in each])
    rows = pd.DataFrame([found for problems in each for found in problems])
    place = lines.iloc[where]
    rows["column"] = _headings(rows["column"], place["cells"])
    return stack(
        PROBLEMS,
        [
            rows.assign(
                line=where, row=place["row"].to_numpy(), file=place["file"].array, sheet=place["sheet"].array
            )
        ],
    )


def _headings(columns: pd.Series, cells: pd.Series) -> np.ndarray:
    """The headers over the cells that have the problems, as written; else the columns' own words."""
    pairs, first = distinct([columns.astype("category"), cells])
    words = columns.iloc[first]
    written = [
        headers(str(text)).get(word, word) for text, word in zip(cells.iloc[first], words, strict=True)
    ]
    named: np.ndarray = np.array(written, dtype=object)[pairs]
    return named
