"""F2, F10, F11: shares over the years."""

from __future__ import annotations

from collections.abc import Sequence

from kemkoll.report import cells
from kemkoll.report.document import Cell, Column, Figure, Table
from kemkoll.report.figures.colours import BLUE, PURPLE, QUIET, TEAL, VERMILION
from kemkoll.report.figures.drawing import Drawn, figure
from kemkoll.report.figures.lines import Line, lines
from kemkoll.report.measured import Measured
from kemkoll.report.numbers import between, percent, percent_in_words
from kemkoll.report.subject import Seen

LEAST, MOST = (2, 2), (6, 3)
"""Dashes of the lower and of the upper bound."""


def contained(seen: Seen) -> Figure:
    """F2: the share of the declared that contains, and between what the share of all lies."""
    _ = seen._
    places = range(seen.period + 1)
    share = [seen.figures.one("K2", place) for place in places]
    all_ = [seen.figures.one("K3", place) for place in places]
    low, high = [it.low for it in all_], [it.high for it in all_]
    main = Line(
        _("of the declared articles"), _values(share), BLUE, said=_labels(share, seen.language)
    )  # drawn last, above the others
    least = Line(_("of all, at least"), low, QUIET, LEAST, "triangle-up")
    most = Line(_("of all, at most"), high, QUIET, MOST, "triangle-down")
    columns = (
        Column(_("Year"), "year"),
        Column(_("Share of the declared"), "share_of_declared", number=True),
        Column(_("Share of all lies between"), "share_of_all", number=True),
    )
    rows = tuple(
        (
            cells.word(seen.years[place]),
            cells.measured(share[place], _),
            cells.bounds(low[place], high[place], _),
        )
        for place in places
    )
    title = _("Share of the articles that contain {substances}").format(substances=seen.short)
    return _figure("F2", "figure-2", seen, title, _course(seen, share, all_), (columns, rows),
                   [main, least, most], (low, high))  # fmt: skip


def readings(seen: Seen) -> Figure:
    """F11: the reduction by the first list, by the newest for all years, and by each year's own."""
    _ = seen._
    kinds = (
        ("K1", _("first list for all years"), BLUE, (1, 0), "circle", "fixed"),
        ("K6", _("newest list for all years"), PURPLE, (8, 3), "square", "reread"),
        ("K7", _("each year's own list"), VERMILION, (2, 2), "diamond", "own"),
    )
    weights = (1.7, 1.2, 0.7)  # where all three say the same, each is still seen
    places = range(seen.base, seen.period + 1)
    found = {code: [_reduction(seen, code, place) for place in places] for code, *_rest in kinds}
    columns = (
        Column(_("Year"), "year"),
        *(Column(word[:1].upper() + word[1:], code, number=True) for _k, word, _t, _d, _s, code in kinds),
    )
    rows = tuple(
        (cells.word(seen.years[place]), *(cells.measured(found[kind[0]][number], _) for kind in kinds))
        for number, place in enumerate(places)
    )
    drawn = [
        Line(word, [*[None] * seen.base, *_values(found[code])], tone, dash, shape, weight=weight)
        for (code, word, tone, dash, shape, _code), weight in zip(kinds, weights, strict=True)
    ]
    last = {code: found[code][-1].value for code, *_rest in kinds}
    said = [
        f"{word[:1].upper()}{word[1:]}: {percent(value, seen.language)}."
        for code, word, *_rest in kinds
        if (value := last[code]) is not None
    ]
    title = _("Reduction since {year}, by three ways of reading the list").format(year=seen.years[seen.base])
    return _figure(
        "F11",
        "figure-11",
        seen,
        title,
        " ".join(said) or _("There are no numbers to show."),
        (columns, rows),
        drawn,
    )


def path(seen: Seen, targets: Sequence[dict[str, object]], title: str, name: str, said: str) -> Figure:
    """F10: what was reached, beside the straight line from the base to what is aimed at.

    Args:
        seen: the subject that the aim is about.
        targets: rows of TARGETS of one aim, oldest first, one of them perhaps later than the report.
        title: what is aimed at.
        name: unlike that of any other figure.
        said: how it stands, in words.
    """
    _ = seen._
    values = [_number(row["value"]) for row in targets]
    aimed = [_number(row["path"]) for row in targets]
    years = [str(row["year"]) for row in targets]
    columns = (
        Column(_("Year"), "year"),
        Column(_("Reached"), "reached", number=True),
        Column(_("Lies between"), "bounds", number=True),
        Column(_("On the way to the aim"), "path", number=True),
    )
    rows = tuple(
        (
            cells.word(year),
            cells.share(value, _),
            cells.bounds(_number(row["low"]), _number(row["high"]), _),
            cells.share(aim, _),
        )
        for year, value, aim, row in zip(years, values, aimed, targets, strict=True)
    )
    drawn = [
        Line(
            _("reached"), values, BLUE, said=["" if v is None else percent(v, seen.language) for v in values]
        ),
        Line(_("straight line to the aim"), aimed, TEAL, (6, 3), "diamond"),
    ]
    breaks = [
        number
        for number, year in enumerate(years)
        if number and year in {seen.years[it] for it in seen.breaks}
    ]
    table = Table(name, title, columns, rows)
    chart = (lambda width: lines(drawn, years, breaks, width)) if any(v is not None for v in values) else None
    return figure(
        "F10", name, title, said, table, chart, seen.language, notes=seen.broken_notes() if breaks else ()
    )


def _figure(
    kind: str,
    name: str,
    seen: Seen,
    title: str,
    said: str,
    told: tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]],
    drawn: list[Line],
    band: tuple[list[float | None], list[float | None]] | None = None,
) -> Figure:
    """The figure of some lines; none is drawn of a single year."""
    own = seen.named(name)
    table = Table(own, title, *told)
    enough = (
        sum(any(line.values[place] is not None for line in drawn) for place in range(len(seen.years))) > 1
    )
    years = seen.years[: seen.period + 1]

    def chart(width: int) -> Drawn:
        return lines(drawn, years, seen.breaks, width, band=band)

    return figure(
        kind, own, title, said, table, chart if enough else None, seen.language, notes=seen.broken_notes()
    )


def _reduction(seen: Seen, code: str, place: int) -> Measured:
    """The reduction from the base; in the base itself there is none, which is 0."""
    if place > seen.base:
        return seen.figures.one(code, place, seen.base, reading=_READING[code])
    known = seen.figures.one("K0", place).value is not None
    return Measured(0.0 if known else None, None, None, None, None, None, "share", "" if known else "base")


_READING = {"K1": "fixed", "K6": "reread", "K7": "own"}


def _course(seen: Seen, share: list[Measured], all_: list[Measured]) -> str:
    """The share in the first and in the last year, and what it may be."""
    _ = seen._
    first, last = share[seen.base], share[seen.period]
    if first.value is None or last.value is None:
        return _("There are too few numbers to show how the share has changed.")
    said = [
        _("Of the declared articles {before} contained {substances} in {first}, and {after} in "
"{last}.").format(
            substances=seen.short, before=percent_in_words(first.value, _),
            after=percent_in_words(last.value, _),
            first=seen.years[seen.base], last=seen.years[seen.period],
        )
    ]  # fmt: skip
    bounds = all_[seen.period]
    if bounds.low is not None and bounds.high is not None:
        said.append(
            _("Of all articles in {year} it is between {bounds}.").format(
                year=seen.years[seen.period], bounds=between(bounds.low, bounds.high, _)
            )
        )
    return " ".join(said)


def _values(found: Sequence[Measured]) -> list[float | None]:
    return [it.value for it in found]


def _labels(found: Sequence[Measured], language: str) -> list[str]:
    return ["" if it.value is None else percent(it.value, language) for it in found]


def _number(value: object) -> float | None:
    """The number; None where it is none."""
    return None if value is None or value != value else float(value)  # type: ignore[arg-type]
