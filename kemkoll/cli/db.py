"""`kemkoll db`: the database as a whole: newer, backed up, restored, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _clock, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, Verb, Verbs, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.store import Known


@click.pass_context
def _upgrade(ctx: click.Context, where: str, by: str) -> int:
    from kemkoll.store import Store
    from kemkoll.store.connecting import address, shown_address

    before, after = Store.upgraded(where, by=by, at=_clock.instant())
    said = (
        N_("{store} is of version {after} already: nothing was changed.")
        if before == after
        else N_("{store} was brought from version {before} to {after}.")
    )
    shown = shown_address(address(where))
    _store.said(said, translate_of(ctx), store=shown, before=before, after=after)
    return FINE


@click.pass_context
def _backup(ctx: click.Context, file: str, where: str) -> int:
    from kemkoll.store import Store
    from kemkoll.store.backup import backup

    _ = translate_of(ctx)
    with Store.open(where, older=True) as store:
        made = backup(store, file)
        said = N_("{file} holds all of {store}: {rows} rows, to event {events}.")
        _store.said(said, _, file=file, store=store.shown, **_counts(made, _))
    return FINE


@click.pass_context
def _restore(ctx: click.Context, file: str, where: str, by: str, replace: bool, sure: bool) -> int:
    from kemkoll.assortment.proof import refuse_altered
    from kemkoll.store.backup import restore
    from kemkoll.store.connecting import address, shown_address

    _ = translate_of(ctx)
    shown = shown_address(address(where))
    if replace and not sure:
        raise click.UsageError(
            _(
                "--replace takes away everything that {store} holds now. Back it up first, and give --yes "
                "as well."
            ).format(store=shown)
        )
    made = restore(file, where, by=by, at=_clock.instant(), replace=replace, prove=refuse_altered)
    said = N_("{store} holds all of {file}: {rows} rows, to event {events}. Every table is as it was.")
    _store.said(said, _, file=file, store=shown, **_counts(made, _))
    return FINE


def _counts(made: Any, _: Translator) -> dict[str, str]:
    return {"rows": number_text(made.rows, _.language), "events": number_text(made.events, _.language)}


@click.pass_context
def _check(ctx: click.Context, where: str, again: bool) -> int:
    _ = translate_of(ctx)
    with _store.opened(where) as store, store.reading() as known:
        broken = [*_broken(known, _), *(_otherwise(known, _) if again else [])]
        for sentence in broken:
            click.echo(sentence)
        if not broken:
            click.echo(_("{store} is whole.").format(store=store.shown))
    return FOUND if broken else FINE


def _broken(known: Known, _: Translator) -> list[str]:
    """What is wrong in a database, a sentence each."""
    from kemkoll.assortment.proof import altered, altered_files
    from kemkoll.store import judged
    from kemkoll.store.backup import damage

    found = damage(known.connection)
    if found:
        return [_("It is damaged: {reason}.").format(reason=found)]
    file = _("The file {name} is not what was handed in: its bytes give another hash.")
    batch = _("Batch {number} is not what it was: its rows give another hash.")
    return [
        *(file.format(name=name) for name in altered_files(known)),
        *(batch.format(number=number) for number in altered(known, judged.batches(known)["id"].tolist())),
    ]


def _otherwise(known: Known, _: Translator) -> list[str]:
    """That the newest batch, judged again, comes to something else."""
    from kemkoll.assortment.batches import again
    from kemkoll.registry import Registry
    from kemkoll.store import judged

    numbers = judged.batches(known)["id"].tolist()[-1:]
    said = _("Batch {number}, judged again by the same lists and declarations, comes to something else.")
    registry = Registry.open() if numbers else None
    return [
        said.format(number=number)
        for number in numbers
        if registry
        and again(known, number, registry=registry).digest != judged.batch(known, number)["digest"]
    ]


@click.pass_context
def _status(ctx: click.Context, where: str) -> int:
    from kemkoll.store import Store
    from kemkoll.store.looking import look

    _ = translate_of(ctx)
    with Store.open(where, older=True) as store:
        found = look(store)
        known = [
            (_("Database"), store.shown),
            (_("Version"), _version(found.version, found.newest, _)),
            (_("Events"), number_text(found.events, _.language)),
            (_("Last event"), found.last),
            (_("Size"), _("{n} MB").format(n=number_text(round(found.size / 1e6, 1), _.language))),
            (_("Whole"), _("no: {reason}").format(reason=found.damage) if found.damage else _("yes")),
            *((name, number_text(rows, _.language)) for name, rows in found.rows.items() if rows),
        ]
    width = max(len(name) for name, _value in known)
    for name, value in known:
        click.echo(f"{name:<{width}}  {value}")
    return FOUND if found.damage else FINE


def _version(own: str, newest: str, _: Translator) -> str:
    return (
        own
        if own == newest
        else _("{own}; kemkoll db upgrade makes it {newest}").format(own=own, newest=newest)
    )


def _verb(name: str, call: Any, short: str, example: str, *params: click.Parameter, more: str = "") -> Verb:
    given = [*params, _store.store_option(), language_option()]
    return Verb(name, callback=call, short_help=short, help=more or short, epilog=example, params=given)


command = Verbs(
    "db",
    short_help=N_("Back up the database, restore, check and upgrade it."),
    help=N_("Back up the database, restore, check and upgrade it."),
    epilog=N_("Example: kemkoll db status"),
    params=[language_option()],
    commands=[
        _verb(
            "status",
            _status,
            N_("Show how large the database is, of which version, and whether it is whole."),
            N_("Example: kemkoll db status --store kemkoll.db"),
        ),
        _verb(
            "upgrade",
            _upgrade,
            N_("Bring the database to this version of kemkoll."),
            N_("Example: kemkoll db upgrade --store kemkoll.db"),
            _store.by_option(),
        ),
        _verb(
            "backup",
            _backup,
            N_("Write all that the database holds into one file."),
            N_("Example: kemkoll db backup 2026-11-22.db"),
            click.Argument(["file"], metavar="FILE"),
            more=N_(
                "Write all that the database holds into one file.\n\n"
                "Others may work meanwhile: the file holds one moment, whole or not at all. It can be "
                "restored as a file or into PostgreSQL, wherever it came from."
            ),
        ),
        _verb(
            "restore",
            _restore,
            N_("Make a database out of a backup."),
            N_("Example: kemkoll db restore 2026-11-22.db --store kemkoll.db"),
            click.Argument(["file"], metavar="FILE"),
            Option(["--replace"], is_flag=True, help=N_("Take away what is there now.")),
            Option(["--yes", "sure"], is_flag=True, help=N_("With --replace: yes, I mean it.")),
            _store.by_option(),
            more=N_(
                "Make a database out of a backup.\n\n"
                "Every table, the log and the newest batch are compared with the backup before anything "
                "becomes true. A backup of an older version is brought to this one."
            ),
        ),
        _verb(
            "check",
            _check,
            N_("Check that nothing in the database is damaged or was changed; ends with 1 if something is."),
            N_("Example: kemkoll db check --again"),
            Option(["--again"], is_flag=True, help=N_("Judge the newest batch again as well, and compare.")),
        ),
    ],
)
