"""JSON in the shape of kemkoll's own result document: what one run read, another can read again."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import parse_answer
from kemkoll.declarations.assembly import assemble
from kemkoll.declarations.columns import read_intended
from kemkoll.declarations.combination import combine_tables
from kemkoll.declarations.headers import Header
from kemkoll.declarations.rows import (
    PARTS,
    ROWS,
    STATEMENT,
    SUBSTANCE,
    filled,
    found_rows,
    joined,
    problems_frame,
    renamed,
)
from kemkoll.declarations.shares import Reading, read_column
from kemkoll.declarations.statements import find_unfit
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
        raise DeclarationError("{file} holds no lines and no statements.", "file-no-table", file=path)
    return read_document(parts, str(path))


def read_document(parts: Mapping[str, Sequence[Mapping[str, Any]]], file: str) -> Declarations:
    """What the tables of a document declare; its declarations stay apart.

    Args:
        parts: lines, statements, components, articles and declarations, each a list of objects.
        file: the file as the user named it.
    """
    papers = {_text(paper.get("declaration")): paper for paper in parts["declarations"]} or {"": {}}
    told = {name: _by_declaration(parts[name], papers) for name in ("lines", "statements", "components")}
    articles = {_text(part.get("article", part.get("number"))): part for part in parts["articles"]}
    made = []
    for number, paper in papers.items():
        own = {name: told[name].get(number, []) for name in told}
        if own["lines"] or own["statements"]:
            made.append(_read_paper(paper, own, articles, file))
    return combine_tables(made) if len(made) > 1 else made[0]


def _by_declaration(
    parts: Sequence[Mapping[str, Any]], papers: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[Mapping[str, Any]]]:
    """The objects of each declaration; those that name none belong to the first."""
    made: dict[str, list[Mapping[str, Any]]] = {}
    for part in parts:
        number = _text(part.get("declaration"))
        made.setdefault(number if number in papers else next(iter(papers)), []).append(part)
    return made


def _read_paper(
    paper: Mapping[str, Any],
    parts: Mapping[str, Sequence[Mapping[str, Any]]],
    articles: Mapping[str, Mapping[str, Any]],
    file: str,
) -> Declarations:
    """What one declaration of the document declares."""
    about = {name: paper.get(name) for name in ("supplier", "date", "valid_until", "reason")}
    share: Any = paper.get("complete_down_to")
    about["complete_down_to"] = f"{number_text(share * 100)} %" if _is_share(share) else share

    def complete(part: Mapping[str, Any]) -> dict[str, Any]:
        return {**about, **_article(articles.get(_text(part.get("article")), {})), **part}

    named = {_text(part.get("article")): None for name in ("lines", "statements") for part in parts[name]}
    frames = [
        _frame([complete(part) for part in parts["lines"]], "line"),
        _frame([complete(part) for part in parts["statements"]], "statement"),
    ]
    # the articles and components stand first, so that they keep their order
    own = [{"article": number} for number in named] + _parts(parts["components"], articles, named)
    first = _frame([complete(part) for part in own], "part")
    problems: list[pd.DataFrame] = []
    frames[0] = _read_shares(frames[0], parts["lines"], problems)
    frames[0], unread = read_intended(frames[0])
    problems += unread
    frames[1] = _read_answers(frames[1], problems)
    return assemble(stack(ROWS, [ROWS.conform(frame) for frame in (first, *frames)]), file, problems)


def _records(document: Any, name: str) -> list[Mapping[str, Any]]:
    found = document.get(name) if isinstance(document, dict) else None
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _article(part: Mapping[str, Any]) -> dict[str, Any]:
    """An article's own fields under the names that rows have."""
    own = {name: part.get(name) for name in ("gtin", "placed_on_market", "conditions") if name in part}
    facts = part.get("facts")
    if isinstance(facts, dict):
        said = {True: "{}=yes", False: "{}=no", None: "{0}=yes; {0}=no"}
        own["conditions"] = "; ".join(
            said[holds].format(name)
            for name, holds in facts.items()
            if holds is None or holds in (True, False)
        )
    if part.get("supplier"):
        own["supplier"] = part["supplier"]
    return own | {"article_name": part.get("name"), "article_mass": _mass(part)}


def _component(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "component": part.get("name"),
        "component_mass": _mass(part),
        "quantity": part.get("units"),
        **part,
    }


def _parts(
    components: Sequence[Mapping[str, Any]],
    articles: Mapping[str, Mapping[str, Any]],
    own: Collection[str],
) -> list[dict[str, Any]]:
    """The components, and the materials of components and articles, each as a row of its own."""
    made = []
    for part in components:
        row = _component(part)
        made += [row, *(row | _material(part_of) for part_of in _records(part, "materials"))]
    for number in own:
        found = _records(articles.get(number, {}), "materials")
        made += [{"article": number} | _material(material) for material in found]
    return made


def _material(part: Mapping[str, Any]) -> dict[str, Any]:
    return {"material": part.get("material", part.get("name")), "material_mass": _mass(part)}


def _mass(part: Mapping[str, Any]) -> Any:
    """A mass as text: `mass` as written, or the interval of the result document."""
    low, high = part.get("mass_low_ug"), part.get("mass_high_ug")
    return f"{low}–{high} µg" if isinstance(low, int) and isinstance(high, int) else part.get("mass")


def _frame(parts: Sequence[Mapping[str, Any]], kind: str) -> pd.DataFrame:
    """Objects as rows; a name that rows do not have is left out."""
    made: dict[str, Any] = {
        name: pd.Categorical([_text(part.get(name)) for part in parts]) for name in _CELLS
    }
    made["sheet"] = pd.Categorical([_text(part.get("sheet")) for part in parts])
    rows = [part.get("row") for part in parts]
    made["row"] = np.array([row if _is_row(row) else i + 1 for i, row in enumerate(rows)], dtype=np.int32)
    made["basis_assumed"] = np.array([part.get("basis_assumed") is True for part in parts], dtype=bool)
    made["kind"] = pd.Categorical([kind] * len(parts))
    return pd.DataFrame(made)


def _is_row(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


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
    figures = frozenset(_text(part["amount"]) for part in parts if isinstance(part.get("amount"), float))
    reading = read_column(frame["amount"].array, Header("amount", "amount"), figures=figures)
    given = np.array([_is_share(part.get("low")) and _is_share(part.get("high")) for part in parts])
    ends = [(part["low"], part["high"]) if own else (0, 1) for part, own in zip(parts, given, strict=True)]
    ends_ppt = np.array([[round(end * WHOLE) for end in pair] for pair in ends], dtype=np.int64)
    low, high = ends_ppt.min(axis=1), ends_ppt.max(axis=1)
    apart = given & (ends_ppt[:, 0] > ends_ppt[:, 1])
    low, high = _widen_contradicted(reading, given, low, high, apart)
    if apart.any():
        problems.append(found_rows("amount-ambiguous", apart, frame, _written(ends, reading), "amount"))
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
    steps: list[Any] = [part.get("step") for part in parts]
    own = np.array([round(step * WHOLE) if _is_share(step) else -1 for step in steps], dtype=np.int64)
    step = np.where(own >= 0, own, np.where(filled(reading.written), reading.step, 0))
    return frame.assign(
        low_ppt=np.where(given, low, reading.low),
        high_ppt=np.where(given, high, reading.high),
        step_ppt=step,
        has_share=given | read,
    )


def _widen_contradicted(
    reading: Reading, given: np.ndarray, low: np.ndarray, high: np.ndarray, apart: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The shares, widened to what `amount` says where that cannot be true beside them; those are marked."""
    united = [
        re.search("[%‰a-zµ]", str(text), re.IGNORECASE) is not None for text in reading.written.categories
    ]
    clear = given & ~filled(reading.codes) & np.array(united, dtype=bool)[reading.written.codes]
    near = np.maximum(reading.step, 1)
    other = clear & ((reading.low > high + near) | (low > reading.high + near))
    apart |= other
    least, most = np.minimum(low, reading.low), np.maximum(high, reading.high)
    return np.where(other, least, low), np.where(other, most, high)


def _written(ends: Sequence[tuple[float, float]], reading: Reading) -> pd.Categorical:
    """What the lines say of their shares, as written."""
    shares: Any = pd.Categorical([f"{low:g} – {high:g}" for low, high in ends])
    return joined([reading.written, shares], " | ")


def _is_share(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _read_answers(frame: pd.DataFrame, problems: list[pd.DataFrame]) -> pd.DataFrame:
    answer = frame["answer"].array
    read = [parse_answer(str(text)) for text in answer.categories]
    made = renamed(answer, [found.value if found else "" for found in read])
    partial, other = find_unfit(frame, frame["list"].array, answer, made)
    unread = filled(answer) & (~filled(made) | other)
    partial &= ~unread
    for code, where in (("answer-unreadable", unread), ("answer-partial", partial)):
        if where.any():
            problems.append(found_rows(code, where, frame, answer, "answer"))
    kept: pd.DataFrame = frame.assign(answer=made)[filled(made) & ~unread & ~partial]
    return kept
