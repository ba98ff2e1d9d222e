"""`kemkoll report annual`: what a year came to, beside the years before it."""

from __future__ import annotations

import click

from kemkoll.cli import _open_data, _reports, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_


@click.pass_context
def _call(
    ctx: click.Context,
    year: str,
    lists: tuple[str, ...],
    headline: str,
    organisation: str,
    internal: bool,
    as_published: bool,
    open_data: str | None,
    publisher: str | None,
    published: str | None,
    where: str,
    outputs: tuple[str, ...],
) -> int:
    from kemkoll.assortment.reporting.annual import annual, supplier_names
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    asked = _open_data.asked(open_data, publisher, published, _, internal=internal)
    if not outputs and asked is None:
        raise click.UsageError(_("Say what is to be written: -o FILE, --open-data FOLDER, or both."))
    _reports.refuse_targets(outputs, [], _)
    with _store.opened(where).reading() as known:
        data = annual(
            known, year, registry=Registry.open(), lists=lists, internal=internal,
            revised=bool(outputs) and not as_published, headline=headline, organisation=organisation,
        )  # fmt: skip
        suppliers = supplier_names(known) if asked else []
    if asked:
        _open_data.write(asked, data, suppliers, _)
    return _reports.written("annual", data, outputs, _) if outputs else FINE


VERB = Verb(
    "annual",
    callback=_call,
    short_help=N_("Report a year: how many articles contain what the lists name, and what became of them."),
    help=N_(
        "Report a year: how many articles contain what the lists name, and what became of them.\n\n"
        "It is made of snapshots (`kemkoll snapshot`) alone, and the same each time. Only the section on "
        "revisions looks at what has become known since; --as-published leaves it out. Nobody is named, "
        "and what tells of fewer than three suppliers is hidden, unless it is --internal."
    ),
    epilog=N_("Example: kemkoll report annual --year 2025 -o report.html --language sv"),
    params=[
        Option(["--year"], default="", metavar="NAME", help=N_("The snapshot; else the last.")),
        Option(
            ["--list", "lists"],
            multiple=True,
            metavar="LIST",
            help=N_(
                "A list, or LIST/ENTRY, to report on; the first is the headline. Else all that is measured."
            ),
        ),
        Option(
            ["--headline"],
            type=click.Choice(["K1", "K2"]),
            default="K1",
            help=N_("What the headline says: K1, the number that contains; K2, its share of the declared."),
        ),
        Option(["--organisation"], default="", metavar="TEXT", help=N_("Whose report it is.")),
        Option(["--internal"], is_flag=True, help=N_("Name suppliers and hide nothing.")),
        Option(["--as-published"], is_flag=True, help=N_("Leave out what has become known since.")),
        _reports.output_option(required=False),
        *_open_data.options(),
        _store.store_option(),
        language_option(),
    ],
)
