"""Requirement profiles: what a buyer requires beside the law."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kemkoll.errors import ProfileError
from kemkoll.profiles import load_profile
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
