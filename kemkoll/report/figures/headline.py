"""F1: how much less there is, how much is known, and between what the truth lies."""

from __future__ import annotations

from kemkoll.report import cells
from kemkoll.report.document import Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.colours import BACKSTRIPES, BLUE, GREY, TEAL
from kemkoll.report.figures.drawing import Drawn, figure
from kemkoll.report.figures.keys import Key, keys
from kemkoll.report.numbers import between, percent, percent_in_words, percent_range
from kemkoll.report.subject import Seen
from kemkoll.report.words import year_range


def headline(seen: Seen, indicator: str) -> Figure:
    """The figure.

    Args:
        seen: the subject of the headline.
        indicator: `K1` or `K2b`.
    """
    _, language = seen._, seen.language
    rows, said, drawn = [], [], []
    change = seen.figures.one(indicator, seen.period, seen.base)
    span = year_range(seen.years[seen.base], seen.years[seen.period], _)
    if change.value is not None:
        low, high = _known(change.low, change.value), _known(change.high, change.value)
        name = _("Reduction {years}").format(years=span)
        rows.append(
            (cells.word(name), cells.share(change.value, _), cells.bounds(change.low, change.high, _))
        )
        text = f"{percent(change.value, language)} ({percent_range(low, high, language)})"
        drawn.append(Row(span, text, bounds=(low, high), point=change.value))
        said.append(
            _(
                "The reduction is {share}; it lies between {bounds} whatever the unknown articles contain."
            ).format(share=percent_in_words(change.value, _), bounds=between(low, high, _))
        )
    for place in dict.fromkeys((seen.base, seen.period)):
        coverage = seen.figures.one("K0", place).value
        name = _("Declared {year}").format(year=seen.years[place])
        rows.append((cells.word(name), cells.share(coverage, _), cells.NOTHING))
        if coverage is not None:
            drawn.append(_covered(name, coverage, language))
            said.append(
                _("In {year}, {share} of the articles were declared.").format(
                    year=seen.years[place], share=percent_in_words(coverage, _)
                )
            )
    head = (
        Column(_("What"), "what"),
        Column(_("Result"), "share", number=True),
        Column(_("Lies between"), "bounds", number=True),
    )
    title = _("Reduction, coverage and bounds")
    name = seen.named("figure-1")
    least = min(0.0, *(row.bounds[0] for row in drawn if row.bounds), 0.0)
    explained = [
        *([Key(_("reduction with its bounds"), BLUE, shape="circle")] if change.value is not None else []),
        Key(_("articles with a declaration"), TEAL),
        Key(_("articles without a declaration"), GREY, BACKSTRIPES),
    ]

    def chart(width: int) -> Drawn:
        import altair as alt

        return alt.vconcat(keys(explained, width), bars(drawn, width, (least, 1.0)), spacing=6)

    return figure(
        "F1", name, title, " ".join(said) or _("There are no numbers to show."), Table(name, title, head,
        tuple(rows)),
        chart if drawn else None, language,
    )  # fmt: skip


def _known(bound: float | None, value: float) -> float:
    return value if bound is None else bound


def _covered(name: str, coverage: float, language: str) -> Row:
    """A bar of what is declared, and one of what nobody has declared."""
    parts = (Bar(0.0, coverage, TEAL), Bar(coverage, 1.0, GREY, BACKSTRIPES))
    return Row(name, percent(coverage, language), parts)
