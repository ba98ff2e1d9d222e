"""The POPs Regulation as ECHA CHEM exports it; the day of inclusion is no day of application."""

from __future__ import annotations

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, says, title_of
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "ECHA CHEM, POPs list"
_HEADERS = {
    "name": ["substance name"],
    "wording": ["description"],
    "ec": ["ec number"],
    "cas": ["cas number"],
    "published": ["date of inclusion"],
    "annex": ["pops regulation annex"],
}
_NEEDED = ("name", "cas", "annex")


def recognises(source: Source) -> bool:
    """Whether the file is this export."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The substances of the Annexes; those of Annex III alone are no ban, and the list leaves them out."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    days = table["published"].map(date_of)
    annexes = table["annex"].map(lambda text: ", ".join(dict.fromkeys(says(text).split("\n"))))
    lines = pd.DataFrame(
        {
            "key": table["name"].map(title_of),
            "name": table["name"],
            "wording": table["wording"].map(says),
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": "persistent organic pollutant",
            "published": days,
            "since": days,
            "reference": "Regulation (EU) 2019/1021, " + annexes,
            "chosen": annexes.str.contains(r"Annex I(?:,|$)"),
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    return build(
        "eu-pops",
        N_("the substances of the POPs Regulation, exported from ECHA CHEM"),
        lines,
        file=str(source.path),
        names_members=False,
        notes=[
            (N_("This export leaves out the members of groups: those known already stay."), {}),
            (N_("Its days are those of publication: read in the act from when a new entry applies."), {}),
        ],
    )
