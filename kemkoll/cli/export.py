"""`kemkoll export`: what other systems read: a batch, catalogue marks, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _files, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, Verbs, language_option, translate_of
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    import pandas as pd


def _written(frame: pd.DataFrame, outputs: tuple[str, ...], _: Translator) -> int:
    from kemkoll.assortment.exports import write_frame

    for path in outputs:
        with _files.writing(path, _):
            write_frame(frame, path)
    _files.say_written(outputs, _)
    return FINE


@click.pass_context
def _batch(ctx: click.Context, number: int | None, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.exports import batch_table
    from kemkoll.assortment.review import newest
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    _ask.tables(outputs, [], _)
    with _store.opened(where).reading() as known:
        frame = batch_table(known, newest(known) if number is None else number, Registry.open())
    return _written(frame, outputs, _)


@click.pass_context
def _marks(ctx: click.Context, number: int | None, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.exports import marks_table
    from kemkoll.assortment.review import newest
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    _ask.tables(outputs, [], _)
    with _store.opened(where).reading() as known:
        frame = marks_table(known, newest(known) if number is None else number, _, Registry.open())
    return _written(frame, outputs, _)


@click.pass_context
def _audit(ctx: click.Context, where: str, outputs: tuple[str, ...]) -> int:
    from kemkoll.assortment.exports import audit_table

    _ = translate_of(ctx)
    _ask.tables(outputs, [], _)
    with _store.opened(where).reading() as known:
        frame = audit_table(known)
    return _written(frame, outputs, _)


def _verb(name: str, call: Any, short: str, example: str, *params: click.Parameter) -> Verb:
    output = Option(
        ["-o", "--output", "outputs"],
        multiple=True,
        required=True,
        metavar="FILE",
        help=N_("The file to write: .csv, .json or .parquet. Can be repeated."),
    )
    given = [*params, output, _store.store_option(), language_option()]
    return Verb(name, callback=call, short_help=short, help=short, epilog=example, params=given)


def _number() -> Option:
    return Option(["--batch", "number"], type=int, metavar="N", help=N_("The batch; else the newest."))


command = Verbs(
    "export",
    short_help=N_("Write what other systems read: a batch, catalogue marks, the log."),
    help=N_("Write what other systems read: a batch, catalogue marks, the log."),
    epilog=N_("Example: kemkoll export marks -o marks.csv"),
    params=[language_option()],
    commands=[
        _verb(
            "batch",
            _batch,
            N_("Write a batch: a row for each verdict and for each finding behind it."),
            N_("Example: kemkoll export batch --batch 4 -o batch.parquet"),
            _number(),
        ),
        _verb(
            "marks",
            _marks,
            N_("Write catalogue marks: for each article yes, no or unknown, and why in plain words."),
            N_("Example: kemkoll export marks -o marks.csv --language sv"),
            _number(),
        ),
        _verb(
            "audit",
            _audit,
            N_("Write the log of everything that was done."),
            N_("Example: kemkoll export audit -o log.json"),
        ),
    ],
)
