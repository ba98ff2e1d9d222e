"""Which list entries does each line meet, by what evidence, and how certain is it?

Identities meet entries by number, by structure, by element, by a group's rule, or by name, in the order of
`tables.TRUST`; lines also by what the substance does, and materials by what they are called. Each distinct
identity and text is matched once; lines carry the number of their evidence. A substance's name alone is never
certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import pandas as pd

from kemkoll.formulas import element_share, elements
from kemkoll.registry import Registry, normal_name
from kemkoll.structures import drawn_as_mixture
from kemkoll.structures.classification import CERTAIN, OUT, UNDECIDED
from kemkoll.tables import (
    EVIDENCE,
    HITS,
    NAMED,
    NONE,
    STRUCTURE,
    TRUST,
    Certainty,
    Declarations,
    Hits,
    Law,
    Measure,
    Readings,
    repeated,
)
from kemkoll.wording import Wordings

_KEYS = ["identity", "list", "entry"]
_KINDS = {
    "cas": "cas", "ec": "ec", "inchikey": "inchikey", "skeleton": "inchikey", "parent": "parent",
    "element": "element",
}  # fmt: skip
"""The kind of member that is met by each route."""


def match(readings: Readings, declarations: Declarations, law: Law, registry: Registry) -> Hits:
    """The entries that each line meets, each with its evidence.

    Args:
        readings: the substances that each line may mean.
        declarations: what the suppliers handed in.
        law: the entries in force.
        registry: where it is remembered which structures belong to which groups.
    """
    identities = readings.identities
    named = _named(declarations.materials, law)
    if not len(identities):
        return Hits(named=named)
    members = {
        name: law.members[name].to_numpy(dtype=object)
        for name in ("list", "entry", "kind", "value", "certainty")
    }
    excluded = law.members["excluded"].to_numpy()
    offers = _offers(identities, members)
    evidence = _meet(offers, members, np.flatnonzero(~excluded))
    evidence = pd.concat([evidence, _by_rule(identities, law, registry)], ignore_index=True)
    evidence = _without(evidence, _meet(offers, members, np.flatnonzero(excluded)))
    evidence = _element_shares(evidence, identities, law)
    evidence = pd.concat([evidence, _by_wording(identities, law, evidence)], ignore_index=True)
    evidence = pd.concat([evidence, _by_name(identities, law, evidence)], ignore_index=True)
    evidence = _best(_doubt(evidence, identities))
    hits = _hits(readings.readings, evidence)
    evidence, hits = _with_functions(evidence, hits, readings.readings, declarations.lines, law)
    return Hits(hits, EVIDENCE.conform(evidence), named)


def taken_out(readings: Readings, law: Law) -> pd.DataFrame:
    """What entries take out although their words may take it in: `tables.EVIDENCE`, by what does so.

    Args:
        readings: the substances that lines may mean.
        law: the entries in force.
    """
    members = {
        name: law.members[name].to_numpy(dtype=object)
        for name in ("list", "entry", "kind", "value", "certainty")
    }
    rows = np.flatnonzero(law.members["excluded"].to_numpy())
    met = _meet(_offers(readings.identities, members), members, rows)
    return EVIDENCE.conform(_best(met))


def _offers(identities: pd.DataFrame, members: dict[str, np.ndarray]) -> dict[str, list[tuple[int, str]]]:
    """By route, what each identity can be met by: its numbers, its key without the spatial form (a possible
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
    wanted = dict.fromkeys(members["value"][members["kind"] == "element"].tolist())
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


def _meet(
    offers: dict[str, list[tuple[int, str]]], members: dict[str, np.ndarray], rows: np.ndarray
) -> pd.DataFrame:
    """Every identity that meets one of these members, row by row of `tables.EVIDENCE`."""
    found: list[tuple[int, int, str, str]] = []
    for route, kind in _KINDS.items():
        wanted: dict[str, list[int]] = {}
        for row in rows[members["kind"][rows] == kind].tolist():
            value = members["value"][row]
            wanted.setdefault(value[:14] if route in ("skeleton", "parent") else value, []).append(row)
        if wanted:
            found += [
                (identity, row, route, value)
                for identity, value in offers[route]
                for row in wanted.get(value, ())
            ]
    identity, member, routes, values = (
        (list(part) for part in zip(*found, strict=True)) if found else [[]] * 4
    )
    met = np.array(member, dtype=np.int64)
    matched = np.array(routes, dtype=object)
    isomer = matched == "skeleton"
    given = members["certainty"][met]
    why = np.where(isomer, "isomer-differs", "")
    return pd.DataFrame(
        {
            "identity": np.array(identity, dtype=np.int64),
            "list": _plain(members["list"][met]),
            "entry": _plain(members["entry"][met]),
            "matched_by": _plain(matched),
            "certainty": _plain(np.where(isomer, Certainty.possible.value, given)),
            "member": _plain(np.array(values, dtype=object)),
            "share": 1.0,
            "why": _plain(np.where(given == Certainty.possible, "member-conditional", why)),
        }
    )


def _by_rule(identities: pd.DataFrame, law: Law, registry: Registry) -> pd.DataFrame:
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
            **{name: _plain(groups[name].to_numpy(dtype=object)[group]) for name in ("list", "entry")},
            "matched_by": _plain(np.full(len(row), "group", dtype=object)),
            "certainty": _plain(np.where(certain, Certainty.certain.value, Certainty.possible.value)),
            "member": _plain(own["smiles"].to_numpy(dtype=object)[row]),
            "share": 1.0,
            "why": _plain(np.where(certain, "", "group-in-doubt")),
        }
    )


def _plain(texts: np.ndarray) -> pd.Series:
    """A column of plain texts."""
    return pd.Series(texts, dtype=object)


def _element_shares(evidence: pd.DataFrame, identities: pd.DataFrame, law: Law) -> pd.DataFrame:
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
        certainty=_plain(np.where(known, evidence["certainty"], Certainty.possible.value)),
        why=_plain(np.where(known, evidence["why"], "variable-composition")),
    )


def _without(evidence: pd.DataFrame, excluded: pd.DataFrame) -> pd.DataFrame:
    """The evidence less what the entry's wording takes out."""
    if not len(excluded) or not len(evidence):
        return evidence
    return evidence[~_among(evidence, excluded)].reset_index(drop=True)


def _among(evidence: pd.DataFrame, other: pd.DataFrame) -> np.ndarray:
    """Which rows have an identity and entry that the other evidence has too."""
    known = set(zip(*(other[key] for key in _KEYS), strict=True))
    return np.array([key in known for key in zip(*(evidence[key] for key in _KEYS), strict=True)], dtype=bool)


def _by_name(identities: pd.DataFrame, law: Law, evidence: pd.DataFrame) -> pd.DataFrame:
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
    found = pd.DataFrame(met, columns=[*_KEYS, "member"], dtype=object).astype({"identity": np.int64})
    found = found.assign(
        matched_by=_plain(np.full(len(met), "name", dtype=object)),
        certainty=_plain(np.full(len(met), Certainty.possible.value, dtype=object)),
        share=1.0,
        why=_plain(np.full(len(met), "name-only", dtype=object)),
    )
    return found[~_among(found, evidence)]


def _wordings(law: Law, kind: str) -> Wordings | None:
    """The wordings of a kind on the lists, numbered by their rows in members; None: there are none."""
    rows = np.flatnonzero((law.members["kind"] == kind).to_numpy())
    if not len(rows):
        return None
    given = law.members.iloc[rows]
    owners = zip(given["list"], given["entry"], strict=True)
    certain = given["certainty"] == Certainty.certain
    return Wordings(zip(rows.tolist(), given["value"], given["excluded"], owners, certain, strict=True))


def _readings_of(texts: Iterable[str], wordings: Wordings | None) -> pd.DataFrame:
    """The wordings that texts name: number of the text, row in members, whether it is clear about it."""
    found = [
        (number, row, row in clear)
        for number, text in enumerate(texts)
        if wordings and (met := wordings.met_by(text))
        for clear in [wordings.clearly_met_by(text)]
        for row in met
    ]
    return pd.DataFrame(found, columns=["text", "member", "clear"])


def _how_sure(members: pd.DataFrame, clear: np.ndarray) -> dict[str, pd.Series]:
    """How certain it is that something is what wordings of members name, and why not."""
    given = (members["certainty"] == Certainty.certain).to_numpy()
    sure, possible = Certainty.certain.value, Certainty.possible.value
    why = np.where(clear, np.where(given, "", "member-conditional"), "wording-unclear")
    return {"certainty": _plain(np.where(given & clear, sure, possible)), "why": _plain(why)}


def _by_wording(identities: pd.DataFrame, law: Law, evidence: pd.DataFrame) -> pd.DataFrame:
    """The identities whose name holds the wording of a material and that meet its entry by nothing better:
    certain where the name is that wording and nothing else.
    """
    wordings = _wordings(law, "material")
    if wordings is None:
        return evidence.iloc[:0]
    names = identities["name"]
    met = {text: wordings.met_by(text) for text in names.cat.categories}
    found = [(number, row) for number, text in enumerate(names) for row in met[text]]
    identity, member = (list(part) for part in zip(*found, strict=True)) if found else ([], [])
    members = law.members.iloc[member]
    whole = [wordings.is_all_of(row, names.iloc[number]) for number, row in found]
    made = pd.DataFrame(
        {
            "identity": np.array(identity, dtype=np.int64),
            **{name: _plain(members[name].to_numpy(dtype=object)) for name in ("list", "entry", "certainty")},
            "matched_by": _plain(np.full(len(found), "material", dtype=object)),
            "member": _plain(members["value"].to_numpy(dtype=object)),
            "share": 1.0,
            "why": _plain(np.where(members["certainty"] == Certainty.certain, "", "member-conditional")),
        }
    )
    part = ~np.array(whole, dtype=bool)
    made.loc[part, ["certainty", "why"]] = Certainty.possible.value, "name-only"
    return made[~_among(made, evidence)]


def _with_functions(
    evidence: pd.DataFrame, hits: pd.DataFrame, readings: pd.DataFrame, lines: pd.DataFrame, law: Law
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evidence and hits with those of lines whose function meets an entry that they meet by nothing
    better: what is said to be added as an antimicrobial is one, whatever its number leaves open.
    """
    functions = lines["function"]
    met = _readings_of(functions.cat.categories, _wordings(law, "function"))
    if not len(met):
        return evidence, hits
    cases = met.drop(columns="text").drop_duplicates(ignore_index=True)
    members = law.members.iloc[cases["member"]]
    more = pd.DataFrame(
        {
            "identity": NONE,
            **{name: _plain(members[name].to_numpy(dtype=object)) for name in ("list", "entry")},
            "matched_by": "function",
            "member": _plain(members["value"].to_numpy(dtype=object)),
            "share": 1.0,
            **_how_sure(members, cases["clear"].to_numpy()),
        }
    )
    place = cases.assign(evidence=len(evidence) + np.arange(len(cases)))
    of_text = met.merge(place, on=["member", "clear"])[["text", "evidence"]].rename(columns={"text": "code"})
    of_line = pd.DataFrame(
        {
            "line": readings["line"].to_numpy(),
            "reading": np.arange(len(readings)),
            "code": functions.cat.codes.to_numpy()[readings["line"].to_numpy()],
        }
    )
    added = of_line.merge(of_text, on="code").drop(columns="code")
    made = pd.concat([evidence, more], ignore_index=True)
    both = pd.concat([hits, added], ignore_index=True)
    row = both["evidence"].to_numpy()
    possible = (made["certainty"] != Certainty.certain).to_numpy()[row]
    entry = pd.factorize(made["list"] + "\n" + made["entry"])[0][row]
    best = np.lexsort((np.arange(len(both)), possible, entry, both["reading"].to_numpy()))
    kept = best[~repeated([both["reading"].to_numpy()[best], entry[best]])]
    return made, HITS.conform(both.iloc[np.sort(kept)])


def _named(materials: pd.DataFrame, law: Law) -> pd.DataFrame:
    """The entries that materials meet by their names, each once."""
    wordings = _wordings(law, "material")
    if wordings is None or not len(materials):
        return NAMED.empty()
    names = materials["name"]
    met = _readings_of(names.cat.categories, wordings)
    bearers = pd.DataFrame({"material": np.arange(len(materials)), "text": names.cat.codes.to_numpy()})
    found = bearers.merge(met, on="text").sort_values(["material", "member"], kind="stable")
    members = law.members.iloc[found["member"]]
    made = pd.DataFrame(
        {
            "material": found["material"].to_numpy(),
            **{name: members[name].to_numpy(dtype=object) for name in ("list", "entry")},
            "member": members["value"].to_numpy(dtype=object),
            **_how_sure(members, found["clear"].to_numpy()),
        }
    )
    certain_first = made.sort_values("certainty", kind="stable")  # certain, possible
    return NAMED.conform(certain_first.drop_duplicates(["material", "list", "entry"]).sort_index())


def _doubt(evidence: pd.DataFrame, identities: pd.DataFrame) -> pd.DataFrame:
    """The evidence with what makes it only possible: a name alone, a number whose other number says
    otherwise, or one molecule of what is drawn as a mixture.
    """
    if not len(evidence):
        return evidence
    evidence = _mixtures(evidence, identities)
    rows = evidence["identity"].to_numpy()
    route = evidence["matched_by"].to_numpy(dtype=object)
    by_name = (identities["found_by"] == "name").to_numpy()[rows] & ~np.isin(route, ["name", "material"])
    has_cas = (identities["cas"] != "").to_numpy()[rows]
    lone_ec = (route == "ec") & has_cas & ~_among(evidence, evidence[route == "cas"])
    why = np.where(by_name, "name-only", np.where(lone_ec, "identity-disputed", evidence["why"]))
    return evidence.assign(
        matched_by=_plain(np.where(by_name, "name", route)),
        certainty=_plain(np.where(by_name | lone_ec, Certainty.possible.value, evidence["certainty"])),
        why=_plain(why),
    )


def _mixtures(evidence: pd.DataFrame, identities: pd.DataFrame) -> pd.DataFrame:
    """The evidence with what rests on one molecule of a mixture only possible. What rules say of mixtures
    they have said (`structures.mixtures`); why, is said here.
    """
    route = evidence["matched_by"].to_numpy(dtype=object)
    possible = (evidence["certainty"] != Certainty.certain).to_numpy()
    texts = identities["smiles"].to_numpy(dtype=object)[evidence["identity"].to_numpy()]
    asked = (route == "parent") | ((route == "group") & possible)
    mixed = np.array(
        [ask and "." in text and drawn_as_mixture(text) for ask, text in zip(asked, texts, strict=True)],
        dtype=bool,
    )
    return evidence.assign(
        certainty=_plain(np.where(mixed, Certainty.possible.value, evidence["certainty"])),
        why=_plain(np.where(mixed, "variable-composition", evidence["why"])),
    )


def _best(evidence: pd.DataFrame) -> pd.DataFrame:
    """One row for each identity and entry: certain before possible, then the most trusted route."""
    possible = (evidence["certainty"] != Certainty.certain).to_numpy()
    trust = np.array([TRUST.index(route) for route in evidence["matched_by"]], dtype=np.int8)
    kept = evidence.iloc[np.lexsort((trust, possible))].drop_duplicates(_KEYS)
    return kept.sort_values(_KEYS, kind="stable", ignore_index=True)


def _hits(readings: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Each reading once for each evidence of its identity."""
    own = readings["identity"].to_numpy()
    often = np.bincount(evidence["identity"].to_numpy(dtype=np.int64), minlength=own.max(initial=NONE) + 1)
    first = np.cumsum(often) - often
    each = often[own]
    met = np.flatnonzero(each)
    rows = np.repeat(met, each[met])
    within = np.arange(len(rows)) - np.repeat(np.cumsum(each[met]) - each[met], each[met])
    return HITS.of(
        len(rows),
        {"line": readings["line"].to_numpy()[rows], "reading": rows, "evidence": first[own[rows]] + within},
    )
