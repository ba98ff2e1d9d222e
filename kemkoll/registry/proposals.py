"""Names that are nearly the one a supplier wrote: proposals for a person, never identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kemkoll.registry.names import normal_name
from kemkoll.registry.shelf import Shelf

TRIED = 40
"""At most so many names are looked for; the others get no proposals."""
GIVEN = 3
SHORTEST = 5
"""Shorter names have too many neighbours."""


def near(names: Sequence[str], shelf: Shelf) -> list[list[int]]:
    """For each name the CAS numbers (digits) of the nearest names, at most `GIVEN`.

    Names of up to 8 letters may differ by one letter, longer ones by two; letters changed, missing, added or
    swapped.
    """
    found: list[list[int]] = [[] for _ in names]
    by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
    tried: set[str] = set()
    for place, name in enumerate(names):
        normal = normal_name(name)
        if (
            SHORTEST <= len(normal) <= 80
            and sum(map(str.isalpha, normal)) * 2 > len(normal)
            and len(tried) < TRIED
        ):
            tried.add(normal)
            by_length[len(normal)].append((place, normal))
    if by_length:
        table = shelf.tables["names"]
        lengths = _lengths(table)
        for length, wanted in by_length.items():
            reach = 1 if length <= 8 else 2
            rows = np.flatnonzero(abs(lengths - length) <= reach)
            for (place, _), nearest in zip(
                wanted, _nearest([text for _, text in wanted], rows, table, reach), strict=True
            ):
                numbers = shelf.cas(table.column("row").to_numpy()[nearest])
                found[place] = list(dict.fromkeys(numbers.tolist()))[:GIVEN]
    return found


def _nearest(
    texts: list[str], rows: npt.NDArray[np.int64], table: Any, reach: int
) -> list[npt.NDArray[np.int64]]:
    """For each text the rows of `names` within reach, nearest and most trusted first."""
    import pyarrow as pa
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    choices = table.column("text").take(pa.array(rows)).to_pylist()
    trust = table.column("trust").to_numpy()[rows]
    distances = cdist(texts, choices, scorer=OSA.distance, score_cutoff=reach, dtype=np.uint8)
    nearest = []
    for line in distances:
        places = np.flatnonzero(line <= reach)
        order = np.lexsort((trust[places], line[places]))
        nearest.append(rows[places[order]])
    return nearest


def _lengths(table: Any) -> npt.NDArray[np.int64]:
    import pyarrow.compute as pc

    return np.asarray(pc.utf8_length(table.column("text")).to_numpy())
