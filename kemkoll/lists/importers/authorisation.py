"""Annex XIV of REACH as ECHA CHEM exports it."""

from __future__ import annotations

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.article57 import reason_of
from kemkoll.lists.importers.cells import date_of, says, title_of
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "ECHA CHEM, authorisation list"
_HEADERS = {
    "name": ["substance name"],
    "wording": ["description"],
    "ec": ["ec number"],
    "cas": ["cas number"],
    "official": ["entry number"],
    "application": ["latest application date"],
    "sunset": ["sunset date"],
    "reason": ["reason for inclusion"],
    "published": ["regulatory outcome date"],
}
_NEEDED = ("name", "cas", "sunset", "reason")


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The entries of the Annex; the reason of each ends with its last day of application and its sunset."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    days = table["published"].map(date_of)
    lines = pd.DataFrame(
        {
            "key": table["name"].map(title_of),
            "official": table["official"].map(says).str.lstrip("0"),
            "name": table["name"],
            "wording": table["wording"].map(says),
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": [
                "; ".join(
                    filter(None, (reason_of(reason), _day("latest application", last), _day("sunset", end)))
                )
                for reason, last, end in zip(
                    table["reason"], table["application"], table["sunset"], strict=True
                )
            ],
            "published": days,
            "since": days,
            "reference": "REACH Annex XIV",
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    return build(
        "eu-reach-authorisation",
        N_("the authorisation list (Annex XIV) of REACH, exported from ECHA CHEM"),
        lines,
        file=str(source.path),
        names_members=False,
    )


def _day(what: str, text: str) -> str:
    return f"{what} {day}" if (day := date_of(text)) else ""
