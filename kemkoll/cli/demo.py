"""`kemkoll demo`: the shipped example declarations, checked."""

from __future__ import annotations

from pathlib import Path

import click

from kemkoll.cli import check
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".parquet", ".json")
FACTS = ("supply_to_public=no",)


@click.pass_context
def _call(ctx: click.Context, on: str | None, outputs: tuple[str, ...]) -> int:
    from kemkoll.paths import data

    _ = translate_of(ctx)
    files = sorted(_named(path) for path in data("examples").iterdir() if path.suffix in SUFFIXES)
    said = " ".join(["kemkoll check", *(file if " " not in file else f'"{file}"' for file in files)])
    click.echo(f"{said} {' '.join(f'--condition {fact}' for fact in FACTS)}\n", err=True)
    status = ctx.invoke(check.command, files=tuple(files), on=on, conditions=FACTS, outputs=outputs)
    click.echo("\n" + _("These were the examples. Now your own: kemkoll check FILE..."), err=True)
    return FINE if status == FOUND else int(status)


def _named(path: Path) -> str:
    """The path as one would write it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


command = Verb(
    "demo",
    callback=_call,
    short_help=N_("Judge the example declarations that come with kemkoll."),
    help=N_(
        "Judge the example declarations that come with kemkoll.\n\n"
        "Ends with 0 also when a limit is passed: that is what the examples are for."
    ),
    epilog=N_("Example: kemkoll demo --language sv"),
    params=[
        Option(["--on"], metavar="DATE", help=N_("Judge as of this day; else today.")),
        Option(
            ["-o", "--output", "outputs"],
            multiple=True,
            metavar="FILE",
            help=N_("Write a file too; its suffix says the format. Can be repeated."),
        ),
        language_option(),
    ],
)
