"""Which substance does each line mean?

Every line gets at least one reading. It gets several where the supplier's cells allow several: a name and a
number that disagree, several numbers in one cell, a number that has been replaced, or one that does not exist
and may be a slip for another. Nothing is ever corrected: what a number may have been meant to be stands as
one reading beside the number as written, so a guess can lead to a `review` and never to more.

Work is done once for each distinct combination of name, numbers and structure, and joined back to the lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.identity.cells import AS_WRITTEN, Cells
from kemkoll.identity.drawn import Drawings
from kemkoll.identity.lookup import Lookup
from kemkoll.identity.reading import read
from kemkoll.registry import Registry
from kemkoll.tables import (
    IDENTITIES,
    PROBLEMS,
    READINGS,
    UNIDENTIFIED,
    Readings,
    distinct,
    headers,
    stack,
)


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
    combination, rows = distinct([lines[column] for column in AS_WRITTEN])
    written = lines.iloc[rows]
    texts = zip(*(written[column].astype(object) for column in AS_WRITTEN), strict=True)
    cells = [Cells(*own) for own in texts]
    lookup = Lookup.of(cells, registry)
    drawings = Drawings.of(cells, lookup, registry)
    for cell in cells:
        read(cell, lookup, drawings)
    _propose_names(cells, registry)
    identities = _identities(cells, drawings.structures, registry)
    counts = np.array([len(cell.readings) for cell in cells], dtype=np.int64)
    why = pd.Categorical([cell.why for cell in cells])
    readings = readings_of(counts, why, combination)
    return Readings(identities, readings, _problems(cells, combination, lines))


def _propose_names(cells: Sequence[Cells], registry: Registry) -> None:
    """A name that nobody knows is reported, with the known names that come near it; these are never
    identities.
    """
    lost = [cell for cell in cells if cell.name and not cell.readings[0].found_by and not cell.problems]
    for cell, near in zip(lost, registry.near_names([cell.name for cell in lost]), strict=True):
        if near:
            cell.report("name-near", "name", found=cell.name, suggestion=" | ".join(near))
        else:
            cell.report("substance-unidentified", "name", found=cell.name)


def _identities(cells: Sequence[Cells], structures: pd.DataFrame, registry: Registry) -> pd.DataFrame:
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


def readings_of(counts: np.ndarray, why: Any, combination: np.ndarray) -> pd.DataFrame:
    """The readings of each line (`tables.READINGS`), whose identities stand in the order of the combinations.

    Args:
        counts: how many readings each combination of cells has.
        why: why it has several (categories).
        combination: that of each line.
    """
    lines = np.arange(len(combination))
    within, identity = np.zeros_like(lines), combination
    if (counts > 1).any():
        starts = np.cumsum(counts) - counts
        each = counts[combination]
        lines = np.repeat(lines, each)
        within = np.arange(len(lines)) - np.repeat(np.cumsum(each) - each, each)
        identity = np.repeat(starts[combination], each) + within
        combination = combination[lines]
    made = {"line": lines, "identity": identity, "reading": within, "why": why[combination]}
    return READINGS.of(len(lines), made)


def _problems(cells: Sequence[Cells], combination: np.ndarray, lines: pd.DataFrame) -> pd.DataFrame:
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


__all__ = ["identify", "readings_of"]
