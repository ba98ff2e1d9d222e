"""The report of one contract: its requirements, and how many articles meet each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.i18n import N_, Translator
from kemkoll.outputs.standing import editions_text
from kemkoll.profiles import Profile
from kemkoll.report.compliance import NOT_ADVICE, editions_table, facts, outcomes_table
from kemkoll.report.document import Document, Table
from kemkoll.report.listing import (
    ARTICLE,
    FINDING,
    FORCE,
    LIST,
    OUTCOME,
    WHOSE,
    Shown,
    listing,
    named,
    number,
    text,
    worded,
)
from kemkoll.report.waivers import WAIVER

PASSES, FAILS, OPEN = "passes", "fails", "open"
STRENGTHS = {"must": N_("must"), "should": N_("should")}


@dataclass(frozen=True)
class OfContract:
    """How a contract stands.

    Attributes:
        contract: columns of `Contract`, `supplier` as a name.
        batch: columns of `Batch`.
        profile: what it requires.
        lists: those that its articles are judged by, in the editions that hold for it.
        counts: how many of its articles have each outcome, by list and in all.
        requirements: how many of its articles meet each requirement: `id`, `title_en`, `title_sv`,
            `strength`, `list`, `reference`, `PASSES`, `FAILS`, `OPEN`; each row adds up to the articles.
        articles: each article with the worst of its outcomes, and the `lists` by which it has that.
        deviations, waived: findings above a limit.
        waivers: those that hold for the contract and its articles, with `days_left`.
    """

    contract: dict[str, Any]
    batch: dict[str, Any]
    profile: Profile
    lists: pd.DataFrame
    counts: pd.DataFrame
    requirements: pd.DataFrame
    articles: pd.DataFrame
    deviations: pd.DataFrame
    waived: pd.DataFrame
    waivers: pd.DataFrame


def document(data: OfContract, _: Translator) -> Document:
    """The report as plain values."""
    about = data.contract
    tables = (
        outcomes_table(data.counts, data.lists, _),
        _requirements(data.requirements, data.lists, _),
        listing(
            "deviations",
            _("Deviations"),
            data.deviations,
            [*WHOSE[1:], *FINDING, FORCE],
            _,
            empty=_("Nothing is above a limit."),
        ),
        listing(
            "waived",
            _("Deviations that the buyer has accepted for now"),
            data.waived,
            [*WHOSE[1:], *FINDING, text("waived", N_("Decision"))],
            _,
            empty=_("None."),
        ),
        listing("waivers", _("Waivers of the contract"), data.waivers, WAIVER, _, empty=_("None.")),
        listing(
            "articles",
            _("Articles of the contract"),
            data.articles,
            [text("supplier", N_("Supplier")), *ARTICLE, OUTCOME, text("lists", N_("By which lists"))],
            _,
        ),
        editions_table(data.lists, _),
    )
    return Document(
        report="contract",
        language=_.language,
        title=_("Contract {number}: {name}").format(number=about["number"], name=about["name"] or "–"),
        subtitle=str(about["organisation"]),
        identifier=f"{data.batch['digest']}/{about['number']}",
        date=str(data.batch["on"]),
        cautions=(_(NOT_ADVICE),),
        facts=(*_facts(data, _), *facts(data.batch, (data.profile,), _)),
        tables={table.name: table for table in tables},
    )


def _requirements(requirements: pd.DataFrame, lists: pd.DataFrame, _: Translator) -> Table:
    """How many articles meet each requirement: what a court asks of whoever says that it is proportionate."""
    titles = lists.drop_duplicates("list").set_index("list")
    columns: list[Shown] = [
        named("title", N_("Requirement")),
        worded("strength", N_("Strength"), STRENGTHS),
        LIST,
        number(PASSES, N_("pass")),
        number(FAILS, N_("fail")),
        number(OPEN, N_("not known")),
        text("reference", N_("Source")),
    ]
    return listing(
        "requirements",
        _("How the articles stand against each requirement"),
        requirements.assign(
            title=requirements["id"],
            **{
                f"list_{language}": requirements["list"].map(titles[f"title_{language}"]).fillna("")
                for language in ("en", "sv")
            },
        ),
        columns,
        _,
        notes=[
            _("An article that fails and has a waiver still fails: a waiver lets it be bought, for a time."),
        ],
        empty=_("The profile asks for lists only, and has no requirements of its own."),
    )


def _facts(data: OfContract, _: Translator) -> tuple[tuple[str, str], ...]:
    about = data.contract
    told = (
        (_("Supplier"), about["supplier"]),
        (_("Registry number"), about["diary"]),
        (_("Valid"), f"{about['starts'] or '…'} – {about['ends'] or '…'}"),
        (_("Area"), about["area"]),
        (_("Editions of the lists"), _binding(data, _)),
    )
    return tuple((label, str(value)) for label, value in told if value)


def _binding(data: OfContract, _: Translator) -> str:
    kind = data.contract["binding"] or data.profile.binding.kind
    days = data.contract["grace_days"]
    days = days if days >= 0 else data.profile.binding.grace_days
    return editions_text(kind, data.contract["frozen_on"] or data.profile.binding.date, int(days), _)
