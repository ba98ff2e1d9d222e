"""`kemkoll check`: suppliers' files in, verdicts out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _files, _marking
from kemkoll.cli._exit import FINE, FOUND, STALE, UNREAD, close_pipe
from kemkoll.cli._help import (
    OneOf,
    Option,
    Verb,
    complete_option,
    condition_option,
    fail_on_option,
    language_option,
    lists_option,
    on_option,
    profile_option,
    translate_of,
)
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.flow import Result
    from kemkoll.tables import Declarations, Law

VERDICTS = (
    "not_listed",
    "not_applicable",
    "below_limit",
    "exempt",
    "listed",
    "unknown",
    "review",
    "above_limit",
)
"""The names of `tables.Verdict`, which would take pandas along to the help."""


def check(
    translate: Translator,
    files: tuple[str, ...],
    profile: str,
    lists: tuple[str, ...],
    on: str | None,
    conditions: tuple[str, ...],
    form: str,
    outputs: tuple[str, ...],
    fail_on: str,
    *,
    assume_complete: bool,
    all_lines: bool,
    max_list_age: int | None,
    mark_problems: bool,
) -> int:
    """The exit code, once the verdicts have been shown and written."""
    from kemkoll import flow
    from kemkoll.declarations import read_declarations
    from kemkoll.registry import Registry

    paths = _ask.files(files, translate)
    targets = _ask.outputs(outputs, paths, translate)
    copy = _marking.marked_copy(paths, targets, translate) if mark_problems else None
    facts = _ask.conditions(conditions, translate)
    day = _ask.day(on, translate)
    buyer = _ask.profile(profile, translate)
    law = _ask.lists(lists, buyer, day, translate)
    declarations = read_declarations(paths)
    unread = is_unread(declarations)
    if max_list_age is not None and _refused(law, day, max_list_age, translate):
        return UNREAD if unread else STALE
    result = flow.check(
        declarations,
        law,
        profile=buyer,
        registry=Registry.open(),
        on=day,
        conditions=facts,
        assume_complete=assume_complete,
    )
    if copy:
        del targets[copy]
        _marking.write_marked(result, paths[0], copy, translate)
    _show(result, form, targets, translate, all_lines=all_lines)
    if unread:
        return UNREAD
    return FOUND if _fails(result, fail_on) else FINE


def is_unread(declarations: Declarations) -> bool:
    """Whether a file could not be read, or no file had anything to judge in it."""
    nothing = not len(declarations.lines) and not len(declarations.statements)
    return nothing or bool((declarations.inputs["status"] == "failed").any())


def _refused(law: Law, on: str, most: int, _: Translator) -> bool:
    """Whether a list is older than accepted; said on stderr, list by list."""
    from kemkoll.outputs.rows import age_in_days

    refused = False
    for name, official in zip(law.lists["list"], law.lists["official_date"], strict=True):
        age = age_in_days(str(official), on)
        if age is None or age > most:
            refused = True
            shown = "?" if age is None else number_text(age, _.language)
            said = _("{list} is of {date}, {age} days old; {most} are accepted. Nothing was judged.")
            click.echo(
                said.format(list=name, date=official, age=shown, most=number_text(most, _.language)), err=True
            )
    return refused


def _show(result: Result, form: str, targets: dict[str, str], _: Translator, *, all_lines: bool) -> None:
    """Print the result and write it to files."""
    from kemkoll.outputs import formats
    from kemkoll.outputs.rows import nothing_read

    empty = nothing_read(result)
    if form != "table":
        _files.say_unread(result.declarations.inputs, _)
        if empty:
            click.echo(_("Nothing was read, so nothing was judged. This is not a clean result."), err=True)
    written = write_outputs(result, targets, _, all_lines=all_lines)
    if not (empty and form == "csv"):
        try:
            formats()[form].write(result, sys.stdout, _.language, all_lines=all_lines)
            sys.stdout.flush()
        except BrokenPipeError:
            close_pipe()
    _files.say_written(written, _)


def write_outputs(result: Result, targets: dict[str, str], _: Translator, *, all_lines: bool) -> list[str]:
    """The files that were written of the result, each in its format."""
    from kemkoll.outputs import formats
    from kemkoll.outputs.rows import nothing_read

    written = []
    for path, name in targets.items():
        if nothing_read(result) and name == "csv":
            click.echo(_("{file} was not written: there is nothing to write.").format(file=path), err=True)
            continue
        with _files.writing(path, _):
            formats()[name].write(result, path, _.language, all_lines=all_lines)
        written.append(path)
    return written


def _fails(result: Result, fail_on: str) -> bool:
    """Whether a verdict that nobody has waived is as bad as `fail_on`, or worse."""
    counted = result.verdicts[~result.verdicts["waived"].astype(bool)]
    return bool((counted["verdict"] >= VERDICTS.index(fail_on)).any())


def _formats() -> list[str]:
    from kemkoll.outputs import printable

    return printable()


@click.pass_context
def _call(ctx: click.Context, /, **given: Any) -> int:
    return check(translate_of(ctx), **given)


command = Verb(
    "check",
    callback=_call,
    short_help=N_("Judge suppliers' declarations by substance lists."),
    help=N_(
        "Judge suppliers' declarations by substance lists.\n\n"
        "Reads workbooks, CSV and Parquet files and earlier results, and shows for each article and list the "
        "verdict, what it rests on, and how much nobody told.\n\n"
        "Ends with 0 if no verdict is as bad as --fail-on, 1 if one is, 2 for wrong usage, 3 if a file could "
        "not be read, 4 if a list is older than --max-list-age."
    ),
    epilog=N_("Example: kemkoll check *.xlsx --list eu-rohs --condition medical_device=yes -o result.json"),
    params=[
        click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
        profile_option(),
        lists_option(),
        on_option(),
        condition_option(),
        Option(
            ["--format", "form"],
            type=OneOf(_formats()),
            default="table",
            help=N_("What to print."),
        ),
        Option(
            ["-o", "--output", "outputs"],
            multiple=True,
            metavar="FILE",
            help=N_("Write a file too; its suffix says the format. Can be repeated."),
        ),
        Option(
            ["--mark-problems"],
            is_flag=True,
            help=N_(
                "Make the .xlsx of -o a copy of the supplier's own workbook, with the cells marked that have "
                "problems and nothing else changed."
            ),
        ),
        fail_on_option(VERDICTS),
        complete_option(),
        Option(
            ["--all-lines"], is_flag=True, help=N_("Show all lines and articles, not only those that matter.")
        ),
        Option(
            ["--max-list-age"],
            type=click.IntRange(min=0),
            metavar="DAYS",
            help=N_("Refuse to judge by a list that is older than this."),
        ),
        language_option(),
    ],
)
