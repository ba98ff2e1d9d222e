"""The Candidate List as ECHA's older page exports it: tab-separated, with the members of groups."""

from __future__ import annotations

import re

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.article57 import reason_of
from kemkoll.lists.importers.cells import date_of, numbers_of, says, title_of
from kemkoll.lists.importers.export import MEMBER, Export, build
from kemkoll.lists.importers.source import Source

NAME = "ECHA, Candidate List with members"
_TITLE = "candidate list of svhc for authorisation"
_COLUMNS = (
    "name", "wording", "ec", "cas", "reason", "published", "decision", "dataset", "support", "responses",
    "remarks",
)  # fmt: skip
"""The columns by their place: their headers are in the language of the page."""


def recognises(source: Source) -> bool:
    """Whether the file is this export, in whatever language."""
    return any(title.casefold().startswith(_TITLE) for title in source.titles) and _table(source) is not None


def read(source: Source) -> Export:
    """The entries with their members.

    An entry and its members stand on rows that follow each other, share the papers of its inclusion, and
    share them with no other entry: the first such row is the entry.
    """
    table = _table(source)
    assert table is not None
    papers = table[["decision", "support", "responses", "published"]].agg("\t".join, axis=1)
    names = table["name"].map(title_of)
    new = (papers != papers.shift()) | (papers.str.strip() == table["published"].str.strip())
    run = new.cumsum()
    keys = names[new].groupby(run[new]).first()
    days = table["published"].map(date_of)
    lines = pd.DataFrame(
        {
            "key": run.map(keys).where(names != "", ""),
            "name": table["name"],
            "wording": table["wording"].map(says),
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": table["reason"].map(reason_of).where(new, ""),
            "published": days.where(new, ""),
            "since": days.where(new, ""),
            "reference": "REACH Art. 59(10)",
            "row": table["row"],
        }
    )
    said = next((text for text in source.titles if "date:" in text.casefold()), "")
    return build(
        "eu-reach-candidate",
        N_("the Candidate List of REACH with the members of groups, exported from ECHA's older page"),
        lines,
        file=str(source.path),
        members=_unnumbered(lines[~new]),
        retrieved=date_of(said.partition(":")[2].strip()),
    )


def _table(source: Source) -> pd.DataFrame | None:
    for sheet in source.sheets:
        cells = sheet.cells
        if cells.shape[1] < len(_COLUMNS) - 1:
            continue
        head = cells.head(20).astype(str)
        at = [
            place
            for place, text in enumerate(head[3])
            if re.match("n?[°º. ]*(cas|sac)\\b", text, re.IGNORECASE)
        ]
        if at:
            body = cells.iloc[at[0] + 1 :].astype(object).reindex(columns=range(len(_COLUMNS)), fill_value="")
            return body.set_axis([*_COLUMNS], axis=1).assign(row=body.index).reset_index(drop=True)
    return None


def _unnumbered(lines: pd.DataFrame) -> pd.DataFrame:
    """Members for which the list gives no number."""
    bare = [not numbers_of(f"{cas}\n{ec}") for cas, ec in zip(lines["cas"], lines["ec"], strict=True)]
    rows = lines[bare]
    names = rows["name"].map(title_of)
    made = pd.DataFrame(
        {"key": rows["key"], "kind": "group", "value": names, "name_en": names, "row": rows["row"]}
    )
    return made[[*MEMBER]].drop_duplicates(["key", "value"])
