"""F5, F6: the kinds of goods, and the lists, that most is found in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from kemkoll.i18n import Translator
from kemkoll.report import cells
from kemkoll.report.document import Cell, Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars, wrapped
from kemkoll.report.figures.colours import BLUE, INK, PAPER, QUIET, SHADES
from kemkoll.report.figures.drawing import SIZE, Drawn, figure
from kemkoll.report.numbers import FIXED, HIDDEN_TEXT, count, percent, percent_in_words
from kemkoll.report.subject import Seen
from kemkoll.tables.trends import Grouping

if TYPE_CHECKING:
    pass

MOST = 15
"""Categories that are drawn; the table has all."""
_CELL, _ACROSS, _HEAD, _LINE = 30, 54, 20, 16
"""Height and least width of a cell in CSS pixels; letters of a line of a heading, and how high that is."""
_STEPS = (0.0, 0.05, 0.1, 0.2, 0.4)
"""The shares from which each shade is used."""


def by_category(seen: Seen) -> Figure:
    """F5: the share that contains in each category, the greatest first."""
    _, language = seen._, seen.language
    own = seen.named("figure-5")
    title = _("Share that contains {substances}, by category").format(substances=seen.short)
    groups = [
        (code, seen.figures.one("K2", seen.period, grouping=Grouping.category, group=code),
         seen.figures.one("K3", seen.period, grouping=Grouping.category, group=code))
        for code in seen.figures.groups("K2", seen.period, Grouping.category)
    ]  # fmt: skip
    groups.sort(key=lambda it: (it[1].value is None, -(it[1].value or 0), it[0]))
    columns = (
        Column(_("Category"), "category"),
        Column(_("Contain"), "contains", number=True),
        Column(_("Declared"), "declared", number=True),
        Column(_("Share of the declared"), "share_of_declared", number=True),
        Column(_("Share of all lies between"), "share_of_all", number=True),
    )
    rows = tuple(
        (cells.word(seen.called(Grouping.category, code)), cells.number(it.numerator, _),
         cells.number(it.denominator, _), cells.measured(it, _), cells.bounds(all_.low, all_.high, _))
        for code, it, all_ in groups
    )  # fmt: skip
    known = [it for it in groups if it[1].value is not None]
    drawn = [
        Row(
            seen.called(Grouping.category, code),
            _("{share} ({number} of {all})").format(
                share=percent(it.value, language), number=count(it.numerator or 0, language),
                all=count(it.denominator or 0, language),
            ),
            (Bar(0, it.value, BLUE),),
            (all_.low, all_.high) if all_.low is not None and all_.high is not None else None,
        )
        for code, it, all_ in known[:MOST]
        if it.value is not None
    ]  # fmt: skip
    most = (
        max(
            [
                *(bar.end for row in drawn for bar in row.bars),
                *(row.bounds[1] for row in drawn if row.bounds),
            ],
            default=1,
        )
        or 1
    )
    notes = (
        _("The thin line reaches from what is known to what may be, if all unknown articles contained them."),
    )
    table = Table(own, title, columns, rows, empty=_("No article belongs to a category."))
    return figure(
        "F5", own, title, _said(seen, known), table,
        (lambda width: bars(drawn, width, (0, most))) if drawn else None, language,
        notes=notes if drawn else (),
    )  # fmt: skip


def _said(seen: Seen, known: Sequence[tuple[str, Any, Any]]) -> str:
    """Which categories are first and last."""
    _ = seen._
    if not known:
        return _("There are no numbers to show.")
    parts = ", ".join(
        f"{seen.called(Grouping.category, code)} {percent_in_words(it.value, _)}"
        for code, it, _all in known[:3]
    )
    said = [_("Most: {parts}.").format(parts=parts)]
    if len(known) > MOST:
        said.append(
            _("The figure shows {most} of {all} categories; the table has all.").format(
                most=MOST, all=count(len(known), seen.language)
            )
        )
    return " ".join(said)


def matrix(frame: pd.DataFrame, lists: dict[str, str], seen: Seen) -> Figure:
    """F6: of how many declared articles of a category each list's substances are known, with shades and
    numbers.

    Args:
        frame: columns of MATRIX, of one period.
        lists: what each list's substances are called, in the order of the columns.
        seen: whose words and names are used.
    """
    _, language = seen._, seen.language
    title = _("Share of the declared articles that contain substances of each list, by category")
    own = frame[((frame["grouping"] == str(Grouping.category)) & frame["list"].isin([*lists])).to_numpy()]
    codes = [str(code) for code in own["group"].unique()]
    found = {
        (str(group), str(list_)): (None if math.isnan(share) else share, contains, declared)
        for group, list_, share, contains, declared in zip(
            own["group"],
            own["list"],
            own["share"].tolist(),
            own["contains"].tolist(),
            own["declared"].tolist(),
            strict=True,
        )
    }
    codes.sort(key=lambda code: (-max((found.get((code, it), (None,))[0] or 0) for it in lists), code))
    nothing = (None, -1, -1)
    columns = (
        Column(_("Category"), "category"),
        *(Column(word[:1].upper() + word[1:], code, number=True) for code, word in lists.items()),
    )
    rows = tuple(
        (cells.word(seen.called(Grouping.category, code)),
         *(_cell(found.get((code, it), nothing), _) for it in lists))
        for code in codes
    )  # fmt: skip
    table = Table("figure-6", title, columns, rows, empty=_("No article belongs to a category."))
    drawn = bool(codes) and any(share is not None for share, *_rest in found.values())
    names = [seen.called(Grouping.category, code) for code in codes]
    return figure(
        "F6", "figure-6", title, _most(found, lists, seen) if drawn else _("There are no numbers to show."),
        table,
        (lambda width: _shaded(found, codes, names, lists, width, language)) if drawn else None, language,
        narrow=False,
    )  # fmt: skip


def _cell(found: tuple[float | None, float, float], _: Translator) -> Cell:
    """The share, and of how many it is one."""
    share, contains, declared = found
    if share is None:
        return cells.NOTHING
    of = _("{share} ({number} of {all})").format(
        share=percent(share, _.language), number=count(contains, _.language), all=count(declared, _.language)
    )
    return Cell(of.replace(" ", FIXED).replace(f"{FIXED}(", " ("), round(share, 9))


def _most(
    found: dict[tuple[str, str], tuple[float | None, float, float]], lists: dict[str, str], seen: Seen
) -> str:
    """Where the greatest share is."""
    known = [(share, key) for key, (share, *_rest) in found.items() if share is not None]
    share, (group, list_) = max(known)
    return seen._("The greatest share is {share}: {substances} in {category}.").format(
        share=percent_in_words(share, seen._),
        substances=lists[list_],
        category=seen.called(Grouping.category, group),
    )


def _shaded(
    found: dict[tuple[str, str], tuple[float | None, float, float]],
    codes: Sequence[str],
    names: Sequence[str],
    lists: dict[str, str],
    width: int,
    language: str,
) -> Drawn:
    """The table as a chart: a ground that is darker for more, and the number in it."""
    import altair as alt

    left = min(230, max(7 * max(map(len, names)), 80))
    frame = pd.DataFrame(
        [
            {
                "row": row,
                "column": column,
                "said": HIDDEN_TEXT if share is None else percent(share, language),
                "fill": (PAPER if share is None else SHADES[sum(share >= step for step in _STEPS) - 1]).light,
            }
            for row, code in enumerate(codes)
            for column, list_ in enumerate(lists)
            for share in (found.get((code, list_), (None, -1, -1))[0],)
        ]
    )
    across = alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0))
    own = alt.Chart(frame).encode(x=across, y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0)))
    ground = own.mark_rect(stroke=QUIET.light, strokeWidth=0.6).encode(fill=alt.Fill("fill:N", scale=None))
    said = own.mark_text(fontSize=SIZE, color=INK.light).encode(text="said:N")
    size = {"width": max(width - left, _ACROSS * len(lists)), "height": _CELL * len(codes)}
    sides = pd.DataFrame({"row": range(len(names)), "name": names})
    side = alt.Chart(sides).mark_text(align="right", dx=-8, fontSize=SIZE, color=INK.light, limit=left + 20)
    return alt.layer(
        ground,
        said,
        side.encode(x=alt.value(0), y=alt.Y("row:O", axis=None), text="name:N"),
        *_heads([*lists.values()], across),
    ).properties(**size)


def _heads(words: Sequence[str], across: Any) -> list[Drawn]:
    """What the columns are called: upright, for they are narrower than their words."""
    import altair as alt

    names = [wrapped(word, _HEAD) for word in words]
    frame = pd.DataFrame({"column": range(len(names)), "name": names})
    made = []
    for more in sorted({name.count("\n") for name in names}):  # the first line is placed, the others follow
        own = alt.Chart(frame[[name.count("\n") == more for name in names]])
        head = own.mark_text(
            angle=270, align="left", baseline="middle", dx=6, dy=-more * _LINE / 2, fontSize=SIZE,
            color=INK.light, lineBreak="\n", lineHeight=_LINE,
        )  # fmt: skip
        made.append(head.encode(x=across, y=alt.value(0), text="name:N"))
    return made
