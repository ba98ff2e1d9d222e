"""`kemkoll show`: what is known of one substance, which lists it is on, and why it is not on others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kemkoll.cli import _ask, _files
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from kemkoll.substance import Description
    from kemkoll.tables import Law

SUFFIX = ".svg"


@click.pass_context
def _call(
    ctx: click.Context, substance: tuple[str, ...], lists: tuple[str, ...], on: str | None, output: str | None
) -> int:
    from kemkoll.cli._page import page
    from kemkoll.cli._substance import description
    from kemkoll.outputs.substance import remarks
    from kemkoll.registry import Registry
    from kemkoll.substance import describe

    _ = translate_of(ctx)
    asked = " ".join(substance).strip()
    if not asked:
        raise click.UsageError(_("{name} is missing.").format(name="SUBSTANCE"), ctx)
    day, law = _ask.day(on, _), _law(lists, _)
    if output is not None:
        _check(output, _)
    told = describe(asked, law, Registry.open(), day)
    for part in description(told, day, remarks(told), _):
        page(part)
    drawn = output is None or _draw(told, output, _)
    return FINE if told.substances and drawn else FOUND


def _law(asked: tuple[str, ...], _: Translator) -> Law:
    """The lists asked for, else all that there are."""
    from kemkoll.lists import load_lists

    for text in asked:
        _ask.list_id(text.partition("@")[0], _)
    return load_lists(list(dict.fromkeys(asked)) or None)


def _check(output: str, _: Translator) -> None:
    """Refuse what cannot be written to before any work begins."""
    path = Path(output)
    if path.suffix.lower() != SUFFIX:
        said = _("-o {file}: the suffix must be one of {suffixes}.")
        raise click.UsageError(said.format(file=output, suffixes=SUFFIX))
    if path.is_dir() or not path.parent.is_dir():
        raise click.UsageError(_("-o {file}: there is no such folder to write to.").format(file=output))


def _draw(told: Description, output: str, _: Translator) -> bool:
    """Whether the structure was drawn into the file; said on stderr if there is none."""
    from kemkoll.outputs.words import plain
    from kemkoll.structures import draw

    drawn = {one.smiles: one for one in told.substances if one.smiles}
    if len(drawn) > 1:
        numbers = ", ".join(one.cas or one.smiles for one in drawn.values())
        said = _("{file} was not written: several structures are meant ({numbers}). Ask for one of them.")
        raise click.UsageError(said.format(file=output, numbers=numbers))
    text = ""
    for smiles, one in drawn.items():
        atoms = {atom for listed in one.listed for atom in listed.shown.atoms}
        text = draw(smiles, plain(", ".join(filter(None, (one.title, one.cas)))), atoms)
    if not text:
        click.echo(_("{file} was not written: no structure is known.").format(file=output), err=True)
        return False
    with _files.writing(output, _):
        Path(output).write_text(text, encoding="utf-8")
    _files.say_written([output], _)
    return True


command = Verb(
    "show",
    callback=_call,
    short_help=N_("Show one substance: names, numbers, the lists it is on, and why it is not on others."),
    help=N_(
        "Show one substance: names, numbers, the lists it is on, and why it is not on others.\n\n"
        "SUBSTANCE is a CAS or EC number, a name in Swedish or English, or a SMILES. Ends with 1 if nothing "
        "is known of it."
    ),
    epilog=N_("Example: kemkoll show 117-81-7 -o structure.svg"),
    params=[
        click.Argument(["substance"], metavar="SUBSTANCE", nargs=-1, required=True),
        Option(
            ["--list", "lists"],
            multiple=True,
            metavar="LIST[@DATE]",
            help=N_("Look at this list, in this edition; else at all lists."),
        ),
        Option(["--on"], metavar="DATE", help=N_("Look as of this day; else today.")),
        Option(
            ["-o", "--output"],
            metavar="FILE",
            help=N_(
                "Draw the structure into this SVG file, with the atoms marked by which groups take it in."
            ),
        ),
        language_option(),
    ],
)
