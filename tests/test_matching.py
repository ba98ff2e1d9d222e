"""Which entries does each line meet, by what evidence, how certain?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from conftest import declare

from kemkoll.identity import identify
from kemkoll.matching import match
from kemkoll.tables import Law
from kemkoll.wording import Wordings

LAW = Law(
    lists=pd.DataFrame({"list": ["l"]}),
    entries=pd.DataFrame(
        {
            "list": "l",
            "entry": ["ester", "acid", "lead", "fibre", "isomer"],
            "name_en": [
                "an ester",
                "perfluoroheptanoic acid and its salts",
                "lead and its compounds",
                "fibres",
                "i",
            ],
        }
    ),
    limits=pd.DataFrame({"list": ["l"], "entry": ["lead"], "measure": ["element"], "element": ["Pb"]}),
    members=pd.DataFrame(
        [
            ("ester", "cas", "117-81-7", False, "certain"),
            ("ester", "ec", "204-211-0", False, "certain"),
            ("acid", "parent", "ZWBAMYVPMDSJGQ-UHFFFAOYSA-N", False, "certain"),
            ("lead", "element", "Pb", False, "certain"),
            ("lead", "cas", "7446-14-2", True, "certain"),
            ("fibre", "cas", "142844-00-6", False, "possible"),
            ("isomer", "inchikey", "AZQWKYJCGOJGHM-UHFFFAOYSA-N", False, "certain"),
        ],
        columns=["entry", "kind", "value", "excluded", "certainty"],
    ).assign(list="l"),
)


def met(registry: Any, **cells: str) -> list[tuple[str, str, str]]:
    """Entry, route and doubt of each hit of one line."""
    declarations = declare(lines=[{"amount": "1 %", **cells}])
    hits = match(identify(declarations.lines, registry), declarations, LAW, registry)
    evidence = hits.evidence.iloc[hits.hits["evidence"]]
    return sorted(zip(*(evidence[name].astype(str) for name in ("entry", "matched_by", "why")), strict=True))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"cas": "117-81-7"}, [("ester", "cas", "")]),
        ({"ec": "204-211-0"}, [("ester", "ec", "")]),
        ({"cas": "117-81-7", "ec": "204-211-0"}, [("ester", "cas", "")]),
        ({"cas": "7440-50-8", "ec": "204-211-0"}, [("ester", "ec", "identity-disputed")]),
        ({"name": "DEHP"}, [("ester", "name", "name-only")]),
        ({"name": "An ester"}, [("ester", "name", "name-only")]),
        ({"cas": "10000-00-0"}, []),
        ({"smiles": "OC(=O)" + "C(F)(F)" * 6 + "F"}, [("acid", "parent", "")]),
        ({"smiles": "[Na+].[O-]C(=O)" + "C(F)(F)" * 6 + "F"}, [("acid", "parent", "")]),
        ({"cas": "7439-92-1"}, [("lead", "element", "")]),
        ({"cas": "598-63-0"}, [("lead", "element", "")]),
        ({"cas": "7446-14-2"}, []),
        ({"cas": "7440-50-8"}, []),
        ({"cas": "142844-00-6"}, [("fibre", "cas", "member-conditional")]),
    ],
)
def test_routes(registry: Any, cells: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert expected == met(registry, **cells)


def test_an_element_is_counted_by_its_share(registry: Any) -> None:
    declarations = declare(lines=[{"cas": "1072-35-1", "amount": "1 %"}])
    hits = match(identify(declarations.lines, registry), declarations, LAW, registry)
    assert round(hits.evidence["share"].iloc[0], 5) == 0.26765


def test_another_spatial_form_is_a_possible_member(registry: Any) -> None:
    flat, bent = "C[C@H](O)C(=O)O", "C[C@@H](O)C(=O)O"
    key = registry.find_structures([bent])["inchikey"].iloc[0]
    law = Law(
        lists=LAW.lists,
        entries=LAW.entries,
        members=pd.DataFrame(
            {
                "list": ["l"],
                "entry": ["isomer"],
                "kind": ["inchikey"],
                "value": [key],
                "certainty": ["certain"],
            }
        ),
    )
    for smiles, expected in ((bent, ("inchikey", "")), (flat, ("skeleton", "isomer-differs"))):
        declarations = declare(lines=[{"smiles": smiles, "amount": "1 %"}])
        evidence = match(identify(declarations.lines, registry), declarations, law, registry).evidence
        assert expected == (evidence["matched_by"].iloc[0], evidence["why"].iloc[0])


@pytest.mark.parametrize("listed", [["7631-86-9"], ["7631-86-9", "14808-60-7"]])
def test_a_structure_of_several_substances_is_sure_where_all_are_listed(
    registry: Any, listed: list[str]
) -> None:
    """Each of the readings meets the entry for sure, or the doubt stays."""
    law = Law(
        lists=LAW.lists,
        entries=LAW.entries,
        members=pd.DataFrame(
            {"list": "l", "entry": "isomer", "kind": "cas", "value": listed, "certainty": "certain"}
        ),
    )
    declarations = declare(lines=[{"smiles": "O=[Si]=O", "amount": "1 %"}])
    readings = identify(declarations.lines, registry)
    hits = match(readings, declarations, law, registry)
    assert len(readings.readings) == 2
    assert len(hits.hits) == len(listed)
    assert set(hits.evidence["certainty"].astype(str)) == {"certain"}


STYRENE_LAW = Law(
    lists=pd.DataFrame({"list": ["l"]}),
    entries=pd.DataFrame({"list": "l", "entry": ["styrenes", "salts"], "name_en": ["styrenes", "x"]}),
    members=pd.DataFrame(
        {
            "list": ["l"],
            "entry": ["salts"],
            "kind": ["parent"],
            "value": ["PPBRXRYQALVLMV-UHFFFAOYSA-N"],
            "certainty": ["certain"],
        }
    ),
    groups=pd.DataFrame(
        {
            "list": ["l"],
            "entry": ["styrenes"],
            "rule": ["structure"],
            "conditions": ['{"all": ["C=Cc1ccccc1"]}'],
        }
    ),
)


@pytest.mark.parametrize(
    ("smiles", "why"),
    [("C=Cc1ccccc1", ""), ("C=Cc1ccccc1.O", ""), ("C=Cc1ccccc1.C=CC=C", "variable-composition")],
)
def test_one_molecule_of_a_mixture_convicts_nobody(registry: Any, smiles: str, why: str) -> None:
    declarations = declare(lines=[{"smiles": smiles, "amount": "1 %"}])
    found = match(identify(declarations.lines, registry), declarations, STYRENE_LAW, registry).evidence
    assert sorted(found["matched_by"]) == ["group", "parent"]
    assert set(found["why"].astype(str)) == {why}
    assert set(found["certainty"].astype(str)) == {"possible" if why else "certain"}


def test_a_list_without_members_is_met_by_nothing(registry: Any) -> None:
    declarations = declare(lines=[{"cas": "117-81-7", "amount": "1 %"}])
    hits = match(identify(declarations.lines, registry), declarations, Law(), registry)
    assert len(hits.hits) == 0


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("PVC 0,5 mm", True),
        ("PVC 0.15mm", True),
        ("PVC 0-5 %", True),
        ("PVC (0 % DEHP)", True),
        ("PVC, fri från ftalater", True),
        ("PVC (fritt från DEHP)", True),
        ("PVC free from phthalates", True),
        ("PVC free of DEHP", True),
        ("PVC 0 %", False),
        ("PVC: ingen", False),
        ("PVC none", False),
        ("PVC, inga ftalater", True),
        ("PVC-fri slang", False),
        ("PVC free tube", False),
        ("Fri från PVC", False),
        ("Innehåller ej PVC", False),
        ("Does not contain PVC", False),
        ("Not made with PVC", False),
        ("Not woven PVC", True),
    ],
)
def test_a_wording_is_denied_only_by_words_about_it(text: str, met: bool) -> None:
    assert Wordings([(0, "pvc", False, "pvc", True)]).met_by(text) == [0] * met
