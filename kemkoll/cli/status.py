"""`kemkoll status`: how the assortment stands, and what calls for work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _activity, _ask, _batches, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.cli._page import facts, indented, page
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from kemkoll.assortment.status import Status
    from kemkoll.store import Store

_MOST = 12


@click.pass_context
def _call(ctx: click.Context, where: str, on: str | None) -> int:
    from kemkoll.assortment.status import status
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    store, day = _store.opened(where), _ask.day(on, _)
    with store.reading() as known:
        told = status(known, day, library_of(), Registry.open())
    for part in _parts(told, store, day, _):
        page(part)
    return FINE


def _parts(told: Status, store: Store, on: str, _: Translator) -> Iterator[RenderableType]:
    def number(key: str) -> str:
        return number_text(told.counts[key], _.language)

    last = told.snapshot
    taken = {_("Last snapshot"): f"{last['name']}, {last['day']}"} if last else {}
    yield facts(
        {
            _("Database"): store.shown,
            _("Day"): on,
            _("Articles"): _("{n}, of which {m} under a contract and {k} declared").format(
                n=number("articles"), m=number("under_contract"), k=number("declared")
            ),
            _("Suppliers"): number("suppliers"),
            _("Contracts"): number("contracts"),
        }
        | taken
    )
    yield from _newest(told, store, _)
    yield from _to_do(told, _)


def _newest(told: Status, store: Store, _: Translator) -> Iterator[RenderableType]:
    """What the newest batch came to."""
    from rich.text import Text

    from kemkoll.assortment.outcomes import counts
    from kemkoll.store import judged

    yield Text("")
    if told.batch is None:
        yield Text(_("Nothing has been judged yet. Judge the assortment with: kemkoll batch"), style="bold")
        return
    said = _("Newest batch: {number} {name} of {on}")
    about = told.batch
    shown = said.format(number=about["id"], name=about["name"], on=about["on"]).replace("  ", " ")
    yield Text(shown, style="bold")
    with store.reading() as known:
        verdicts = judged.verdicts(known, batch=int(about["id"]))
        waived = verdicts["article"][verdicts["waived"]].unique().tolist()
        findings = judged.findings(known, batch=int(about["id"]), articles=waived)
    yield _batches.counts_table(counts(verdicts, findings), _)


def _to_do(told: Status, _: Translator) -> Iterator[RenderableType]:
    """What calls for work, each with the articles or suppliers that it concerns."""
    from rich.text import Text

    lists = [
        (N_("Nobody has declared ({n})"), _articles(told.undeclared)),
        (N_("Declarations that have lapsed ({n})"), _articles(told.lapsed, "valid_until")),
        (N_("Declarations that lapse within 90 days ({n})"), _articles(told.lapsing, "valid_until")),
        (_activity.WAITING, _activity.lines(told.activity, "inactive", _)),
        (_activity.DECIDED, _activity.lines(told.activity, "overridden", _)),
        (
            N_("Requests without an answer ({n})"),
            [f"{row['supplier']}: {row['lists']}, {row['due']}" for row in told.overdue.to_dict("records")],
        ),
        (N_("Waivers that have lapsed ({n})"), _waivers(told.waivers.expired)),
        (N_("Waivers that lapse within 30 days ({n})"), _waivers(told.waivers.within_30)),
        (N_("Waivers that lapse within 90 days ({n})"), _waivers(told.waivers.within_90)),
        (N_("Lists that have changed since the newest batch ({n}): judge again"), list(told.moved)),
    ]
    yield Text("")
    for title, lines in lists:
        if lines:
            shown = lines[:_MOST] + ["…"] * (len(lines) > _MOST)
            yield indented(_(title).format(n=number_text(len(lines), _.language)), shown)
    if told.reviews:
        said = _.ngettext(
            "{n} case waits for a person: kemkoll review",
            "{n} cases wait for a person: kemkoll review",
            told.reviews,
        )
        yield Text(said.format(n=number_text(told.reviews, _.language)), style="bold")


def _waivers(frame: pd.DataFrame) -> list[str]:
    def line(row: dict[Any, Any]) -> str:
        meant = row["article"] or row["category"] or row["contract"]
        return ", ".join(
            str(it) for it in (meant, row["list"], row["entry"], row["decision"], row["until"]) if it
        )

    return [line(row) for row in frame.to_dict("records")]


def _articles(frame: pd.DataFrame, *more: str) -> list[str]:
    def line(row: dict[Any, Any]) -> str:
        return ", ".join(str(row[key]) for key in ("number", "name", "supplier", *more) if row[key])

    return [line(row) for row in frame.to_dict("records")]


command = Verb(
    "status",
    callback=_call,
    short_help=N_("Show how the assortment stands, and what calls for work."),
    help=N_("Show how the assortment stands, and what calls for work."),
    epilog=N_("Example: kemkoll status"),
    params=[
        Option(["--on"], metavar="DATE", help=N_("As of this day; else today.")),
        _store.store_option(),
        language_option(),
    ],
)
