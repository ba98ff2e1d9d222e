"""`kemkoll log`: one article over the years, or what was done in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.cli._page import facts, indented, page
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kemkoll.assortment.looking_back import Told

KINDS = {
    "declared": N_("declared"),
    "superseded": N_("replaced by a later declaration"),
    "judged": N_("judged"),
    "waived": N_("deviation waived"),
    "decided": N_("decided by a person"),
}


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
    for one in told:
        title = f"{one.at[:10]}  {_(KINDS[one.kind])}"
        yield indented(title, [*_lines(one, _)])


def _lines(told: Told, _: Translator) -> Iterator[str]:
    from kemkoll.assortment.adding import REASONS

    about = told.about
    if told.kind in ("declared", "superseded"):
        reason = _(REASONS.get(about["reason"] or "new", about["reason"]))
        yield ", ".join(filter(None, [about["file"], about["date"], reason]))
        if about["valid_until"]:
            yield _("valid until {date}").format(date=about["valid_until"])
    elif told.kind == "judged":
        under = _(", contract {number}").format(number=about["contract"]) if about["contract"] else ""
        yield _("batch {number} of {on}").format(number=about["batch"], on=about["on"]) + under
        yield from (_verdict(row, _) for row in about["verdicts"])
    elif told.kind == "waived":
        said = _("{list} {entry}: decision {number} of {who}, until {until}: {why}")
        yield said.format(
            list=about["list"], entry=about["entry"], number=about["decision"], who=about["decider"],
            until=about["until"], why=about["ground"],
        )  # fmt: skip
    else:
        said = _("{list} {entry}: {verdict}, signed {who}: {why}")
        yield said.format(
            list=about["list"], entry=about["entry"], verdict=about["verdict"], who=about["signed"],
            why=about["motive"],
        )  # fmt: skip


def _verdict(row: dict[str, Any], _: Translator) -> str:
    from kemkoll.outputs.words import reason_text, verdict_text
    from kemkoll.tables import Verdict

    name = Verdict(row["verdict"]).name
    entries = (
        f" ({row['entries']})" if row["entries"] and name not in ("not_listed", "not_applicable") else ""
    )
    waived = _(", waived") if row["waived"] else ""
    why = reason_text(row["reason"], _)
    said = f"{row['list']}: {verdict_text(name, row['reason'], _)}{entries}{waived}"
    return said if "…" in why else f"{said} – {why}"


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
