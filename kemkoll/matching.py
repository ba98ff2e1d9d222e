"""Which list entries does each line meet, by what evidence, and how certain is it?

Identities meet entries by number, by structure, by element, or by name, in the order of `tables.TRUST`. Each
distinct identity is matched once; lines carry the number of their evidence. A name alone is never certain.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.registry import normal_name
from kemkoll.structures import element_share, elements
from kemkoll.tables import EVIDENCE, HITS, TRUST, Certainty, Declarations, Hits, Law, Measure, Readings

_COLUMNS = ["identity", "list", "entry", "matched_by", "certainty", "member", "share", "why"]


def match(readings: Readings, declarations: Declarations, law: Law) -> Hits:  # noqa: ARG001  (materials come later)
    """The entries that each line meets, each with its evidence.

    Args:
        readings: the substances that each line may mean.
        declarations: what the suppliers handed in.
        law: the entries in force.
    """
    identities = readings.identities
    if not len(identities):
        return Hits()
    members = law.members.assign(
        **{name: law.members[name].astype(object) for name in ("list", "entry", "kind", "value")}
    )
    wanted, excluded = members[~members["excluded"]], members[members["excluded"]]
    evidence = _meet(identities, wanted, law)
    evidence = _without(evidence, _meet(identities, excluded, law))
    evidence = pd.concat([evidence, _by_name(identities, law, evidence)], ignore_index=True)
    evidence = _best(_doubt(evidence, identities))
    return Hits(_hits(readings.readings, evidence), EVIDENCE.conform(evidence))


def _meet(identities: pd.DataFrame, members: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Every identity that meets a member by number, structure or element."""
    parts = [
        _by_text(identities["cas"], members, "cas"),
        _by_text(identities["ec"], members, "ec"),
        _by_text(identities["inchikey"], members, "inchikey"),
        _by_skeleton(identities, members),
        _by_parent(identities, members),
        _by_element(identities, members),
    ]
    found = pd.concat(
        [part for part in parts if len(part)] or [pd.DataFrame(columns=_COLUMNS)], ignore_index=True
    )
    return _element_shares(found, identities, law)


def _by_text(texts: pd.Series, members: pd.DataFrame, route: str) -> pd.DataFrame:
    """The identities whose number or key is the member's."""
    values = texts.astype(object)
    own = pd.DataFrame({"identity": np.arange(len(values)), "value": values.to_numpy()})
    met = own[own["value"] != ""].merge(members[members["kind"] == route], on="value")
    return _evidence(met, route)


def _evidence(met: pd.DataFrame, route: str, why: str = "") -> pd.DataFrame:
    conditional = met["certainty"].astype(object) == Certainty.possible
    return pd.DataFrame(
        {
            "identity": met["identity"],
            "list": met["list"],
            "entry": met["entry"],
            "matched_by": route,
            "certainty": Certainty.possible.value if why else met["certainty"].astype(object),
            "member": met["value"],
            "share": 1.0,
            "why": np.where(conditional, "member-conditional", why),
        }
    )


def _by_skeleton(identities: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The identities whose structure is the member's but for its spatial form: possible members."""
    members = members[members["kind"] == "inchikey"]
    blocks = identities["inchikey"].astype(object).str[:14]
    own = pd.DataFrame({"identity": np.arange(len(blocks)), "value": blocks.to_numpy()})
    met = own[own["value"] != ""].merge(members.assign(value=members["value"].str[:14]), on="value")
    return _evidence(met, "skeleton", "isomer-differs")


def _by_parent(identities: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The identities one of whose neutral fragments is the member: “X and its salts”."""
    members = members[members["kind"] == "parent"]
    parents = identities["parents"].astype(object)
    own = pd.DataFrame(
        {"identity": np.arange(len(parents)), "value": parents.str.split(";").to_numpy()}
    ).explode("value")
    met = own[own["value"] != ""].merge(members.assign(value=members["value"].str[:14]), on="value")
    return _evidence(met.drop_duplicates(["identity", "list", "entry"]), "parent")


def _by_element(identities: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The identities whose formula holds the member's element: “X and its compounds”."""
    members = members[members["kind"] == "element"]
    number, texts = pd.factorize(identities["formula"].astype(object))
    formulas = [str(text) for text in texts]
    parts = []
    for value, group in members.groupby("value", sort=False):
        element = str(value)
        holds = np.array([element in text and element in (elements(text) or {}) for text in formulas])
        own = pd.DataFrame(
            {"identity": np.flatnonzero(holds[number]) if len(texts) else [], "value": element}
        )
        parts.append(_evidence(own.merge(group, on="value"), "element"))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def _element_shares(evidence: pd.DataFrame, identities: pd.DataFrame, law: Law) -> pd.DataFrame:
    """The evidence with the share of the substance that the entry's limit counts: an element's, or
    the whole.
    """
    counted = law.limits[law.limits["measure"] == Measure.element]
    counted = counted[["list", "entry", "element"]].astype(object).drop_duplicates(["list", "entry"])
    if not len(evidence) or not len(counted):
        return evidence
    elements = evidence[["list", "entry"]].merge(counted, how="left")["element"].fillna("").to_numpy()
    formulas = identities["formula"].astype(object).to_numpy()[evidence["identity"].to_numpy(dtype=np.int64)]
    pairs, texts = pd.factorize(pd.Series(list(zip(formulas, elements, strict=True)), dtype=object))
    shares = [element_share(formula, element) if element else 1 for formula, element in texts]
    known = np.array([share is not None for share in shares], dtype=bool)[pairs]
    values = np.array([1.0 if share is None else float(share) for share in shares])[pairs]
    return evidence.assign(
        share=values,
        certainty=np.where(known, evidence["certainty"], Certainty.possible.value),
        why=np.where(known, evidence["why"], "variable-composition"),
    )


def _without(evidence: pd.DataFrame, excluded: pd.DataFrame) -> pd.DataFrame:
    """The evidence less what the entry's wording takes out."""
    if not len(excluded) or not len(evidence):
        return evidence
    keys = ["identity", "list", "entry"]
    out = pd.MultiIndex.from_frame(excluded[keys])
    return evidence[~pd.MultiIndex.from_frame(evidence[keys]).isin(out)]


def _by_name(identities: pd.DataFrame, law: Law, evidence: pd.DataFrame) -> pd.DataFrame:
    """The identities that bear an entry's or a member's name and meet it by nothing better: possible."""
    names = [
        table[["list", "entry", column]].astype(object).rename(columns={column: "name"})
        for table, columns in (
            (law.entries, ("name_en", "name_sv")),
            (law.members[~law.members["excluded"]], ("name_en", "name_sv")),
        )
        for column in columns
    ]
    listed = pd.concat(names, ignore_index=True)
    listed = listed[listed["name"] != ""].drop_duplicates()
    written, texts = pd.factorize(identities["name"].astype(object))
    own = pd.DataFrame(
        {
            "identity": np.arange(len(written)),
            "value": np.array([*map(normal_name, texts)], dtype=object)[written] if len(texts) else [],
        }
    )
    met = own[own["value"] != ""].merge(
        listed.assign(value=listed["name"].map(normal_name), certainty=Certainty.possible.value), on="value"
    )
    found = _evidence(met, "name").assign(why="name-only", certainty=Certainty.possible.value)
    found = found.drop_duplicates(["identity", "list", "entry"])
    keys = ["identity", "list", "entry"]
    return found[~pd.MultiIndex.from_frame(found[keys]).isin(pd.MultiIndex.from_frame(evidence[keys]))]


def _doubt(evidence: pd.DataFrame, identities: pd.DataFrame) -> pd.DataFrame:
    """The evidence with what makes it only possible: a name alone, or a number whose other number says
    otherwise.
    """
    if not len(evidence):
        return evidence
    rows = evidence["identity"].to_numpy(dtype=np.int64)
    by_name = (identities["found_by"].to_numpy()[rows] == "name") & (
        evidence["matched_by"] != "name"
    ).to_numpy()
    keys = ["identity", "list", "entry"]
    index = pd.MultiIndex.from_frame(evidence[keys])
    by_cas = index.isin(index[(evidence["matched_by"] == "cas").to_numpy()])
    has_cas = (identities["cas"] != "").to_numpy()[rows]
    lone_ec = (evidence["matched_by"] == "ec").to_numpy() & has_cas & ~by_cas
    possible = by_name | lone_ec
    why = np.where(by_name, "name-only", np.where(lone_ec, "identity-disputed", evidence["why"]))
    return evidence.assign(
        matched_by=np.where(by_name, "name", evidence["matched_by"]),
        certainty=np.where(possible, Certainty.possible.value, evidence["certainty"]),
        why=why,
    )


def _best(evidence: pd.DataFrame) -> pd.DataFrame:
    """One row for each identity and entry: certain before possible, then the most trusted route."""
    order = pd.DataFrame(
        {
            "possible": (evidence["certainty"] != Certainty.certain).to_numpy(),
            "trust": evidence["matched_by"].map({route: rank for rank, route in enumerate(TRUST)}).to_numpy(),
        }
    )
    ranked = evidence.reset_index(drop=True).iloc[
        order.sort_values(["possible", "trust"], kind="stable").index
    ]
    kept = ranked.drop_duplicates(["identity", "list", "entry"])
    return kept.sort_values(["identity", "list", "entry"], kind="stable", ignore_index=True)


def _hits(readings: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Each reading once for each evidence of its identity."""
    identity = evidence["identity"].to_numpy(dtype=np.int64)
    own = readings["identity"].to_numpy()
    first = np.searchsorted(identity, own, side="left")
    each = np.searchsorted(identity, own, side="right") - first
    rows = np.repeat(np.arange(len(own)), each)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
    return HITS.conform(
        pd.DataFrame(
            {
                "line": readings["line"].to_numpy()[rows],
                "reading": rows,
                "evidence": np.repeat(first, each) + within,
            }
        )
    )
