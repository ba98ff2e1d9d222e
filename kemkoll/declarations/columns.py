"""One table of a sheet as rows: its columns by field, its notes, its lines, its statements, and what was left over."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import parse_answer, parse_yes_no
from kemkoll.declarations.grouping import fill_down
from kemkoll.declarations.headers import Header
from kemkoll.declarations.layout import SUBSTANCE_FIELDS, Block, find_notes, row_texts
from kemkoll.declarations.masses import settle_masses
from kemkoll.declarations.rows import (
    PARTS,
    ROWS,
    SUBSTANCE,
    constant,
    filled,
    first_filled,
    found_rows,
    problems_frame,
    put,
    take,
)
from kemkoll.declarations.shares import Reading, read_amounts, read_column, share_spans
from kemkoll.tables import PROBLEMS, WHOLE, Answer, Intended, stack

_TOTAL = re.compile(
    r"\W*(grand |sub ?)?(totals?|totalt|totalsumma|sum(ma|me)?|delsumma|i alt|yhteensä)"
    r"( (in total|weight|mass|vikt|massa|halt|content|package weight|wt|%|ppm|mg|g|av .*|of .*))*\W*"
    r"|.{1,60} (total|totalt|summa|sum):?\W*",
    re.IGNORECASE,
)
_TOTAL_WORD = re.compile(r"tot|sum|i alt|yhte", re.IGNORECASE)
_NUMBER = re.compile(r".*\d.*", re.DOTALL)
_FOOTNOTE = re.compile(r"\W*((note|notes|not|obs|anm|anmärkning|remarks?|important)\b|\*+|\d+\))", re.IGNORECASE)
_OWN = (*PARTS, *SUBSTANCE, "list", "edition", "answer", "basis", "function", "intended", "derogation", "amount_mass")


class Part(NamedTuple):
    """Rows of one table, and what could not be read in it."""

    rows: pd.DataFrame
    problems: pd.DataFrame


def read_block(block: Block) -> Part:
    """The rows of one table of a sheet."""
    problems = _settle_headers(block)
    fields = {header.field for header in block.headers}
    at, more = _drop_totals_and_footnotes(block)
    problems += more
    cells = {name: _cells(block, name, at) for name in _OWN}
    cells["conditions"] = _conditions(block, at, cells["conditions"])
    fill_down(cells)
    _apply_notes(block, cells, len(at))
    frame = pd.DataFrame({
        "sheet": constant(block.sheet.name, len(at)),
        "row": block.sheet.cells.index.to_numpy()[at].astype(np.int32), **cells,
    })  # fmt: skip
    parts = [_read_lines(block, frame, at)]
    parts += [_read_wide(block, frame, at, i) for i in block.columns("substance_amount")]
    parts += _read_statements(block, frame, at, fields)
    return Part(
        stack(ROWS, [part.rows for part in parts]),
        stack(PROBLEMS, [problems_frame(problems), *(part.problems for part in parts)] if problems else
              [part.problems for part in parts]),
    )  # fmt: skip


def _settle_headers(block: Block) -> list[dict[str, object]]:
    """Give the headers that need their neighbours their meaning, and report those that were guessed or have none."""
    headers = block.headers
    before = list(headers)
    _settle_names(block)
    settle_masses(block)
    problems: list[dict[str, object]] = []
    seen: set[tuple[str, str]] = set()
    for i, header in enumerate(headers):
        if before[i].field in ("material", "mass", "material_mass", "component_mass") and header.field != before[i].field:
            code = "column-assumed" if header.field not in ("", "unused") else "column-unknown"
            problems.append(_column_problem(block, code, header) | {"suggestion": header.field.replace("_", " ")})
        elif header.text and i and header.text == headers[i - 1].text and _same(block, i - 1, i):
            headers[i] = Header("", "")
        elif not header.field and header.text:
            problems.append(_column_problem(block, "column-unknown", header))
        elif header.field in _OWN:
            if (header.field, header.about) in seen:
                problems.append(_column_problem(block, "column-repeated", header))
                headers[i] = Header(header.text, "unused")
            seen.add((header.field, header.about))
    return problems


def _settle_names(block: Block) -> None:
    """What columns called ingredients, name, or twice material are, by the columns beside them."""
    headers = block.headers
    fields = {header.field for header in headers}
    has_name = bool(fields & {"name", "name_cas"})
    is_lines = bool(fields & (SUBSTANCE_FIELDS - {"any_name", "ingredients"} | {"amount", "substance_amount"}))
    for i, header in enumerate(headers):
        if header.field == "ingredients":
            _rename(headers, i, "component" if has_name or not is_lines else "name")
        elif header.field == "any_name":
            _rename(headers, i, ("unused" if has_name else "name") if is_lines else
                    "component" if "component" not in fields and "parent" in fields else "article_name")  # fmt: skip
    materials = block.columns("material")
    if is_lines and len(materials) > 1 and not block.columns("name", "name_cas"):
        _rename(headers, materials[-1], "name")  # a material group, and the material that the amount is of


def _rename(headers: list[Header], i: int, field: str) -> None:
    headers[i] = Header(headers[i].text, field, headers[i].unit, headers[i].basis, headers[i].about)


def _same(block: Block, i: int, j: int) -> bool:
    """Whether two columns are one, spread over merged cells, or the second one empty."""
    first, second = (take(block.sheet.cells[place].array, block.at) for place in (i, j))
    return not filled(second).any() or bool((first.astype(object) == second.astype(object)).all())


def _column_problem(block: Block, code: str, header: Header) -> dict[str, object]:
    return {
        "code": code, "found": header.text, "suggestion": "", "column": header.text, "sheet": block.sheet.name,
        "row": block.header_row,
    }  # fmt: skip


def _cells(block: Block, name: str, at: np.ndarray) -> pd.Categorical:
    """The cells of a field as written; masses with the unit of their header."""
    fields = {"name": ("name", "name_cas"), "cas": ("cas", "name_cas")}.get(name, (name,))
    places = block.columns(*fields)
    if not places:
        return constant("", len(at))
    column = first_filled([take(block.sheet.cells[place].array, at) for place in places])
    unit = block.headers[places[0]].unit
    if name.endswith("_mass") and unit:
        column = column.rename_categories([
            f"{text} {unit}" if re.search(r"\d\W*$", text) else text for text in column.categories
        ])  # fmt: skip
    return column


def _conditions(block: Block, at: np.ndarray, own: pd.Categorical) -> pd.Categorical:
    """The conditions column, with the columns that are named after a condition."""
    made = own
    for place in block.columns("condition"):
        name = block.headers[place].about
        column = take(block.sheet.cells[place].array, at)
        texts = [f"{name}={text}" if text else "" for text in column.categories]
        column = column.rename_categories(texts)
        pairs = [";".join(filter(None, pair)) for pair in zip(made.astype(object), column.astype(object), strict=True)]
        made = pd.Categorical(pairs)
    return made


def _drop_totals_and_footnotes(block: Block) -> tuple[np.ndarray, list[dict[str, object]]]:
    """The rows that are about something, and a problem for each row of text that is about nothing known."""
    at = block.at
    known = [i for i, header in enumerate(block.headers) if header.field not in ("", "unused", "limit")]
    texts = [i for i, header in enumerate(block.headers) if header.field in ("", "unused", "name", "component",
             "material", "article", "article_name", "any_name", "cas", "name_cas")]  # fmt: skip
    numbers = np.zeros(len(at), dtype=bool)
    for i in block.columns("cas", "ec", "smiles", "name_cas"):
        numbers |= _matches(block.sheet.cells[i].array, at, _NUMBER, _NUMBER)
    total = np.zeros(len(at), dtype=bool)
    for i in texts:
        total |= _matches(block.sheet.cells[i].array, at, _TOTAL, _TOTAL_WORD)
    says = np.zeros((len(known), len(at)), dtype=bool)
    for k, i in enumerate(known):
        says[k] = filled(take(block.sheet.cells[i].array, at))
    kept = ~(total & ~numbers)
    alone = np.flatnonzero(kept & (says.sum(axis=0) <= 1))
    problems: list[dict[str, object]] = []
    for j in alone:
        row = row_texts(block.sheet.cells, int(at[j]))
        words = list(dict.fromkeys(text for text in row if text))
        if not says[:, j].any() or _is_footnote(block, words, int(block.sheet.cells.index[at[j]])):
            kept[j] = False
            if notes := find_notes(row, int(block.sheet.cells.index[at[j]])):
                block.notes = notes | block.notes
                continue
            problems.append({
                "code": "row-unused", "found": " | ".join(words)[:200], "sheet": block.sheet.name, "column": "",
                "row": int(block.sheet.cells.index[at[j]]), "suggestion": "",
            })  # fmt: skip
    return at[kept], problems


def _is_footnote(block: Block, words: list[str], row: int) -> bool:
    wide = any(top <= row <= bottom and right - left >= 2 for top, bottom, left, right in block.sheet.spans)
    return len(words) == 1 and (wide or len(words[0]) > 80 or bool(_FOOTNOTE.match(words[0])))


def _matches(column: pd.Categorical, at: np.ndarray, pattern: re.Pattern[str], quick: re.Pattern[str]) -> np.ndarray:
    """Which rows hold a text that matches; each distinct text is looked at once, and only if it has the quick sign."""
    hits = np.fromiter(
        (quick.search(text) is not None and pattern.fullmatch(text) is not None for text in column.categories),
        dtype=bool, count=len(column.categories),
    )  # fmt: skip
    made: np.ndarray = hits[column.codes[at]] if hits.any() else np.zeros(len(at), dtype=bool)
    return made


def _apply_notes(block: Block, cells: dict[str, pd.Categorical], size: int) -> None:
    """Fill what the rows do not say with what the rows above the table say of all of it."""
    own = {header.field for header in block.headers}
    notes = {key: note for key, note in block.notes.items()}
    for key, (text, _, header) in notes.items():
        field = {"mass": "article_mass", "any_name": "article_name"}.get(header.field, header.field)
        if field in ("list", "answer", "complies", "contains") or (field == "name" and own & SUBSTANCE_FIELDS):
            continue
        if field in SUBSTANCE and own & (SUBSTANCE_FIELDS - {"any_name"}):
            continue
        if field == "condition":
            field, text = "conditions", f"{header.about}={text}"
        if field.endswith("_mass") and header.unit and re.search(r"\d\W*$", text):
            text = f"{text} {header.unit}"
        if field in cells and not (field == "article_name" and filled(cells["article"]).any() and "article" in own):
            cells[field] = first_filled([cells[field], constant(text, size)])
        del key


def _read_lines(block: Block, frame: pd.DataFrame, at: np.ndarray) -> Part:
    """The lines of a table, and the rows that only describe articles, components and materials."""
    fields = {header.field for header in block.headers}
    readings = read_amounts(block, at)
    is_lines = bool(fields & SUBSTANCE_FIELDS) or bool(readings)
    if "limit" in fields and not readings and "amount_mass" not in fields:
        found = ", ".join(header.text for header in block.headers if header.field == "limit")
        problem = {"code": "table-unused", "found": f"limits ({found}), no amounts", "sheet": block.sheet.name,
                   "row": block.header_row, "column": found}  # fmt: skip
        return Part(ROWS.empty(), problems_frame([problem]))
    line = np.zeros(len(at), dtype=bool)
    for name in SUBSTANCE:
        if is_lines and block.columns(name, "name_cas"):
            line |= filled(frame[name].array)
    for reading in readings:
        line |= filled(reading.written)
    if "amount_mass" in fields:
        line |= filled(frame["amount_mass"].array)
    made, problems = _merge_readings(block, frame, at, readings, line)
    made["kind"] = pd.Categorical.from_codes(line.astype(np.int8), categories=["part", "line"])
    if {"list", "answer"} <= fields:
        made = made[line]
    intended, unread = _intended(made)
    made["intended"] = intended
    return Part(ROWS.conform(made), stack(PROBLEMS, [*problems, unread]))


def _intended(frame: pd.DataFrame) -> tuple[pd.Categorical, pd.DataFrame]:
    column = frame["intended"].array
    answers = [parse_yes_no(str(text)) for text in column.categories]
    texts = [(answer or Intended.unknown).value for answer in answers]
    made = pd.Categorical(np.array(texts, dtype=object)[column.codes] if len(texts) else [])
    wrong = np.array([answer is None for answer in answers], dtype=bool)[column.codes] if len(texts) else np.zeros(0, bool)
    return made, found_rows("answer-unreadable", wrong, frame, column, "intended")


def _merge_readings(
    block: Block, frame: pd.DataFrame, at: np.ndarray, readings: list[Reading], line: np.ndarray
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The frame with the share of each line: from the first column that gives one."""
    size = len(at)
    made = frame.assign(
        low_ppt=np.zeros(size, dtype=np.int64), high_ppt=np.full(size, WHOLE, dtype=np.int64),
        step_ppt=np.zeros(size, dtype=np.int64), has_share=np.zeros(size, dtype=bool),
    )  # fmt: skip
    amount, column = constant("", size), constant("", size)
    basis = frame["basis"].array
    problems: list[pd.DataFrame] = []
    free = line.copy()
    for reading in readings:
        says = free & filled(reading.written) & (np.asarray(reading.codes) != "amount-missing")
        if not says.any():
            continue
        free &= ~says
        everywhere = bool(says.all())
        for name, values in (("low_ppt", reading.low), ("high_ppt", reading.high), ("step_ppt", reading.step)):
            made[name] = values if everywhere else np.where(says, values, made[name].to_numpy())
        made["has_share"] |= says
        amount = put(amount, says, reading.amount)
        column = put(column, says, constant(reading.header.text, size))
        if reading.header.basis:
            basis = first_filled([basis, put(constant("", size), says, constant(reading.header.basis, size))])
        problems += _reading_problems(block, made, reading, says)
        shared = share_spans(block, at, block.headers.index(reading.header)) if reading.header in block.headers else None
        if shared is not None and (shared & says).any():
            made["low_ppt"] = np.where(shared & says, 0, made["low_ppt"])
            problems.append(found_rows("amount-shared", shared & says, made, reading.written, reading.header.text))
    missing = free & ~filled(frame["amount_mass"].array)
    if missing.any():
        header = readings[0].header.text if readings else ""
        problems.append(found_rows("amount-missing", missing, made, constant("", size), header))
    made["amount"], made["amount_column"], made["basis"] = amount, column, basis
    return made, problems


def _reading_problems(block: Block, frame: pd.DataFrame, reading: Reading, says: np.ndarray) -> list[pd.DataFrame]:
    made = []
    for number, code in enumerate(reading.codes.categories):
        where = says & (reading.codes.codes == number)
        if code and where.any():
            made.append(found_rows(str(code), where, frame, reading.written, reading.header.text))
    if reading.column_code:
        row = _column_problem(block, reading.column_code, reading.header) | {"suggestion": reading.read_as}
        made.append(problems_frame([row]))
    return made


def _read_wide(block: Block, frame: pd.DataFrame, at: np.ndarray, place: int) -> Part:
    """The lines of a column that is named after a substance: its cells are that substance's amounts."""
    header = block.headers[place]
    reading = read_column(take(block.sheet.cells[place].array, at), header, formats_known=block.sheet.formats_known)
    line = filled(reading.written)
    made = frame.copy()
    if not (block.columns(*SUBSTANCE_FIELDS) and filled(frame["name"].array).any()):
        made["name"] = constant(header.about, len(at))
    made, problems = _merge_readings(block, made, at, [reading], line)
    made["kind"], made["intended"] = constant("line", len(at)), constant(Intended.unknown.value, len(at))
    return Part(ROWS.conform(made[line]), stack(PROBLEMS, problems))


def _read_statements(block: Block, frame: pd.DataFrame, at: np.ndarray, fields: set[str]) -> list[Part]:
    """Statements: rows with a list and an answer, columns such as "RoHS compliant", and notes that say the same."""
    parts: list[Part] = []
    if {"list", "answer"} <= fields:
        parts.append(_statements(frame, frame["list"].array, frame["answer"].array, "answer"))
    for place in block.columns("complies", "contains"):
        header = block.headers[place]
        column = take(block.sheet.cells[place].array, at)
        parts.append(_statements(frame, constant(header.about, len(at)), column, header.text, header.field))
    first = frame.iloc[_first_of_articles(frame)]
    for text, row, header in block.notes.values():
        if header.field in ("complies", "contains") and len(first):
            noted = first.assign(row=np.int32(row))
            parts.append(
                _statements(noted, constant(header.about, len(first)), constant(text, len(first)), header.text, header.field)
            )  # fmt: skip
    if {"list", "answer"} <= {header.field for _, _, header in block.notes.values()} and len(first):
        (listed, row, _), (answer, _, header) = block.notes["list"], block.notes["answer"]
        noted = first.assign(row=np.int32(row))
        parts.append(_statements(noted, constant(listed, len(first)), constant(answer, len(first)), header.text))
    return parts


def _first_of_articles(frame: pd.DataFrame) -> np.ndarray:
    if not len(frame):
        return np.zeros(0, dtype=np.int64)
    key = frame["article"].array.codes.astype(np.int64) * len(frame["article_name"].array.categories)
    key += frame["article_name"].array.codes
    return np.sort(np.unique(key, return_index=True)[1])


def _statements(
    frame: pd.DataFrame, listed: pd.Categorical, answer: pd.Categorical, header: str, kind: str = "answer"
) -> Part:
    """One statement for each row that answers."""
    says = filled(answer) & filled(listed)
    read = [_read_answer(str(text), kind) for text in answer.categories]
    texts = np.array([value.value if value else "" for value in read], dtype=object)
    answers = pd.Categorical(texts[answer.codes] if len(texts) else [])
    unread = says & ~filled(answers)
    made = frame.assign(list=listed, answer=answers, kind=constant("statement", len(frame)))[says & filled(answers)]
    return Part(ROWS.conform(made), PROBLEMS.conform(found_rows("answer-unreadable", unread, frame, answer, header)))


def _read_answer(text: str, kind: str) -> Answer | None:
    answer = parse_answer(text)
    if kind == "complies":  # yes: it keeps within the limits
        if re.search(r"\b(exempt|undantag|exception)", text, re.IGNORECASE):
            return None
        turned = {Answer.contains: Answer.none_above_limit, Answer.none_above_limit: Answer.contains}
        complies = parse_yes_no(re.sub(r"(?i)\b(compliant|uppfyller|conform)\b", "yes", text))
        if complies is Intended.yes:
            return Answer.none_above_limit
        return turned.get(answer, answer) if answer else None
    return answer
