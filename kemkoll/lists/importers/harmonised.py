"""Harmonised classifications (Annex VI of CLP) as ECHA CHEM exports them, or as ECHA's table of the Annex."""

from __future__ import annotations

import re

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, says
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "ECHA CHEM, harmonised classifications"
_HEADERS = {
    "official": ["index number", "index no"],
    "name": ["substance name", "international chemical identification", "chemical name"],
    "ec": ["ec number", "ec no"],
    "cas": ["cas number", "cas no"],
    "reason": [
        "hazard class category and statement code s",
        "hazard class and category code s",
        "classification hazard class and category code s",
    ],
    "atp": ["atp", "atp inserted atp updated"],
    "since": ["from", "date of application"],
    "until": ["to"],
}
_NEEDED = ("official", "name", "cas", "reason")
CMR = re.compile(r"(?:Carc|Muta|Repr)\. 1[AB]?\b")
"""The classes that the list `eu-clp-cmr` takes in."""


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The entries by index number; the list of carcinogenic, mutagenic and toxic ones takes in those alone.

    An index number has a row for each substance under it, or one row with numbered lines. A row whose last
    day has come before another of its number begins is an earlier classification.
    """
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    numbers = table["official"].map(says).str.upper()
    classes = table["reason"].map(lambda text: "; ".join(filter(None, map(says, text.split("\n")))))
    days = table["since"].map(date_of)
    lines = pd.DataFrame(
        {
            "key": numbers,
            "official": numbers,
            "name": table["name"],
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": classes,
            "published": days,
            "since": days,
            "until": table["until"].map(date_of),
            "reference": "CLP Annex VI"
            + table["atp"].map(lambda text: f", {said}" if (said := says(text)) else ""),
            "chosen": classes.str.contains(CMR),
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    last = lines.groupby("key")["since"].transform("max")
    return _built(source, lines[lines["until"].eq("") | lines["since"].eq(last)])


def _built(source: Source, current: pd.DataFrame) -> Export:
    return build(
        "eu-clp-cmr",
        N_("the harmonised classifications of Annex VI of CLP"),
        current,
        file=str(source.path),
        notes=[
            (
                N_(
                    "{n} of {all} index numbers are carcinogenic, mutagenic or toxic for reproduction "
                    "(1A, 1B)."
                ),
                {"n": current.loc[current["chosen"], "key"].nunique(), "all": current["key"].nunique()},
            )
        ],
    )
