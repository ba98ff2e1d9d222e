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

from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from kemkoll.tables.frames import Column, Table, distinct, repeated, rows_of, stack, table
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
IDENTITIES = table(
    "identities",
    "one distinct substance that lines may mean",
    ("cas", "category", "CAS number"),
    ("ec", "category", "EC number"),
    ("inchikey", "category", "standard InChIKey"),
    ("smiles", "category", "SMILES"),
    ("formula", "category", "Hill formula of the whole substance, counter-ions included"),
    ("parents", "category", "first InChIKey blocks of its neutral fragments, `;`-separated"),
    ("name", "category", "name as written"),
    ("found_by", "category", "route of TRUST by which it was identified; empty: not identified"),
    ("status", "category", "identified or unidentified"),
    ("variable", "bool", "a polymer, alloy, mixture or UVCB: no one structure stands for it"),
)
READINGS = table(
    "readings",
    "one identity that a line may have; every line has at least one",
    ("line", "int32", ""),
    ("identity", "int32", "row number in identities"),
    ("reading", "int32", "0, 1, … within the line; several: the line is only one, or a mix, of them"),
    (
        "why",
        "category",
        "key of `codes.REASONS` that says why the line has several readings; empty: it has one",
    ),
)
LISTS = table(
    "lists",
    "one substance list in one edition",
    ("list", "category", "id"),
    ("title_en", "category", ""),
    ("title_sv", "category", ""),
    ("short_en", "category", "title over a narrow column, at most 24 letters; empty: there is none"),
    ("short_sv", "category", ""),
    ("act", "category", "legal act, or who keeps the list"),
    ("force", "category", "Force"),
    ("condition", "category", "list-wide condition, as in limits"),
    (
        "applies_to",
        "category",
        "date its limits are compared with: `supply` (the day `on`) or `placed_on_market`",
    ),
    ("above_reason", "category", "key of `codes.REASONS` for a share above a limit; empty: above"),
    ("listed_reason", "category", "the same for what is listed without a limit; empty: listed"),
    (
        "answered_down_to_ppt",
        "int64",
        "for entries without a limit: the share down to which silence is an answer; 0: none",
    ),
    ("edition", "category", "day of the edition used"),
    ("official_date", "category", "day of the newest official edition the folder knows"),
    ("official_count", "int32", "entries the publisher counts in it"),
    ("expect_every_days", "int32", "how often a new edition is expected"),
    ("sha256", "category", "of the list's folder"),
    ("asked_by_name", "bool", "the user asked for this list: its list-wide condition is taken as met"),
)
ENTRIES = table(
    "entries",
    "one entry of one list in one period",
    ("list", "category", "list id"),
    ("entry", "category", "entry id, unique in its list"),
    (
        "official",
        "category",
        "the publisher's own number of the entry: `51`, `082-004-00-2`; several entries may share one",
    ),
    ("name_en", "category", "official name"),
    ("name_sv", "category", ""),
    ("reason", "category", "why it is listed"),
    ("published", "category", "day of publication or decision"),
    ("since", "category", "first day it applies"),
    ("until", "category", "last day it applies"),
    ("reference", "category", "act and place"),
)
LIMITS = table(
    "limits",
    "one limit of one entry; as many rows as the law has",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("limit", "category", "as the law writes it: `0.1 %`"),
    ("limit_ppt", "int64", ""),
    ("operator", "category", "Operator"),
    ("basis", "category", "Basis"),
    ("measure", "category", "Measure"),
    ("element", "category", "for measure element: its symbol"),
    ("condition", "category", "facts that must all hold, by spaces; `!` before one that must not"),
    ("trace_only", "bool", "for unintended traces only"),
    ("since", "category", "first day it binds"),
    ("until", "category", "last day it binds"),
    ("reference", "category", ""),
    ("checked", "category", "where the value was confirmed, or `unconfirmed`"),
    ("force", "category", "Force of a limit that a requirement profile sets; empty: the list's"),
    ("narrower", "bool", "the law means fewer articles than the condition tells apart: never above a review"),
)
MEMBERS = table(
    "members",
    "one thing that belongs to an entry, or does not",
    ("list", "category", ""),
    ("entry", "category", ""),
    (
        "kind",
        "category",
        "cas, ec, inchikey, parent (InChIKey of the neutral one), element, group, material, function, list",
    ),
    ("value", "category", ""),
    ("name_en", "category", ""),
    ("name_sv", "category", ""),
    ("excluded", "bool", "this does not belong, although another member would take it in"),
    ("certainty", "category", "Certainty"),
    ("derived", "category", "why kemkoll adds it where the official list does not name it; empty: official"),
    ("since", "category", ""),
    ("until", "category", ""),
    ("reference", "category", ""),
)
GROUPS = table(
    "groups",
    "one entry that is a group by its wording",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("rule", "category", "what decides it: `structure`, `parent`, `members`, or `pending`: nothing yet"),
    ("conditions", "category", "for `structure`: what the rule asks (`structures.rules`), as JSON"),
    (
        "needs",
        "category",
        "formula that every member has at least, e.g. `C8H4O4`: what has less is surely no member",
    ),
    ("wording", "category", "the official words"),
    ("undecided_en", "category", "what the structure cannot tell, in words; empty: nothing"),
    ("undecided_sv", "category", ""),
    ("reference", "category", ""),
)
DEROGATIONS = table(
    "derogations",
    "what the law lets off",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("id", "category", "number in the law: `6(c)`"),
    ("use", "category", "the use let off"),
    ("material", "category", "words of a material name that suggest the use, by spaces"),
    ("condition", "category", "facts that must hold for it, as in limits"),
    ("limit_ppt", "int64", "greatest share let off; 0: no such limit"),
    ("floor_ppt", "int64", "least share let off (high-melting solder); 0: none"),
    ("since", "category", ""),
    ("until", "category", "last day; empty: none known"),
    ("renewal", "category", "yes (pending: stays valid), no, unknown"),
    ("reference", "category", ""),
    ("checked", "category", ""),
)
WAIVERS = table(
    "waivers",
    "one deviation that a buyer has accepted",
    ("supplier", "category", "empty: any"),
    ("number", "category", "article number"),
    ("list", "category", ""),
    ("entry", "category", "empty: the whole list"),
    ("ground", "category", "why"),
    ("decision", "category", "number of the decision"),
    ("decider", "category", "who decided"),
    ("until", "category", "last day"),
)
EVIDENCE = table(
    "evidence",
    "why one identity meets one entry",
    ("identity", "int32", "row number in identities; -1: it is the line's function that meets the entry"),
    ("list", "category", ""),
    ("entry", "category", ""),
    ("matched_by", "category", "route of TRUST"),
    ("certainty", "category", "Certainty"),
    ("member", "category", "the member met: a number, an element, a parent"),
    ("share", "float64", "for an element: its mass share in the substance; 1 otherwise"),
    (
        "why",
        "category",
        "key of `codes.REASONS` that says why the match is only possible; empty for a certain one",
    ),
)
HITS = table(
    "hits",
    "one line that meets one entry by one reading",
    ("line", "int32", ""),
    ("reading", "int32", "row number in readings"),
    ("evidence", "int32", "row number in evidence"),
)
NAMED = table(
    "named",
    "one material whose name meets one entry",
    ("material", "int32", ""),
    ("list", "category", ""),
    ("entry", "category", ""),
    ("certainty", "category", "Certainty"),
    ("member", "category", "the wording met"),
    ("why", "category", "key of `codes.REASONS` that says why it is only possible; empty for a certain one"),
)
FINDINGS = table(
    "findings",
    "what follows for one component (or article) and one entry",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    ("component", "int32", ""),
    ("material", "int32", ""),
    ("list", "category", ""),
    ("entry", "category", ""),
    ("verdict", "int8", "Verdict"),
    ("low_ppt", "int64", "least share that counts against the limit"),
    ("high_ppt", "int64", "greatest share"),
    ("basis", "category", "Basis of these shares"),
    ("limit", "int32", "row number in limits; -1: the entry sets none"),
    ("reason", "category", "key of `codes.REASONS`"),
    ("derogation", "category", "id of the legal derogation that decided"),
    ("waived", "category", "number of the buyer's decision"),
    ("matched_by", "category", "route of TRUST"),
    ("lines", "str", "row numbers in lines, by spaces"),
)
VERDICTS = table(
    "verdicts",
    "what follows for one article and one list",
    ("article", "int32", ""),
    ("list", "category", ""),
    ("verdict", "int8", "Verdict"),
    ("reason", "category", "key of `codes.REASONS`"),
    ("entries", "str", "all entries at the worst level, by spaces"),
    ("coverage", "category", "Coverage"),
    ("entries_covered", "int32", "entries of the list that somebody answered for"),
    ("entries_asked", "int32", "entries of the list"),
    ("undisclosed_ppt", "int64", "greatest share of a component (or the article) that nobody told us about"),
    ("evidence_level", "int8", "EvidenceLevel"),
    ("waived", "bool", "every finding at the worst level is waived by the buyer"),
)


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
        for part in fields(self):
            setattr(self, part.name, _BY_NAME[part.name].conform(getattr(self, part.name)))


@dataclass
class Law:
    """Substance lists as tables, each list in one edition."""

    lists: pd.DataFrame = field(default_factory=LISTS.empty)
    entries: pd.DataFrame = field(default_factory=ENTRIES.empty)
    limits: pd.DataFrame = field(default_factory=LIMITS.empty)
    members: pd.DataFrame = field(default_factory=MEMBERS.empty)
    groups: pd.DataFrame = field(default_factory=GROUPS.empty)
    derogations: pd.DataFrame = field(default_factory=DEROGATIONS.empty)

    def __post_init__(self) -> None:
        for part in fields(self):
            setattr(self, part.name, _BY_NAME[part.name].conform(getattr(self, part.name)))


@dataclass
class Readings:
    """Which substance each line may mean."""

    identities: pd.DataFrame = field(default_factory=IDENTITIES.empty)
    readings: pd.DataFrame = field(default_factory=READINGS.empty)
    problems: pd.DataFrame = field(default_factory=PROBLEMS.empty)


@dataclass
class Hits:
    """Which entries each line meets, and by what evidence; and which entries materials meet by name."""

    hits: pd.DataFrame = field(default_factory=HITS.empty)
    evidence: pd.DataFrame = field(default_factory=EVIDENCE.empty)
    named: pd.DataFrame = field(default_factory=NAMED.empty)


TABLES = (
    DECLARATIONS, ARTICLES, FACTS, COMPONENTS, MATERIALS, LINES, STATEMENTS, PROBLEMS, INPUTS, IDENTITIES,
    READINGS,
    LISTS, ENTRIES, LIMITS, MEMBERS, GROUPS, DEROGATIONS, WAIVERS, EVIDENCE, HITS, NAMED, FINDINGS, VERDICTS,
)  # fmt: skip
_BY_NAME = {table.name: table for table in TABLES}


def headers(cells: str) -> dict[str, str]:
    """The header over each of a line's cells, as written.

    >>> headers("cas=CAS-nr | amount=Halt")
    {'cas': 'CAS-nr', 'amount': 'Halt'}
    """
    return dict(part.split("=", 1) for part in cells.split(" | ") if "=" in part)


def list_id(name: str) -> str:
    """The id of a list, of whatever edition: a list judged in several is called by name and edition.

    >>> list_id("eu-rohs@2019-07-22")
    'eu-rohs'
    """
    return name.partition("@")[0]


def problem(code: str, *, found: str = "", suggestion: str = "", **place: Any) -> dict[str, Any]:
    """One row of the `problems` table; `place` gives file, sheet, row, column, line.

    >>> problem("cas-check-digit", found="117-81-8", suggestion="117-81-7", row=12)["suggestion"]
    '117-81-7'
    """
    return {"code": code, "found": found, "suggestion": suggestion, "row": NONE, "line": NONE} | place


__all__ = [
    "ARTICLES",
    "COMPONENTS",
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
