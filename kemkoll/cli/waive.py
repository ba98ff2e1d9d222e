"""`kemkoll waive`: what the buyer accepts for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.assortment.waivers import Wanted
    from kemkoll.store import Store


@click.pass_context
def _call(
    ctx: click.Context,
    /,
    where: str,
    by: str,
    on: str | None,
    number: int | None,
    motive: str,
    profile: str,
    *,
    show: bool,
    replace: bool,
    **given: str,
) -> int:
    from kemkoll.assortment import waivers

    _ = translate_of(ctx)
    day = _ask.day(on, _)
    store = _store.opened(where)
    if show:
        return _show(store, day, _)
    if number is not None:
        with store.writing("waiver withdrawn", by=by, at=_clock.instant()) as change:
            waivers.withdraw(change, number, motive)
        click.echo(
            _("Waiver {number} is withdrawn. It no longer counts in the next batch.").format(number=number)
        )
        return FINE
    given["list"] = given.pop("list_").partition("@")[0]
    if given["list"]:
        _ask.list_id(given["list"], _)
    return _grant(store, waivers.Wanted(**given), day, by, _, replace=replace, profile=profile)


def _grant(
    store: Store, wanted: Wanted, day: str, by: str, _: Translator, *, replace: bool, profile: str
) -> int:
    from kemkoll.assortment.waivers import grant
    from kemkoll.lists.editions import library_of

    with store.writing("waiver granted", by=by, at=_clock.instant()) as change:
        made = grant(change, wanted, source=library_of(), on=day, replace=replace, profile=profile)
    click.echo(
        _("Waiver {number} is granted until {until}. It counts from the next batch on.").format(
            number=made.number, until=wanted.until
        )
    )
    if made.replaced:
        click.echo(_("It takes the place of: {numbers}.").format(numbers=", ".join(map(str, made.replaced))))
    if made.beside_law:
        click.echo(_("It holds for the contract's own limits. The law has limits here too; they still bind."))
    return FINE


def _show(store: Store, day: str, _: Translator) -> int:
    """Print every waiver, those that end first first, with how long it still holds."""
    from kemkoll.assortment.waivers import known_waivers, with_days_left
    from kemkoll.cli._page import facts, page

    with store.reading() as known:
        made = with_days_left(known_waivers(known), day)
    if not len(made):
        click.echo(_("There are no waivers."))
    for row in made.to_dict("records"):
        it = {str(name): value for name, value in row.items()}
        page("")
        page(facts(_facts(it, _)))
    return FINE


def _facts(it: dict[str, Any], _: Translator) -> dict[str, str]:
    about = {
        _("Article"): " ".join(filter(None, (it["article"], it["article_name"], it["supplier"]))),
        _("Category"): it["category"],
        _("Contract"): it["contract"],
        _("List"): " / ".join(filter(None, (it["list"], it["entry"]))),
        _("Ground"): it["ground"],
        _("Purpose"): it["purpose"],
        _("Decision"): f"{it['decision']}, {it['decider']}",
        _("Phase-out"): ", ".join(filter(None, (it["phase_out"], it["phase_out_until"]))),
        _("Owner"): it["owner"],
    }
    said = {_("Waiver"): str(it["waiver"]), _("Until"): f"{it['until']} – {_left(it['days_left'], _)}"}
    return said | {name: text for name, text in about.items() if text}


def _left(days: int, _: Translator) -> str:
    """How long a waiver still holds, and how near that is."""
    from kemkoll.assortment.waivers import LATER, SOON

    if days < 0:
        return _("has lapsed: it is a deviation again in the next batch")
    said = _.ngettext("{n} day left", "{n} days left", days).format(n=number_text(days, _.language))
    if days <= LATER:
        within = number_text(SOON if days <= SOON else LATER, _.language)
        said += " " + _("(within {n} days)").format(n=within)
    return said


def _text(name: str, metavar: str, help_: str, *also: str) -> Option:
    return Option([f"--{name}", *also], default="", metavar=metavar, help=help_)


command = Verb(
    "waive",
    callback=_call,
    short_help=N_("Accept a deviation from a contract for a time."),
    help=N_(
        "Accept a deviation from a contract for a time.\n\n"
        "A waiver is about one article, a category or a contract, and one list or one of its entries. It "
        "needs ground, purpose, decision, decider and last day. A waived deviation stays visible everywhere; "
        "when the waiver has lapsed, the next batch counts it as a deviation. What the law demands cannot be "
        "waived."
    ),
    epilog=N_(
        "Example: kemkoll waive B-1001 --list phthalates --ground 'no other fits' --purpose neonatal "
        "--decision 2026-113 --decider 'Board' --until 2027-06-30"
    ),
    params=[
        click.Argument(["article"], required=False, default="", metavar="[ARTICLE]"),
        _text("supplier", "NAME", N_("Whose article it is, where several have one of the number.")),
        _text("category", "CODE", N_("For all articles of this category and of those below it.")),
        _text("contract", "NUMBER", N_("For all articles under this contract.")),
        _text("list", "LIST", N_("The list that it is about."), "list_"),
        _text("entry", "ENTRY", N_("The entry that it is about; else the whole list.")),
        _text("ground", "TEXT", N_("Why the requirement cannot be met.")),
        _text("purpose", "TEXT", N_("What the article is needed for.")),
        _text("decision", "NUMBER", N_("Number of the decision.")),
        _text("decider", "NAME", N_("Who decided.")),
        _text("until", "DATE", N_("Last day.")),
        _text("phase-out", "TEXT", N_("What is to be done to phase it out.")),
        _text("phase-out-until", "DATE", N_("By when.")),
        _text("owner", "NAME", N_("Who sees to it.")),
        _text(
            "profile", "NAME", N_("The requirement profile that it is about; else those of the contracts.")
        ),
        Option(
            ["--replace"], is_flag=True, help=N_("Let it take the place of waivers that it conflicts with.")
        ),
        Option(["--show"], is_flag=True, help=N_("Show all waivers, with the days that are left.")),
        Option(["--withdraw", "number"], type=int, metavar="N", help=N_("End waiver N before its last day.")),
        _text("motive", "TEXT", N_("Why it is withdrawn.")),
        Option(["--on"], metavar="DATE", help=N_("As of this day; else today.")),
        _store.store_option(),
        _store.by_option(),
        language_option(),
    ],
)
