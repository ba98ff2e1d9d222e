"""The first sheet of the workbook: what must be known before a verdict is read, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from kemkoll import __version__
from kemkoll.i18n import Translator
from kemkoll.outputs import rows
from kemkoll.outputs.words import condition_text, verdict_text
from kemkoll.outputs.worksheet import Judged, Sheet, Value, day

if TYPE_CHECKING:
    from kemkoll.flow import Result

Row = tuple[str, Sequence[Value]]
"""A row: its kind (`title`, `note`, `warning`, `heading`, `head`, `fact`, `count`, `row`) and its cells."""


def cover(result: Result, sheets: Sequence[Sheet], most: int, _: Translator) -> Iterator[Row]:
    """The rows of the cover.

    Args:
        result: what was judged.
        sheets: the sheets that follow.
        most: how many rows below its headings a sheet has room for.
        _: the language.
    """
    yield "title", [_("Verdicts on chemical content, {on}").format(on=result.on)]
    yield "note", [_("This is help in judging, not legal advice.")]
    for warning in _warnings(result, sheets, most, _):
        yield "warning", [warning]
    yield from _judged_by(result, _)
    yield from _sum(result, _)
    yield from _lists(result, _)
    yield "heading", [_("Sheets")]
    yield "head", [_("Sheet"), _("What it holds"), _("Rows")]
    for sheet in sheets:
        yield "row", [sheet.title, sheet.about, sheet.size]


def _warnings(result: Result, sheets: Sequence[Sheet], most: int, _: Translator) -> Iterator[str]:
    if rows.nothing_read(result):
        yield _("Nothing was read, so nothing was judged. This is not a clean result.")
    failed = int((result.declarations.inputs["status"] == "failed").sum())
    if failed:
        yield _.ngettext(
            "{n} file could not be read: nothing here speaks of it.",
            "{n} files could not be read: nothing here speaks of them.",
            failed,
        ).format(n=failed)
    if result.assume_complete:
        yield _(
            "ASSUMED COMPLETE: what nobody declared was taken to be absent. Nothing here says that it is."
        )
    for made in rows.editions(result):
        if made["asked_by_name"] and made["condition"]:
            said = _("{list} was asked for by name: that {condition} was taken as given.")
            yield said.format(list=made["list"], condition=condition_text(made["condition"], {}, _))
        if made["stale"]:
            said = _("{list} is stale: a newer edition should exist, and what it adds is not found here.")
            yield said.format(list=made["list"])
        if made["age_days"] is None:
            yield _("{list} does not say of when it is: nobody can tell how old it is.").format(
                list=made["list"]
            )
    for sheet in sheets:
        if shown(sheet, most) < sheet.size:
            yield cut_text(sheet, most, _)


def shown(sheet: Sheet, most: int) -> int:
    """How many of its rows a sheet holds; a row is kept for saying that they are not all."""
    return sheet.size if sheet.size <= most else most - 1


def cut_text(sheet: Sheet, most: int, _: Translator) -> str:
    """That a sheet does not hold all its rows, and where they are."""
    said = _(
        "The sheet “{sheet}” holds {most} of {size} rows, because a spreadsheet program takes no more. "
        "All of them: -o result.csv or -o result.json."
    )
    return said.format(sheet=sheet.title, most=shown(sheet, most), size=sheet.size)


def _judged_by(result: Result, _: Translator) -> Iterator[Row]:
    facts = [
        condition_text(name if holds else f"!{name}", {}, _) for name, holds in sorted(result.facts.items())
    ]
    yield "heading", [_("How it was judged")]
    yield "fact", [_("Day of the judgement"), day(result.on)]
    yield "fact", [_("Requirement profile"), result.profile.id]
    yield "fact", [_("SHA-256 of the profile"), result.profile.sha256]
    yield "fact", [_("Of every article it is given that"), "; ".join(facts) or "–"]
    yield "fact", [_("Taken to be complete"), _("yes") if result.assume_complete else _("no")]
    yield "fact", [_("Versions"), f"kemkoll {__version__}, RDKit {metadata.version('rdkit')}"]


def _sum(result: Result, _: Translator) -> Iterator[Row]:
    from kemkoll.tables import Verdict

    counts = result.verdicts["verdict"].value_counts()
    reason = "assumed-complete" if result.assume_complete else ""
    yield "heading", [_("The sum")]
    yield "fact", [_("Articles"), int(result.verdicts["article"].nunique())]
    yield "head", [_("Verdict"), _("How many")]
    for level in reversed(Verdict):
        if level in counts:
            yield "count", [Judged(level.name, verdict_text(level.name, reason, _)), int(counts[level])]


def _lists(result: Result, _: Translator) -> Iterator[Row]:
    yield "heading", [_("Substance lists")]
    yield (
        "head",
        [_("List"), _("Title of the list"), _("Edition"), _("Age in days"), _("A newer edition is due")],
    )
    for made in rows.editions(result):
        title = made[f"title_{_.language}"] or made["title_en"]
        due = _("yes") if made["stale"] else _("no")
        yield "row", [made["list"], title, day(made["edition"]), made["age_days"], due]
