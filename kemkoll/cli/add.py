"""`kemkoll add`: files into the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _activity, _ask, _clock, _store
from kemkoll.cli._exit import FINE, UNREAD
from kemkoll.cli._help import OneOf, Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.assortment.adding import Added
    from kemkoll.assortment.registers.entering import Entered
    from kemkoll.store import Store

REASONS = ("new", "renewal", "correction", "reformulation")
DECLARATIONS, ASSORTMENT = "declarations", "assortment"
KINDS = (
    DECLARATIONS, ASSORTMENT, "contracts", "categories", "volumes", "successors", "requests", "targets",
    "lab-results", "suppliers", "profile",
)  # fmt: skip


@click.pass_context
def _call(
    ctx: click.Context,
    files: tuple[str, ...],
    where: str,
    by: str,
    kind: str,
    supplier: str,
    reason: str,
    complete: bool,
    on: str | None,
) -> int:
    _ = translate_of(ctx)
    _refuse(kind, reason, complete, on, _)
    paths = _ask.files(files, _)
    day = _ask.day(on, _)
    store = _store.opened(where)
    shared: dict[str, Any] = {"by": by, "at": _clock.instant(), "supplier": supplier}
    made: list[Any]
    if kind == DECLARATIONS:
        from kemkoll.assortment.adding import add_declarations
        from kemkoll.registry import Registry

        shared |= {"registry": Registry.open(), "reason": reason, "tell": lambda it: _tell(it, _)}
        made = add_declarations(store, paths, **shared)
    else:
        from kemkoll.assortment.registers.entering import add_registers

        shared |= {"on": day, "complete": complete, "tell": lambda it: _tell_register(it, _)}
        made = add_registers(store, paths, kind, **shared)
        if kind == ASSORTMENT and any(it.status == "added" for it in made):
            _tell_waiting(store, day, _)
    return UNREAD if any(it.status in ("failed", "empty") for it in made) else FINE


def _refuse(kind: str, reason: str, complete: bool, on: str | None, _: Translator) -> None:
    """Refuse options that mean nothing for the kind of the files."""
    wrong: Mapping[str, bool] = {
        "--reason": bool(reason) and kind != DECLARATIONS,
        "--complete": complete and kind != ASSORTMENT,
        "--on": on is not None and not complete,
    }
    for option, met in wrong.items():
        if met:
            said = _("{option} means nothing here: see the help for what it goes with.")
            raise click.UsageError(said.format(option=option))


def _tell(added: Added, _: Translator) -> None:
    """Say what became of one file, with every problem in it."""
    from kemkoll.cli._files import say_unread
    from kemkoll.outputs.words import plain

    file = plain(added.file)
    if added.status == "failed":
        say_unread(added.declarations.inputs, _)
    elif added.status == "empty":
        click.echo(_("{file}: nothing to judge is in it; it was not added.").format(file=file))
    elif added.status == "known":
        _tell_known(file, added.before, _)
    else:
        click.echo(_added(added, file, _))
    _tell_problems(added.declarations.problems, added.declarations.inputs, _)


def _tell_register(entered: Entered, _: Translator) -> None:
    """Say what became of one file of the buyer's own, with every problem in it."""
    from kemkoll.cli._files import say_unread
    from kemkoll.outputs.words import plain

    file = plain(entered.file)
    if entered.status == "failed":
        say_unread(entered.inputs, _)
    elif entered.status == "known":
        _tell_known(file, entered.before, _)
    else:
        click.echo(_entered(entered, file, _))
    _tell_problems(entered.problems, entered.inputs, _)


def _tell_waiting(store: Store, day: str, _: Translator) -> None:
    """Say how many rows of contracts are not active yet."""
    from kemkoll.assortment.activity import activity, counted
    from kemkoll.cli._page import page
    from kemkoll.registry import Registry

    with store.reading() as known:
        found = counted(activity(known, day, registry=Registry.open()))
    for part in _activity.counts(found | {"overridden": 0}, _):
        page(part)


def _tell_known(file: str, before: str, _: Translator) -> None:
    from kemkoll.outputs.words import plain

    said = _("{file} was added before, as {name}: nothing was changed.")
    click.echo(said.format(file=file, name=plain(before)))


def _tell_problems(problems: Any, inputs: Any, _: Translator) -> None:
    from kemkoll.cli._page import page
    from kemkoll.outputs.summary import problem_list

    for part in problem_list(problems, inputs, _):
        page(part)


def _added(added: Added, file: str, _: Translator) -> str:
    lines = len(added.declarations.lines) + len(added.declarations.statements)
    before, new = added.superseded, len(added.new_articles)
    said = [
        _numbered(_.ngettext("{n} article", "{n} articles", added.articles), added.articles, _),
        _numbered(_.ngettext("{n} line or answer", "{n} lines and answers", lines), lines, _),
    ]
    if before:
        sentence = _.ngettext(
            "takes the place of {n} earlier declaration",
            "takes the place of {n} earlier declarations",
            before,
        )
        said.append(_numbered(sentence, before, _))
    if added.late:
        sentence = _.ngettext(
            "of {n} article it is older than what is there, which still counts",
            "of {n} articles it is older than what is there, which still counts",
            added.late,
        )
        said.append(_numbered(sentence, added.late, _))
    if new:
        sentence = _.ngettext(
            "{n} article that the assortment lacks",
            "{n} articles that the assortment lacks",
            new,
        )
        said.append(_numbered(sentence, new, _))
    return _("{file} was added: {what}.").format(file=file, what="; ".join(said))


def _entered(entered: Entered, file: str, _: Translator) -> str:
    rows, new = entered.rows, entered.added
    said = [
        _numbered(_.ngettext("{n} row read", "{n} rows read", rows), rows, _),
        _numbered(_.ngettext("{n} entry new", "{n} entries new", new), new, _),
        _numbered(_.ngettext("{n} changed", "{n} changed", entered.changed), entered.changed, _),
        _numbered(_.ngettext("{n} ended", "{n} ended", entered.ended), entered.ended, _),
    ]
    return _("{file} was added: {what}.").format(file=file, what="; ".join(said))


def _numbered(sentence: str, n: int, _: Translator) -> str:
    return sentence.format(n=number_text(n, _.language))


command = Verb(
    "add",
    callback=_call,
    short_help=N_("Add suppliers' declarations, or the buyer's own files, to the database."),
    help=N_(
        "Add suppliers' declarations, or the buyer's own files, to the database.\n\n"
        "Each file is kept byte for byte, with everything that was read from it and every problem in it. A "
        "new declaration of an article takes the place of the earlier one, which is kept. The same file "
        "twice changes nothing.\n\n"
        "The buyer's own files (--kind) are tables with a header row, in Swedish or English. What a new one "
        "says otherwise takes the place of what was there; what it does not list stays, but for an "
        "assortment with --complete. A profile is a TOML file.\n\n"
        "Ends with 0 once all are added, 2 for wrong usage, 3 if a file could not be read."
    ),
    epilog=N_("Example: kemkoll add answers/*.xlsx --reason renewal"),
    params=[
        click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
        Option(
            ["--kind"],
            type=OneOf(KINDS),
            default=DECLARATIONS,
            help=N_("What the files are; else declarations."),
        ),
        Option(
            ["--supplier"],
            default="",
            metavar="NAME",
            help=N_("Whose they are, where the files do not say."),
        ),
        Option(
            ["--reason"],
            type=OneOf(REASONS),
            help=N_("Why they were declared, where the files do not say."),
        ),
        Option(
            ["--complete"],
            is_flag=True,
            help=N_(
                "The assortment is whole: what it no longer lists, under its contracts or of its "
                "suppliers, ends."
            ),
        ),
        Option(
            ["--on"],
            metavar="DATE",
            help=N_("With --complete: the last day of what is no longer listed; else today."),
        ),
        _store.store_option(),
        _store.by_option(),
        language_option(),
    ],
)
