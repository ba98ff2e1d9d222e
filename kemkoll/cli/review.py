"""`kemkoll review`: what a person must look at, and what the person decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.assortment.cases import Detail
    from kemkoll.store import Store

TOP = 10


@click.pass_context
def _call(
    ctx: click.Context,
    /,
    case: str,
    batch: int | None,
    top: int,
    where: str,
    by: str,
    *,
    everything: bool,
    **given: str,
) -> int:
    from kemkoll.assortment import review

    _ = translate_of(ctx)
    store = _store.opened(where)
    if any(given[name] for name in ("verdict", "motive", "number")):
        given["signed"] = given["signed"] or by
        with store.writing("review decided", by=by, at=_clock.instant()) as change:
            review.decide(
                change, review.newest(change) if batch is None else batch, review.Wish(case, **given)
            )
        click.echo(
            _("{case} is decided: {verdict}. It counts from the next batch on.").format(case=case, **given)
        )
        return FINE
    return _show(store, batch, case, None if everything else top, _)


def _show(store: Store, batch: int | None, case: str, top: int | None, _: Translator) -> int:
    """Print the queue, or one case of it."""
    from kemkoll.assortment import cases, review
    from kemkoll.cli._page import page
    from kemkoll.errors import ConfigError
    from kemkoll.registry import Registry

    with store.reading() as known:
        number = review.newest(known) if batch is None else batch
        made = review.queue(known, number)
        shown = made[made["case"].str.casefold() == case.casefold()] if case else made.head(top or len(made))
        if case and not len(shown):
            raise ConfigError("Batch {batch} has no case {case} for review.", batch=number, case=case)
        details = cases.details(known, number, shown, Registry.open()) if len(shown) else []
    open_ = int((made["decided"] == "").sum())
    said = _("Batch {batch}: {open} for review, {decided} decided since.")
    numbers = {"open": number_text(open_, _.language), "decided": number_text(len(made) - open_, _.language)}
    click.echo(said.format(batch=number, **numbers))
    for row, detail in zip(shown.to_dict("records"), details, strict=True):
        for part in _case({str(name): value for name, value in row.items()}, detail, _):
            page(part)
    if len(shown) < len(made) and not case:
        more = number_text(len(made) - len(shown), _.language)
        click.echo(_("{n} more; see them with --all.").format(n=more))
    return FINE


def _case(row: dict[str, Any], detail: Detail, _: Translator) -> Iterator[Any]:
    """One case: what it is about, what was written, what it may mean, and what was decided before."""
    from rich.text import Text

    from kemkoll.assortment import case_text
    from kemkoll.cli._page import facts
    from kemkoll.outputs.words import plain

    yield Text("\n" + plain(row["case"]), style="bold")
    said = {
        _("Article"): ", ".join(filter(None, (row["number"], row["name"], row["supplier"]))),
        _("List"): case_text.list_title(detail, _),
        _("Entry"): case_text.entry_name(detail, _),
        _("Why"): case_text.why_text(row, detail, _),
        _("Severity"): f"{row['severity']} / 9",
        _("Spend a year"): case_text.spend(row, _),
        _("Written"): "\n".join(case_text.written(detail, _)),
        _("May be"): "\n".join(_candidates(detail, _)),
        _("Problems"): "\n".join(case_text.problems(detail.problems, _)),
        _("Decided before"): "\n".join(case_text.proposals(detail, _)),
        _("Ask the supplier"): case_text.question(row, detail, _),
        _("Decided"): case_text.decided(row, _),
    }
    yield facts({name: text for name, text in said.items() if text})


def _candidates(detail: Detail, _: Translator) -> Iterator[str]:
    from kemkoll.assortment.case_text import candidates

    for said, smiles in candidates(detail, _):
        yield said
        if smiles:
            yield "  " + _("structure: {smiles}").format(smiles=smiles)


command = Verb(
    "review",
    callback=_call,
    short_help=N_("Show what a person must look at, and decide it."),
    help=N_(
        "Show what a person must look at, and decide it.\n\n"
        "The queue of the newest batch, by severity times yearly spend: what may break the law before what "
        "may break a contract, a certain substance before one that may be meant. What was decided of the "
        "same words before is proposed, and never applied by itself. With a case and --verdict, it is "
        "decided: the decision counts in the next batch, as long as the declaration is the same. What the "
        "supplier declared stays."
    ),
    epilog=N_(
        "Example: kemkoll review B-1001/phthalates/dehp --verdict below_limit --motive 'analysis 2026-17'"
    ),
    params=[
        click.Argument(["case"], required=False, default="", metavar="[CASE]"),
        Option(["--batch"], type=int, metavar="N", help=N_("The queue of batch N; else of the newest.")),
        Option(["--top"], type=int, default=TOP, metavar="N", help=N_("Show so many cases; else ten.")),
        Option(["--all", "everything"], is_flag=True, help=N_("Show all cases.")),
        Option(
            ["--verdict"],
            default="",
            metavar="VERDICT",
            help=N_("Decide the case: not_listed, below_limit, exempt, listed or above_limit."),
        ),
        Option(["--motive"], default="", metavar="TEXT", help=N_("Why it is decided so.")),
        Option(["--number"], default="", metavar="NUMBER", help=N_("Number of the decision.")),
        Option(["--signed"], default="", metavar="NAME", help=N_("Who signs it; else who does it.")),
        _store.store_option(),
        _store.by_option(),
        language_option(),
    ],
)
