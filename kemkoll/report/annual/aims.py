"""What was aimed at, and how it stands: reached, on the way, too slow, not reached, or nobody can tell."""

from __future__ import annotations

from typing import Any

from kemkoll.i18n import Translator
from kemkoll.report import cells
from kemkoll.report.annual import Annual
from kemkoll.report.document import Cell, Column, Figure, Table
from kemkoll.report.figures.series import path
from kemkoll.report.numbers import count, percent
from kemkoll.report.subject import Seen
from kemkoll.report.words import missing_text
from kemkoll.trends.words import NAMES, TARGETS

_COUNTS = ("K1b", "K8", "K11d", "K12", "K12d", "K13", "K15", "K18")
"""Indicators that are no shares."""


def of_year(annual: Annual) -> list[dict[str, Any]]:
    """How each aim stands in the year of the report."""
    rows = annual.targets.to_dict("records")
    made = {}
    for row in rows:
        if str(row["year"]) == annual.year or str(row["aim"]) not in made:
            made[str(row["aim"])] = row
    return [{str(key): value for key, value in row.items()} for row in made.values()]


def table(annual: Annual, seen: Seen) -> Table:
    """T6: aims and outcomes."""
    _ = seen._
    columns = (
        Column(_("Aim"), "aim"),
        Column(_("Figure"), "indicator"),
        Column(_("To be reached"), "to", number=True),
        Column(_("In"), "year", number=True),
        Column(_("By now"), "path", number=True),
        Column(_("Reached"), "value", number=True),
        Column(_("Lies between"), "bounds", number=True),
        Column(_("How it stands"), "outcome"),
    )
    rows, notes = [], []
    for row in of_year(annual):
        rows.append(
            (
                cells.word(str(row["aim"])),
                cells.word(_(NAMES.get(str(row["indicator"]), str(row["indicator"])))),
                _value(row, "to_value", _),
                Cell(str(row["to_year"]), int(row["to_year"])),
                _value(row, "path", _),
                _value(row, "value", _, strong=True),
                _bounds(row, _),
                Cell(outcome(row, _), str(row["outcome"]), strong=True),
            )
        )
        if row["missing"]:
            notes.append(f"{row['aim']}: {missing_text(str(row['missing']), _)}")
    return Table(
        "aims", _("Aims and outcomes"), columns, tuple(rows), tuple(notes), _("No aims have been set down."),
    )  # fmt: skip


def outcome(row: dict[str, Any], _: Translator) -> str:
    """How an aim stands, in words."""
    return _(TARGETS[str(row["outcome"])])


def sentences(annual: Annual, seen: Seen) -> list[str]:
    """How each aim stands, in a sentence; where the bounds do not agree, what it would be if they did."""
    _ = seen._
    made = []
    for row in of_year(annual):
        value = _value(row, "value", _)
        said = _("{aim} ({aimed} in {year}): {outcome}.").format(
            aim=row["aim"],
            aimed=_value(row, "to_value", _).text,
            year=row["to_year"],
            outcome=outcome(row, _),
        )
        if value.value is not None:
            said += " " + _("By now {path} should be reached, and {value} is.").format(
                path=_value(row, "path", _).text, value=value.text
            )
        if str(row["outcome"]) == "not_assessable":
            said += " " + _why_not(row, _)
        made.append(said)
    return made


def _why_not(row: dict[str, Any], _: Translator) -> str:
    """Why nobody can tell how the aim stands."""
    if row["missing"]:
        return missing_text(str(row["missing"]), _)
    said = _("The bounds do not agree: it depends on what the articles without a declaration contain.")
    if row["by_value"]:
        said += " " + _("If they were like the others, it would be: {outcome}.").format(
            outcome=_(TARGETS[str(row["by_value"])])
        )
    return said


def figures(annual: Annual, seen: Seen) -> list[Figure]:
    """F10 for each aim about a share of this subject."""
    _ = seen._
    made: list[Figure] = []
    frame = annual.targets
    for number, row in enumerate(of_year(annual)):
        if row["indicator"] in _COUNTS or str(row["list"]) not in ("", seen.subject.list):
            continue
        own = (
            frame[(frame["aim"].astype(str) == str(row["aim"])).to_numpy()]
            .sort_values("year")
            .to_dict("records")
        )
        title = _("The way to the aim: {aim}").format(aim=row["aim"])
        name = f"figure-10-{number + 1}" if made else "figure-10"
        said = sentences(annual, seen)[number]
        records = [{str(key): value for key, value in it.items()} for it in own]
        made.append(path(seen, _with_every_year(records), title, name, said))
    return made


def _with_every_year(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each year from the first to the one that the path ends in: also where there is no
    snapshot.
    """
    known = {int(row["year"]): row for row in rows}
    some = rows[-1]
    start, end = int(some["from_year"]), int(some["to_year"])
    made = []
    for year in range(min(start, *known), max(end, *known) + 1):
        gone = min(max((year - start) / (end - start), 0.0), 1.0) if end > start else 1.0
        path = float(some["from_value"]) + gone * (float(some["to_value"]) - float(some["from_value"]))
        nothing = float("nan")
        blank = {**some, "year": year, "path": path, "value": nothing, "low": nothing, "high": nothing}
        made.append(known.get(year, blank))
    return made


def _value(row: dict[str, Any], column: str, _: Translator, *, strong: bool = False) -> Cell:
    """A number of the aim in the unit of its figure."""
    value = row[column]
    if value is None or value != value:
        return cells.NOTHING
    if str(row["indicator"]) in _COUNTS:
        return Cell(count(value, _.language), float(value), strong)
    return Cell(percent(value, _.language), round(float(value), 9), strong)


def _bounds(row: dict[str, Any], _: Translator) -> Cell:
    low, high = row["low"], row["high"]
    if low != low or high != high:
        return cells.NOTHING
    if str(row["indicator"]) in _COUNTS:
        return Cell(f"{count(low, _.language)}–{count(high, _.language)}", f"{low:.0f}–{high:.0f}")
    return cells.bounds(low, high, _)
