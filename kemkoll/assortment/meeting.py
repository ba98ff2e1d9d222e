"""Which articles are declared to hold something that meets some entries: each wording is looked at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select

from kemkoll.identity import identify
from kemkoll.matching import match
from kemkoll.registry import Registry
from kemkoll.store import Known, bulk, declared
from kemkoll.store.models import DeclaredArticle, Line
from kemkoll.store.once import table_of
from kemkoll.tables import Declarations, Law


def articles_meeting(known: Known, laws: Sequence[Law], registry: Registry) -> np.ndarray:
    """`Article.article` of those one of whose lines meets an entry of one of the laws.

    Every substance as written is identified and matched once, however many lines have it; which lines these
    are, the database knows.

    Args:
        known: the moment.
        laws: entries in force, none of which is met by what materials or functions are called.
        registry: where substances are looked up.
    """
    numbers, lines = declared.all_written(known)
    readings = identify(lines, registry)
    met = np.zeros(len(lines), dtype=bool)
    for law in laws:
        hits = match(readings, Declarations(lines=lines), law, registry)
        met[hits.hits["line"].to_numpy()] = True
    return _declared_with(known, numbers[met])


def _declared_with(known: Known, written: np.ndarray) -> np.ndarray:
    """The articles that current declarations say hold one of these substances as written."""
    line, own = table_of(Line), table_of(DeclaredArticle)
    asked = select(own.c.article).distinct().join(line, line.c.declared == own.c.id)
    asked = asked.where(declared.is_current(known))
    found = [
        bulk.select(known.connection, asked.where(line.c.written.in_(part)))["article"].to_numpy()
        for part in bulk.pieces(written.tolist())
    ]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *found]))
