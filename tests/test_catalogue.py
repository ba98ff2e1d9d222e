"""SUBSTANCE_LISTS.md is what the data give."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kemkoll import paths
from kemkoll.lists.catalogue import catalogue, shipped, undecided
from kemkoll.lists.folder import read_folder

PAGE = Path(__file__).parent.parent / "SUBSTANCE_LISTS.md"


def test_the_page_is_what_the_data_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue(shipped()), "run `make lists`"


def test_every_list_has_a_row_and_a_section() -> None:
    page = catalogue(shipped())
    for folder in shipped():
        assert page.count(f"\n| [{folder.id}](#{folder.id}) | {folder.about['title_en']} | ") == 1
        section = page.partition(f"\n## {folder.id}\n")[2].partition("\n## ")[0]
        assert folder.about["means_en"] in section
        assert undecided(folder) in section


def test_a_row_says_what_is_missing_unconfirmed_and_outside(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(paths.data("substance_lists") / "eu-rohs", tmp_path / "eu-rohs"))
    about = (copy / "list.toml").read_text(encoding="utf-8")
    about = about.replace("official_count = 10", "official_count = 12").replace(
        'title_en = "RoHS', 'title_en = "A|B'
    )
    (copy / "list.toml").write_text(about, encoding="utf-8")
    with (copy / "limits.csv").open("a", encoding="utf-8") as file:
        file.write("lead,1 %,>,article,element,Pb,,,2030-01-01,,x,unconfirmed\n")
    (copy / "outside.csv").write_text(
        "official,name_en,name_sv,why_en,why_sv,reference\n16,a,b,c,d,e\n", encoding="utf-8"
    )
    (copy / "README.md").unlink()
    row = next(line for line in catalogue([read_folder(copy)]).splitlines() if line.startswith("| [eu-rohs]"))
    assert "| A\\|B: restricted" in row
    assert "| 11 of 12, 1 of them without a limit for articles | 2025-12-11 |" in row
    assert row.endswith("| EU legal texts | 26 of 27 | 0 |")


def test_there_is_one_in_swedish() -> None:
    """What the lists say in both languages is Swedish; what they say in English only is marked as English."""
    page = catalogue(shipped(), "sv")
    assert page.startswith("# Ämneslistor")
    own = re.sub(r'<(span|div) lang="en".*?</\1>', "", page, flags=re.DOTALL)
    own = re.sub(r"California Safe Drinking Water .*?\)|\]\(.*?\)", "", own)
    assert not re.findall(r"(?<![-\w])(the|of|and|is|not|with|for|which)(?![-\w])", own)
    assert page.count("\n## ") == catalogue(shipped()).count("\n## ")
