"""The report of a new edition of a list: whose verdicts it would change, and when, before it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from kemkoll.i18n import N_, Translator
from kemkoll.outputs.standing import editions_text, moves_text, outcome_text
from kemkoll.report.compliance import NOT_ADVICE
from kemkoll.report.document import Cell, Document, Table
from kemkoll.report.listing import WHOSE, Shown, listing, number, text
from kemkoll.report.numbers import count


@dataclass(frozen=True)
class Expected:
    """What a change of lists would do.

    Attributes:
        on: the day on which both editions are judged.
        title: of the list, by language.
        official: day of the new edition.
        digest: of the file that was looked at, SHA-256.
        lists: those that the change reaches and some article is judged by.
        articles: how many articles are judged by them.
        changes: each verdict that would be another one: `contract_number`, `supplier`, `number`, `name`,
            `list`, `direction` (worse, better, other), `outdated`, `moves`, and `outcome_before`,
            `entries_before`, `outcome_after`, `entries_after`.
        contracts: each contract that the lists are asked of: `contract_number`, `kind`, `date`,
            `grace_days`, `articles`, `changes`, `moves`.
    """

    on: str
    title: dict[str, str]
    official: str
    digest: str
    lists: tuple[str, ...]
    articles: int
    changes: pd.DataFrame
    contracts: pd.DataFrame


def document(data: Expected, _: Translator) -> Document:
    """The report as plain values."""
    outdated = data.changes["outdated"].astype(bool)
    kind = data.changes["direction"]
    tables = (
        _changes("worse", N_("Worse"), data.changes[(kind == "worse") & ~outdated], _),
        _changes(
            "outdated", N_("Only unknown: the supplier answered an older edition"), data.changes[outdated], _
        ),
        _changes("other", N_("Otherwise"), data.changes[(kind == "other") & ~outdated], _),
        _changes("better", N_("Better"), data.changes[(kind == "better") & ~outdated], _),
        _contracts(data.contracts, _),
    )
    title = data.title.get(_.language) or data.title.get("en") or ", ".join(data.lists)
    return Document(
        report="list-impact",
        language=_.language,
        title=_("What a new edition would change: {list}").format(list=title),
        subtitle=_("Edition of {day}").format(day=data.official),
        identifier=f"{data.digest}/{data.on}",
        date=data.on,
        cautions=(_(NOT_ADVICE),),
        facts=(
            (_("Judged on"), data.on),
            (_("Edition"), data.official),
            (_("Reaches"), ", ".join(data.lists) or "–"),
            (_("Articles"), count(data.articles, _.language)),
            ("SHA-256", data.digest),
        ),
        says={"summary": _summary(data, _)},
        tables={table.name: table for table in tables},
    )


def _summary(data: Expected, _: Translator) -> list[str]:
    if not data.lists:
        return [_("No article of the assortment is judged by this list, or nothing in it changes.")]
    if not len(data.changes):
        return [_("No verdict would change.")]
    articles = data.changes.drop_duplicates(["supplier", "number"])
    said = _.ngettext(
        "{n} article of {all} would get another verdict.",
        "{n} articles of {all} would get another verdict.",
        len(articles),
    )
    frozen = int((data.contracts["kind"] == "frozen").sum())
    told = [said.format(n=count(len(articles), _.language), all=count(data.articles, _.language))]
    if frozen:
        told.append(
            _.ngettext(
                "{n} contract is frozen to an older edition, and does not move.",
                "{n} contracts are frozen to an older edition, and do not move.",
                frozen,
            ).format(n=count(frozen, _.language))
        )
    return told


def _outcome(side: str) -> Callable[[pd.DataFrame, Translator], list[Cell]]:
    def cells(frame: pd.DataFrame, _: Translator) -> list[Cell]:
        rows = zip(frame[f"outcome_{side}"], frame[f"entries_{side}"], strict=True)
        return [
            Cell(outcome_text(outcome, entries, _), outcome if isinstance(outcome, str) else None)
            for outcome, entries in rows
        ]

    return cells


def _when(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    return [Cell(day or _("at once"), day) for day in frame["moves"].astype(str)]


def _changes(name: str, title: str, changes: pd.DataFrame, _: Translator) -> Table:
    columns = [
        *WHOSE,
        text("list", N_("List")),
        Shown("before", N_("Now"), _outcome("before")),
        Shown("after", N_("Then"), _outcome("after")),
        Shown("moves", N_("From"), _when),
    ]
    return listing(name, _(title), changes, columns, _, empty=_("None."))


def _bound(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    rows = frame[["kind", "date", "grace_days"]].to_dict("records")
    return [
        Cell(editions_text(row["kind"], row["date"], int(row["grace_days"]), _), row["kind"]) for row in rows
    ]


def _contracts(contracts: pd.DataFrame, _: Translator) -> Table:
    columns = [
        text("contract_number", N_("Contract")),
        Shown("binding", N_("Editions"), _bound),
        number("articles", N_("Articles")),
        number("changes", N_("Change")),
        Shown("moves", N_("From"), _moves),
    ]
    return listing("contracts", _("Contracts"), contracts, columns, _, empty=_("None."))


def _moves(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    rows = frame[["kind", "changes", "moves"]].to_dict("records")
    return [Cell(moves_text(row, _), row["moves"] or None) for row in rows]
