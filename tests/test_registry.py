"""The registry: what numbers and names stand for, how it is compiled and kept, and the data it ships with."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from conftest import has_at_least
from hypothesis import given
from hypothesis import strategies as st

from kemkoll import structures
from kemkoll.errors import ConfigError
from kemkoll.formulas import elements
from kemkoll.registry import COLUMNS, Registry, compiling, normal_name, own_files, sources
from kemkoll.registry.remembered import RememberedStructures
from kemkoll.registry.sources import Entry, cas_digits, cas_number, read_own
from kemkoll.structures.evaluation import matched
from kemkoll.structures.rules import read_rule

OWN_CAS = [
    *(
        (file, row["cas"])
        for file in ("structures.csv", "materials.csv", "names.csv")
        for row in read_own(file)
    ),
    *(("also.csv", row["cas"]) for row in read_own("also.csv")),
    *(("replaced.csv", number) for row in read_own("replaced.csv") for number in (row["old"], row["new"])),
]


def one(registry: Registry, cas: str) -> pd.Series:
    return registry.find_cas([cas]).iloc[0]


def few() -> dict[int, Entry]:
    """Three substances: enough to compile in no time."""
    acetate = "CC(=O)[O-].CC(=O)[O-].[Pb+2]"
    return {
        64175: Entry(64175, "ethanol", "CCO", needs_structure=True, names=[("ethanol", 0), ("alcohol", 2)]),
        67561: Entry(67561, "methanol", "CO", needs_structure=True, names=[("methanol", 0), ("alcohol", 2)]),
        301042: Entry(301042, "lead acetate", acetate, needs_structure=True, names=[("lead acetate", 0)]),
    }


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose registry has three substances."""
    monkeypatch.setattr(sources, "collect", few)
    return tmp_path / "home"


# ---------------------------------------------------------------------- look-ups


def test_a_known_number(registry: Registry) -> None:
    found = one(registry, "117-81-7")
    assert found["known"]
    assert (found["formula"], found["inchikey"]) == ("C24H38O4", "BJQHLKABXJIVAM-UHFFFAOYSA-N")
    assert found["parents"] == "BJQHLKABXJIVAM"
    assert not found["variable"]


def test_one_row_per_number_in_order(registry: Registry) -> None:
    numbers = ["7439-92-1", "0", "7439-92-1", "", "64-17-5", "1-1-1", "117-81-8", "12345678901234-00-0"]
    found = registry.find_cas(numbers)
    assert tuple(found.columns) == COLUMNS
    assert found["known"].tolist() == [True, False, True, False, True, False, False, False]
    assert found["formula"].tolist() == ["Pb", "", "Pb", "", "C2H6O", "", "", ""]
    assert registry.find_cas([]).empty


@pytest.mark.parametrize(
    ("cas", "formula"),
    [
        ("1072-35-1", "C36H70O4Pb"),
        ("12065-90-6", "O8Pb5S"),
        ("10022-68-1", "Cd(NO3)2.4H2O"),
        ("7791-13-1", "CoCl2.6H2O"),
        ("7446-27-7", "O8P2Pb3"),
        ("84852-53-9", "C14H4Br10"),
        ("7439-97-6", "Hg"),
        ("1333-86-4", "C"),
    ],
)
def test_formulas_of_listed_substances(registry: Registry, cas: str, formula: str) -> None:
    assert one(registry, cas)["formula"] == formula


def test_salts_have_parents_only_when_asked(registry: Registry) -> None:
    salt, acid = "29420-49-3", "375-73-5"
    parent = one(registry, acid)["inchikey"].partition("-")[0]
    assert parent in one(registry, salt)["parents"].split(";")
    assert registry.find_cas([salt, acid], parents=False)["parents"].tolist() == ["", ""]
    assert one(registry, "10099-74-8")["parents"] == ""


def test_inchikeys(registry: Registry) -> None:
    keys = ["BJQHLKABXJIVAM-UHFFFAOYSA-N", "VYPSYNLAJGMNEJ-UHFFFAOYSA-N", "", "no"]
    assert registry.find_inchikeys(keys) == [("117-81-7",), ("7631-86-9", "14808-60-7"), (), ()]


def test_structures(registry: Registry) -> None:
    found = registry.find_structures(["OCC", "no structure", "OCC"])
    assert found["valid"].tolist() == [True, False, True]
    assert found["smiles"].tolist() == ["CCO", "", "CCO"]
    assert registry.find_structures([]).empty


def test_replaced_numbers(registry: Registry) -> None:
    assert one(registry, "40120-69-2")["replaced_by"] == "117-81-7"
    assert one(registry, "117-81-7")["replaced_by"] == ""


@pytest.mark.parametrize(
    ("name", "cas"),
    [
        ("DEHP", "117-81-7"),
        ("Di(2-etylhexyl)ftalat", "117-81-7"),
        ("dietylhexylftalat", "117-81-7"),
        ("Bis (2-ethylhexyl)phthalate", "117-81-7"),
        ("Bly", "7439-92-1"),
        ("Pb", "7439-92-1"),
        ("Lead*", "7439-92-1"),
        ("KADMIUM", "7440-43-9"),
        ("kvicksilver", "7439-97-6"),
        ("sexvärt krom", "18540-29-9"),
        ("Chromium (VI)", "18540-29-9"),
        ("nonylfenol", "25154-52-3"),
        ("bisfenol A", "80-05-7"),
        ("bisphenol A (BPA)", "80-05-7"),
        ("Silver (Ag)", "7440-22-4"),
        ("Titanium dioxide (TiO2)", "13463-67-7"),
        ("DEHP (CAS 117-81-7)", "117-81-7"),
        ("aceton (propanon)", "67-64-1"),
        ("bisphenol A (QZX)", "80-05-7"),
        ("kobolt(II)klorid", "7646-79-9"),
        ("kortkedjiga klorparaffiner", "85535-84-8"),
        ("MCCP", "85535-85-9"),
        ("D4", "556-67-2"),
        ("Kimrök", "1333-86-4"),
        ("polyeten", "9002-88-4"),
        ("rostfritt stål", "12597-68-1"),
        ("α-HBCDD", "134237-50-6"),
        ("alpha-HBCDD", "134237-50-6"),
    ],
)
def test_names(registry: Registry, name: str, cas: str) -> None:
    assert registry.find_names([name])[0][0] == cas


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-",
        "lead free",
        "chromium (CrVI)",
        "nosuchthing (BPA)",
        "nickel (NiO)",
        "DEHP (CAS 84-74-2)",
        "lead (organic)",
        "steel (lead)",
        "117-81-7",
        "Wood",
        "Textile",
        "PAH",
        "Balance",
    ],
)
def test_names_that_stand_for_nothing(registry: Registry, name: str) -> None:
    assert registry.find_names([name]) == [()]


def test_a_name_of_several_gives_all(registry: Registry) -> None:
    assert set(registry.find_names(["DINP"])[0]) == {"28553-12-0", "68515-48-0"}
    assert registry.find_names(["silica"])[0][:2] == ("7631-86-9", "14464-46-1")
    assert registry.find_names(["DEHP", "Pb", "kadmium"]) == [("117-81-7",), ("7439-92-1",), ("7440-43-9",)]
    names = ["dextrose", "DEHP", "dextrose"]
    found = registry.find_names(names)
    assert len(found[0]) > 1
    assert found[0] == found[2]


def test_fused_silica_is_no_quartz(registry: Registry) -> None:
    """It is amorphous: what the law says of crystalline silica is not said of it."""
    names = ["Silica, fused", "fused silica", "Silica, vitreous", "kvartsglas"]
    assert registry.find_names(names) == [("60676-86-0",)] * 4


def test_near_names_are_proposals(registry: Registry) -> None:
    found = registry.near_names(["dietylhexylftalatt", "bisphenl A", "bly", "qqqqqqqqqqqqq", "12345", ""])
    assert any("117-81-7" in text for text in found[0])
    assert any("80-05-7" in text for text in found[1])
    assert found[2:] == [(), (), (), ()]
    assert all(len(proposals) <= 3 for proposals in found)
    assert registry.find_names(["dietylhexylftalatt"]) == [()]
    assert registry.near_names(["ab"]) == [()]


def test_only_some_near_names_are_tried(registry: Registry) -> None:
    found = registry.near_names([f"unknownium {number}" for number in range(100)] + ["bisphenl A"])
    assert len(found) == 101
    assert found[-1] == ()


# ---------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dibutyl phthalate", "dibutylphthalate"),
        ("di-n-butyl phthalate", "Di\u2010n\u2011butyl\u00a0Phthalate"),
        ("bis(2-ethyl\u00adhexyl)", "BIS(2-ETHYLHEXYL)"),
        ("α-pinene", ".alpha.-pinene"),
        ("β-TGIC", "beta-TGIC"),
        ("N,N'-dimethyl", "N,N′-dimethyl"),
        ("N,N'-dimethyl", "N,N´-dimethyl"),
        ('2,2"-x', "2,2''-x"),
        ("benzo[a]pyrene", "benzo(a)pyrene"),
        ("sexva\u0308rt krom", "sexvärt krom"),
        ("ＤＥＨＰ", "DEHP"),
        ("µ-oxo", "μ-oxo"),
        ("1,2 - 3", "1,2-3"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,2-3", "1,23"),
        ("N,N'-dimethyl", "N,N-dimethyl"),
        ("o-toluidine", "m-toluidine"),
        ("lead(II)", "lead(IV)"),
        ("bly", "blý"),
        ("sulfat", "sulfate"),
        ("dibutyl phthalate", "dibutylftalat"),
    ],
)
def test_names_that_differ(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


@given(st.text(max_size=60))
def test_normal_form_is_stable(text: str) -> None:
    assert normal_name(normal_name(text)) == normal_name(text)
    assert normal_name(text.upper().lower()) == normal_name(text.lower().upper().lower())


# ---------------------------------------------------------------------- variable composition


@pytest.mark.parametrize(
    "cas",
    [
        *("72854-13-8", "9003-55-8", "68937-05-3", "25214-70-4", "9005-65-6", "12597-69-2", "68515-42-4"),
        *("67905-93-5", "27029-05-6", "25301-02-4", "121790-34-9", "42033-46-5", "30402-14-3", "72162-10-8"),
        *("68937-14-4", "65530-77-0", "50974-47-5", "12709-98-7", "27936-43-2"),
    ],
)
def test_variable_substances_have_no_structure(registry: Registry, cas: str) -> None:
    found = one(registry, cas)
    assert found["known"]
    assert found["variable"]
    assert (found["smiles"], found["inchikey"], found["parents"]) == ("", "", "")


@pytest.mark.parametrize(
    "cas",
    [
        *("74-85-1", "110-82-7", "108-90-7", "112-30-1", "64-17-5", "117-81-7", "7783-06-4", "79-94-7"),
        *("872-05-9", "50-00-0", "75-21-8", "84-76-4", "122-99-6"),
    ],
)
def test_plain_substances_are_not_variable(registry: Registry, cas: str) -> None:
    found = one(registry, cas)
    assert not found["variable"]
    assert found["smiles"]


def test_names_of_polymers_do_not_mean_their_monomers(registry: Registry) -> None:
    found = registry.find_names(
        ["polyethylene", "ethene, homopolymer", "benzene, chloro derivs.", "alcohols, c8-10"]
    )
    assert "74-85-1" not in found[0]
    assert found[1:] == [(), (), ()]


def test_materials_tell_their_elements_where_certain(registry: Registry) -> None:
    assert one(registry, "9002-86-2")["formula"] == "(C2H3Cl)n"
    assert one(registry, "12597-71-6")["formula"] == ""
    assert has_at_least(one(registry, "9002-88-4")["formula"], "Pb") is False


# ---------------------------------------------------------------------- own data


@pytest.mark.parametrize("file", ["structures.csv", "materials.csv", "names.csv", "also.csv", "replaced.csv"])
def test_every_cas_number_has_its_check_digit(file: str) -> None:
    numbers = [cas for name, cas in OWN_CAS if name == file]
    assert numbers
    assert [cas for cas in numbers if cas_digits(cas) is None] == []


def test_own_structures_say_what_their_formulas_say() -> None:
    for row in read_own("structures.csv"):
        assert elements(row["formula"]), row
        if row["smiles"]:
            assert elements(structures.find(row["smiles"]).formula) == elements(row["formula"])


@pytest.mark.parametrize(
    ("cas", "smarts"),
    [
        *((cas, "[CrX4](=O)=O") for cas in ("14977-61-8", "1189-85-1", "13907-45-4", "14721-18-7")),
        *((cas, "[Sn;D4]-[#6]") for cas in ("77-58-7", "1983-10-4", "22673-19-4", "76-87-9", "661-69-8")),
        *((cas, "[Sn;D2,D3]([#6])[#6]") for cas in ("1002-53-5", "688-73-3")),
        *((cas, "[#6]-[Hg]-[#6,O,S,Cl]") for cas in ("123-88-6", "151-38-2", "1335-31-5")),
        ("58-25-3", "[O-]-[N+]=C"),
        ("19295-81-9", "COC(=O)c1ccccc1C(=O)OC"),
        ("2429-84-7", "Nc1c(N=Nc2ccc(cc2)-c2ccc(N=N)cc2)cccc1"),
        ("3658-62-6", "FC(C(F)(F)F)C(F)(F)F"),
        ("25015-63-8", "[BH](O)O"),
    ],
)
def test_drawings_that_the_tables_have_wrong(registry: Registry, cas: str, smarts: str) -> None:
    rule = read_rule({"scope": "whole", "all": [smarts]})
    assert matched(one(registry, cas)["smiles"], {"": rule})


@pytest.mark.parametrize("cas", ["12018-18-7", "12053-26-8", "12018-10-9", "12082-08-5", "14177-95-8"])
def test_what_is_no_chromate_is_drawn_as_none(registry: Registry, cas: str) -> None:
    rule = read_rule({"scope": "whole", "oxidation": {"Cr": 6}})
    assert not matched(one(registry, cas)["smiles"], {"": rule})


def test_a_title_made_from_a_wrong_drawing_gives_way(registry: Registry) -> None:
    assert one(registry, "12018-18-7")["name"] == "nickel chromite"
    assert one(registry, "19295-81-9")["name"] == "heptyl nonyl phthalate"
    names = ["nickel chromate", "1,1,2,2-tetrahydroperfluorotetradecyl iodide"]
    assert registry.find_names(names) == [("14721-18-7",), ("30046-31-2",)]


def test_own_structures_agree_with_their_cas_numbers_once() -> None:
    numbers = [row["cas"] for row in read_own("structures.csv")]
    materials = [row["cas"] for row in read_own("materials.csv")]
    assert len(set(numbers)) == len(numbers)
    assert len(set(materials)) == len(materials)
    assert set(numbers).isdisjoint(materials)


def test_materials_are_whole() -> None:
    for row in read_own("materials.csv"):
        assert row["name_en"], row
        assert row["kind"] in {"polymer", "alloy", "uvcb", "mineral", "mixture"}, row
        assert not row["elements"] or elements(row["elements"]), row
        assert row["kind"] != "alloy" or not row["elements"], row


def test_own_names_are_whole_and_stand_once() -> None:
    rows = read_own("names.csv")
    assert {row["language"] for row in rows} == {"sv", "en"}
    assert all(row["name"] == row["name"].strip() and normal_name(row["name"]) for row in rows)
    keys = [(row["cas"], row["language"], normal_name(row["name"])) for row in rows]
    assert len(set(keys)) == len(keys)


def test_own_names_mean_one_substance() -> None:
    """Names that two substances share: each is known to, and is named here."""
    shared = {
        *(
            "dop",
            "dinp",
            "diisononylftalat",
            "diisononylphthalate",
            "didp",
            "diisodecylftalat",
            "diisodecylphthalate",
        ),
    }
    meant: dict[str, set[str]] = {}
    for row in read_own("names.csv"):
        meant.setdefault(normal_name(row["name"]), set()).add(row["cas"])
    several = {name for name, numbers in meant.items() if len(numbers) > 1}
    assert {name for name in several if not name.startswith("26(nonylphenoxy)")} == shared


def test_own_names_are_found(registry: Registry) -> None:
    rows = read_own("names.csv")
    found = registry.find_names([row["name"] for row in rows])
    assert [row for row, numbers in zip(rows, found, strict=True) if row["cas"] not in numbers] == []


def test_what_a_name_also_stands_for_comes_after_what_it_means(registry: Registry) -> None:
    rows = read_own("also.csv")
    first = {normal_name(row["name"]): row["cas"] for row in read_own("names.csv")}
    for row, found in zip(rows, registry.find_names([row["name"] for row in rows]), strict=True):
        assert row["cas"] in found, row
        assert found[0] == first.get(normal_name(row["name"]), found[0]), row


def test_replaced_numbers_lead_to_a_known_one(registry: Registry) -> None:
    rows = read_own("replaced.csv")
    assert registry.find_cas([row["new"] for row in rows])["known"].all()
    assert {row["old"] for row in rows}.isdisjoint(row["new"] for row in rows)
    assert all(row["source"] for row in rows)


def test_numbers_as_digits() -> None:
    for cas in ("50-00-0", "117-81-7", "2156592-54-8"):
        assert cas_number(cas_digits(cas) or 0) == cas


# ---------------------------------------------------------------------- compiling and keeping


def test_compiled_once_then_opened(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Registry.open(small)
    monkeypatch.setattr(sources, "collect", lambda: pytest.fail("compiled again"))
    second = Registry.open(small)
    assert first.find_names(["alcohol"]) == second.find_names(["alcohol"]) == [("64-17-5", "67-56-1")]
    assert second.status()["entries"] == 3
    assert second.status()["compiled"]


def test_parents_are_remembered(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parents = one(Registry.open(small), "301-04-2")["parents"]
    assert parents == "QTBSBXVTEAMEQO"
    monkeypatch.setattr("kemkoll.registry.remembered.find_all", lambda _: pytest.fail("asked RDKit again"))
    assert one(Registry.open(small), "301-04-2")["parents"] == parents


def test_another_version_is_compiled_anew(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Registry.open(small)
    label = compiling.registry_label()
    monkeypatch.setattr(compiling, "FORMAT", compiling.FORMAT + 1)
    Registry.open(small)
    assert compiling.registry_label() != label
    assert len([place for place in small.iterdir() if place.is_dir()]) == 2


def test_a_broken_shelf_is_compiled_anew(small: Path) -> None:
    Registry.open(small)
    place = small / compiling.registry_label()
    (place / "names.arrow").write_bytes(b"broken")
    assert Registry.open(small).find_names(["ethanol"]) == [("64-17-5",)]
    (place / "shelf.json").write_text("{}")
    assert Registry.open(small).find_names(["ethanol"]) == [("64-17-5",)]


def test_compile_registry_makes_it_anew(small: Path) -> None:
    assert compiling.compile_registry(small).entries == 3
    assert compiling.compile_registry(small).entries == 3


def test_a_home_that_cannot_be_written_falls_back_to_memory(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write_text("a file, not a folder")
    for _ in range(2):
        registry = Registry.open(small)
        assert registry.find_names(["ethanol"]) == [("64-17-5",)]
        assert one(registry, "301-04-2")["parents"] == "QTBSBXVTEAMEQO"
        assert registry.status()["compiled"] == ""
    assert capsys.readouterr().err.count("cannot be kept") == 1


def test_a_full_disk_falls_back_to_memory(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kemkoll.registry.shelf.Shelf.write", full)
    assert Registry.open(small).find_names(["ethanol"]) == [("64-17-5",)]
    assert list(small.iterdir()) == []


def test_a_broken_memory_of_structures_does_no_harm(tmp_path: Path) -> None:
    remembered = RememberedStructures(tmp_path)
    remembered.file.write_bytes(b"no database" * 100)
    assert remembered.find(["CCO"])[0].formula == "C2H6O"


def test_a_locked_memory_of_structures_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RememberedStructures(tmp_path).find(["O"])
    remembered = RememberedStructures(tmp_path)
    monkeypatch.setattr(remembered, "_connect", lambda: sqlite3.connect(remembered.file, timeout=0.01))
    lock = sqlite3.connect(remembered.file)
    lock.execute("BEGIN EXCLUSIVE")
    assert remembered.find(["CCO"])[0].formula == "C2H6O"
    lock.rollback()
    lock.close()


def rows_of_chemicals(folder: Path) -> None:
    """Tables in the form of `chemicals`, with one row of each sort that has to be told apart."""
    large = [
        "1|64-17-5|C2H6O|46|CCO|X|LFQSCWFLJHTTHZ-UHFFFAOYSA-N|ethanol|ethanol|alcohol|64-17-5|nsc 85228",
        "2|74-85-1|C2H4|28|C=C|X|VGGSQFUCUMXWEO-UHFFFAOYSA-N|ethene|ethylene|polyethylene|olefiant gas|elayl",
        "3|9003-53-6|C8H8|104|C=Cc1ccccc1|X|PPBRXRYQALVLMV-UHFFFAOYSA-N|styrene|styron|styron",
        "4|68131-39-5|C14H30O|1|CCO|X|K|ethoxytetradecane|ac1l2|alcohols, c12-15, ethoxylated|ac1l2",
        "5|99999-99-2|C|1|C|X|K|ac1x|ac1x",
        "6|no number|C|1|C|X|K|x|x",
    ]
    inorganic = [
        "-1|7790-85-4|CdOW|1|[Cd].[O].[W]|X|K|tungstate|tungstate|x (HCl)|x oxide (CdWO4)|einecs 1",
        "-1|10031-43-3|CuHNO3|1|O=[N+]([O-])O.[Cu]|X|K|copper nitrate|copper nitrate",
        "-1|12006-57-4|AuPb2|1|[Au].[Pb].[Pb]|X|K|gold;lead|gold;lead",
        "-1|64-17-5|C2H6O|46|CCO|X|LFQSCWFLJHTTHZ-UHFFFAOYSA-N|ethanol|spirit of wine",
    ]
    folder.mkdir()
    for file in sources.CHEMICALS_FILES:
        rows = large if "large" in file else inorganic if file == "Inorganic db.tsv" else []
        (folder / file).write_text("".join(row.replace("|", "\t") + "\n" for row in rows), encoding="utf-8")


def test_rows_of_chemicals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_of_chemicals(tmp_path / "Identifiers")
    monkeypatch.setattr(sources, "_chemicals_folder", lambda: tmp_path / "Identifiers")
    entries = sources.collect()

    def names(cas: str) -> set[str]:
        return {name for name, _ in entries[cas_digits(cas) or 0].names}

    assert {"alcohol", "spirit of wine", "etanol"} <= names("64-17-5")
    assert "64-17-5" not in names("64-17-5")
    assert "polyethylene" not in names("74-85-1")
    assert "olefiant gas" in names("74-85-1")
    assert entries[9003536].variable
    assert (entries[68131395].variable, entries[68131395].smiles) == (True, "")
    assert names("68131-39-5") == {"alcohols, c12-15, ethoxylated"}
    assert entries[99999992].name == "99999-99-2"
    assert entries[12006574].formula == "AuPb2"
    assert entries[7439921].names[0] == ("lead", sources.OURS)
    monkeypatch.setattr(sources, "read_own", lambda _: [])
    entries = sources.collect()
    assert (entries[7790854].formula, entries[7790854].smiles) == ("CdWO4", "")
    assert entries[10031433].formula == "(CuHNO3)x(CuHNO3)y"


def test_own_files_hold_only_cas_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "read_chemicals", lambda: iter(()))
    monkeypatch.setattr(sources, "read_own", lambda _: [{"cas": "1-1-1"}])
    with pytest.raises(ValueError, match="not a CAS number"):
        sources.collect()


def test_short_and_ordinary_names_of_others_do_not_count() -> None:
    names = [
        ("et", sources.OTHER),
        ("wood", sources.OTHER),
        ("...", sources.OTHER),
        ("---", 0),
        ("spirits", sources.OTHER),
    ]
    shelf = compiling.compile_shelf({64175: Entry(64175, "ethanol", names=names)})
    assert shelf.find("names", ["et", "wood", "", "spirits"]) == [(), (), (), (64175,)]


def test_progress_is_shown_on_a_terminal(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert Registry.open(small).status()["entries"] == 3


def test_the_tables_of_chemicals_are_where_they_are_looked_for() -> None:
    assert all((sources._chemicals_folder() / file).is_file() for file in sources.CHEMICALS_FILES)


SLOW_WRITER = """
import sys, time
from pathlib import Path
from kemkoll.registry import compiling, shelf
from kemkoll.registry.sources import Entry
write = shelf.Shelf.write
def slowly(self, folder):
    write(self, folder)
    print("written", flush=True)
    time.sleep(float(sys.argv[2]))
shelf.Shelf.write = slowly
ethanol = Entry(64175, "ethanol", names=[("ethanol", 0)])
found = compiling.shelf_of(Path(sys.argv[1]), "it", lambda: {64175: ethanol})
print(found.find("names", ["ethanol"]), found.entries)
"""


def start(home: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SLOW_WRITER, str(home), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_compile_at_once(tmp_path: Path) -> None:
    processes = [start(tmp_path, 0.5), start(tmp_path, 0.5)]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert all(out.endswith("[(64175,)] 1\n") and not error for out, error in outputs), outputs
    assert [place.name for place in tmp_path.iterdir()] == ["it"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_process_killed_in_the_middle_leaves_nothing_half_done(tmp_path: Path) -> None:
    process = start(tmp_path, 60)
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (tmp_path / "it").exists()
    out, error = start(tmp_path, 0).communicate(timeout=60)
    assert out.endswith("[(64175,)] 1\n"), error


def test_leftovers_are_swept_away_when_old(small: Path) -> None:
    days = {
        ".registry-left": 7,
        ".registry-young": 0,
        "registry-old": 40,
        "registry-recent": 7,
        "own-old": 40,
    }
    for name, age in days.items():
        (small / name).mkdir(parents=True)
        os.utime(small / name, (time.time() - age * 24 * 3600,) * 2)
    Registry.open(small)
    kept = {folder.name for folder in small.iterdir()}
    assert kept == {".registry-young", "registry-recent", compiling.registry_label()}


# ---------------------------------------------------------------------- the user's own


def test_own_substances(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "CAS;Name;SMILES;EC\n7732-18-5;house water;O;231-791-2\n64-17-5;spirits;;\n", encoding="utf-8-sig"
    )
    assert Registry.add(file, small) == 2
    registry = Registry.open(small)
    assert registry.find_names(["house water", "spirits", "ethanol"]) == [
        ("7732-18-5",),
        ("64-17-5",),
        ("64-17-5",),
    ]
    assert one(registry, "64-17-5")["formula"] == "C2H6O"
    assert one(registry, "64-17-5")["name"] == "spirits"
    assert one(registry, "7732-18-5")["formula"] == "H2O"
    assert registry.find_ecs(["231-791-2", "000-000-0"]) == ["7732-18-5", ""]
    assert registry.find_inchikeys(["XLYOFNOQVPJJNP-UHFFFAOYSA-N"]) == [("7732-18-5",)]
    assert (registry.status()["own_entries"], registry.status()["own_files"]) == (2, 1)
    assert registry.near_names(["house watre"]) == [("house water (7732-18-5)",)]


def test_own_files_add_up_and_the_last_counts(small: Path, tmp_path: Path) -> None:
    for number, name in enumerate(["first", "second", "second"]):
        file = tmp_path / f"{number}.csv"
        file.write_text(f"cas,name\n7732-18-5,{name}\n", encoding="utf-8")
        Registry.add(file, small)
    assert [file.name for file in own_files.kept(small)] == ["0001.csv", "0002.csv"]
    registry = Registry.open(small)
    assert one(registry, "7732-18-5")["name"] == "second"
    assert registry.find_names(["first"]) == [("7732-18-5",)]


def test_two_processes_add_at_once(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process took the number meanwhile, and a blank row is no substance."""
    for number, name in enumerate(["first", "second"]):
        file = tmp_path / f"{number}.csv"
        file.write_text(f"cas,name\n7732-18-5,{name}\n,\n", encoding="utf-8")
        monkeypatch.setattr(own_files, "kept", lambda _: [])
        assert Registry.add(file, small) == 1
    monkeypatch.undo()
    assert [file.name for file in own_files.kept(small)] == ["0001.csv", "0002.csv"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "first row"),
        ("number,name\n1,2\n", "first row"),
        ("cas,name\n", "no rows"),
        ("cas,name\n7732-18-6,water\n", "row 2"),
        ("cas,name\n7732-18-5,\n", "no name"),
        ("cas,name,smiles\n7732-18-5,water,C1CC\n", "structure"),
    ],
)
def test_wrong_files_are_refused_whole(small: Path, tmp_path: Path, text: str, wrong: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=wrong):
        Registry.add(file, small)
    assert own_files.kept(small) == []


def test_files_that_cannot_be_read_or_kept(small: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        Registry.add(tmp_path / "nowhere.csv", small)
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00cas")
    with pytest.raises(ConfigError, match="cannot be read"):
        Registry.add(binary, small)
    good = tmp_path / "good.csv"
    good.write_text("cas,name\n7732-18-5,water\n", encoding="utf-8")
    small.write_text("a file, not a folder")
    with pytest.raises(ConfigError, match="cannot be written"):
        Registry.add(good, small)
