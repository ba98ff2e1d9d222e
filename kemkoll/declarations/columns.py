"""One table of a sheet as rows: its columns by field, its notes, its lines, its statements, and the rest."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import parse_yes_no
from kemkoll.declarations.grouping import fill_down, find_parents
from kemkoll.declarations.layout import (
    AMOUNT_FIELDS,
    SUBSTANCE_FIELDS,
    Block,
    find_notes,
    row_problem,
    row_texts,
)
from kemkoll.declarations.meanings import column_problem, settle_headers
from kemkoll.declarations.merging import merge_readings
from kemkoll.declarations.rows import (
    OWN,
    ROWS,
    SUBSTANCE,
    Part,
    code_of,
    coded,
    constant,
    filled,
    first_filled,
    found_rows,
    joined,
    pile,
    problems_frame,
    put,
    renamed,
    take,
)
from kemkoll.declarations.shares import read_amounts, read_column
from kemkoll.declarations.statements import read_statements
from kemkoll.i18n import N_
from kemkoll.tables import PROBLEMS, Intended, stack

_TOTAL = re.compile(
    r"\W*(grand |sub ?)?(totals?|totalt|totalsumma|sum(ma|me)?|delsumma|i alt|yhteensä)"
    r"( (in total|weight|mass|vikt|massa|halt|content|package weight|wt|%|ppm|mg|g|av .*|of .*))*\W*"
    r"([:=]?\s*(<|≤|ca|max)?\s*\d+([.,]\d+)?\s*(vikt-?|wt\.?\s?|weight )?(%|ppm|mg/kg|mg|g|kg)?)?\s*",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r".{1,60} (total|totalt|summa|sum):?\W*", re.IGNORECASE)
_LABELS = (
    "",
    "unused",
    "name",
    "component",
    "material",
    "article",
    "article_name",
    "any_name",
    "cas",
    "ec",
    "name_cas",
)
_PROSE = re.compile(r"(\S+\s+){3}\S|[.:]\s*$|\d{2,7}-\d\d-\d\b")
_THREE = re.compile(r"\d\.\d{3}$")
_NUMBER = re.compile(r".*\d.*", re.DOTALL)
_FOOTNOTE = re.compile(
    r"\W*((note|notes|not|obs|anm|anmärkning|remarks?|important)\b|\*+|\d+\))", re.IGNORECASE
)


def read_block(block: Block) -> Part:
    """The rows of one table of a sheet."""
    problems = [*block.problems, *settle_headers(block)]
    at, more = _drop_totals_and_footnotes(block)
    problems += more
    cells = {name: _cells(block, name, at) for name in OWN}
    cells["conditions"], unread = _conditions(block, at, cells["conditions"])
    problems += unread
    fill_down(cells)
    problems += _settle_levels(block, at, cells)
    frame = _frame(block, cells, block.sheet.cells.index.to_numpy()[at])
    parts = [_read_lines(block, frame, at)]
    parts += [_read_wide(block, frame, at, i) for i in block.columns("substance_amount")]
    parts += read_statements(block, frame, at, frame if len(frame) else _noted(block))
    found = [problems_frame(problems), *(part.problems for part in parts)]
    return Part(pile(part.rows for part in parts), stack(PROBLEMS, found))


def _frame(block: Block, cells: dict[str, pd.Categorical], numbers: np.ndarray) -> pd.DataFrame:
    """The cells as a table with their place, and with what the notes say of all of them."""
    _apply_notes(block, cells, len(numbers))
    headers = " | ".join(f"{head.field}={head.text}" for head in block.headers if head.field in SUBSTANCE)
    place = {"sheet": constant(block.sheet.name, len(numbers)), "row": numbers.astype(np.int32)}
    above = constant(headers, len(numbers))
    for header in [head for head in block.headers if head.field == "derogation"][:1]:
        with_claim = constant(f"{headers} | derogation={header.text}", len(numbers))
        above = put(above, filled(cells["derogation"]), with_claim)
    return pd.DataFrame(place | {"cells": above} | cells)


def _noted(block: Block) -> pd.DataFrame:
    """One row that says what the notes say, for a table without rows."""
    return _frame(block, {name: constant("", 1) for name in OWN}, np.array([block.header_row]))


def _cells(block: Block, name: str, at: np.ndarray) -> pd.Categorical:
    """The cells of a field as written; masses with the unit of their header."""
    fields = {"name": ("name", "name_cas"), "cas": ("cas", "name_cas")}.get(name, (name,))
    places = block.columns(*fields)
    if not places:
        return constant("", len(at))
    column = first_filled([take(block.sheet.cells[place].array, at) for place in places])
    unit = block.headers[places[0]].unit
    figures = block.sheet.figures.get(places[0], frozenset())
    if name.endswith("_mass") and any(map(_THREE.search, figures)):  # 1.234 of a number cell: never 1234
        zero = [f"{text}0" if text in figures and _THREE.search(text) else text for text in column.categories]
        column = renamed(column, zero)
    if name.endswith("_mass") and unit:
        texts = [f"{text} {unit}" if re.search(r"\d\W*$", text) else str(text) for text in column.categories]
        column = renamed(column, texts)
    return column


def _conditions(
    block: Block, at: np.ndarray, own: pd.Categorical
) -> tuple[pd.Categorical, list[dict[str, object]]]:
    """The conditions column, with the columns that are named after a condition; a problem for each distinct
    answer that is none. It leaves its own fact open, and no other.
    """
    made = own
    problems: list[dict[str, object]] = []
    for place in block.columns("condition"):
        name = block.headers[place].about
        column = take(block.sheet.cells[place].array, at)
        facts = [f"{name}={text}" if text else "" for text in column.categories]
        for code, fact in enumerate(facts):
            where = np.flatnonzero(column.codes == code)
            if parse_yes_no(str(column.categories[code])) is None:
                facts[code] = ""
                if len(where):
                    row = int(block.sheet.cells.index[at[where[0]]])
                    problem = column_problem(block, "condition-unreadable", block.headers[place])
                    problems.append(problem | {"found": fact, "row": row})
        made = joined([made, renamed(column, facts)], ";")
    return made, problems


def _settle_levels(block: Block, at: np.ndarray, cells: dict[str, pd.Categorical]) -> list[dict[str, object]]:
    """Take parents from a column of levels, where the table names none; a problem if they are no numbers."""
    places = block.columns("level")
    if not places or filled(cells["parent"]).any():
        return []
    parents = find_parents(take(block.sheet.cells[places[0]].array, at), cells["component"])
    if parents is None:
        return [column_problem(block, "column-unknown", block.headers[places[0]])]
    cells["parent"] = parents
    return []


def _drop_totals_and_footnotes(block: Block) -> tuple[np.ndarray, list[dict[str, object]]]:
    """The rows that are about something, and a problem for each row of text that is about nothing known."""
    at = block.at
    cells = [block.sheet.cells[i].array for i in range(len(block.headers))]
    kept = ~_find_totals(block, cells)
    known = [i for i, header in enumerate(block.headers) if header.field not in ("", "unused", "limit")]
    says = np.zeros(len(at), dtype=np.int16)
    for i in known:
        says += cells[i].codes[at] != code_of(cells[i])
    remark = _find_remarks(block, [cells[i] for i in known]) if (says == 1).any() else says < 0
    below = _find_prose_below(block, kept)
    problems: list[dict[str, object]] = []
    for j in np.flatnonzero(kept & (below | (says == 0) | ((says == 1) & remark))).tolist():
        texts = row_texts(block.sheet.cells, int(at[j]))
        words = list(dict.fromkeys(text for text in texts if text))
        if says[j] and len(words) > 1 and not below[j]:
            continue
        kept[j] = False
        if notes := find_notes(texts, int(block.sheet.cells.index[at[j]])):
            block.notes = notes | block.notes
        else:
            problems.append(row_problem(block.sheet, int(at[j])))
    return at[kept], problems


def _find_prose_below(block: Block, kept: np.ndarray) -> np.ndarray:
    """Which rows after the last line of a table of substances are sentences, or labels with a value."""
    made = np.zeros(len(kept), dtype=bool)
    telling = block.columns(*SUBSTANCE_FIELDS, *AMOUNT_FIELDS, "substance_amount", "list", "answer")
    if not telling:
        return made
    says = np.zeros(len(kept), dtype=bool)
    for i in telling:
        says |= filled(take(block.sheet.cells[i].array, block.at))
    numbers = block.sheet.cells.index.to_numpy()[block.at]
    gap = np.diff(numbers, prepend=block.header_row) > 1
    merged = _find_merged(block)
    for j in range(len(kept) - 1, -1, -1):
        words = [text for text in dict.fromkeys(row_texts(block.sheet.cells, int(block.at[j]))) if text]
        alone = len(words) == 1 and (gap[j] or merged[j]) and len(words[0].split()) > 3
        if not kept[j]:
            continue
        if says[j] and not alone:
            break
        made[j] = len(words) <= 2 and _PROSE.search(words[0]) is not None
    return made


def _find_totals(block: Block, cells: list[pd.Categorical]) -> np.ndarray:
    """Which rows are sums of others: they say so, and name no substance by number."""
    total = np.zeros(len(block.at), dtype=bool)
    for i, header in enumerate(block.headers):
        if header.field in _LABELS:
            total |= _matches(cells[i], block.at, _TOTAL, "tot|sum|i alt|yhte")
        if header.field in _LABELS and header.field not in ("name", "any_name", "amount"):
            total |= _matches(cells[i], block.at, _SUBTOTAL, "tot|sum")
    if total.any():
        for i in block.columns("cas", "ec", "smiles", "name_cas"):
            total &= ~_matches(cells[i], block.at, _NUMBER, "[0-9]")
    return total


def _find_remarks(block: Block, cells: list[pd.Categorical]) -> np.ndarray:
    """Which rows hold a cell of prose, or one that is merged over several columns."""
    made = np.zeros(len(block.at), dtype=bool)
    for column in cells:
        prose = np.array([_is_remark(str(text)) for text in column.categories], dtype=bool)
        made |= prose[column.codes[block.at]]
    made |= _find_merged(block)
    return made


def _find_merged(block: Block) -> np.ndarray:
    """Which rows hold a cell that is merged over three columns or more."""
    made = np.zeros(len(block.at), dtype=bool)
    numbers = block.sheet.cells.index.to_numpy()[block.at]
    for top, bottom, left, right in block.sheet.spans:
        if right - left >= 2:
            made[np.searchsorted(numbers, top) : np.searchsorted(numbers, bottom, side="right")] = True
    return made


def _is_remark(text: str) -> bool:
    return len(text) > 80 or _FOOTNOTE.match(text) is not None


def _matches(column: pd.Categorical, at: np.ndarray, pattern: re.Pattern[str], sign: str) -> np.ndarray:
    """Which rows hold a text that matches; each distinct text is looked at once, and if it has the sign."""
    import pyarrow as pa
    import pyarrow.compute as pc

    made = np.zeros(len(at), dtype=bool)
    texts = column.categories
    has_sign = pc.match_substring_regex(pa.array(texts, pa.string()), sign, ignore_case=True)
    near = np.flatnonzero(has_sign.to_numpy(zero_copy_only=False))
    hits = [i for i in near.tolist() if pattern.fullmatch(str(texts[i]))]
    if hits:
        mask = np.zeros(len(texts), dtype=bool)
        mask[hits] = True
        made = mask[column.codes[at]]
    return made


def _apply_notes(block: Block, cells: dict[str, pd.Categorical], size: int) -> None:
    """Fill what the rows do not say with what the rows above the table say of all of it."""
    own = {header.field for header in block.headers}
    for text, _, header in block.notes.values():
        field = {"mass": "article_mass", "any_name": "article_name"}.get(header.field, header.field)
        if field in ("list", "answer", "complies", "contains") or (
            field == "name" and own & SUBSTANCE_FIELDS
        ):
            continue
        if field in SUBSTANCE and own & (SUBSTANCE_FIELDS - {"any_name"}):
            continue
        if field == "condition":
            field, text = "conditions", f"{header.about}={text}"
        if field.endswith("_mass") and header.unit and re.search(r"\d\W*$", text):
            text = f"{text} {header.unit}"
        if field in cells and not (
            field == "article_name" and filled(cells["article"]).any() and "article" in own
        ):
            cells[field] = first_filled([cells[field], constant(text, size)])


def _read_lines(block: Block, frame: pd.DataFrame, at: np.ndarray) -> Part:
    """The lines of a table, and the rows that only describe articles, components and materials."""
    fields = {header.field for header in block.headers}
    readings = read_amounts(block, at)
    is_lines = bool(fields & SUBSTANCE_FIELDS) or bool(readings)
    if "limit" in fields and not readings and "amount_mass" not in fields:
        found = ", ".join(header.text for header in block.headers if header.field == "limit")
        problem = {
            "code": "table-unused",
            "found": N_("it gives limits, and no amounts"),
            "sheet": block.sheet.name,
            "row": block.header_row,
            "column": found,
        }
        return Part(ROWS.empty(), problems_frame([problem]))
    line = np.zeros(len(at), dtype=bool)
    for name in SUBSTANCE:
        if is_lines and block.columns(name, "name_cas"):
            line |= filled(frame[name].array)
    for reading in readings:
        line |= filled(reading.written)
    if "amount_mass" in fields:
        line |= filled(frame["amount_mass"].array)
    made, problems = merge_readings(block, frame, at, readings, line)
    made["kind"] = coded(line.astype(np.int8), ["part", "line"])
    if {"list", "answer"} <= fields:
        made = made[line]
    made, unread = read_intended(made)
    return Part(made, stack(PROBLEMS, [*problems, *unread]))


def read_intended(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Rows with yes, no or unknown for what they say of intent, and the cells that say none of them."""
    column = frame["intended"].array
    answers = [parse_yes_no(str(text)) for text in column.categories]
    made = renamed(column, [(answer or Intended.unknown).value for answer in answers])
    frame = frame.assign(intended=made)
    if None not in answers:
        return frame, []
    wrong = np.array([answer is None for answer in answers], dtype=bool)[column.codes]
    return frame, [found_rows("intended-unreadable", wrong, frame, column, "intended")]


def _read_wide(block: Block, frame: pd.DataFrame, at: np.ndarray, place: int) -> Part:
    """The lines of a column that is named after a substance: its cells are that substance's amounts."""
    header = block.headers[place]
    reading = read_column(
        take(block.sheet.cells[place].array, at), header, formats_known=block.sheet.formats_known
    )
    line = filled(reading.written)
    made = frame.copy()
    if not (block.columns(*SUBSTANCE_FIELDS) and filled(frame["name"].array).any()):
        made["name"] = constant(header.about, len(at))
    made, problems = merge_readings(block, made, at, [reading], line)
    made["kind"], made["intended"] = constant("line", len(at)), constant(Intended.unknown.value, len(at))
    return Part(ROWS.conform(made[line]), stack(PROBLEMS, problems))
