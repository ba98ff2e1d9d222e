"""What an official download says, as tables of one shape, whoever published it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kemkoll.lists.importers.cells import names_of, numbers_of, says, title_of
from kemkoll.tables import PROBLEMS, problem

LINE = (
    "key", "official", "name", "name_sv", "wording", "cas", "ec", "reason", "published", "since", "until",
    "reference", "chosen", "row", "sheet",
)  # fmt: skip
"""Columns of what an importer hands to `build`: one row per row of the file, cells as texts."""
ENTRY = (
    "key", "official", "name_en", "name_sv", "wording", "reason", "published", "since", "until", "reference",
    "chosen", "row",
)  # fmt: skip
"""Columns of `Export.entries`."""
MEMBER = ("key", "kind", "value", "name_en", "row")
"""Columns of `Export.members`."""
LIMIT = ("key", "limit", "operator", "basis", "measure", "condition", "force", "since", "until", "reference")
"""Columns of `Export.limits`; texts as `limits.csv` has them."""


@dataclass
class Export:
    """An official download as read.

    Attributes:
        id: the id of the list that it is an edition of.
        what: what the file is, an English sentence that is translated.
        date: the official date: what the file says, else its newest date; ISO text, "" where it has none.
        count: how many entries the file has by its own numbers or names, those not read included.
        entries: one row per entry, columns of `ENTRY`; `chosen` where the list takes it in.
        members: one row per number or unnumbered member of an entry, columns of `MEMBER`.
        limits: one row per limit that the file sets, columns of `LIMIT`.
        problems: cells that were not understood, columns of `tables.PROBLEMS`.
        unread: the rows that should have been entries and are none, in words.
        notes: what to know about the file, English sentences that are translated, each with what fills it.
        names_members: whether the file names the members of groups; else those known already stay.
        sets_limits: whether the file is the whole truth about limits: a list of one's own.
        one_by_one: whether it names substances one by one, of which the list may have several in one entry.
        parts: of a list that is published in parts, those in the file.
        all_parts: of such a list all its parts.
        retrieved: the day it was exported, where the file says so; ISO text.
    """

    id: str
    what: str
    date: str
    count: int
    entries: pd.DataFrame
    members: pd.DataFrame
    limits: pd.DataFrame = field(default_factory=lambda: empty(LIMIT))
    problems: pd.DataFrame = field(default_factory=PROBLEMS.empty)
    unread: list[str] = field(default_factory=list)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    names_members: bool = True
    sets_limits: bool = False
    one_by_one: bool = False
    parts: tuple[str, ...] = ()
    all_parts: tuple[str, ...] = ()
    retrieved: str = ""


def build(list_: str, what: str, lines: pd.DataFrame, *, file: str = "", **more: Any) -> Export:
    """The export whose rows are these lines; rows with one key are one entry.

    Args:
        list_: the id of the list.
        what: what the file is.
        lines: columns of `LINE`, those that are missing are empty; a row without a key was not understood.
        file: the file, for the problems.
        more: further attributes of `Export`, which go before what follows from the lines.

    >>> lines = pd.DataFrame({"key": ["pb", "pb"], "name": "Lead", "cas": ["7439-92-1", "-"], "row": [2, 3]})
    >>> export = build("own", "", lines)
    >>> export.count, export.entries["name_en"].tolist(), export.members["value"].tolist()
    (1, ['Lead'], ['7439-92-1'])
    """
    lines = _complete(lines)
    read = lines[lines["key"] != ""]
    lost = lines[lines["key"] == ""]
    members, problems = _numbers(read, file)
    entries = _entries(read)
    newest = max((day for day in [*entries["published"], *entries["since"]] if day), default="")
    return Export(
        list_,
        what,
        more.pop("date", newest),
        more.pop("count", len(entries) + len(lost)),
        entries,
        stacked([members, more.pop("members", empty(MEMBER))]),
        problems=stacked([more.pop("problems", PROBLEMS.empty()), problems]),
        unread=[_row_said(row) for row in lost.to_dict("records")],
        **more,
    )


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """A table of texts without rows.

    >>> empty(MEMBER).columns.tolist()
    ['key', 'kind', 'value', 'name_en', 'row']
    """
    return pd.DataFrame({column: pd.Series([], dtype=object) for column in columns})


def stacked(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The tables under each other; empty ones have no say in the types."""
    parts = list(parts)
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _complete(lines: pd.DataFrame) -> pd.DataFrame:
    made = lines.reindex(columns=[*LINE], fill_value="").astype(object)
    made["chosen"] = made["chosen"].map(lambda said: said is not False)
    return made.reset_index(drop=True)


def _entries(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per key, in the order of the file: what differs between its rows is joined."""
    first = lines.drop_duplicates("key").set_index("key")
    titles = {text: title_of(text) for text in lines["name"].unique()}
    made = first.assign(
        name_en=first["name"].map(titles),
        reason=_joined(lines, "reason"),
        reference=_joined(lines, "reference"),
        published=_least(lines, "published"),
        since=_least(lines, "since"),
        chosen=lines.groupby("key", sort=False)["chosen"].any(),
    )
    return made.reset_index()[[*ENTRY]]


def _joined(lines: pd.DataFrame, column: str) -> pd.Series:
    pairs = lines.loc[lines[column] != "", ["key", column]].drop_duplicates()
    return (
        pairs.groupby("key", sort=False)[column].agg("; ".join).reindex(lines["key"].unique(), fill_value="")
    )


def _least(lines: pd.DataFrame, column: str) -> pd.Series:
    """The first day of each key, where one of its rows has any."""
    days = lines.loc[lines[column] != ""].groupby("key", sort=False)[column].min()
    return days.reindex(lines["key"].unique(), fill_value="")


def _numbers(lines: pd.DataFrame, file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The members that have numbers, each once for an entry, and the cells that are no sure numbers."""
    parts = []
    for column in ("cas", "ec"):
        texts = lines[column].unique()
        pairs = pd.DataFrame(
            [
                (text, number, name)
                for text in texts
                for place, number in enumerate(numbers_of(text))
                for name in (place,)
            ],
            columns=[column, "number", "place"],
        )
        part = lines[["key", "name", column, "row", "sheet"]].merge(pairs, on=column)
        parts.append(part.rename(columns={column: "text"}).assign(column=column))
    found = pd.concat(parts, ignore_index=True)
    values = found["number"].tolist()
    found = found.assign(
        kind=[number.kind for number in values],
        value=[number.value for number in values],
        code=[number.code for number in values],
        suggestion=[number.suggestion for number in values],
    ).sort_values("row", kind="stable")
    found["name_en"] = _paired(found)
    bad = found[found["code"] != ""]
    problems = [
        problem(row["code"], found=row["value"], suggestion=row["suggestion"], file=file)
        | {"row": row["row"], "sheet": row["sheet"], "column": row["column"]}
        for row in bad.to_dict("records")
    ]
    members = found[found["kind"] != ""].drop_duplicates(["key", "kind", "value"])
    made = PROBLEMS.conform(pd.DataFrame(problems)) if problems else PROBLEMS.empty()
    return members[[*MEMBER]].reset_index(drop=True), made


def _paired(found: pd.DataFrame) -> list[str]:
    """The name of each number: the one on its line where there are several names, else the whole."""
    names = {text: names_of(text) for text in found["name"].unique()}
    return [
        names[text][place] if place < len(names[text]) else "; ".join(names[text])
        for text, place in zip(found["name"], found["place"], strict=True)
    ]


def _row_said(row: dict[Any, Any]) -> str:
    said = " | ".join(text for name in ("official", "name", "cas", "ec") if (text := says(str(row[name]))))
    return f"{row['row']}: {said[:120]}"
