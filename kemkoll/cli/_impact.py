"""`kemkoll lists impact`: what a new edition would do to the assortment, before it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _editions, _files, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, translate_of
from kemkoll.cli._page import facts, indented, page, table
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from kemkoll.assortment.impact import Impact
    from kemkoll.lists.proposing import Proposal
    from kemkoll.store import Known

_MOST = 25


@click.pass_context
def impact(
    ctx: click.Context,
    file: Sequence[str],
    id_: str,
    day: str,
    count: int | None,
    where: str,
    on: str | None,
    number: int | None,
    outputs: tuple[str, ...],
    *,
    everything: bool,
) -> int:
    """Show whose verdicts the list in the files would change; nothing is kept."""
    from kemkoll.assortment.exports import write_frame

    _ = translate_of(ctx)
    paths = _ask.files(file, _)
    _ask.tables(outputs, paths, _)
    store = _store.opened(where)
    proposal = proposed(paths, id_, day, count, _)
    _editions.show_file(proposal, _)
    _editions.show_problems(proposal, _, everything=everything)
    if proposal.obstacles:
        click.echo(_("The list cannot be judged by: put right what is named above."), err=True)
        return FOUND
    with store.reading() as known:
        made = judged(known, proposal, number, on, _)
    for part in parts(made, _, most=None if everything else _MOST):
        page(part)
    for path in outputs:
        with _files.writing(path, _):
            write_frame(made.changes, path)
    _files.say_written(outputs, _)
    return FOUND if (made.changes["direction"] == "worse").any() else FINE


def params() -> list[click.Parameter]:
    """What says which download is meant, and what is judged by it."""
    return [
        *_editions.download(),
        Option(
            ["--on"],
            metavar="DATE",
            help=N_("Judge as of this day; else today, or the day of the new edition if that is later."),
        ),
        Option(
            ["--batch", "number"],
            type=int,
            metavar="N",
            help=N_("What batch N was asked for; else the newest batch of the whole assortment."),
        ),
    ]


def proposed(paths: Sequence[str], id_: str, day: str, count: int | None, _: Translator) -> Proposal:
    """The list in the files, as it would be taken into use."""
    from kemkoll.lists.proposing import propose

    official = _ask.day(day, _, "--date") if day else ""
    return propose(paths, on=_ask.day(None, _), id_=id_, day=official, publisher=count)


def judged(known: Known, proposal: Proposal, number: int | None, day: str | None, _: Translator) -> Impact:
    """What a proposed list would change."""
    from kemkoll.assortment.new_editions import foreseen
    from kemkoll.cli.batch import told
    from kemkoll.registry import Registry

    on = _ask.day(day, _) if day else ""
    with told(_) as tell:
        return foreseen(
            known,
            proposal,
            today=_ask.day(None, _),
            on=on,
            number=number,
            registry=Registry.open(),
            tell=tell,
        )


def parts(made: Impact, _: Translator, *, most: int | None) -> Iterator[RenderableType]:
    """What would change: in numbers, article by article, and contract by contract."""
    from rich.text import Text

    if not made.lists:
        yield Text(_("No article of the assortment is judged by this list, or nothing in it changes."))
        return
    yield facts(
        {
            _("Reaches"): ", ".join(made.lists),
            _("Judged on"): made.on,
            _("Articles"): number_text(made.articles, _.language),
        }
    )
    yield Text("")
    yield from _changes(made.changes, _, most)
    yield from _suppliers(made.changes, _)
    yield from _contracts(made.contracts, _)


def _changes(changes: pd.DataFrame, _: Translator, most: int | None) -> Iterator[RenderableType]:
    from rich.text import Text

    from kemkoll.outputs.standing import DIRECTIONS

    if not len(changes):
        yield Text(_("No verdict would change.") + "\n")
        return
    outdated, kind = changes["outdated"].to_numpy(dtype=bool), changes["direction"]
    headings = (
        (DIRECTIONS["worse"], (kind == "worse") & ~outdated),
        (DIRECTIONS["outdated"], outdated),
        (DIRECTIONS["other"], (kind == "other") & ~outdated),
        (DIRECTIONS["better"], (kind == "better") & ~outdated),
    )
    for heading, met in headings:
        own = changes[met]
        if len(own):
            shown = own if most is None else own.head(most)
            lines = [_line(row, _) for row in shown.to_dict("records")]
            if len(shown) < len(own):
                rest = number_text(len(own) - len(shown), _.language)
                lines.append(_("{n} more: --all shows them, -o writes them.").format(n=rest))
            articles = own.drop_duplicates(["supplier", "number"])
            said = _.ngettext("{n} article", "{n} articles", len(articles))
            yield indented(f"{_(heading)} ({said.format(n=number_text(len(articles), _.language))})", lines)


def _line(row: dict[Any, Any], _: Translator) -> str:
    from kemkoll.outputs.standing import outcome_text

    article = f"{row['number']} {row['supplier']}".strip()
    under = _(", contract {number}").format(number=row["contract_number"]) if row["contract_number"] else ""
    sides = ((row[f"outcome_{side}"], row[f"entries_{side}"]) for side in ("before", "after"))
    then, now = (outcome_text(outcome, entries, _) for outcome, entries in sides)
    later = _(", from {day}").format(day=row["moves"]) if row["moves"] else ""
    return f"{article}{under}, {row['list']}: {then} → {now}{later}"


def _suppliers(changes: pd.DataFrame, _: Translator) -> Iterator[RenderableType]:
    """The suppliers whose articles change, those with most of them first."""
    if not len(changes):
        return
    own = changes.drop_duplicates(["supplier", "number"])
    counts = own.groupby("supplier").size().sort_values(ascending=False, kind="stable")
    rows = [(str(name) or "–", number_text(int(n), _.language)) for name, n in counts.items()]
    yield table((_("Supplier"), _("Articles that change")), rows)


def _contracts(contracts: pd.DataFrame, _: Translator) -> Iterator[RenderableType]:
    """Each contract: how it is bound to editions, how many of its articles change, and when."""
    from kemkoll.outputs.standing import editions_text, moves_text

    rows = [
        (
            row["contract_number"] or _("under no contract"),
            editions_text(row["kind"], row["date"], int(row["grace_days"]), _),
            number_text(row["articles"], _.language),
            number_text(row["changes"], _.language),
            moves_text(row, _),
        )
        for row in contracts.to_dict("records")
    ]
    headers = (_("Contract"), _("Editions"), _("Articles"), _("Change"), _("From"))
    yield table(headers, rows)
