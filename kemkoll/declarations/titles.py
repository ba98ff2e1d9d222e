"""Under which header the supplier wrote each field, so that a problem names the column as the file does."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from kemkoll.declarations.layout import Block

_OTHER = {
    "article_mass": "mass",
    "article_name": "any_name",
    "conditions": "condition",
    "component": "ingredients",
    "name": "name_cas",
    "cas": "name_cas",
}
"""Fields of headers that give a field of rows in another way."""


class Title(NamedTuple):
    """The header over one field of a table, from its header row down; or the label of a note, in its row."""

    sheet: str
    top: int
    field: str
    text: str
    row: int = 0


def block_titles(block: Block) -> list[Title]:
    """The headers of a table and the labels of its notes."""
    sheet, top = block.sheet.name, block.header_row
    made = [
        Title(sheet, top, header.field, header.text)
        for header in block.headers
        if header.field not in ("", "unused")
    ]
    known = {title.field for title in made}
    for _, row, header in block.notes.values():
        if header.field not in known:
            made.append(Title(sheet, top, header.field, header.text, row))
    return made


def name_columns(problems: pd.DataFrame, titles: list[Title]) -> pd.DataFrame:
    """The problems with the header or label as written in place of the field that it was read as.

    >>> problems = pd.DataFrame({"sheet": ["", ""], "row": [3, 3], "column": ["date", "Halt"]})
    >>> name_columns(problems, [Title("", 1, "date", "Datum")])["column"].tolist()
    ['Datum', 'Halt']
    """
    known: dict[tuple[str, str], list[Title]] = {}
    for title in sorted(titles, key=lambda title: title.top):
        known.setdefault((title.sheet, title.field), []).append(title)
    columns, rows = problems["column"].astype(object).tolist(), problems["row"].tolist()
    for i, (sheet, field) in enumerate(zip(problems["sheet"].astype(object), columns, strict=True)):
        found = known.get((sheet, field)) or known.get((sheet, _OTHER.get(field, field)), [])
        above = [title for title in found if title.top <= rows[i]]
        if above:
            columns[i], rows[i] = above[-1].text, above[-1].row or rows[i]
    return problems.assign(column=columns, row=rows)
