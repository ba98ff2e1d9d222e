"""Many structures and many rules at once: the same as one by one, remembered, and bounded."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import one_by_one
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kemkoll.registry import Registry
from kemkoll.registry import grouped as grouped_module
from kemkoll.registry.grouped import Grouped
from kemkoll.registry.shelf import Shelf
from kemkoll.structures import classification, drawn_as_mixture, shown
from kemkoll.structures.classification import CERTAIN, OUT, POSSIBLE, UNDECIDED, classify
from kemkoll.structures.evaluation import MOST_ATOMS, ways
from kemkoll.structures.graphs import graphs
from kemkoll.structures.processes import in_processes, parts_of, processes
from kemkoll.structures.rules import read_rule
from kemkoll.structures.screening import Atoms, bounds_of
from kemkoll.structures.surroundings import Surroundings

LEAD = '{"any": ["[#82]"], "scope": "whole"}'
PCB = json.dumps(
    {
        "only": ["C", "Cl"],
        "all": ["c1ccccc1-c1ccccc1"],
        "count": [{"smarts": "[Cl]", "least": 1}, {"smarts": "[#6]", "least": 12, "most": 12}],
    }
)
DOUBTFUL = json.dumps({"case": [{"all": ["CCl"], "certainty": "possible"}, {"all": ["CBr"]}]})


@pytest.fixture(scope="module")
def rules(law: Any) -> list[str]:
    """What the rules of all shipped lists ask, each once."""
    return [text for text in dict.fromkeys(law.groups["conditions"].astype(str)) if text]


@pytest.fixture(scope="module")
def shelf(registry: Registry) -> Shelf:
    return registry._shelves[-1]


def test_grades() -> None:
    found = classify(["O=[Pb]", "Clc1ccccc1-c1ccccc1", "CCl", "ClCBr", "*CC*"], [LEAD, PCB, DOUBTFUL])
    assert found.tolist() == [
        [CERTAIN, OUT, OUT],
        [OUT, CERTAIN, OUT],
        [OUT, OUT, POSSIBLE],
        [OUT, OUT, CERTAIN],
        [UNDECIDED, UNDECIDED, UNDECIDED],
    ]


def test_no_rules_and_no_structures() -> None:
    assert classify([], [LEAD]).shape == (0, 1)
    assert classify(["O", "C"], []).shape == (2, 0)


def differing(smiles: list[str], rules: list[str], shares: int = 1) -> list[tuple[str, str, int, int]]:
    """Where many at once and one by one differ: what cannot be read is out where its atoms say so."""
    parts = parts_of(smiles, -(-len(smiles) // processes()))
    plain = [row for part in in_processes(one_by_one.grades, parts, rules, shares) for row in part]
    return [
        (text, rule, int(quick), slow)
        for text, row, other in zip(smiles, classify(smiles, rules), plain, strict=True)
        for rule, quick, slow in zip(rules, row, other, strict=True)
        if slow is not None and quick != slow and not (slow == UNDECIDED and quick == OUT)
    ]


def test_screening_changes_nothing_in_a_sample(shelf: Shelf, rules: list[str]) -> None:
    texts = [text for text in shelf.texts("smiles", np.arange(shelf.entries)).tolist() if text]
    assert not differing(random.Random(5).sample(texts, 1_500), rules)


def test_screening_changes_nothing_of_what_is_drawn_in_parts(shelf: Shelf, rules: list[str]) -> None:
    texts = [text for text in shelf.texts("smiles", np.arange(shelf.entries)).tolist() if "." in text]
    mixtures = [text for text in random.Random(7).sample(texts, 2_000) if drawn_as_mixture(text)]
    assert mixtures
    assert not differing(mixtures, rules)


def test_one_molecule_of_a_mixture_is_only_possible() -> None:
    assert classify(["CCl.C=C", "CCl.O", "ClCBr.C=C", "CBr.C=C.[Pb]"], [LEAD, DOUBTFUL]).tolist() == [
        [OUT, POSSIBLE],
        [OUT, POSSIBLE],
        [OUT, POSSIBLE],
        [CERTAIN, POSSIBLE],
    ]


@pytest.mark.slow
def test_screening_changes_nothing_in_the_whole_registry(shelf: Shelf, rules: list[str]) -> None:
    """Each structure against a fifth of the rules; `HYPOTHESIS_PROFILE=thorough`: against all of them."""
    shares = 5 if settings().max_examples <= settings.get_profile("quick").max_examples else 1
    assert not differing(
        [text for text in shelf.texts("smiles", np.arange(shelf.entries)).tolist() if text], rules, shares
    )


def written(smiles: str, how: int, seed: int) -> str:
    """The same structure in another notation; "" where RDKit has none."""
    from rdkit import Chem

    molecule = Chem.MolFromSmiles(smiles)
    if molecule is None:
        return ""
    order = list(range(molecule.GetNumAtoms()))
    random.Random(seed).shuffle(order)
    molecule = Chem.RenumberAtoms(molecule, order)
    text = Chem.MolToSmiles(
        molecule,
        canonical=False,
        allBondsExplicit=how == 1,
        allHsExplicit=how == 2,
        kekuleSmiles=how == 3,
    )
    if how == 4:  # ring bonds by two digits
        text = re.sub(
            r"\[[^\]]*\]|%\d\d|\d", lambda met: f"%{int(met[0]) + 10}" if met[0].isdigit() else met[0], text
        )
    if how == 5:  # nitro groups and azides without charges
        text = text.replace("[N+](=O)[O-]", "N(=O)=O")
    again = Chem.MolFromSmiles(text)
    return text if again is not None and Chem.MolToSmiles(again) == Chem.MolToSmiles(molecule) else ""


@pytest.mark.parametrize("how", range(6))
def test_no_notation_hides_what_a_structure_is(shelf: Shelf, rules: list[str], how: int) -> None:
    """What may be ruled out by a text is ruled out for every way to write it."""
    every = [text for text in shelf.texts("smiles", np.arange(shelf.entries)).tolist() if 8 < len(text) < 90]
    texts = random.Random(how).sample(every, 400)
    pairs = [(text, other) for seed, text in enumerate(texts) if (other := written(text, how, seed))]
    assert len(pairs) > 300
    plain, again = (classify([pair[side] for pair in pairs], rules) for side in (0, 1))
    assert [pair for pair, one, two in zip(pairs, plain, again, strict=True) if (one != two).any()] == []


ATOMS = st.sampled_from(
    ["C", "c1ccccc1", "Cl", "Br", "F", "N", "O", "S", "[Na+]", "[Pb+2]", ".", "[nH]", "[13C]"]
)


@given(st.lists(ATOMS, min_size=1, max_size=12).map("".join))
def test_what_a_text_names_is_what_rdkit_reads(text: str) -> None:
    from rdkit import Chem

    molecule = Chem.MolFromSmiles(text, sanitize=False)
    if molecule is None:
        return
    atoms = Atoms([text])
    for element in ("C", "Cl", "Br", "F", "N", "O", "S", "Na", "Pb"):
        assert atoms.of(element)[0] == sum(atom.GetSymbol() == element for atom in molecule.GetAtoms())


@given(
    st.lists(st.one_of(ATOMS, st.sampled_from(["(", ")", "1", "=", "%12", "2"])), max_size=14).map("".join)
)
def test_the_bonds_of_a_text_are_what_rdkit_reads(text: str) -> None:
    from rdkit import Chem

    read, molecule = graphs([text]), Chem.MolFromSmiles(text, sanitize=False)
    if molecule is None or read.unknown[0]:
        return
    bonds = zip(read.first.tolist(), read.second.tolist(), strict=True)
    ends = [(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()) for bond in molecule.GetBonds()]
    assert sorted(map(sorted, bonds)) == sorted(map(sorted, ends))


def test_where_bonds_may_not_be_those_of_the_text_nothing_is_ruled_out() -> None:
    texts = [
        "CCO",
        "CCO[Na]",
        "[Na+].CC[O-]",
        "[2H]CO",
        "InChI=1S/CH4O/c1-2/h2H,1H3",
        "*C",
        "CC=O",
        "O=1.C1C",
    ]
    rule = read_rule(json.loads('{"all": ["[OX2H][CX4][F]"]}'))
    near = Surroundings(graphs(texts), [way.places for way in ways(rule)])
    kept = near.may_belong(ways(rule)[0].places).tolist()
    assert kept == [False, True, False, True, True, True, False, True]


@pytest.mark.parametrize("broken", ["C)C", "1CC1", "C0CC0.11C", ")", "(C", "C1", "C(", "11"])
def test_what_is_broken_hides_nothing_of_what_is_beside_it(broken: str) -> None:
    rule = json.dumps({"all": ["[OX2H][CH2]"], "any": ["C1CC1"]})
    found = classify(["OCC1CC1", broken, "C1CC1CO", broken + "C", "OCC1CC1.O"], [rule])[:, 0]
    assert found[[0, 2, 4]].tolist() == [CERTAIN, CERTAIN, CERTAIN]


DOUBLE = ["C1=CC=CC=C1O", "C=1C=CC=CC=1O", "C1C=CC=CC=1O", "c1ccccc1O", "C1:C:C:C:C:C:1O", "[CH]1=CC=CC=C1O"]


@pytest.mark.parametrize("smiles", DOUBLE)
def test_aromatic_atoms_are_seen_however_they_are_written(smiles: str) -> None:
    rules = ['{"all": ["[OX2H]c1ccccc1"]}', '{"all": ["[OX2H][CX4]"]}']
    assert classify([smiles], rules).tolist() == one_by_one.grades([smiles], rules)


def test_what_no_double_bond_can_be_in_is_not_aromatic() -> None:
    (way,) = ways(read_rule({"all": ["Oc1ccccc1"]}))
    near = Surroundings(graphs(["OC1CCCCC1", "OC1=CC=CC=C1", "Oc1ccccc1", "OC=CC=CC"]), [way.places])
    assert near.may_belong(way.places).tolist() == [False, True, True, False]


def test_where_no_text_names_an_atom_nothing_is_found() -> None:
    assert classify(["(", "2"], [LEAD]).tolist() == [[OUT], [OUT]]


def test_a_structure_with_a_metal_is_found_however_it_is_drawn() -> None:
    assert classify(["C[Sn](C)(C)C", "CC"], ['{"is": ["C[Sn](C)(C)C"], "scope": "whole"}']).tolist() == [
        [CERTAIN],
        [OUT],
    ]


def test_atoms_must_be_bound_to_one_another() -> None:
    (way,) = ways(read_rule({"all": ["[OX2H][CX4][NX3H2]"]}))
    near = Surroundings(graphs(["OCN", "OCCN", "OCC(C)N.C"]), [way.places])
    assert near.may_belong(way.places).tolist() == [True, False, False]


def test_bounds_of_a_case() -> None:
    bounds = bounds_of(read_rule(json.loads(PCB)).cases[0])
    assert (bounds.least, bounds.most, bounds.only) == (
        {"C": 12, "Cl": 1, "ring": 1},
        {"C": 12},
        ("C", "Cl"),
    )


def test_a_pattern_that_names_no_element_rules_nothing_out() -> None:
    rule = json.dumps({"all": ["[F,Cl][!#6]", "[R]~*"], "scope": "whole"})
    assert bounds_of(read_rule(json.loads(rule)).cases[0]).least == {}


def test_several_processes_find_the_same(monkeypatch: pytest.MonkeyPatch, rules: list[str]) -> None:
    smiles = ["O=[Pb]", "CCl", "OC(=O)C(F)(F)F", "*C", "no structure", "Clc1ccccc1-c1ccccc1"]
    alone = classify(smiles, rules)
    monkeypatch.setattr(classification, "MANY", 1)
    monkeypatch.setattr(classification, "_AT_ONCE", 2)
    assert classify(smiles, rules).tolist() == alone.tolist()


@pytest.mark.parametrize(
    "smiles", ["C" * 3_900, "C1CC" * 900, "(" * 50, "[", "é", "[Xx]", "", " ", "[U][Pu]", "C%00"]
)
def test_what_is_absurd_stops_nothing(smiles: str) -> None:
    assert classify([smiles, "O=[Pb]"], [LEAD])[1, 0] == CERTAIN


def test_a_radioactive_element_is_an_element() -> None:
    uranium = json.dumps({"any": ["[#92]"], "scope": "whole"})
    assert classify(["[238U]", "F[U](F)(F)(F)(F)F"], [uranium])[:, 0].tolist() == [CERTAIN, CERTAIN]


@pytest.mark.parametrize(
    "smiles",
    [
        "C1CCCCC1" * 60,
        "C" + "(C)" * 3 + "C(C)(C)" * 120,
        "".join(f"C{n % 10}" for n in range(10)) + "C" * 200 + "".join(f"C{n % 10}" for n in range(10)),
        "FC(F)(F)" + "C(F)(F)" * 150 + "F",
        "c1ccc2c(c1)" + "c1ccc2cc1" * 60,
        "OCC" * 160 + "O",
    ],
)  # fmt: skip
def test_no_structure_takes_minutes(smiles: str, rules: list[str]) -> None:
    """Hundreds of alike atoms, held against all rules: each search is bounded, so that it ends at once."""
    assert classify([smiles], rules).shape == (1, len(rules))


def test_more_atoms_than_any_rule_looks_at() -> None:
    assert classify(["Cl" + "C" * MOST_ATOMS], [DOUBTFUL]).tolist() == [[UNDECIDED]]


# --- what is remembered -----------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Shelf:
    from kemkoll.registry.compiling import compile_shelf
    from kemkoll.registry.sources import Entry

    made = compile_shelf(
        {
            1317368: Entry(1317368, "lead oxide", smiles="O=[Pb]", inchikey="x", formula="OPb"),
            74873: Entry(74873, "chloromethane", smiles="CCl", inchikey="y", formula="CH3Cl"),
        }
    )
    (tmp_path / "shelf").mkdir()
    made.write(tmp_path / "shelf")
    return Shelf.open(tmp_path / "shelf")


def test_each_rule_is_held_against_the_registry_once(small: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(smiles: list[str], rules: list[str], done: Any = None) -> Any:
        asked.extend(rules)
        return classify(smiles, rules)

    monkeypatch.setattr(grouped_module, "classify", counted)
    rows = np.array([1, 0])
    assert Grouped(small).grades(rows, [LEAD]).tolist() == [[CERTAIN], [OUT]]
    assert asked == [LEAD]
    assert Grouped(small).grades(rows, [DOUBTFUL, LEAD]).tolist() == [[OUT, CERTAIN], [POSSIBLE, OUT]]
    assert asked == [LEAD, DOUBTFUL]
    assert Grouped(small).grades(rows, [LEAD, DOUBTFUL]).tolist() == [[CERTAIN, OUT], [OUT, POSSIBLE]]
    assert asked == [LEAD, DOUBTFUL]


def test_a_broken_file_is_made_anew(small: Shelf) -> None:
    rows = np.array([1])
    Grouped(small).grades(rows, [LEAD])
    assert small.folder is not None
    (file,) = small.folder.glob("groups-*.arrow")
    for broken in (b"", b"no arrow", file.read_bytes()[:-40]):
        file.write_bytes(broken)
        assert Grouped(small).grades(rows, [LEAD]).tolist() == [[CERTAIN]]


def test_what_cannot_be_kept_is_found_each_time(small: Shelf) -> None:
    in_memory = Shelf(small.tables)
    assert Grouped(in_memory).grades(np.array([1, 0]), [LEAD]).tolist() == [[CERTAIN], [OUT]]


def test_the_suppliers_structure_goes_before_the_registrys(registry: Registry) -> None:
    found = registry.grades(["64-17-5", "64-17-5", "", "no number"], ["CCO", "O=[Pb]", "[Pb]", ""], [LEAD])
    assert found[:, 0].tolist() == [OUT, CERTAIN, CERTAIN, OUT]


def test_the_atoms_are_shown() -> None:
    assert shown("CC[Pb](CC)(CC)CC", LEAD) == ((2,), "[Pb]")
    assert shown("CCO", LEAD) == shown("no structure", LEAD) == ((), "")
