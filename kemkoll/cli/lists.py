"""`kemkoll lists`: how old the substance lists are, what is in them, and whether they keep their promises."""

from __future__ import annotations

from typing import Any

import click

from kemkoll.cli import _ask, _editions, _impact, _lists, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, Verb, Verbs, language_option, translate_of
from kemkoll.cli._page import page
from kemkoll.i18n import N_


@click.pass_context
def _status(ctx: click.Context, on: str | None) -> int:
    from kemkoll.lists import status

    _ = translate_of(ctx)
    for part in _lists.ages(status(_ask.day(on, _)).to_dict("records"), _):
        page(part)
    return FINE


@click.pass_context
def _show(ctx: click.Context, name: str) -> int:
    from kemkoll.lists import load_lists
    from kemkoll.lists.editions import library_of
    from kemkoll.lists.folder import read_folder

    _ = translate_of(ctx)
    known, sign, edition = name.partition("@")
    law = load_lists([_ask.list_id(known, _) + sign + edition])
    for part in _lists.contents(law, read_folder(library_of().path(known)), _):
        page(part)
    return FINE


@click.pass_context
def _lint(ctx: click.Context) -> int:
    from kemkoll.lists import lint

    _ = translate_of(ctx)
    broken = lint()
    for sentence in broken:
        click.echo(sentence)
    if not broken:
        click.echo(_("The lists keep all their promises."))
    return FOUND if broken else FINE


def _verb(name: str, call: Any, short: str, example: str, *params: click.Parameter) -> Verb:
    return Verb(
        name, callback=call, short_help=short, help=short, epilog=example, params=[*params, language_option()]
    )


def _all_option() -> Option:
    return Option(
        ["--all", "everything"], is_flag=True, help=N_("Show all that differs, however much it is.")
    )


command = Verbs(
    "lists",
    short_help=N_("Show the substance lists: how old they are, what is in them."),
    help=N_("Show the substance lists: how old they are, what is in them."),
    epilog=N_("Example: kemkoll lists status"),
    params=[language_option()],
    commands=[
        _verb(
            "status",
            _status,
            N_("Show each list's edition and age, and what in it is undecided."),
            N_("Example: kemkoll lists status --on 2026-11-22"),
            Option(["--on"], metavar="DATE", help=N_("Count the age on this day; else today.")),
        ),
        _verb(
            "show",
            _show,
            N_("Show what is on a list."),
            N_("Example: kemkoll lists show eu-reach-candidate@2025-01-21"),
            click.Argument(["name"], metavar="LIST[@DATE]"),
        ),
        _verb(
            "diff",
            _editions.diff,
            N_("Show what differs between two editions of a list."),
            N_("Example: kemkoll lists diff eu-reach-candidate@2025-01-21 eu-reach-candidate"),
            click.Argument(["before"], metavar="LIST[@DATE]"),
            click.Argument(["after"], metavar="LIST[@DATE]"),
            _all_option(),
        ),
        _verb(
            "import",
            _editions.import_,
            N_(
                "Read an official download, or a list of your own, and show what it would change. "
                "Nothing is written without --write."
            ),
            N_("Example: kemkoll lists import candidate_list_full.xlsx"),
            *_editions.download(),
            Option(["--write"], is_flag=True, help=N_("Write the list into your own folder.")),
            Option(
                ["--reason"],
                metavar="TEXT",
                default="",
                help=N_("Why the list is taken into use; the log of the database says it."),
            ),
            _store.log_option(),
            _store.by_option(),
            _all_option(),
        ),
        _verb(
            "impact",
            _impact.impact,
            N_(
                "Show which articles, contracts and suppliers would get another verdict by a new edition of "
                "a list, before it is taken into use. Nothing is kept."
            ),
            N_("Example: kemkoll lists impact candidate_list_full.xlsx -o impact.csv"),
            *_impact.params(),
            Option(
                ["-o", "--output", "outputs"],
                multiple=True,
                metavar="FILE",
                help=N_("Write what changes: .csv, .json or .parquet. Can be repeated."),
            ),
            _store.store_option(),
            _all_option(),
        ),
        _verb(
            "lint",
            _lint,
            N_("Check that the lists keep their promises; ends with 1 if one is broken."),
            N_("Example: kemkoll lists lint"),
        ),
    ],
)
