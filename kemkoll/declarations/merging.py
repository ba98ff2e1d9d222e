"""Shares of lines out of amount columns: from the first that gives one, with what puts it in doubt."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from kemkoll.declarations.layout import Block
from kemkoll.declarations.meanings import column_problem
from kemkoll.declarations.rows import (
    code_of,
    constant,
    filled,
    first_filled,
    found_rows,
    joined,
    problems_frame,
    put,
    take,
)
from kemkoll.declarations.shares import Reading, share_spans
from kemkoll.tables import WHOLE

_WHOLE_NUMBER = re.compile(r"\W*(ca\.? ?)?\d+$")
_DIGIT = re.compile(r"\d")


def merge_readings(
    block: Block, frame: pd.DataFrame, at: np.ndarray, readings: list[Reading], line: np.ndarray
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The frame with the share of each line: from the first column that gives one."""
    size = len(at)
    made = frame.assign(
        low_ppt=np.zeros(size, dtype=np.int64),
        high_ppt=np.full(size, WHOLE, dtype=np.int64),
        step_ppt=np.zeros(size, dtype=np.int64),
        has_share=np.zeros(size, dtype=bool),
        amount=constant("", size),
        amount_column=constant("", size),
    )
    problems: list[pd.DataFrame] = []
    free = line.copy()
    for i, reading in enumerate(readings):
        says = (
            free & filled(reading.written) & (reading.codes.codes != code_of(reading.codes, "amount-missing"))
        )
        if says.any():
            free &= ~says
            _use_reading(made, reading, says)
            problems += _reading_problems(block, made, reading, says)
            problems += _share_cells(block, made, at, reading, says)
            problems += _open_cut_cells(block, made, at, reading, says)
            for other in readings[i + 1 :]:
                problems += _widen_contradicted(made, reading, other, says)
    free &= ~filled(frame["amount_mass"].array)
    if free.any():
        header = readings[0].header.text if readings else ""
        problems.append(found_rows("amount-missing", free, made, constant("", size), header))
    return made, problems


def _use_reading(made: pd.DataFrame, reading: Reading, says: np.ndarray) -> None:
    """Put what one amount column says into the marked rows."""
    size = len(made)
    for name, values in (("low_ppt", reading.low), ("high_ppt", reading.high), ("step_ppt", reading.step)):
        made[name] = values if says.all() else np.where(says, values, made[name].to_numpy())
    read = says.copy()
    for code in ("amount-unreadable", "amount-trace"):
        read &= reading.codes.codes != code_of(reading.codes, code)
    made["has_share"] |= read
    made["amount"] = put(made["amount"].array, says, reading.amount)
    made["amount_column"] = put(made["amount_column"].array, says, constant(reading.header.text, size))
    if reading.header.basis:
        own = put(constant("", size), says, constant(reading.header.basis, size))
        made["basis"] = first_filled([made["basis"].array, own])


def _share_cells(
    block: Block, made: pd.DataFrame, at: np.ndarray, reading: Reading, says: np.ndarray
) -> list[pd.DataFrame]:
    """Let the lines that share one merged amount cell have anything from 0 up to it, and report them."""
    if reading.header not in block.headers:
        return []
    shared = says & share_spans(block, at, block.headers.index(reading.header))
    if not shared.any():
        return []
    made["low_ppt"] = np.where(shared, 0, made["low_ppt"].to_numpy())
    return [found_rows("amount-shared", shared, made, reading.written, reading.header.text)]


def _open_cut_cells(
    block: Block, made: pd.DataFrame, at: np.ndarray, reading: Reading, says: np.ndarray
) -> list[pd.DataFrame]:
    """Open the amounts that a decimal comma has cut in two: `0,05` between commas is `0` and `05`."""
    if block.sheet.name or reading.header not in block.headers:
        return []
    place = block.headers.index(reading.header)
    width = max(i for i, header in enumerate(block.headers) if header.text) + 1
    cells = [take(block.sheet.cells[i].array, at) for i in range(place, len(block.headers))]
    if len(cells) < 2 or width >= len(block.headers):
        return []
    whole, rest = (
        np.array([pattern.match(str(text)) is not None for text in column.categories], dtype=bool)[
            column.codes
        ]
        for pattern, column in ((_WHOLE_NUMBER, cells[0]), (_DIGIT, cells[1]))
    )
    cut = says & whole & rest & filled(cells[width - place])
    if not cut.any():
        return []
    for name, value in (("low_ppt", 0), ("high_ppt", WHOLE), ("step_ppt", 0), ("has_share", False)):
        made[name] = np.where(cut, value, made[name].to_numpy())
    both = joined(cells[:2], " | ")
    made["amount"] = put(made["amount"].array, cut, both)
    return [found_rows("amount-unreadable", cut, made, both, reading.header.text)]


def _widen_contradicted(
    made: pd.DataFrame, reading: Reading, other: Reading, says: np.ndarray
) -> list[pd.DataFrame]:
    """Widen the shares that two columns give of the same thing and that cannot both be right."""
    if reading.header.basis != other.header.basis or reading.column_code or other.column_code:
        return []
    near = np.maximum(reading.step, other.step)
    apart = (other.low > reading.high + near) | (reading.low > other.high + near)
    where = says & apart & filled(other.written)
    for codes in (reading.codes, other.codes):
        where &= ~filled(codes)
    if not where.any():
        return []
    for name, least, mine, theirs in (
        ("low_ppt", np.minimum, reading.low, other.low),
        ("high_ppt", np.maximum, reading.high, other.high),
    ):
        made[name] = np.where(where, least(mine, theirs), made[name].to_numpy())
    both = joined([reading.amount, other.amount], " | ")
    made["amount"] = put(made["amount"].array, where, both)
    return [found_rows("amount-ambiguous", where, made, both, reading.header.text)]


def _reading_problems(
    block: Block, frame: pd.DataFrame, reading: Reading, says: np.ndarray
) -> list[pd.DataFrame]:
    made = []
    for number, code in enumerate(reading.codes.categories):
        where = says & (reading.codes.codes == number)
        if code and where.any():
            made.append(found_rows(str(code), where, frame, reading.written, reading.header.text))
    if reading.column_code:
        row = column_problem(block, reading.column_code, reading.header) | {"suggestion": reading.read_as}
        made.append(problems_frame([row]))
    return made
