"""`kemkoll compare`: what differs between two batches, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _files, _store
from kemkoll.cli._exit import FINE, FOUND
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from rich.console import RenderableType

_MOST = 25


@click.pass_context
def _call(
    ctx: click.Context, before: int, after: int, where: str, outputs: tuple[str, ...], *, everything: bool
) -> int:
    from kemkoll.assortment.comparing import compare
    from kemkoll.assortment.exports import write_frame
    from kemkoll.cli._page import page
    from kemkoll.registry import Registry

    _ = translate_of(ctx)
    _ask.tables(outputs, [], _)
    with _store.opened(where).reading() as known:
        made = compare(known, before, after, registry=Registry.open())
    for path in outputs:
        with _files.writing(path, _):
            write_frame(made, path)
    for part in parts(made, before, after, _, most=None if everything else _MOST):
        page(part)
    _files.say_written(outputs, _)
    return FOUND if (made["direction"] == "worse").any() else FINE


def parts(
    made: pd.DataFrame, before: int, after: int, _: Translator, *, most: int | None
) -> Iterator[RenderableType]:
    """The differences: how many for each cause, and which, the worse first."""
    from rich.text import Text

    from kemkoll.assortment.comparing import WORDS, totals
    from kemkoll.cli._batches import numbers
    from kemkoll.cli._page import indented

    if not len(made):
        said = _("Batches {before} and {after} say the same of every article.")
        yield Text(said.format(before=before, after=after))
        return
    sums = totals(made)
    sums.loc[_("in all")] = sums.sum()
    words = {str(cause): _(word) for cause, word in WORDS.items()}
    columns = {"worse": _("worse"), "better": _("better"), "other": _("neither"), "differences": _("in all")}
    yield numbers(_("Differs because"), columns, sums.rename(index=words), _)
    order = made.assign(place=made["direction"].map({"worse": 0, "other": 1, "better": 2}))
    order = order.sort_values(["place", "number", "list"], kind="stable")
    shown = order if most is None else order.head(most)
    yield Text("")
    for cause in sums.index[:-1]:
        lines = [_line(row, _) for row in shown[shown["cause"] == cause].to_dict("records")]
        if lines:
            yield indented(words[str(cause)], lines)
    if len(shown) < len(order):
        rest = number_text(len(order) - len(shown), _.language)
        yield Text(_("{n} more: --all shows them, -o writes them.").format(n=rest))


def _line(row: dict[Any, Any], _: Translator) -> str:
    from kemkoll.assortment.adding import REASONS
    from kemkoll.assortment.comparing import LAPSED
    from kemkoll.outputs.standing import outcome_text

    article = f"{row['number']} {row['supplier']}".strip()
    sides = ((row[f"outcome_{side}"], row[f"entries_{side}"]) for side in ("before", "after"))
    then, now = (outcome_text(outcome, entries, _) for outcome, entries in sides)
    words = {**REASONS, LAPSED: N_("lapsed")}
    told = ", ".join(_(words.get(why, why)) for why in row["why"].split())
    why = f" [{told}]" if told else ""
    return f"{article}, {row['list']}: {then} → {now}{why}"


command = Verb(
    "compare",
    callback=_call,
    short_help=N_("Show what differs between two batches, and why."),
    help=N_(
        "Show what differs between two batches, and why.\n\n"
        "Each difference has one cause: another declaration, another edition of a list, a waiver, a "
        "decision, an article that is new or gone, a profile, the day, or the program. The causes "
        "add up.\n\n"
        "Ends with 0 if nothing became worse, 1 if something did, 2 for wrong usage."
    ),
    epilog=N_("Example: kemkoll compare 3 4 -o differences.csv"),
    params=[
        click.Argument(["before"], type=int, metavar="BEFORE"),
        click.Argument(["after"], type=int, metavar="AFTER"),
        Option(["--all", "everything"], is_flag=True, help=N_("Show all that differs, however much it is.")),
        Option(
            ["-o", "--output", "outputs"],
            multiple=True,
            metavar="FILE",
            help=N_("Write the differences: .csv, .json or .parquet. Can be repeated."),
        ),
        _store.store_option(),
        language_option(),
    ],
)
