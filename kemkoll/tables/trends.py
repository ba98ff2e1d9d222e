"""What the years showed: who was in the assortment, what was found, what came instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import pandas as pd

from kemkoll.tables.frames import table


class State(IntEnum):
    """What is known of an article by one list: an article that nobody has answered for is not free."""

    absent = 0
    unknown = 1
    free = 2
    contains = 3


class Reading(StrEnum):
    """By which edition of the list a year is read.

    `fixed`: that of the first year of the series, the headline; `own`: that of the year itself; `reread`: the
    newest, by which every earlier year is judged anew.
    """

    fixed = "fixed"
    own = "own"
    reread = "reread"


class Weight(StrEnum):
    """What an article counts for: one, or what was bought of it in the year."""

    articles = "articles"
    spend = "spend"
    units = "units"
    mass = "mass"


class Grouping(StrEnum):
    """By what articles are told apart."""

    category = "category"
    contract = "contract"
    supplier = "supplier"
    organisation = "organisation"


PERIODS = table(
    "periods",
    "one snapshot of a series, oldest first",
    ("name", "category", "what people call it: 2025"),
    ("day", "category", "the day that was judged"),
    ("taken", "category", "the day on which it was frozen"),
    ("edition", "category", "day of the list's own edition in that year"),
    ("entries", "int32", "entries of that edition"),
    ("broken", "category", "why it cannot be compared with what was before it; empty: it can"),
)
PANEL = table(
    "panel",
    "one article in one period",
    ("period", "int32", ""),
    ("article", "int64", "the number that all versions of an article share, whatever it was renumbered to"),
    ("fixed", "int8", "State by the edition of the first period"),
    ("own", "int8", "State by the edition of this period"),
    ("reread", "int8", "State by the edition of the last period"),
    ("outcome", "category", "what became of it under its contract (Outcome)"),
    ("evidence_level", "int8", "EvidenceLevel of what answers for it"),
    ("supplier", "category", "empty: nobody knows"),
    ("category", "category", "code of its product category"),
    ("spend_ore", "int64", "bought in the year, 1/100 of the currency; -1: unknown"),
    ("units", "int64", "pieces bought in the year; -1: unknown"),
    ("content_low_ug", "int64", "least mass of what the list names in one piece; -1: unknown"),
    ("content_high_ug", "int64", "greatest mass of it; -1: unknown"),
    (
        "kin",
        "int8",
        "1: it holds another substance of the kind, or one that is watched; 0: not; -1: unknown",
    ),
)
CONTRACTED = table(
    "contracted",
    "one article under one contract in one period",
    ("period", "int32", ""),
    ("article", "int64", ""),
    ("contract", "category", "number of the contract"),
    ("organisation", "category", "who buys by it"),
)
WITHIN = table(
    "within",
    "one category that lies below a wider one in one period, or is it",
    ("period", "int32", ""),
    ("wider", "category", "code of a category that has others below it"),
    ("category", "category", "code of one of them, or the same"),
)
STEPS = table(
    "steps",
    "why what is declared of an article is other than one period before",
    ("period", "int32", "the later period"),
    ("article", "int64", ""),
    ("reason", "category", "of the declaration that made the difference; `lapsed`: there is none any more"),
)
SUCCESSIONS = table(
    "successions",
    "one article that took the place of another",
    ("article", "int64", ""),
    ("successor", "int64", ""),
    ("since", "category", "first day of the successor; empty: nobody says"),
)
FOUND = table(
    "found",
    "one entry that an article holds above its limit, in one period",
    ("period", "int32", ""),
    ("article", "int64", ""),
    ("list", "category", ""),
    ("entry", "category", ""),
    ("name_en", "category", ""),
    ("name_sv", "category", ""),
    ("newer", "bool", "the entry came after the edition of the first period"),
)
SAMPLES = table(
    "samples",
    "one substance that a laboratory looked for in one part of an article",
    ("period", "int32", ""),
    ("article", "int64", ""),
    ("component", "category", ""),
    ("name", "category", "of the substance"),
    ("cas", "category", ""),
    ("value_ppt", "int64", "what was found; where `below`, the limit of quantification"),
    ("below", "bool", "below the limit of quantification: never printed as 0"),
    ("quantification_ppt", "int64", "limit of quantification; -1: not given"),
    ("uncertainty", "category", "as the laboratory writes it"),
    ("contract_ppt", "int64", "limit of the contract; -1: none"),
    ("legal_ppt", "int64", "limit of the law; -1: none"),
    ("declared", "int8", "State by what was declared of the article"),
    ("day", "category", ""),
)
ENQUIRIES = table(
    "enquiries",
    "one question that was sent to a supplier",
    ("supplier", "category", ""),
    ("sent", "category", "day"),
    ("due", "category", "day"),
    ("reminded", "category", "day of the last reminder; empty: none"),
    ("answered", "category", "day; empty: no answer"),
)
DEVIATIONS = table(
    "deviations",
    "one article that deviates from its contract by one list, from the first snapshot that says so",
    ("article", "int64", ""),
    ("list", "category", ""),
    ("contract", "category", ""),
    ("opened", "category", "day"),
    ("closed", "category", "day; empty: open"),
    ("waived", "bool", "accepted by the buyer for now"),
)
WAIVED = table(
    "waived",
    "one deviation that the buyer has accepted (dispens)",
    ("waiver", "int64", ""),
    ("list", "category", ""),
    ("ground", "category", ""),
    ("decision", "category", ""),
    ("since", "category", ""),
    ("until", "category", "last day"),
    ("phase_out", "category", "what is to be done; empty: no duty"),
    ("phase_out_until", "category", ""),
    ("articles", "int64", "how many it holds for"),
)
AIMS = table(
    "aims",
    "what an organisation has set out to reach",
    ("name", "category", ""),
    ("indicator", "category", "as `INDICATORS` calls it"),
    ("list", "category", ""),
    ("category", "category", "empty: all"),
    ("base_year", "int32", ""),
    ("base_value", "float64", "not a number: that of the series"),
    ("year", "int32", ""),
    ("value", "float64", ""),
    ("decision", "category", ""),
)
INDICATORS = table(
    "indicators",
    "one figure",
    ("indicator", "category", "K0 … K18, with a letter where one has several figures: K2b"),
    ("reading", "category", "Reading"),
    ("weight", "category", "Weight"),
    ("grouping", "category", "Grouping; empty: all articles"),
    ("group", "category", "which of them; empty: all"),
    ("base", "int32", "period that it is compared with; -1: none"),
    ("period", "int32", ""),
    ("unit", "category", "share, points (a difference of shares), count, days, kg, ore"),
    ("value", "float64", "not a number where there is none"),
    ("numerator", "float64", ""),
    ("denominator", "float64", ""),
    ("low", "float64", "least that it can be, whatever the unknown articles hold"),
    ("high", "float64", "greatest"),
    ("coverage", "float64", "share of the articles (or of their weight) that somebody has answered for"),
    ("missing", "category", "why there is no value (`trends.words`); empty: there is one"),
)
FLOWS = table(
    "flows",
    "how many articles came to, or left, those that contain, and how",
    ("reading", "category", "Reading"),
    ("grouping", "category", "Grouping; empty: all articles"),
    ("group", "category", ""),
    ("base", "int32", "period"),
    ("period", "int32", "period"),
    ("flow", "category", "`trends.Flow`"),
    ("articles", "int64", "how many; always positive: the flow says whether they came or left"),
)
OUTCOMES = table(
    "outcomes",
    "how many articles one outcome became of",
    ("grouping", "category", "Grouping; empty: all articles"),
    ("group", "category", ""),
    ("period", "int32", ""),
    ("outcome", "category", "as PANEL has it"),
    ("articles", "int64", ""),
)
MATRIX = table(
    "matrix",
    "one product category by one list",
    ("grouping", "category", "Grouping; empty: all articles"),
    ("group", "category", "empty: all"),
    ("list", "category", ""),
    ("period", "int32", ""),
    ("articles", "int64", "in the assortment"),
    ("declared", "int64", "of them"),
    ("contains", "int64", "of them"),
    ("share", "float64", "of the declared that contain; not a number where there is none"),
    ("low", "float64", "share of all that is known to contain"),
    ("high", "float64", "share of all that may contain"),
    ("missing", "category", "why there is no share; empty: there is one"),
)
TOP = table(
    "top",
    "one entry by how many articles hold it above its limit",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("name_en", "category", ""),
    ("name_sv", "category", ""),
    ("newer", "bool", "the entry came after the edition of the first period"),
    ("articles", "int64", "in the period"),
    ("before", "int64", "in the period that it is compared with; -1: with none"),
)
SUBSTITUTED = table(
    "substituted",
    "one entry that articles held, and what is known of what came instead",
    ("list", "category", ""),
    ("entry", "category", ""),
    ("name_en", "category", ""),
    ("name_sv", "category", ""),
    ("flow", "category", "`trends.Flow`: reformulated, or replaced"),
    ("kin", "int8", "1: another substance of the kind, or one that is watched; 0: not; -1: unknown"),
    ("articles", "int64", ""),
)
TARGETS = table(
    "targets",
    "one aim in one period",
    ("aim", "category", "its name"),
    ("indicator", "category", ""),
    ("list", "category", ""),
    ("category", "category", "empty: all"),
    ("decision", "category", ""),
    ("period", "int32", "-1: of the aim's year there is no snapshot"),
    ("year", "int32", "of the period"),
    ("from_year", "int32", "in which the path starts"),
    ("from_value", "float64", "where it starts"),
    ("to_year", "int32", "in which it ends"),
    ("to_value", "float64", "where it ends"),
    ("path", "float64", "where it is in that year, on the straight line"),
    ("value", "float64", "what was reached"),
    ("low", "float64", ""),
    ("high", "float64", ""),
    ("outcome", "category", "`trends.Target`"),
    ("by_value", "category", "what the outcome would be if the unknown articles were as the others are"),
    ("missing", "category", "why it cannot be assessed; empty: it can, or its bounds do not agree"),
)
HIDDEN = table(
    "hidden",
    "one group that nobody outside may see in one period",
    ("grouping", "category", "Grouping; empty: all articles"),
    ("group", "category", ""),
    ("period", "int32", ""),
    ("why", "category", "few: fewer suppliers than may be shown; complement: few could be computed from it"),
)
OVER_TIME = (
    PERIODS, PANEL, CONTRACTED, WITHIN, STEPS, SUCCESSIONS, FOUND,
    SAMPLES, ENQUIRIES, DEVIATIONS, WAIVED, AIMS, INDICATORS, FLOWS,
    OUTCOMES, MATRIX, TOP, SUBSTITUTED, TARGETS, HIDDEN,
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """What one list found in an assortment over the years.

    Attributes:
        list: its id.
        base: period (row number) whose edition `fixed` reads by, and that others are compared with.
    """

    list: str = ""
    base: int = 0
    periods: pd.DataFrame = field(default_factory=PERIODS.empty)
    panel: pd.DataFrame = field(default_factory=PANEL.empty)
    contracted: pd.DataFrame = field(default_factory=CONTRACTED.empty)
    within: pd.DataFrame = field(default_factory=WITHIN.empty)
    steps: pd.DataFrame = field(default_factory=STEPS.empty)
    successions: pd.DataFrame = field(default_factory=SUCCESSIONS.empty)
    found: pd.DataFrame = field(default_factory=FOUND.empty)
