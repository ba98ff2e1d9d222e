"""Declarations to try, and what comes out of them, in words that do not depend on row numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from conftest import declare
from hypothesis import strategies as st

from kemkoll.cli.examples import SUFFIXES
from kemkoll.paths import data
from kemkoll.tables import NONE, Law, Verdict

ON = "2026-11-22"
EXAMPLES = sorted(path for path in data("examples").iterdir() if path.suffix in SUFFIXES)
"""The declarations that everybody can try."""
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
PLAIN: list[dict[str, str]] = [
    {"cas": "7439-89-6"},
    {"cas": "7440-50-8"},
    {"cas": "7439-92-1"},
    {"cas": "1306-23-6"},
    {"cas": "7732-18-5"},
]
"""Substances too simple to belong to any group that is still undecided."""
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
def lines(draw: st.DrawFn, within: Document | None = None) -> dict[str, Any]:
    """A line; `within` a document, it stands at the article or in a part that the document has."""
    place = draw(places)
    if within is not None and place.get("component") not in {
        None,
        *(it["name"] for it in within["components"]),
    }:
        place = {}
    substance, amount = draw(st.sampled_from(KNOWN + DOUBTFUL)), draw(st.sampled_from(RISING + VAGUE))
    return {"amount": amount, **substance, **place, **draw(bases), **draw(claims)}


@st.composite
def documents(draw: st.DrawFn, least: int = 1, *, said: bool = True) -> Document:
    """A declaration of one article. Its lines differ, so that none is taken for a copy of another."""
    written = draw(st.lists(lines(), min_size=least, max_size=5))
    masses = draw(st.lists(st.sampled_from(["", "10 g", "250 mg"]), min_size=3, max_size=3))
    return {
        "lines": [line | {"function": f"use {number}"} for number, line in enumerate(written)],
        "components": _components(masses, written),
        "materials": _materials(draw(st.sampled_from(["", "100 mg"])), written),
        "articles": [{"facts": draw(st.sampled_from(FACTS)), "mass": draw(st.sampled_from(["", "100 g"]))}],
        "declarations": [{"complete_down_to": draw(st.sampled_from(["", "", "0.1 %", "0.01 %"]))}],
        "statements": draw(st.lists(statements, max_size=1)) if said else [],
    }


def several(one: st.SearchStrategy[Document]) -> st.SearchStrategy[list[Document]]:
    return st.lists(one, min_size=1, max_size=6)


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


@dataclass(frozen=True)
class Outcome:
    """What came out for one document, with parts and lines counted within it."""

    findings: dict[tuple[int, str, str], Verdict]
    """(component, list, entry) -> worst verdict."""
    verdicts: dict[str, tuple[Verdict, int, str]]
    """list -> verdict, how many entries somebody answered for, coverage."""
    hits: set[tuple[int, str, str, str, str]]
    """(line, list, entry, route, certainty)."""
    whole: tuple[Any, Any]
    """Findings and verdicts with all that they say but the numbers of their rows."""
    found_lines: set[int]
    """Lines that a finding names."""


class Court:
    """Judges documents by all shipped lists, all in one go: each is an article of its own."""

    def __init__(self, registry: Any, law: Law, profile: Any) -> None:
        self.registry, self.law, self.profile = registry, law, profile

    def judge(self, documents: Sequence[Document], law: Law | None = None) -> list[Outcome]:
        result = self.result(documents, law)
        return [_outcome(result, number) for number in range(len(documents))]

    def result(self, documents: Sequence[Document], law: Law | None = None) -> Any:
        from kemkoll.flow import check

        law = self.law if law is None else law
        declared = declare(**together(documents))
        return check(declared, law, profile=self.profile, registry=self.registry, on=ON)


def together(documents: Sequence[Document]) -> Document:
    """One document of several articles, each with declarations of its own."""
    both: Document = {"articles": [], "declarations": []}
    for number, document in enumerate(documents, 1):
        before, article = len(both["declarations"]), f"article {number}"
        both["articles"].append(document["articles"][0] | {"number": article})
        both["declarations"] += document["declarations"]
        for key in ("lines", "components", "materials", "statements"):
            moved = (
                {**it, "article": article, "declaration": before + it.get("declaration", 1)}
                for it in document[key]
            )
            both[key] = [*both.get(key, []), *moved]
    return both


def _outcome(result: Any, article: int) -> Outcome:
    """What came out for the article in that row."""
    declared = result.declarations
    parts, kinds, lines_ = (
        _places(frame, article) for frame in (declared.components, declared.materials, declared.lines)
    )
    findings: dict[tuple[int, str, str], Verdict] = {}
    said, found_lines = [], set()
    for row in result.findings[result.findings["article"] == article].itertuples():
        part, verdict = parts[row.component], Verdict(row.verdict)
        key = (part, str(row.list), str(row.entry))
        findings[key] = max(findings.get(key, verdict), verdict)
        numbers = sorted(lines_[int(line)] for line in str(row.lines).split())
        found_lines.update(numbers)
        said.append(tuple(map(str, (
            part, kinds[row.material], row.list, row.entry, row.verdict, row.low_ppt, row.high_ppt, row.basis,
            row.limit, row.reason, row.derogation, row.matched_by,
        ))))  # fmt: skip
    rows = result.verdicts[result.verdicts["article"] == article]
    verdicts = {
        str(it.list): (Verdict(it.verdict), int(it.entries_covered), str(it.coverage))
        for it in rows.itertuples()
    }
    texts = rows.drop(columns=["article", "alike"]).astype(str).sort_values("list").to_dict("records")
    for text in texts:
        text["entries"] = " ".join(sorted(text["entries"].split()))
    return Outcome(findings, verdicts, _hits(result, lines_), (sorted(said), texts), found_lines)


def _places(frame: pd.DataFrame, article: int) -> dict[int, int]:
    """Row number -> place within the article."""
    rows = frame.index[frame["article"] == article]
    return {NONE: NONE} | {int(row): place for place, row in enumerate(rows)}


def _hits(result: Any, lines_: Mapping[int, int]) -> set[tuple[int, str, str, str, str]]:
    evidence, found = result.hits.evidence, set()
    for row in result.hits.hits[result.hits.hits["line"].isin(list(lines_))].itertuples():
        why = evidence.iloc[row.evidence]
        texts = (str(why[column]) for column in ("list", "entry", "matched_by", "certainty"))
        found.add((lines_[int(row.line)], *texts))
    return found


def worse_or_same(before: Outcome, after: Outcome) -> None:
    """No finding is better than before; a verdict is better only where more of the list was answered."""
    old, new = before.findings, after.findings
    assert not {key: (old[key], new.get(key)) for key in old if key not in new or new[key] < old[key]}
    was, now = before.verdicts, after.verdicts
    better = {
        key: (was[key], now[key]) for key in was if now[key][0] < was[key][0] and now[key][1] <= was[key][1]
    }
    assert not better
