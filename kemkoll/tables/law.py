"""What the law, a contract or an authority names: lists, their entries, limits, members and derogations."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from kemkoll.tables.frames import conform_each, table

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
    ("unasked", "bool", "the requirement profile asks nothing of it, whatever the list does"),
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
LAID_DOWN = (LISTS, ENTRIES, LIMITS, MEMBERS, GROUPS, DEROGATIONS)


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
        conform_each(self, LAID_DOWN)


def list_id(name: str) -> str:
    """The id of a list, of whatever edition: a list judged in several is called by name and edition.

    >>> list_id("eu-rohs@2019-07-22")
    'eu-rohs'
    """
    return name.partition("@")[0]
