"""Bills of materials, exports of portals, and answers in a supplier's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemkoll.declarations import read_declaration
from kemkoll.declarations.answers import parse_answer
from kemkoll.tables import Answer, Declarations

HEADER = "Artikelnummer;Nivå;Beståndsdel;Ämne;CAS-nr;Halt (%)"


def read(path: Path, *lines: str) -> Declarations:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_declaration(path)


def parents(declared: Declarations) -> dict[str, str]:
    names = declared.components["name"].astype(object).tolist()
    above = declared.components["parent"].tolist()
    return {name: names[i] if i >= 0 else "" for name, i in zip(names, above, strict=True)}


def test_levels_say_what_is_part_of_what(tmp_path: Path) -> None:
    declared = read(
        tmp_path / "a.csv",
        HEADER,
        "K;1;Sits;;;",
        "K;2;Dyna;Melamin;108-78-1;8",
        "K;;Dyna;Polyuretan;9009-54-5;92",
        "K;2;Tyg;Polyester;25038-59-9;100",
        "K;1;Pelare;;;",
        "K;3;Stång;Bly;7439-92-1;0,3",
        "K;2;Lock;Polyamid;25038-54-4;100",
    )
    assert parents(declared) == {
        "Sits": "",
        "Dyna": "Sits",
        "Tyg": "Sits",
        "Pelare": "",
        "Stång": "Pelare",
        "Lock": "Pelare",
    }
    assert declared.problems["code"].tolist() == []


def test_levels_that_are_no_numbers_are_reported(tmp_path: Path) -> None:
    declared = read(tmp_path / "a.csv", HEADER, "K;A;Sits;Melamin;108-78-1;8", "K;1.2;Tyg;Bly;7439-92-1;1")
    assert parents(declared) == {"Sits": "", "Tyg": ""}
    assert declared.problems[["code", "found"]].to_numpy().tolist() == [["column-unknown", "Nivå"]]


def test_a_parent_by_name_goes_before_a_level(tmp_path: Path) -> None:
    declared = read(
        tmp_path / "a.csv",
        HEADER + ";Ingår i",
        "K;1;Sits;;;;",
        "K;2;Pelare;;;;",
        "K;3;Stång;Bly;7439-92-1;0,3;Sits",
    )
    assert parents(declared) == {"Sits": "", "Pelare": "", "Stång": "Sits"}


def test_an_answer_that_names_its_exemption_is_not_lost(tmp_path: Path) -> None:
    declared = read(
        tmp_path / "a.csv",
        "RoHS compliant:;Yes, with exemption 7(a);;",
        "Product number;Substance;CAS No.;Content (%)",
        "PB-1;Lead;7439-92-1;0.2",
    )
    assert not len(declared.statements)
    assert declared.problems[["code", "found"]].to_numpy().tolist() == [
        ["answer-unreadable", "Yes, with exemption 7(a)"]
    ]


def test_a_footnote_over_all_columns_is_no_substance(tmp_path: Path) -> None:
    rows = [
        "<tr><th>Ämne<th>CAS-nr<th>Halt (%)",
        "<tr><td>Bly<td>7439-92-1<td>0,2",
        '<tr><td colspan="3">Fulltext finns i avsnitt 16.',
    ]
    declared = read(tmp_path / "a.xls", "<table>", *rows, "</table>")
    assert declared.lines["name"].tolist() == ["Bly"]
    found = declared.problems[["code", "found"]].to_numpy().tolist()
    assert ["row-unused", "Fulltext finns i avsnitt 16."] in found


@pytest.mark.parametrize("text", ["innehåller inte över gränsen", "Innehåller inga ämnen över gränsvärdet"])
def test_an_answer_about_the_limit_is_understood(text: str) -> None:
    assert parse_answer(text) is Answer.none_above_limit


@pytest.mark.parametrize("text", ["REACH-compliant", "Ja, RoHS OK", "innehåller över gränsen ibland"])
def test_an_answer_that_may_mean_anything_is_none(text: str) -> None:
    assert parse_answer(text) is None
