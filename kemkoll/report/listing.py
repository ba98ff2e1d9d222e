"""A table of the database as a table of a report: one heading, one way of saying it, for each column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from kemkoll.i18n import N_, Translator, share_text
from kemkoll.outputs.words import FORCES, OUTCOMES, reason_text
from kemkoll.report.cells import money, word
from kemkoll.report.cells import share as of_whole
from kemkoll.report.document import Cell, Column, Table
from kemkoll.report.numbers import count
from kemkoll.tables import WHOLE

Cells = Callable[[pd.DataFrame, Translator], Iterable[Cell]]
"""The cells of a column, from the rows of the frame."""


class Shown(NamedTuple):
    """A column: its name in files, its heading, and how its cells are said."""

    code: str
    heading: str
    cells: Cells
    number: bool = False


def listing(
    name: str,
    title: str,
    frame: pd.DataFrame,
    columns: Sequence[Shown],
    _: Translator,
    *,
    notes: Sequence[str] = (),
    empty: str = "",
) -> Table:
    """The rows of a frame as a table.

    Args:
        name: by which the template and the file know it.
        title: in the reader's language.
        frame: the rows, in the order in which they are shown.
        columns: what is shown of them.
        empty: what is said where there are none, in the reader's language.
    """
    made = [list(column.cells(frame, _)) for column in columns]
    heads = tuple(Column(_(column.heading), column.code, column.number) for column in columns)
    return Table(name, title, heads, tuple(zip(*made, strict=True)), tuple(notes), empty)


def text(code: str, heading: str) -> Shown:
    """A column of texts, as they are."""
    return Shown(code, heading, lambda frame, _: [word(str(value)) for value in frame[code]])


def worded(code: str, heading: str, words: Mapping[str, str]) -> Shown:
    """A column of codes, in words; in files the code."""
    return Shown(
        code,
        heading,
        lambda frame, _: [Cell(_(words.get(value, value)), str(value)) for value in map(str, frame[code])],
    )


def reasons(code: str, heading: str) -> Shown:
    """A column of reason codes, several by spaces, in sentences."""

    def said(codes: str, _: Translator) -> str:
        return " ".join(reason_text(reason, _) for reason in codes.split())

    return Shown(
        code, heading, lambda frame, _: [Cell(said(value, _), value) for value in map(str, frame[code])]
    )


def named(code: str, heading: str) -> Shown:
    """A column whose texts stand in `code_en` and `code_sv`; where there are none, the code itself."""

    def cells(frame: pd.DataFrame, _: Translator) -> list[Cell]:
        own, english = (frame[f"{code}_{language}"].astype(object) for language in (_.language, "en"))
        plain = frame[code].astype(object)
        return [
            Cell(str(mine or other or it), str(it))
            for mine, other, it in zip(own, english, plain, strict=True)
        ]

    return Shown(code, heading, cells)


def number(code: str, heading: str) -> Shown:
    """A column of whole numbers."""
    return Shown(
        code,
        heading,
        lambda frame, _: [Cell(count(value, _.language), value) for value in frame[code].tolist()],
        number=True,
    )


def rate(code: str, heading: str) -> Shown:
    """A column of shares, 0 to 1."""
    return Shown(
        code,
        heading,
        lambda frame, _: [of_whole(value, _) for value in frame[code].tolist()],
        number=True,
    )


def sum_of_money(code: str, heading: str, known: str = "") -> Shown:
    """A column of sums in öre; those that are not known, by the column `known`, say so."""

    def cells(frame: pd.DataFrame, _: Translator) -> list[Cell]:
        certain = frame[known] if known else [True] * len(frame)
        sums = zip(frame[code].tolist(), certain, strict=True)
        nobody = _("not known")
        return [Cell(money(ore, _), ore / 100) if told else Cell(nobody) for ore, told in sums]

    return Shown(code.removesuffix("_ore"), heading, cells, number=True)


def share(heading: str) -> Shown:
    """The share that a finding is about, from `low_ppt` and `high_ppt`; in files the greatest, kg/kg."""

    def cells(frame: pd.DataFrame, _: Translator) -> list[Cell]:
        ends = zip(frame["low_ppt"].tolist(), frame["high_ppt"].tolist(), strict=True)
        return [Cell(share_text(low, high, _.language), high / WHOLE) for low, high in ends]

    return Shown("share", heading, cells, number=True)


def limit(heading: str = N_("Limit")) -> Shown:
    """The limit as the law or the contract writes it, with its operator."""

    def cells(frame: pd.DataFrame, _: Translator) -> list[Cell]:
        return [Cell(_limit_text(value, _), value.strip()) for value in frame["limit"].astype(str)]

    return Shown("limit", heading, cells)


def _limit_text(written: str, _: Translator) -> str:
    """A limit in words: an operator alone stands for any presence.

    >>> from kemkoll.i18n import translator
    >>> _limit_text(">= 0.1 %", translator("sv")), _limit_text("> ", translator("en"))
    ('≥ 0,1 %', 'none of it')
    """
    operator, _space, value = written.partition(" ")
    if not value.strip():
        return _("none of it") if operator else "–"
    value = value.replace(".", ",") if _.language == "sv" else value
    return f"{operator.replace('>=', '≥')} {value}"


def part(heading: str = N_("Part")) -> Shown:
    """The component or material that a finding is about; the whole article where it is neither."""

    def cells(frame: pd.DataFrame, _: Translator) -> list[Cell]:
        names: Any = zip(frame["component_name"], frame["material_name"], strict=True)
        whole = _("the whole article")
        return [Cell(str(inner or outer or whole), str(inner or outer)) for outer, inner in names]

    return Shown("part", heading, cells)


LIST = named("list", N_("List"))
ARTICLE = (text("number", N_("Article")), text("name", N_("Name")))
"""Which article a row is about."""
WHOSE = (text("contract_number", N_("Contract")), text("supplier", N_("Supplier")), *ARTICLE)
"""The same, with its contract and supplier."""
FINDING = (
    part(),
    LIST,
    named("entry", N_("Substance or group")),
    text("written", N_("As the supplier wrote it")),
    share(N_("Content")),
    limit(),
)
"""What was found of it."""
FORCE = worded("force", N_("Why it is checked"), FORCES)
OUTCOME = worded("outcome", N_("Outcome"), OUTCOMES)
WHY = reasons("reason", N_("Why"))
