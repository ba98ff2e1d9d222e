"""Statements about whole lists: rows that answer, columns such as "RoHS compliant", notes above a table."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import is_about, parse_answer, parse_yes_no
from kemkoll.declarations.headers import Header
from kemkoll.declarations.layout import Block
from kemkoll.declarations.rows import ROWS, Part, constant, filled, found_rows, put, renamed, take
from kemkoll.tables import PROBLEMS, Answer, Intended, distinct, stack

_ADMITS = (
    re.compile(r"\W*(innehåller|contains)\b", re.IGNORECASE),
    re.compile(r"\W*(ja|yes|innehåller|contains|present)\b", re.IGNORECASE),
)
"""Answers that admit something, beside the name of a list, and in a column that asks what there is."""
_RESERVED = re.compile(
    r"\b(ej|inte|inga|inget|ingen|no|not|none|uppfyll\w*|compl\w*|conform\w*|fri|free|under|below|exempt\w*|undantag)\b",
    re.IGNORECASE,
)


def read_statements(block: Block, frame: pd.DataFrame, at: np.ndarray, noted: pd.DataFrame) -> list[Part]:
    """The statements of one table.

    Args:
        block: the table.
        frame: its rows.
        at: positions of its rows in the sheet.
        noted: rows that name the articles which the notes above the table speak of.
    """
    size = len(frame)
    parts: list[Part] = []
    if block.columns("list") and block.columns("answer"):
        parts.append(_statements(frame, frame["list"].array, frame["answer"].array, "answer"))
    for place in block.columns("complies", "contains"):
        header = block.headers[place]
        answer = take(block.sheet.cells[place].array, at)
        parts.append(_statements(frame, constant(header.about, size), answer, header.text, header.field))
    first = noted.iloc[_first_of_articles(noted)]
    for text, row, header in block.notes.values():
        if header.field in ("complies", "contains"):
            parts.append(_note(first, row, header.about, text, header))
    if "list" in block.notes and "answer" in block.notes:
        answer_text, row, header = block.notes["answer"]
        parts.append(_note(first, row, block.notes["list"][0], answer_text, header))
    return parts


def _note(first: pd.DataFrame, row: int, listed: str, answer: str, header: Header) -> Part:
    """The statement of a note, for each of its articles."""
    size = len(first)
    kind = header.field if header.field == "complies" else "answer"
    whole = first.assign(row=np.int32(row), component=constant("", size), material=constant("", size))
    return _statements(whole, constant(listed, size), constant(answer, size), header.text, kind)


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
    answers = renamed(answer, [value.value if value else "" for value in read])
    if kind == "complies":  # it complies by an exemption: there is something to exempt
        exempt = _is_exempt(frame) & np.asarray(answers == Answer.none_above_limit.value)
        answers = put(answers, exempt, constant(Answer.contains.value, len(frame)))
    partial, other = find_unfit(frame, listed, answer, answers)
    unread = says & (~filled(answers) | other)
    partial &= says & ~unread
    made = frame.assign(list=listed, answer=answers, kind=constant("statement", len(frame)))
    found = [
        found_rows("answer-unreadable", unread, frame, answer, header),
        found_rows("answer-partial", partial, frame, answer, header),
    ]
    return Part(ROWS.conform(made[says & ~unread & ~partial]), stack(PROBLEMS, found))


def _is_exempt(frame: pd.DataFrame) -> np.ndarray:
    """Which rows name an exemption, and no substance that it is for."""
    column = frame["derogation"].array
    named = np.array([re.search(r"\d", str(text)) is not None for text in column.categories], dtype=bool)
    about = filled(frame["name"].array) | filled(frame["cas"].array)
    exempt: np.ndarray = np.append(named, np.zeros(1, dtype=bool))[column.codes] & ~about
    return exempt


def find_unfit(
    frame: pd.DataFrame, listed: pd.Categorical, answer: pd.Categorical, answers: pd.Categorical
) -> tuple[np.ndarray, np.ndarray]:
    """Which rows answer none for a component or material only, and which for another list than they name.

    Args:
        frame: the rows.
        listed: the lists.
        answer: the answers as written.
        answers: the answers as read.
    """
    none = np.asarray(answers == Answer.none_above_limit.value)
    partial = none & (filled(frame["component"].array) | filled(frame["material"].array))
    pairs, first = distinct([pd.Series(listed), pd.Series(answer)])
    fits = [is_about(str(answer[i]), str(listed[i])) for i in first.tolist()]
    return partial, none & ~np.array(fits, dtype=bool)[pairs]


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
    admits = _ADMITS[kind == "contains"]  # “yes, it is fine” beside a list may mean that it complies
    if answer is None and admits.match(text) and not _RESERVED.search(text):
        return Answer.contains  # “yes, see annex 3”: what there is stands elsewhere
    return answer
