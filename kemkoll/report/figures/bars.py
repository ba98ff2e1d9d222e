"""Bars that lie under what they are called: one row each, read like a table, as wide as a telephone or wider.

A row has its words to the left above its bars and its number to the right. Bars of one row lie beside each
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from kemkoll.report.figures.colours import BLUE, INK, PAPER, QUIET, Tone
from kemkoll.report.figures.drawing import SIZE, Drawn, haloed, patterned

if TYPE_CHECKING:
    import altair as alt

HEIGHT, THICK = 44, 15
"""Of a row, and of a bar, in CSS pixels."""
_BELOW = 8
"""How far a bar lies below the middle of its row, in CSS pixels."""
_LINE = 16
_LETTER = 6.3
"""Width of a letter, in CSS pixels: enough to know that a word does not fit into its bar."""


class Bar(NamedTuple):
    """A bar from one number to another, in a tone and pattern.

    Attributes:
        said: what is written in it, where there is room.
        kind: what the legend calls it; empty: it stands in none.
    """

    start: float
    end: float
    tone: Tone = BLUE
    pattern: str = ""
    said: str = ""
    kind: str = ""


class Row(NamedTuple):
    """One row: what it is called, its number in words, its bars.

    Attributes:
        bounds: between which the number lies; a line with two ends.
        point: the number, where it is a point on that line and no bar.
        ruled: a line is drawn above it: what follows is the sum of what stood before.
    """

    name: str
    said: str
    bars: tuple[Bar, ...] = ()
    bounds: tuple[float, float] | None = None
    point: float | None = None
    ruled: bool = False


def bars(rows: Sequence[Row], width: int, domain: tuple[float, float]) -> Drawn:
    """The chart of these rows.

    Args:
        rows: from top to bottom.
        width: CSS pixels.
        domain: the least and the greatest number that is drawn; between them a line stands at 0.
    """
    import altair as alt

    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    names = [wrapped(row.name, int((width - _LETTER * len(row.said) - 20) / _LETTER)) for row in rows]
    more = _LINE * max(name.count("\n") for name in names)
    low = _BELOW + more / 2
    parts: list[Any] = [_zero(scale)] if domain[0] < 0 < domain[1] else []
    parts += [_ground(rows, scale, low), *_between(rows, scale, low)]
    parts += [*_words(rows, names, width, more), *_inside(rows, width, scale, low)]
    return alt.layer(*parts).properties(width=width, height=(HEIGHT + more) * len(rows))


def wrapped(text: str, most: int) -> str:
    r"""The text on lines of at most so many letters, where its words allow it.

    >>> wrapped("was unknown, now declared", 14)
    'was unknown,\nnow declared'
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _y() -> alt.Y:
    import altair as alt

    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _zero(scale: alt.Scale) -> Drawn:
    import altair as alt

    frame = pd.DataFrame({"zero": [0.0]})
    return alt.Chart(frame).mark_rule(color=QUIET.light).encode(x=alt.X("zero:Q", scale=scale, axis=None))


def _ground(rows: Sequence[Row], scale: alt.Scale, low: float) -> Drawn:
    """The bars."""
    import altair as alt

    frame = pd.DataFrame(
        [
            {
                "row": number,
                "start": bar.start,
                "end": bar.end,
                "fill": patterned(bar.tone, bar.pattern),
                "line": bar.tone.light,
            }
            for number, row in enumerate(rows)
            for bar in row.bars
        ],
        columns=["row", "start", "end", "fill", "line"],
    )
    own = alt.Chart(frame).encode(
        x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q", y=_y(),
        fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("line:N", scale=None),
    )  # fmt: skip
    return own.mark_bar(height=THICK, yOffset=low, strokeWidth=1.2)


def _between(rows: Sequence[Row], scale: alt.Scale, below: float) -> list[Drawn]:
    """The lines between bounds, their ends, and the points on them."""
    import altair as alt

    if not any(row.bounds for row in rows):
        return []
    frame = pd.DataFrame(
        [
            {"row": number, "low": row.bounds[0], "high": row.bounds[1]}
            for number, row in enumerate(rows)
            if row.bounds
        ],
        columns=["row", "low", "high"],
    )
    points = pd.DataFrame(
        [{"row": number, "point": row.point} for number, row in enumerate(rows) if row.point is not None],
        columns=["row", "point"],
    )
    line = alt.Chart(frame).encode(y=_y())
    x = {name: alt.X(f"{name}:Q", scale=scale, axis=None) for name in ("low", "high")}
    looks: dict[str, Any] = {"yOffset": below, "color": INK.light}
    return [
        line.mark_rule(strokeWidth=1.6, **looks).encode(x=x["low"], x2="high:Q"),
        *(line.mark_tick(thickness=1.6, height=11, **looks).encode(x=x[name]) for name in ("low", "high")),
        alt.Chart(points)
        .mark_point(filled=True, size=110, yOffset=below, color=BLUE.light, opacity=1, stroke=PAPER.light)
        .encode(x=alt.X("point:Q", scale=scale, axis=None), y=_y()),
    ]


def _words(rows: Sequence[Row], names: Sequence[str], width: int, more: float) -> list[Drawn]:
    """What stands above the bars."""
    import altair as alt

    frame = pd.DataFrame({"row": range(len(rows)), "name": names, "said": [row.said for row in rows]})
    base = more / 2 - 3
    looks: dict[str, Any] = {"baseline": "bottom", "fontSize": SIZE, "color": INK.light}
    told = []
    for lines in sorted({name.count("\n") for name in names}):  # the first line is placed, the others follow
        own = alt.Chart(frame[[name.count("\n") == lines for name in names]]).encode(y=_y())
        looks["dy"] = base - _LINE * lines
        left = own.mark_text(align="left", lineBreak="\n", lineHeight=_LINE, **looks)
        right = own.mark_text(align="right", fontWeight="bold", **looks)
        told += [
            left.encode(x=alt.value(0), text="name:N"),
            right.encode(x=alt.value(width), text="said:N"),
        ]
    ruled = frame[[row.ruled for row in rows]]
    if not len(ruled):
        return told
    rule = alt.Chart(ruled).mark_rule(yOffset=-(HEIGHT + more) / 2 + 1, color=QUIET.light, strokeDash=[2, 2])
    return [rule.encode(y=_y(), x=alt.value(0), x2=alt.value(width)), *told]


def _inside(rows: Sequence[Row], width: int, scale: alt.Scale, below: float) -> list[Drawn]:
    """The words in those bars that have room."""
    import altair as alt

    low, high = scale["domain"]
    wide = width / ((high - low) or 1)
    frame = pd.DataFrame(
        [
            {"row": number, "middle": (bar.start + bar.end) / 2, "said": bar.said}
            for number, row in enumerate(rows)
            for bar in row.bars
            if bar.said and abs(bar.end - bar.start) * wide > _LETTER * len(bar.said) + 8
        ],
        columns=["row", "middle", "said"],
    )
    if not len(frame):
        return []
    own = alt.Chart(frame).encode(x=alt.X("middle:Q", scale=scale, axis=None), y=_y(), text="said:N")
    looks: dict[str, Any] = {"baseline": "middle", "yOffset": below, "fontSize": 12}
    return [*haloed(own, **looks)]
