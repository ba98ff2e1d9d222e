"""Which entries do identities meet by number, by structure, by element, by a group's rule, or by name?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from kemkoll.formulas import element_share, elements
from kemkoll.matching.evidence import KEYS, entry_of, plain, without
from kemkoll.registry import Registry, normal_name
from kemkoll.structures.classification import CERTAIN, OUT, UNDECIDED
from kemkoll.tables import STRUCTURE, Certainty, Law, Measure

_KINDS = {
    "cas": "cas", "ec": "ec", "inchikey": "inchikey", "skeleton": "inchikey", "parent": "parent",
    "element": "element",
}  # fmt: skip
"""The kind of member that is met by each route."""
Offers = dict[str, list[tuple[int, str]]]
"""By route, what each identity can be met by: its number in `tables.IDENTITIES`, and the text."""


def offered(identities: pd.DataFrame, law: Law) -> Offers:
    """What each identity can be met by: its numbers, its key without the spatial form (a possible
    member), its neutral fragments (“X and its salts”), the elements in its formula (“X and its compounds”).
    """
    texts = {
        name: identities[name].to_numpy(dtype=object).tolist()
        for name in ("cas", "ec", "inchikey", "parents", "formula")
    }
    offers = {
        name: [(number, text) for number, text in enumerate(texts[name]) if text]
        for name in ("cas", "ec", "inchikey")
    }
    offers["skeleton"] = [(number, key[:14]) for number, key in offers["inchikey"]]
    offers["parent"] = [
        (number, part)
        for number, text in enumerate(texts["parents"])
        if text
        for part in text.split(";")
        if part
    ]
    wanted = dict.fromkeys(law.members.loc[law.members["kind"] == "element", "value"])
    holds = {
        text: [element for element in wanted if element in text and element in (elements(text) or {})]
        for text in set(texts["formula"])
    }
    offers["element"] = [
        (number, element)
        for element in wanted
        for number, text in enumerate(texts["formula"])
        if element in holds[text]
    ]
    return offers


def by_members(offers: Offers, law: Law, *, excluded: bool) -> pd.DataFrame:
    """The identities that meet members by what they offer, row by row of `tables.EVIDENCE`.

    Args:
        offers: what each identity can be met by.
        law: the entries in force.
        excluded: whether by what entries take out, rather than by what they take in.
    """
    kinds, values = (law.members[name].to_numpy(dtype=object) for name in ("kind", "value"))
    asked = law.members["excluded"].to_numpy() == excluded
    found: list[tuple[int, int, str, str]] = []
    for route, kind in _KINDS.items():
        wanted: dict[str, list[int]] = {}
        for row in np.flatnonzero(asked & (kinds == kind)).tolist():
            value = values[row]
            wanted.setdefault(value[:14] if route in ("skeleton", "parent") else value, []).append(row)
        if wanted:
            found += [
                (identity, row, route, value)
                for identity, value in offers[route]
                for row in wanted.get(value, ())
            ]
    identity, member, routes, texts = (list(part) for part in zip(*found, strict=True)) if found else [[]] * 4
    members = law.members.iloc[member]
    isomer = np.array(routes, dtype=object) == "skeleton"
    given = members["certainty"].to_numpy(dtype=object)
    why = np.where(isomer, "isomer-differs", "")
    return pd.DataFrame(
        {
            "identity": np.array(identity, dtype=np.int64),
            **entry_of(members),
            "matched_by": plain(np.array(routes, dtype=object)),
            "certainty": plain(np.where(isomer, Certainty.possible.value, given)),
            "member": plain(np.array(texts, dtype=object)),
            "share": 1.0,
            "why": plain(np.where(given == Certainty.possible, "member-conditional", why)),
        }
    )


def by_rule(identities: pd.DataFrame, law: Law, registry: Registry) -> pd.DataFrame:
    """The identities whose structure a group's rule takes in, row by row of `tables.EVIDENCE`."""
    groups = law.groups[(law.groups["rule"] == STRUCTURE).to_numpy()]
    rules, texts = pd.factorize(groups["conditions"].astype(object))
    drawn = np.flatnonzero((identities["smiles"] != "").to_numpy())
    own = identities.iloc[drawn]
    grades = registry.grades(own["cas"].tolist(), own["smiles"].tolist(), texts.tolist())[:, rules]
    # what has a key and cannot be looked at may belong; what has none, nobody takes for known
    unread = (grades == UNDECIDED) & (own["inchikey"] != "").to_numpy()[:, None]
    row, group = np.nonzero((grades > OUT) | unread)
    certain = grades[row, group] == CERTAIN
    return pd.DataFrame(
        {
            "identity": drawn[row],
            **entry_of(groups.iloc[group]),
            "matched_by": plain(np.full(len(row), "group", dtype=object)),
            "certainty": plain(np.where(certain, Certainty.certain.value, Certainty.possible.value)),
            "member": plain(own["smiles"].to_numpy(dtype=object)[row]),
            "share": 1.0,
            "why": plain(np.where(certain, "", "group-in-doubt")),
        }
    )


def by_name(identities: pd.DataFrame, law: Law, evidence: pd.DataFrame) -> pd.DataFrame:
    """The identities that bear an entry's or a member's name and meet it by nothing better: possible."""
    borne: dict[str, list[int]] = {}
    for number, name in enumerate(identities["name"].to_numpy(dtype=object).tolist()):
        if name:
            borne.setdefault(name, []).append(number)
    if not borne:
        return evidence.iloc[:0]
    listed: dict[str, dict[tuple[str, str], None]] = {}
    for table in (law.entries, law.members[~law.members["excluded"].to_numpy()]):
        for column in ("name_en", "name_sv"):
            for list_, entry, name in zip(table["list"], table["entry"], table[column], strict=True):
                if name:
                    listed.setdefault(normal_name(name), {})[list_, entry] = None
    bearers = {name: (normal, listed[normal]) for name in borne if (normal := normal_name(name)) in listed}
    met = sorted(
        (number, list_, entry, normal)
        for name, (normal, entries) in bearers.items()
        if normal
        for number in borne[name]
        for list_, entry in entries
    )
    found = pd.DataFrame(met, columns=[*KEYS, "member"], dtype=object).astype({"identity": np.int64})
    found = found.assign(
        matched_by=plain(np.full(len(met), "name", dtype=object)),
        certainty=plain(np.full(len(met), Certainty.possible.value, dtype=object)),
        share=1.0,
        why=plain(np.full(len(met), "name-only", dtype=object)),
    )
    return without(found, evidence)


def with_element_shares(evidence: pd.DataFrame, identities: pd.DataFrame, law: Law) -> pd.DataFrame:
    """The evidence with the share of the substance that the entry's limit counts: an element's, or
    the whole.
    """
    limits = law.limits[(law.limits["measure"] == Measure.element).to_numpy()]
    named = reversed([*zip(limits["list"], limits["entry"], limits["element"], strict=True)])
    counted = {(list_, entry): str(element) for list_, entry, element in named}
    if not len(evidence) or not counted:
        return evidence
    keys = zip(evidence["list"], evidence["entry"], strict=True)
    formulas = identities["formula"].to_numpy(dtype=object)[evidence["identity"].to_numpy()]
    pairs = [(formula, counted.get(key, "")) for formula, key in zip(formulas, keys, strict=True)]
    shares = {pair: element_share(*pair) if pair[1] else Fraction(1) for pair in set(pairs)}
    known = np.array([shares[pair] is not None for pair in pairs], dtype=bool)
    return evidence.assign(
        share=[float(share) if (share := shares[pair]) is not None else 1.0 for pair in pairs],
        certainty=plain(np.where(known, evidence["certainty"], Certainty.possible.value)),
        why=plain(np.where(known, evidence["why"], "variable-composition")),
    )
