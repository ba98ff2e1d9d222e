"""Annex XVII of REACH as ECHA CHEM exports it: one row per amendment, conditions as links only."""

from __future__ import annotations

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, says
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "ECHA CHEM, restriction list"
_HEADERS = {
    "name": ["substance name"],
    "wording": ["description"],
    "ec": ["ec number"],
    "cas": ["cas number"],
    "official": ["entry number"],
    "conditions": ["conditions"],
    "published": ["regulatory outcome date"],
}
_NEEDED = ("name", "official", "conditions", "published")


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The entries by their numbers in the Annex: 1, 18a; the first amendment is the day of each."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    numbers = table["official"].map(says).str.lstrip("0").str.lower()
    days = table["published"].map(date_of)
    lines = pd.DataFrame(
        {
            "key": numbers,
            "official": numbers,
            "name": table["name"],
            "wording": table["wording"].map(says),
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": "restricted in REACH Annex XVII",
            "published": days,
            "since": days,
            "reference": "REACH Annex XVII, entry " + numbers,
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    newest = max(days, default="")
    return build(
        "eu-reach-restriction",
        N_("the restriction list (Annex XVII) of REACH, exported from ECHA CHEM"),
        lines,
        file=str(source.path),
        date=newest,
        names_members=False,
        notes=[
            (N_("This export leaves out the members of groups: those known already stay."), {}),
            (N_("It has no limits either: what a new entry restricts must be read in the act."), {}),
        ],
    )
