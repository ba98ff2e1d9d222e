"""The result for a person at a terminal: worst first, each verdict with what it rests on.

It fits the terminal from 50 columns up, has colour on a terminal only (`NO_COLOR` switches it off), and
says nothing by colour alone.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import Translator, share_text, translator
from kemkoll.outputs import Target, opened, rows, summary
from kemkoll.outputs.words import (
    BASES,
    EVIDENCE_LEVELS,
    MEASURES,
    ROUTES,
    plain,
    quoted,
    reason_text,
    verdict_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
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
MOST = 100
"""Articles, and findings of a verdict, shown unless all are asked for; the rest is said to be there."""
_MOST_LINES = 3
_LONGEST, _LONGEST_NAME = 80, 200


def write(result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
    """Write the page; `all_lines` shows every article however many there are."""
    with opened(target) as stream:
        console = _console(stream)
        with console.capture() as page:
            show(result, console, translator(language), all_lines=all_lines)
        text = page.get()
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
        for part in _articles(result, _, None if all_lines else MOST):
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

    verdicts = rows.verdicts(result)
    worst = verdicts.groupby("article_id")["rank"].transform("max")
    order = verdicts.assign(worst=worst).sort_values(
        ["worst", "supplier", "article", "article_id", "rank", "list"],
        ascending=[False, True, True, True, False, True],
    )
    wanted = order["article_id"].unique()
    shown = wanted[:most]
    order = order[order["article_id"].isin(shown)]
    behind = _findings(result, order, most, _)
    titles = _titles(result, _)
    facts = rows.facts(result)
    for _article, group in groupby(order.to_dict("records"), key=itemgetter("article_id")):
        verdicts_of = list(group)
        yield from _heading(verdicts_of[0])
        known = facts.get(verdicts_of[0]["article_id"], facts[-1])
        told: set[tuple[int, ...]] = set()
        for verdict in verdicts_of:
            findings = behind.get((verdict["article_id"], verdict["list"]), [])
            yield _verdict(verdict, findings, titles, known, told, result, _)
    if len(shown) < len(wanted):
        more = _.ngettext(
            "{n} more article is not shown.", "{n} more articles are not shown.", len(wanted) - len(shown)
        )
        hint = _("All of them: --all-lines, or -o result.csv.")
        yield Text(f"\n{more.format(n=len(wanted) - len(shown))} {hint}", style="bold")


def _findings(
    result: Result, order: pd.DataFrame, most: int | None, _: Translator
) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """The findings behind the verdicts shown, worst first; each knows how many its verdict has.

    What does not apply to an article is left out: the law has dozens of paragraphs for toys.
    """
    import numpy as np

    from kemkoll.tables import Verdict

    known = np.isin(result.findings["article"].to_numpy(), order["article_id"].unique())
    only = np.flatnonzero(known & (result.findings["verdict"] != Verdict.not_applicable).to_numpy())
    levels = result.findings.take(only).reset_index(drop=True)
    levels = levels.sort_values(
        ["verdict", "high_ppt", "entry"], ascending=[False, False, True], kind="stable"
    )
    groups = levels.groupby(["article", "list"], observed=True)["verdict"]
    size, place = groups.transform("size"), groups.cumcount()
    kept = np.flatnonzero(place < (len(levels) if most is None else most))
    frame = rows.findings(result, _.language, only[levels.index.to_numpy()[kept]])
    frame["of"] = size.to_numpy()[kept]
    made: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for finding in frame.to_dict("records"):
        made.setdefault((finding["article_id"], finding["list"]), []).append(
            {str(k): v for k, v in finding.items()}
        )
    return made


def _titles(result: Result, _: Translator) -> dict[str, str]:
    """What each list is called."""
    lists = result.law.lists
    own, english = rows.texts(lists[f"title_{_.language}"]), rows.texts(lists["title_en"])
    return {
        name: mine or other or name for name, mine, other in zip(lists["list"], own, english, strict=True)
    }


def _heading(first: dict[Any, Any]) -> Iterator[RenderableType]:
    from rich.rule import Rule
    from rich.text import Text

    name = first["article_name"] if first["article_name"] != first["article"] else ""
    number, name, supplier = (plain(text, _LONGEST) for text in (first["article"], name, first["supplier"]))
    said = Text(number, style="bold")
    said.append(f"  {name}" * bool(name), style="not bold").append(
        f"  ({supplier})" * bool(supplier), style="not bold dim"
    )
    yield Text("")
    yield said
    yield Rule(style="dim")


def _verdict(
    verdict: dict[Any, Any],
    findings: list[dict[str, Any]],
    titles: dict[str, str],
    facts: dict[str, bool],
    told: set[tuple[int, ...]],
    result: Result,
    _: Translator,
) -> RenderableType:
    """One list's verdict: what it is and why, how much nobody told us, the findings behind it.

    Args:
        told: the lines of the article whose cells were shown already; those shown here are added.
    """
    from rich.console import Group
    from rich.padding import Padding

    parts: list[RenderableType] = [_head(verdict, titles[verdict["list"]], _)]
    if verdict["reason"] not in {finding["reason"] for finding in findings}:
        parts.append(_indented(reason_text(verdict["reason"], _, verdict["condition"], facts)))
    if findings:
        parts.append(Padding(_grid(findings, facts, told, result, _), (0, 0, 0, 2)))
        more = findings[0]["of"] - len(findings)
        if more:
            said = _.ngettext("{n} more finding is not shown.", "{n} more findings are not shown.", more)
            parts.append(_indented(said.format(n=more), style="bold"))
    parts.append(_indented(_untold(verdict, _), style="dim"))
    return Group(*parts)


def _head(verdict: dict[Any, Any], title: str, _: Translator) -> RenderableType:
    """The verdict and the list it is about."""
    from rich.table import Table
    from rich.text import Text

    badge = Text(
        verdict_text(verdict["verdict"], verdict["reason"], _).upper(),
        style=f"{STYLES[verdict['verdict']]} reverse",
    )
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


def _untold(verdict: dict[Any, Any], _: Translator) -> str:
    """How much of the list is answered for, how much of the article is hidden, what the evidence is."""
    told = _("Answered for: {x} of {y} entries.").format(
        x=verdict["entries_covered"], y=verdict["entries_asked"]
    )
    untold = verdict["undisclosed_ppt"]
    if untold:
        told += " " + _("Not disclosed: up to {share}.").format(share=share_text(untold, untold, _.language))
    level = EVIDENCE_LEVELS[verdict["evidence_level"]]
    return told + " " + _("Evidence: {level}.").format(level=_(level))


def _grid(
    findings: list[dict[str, Any]],
    facts: dict[str, bool],
    told: set[tuple[int, ...]],
    result: Result,
    _: Translator,
) -> RenderableType:
    """Each finding: the substance, beside what it is held against, where it stands, and why it follows."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=2, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    for finding in findings:
        substance = Text(plain(finding["entry_name"], _LONGEST_NAME), style="bold")
        again = finding["lines"] in told
        told.add(finding["lines"])
        for written in _written(finding, result, _)[: 1 if again else None]:
            substance.append(f"\n{written}", style="not bold dim")
        held = Text(_amount(finding, _), style=STYLES[finding["verdict"]])
        if finding["lines"] and not again:
            held.append(f"\n{_where(finding, result, _)}", style="not bold default")
        held.append(f"\n{_why(finding, facts, _)}", style="not bold default")
        grid.add_row(substance, held)
    return grid


def _written(finding: dict[str, Any], result: Result, _: Translator) -> list[str]:
    """What the supplier wrote, line by line, and by what it met the entry."""
    lines = result.declarations.lines
    made = []
    for number in finding["lines"][:_MOST_LINES]:
        name, cas, ec, amount = (
            plain(str(lines[column].array[number]), _LONGEST) for column in ("name", "cas", "ec", "amount")
        )
        said = ", ".join(filter(None, (quoted(name, _), cas or ec, amount)))
        made.append(said)
    if len(finding["lines"]) > _MOST_LINES:
        more = len(finding["lines"]) - _MOST_LINES
        made.append(_.ngettext("and {n} more line", "and {n} more lines", more).format(n=more))
    route = ROUTES.get(finding["matched_by"], "")
    return [*made, _(route)] if route else made


def _amount(finding: dict[str, Any], _: Translator) -> str:
    """The share against the limit: `15 % > 0.1 % of the component “tube”`."""
    limit = finding["limit_ppt"] if finding["has_limit"] else None
    share = share_text(finding["low_ppt"], finding["high_ppt"], _.language, limit)
    basis = BASES.get(finding["basis"], "")
    part = plain(finding["component"] or finding["material"], _LONGEST)
    said = " ".join(filter(None, (share, _(basis), quoted(part, _))))
    return said if limit is None else f"{said}\n{_limit(finding, _)}"


def _limit(finding: dict[str, Any], _: Translator) -> str:
    """The limit: `limit: > 0.1 % of the component`."""
    measure = MEASURES.get(finding["measure"], "")
    if finding["measure"] == "presence":
        held = _(measure)
    else:
        share = share_text(finding["limit_ppt"], finding["limit_ppt"], _.language)
        share = finding["limit_words"] if finding["measure"] == "release" else share
        held = f"{finding['operator'].replace('>=', '≥')} {share}"
        basis = BASES.get(finding["limit_basis"], "")
        held = f"{held} {_(basis)}" if basis else held
        held += f", {_(measure).format(element=finding['element'])}" if measure else ""
    return _("limit: {limit}").format(limit=held)


def _where(finding: dict[str, Any], result: Result, _: Translator) -> str:
    """The file, sheet, rows and columns the lines came from."""
    from kemkoll.tables import headers

    lines, own = result.declarations.lines, list(finding["lines"])
    places: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for file, sheet, row, cells in zip(
        *(lines[name].array[own] for name in ("file", "sheet", "row", "cells")), strict=True
    ):
        heads = tuple(headers(str(cells)).values())
        places.setdefault((str(file), str(sheet), heads), []).append(int(row))
    return "; ".join(
        summary.place_text(file, sheet, numbers, heads, _) for (file, sheet, heads), numbers in places.items()
    )


def _why(finding: dict[str, Any], facts: dict[str, bool], _: Translator) -> str:
    """Why it follows, with the buyer's and the law's decisions."""
    said = [reason_text(finding["reason"], _, finding["condition"], facts)]
    if finding["trace_only"] and finding["reason"] != "trace-only":
        said.append(reason_text("trace-only", _))
    if finding["derogation"]:
        said.append(_("Derogation: {id}.").format(id=plain(finding["derogation"], _LONGEST)))
    if finding["waived"]:
        said.append(_("Waived by the buyer: {decision}.").format(decision=plain(finding["waived"], _LONGEST)))
    return " ".join(said)
