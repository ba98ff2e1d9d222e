"""Requirement profiles: what a buyer requires beside the law."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from kemkoll.errors import ProfileError
from kemkoll.profiles import Binding, checks, load_profile, shipped
from kemkoll.profiles.checks import faults
from kemkoll.tables import PERCENT, Law

GOOD = """
id = "region"
title_en = "Region"
lists = ["phthalates"]

[facts]
supply_to_public = false

[[requirements]]
list = "phthalates"
entry = "*"
limit = "0.1 %"
operator = ">"
basis = "component"
reference = "contract 17"
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_profile_adds_its_limits_to_the_law(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, GOOD))
    law = profile.apply(Law(entries=pd.DataFrame({"list": "phthalates", "entry": ["a", "b"]})))
    assert law.limits["limit_ppt"].tolist() == [PERCENT // 10] * 2
    assert law.limits["force"].tolist() == ["contract"] * 2
    assert law.limits["measure"].tolist() == ["substance"] * 2
    assert profile.facts == {"supply_to_public": False}


def test_the_shipped_profile_adds_nothing_to_the_law() -> None:
    assert len(load_profile().apply(Law()).limits) == 0


def test_a_profile_is_known_by_its_text(tmp_path: Path) -> None:
    one = load_profile(write(tmp_path, GOOD)).sha256
    assert one != load_profile(write(tmp_path, GOOD.replace("17", "18"))).sha256


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('id = "region"', ""), "“id” is missing"),
        (('lists = ["phthalates"]', 'lists = "phthalates"'), "“lists” must be a list"),
        (('lists = ["phthalates"]', 'lists = ["pfas"]'), "“phthalates” is not among “lists”"),
        (("[facts]", 'only_required = ["pfas"]\n[facts]'), "“pfas” is not among “lists”"),
        (("[facts]", "version = 1.5\n[facts]"), "“version” must be a text or a day"),
        (("[facts]", "source = 1\n[facts]"), "“source” must be a text"),
        (("[facts]", "evidence_level = 6\n[facts]"), "“evidence_level” must be a whole number from 0 to 5"),
        (("[facts]", "evidence_level = true\n[facts]"), "“evidence_level” must be"),
        (("[facts]", "large_volume = 0\n[facts]"), "“large_volume” must be a whole number, 1 or more"),
        (("[facts]", "binding = 1\n[facts]"), "“binding” must be a table"),
        (("[facts]", '[binding]\nkind = "loose"\n[facts]'), "the kind “loose” is not one of"),
        (("[facts]", '[binding]\nkind = "frozen"\n[facts]'), "“date” is missing"),
        (("[facts]", '[binding]\nkind = "frozen"\ndate = "1 May"\n[facts]'), "“date” must be a day"),
        (
            ("[facts]", '[binding]\nkind = "frozen"\ndate = 2026-01-01\ngrace_days = 1\n[facts]'),
            "“grace_days”",
        ),
        (
            ("[facts]", "[binding]\ngrace_days = -1\n[facts]"),
            "“grace_days” must be a whole number, 0 or more",
        ),
        (('"contract 17"', '"c"\nstrength = "may"'), "the strength “may” is not one of must, should"),
        (('"contract 17"', '"c"\nsince = "2026"'), "“since” must be a day"),
        (('"contract 17"', '"c"\nwhere = "57(a)"'), "“where” must be a list of reasons"),
        (('entry = "*"', 'entry = "a"\nwhere = ["57(a)"]'), "“where” chooses among all entries"),
        (('"contract 17"', '"c"\nmeasure = "element"'), "“element” and measure"),
        (('"contract 17"', '"c"\n[[waivers]]\ncategory = "A"'), "waiver 1: “list” is missing"),
        (('"contract 17"', '"c"\n[[waivers]]\nuntil = "soon"'), "“until” must be a day"),
        (('"contract 17"', '"c"\n[[waivers]]\nlist = "pfas"\nentry = 1'), "“entry” must be a text"),
        (("[[requirements]]", "[requirements]"), "“requirements” must be tables"),
        (("[facts]\nsupply_to_public = false", "facts = 1"), "“facts” must be a table"),
        (("supply_to_public = false", "supply_to_publc = false"), "supply_to_publc"),
        (("supply_to_public = false", 'supply_to_public = "no"'), "must be true or false"),
        (('"0.1 %"', '"0.1 or so"'), "0.1 or so"),
        (('"0.1 %"', '"0.1-0.2 %"'), "not one share"),
        (('operator = ">"', 'operator = "<"'), "operator “<”"),
        (('basis = "component"', 'basis = "part"'), "basis “part”"),
        (('reference = "contract 17"', 'colour = "red"'), "“colour” is not understood"),
        (('reference = "contract 17"', 'reference = "c"\ncondition = "!plastisized"'), "!plastisized"),
        (('title_en = "Region"', 'title_xx = "Region"'), "“title_xx” is not understood"),
        (("[facts]", "[facts"), "not valid TOML"),
    ],
)
def test_every_fault_is_said(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(ProfileError, match=r"\S") as raised:
        load_profile(write(tmp_path, GOOD.replace(*change)))
    assert said in str(raised.value)


def test_an_entry_that_the_list_lacks_is_said(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, GOOD.replace('"*"', '"dehpp"')))
    with pytest.raises(ProfileError, match="dehpp"):
        profile.apply(Law(entries=pd.DataFrame({"list": ["phthalates"], "entry": ["dehp"]})))
    assert len(profile.apply(Law()).limits) == 0  # a list that is not loaded is not judged


def test_a_profile_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(ProfileError, match="default"):
        load_profile("defalt")


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(path)


MORE = """
id = "region"
version = 2026-03-01
source = "contract 17, https://example.org"
checked = "unconfirmed"
lists = ["l", "other@2024-01-01"]
evidence_level = 3
large_volume = 10000

[binding]
kind = "following"
grace_days = 180

[[requirements]]
id = "3.1"
strength = "should"
list = "l"
entry = "*"
where = ["57(a)", "57(b)"]
measure = "presence"
basis = "component"
reference = "appendix 3"

[[waivers]]
category = "SLL473"
list = "l"
ground = "no substitute"
decision = "RS 2026-1"
decider = "the board"
until = 2027-12-31
"""
REASONS = {
    "a": "57(a) carcinogenic; 57(d) PBT",
    "b": "57(b) mutagenic (with 0.1 % or more benzene)",
    "c": "57(c) toxic for reproduction",
    "late": "57(c) toxic for reproduction; 57(a) carcinogenic (since 2020-01-01)",
}


def listed(reasons: dict[str, str], edition: str = "2026-01-01") -> Law:
    entries = pd.DataFrame({"list": "l", "entry": [*reasons], "reason": [*reasons.values()]})
    lists = pd.DataFrame({"list": ["l"], "edition": [edition], "official_date": ["2026-01-01"]})
    limits = pd.DataFrame({"list": "l", "entry": [*reasons], "limit": "1 %"})
    return Law(lists=lists, entries=entries, limits=limits)


def test_everything_that_a_profile_may_say_is_read(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, MORE))
    assert (profile.version, profile.evidence_level, profile.large_volume) == ("2026-03-01", 3, 10000)
    assert profile.binding == Binding("following", grace_days=180)
    assert profile.editions("2026-11-22") == ("l@2026-05-26", "other@2024-01-01")
    assert profile.editions("2026-11-22", ["pfas"]) == ("pfas@2026-05-26",)
    (waiver,) = profile.waivers
    assert (waiver.category, waiver.entry, waiver.until) == ("SLL473", "", "2027-12-31")


def test_entries_are_chosen_by_the_reasons_they_are_listed_for(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, MORE))
    limits = profile.apply(listed(REASONS)).limits.iloc[len(REASONS) :]
    assert limits["entry"].tolist() == ["a", "b", "late"]
    assert limits["since"].tolist() == ["", "", "2020-01-01"]
    assert limits["narrower"].tolist() == [False, True, False]
    assert set(limits["force"]) == {"should"}
    assert set(limits["checked"]) == {"unconfirmed"}
    assert set(limits["reference"]) == {"3.1: appendix 3"}


def test_what_no_requirement_names_can_be_left_aside(tmp_path: Path) -> None:
    text = MORE.replace("evidence_level = 3", 'only_required = ["l"]')
    law = load_profile(write(tmp_path, text)).apply(listed(REASONS))
    assert law.entries["entry"][~law.entries["unasked"]].tolist() == ["a", "b", "late"]
    assert law.entries["entry"].tolist() == [*REASONS]  # what is in an article is named all the same
    assert law.limits["limit"].tolist() == ["", "", ""]


def test_a_reason_that_the_list_lacks_is_said_of_its_newest_edition_alone(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, MORE))
    with pytest.raises(ProfileError, match=r"57\(a\), 57\(b\)"):
        profile.apply(listed({"c": REASONS["c"]}))
    assert len(profile.apply(listed({"c": REASONS["c"]}, edition="2020-01-01")).limits) == 1


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_profile_says_what_it_is(name: str) -> None:
    profile = load_profile(name)
    assert profile.id == name
    assert profile.title_en
    assert profile.title_sv
    if name != "default":
        assert "http" in profile.source
        assert profile.checked
        assert profile.note_en
        assert profile.note_sv
    assert all(it["title_en"] and it["title_sv"] for it in profile.requirements)


def test_the_profile_of_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[1] / "docs" / "profiles.md").read_text(encoding="utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    values = tomllib.loads(text)
    assert [str(fault) for fault in faults(values)] == []


@pytest.mark.parametrize("key", sorted({*checks.KEYS, *checks.REQUIREMENT, *checks.WAIVER, "grace_days"}))
def test_every_key_is_in_the_documentation(key: str) -> None:
    page = (Path(__file__).parents[1] / "docs" / "profiles.md").read_text(encoding="utf-8")
    assert f"`{key}`" in page or f"`[{key}]`" in page or f"`[[{key}]]`" in page or f"`{key} =" in page
