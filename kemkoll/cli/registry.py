"""`kemkoll registry`: what is known of substances by number and name, and where that is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Verb, Verbs, language_option, translate_of
from kemkoll.cli._page import facts, page
from kemkoll.i18n import N_, number_text

_COMPILED = N_("The registry is compiled.")


@click.pass_context
def _status(ctx: click.Context) -> int:
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    status = Registry.open().status()
    words = {
        "home": _("Folder"),
        "compiled": _("Compiled"),
        "chemicals": _("Version of chemicals"),
        "entries": _("CAS numbers"),
        "names": _("Names"),
        "own_entries": _("Your own substances"),
        "own_files": _("Your own files"),
    }
    page(
        facts(
            {
                words[name]: (value or "–") if isinstance(value, str) else number_text(value, _.language)
                for name, value in status.items()
            }
        )
    )
    return FINE


@click.pass_context
def _compile(ctx: click.Context) -> int:
    from kemkoll.registry import Registry

    Registry.open()
    click.echo(translate_of(ctx)(_COMPILED))
    return FINE


@click.pass_context
def _add(ctx: click.Context, file: str) -> int:
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    if not Path(file).is_file():
        raise click.UsageError(_("There is no file {file}.").format(file=file))
    count = Registry.add(file)
    said = _.ngettext("{n} substance added.", "{n} substances added.", count)
    click.echo(said.format(n=number_text(count, _.language)))
    return FINE


def _verb(name: str, call: Any, short: str, example: str, *params: click.Parameter) -> Verb:
    return Verb(
        name, callback=call, short_help=short, help=short, epilog=example, params=[*params, language_option()]
    )


command = Verbs(
    "registry",
    short_help=N_("Show and extend what is known of substances by number and name."),
    help=N_("Show and extend what is known of substances by number and name."),
    epilog=N_("Example: kemkoll registry status"),
    params=[language_option()],
    commands=[
        _verb(
            "status",
            _status,
            N_("Show where the registry is kept and how much is in it."),
            N_("Example: kemkoll registry status"),
        ),
        _verb(
            "add",
            _add,
            N_("Add your own substances from a CSV file with the columns cas, name, smiles, ec."),
            N_("Example: kemkoll registry add own-substances.csv"),
            click.Argument(["file"], metavar="FILE"),
        ),
        _verb(
            "compile",
            _compile,
            N_("Compile the registry now instead of at the first check."),
            N_("Example: kemkoll registry compile"),
        ),
    ],
)
