"""The result in one screen: a row for each article, a column for each list, and what is above a limit."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import Translator
from kemkoll.outputs import page, rows, summary
from kemkoll.outputs.page import LONGEST, LONGEST_NAME
from kemkoll.outputs.table import STYLES
from kemkoll.outputs.words import plain, unmarked, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from rich.console import RenderableType
    from rich.text import Text

    from kemkoll.flow import Result

_NARROWEST = 10
"""Characters of the column that names the articles, however narrow the terminal."""


def parts(result: Result, _: Translator) -> Iterator[RenderableType]:
    """The overview, part by part: verdicts, what is above a limit, problems by file, and the sum."""
    from rich.text import Text

    if rows.nothing_read(result):
        yield summary.nothing(_)
        return
    order, _hidden = page.worst_first(result, None)
    yield _verdicts(order, page.short_titles(result, _), _)
    above = list(_above(result, order, _))
    if above:
        yield Text("\n" + _("Above the limit"), style="bold underline")
    yield from above
    if told := _problems(result, _):
        yield Text("\n" + _("Problems in the files"), style="bold underline")
        yield Text(told)
    yield from summary.closing(result, _)


def _verdicts(order: pd.DataFrame, short: dict[str, str], _: Translator) -> RenderableType:
    """A row for each article, the worst first, with its verdict by each list."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    groups = groupby(order.to_dict("records"), key=itemgetter("article_id"))
    articles = [{verdict["list"]: verdict for verdict in group} for _article, group in groups]
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column(_("Article"), min_width=_NARROWEST, overflow="fold")
    lists = sorted(set(order["list"]))
    for name in lists:
        words = short[name].split()
        for own in articles:
            words += _cell(own.get(name), _).plain.split()
        grid.add_column(short[name], width=max(map(len, words)))
    for own in articles:
        grid.add_row(_article_text(next(iter(own.values()))), *(_cell(own.get(name), _) for name in lists))
    return grid


def _article_text(verdict: dict[Any, Any]) -> RenderableType:
    from rich.text import Text

    number, name = plain(verdict["article"], LONGEST), plain(verdict["article_name"], LONGEST)
    said = Text(number, style="bold")
    return said.append(f"  {name}", style="not bold") if name and name != number else said


def _cell(verdict: dict[Any, Any] | None, _: Translator) -> Text:
    from rich.text import Text

    if verdict is None:
        return Text("–", style="dim")
    said = verdict_text(verdict["verdict"], verdict["reason"], _)
    worst = verdict["verdict"] == "above_limit"
    cell = Text(said.upper() if worst else said, style=STYLES[verdict["verdict"]])
    for level, text in page.found(verdict, _):
        cell.append(f" – {text}", style=STYLES[level])
    return cell


def _above(result: Result, order: pd.DataFrame, _: Translator) -> Iterator[RenderableType]:
    """What is above a limit, by article and list: the substance, its share, and the limit."""
    from rich.padding import Padding
    from rich.text import Text

    titles = page.titles(result, _)
    for (_article, name), found in page.findings(result, order, None, _).items():
        above = [finding for finding in found if finding["verdict"] == "above_limit"]
        if not above:
            continue
        said = Text(f"{plain(above[0]['article'], LONGEST)}  {titles[name]}", style="bold")
        for finding in above:
            held = f"{page.amount(finding, _)}, {_('limit: {limit}').format(limit=page.limit(finding, _))}"
            said.append(f"\n{plain(finding['entry_name'], LONGEST_NAME)}: {unmarked(held)}", style="not bold")
        yield Padding(said, (0, 0, 0, 2))


def _problems(result: Result, _: Translator) -> str:
    """How many problems each file has: `a.csv (4), b.xlsx (1)`."""
    found = result.problems["file"].astype(str).value_counts().sort_index()
    return ", ".join(
        f"{plain(str(file)) or _('(no file)')} ({count})" for file, count in found.items() if count
    )
