"""ChemSec's SIN List as its site exports it.

The headers are those that public readers of the export of 2022 name; no newer export was seen. ChemSec gives
the list to those who ask for it: it is imported, and never shipped.
"""

from __future__ import annotations

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, numbers_of, says, title_of
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "ChemSec, SIN List"
_HEADERS = {
    "name": ["name", "substance name", "chemical name"],
    "cas": ["cas number", "cas no", "cas"],
    "ec": ["ec number", "ec no", "ec"],
    "since": [
        "date for inclusion on the sin list",
        "date of inclusion on the sin list",
        "date of inclusion on sin list",
        "sin list inclusion date",
        "date of inclusion on sin",
    ],
    "reason": [
        "reason for inclusion on the sin list",
        "reason for inclusion",
        "health and environmental concerns",
        "health environmental concerns",
        "hazard",
        "concern",
    ],
    "group": ["group", "sin group", "sin groups", "chemical group"],
}
_NEEDED = ("name", "cas", "since")


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The substances; two rows of one name are one entry only where they share a number."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    names = table["name"].map(title_of)
    first = pd.Series(
        [_first(f"{cas}\n{ec}") for cas, ec in zip(table["cas"], table["ec"], strict=True)], index=table.index
    )
    days = table["since"].map(date_of)
    lines = pd.DataFrame(
        {
            "key": (names + "\t" + first).where(names != "", ""),
            "name": table["name"],
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": [
                "; ".join(filter(None, map(says, row)))
                or "substance of very high concern by ChemSec’s reading of REACH"
                for row in zip(table["reason"], table["group"], strict=True)
            ],
            "published": days,
            "since": days,
            "reference": "ChemSec, SIN List",
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    return build("sin-list", N_("the SIN List of ChemSec"), lines, file=str(source.path))


def _first(text: str) -> str:
    return next((number.value for number in numbers_of(text)), "")
