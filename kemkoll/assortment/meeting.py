"""Which articles are declared to hold something that meets some entries: each wording is looked at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kemkoll.flow import Reader
from kemkoll.identity import identify
from kemkoll.matching import match
from kemkoll.registry import Registry
from kemkoll.store import Known, declarations
from kemkoll.tables import Declarations, Law


def articles_meeting(
    known: Known, laws: Sequence[Law], registry: Registry, *, read: Reader = identify
) -> np.ndarray:
    """`Article.article` of those one of whose lines meets an entry of one of the laws.

    Every substance as written is identified and matched once, however many lines have it; which lines these
    are, the database knows.

    Args:
        known: the moment.
        laws: entries in force, none of which is met by what materials or functions are called.
        registry: where substances are looked up.
        read: what tells the substances that each line may mean.
    """
    numbers, lines = declarations.all_written(known)
    readings = read(lines, registry)
    met = np.zeros(len(lines), dtype=bool)
    for law in laws:
        if not len(law.entries):
            continue
        hits = match(readings, Declarations(lines=lines), law, registry)
        met[hits.hits["line"].to_numpy()] = True
    return declarations.articles_with(known, numbers[met])
