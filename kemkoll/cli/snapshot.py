"""`kemkoll snapshot`: freeze a year, or show those that are frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kemkoll.cli import _ask, _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.assortment.snapshots import Taken
    from kemkoll.store import Store


@click.pass_context
def _call(
    ctx: click.Context,
    day: str | None,
    name: str,
    profile: str,
    knew_on: str | None,
    base: str,
    broken: str,
    where: str,
    by: str,
) -> int:
    _ = translate_of(ctx)
    given = {"--name": name, "--profile": profile, "--known-on": knew_on, "--base": base, "--break": broken}
    if day is None:
        for option, value in given.items():
            if value:
                raise click.UsageError(_("{option} needs --date.").format(option=option))
        _list(_store.opened(where), _)
        return FINE
    day = _ask.day(day, _, "--date")
    known = _ask.day(knew_on, _, "--known-on") if knew_on else ""
    store = _store.opened(where)
    _show(store, _taken(store, day, name, profile, known, base, broken, by, _), _)
    return FINE


def _taken(
    store: Store,
    day: str,
    name: str,
    profile: str,
    knew_on: str,
    base: str,
    broken: str,
    by: str,
    _: Translator,
) -> Taken:
    from kemkoll.assortment.snapshots import take
    from kemkoll.cli.batch import told
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    with told(_) as tell:
        return take(
            store, day, by=by, at=_clock.instant(), source=library_of(), registry=Registry.open(), name=name,
            profile=profile, knew_on=knew_on, base=base, broken=broken, tell=tell,
        )  # fmt: skip


def _show(store: Store, taken: Taken, _: Translator) -> None:
    """What was frozen, and what became of the articles by the lists of the day."""
    from kemkoll.assortment.snapshots import own_counts
    from kemkoll.cli._batches import counts_table
    from kemkoll.cli._page import facts, page

    with store.reading() as known:
        counts = own_counts(known, taken.name)
    said = {_("Snapshot"): taken.name, _("Day"): taken.day}
    said |= {_("Series since"): taken.base, _("Articles"): number_text(taken.articles, _.language)}
    page(facts(said))
    if taken.later:
        later = _.ngettext(
            "{n} declaration that counts here is dated after {day}: with --known-on {day} it would not.",
            "{n} declarations that count here are dated after {day}: with --known-on {day} they would not.",
            taken.later,
        )
        page(later.format(n=number_text(taken.later, _.language), day=taken.day))
    page(counts_table(counts, _))


def _list(store: Store, _: Translator) -> None:
    from kemkoll.assortment.snapshots import snapshots
    from kemkoll.cli._page import page, table

    with store.reading() as known:
        made = snapshots(known)
    if not len(made):
        click.echo(_("There is no snapshot yet. Take one with `kemkoll snapshot --date`."))
        return
    names = made.set_index("id")["name"]
    headers = [_("Snapshot"), _("Day"), _("Taken"), _("Series since"), _("Profile"), _("Articles")]
    rows = [
        [
            row["name"], row["day"], row["at"][:10], names[row["base"]], row["profile"],
            number_text(row["articles"], _.language), row["broken"],
        ]
        for row in made.to_dict("records")
    ]  # fmt: skip
    page(table([*headers, _("Break")], rows, whole=3))


command = Verb(
    "snapshot",
    callback=_call,
    short_help=N_("Freeze a year for the annual report, or show the years that are frozen."),
    help=N_(
        "Freeze a year for the annual report, or show the years that are frozen.\n\n"
        "With --date, all that was in the assortment on that day is judged once and for all: by the lists "
        "of the day, by those of the first year of the series, and by what its contracts require; and "
        "each earlier year is read again by the lists of this one. What becomes known later does not "
        "change it.\n\n"
        "Without --date it shows the snapshots that there are."
    ),
    epilog=N_("Example: kemkoll snapshot --date 2025-12-31"),
    params=[
        Option(["--date", "day"], metavar="DATE", help=N_("Freeze what was in the assortment on this day.")),
        Option(["--name"], default="", metavar="TEXT", help=N_("What to call it; else its year.")),
        Option(
            ["--profile"],
            default="",
            metavar="NAME",
            help=N_("Measure all articles by this requirement profile; else by that of the series."),
        ),
        Option(
            ["--known-on", "knew_on"],
            metavar="DATE",
            help=N_("Judge by what was known at the end of this day; else by all that is known."),
        ),
        Option(
            ["--base"],
            default="",
            metavar="NAME",
            help=N_("Compare with the series that begins with this snapshot; its own name begins a series."),
        ),
        Option(
            ["--break", "broken"],
            default="",
            metavar="TEXT",
            help=N_("Why this year cannot be compared with the one before it."),
        ),
        _store.store_option(),
        _store.by_option(),
        language_option(),
    ],
)
