"""Every table that kemkoll works on: its columns, their types, their units, what they mean.

All work is done on pandas frames of the shapes below. Two rules hold everywhere:

* **A column named after a table holds row numbers of that table** (`int32`, `-1` for none):
  `lines["component"]` is a row number in `components`. So one number is one thing, renaming a supplier
  changes nothing, and joins are `take`.
* **A column that ends in `_ppt` is a mass fraction in whole numbers of 10⁻¹² kg/kg** (`int64`): sums and
  comparisons are exact. A column that ends in `_ug` is a mass in whole micrograms (`int64`, `NO_MASS` for
  unknown). `conform` refuses floats in both.

Texts that repeat are `category` (with "" for nothing, never missing). Dates are ISO text (`2026-11-22`; ""
for none), which compares as dates do.
"""

from __future__ import annotations

from kemkoll.tables.declared import (
    ARTICLES,
    COMPONENTS,
    DECLARATIONS,
    DECLARED,
    FACTS,
    INPUTS,
    LINES,
    MATERIALS,
    PROBLEMS,
    STATEMENTS,
    Declarations,
    headers,
    problem,
)
from kemkoll.tables.frames import Column, Table, distinct, repeated, rows_of, stack
from kemkoll.tables.judged import (
    DECISIONS,
    EVIDENCE,
    FINDINGS,
    HITS,
    IDENTITIES,
    JUDGED,
    NAMED,
    READ,
    READINGS,
    VERDICTS,
    WAIVERS,
    Hits,
    Readings,
)
from kemkoll.tables.law import (
    DEROGATIONS,
    ENTRIES,
    GROUPS,
    LAID_DOWN,
    LIMITS,
    LISTS,
    MEMBERS,
    Law,
    list_id,
)
from kemkoll.tables.words import (
    NO_MASS,
    NONE,
    PENDING,
    PERCENT,
    PPB,
    PPM,
    STRUCTURE,
    TRUST,
    UNIDENTIFIED,
    WHOLE,
    Answer,
    Basis,
    Certainty,
    Condition,
    Coverage,
    EvidenceLevel,
    Force,
    Intended,
    Measure,
    Operator,
    Scope,
    Verdict,
)

TABLES = (*DECLARED, *READ, *LAID_DOWN, *JUDGED)
"""Every table, in the order of the flow."""

__all__ = [
    "ARTICLES",
    "COMPONENTS",
    "DECISIONS",
    "DECLARATIONS",
    "DEROGATIONS",
    "ENTRIES",
    "EVIDENCE",
    "FACTS",
    "FINDINGS",
    "GROUPS",
    "HITS",
    "IDENTITIES",
    "INPUTS",
    "LIMITS",
    "LINES",
    "LISTS",
    "MATERIALS",
    "MEMBERS",
    "NAMED",
    "NONE",
    "NO_MASS",
    "PENDING",
    "PERCENT",
    "PPB",
    "PPM",
    "PROBLEMS",
    "READINGS",
    "STATEMENTS",
    "STRUCTURE",
    "TABLES",
    "TRUST",
    "UNIDENTIFIED",
    "VERDICTS",
    "WAIVERS",
    "WHOLE",
    "Answer",
    "Basis",
    "Certainty",
    "Column",
    "Condition",
    "Coverage",
    "Declarations",
    "EvidenceLevel",
    "Force",
    "Hits",
    "Intended",
    "Law",
    "Measure",
    "Operator",
    "Readings",
    "Scope",
    "Table",
    "Verdict",
    "distinct",
    "headers",
    "list_id",
    "problem",
    "repeated",
    "rows_of",
    "stack",
]
