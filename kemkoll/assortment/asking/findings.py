"""What a batch found above a limit, with all that a supplier must be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.assortment import cases
from kemkoll.assortment.naming import Names
from kemkoll.lists import load_lists
from kemkoll.profiles import Profile, parse_profile
from kemkoll.store import Known, judged
from kemkoll.tables import Law, Verdict, list_id


@dataclass(frozen=True)
class Found:
    """One component of an article in which one entry is above its limit.

    Attributes:
        on: the day of the judgement.
        titles, names, requirement: of the list, the entry and the contract's requirement (empty: it is the
            law's limit), by language.
        act: the legal act, or who keeps the list.
        reference: where the limit stands.
        limit: with its operator, as the law or the contract writes it: `> 0.1 %`.
        limit_ppt: the same as a number; -1: none.
        basis, measure, condition, force: words of `tables`.
        low_ppt, high_ppt: the share.
        lines: what was handed in (`tables.LINES`).
        matched_by: by what it was found.
    """

    batch: int
    on: str
    contract: str
    list: str
    edition: str
    titles: dict[str, str]
    act: str
    names: dict[str, str]
    requirement: dict[str, str]
    reference: str
    limit: str
    limit_ppt: int
    basis: str
    measure: str
    condition: str
    force: str
    component: str
    material: str
    low_ppt: int
    high_ppt: int
    matched_by: str
    lines: pd.DataFrame

    @property
    def is_law(self) -> bool:
        """Whether it is the law's limit, and no contract's alone."""
        return self.force == "law"


def above(known: Known, batch: int, article: int | None = None) -> pd.DataFrame:
    """What a batch found above a limit and nobody has waived: columns of `BatchFinding`, and `Names`'."""
    rows = judged.findings(known, batch=batch, article=article, verdict=int(Verdict.above_limit))
    texts = {str(name): rows[name].astype(object) for name in rows if rows[name].dtype == "category"}
    rows = rows.assign(**texts)
    rows = rows[rows["waived"] == ""].reset_index(drop=True)
    then = Known(known.connection, int(judged.batch(known, batch)["seen"]))
    return Names(then).beside_findings(rows)


def found_in(known: Known, batch: int, article: int, list_: str, entry: str) -> list[Found]:
    """What a batch found of one article and entry, component by component.

    Args:
        known: any moment after the batch.
        list_: as the batch calls it.
    """
    rows = above(known, batch, article)
    rows = rows[(rows["list"] == list_) & (rows["entry"] == entry)].reset_index(drop=True)
    if not len(rows):
        return []
    about = judged.batch(known, batch)
    then = Known(known.connection, int(about["seen"]))
    written = cases.written(then, rows)
    groups = {int(it["group"]): it for it in judged.groups(known, batch)}
    made = []
    for row, said in zip(rows.to_dict("records"), written, strict=True):
        group = groups[int(row["group"])]
        law, profile, edition = _law(known, group, list_)
        told = {str(name): value for name, value in row.items()}
        made.append(_found(about, told, said.lines, law, profile, edition))
    return made


def _law(known: Known, group: dict[str, Any], list_: str) -> tuple[Law, Profile, str]:
    """The list that a group was judged by, with the contract's limits; the profile; the edition."""
    used = group["lists"]
    own = used[used["called"] == list_].iloc[0]
    edition = str(own["edition_date"])
    source = judged.KeptLists(known, [int(own["edition"])])
    profile = parse_profile(group["text"], group["name"])
    return profile.apply(load_lists([f"{list_id(list_)}@{edition}"], source=source)), profile, edition


def _found(
    about: dict[str, Any], row: dict[str, Any], lines: pd.DataFrame, law: Law, profile: Profile, edition: str
) -> Found:
    of_list = law.lists.astype(object).iloc[0]
    entries = law.entries.astype(object)
    entry = entries[entries["entry"] == row["entry"]].iloc[-1]
    limits = law.limits.astype(object)
    same = (limits["entry"] == row["entry"]) & (limits["operator"] + " " + limits["limit"] == row["limit"])
    same &= limits["basis"] == row["basis"]
    limit = limits[same].iloc[0].to_dict() if same.any() else {}
    return Found(
        batch=int(about["id"]), on=str(about["on"]), contract=row["contract_number"], list=row["list"],
        edition=edition, titles={it: str(of_list[f"title_{it}"]) for it in ("en", "sv")},
        act=str(of_list["act"]),
        names={it: str(entry[f"name_{it}"] or entry["name_en"]) for it in ("en", "sv")},
        requirement=_requirement(profile, row), limit=row["limit"], limit_ppt=int(limit.get("limit_ppt", -1)),
        reference=str(limit.get("reference") or entry["reference"]), basis=row["basis"],
        measure=str(limit.get("measure", "")), condition=str(limit.get("condition", "")), force=row["force"],
        component=str(row["component_name"]), material=str(row["material_name"]), low_ppt=int(row["low_ppt"]),
        high_ppt=int(row["high_ppt"]), matched_by=row["matched_by"], lines=lines,
    )  # fmt: skip


def _requirement(profile: Profile, row: dict[str, Any]) -> dict[str, str]:
    """What the contract's requirement says, by language; empty where the limit is the law's own."""
    if row["force"] == "law":
        return {}
    for it in profile.requirements:
        same = it["list"] == list_id(row["list"]) and f"{it['operator']} {it['limit']}" == row["limit"]
        if same and it.get("entry", "*") in ("", "*", row["entry"]):
            english = str(it.get("title_en", it.get("id", "")))
            return {"en": english, "sv": str(it.get("title_sv") or english)}
    return {}
