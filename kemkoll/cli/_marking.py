"""`check --mark-problems`: the supplier's own workbook back, with the cells marked that have problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kemkoll.cli import _files
from kemkoll.i18n import Translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kemkoll.flow import Result


def marked_copy(files: Sequence[str], targets: dict[str, str], _: Translator) -> str:
    """Where the marked copy goes: the one workbook among the files to write, of the one workbook to read."""
    from kemkoll.outputs.marking import why_not

    copies = [name for name, form in targets.items() if form == "xlsx"]
    if len(files) != 1 or len(copies) != 1:
        raise click.UsageError(
            _(
                "--mark-problems makes a copy of one workbook: name one FILE, and one -o that ends in .xlsx. "
                "Call it once for each workbook."
            )
        )
    why = why_not(Path(files[0]))
    if why:
        raise click.UsageError(_(why).format(file=files[0]))
    return copies[0]


def write_marked(result: Result, source: str, target: str, _: Translator) -> None:
    """Write the marked copy, and say on stderr what is in it."""
    from kemkoll.outputs.marking import mark_problems

    with _files.writing(target, _):
        count = mark_problems(result, source, target, _.language)
    if count:
        said = _.ngettext(
            "{file} is a copy of {source} in which {n} problem is marked.",
            "{file} is a copy of {source} in which {n} problems are marked.",
            count,
        )
    else:
        said = _("{file} is a copy of {source}: there was no problem to mark.")
    click.echo(said.format(file=target, source=source, n=count), err=True)
