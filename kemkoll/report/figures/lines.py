"""Lines over the years, each with a dash and a shape of its own, never drawn across a break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from kemkoll.report.figures.colours import BAND, INK, Tone
from kemkoll.report.figures.drawing import SIZE, Drawn, haloed
from kemkoll.report.figures.keys import Key, keys

if TYPE_CHECKING:
    import altair as alt

HEIGHT = 230
_AXIS = 50
"""Room for the numbers of the upright axis, in CSS pixels."""
_LINE, _POINT = 2, 70
"""How thick a line is, in CSS pixels, and how large a point, in square ones."""


class Line(NamedTuple):
    """What is drawn over the years.

    Attributes:
        values: one for each period; None where there is none.
        said: what is written at the points; empty: nothing.
        weight: how thick, beside others; of lines that may fall together, the first is to be the thickest.
    """

    name: str
    values: Sequence[float | None]
    tone: Tone
    dash: tuple[int, ...] = (1, 0)
    shape: str = "circle"
    said: Sequence[str] = ()
    weight: float = 1.0


def lines(
    drawn: Sequence[Line],
    periods: Sequence[str],
    breaks: Sequence[int],
    width: int,
    *,
    band: tuple[Sequence[float | None], Sequence[float | None]] | None = None,
) -> Drawn:
    """The chart of these lines, and what each of them is.

    Args:
        drawn: the lines.
        periods: what the periods are called, oldest first.
        breaks: the periods that cannot be compared with what was before them.
        width: CSS pixels.
        band: least and greatest of what may be, for each period.
    """
    import altair as alt

    segments = [sum(start <= place for start in breaks) for place in range(len(periods))]
    long = _long(drawn, segments)
    x = _x(periods, width)
    y = alt.Y(
        "value:Q", title=None, scale=_scale(long, band), axis=alt.Axis(format="%", tickCount=5, grid=True)
    )
    looks = _looks(drawn)
    own = alt.Chart(long)
    parts: list[Any] = [_band(band, segments, x)] if band else []
    parts += [_broken(breaks, x)] if breaks else []
    parts += [
        own.mark_line().encode(
            x=x,
            y=y,
            detail="segment:N",
            stroke=looks["stroke"],
            strokeDash=looks["dash"],
            strokeWidth=looks["thick"],
        ),
        own.mark_point(filled=True, opacity=1).encode(
            x=x, y=y, fill=looks["fill"], stroke=looks["stroke"], shape=looks["shape"], size=looks["size"]
        ),
        *(mark.encode(x=x, y=y, text="said:N") for mark in haloed(own, dy=-13, fontSize=SIZE)),
    ]
    chart = alt.layer(*parts).properties(width=width - _AXIS, height=HEIGHT)
    explained = [Key(line.name, line.tone, shape=line.shape, dash=line.dash) for line in drawn]
    return alt.vconcat(keys(explained, width - _AXIS), chart, spacing=10)


def _long(drawn: Sequence[Line], segments: Sequence[int]) -> pd.DataFrame:
    """A row for each point."""
    return pd.DataFrame(
        [
            {
                "period": place,
                "value": value,
                "kind": line.name,
                "segment": segments[place],
                "said": line.said[place] if line.said else "",
            }
            for line in drawn
            for place, value in enumerate(line.values)
            if value is not None
        ],
        columns=["period", "value", "kind", "segment", "said"],
    )


def _x(periods: Sequence[str], width: int) -> alt.X:
    import json

    import altair as alt

    most = 12 if width > 400 else 6
    step = -(-len(periods) // most)
    shown = [place for place in range(len(periods)) if (len(periods) - 1 - place) % step == 0]
    axis = alt.Axis(
        values=shown, labelExpr=f"{json.dumps(list(periods))}[datum.value]", title=None, grid=False,
        labelAngle=0, labelFlush=False, domain=True,
    )  # fmt: skip
    return alt.X("period:Q", axis=axis, scale=alt.Scale(domain=[-0.35, len(periods) - 0.65], nice=False))


def _scale(long: pd.DataFrame, band: Any) -> alt.Scale:
    """From 0, or from the least where that is less, to what is greatest."""
    import altair as alt

    values = [*long["value"], *(value for side in band or () for value in side if value is not None), 0.0]
    low, high = min(values), max(values)
    room = (high - low or 1) * 0.08
    return alt.Scale(domain=[low - room if low < 0 else 0, high + room], nice=True)


def _looks(drawn: Sequence[Line]) -> dict[str, Any]:
    """Tone, dash, shape and thickness by the name of the line; `keys` explains them."""
    import altair as alt

    names = [line.name for line in drawn]

    def scale(values: Sequence[Any]) -> alt.Scale:
        return alt.Scale(type="ordinal", domain=names, range=list(values))

    tones = scale([line.tone.light for line in drawn])
    return {
        "stroke": alt.Stroke("kind:N", scale=tones, legend=None),
        "fill": alt.Fill("kind:N", scale=tones, legend=None),
        "dash": alt.StrokeDash("kind:N", scale=scale([list(line.dash) for line in drawn]), legend=None),
        "shape": alt.Shape("kind:N", scale=scale([line.shape for line in drawn]), legend=None),
        "size": alt.Size("kind:N", scale=scale([_POINT * line.weight**2 for line in drawn]), legend=None),
        "thick": alt.StrokeWidth("kind:N", scale=scale([_LINE * line.weight for line in drawn]), legend=None),
    }


def _band(band: Any, segments: Sequence[int], x: alt.X) -> Drawn:
    """The ground between the bounds."""
    import altair as alt

    frame = pd.DataFrame(
        [
            {"period": place, "low": low, "high": high, "segment": segments[place]}
            for place, (low, high) in enumerate(zip(*band, strict=True))
            if low is not None and high is not None
        ],
        columns=["period", "low", "high", "segment"],
    )
    own = alt.Chart(frame).mark_area(color=BAND.light, opacity=1)
    return own.encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q", detail="segment:N")


def _broken(breaks: Sequence[int], x: alt.X) -> Drawn:
    """An upright line before each period that begins anew, with the number of its footnote."""
    import altair as alt

    frame = pd.DataFrame(
        {"period": [place - 0.5 for place in breaks], "mark": [f"{n})" for n in range(1, len(breaks) + 1)]}
    )
    own = alt.Chart(frame).encode(x=x)
    rule = own.mark_rule(color=INK.light, strokeDash=[5, 3], strokeWidth=1.4)
    mark = own.mark_text(align="left", dx=4, dy=8, fontSize=SIZE, fontWeight="bold", color=INK.light)
    return alt.layer(rule, mark.encode(y=alt.value(0), text="mark:N"))
