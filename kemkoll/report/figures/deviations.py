"""F13: what became of the deviations, and how long it took."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd

from kemkoll.i18n import Translator
from kemkoll.report import cells
from kemkoll.report.document import Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.colours import BACKSTRIPES, BLUE, PURPLE, STRIPES, TEAL, VERMILION
from kemkoll.report.figures.drawing import figure
from kemkoll.report.numbers import count, decimal

_CLASSES = (30, 60, 90, 180)
"""Days."""


def deviations(frame: pd.DataFrame, on: str, _: Translator) -> Figure:
    """The figure.

    Args:
        frame: columns of DEVIATIONS.
        on: day of the report, ISO.
        _: into the reader's language.
    """
    title = _("Deviations: what became of them, and how long it took")
    columns = (Column(_("What"), "what"), Column(_("Deviations"), "deviations", number=True))
    shut = (frame["closed"].astype(str) != "").to_numpy()
    waived = frame["waived"].to_numpy(dtype=bool) & ~shut
    stages = (
        (_("found since the series began"), len(frame), BLUE, ""),
        (_("closed"), int(shut.sum()), TEAL, ""),
        (_("accepted by the buyer for now"), int(waived.sum()), PURPLE, STRIPES),
        (_("open"), int((~shut & ~waived).sum()), VERMILION, ""),
    )
    days = [_days(str(a), str(b)) for a, b in zip(frame["opened"][shut], frame["closed"][shut], strict=True)]
    times = _times(days, _)
    told = [(name, number) for name, number, *_look in stages] + times if len(frame) else []
    rows = tuple((cells.word(name), cells.number(number, _)) for name, number in told)
    drawn = [
        *(
            Row(name, count(number, _.language), (Bar(0, number, tone, pattern),))
            for name, number, tone, pattern in stages
        ),
        *(
            Row(name, count(number, _.language), (Bar(0, number, TEAL, BACKSTRIPES),), ruled=not place)
            for place, (name, number) in enumerate(times)
        ),
    ]
    none = _("No deviation has been found.")
    table = Table("figure-13", title, columns, rows, empty=none)
    said = _said(stages, days, on, _) if len(frame) else none
    chart = (lambda width: bars(drawn, width, (0, max(len(frame), 1)))) if len(frame) else None
    return figure("F13", "figure-13", title, said, table, chart, _.language)


def _days(opened: str, closed: str) -> int:
    return (date.fromisoformat(closed) - date.fromisoformat(opened)).days


def _times(days: list[int], _: Translator) -> list[tuple[str, int]]:
    """How many took how long."""
    if not days:
        return []
    ends = [0, *_CLASSES]
    made = [
        (_("closed after {low}–{high} days").format(low=low + bool(low), high=high),
         sum((low < it or not low) and it <= high for it in days))
        for low, high in pairwise(ends)
    ]  # fmt: skip
    return [
        *made,
        (_("closed after more than {days} days").format(days=ends[-1]), sum(it > ends[-1] for it in days)),
    ]


def _said(stages: tuple[tuple[str, int, object, str], ...], days: list[int], on: str, _: Translator) -> str:
    """How many there are of each, and how long it took in the middle."""
    number = [count(many, _.language) for _name, many, *_look in stages]
    said = _(
        "Of {found} deviations on {day}: closed {closed}, accepted for now {waived}, open {open}."
    ).format(found=number[0], closed=number[1], waived=number[2], open=number[3], day=on)
    if days:
        middle = float(pd.Series(days).median())
        said += " " + _("Half of the closed ones took at most {days} days.").format(
            days=decimal(middle, _.language, 0 if middle == int(middle) else 1)
        )
    return said
