"""One substance: its names, the lists it is on and why not on others, and which articles hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from fastapi import Response

from kemkoll.assortment.containing import articles_containing
from kemkoll.i18n import Translator
from kemkoll.lists import load_lists
from kemkoll.outputs.drawing import drawing
from kemkoll.outputs.substance import SAID_OTHERWISE, Block, facts_of, remarks, said_of
from kemkoll.outputs.words import problem_text
from kemkoll.registry import Registry
from kemkoll.store import Known
from kemkoll.structures import smiles_of_molfile
from kemkoll.substance import Description, Substance, describe
from kemkoll.web.access import OfHouse
from kemkoll.web.overviews import being_worked_out
from kemkoll.web.pages import page_router
from kemkoll.web.remembered import looked
from kemkoll.web.showing import path_with
from kemkoll.web.visit import Visit

router = page_router()
_LONGEST = 2000
"""Letters of what may be asked: the longest names and structures."""
_MOST_DRAWN = 4
_MOST_ARTICLES = 50


@dataclass(frozen=True)
class _Found:
    """What is known of what was asked, the remarks of lists, and the articles of each substance."""

    told: Description
    notes: dict[tuple[str, str], str]
    articles: tuple[pd.DataFrame, ...]


@router.get("/substances")
def substances(visit: OfHouse) -> Response:
    """What is known of the substance that the address asks for."""
    asked = visit.asked("q")[:_LONGEST]
    if not asked:
        return _page(visit, "")
    done, found = looked(visit, "substance", _look, asked)
    return _page(visit, asked, found) if done else being_worked_out(visit)


@router.post("/substances")
def drawn(visit: OfHouse) -> Response:
    """Ask for a structure that a drawing program has copied."""
    field = visit.form.get("molfile")
    text = field if isinstance(field, str) else ""
    smiles = smiles_of_molfile(text) or ("" if "\n" in text.strip() else text.strip())
    if not smiles or len(smiles) > _LONGEST:
        return _page(
            visit, "", wrong=visit._("That is no structure that can be read."), molfile=text, status=400
        )
    return visit.redirect("/substances", q=smiles)


def _look(known: Known, on: str, asked: str) -> _Found:
    registry = Registry.open()
    told = describe(asked, load_lists(), registry, on)
    held = tuple(
        articles_containing(known, registry, cas=one.cas, inchikey=one.inchikey) for one in told.substances
    )
    return _Found(told, remarks(told), held)


def _page(
    visit: Visit,
    asked: str,
    found: _Found | None = None,
    *,
    wrong: str = "",
    molfile: str = "",
    status: int = 200,
) -> Response:
    _ = visit._
    problems, guesses, shown = [], [], []
    if found is not None:
        told = found.told
        problems = [
            problem_text(row["code"], row["found"], row["suggestion"], _)
            for row in told.problems
            if row["code"] not in SAID_OTHERWISE
        ]
        guesses = [
            (f"{number} {name}".strip(), path_with("/substances", q=number)) for number, name in told.guesses
        ]
        shown = [
            _shown(one, found, held, visit) for one, held in zip(told.substances, found.articles, strict=True)
        ]
    return visit.render(
        "substances", status, asked=asked, looked=found is not None, problems=problems, guesses=guesses,
        substances=shown, wrong=wrong, molfile=molfile,
    )  # fmt: skip


def _shown(one: Substance, found: _Found, held: pd.DataFrame, visit: Visit) -> dict[str, Any]:
    _ = visit._
    blocks: list[Block] = list(said_of(one, visit.today, found.notes, _))
    return {
        "title": one.title,
        "facts": list(facts_of(one, _)),
        "drawings": _drawings(one, _),
        "blocks": blocks,
        "count": len(held),
        "most": _MOST_ARTICLES,
        "articles": [
            [
                {"text": row["number"] or "–", "path": f"/articles/{row['article']}"},
                row["name"],
                row["supplier"],
            ]
            for row in held.head(_MOST_ARTICLES).to_dict("records")
        ],
    }


def _drawings(one: Substance, _: Translator) -> list[dict[str, Any]]:
    """Its structure; and once for each group that takes it in, with the atoms by which it does."""
    title = _("Structure of {name}").format(name=one.title)
    said = f"SMILES: {one.smiles}"
    groups = {
        (listed.shown.atoms, str(listed.entry[f"name_{_.language}"] or listed.entry["name_en"]))
        for listed in one.listed
        if listed.shown.atoms
    }
    made = []
    for atoms, group in sorted(groups, key=lambda it: it[1])[:_MOST_DRAWN]:
        marked = _("marked: the atoms by which it belongs to “{group}”").format(group=group)
        made.append((drawing(one.smiles, title, f"{said}; {marked}", atoms), marked))
    if not made:
        made.append((drawing(one.smiles, title, said), said))
    return [{"picture": picture, "caption": caption} for picture, caption in made if picture]
