"""Every shipped list is what its official export says: no number missing, none invented, every day the same.

The exports are not in the project: `KEMKOLL_REFERENCE` names their folder, and without it these tests are
skipped. Where a list differs from its export, the difference stands here with its reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

import pytest
from official import REFERENCE, official

from kemkoll import paths
from kemkoll.lists.folder import Folder, read_folder

pytestmark = pytest.mark.reference

ROOT = paths.data("substance_lists")

Number = tuple[str, str]
"""Kind (`cas`, `ec`) and number."""


@dataclass(frozen=True)
class Row:
    """What one row of an export says: which entry it speaks of, its numbers, its days (ISO texts)."""

    key: str
    numbers: frozenset[Number]
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """An official export, and how a list follows it.

    Attributes:
        list: the list's id.
        rows: what the export says.
        by: columns of entries.csv that may hold a row's key.
        entry: where the export speaks of one entry only, the official number of that entry.
        elsewhere: groups may have members that other exports name; else every number is in this one.
        beyond: numbers that the act names and no export does, with the reason.
        different: keys whose days differ, or that the list has under another name, with the reason.
    """

    list: str
    rows: Callable[[], list[Row]]
    by: tuple[str, ...] = ("name_en",)
    entry: str = ""
    elsewhere: bool = False
    beyond: dict[str, str] = field(default_factory=dict)
    different: dict[str, str] = field(default_factory=dict)


# --- the exports ------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?<![\d-])(?:(?P<cas>\d{2,7}-\d\d-\d)|(?P<ec>\d{3}-\d{3}-\d))(?![\d-])")
_REMARK = re.compile(r"\[(?:Basis|Click).*?\]|\(NOTE.*?\)")
CMR = re.compile(r"(?:Carc|Muta|Repr)\. 1[AB]")


def numbers_in(*cells: str) -> frozenset[Number]:
    """The numbers in some cells, whatever stands between them."""
    found = _NUMBER.finditer(" ; ".join(cells))
    return frozenset((met.lastgroup or "", met[0]) for met in found)


def key_of(text: str) -> str:
    """A name or number by which rows and entries are the same: letters and digits alone."""
    return re.sub(r"[\W_]", "", _REMARK.sub("", text).casefold()).lstrip("0")


def day_of(text: str) -> str:
    """`17-Feb-2011` as an ISO date; nothing for a dash."""
    return datetime.strptime(text, "%d-%b-%Y").date().isoformat() if text.strip("- ") else ""


def table(name: str) -> list[dict[str, str]]:
    """The rows of an export, CSV or workbook.

    Raises:
        pytest.skip.Exception: the exports are not here.
    """
    path = official(name)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    from python_calamine import CalamineWorkbook

    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]


def candidate() -> list[Row]:
    rows = table("svhc/svhc_candidate_list_2026-04-01.csv")
    names = {row["entry_no"]: row["name"] for row in rows if row["is_entry"] == "True"}
    return [
        Row(key_of(names[row["entry_no"]]), numbers_in(row["cas"], row["ec"]), (row["date_of_inclusion"],))
        for row in rows
    ]


def chem(name: str, key: str, *days: str) -> Callable[[], list[Row]]:
    """The rows of an export of ECHA CHEM."""

    def rows() -> list[Row]:
        return [
            Row(
                key_of(row[key]),
                numbers_in(row["EC number"], row["CAS number"]),
                tuple(filter(None, (day_of(row[day]) for day in days))),
            )
            for row in table(name)
        ]

    return rows


def harmonised() -> list[Row]:
    """What is carcinogenic, mutagenic or toxic for reproduction by the export, and what was added since."""
    exported = [
        Row(key_of(row["Index number"]), numbers_in(row["EC number"], row["CAS number"]))
        for row in table("clp/Harmonised_List.xlsx")
        if CMR.search(row["Hazard class, category and statement code(s)"])
    ]
    added = [
        Row(key_of(row["index_no"]), numbers_in(row["ec"], row["cas"]))
        for row in table("clp/added_by_atp22_and_atp23.csv")
        if CMR.search(row["hazard_class"])
    ]
    return exported + added


def proposition_65() -> list[Row]:
    """Listings and what was removed; rows without number and day are footnotes and daily levels."""
    rows = table("prop65/prop65_2026-07-31.csv")
    return [
        Row(
            key_of(row["name"]),
            numbers_in(row["cas"]),
            (row["date_listed"],) if row["delisted"] == "False" else (),
        )
        for row in rows
        if row["cas"] or row["date_listed"]
    ]


def edlists(*numbers: int) -> Callable[[], list[Row]]:
    def rows() -> list[Row]:
        found = [row for n in numbers for row in table(f"endocrine/edlists_list{n}_2026-04.csv")]
        return [
            Row(key_of(row["ID (for name)"]), numbers_in(row["CAS no."], row["EC / List no."]))
            for row in found
        ]

    return rows


def annex(name: str) -> Callable[[], list[Row]]:
    """The CAS numbers of an appendix, or of a table in an annex."""
    return lambda: [Row("", numbers_in(row["cas"])) for row in table(name)]


RCF = {key_of("Aluminosilicate Refractory Ceramic Fibres"): "another day in each export; see the README"}
ENDOCRINE_LATER = "the export has the day on which the endocrine grounds came, 2021-11-23"
FOUR_PHTHALATES = (
    "Benzyl butyl phthalate (BBP)",
    "Bis (2-ethylhexyl)phthalate (DEHP)",
    "Dibutyl phthalate (DBP)",
    "Diisobutyl phthalate (DIBP)",
)
PFOS = (
    "Perfluorooctane sulfonic acid (PFOS), its salts and PFOS-related compoundsC8F17SO2X (X = OH, Metal salt "
)
PFOS += "(O-M+ ), halide, amide, and other related compounds including polymers)"
PFHXS = key_of("Perfluorohexane sulfonic acid (PFHxS), its salts and PFHxS-related compounds")
POPS_ACT = [
    "206-200-6", "206-270-8", "206-271-3", "210-168-9", "216-887-4", "223-980-3", "246-262-1",
    "250-665-8", "253-058-6", "260-375-3", "273-031-2", "274-864-4",
]  # fmt: skip
XVII_ACT = [
    "201-469-6", "201-695-5", "203-094-3", "204-214-7", "205-893-2", "205-917-1", "209-030-0",
    "232-419-1", "236-326-7", "247-783-7", "247-977-1", "249-079-5", "271-090-9", "271-091-4",
]  # fmt: skip
ANNEX_VI = [
    "21136-70-9", "36341-27-2", "531-85-1", "531-86-2", "612-52-2", "64969-36-4", "74753-18-7",
    "208-519-6", "208-520-1", "209-030-0", "210-313-6", "210-322-5", "244-236-4", "252-984-8",
    "265-294-7", "277-985-0",
]  # fmt: skip
POSTPONED = {"603-061-00-7", "605-001-00-5"}
"""Classified by the 6th adaptation; (EU) 2015/491 let them apply from 1 January 2016, not 1 April 2015."""

SOURCES = {
    "candidate": Source("eu-reach-candidate", candidate, different=RCF),
    "authorisation": Source(
        "eu-reach-authorisation",
        chem(
            "annex-xiv/annex_xiv_authorisation_list_2026-03.csv", "Substance name",
            "Regulatory outcome date", "Latest application date", "Sunset date",
        ),
        elsewhere=True,
        different=dict.fromkeys(map(key_of, FOUR_PHTHALATES), ENDOCRINE_LATER),
    ),
    "restriction": Source(
        "eu-reach-restriction",
        chem("annex-xvii/annex_xvii_restriction_list_2026-03.csv", "Entry number"),
        by=("official",),
        elsewhere=True,
        beyond=dict.fromkeys(XVII_ACT, "printed in (EC) No 552/2009 and what amended it"),
    ),
    "pops": Source(
        "eu-pops",
        chem("pops/eu_pops_list_2026-03.csv", "Substance name", "Date of inclusion"),
        by=("official", "name_en"),
        elsewhere=True,
        beyond=dict.fromkeys(POPS_ACT, "printed in Annex I of Regulation (EU) 2019/1021"),
        different={
            key_of(PFOS): "the list leaves out the formula that the export has in the name",
            PFHXS: "the export has the day of Annex IV; the list that of Annex I",
        },
    ),
    "harmonised": Source(
        "eu-clp-cmr",
        harmonised,
        by=("official",),
        elsewhere=True,
        beyond=dict.fromkeys(ANNEX_VI, "printed in Annex VI; the export leaves these salts out"),
    ),
    "endocrine": Source(
        "eu-endocrine",
        edlists(1),
        by=("official",),
        elsewhere=True,
        different={"766": "named without a number: a member of the entry for ethoxylated nonylphenol"},
    ),
    "endocrine-suspected": Source("endocrine-suspected", edlists(2, 3), by=("official",)),
    "proposition-65": Source("us-ca-prop65", proposition_65),
    "rohs": Source("eu-rohs", annex("rohs/rohs_annex_ii.csv"), elsewhere=True),
    "appendix-8": Source(
        "eu-reach-restriction", annex("annex-xvii/annex_xvii_entry43_appendix8_amines.csv"), entry="43"
    ),
    "eight-pah": Source(
        "eu-reach-restriction", annex("annex-xvii/annex_xvii_entry50_pah8.csv"), entry="50"
    ),
    "eighteen-pah": Source("eu-reach-restriction", annex("law/entry50a_pah18.csv"), entry="50a"),
    "appendix-12": Source("eu-reach-restriction", annex("law/entry72_appendix12.csv"), entry="72"),
}  # fmt: skip
WHOLE = [name for name, source in SOURCES.items() if not source.entry and name != "rohs"]
"""Exports that name the entries of their list."""


# --- the lists --------------------------------------------------------------------------------------------


@cache
def folder_of(list_: str) -> Folder:
    """The list's folder.

    Raises:
        pytest.skip.Exception: the list is not shipped.
    """
    if not (ROOT / list_ / "list.toml").is_file():
        pytest.skip("list not shipped")
    return read_folder(ROOT / list_)


def records(table_: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    return (dict(zip(table_, row, strict=True)) for row in zip(*table_.values(), strict=True))


@cache
def numbers_of(list_: str) -> dict[str, frozenset[Number]]:
    """The numbers of each entry, derived ones too."""
    found: dict[str, set[Number]] = {}
    for member in records(folder_of(list_).tables["members"]):
        if member["kind"] in ("cas", "ec") and not member["excluded"]:
            found.setdefault(member["entry"], set()).add((member["kind"], member["value"]))
    return {entry: frozenset(numbers) for entry, numbers in found.items()}


def official_numbers_of(list_: str) -> dict[Number, str]:
    """The numbers that the list gives as official, each with its entry."""
    return {
        (member["kind"], member["value"]): member["entry"]
        for member in records(folder_of(list_).tables["members"])
        if member["kind"] in ("cas", "ec") and not member["excluded"] and not member["derived"]
    }


@cache
def keys_of(list_: str, by: tuple[str, ...]) -> dict[str, list[dict[str, str]]]:
    """The rows of entries.csv by each key that they have."""
    found: dict[str, list[dict[str, str]]] = {}
    for entry in records(folder_of(list_).tables["entries"]):
        for column in by:
            if entry[column]:
                found.setdefault(key_of(entry[column]), []).append(entry)
    return found


def outside(list_: str) -> set[str]:
    """The keys of what the list has in outside.csv."""
    columns = folder_of(list_).outside
    return {key_of(text) for column in ("official", "name_en") for text in columns[column]}


def entries_of(source: Source, row: Row) -> list[dict[str, str]]:
    """The rows of entries.csv that a row of the export speaks of: by its key, else by its numbers."""
    keys = keys_of(source.list, source.by)
    if source.entry:
        return keys_of(source.list, ("official",)).get(key_of(source.entry), [])
    if row.key in keys or row.key in outside(source.list):
        return keys.get(row.key, [])
    return [
        entry
        for entry in records(folder_of(source.list).tables["entries"])
        if row.numbers & numbers_of(source.list).get(entry["entry"], frozenset())
    ]


@cache
def all_exports() -> frozenset[Number]:
    """Every number that stands anywhere in the official exports."""
    names = [
        path.relative_to(REFERENCE) for path in REFERENCE.rglob("*.*") if path.suffix in (".csv", ".xlsx")
    ]
    rows = [row for name in names if name.parent.name for row in table(name.as_posix())]
    return numbers_in(*(str(cell) for row in rows for cell in row.values()))


# --- the comparison ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOURCES)
def test_no_number_is_missing(name: str) -> None:
    source, missing = SOURCES[name], set()
    folder_of(source.list)
    for row in source.rows():
        entries = entries_of(source, row)
        shipped = {n for entry in entries for n in numbers_of(source.list).get(entry["entry"], ())}
        if entries or row.key not in outside(source.list):
            missing |= row.numbers - shipped
    assert sorted(missing) == []


@pytest.mark.parametrize("name", WHOLE)
def test_no_number_is_invented(name: str) -> None:
    source = SOURCES[name]
    shipped = official_numbers_of(source.list)
    official = {number for row in source.rows() for number in row.numbers}
    official |= {(kind, number) for kind in ("cas", "ec") for number in source.beyond}
    if source.elsewhere:
        official |= all_exports()
    invented = {number: entry for number, entry in shipped.items() if number not in official}
    assert invented == {}


@pytest.mark.parametrize("name", WHOLE)
def test_no_entry_is_missing(name: str) -> None:
    source = SOURCES[name]
    folder_of(source.list)
    unknown = {row.key for row in source.rows() if not entries_of(source, row)} - outside(source.list)
    assert sorted(unknown - source.different.keys()) == []


@pytest.mark.parametrize("name", WHOLE)
def test_days_are_the_official_ones(name: str) -> None:
    """Each day of the export is one of its entry's, or one that its reason or its note gives."""
    source, wrong = SOURCES[name], set()
    folder_of(source.list)
    for row in source.rows():
        said = " ".join(
            entry.get(column, "")
            for entry in entries_of(source, row)
            for column in ("published", "since", "until", "reason", "note")
        )
        if row.key not in source.different and row.key not in outside(source.list):
            wrong |= {(row.key, day) for day in row.days if day not in said}
    assert sorted(wrong) == []


def test_each_candidate_has_its_own_numbers_and_no_others() -> None:
    """Entry by entry: the export names the members of each."""
    official: dict[str, set[Number]] = {}
    for row in candidate():
        official.setdefault(row.key, set()).update(row.numbers)
    names = {
        entry["entry"]: key_of(entry["name_en"])
        for entry in records(folder_of("eu-reach-candidate").tables["entries"])
    }
    shipped: dict[str, set[Number]] = {key: set() for key in names.values()}
    for member in records(folder_of("eu-reach-candidate").tables["members"]):
        if member["kind"] in ("cas", "ec") and not member["derived"]:
            shipped[names[member["entry"]]].add((member["kind"], member["value"]))
    assert (len(candidate()), len(official)) == (507, 253)
    assert shipped == official


def test_candidates_without_a_number_are_there_too() -> None:
    rows = table("svhc/svhc_candidate_list_2026-04-01.csv")
    unnumbered = {
        row["name"].strip()
        for row in rows
        if row["is_entry"] != "True" and not numbers_in(row["cas"], row["ec"])
    }
    members = records(folder_of("eu-reach-candidate").tables["members"])
    assert unnumbered <= {member["name_en"] for member in members if member["kind"] == "group"}


def test_no_classification_begins_after_the_export_says() -> None:
    """An entry that was amended begins earlier than its row in the export, which has the newest text only."""
    begun = {
        key: min(e["since"] for e in found) for key, found in keys_of("eu-clp-cmr", ("official",)).items()
    }
    late = {
        row["Index number"]
        for row in table("clp/Harmonised_List.xlsx")
        if CMR.search(row["Hazard class, category and statement code(s)"])
        and begun.get(key_of(row["Index number"]), "") > day_of(row["From"])
    }
    assert late <= POSTPONED
