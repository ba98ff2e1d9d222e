"""Relatives, held against replacements that are known: those that turned out no better, and others.

Each is asked as if the one that it replaces were the only listed substance, so that it need not be listed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from kemkoll.lists import in_force, load_lists
from kemkoll.relatives import ALIKE_ALONE, ALIKE_IN_GROUP, ALIKE_TO_THE_EYE, MOST, Relative, relatives
from kemkoll.structures.similarity import similarities
from kemkoll.tables import Law

DAY = "2026-11-22"
LISTS = [
    "eu-reach-candidate",
    "eu-pops",
    "bisphenols",
    "phthalates",
    "pfas",
    "antimicrobials",
    "substance-groups",
]
BPA, DEHP, PFOA, PFOS, DECABDE = "80-05-7", "117-81-7", "335-67-1", "1763-23-1", "1163-19-5"
TCEP, UV_328, D4, NONYLPHENOL, BUTYLPARABEN, MIT = (
    "115-96-8", "25973-55-1", "556-67-2", "104-40-5", "94-26-8", "2682-20-4",
)  # fmt: skip


class Pair(NamedTuple):
    """A substance that has replaced another, which is listed."""

    name: str
    smiles: str
    listed: str


REGRETTABLE = [
    Pair("BPS", "O=S(=O)(c1ccc(O)cc1)c1ccc(O)cc1", BPA),
    Pair("BPF", "Oc1ccc(Cc2ccc(O)cc2)cc1", BPA),
    Pair("BPAF", "Oc1ccc(cc1)C(C(F)(F)F)(C(F)(F)F)c1ccc(O)cc1", BPA),
    Pair("BPB", "CCC(C)(c1ccc(O)cc1)c1ccc(O)cc1", BPA),
    Pair("DINP", "CC(C)CCCCCCOC(=O)c1ccccc1C(=O)OCCCCCCC(C)C", DEHP),
    Pair("DPHP", "CCCCCC(CCC)COC(=O)c1ccccc1C(=O)OCC(CCC)CCCCC", DEHP),
    Pair("GenX", "OC(=O)C(F)(C(F)(F)F)OC(F)(F)C(F)(F)C(F)(F)F", PFOA),
    Pair("PFHxA", "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", PFOA),
    Pair("ADONA", "OC(=O)C(F)C(F)(F)OC(F)(F)C(F)(F)C(F)(F)OC(F)(F)F", PFOA),
    Pair("PFBS", "OS(=O)(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F", PFOS),
    Pair(
        "F-53B",
        "OS(=O)(=O)C(F)(F)C(F)(F)OC(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)Cl",
        PFOS,
    ),
    Pair("DBDPE", "C(Cc1c(Br)c(Br)c(Br)c(Br)c1Br)c1c(Br)c(Br)c(Br)c(Br)c1Br", DECABDE),
    Pair("BTBPE", "Brc1cc(Br)c(OCCOc2c(Br)cc(Br)cc2Br)c(Br)c1", DECABDE),
    Pair("TCPP", "CC(CCl)OP(=O)(OC(C)CCl)OC(C)CCl", TCEP),
    Pair("TDCPP", "ClCC(CCl)OP(=O)(OC(CCl)CCl)OC(CCl)CCl", TCEP),
    Pair("UV-329", "CC(C)(C)CC(C)(C)c1ccc(O)c(c1)-n1nc2ccccc2n1", UV_328),
    Pair("D5", "C[Si]1(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O[Si](C)(C)O1", D4),
    Pair("4-tert-octylphenol", "CC(C)(C)CC(C)(C)c1ccc(O)cc1", NONYLPHENOL),
    Pair("propylparaben", "CCCOC(=O)c1ccc(O)cc1", BUTYLPARABEN),
    Pair("CMIT", "CN1SC(Cl)=CC1=O", MIT),
]
"""Replacements that regulators have since listed, restricted or found to act alike."""

OTHERS = [
    Pair("DINCH", "CC(C)CCCCCCOC(=O)C1CCCCC1C(=O)OCCCCCCC(C)C", DEHP),
    Pair("DOTP", "CCCCC(CC)COC(=O)c1ccc(cc1)C(=O)OCC(CC)CCCC", DEHP),
    Pair("ATBC", "CCCCOC(=O)CC(OC(C)=O)(CC(=O)OCCCC)C(=O)OCCCC", DEHP),
    Pair("triethyl citrate", "CCOC(=O)CC(O)(CC(=O)OCC)C(=O)OCC", DEHP),
    Pair("bis(2-ethylhexyl) sebacate", "CCCCC(CC)COC(=O)CCCCCCCCC(=O)OCC(CC)CCCC", DEHP),
    Pair("bis(2-ethylhexyl) adipate", "CCCCC(CC)COC(=O)CCCCC(=O)OCC(CC)CCCC", DEHP),
    Pair("TOTM", "CCCCC(CC)COC(=O)c1ccc(C(=O)OCC(CC)CCCC)c(c1)C(=O)OCC(CC)CCCC", DEHP),
    Pair("lactide, of which PLA is made", "CC1OC(=O)C(C)OC1=O", BPA),
    Pair("isosorbide", "C1OC2C(O)COC2C1O", BPA),
    Pair("melamine", "Nc1nc(N)nc(N)n1", DECABDE),
    Pair("DOPO", "O=P1Oc2ccccc2-c2ccccc12", DECABDE),
    Pair("triethyl phosphate", "CCOP(=O)(OCC)OCC", TCEP),
    Pair("decanoic acid", "CCCCCCCCCC(=O)O", PFOA),
    Pair("a polyether silicone", "C[Si](C)(C)O[Si](C)(CCCOCCOC)O[Si](C)(C)C", PFOA),
    Pair("laureth-2", "CCCCCCCCCCCCOCCOCCO", NONYLPHENOL),
    Pair("sorbic acid", "CC=CC=CC(=O)O", BUTYLPARABEN),
    Pair("phenoxyethanol", "OCCOc1ccccc1", MIT),
]
"""Replacements of another kind: nothing here says that they are safe, only that they are no relatives."""


@pytest.fixture(scope="module")
def law() -> Law:
    return in_force(load_lists(LISTS), DAY)


def _asked(pair: Pair, law: Law, registry: Any) -> list[Relative]:
    """The relatives of the replacement, where the one it replaced is all that is listed."""
    members = law.members[(law.members["value"] == pair.listed) & (law.members["kind"] == "cas")]
    assert len(members), f"no list has {pair.listed}"
    return relatives(pair.smiles, replace(law, members=members), registry)


@pytest.mark.parametrize("pair", REGRETTABLE, ids=lambda pair: pair.name)
def test_a_regrettable_replacement_is_a_close_relative(pair: Pair, law: Law, registry: Any) -> None:
    (found,) = _asked(pair, law, registry)
    assert found.cas == pair.listed
    assert found.groups
    assert found.similarity >= ALIKE_IN_GROUP
    assert found.close


@pytest.mark.parametrize("pair", OTHERS, ids=lambda pair: pair.name)
def test_another_replacement_is_none(pair: Pair, law: Law, registry: Any) -> None:
    """It shares no group; it may be named for being alike to the eye, with the group that it is not in."""
    for found in _asked(pair, law, registry):
        assert not found.groups
        assert not found.close
        assert found.apart


def test_what_only_looks_alike_is_said_to_be_apart(law: Law, registry: Any) -> None:
    """Dioctyl terephthalate: a para-diester, and the group is that of ortho-diesters."""
    (found,) = _asked(next(pair for pair in OTHERS if pair.name == "DOTP"), law, registry)
    assert ALIKE_TO_THE_EYE <= found.similarity < ALIKE_ALONE
    assert ("phthalates", "ortho-phthalate-diesters") in found.apart


def test_the_nearest_that_share_a_group_come_first(law: Law, registry: Any) -> None:
    """Of all that is listed; never the substance itself, and no more than a reader can look at."""
    pair = REGRETTABLE[0]
    found = relatives(pair.smiles, law, registry)
    assert len(found) == MOST
    assert all(relative.groups for relative in found)
    near = [relative.similarity for relative in found]
    assert near == sorted(near, reverse=True)
    assert max(near) < 1
    assert all(relative.lists for relative in found)


def test_the_thresholds_lie_between_the_two(registry: Any) -> None:
    """Without a shared group, none of the others is near enough; with one, each of the regrettable is."""

    def alike(pairs: list[Pair]) -> list[float]:
        known = registry.find_cas([pair.listed for pair in pairs])["smiles"].tolist()
        both = zip(pairs, known, strict=True)
        return [float(similarities(pair.smiles, [smiles])[0]) for pair, smiles in both]

    assert min(alike(REGRETTABLE)) >= ALIKE_IN_GROUP
    assert max(alike(OTHERS)) < ALIKE_ALONE


def test_what_cannot_be_read_is_like_nothing() -> None:
    assert similarities("no structure", ["CCO"]).tolist() == [0]
    assert similarities("CCO", ["no structure", ""]).tolist() == [0, 0]
