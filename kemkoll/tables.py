"""Every table that kemkoll works on: its columns, their types, their units, what they mean.

All work is done on pandas frames of the shapes below. Two rules hold everywhere:

* **A column named after a table holds row numbers of that table** (`int32`, `-1` for none): `lines["component"]` is a
  row number in `components`. So one number is one thing, renaming a supplier changes nothing, and joins are `take`.
* **A column that ends in `_ppt` is a mass fraction in whole numbers of 10⁻¹² kg/kg** (`int64`): sums and comparisons are
  exact. A column that ends in `_ug` is a mass in whole micrograms (`int64`, `NO_MASS` for unknown).
  `conform` refuses floats in both.

Texts that repeat are `category` (with "" for nothing, never missing). Dates are ISO text (`2026-11-22`; "" for none), which
compares as dates do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

WHOLE = 10**12
"""The whole, 100 %: one kilogram in a kilogram, in units of 10⁻¹² kg/kg."""
PERCENT = WHOLE // 100
PPM = WHOLE // 10**6
PPB = WHOLE // 10**9
NONE = -1
"""No row: the value of a row-number column that points nowhere."""
NO_MASS = -1
"""The value of a `_ug` column whose mass nobody gave."""


class Verdict(IntEnum):
    """What follows for an article, worst last: the worst finding wins."""

    not_listed = 0
    not_applicable = 1
    below_limit = 2
    exempt = 3
    listed = 4
    unknown = 5
    review = 6
    above_limit = 7


class Basis(StrEnum):
    """What a mass fraction is a fraction of, from coarse to fine; the last two stand beside the first three."""

    article = "article"
    component = "component"
    homogeneous_material = "homogeneous_material"
    plasticised_material = "plasticised_material"
    mixture = "mixture"

    @property
    def level(self) -> int:
        """How fine the basis is: 0 the article, 1 a component, 2 a material."""
        return {"article": 0, "component": 1}.get(self.value, 2)


class Measure(StrEnum):
    """What is compared with a limit.

    `substance_or_sum`: each substance alone decides; the members' sum above the limit, with each below, is for a person
    to look at (an acid and its salts: the law names each, and is silent on the sum).
    """

    substance = "substance"
    substance_or_sum = "substance_or_sum"
    sum = "sum"
    element = "element"
    presence = "presence"
    released_amine = "released_amine"
    release = "release"


class Operator(StrEnum):
    """When a share passes a limit: `>` only above it, `>=` already at it."""

    above = ">"
    at_or_above = ">="


class Intended(StrEnum):
    """Whether the supplier added the substance on purpose. Unknown never means no."""

    yes = "yes"
    no = "no"
    unknown = "unknown"


class Answer(StrEnum):
    """What a supplier says about a whole list."""

    none_above_limit = "none_above_limit"
    contains = "contains"
    do_not_know = "do_not_know"


class Scope(StrEnum):
    """How much of the article a declaration speaks of."""

    full = "full"
    list_answer = "list_answer"
    partial = "partial"


class Coverage(StrEnum):
    """How much of a list somebody has answered for."""

    covered = "covered"
    partly = "partly"
    none = "none"


class Certainty(StrEnum):
    """Whether a line that meets an entry surely belongs to it, or may."""

    certain = "certain"
    possible = "possible"


class EvidenceLevel(IntEnum):
    """How good the evidence is (levels 4, a third-party label, and 5, an accredited analysis, come from outside)."""

    none = 0
    statement_without_edition = 1
    statement = 2
    content = 3
    label = 4
    analysis = 5


class Force(StrEnum):
    """Why a list is checked: the law says so, a contract says so, or somebody watches it (never worse than review)."""

    law = "law"
    contract = "contract"
    watch = "watch"


class Condition(StrEnum):
    """A fact about an article that decides whether a limit applies to it: yes, no or unknown."""

    electrical_equipment = "electrical_equipment"
    medical_device = "medical_device"
    invasive_or_fluid_path = "invasive_or_fluid_path"
    toy_or_childcare = "toy_or_childcare"
    mouthable = "mouthable"
    skin_contact = "skin_contact"
    mucous_contact = "mucous_contact"
    jewellery = "jewellery"
    textile = "textile"
    leather = "leather"
    washable = "washable"
    food_contact = "food_contact"
    outdoor = "outdoor"
    industrial_only = "industrial_only"
    supply_to_public = "supply_to_public"
    recycled_material = "recycled_material"
    plasticised = "plasticised"
    rubber_or_plastic = "rubber_or_plastic"
    single_use = "single_use"
    laboratory_device = "laboratory_device"
    vehicle_or_aircraft = "vehicle_or_aircraft"


TRUST = ("cas", "ec", "inchikey", "skeleton", "parent", "element", "group", "name")
"""The routes by which an identity is found or an entry met, most trusted first."""

UNIDENTIFIED = "unidentified"
"""`identities["status"]` of what nobody could identify; `identified` otherwise."""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """The shape of a table: what one row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """The table with no rows.

        >>> ARTICLES.empty().shape[0]
        0
        """
        return self.conform(pd.DataFrame())

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with exactly this table's columns, in order, of its types, numbered from 0.

        A missing column is filled with its type's nothing ("", -1, False, 0).

        Raises:
            TypeError: a column in 10⁻¹² kg/kg or µg holds floating-point numbers, which cannot be exact.

        >>> LINES.conform(pd.DataFrame({"low_ppt": [0.1]}))
        Traceback (most recent call last):
            ...
        TypeError: lines.low_ppt holds float64: mass fractions and masses are whole numbers
        """
        size = len(frame)
        made: dict[str, Any] = {}
        for name, kind, _ in self.columns:
            if name not in frame:
                made[name] = _nothing(kind, name, size)
            elif name.endswith(("_ppt", "_ug")) and frame[name].dtype.kind == "f":
                raise TypeError(
                    f"{self.name}.{name} holds {frame[name].dtype}: mass fractions and masses are whole numbers"
                )
            elif kind == "category":
                made[name] = _category(frame[name])
            else:
                made[name] = frame[name].to_numpy().astype(kind) if kind != "str" else frame[name].astype(object)
        return pd.DataFrame(made, index=pd.RangeIndex(size), copy=False)


def _nothing(kind: str, name: str, size: int) -> Any:
    if kind == "category":
        return pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), categories=pd.Index([""], dtype=object))
    if kind == "str":
        return np.full(size, "", dtype=object)
    if kind == "bool":
        return np.zeros(size, dtype=bool)
    return np.full(size, NONE if kind == "int32" or name.endswith("_ug") else 0, dtype=kind)


def _category(column: pd.Series) -> pd.Categorical:
    """The column as a category of plain texts in which nothing is missing."""
    made = column.array if isinstance(column.dtype, pd.CategoricalDtype) else pd.Categorical(column)
    codes, texts = np.asarray(made.codes), made.categories.astype(object)
    if (codes < 0).any():
        if "" not in texts:
            texts = texts.append(pd.Index([""], dtype=object))
        codes = np.where(codes < 0, texts.get_loc(""), codes)
    return pd.Categorical.from_codes(codes, categories=texts)


def _table(name: str, row: str, *columns: tuple[str, str, str]) -> Table:
    return Table(name, row, tuple(Column(*column) for column in columns))


_SOURCE = (
    ("file", "category", "the file, as the user named it"),
    ("sheet", "category", "the sheet of a workbook; empty for other files"),
    ("row", "int32", "row in the sheet or file as a spreadsheet program numbers it, from 1; -1: not a row"),
)

DECLARATIONS = _table(
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
ARTICLES = _table(
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
FACTS = _table(
    "facts",
    "one fact about one article that decides which limits apply",
    ("article", "int32", ""),
    ("condition", "category", "Condition"),
    ("holds", "bool", "whether it does; a fact that is not here is unknown"),
)
COMPONENTS = _table(
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
MATERIALS = _table(
    "materials",
    "one homogeneous material of one component (or of the article, where component is -1)",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    ("component", "int32", ""),
    ("name", "category", "the material's name as written"),
    ("mass_low_ug", "int64", "least mass in one unit of the component"),
    ("mass_high_ug", "int64", "greatest mass in one unit of the component"),
)
LINES = _table(
    "lines",
    "one substance statement as the supplier wrote it, and what its amount was read as",
    ("declaration", "int32", ""),
    ("article", "int32", ""),
    ("component", "int32", ""),
    ("material", "int32", ""),
    *_SOURCE,
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
STATEMENTS = _table(
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
PROBLEMS = _table(
    "problems",
    "one thing that could not be read, or looks wrong",
    *_SOURCE,
    ("column", "category", "header of the column, as written"),
    ("code", "category", "stable code; each has a paragraph in docs/problems.md"),
    ("found", "str", "what was found, as written"),
    ("suggestion", "str", "what it may have been meant to be; several: `a | b`"),
    ("message", "str", "English sentence: what is wrong and what to do"),
    ("line", "int32", ""),
)
INPUTS = _table(
    "inputs",
    "one file the user handed over",
    ("file", "category", "as the user named it"),
    ("sha256", "category", "of its bytes; empty where it could not be opened"),
    ("format", "category", "NAME of the declaration format that read it"),
    ("lines", "int32", "lines and statements read from it"),
    ("status", "category", "read, empty (nothing to judge in it), failed"),
    ("code", "category", "problem code of a file that failed"),
    ("error", "str", "why it failed"),
)
IDENTITIES = _table(
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
READINGS = _table(
    "readings",
    "one identity that a line may have; every line has at least one",
    ("line", "int32", ""),
    ("identity", "int32", "row number in identities"),
    ("reading", "int32", "0, 1, … within the line; several: the line is only one, or a mix, of them"),
)
LISTS = _table(
    "lists",
    "one substance list in one edition",
    ("list", "category", "id"),
    ("title_en", "category", ""),
    ("title_sv", "category", ""),
    ("act", "category", "legal act, or who keeps the list"),
    ("force", "category", "Force"),
    ("condition", "category", "list-wide condition, as in limits"),
    ("applies_to", "category", "date its limits are compared with: `supply` (the day `on`) or `placed_on_market`"),
    ("answered_down_to_ppt", "int64", "for entries without a limit: the share down to which silence is an answer; 0: none"),
    ("edition", "category", "day of the edition used"),
    ("official_date", "category", "day of the newest official edition the folder knows"),
    ("official_count", "int32", "entries the publisher counts in it"),
    ("expect_every_days", "int32", "how often a new edition is expected"),
    ("sha256", "category", "of the list's folder"),
    ("asked_by_name", "bool", "the user asked for this list: its list-wide condition is taken as met"),
)
ENTRIES = _table(
    "entries",
    "one entry of one list in one period",
    ("list", "category", "list id"),
    ("entry", "category", "entry id, unique in its list"),
    ("name_en", "category", "official name"),
    ("name_sv", "category", ""),
    ("reason", "category", "why it is listed"),
    ("published", "category", "day of publication or decision"),
    ("since", "category", "first day it applies"),
    ("until", "category", "last day it applies"),
    ("reference", "category", "act and place"),
)
LIMITS = _table(
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
)
MEMBERS = _table(
    "members",
    "one thing that belongs to an entry, or does not",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("kind", "category", "cas, ec, inchikey, parent (InChIKey of the neutral parent), element, group, material, function, list"),
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
GROUPS = _table(
    "groups",
    "one entry that is a group by its wording",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("rule", "category", "id of the structure rule, or `pending`"),
    ("needs", "category", "formula that every member has at least, e.g. `C8H4O4`: what has less is surely no member"),
    ("wording", "category", "the official words"),
    ("reference", "category", ""),
)
DEROGATIONS = _table(
    "derogations",
    "what the law lets off",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("id", "category", "number in the law: `6(c)`"),
    ("use", "category", "the use let off"),
    ("material", "category", "words of a material name that suggest the use, by spaces"),
    ("limit_ppt", "int64", "greatest share let off; 0: no such limit"),
    ("floor_ppt", "int64", "least share let off (high-melting solder); 0: none"),
    ("since", "category", ""),
    ("until", "category", "last day; empty: none known"),
    ("renewal", "category", "yes (pending: stays valid), no, unknown"),
    ("reference", "category", ""),
    ("checked", "category", ""),
)
WAIVERS = _table(
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
EVIDENCE = _table(
    "evidence",
    "why one identity meets one entry",
    ("identity", "int32", "row number in identities"),
    ("list", "category", ""),
    ("entry", "category", ""),
    ("matched_by", "category", "route of TRUST"),
    ("certainty", "category", "Certainty"),
    ("member", "category", "the member met: a number, an element, a parent"),
    ("share", "float64", "for an element: its mass share in the substance; 1 otherwise"),
    ("why", "category", "reason code of a possible match; empty for a certain one"),
)
HITS = _table(
    "hits",
    "one line that meets one entry by one reading",
    ("line", "int32", ""),
    ("reading", "int32", "row number in readings"),
    ("evidence", "int32", "row number in evidence"),
)
FINDINGS = _table(
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
    ("reason", "category", "reason code"),
    ("derogation", "category", "id of the legal derogation that decided"),
    ("waived", "category", "number of the buyer's decision"),
    ("matched_by", "category", "route of TRUST"),
    ("lines", "str", "row numbers in lines, by spaces"),
)
VERDICTS = _table(
    "verdicts",
    "what follows for one article and one list",
    ("article", "int32", ""),
    ("list", "category", ""),
    ("verdict", "int8", "Verdict"),
    ("reason", "category", "reason code"),
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
    """Which entries each line meets, and by what evidence."""

    hits: pd.DataFrame = field(default_factory=HITS.empty)
    evidence: pd.DataFrame = field(default_factory=EVIDENCE.empty)


TABLES = (
    DECLARATIONS, ARTICLES, FACTS, COMPONENTS, MATERIALS, LINES, STATEMENTS, PROBLEMS, INPUTS, IDENTITIES, READINGS,
    LISTS, ENTRIES, LIMITS, MEMBERS, GROUPS, DEROGATIONS, WAIVERS, EVIDENCE, HITS, FINDINGS, VERDICTS,
)  # fmt: skip
_BY_NAME = {table.name: table for table in TABLES}


def problem(code: str, message: str, *, found: str = "", suggestion: str = "", **place: Any) -> dict[str, Any]:
    """One row of the `problems` table.

    >>> problem("cas-check-digit", "…", found="117-81-8", suggestion="117-81-7", row=12)["suggestion"]
    '117-81-7'
    """
    return {"code": code, "message": message, "found": found, "suggestion": suggestion, "row": NONE, "line": NONE} | place


def stack(table: Table, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The frames of one table under each other; categories are united, not compared as text.

    >>> len(stack(FACTS, [FACTS.empty(), FACTS.empty()]))
    0
    """
    parts = [frame for frame in frames if len(frame)]
    if len(parts) < 2:
        return table.conform(parts[0] if parts else pd.DataFrame())
    made: dict[str, Any] = {}
    for name, kind, _ in table.columns:
        if kind == "category":
            made[name] = pd.api.types.union_categoricals([_category(part[name]) for part in parts])
        else:
            made[name] = np.concatenate([part[name].to_numpy() for part in parts])
    return table.conform(pd.DataFrame(made, copy=False))
