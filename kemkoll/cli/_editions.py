"""`kemkoll lists import` and `diff`: what a new edition changes, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kemkoll.cli import _ask, _clock, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, translate_of
from kemkoll.cli._page import facts, page
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.lists.proposing import Proposal
    from kemkoll.store import Store

_SHOWN = 40
_NOTHING = N_("Nothing differs.")


@click.pass_context
def import_(
    ctx: click.Context,
    file: Sequence[str],
    id_: str,
    day: str,
    count: int | None,
    write: bool,
    reason: str,
    where: str,
    by: str,
    everything: bool,
) -> int:
    """Show what the files would change, and write the list only where it is asked for."""
    from kemkoll.lists.proposing import propose

    _ = translate_of(ctx)
    if write and where and not reason.strip():
        raise click.UsageError(_("--write needs --reason: the log of {store} says why.").format(store=where))
    store = _store.opened(where) if write and where else None
    today = _ask.day(None, _)
    official = _ask.day(day, _, "--date") if day else ""
    proposal = propose(_ask.files(file, _), on=today, id_=id_, day=official, publisher=count)
    show_file(proposal, _)
    show_problems(proposal, _, everything=everything)
    if proposal.obstacles:
        click.echo(
            _("The list was not written: put right what is named above, and import it again."), err=True
        )
        return FOUND
    show_changes(proposal.changes, _, everything=everything)
    if not write:
        click.echo(_("Nothing was written. With --write the list is kept in your own folder."))
        return FINE
    click.echo(_("Written: {folder}").format(folder=_activated(proposal, store, by, reason.strip())))
    return FINE


def _activated(proposal: Proposal, store: Store | None, by: str, reason: str) -> Path:
    """The folder in which the list now lies; the log of the database, where one is meant, says why."""
    from kemkoll.assortment import new_editions
    from kemkoll.lists.proposing import accept

    if store is None:
        return accept(proposal)
    with store.writing(new_editions.ACTION, by=by, at=_clock.instant()) as change:
        return new_editions.take_into_use(change, proposal, reason)


@click.pass_context
def diff(ctx: click.Context, before: str, after: str, everything: bool) -> int:
    """Show what differs between two editions, or two lists."""
    from kemkoll.lists import load_lists
    from kemkoll.lists.differences import differences

    _ = translate_of(ctx)
    laws = []
    for name in (before, after):
        known, sign, edition = name.partition("@")
        laws.append(load_lists([_ask.list_id(known, _) + sign + edition]))
    show_changes(differences(*laws), _, everything=everything)
    return FINE


def show_changes(changes: pd.DataFrame, _: Translator, *, everything: bool) -> None:
    """The differences under their headings, the first of each unless everything is asked for."""
    from kemkoll.outputs.changes import HEADINGS, change_lines

    found = change_lines(changes, _)
    if not found:
        click.echo(_(_NOTHING))
    for heading, lines in found.items():
        click.echo(f"{_(HEADINGS[heading])} ({number_text(len(lines), _.language)})")
        _show_lines(lines, _, everything=everything)
        click.echo()


def _show_lines(lines: Sequence[str], _: Translator, *, everything: bool) -> None:
    from kemkoll.outputs.words import plain

    shown = lines if everything else lines[:_SHOWN]
    for line in shown:
        click.echo(f"  {plain(line)}")
    if rest := len(lines) - len(shown):
        said = _("  … and {n} more; --all shows them.")
        click.echo(said.format(n=number_text(rest, _.language)))


def show_file(proposal: Proposal, _: Translator) -> None:
    """What the file is, and the notes on it."""
    export, draft, base = proposal.export, proposal.draft, proposal.base
    compared = f"{base.id}@{base.about['official_date']}" if base else _("none: the list is new")
    page(
        facts(
            {
                _("The file is"): _(export.what),
                _("List"): draft.id,
                _("Edition"): draft.about["official_date"],
                _("Entries"): number_text(export.count, _.language),
                _("Numbers and members"): number_text(len(export.members), _.language),
                _("Compared with"): compared,
                _("Terms"): draft.about["licence"],
            }
        )
    )
    for sentence, filled in export.notes:
        click.echo(_(sentence).format(**filled))
    click.echo()


def show_problems(proposal: Proposal, _: Translator, *, everything: bool) -> None:
    """What was not understood, all of it at once, with its places; and promises that would be broken."""
    from kemkoll.outputs.words import problem_text

    place, header = N_("row {row}, {column}"), N_("in column {column}")
    lines = [
        f"{_(place if row['row'] >= 0 else header).format(row=row['row'], column=row['column'])}: "
        + problem_text(row["code"], row["found"], row["suggestion"], _)
        for row in proposal.export.problems.astype(object).to_dict("records")
    ]
    if lines or proposal.broken:
        click.echo(_("Problems") + f" ({number_text(len(lines) + len(proposal.broken), _.language)})")
        _show_lines([*lines, *proposal.broken], _, everything=everything)
        click.echo()


def download() -> list[click.Parameter]:
    """What says which download is meant, and what it does not say itself."""
    return [
        click.Argument(["file"], metavar="FILE...", nargs=-1, required=True),
        Option(["--id", "id_"], metavar="LIST", default="", help=N_("The id to give the list.")),
        Option(
            ["--date", "day"],
            metavar="DATE",
            default="",
            help=N_("The official date, if the file has none."),
        ),
        Option(["--count"], type=int, metavar="N", help=N_("How many entries the publisher says there are.")),
    ]
