"""Which substance does each line mean?"""

from __future__ import annotations

from typing import Any

import pytest
from conftest import declare

from kemkoll.identity import identify
from kemkoll.tables import UNIDENTIFIED, Readings

DEHP = "117-81-7"


def read(registry: Any, **cells: str) -> Readings:
    return identify(declare(lines=[{"amount": "1 %", **cells}]).lines, registry)


def found(readings: Readings) -> list[tuple[str, str, str]]:
    """CAS number, EC number and route of each reading of the first line."""
    rows = readings.identities.iloc[readings.readings["identity"]]
    return list(
        zip(rows["cas"].astype(str), rows["ec"].astype(str), rows["found_by"].astype(str), strict=True)
    )


def codes(readings: Readings) -> list[str]:
    return readings.problems["code"].astype(str).tolist()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"cas": DEHP}, [(DEHP, "", "cas")]),
        ({"ec": "204-211-0"}, [("", "204-211-0", "ec")]),
        ({"cas": DEHP, "ec": "204-211-0"}, [(DEHP, "204-211-0", "cas")]),
        ({"cas": DEHP, "name": "DEHP"}, [(DEHP, "", "cas")]),
        ({"cas": DEHP, "name": "Mjukgörare 17"}, [(DEHP, "", "cas")]),
        ({"name": "Carbon black1333-86-4"}, [("1333-86-4", "", "cas")]),
        ({"smiles": "CCCCC(CC)COC(=O)c1ccccc1C(=O)OCC(CC)CCCC"}, [(DEHP, "", "inchikey")]),
        ({"smiles": "CCCCC(CC)COC(=O)c1ccccc1C(=O)OCC(CC)CCCC", "cas": DEHP}, [(DEHP, "", "cas")]),
        ({"smiles": "BJQHLKABXJIVAM-UHFFFAOYSA-N"}, [(DEHP, "", "inchikey")]),
    ],
)
def test_one_substance(registry: Any, cells: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    readings = read(registry, **cells)
    assert expected == found(readings)
    assert codes(readings) == []
    assert readings.readings["why"].tolist() == [""]


@pytest.mark.parametrize(
    ("cells", "code", "why", "numbers"),
    [
        ({"cas": DEHP, "name": "Bly"}, "name-number-conflict", "identity-disputed", {DEHP, "7439-92-1"}),
        ({"cas": "1303-96-4, 1330-43-4"}, "number-several", "several-numbers", {"1303-96-4", "1330-43-4"}),
        (
            {"cas": "7440-50-8", "name": f"Koppar {DEHP}"},
            "number-several",
            "several-numbers",
            {"7440-50-8", DEHP},
        ),
        ({"cas": "117-81-8"}, "cas-check-digit", "number-repaired", {"", DEHP}),
        ({"cas": "7784-01-02 00:00:00"}, "cas-is-date", "number-repaired", {"", "7784-01-2"}),
        ({"cas": DEHP, "smiles": "CCO"}, "name-number-conflict", "identity-disputed", {DEHP, "64-17-5"}),
    ],
)
def test_several_readings_stand_side_by_side(
    registry: Any, cells: dict[str, str], code: str, why: str, numbers: set[str]
) -> None:
    readings = read(registry, **cells)
    assert code in codes(readings)
    assert {why} == set(readings.readings["why"].astype(str))
    assert numbers <= {cas for cas, _, _ in found(readings)}


def test_numbers_that_do_not_pair_each_stand_alone(registry: Any) -> None:
    readings = read(registry, cas=DEHP, ec="204-211-0, 201-557-4")
    assert {(DEHP, ""), ("", "204-211-0"), ("", "201-557-4")} == {(cas, ec) for cas, ec, _ in found(readings)}


@pytest.mark.parametrize(
    ("numbers", "read_as"),
    [
        ({"cas": "1303-96-4, 1330-43-4"}, {"1303-96-4", "1330-43-4", "64-17-5"}),
        ({"cas": "9002-86-2"}, {"9002-86-2", "64-17-5"}),
        ({"cas": "999999-99-4"}, {"999999-99-4", "64-17-5"}),
        ({"ec": "231-791-2"}, {"", "64-17-5"}),
    ],
)
def test_a_structure_that_no_number_confirms_stands_beside_it(
    registry: Any, numbers: dict[str, str], read_as: set[str]
) -> None:
    readings = read(registry, smiles="CCO", **numbers)
    assert read_as == {cas for cas, _, _ in found(readings)}
    assert "name-number-conflict" in codes(readings)


def test_a_structure_without_its_spatial_form_may_be_any_of_its_forms(registry: Any) -> None:
    """Azodicarbonamide, drawn as most people draw it; with its own form it is that substance."""
    readings = read(registry, smiles="NC(=O)N=NC(N)=O")
    assert {"", "123-77-3"} <= {cas for cas, _, _ in found(readings)}
    assert set(readings.readings["why"]) == {"isomer-differs"}
    unknown_number = read(registry, smiles="NC(=O)N=NC(N)=O", cas="999999-99-4")
    assert {"999999-99-4", "123-77-3"} <= {cas for cas, _, _ in found(unknown_number)}
    assert found(read(registry, smiles="NC(=O)/N=N/C(N)=O")) == [("123-77-3", "", "inchikey")]


def test_a_structure_of_several_substances_may_be_any_of_them(registry: Any) -> None:
    """Silica and quartz are drawn alike: a name or a number says which is meant."""
    silica, quartz = ("7631-86-9", "", "inchikey"), ("14808-60-7", "", "inchikey")
    readings = read(registry, smiles="O=[Si]=O")
    assert found(readings) == [silica, quartz]
    assert set(readings.readings["why"]) == {"isomer-differs"}
    assert (readings.identities["smiles"] == "O=[Si]=O").all()
    assert found(read(registry, smiles="O=[Si]=O", name="quartz")) == [quartz]
    assert found(read(registry, smiles="O=[Si]=O", name="no such name")) == [silica, quartz]
    assert found(read(registry, smiles="O=[Si]=O", cas="14808-60-7")) == [("14808-60-7", "", "cas")]


def test_a_branched_acid_is_not_the_straight_one(registry: Any) -> None:
    chain = "[NH4+].[O-]C(=O)" + "C(F)(F)" * 7
    assert found(read(registry, smiles=chain + "C(F)(F)F")) == [("4149-60-4", "", "inchikey")]


def test_a_structure_that_one_of_several_numbers_confirms_adds_nothing(registry: Any) -> None:
    readings = read(registry, cas="64-17-5, 7732-18-5", smiles="CCO")
    assert {"64-17-5", "7732-18-5"} == {cas for cas, _, _ in found(readings)}
    assert codes(readings) == ["number-several"]


def test_a_number_in_the_name_counts_where_the_number_cell_says_nothing(registry: Any) -> None:
    assert found(read(registry, name="Softener 117-81-7", cas="n/a")) == [(DEHP, "", "cas")]


def test_a_name_beside_an_ec_number_alone_is_read_too(registry: Any) -> None:
    readings = read(registry, name="DEHP", ec="231-791-2")
    assert {("", "231-791-2"), (DEHP, "")} == {(cas, ec) for cas, ec, _ in found(readings)}


def test_what_else_a_number_cell_says_is_not_cleared(registry: Any) -> None:
    readings = read(registry, cas="7732-18-5 + proprietary")
    assert codes(readings) == ["number-unreadable"]
    assert UNIDENTIFIED in readings.identities["status"].tolist()


def test_what_is_no_number_has_no_candidates(registry: Any) -> None:
    readings = read(registry, cas="see annex", name="Trade secret")
    assert codes(readings) == ["number-unreadable", "substance-undisclosed"]
    assert readings.identities["status"].tolist() == [UNIDENTIFIED]


def test_a_wrong_ec_number_is_proposed_right_and_not_taken(registry: Any) -> None:
    readings = read(registry, ec="204-211-9")
    assert codes(readings) == ["ec-check-digit"]
    assert ("", "204-211-0", "ec") in found(readings)
    assert UNIDENTIFIED in readings.identities["status"].tolist()


def test_a_replaced_number_is_read_as_both(registry: Any) -> None:
    replaced = registry.find_cas(["8033-53-2"])["replaced_by"].iloc[0]
    if not replaced:
        pytest.skip("the registry names no such replacement")
    readings = read(registry, cas="8033-53-2")
    assert codes(readings) == ["cas-replaced"]
    assert {cas for cas, _, _ in found(readings)} == {"8033-53-2", replaced}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DEHP", "name-only"),
        ("Trade secret", "substance-undisclosed"),
        ("Misc., not to declare", "substance-unidentified"),
        ("Plastzorgon 4000 xyz", "substance-unidentified"),
    ],
)
def test_a_name_alone(registry: Any, name: str, code: str) -> None:
    readings = read(registry, name=name)
    assert codes(readings) == [code]
    route = found(readings)[0][2]
    assert route == ("name" if code == "name-only" else "")


def test_a_name_that_is_nearly_known_is_a_proposal_and_no_identity(registry: Any) -> None:
    readings = read(registry, name="dietylhexylftalatt")
    assert codes(readings) == ["name-near"]
    assert DEHP in readings.problems["suggestion"].iloc[0]
    assert readings.identities["status"].tolist() == [UNIDENTIFIED]


def test_unreadable_structure_is_reported(registry: Any) -> None:
    readings = read(registry, smiles="C1CC(")
    assert "smiles-unreadable" in codes(readings)
    assert readings.identities["status"].tolist() == [UNIDENTIFIED]


def test_a_polymer_has_no_one_structure(registry: Any) -> None:
    readings = read(registry, cas="9002-86-2")
    assert readings.identities["variable"].tolist() == [True]
    assert readings.identities["inchikey"].tolist() == [""]


def test_problems_name_every_line_that_has_them(registry: Any) -> None:
    lines = declare(lines=[{"cas": "117-81-8", "amount": "1 %"}, {"cas": DEHP}, {"cas": "117-81-8"}]).lines
    readings = identify(lines, registry)
    assert readings.problems["line"].tolist() == [0, 2]
    assert readings.problems["row"].tolist() == lines["row"].iloc[[0, 2]].tolist()


def test_no_line_gives_no_reading(registry: Any) -> None:
    readings = identify(declare().lines, registry)
    assert len(readings.readings) == 0


@pytest.mark.parametrize("ec", ["", "204-211-0"])
def test_a_number_among_the_names_is_read(registry: Any, ec: str) -> None:
    """The columns of names and numbers were swapped."""
    readings = read(registry, name=DEHP, cas="Dietylhexylftalat", ec=ec)
    assert (DEHP, ec, "cas") in found(readings)
    assert codes(readings) == ["number-unreadable"]


def test_a_number_among_the_names_that_is_another_one_is_read_too(registry: Any) -> None:
    readings = read(registry, name=DEHP, cas="9002-86-2")
    assert {number for number, _, _ in found(readings)} == {DEHP, "9002-86-2"}
    assert codes(readings) == ["number-several"]
