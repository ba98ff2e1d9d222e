"""`kemkoll log`: one article over the years, or what was done in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kemkoll.cli import _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.cli._page import facts, indented, page
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kemkoll.assortment.looking_back import Told


@click.pass_context
def _call(ctx: click.Context, article: str, supplier: str, where: str) -> int:
    from kemkoll.assortment.looking_back import article_called, life

    _ = translate_of(ctx)
    with _store.opened(where).reading() as known:
        own = article_called(known, article, supplier)
        told = life(known, int(own["article"]))
    named = {_("Article"): own["number"], _("Name"): own["name"], _("Supplier"): own["supplier"]}
    named |= {_("Own number"): own["own_number"], _("Category"): own["category"]}
    page(facts({name: value for name, value in named.items() if value}))
    click.echo()
    for part in _parts(told, _):
        page(part)
    return FINE


def _parts(told: list[Told], _: Translator) -> Iterator[RenderableType]:
    from kemkoll.assortment.telling import KINDS, lines

    for one in told:
        title = f"{one.at[:10]}  {_(KINDS[one.kind])}"
        yield indented(title, [*lines(one, _)])


command = Verb(
    "log",
    callback=_call,
    short_help=N_("Show one article over the years: declarations, verdicts, waivers, decisions."),
    help=N_("Show one article over the years: declarations, verdicts, waivers, decisions."),
    epilog=N_("Example: kemkoll log KF-2040"),
    params=[
        click.Argument(["article"], metavar="ARTICLE"),
        Option(
            ["--supplier"],
            default="",
            metavar="NAME",
            help=N_("The supplier, where several have an article of this number."),
        ),
        _store.store_option(),
        language_option(),
    ],
)
