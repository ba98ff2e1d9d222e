"""One article: what is known of it, what is in it, who declared it, what it was judged to be, and why."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response

from kemkoll.assortment.looking_back import Told, article_called, judged_in, judged_then, life
from kemkoll.assortment.portrait import Part, Portrait, file_of, portrait
from kemkoll.assortment.scope import articles
from kemkoll.assortment.telling import KINDS, lines
from kemkoll.explanation import Explainer
from kemkoll.explanation.shape import Explanation
from kemkoll.i18n import N_, Translator, number_text, share_text
from kemkoll.lists.editions import library_of
from kemkoll.outputs.explanation_html import inside
from kemkoll.outputs.words import (
    BASES,
    CONDITIONS,
    EVIDENCE_LEVELS,
    FORCES,
    reason_text,
    supplied,
    unmarked,
    verdict_text,
)
from kemkoll.registry import Registry
from kemkoll.store import Known
from kemkoll.tables import Verdict
from kemkoll.web.access import OfHouse
from kemkoll.web.downloads import attachment
from kemkoll.web.listing import leaf
from kemkoll.web.overviews import being_worked_out
from kemkoll.web.pages import page_router
from kemkoll.web.remembered import looked
from kemkoll.web.showing import outcome_cell, path_with
from kemkoll.web.visit import Visit

router = page_router()
_MOST_LINES = 200
"""Lines of declarations that the tree shows; the files have all of them."""
_LONGEST = 200
_NAMED = (
    ("own_number", N_("Own number")), ("supplier", N_("Supplier")), ("gtin", "GTIN"), ("unspsc", "UNSPSC"),
    ("cpv", "CPV"), ("mdr_class", N_("Class by the MDR")), ("contact", N_("Contact")),
    ("patients", N_("Patients")), ("placed_on_market", N_("Placed on the market")),
    ("since", N_("In the assortment from")), ("until", N_("In the assortment until")),
)  # fmt: skip


@router.get("/articles/{article:int}")
def one(visit: OfHouse, article: int) -> Response:
    """One article."""
    batch = _batch(visit)
    with visit.store.reading() as known:
        found = portrait(known, article, batch)
        if found is None:
            raise HTTPException(404)
        told = life(known, article)
    _ = visit._
    shown, pages = leaf(visit, range(len(found.findings)))
    return visit.render(
        "article", about=found.about, facts=_facts(found, _), contracts=_contracts(found, _),
        declared=_declared(found, article, _), tree=found.made_of, line=lambda row: _line(row),
        most=_MOST_LINES, statements=_statements(found), batch=found.batch,
        verdicts=_verdicts(found, article, _),
        findings=_findings(found, list(shown), _), pages=pages, history=_history(told, _),
        count=_count(found.made_of),
    )  # fmt: skip


@router.get("/articles/{article:int}/files/{sha256}")
def file(visit: OfHouse, article: int, sha256: str) -> Response:
    """A file in which the article was declared, as it was handed in: to be saved, never to be run."""
    with visit.store.reading() as known:
        found = file_of(known, article, sha256)
    if found is None:
        raise HTTPException(404)
    name, content_ = found
    return attachment(content_, name)


@router.get("/articles/{article:int}/why")
def why(visit: OfHouse, article: int) -> Response:
    """Why an article has its verdict by a list: from the supplier's cell to the law."""
    batch, list_, entry = _batch(visit), visit.asked("list"), visit.asked("entry")
    with visit.store.reading() as known:
        own = articles(known, article=article)
    if not len(own) or not list_:
        raise HTTPException(404)
    done, told = looked(visit, "why", _explained, article, list_, entry, batch)
    if not done:
        return being_worked_out(visit)
    others = [
        (it, path_with(f"/articles/{article}/why", list=list_, entry=it, batch=batch or ""))
        for it in dict.fromkeys(other.entry for other in told.others)
    ]
    return visit.render(
        "why", explained=inside(told, visit._), title=unmarked(told.article), list=list_, others=others,
        article=article, on=told.on, batch=batch, now=path_with(f"/articles/{article}/why", list=list_),
    )  # fmt: skip


def _explained(known: Known, on: str, article: int, list_: str, entry: str, batch: int) -> Explanation:
    registry = Registry.open()
    if batch:
        result = judged_in(known, batch, article, list_, registry=registry)
    else:
        own = articles(known, article=article).iloc[-1]
        called = article_called(known, str(own["number"] or own["own_number"]), str(own["supplier"]))
        result = judged_then(known, called, list_, on=on, source=library_of(), registry=registry)
    there = result.law.lists["list"].astype(object).tolist()
    return Explainer(result).explain(0, list_ if list_ in there else there[0], entry or None)


def _batch(visit: Visit) -> int:
    asked = visit.asked("batch")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise HTTPException(404)
    return int(asked or 0)


def _facts(found: Portrait, _: Translator) -> list[tuple[str, str]]:
    """What the buyer knows of the article, with its names."""
    about = found.about
    category = f"{about['category']} {found.about['category_name']}".strip()
    made = [(_(label), str(about[name])) for name, label in _NAMED if about[name]]
    made += [(_("Category"), category)] if category else []
    known = [_(CONDITIONS[name][not holds]) for name, holds in found.facts.items()]
    return [*made, *([(_("Facts"), "; ".join(known))] if known else [])]


def _contracts(found: Portrait, _: Translator) -> list[list[Any]]:
    return [
        [
            {"text": row["number"], "path": f"/contracts/{row['contract']}"},
            row["name"],
            row["since"] or row["starts"],
            row["until"] or row["ends"],
        ]
        for row in found.contracts
    ]


def _declared(found: Portrait, article: int, _: Translator) -> list[list[Any]]:
    def standing(row: dict[str, Any]) -> str:
        return _("current") if row["current"] else _("replaced by a later declaration")

    return [
        [
            {
                "text": supplied(row["name"], _LONGEST),
                "path": f"/articles/{article}/files/{row['sha256']}",
            },
            row["date"],
            row["valid_until"],
            standing(row),
            {"text": number_text(row["size"], _.language), "number": True},
            row["sha256"],
        ]
        for row in found.declared
    ]


def _line(row: dict[str, Any]) -> str:
    """What a supplier wrote of one substance."""
    parts = (supplied(str(row[name]), _LONGEST) for name in ("name", "cas", "ec", "amount", "function"))
    return ", ".join(filter(None, parts))


def _count(part: Part) -> int:
    return len(part.lines) + sum(_count(it) for it in part.parts)


def _statements(found: Portrait) -> list[list[Any]]:
    return [[row["list"], row["edition"], row["answer"], row["basis"]] for row in found.statements]


def _verdicts(found: Portrait, article: int, _: Translator) -> list[list[Any]]:
    """The verdicts of the batch, each with the way to why."""
    number = int(found.batch["id"]) if found.batch else 0
    covered = _("{x} of {y} entries")
    levels = {level: _(word) for level, word in enumerate(EVIDENCE_LEVELS)}
    return [
        [
            str(row["list"]),
            row["contract_number"],
            outcome_cell(row["outcome"], _),
            verdict_text(Verdict(row["verdict"]).name, str(row["reason"]), _),
            str(row["entries"]),
            covered.format(x=row["entries_covered"], y=row["entries_asked"]),
            levels.get(row["evidence_level"], "–"),
            {
                "text": _("Why?"),
                "path": path_with(f"/articles/{article}/why", list=row["list"], batch=number),
            },
        ]
        for row in found.verdicts.to_dict("records")
    ]


def _findings(found: Portrait, shown: list[int], _: Translator) -> list[list[Any]]:
    rows = found.findings.iloc[shown].to_dict("records")
    forces = {force: _(word) for force, word in FORCES.items()}
    return [
        [
            f"{row['list']}: {row['entry']}",
            row["contract_number"],
            _share(row, _),
            _limit(str(row["limit"]), _),
            forces[row["force"]],
            _judged(row, _),
            _reason(row, _),
        ]
        for row in rows
    ]  # fmt: skip


def _judged(row: dict[Any, Any], _: Translator) -> dict[str, Any]:
    name = Verdict(row["verdict"]).name
    return {"text": verdict_text(name, str(row["reason"]), _), "verdict": name}


def _limit(text: str, _: Translator) -> str:
    """The limit of a finding; one that any presence is above has an operator alone."""
    if not text:
        return "–"
    return text if any(map(str.isdigit, text)) else _("any presence")


def _share(row: dict[Any, Any], _: Translator) -> str:
    """The share, and what it is of."""
    basis = BASES.get(row["basis"], "")
    part = supplied(str(row["component_name"] or row["material_name"]), _LONGEST)
    share = share_text(int(row["low_ppt"]), int(row["high_ppt"]), _.language)
    return " ".join(filter(None, (share, _(basis) if basis else "", part)))


def _reason(row: dict[Any, Any], _: Translator) -> str:
    said = [reason_text(str(row["reason"]), _)]
    if row["derogation"]:
        said.append(_("Derogation: {id}.").format(id=row["derogation"]))
    if row["waived"]:
        said.append(_("Waived by the buyer: {decision}.").format(decision=row["waived"]))
    if row["decided"]:
        said.append(_("Decision: {decision}.").format(decision=row["decided"]))
    return " ".join(text for text in said if "…" not in text)


def _history(told: list[Told], _: Translator) -> list[dict[str, Any]]:
    """What happened to the article, the newest first."""
    return [
        {"day": one_.at[:10], "title": _(KINDS[one_.kind]), "lines": [*lines(one_, _)]}
        for one_ in reversed(told)
    ]
