"""The colours of pictures, on white paper and on a dark screen, and the patterns that go with them.

Each colour has a contrast of at least 3:1 against the ground of its page, which a test holds it to; text is
in ink.
Blue, vermilion and teal are told apart with every kind of colour vision, and each has a pattern of its own.
"""

from __future__ import annotations

from typing import NamedTuple


class Tone(NamedTuple):
    """A colour on white, and what takes its place on a dark ground."""

    light: str
    dark: str


PAPER = Tone("#ffffff", "#15181b")
INK = Tone("#1a1c1e", "#e9ecef")
QUIET = Tone("#4d5358", "#b4bac0")
GRID = Tone("#d5d9dc", "#3a4046")
"""Lines that only help the eye; nothing is lost without them."""
BLUE = Tone("#0067a8", "#6db8f2")
VERMILION = Tone("#bf4300", "#ff9a57")
TEAL = Tone("#00796b", "#4fcfb0")
PURPLE = Tone("#8a4a86", "#dfa3d6")
GREY = Tone("#666d74", "#a5adb4")
GOLD = Tone("#856600", "#e0bf4a")
BAND = Tone("#cfe2f0", "#24445c")
"""The ground between two bounds, which have lines of their own."""
SHADES = (
    Tone("#f4f8fb", "#1b2126"),
    Tone("#dbe9f4", "#1d3040"),
    Tone("#bfd8ea", "#1f4059"),
    Tone("#9fc5df", "#245475"),
    Tone("#7fb1d3", "#2a6890"),
)
"""Grounds of cells from few to many; ink is read on each, and the number stands in the cell."""
TONES = (PAPER, INK, QUIET, GRID, BLUE, VERMILION, TEAL, PURPLE, GREY, GOLD, BAND, *SHADES)

STRIPES, BACKSTRIPES, DOTS, BARS, CROSSED = "stripes", "backstripes", "dots", "bars", "crossed"
PATTERNS = {
    STRIPES: '<path d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4" stroke-width="1.6"/>',
    BACKSTRIPES: '<path d="M-2,6l4,4M0,0l8,8M6,-2l4,4" stroke-width="1.6"/>',
    DOTS: '<path d="M2,2h.01M6,6h.01" stroke-width="2.4" stroke-linecap="round"/>',
    BARS: '<path d="M0,2h8M0,6h8" stroke-width="1.4"/>',
    CROSSED: '<path d="M0,4h8M4,0v8" stroke-width="1.2"/>',
}
"""What is drawn in paper's colour over the colour, on a tile of 8 by 8."""


def style() -> str:
    """How a page on a dark screen shows the pictures that were drawn for white paper.

    >>> ".drawn [fill='#0067a8']{fill:#6db8f2}" in style()
    True
    """
    return "".join(
        f".drawn [{part}='{tone.light}']{{{part}:{tone.dark}}}"
        for tone in TONES
        for part in ("fill", "stroke")
    )


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1, as WCAG 2.1 reckons it.

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return round(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2], 6)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
