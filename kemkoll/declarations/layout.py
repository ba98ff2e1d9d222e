"""Where the tables of a sheet lie: header rows, the notes above them, the rows under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from kemkoll.declarations.headers import Header, parse_header
from kemkoll.declarations.rows import filled, take
from kemkoll.sheets import Sheet

SUBSTANCE_FIELDS = {"name", "name_cas", "cas", "ec", "smiles", "ingredients", "any_name"}
AMOUNT_FIELDS = {"amount", "amount_low", "amount_high", "amount_mass"}
_NOTES = {
    "article",
    "article_name",
    "supplier",
    "gtin",
    "date",
    "valid_until",
    "placed_on_market",
    "complete_down_to",
    "conditions",
    "condition",
    "basis",
    "list",
    "edition",
    "answer",
    "cas",
    "name",
    "ec",
    "component",
    "material",
    "article_mass",
    "component_mass",
    "mass",
    "complies",
    "contains",
    "any_name",
    "reason",
    "derogation",
}
_PARTS = {"parent", "component_mass", "mass", "quantity", "material", "material_mass", "article"}
_ABOUT = {
    "article_name",
    "gtin",
    "supplier",
    "article_mass",
    "mass",
    "conditions",
    "condition",
    "placed_on_market",
    "any_name",
    "date",
}
_DATA = re.compile(r"\d{2,7}-\d\d-\d\b|^\W*\d+([.,]\d+)?\W{0,3}(%|ppm|mg/kg|mg|g)?$")
_LOST = re.compile(r"\b\d{2,7}-\d\d-\d\b|\d\s*(%|ppm\b|mg/kg)")
"""What a row above a table says that may be about a substance."""
_SEARCHED = 200
"""Rows in which a first header row is looked for."""
_MANY = 2000
"""From so many distinct texts on, a column is searched only for headers that were seen before."""


@dataclass
class Block:
    """One table of a sheet.

    Attributes:
        sheet: the sheet it stands on.
        headers: what each column is; `field` is "" for columns that are not understood.
        header_row: source row of the header.
        at: positions of its rows in the sheet's cells.
        notes: what the rows above say about all of it, field to (text, source row, header).
        problems: rows above that hold data, and belong to no table.
    """

    sheet: Sheet
    headers: list[Header]
    header_row: int
    at: np.ndarray
    notes: dict[str, tuple[str, int, Header]] = field(default_factory=dict)
    problems: list[dict[str, object]] = field(default_factory=list)

    def columns(self, *fields: str) -> list[int]:
        """The positions of the columns of some fields."""
        return [i for i, header in enumerate(self.headers) if header.field in fields]


def find_blocks(sheet: Sheet) -> list[Block]:
    """The tables of the sheet, top to bottom, each with the notes that stand above it."""
    cells = sheet.cells
    numbers = cells.index.to_numpy()
    blocks: list[Block] = []
    notes: dict[str, tuple[str, int, Header]] = {}
    end = 0
    for start, height, headers in _find_headers(cells):
        if start < end:
            continue
        top = _preface(cells, end, start, first=not blocks)
        if blocks:
            blocks[-1].at = np.arange(blocks[-1].at[0] if len(blocks[-1].at) else end, top)
        own, lost = {}, []
        for i in range(top, start):
            texts = row_texts(cells, i)
            found = find_notes(texts, int(numbers[i]))
            own.update(found)
            if not found and any(map(_LOST.search, texts)):
                lost.append(row_problem(sheet, i))
        notes = (
            {**notes, **own}
            if not blocks or own.keys() <= {"component", "material"}
            else own | _lasting(notes)
        )
        end = start + height
        rest = np.arange(end, len(cells))
        blocks.append(Block(sheet, headers, int(numbers[start]), rest, dict(notes), lost))
    return [piece for block in blocks for piece in _side_by_side(block)] or _find_form(sheet)


def _side_by_side(block: Block) -> list[Block]:
    """The tables that stand beside each other under one header row, with an empty column between them."""
    headers = block.headers
    says = [filled(take(block.sheet.cells[i].array, block.at)).any() for i in range(len(headers))]
    empty = [i for i, header in enumerate(headers) if not header.text and not says[i]]
    for i in empty:
        left, right = headers[:i], headers[i + 1 :]
        fields = [{header.field for header in half} - {"", "unused"} for half in (left, right)]
        if fields[0] & fields[1] & SUBSTANCE_FIELDS and rate(left) > 0 and rate(right) > 0:
            blank = Header("", "")
            halves = (left, [blank] * (i + 1) + right)
            first, second = (replace(block, headers=half, notes=dict(block.notes)) for half in halves)
            return [first, *_side_by_side(replace(second, problems=[]))]
    return [block]


def _find_form(sheet: Sheet) -> list[Block]:
    """A sheet of questions and answers without a table, where it answers for a list."""
    notes: dict[str, tuple[str, int, Header]] = {}
    for i in range(min(len(sheet.cells), _SEARCHED)):
        notes = find_notes(row_texts(sheet.cells, i), int(sheet.cells.index[i])) | notes
    answers = any(header.field in ("complies", "contains") for _, _, header in notes.values())
    if not answers and not {"list", "answer"} <= notes.keys():
        return []
    return [Block(sheet, [], int(sheet.cells.index[0]), np.zeros(0, dtype=np.int64), notes)]


def _lasting(notes: dict[str, tuple[str, int, Header]]) -> dict[str, tuple[str, int, Header]]:
    """Notes that hold for the tables further down too: what speaks of the supplier and the document."""
    return {
        name: note for name, note in notes.items() if name in ("supplier", "date", "valid_until", "edition")
    }


def row_problem(sheet: Sheet, i: int) -> dict[str, object]:
    """The problem of a row that is not used."""
    words = dict.fromkeys(text for text in row_texts(sheet.cells, i) if text)
    place = {"sheet": sheet.name, "row": int(sheet.cells.index[i]), "column": ""}
    return {"code": "row-unused", "found": " | ".join(words)[:200], "suggestion": ""} | place


def row_texts(cells: pd.DataFrame, i: int) -> list[str]:
    """The texts of one row."""
    return [column.categories[column.codes[i]] for column in (cells[name].array for name in cells)]


def _texts_of_rows(cells: pd.DataFrame, rows: list[int]) -> list[list[str]]:
    """The texts of some rows.

    >>> _texts_of_rows(pd.DataFrame({0: pd.Categorical(["a", "b"]), 1: pd.Categorical(["", "c"])}), [1])
    [['b', 'c']]
    """
    at = np.array(rows, dtype=np.int64)
    columns = [take(cells[name].array, at).astype(object).tolist() for name in cells]
    return [list(row) for row in zip(*columns, strict=True)] if rows else []


def rate(headers: list[Header]) -> float:
    """How much a row looks like the header of a table of substances, statements, components or articles; 0:
    not at all.

    >>> rate([parse_header(text) for text in ("Artikelnummer", "Ämne", "CAS-nr", "Halt")])
    4.0
    >>> rate([parse_header(text) for text in ("Leverantör", "AB Exempel")])
    0
    """
    said = {header.text: header for header in headers if header.text}.values()
    fields = {header.field for header in said} - {"", "unused"}
    shares = [header for header in said if header.field == "substance_amount"]
    known = len(fields) + max(len(shares) - 1, 0)
    unknown = sum(not header.field for header in said)
    telling = any(header.about != header.text for header in shares)
    is_wide = len(shares) >= 2 or (telling and len(fields) >= 2)
    is_statements = {"list", "answer"} <= fields or (bool(fields & {"complies", "contains"}) and known >= 2)
    is_parts = bool(fields & {"component", "ingredients"}) and bool(fields & _PARTS) and unknown <= known
    is_articles = bool(fields & {"article", "gtin"}) and bool(fields & _ABOUT) and unknown < known / 2
    if unknown > 2 * known + 2 or not (
        _has_lines(fields) or is_wide or is_statements or is_parts or is_articles
    ):
        return 0
    return float(known + sum(header.field == "unused" for header in said) / 4)


def _has_lines(fields: set[str]) -> bool:
    """Whether columns make lines: a substance with an amount or a second name, or an amount of something."""
    substances, amounts = fields & SUBSTANCE_FIELDS, fields & AMOUNT_FIELDS
    if amounts:
        return bool(substances or fields & {"article", "article_name", "component", "material"})
    return len(substances) >= 2 or (bool(fields & {"cas", "name_cas"}) and len(fields) >= 2)


def _find_headers(cells: pd.DataFrame) -> list[tuple[int, int, list[Header]]]:
    """Position, height in rows and columns of each header row."""
    found: list[tuple[int, int, list[Header]]] = []
    taken = -1
    top = [
        column.astype(object).tolist() for column in (cells[name].array[: _SEARCHED + 1] for name in cells)
    ]
    rows = [list(row) for row in zip(*top, strict=True)]
    for i, row in enumerate(rows[:_SEARCHED]):
        if i > taken and (header := _header_at(row, rows[i + 1] if i + 1 < len(rows) else None)):
            found.append((i, *header))
            taken = i + header[0] - 1
    if len(cells) > _SEARCHED:
        further = _further_rows(cells, found)
        wanted = sorted({*further, *(i + 1 for i in further if i + 1 < len(cells))})
        texts = dict(zip(wanted, _texts_of_rows(cells, wanted), strict=True))
        for i in further:
            if header := _header_at(texts[i], texts.get(i + 1)):
                found.append((i, *header))
    return found


def _header_at(texts: list[str], below: list[str] | None) -> tuple[int, list[Header]] | None:
    """Height and columns of the header that begins in a row: that row, or two read together."""
    said = [text for text in texts if text]
    if len(set(said)) < 2 or any(map(_DATA.search, said)) or _is_note(said):
        return None
    one = [parse_header(text) for text in texts]
    if below and not any(map(_DATA.search, below)) and not _is_note([text for text in below if text]):
        joined = [parse_header(_join(*pair)) for pair in zip(texts, below, strict=True)]
        lower = [parse_header(text) for text in below]
        if rate(joined) > rate(lower) and rate(joined) >= rate(one) and _keeps(joined, lower):
            return 2, joined
        if rate(lower) > rate(one):
            return None
    return (1, one) if rate(one) > 0 else None


def _is_note(said: list[str]) -> bool:
    """Whether the texts of a row are a label with its value."""
    return 0 < len(said) < 5 and said[0].endswith(":")


def _keeps(joined: list[Header], lower: list[Header]) -> bool:
    """Whether the lower row's headers still mean columns: the upper row is not a note."""
    other = {"", "complies", "contains", "derogation", "condition", "list", "edition", "answer"}
    plain = {"", "unused", "any_name"}
    return not any(
        both.field in other and alone.field not in plain and both.field != alone.field
        for both, alone in zip(joined, lower, strict=True)
    )


def _join(upper: str, lower: str) -> str:
    return upper if upper == lower else f"{upper} {lower}".strip()


def _further_rows(cells: pd.DataFrame, found: list[tuple[int, int, list[Header]]]) -> list[int]:
    """Rows below the searched ones that hold at least two texts that are headers."""
    hits = np.zeros(len(cells), dtype=np.int8)
    for position, name in enumerate(cells):
        column = cells[name].array
        seen = {
            header.text
            for _, _, headers in found
            for header in headers[position : position + 1]
            if header.text
        }
        if len(column.categories) <= _MANY:
            seen |= {
                text
                for text in column.categories
                if text and not _DATA.search(text) and parse_header(text).field not in ("", "unused")
            }
        places = [int(place) for place in column.categories.get_indexer(pd.Index(list(seen))) if place >= 0]
        if places:
            mask = np.zeros(len(column.categories), dtype=np.int8)
            mask[places] = 1
            hits += mask[column.codes]
    return [int(i) for i in np.flatnonzero(hits >= 2) if i >= _SEARCHED]


def _preface(cells: pd.DataFrame, end: int, start: int, *, first: bool) -> int:
    """The first of the rows above a header that speak about the table under it."""
    top = start
    while top > end:
        texts = row_texts(cells, top - 1)
        if not first and not find_notes(texts, 0) and len(set(filter(None, texts))) > 1:
            break
        top -= 1
    return top


def find_notes(texts: list[str], row: int) -> dict[str, tuple[str, int, Header]]:
    """What a row of labels and values says: "Leverantör: AB X", or "Leverantör" beside "AB X".

    >>> notes = find_notes(["Leverantör: AB X", "", "Artikelnr", "B-1"], 3)
    >>> {field: note[0] for field, note in notes.items()}
    {'supplier': 'AB X', 'article': 'B-1'}
    """
    notes: dict[str, tuple[str, int, Header]] = {}
    values = [text for i, text in enumerate(texts) if text and (i == 0 or text != texts[i - 1])]
    skip = False
    for i, text in enumerate(values):
        if skip:
            skip = False
            continue
        for part in re.split(r"\n|;\s|\)\s+(?=[^\W\d_])", text):
            label, colon, value = part.lstrip("(").partition(":")
            header = parse_header(label.strip())
            if header.field not in _NOTES:
                continue
            if colon and value.strip():
                notes.setdefault(_key(header), (value.strip(), row, header))
            elif i + 1 < len(values) and not _is_label(values[i + 1], header):
                notes.setdefault(_key(header), (values[i + 1], row, header))
                skip = True
    return notes


def _is_label(text: str, before: Header) -> bool:
    """Whether the text beside a label is another label; an answer may name the exemption that it rests on.

    >>> _is_label("Yes, with exemption 7(a)", parse_header("RoHS compliant"))
    False
    """
    field = parse_header(text.rstrip(" :")).field
    answers = before.field in ("complies", "contains", "answer") and not text.endswith(":")
    return field in _NOTES and not (answers and field == "derogation")


def _key(header: Header) -> str:
    return f"{header.field} {header.about}".strip()
