"""One article as it is known: what it is, what it is made of, who declared it, what a batch made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.assortment.batches import at_work
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.scope import articles
from kemkoll.store import Known, declarations, declared, files, judged, kept
from kemkoll.store.declarations import names_of
from kemkoll.store.models import ArticleFact, Category, Component, Contract, ContractRow, Material
from kemkoll.tables import NONE, Declarations, Verdict


@dataclass(frozen=True)
class Part:
    """A component or a material, with what is declared to be in it.

    Attributes:
        name: as the supplier wrote it; empty: the article itself.
        units: pieces of it; -1: nobody says.
        lines: rows of `tables.LINES` that speak of it and of no part of it.
        parts: what it is made of.
        material: whether it is a homogeneous material.
    """

    name: str
    units: int
    lines: tuple[dict[str, Any], ...]
    parts: tuple[Part, ...]
    material: bool = False


@dataclass(frozen=True)
class Portrait:
    """One article as it is known.

    Attributes:
        about: columns of `scope.articles`; `category_name`.
        facts: what the buyer knows of it, by `tables.Condition`.
        contracts: the rows that it has or had: `number`, `name`, `since`, `until`, `starts`, `ends`.
        declared: what was declared of it, newest first: `name`, `sha256`, `size` of the file, `date`,
            `valid_until`, `current` (bool).
        made_of: the article with its parts, by the declarations that are current.
        statements: answers about whole lists, rows of `tables.STATEMENTS`.
        batch: the batch that is looked at (columns of `Batch`); None: none has judged it.
        verdicts: columns of `BatchVerdict`, `contract_number`, `outcome`.
        findings: columns of `BatchFinding`, `contract_number`, `component_name`, `material_name`; without
            what does not apply to it.
    """

    about: dict[str, Any]
    facts: dict[str, bool]
    contracts: list[dict[str, Any]]
    declared: list[dict[str, Any]]
    made_of: Part
    statements: list[dict[str, Any]]
    batch: dict[str, Any] | None
    verdicts: pd.DataFrame
    findings: pd.DataFrame


def portrait(known: Known, article: int, batch: int = 0) -> Portrait | None:
    """One article as it is known; None: there is no such article.

    Args:
        known: the moment.
        article: `Article.article`.
        batch: the number of a batch; 0: the newest.

    Raises:
        StoreError: there is no such batch.
    """
    own = articles(known, article=article)
    if not len(own):
        return None
    own = own.tail(1).reset_index(drop=True)
    about = {str(name): value for name, value in own.iloc[0].items()}
    named = kept.frame(known, Category, code=about["category"])["name"]
    stated = kept.frame(known, ArticleFact, article=article)
    said = declared.standing(known, own).declarations
    made, verdicts, findings = _judged(known, article, batch)
    return Portrait(
        about | {"category_name": str(named.iloc[-1]) if len(named) else ""},
        dict(zip(stated["condition"], stated["holds"].tolist(), strict=True)),
        _contracts(known, article),
        _declared(known, article),
        parts_of(said),
        _records(said.statements),
        made,
        verdicts,
        findings,
    )


def file_of(known: Known, article: int, sha256: str) -> tuple[str, bytes] | None:
    """Name and bytes of a file in which an article was declared; None: there is none with this hash."""
    names = {row.sha256: row.name for row in declarations.of_article(known, article)}
    content = files.content_of(known, sha256) if sha256 in names else None
    return None if content is None else (str(names[sha256]), content)


def parts_of(said: Declarations) -> Part:
    """What the declarations of one article say that it is made of."""
    lines: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in _records(said.lines):
        material = int(row["material"])
        component = NONE if material != NONE else int(row["component"])
        lines.setdefault((component, material), []).append(row)
    materials, components = _records(said.materials), _records(said.components)

    def of_material(number: int) -> Part:
        return Part(
            str(materials[number]["name"]), -1, tuple(lines.get((NONE, number), ())), (), material=True
        )

    def of_component(number: int) -> Part:
        inside = _inside(number)
        own = tuple(lines.get((number, NONE), ()))
        return Part(str(components[number]["name"]), int(components[number]["units"]), own, inside)

    def _inside(number: int) -> tuple[Part, ...]:
        below = [of_component(it) for it, row in enumerate(components) if row["parent"] == number]
        return (*below, *(of_material(it) for it, row in enumerate(materials) if row["component"] == number))

    return Part("", -1, tuple(lines.get((NONE, NONE), ())), _inside(NONE))


def _contracts(known: Known, article: int) -> list[dict[str, Any]]:
    rows = kept.frame(known, ContractRow, article=article)
    there = kept.frame(known, Contract, contract=rows["contract"].tolist())
    made = rows[["contract", "since", "until"]].merge(
        there[["contract", "number", "name", "starts", "ends"]], on="contract"
    )
    return _records(made.sort_values("number", kind="stable"))


def _declared(known: Known, article: int) -> list[dict[str, Any]]:
    """What declared the article, newest first."""
    rows = declarations.of_article(known, article)
    heads = declared.heads(known, pd.Series([row.declaration for row in rows], dtype="int64").to_numpy())
    made = [
        {
            "name": row.name, "sha256": row.sha256, "size": row.size, "added": row.added,
            "current": not 0 < row.ended <= known.seen,
            **{name: str(heads[name][row.declaration]) for name in ("date", "valid_until", "reason")},
        }
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=lambda row: (row["added"], row["date"]), reverse=True)


def _judged(
    known: Known, article: int, batch: int
) -> tuple[dict[str, Any] | None, pd.DataFrame, pd.DataFrame]:
    """The batch, and what it made of the article."""
    number = batch or int(at_work(known)["id"].max() if len(at_work(known)) else 0)
    if not number:
        return None, pd.DataFrame(), pd.DataFrame()
    about = judged.batch(known, number)
    verdicts = judged.verdicts(known, batch=number, article=article)
    if not len(verdicts):
        return about, pd.DataFrame(), pd.DataFrame()
    findings = judged.findings(known, batch=number, article=article)
    verdicts = verdicts.assign(outcome=outcome_of(verdicts, findings))
    order = ["verdict", "list", "entry", "high_ppt"]
    shown = findings[findings["verdict"] != Verdict.not_applicable].astype({"list": object, "entry": object})
    shown = shown.sort_values(order, ascending=[False, True, True, False], kind="stable")
    worst = verdicts.astype({"list": object}).sort_values(["verdict", "list"], ascending=[False, True])
    shown = shown.assign(
        component_name=names_of(known, Component, shown["component"].to_numpy()),
        material_name=names_of(known, Material, shown["material"].to_numpy()),
    )
    contracts = kept.every(known, Contract).set_index("id")["number"]
    worst, shown = (
        frame.assign(contract_number=frame["contract"].map(contracts).fillna("").astype(object))
        for frame in (worst, shown)
    )
    return about, worst, shown.reset_index(drop=True)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
