"""Lists load in editions, by the day, with criteria that other lists decide, and from what was compiled."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from kemkoll import paths
from kemkoll.errors import ListError
from kemkoll.lists import editions, folder, in_force, lint, load_lists, status
from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import read_folder

CANDIDATE, ROHS, PHTHALATES = "eu-reach-candidate", "eu-rohs", "phthalates"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped lists that a test may break."""
    return Path(shutil.copytree(paths.data("substance_lists"), tmp_path / "lists"))


def change(root: Path, name: str, old: str, new: str) -> None:
    """Write `new` for the first `old` in a file of the RoHS list; the old text must be there."""
    file = root / ROHS / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def another_process() -> None:
    """Forget what this process has opened, as the next one knows nothing of it."""
    editions._library.cache_clear()


def add(root: Path, name: str, row: str) -> None:
    with (root / ROHS / name).open("a", encoding="utf-8") as file:
        file.write(row + "\n")


# --- editions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "entries"),
    [
        ("2008-10-28", 15), ("2012-06-18", 84), ("2012-12-19", 138), ("2013-06-20", 144), ("2017-07-07", 174),
        ("2021-07-08", 219), ("2023-01-17", 233), ("2024-11-07", 242), ("2025-01-20", 242),
        ("2025-01-21", 247), ("2025-06-25", 250), ("2025-11-05", 251), ("2026-02-04", 253),
    ],
)  # fmt: skip
def test_an_edition_has_as_many_entries_as_its_publisher_counted(edition: str, entries: int) -> None:
    law = load_lists([f"{CANDIDATE}@{edition}"])
    assert len(law.entries) == entries == law.entries["entry"].nunique()
    assert set(law.limits["entry"]) == set(law.entries["entry"]) >= set(law.members["entry"])
    assert law.lists["edition"].tolist() == [edition]


def test_an_edition_is_never_later_than_the_newest_known() -> None:
    assert load_lists([f"{CANDIDATE}@2030-01-01"]).lists["edition"].tolist() == ["2026-02-04"]


def test_an_edition_with_more_entries_has_all_of_the_older_one() -> None:
    older, newer = (load_lists([f"{CANDIDATE}@{day}"]) for day in ("2025-01-20", "2025-01-21"))
    assert set(older.entries["entry"]) < set(newer.entries["entry"])


def test_lists_come_in_the_order_asked_for() -> None:
    law = load_lists([ROHS, CANDIDATE])
    assert law.lists["list"].tolist() == [ROHS, CANDIDATE]
    assert law.lists["asked_by_name"].all()
    assert not load_lists().lists["asked_by_name"].any()


def test_in_force_keeps_what_has_begun_and_not_ended(copy: Path) -> None:
    change(copy, "entries.csv", ",2019-07-22,,", ",2019-07-22,2026-11-21,")
    law = load_lists([ROHS], root=copy)
    days = ("2006-06-30", "2019-07-21", "2026-11-21", "2026-11-22")
    entries = {on: set(in_force(law, on).entries["entry"]) for on in days}
    assert [len(names) for names in entries.values()] == [0, 6, 10, 9]
    assert entries["2026-11-21"] - entries["2026-11-22"] == {"dehp"}


def test_in_force_keeps_to_the_edition() -> None:
    law = load_lists([f"{ROHS}@2015-06-03", PHTHALATES])
    assert set(in_force(law, "2026-11-22").entries["list"].value_counts()) == {6, 2}


def test_in_force_keeps_limits_and_derogations_of_any_date() -> None:
    law = load_lists([CANDIDATE, ROHS])
    kept = in_force(law, "2026-11-22")
    assert len(kept.limits) == len(law.limits)
    assert len(kept.derogations) == len(law.derogations)
    early = in_force(law, "2019-07-21")
    assert "dehp" not in set(early.limits[early.limits["list"] == ROHS]["entry"])
    assert "structure" in set(early.groups["rule"])


def test_in_force_drops_members_outside_their_dates(copy: Path) -> None:
    old = 'Decabromobiphenyl,,,certain,"a congener, or a mixture of congeners",2006-07-01,'
    change(copy, "members.csv", old, old + "2020-12-31")
    law = load_lists([ROHS], root=copy)
    assert "13654-09-6" in set(in_force(law, "2020-12-31").members["value"])
    assert "13654-09-6" not in set(in_force(law, "2021-01-01").members["value"])


# --- lists that cannot be read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["eu-reach"], "There is no substance list “eu-reach”. There are: antimicrobials, bisphenols, "),
        ([""], "There is no substance list “”"),
        (["../lists/eu-rohs"], "There is no substance list"),
        (["eu-rohs", "eu-rohs"], "eu-rohs@2025-12-11 was named twice"),
        (["eu-rohs@summer"], "must be a date like 2025-12-11, not “summer”"),
        (["eu-rohs@20190722"], "must be a date like 2025-12-11, not “20190722”"),
        (["eu-rohs@2003-02-12"], "has no edition of 2003-02-12: the first is of 2003-02-13"),
    ],
)
def test_a_list_that_does_not_exist(names: list[str], said: str) -> None:
    with pytest.raises(ListError) as error:
        load_lists(names)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("limits.csv", "lead,0.1 %,", "lead,0.1 parts,", "limits.csv, row 2: “0.1 parts” is not one exact"),
        ("limits.csv", "lead,0.1 %,", "lead,<0.1 %,", "“<0.1 %” is not one exact share"),
        ("limits.csv", "lead,0.1 %,", "lead,0.1,", "“0.1” is not one exact share"),
        ("limits.csv", "entry,limit,", "entry,value,", "limits.csv, row 1: The columns must be entry, limit"),
        ("limits.csv", "lead,0.1 %,", "lead,", "limits.csv, row 2: The row has 11 cells; the header has 12"),
        ("derogations.csv", ",4 %,", ",four,", "“four” is not one exact share"),
        ("list.toml", "force = ", "farce = ", "list.toml: It must say force as text"),
        ("list.toml", "count = 10", 'count = "10"', "It must say official_count as a whole number"),
        ("list.toml", "id = ", 'colour = "red"\nid = ', "keys that mean nothing: colour"),
        ("list.toml", 'id = "eu-rohs"', 'id = "rohs"', "It says id rohs, and the folder is eu-rohs"),
        ("list.toml", 'id = "', "id = ", "list.toml: This is not valid TOML"),
        ("groups.toml", "[lead]\nrule", "[lead]\nruling", "[lead] must say rule, like, needs, wording"),
        ("groups.toml", "[lead]\n", 'tin = "Sn"\n\n[lead]\n', "[tin] must say rule"),
    ],
)
def test_a_list_that_cannot_be_read(copy: Path, name: str, old: str, new: str, said: str) -> None:
    change(copy, name, old, new)
    with pytest.raises(ListError) as error:
        load_lists([ROHS], root=copy)
    assert said in str(error.value)
    assert lint(copy) == [str(error.value)]


def test_a_list_that_lacks_a_file_or_is_no_text(copy: Path) -> None:
    (copy / ROHS / "members.csv").unlink()
    with pytest.raises(ListError, match=r"eu-rohs/members\.csv: The file is missing"):
        load_lists(root=copy)
    (copy / ROHS / "members.csv").write_bytes(b"entry\xff\xfe")
    with pytest.raises(ListError, match=r"eu-rohs/members\.csv: This is not UTF-8 text"):
        load_lists(root=copy)
    with pytest.raises(ListError, match=r"has no list\.toml"):
        read_folder(copy)


# --- hash and age -----------------------------------------------------------------------------------------


def test_the_hash_is_of_the_texts_not_of_line_ends(copy: Path) -> None:
    first = load_lists([ROHS], root=copy).lists["sha256"].tolist()
    for file in (copy / ROHS).iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_lists([ROHS], root=copy).lists["sha256"].tolist() == first
    assert load_lists([ROHS]).lists["sha256"].tolist() == first
    change(copy, "README.md", "RoHS", "ROHS")
    assert load_lists([ROHS], root=copy).lists["sha256"].tolist() != first


def test_status() -> None:
    table = status("2026-11-22").set_index("list")
    candidate = table.loc[CANDIDATE]
    assert (candidate["edition"], candidate["age_days"], candidate["stale"]) == ("2026-02-04", 291, True)
    assert (candidate["shipped"], candidate["official_count"]) == (253, 253)
    assert table["pending"].loc[[CANDIDATE, ROHS, PHTHALATES]].tolist() == [0, 0, 0]
    assert table["unconfirmed"].loc[[CANDIDATE, ROHS, "eu-reach-restriction", "eu-pops"]].tolist() == [
        0,
        0,
        0,
        2,
    ]
    assert (candidate["limits"], candidate["expect_every_days"]) == (253, 183)
    assert (candidate["licence"], candidate["url"][:8]) == ("ECHA legal notice", "https://")


def test_a_list_is_stale_the_day_after_a_new_edition_was_due() -> None:
    stale = {on: status(on).set_index("list").loc[CANDIDATE, "stale"] for on in ("2026-08-06", "2026-08-07")}
    assert stale == {"2026-08-06": False, "2026-08-07": True}


# --- criteria, several editions, compiled lists ----------------------------------------------------------


CRITERIA = """entry,kind,value,name_en,name_sv,excluded,certainty,derived,since,until,reference
metals,list,eu-rohs?restricted,,,,certain,,,,x
metals,list,eu-rohs/dehp,,,yes,certain,,,,x
"""


@pytest.fixture
def criteria(copy: Path) -> Path:
    """A list `own` with one criterion: what RoHS restricts, but for DEHP, until the end of 2020."""
    own = Path(shutil.copytree(copy / ROHS, copy / "own"))
    text = (own / "list.toml").read_text(encoding="utf-8").replace('id = "eu-rohs"', 'id = "own"')
    (own / "list.toml").write_text(
        text.replace("official_count = 10", "official_count = 1"), encoding="utf-8"
    )
    for name, row in {
        "entries": "metals,,Metals,metaller,region's choice,2010-01-01,2010-01-01,2020-12-31,decision 7",
        "limits": "metals,0.2 %,>,homogeneous_material,substance,,,,2010-01-01,2020-12-31,d 7,in decision 7",
        "derogations": "",
    }.items():
        header = (own / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        (own / f"{name}.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (own / "members.csv").write_text(CRITERIA, encoding="utf-8")
    (own / "groups.toml").write_text("", encoding="utf-8")
    return copy


def test_a_criterion_becomes_the_entries_it_stands_for(criteria: Path) -> None:
    assert lint(criteria) == []
    law, rohs = load_lists(["own"], root=criteria), load_lists([ROHS], root=criteria)
    assert set(law.entries["entry"]) == {f"metals.{entry}" for entry in set(rohs.entries["entry"]) - {"dehp"}}
    lead = law.entries.set_index("entry").loc["metals.lead"]
    assert (lead["since"], lead["until"], lead["official"]) == ("2010-01-01", "2020-12-31", "metals")
    assert lead["reason"] == "region's choice: restricted in electrical and electronic equipment"
    dibp = law.entries.set_index("entry").loc["metals.dibp"]
    assert (dibp["since"], dibp["until"]) == ("2019-07-22", "2020-12-31")
    assert set(law.limits["limit"]) == {"0.2 %"}
    assert len(law.limits) == len(law.entries) == 9
    own = law.members[(law.members["entry"] == "metals.lead").to_numpy()]
    theirs = rohs.members[(rohs.members["entry"] == "lead").to_numpy()]
    assert own["value"].tolist() == theirs["value"].tolist()
    assert law.groups.set_index("entry").loc["metals.pbb", "rule"] == "structure"
    assert set(law.members["list"]) == {"own"}


def test_a_criterion_leaves_nothing_of_what_began_after_it_had_ended(criteria: Path) -> None:
    change(criteria, "../own/entries.csv", "2020-12-31", "2019-07-21")
    law = load_lists(["own"], root=criteria)
    known = set(law.entries["entry"])
    assert "metals.lead" in known
    assert "metals.dibp" not in known
    for table in (law.limits, law.members, law.groups):
        assert set(table["entry"]) <= known


LIKE = """[metals]
rule = "structure"
like = "{}"
needs = "Cr"
wording = "chromium compounds that region wants phased out"
reference = "decision 7"
"""


@pytest.fixture
def alike(criteria: Path) -> Path:
    """A list `own` whose one entry has the rule of another list's group."""
    (criteria / "own" / "members.csv").write_text(CRITERIA.splitlines()[0] + "\n", encoding="utf-8")
    (criteria / "own" / "groups.toml").write_text(LIKE.format("eu-rohs/chromium-vi"), encoding="utf-8")
    return criteria


def rules(root: Path, name: str) -> list[str]:
    groups = load_lists([name], root=root).groups
    return [str(text) for text in groups["conditions"] if text]


def test_a_group_has_the_rule_of_the_one_it_is_like(alike: Path) -> None:
    assert lint(alike) == []
    (own,) = rules(alike, "own")
    assert own in rules(alike, ROHS)
    assert load_lists(["own"], root=alike).groups["undecided_sv"].iloc[0].startswith("Metalliskt krom")
    change(alike, "groups.toml", 'needs = "Cr"', 'needs = "CrO"')  # nothing of the rule
    assert rules(alike, "own") == [own]


def test_it_follows_that_rule(alike: Path) -> None:
    before = rules(alike, "own")
    change(alike, "groups.toml", "{ Cr = 6 }", "{ Cr = 5 }")
    assert before != rules(alike, "own")


@pytest.mark.parametrize(
    ("like", "said"),
    [
        ("eu-rohs/lead", "own/groups.toml: [metals] is like “eu-rohs/lead”, which has no rule of its own."),
        ("eu-rohs/no-such", "own/groups.toml: [metals] is like “eu-rohs/no-such”, which has no rule"),
        ("own/metals", "own/groups.toml: [metals] is like “own/metals”, which has no rule of its own."),
        ("no-such/lead", "There is no substance list “no-such”."),
    ],
)
def test_a_group_that_is_like_none_is_said(alike: Path, like: str, said: str) -> None:
    (alike / "own" / "groups.toml").write_text(LIKE.format(like), encoding="utf-8")
    assert any(said in sentence for sentence in lint(alike))
    with pytest.raises(ListError) as error:
        load_lists(["own"], root=alike)
    assert said in str(error.value)


def test_a_criterion_follows_the_list_that_it_points_to(criteria: Path) -> None:
    assert "metals.lead" in set(load_lists(["own"], root=criteria).entries["entry"])
    change(criteria, "entries.csv", "restricted in electrical", "allowed in electrical")
    assert "metals.lead" not in set(load_lists(["own"], root=criteria).entries["entry"])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("eu-rohs?allowed", "own/members.csv, row 2: “eu-rohs?allowed” meets no entry."),
        ("eu-rohs/platinum", "“eu-rohs/platinum” meets no entry."),
        ("eu-roh", "own/members.csv, row 2: There is no substance list “eu-roh”."),
        ("own", "own/members.csv, row 2: The criteria of own → own lead round in a circle."),
        ("eu-rohs/", "own/members.csv, row 2: “eu-rohs/” is not a valid list."),
    ],
)
def test_a_criterion_that_points_nowhere(criteria: Path, value: str, said: str) -> None:
    (criteria / "own" / "members.csv").write_text(
        CRITERIA.replace("eu-rohs?restricted", value), encoding="utf-8"
    )
    assert any(sentence.startswith(said) or said in sentence for sentence in lint(criteria)), lint(criteria)


def test_no_lists_at_all_are_no_law() -> None:
    law = load_lists([])
    assert len(law.lists) == len(law.entries) == len(law.members) == 0


def test_two_editions_stand_side_by_side() -> None:
    law = load_lists([f"{ROHS}@2015-06-03", ROHS])
    assert law.lists["list"].tolist() == ["eu-rohs@2015-06-03", "eu-rohs@2025-12-11"]
    assert law.entries["list"].value_counts().to_dict() == {"eu-rohs@2015-06-03": 6, "eu-rohs@2025-12-11": 10}
    assert set(law.members["list"]) == set(law.limits["list"]) == set(law.lists["list"])


def test_a_compiled_list_is_the_list(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    read = load_lists(root=copy)
    another_process()
    kept = load_lists(root=copy)
    assert len([*(tmp_path / "home" / "compiled-lists").iterdir()]) == len(read.lists)
    for name in ("lists", "entries", "limits", "members", "groups", "derogations"):
        pd.testing.assert_frame_equal(getattr(read, name), getattr(kept, name), check_categorical=False)
    change(copy, "limits.csv", "lead,0.1 %,", "lead,0.2 %,")
    assert "0.2 %" in set(load_lists(root=copy).limits["limit"])
    assert len([*(tmp_path / "home" / "compiled-lists").iterdir()]) == len(read.lists)


def test_a_home_that_cannot_be_written_to_only_costs_time(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    first = load_lists(root=copy)
    another_process()
    assert len(load_lists(root=copy).lists) == len(first.lists) > 0


def test_a_broken_compiled_list_is_made_anew(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    load_lists([ROHS], root=copy)
    (file,) = (tmp_path / "home" / "compiled-lists").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    another_process()
    assert len(load_lists([ROHS], root=copy).entries) == 10


def test_own_lists_go_before_shipped_ones(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    change(copy, "list.toml", 'title_en = "RoHS', 'title_en = "Our RoHS')
    shutil.copytree(copy / ROHS, tmp_path / "home" / "lists" / ROHS)
    law = load_lists()
    assert law.lists.set_index("list").loc[ROHS, "title_en"].startswith("Our RoHS")
    assert CANDIDATE in set(law.lists["list"])


def test_in_force_keeps_what_ended_after_something_was_placed_on_the_market(copy: Path) -> None:
    change(copy, "entries.csv", ",2019-07-22,,", ",2019-07-22,2020-12-31,")
    law = load_lists([ROHS], root=copy)
    assert "dehp" not in set(in_force(law, "2026-11-22").entries["entry"])
    assert "dehp" in set(in_force(law, "2026-11-22", back_to="2020-06-01").entries["entry"])
    assert "dehp" not in set(in_force(law, "2019-06-01", back_to="2020-06-01").entries["entry"])


# --- a process that outlives an edition -------------------------------------------------------------------


def test_a_changed_list_is_seen_and_an_unchanged_one_not_read_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library_of(copy)
    assert len(load_lists([ROHS], root=copy).entries) == 10
    read: list[str] = []
    monkeypatch.setattr(folder, "read_folder", lambda path: (read.append(path.name), read_folder(path))[1])
    status("2026-11-22", root=copy)
    read.clear()
    status("2026-11-22", root=copy)
    load_lists([ROHS], root=copy)
    assert (library_of(copy) is first, read) == (True, [])
    change(copy, "entries.csv", "Lead", "Lear")  # of the same length
    assert library_of(copy) is not first
    assert "Lear and its compounds" in set(load_lists([ROHS], root=copy).entries["name_en"])
    status("2026-11-22", root=copy)
    assert read == [ROHS]


def test_a_list_that_comes_or_goes_is_seen(copy: Path) -> None:
    assert ROHS in library_of(copy).ids
    shutil.move(copy / ROHS, copy.parent / "away")
    assert ROHS not in library_of(copy).ids
    shutil.move(copy.parent / "away", copy / ROHS)
    assert ROHS in library_of(copy).ids


def test_several_threads_open_lists_once(copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "empty"))
    compiled_: list[str] = []
    library = library_of(copy)
    make = library._compile
    monkeypatch.setattr(library, "_compile", lambda id_, by: (compiled_.append(id_), make(id_, by))[1])
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(lambda _: library.packed(ROHS), range(8))]
    assert compiled_ == [ROHS]
    assert all(it is found[0] for it in found)
