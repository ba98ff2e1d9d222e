"""A chart of Altair as an SVG that a page can hold: without script, style or fonts, the same bytes each time.

Vega calls each mark by its numbers, one by one; a reader by ear is told the picture's summary and given its
table
instead, so those calls are taken out. A pattern is a colour with a name behind it: `#0067a8-stripes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

from kemkoll.report.document import Figure, Table
from kemkoll.report.figures.colours import GRID, INK, PAPER, PATTERNS, QUIET, Tone
from kemkoll.report.numbers import FIXED, NARROW

Drawn: TypeAlias = Any
"""A chart of Altair: what makes one says less of its type than what takes it asks for."""
WIDE, SLIM = 600, 290
"""Of the ground that is drawn on, in CSS pixels: beside text, and on a telephone of 320."""
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SIZE = 13
_PATTERN = re.compile(r'(fill|stroke)="(#[0-9a-f]{6})-(\w+)"')
_CALLS = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|opacity)="[^"]*"')
_NOTHING = re.compile(r'<path(?: [a-z-]+="[^"]*")* d="(?:M0,0h0v0h0Z)?"[^>]*/>')
_EMPTY = re.compile(r"<g(?: [a-z-]+=\"[^\"]*\")*></g>")
_FONT = re.compile(r' font-family="[^"]*"')
_FINE = re.compile(r"-?\d+\.\d{3,}")
_CLEAR = "transparent"
_GROUND = re.compile(rf'<rect [^>]*fill="{_CLEAR}"/>')
_ROOT = re.compile(r"<svg [^>]*>")


def patterned(tone: Tone, pattern: str) -> str:
    """The colour with a pattern over it, as a chart names it.

    >>> from kemkoll.report.figures.colours import BLUE, DOTS
    >>> patterned(BLUE, DOTS)
    '#0067a8-dots'
    """
    return f"{tone.light}-{pattern}" if pattern else tone.light


def haloed(chart: Drawn, **looks: Any) -> tuple[Drawn, Drawn]:
    """The chart's words, twice: paper around each letter first, so that no line or pattern disturbs them.

    Args:
        chart: the ground that both stand on.
        looks: of the words, as Altair's `mark_text` takes them.
    """
    around = {"stroke": PAPER.light, "strokeWidth": 4, "strokeJoin": "round"}
    return chart.mark_text(color=PAPER.light, **around, **looks), chart.mark_text(color=INK.light, **looks)


def picture(chart: Drawn, name: str, title: str, summary: str, language: str) -> str:
    """The chart as SVG.

    Args:
        chart: without a title of its own.
        name: unlike that of any other picture on the page.
        title: what it is, for a reader by ear.
        summary: what there is to see.
        language: how numbers on its axes are written.
    """
    import vl_convert

    spec = _configured(chart).to_dict(validate=False)
    drawn = vl_convert.vegalite_to_svg(spec, format_locale=_numbers(language), show_warnings=False)
    return _accessible(drawn, name, title, summary)


def _numbers(language: str) -> dict[str, Any]:
    """How the charting library is to write numbers."""
    swedish = language == "sv"
    return {
        "decimal": "," if swedish else ".",
        "thousands": NARROW if swedish else ",",
        "grouping": [3],
        "currency": ["", ""],
        "percent": f"{FIXED}%",
        "minus": "\N{MINUS SIGN}",
    }


def _configured(chart: Drawn) -> Drawn:
    """The chart in the looks that all have."""
    return chart.configure(
        font=FONT,
        background=_CLEAR,
        padding=4,
        axis={
            "labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": "normal",
            "labelColor": INK.light,
            "titleColor": QUIET.light, "domainColor": QUIET.light, "tickColor": QUIET.light,
            "gridColor": GRID.light, "labelLimit": 260, "labelPadding": 4,
        },
        legend={"labelFontSize": SIZE, "labelColor": INK.light, "titleColor": QUIET.light, "labelLimit": 260},
        text={"fontSize": SIZE, "color": INK.light},
        view={"stroke": None},
    )  # fmt: skip


def _accessible(svg: str, name: str, title: str, summary: str) -> str:
    """The drawing with its title and summary, and without what is of no use in a page."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if size is None:
        raise ValueError(f"{name}: the drawing has no size")
    width, height = size.groups()
    body = _ROOT.sub("", svg, count=1).removesuffix("</svg>")
    body = _NOTHING.sub("", _GROUND.sub("", _FONT.sub("", _CALLS.sub("", body))))
    while _EMPTY.search(body):
        body = _EMPTY.sub("", body)
    body = _FINE.sub(lambda found: f"{float(found[0]):.2f}", body)
    body, patterns = _drawn_patterns(body, name)
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc" class="drawn" font-family="{FONT}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    )
    said = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(summary)}</desc>'
    return f"{root}{said}{patterns}{body}</svg>"


def _drawn_patterns(body: str, name: str) -> tuple[str, str]:
    """The drawing with its patterns by reference, and what these are."""
    used = sorted({(colour, pattern) for _part, colour, pattern in _PATTERN.findall(body)})
    made = "".join(
        f'<pattern id="{name}-{colour[1:]}-{pattern}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="M0,0h8v8h-8Z" fill="{colour}"/>'
        f'<g stroke="{PAPER.light}" fill="none">{PATTERNS[pattern]}</g></pattern>'
        for colour, pattern in used
    )
    body = _PATTERN.sub(lambda it: f'{it[1]}="url(#{name}-{it[2][1:]}-{it[3]})"', body)
    return body, f"<defs>{made}</defs>" if made else ""


def figure(
    kind: str,
    name: str,
    title: str,
    summary: str,
    table: Table,
    chart: Callable[[int], Drawn] | None,
    language: str,
    *,
    narrow: bool = True,
    notes: tuple[str, ...] = (),
) -> Figure:
    """The figure: the chart drawn wide, and as wide as a telephone.

    Args:
        kind: `F1` … `F13`.
        name: unlike that of any other figure of the report.
        title: what it is.
        summary: what there is to see, in sentences.
        table: the numbers drawn.
        chart: of a width in CSS pixels; None where there are too few numbers for one.
        language: how numbers on its axes are written.
        narrow: whether there is a drawing for a telephone; else the wide one is moved sideways.
        notes: footnotes.
    """
    if chart is None:
        return Figure(name, kind, title, summary, "", table, notes=notes)
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):  # each part of a chart would be validated as often as it is copied
        wide = picture(chart(WIDE), name, title, summary, language)
        slim = picture(chart(SLIM), f"{name}-slim", title, summary, language) if narrow else ""
    return Figure(name, kind, title, summary, wide, table, slim, notes)
