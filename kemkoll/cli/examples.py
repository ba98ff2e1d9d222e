"""`kemkoll examples`: the shipped example declarations, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kemkoll.cli import _ask, check
from kemkoll.cli._exit import FINE, UNREAD
from kemkoll.cli._help import Option, Verb, language_option, on_option, translate_of
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kemkoll.flow import Result

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".parquet", ".json")
FACTS = ("supply_to_public=no",)
CLOSER = ("infusionsset.xlsx", "KF-2040", "eu-reach-candidate")
"""The file, article and list that a newcomer is shown more of."""


@click.pass_context
def _call(ctx: click.Context, on: str | None, outputs: tuple[str, ...]) -> int:
    from rich.console import Console

    from kemkoll.outputs import overview

    _ = translate_of(ctx)
    files = _files()
    targets = _ask.outputs(outputs, files, _)
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.print(_introduction(len(files), _) + "\n")
    result = _judge(files, on, _)
    for part in overview.parts(result, _):
        console.print(part)
    written = check.write_outputs(result, targets, _, all_lines=False)
    if check.is_unread(result.declarations):
        return UNREAD
    console.print("\n" + _("Look closer"), style="bold underline")
    for said, command in _next(written, _):
        console.print(f"{said}\n  {command}", soft_wrap=True)
    return FINE


def _files() -> list[str]:
    """The examples, written as one would write them here."""
    from kemkoll.paths import data

    return sorted(_named(path) for path in data("examples").iterdir() if path.suffix in SUFFIXES)


def _named(path: Path) -> str:
    """The path as one would write it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _introduction(files: int, _: Translator) -> str:
    """What is about to be shown, for somebody who sees kemkoll for the first time."""
    said = _(
        "These are {n} files in the shapes in which suppliers declare what is in their products. The "
        "companies are invented, the compositions are typical, and the mistakes are those that people make. "
        "Each article is judged by each list of the default profile, as not sold to the public."
    )
    unknown = _(
        "“Unknown” means that the supplier has not told enough for anybody to say that nothing on the list "
        "is in the article. It is the usual answer."
    )
    return f"{said.format(n=files)}\n\n{unknown}"


def _judge(files: list[str], on: str | None, _: Translator) -> Result:
    """The examples, judged by the default profile."""
    from kemkoll import flow
    from kemkoll.declarations import read_declarations
    from kemkoll.registry import Registry

    buyer, day = _ask.profile("default", _), _ask.day(on, _)
    return flow.check(
        read_declarations([Path(file) for file in files]),
        _ask.lists((), buyer, day, _),
        profile=buyer,
        registry=Registry.open(),
        on=day,
        conditions=_ask.conditions(FACTS, _),
    )


def _next(written: list[str], _: Translator) -> Iterator[tuple[str, str]]:
    """What to do next: each a sentence and a command, or a file."""
    name, article, of = CLOSER
    file = next((_quoted(path) for path in _files() if Path(path).name == name), name)
    yield _("One file, with what each verdict rests on:"), f"kemkoll check {file}"
    yield (
        _("One verdict, from the supplier's cell to the law:"),
        f"kemkoll explain {article} --list {of} --file {file}",
    )
    if written:
        yield _("All of it, written to:"), ", ".join(written)
    else:
        yield _("All of it, as a page for a browser:"), "kemkoll examples -o examples.html"
    yield _("Your own files:"), f"kemkoll check {_('FILE...')}"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


command = Verb(
    "examples",
    callback=_call,
    short_help=N_("Judge the example declarations that come with kemkoll."),
    help=N_(
        "Judge the example declarations that come with kemkoll.\n\n"
        "Ends with 0 also when a limit is passed: that is what the examples are for."
    ),
    epilog=N_("Example: kemkoll examples --language sv"),
    params=[
        on_option(),
        Option(
            ["-o", "--output", "outputs"],
            multiple=True,
            metavar="FILE",
            help=N_("Write a file too; its suffix says the format. Can be repeated."),
        ),
        language_option(),
    ],
)
