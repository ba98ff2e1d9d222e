"""`kemkoll batch`: judge the assortment, and keep what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _activity, _ask, _batches, _clock, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import (
    Option,
    Verb,
    complete_option,
    condition_option,
    fail_on_option,
    language_option,
    lists_option,
    on_option,
    translate_of,
)
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from kemkoll.store import Store

VERDICTS = ("unknown", "review", "above_limit")


@click.pass_context
def _call(
    ctx: click.Context,
    where: str,
    by: str,
    contract: str,
    category: str,
    supplier: str,
    article: str,
    profile: str,
    lists: tuple[str, ...],
    on: str | None,
    conditions: tuple[str, ...],
    name: str,
    fail_on: str,
    show: int | None,
    repeat: int | None,
    before: int | None,
    *,
    assume_complete: bool,
) -> int:
    from kemkoll.assortment import batches
    from kemkoll.assortment.plans import Asked
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    store = _store.opened(where)
    if show is not None:
        return _show(store, show, fail_on, _)
    if repeat is not None:
        return _repeat(store, repeat, _)
    if before is not None:
        _refuse_more(ctx, _)
        number = _after(store, before, on, by, name, _)
        return _show(store, number, fail_on, _)
    for text in lists:
        _ask.list_id(text.partition("@")[0], _)
    asked = Asked(profile, lists, _ask.conditions(conditions, _), assume_complete)
    with told(_) as tell:
        number, _made = batches.run(
            store,
            _store.scope(contract, category, supplier, article),
            asked,
            on=_ask.day(on, _),
            by=by,
            at=_clock.instant(),
            source=library_of(),
            registry=Registry.open(),
            name=name,
            tell=tell,
        )
    return _show(store, number, fail_on, _)


def _show(store: Store, number: int, fail_on: str, _: Translator) -> int:
    """Print a batch; the exit code."""
    from kemkoll.assortment.activity import counted, of_batch
    from kemkoll.assortment.evidence import below_wanted, wanted_of
    from kemkoll.assortment.outcomes import as_bad_as, outcome_of
    from kemkoll.cli._page import page
    from kemkoll.registry import Registry
    from kemkoll.store import judged
    from kemkoll.tables import Verdict

    with store.reading() as known:
        about = judged.batch(known, number)
        verdicts, findings = judged.verdicts(known, batch=number), judged.findings(known, batch=number)
        below = below_wanted(verdicts, wanted_of(judged.groups(known, number)))
        rows = counted(of_batch(known, number, registry=Registry.open()))
    for part in [*_batches.summary(about, verdicts, findings, below, _), *_activity.counts(rows, _)]:
        page(part)
    return FOUND if as_bad_as(outcome_of(verdicts, findings), Verdict[fail_on]) else FINE


_OF_THE_BATCH_BEFORE = ("contract", "category", "supplier", "article", "profile", "lists", "conditions")


def _refuse_more(ctx: click.Context, _: Translator) -> None:
    """Refuse options that say what to judge: that is what the batch before judged."""
    for param in ctx.command.params:
        if param.name in _OF_THE_BATCH_BEFORE and ctx.params.get(param.name):
            said = _("--after judges what batch N judged: leave out {option}.")
            raise click.UsageError(said.format(option=param.opts[0]))


def _after(store: Store, before: int, on: str | None, by: str, name: str, _: Translator) -> int:
    """Judge what a batch judged by the lists as they are now: the number of the new batch."""
    from kemkoll.assortment.rebatching import run_after
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    with told(_) as tell:
        number, why = run_after(
            store,
            before,
            on=_ask.day(on, _) if on else None,
            by=by,
            at=_clock.instant(),
            source=library_of(),
            registry=Registry.open(),
            name=name,
            tell=tell,
        )
    if why:
        _store.said(N_("All articles were judged: {why}."), _, why=_(why))
    return number


def _repeat(store: Store, number: int, _: Translator) -> int:
    """Judge a batch once more, by the same knowledge and lists, and say whether it comes to the same."""
    from kemkoll.assortment import batches
    from kemkoll.registry import Registry
    from kemkoll.store import judged

    with store.reading() as known, told(_) as tell:
        was = judged.batch(known, number)
        made = batches.again(known, number, registry=Registry.open(), tell=tell)
    if made.digest == was["digest"]:
        click.echo(
            _("Batch {number} comes to the same again: {digest}").format(number=number, digest=made.digest)
        )
        return FINE
    said = _(
        "Batch {number} comes to something else now: {now} instead of {then}. It was made by kemkoll "
        "{program} with RDKit {rdkit}."
    )
    click.echo(said.format(number=number, now=made.digest, then=was["digest"], **was), err=True)
    return FOUND


def told(_: Translator) -> Any:
    """A block that shows how far a batch has come, where stderr is a terminal."""
    from contextlib import contextmanager

    from kemkoll.registry.progress import progress

    @contextmanager
    def block() -> Any:
        with progress(_("Judging")) as advance:
            yield _advancing(advance)

    return block()


def _advancing(advance: Callable[[float], None]) -> Callable[[int, int, str], None]:
    def tell(done: int, of: int, profile: str) -> None:
        del profile
        if done:
            advance(1 / of)

    return tell


command = Verb(
    "batch",
    callback=_call,
    short_help=N_("Judge the assortment, and keep what follows."),
    help=N_(
        "Judge the assortment, and keep what follows.\n\n"
        "Each article is judged by the requirement profile of its contract, in the editions that hold for "
        "it, or by what the options say. A batch is never changed; it holds everything that is needed to "
        "make it again.\n\n"
        "Ends with 0 if no verdict is as bad as --fail-on, 1 if one is, 2 for wrong usage."
    ),
    epilog=N_("Example: kemkoll batch --contract 2026-17 --on 2026-12-31 --name december"),
    params=[
        *_store.scope_options(),
        Option(
            ["--profile"],
            default="",
            metavar="NAME",
            help=N_("Judge all articles by this requirement profile, whatever their contract says."),
        ),
        lists_option(),
        on_option(),
        condition_option(),
        complete_option(),
        Option(["--name"], default="", metavar="TEXT", help=N_("A name to know the batch by.")),
        fail_on_option(VERDICTS),
        Option(["--show"], type=int, metavar="N", help=N_("Show batch N instead of judging.")),
        Option(
            ["--again", "repeat"],
            type=int,
            metavar="N",
            help=N_("Judge batch N once more, and say whether it comes to the same; nothing is kept."),
        ),
        Option(
            ["--after", "before"],
            type=int,
            metavar="N",
            help=N_(
                "Judge what batch N judged, on its day, by the lists as they are now; what their changes do "
                "not reach is taken from it."
            ),
        ),
        _store.store_option(),
        _store.by_option(),
        language_option(),
    ],
)
