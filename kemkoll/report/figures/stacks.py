"""F4, F7: what a year's articles are made up of, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kemkoll.outputs.words import EVIDENCE_LEVELS
from kemkoll.report import cells
from kemkoll.report.document import Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.colours import (
    BACKSTRIPES,
    BARS,
    BLUE,
    CROSSED,
    DOTS,
    GOLD,
    GREY,
    PURPLE,
    STRIPES,
    TEAL,
    VERMILION,
    Tone,
)
from kemkoll.report.figures.drawing import Drawn, figure
from kemkoll.report.figures.keys import Key, keys
from kemkoll.report.numbers import count, percent, percent_in_words
from kemkoll.report.subject import Seen
from kemkoll.report.words import OUTCOMES


class Part(NamedTuple):
    """A part that articles fall into, and how it is drawn."""

    code: str
    word: str
    tone: Tone
    pattern: str


def outcomes(seen: Seen) -> Figure:
    """F4: what became of the articles under their contracts."""
    _ = seen._
    looks = {
        "free": (TEAL, ""),
        "below_limit": (BLUE, DOTS),
        "derogated": (PURPLE, STRIPES),
        "listed": (GOLD, BARS),
        "waived": (PURPLE, CROSSED),
        "review": (GREY, DOTS),
        "unknown": (GREY, BACKSTRIPES),
        "deviation": (VERMILION, ""),
    }
    parts = [Part(code, _(OUTCOMES[code]), *look) for code, look in looks.items()]
    frame = seen.subject.outcomes
    whole = frame[(frame["grouping"] == "").to_numpy()]
    numbers = {
        (int(period), str(outcome)): articles
        for period, outcome, articles in zip(
            whole["period"], whole["outcome"], whole["articles"].tolist(), strict=True
        )
    }
    return _stacked("F4", "figure-4", seen, _("What became of the articles"), parts, numbers)


def evidence(seen: Seen) -> Figure:
    """F7: how good the evidence is of what the articles hold."""
    _ = seen._
    looks = ((GREY, BACKSTRIPES), (GOLD, BARS), (PURPLE, STRIPES), (BLUE, ""), (TEAL, DOTS), (TEAL, ""))
    parts = [Part(f"level_{level}", _(EVIDENCE_LEVELS[level]), *look) for level, look in enumerate(looks)]
    numbers: dict[tuple[int, str], float | None] = {}
    for place in range(seen.period + 1):
        articles = seen.figures.one("K0", place).denominator
        least = [articles, *(seen.figures.one(f"K0_{level}", place).numerator for level in range(1, 6)), 0.0]
        for level, (here, above) in enumerate(pairwise(least)):
            apart = None if here is None or above is None else here - above
            numbers[place, f"level_{level}"] = apart
    return _stacked("F7", "figure-7", seen, _("What is known of the articles, by evidence"), parts, numbers)


def _stacked(
    kind: str,
    name: str,
    seen: Seen,
    title: str,
    parts: Sequence[Part],
    numbers: dict[tuple[int, str], float | None],
) -> Figure:
    """The figure: a row for each year, in parts of a hundred."""
    _ = seen._
    places = [
        place
        for place in range(seen.period + 1)
        if any((numbers.get((place, part.code)) or 0) > 0 for part in parts)
    ]
    used = [part for part in parts if any((numbers.get((place, part.code)) or 0) != 0 for place in places)]
    columns = (
        Column(_("Year"), "year"),
        Column(_("Articles"), "articles", number=True),
        *(Column(part.word[:1].upper() + part.word[1:], part.code, number=True) for part in used),
    )
    rows, drawn = [], []
    for place in places:
        own = [numbers.get((place, part.code), 0) for part in used]
        hidden = any(number is None or number < 0 for number in own)
        total = None if hidden else sum(own)  # type: ignore[arg-type]
        rows.append(
            (cells.word(seen.years[place]), cells.number(total, _), *(cells.number(it, _) for it in own))
        )
        if total:
            drawn.append(_row(seen, place, used, own, total))  # type: ignore[arg-type]
    own_name = seen.named(name)

    def chart(width: int) -> Drawn:
        import altair as alt

        explained = [Key(part.word, part.tone, part.pattern) for part in used]
        return alt.vconcat(keys(explained, width), bars(drawn, width, (0, 1)), spacing=6)

    said = _said(seen, places, used, numbers) if drawn else _("There are no numbers to show.")
    table = Table(own_name, title, columns, tuple(rows), empty=_("There are no numbers to show."))
    return figure(kind, own_name, title, said, table, chart if drawn else None, seen.language)


def _row(seen: Seen, place: int, used: Sequence[Part], own: Sequence[float], total: float) -> Row:
    """The parts of one year beside each other, each with its share where there is room."""
    made, here = [], 0.0
    for part, number in zip(used, own, strict=True):
        share = number / total
        if number:
            made.append(Bar(here, here + share, part.tone, part.pattern, percent(share, seen.language, 0)))
        here += share
    said = seen._.ngettext("{n} article", "{n} articles", int(total)).format(n=count(total, seen.language))
    return Row(seen.years[place], said, tuple(made))


def _said(
    seen: Seen, places: Sequence[int], used: Sequence[Part], numbers: dict[tuple[int, str], float | None]
) -> str:
    """The parts of the last year in a sentence."""
    _, last = seen._, places[-1]
    own = [(part, numbers.get((last, part.code))) for part in used]
    known = [(part, number) for part, number in own if number is not None and number >= 0]
    total = sum(number for _part, number in known) or 1
    parts = "; ".join(
        f"{part.word} {percent_in_words(number / total, _)}" for part, number in known if number
    )
    return _("In {year}: {parts}.").format(year=seen.years[last], parts=parts)
