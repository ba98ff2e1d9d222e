"""Batches on a page: what they came to, by list and in all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kemkoll.cli._page import facts
from kemkoll.i18n import Translator, number_text

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

_LEVELS = ("0", "1", "2", "3", "4", "5")


def summary(
    about: dict[str, Any], verdicts: pd.DataFrame, findings: pd.DataFrame, _: Translator
) -> Iterator[RenderableType]:
    """A batch: what it is, what became of its articles, how much was answered for, and what is for whom."""
    from kemkoll.assortment import outcomes

    yield facts(
        {
            _("Batch"): f"{about['id']}  {about['name']}".strip(),
            _("Judged on"): about["on"],
            _("Articles"): _number(about["articles"], _),
            _("Digest"): about["digest"],
        }
    )
    yield counts_table(outcomes.counts(verdicts), _)
    yield _coverage(outcomes.coverage(verdicts), _)
    yield from _for_whom(outcomes.by_force(findings), _)


def counts_table(counts: pd.DataFrame, _: Translator) -> RenderableType:
    """How many articles have each outcome, by list and in all; each row adds up."""
    from kemkoll.assortment.outcomes import TOTAL, WORDS

    columns = {str(key): _(word) for key, word in WORDS.items()}
    columns["articles"] = _("in all")
    return numbers(_("Articles by list"), columns, counts.rename(index={TOTAL: _("all lists")}), _)


def _coverage(made: pd.DataFrame, _: Translator) -> RenderableType:
    """How many articles are answered for, by list, and by what evidence."""
    columns = {"covered": _("wholly"), "partly": _("in part"), "none": _("not at all")}
    columns |= {f"level_{level}": _("evidence {n}").replace("{n}", level) for level in _LEVELS}
    return numbers(_("Answered for"), columns, made, _)


def numbers(title: str, columns: dict[str, str], made: pd.DataFrame, _: Translator) -> RenderableType:
    """A table of numbers with a column for each of `columns` that is not nothing throughout."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    shown = {key: name for key, name in columns.items() if made[key].any()}
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column(title, no_wrap=True)
    for name in shown.values():
        grid.add_column(name, justify="right", min_width=max(map(len, name.split())))
    for row in made.reset_index(names="list").to_dict("records"):
        grid.add_row(Text(str(row["list"])), *(_number(row[key], _) for key in shown))
    return Group(Text(""), grid)


def _for_whom(found: dict[str, int], _: Translator) -> Iterator[RenderableType]:
    from rich.text import Text

    law, contract, waived = (found[key] for key in ("law", "contract", "waived"))
    sayings = {
        _.ngettext(
            "{n} article may break the law. Ask the supplier; supervision is the authority's task.",
            "{n} articles may break the law. Ask the supplier; supervision is the authority's task.",
            law,
        ): law,
        _.ngettext(
            "{n} article deviates from what a contract requires.",
            "{n} articles deviate from what a contract requires.",
            contract,
        ): contract,
        _.ngettext(
            "{n} article has a deviation that the buyer has accepted for a time.",
            "{n} articles have a deviation that the buyer has accepted for a time.",
            waived,
        ): waived,
    }
    yield Text("")
    for sentence, n in sayings.items():
        if n:
            yield Text(sentence.format(n=_number(n, _)), style="bold")


def _number(value: Any, _: Translator) -> str:
    return number_text(int(value), _.language)
