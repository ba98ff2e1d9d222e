"""One case for review, whole: what was written, what it may mean, and what was decided of the like before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.assortment.decided import named
from kemkoll.assortment.scope import articles, key_of
from kemkoll.identity import identify
from kemkoll.registry import Registry
from kemkoll.store import Known, declared, judged, kept
from kemkoll.store.models import Decision, Supplier
from kemkoll.tables import Answer, list_id

_CELLS = ["name", "cas", "ec", "smiles"]


@dataclass(frozen=True)
class Written:
    """What the supplier wrote.

    Attributes:
        lines: `tables.LINES`, as it stands in the file.
        statements: `tables.STATEMENTS` that say that something of the list is there.
        material: the name of a material that meets the entry by what it is called.
        compared: the substance as it was written, in the form in which it is compared with other cases.
    """

    lines: pd.DataFrame
    statements: pd.DataFrame
    material: str
    compared: str


@dataclass(frozen=True)
class Candidate:
    """One substance that a line may mean; `smiles` is empty where no one structure is known for it."""

    cas: str
    ec: str
    name: str
    found_by: str
    smiles: str


@dataclass(frozen=True)
class Proposal:
    """What was decided of the same written words before: only proposed, never applied by itself."""

    supplier: str
    verdict: str
    motive: str
    decision: str
    signed: str
    at: str
    same_supplier: bool


@dataclass(frozen=True)
class Detail:
    """What a person sees of a case.

    Attributes:
        problems: `tables.PROBLEMS` of its lines, with what they propose.
        condition: what must hold for the entry's limits to apply, names of `tables.Condition`.
    """

    written: Written
    candidates: tuple[Candidate, ...]
    problems: pd.DataFrame
    proposals: tuple[Proposal, ...]
    list_titles: tuple[str, str]
    entry_names: tuple[str, str]
    condition: str


def details(known: Known, batch: int, cases: pd.DataFrame, registry: Registry) -> list[Detail]:
    """Each of some cases of a queue, whole.

    Args:
        known: any moment after the batch.
        cases: rows of `review.queue`.
        registry: where substances are looked up.
    """
    then = Known(known.connection, int(judged.batch(known, batch)["seen"]))
    content = _contents(known, batch)
    given = kept.frame(known, Decision)
    given = given.assign(decision=named(given)) if len(given) else given
    there = kept.frame(known, Supplier)
    suppliers = dict(zip(there["supplier"].tolist(), there["name"].tolist(), strict=True))
    made = []
    for case, said in zip(cases.to_dict("records"), written(then, cases), strict=True):
        readings = identify(said.lines, registry)
        packed = content[str(case["list"])]
        made.append(
            Detail(
                said,
                candidates(readings.identities, registry),
                readings.problems,
                _proposals(
                    given, said.compared, {str(name): value for name, value in case.items()}, suppliers
                ),
                (str(packed["lists"]["title_en"][0]), str(packed["lists"]["title_sv"][0])),
                _names(packed, str(case["entry"])),
                _condition(packed, str(case["entry"])),
            )
        )
    return made


def written(then: Known, cases: pd.DataFrame) -> list[Written]:
    """What the suppliers wrote of each of some cases, as it was known when they were judged."""
    there = articles(then)
    there = there[there["article"].isin(cases["article"])].reset_index(drop=True)
    standing = declared.standing(then, there, places=True)
    said = standing.declarations
    place = {article: number for number, article in enumerate(standing.article)}
    made = []
    for case in cases.to_dict("records"):
        wanted = np.array([int(line) for line in str(case["lines"]).split()], dtype=np.int64)
        lines = said.lines[np.isin(standing.line, wanted)].reset_index(drop=True)
        material = standing.material == case["material"]
        name = str(said.materials["name"].astype(object)[material].iloc[0]) if material.any() else ""
        own = said.statements["article"] == place[case["article"]]
        own &= said.statements["list"].astype(object).map(list_id) == case["list"]
        own &= (said.statements["answer"] == Answer.contains) & (not case["entry"])
        made.append(Written(lines, said.statements[own].reset_index(drop=True), name, _compared(lines, name)))
    return made


def _compared(lines: pd.DataFrame, material: str) -> str:
    """The substances of some lines as they are compared: capitals, spaces and their order aside."""
    rows = zip(*(lines[name].astype(object) for name in _CELLS), strict=True)
    texts = sorted({" | ".join(key_of(cell) for cell in cells if cell) for cells in rows})
    return "; ".join(texts) or key_of(material)


def candidates(identities: pd.DataFrame, registry: Registry) -> tuple[Candidate, ...]:
    """The substances that lines may mean, as `identify` reads them: nothing else is ever proposed."""
    found = identities[identities["found_by"] != ""].drop_duplicates(["cas", "ec", "smiles"])
    names = registry.find_cas(found["cas"].astype(object).tolist())["name"].tolist() if len(found) else []
    return tuple(
        Candidate(
            str(it["cas"]), str(it["ec"]), str(name or it["name"]), str(it["found_by"]), str(it["smiles"])
        )
        for it, name in zip(found.to_dict("records"), names, strict=True)
    )


def _proposals(
    given: pd.DataFrame, compared: str, case: dict[str, Any], suppliers: dict[int, str]
) -> tuple[Proposal, ...]:
    """Decisions on the same words and entry, not its own: those of its supplier first, then the newest."""
    same = (
        (given["written"] == compared) & (given["list"] == case["list"]) & (given["entry"] == case["entry"])
    )
    same &= (given["article"] != case["article"]) | (given["declared"] != case["declared"])
    met = given[same & (compared != "")]
    met = met.assign(own=met["supplier"] == case["supplier_id"]) if len(met) else met.assign(own=False)
    met = met.sort_values(["own", "at", "id"], ascending=False, kind="stable")
    return tuple(
        Proposal(
            supplier=suppliers.get(int(it["supplier"]), ""),
            verdict=str(it["verdict"]),
            motive=str(it["motive"]),
            decision=str(it["decision"]),
            signed=str(it["signed"]),
            at=str(it["at"]),
            same_supplier=bool(it["own"]),
        )
        for it in met.to_dict("records")
    )


def _contents(known: Known, batch: int) -> dict[str, Any]:
    """The lists of a batch, whole, by id."""
    editions = {
        list_id(str(row["called"])): int(row["edition"])
        for group in judged.groups(known, batch)
        for row in group["lists"].to_dict("records")
    }
    return {name: judged.KeptLists(known, [edition]).packed(name) for name, edition in editions.items()}


def forces(known: Known, batch: int) -> dict[str, str]:
    """By what each list of a batch binds (`Force`), by the name that the batch calls it."""
    content = _contents(known, batch)
    made = {}
    for group in judged.groups(known, batch):
        for called in group["lists"]["called"]:
            made[str(called)] = str(content[list_id(str(called))]["lists"]["force"][0])
    return made


def _names(packed: Any, entry: str) -> tuple[str, str]:
    """What the entry is called, in English and Swedish; empty for none."""
    for name, english, swedish in zip(
        *_columns(packed["entries"], "entry", "name_en", "name_sv"), strict=True
    ):
        if name == entry:
            return english, swedish
    return "", ""


def _condition(packed: Any, entry: str) -> str:
    """The conditions of the list and of the entry's limits."""
    words = str(packed["lists"]["condition"][0]).split()
    for name, condition in zip(*_columns(packed["limits"], "entry", "condition"), strict=True):
        words += condition.split() if name == entry else []
    return " ".join(dict.fromkeys(words))


def _columns(table: Any, *names: str) -> Sequence[list[str]]:
    return [[str(value or "") for value in table[name].to_pylist()] for name in names]
