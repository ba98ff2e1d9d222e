"""The rules of groups: what a structure must have, tried on definitions that are known to be traps."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kemkoll.structures import draw
from kemkoll.structures.evaluation import MOST_ATOMS, UndecidableError, matched
from kemkoll.structures.rules import RuleError, read_rule

NONYLPHENOL = {"branch": [{"smarts": "[c:1]1([CX4:2])ccc([OX2H])cc1", "kind": "alkyl", "carbons": [9, 9]}]}
PHTHALATE = {"all": ["[cH]1[cH][cH][cH]c(C(=O)O[#6;!$(C=O)])c1C(=O)O[#6;!$(C=O)]"]}
SHORT_PHTHALATE = {
    **PHTHALATE,
    "branch": [{"smarts": "c-C(=O)[OX2:1]-[CX4:2]", "kind": "alkyl", "backbone": [3, 6], "every": True}],
}
PERFLUOROHEPTYL = {
    "branch": [{"smarts": "[#6:1]-[CX4:2](F)", "kind": "perfluoroalkyl", "carbons": [7, 7]}],
    "none": ["[CX4](F)(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)[F,Cl,Br]"],
}
PERFLUOROHEXYL_ON_SULFUR = {
    "branch": [{"smarts": "[#16:1]-[CX4:2](F)", "kind": "perfluoroalkyl", "carbons": [6, 6]}]
}
TRIBUTYLTIN = {
    "scope": "whole",
    "branch": [{"smarts": "[Sn:1][CX4:2]", "kind": "alkyl", "carbons": [4, 4], "least": 3, "most": 3}],
    "none": ["[Sn]([#6])([#6])([#6])[#6]"],
}
CHROMIUM_SIX = {"scope": "whole", "oxidation": {"Cr": 6}}
BORATE = {"scope": "whole", "all": ["[#5]"], "none": ["[#5]~[!#8]"]}
CHLORINATED_PARAFFIN = {
    "count": [{"smarts": "[#6]", "least": 10, "most": 13}, {"smarts": "[Cl]", "least": 1}],
    "none": ["[!#6;!#17;!#1]", "[R]", "*=,#*"],
}
BENZIDINE, TOLUIDINE = "Nc1ccc(cc1)-c1ccc(N)cc1", "Cc1ccccc1N"
AMINOAZOTOLUENE = "Cc1ccccc1N=Nc1ccc(N)c(C)c1"
AZO = {"cleaves_to": [BENZIDINE, TOLUIDINE]}
ANY_BRANCH = {"branch": [{"smarts": "[c:1]-[CX4:2]", "carbons": [1, 3]}]}
RADICAL = {"scope": "whole", "branch": [{"smarts": "[c:1]-[#6:2]", "kind": "alkyl", "carbons": [9, 9]}]}
LEAD_OXIDE = {"scope": "whole", "is": ["O=[Pb]"]}
D4 = {"is": ["C[Si]1(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O1"]}
CASES = [
    (PHTHALATE, "CCCCC(CC)COC(=O)c1ccccc1C(=O)OCC(CC)CCCC", "DEHP", True),
    (PHTHALATE, "CCCCC(CC)COC(=O)c1ccc(cc1)C(=O)OCC(CC)CCCC", "DOTP", False),
    (PHTHALATE, "CCCCC(CC)COC(=O)c1ccccc1C(=O)O", "MEHP", False),
    (PHTHALATE, "O=C1OC(=O)c2ccccc12", "phthalic anhydride", False),
    (PHTHALATE, "CC(C)CCCCCCOC(=O)C1CCCCC1C(=O)OCCCCCCC(C)C", "DINCH", False),
    (PHTHALATE, "O=C(Oc1ccccc1)c1ccccc1C(=O)Oc1ccccc1", "diphenyl phthalate", True),
    (SHORT_PHTHALATE, "CCCCOC(=O)c1ccccc1C(=O)OCCCC", "DBP", True),
    (
        SHORT_PHTHALATE,
        "CCCCC(CC)COC(=O)c1ccccc1C(=O)OCC(CC)CCCC",
        "DEHP: six carbon atoms in the chain",
        True,
    ),
    (SHORT_PHTHALATE, "CCCCCCCCOC(=O)c1ccccc1C(=O)OCCCC", "one chain is too long", False),
    (NONYLPHENOL, "CCCCCCCCCc1ccc(O)cc1", "4-nonylphenol", True),
    (NONYLPHENOL, "[Na+].CCCCCCCCCc1ccc([O-])cc1", "its salt", True),
    (NONYLPHENOL, "CCC(C)CC(C)(CC)c1ccc(O)cc1", "a branched one", True),
    (NONYLPHENOL, "CCCCCCCCCc1ccccc1O", "2-nonylphenol", False),
    (NONYLPHENOL, "CC(C)(C)CC(C)(C)c1ccc(O)cc1", "octylphenol", False),
    (NONYLPHENOL, "CCCCCCC=CCc1ccc(O)cc1", "an alkene", False),
    (NONYLPHENOL, "C1CCCCC1CCCc1ccc(O)cc1", "a ring of nine carbon atoms", False),
    (NONYLPHENOL, "Oc1ccc2c(c1)CCCCCCC2", "a chain that comes back to the ring", False),
    (PERFLUOROHEPTYL, "OCCC(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", "8:2 FTOH", True),
    (PERFLUOROHEPTYL, "IC(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", "the iodide", True),
    (PERFLUOROHEPTYL, "BrC(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", "the bromide", False),
    (PERFLUOROHEPTYL, "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(C(F)(F)F)C(F)(F)F", "branched PFOA", True),
    (PERFLUOROHEPTYL, "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", "PFHpA", False),
    (
        PERFLUOROHEXYL_ON_SULFUR,
        "[K+].[O-]S(=O)(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F",
        "K-PFHxS",
        True,
    ),
    (PERFLUOROHEXYL_ON_SULFUR, "NS(=O)(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", "its amide", True),
    (PERFLUOROHEXYL_ON_SULFUR, "OS(=O)(=O)CCC(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", "6:2 FTS", False),
    (
        PERFLUOROHEXYL_ON_SULFUR,
        "OS(=O)(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F",
        "PFOS",
        False,
    ),
    (TRIBUTYLTIN, "CCCC[Sn](CCCC)(CCCC)O[Sn](CCCC)(CCCC)CCCC", "TBTO", True),
    (TRIBUTYLTIN, "[Cl-].CCCC[Sn+](CCCC)CCCC", "the chloride, drawn in ions", True),
    (TRIBUTYLTIN, "CCCC[Sn](CCCC)(CCCC)CCCC", "tetrabutyltin", False),
    (TRIBUTYLTIN, "CCCC[Sn](CCCC)(OC(=O)CCCCCCCCCCC)OC(=O)CCCCCCCCCCC", "DBTL", False),
    (CHROMIUM_SIX, "O=[Cr](=O)=O", "chromium trioxide", True),
    (CHROMIUM_SIX, "[Pb+2].[O-][Cr](=O)(=O)[O-]", "lead chromate", True),
    (CHROMIUM_SIX, "[K+].[K+].[O-][Cr](=O)(=O)O[Cr](=O)(=O)[O-]", "potassium dichromate", True),
    (CHROMIUM_SIX, "O=[Cr]O[Cr]=O", "chromium(III) oxide", False),
    (CHROMIUM_SIX, "[Cl-].[Cl-].[Cl-].[Cr+3]", "chromium(III) chloride", False),
    (CHROMIUM_SIX, "[Cr].[C-]#[O+].[C-]#[O+].[C-]#[O+].[C-]#[O+].[C-]#[O+].[C-]#[O+]", "Cr(CO)6", False),
    (BORATE, "OB(O)O", "boric acid", True),
    (BORATE, "[Na+].[Na+].[O-]B1OB2OB([O-])OB(O1)O2.O.O.O.O.O.O.O.O.O.O", "borax", True),
    (BORATE, "[Na+].F[B-](F)(F)F", "a fluoroborate", False),
    (BORATE, "OB(O)c1ccccc1", "a boronic acid", False),
    (CHLORINATED_PARAFFIN, "ClCC(Cl)CCC(Cl)C(Cl)CCC(Cl)CCl", "C10", True),
    (CHLORINATED_PARAFFIN, "ClCC(Cl)CCC(Cl)CCC(Cl)CCC(Cl)CCCCl", "C14", False),
    (CHLORINATED_PARAFFIN, "ClC1CCC(Cl)C(Cl)CCC(Cl)C(Cl)CCC1Cl", "a ring", False),
    (
        AZO,
        "[Na+].[Na+].Nc1c(/N=N/c2ccc(-c3ccc(/N=N/c4cc(S(=O)(=O)[O-])c5ccccc5c4N)cc3)cc2)cc(S(=O)(=O)[O-])"
        "c2ccccc12",
        "Congo red",
        True,
    ),
    (AZO, "Cc1ccccc1N=Nc1ccc(N=Nc2c(O)ccc3ccccc23)c(C)c1", "Sudan IV", True),
    (AZO, "Cc1ccccc1NN=C1C(=O)C=Cc2ccccc12", "Sudan II's kind, drawn as a hydrazone", True),
    (AZO, "Oc1ccc2ccccc2c1N=Nc1ccccc1", "Sudan I", False),
    (AZO, "NC(=O)N=NC(N)=O", "azodicarbonamide", False),
    (AZO, "CC(C)=NNc1ccccc1C", "a true hydrazone", False),
    (AZO, "Cc1ccccc1N", "the amine itself", False),
    (
        {"cleaves_to": [AMINOAZOTOLUENE]},
        "Cc1ccccc1N=Nc1ccc(N=Nc2c(O)ccc3ccccc23)c(C)c1",
        "one bond alone",
        True,
    ),
    (AZO, "CN(N=Nc1ccccc1C)c1ccccc1", "a triazene", False),
    (AZO, "c1ccc(cc1)" + "N=Nc1ccc(cc1)" * 7 + "N=Nc1ccccc1C", "many azo groups", True),
    (ANY_BRANCH, "CCc1ccccc1", "a branch of any kind", True),
    (ANY_BRANCH, "C1CCc2ccccc2C1", "a ring that comes back", False),
    (RADICAL, "[CH2]CCCCCCCCc1ccc(O)cc1", "a branch with an open end", False),
    (LEAD_OXIDE, "O=[Pb]", "exactly a compound of a metal", True),
    (LEAD_OXIDE, "O=[Sn]", "that of another metal", False),
    (D4, "C[Si]1(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O1", "D4", True),
    (D4, "C[Si]1(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O1", "D5", False),
]


@pytest.mark.parametrize(("table", "smiles", "name", "belongs"), CASES, ids=[case[2] for case in CASES])
def test_a_rule_takes_in_what_it_means(table: dict[str, Any], smiles: str, name: str, belongs: bool) -> None:
    found = matched(smiles, {"rule": read_rule(table)})
    assert bool(found) is belongs
    if belongs:
        assert draw(smiles, name, found["rule"].atoms) != draw(smiles, name)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CASES), st.integers(0, 2**31))
def test_another_notation_is_the_same_structure(
    case: tuple[dict[str, Any], str, str, bool], seed: int
) -> None:
    """Neither the order of the atoms nor the place where the writer began decides."""
    from rdkit import Chem

    table, smiles, _, belongs = case
    molecule = Chem.MolFromSmiles(smiles)
    order = list(range(molecule.GetNumAtoms()))
    random.Random(seed).shuffle(order)
    again = Chem.MolToSmiles(Chem.RenumberAtoms(molecule, order), canonical=False)
    assert bool(matched(again, {"rule": read_rule(table)})) is belongs


def test_inchi_is_read_too() -> None:
    inchi = "InChI=1S/C8H24O4Si4/c1-13(2)9-14(3,4)11-16(7,8)12-15(5,6)10-13/h1-8H3"
    assert matched(inchi, {"rule": read_rule(D4)})["rule"].certain


def test_the_atoms_are_those_of_the_structure_as_it_is_written() -> None:
    found = matched("[Na+].CCCCCCCCCc1ccc([O-])cc1", {"rule": read_rule(NONYLPHENOL)})
    assert found["rule"].atoms == frozenset(range(1, 17))


STYRENE = {"all": ["C=Cc1ccccc1"]}


@pytest.mark.parametrize(
    ("smiles", "certain"),
    [
        ("C=Cc1ccccc1", True),
        ("C=Cc1ccccc1.C=CC#N.C=CC=C", False),
        ("C=Cc1ccccc1.C=O", False),
        ("C=Cc1ccccc1.C=C(C)C(=O)O.CC(=O)O", False),  # no base
        ("C=Cc1ccccc1.C=Cc1ccc(cc1)S(=O)(=O)[O-].[Na+]", False),  # a monomer beside the salt of another
        ("C=Cc1ccccc1.C=Cc1ccccc1", True),  # one kind, twice
        ("C=Cc1ccccc1.O.O", True),
        ("C=Cc1ccccc1.OS(=O)(=O)O", True),
        ("C=Cc1ccccc1.O=C=O", True),
        ("C=Cc1ccccc1.C", True),  # a slip of drawings
        ("CC[Sn](CC)(Br)c1ccc(C=C)cc1.CC1CCCCN1", True),  # a metal with what gives it electrons
        ("NCc1ccc(C=C)cc1.Cl", True),
        ("NCc1ccc(C=C)cc1.CC(=O)O", True),
        ("OC(=O)c1ccc(C=C)cc1.CCN(CC)CC", True),
        ("OC(=O)c1ccc(C=C)cc1.c1ccncc1", True),
        ("Oc1ccc(C=C)cc1.NC(=N)N", True),
        ("OS(=O)(=O)c1ccc(C=C)cc1.OCCN(CCO)CCO.O", True),
        ("OP(=O)(O)OCc1ccc(C=C)cc1.CN", True),
        ("OC(=O)c1ccc(C=C)cc1.C[N+](C)(C)CC(=O)[O-]", True),  # an inner salt takes protons
        ("C[N+](C)(C)Cc1ccc(C=C)cc1.[Cl-]", True),
        ("[O-]C(=O)c1ccc(C=C)cc1.[Na+]", True),
        ("[O-]C(=O)c1ccc(C=C)cc1.OC(=O)c1ccc(C=C)cc1.[K+]", True),  # an acid salt
        ("[Cr].[C-]#[O+].[C-]#[O+].[C-]#[O+].C=Cc1ccccc1", True),
    ],
)
def test_one_molecule_of_a_mixture_is_only_possible(smiles: str, certain: bool) -> None:
    for scope in ("parent", "fragment"):
        assert matched(smiles, {"": read_rule(STYRENE | {"scope": scope})})[""].certain is certain
    assert matched(smiles, {"": read_rule(STYRENE | {"scope": "whole"})})[""].certain


def test_a_mixture_belongs_surely_by_a_case_about_the_whole() -> None:
    cases = [STYRENE, {"all": ["C#N"], "scope": "whole"}]
    for order in (cases, cases[::-1]):
        assert matched("C=Cc1ccccc1.C=CC#N", {"": read_rule({"case": order})})[""].certain


def test_one_case_of_several_is_enough() -> None:
    rule = read_rule({"case": [{"all": ["[Pb]"], "scope": "whole"}, {"all": ["[Cd]"], "scope": "whole"}]})
    assert [bool(matched(text, {"": rule})) for text in ("[Pb]", "[Cd]", "[Zn]")] == [True, True, False]


@pytest.mark.parametrize(
    ("smiles", "said"),
    [
        ("no structure", "cannot be read"),
        ("", "cannot be read"),
        ("*CC*", "places that are open"),
        ("C" * (MOST_ATOMS + 1), f"more than {MOST_ATOMS} atoms"),
    ],
)
def test_what_no_rule_can_be_held_against(smiles: str, said: str) -> None:
    with pytest.raises(UndecidableError, match=said):
        matched(smiles, {"rule": read_rule(PHTHALATE)})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, ["there is no condition"]),
        ({"case": [{"anyone": ["C"]}]}, ["case 1", "anyone"]),
        ({"count": [{"smarts": "C", "leest": 1}]}, ["count", "leest"]),
        ({"count": [{"smarts": "C", "least": 1}], "scope": "half"}, ["half"]),
        ({"branch": [{"smarts": "[C:1][C:2]", "carbons": [1]}]}, ["branch"]),
        ({"branch": [{"smarts": "[C:1][C:2]", "kind": "alkane"}]}, ["alkane"]),
        ({"branch": [{"smarts": "[C:1][C:2]", "backbone": [1, 2]}]}, ["backbone"]),
        ({"only": ["C"], "none": ["[R]"]}, ["nothing says what the structure must have"]),
        ({"all": ["C"], "certainty": "sure"}, ["rule", "sure"]),
        ({"all": ["C"], "oxidation": ["Cr"]}, ["rule"]),
        ({"all": ["C"], "none": ["(("]}, ["((", "SMARTS"]),
        ({"branch": [{"smarts": "[C:1]C"}]}, [":1 and :2"]),
        ({"all": ["C"], "is": ["no structure"]}, ["no structure"]),
        ({"all": ["C", "(("], "any": ["(("], "scope": "half"}, ["((", "half"]),
    ],
)
def test_all_that_is_wrong_with_a_rule_is_said(table: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(RuleError) as raised:
        read_rule(table)
    for part in said:
        assert part in str(raised.value)
