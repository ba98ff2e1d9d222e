"""`kemkoll report …`: of one batch, contract, supplier or list, and of what lapses or is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _editions, _files, _impact, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from kemkoll.store import Known


def written(report: str, data: Any, outputs: Sequence[str], _: Translator) -> int:
    """Write a report into files, each in the format of its suffix."""
    from kemkoll.report import document
    from kemkoll.report.writing import write

    made = document(report, data, _.language)
    for path in outputs:
        with _files.writing(path, _):
            write(made, path)
    _files.say_written(outputs, _)
    return FINE


def refuse_targets(outputs: Sequence[str], inputs: Sequence[str], _: Translator) -> None:
    """Refuse files that no report can be written to."""
    from kemkoll.report.writing import WRITERS

    _ask.targets(outputs, inputs, [*WRITERS], _)


def output_option(*, required: bool = True) -> Option:
    """`-o` of every report."""
    return Option(
        ["-o", "--output", "outputs"],
        multiple=True,
        required=required,
        metavar="FILE",
        help=N_("The file to write: .html, .pdf or .xlsx. Can be repeated."),
    )


def _number(known: Known, number: int | None) -> int:
    from kemkoll.assortment.review import newest

    return newest(known) if number is None else number


@click.pass_context
def _compliance(ctx: click.Context, number: int | None, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.reporting.compliance import compliance

    _ = translate_of(ctx)
    refuse_targets(outputs, [], _)
    with _store.opened(where).reading() as known:
        data = compliance(known, _number(known, number))
    return written("compliance", data, outputs, _)


@click.pass_context
def _supplier(
    ctx: click.Context, name: str, number: int | None, due: str | None, where: str, outputs: tuple[str, ...]
) -> int:
    from kemkoll.assortment.reporting.supplier import to_supplier

    _ = translate_of(ctx)
    refuse_targets(outputs, [], _)
    until = _ask.day(due, _, "--due") if due else ""
    with _store.opened(where).reading() as known:
        data = to_supplier(known, name, _number(known, number), due=until)
    return written("supplier", data, outputs, _)


@click.pass_context
def _contract(ctx: click.Context, name: str, number: int | None, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.reporting.contract import of_contract

    _ = translate_of(ctx)
    refuse_targets(outputs, [], _)
    with _store.opened(where).reading() as known:
        data = of_contract(known, name, _number(known, number))
    return written("contract", data, outputs, _)


@click.pass_context
def _waivers(ctx: click.Context, on: str | None, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.reporting.lapsing import lapsing

    _ = translate_of(ctx)
    refuse_targets(outputs, [], _)
    with _store.opened(where).reading() as known:
        data = lapsing(known, _ask.day(on, _))
    return written("waivers", data, outputs, _)


@click.pass_context
def _quality(ctx: click.Context, number: int | None, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.reporting.quality import quality

    _ = translate_of(ctx)
    refuse_targets(outputs, [], _)
    with _store.opened(where).reading() as known:
        data = quality(known, _number(known, number))
    return written("data-quality", data, outputs, _)


@click.pass_context
def _list_impact(
    ctx: click.Context,
    file: Sequence[str],
    id_: str,
    day: str,
    count: int | None,
    where: str,
    on: str | None,
    number: int | None,
    outputs: tuple[str, ...],
) -> int:
    from kemkoll.assortment.reporting.expected import expected

    _ = translate_of(ctx)
    paths = _ask.files(file, _)
    refuse_targets(outputs, paths, _)
    store = _store.opened(where)
    proposal = _impact.proposed(paths, id_, day, count, _)
    if proposal.obstacles:
        _editions.show_problems(proposal, _, everything=True)
        click.echo(_("The list cannot be judged by: put right what is named above."), err=True)
        return FOUND
    with store.reading() as known:
        made = _impact.judged(known, proposal, number, on, _)
    return written("list-impact", expected(made, proposal, paths), outputs, _)


def _verb(name: str, call: Any, short: str, example: str, *params: click.Parameter) -> Verb:
    given = [*params, output_option(), _store.store_option(), language_option()]
    return Verb(name, callback=call, short_help=short, help=short, epilog=example, params=given)


def _batch() -> Option:
    return Option(["--batch", "number"], type=int, metavar="N", help=N_("The batch; else the newest."))


VERBS = [
    _verb(
        "compliance",
        _compliance,
        N_("Report one batch: what deviates, what must be looked at, what nobody knows."),
        N_("Example: kemkoll report compliance --batch 4 -o batch-4.html --language sv"),
        _batch(),
    ),
    _verb(
        "contract",
        _contract,
        N_("Report one contract: how many of its articles meet each requirement."),
        N_("Example: kemkoll report contract 2026-17 -o 2026-17.html"),
        click.Argument(["name"], metavar="NUMBER"),
        _batch(),
    ),
    _verb(
        "data-quality",
        _quality,
        N_("Report what is not known, and whom to ask first."),
        N_("Example: kemkoll report data-quality -o quality.html"),
        _batch(),
    ),
    _verb(
        "list-impact",
        _list_impact,
        N_("Report whose verdicts a new edition of a list would change, before it is taken into use."),
        N_("Example: kemkoll report list-impact candidate_list_full.xlsx -o impact.html"),
        *_impact.params(),
    ),
    _verb(
        "supplier",
        _supplier,
        N_("Write a letter to one supplier: what it must do, and nothing of others."),
        N_('Example: kemkoll report supplier "Care Supply AB" --due 2026-12-31 -o letter.html --language sv'),
        click.Argument(["name"], metavar="NAME"),
        _batch(),
        Option(["--due"], metavar="DATE", help=N_("The day by which an answer is wanted.")),
    ),
    _verb(
        "waivers",
        _waivers,
        N_("Report the waivers: which have lapsed, and which soon will."),
        N_("Example: kemkoll report waivers --on 2026-12-01 -o waivers.html"),
        Option(["--on"], metavar="DATE", help=N_("Count the days on this day; else today.")),
    ),
]
"""The reports that speak of one moment."""
