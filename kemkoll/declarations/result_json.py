"""JSON in the shape of kemkoll's own result document: what one run read, another can read again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import parse_answer
from kemkoll.declarations.assembly import assemble
from kemkoll.declarations.headers import Header
from kemkoll.declarations.rows import (
    PARTS,
    ROWS,
    STATEMENT,
    SUBSTANCE,
    filled,
    found_rows,
    problems_frame,
    renamed,
)
from kemkoll.declarations.shares import read_column
from kemkoll.errors import DeclarationError
from kemkoll.sheets import look, number_text
from kemkoll.sheets.content import unreadable
from kemkoll.tables import WHOLE, Declarations, stack

NAME = "json"
_DOCUMENT = ("lines", "statements", "components", "articles", "declarations")
_CELLS = (
    *PARTS,
    *SUBSTANCE,
    *STATEMENT,
    "amount",
    "basis",
    "function",
    "intended",
    "derogation",
    "amount_mass",
)


def recognises(path: Path, head: bytes) -> bool:  # noqa: ARG001 - every format is asked in the same way
    """Whether the file is JSON."""
    return look(path).kind == "json"


def read(path: Path) -> Declarations:
    """What a JSON document declares: an object with `lines` or `statements`, or a bare list of lines.

    Raises:
        DeclarationError: it is not JSON, or holds neither lines nor statements.
    """
    try:
        document = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, OSError, RecursionError) as error:
        raise unreadable(path, error) from None
    if isinstance(document, list):
        document = {"lines": document}
    parts = {name: _records(document, name) for name in _DOCUMENT}
    if not parts["lines"] and not parts["statements"]:
        raise DeclarationError(f"{path} holds no lines and no statements.", "file-no-table")
    return read_document(parts, str(path))


def read_document(parts: Mapping[str, Sequence[Mapping[str, Any]]], file: str) -> Declarations:
    """What the tables of a document declare.

    Args:
        parts: lines, statements, components, articles and declarations, each a list of objects.
        file: the file as the user named it.
    """
    articles = {_text(part.get("article", part.get("number"))): part for part in parts["articles"]}
    papers = {_text(part.get("declaration")): part for part in parts["declarations"]}
    common = parts["declarations"][0] if len(parts["declarations"]) == 1 else {}

    def complete(part: Mapping[str, Any]) -> dict[str, Any]:
        paper = papers.get(_text(part.get("declaration")), common)
        return {**paper, **_article(articles.get(_text(part.get("article")), {})), **part}

    frames = [
        _frame([complete(part) for part in parts["lines"]], "line"),
        _frame([complete(part) for part in parts["statements"]], "statement"),
        _frame([complete({"component": part.get("name"), **part}) for part in parts["components"]], "part"),
    ]
    problems: list[pd.DataFrame] = []
    frames[0] = _read_shares(frames[0], parts["lines"], problems)
    frames[1] = _read_answers(frames[1], problems)
    rows = stack(ROWS, [ROWS.conform(frame) for frame in frames])
    return assemble(rows, file, problems)


def _records(document: Any, name: str) -> list[Mapping[str, Any]]:
    found = document.get(name) if isinstance(document, dict) else None
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _article(part: Mapping[str, Any]) -> dict[str, Any]:
    """An article's own fields under the names that rows have."""
    own = {name: value for name, value in part.items() if name not in ("name", "mass", "number", "line")}
    facts = part.get("facts")
    if isinstance(facts, dict):
        own["conditions"] = "; ".join(f"{name}={'yes' if holds else 'no'}" for name, holds in facts.items())
    return own | {"article_name": part.get("name"), "article_mass": part.get("mass")}


def _frame(parts: Sequence[Mapping[str, Any]], kind: str) -> pd.DataFrame:
    """Objects as rows; a name that rows do not have is left out."""
    words = {"component_mass": "mass", "quantity": "units", "complete_down_to": "complete_down_to"}
    made: dict[str, Any] = {
        name: pd.Categorical([_text(part.get(name, part.get(words.get(name, name)))) for part in parts])
        for name in _CELLS
    }
    made["sheet"] = pd.Categorical([_text(part.get("sheet")) for part in parts])
    rows = [part.get("row") for part in parts]
    made["row"] = np.array(
        [row if isinstance(row, int) else i + 1 for i, row in enumerate(rows)], dtype=np.int32
    )
    made["kind"] = pd.Categorical([kind] * len(parts))
    return pd.DataFrame(made)


def _text(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_text(value)
    return str(value).strip()


def _read_shares(
    frame: pd.DataFrame, parts: Sequence[Mapping[str, Any]], problems: list[pd.DataFrame]
) -> pd.DataFrame:
    """The lines with their shares: `low` and `high` in kg/kg where they are given, else `amount`."""
    if not len(frame):
        return frame
    reading = read_column(frame["amount"].array, Header("amount", "amount"))
    given = np.array([_is_share(part.get("low")) and _is_share(part.get("high")) for part in parts])
    ends = [(part["low"], part["high"]) if own else (0, 1) for part, own in zip(parts, given, strict=True)]
    low, high = (np.array([round(pair[i] * WHOLE) for pair in ends], dtype=np.int64) for i in (0, 1))
    read = ~given & filled(reading.written) & (np.asarray(reading.codes) != "amount-missing")
    for code in reading.codes.categories:
        where = ~given & np.asarray(reading.codes == code)
        if code and where.any():
            problems.append(found_rows(str(code), where, frame, reading.written, "amount"))
    if reading.column_code and read.any():
        problems.append(
            problems_frame(
                [
                    {
                        "code": reading.column_code,
                        "found": "amount",
                        "suggestion": reading.read_as,
                        "column": "amount",
                    }
                ]
            )
        )
    step = np.where(filled(reading.written), reading.step, 0)
    return frame.assign(
        low_ppt=np.where(given, low, reading.low),
        high_ppt=np.where(given, high, reading.high),
        step_ppt=step,
        has_share=given | read,
    )


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _read_answers(frame: pd.DataFrame, problems: list[pd.DataFrame]) -> pd.DataFrame:
    answer = frame["answer"].array
    read = [parse_answer(str(text)) for text in answer.categories]
    made = renamed(answer, [found.value if found else "" for found in read])
    unread = ~filled(made) & filled(answer)
    if unread.any():
        problems.append(found_rows("answer-unreadable", unread, frame, answer, "answer"))
    return frame.assign(answer=made)[filled(made)]
