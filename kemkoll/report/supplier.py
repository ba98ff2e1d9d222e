"""A letter to one supplier: what of its own articles deviates, is in doubt, or has not been answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.i18n import N_, Translator
from kemkoll.report.compliance import ABOUT_THE_LAW, NOT_ADVICE, editions_table
from kemkoll.report.document import Cell, Document, Table
from kemkoll.report.listing import ARTICLE, FINDING, FORCE, LIST, WHY, Shown, listing, named, reasons, text
from kemkoll.report.numbers import count

TO_DO = {
    "nothing-declared": N_("Declare what it contains, or answer for the list."),
    "undisclosed": N_("Declare the rest of it, or answer for the list."),
    "rounding": N_(
        "Declare the shares more exactly and down to which share all is named, or answer for the list."
    ),
    "formula-unknown": N_("Say what the substances without a known formula are, or answer for the list."),
    "structure-unknown": N_("Say what the substances without a known structure are, or answer for the list."),
    "group-rule-pending": N_("Answer for the list."),
    "declaration-expired": N_("Renew the declaration: its last day has passed."),
    "statement-outdated": N_("Answer for what the list has got since, in its edition of today."),
    "statement-expired": N_("Renew the answer: its last day has passed."),
    "statement-basis": N_("Answer for each component, not for the article as a whole."),
    "statement-undated": N_("Say which edition of the list the answer is about."),
    "statement-before-edition": N_(
        "Say which edition of the list the answer is about: the one named came later."
    ),
    "does-not-know": N_("Find out from those who make the parts, and answer for the list."),
}
"""What a supplier must do where nobody knows, by the reason of the verdict."""
OTHERWISE = N_("Declare what it contains, or answer for the list.")
"""The same of any other reason."""


@dataclass(frozen=True)
class ToSupplier:
    """What one supplier must do.

    Attributes:
        supplier: its name.
        on: the day of the judgement.
        batch: columns of `Batch`.
        due: the day by which the buyer wants an answer; empty: none is set.
        articles: how many of its articles were judged.
        deviations: what is above a limit and not waived.
        waived: what is, and the buyer has accepted for now.
        questions: what a person must look at, with `written`: what the supplier wrote.
        unanswered: the verdicts that are unknown.
        lapsing: articles whose declaration has lapsed, or soon will: `number`, `name`, `valid_until`.
        asked: requests that it has not answered: `sent`, `due`, `lists`, `note`.
        lists: the lists that are asked of its articles.
    """

    supplier: str
    on: str
    batch: dict[str, Any]
    due: str
    articles: int
    deviations: pd.DataFrame
    waived: pd.DataFrame
    questions: pd.DataFrame
    unanswered: pd.DataFrame
    lapsing: pd.DataFrame
    asked: pd.DataFrame
    lists: pd.DataFrame

    @property
    def nothing_to_do(self) -> bool:
        """Whether the supplier has answered for everything, and nothing deviates."""
        open_ = (self.deviations, self.questions, self.unanswered, self.lapsing, self.asked)
        return not any(len(frame) for frame in open_)


def document(data: ToSupplier, _: Translator) -> Document:
    """The letter as plain values."""
    tables = _tables(data, _)
    return Document(
        report="supplier",
        language=_.language,
        title=_("What your articles contain: please answer"),
        subtitle=_("To {name}").format(name=data.supplier),
        identifier=f"{data.batch['digest']}/{data.supplier}",
        date=data.on,
        cautions=(_(NOT_ADVICE),),
        facts=_facts(data, _),
        says={
            "opening": _opening(data, _),
            "law": [_(ABOUT_THE_LAW)] if (data.deviations["force"] == "law").any() else [],
            "how": _how(data, _),
            "dispute": _dispute(_),
        },
        tables={table.name: table for table in tables},
    )


def _tables(data: ToSupplier, _: Translator) -> tuple[Table, ...]:
    found = [*ARTICLE, *FINDING, FORCE]
    return (
        listing("deviations", _("Above what the contract or the law allows"), data.deviations, found, _),
        listing("waived", _("Deviations that we have accepted for now"), data.waived, found, _),
        listing("questions", _("What we must ask about"), data.questions, _QUESTION, _),
        listing("unanswered", _("What we do not know"), data.unanswered, [*ARTICLE, LIST, WHY, _TO_DO], _),
        listing("lapsing", _("Declarations that have lapsed, or soon will"), data.lapsing, _LAPSES, _),
        listing("asked", _("Questions that you have not answered yet"), data.asked, _ASKED, _),
        editions_table(data.lists, _),
    )


def _to_do(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    return [Cell(_(TO_DO.get(reason, OTHERWISE)), reason) for reason in frame["reason"].astype(str)]


_TO_DO = Shown("to_do", N_("What to do"), _to_do)
_QUESTION = (
    *ARTICLE,
    text("written", N_("You wrote")),
    named("entry", N_("It may be")),
    text("list", N_("List")),
    reasons("reason", N_("Why we ask")),
)
_LAPSES = (*ARTICLE, text("valid_until", N_("Valid until")))
_ASKED = (
    text("sent", N_("Sent")),
    text("due", N_("Answer by")),
    text("lists", N_("Lists")),
    text("note", N_("Note")),
)


def _facts(data: ToSupplier, _: Translator) -> tuple[tuple[str, str], ...]:
    made = [
        (_("Judged on"), data.on),
        (_("Your articles"), count(data.articles, _.language)),
        (_("Batch"), str(data.batch["id"])),
    ]
    return (*made, (_("Answer by"), data.due)) if data.due else tuple(made)


def _opening(data: ToSupplier, _: Translator) -> list[str]:
    """What the letter is about, and what is asked."""
    if data.nothing_to_do:
        return [
            _("We have looked at what you declared of your articles. There is nothing that you need to do.")
        ]
    above, asked, silent = (
        frame["number"].nunique() for frame in (data.deviations, data.questions, data.unanswered)
    )
    sayings = (
        (
            above,
            _.ngettext(
                "{n} article holds something above a limit.",
                "{n} articles hold something above a limit.",
                above,
            ),
        ),
        (
            asked,
            _.ngettext(
                "Of {n} article we must ask what is meant.",
                "Of {n} articles we must ask what is meant.",
                asked,
            ),
        ),
        (
            silent,
            _.ngettext(
                "Of {n} article we do not know enough.", "Of {n} articles we do not know enough.", silent
            ),
        ),
    )
    told = [said.format(n=count(n, _.language)) for n, said in sayings if n]
    return [_("We have looked at what you declared of the articles that we buy from you."), " ".join(told)]


def _how(data: ToSupplier, _: Translator) -> list[str]:
    """How to answer."""
    if data.nothing_to_do:
        return []
    said = [
        _(
            "Answer with the form that we send you, or in a file of your own: one row for each substance in "
            "each part, with CAS number and share. “Do not know” is an answer too, and better than none."
        ),
        _(
            "What you answer about a list must say which edition of it you have answered, for which "
            "articles, and that it holds for each part and not for the article as a whole."
        ),
    ]
    if data.due:
        said.append(_("Please answer by {day}.").format(day=data.due))
    return said


def _dispute(_: Translator) -> list[str]:
    """What a supplier can do who does not agree."""
    return [
        _(
            "If you think that something here is wrong, tell us what, and how you know: an analysis, a "
            "declaration of the maker, or another identity of the substance. What you declared has not been "
            "changed; it is kept as you sent it."
        )
    ]
