"""`kemkoll registry`: what is known of substances by number and name, and where that is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Verb, Verbs, language_option, translate_of
from kemkoll.cli._page import facts, page
from kemkoll.i18n import N_, Translator, number_text


@click.pass_context
def _status(ctx: click.Context) -> int:
    from kemkoll.paths import home
    from kemkoll.registry.compiling import chemicals_version, registry_label

    _ = translate_of(ctx)
    folder = home() / registry_label()
    said = {_("Folder"): folder, _("Source"): f"chemicals {chemicals_version()}"}
    if folder.is_dir():
        page(facts(said | _counts(folder, _)))
    else:
        page(facts(said))
        click.echo(_("It has not been compiled yet; the first check does that, or kemkoll registry compile."))
    return FINE


def _counts(folder: Path, _: Translator) -> dict[str, str]:
    from kemkoll.registry.shelf import Shelf

    shelf = Shelf.open(folder)
    return {
        _("CAS numbers"): number_text(shelf.entries, _.language),
        _("Names"): number_text(shelf.names, _.language),
    }


@click.pass_context
def _compile(ctx: click.Context) -> int:
    from kemkoll.registry import Registry

    Registry.open()
    return int(ctx.invoke(_status))


@click.pass_context
def _add(ctx: click.Context, file: str) -> int:
    from kemkoll import registry

    _ = translate_of(ctx)
    if not Path(file).is_file():
        raise click.UsageError(_("There is no file {file}.").format(file=file))
    count = registry.add(Path(file))
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
            N_("Add your own substances, trade names or alloys from a CSV file."),
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
