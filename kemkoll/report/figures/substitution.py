"""F9: what was substituted, and what is known of what came instead. The table goes before the picture."""

from __future__ import annotations

from kemkoll.report import cells
from kemkoll.report.document import Column, Figure, Table
from kemkoll.report.figures.bars import Bar, Row, bars
from kemkoll.report.figures.colours import BACKSTRIPES, CROSSED, GREY, TEAL, VERMILION
from kemkoll.report.figures.drawing import Drawn, figure
from kemkoll.report.figures.keys import Key, keys
from kemkoll.report.numbers import count, percent_in_words
from kemkoll.report.subject import Seen
from kemkoll.trends.words import MISSING

MOST = 12
"""Substances that are drawn; the table has all."""


def substitutions(seen: Seen) -> Figure:
    """The figure."""
    _, language = seen._, seen.language
    title = _("What was substituted, and what came instead")
    own = seen.named("figure-9")
    frame = seen.subject.substituted
    kinds = (
        (0, _("nothing of the kind"), TEAL, ""),
        (1, _("another substance of the kind"), VERMILION, CROSSED),
        (-1, _("not known"), GREY, BACKSTRIPES),
    )
    names = frame[f"name_{language}"].astype(str)
    names = names.where(names != "", frame["name_en"].astype(str))
    names = names.where(names != "", frame["entry"].astype(str))
    numbers: dict[tuple[str, int], int] = {}
    hidden: set[str] = set()
    for name, kin, articles in zip(names, frame["kin"].tolist(), frame["articles"].tolist(), strict=True):
        numbers[name, kin] = numbers.get((name, kin), 0) + max(articles, 0)
        if articles < 0:
            hidden.add(name)
    total = {name: sum(numbers.get((name, kind), 0) for kind, *_rest in kinds) for name, _kin in numbers}
    order = sorted(total, key=lambda name: (-total[name], name))
    columns = (
        Column(_("From"), "from"),
        Column(_("Articles"), "articles", number=True),
        *(Column(_("To: {what}").format(what=word), code, number=True)
          for (_kin, word, *_look), code in zip(kinds, ("to_other", "to_kin", "to_unknown"), strict=True)),
    )  # fmt: skip
    rows, drawn = [], []
    for name in order:
        if name in hidden:
            rows.append((cells.word(name), *[cells.NOTHING] * 4))
            continue
        rows.append((cells.word(name), cells.number(total[name], _),
                     *(cells.number(numbers.get((name, kin), 0), _) for kin, *_rest in kinds)))  # fmt: skip
        made, here = [], 0
        for kin, _word, tone, pattern in kinds:
            number = numbers.get((name, kin), 0)
            if number:
                made.append(Bar(here, here + number, tone, pattern, count(number, language)))
            here += number
        drawn.append(Row(name, count(here, language), tuple(made)))
    most = max((row.bars[-1].end for row in drawn if row.bars), default=0)

    def chart(width: int) -> Drawn:
        import altair as alt

        explained = [Key(word, tone, pattern) for _kin, word, tone, pattern in kinds]
        return alt.vconcat(keys(explained, width), bars(drawn[:MOST], width, (0, most)), spacing=6)

    few = MISSING["suppressed"]
    nothing = _(few) if hidden else _("No article was substituted, or nobody has said by what.")
    table = Table(own, title, columns, tuple(rows), empty=nothing)
    known = sum(number for (name, _kin), number in numbers.items() if name not in hidden)
    return figure(
        "F9", own, title, _said(seen, numbers, known) if known else nothing, table,
        chart if most else None, language,
    )  # fmt: skip


def _said(seen: Seen, numbers: dict[tuple[str, int], int], known: int) -> str:
    """How often it is known what came instead, and how often it is something of the kind."""
    _ = seen._
    kin = sum(number for (_name, kind), number in numbers.items() if kind == 1)
    unknown = sum(number for (_name, kind), number in numbers.items() if kind == -1)
    return " ".join(
        (
            _("{share} of the substitutions led to another substance of the kind.").format(
                share=_upper(percent_in_words(kin / known, _))
            ),
            _("Of {share} it is not known what came instead.").format(
                share=percent_in_words(unknown / known, _)
            ),
        )
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
