"""`kemkoll init`: a new database."""

from __future__ import annotations

import click

from kemkoll.cli import _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Verb, language_option, translate_of
from kemkoll.i18n import N_


@click.pass_context
def _call(ctx: click.Context, where: str, by: str) -> int:
    from kemkoll.store import Store

    with Store.create(where, by=by, at=_clock.instant()) as store:
        said = N_("{store} is made. Add declarations with: kemkoll add FILE")
        _store.said(said, translate_of(ctx), store=store.shown)
    return FINE


command = Verb(
    "init",
    callback=_call,
    short_help=N_("Make a database."),
    help=N_(
        "Make a database.\n\n"
        "It keeps the assortment, suppliers' declarations, what they were judged by and what followed, over "
        "the years: in one file, or in PostgreSQL."
    ),
    epilog=N_("Example: kemkoll init --store kemkoll.db"),
    params=[_store.store_option(), _store.by_option(), language_option()],
)
