"""The lists of endocrine disruptors of edlists.org: one file per list, one row per status of a substance."""

from __future__ import annotations

import re
import zipfile
from typing import Any

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, says
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source

NAME = "EDLists"
_HEADERS = {
    "official": ["id for name"],
    "name": ["name and abbreviation"],
    "cas": ["cas no"],
    "ec": ["ec list no"],
    "health": ["health effects"],
    "environment": ["environmental effects"],
    "status": ["status"],
    "field": ["regulatory field"],
    "year": ["status year", "year"],
    "lists": ["appears on lists", "also appears on lists"],
}
_NEEDED = ("official", "name", "status", "lists")


def recognises(source: Source) -> bool:
    """Whether the file is one of these exports."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The substances of one list, with every status; the list is the one that all its rows name."""
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    part = _part(table)
    date = _date(source)
    years = table["year"].map(lambda text: max(re.findall(r"\d{4}", text), default=""))
    lines = pd.DataFrame(
        {
            "key": table["name"].map(lambda text: " ".join(says(text).split())),
            "official": table["official"].map(says),
            "name": table["name"],
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": _reasons(table),
            "since": years.map(lambda year: min(f"{year}-12-31", date or "9") if year else ""),
            "reference": f"edlists.org, {part}",
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    what = N_("a list of endocrine disruptors from edlists.org")
    list_ = "eu-endocrine" if part == "List I" else "endocrine-suspected"
    notes = [(N_("It is {part}; statuses have years only, and count from their last day."), {"part": part})]
    more: dict[str, Any] = {
        "date": date,
        "retrieved": date,
        "notes": notes,
        "parts": (part,),
        "one_by_one": True,
    }
    if list_ == "endocrine-suspected":
        more["all_parts"] = ("List II", "List III")
    return build(list_, what, lines, file=str(source.path), **more)


def _part(table: pd.DataFrame) -> str:
    """The one of the three lists on which every row's substance is; of several, that of the fewest others."""
    named = table["lists"].map(lambda text: frozenset(re.findall(r"List I+", text)))
    everywhere = frozenset.intersection(*named) if len(named) else frozenset()
    return max(everywhere, key=len, default="List I")


def _reasons(table: pd.DataFrame) -> list[str]:
    columns = zip(
        *(table[name] for name in ("status", "field", "year", "health", "environment")), strict=True
    )
    made = []
    for status, field, year, health, environment in columns:
        effects = [
            word for word, said in (("human health", health), ("environment", environment)) if says(said)
        ]
        details = ", ".join(filter(None, (says(field), says(year), " and ".join(effects))))
        made.append(f"{says(status)} ({details})" if details else says(status))
    return made


def _date(source: Source) -> str:
    """The day on which the site wrote the workbook; "" for a file that is none."""
    if not zipfile.is_zipfile(source.path):
        return ""
    with zipfile.ZipFile(source.path) as archive:
        about = archive.read("docProps/core.xml") if "docProps/core.xml" in archive.namelist() else b""
    found = re.search(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\d)", about)
    return date_of(found[1].decode()) if found else ""
