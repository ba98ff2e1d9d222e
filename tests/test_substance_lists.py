"""The shipped lists say what the law says: counts and facts; test_reference.py holds them to the exports."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from conftest import has_at_least

from kemkoll import paths
from kemkoll.lists import in_force
from kemkoll.lists.folder import read_folder
from kemkoll.tables import PERCENT, Law

CANDIDATE, ROHS, PHTHALATES = "eu-reach-candidate", "eu-rohs", "phthalates"
RESTRICTION = "eu-reach-restriction"


def members_of(law: Law, list_: str, entry: str) -> pd.DataFrame:
    members = law.members
    return members[(members["list"] == list_) & (members["entry"] == entry)]


def limits_of(law: Law, list_: str, entry: str) -> pd.DataFrame:
    limits = law.limits
    return limits[(limits["list"] == list_) & (limits["entry"] == entry)]


# --- all lists --------------------------------------------------------------------------------------------


COUNTS = {
    CANDIDATE: 253, ROHS: 10, RESTRICTION: 68, "eu-reach-authorisation": 59, "eu-pops": 39,
    "eu-clp-cmr": 1159, "eu-endocrine": 53, "endocrine-suspected": 85, "eu-mdr-10-4": 1176,
    "us-ca-prop65": 887, PHTHALATES: 2, "bisphenols": 2, "pfas": 3, "organotins": 1,
    "brominated-flame-retardants": 7, "antimicrobials": 9, "materials": 7,
    "substance-groups": 42,
}  # fmt: skip
"""Entries as judged: one official entry may need several rows, and a criterion stands for many."""


def test_counts(law: Law) -> None:
    assert Counter(law.entries["list"]) == COUNTS
    members = law.members[(law.members["list"] == CANDIDATE) & (law.members["derived"] == "")]
    distinct = members.groupby("kind", observed=True)["value"].nunique().to_dict()
    assert distinct == {"cas": 447, "ec": 317, "group": 16}


def test_what_the_mdr_asks_about_is_what_other_lists_name(law: Law) -> None:
    entries = law.entries[law.entries["list"] == "eu-mdr-10-4"]
    criteria = Counter(entry.partition(".")[0] for entry in entries["entry"])
    assert criteria["cmr"] == COUNTS["eu-clp-cmr"]
    reasons = law.entries[law.entries["list"] == "eu-endocrine"]["reason"].astype(str)
    human = reasons.str.startswith("endocrine disrupting, human health; ")
    asked = reasons[human & ~reasons.str.contains("Plant protection")]
    assert sum(criteria.values()) - criteria["cmr"] == len(asked) == 17


def test_every_limit_names_the_act_by_which_it_was_checked(law: Law) -> None:
    read = law.limits["checked"].astype(object).map(lambda text: "http://data.europa.eu/eli/" in text)
    open_ = law.limits[~read.to_numpy()]
    assert set(open_["checked"]) == {"unconfirmed"}
    assert set(zip(open_["list"], open_["entry"], strict=True)) == {
        ("eu-pops", "chlorpyrifos"),
        ("eu-pops", "pbde"),
    }


WRONG_FORMULAS = {
    "74499-35-7": "the open registry gives tetra(ethenyl)phenol for tetrapropenyl phenol",
    "61788-33-8": "the open registry gives terphenyl for polychlorinated terphenyls",
}
"""Numbers for which the open registry has another substance's formula, with what is wrong."""
NOT_DYES = ("eu-reach-restriction", "xvii-43-azodyes")
"""The entry's group is the dyes; the amines that they must not release stand beside them, by number."""


def test_no_member_lacks_what_its_group_needs(law: Law) -> None:
    """What a group `needs` may only shut out what is surely no member: held against known formulas."""
    from chemicals.identifiers import search_chemical

    needs = {(row.list, row.entry): row.needs for row in law.groups.itertuples() if row.needs}
    wrong = set()
    for row in law.members[(law.members["kind"] == "cas") & ~law.members["excluded"]].itertuples():
        if (row.list, row.entry) in needs.keys() - {NOT_DYES} and row.certainty == "certain":
            try:
                formula = search_chemical(row.value).formula
            except ValueError:
                continue
            if has_at_least(formula or "", needs[row.list, row.entry]) is False:
                wrong.add(row.value)
    assert wrong == set(WRONG_FORMULAS)


# --- the Candidate List -----------------------------------------------------------------------------------


def test_every_entry_has_the_limit_of_article_33(law: Law) -> None:
    limits = law.limits[law.limits["list"] == CANDIDATE]
    assert limits["entry"].nunique() == len(limits) == 253
    shape = limits[["limit_ppt", "operator", "basis", "condition"]].drop_duplicates()
    assert shape.to_numpy().tolist() == [[PERCENT // 10, ">", "component", ""]]
    since = law.entries[law.entries["list"] == CANDIDATE].set_index("entry")["since"].astype(str)
    assert limits.set_index("entry")["since"].astype(str).to_dict() == since.to_dict()


@pytest.mark.parametrize(
    ("entry", "measure"),
    [
        ("lead", "substance"),
        ("dehp", "substance"),
        ("coal-tar-pitch", "substance"),
        ("pfhpa-and-salts", "substance_or_sum"),
        ("pfda-and-sodium-and-ammonium-salts", "substance_or_sum"),
        ("bmp-tbnpa-dbpa", "substance_or_sum"),
        ("4-nonylphenol", "sum"),
        ("hbcdd", "sum"),
        ("cobalt-dichloride", "sum"),
    ],
)
def test_what_counts_follows_the_wording(law: Law, entry: str, measure: str) -> None:
    assert limits_of(law, CANDIDATE, entry)["measure"].tolist() == [measure]


def test_reasons_carry_the_day_on_which_they_came(law: Law) -> None:
    reasons = law.entries[law.entries["list"] == CANDIDATE].set_index("entry")["reason"].astype(str)
    assert reasons["dehp"].split("; ") == [
        "57(c) toxic for reproduction",
        "57(f) endocrine disrupting, environment (since 2014-12-17)",
        "57(f) endocrine disrupting, human health (since 2017-07-07)",
    ]
    assert reasons["n-hexane"] == "57(f) specific target organ toxicity, human health"
    assert reasons["cobalt-dichloride"].split("; ") == [
        "57(a) carcinogenic",
        "57(c) toxic for reproduction (since 2011-06-20)",
    ]


def test_salts_belong_through_their_parent_only_where_the_entry_says_salts(law: Law) -> None:
    def has_parent(entry: str) -> bool:
        return "parent" in set(members_of(law, CANDIDATE, entry)["kind"])

    assert has_parent("pfhpa-and-salts")
    assert has_parent("bpaf-and-salts")
    assert not has_parent("pfna-and-sodium-and-ammonium-salts")
    assert not has_parent("pfoa")


def test_parents_are_the_structures_that_their_notes_give() -> None:
    from rdkit import Chem

    members = read_folder(paths.data("substance_lists") / CANDIDATE).tables["members"]
    rows = zip(members["kind"], members["value"], members["note"], strict=True)
    parents = [
        (key, note.removeprefix("SMILES ").split(";")[0]) for kind, key, note in rows if kind == "parent"
    ]
    assert len(parents) == 23
    assert [key for key, smiles in parents if Chem.MolToInchiKey(Chem.MolFromSmiles(smiles)) != key] == []


@pytest.mark.parametrize(
    "entry",
    [
        "aluminosilicate-rcf",
        "zirconia-aluminosilicate-rcf",
        "rp-hp",
        "di-c6-10-alkyl-phthalates",
        "basic-violet-3",
        "solvent-blue-4",
        "silicic-acid-barium-salt-lead-doped",
        "perfluoro-propylmorpholines",
    ],
)
def test_a_number_whose_entry_asks_for_more_is_only_possible(law: Law, entry: str) -> None:
    members = members_of(law, CANDIDATE, entry)
    assert "possible" in set(members[members["kind"].isin(["cas", "parent"])]["certainty"])


def test_no_reason_has_empty_brackets(law: Law) -> None:
    reasons = law.entries["reason"].astype(str)
    assert reasons[reasons.str.contains(r"\(\s*\)")].tolist() == []


def test_hydrates_are_derived_members_with_a_reason(law: Law) -> None:
    members = members_of(law, CANDIDATE, "cobalt-dichloride").set_index("value")
    assert str(members.loc["7791-13-1", "derived"]).startswith("hydrate")
    assert members.loc["7646-79-9", "derived"] == ""


def test_tnpp_lost_its_condition(law: Law) -> None:
    def certainty(on: str) -> set[str]:
        return set(members_of(in_force(law, on), CANDIDATE, "tnpp")["certainty"])

    assert certainty("2025-01-20") == {"possible"}
    assert certainty("2025-01-21") == {"certain"}


def test_lead_carbonate_is_no_candidate(law: Law) -> None:
    assert "598-63-0" not in set(law.members[law.members["list"] == CANDIDATE]["value"])


def test_two_fibre_entries_share_a_number(law: Law) -> None:
    held = law.members[(law.members["value"] == "142844-00-6") & (law.members["list"] == CANDIDATE)]
    assert set(held["entry"]) == {"aluminosilicate-rcf", "zirconia-aluminosilicate-rcf"}


# --- RoHS -------------------------------------------------------------------------------------------------


def test_rohs_limits_of_today(law: Law) -> None:
    limits = law.limits[(law.limits["list"] == ROHS) & (law.limits["until"] == "")].set_index("entry")
    assert set(limits["operator"]) == {">"}
    assert set(limits["basis"]) == {"homogeneous_material"}
    assert set(limits["condition"]) == {""}
    shares = limits["limit_ppt"].to_dict()
    assert shares.pop("cadmium") == PERCENT // 100
    assert set(shares.values()) == {PERCENT // 10}
    measures = limits["measure"].astype(str).to_dict()
    assert Counter(measures.values()) == {"element": 4, "sum": 2, "substance": 4}


def test_lead_counts_as_the_element_in_every_compound(law: Law) -> None:
    assert "Pb" in set(members_of(law, ROHS, "lead")["value"])
    assert set(limits_of(law, ROHS, "lead")["element"]) == {"Pb"}


def test_chromium_metal_is_not_hexavalent(law: Law) -> None:
    members = members_of(law, ROHS, "chromium-vi").set_index("value")
    assert members.loc["7440-47-3", "excluded"]
    assert not members.loc["1333-82-0", "excluded"]
    assert "element" not in set(members["kind"])


def test_derogations(law: Law) -> None:
    given = {(row.entry, row.id): row for row in law.derogations.itertuples() if row.list == ROHS}
    brass, solder = given["lead", "6(c)"], given["lead", "7(a)"]
    assert (brass.limit_ppt, brass.until, brass.renewal) == (4 * PERCENT, "2027-06-30", "yes")
    assert (solder.limit_ppt, solder.floor_ppt) == (0, 85 * PERCENT)
    assert given["cadmium", "39(a)"].until == "2025-11-21"


# --- REACH Annex XVII -------------------------------------------------------------------------------------


def test_entries_51_and_52_decide_differently_at_the_limit(law: Law) -> None:
    limits = law.limits[law.limits["entry"].isin(["xvii-51", "xvii-51-toys-until-2020", "xvii-52"])]
    operators = limits.groupby("entry", observed=True)["operator"].agg(lambda column: sorted(set(column)))
    assert operators.to_dict() == {
        "xvii-51": [">="],
        "xvii-51-toys-until-2020": [">", ">="],
        "xvii-52": [">"],
    }
    assert set(limits["measure"]) == {"sum"}
    assert set(limits["basis"]) == {"plasticised_material"}
    assert set(limits["limit_ppt"]) == {PERCENT // 10}


def test_dibp_joined_entry_51_after_7_july_2020(law: Law) -> None:
    first = limits_of(law, RESTRICTION, "xvii-51")["since"].astype(str).min()
    assert first == "2020-07-08"
    assert "84-69-5" in set(members_of(law, RESTRICTION, "xvii-51")["value"])
    assert "84-69-5" not in set(members_of(law, RESTRICTION, "xvii-51-toys-until-2020")["value"])


def test_contact_brings_industrial_articles_back_into_entry_51(law: Law) -> None:
    limits = limits_of(law, RESTRICTION, "xvii-51")
    today = [set(text.split()) for text in limits[limits["until"] == ""]["condition"].astype(str)]
    other = [words for words in today if {"!medical_device", "!laboratory_device"} <= words]
    assert len(other) == 3
    assert sum({"!industrial_only", "!outdoor"} <= words for words in other) == 1
    assert sum("mucous_contact" in words for words in other) == 1
    assert sum("prolonged_skin_contact" in words for words in other) == 1


# --- phthalates -------------------------------------------------------------------------------------------


def test_the_group_is_listed_without_a_limit_and_answered_down_to(law: Law) -> None:
    assert limits_of(law, PHTHALATES, "ortho-phthalate-diesters").empty
    assert law.lists.set_index("list").loc[PHTHALATES, "answered_down_to_ppt"] == PERCENT // 10


def test_dotp_is_taken_out_and_dphp_is_not_in_entry_52(law: Law) -> None:
    group = members_of(law, PHTHALATES, "ortho-phthalate-diesters").set_index("value")
    assert group.loc["6422-86-2", "excluded"]
    assert not group.loc["53306-54-0", "excluded"]
    assert "53306-54-0" not in set(members_of(law, RESTRICTION, "xvii-52")["value"])
