"""What follows: which substances lines may mean, which entries they meet, and what is found and waived."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from kemkoll.tables.declared import PROBLEMS
from kemkoll.tables.frames import table

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
WAIVERS = table(
    "waivers",
    "one deviation that a buyer has accepted",
    ("article", "int32", "-1: those that supplier and number name"),
    ("supplier", "category", "empty: any"),
    ("number", "category", "article number"),
    ("list", "category", ""),
    ("entry", "category", "empty: the whole list"),
    ("ground", "category", "why"),
    ("decision", "category", "number of the decision"),
    ("decider", "category", "who decided"),
    ("until", "category", "last day"),
)
DECISIONS = table(
    "decisions",
    "what a person made of findings that were for review",
    ("article", "int32", "-1: those that supplier and number name"),
    ("supplier", "category", "empty: any"),
    ("number", "category", "article number"),
    ("list", "category", ""),
    ("entry", "category", ""),
    ("reason", "category", "key of `codes.REASONS`: why they were for review"),
    ("limit", "category", "what they were held against, with its operator; `none`; empty: whatever it is"),
    ("verdict", "category", "name of the Verdict that the person gives"),
    ("decision", "category", "what it is called: its number"),
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
    ("decided", "category", "what the decision is called by which a person settled it; empty: nobody did"),
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
    ("alike", "int32", "an article that is answered for in the same way; -1: it has several declarations"),
)
READ = (IDENTITIES, READINGS)
JUDGED = (WAIVERS, DECISIONS, EVIDENCE, HITS, NAMED, FINDINGS, VERDICTS)


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
