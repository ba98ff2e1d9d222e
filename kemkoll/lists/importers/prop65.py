"""California's Proposition 65 list: OEHHA's workbook, where struck-out rows are delisted, or its CSV."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, numbers_of, says
from kemkoll.lists.importers.export import Export, build
from kemkoll.lists.importers.source import Source
from kemkoll.sheets import look

NAME = "OEHHA, Proposition 65"
_HEADERS = {
    "name": ["chemical", "name"],
    "toxicity": ["type of toxicity", "toxicity"],
    "mechanism": ["listing mechanism", "mechanism"],
    "cas": ["cas no", "cas number", "cas"],
    "since": ["date listed"],
    "delisted": ["delisted"],
}
_NEEDED = ("name", "toxicity", "cas", "since")
_FACTS = ("toxicity", "mechanism", "since")
"""Columns of which a listing has at least one; a row of daily levels and a footnote have none."""
_COUNTED = N_(
    "Of {rows} rows {n} are struck out (delisted), and {levels} are daily levels or footnotes: "
    "they are left out."
)
_UNSTRUCK = N_(
    "Nothing in this file is struck out: a CSV shows delisted chemicals as listed. Take the workbook."
)
_REMARK = re.compile(r"\s*\[(?:Basis for|Click here|Delisted)[^\]]*\]?", re.IGNORECASE)
_ENDPOINTS = {"male": "male reproductive", "female": "female reproductive"}


def recognises(source: Source) -> bool:
    """Whether the file is this list."""
    return source.table(_HEADERS, *_NEEDED) is not None


def read(source: Source) -> Export:
    """The chemicals whose listing is in force; rows of one number, or one name where there is none, are one.

    A chemical is listed once for each kind of harm, each with its own day. Rows that hold a daily level
    alone, of a form or a route, are no listings; footnotes stand below the list.
    """
    table = source.table(_HEADERS, *_NEEDED)
    assert table is not None
    struck = _struck_out(source)
    gone = table["row"].isin(struck) | table["delisted"].map(_is_yes)
    listing = table[[*_FACTS]].agg("".join, axis=1).str.strip().ne("") & table["name"].map(says).ne("")
    rows = {"rows": len(table), "n": int(gone.sum()), "levels": int((~listing & ~gone).sum())}
    notes: list[tuple[str, dict[str, Any]]] = [(_COUNTED, rows)]
    if not struck and "delisted" not in table.attrs["known"]:
        notes.append((_UNSTRUCK, {}))
    lines = _lines(table[listing & ~gone])
    export = build(
        "us-ca-prop65", N_("California’s Proposition 65 list"), lines, file=str(source.path), notes=notes
    )
    return replace(export, one_by_one=True, date=max(_edition(source), export.date))


def _lines(table: pd.DataFrame) -> pd.DataFrame:
    names = table["name"].map(lambda text: " ".join(_REMARK.sub("", text).split()))
    days = table["since"].map(lambda text: date_of(text, month_first=True))
    numbers = table["cas"].map(lambda text: next((number.value for number in numbers_of(text)), ""))
    return pd.DataFrame(
        {
            "key": numbers.where(numbers != "", names.str.casefold()),
            "name": names,
            "cas": table["cas"],
            "reason": table["toxicity"].map(_endpoints),
            "published": days,
            "since": days,
            "reference": "California Code of Regulations, title 27, section 27001",
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )


def _endpoints(text: str) -> str:
    """The kinds of harm, in words.

    >>> _endpoints("developmental,   male"), _endpoints("cancer")
    ('developmental, male reproductive', 'cancer')
    """
    words = re.findall(r"[a-z]+", text.casefold())
    return ", ".join(dict.fromkeys(_ENDPOINTS.get(word, word) for word in words))


def _is_yes(text: str) -> bool:
    return text.strip().casefold() in ("true", "yes", "1", "x")


def _edition(source: Source) -> str:
    """The day of the list, where a title says it: “… July 31, 2026”; "" where none does."""
    months = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    for title in source.titles:
        if "listed" not in title.casefold() and (found := re.search(rf"{months} \d{{1,2}}, \d{{4}}", title)):
            return date_of(found[0])
    return ""


def _struck_out(source: Source) -> set[int]:
    """The rows whose name is struck out, which the cells alone do not tell."""
    if look(source.path).kind != "xlsx":
        return set()
    import openpyxl

    with source.path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = {
            cell.row
            for row in sheet.iter_rows(max_col=3)
            for cell in row
            if cell.value is not None and cell.font is not None and cell.font.strike
        }
        book.close()
    return rows
