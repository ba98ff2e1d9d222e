"""F8: what the buyer has accepted for now, why, and until when."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kemkoll.i18n import Translator
from kemkoll.report import cells
from kemkoll.report.document import Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.colours import BLUE, CROSSED, GOLD, STRIPES, TEAL, VERMILION
from kemkoll.report.figures.drawing import Drawn, figure
from kemkoll.report.figures.keys import Key, keys
from kemkoll.report.numbers import count

_SOON, _YEAR = 90, 365
"""Days."""


def exemptions(waived: pd.DataFrame, on: str, _: Translator) -> Figure:
    """The figure.

    Args:
        waived: columns of WAIVED.
        on: day of the report, ISO.
        _: into the reader's language.
    """
    title = _("Waivers by ground, and when they end")
    classes = (
        ("past", _("has ended"), VERMILION, CROSSED),
        ("soon", _("ends within 90 days"), GOLD, STRIPES),
        ("year", _("ends within 12 months"), BLUE, ""),
        ("later", _("ends later"), TEAL, ""),
    )
    ends = [_ends(str(until), on) for until in waived["until"]]
    ground = waived["ground"].astype(str).where(waived["ground"].astype(str) != "", _("no ground given"))
    frame = pd.DataFrame({"ground": ground.tolist(), "ends": ends, "articles": waived["articles"].tolist()})
    numbers = frame.groupby(["ground", "ends"])["articles"].sum() if len(frame) else pd.Series(dtype="int64")
    hidden = {str(name) for name in frame["ground"][(frame["articles"] < 0).to_numpy()]}
    grounds = sorted(
        frame["ground"].unique(),
        key=lambda it: (-frame["articles"][(frame["ground"] == it).to_numpy()].sum(), it),
    )
    columns = (
        Column(_("Ground"), "ground"),
        Column(_("Waivers"), "waivers", number=True),
        *(Column(_("Articles: {what}").format(what=word), code, number=True) for code, word, *_l in classes),
    )
    rows, drawn = [], []
    for name in grounds:
        own = [int(numbers.get((name, code), 0)) for code, *_rest in classes]
        own = [-1] * len(own) if name in hidden else own
        many = int((frame["ground"] == name).sum())
        rows.append((cells.word(name), cells.number(many, _), *(cells.number(it, _) for it in own)))
        if name not in hidden:
            drawn.append(_row(name, own, classes, _))
    most = max((row.bars[-1].end for row in drawn if row.bars), default=0)
    used = [it for number, it in enumerate(classes) if any(row[2 + number].value for row in rows)]

    def chart(width: int) -> Drawn:
        import altair as alt

        explained = [Key(word, tone, pattern) for _code, word, tone, pattern in used]
        return alt.vconcat(keys(explained, width), bars(drawn, width, (0, most)), spacing=6)

    table = Table("figure-8", title, columns, tuple(rows), empty=_("No waiver is in force."))
    said = _said(frame, ends, _) if len(frame) else _("No waiver is in force.")
    return figure("F8", "figure-8", title, said, table, chart if most else None, _.language)


def _ends(until: str, on: str) -> str:
    """Which class of the figure an end belongs to."""
    try:
        left = (date.fromisoformat(until) - date.fromisoformat(on)).days
    except ValueError:
        return "later"
    if left < 0:
        return "past"
    return "soon" if left <= _SOON else "year" if left <= _YEAR else "later"


def _row(name: str, own: list[int], classes: tuple[tuple[str, str, object, str], ...], _: Translator) -> Row:
    made, here = [], 0
    for number, (_code, _word, tone, pattern) in zip(own, classes, strict=True):
        if number:
            made.append(Bar(here, here + number, tone, pattern, count(number, _.language)))  # type: ignore[arg-type]
        here += number
    said = _.ngettext("{n} article", "{n} articles", here).format(n=count(here, _.language))
    return Row(name, said, tuple(made))


def _said(frame: pd.DataFrame, ends: list[str], _: Translator) -> str:
    """How many there are, and how many need somebody soon."""
    soon, past = ends.count("soon") + ends.count("year"), ends.count("past")
    said = [
        _.ngettext("{n} waiver is shown.", "{n} waivers are shown.", len(frame)).format(
            n=count(len(frame), _.language)
        )
    ]
    if soon:
        said.append(
            _.ngettext("{n} ends within 12 months.", "{n} end within 12 months.", soon).format(
                n=count(soon, _.language)
            )
        )
    if past:
        said.append(_.ngettext("{n} has ended.", "{n} have ended.", past).format(n=count(past, _.language)))
    return " ".join(said)
