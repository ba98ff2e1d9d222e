"""What tones, patterns, dashes and shapes mean: as many beside each other as fit, below each other on a
telephone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from kemkoll.report.figures.colours import INK, Tone
from kemkoll.report.figures.drawing import SIZE, Drawn, patterned

if TYPE_CHECKING:
    pass

HEIGHT = 20
"""Of a line of keys, in CSS pixels."""
_SAMPLE, _SQUARE, _LETTER, _SPACE = 34, 22, 8.2, 14
"""Widths in CSS pixels: a line, a square, a letter (readers may space them), the space before the next."""


class Key(NamedTuple):
    """A word for a tone with its pattern, or with its shape and dash.

    Attributes:
        dash: of a line through the sample; empty: there is none.
    """

    word: str
    tone: Tone
    pattern: str = ""
    shape: str = "square"
    dash: tuple[int, ...] = ()
    filled: bool = True


def keys(explained: Sequence[Key], width: int) -> Drawn:
    """The keys of a picture of this width, in CSS pixels."""
    import altair as alt

    places = _set(explained, width)
    lines = places[-1][1] + 1
    frame = pd.DataFrame([_row(key, *place) for key, place in zip(explained, places, strict=True)])
    across, down = alt.Scale(domain=[0, width], nice=False), alt.Scale(domain=[lines - 0.5, -0.5], nice=False)
    own = alt.Chart(frame).encode(
        x=alt.X("x:Q", scale=across, axis=None), y=alt.Y("y:Q", scale=down, axis=None)
    )
    tone = alt.Stroke("line:N", scale=None)
    parts: list[Any] = []
    if any(key.dash for key in explained):
        dashes = {json.dumps(list(key.dash)): list(key.dash) for key in explained}
        dash = alt.StrokeDash(
            "dash:N", scale=alt.Scale(domain=[*dashes], range=[*dashes.values()]), legend=None
        )
        parts.append(own.mark_rule(strokeWidth=2).encode(x2="end:Q", stroke=tone, strokeDash=dash))
    shapes = list(dict.fromkeys(key.shape for key in explained))
    shape = alt.Shape("shape:N", scale=alt.Scale(domain=shapes, range=shapes), legend=None)
    middle = own.encode(x=alt.X("middle:Q", scale=across, axis=None), stroke=tone, shape=shape)
    parts.append(
        middle.mark_point(size=120, strokeWidth=1.6, filled=True, opacity=1).encode(
            fill=alt.Fill("fill:N", scale=None)
        )
    )
    looks: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": SIZE, "color": INK.light}
    parts.append(own.mark_text(**looks).encode(x=alt.X("after:Q", scale=across, axis=None), text="word:N"))
    return alt.layer(*parts).properties(width=width, height=HEIGHT * lines)


def _row(key: Key, x: float, y: int) -> dict[str, Any]:
    """Where the parts of a key stand, in CSS pixels from the left, and how they look."""
    sample = _SAMPLE if key.dash else _SQUARE
    return {
        "x": x, "y": y, "end": x + sample - 8, "middle": x + (sample - 8) / 2, "after": x + sample,
        "word": key.word,
        "fill": patterned(key.tone, key.pattern) if key.filled else "none", "line": key.tone.light,
        "shape": key.shape, "dash": json.dumps(list(key.dash)),
    }  # fmt: skip


def _set(explained: Sequence[Key], width: int) -> list[tuple[float, int]]:
    """Where each key stands: CSS pixels from the left, and its line."""
    places: list[tuple[float, int]] = []
    x, line = 0.0, 0
    for key in explained:
        wide = (_SAMPLE if key.dash else _SQUARE) + _LETTER * len(key.word)
        if x and x + wide > width:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += wide + _SPACE
    return places
