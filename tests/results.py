"""A result made by hand, with every verdict in it: what the tests of the outputs show."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from kemkoll import tables
from kemkoll.messages import Message, to_text
from kemkoll.tables import PERCENT, PPM, WHOLE, Declarations, Hits, Law, Readings, Verdict, problem

FILES = ("infusion.xlsx", "gloves.csv")
REACH, ROHS, PHTHALATES = "eu-reach-candidate", "eu-rohs", "phthalates"


def frame(table: tables.Table, made: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows as the table; what a row leaves out is the type's nothing."""
    columns = {}
    for name, kind, _ in table.columns:
        if any(name in row for row in made):
            nothing = {"category": "", "str": "", "bool": False}.get(
                kind, -1 if kind == "int32" or name.endswith("_ug") else 0
            )
            columns[name] = [row.get(name, nothing) for row in made]
    return table.conform(pd.DataFrame(columns))


def make_result(**changes: Any) -> Any:
    """Three articles, all eight verdicts, problems in two files, and a file that could not be read."""
    parts: dict[str, Any] = {
        "on": "2026-11-22",
        "profile": SimpleNamespace(id="default", sha256="ab" * 32, facts={"supply_to_public": False}),
        "facts": {"supply_to_public": False},
        "assume_complete": False,
        "law": _law(),
        "declarations": _declarations(),
        "readings": _readings(),
        "hits": _hits(),
        "findings": _findings(),
        "verdicts": _verdicts(),
        "problems": _problems(),
    }
    return SimpleNamespace(**(parts | changes))


def supplied(text: str) -> Any:
    """A result in which all that a supplier can write is this text."""
    result = make_result()
    told = result.declarations
    for table, names in (
        (told.lines, ("name", "cas", "ec", "amount", "sheet", "file")),
        (told.articles, ("supplier", "number", "name")),
    ):
        for name in names:
            table[name] = text
    told.components = told.components.assign(name=text)
    told.materials = told.materials.assign(name=text)
    told.inputs = told.inputs.assign(file=text, error=text)
    place = {"file": text, "sheet": text, "column": text, "row": 3}
    problems = [problem("column-unknown", found=text, suggestion=text, **place)]
    findings = result.findings.assign(derogation=text, waived=text, decided=text)
    return make_result(declarations=told, problems=frame(tables.PROBLEMS, problems), findings=findings)


def failure(sentence: str, file: str) -> dict[str, str]:
    """Why a file could not be read, in both its columns."""
    said = Message(sentence, file=file)
    return {"error": str(said), "message": to_text(said)}


def empty_result() -> Any:
    """Nothing could be read."""
    return make_result(
        declarations=Declarations(
            inputs=frame(
                tables.INPUTS,
                [
                    {
                        "file": "gone.xlsx",
                        "lines": 0,
                        "status": "failed",
                        "code": "file-missing",
                        **failure("There is no file {file}. Check the name and the folder.", "gone.xlsx"),
                    }
                ],
            )
        ),
        readings=Readings(),
        hits=Hits(),
        findings=tables.FINDINGS.empty(),
        verdicts=tables.VERDICTS.empty(),
        problems=tables.PROBLEMS.empty(),
    )


def _declarations() -> Declarations:
    line = {
        "declaration": 0,
        "article": 0,
        "component": 0,
        "material": 0,
        "file": FILES[0],
        "sheet": "Innehåll",
        "basis": "component",
        "intended": "yes",
    }
    other = line | {
        "declaration": 1,
        "component": -1,
        "material": -1,
        "file": FILES[1],
        "sheet": "",
        "basis": "article",
    }
    made = [
        line
        | {
            "row": 8,
            "name": "DEHP",
            "cas": "117-81-7",
            "ec": "204-211-0",
            "amount": "15 %",
            "low_ppt": 15 * PERCENT,
            "high_ppt": 15 * PERCENT,
            "step_ppt": PERCENT,
            "function": "=plasticiser",
        },
        line
        | {
            "row": 9,
            "name": "bly",
            "amount": "0,05–0,2 %",
            "low_ppt": PERCENT // 20,
            "high_ppt": PERCENT // 5,
            "step_ppt": PERCENT // 100,
            "basis_assumed": True,
        },
        line
        | {
            "row": 10,
            "name": "PVC [soft]",
            "cas": "9002-86-2",
            "amount": "84 %",
            "low_ppt": 84 * PERCENT,
            "high_ppt": 84 * PERCENT,
            "step_ppt": PERCENT,
        },
        other
        | {
            "article": 1,
            "row": 2,
            "name": "DIBP",
            "cas": "84-69-5",
            "amount": "<500 ppm",
            "high_ppt": 500 * PPM - 1,
            "step_ppt": PPM,
        },
        other
        | {
            "article": 1,
            "row": 3,
            "name": "lead monoxide",
            "cas": "1317-36-8",
            "amount": "2 %",
            "low_ppt": 2 * PERCENT,
            "high_ppt": 2 * PERCENT,
            "step_ppt": PERCENT,
            "derogation": "7(c)-I",
        },
        other
        | {
            "article": 2,
            "row": 4,
            "name": "natural rubber",
            "cas": "9006-04-6",
            "amount": "100 %",
            "low_ppt": WHOLE,
            "high_ppt": WHOLE,
            "step_ppt": PERCENT,
        },
    ]
    return Declarations(
        declarations=frame(
            tables.DECLARATIONS,
            [
                {
                    "supplier": "Exempel AB",
                    "date": "2026-03-01",
                    "scope": "full",
                    "evidence_level": -1,
                    "file": FILES[0],
                    "sha256": "01" * 32,
                },
                {
                    "supplier": "Glove Ltd",
                    "scope": "partial",
                    "evidence_level": -1,
                    "file": FILES[1],
                    "sha256": "02" * 32,
                },
            ],
        ),
        articles=frame(
            tables.ARTICLES,
            [
                {
                    "supplier": "Exempel AB",
                    "number": "B-1001",
                    "name": "Infusionsaggregat",
                    "mass_low_ug": 12_000_000,
                    "mass_high_ug": 12_500_000,
                    "placed_on_market": "2025-01-01",
                },
                {
                    "supplier": "Glove Ltd",
                    "number": "G-7",
                    "name": "Monitor, small",
                    "mass_low_ug": -1,
                    "mass_high_ug": -1,
                },
                {
                    "supplier": "Glove Ltd",
                    "number": "G-8",
                    "name": "Glove",
                    "mass_low_ug": -1,
                    "mass_high_ug": -1,
                },
            ],
        ),
        facts=frame(
            tables.FACTS,
            [
                {"article": 1, "condition": "electrical_equipment", "holds": True},
                {"article": 2, "condition": "electrical_equipment", "holds": False},
            ],
        ),
        components=frame(
            tables.COMPONENTS,
            [
                {
                    "declaration": 0,
                    "article": 0,
                    "name": "slang",
                    "parent": -1,
                    "units": 2,
                    "mass_low_ug": -1,
                    "mass_high_ug": -1,
                }
            ],
        ),
        materials=frame(
            tables.MATERIALS,
            [
                {
                    "declaration": 0,
                    "article": 0,
                    "component": 0,
                    "name": "mjuk PVC",
                    "mass_low_ug": -1,
                    "mass_high_ug": -1,
                }
            ],
        ),
        lines=frame(tables.LINES, made),
        statements=frame(
            tables.STATEMENTS,
            [
                {
                    "declaration": 1,
                    "article": 2,
                    "file": FILES[1],
                    "row": 5,
                    "list": PHTHALATES,
                    "answer": "none_above_limit",
                }
            ],
        ),
        inputs=frame(
            tables.INPUTS,
            [
                {"file": FILES[0], "sha256": "01" * 32, "format": "tabular", "lines": 3, "status": "read"},
                {"file": FILES[1], "sha256": "02" * 32, "format": "tabular", "lines": 4, "status": "read"},
                {
                    "file": "old.xlsx",
                    "sha256": "03" * 32,
                    "lines": 0,
                    "status": "failed",
                    "code": "file-encrypted",
                    **failure("{file} is protected by a password. Save it without the password.", "old.xlsx"),
                },
            ],
        ),
    )


def _law() -> Law:
    def entry(name: str, key: str, english: str, swedish: str = "") -> dict[str, str]:
        return {"list": name, "entry": key, "name_en": english, "name_sv": swedish, "since": "2008-10-28"}

    limit = {
        "limit": "0.1 %",
        "limit_ppt": PERCENT // 10,
        "operator": ">",
        "basis": "component",
        "measure": "substance",
        "reference": "REACH, Article 33",
        "checked": "2026-11-01 against the consolidated text",
    }
    rohs = limit | {
        "list": ROHS,
        "basis": "homogeneous_material",
        "reference": "Directive 2011/65/EU, Annex II",
    }
    return Law(
        lists=frame(
            tables.LISTS,
            [
                {
                    "list": REACH,
                    "title_en": "REACH Candidate List",
                    "title_sv": "Kandidatförteckningen",
                    "force": "law",
                    "edition": "2026-02-04",
                    "official_date": "2026-02-04",
                    "official_count": 253,
                    "expect_every_days": 200,
                    "sha256": "0a" * 32,
                },
                {
                    "list": ROHS,
                    "title_en": "RoHS",
                    "title_sv": "RoHS",
                    "force": "law",
                    "condition": "electrical_equipment",
                    "edition": "2025-06-30",
                    "official_date": "2026-10-01",
                    "official_count": 10,
                    "expect_every_days": 365,
                    "sha256": "0b" * 32,
                    "asked_by_name": True,
                },
                {
                    "list": PHTHALATES,
                    "title_en": "Phthalates",
                    "title_sv": "Ftalater",
                    "force": "watch",
                    "edition": "2026-11-01",
                    "official_date": "2026-11-01",
                    "official_count": 3,
                    "expect_every_days": 365,
                    "sha256": "0c" * 32,
                },
            ],
        ),
        entries=frame(
            tables.ENTRIES,
            [
                entry(REACH, "dehp", "Bis (2-ethylhexyl)phthalate (DEHP)", "Bis(2-etylhexyl)ftalat (DEHP)"),
                entry(REACH, "lead", "Lead", "Bly"),
                entry(REACH, "dibp", "Diisobutyl phthalate"),
                entry(ROHS, "lead", "Lead", "Bly"),
                entry(ROHS, "dibp", "Diisobutyl phthalate (DIBP)"),
                entry(PHTHALATES, "ortho", "ortho-phthalate diesters", "ortoftalatdiestrar"),
            ],
        ),
        limits=frame(
            tables.LIMITS,
            [
                limit | {"list": REACH, "entry": "dehp"},
                limit | {"list": REACH, "entry": "lead", "condition": "mouthable !textile"},
                limit | {"list": REACH, "entry": "dibp"},
                rohs | {"entry": "lead", "measure": "element", "element": "Pb"},
                rohs | {"entry": "dibp", "condition": "!medical_device", "operator": ">="},
            ],
        ),
    )


def _readings() -> Readings:
    identity = {"found_by": "cas", "status": "identified"}
    return Readings(
        identities=frame(
            tables.IDENTITIES,
            (
                [
                    identity
                    | {
                        "cas": "117-81-7",
                        "name": "DEHP",
                        "inchikey": "BJQHLKABXJIVAM-UHFFFAOYSA-N",
                        "formula": "C24H38O4",
                    },
                    identity | {"cas": "7439-92-1", "name": "bly", "found_by": "name", "formula": "Pb"},
                    {"name": "PVC [soft]", "status": "unidentified"},
                    identity | {"cas": "84-69-5", "name": "DIBP"},
                    identity | {"cas": "1317-36-8", "name": "lead monoxide", "formula": "OPb"},
                    identity | {"cas": "9006-04-6", "name": "natural rubber"},
                ]
            ),
        ),
        readings=tables.READINGS.conform(
            pd.DataFrame({"line": range(6), "identity": range(6), "reading": 0})
        ),
    )


def _hits() -> Hits:
    def evidence(
        identity: int, name: str, entry: str, by: str = "cas", share: float = 1.0, why: str = ""
    ) -> dict[str, Any]:
        certainty = "possible" if why else "certain"
        return {
            "identity": identity,
            "list": name,
            "entry": entry,
            "matched_by": by,
            "certainty": certainty,
            "member": entry,
            "share": share,
            "why": why,
        }

    return Hits(
        hits=tables.HITS.conform(
            pd.DataFrame({"line": [0, 1, 3, 4, 3, 0], "reading": [0, 1, 3, 4, 3, 0], "evidence": range(6)})
        ),
        evidence=frame(
            tables.EVIDENCE,
            (
                [
                    evidence(0, REACH, "dehp"),
                    evidence(1, REACH, "lead", "name", why="name-only"),
                    evidence(3, REACH, "dibp"),
                    evidence(4, ROHS, "lead", "element", 0.9283),
                    evidence(3, ROHS, "dibp"),
                    evidence(0, PHTHALATES, "ortho", "group"),
                ]
            ),
        ),
    )


def _findings() -> pd.DataFrame:
    first = {"declaration": 0, "article": 0, "component": 0, "material": 0, "basis": "component"}
    second = {"declaration": 1, "article": 1, "component": -1, "material": -1, "basis": "article"}
    return frame(
        tables.FINDINGS,
        (
            [
                first
                | {
                    "list": REACH,
                    "entry": "dehp",
                    "verdict": Verdict.above_limit,
                    "low_ppt": 15 * PERCENT,
                    "high_ppt": 15 * PERCENT,
                    "limit": 0,
                    "reason": "above",
                    "matched_by": "cas",
                    "lines": "0",
                    "waived": "dnr 2026-17",
                },
                first
                | {
                    "list": REACH,
                    "entry": "lead",
                    "verdict": Verdict.review,
                    "low_ppt": PERCENT // 20,
                    "high_ppt": PERCENT // 5,
                    "limit": 1,
                    "reason": "condition-unknown",
                    "matched_by": "name",
                    "lines": "1",
                },
                first
                | {
                    "list": PHTHALATES,
                    "entry": "ortho",
                    "verdict": Verdict.listed,
                    "low_ppt": 15 * PERCENT,
                    "high_ppt": 15 * PERCENT,
                    "limit": -1,
                    "reason": "listed",
                    "matched_by": "group",
                    "lines": "0",
                },
                second
                | {
                    "list": REACH,
                    "entry": "dibp",
                    "verdict": Verdict.below_limit,
                    "low_ppt": 0,
                    "high_ppt": 500 * PPM - 1,
                    "limit": 2,
                    "reason": "below",
                    "matched_by": "cas",
                    "lines": "3",
                },
                second
                | {
                    "list": ROHS,
                    "entry": "lead",
                    "verdict": Verdict.exempt,
                    "low_ppt": 18566_000_001,
                    "high_ppt": 18566_000_002,
                    "limit": 3,
                    "reason": "derogation",
                    "derogation": "7(c)-I",
                    "matched_by": "element",
                    "lines": "4",
                },
                second
                | {
                    "list": ROHS,
                    "entry": "dibp",
                    "verdict": Verdict.not_applicable,
                    "low_ppt": 0,
                    "high_ppt": 500 * PPM - 1,
                    "limit": 4,
                    "reason": "condition-false",
                    "matched_by": "cas",
                    "lines": "3",
                },
            ]
        ),
    )


def _verdicts() -> pd.DataFrame:
    def verdict(
        article: int,
        name: str,
        level: Verdict,
        reason: str,
        covered: int,
        asked: int,
        undisclosed: int = 0,
        **more: Any,
    ) -> dict[str, Any]:
        coverage = "covered" if covered == asked else "partly" if covered else "none"
        return {
            "article": article,
            "list": name,
            "verdict": level,
            "reason": reason,
            "coverage": coverage,
            "entries_covered": covered,
            "entries_asked": asked,
            "undisclosed_ppt": undisclosed,
            "evidence_level": 3,
            **more,
        }

    return frame(
        tables.VERDICTS,
        (
            [
                verdict(
                    0, REACH, Verdict.above_limit, "above", 241, 253, 2 * PERCENT, entries="dehp", waived=True
                ),
                verdict(0, ROHS, Verdict.unknown, "undisclosed", 0, 10, 2 * PERCENT),
                verdict(0, PHTHALATES, Verdict.listed, "listed", 3, 3, entries="ortho", waived=False),
                verdict(1, REACH, Verdict.unknown, "rounding", 1, 253, 97 * PERCENT + PERCENT // 2),
                verdict(1, ROHS, Verdict.exempt, "derogation", 10, 10, entries="lead"),
                verdict(1, PHTHALATES, Verdict.unknown, "nothing-declared", 0, 3, WHOLE),
                verdict(2, REACH, Verdict.not_listed, "all-disclosed", 253, 253),
                verdict(2, ROHS, Verdict.not_applicable, "list-condition-false", 10, 10),
                verdict(2, PHTHALATES, Verdict.below_limit, "statement", 3, 3),
            ]
        ),
    )


def _problems() -> pd.DataFrame:
    place = {"file": FILES[0], "sheet": "Innehåll"}
    return frame(
        tables.PROBLEMS,
        (
            [
                problem(
                    "cas-check-digit",
                    found="117-81-8",
                    suggestion="117-81-7",
                    **place,
                    row=12,
                    column="CAS",
                    line=2,
                ),
                problem("column-unknown", found="Övrigt\x1b[31m", **place, row=3, column="Övrigt"),
                problem("substance-unidentified", found="PVC [soft]", **place, row=10, column="Ämne", line=2),
                problem("substance-unidentified", found="PVC [soft]", **place, row=11, column="Ämne"),
                problem("substance-unidentified", found="PVC [soft]", **place, row=13, column="Ämne"),
                problem(
                    "name-only", found="bly", suggestion="7439-92-1", **place, row=9, column="Ämne", line=1
                ),
                problem(
                    "cas-is-date",
                    found="1978-07-02",
                    suggestion="1978-07-2 | 7-02-78",
                    file=FILES[1],
                    row=4,
                    column="CAS",
                ),
            ]
        ),
    )
