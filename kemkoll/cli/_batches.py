"""Batches on a page: what they came to, by list and in all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kemkoll.cli._page import facts
from kemkoll.i18n import Translator, number_text

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console, ConsoleOptions, RenderableType

_LONG = 30
"""Names beyond that are folded where a table is too wide."""
_LEVELS = ("0", "1", "2", "3", "4", "5")


def summary(
    about: dict[str, Any], verdicts: pd.DataFrame, findings: pd.DataFrame, below: pd.Series, _: Translator
) -> Iterator[RenderableType]:
    """A batch: what it is, what became of its articles, how much was answered for, and what is for whom.

    Args:
        below: by list, how many articles rest on less evidence than is wanted.
    """
    from kemkoll.assortment import outcomes

    yield facts(
        {
            _("Batch"): f"{about['id']}  {about['name']}".strip(),
            _("Judged on"): about["on"],
            _("Articles"): _number(about["articles"], _),
            _("Digest"): about["digest"],
        }
    )
    yield counts_table(outcomes.counts(verdicts, findings), _)
    yield _coverage(outcomes.coverage(verdicts).assign(below=below), _)
    yield from _for_whom(outcomes.by_force(findings), _)


def counts_table(counts: pd.DataFrame, _: Translator) -> RenderableType:
    """How many articles have each outcome, by list and in all; each row adds up. Beside that, how many have a
    waiver, where some of them have something else that is open.
    """
    from kemkoll.assortment.outcomes import TOTAL
    from kemkoll.outputs.words import OUTCOMES
    from kemkoll.tables import Outcome

    columns = {str(key): _(word) for key, word in OUTCOMES.items()}
    columns["articles"] = _("in all")
    if (counts["with_waiver"] != counts[Outcome.waived]).any():
        columns["with_waiver"] = _("of these with a waiver")
    return numbers(_("Articles by list"), columns, counts.rename(index={TOTAL: _("all lists")}), _)


def _coverage(made: pd.DataFrame, _: Translator) -> RenderableType:
    """How many articles are answered for, by list, and by what evidence."""
    columns = {"covered": _("wholly"), "partly": _("in part"), "none": _("not at all")}
    columns |= {f"level_{level}": _("evidence {n}").replace("{n}", level) for level in _LEVELS}
    columns["below"] = _("below the wanted")
    return numbers(_("Answered for"), columns, made, _)


def numbers(title: str, columns: dict[str, str], made: pd.DataFrame, _: Translator) -> RenderableType:
    """A table of numbers with a column for each of `columns` that is not nothing throughout; where the page
    is too narrow for all of them, the rest stand in another below.
    """
    shown = {key: name for key, name in columns.items() if made[key].any()}
    texts = {key: [_number(value, _) for value in made[key]] for key in shown}
    return _Numbers(title, [str(name) for name in made.index], shown, texts)


@dataclass(frozen=True)
class _Numbers:
    """Columns of numbers, under headings, with a name before each row."""

    title: str
    names: list[str]
    headings: dict[str, str]
    texts: dict[str, list[str]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        from rich.measure import Measurement
        from rich.text import Text

        def fits(keys: list[str], folded: bool) -> bool:
            wide = options.update(width=10_000)
            return Measurement.get(console, wide, self._grid(keys, folded)).maximum <= options.max_width

        folded = not fits([*self.headings], folded=False)
        part: list[str] = []
        for key in self.headings:
            if part and not fits([*part, key], folded):
                yield from (Text(""), self._grid(part, folded))
                part = []
            part.append(key)
        yield from (Text(""), self._grid(part, folded))

    def _grid(self, keys: list[str], folded: bool) -> RenderableType:
        """Some of the columns; with each word of a heading on a line of its own, where they are `folded`."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        long = folded and any(len(name) > _LONG for name in self.names)
        grid.add_column(self.title, no_wrap=not long, max_width=_LONG if long else None)
        for key in keys:
            heading = self.headings[key]
            grid.add_column(heading.replace(" ", "\n") if folded else heading, justify="right", no_wrap=True)
        for place, name in enumerate(self.names):
            grid.add_row(Text(name), *(self.texts[key][place] for key in keys))
        return grid


def _for_whom(found: dict[str, int], _: Translator) -> Iterator[RenderableType]:
    from rich.text import Text

    from kemkoll.outputs.standing import for_whom

    yield Text("")
    for n, sentence in for_whom(found, _):
        yield Text(sentence.format(n=_number(n, _)), style="bold")


def _number(value: Any, _: Translator) -> str:
    return number_text(int(value), _.language)
