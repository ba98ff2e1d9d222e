"""The result for a person at a terminal: worst first, each verdict with what it rests on.

It fits the terminal from 50 columns up, has colour on a terminal only (`NO_COLOR` switches it off), and
says nothing by colour alone.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import Translator, number_text, translator
from kemkoll.outputs import Target, conditional, opened, page, rows, summary
from kemkoll.outputs.page import LONGEST, LONGEST_NAME
from kemkoll.outputs.words import plain, reason_text, unmarked, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from kemkoll.flow import Result

SUFFIX = ".txt"
STYLES = {
    "not_listed": "green",
    "not_applicable": "dim",
    "below_limit": "green",
    "exempt": "cyan",
    "listed": "magenta",
    "unknown": "yellow",
    "review": "bold yellow",
    "above_limit": "bold red",
}
_MOST_NAMED = 12


def write(result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
    """Write the page; `all_lines` shows every article however many there are."""
    with opened(target) as stream:
        console = _console(stream)
        with console.capture() as captured:
            show(result, console, translator(language), all_lines=all_lines)
        text = captured.get()
        stream.write(
            text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        )


def show(result: Result, console: Console, _: Translator, *, all_lines: bool = False) -> None:
    """Print the page to a console."""
    for part in summary.caveats(result, _):
        console.print(part)
    if rows.nothing_read(result):
        console.print(summary.nothing(_))
    else:
        for part in _articles(result, _, None if all_lines else page.MOST):
            console.print(part)
    for part in (
        *summary.problems(result, _),
        *summary.failures(result, _),
        *summary.lists(result, _),
        *summary.closing(result, _),
    ):
        console.print(part)


def _console(stream: Any) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)


def _articles(result: Result, _: Translator, most: int | None) -> Iterator[RenderableType]:
    """Each article, the one with the worst verdicts first."""
    from rich.text import Text

    order, hidden = page.worst_first(result, most)
    behind = page.findings(result, order, most, _)
    titles = page.titles(result, _)
    facts = rows.facts(result)
    for _article, group in groupby(order.to_dict("records"), key=itemgetter("article_id")):
        verdicts_of = list(group)
        yield from _heading(verdicts_of[0])
        known = facts.get(verdicts_of[0]["article_id"], facts[-1])
        told: set[tuple[int, ...]] = set()
        for verdict in verdicts_of:
            findings = behind.get((verdict["article_id"], verdict["list"]), [])
            groups = page.together(findings, known) if most else [("", [finding]) for finding in findings]
            yield _verdict(verdict, groups, titles, known, told, result, _)
    if hidden:
        yield Text(f"\n{page.hidden_articles(hidden, _)}", style="bold")


def _heading(first: dict[Any, Any]) -> Iterator[RenderableType]:
    from rich.rule import Rule
    from rich.text import Text

    name = first["article_name"] if first["article_name"] != first["article"] else ""
    number, name, supplier = (plain(text, LONGEST) for text in (first["article"], name, first["supplier"]))
    said = Text(number, style="bold")
    said.append(f"  {name}" * bool(name), style="not bold").append(
        f"  ({supplier})" * bool(supplier), style="not bold dim"
    )
    yield Text("")
    yield said
    yield Rule(style="dim")


def _verdict(
    verdict: dict[Any, Any],
    groups: list[tuple[str, list[dict[str, Any]]]],
    titles: dict[str, str],
    facts: dict[str, bool],
    told: set[tuple[int, ...]],
    result: Result,
    _: Translator,
) -> RenderableType:
    """One list's verdict: what it is and why, how much nobody told us, the findings behind it.

    Args:
        groups: the findings, those together that one fact would settle.
        told: the lines of the article whose cells were shown already; those shown here are added.
    """
    from rich.console import Group
    from rich.padding import Padding

    parts: list[RenderableType] = [_head(verdict, titles[verdict["list"]], _)]
    findings = [finding for _fact, group in groups for finding in group]
    if verdict["reason"] not in {finding["reason"] for finding in findings}:
        parts.append(_indented(reason_text(verdict["reason"], _, verdict["condition"], facts)))
    if findings:
        parts.append(Padding(_grid(groups, facts, told, result, _), (0, 0, 0, 2)))
        if more := page.hidden_findings(findings, _):
            parts.append(_indented(more, style="bold"))
    parts.append(_indented(page.untold(verdict, _), style="dim"))
    return Group(*parts)


def _head(verdict: dict[Any, Any], title: str, _: Translator) -> RenderableType:
    """The verdict and the list it is about."""
    from rich.table import Table
    from rich.text import Text

    badge = Text(
        verdict_text(verdict["verdict"], verdict["reason"], _).upper(),
        style=f"{STYLES[verdict['verdict']]} reverse",
    )
    for level, text in page.found(verdict, _):
        badge.append(" – ", style="not reverse").append(text.upper(), style=f"{STYLES[level]} reverse")
    said = Text(title, style="bold").append(f"  {verdict['list']}", style="not bold dim")
    if verdict["waived"]:
        said.append("  " + _("waived by the buyer"), style="not bold cyan")
    head = Table.grid(padding=(0, 2))
    head.add_column(no_wrap=True)
    head.add_column(overflow="fold")
    head.add_row(badge, said)
    return head


def _indented(text: str, style: str = "") -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text, style=style), (0, 0, 0, 2))


def _grid(
    groups: list[tuple[str, list[dict[str, Any]]]],
    facts: dict[str, bool],
    told: set[tuple[int, ...]],
    result: Result,
    _: Translator,
) -> RenderableType:
    """Each finding beside what is said of it; findings that one fact would settle are only named."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=2, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    for fact, findings in groups:
        if fact:
            grid.add_row(*_waiting(fact, findings, _))
        else:
            grid.add_row(*_finding(findings[0], facts, told, result, _))
    return grid


def _finding(
    finding: dict[str, Any],
    facts: dict[str, bool],
    told: set[tuple[int, ...]],
    result: Result,
    _: Translator,
) -> tuple[RenderableType, RenderableType]:
    """The substance, and beside it what it is held against, where it stands, and why it follows."""
    from rich.text import Text

    substance = Text(plain(finding["entry_name"], LONGEST_NAME), style="bold")
    again = finding["lines"] in told
    told.add(finding["lines"])
    for written in page.written(finding, result, _)[: 1 if again else None]:
        substance.append(f"\n{unmarked(written)}", style="not bold dim")
    held = Text(unmarked(page.amount(finding, _)), style=STYLES[finding["verdict"]])
    if limit := page.limit(finding, _):
        held.append("\n" + _("limit: {limit}").format(limit=limit))
    if finding["lines"] and not again:
        held.append(f"\n{page.where(finding, result, _)}", style="not bold default")
    held.append(f"\n{unmarked(page.why(finding, facts, _))}", style="not bold default")
    return substance, held


def _waiting(
    fact: str, findings: list[dict[str, Any]], _: Translator
) -> tuple[RenderableType, RenderableType]:
    """What nobody has said; beside it the findings that depend on it by name and share, and how to say it."""
    from rich.text import Text

    style = STYLES[findings[0]["verdict"]]
    question = Text(conditional.unknown_text(fact, len(findings), _), style=style)
    named = [
        f"{plain(finding['entry_name'], LONGEST)}: {unmarked(page.amount(finding, _))}"
        for finding in findings[:_MOST_NAMED]
    ]
    if len(findings) > _MOST_NAMED:
        named.append(_("… and {n} more").format(n=number_text(len(findings) - _MOST_NAMED, _.language)))
    said = Text("\n".join(named), style=style)
    for hint in (conditional.answer_text(fact, _), _("Each of them with its numbers: --all-lines.")):
        said.append(f"\n{hint}", style="not bold default")
    return question, said
