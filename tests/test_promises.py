"""Every promise that lists make can be broken: one fault is planted, and the lint says where it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from inspect import getmembers, isfunction
from pathlib import Path

import pytest
from test_lists import ROHS, change

from kemkoll import paths
from kemkoll.lists import lint, load_lists, promises


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the RoHS list that a test may break."""
    shutil.copytree(paths.data("substance_lists") / ROHS, tmp_path / "lists" / ROHS)
    return tmp_path / "lists"


def add(root: Path, name: str, row: str) -> None:
    """Write a row at the end of a file of the list; a file that is not there gets its header first."""
    file = root / ROHS / name
    if not file.exists():
        file.write_text("official,name_en,name_sv,why_en,why_sv,reference\n", encoding="utf-8")
    with file.open("a", encoding="utf-8") as open_file:
        open_file.write(row + "\n")


def test_all_promises_are_kept() -> None:
    assert lint(paths.data("substance_lists")) == []


READ = '"Directive 2002/95/EC, Art. 4(1), and its Annex with the limits of Decision 2005/618/EC, read: '
READ += 'http://data.europa.eu/eli/dir/2002/95/oj"\n'
EXCEPTION = '[check_digit_exceptions]\n"204-211-1" = "misprint in the list itself"\n'
SOLDER = ",85 %,"

CHANGED = {
    "described": [
        ("list.toml", 'licence = "EU', 'licence = ""\n# "EU', "licence is empty"),
        ("list.toml", 'source = "Dir', 'source = ""\n# "Dir', "source is empty"),
        ("list.toml", 'title_sv = "RoHS', 'title_sv = ""\n# "RoHS', "title_sv is empty"),
        ("list.toml", 'retrieved = "2026-11-22"', 'retrieved = ""', "retrieved is empty"),
        ("list.toml", 'retrieved = "2026-11-22"', 'retrieved = "2025-12-10"', "is younger than the day"),
        ("list.toml", '"2025-12-11"', '"2025-12-32"', "official_date “2025-12-32” is not a date"),
        ("list.toml", 'force = "law"', 'force = "habit"', "“habit” is not one of law, contract, should"),
        ("list.toml", '"placed_on_market"', '"sale"', "applies_to must be supply or placed_on_market"),
        ("list.toml", '"electrical_equipment"', '"electric"', "“electric” is not a condition"),
        ("list.toml", 'url = "http', 'url = "gopher', "is no address on the web"),
        ("list.toml", "every_days = 365", "every_days = 0", "expect_every_days must be 1 or more, not 0"),
        ("list.toml", "every_days = 365", 'every_days = 365\nabove_reason = "bad"', "is no reason that kem"),
        ("list.toml", 'short_sv = "RoHS"', 'short_sv = "RoHS: restricted substances"', "more than 24"),
    ],
    "explained": [
        ("README.md", "## What is not decided", "## What is left", "says nothing under “## What is"),
    ],
    "counted": [
        ("list.toml", "count = 10", "count = 11", "ships 10 entries; the publisher counts 11"),
        ("list.toml", '"2025-12-11"', '"2015-06-03"', "row 8: published 2015-06-04 is later than the edit"),
        ("entries.csv", "2015-06-04,2019-07-22", ",2026-01-01", "since 2026-01-01 is later than the edition"),
    ],
    "clean": [
        ("entries.csv", ",bly och", ", bly och", "row 2: name_sv “ bly och dess föreningar” has spaces"),
        ("entries.csv", "Lead and its", "Lead and  its", "name_en “Lead and  its compounds” has spaces"),
        ("entries.csv", "Lead and its", "Lead\u00a0and its", "name_en “Lead\u00a0and its compounds” has"),
        ("members.csv", "Decabromobiphenyl", "Decabromo\u200bbiphenyl", "signs that cannot be seen"),
        ("limits.csv", "!medical_device !lab", "!medical_device\t!lab", "signs that cannot be seen"),
        ("list.toml", 'act = "Directive', 'act = " Directive', "act has spaces too many"),
        ("groups.toml", 'wording = "Lead (0,1 %)"', 'wording = "Lead\\n(0,1 %)"', "that cannot be seen"),
    ],
    "worded": [
        ("limits.csv", ",>,", ",=>,", "operator “=>” is not one of >, >="),
        ("limits.csv", "homogeneous_material", "material", "basis “material” is not one of article"),
        ("limits.csv", ",element,Pb", ",metal,Pb", "measure “metal” is not one of substance"),
        ("limits.csv", "!medical_device", "!medical", "“!medical” is not a condition"),
        ("limits.csv", "!medical_device", "laboratory_device", "“laboratory_device” must hold and must not"),
        ("members.csv", "lead,element,Pb", "lead,atom,Pb", "kind “atom” is not one of cas"),
        ("members.csv", ",certain,", ",sure,", "certainty “sure” is not one of certain"),
        ("groups.toml", 'rule = "members"', 'rule = "later"', "rule “later” is not one of pending"),
        ("derogations.csv", ",unknown,", ",perhaps,", "renewal “perhaps” is not one of yes, no, unknown"),
        ("derogations.csv", "steel stål,,0.35", "steel stål,lamp,0.35", "row 2: “lamp” is not a condition"),
    ],
    "dated": [
        ("limits.csv", ",2006-07-01,", ",1 July 2006,", "since “1 July 2006” is not a date"),
        ("limits.csv", ",2006-07-01,", ",,", "since is empty"),
        ("limits.csv", ",2014-07-21,", ",2006-06-30,", "ends 2006-06-30, before it begins on 2006-07-01"),
        ("entries.csv", ",2003-02-13,", ",13-Feb-2003,", "published “13-Feb-2003” is not a date"),
        ("members.csv", ",2006-07-01,", ",38899,", "since “38899” is not a date"),
    ],
    "sourced": [
        ("entries.csv", "lead,,Lead and its compounds,", "lead,,,", "lead has no name_en"),
        ("entries.csv", "bly och dess föreningar", "", "lead has a limit and no name_sv"),
        ("entries.csv", "restricted in electrical and electronic equipment", "", "lead has no reason"),
        ("members.csv", '"Directive 2011/65/EU, Annex II"', "", "row 2: lead has no reference"),
        ("limits.csv", READ, "\n", "lead has no checked"),
        ("groups.toml", 'wording = "Lead (0,1 %)"', 'wording = ""', "lead has no wording"),
        ("groups.toml", 'reference = "Directive 2011/65/EU, Annex II"', "", "lead has no reference"),
        ("derogations.csv", "lead,6(c),", "lead,,", "lead has no id"),
    ],
    "proven": [
        ("limits.csv", READ, "yes\n", "row 2: checked “yes” says neither"),
        ("limits.csv", READ, "from memory of the text\n", "checked “from memory of the text” says neither"),
        ("limits.csv", READ, "unconfirmed since 2019\n", "“unconfirmed since 2019” says neither"),
        ("derogations.csv", ",unconfirmed", ",ok", "checked “ok” says neither"),
    ],
    "whole": [
        ("limits.csv", "lead,0.1 %,", "lead,,", "limits.csv, row 2: the limit is empty"),
        ("limits.csv", "lead,0.1 %,", "lead,0 %,", "row 2: the limit “0 %” is nothing"),
        ("limits.csv", "lead,0.1 %,", "lead,100.1 %,", "row 2: “100.1 %” is not one exact share"),
    ],
    "measured": [
        ("limits.csv", ",element,Pb,", ",element,,", "measure element with element “”"),
        ("limits.csv", ",element,Pb,", ",element,Xx,", "“Xx” is not an element"),
        ("limits.csv", ",substance,,", ",substance,Pb,", "measure substance with element “Pb”"),
        ("limits.csv", "homogeneous_material", "mixture", "basis mixture needs the condition chemical"),
    ],
    "let_off": [
        ("derogations.csv", ",,0.35 %,,", ",,0.35 %,0.35 %,", "from 0.35 % on, and not above 0.35 %"),
        ("derogations.csv", ",,0.35 %,,", ",,0 %,,", "derogations.csv, row 2: the limit “0 %” is nothing"),
        ("derogations.csv", SOLDER, ",0 %,", "the floor “0 %” is nothing"),
        ("derogations.csv", SOLDER, ",850 %,", "“850 %” is not one exact share"),
    ],
    "within": [
        ("entries.csv", ",2006-07-01,,", ",2020-01-01,,", "row 2: the limit holds on no day on which"),
        ("entries.csv", ",2006-07-01,,", ",2006-07-01,2026-11-21,", "the limit holds longer than lead"),
        ("members.csv", ",2006-07-01,,", ",2001-01-01,2006-06-30,", "the member holds on no day on which"),
        ("derogations.csv", ",,2026-12-11,no", ",,2006-06-30,no", "the derogation holds on no day on which"),
    ],
    "keyed": [
        ("entries.csv", "\nlead,", "\nLead,", "the id “Lead” must be a-z, 0-9"),
        ("limits.csv", "\nlead,", "\nblei,", "limits.csv, row 2: there is no entry “blei”"),
        ("groups.toml", "[lead]", "[blei]", "groups.toml: there is no entry “blei”"),
    ],
    "numbered": [
        ("members.csv", "117-81-7", "117-81-8", "“117-81-8” is not a valid cas"),
        ("members.csv", "117-81-7", "0117-81-7", "“0117-81-7” is not a valid cas"),
        ("members.csv", "117-81-7", "１17-81-7", "“１17-81-7” is not a valid cas"),
        ("members.csv", "204-211-0", "204-211-1", "“204-211-1” is not a valid ec"),
        ("members.csv", "lead,element,Pb", "lead,element,Xx", "“Xx” is not a valid element"),
        ("members.csv", "lead,element,Pb", "lead,parent,Pb", "“Pb” is not a valid parent"),
        ("members.csv", "lead,element,Pb", "lead,group,", "“” is not a valid group"),
        ("list.toml", "days = 365\n", "days = 365\n" + EXCEPTION, "the exception “204-211-1” is not used"),
    ],
    "decided": [
        ("groups.toml", 'needs = "Pb"', 'needs = "lead"', "lead needs “lead”, which is not a formula"),
        ("groups.toml", 'rule = "members"', 'rule = "parent"', "lead is decided by parents and has none"),
    ],
    "ruled": [
        ("groups.toml", "[Cr](=O)=O", "[Cr]=O", "trioxide, 1333-82-0 (O=[Cr]=O) not in"),
        ("groups.toml", "O=[Cr]O[Cr]=O", "O=[Cr](=O)=O", "oxide, 1308-38-9 (O=[Cr](=O)=O) surely in"),
        ("groups.toml", "F[Cr](F)(F)(F)(F)F", "O=[Cr](=O)=O", "13843-28-2 (O=[Cr](=O)=O) surely in"),
        ("groups.toml", "[chromium-vi.counter_examples]", "", "needs examples and counter-examples"),
        ("groups.toml", "[Cr](=O)=O", "[Cr](=O)=", "trioxide, 1333-82-0 (O=[Cr](=O)=): it cannot be read"),
        ("groups.toml", 'needs = "Cr"', 'needs = "Cr3"', "potassium dichromate, 7778-50-9 lacks what every"),
        ("groups.toml", "undecided_sv = ", "# ", "cannot decide in one language only"),
        ("groups.toml", 'rule = "structure"', 'rule = "members"', "where its rule is “structure”, and"),
        ("groups.toml", "{ Cr = 6 }", '["Cr"]', "[chromium-vi] has a rule that cannot be read: case 1: "),
    ],
}  # fmt: skip
"""By promise: a file of the list, a text in it, the fault that takes its place, what the lint says."""

BRASS = 'lead,6(c),"copper alloys (brass, connectors, terminals)",,,5 %,,,,no,x,x'
EARLY = "lead,0.2 %,>,homogeneous_material,element,Pb,!laboratory_device !medical_device,,2014-07-21,,x,x y z"
LATER = "lead,{},>,homogeneous_material,{},,textile,{},2020-01-01,,x,Annex II itself read"
KEY = "dehp,{},{}-UHFFFAOYSA-N,,,,certain,,,,x,{}"
OUTSIDE = "16,Paint,målarfärg,no article,{},Annex II"

ADDED = {
    "apart": [
        ("entries.csv", "lead,,Lead,,x,,2007-01-01,,x", "entries.csv: rows 2 and 12 overlap (lead)"),
        ("limits.csv", EARLY, "rows 2 and 28 overlap (lead, !laboratory_device !medical_device, homogeneous"),
        ("members.csv", "lead,element,Pb,,,,certain,,2020-01-01,,x,", "overlap (lead, element, Pb)"),
        ("members.csv", "lead,cas, 7439-92-1,,,,certain,,,,x,", "rows 211 and 3 overlap (lead, cas"),
        ("derogations.csv", BRASS, "overlap (lead, 6(c), copper alloys"),
    ],
    "whole": [
        ("limits.csv", LATER.format("", "presence", "yes"), "limits.csv, row 28: the limit is empty"),
        ("limits.csv", LATER.format("", "release", ""), "limits.csv, row 28: the limit is empty"),
        ("limits.csv", LATER.format("0 %", "presence", ""), "a ban of any share is measured by presence"),
    ],
    "drawn": [
        ("members.csv", KEY.format("parent", "LFQSCWFLJHTTHZ", ""), "has no note “SMILES …”"),
        ("members.csv", KEY.format("parent", "LFQSCWFLJHTTHX", "SMILES CCO"), "CCO is LFQSCWFLJHTTHZ-"),
        ("members.csv", KEY.format("inchikey", "LFQSCWFLJHTTHX", "SMILES CCO; x"), "CCO is LFQSCWFLJHTTHZ-U"),
        ("members.csv", KEY.format("inchikey", "LFQSCWFLJHTTHX", "SMILES C(O"), "C(O is no structure, not L"),
        ("members.csv", KEY.format("parent", "LELOWRISYMNNSU", "SMILES C#N"), "C#N is no parent: a salt, s"),
    ],
    "numbered_once": [
        ("outside.csv", OUTSIDE.format("färg") + "\n" + OUTSIDE.format("färg"), "16 stands here 2 times"),
    ],
    "sourced": [
        ("outside.csv", OUTSIDE.format(""), "eu-rohs/outside.csv, row 2: 16 has no why_sv"),
        ("outside.csv", OUTSIDE.format("färg").replace("16", ""), "row 2: the entry has no official"),
    ],
}  # fmt: skip
"""By promise: a file of the list, the row that is added to it, what the lint says."""

FAULTS = [
    *(("change", promise, *fault) for promise, faults in CHANGED.items() for fault in faults),
    *(("add", promise, *fault) for promise, faults in ADDED.items() for fault in faults),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[1]}: {fault[-1]}")
def test_a_broken_promise_is_said(copy: Path, fault: tuple[str, ...]) -> None:
    how, _, name, *texts, said = fault
    {"change": change, "add": add}[how](copy, name, *texts)
    broken = lint(copy)
    assert any(said in sentence for sentence in broken), broken
    assert all(sentence.startswith("eu-rohs") for sentence in broken)


def test_every_promise_is_broken_somewhere() -> None:
    """`pointed` needs two lists: test_lists.py breaks it."""
    named = {name for name, function in getmembers(promises, isfunction) if function in promises.PROMISES}
    assert named == {*CHANGED, *ADDED}
    assert len(FAULTS) >= 25


def official_16(copy: Path) -> None:
    change(copy, "entries.csv", "\nlead,,", "\nlead,16,")
    add(copy, "outside.csv", OUTSIDE.format("färg"))


def no_readme(copy: Path) -> None:
    (copy / ROHS / "README.md").unlink()


def no_members(copy: Path) -> None:
    text = (copy / ROHS / "members.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("mercury,", "pbb,"))]
    (copy / ROHS / "members.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")


def empty_row(copy: Path) -> None:
    change(copy, "entries.csv", "\nmercury,", "\n\nmercury,")
    change(copy, "entries.csv", "\ncadmium,,Cadmium and its compounds,", "\ncadmium,,,")


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (official_16, "outside.csv, row 2: the official entry 16 stands in entries.csv, too."),
        (no_readme, "README.md is missing."),
        (no_members, "entries.csv, row 3: mercury has no members and no group rule."),
        (empty_row, "entries.csv, row 5: cadmium has no name_en."),
    ],
)
def test_a_fault_is_said_once_and_in_its_place(copy: Path, plant: Callable[[Path], None], said: str) -> None:
    plant(copy)
    assert lint(copy) == [f"{ROHS}/{said}"]


# --- what looks like a fault and is none ------------------------------------------------------------------


def after_each_other(copy: Path) -> None:
    change(copy, "entries.csv", ",2006-07-01,,", ",2006-07-01,2019-12-31,")
    add(copy, "entries.csv", "lead,,Lead,bly,restricted,,2020-01-01,,Directive 2011/65/EU")


def fault_of_the_publisher(copy: Path) -> None:
    change(copy, "members.csv", "204-211-0", "204-211-1")
    add(copy, "list.toml", EXCEPTION)


def one_number_in_two_entries(copy: Path) -> None:
    add(copy, "members.csv", "mercury,cas,7439-92-1,Lead,bly,,certain,,,,Annex II,")


def published_and_applying_later(copy: Path) -> None:
    change(copy, "list.toml", 'official_date = "2025-12-11"', 'official_date = "2015-06-04"')


def outside_beside_entries(copy: Path) -> None:
    add(copy, "outside.csv", OUTSIDE.format("färg"))
    change(copy, "list.toml", "count = 10", "count = 11")


def a_buyers_own(copy: Path) -> None:
    change(copy, "list.toml", 'force = "law"', 'force = "contract"')
    change(copy, "list.toml", 'url = "http', 'url = "none" # ')
    change(copy, "entries.csv", "bly och dess föreningar", "")
    change(copy, "README.md", "## What is not decided", "## What else")


def release_in_words(copy: Path) -> None:
    add(copy, "limits.csv", LATER.format("0.5 µg/cm²/week", "release", ""))


@pytest.mark.parametrize(
    "allowed",
    [
        after_each_other,
        fault_of_the_publisher,
        one_number_in_two_entries,
        published_and_applying_later,
        outside_beside_entries,
        release_in_words,
        a_buyers_own,
    ],
)
def test_what_is_allowed(copy: Path, allowed: Callable[[Path], None]) -> None:
    allowed(copy)
    assert lint(copy) == []
    assert len(load_lists(root=copy).lists) == 1
