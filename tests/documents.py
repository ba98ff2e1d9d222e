"""Declarations to try, and what comes out of them, in words that do not depend on row numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from conftest import declare
from hypothesis import strategies as st

from kemkoll.tables import Declarations, Law, Verdict

ON = "2026-11-22"
Document = dict[str, Any]

KNOWN: list[dict[str, str]] = [
    {"cas": "117-81-7", "name": "DEHP"},
    {"cas": "117-81-7"},
    {"ec": "204-211-0"},
    {"cas": "84-74-2"},
    {"cas": "28553-12-0"},
    {"cas": "7439-92-1"},
    {"cas": "1072-35-1"},
    {"cas": "1306-23-6"},
    {"cas": "375-85-9"},
    {"cas": "6130-43-4"},
    {"cas": "134237-50-6"},
    {"cas": "1163-19-5"},
    {"cas": "7791-13-1"},
    {"cas": "548-62-9"},
    {"cas": "6422-86-2"},
    {"cas": "7439-89-6"},
    {"cas": "7440-50-8"},
    {"cas": "7732-18-5"},
    {"smiles": "CCCCOC(=O)c1ccccc1C(=O)OCCCC"},
]
"""Substances that somebody can name: listed and not, by CAS number, EC number and structure."""
DOUBTFUL: list[dict[str, str]] = [
    {"name": "DEHP"},
    {"name": "Bly"},
    {"cas": "117-81-8"},
    {"cas": "117-81-7 / 84-74-2"},
    {"cas": "117-81-7", "name": "Diisononyl phthalate"},
    {"name": "Proprietary"},
    {"name": "a name that nobody knows"},
    {"cas": "7632-04-04 00:00:00"},
]
"""Cells that hide, contradict or mistype a substance."""
RISING = [
    "0 %",
    "0.005 %",
    "0.04 %",
    "0.05 %",
    "0.0999 %",
    "0.1 %",
    "0.1001 %",
    "0.2 %",
    "0.4 %",
    "3 %",
    "15 %",
    "60 %",
]
"""Amounts, each more than the one before."""
VAGUE = [
    "",
    "spår",
    "<0.05 %",
    "<0.1 %",
    "0.05-0.5 %",
    "ca 0.1 %",
    "max 0.1 %",
    "ND (<50 mg/kg)",
    "> 0.1 %",
    "97.00 %",
]
STRUCTURES = [
    "CCCCC(CC)COC(=O)c1ccccc1C(=O)OCC(CC)CCCC",
    "CCCCOC(=O)c1ccccc1C(=O)OCCCC",
    "CC(C)(c1ccc(O)cc1)c1ccc(O)cc1",
    "O=C(O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F",
    "[NH4+].[O-]C(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F",
    "[K+].[O-]S(=O)(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F",
    "C[Si]1(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O1",
    "[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]",
    "[Pb+2].[O-][Cr](=O)(=O)[O-]",
    "Cl[Co]Cl",
    "CCCCCCCCCc1ccc(O)cc1",
]
COMPONENTS = ["tube", "plug", "board"]
MATERIALS = ["PVC", "ink"]
FACTS: list[dict[str, bool]] = [
    {},
    {"electrical_equipment": True, "medical_device": False, "plasticised": True},
    {"electrical_equipment": True, "medical_device": True},
    {
        "electrical_equipment": False,
        "medical_device": False,
        "toy_or_childcare": True,
        "mouthable": True,
        "plasticised": True,
    },
]

places = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"component": st.sampled_from(COMPONENTS)}),
    st.fixed_dictionaries({"component": st.sampled_from(COMPONENTS), "material": st.sampled_from(MATERIALS)}),
)
bases = st.sampled_from(
    [{}, {}, {}, {"basis": "article"}, {"basis": "component"}, {"basis": "plasticised_material"}]
)
claims = st.sampled_from([{}, {}, {}, {"derogation": "6(c)"}, {"intended": "yes"}, {"intended": "no"}])


@st.composite
def lines(draw: st.DrawFn, substances: Sequence[Mapping[str, str]] = (*KNOWN, *DOUBTFUL)) -> dict[str, Any]:
    amount = draw(st.sampled_from(RISING + VAGUE))
    return {
        "amount": amount,
        **draw(st.sampled_from(substances)),
        **draw(places),
        **draw(bases),
        **draw(claims),
    }


@st.composite
def documents(
    draw: st.DrawFn,
    least: int = 1,
    substances: Sequence[Mapping[str, str]] = (*KNOWN, *DOUBTFUL),
    said: bool = True,
) -> Document:
    """A declaration of one article. Its lines differ, so that none is taken for a copy of another."""
    written = draw(st.lists(lines(substances), min_size=least, max_size=5))
    return {
        "lines": [line | {"function": f"use {number}"} for number, line in enumerate(written)],
        "components": _components(
            draw(st.lists(st.sampled_from(["", "10 g", "250 mg"]), min_size=3, max_size=3)), written
        ),
        "materials": _materials(draw(st.sampled_from(["", "100 mg"])), written),
        "articles": [{"facts": draw(st.sampled_from(FACTS)), "mass": draw(st.sampled_from(["", "100 g"]))}],
        "declarations": [{"complete_down_to": draw(st.sampled_from(["", "", "0.1 %", "0.01 %"]))}],
        "statements": draw(st.lists(statements, max_size=1)) if said else [],
    }


statements = st.fixed_dictionaries(
    {
        "list": st.sampled_from(["eu-reach-candidate", "eu-rohs", "phthalates"]),
        "edition": st.sampled_from(["", "2018-01-01", "2026-11-20"]),
        "answer": st.sampled_from(["none_above_limit", "contains", "do_not_know"]),
    }
)


def _components(masses: Sequence[str], written: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    used = {line.get("component") for line in written}
    return [
        {"name": name, "mass": mass} for name, mass in zip(COMPONENTS, masses, strict=True) if name in used
    ]


def _materials(mass: str, written: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    used = sorted({(line["component"], line["material"]) for line in written if "material" in line})
    return [{"component": component, "name": name, "mass": mass} for component, name in used]


# --- what came out ------------------------------------------------------------------------------


class Court:
    """Judges a document by all shipped lists."""

    def __init__(self, registry: Any, law: Law, profile: Any) -> None:
        self.registry, self.law, self.profile = registry, law, profile

    def judge(self, document: Document | Declarations, law: Law | None = None) -> Any:
        from kemkoll.flow import check

        declared = document if isinstance(document, Declarations) else declare(**document)
        return check(declared, law or self.law, profile=self.profile, registry=self.registry, on=ON)


def findings_of(result: Any) -> dict[tuple[str, str, str, str], Verdict]:
    """(article, component, list, entry) -> worst verdict."""
    parts, numbers = (
        _texts(result.declarations.components["name"]),
        _texts(result.declarations.articles["number"]),
    )
    found: dict[tuple[str, str, str, str], Verdict] = {}
    for row in result.findings.itertuples():
        component = parts[row.component] if row.component >= 0 else ""
        key = (numbers[row.article], component, str(row.list), str(row.entry))
        found[key] = max(found.get(key, Verdict(row.verdict)), Verdict(row.verdict))
    return found


def verdicts_of(result: Any) -> dict[tuple[str, str], tuple[Verdict, int, str]]:
    """(article, list) -> verdict, how many entries somebody answered for, coverage."""
    numbers = _texts(result.declarations.articles["number"])
    return {
        (numbers[row.article], str(row.list)): (
            Verdict(row.verdict),
            int(row.entries_covered),
            str(row.coverage),
        )
        for row in result.verdicts.itertuples()
    }


def hits_of(result: Any) -> set[tuple[int, str, str, str, str]]:
    """(line, list, entry, route, certainty)."""
    evidence, found = result.hits.evidence, set()
    for row in result.hits.hits.itertuples():
        why = evidence.iloc[row.evidence]
        found.add(
            (
                int(row.line),
                str(why["list"]),
                str(why["entry"]),
                str(why["matched_by"]),
                str(why["certainty"]),
            )
        )
    return found


def whole(result: Any) -> tuple[Any, Any]:
    """Findings and verdicts with all that they say, but for the numbers of rows."""
    parts, kinds = (
        _texts(result.declarations.components["name"]),
        _texts(result.declarations.materials["name"]),
    )
    findings = sorted(
        (
            parts[row.component] if row.component >= 0 else "",
            kinds[row.material] if row.material >= 0 else "",
            *(
                str(value)
                for value in (row.list, row.entry, row.verdict, row.low_ppt, row.high_ppt, row.basis)
            ),
            *(str(value) for value in (row.limit, row.reason, row.derogation, row.matched_by)),
        )
        for row in result.findings.itertuples()
    )
    verdicts = result.verdicts.astype(str).sort_values(["article", "list"]).to_dict("records")
    for verdict in verdicts:
        verdict["entries"] = sorted(verdict["entries"].split())
    return findings, verdicts


def _texts(column: pd.Series) -> list[str]:
    return column.astype(str).tolist()


def worse_or_same(before: Any, after: Any) -> None:
    """No finding is better than before; a verdict is better only where more of the list was answered."""
    old, new = findings_of(before), findings_of(after)
    better = {
        key: (verdict, new.get(key)) for key, verdict in old.items() if key not in new or new[key] < verdict
    }
    assert not better
    was, now = verdicts_of(before), verdicts_of(after)
    assert not {
        key: (was[key], now[key]) for key in was if now[key][0] < was[key][0] and now[key][1] <= was[key][1]
    }
