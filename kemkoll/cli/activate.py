"""`kemkoll activate`: what came into a running contract and waits for its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kemkoll.cli import _activity, _ask, _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.assortment.scope import Scope
    from kemkoll.store import Store


@click.pass_context
def _call(
    ctx: click.Context,
    articles: tuple[str, ...],
    contract: str,
    supplier: str,
    reason: str,
    on: str | None,
    where: str,
    by: str,
    *,
    withdraw: bool,
) -> int:
    from kemkoll.assortment import activating
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    day = _ask.day(on, _)
    store = _store.opened(where)
    if not articles:
        if reason or withdraw:
            raise click.UsageError(_("Name the article."))
        return _show(store, _store.scope(contract, "", supplier, ""), day, _)
    action, decide, sentence = (
        ("activation withdrawn", activating.take_back, N_("{article} waits again under contract {number}."))
        if withdraw
        else ("row activated", activating.activate, N_("{article} is active under contract {number}."))
    )
    with store.writing(action, by=by, at=_clock.instant()) as change:
        made = decide(
            change, articles, reason, on=day, registry=Registry.open(), contract=contract, supplier=supplier
        )
    for row in made.to_dict("records"):
        click.echo(_(sentence).format(article=row["number"], number=row["contract_number"]))
    return FINE


def _show(store: Store, scope: Scope, day: str, _: Translator) -> int:
    """Print the rows that wait, each with its reason, and those that are active by a decision."""
    from kemkoll.assortment.activity import activity, counted
    from kemkoll.cli._page import indented, page
    from kemkoll.registry import Registry

    with store.reading() as known:
        made = activity(known, day, registry=Registry.open(), scope=scope)
    found = counted(made)
    said = _("{rows} rows of contracts; {new} of them came into a running contract that asks for evidence.")
    numbers = {name: number_text(found[name], _.language) for name in ("rows", "new")}
    click.echo(said.format(**numbers) + "\n")
    for title, state in ((_activity.WAITING, "inactive"), (_activity.DECIDED, "overridden")):
        if told := _activity.lines(made, state, _):
            page(indented(_(title).format(n=number_text(len(told), _.language)), told))
    if not found["inactive"]:
        click.echo(_("No row waits to be active."))
    return FINE


command = Verb(
    "activate",
    callback=_call,
    short_help=N_("Show what waits for its declaration, or make it active all the same."),
    help=N_(
        "Show what waits for its declaration, or make it active all the same.\n\n"
        "Where a contract's profile says so (inactive_until_declared), an article that comes into a running "
        "contract is not active before it is declared with the evidence that the profile wants. With such a "
        "declaration it becomes active by itself. With an article and --reason, you make it active without "
        "one: your name, the reason and the day are kept, and each batch counts such rows. It is judged in "
        "any case."
    ),
    epilog=N_("Example: kemkoll activate B-1001 --contract 2026-17 --reason 'the only one for newborns'"),
    params=[
        click.Argument(["articles"], nargs=-1, metavar="[ARTICLE]..."),
        Option(["--contract"], default="", metavar="NUMBER", help=N_("Only rows of this contract.")),
        Option(["--supplier"], default="", metavar="NAME", help=N_("Only articles of this supplier.")),
        Option(
            ["--reason"],
            default="",
            metavar="TEXT",
            help=N_("Why it is to be active without the declaration, or, with --withdraw, why no longer."),
        ),
        Option(["--withdraw"], is_flag=True, help=N_("Take the decision back: it waits again.")),
        Option(["--on"], metavar="DATE", help=N_("As of this day; else today.")),
        _store.store_option(),
        _store.by_option(),
        language_option(),
    ],
)
