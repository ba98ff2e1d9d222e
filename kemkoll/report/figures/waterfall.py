"""F3: where the difference between two years comes from, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from kemkoll.report import cells
from kemkoll.report.document import Cell, Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.colours import (
    BACKSTRIPES,
    BLUE,
    CROSSED,
    DOTS,
    GOLD,
    GREY,
    STRIPES,
    TEAL,
    VERMILION,
    Tone,
)
from kemkoll.report.figures.drawing import Drawn, figure
from kemkoll.report.figures.keys import Key, keys
from kemkoll.report.numbers import count, percent_in_words, signed
from kemkoll.report.subject import Seen
from kemkoll.report.words import INFORMATION, UNEXPLAINED, missing_text, year_range
from kemkoll.trends.crossing import IN, LETTER
from kemkoll.trends.words import FLOWS

_LOOKS: dict[str, tuple[Tone, str]] = {
    "sum": (BLUE, ""),
    "less": (TEAL, STRIPES),
    "more": (VERMILION, DOTS),
    "information": (GREY, BACKSTRIPES),
    "unexplained": (GOLD, CROSSED),
}


def flows(seen: Seen) -> Figure:
    """The figure."""
    _ = seen._
    steps = _steps(seen)
    title = _("Where the difference comes from, {years}").format(
        years=year_range(seen.years[seen.base], seen.years[seen.period], _)
    )
    before = seen.figures.one("K1b", seen.base)
    after = seen.figures.one("K1b", seen.period)
    own = seen.named("figure-3")
    columns = (
        Column("", "code"),
        Column(_("What happened"), "what"),
        Column(_("Articles"), "articles", number=True),
        Column(_("Percentage points of the first year"), "points", number=True),
    )
    start = before.value
    if start is None or after.value is None:
        return figure(
            "F3",
            own,
            title,
            _("There is nothing to compare."),
            Table(own, title, columns, ()),
            None,
            seen.language,
        )
    rows = [_sum_row(seen, seen.base, start), *(_row(seen, *step, start) for step in steps),
            _sum_row(seen, seen.period, after.value)]  # fmt: skip
    drawn = _drawn(seen, steps, start, after.value)
    most = max(bar.end for row in drawn for bar in row.bars) or 1
    whole = bool(steps) and all(number is not None for _code, number in steps)
    change = seen.figures.one("K1", seen.period, seen.base)

    def chart(width: int) -> Drawn:
        import altair as alt

        explained = [
            Key(_("number of articles"), *_LOOKS["sum"]),
            Key(_("real decrease"), *_LOOKS["less"]),
            Key(_("real increase"), *_LOOKS["more"]),
            Key(_("only the information changed"), *_LOOKS["information"]),
            Key(_("not explained"), *_LOOKS["unexplained"]),
        ]
        used = {_kind(code) for code, _number in steps} | {"sum"}
        shown = [key for kind, key in zip(_LOOKS, explained, strict=True) if kind in used]
        return alt.vconcat(keys(shown, width), bars(drawn, width, (0, most)), spacing=6)

    said = _said(seen, steps, start, after.value) if steps else missing_text(change.missing, _)
    return figure(
        "F3", own, title, said, Table(own, title, columns, tuple(rows)),
        chart if whole else None, seen.language,
    )  # fmt: skip


def _steps(seen: Seen) -> list[tuple[str, float | None]]:
    """Each flow that there is and how many articles it is; None: hidden."""
    frame = seen.subject.flows
    met = (
        (frame["reading"] == "fixed") & (frame["grouping"] == "")
        & (frame["base"] == seen.base) & (frame["period"] == seen.period)
    )  # fmt: skip
    own = frame[met.to_numpy()]
    numbers = dict(zip(own["flow"].astype(str), own["articles"].tolist(), strict=True))
    return [(code, None if numbers[code] < 0 else numbers[code]) for code in FLOWS if numbers.get(code)]


def _kind(code: str) -> str:
    if code in UNEXPLAINED:
        return "unexplained"
    if code in INFORMATION:
        return "information"
    return "more" if code in IN else "less"


def _sum_row(seen: Seen, place: int, number: float) -> tuple[Cell, ...]:
    said = seen._("Contained them in {year}").format(year=seen.years[place])
    return (
        cells.word(""),
        cells.word(said, strong=True),
        cells.number(number, seen._, strong=True),
        cells.NOTHING,
    )


def _row(seen: Seen, code: str, number: float | None, start: float) -> tuple[Cell, ...]:
    _ = seen._
    change = None if number is None else number if code in IN else -number
    share = change / start if change is not None and start else None
    return (
        cells.word(LETTER.get(code, "")),
        cells.word(_(FLOWS[code])),
        cells.NOTHING if change is None else cells.number(change, _, sign=True),
        cells.difference(share, _),
    )


def _drawn(seen: Seen, steps: Sequence[tuple[str, float | None]], start: float, end: float) -> list[Row]:
    """A bar for the first year, one for each step from where the last one ended, one for the last year."""
    _ = seen._
    made = [Row(seen.years[seen.base], count(start, seen.language), (Bar(0, start, *_LOOKS["sum"]),))]
    here = start
    for code, number in steps:
        change = (number or 0) * (1 if code in IN else -1)
        low, high = sorted((here, here + change))
        said = _(FLOWS[code])
        letter = LETTER.get(code)
        made.append(
            Row(f"{letter}  {said}" if letter else said, signed(change, seen.language),
                (Bar(low, high, *_LOOKS[_kind(code)]),))
        )  # fmt: skip
        here += change
    return [
        *made,
        Row(seen.years[seen.period], count(end, seen.language), (Bar(0, end, *_LOOKS["sum"]),), ruled=True),
    ]


def _said(seen: Seen, steps: Sequence[tuple[str, float | None]], start: float, end: float) -> str:
    """The steps in a sentence, the greatest first."""
    _ = seen._
    parts = [
        f"{_(FLOWS[code])}: {signed(number if code in IN else -number, seen.language)}"
        for code, number in sorted(steps, key=lambda step: -(step[1] or 0))
        if number is not None
    ]
    said = _("The number went from {before} to {after}.").format(
        before=count(start, seen.language), after=count(end, seen.language)
    )
    if start:
        said += " " + _("That is a net change of {share}.").format(
            share=percent_in_words((end - start) / start, _)
        )
    return f"{said} {'; '.join(parts)[:1].upper()}{'; '.join(parts)[1:]}." if parts else said
