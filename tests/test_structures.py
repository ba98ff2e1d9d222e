"""Structures and formulas: what is read, what it weighs, and which parents a salt has."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from fractions import Fraction

import pytest
from conftest import has_at_least
from hypothesis import given
from hypothesis import strategies as st

from kemkoll import structures
from kemkoll.formulas import WEIGHTS, element_share, elements
from kemkoll.structures import find, find_all, processes

STEARATE = "CCCCCCCCCCCCCCCCCC(=O)[O-]"
BISPHENOL_AF = "Oc1ccc(cc1)C(C(F)(F)F)(C(F)(F)F)c1ccc(O)cc1"
PHOSPHONIUM_SALT = (
    "c1ccc(C[P+](c2ccccc2)(c2ccccc2)c2ccccc2)cc1.Oc1ccc(cc1)C(C(F)(F)F)(C(F)(F)F)c1ccc([O-])cc1"
)

SHARES = [
    ("C36H70O4Pb", "Pb", 0.26765),
    ("OPb", "Pb", 0.92832),
    ("CO3Pb", "Pb", 0.77543),
    ("N2O6Pb", "Pb", 0.62559),
    ("CrO4Pb", "Pb", 0.64110),
    ("CrO4Pb", "Cr", 0.16088),
    ("C24H54OSn2", "Sn", 0.39828),
    ("C32H64O4Sn", "Sn", 0.18796),
    ("C40H80O4Sn", "Sn", 0.15960),
    ("CdS", "Cd", 0.77809),
    ("Cr2K2O7", "Cr", 0.35350),
    ("BaCrO4", "Cr", 0.20526),
    ("C8H8HgO2", "Hg", 0.59568),
]


@pytest.mark.parametrize(("formula", "element", "share"), SHARES)
def test_element_shares_of_listed_substances(formula: str, element: str, share: float) -> None:
    assert element_share(formula, element) == pytest.approx(share, abs=1e-5)


def test_share_is_exact() -> None:
    assert element_share("OPb", "Pb") == Fraction(2072, 10) / (Fraction(2072, 10) + Fraction("15.999"))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("H12Cl2CoO6", {"H": 12, "Cl": 2, "Co": 1, "O": 6}),
        ("CoCl2.6H2O", {"Co": 1, "Cl": 2, "H": 12, "O": 6}),
        ("CoCl2·6H2O", {"Co": 1, "Cl": 2, "H": 12, "O": 6}),
        ("CoCl2*6 H2O", {"Co": 1, "Cl": 2, "H": 12, "O": 6}),
        ("CaSO4.0.5H2O", {"Ca": 2, "S": 2, "O": 9, "H": 2}),
        ("3CdSO4.8H2O", {"Cd": 3, "S": 3, "O": 20, "H": 16}),
        ("Al2O3.2SiO2.2H2O", {"Al": 2, "O": 9, "Si": 2, "H": 4}),
        ("2CaO·SiO2", {"Ca": 2, "O": 4, "Si": 1}),
        ("Fe0.95O", {"Fe": 19, "O": 20}),
        ("Ca(NO3)2", {"Ca": 1, "N": 2, "O": 6}),
        ("[Cu(NH3)4]SO4", {"Cu": 1, "N": 4, "H": 12, "S": 1, "O": 4}),
        ("Cr+6", {"Cr": 1}),
        ("CrO4-2", {"Cr": 1, "O": 4}),
        ("CrO4(2-)", {"Cr": 1, "O": 4}),
        ("[CrO4]2-", {"Cr": 1, "O": 4}),
        ("Ca²⁺", {"Ca": 1}),
        ("C₂H₆O", {"C": 2, "H": 6, "O": 1}),
        ("C6D6", {"C": 6, "H": 6}),
        ("[13C]H4", {"C": 1, "H": 4}),
        ("(C2H4)n", {"C": 2, "H": 4}),
        ("(C8H8)x(C4H6)y", {"C": 12, "H": 14}),
    ],
)
def test_formulas_that_are_read(formula: str, expected: dict[str, int]) -> None:
    assert elements(formula) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "",
        " ",
        "-",
        "x",
        "steel",
        "C(",
        "C)",
        "Xx",
        "N/A",
        "C2H4n!",
        "((C))2(",
        "C6H6.",
        ".C",
        "1",
        "0",
        "()",
        "C" * 999,
    ],
)
def test_formulas_that_are_not_read(formula: str) -> None:
    assert elements(formula) is None
    assert element_share(formula, "C") is None
    assert has_at_least(formula, "C") is None


def test_unknown_proportions_have_no_share_but_known_absence() -> None:
    blend = "(PbCrO4)x(PbSO4)y"
    assert element_share(blend, "Pb") is None
    assert element_share(blend, "Cd") == 0
    assert element_share("(C2H3Cl)n", "Cl") == element_share("C2H3Cl", "Cl")
    assert element_share("HO(C2H4O)nH", "O") is None


@given(
    st.dictionaries(
        st.sampled_from([symbol for symbol in WEIGHTS if symbol not in "DT"]),
        st.integers(1, 999),
        min_size=1,
        max_size=8,
    )
)
def test_shares_of_all_elements_sum_to_one(atoms: dict[str, int]) -> None:
    formula = "".join(f"{symbol}{count}" for symbol, count in atoms.items())
    assert elements(formula) == atoms
    assert sum(element_share(formula, symbol) or 0 for symbol in atoms) == 1


@given(st.text(max_size=40))
def test_nothing_raises(text: str) -> None:
    elements(text)
    element_share(text, text)
    has_at_least(text, text)
    found = find(text)
    assert found.valid == bool(found.smiles)


@given(st.text("CNOPSc1234()[]=#+-.FBrlHa@/\\ePb", max_size=30))
def test_no_smiles_raises(text: str) -> None:
    find(text)


def test_weights_agree_with_the_tables_of_chemicals() -> None:
    table = pytest.importorskip("chemicals.elements").periodic_table
    stable = [element for element in table if element.symbol in WEIGHTS and "." in WEIGHTS[element.symbol]]
    assert len(stable) > 80
    for element in stable:
        assert float(WEIGHTS[element.symbol]) == pytest.approx(element.MW, rel=2e-3), element.symbol


def test_whole_substance_keeps_its_metal() -> None:
    assert find(f"{STEARATE}.{STEARATE}.[Pb+2]").formula == "C36H70O4Pb"
    assert find("[N+](=O)([O-])[O-].[N+](=O)([O-])[O-].[Pb+2]").formula == "N2O6Pb"


@pytest.mark.parametrize(
    ("salt", "acid"),
    [
        ("[Na+].CC(=O)[O-]", "CC(=O)O"),
        ("CC(=O)O[Na]", "CC(=O)O"),
        ("[NH4+].[O-]C(=O)C(F)(F)F", "OC(=O)C(F)(F)F"),
        ("CCO.Cl", "CCO"),
        (PHOSPHONIUM_SALT, BISPHENOL_AF),
        ("C1COCC[NH2+]1.[O-]S(=O)(=O)C(F)(F)F", "OS(=O)(=O)C(F)(F)F"),
        ("NN.OS(=O)(=O)O", "NN"),
    ],
)
def test_a_salt_shows_its_parent(salt: str, acid: str) -> None:
    parent = find(acid).inchikey.partition("-")[0]
    assert find(acid).parents == parent
    assert parent in find(salt).parents.split(";")


@pytest.mark.parametrize(
    "smiles",
    [
        "[Pb]",
        "[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]",
        "O=[Cr](=O)=O",
        "[Na+].[Cl-]",
        "O",
        "Cl",
        "[K+].[O-]Cl(=O)(=O)=O",
    ],
)
def test_metals_and_simple_ions_are_no_parents(smiles: str) -> None:
    assert find(smiles).valid
    assert find(smiles).parents == ""


def test_notations_of_one_structure_agree() -> None:
    assert len(set(find_all(["CCO", "OCC", "C(O)C", "[CH3][CH2][OH]"]))) == 1


@pytest.mark.parametrize(
    "smiles", ["", " ", "C1CC", "[Xx]", "CC O", "C" * 5000, "C\0C", "\ud800", "💧", "c1cccc1C(C)(C)(C)(C)C"]
)
def test_what_is_no_smiles_is_unreadable(smiles: str) -> None:
    assert find(smiles) == structures.UNREADABLE


def test_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    smiles = ["CCO", "[Na+].CC(=O)[O-]", "no", "é"]
    monkeypatch.setattr(structures.reading, "MANY", 2)
    assert find_all(smiles) == [find(text) for text in smiles]


def test_processes_that_cannot_start_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structures.reading, "MANY", 1)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert find_all(["CCO", "O"]) == [find("CCO"), find("O")]


def test_a_process_answers_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = {"module": "kemkoll.structures.reading", "name": "_find_each", "given": [["O", "no"]]}
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(call)))
    processes.serve()
    assert [text[0] for text in json.loads(capsys.readouterr().out)["made"]] == ["O", ""]


def test_formulas_nested_too_deep_are_not_read() -> None:
    assert elements("(" * 40 + "C" + ")" * 40) is None
    assert elements("C)2(") is None


def test_rdkit_is_silent_and_comes_late() -> None:
    code = (
        "import sys, kemkoll.structures as s;"
        "assert not any(name.startswith('rdkit') for name in sys.modules);"
        "s.find('C1CC'); s.find('c1cccc1'); s.find('[O-][N+](=O)[O-].[Pb+2]')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_polymer_has_any_number_of_its_units() -> None:
    assert has_at_least("(C2H4)n", "C40H20") is True
    assert has_at_least("(C2H4)n", "CF") is False
    assert has_at_least("C2H4", "C40") is False
