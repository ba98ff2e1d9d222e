"""PRIO, the database of the Swedish Chemicals Agency, as its site exports it, in Swedish or English.

The headers are those that public readers of the English export of 2022 name, and the Swedish words for them;
no newer export was seen. The database gives examples of hazardous substances: it is imported, never shipped.
"""

from __future__ import annotations

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import numbers_of, says, title_of
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "KEMI, PRIO"
_HEADERS = {
    "name": ["substance name", "ämnesnamn", "ämne", "namn", "name"],
    "cas": ["cas nr", "cas no", "cas number", "cas nummer", "cas"],
    "ec": ["eg nr", "ec no", "ec number", "eg nummer", "eg"],
    "level": ["priority level", "prioriteringsnivå", "prioritetsnivå", "prio nivå", "prionivå"],
    "reason": [
        "hazardous properties",
        "hazardous property",
        "properties",
        "criteria",
        "prio criteria",
        "farliga egenskaper",
        "egenskaper",
        "kriterier",
        "prio kriterier",
        "classification",
        "klassificering",
    ],
    "group": ["substance group", "substance groups", "ämnesgrupp", "ämnesgrupper"],
}
_NEEDED = ("name", "cas", "level")
_LEVELS = {
    "potential phase-out or risk-reduction substance": ("potential", "potentiell"),
    "phase-out substance": ("phase-out", "phase out", "utfasning"),
    "priority risk-reduction substance": ("risk",),
}
"""The levels in English, each with the words that tell it, in the order in which they are looked for."""


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The substances with their level: to be phased out, or their risk to be reduced first."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    names = table["name"].map(title_of)
    numbers = [_first(f"{cas}\n{ec}") for cas, ec in zip(table["cas"], table["ec"], strict=True)]
    lines = pd.DataFrame(
        {
            "key": (names + "\t" + pd.Series(numbers, index=table.index)).where(names != "", ""),
            "name": table["name"],
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": [
                "; ".join(filter(None, (_level(level), says(reason).replace("\n", "; "), says(group))))
                for level, reason, group in zip(table["level"], table["reason"], table["group"], strict=True)
            ],
            "reference": "Swedish Chemicals Agency, PRIO",
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    return build("prio", N_("PRIO of the Swedish Chemicals Agency"), lines, file=str(source.path))


def _level(text: str) -> str:
    """The level in English; as written where it is none of those known.

    >>> _level("Utfasningsämne"), _level("Priority risk-reduction substance")
    ('phase-out substance', 'priority risk-reduction substance')
    """
    said = text.casefold()
    found = (level for level, words in _LEVELS.items() if any(word in said for word in words))
    return next(found, says(text))


def _first(text: str) -> str:
    return next((number.value for number in numbers_of(text)), "")
