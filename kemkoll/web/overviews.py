"""The overview that the pages of the house stand on: worked out beside the server, and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Response

from kemkoll.assortment.overview import Overview, overview
from kemkoll.lists import status
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.store import Known
from kemkoll.web.remembered import looked

if TYPE_CHECKING:
    from kemkoll.web.visit import Visit


@dataclass(frozen=True)
class Looked:
    """The overview, and the lists of which a new edition is overdue."""

    overview: Overview
    stale: tuple[str, ...]


def overview_of(visit: Visit, batch: int = 0) -> Looked | None:
    """How every article stands today; None: it takes longer than a page may.

    Args:
        batch: number of the batch that is looked at; 0: the newest.

    Raises:
        StoreError: there is no such batch.
    """
    done, made = looked(visit, "overview", _overview, batch)
    return made if done else None


def _overview(known: Known, on: str, batch: int) -> Looked:
    lists = status(on)
    stale = tuple(lists["list"][lists["stale"]])
    return Looked(overview(known, on, library_of(), Registry.open(), batch), stale)


def being_worked_out(visit: Visit) -> Response:
    """The page that says that something is being worked out, and looks again by itself."""
    return visit.render("looking")
