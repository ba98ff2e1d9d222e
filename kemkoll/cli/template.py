"""`kemkoll template`: the form that suppliers fill in."""

from __future__ import annotations

from pathlib import Path

import click

from kemkoll.cli import _ask, _files
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, profile_option, translate_of
from kemkoll.i18n import N_, Translator


@click.pass_context
def _call(ctx: click.Context, profile: str, lists: tuple[str, ...], output: str) -> int:
    from kemkoll.forms import write_form

    _ = translate_of(ctx)
    path = _target(output, _)
    law = _ask.lists(lists, _ask.profile(profile, _), _ask.day(None, _), _)
    with _files.writing(output, _):
        write_form(path, law, _.language)
    click.echo(_("{file} is written. When it comes back: kemkoll check {file}").format(file=output), err=True)
    return FINE


def _target(output: str, _: Translator) -> Path:
    """Where to write: a workbook that is not there yet, since the one that is may be filled in."""
    path = Path(output)
    if path.suffix.lower() != ".xlsx":
        said = _("-o {file}: the suffix must be one of {suffixes}.")
        raise click.UsageError(said.format(file=output, suffixes=".xlsx"))
    if path.exists():
        said = _("-o {file} is there already, and may be filled in. Choose another name.")
        raise click.UsageError(said.format(file=output))
    if not path.parent.is_dir():
        raise click.UsageError(_("-o {file}: there is no such folder to write to.").format(file=output))
    return path


command = Verb(
    "template",
    callback=_call,
    short_help=N_("Write the form that suppliers fill in."),
    help=N_(
        "Write the form that suppliers fill in.\n\n"
        "The form is a workbook in the language asked for. It explains itself, asks for the content of "
        "articles and for an answer about each list, and is read back by kemkoll check."
    ),
    epilog=N_("Example: kemkoll template --language sv --list eu-rohs -o form.xlsx"),
    params=[
        profile_option(),
        Option(
            ["--list", "lists"],
            multiple=True,
            metavar="LIST[@DATE]",
            help=N_(
                "Ask about this list, in the edition of DATE, instead of the profile's lists. "
                "Can be repeated."
            ),
        ),
        Option(["-o", "--output"], required=True, metavar="FILE", help=N_("The workbook to write.")),
        language_option(),
    ],
)
