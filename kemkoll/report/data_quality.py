"""The report of what is not known, and whom to ask first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.i18n import N_, Translator
from kemkoll.outputs.words import problem_text
from kemkoll.report.compliance import facts
from kemkoll.report.document import Cell, Document, Table
from kemkoll.report.listing import WHOSE, Shown, listing, named, number, rate, reasons, sum_of_money, text
from kemkoll.report.numbers import count, percent

HOW = N_(
    "The order is by expected information: spend × hit rate × severity, added up over the lists. The hit "
    "rate is how often articles of the same category, answered for by the same list, hold something of it: "
    "(hits + 1) / (answered + 2), so that nothing is certain where few have answered. Severity is 3 for a "
    "list that binds by law, 2 by contract, 1 for one that is watched. The sum is in "
    "kronor and means nothing "
    "in itself: it only says what to ask about first."
)
_MOST = 200
"""Articles shown in the table; all are in the file for programs."""


@dataclass(frozen=True)
class Quality:
    """What is not known of an assortment.

    Attributes:
        batch: columns of `Batch`.
        articles: how many were judged.
        missing: each article that nobody has answered for by some list, the most telling first: who and what,
            `lists`, `reasons`, `spend_ore`, `spend_known`, `hit_rate` (the greatest), `expected`.
        reasons: how many verdicts are unknown, by list and reason: `list`, `reason`, `articles`.
        suppliers: by supplier `articles`, `unanswered` and `expected`, the most telling first.
        problems: how often each problem was met in the files that were added: `code`, `files`, `times`.
    """

    batch: dict[str, Any]
    articles: int
    missing: pd.DataFrame
    reasons: pd.DataFrame
    suppliers: pd.DataFrame
    problems: pd.DataFrame


def document(data: Quality, _: Translator) -> Document:
    """The report as plain values."""
    tables = (_missing(data, _), _suppliers(data, _), _reasons(data, _), _problems(data, _))
    return Document(
        report="data-quality",
        language=_.language,
        title=_("What is not known, and whom to ask first"),
        subtitle=_("Articles judged on {on}").format(on=data.batch["on"]),
        identifier=f"{data.batch['digest']}/data-quality",
        date=str(data.batch["on"]),
        facts=facts(data.batch, (), _),
        says={"summary": _summary(data, _), "how": [_(HOW)]},
        tables={table.name: table for table in tables},
    )


def _summary(data: Quality, _: Translator) -> list[str]:
    unknown = len(data.missing)
    if not data.articles:
        return [_("Nothing was judged.")]
    if not unknown:
        return [_("Somebody has answered for every article by every list.")]
    said = _.ngettext(
        "Of {n} article nobody has answered for some list: {share} of those judged.",
        "Of {n} articles nobody has answered for some list: {share} of those judged.",
        unknown,
    )
    share = percent(unknown / data.articles, _.language)
    return [said.format(n=count(unknown, _.language), share=share)]


def _missing(data: Quality, _: Translator) -> Table:
    columns = [
        *WHOSE,
        text("lists", N_("Lists")),
        reasons("reasons", N_("Why")),
        sum_of_money("spend_ore", N_("Spend in a year"), known="spend_known"),
        rate("hit_rate", N_("Hit rate")),
        sum_of_money("expected", N_("Expected information")),
    ]
    more = len(data.missing) - _MOST
    notes = [_("{n} more are not shown here.").format(n=count(more, _.language))] if more > 0 else []
    return listing(
        "missing",
        _("Missing answers, the most telling first"),
        data.missing.head(_MOST),
        columns,
        _,
        notes=notes,
        empty=_("Nothing is missing."),
    )


def _suppliers(data: Quality, _: Translator) -> Table:
    columns = [
        text("supplier", N_("Supplier")),
        number("articles", N_("Articles")),
        number("unanswered", N_("Not answered for")),
        sum_of_money("expected", N_("Expected information")),
    ]
    return listing(
        "suppliers", _("Suppliers to ask first"), data.suppliers, columns, _, empty=_("Nothing is missing.")
    )


def _reasons(data: Quality, _: Translator) -> Table:
    columns = [named("list", N_("List")), reasons("reason", N_("Why")), number("articles", N_("Articles"))]
    return listing("reasons", _("Why nobody knows"), data.reasons, columns, _, empty=_("Nothing is missing."))


def _problem(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    return [Cell(problem_text(code, "…", "", _), code) for code in frame["code"].astype(str)]


def _problems(data: Quality, _: Translator) -> Table:
    columns = [
        Shown("code", N_("Problem"), _problem),
        number("times", N_("Times")),
        number("files", N_("Files")),
    ]
    return listing(
        "problems",
        _("Problems in what suppliers sent"),
        data.problems,
        columns,
        _,
        empty=_("There were none."),
    )
