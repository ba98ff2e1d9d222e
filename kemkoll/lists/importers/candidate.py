"""The Candidate List as ECHA CHEM exports it: one row per decision, groups without their members."""

from __future__ import annotations

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.article57 import reason_of
from kemkoll.lists.importers.cells import date_of, says, title_of
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "ECHA CHEM, Candidate List"
_HEADERS = {
    "name": ["substance name"],
    "wording": ["description"],
    "ec": ["ec number"],
    "cas": ["cas number"],
    "published": ["date of inclusion"],
    "reason": ["reason for inclusion"],
    "decision": ["decision"],
    "annex": ["pops regulation annex"],
}
_NEEDED = ("name", "cas", "published", "reason", "decision")


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The entries of the list; an entry has a row for each decision about it."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    days = table["published"].map(date_of)
    lines = pd.DataFrame(
        {
            "key": table["name"].map(title_of),
            "name": table["name"],
            "wording": table["wording"].map(says),
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": table["reason"].map(reason_of),
            "published": days,
            "since": days,
            "reference": "REACH Art. 59(10)",
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    return build(
        "eu-reach-candidate",
        N_("the Candidate List of REACH, exported from ECHA CHEM"),
        lines,
        file=str(source.path),
        names_members=False,
        notes=[(N_("This export leaves out the members of groups: those known already stay."), {})],
    )
