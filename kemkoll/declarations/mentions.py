"""Substances that a sheet names where no line does: in remarks, headings, notes below, unread columns.

What is said there is not read as data. Nor may it pass unheard: “the hose also holds DEHP” under a
table of harmless substances is no clean hose. Each substance that is so named, and that no line of the same
article names, becomes a line without an amount.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kemkoll.declarations.layout import Block, row_texts
from kemkoll.declarations.rows import ROWS, coded, constant, found_rows, take
from kemkoll.identifiers import read_numbers
from kemkoll.paths import State, data, list_folders, own_lists, state_of
from kemkoll.registry.sources import read_own
from kemkoll.sheets import Sheet
from kemkoll.tables import WHOLE, Basis, Intended, distinct, stack
from kemkoll.wording import Wordings, words

_NUMBER = r"\d[^\pL\d]{1,3}\d\d[^\pL\d]{1,3}\d"
"""What may be a CAS number, whatever stands between its parts."""
_RUN = re.compile(r"[^\W\d_]+")
_ASKS = re.compile(r"\?|\b(t\. ?ex|till exempel|exempelvis|e\. ?g|for example)\b", re.IGNORECASE)
"""A question, or an example of what may be written: it does not say that anything is there."""
_SYMBOL = 2
_SYMBOLS = {"Pb", "Cd", "Hg"}
"""Symbols of elements that are looked for in running text; others are words too (“As”, “In”, “Co”)."""
_WORDS = {"TEL", "PCB", "PCBs", "BIT", "MIT", "talk"}
"""Names that mostly mean something else in running text: a telephone, a circuit board."""
_NONE = re.compile(
    r"\s*(0+([.,]0*)?\s*(%|ppm)?$|(nej|no|n|none|inga?|ej|inte|not|fri|free)\b|[-–—]*$)", re.IGNORECASE
)
"""A cell that says that there is none of what its header names."""
_UNREAD, _NAMES = {"", "unused", "contains", "complies"}, {"name", "component", "material", "article_name"}
_WITH = re.compile(
    r"\b(?:med|with|innehåller|innehållande|containing|contains|inkl\.?|including)\s+", re.IGNORECASE
)
_IS_NOT = r"(finns|ingår|används|förekommer|is|are)\s+(inte|ej|not)\b"
_OTHERS = ("lead time", "lead times", "lead wire", "lead wires", "lead frame", "lead finish", "lead length")
"""English words with lead in them that name no metal."""


class Named(NamedTuple):
    """A substance that a text names."""

    name: str
    cas: str
    meant: frozenset[str]


class Mention(NamedTuple):
    """A substance that a cell names which is not read as data.

    Attributes:
        sheet: the sheet of the cell.
        row: its row.
        first, last: the rows of the articles that it may be about; where no row is among them, it is about
            every article of the file.
        substance: what it names.
    """

    sheet: str
    row: int
    first: int
    last: int
    substance: Named


@lru_cache(maxsize=4096)
def find_named(text: str) -> tuple[Named, ...]:
    """The substances that a text names by number, or by a name of one on a list, and does not deny.

    >>> [(found.name, found.cas) for found in find_named("Slangen innehåller även DEHP (117-81-7).")]
    [('DEHP', '117-81-7')]
    >>> find_named("Fri från DEHP"), find_named("Lead time: 4 weeks"), find_named("Finns DEHP i varan?")
    ((), (), ())
    """
    if _ASKS.search(text):
        return ()
    names, wordings = _vocabulary()
    by_name: dict[str, set[str]] = {}
    for number in wordings.met_by(text):
        name, cas = names[number]
        if re.search(rf"{re.escape(name)}\W+{_IS_NOT}", text, re.IGNORECASE):
            continue
        written = re.search(rf"(?<!\w){re.escape(name)}(?![\w(])", text, _spelling(name))
        if not written and _spelling(name) == 0:
            continue
        name = written[0] if written else name
        by_name.setdefault(name.casefold(), {name}).add(cas)
    found = [Named(min(said - _numbers(said)), "", frozenset(_numbers(said))) for said in by_name.values()]
    for cas in read_numbers(text).cas if re.search(r"\d", text) else ():
        if Wordings([(0, cas, False, cas, True)]).met_by(text):
            same = [each for each in found if cas in each.meant]
            found = [each for each in found if each not in same]
            found.append(Named(same[0].name if same else "", cas, frozenset([cas])))
    return tuple(_longest(found))


def may_name(texts: Iterable[str]) -> np.ndarray:
    """Which texts may name a substance: of a million order numbers, none.

    >>> may_name(["Hylla 4, order 80-05-7", "Slangen innehåller DEHP", "Hylla 4"]).tolist()
    [True, True, False]
    """
    found = pc.match_substring_regex(pa.array(texts, pa.string()), _telling(), ignore_case=True)
    made: np.ndarray = found.to_numpy(zero_copy_only=False)
    return made


@lru_cache(maxsize=1)
def _telling() -> str:
    """A pattern that is in every text that names a substance: what may be a CAS number, or the longest run of
    letters in a name that is looked for.
    """
    names = {name.casefold() for name, _ in _vocabulary()[0]}
    whole = {rf"\b{name}\b" for name in names if name.isascii() and name.isalpha()}
    parts = {max(_RUN.findall(name), key=len, default="") for name in names if rf"\b{name}\b" not in whole}
    return "|".join([_NUMBER, *sorted(whole | parts)])


def _spelling(name: str) -> int:
    """How a name is compared: an abbreviation letter by letter (“DOS” is not “dos”), others in any case."""
    return 0 if name.isupper() or len(name) <= _SYMBOL else re.IGNORECASE


def _numbers(said: Iterable[str]) -> set[str]:
    return {text for text in said if re.fullmatch(r"\d+-\d\d-\d", text)}


def _longest(found: list[Named]) -> Iterator[Named]:
    """The substances without those whose name is only part of another's, or that mean the same."""
    seen: set[frozenset[str]] = set()
    for each in sorted(found, key=lambda named: -len(named.name)):
        own = words(each.name)
        inside = any(
            other.name != each.name and set(own) < set(words(other.name)) for other in found if each.name
        )
        if not inside and each.meant not in seen:
            seen.add(each.meant)
            yield each


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[tuple[str, str]], Wordings]:
    """Names and numbers of the substances that a list names, and the names as wordings."""
    listed = set()
    for path in _folders():
        if not (path / "members.csv").is_file():
            continue
        with (path / "members.csv").open(encoding="utf-8", newline="") as rows:
            listed |= {row["value"] for row in csv.DictReader(rows) if row.get("kind") == "cas"}
    names = [
        (row["name"], row["cas"])
        for row in read_own("names.csv")
        if row["cas"] in listed and row["name"] not in _WORDS
        if len(row["name"]) > _SYMBOL or row["name"] in _SYMBOLS
    ]
    given = [(number, name, False, "", True) for number, (name, _) in enumerate(names)]
    others = [(-1, words_, True, "", True) for words_ in _OTHERS]
    return names, Wordings([*given, *others])


def _folders() -> list[Path]:
    return list_folders(data("substance_lists"), own_lists())


@lru_cache(maxsize=1)
def _hear_anew(state: State) -> None:
    """Forget what lists named when they were in another state: a process may outlive an edition."""
    del state
    for remembered in (find_named, _telling, _vocabulary):
        remembered.cache_clear()


def find_mentions(sheet: Sheet, blocks: Sequence[Block], rows: pd.DataFrame) -> list[Mention]:
    """What the cells of a sheet name that were not read.

    Args:
        sheet: the sheet.
        blocks: its tables, after they were read.
        rows: what was read of them, `rows.ROWS`.
    """
    if any(not block.headers for block in blocks):  # questions and answers without a table
        return []
    _hear_anew(state_of(_folders()))
    told = _telling_cells(sheet)
    found = [each for block in blocks for each in _in_columns(block, rows, told)]
    numbers = sheet.cells.index.to_numpy()
    used = set(rows["row"].tolist())
    for block in blocks:
        used |= {row for _, row, _ in block.notes.values()}
        used.update(
            range(block.header_row, int(numbers[block.at[0]]) if len(block.at) else block.header_row + 2)
        )
        fields = {header.field for header in block.headers}
        if "limit" in fields or {"list", "answer"} <= fields:
            used.update(numbers[block.at].tolist())
    telling = np.logical_or.reduce([*told.values(), np.zeros(len(numbers), dtype=bool)])
    for i in np.flatnonzero(telling & ~np.isin(numbers, list(used))).tolist():
        row = int(numbers[i])
        for text in dict.fromkeys(row_texts(sheet.cells, i)):
            for substance in find_named(text):
                found.append(Mention(sheet.name, row, *_about(row, blocks, numbers), substance))
    return found


def _telling_cells(sheet: Sheet) -> dict[int, np.ndarray]:
    """Of each column which of its cells may name a substance. All are asked at once: the pattern is long, and
    making ready for it takes longer than the cells of most sheets do.
    """
    columns = {int(name): sheet.cells[name].array for name in sheet.cells.columns}
    told = may_name([text for cells in columns.values() for text in cells.categories])
    made, start = {}, 0
    for name, cells in columns.items():
        end = start + len(cells.categories)
        made[name] = np.append(told[start:end], False)[cells.codes]
        start = end
    return made


def _about(row: int, blocks: Sequence[Block], numbers: np.ndarray) -> tuple[int, int]:
    """The rows that a row without data may be about: of the table it stands in or above."""
    for block in blocks:
        last = int(numbers[block.at[-1]]) if len(block.at) else block.header_row
        if row <= last and block.header_row < row:
            return block.header_row, last
    below = [block for block in blocks if block.header_row > row]
    if not below or below[0] is blocks[0]:
        return (int(numbers[0]), int(numbers[-1])) if blocks else (-1, -1)
    return below[0].header_row, int(numbers[below[0].at[-1]]) if len(below[0].at) else below[0].header_row


def _in_columns(block: Block, rows: pd.DataFrame, told: Mapping[int, np.ndarray]) -> Iterator[Mention]:
    """What the columns of a table name that are not understood, or not used; and what names say that is in
    a thing: “PVC med DEHP”.

    Args:
        told: as `_telling_cells` gives it.
    """
    numbers = block.sheet.cells.index.to_numpy()[block.at]
    read = np.isin(numbers, rows["row"].to_numpy())
    asked = block.columns("answer") if block.columns("list") else []  # before the answer stands the question
    for i, header in enumerate(block.headers):
        if header.field not in _UNREAD | _NAMES or i < max(asked, default=0):
            continue
        column = take(block.sheet.cells[i].array, block.at)
        above = find_named(header.text.replace("?", "")) if header.field in ("", "unused") else ()
        telling = np.full(len(column.categories), bool(above))
        telling[column.codes[told[i][block.at]]] = True
        for code in np.flatnonzero(telling).tolist():
            text = str(column.categories[code])
            said = _within(text) if header.field in _NAMES else text
            if named := find_named(said) + (() if _NONE.match(text) else above):
                for row in numbers[read & (column.codes == code)].tolist():
                    yield from (Mention(block.sheet.name, row, row, row, each) for each in named)


def _within(name: str) -> str:
    """What a name says that is in the thing; "" where it says nothing.

    >>> _within("Mjuk PVC (med DEHP)"), _within("DEHP")
    ('DEHP)', '')
    """
    parts = _WITH.split(name, maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def add_mentions(rows: pd.DataFrame, mentions: Sequence[Mention], found: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows, and a line without an amount for each substance that an article's cells mention and its lines
    do not name.

    Args:
        rows: `rows.ROWS`, with the articles named.
        mentions: what the file's cells mention.
        found: where the problems go.
    """
    if not mentions or not len(rows):
        return rows
    article, first = distinct([rows["supplier"], rows["article"]])
    wanted: dict[tuple[int, frozenset[str]], Mention] = {}
    sheets, numbers = rows["sheet"].astype(object).to_numpy(), rows["row"].to_numpy()
    for place, group in _by_place(mentions).items():
        near = (sheets == place[0]) & (numbers >= place[1]) & (numbers <= place[2])
        for owner in np.unique(article[near if near.any() else slice(None)]).tolist():
            for each in group:
                wanted.setdefault((owner, each.substance.meant), each)
    said = _said(rows, article, {owner for owner, _ in wanted})
    new = [
        (owner, each)
        for (owner, meant), each in wanted.items()
        if not (meant & said[owner][0] or any(_holds(name, each.substance.name) for name in said[owner][1]))
    ]
    if not new:
        return rows
    lines = _lines(rows.iloc[first[[owner for owner, _ in new]]], [each for _, each in new])
    found.append(
        found_rows("amount-missing", np.ones(len(lines), dtype=bool), lines, constant("", len(lines)), "")
    )
    return stack(ROWS, [rows, lines])


def _by_place(mentions: Sequence[Mention]) -> dict[tuple[str, int, int], list[Mention]]:
    made: dict[tuple[str, int, int], list[Mention]] = {}
    for each in mentions:
        made.setdefault((each.sheet, each.first, each.last), []).append(each)
    return made


def _holds(name: str, mentioned: str) -> bool:
    """Whether a line's name names what is mentioned, or a compound of it: “blyoxid” and “bly”."""
    return bool(mentioned) and mentioned.casefold() in name.casefold()


def _said(rows: pd.DataFrame, article: np.ndarray, owners: set[int]) -> dict[int, tuple[set[str], set[str]]]:
    """The CAS numbers and the names that the lines of some articles give."""
    made: dict[int, tuple[set[str], set[str]]] = {owner: (set(), set()) for owner in owners}
    at = np.flatnonzero(np.isin(article, list(owners)) & np.asarray(rows["kind"] == "line"))
    _, first = distinct([article[at], *(rows[name].iloc[at] for name in ("name", "cas", "ec"))])
    lines = rows.iloc[at[first]]
    for owner, name, cas in zip(article[at[first]].tolist(), lines["name"], lines["cas"], strict=True):
        numbers, names = made[owner]
        name = _WITH.split(name, maxsplit=1)[0]  # what is in a thing is not the thing
        numbers.update(read_numbers(cas).cas, *(each.meant for each in find_named(name)))
        names.add(name)
    return made


def _lines(owners: pd.DataFrame, mentions: list[Mention]) -> pd.DataFrame:
    """A line without an amount for each mention, of the article of its owner."""
    size = len(mentions)
    blank = ["component", "material", "parent", "ec", "smiles", "amount", "amount_mass", "amount_column"]
    blank += ["list", "edition", "answer", "function", "derogation", "cells", "quantity", "mass"]
    texts = {
        "sheet": [each.sheet for each in mentions],
        "name": [each.substance.name for each in mentions],
        "cas": [each.substance.cas for each in mentions],
    }
    made = owners.reset_index(drop=True).assign(
        row=np.array([each.row for each in mentions], dtype=np.int32),
        low_ppt=np.zeros(size, dtype=np.int64),
        high_ppt=np.full(size, WHOLE, dtype=np.int64),
        step_ppt=np.zeros(size, dtype=np.int64),
        has_share=np.zeros(size, dtype=bool),
        kind=coded(np.zeros(size, dtype=np.int8), ["line"]),
        basis=constant(Basis.article.value, size),
        intended=constant(Intended.unknown.value, size),
        **{name: constant("", size) for name in blank if name in owners},
        **{name: pd.Categorical(column) for name, column in texts.items()},
    )
    return ROWS.conform(made)
