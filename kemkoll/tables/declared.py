"""What suppliers handed in: declarations, what they are about, their lines, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kemkoll.tables.frames import conform_each, table
from kemkoll.tables.words import NONE

_SOURCE = (
    ("file", "category", "the file, as the user named it"),
    ("sheet", "category", "the sheet of a workbook; empty for other files"),
    ("row", "int32", "row in the sheet or file as a spreadsheet program numbers it, from 1; -1: not a row"),
)

DECLARATIONS = table(
    "declarations",
    "one declaration of one supplier",
    ("supplier", "category", "the supplier's name as written"),
    ("date", "category", "day the declaration was made"),
    ("valid_until", "category", "last day it holds"),
    ("scope", "category", "Scope"),
    ("complete_down_to_ppt", "int64", "every substance down to this share is declared; 0: nobody says so"),
    ("reason", "category", "new, renewal, correction, reformulation"),
    ("evidence_level", "int32", "EvidenceLevel given from outside; -1: follows from what is declared"),
    ("file", "category", "the file"),
    ("sha256", "category", "of the file's bytes"),
)
ARTICLES = table(
    "articles",
    "one bought article",
    ("supplier", "category", "the supplier's name as written"),
    ("number", "category", "the article's number; its name where it has none"),
    ("name", "category", "the article's name"),
    ("gtin", "category", "GTIN"),
    ("mass_low_ug", "int64", "least mass of the article"),
    ("mass_high_ug", "int64", "greatest mass of the article"),
    ("placed_on_market", "category", "first day on the market"),
)
FACTS = table(
    "facts",
    "one fact about one article that decides which limits apply",
    ("article", "int32", ""),
    ("condition", "category", "Condition"),
    (
        "holds",
        "bool",
        "whether it does; a fact that is not here is unknown, and so is one that is here as both",
    ),
)
COMPONENTS = table(
    "components",
    "one part of an article in one declaration",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    ("name", "category", "the component's name as written"),
    ("parent", "int32", "row number of the component it is part of; -1: directly of the article"),
    ("units", "int32", "how many of it are in its parent; -1: nobody says"),
    ("mass_low_ug", "int64", "least mass of one unit"),
    ("mass_high_ug", "int64", "greatest mass of one unit"),
)
MATERIALS = table(
    "materials",
    "one homogeneous material of one component (or of the article, where component is -1)",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    ("component", "int32", ""),
    ("name", "category", "the material's name as written"),
    ("mass_low_ug", "int64", "least mass in one unit of the component"),
    ("mass_high_ug", "int64", "greatest mass in one unit of the component"),
)
LINES = table(
    "lines",
    "one substance statement as the supplier wrote it, and what its amount was read as",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    ("component", "int32", ""),
    ("material", "int32", ""),
    *_SOURCE,
    ("cells", "category", "the headers over its cells, as written: `cas=CAS-nr | amount=Halt`"),
    ("name", "category", "substance name as written"),
    ("cas", "category", "CAS cell as written"),
    ("ec", "category", "EC cell as written"),
    ("smiles", "category", "SMILES as written"),
    ("amount", "category", "amount as written, with the unit the file gives it"),
    ("low_ppt", "int64", "least share of the substance; rounded down"),
    ("high_ppt", "int64", "greatest share; rounded up"),
    ("step_ppt", "int64", "one unit in the last written place: how finely the share was rounded; 0: exact"),
    ("basis", "category", "Basis"),
    ("basis_assumed", "bool", "nobody wrote the basis: it follows from the columns the file has"),
    ("function", "category", "what the substance does in the material, as written"),
    ("intended", "category", "Intended"),
    ("derogation", "category", "the legal derogation the supplier claims, as written: `6(c)`"),
)
STATEMENTS = table(
    "statements",
    "one answer about a whole substance list",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    *_SOURCE,
    ("list", "category", "list id"),
    ("edition", "category", "the edition answered; empty: nobody says"),
    ("answer", "category", "Answer"),
    ("basis", "category", "Basis the answer speaks of; empty: the list's own"),
)
PROBLEMS = table(
    "problems",
    "one thing that could not be read, or looks wrong",
    *_SOURCE,
    ("column", "category", "header of the column, as written"),
    ("code", "category", "key of `codes.PROBLEMS`; each has a paragraph in docs/problems.md"),
    ("found", "str", "what was found, as written"),
    ("suggestion", "str", "what it may have been meant to be; several: `a | b`"),
    ("line", "int32", ""),
)
INPUTS = table(
    "inputs",
    "one file the user handed over",
    ("file", "category", "as the user named it"),
    ("sha256", "category", "of its bytes; empty where it could not be opened"),
    ("format", "category", "NAME of the declaration format that read it"),
    ("lines", "int32", "lines and statements read from it"),
    ("status", "category", "read, empty (nothing to judge in it), failed"),
    ("code", "category", "problem code of a file that failed"),
    ("error", "str", "why it failed, in English"),
    ("message", "str", "the same as `messages.to_text` writes it, to be said in any language"),
)
DECLARED = (DECLARATIONS, ARTICLES, FACTS, COMPONENTS, MATERIALS, LINES, STATEMENTS, PROBLEMS, INPUTS)


@dataclass
class Declarations:
    """What suppliers handed in, as tables, with everything that could not be read."""

    declarations: pd.DataFrame = field(default_factory=DECLARATIONS.empty)
    articles: pd.DataFrame = field(default_factory=ARTICLES.empty)
    facts: pd.DataFrame = field(default_factory=FACTS.empty)
    components: pd.DataFrame = field(default_factory=COMPONENTS.empty)
    materials: pd.DataFrame = field(default_factory=MATERIALS.empty)
    lines: pd.DataFrame = field(default_factory=LINES.empty)
    statements: pd.DataFrame = field(default_factory=STATEMENTS.empty)
    problems: pd.DataFrame = field(default_factory=PROBLEMS.empty)
    inputs: pd.DataFrame = field(default_factory=INPUTS.empty)

    def __post_init__(self) -> None:
        conform_each(self, DECLARED)


def headers(cells: str) -> dict[str, str]:
    """The header over each of a line's cells, as written.

    >>> headers("cas=CAS-nr | amount=Halt")
    {'cas': 'CAS-nr', 'amount': 'Halt'}
    """
    return dict(part.split("=", 1) for part in cells.split(" | ") if "=" in part)


def problem(code: str, *, found: str = "", suggestion: str = "", **place: Any) -> dict[str, Any]:
    """One row of the `problems` table; `place` gives file, sheet, row, column, line.

    >>> problem("cas-check-digit", found="117-81-8", suggestion="117-81-7", row=12)["suggestion"]
    '117-81-7'
    """
    return {"code": code, "found": found, "suggestion": suggestion, "row": NONE, "line": NONE} | place
