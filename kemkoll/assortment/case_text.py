"""A case for review in words: what was written, what it may mean, what was decided before, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from kemkoll.assortment.cases import Detail
from kemkoll.i18n import N_, Translator, number_text
from kemkoll.outputs.summary import place_text
from kemkoll.outputs.words import ROUTES, VERDICTS, problem_text, reason_text

QUESTION = N_(
    "Your declaration of {article} says that something on the list {list} is in it. Which substance is it? "
    "Give for each: its name and CAS number, its share in per cent, and the component and material it is in."
)
"""What to ask a supplier who says that something is there, and not what."""


def why_text(row: Mapping[str, Any], detail: Detail, _: Translator) -> str:
    """Why a case is for review: a row of `review.queue`, and its detail."""
    return " ".join(reason_text(code, _, detail.condition) for code in row["reason"].split())


def question(row: Mapping[str, Any], detail: Detail, _: Translator) -> str:
    """What to ask the supplier, who alone can settle a case that names no entry; of others nothing."""
    if row["entry"]:
        return ""
    return _(QUESTION).format(article=row["number"], list=list_title(detail, _))


def list_title(detail: Detail, _: Translator) -> str:
    """What the list of a case is called."""
    return detail.list_titles[1 if _.language == "sv" else 0] or detail.list_titles[0]


def entry_name(detail: Detail, _: Translator) -> str:
    """What the entry of a case is called."""
    return detail.entry_names[1 if _.language == "sv" else 0]


def spend(row: Mapping[str, Any], _: Translator) -> str:
    """What the article costs a year, in kronor; where nobody knows, what is reckoned with."""
    amount = number_text(int(row["spend_ore"]) // 100, _.language)
    return (
        amount if row["spend_known"] else _("unknown; counted as the median, {amount}").format(amount=amount)
    )


def written(detail: Detail, _: Translator) -> Iterator[str]:
    """What the supplier wrote, and where."""
    cells = ("name", "cas", "ec", "smiles", "amount")
    for line in detail.written.lines.astype(object).to_dict("records"):
        place = place_text(line["file"], line["sheet"], [line["row"]], [], _)
        yield f"{', '.join(str(line[name]) for name in cells if line[name])} ({place})"
    for line in detail.written.statements.astype(object).to_dict("records"):
        place = place_text(line["file"], line["sheet"], [line["row"]], [], _)
        yield _("the answer “contains” about the list {list} ({place})").format(
            list=line["list"], place=place
        )
    if detail.written.material:
        yield _("the material {name}").format(name=detail.written.material)


def candidates(detail: Detail, _: Translator) -> Iterator[tuple[str, str]]:
    """The substances that it may mean, each with its structure as SMILES; empty where none is known."""
    for it in detail.candidates:
        numbers = ", ".join(filter(None, (it.name, it.cas, it.ec)))
        yield f"{numbers} ({_(ROUTES[it.found_by])})", it.smiles


def problems(found: pd.DataFrame, _: Translator) -> Iterator[str]:
    """What is wrong with what was written, with what is proposed."""
    for it in found.astype(object).drop_duplicates(["code", "found", "suggestion"]).to_dict("records"):
        yield problem_text(it["code"], it["found"], it["suggestion"], _)


def proposals(detail: Detail, _: Translator) -> Iterator[str]:
    """What was decided of the same words; the person decides anew."""
    for it in detail.proposals:
        said = (
            _("of the same supplier: {verdict}, “{motive}” ({decision}, {signed}, {day})")
            if it.same_supplier
            else _("of {supplier}: {verdict}, “{motive}” ({decision}, {signed}, {day})")
        )
        yield said.format(
            supplier=it.supplier or "–",
            verdict=_(VERDICTS[it.verdict]),
            motive=it.motive,
            decision=it.decision,
            signed=it.signed,
            day=it.at[:10],
        )


def decided(row: Mapping[str, Any], _: Translator) -> str:
    """What was decided of a case since; empty: nothing."""
    word = VERDICTS.get(row["decided"], "")
    return f"{_(word)} ({row['decision']})" if word else ""
