"""Which entries do names and functions meet by the wordings of materials and functions on the lists?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kemkoll.matching.evidence import entry_of, plain, without
from kemkoll.tables import HITS, NAMED, NONE, Certainty, Law, repeated
from kemkoll.wording import Wordings


def wordings_of(law: Law, kind: str) -> Wordings:
    """The wordings of a kind on the lists, numbered by their rows in members."""
    rows = np.flatnonzero((law.members["kind"] == kind).to_numpy())
    given = law.members.iloc[rows]
    owners = zip(given["list"], given["entry"], strict=True)
    certain = given["certainty"] == Certainty.certain
    return Wordings(zip(rows.tolist(), given["value"], given["excluded"], owners, certain, strict=True))


def _met_by(texts: Iterable[str], wordings: Wordings) -> pd.DataFrame:
    """The wordings that texts name: number of the text, row in members, whether it is clear about it."""
    found = [
        (number, row, row in clear)
        for number, text in enumerate(texts)
        if (met := wordings.met_by(text))
        for clear in [wordings.clearly_met_by(text)]
        for row in met
    ]
    return pd.DataFrame(found, columns=["text", "member", "clear"])


def _how_sure(members: pd.DataFrame, clear: np.ndarray, unclear: str) -> dict[str, pd.Series]:
    """How certain it is that something is what wordings of members name, and why not."""
    given = (members["certainty"] == Certainty.certain).to_numpy()
    sure, possible = Certainty.certain.value, Certainty.possible.value
    why = np.where(clear, np.where(given, "", "member-conditional"), unclear)
    return {"certainty": plain(np.where(given & clear, sure, possible)), "why": plain(why)}


def by_wording(
    identities: pd.DataFrame, law: Law, materials: Wordings, evidence: pd.DataFrame
) -> pd.DataFrame:
    """The identities whose name holds the wording of a material and that meet its entry by nothing better:
    certain where the name is that wording and nothing else.
    """
    names = identities["name"]
    met = {text: materials.met_by(text) for text in names.cat.categories}
    found = [(number, row) for number, text in enumerate(names) for row in met[text]]
    whole = [materials.is_all_of(row, names.iloc[number]) for number, row in found]
    identity, member = (list(part) for part in zip(*found, strict=True)) if found else ([], [])
    members = law.members.iloc[member]
    made = pd.DataFrame(
        {
            "identity": np.array(identity, dtype=np.int64),
            **entry_of(members),
            "matched_by": plain(np.full(len(found), "material", dtype=object)),
            "member": plain(members["value"].to_numpy(dtype=object)),
            "share": 1.0,
            **_how_sure(members, np.array(whole, dtype=bool), "name-only"),
        }
    )
    return without(made, evidence)


def named_materials(materials: pd.DataFrame, law: Law, wordings: Wordings) -> pd.DataFrame:
    """The entries that materials meet by their names, each once: `tables.NAMED`."""
    names = materials["name"]
    met = _met_by(names.cat.categories, wordings)
    bearers = pd.DataFrame({"material": np.arange(len(materials)), "text": names.cat.codes.to_numpy()})
    found = bearers.merge(met, on="text").sort_values(["material", "member"], kind="stable")
    members = law.members.iloc[found["member"]]
    made = pd.DataFrame(
        {
            "material": found["material"].to_numpy(),
            **entry_of(members),
            "member": members["value"].to_numpy(dtype=object),
            **_how_sure(members, found["clear"].to_numpy(), "wording-unclear"),
        }
    )
    certain_first = made.sort_values("certainty", kind="stable")  # certain, possible
    return NAMED.conform(certain_first.drop_duplicates(["material", "list", "entry"]).sort_index())


def with_functions(
    evidence: pd.DataFrame, hits: pd.DataFrame, readings: pd.DataFrame, lines: pd.DataFrame, law: Law
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evidence and hits with those of lines whose function meets an entry that they meet by nothing
    better: what is said to be added as an antimicrobial is one, whatever its number leaves open.
    """
    functions = lines["function"]
    met = _met_by(functions.cat.categories, wordings_of(law, "function"))
    if not len(met):
        return evidence, hits
    cases = met.drop(columns="text").drop_duplicates(ignore_index=True)
    members = law.members.iloc[cases["member"]]
    more = pd.DataFrame(
        {
            "identity": NONE,
            **entry_of(members),
            "matched_by": "function",
            "member": plain(members["value"].to_numpy(dtype=object)),
            "share": 1.0,
            **_how_sure(members, cases["clear"].to_numpy(), "wording-unclear"),
        }
    )
    place = cases.assign(evidence=len(evidence) + np.arange(len(cases)))
    of_text = met.merge(place, on=["member", "clear"])[["text", "evidence"]].rename(columns={"text": "code"})
    line = readings["line"].to_numpy()
    of_line = pd.DataFrame(
        {"line": line, "reading": np.arange(len(readings)), "code": functions.cat.codes.to_numpy()[line]}
    )
    added = of_line.merge(of_text, on="code").drop(columns="code")
    made = pd.concat([evidence, more], ignore_index=True)
    return made, _surest(pd.concat([hits, added], ignore_index=True), made)


def _surest(hits: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The hits, each reading meeting each entry once: by what is certain, else by what comes first."""
    row, reading = hits["evidence"].to_numpy(), hits["reading"].to_numpy()
    possible = (evidence["certainty"] != Certainty.certain).to_numpy()[row]
    entry = pd.factorize(evidence["list"] + "\n" + evidence["entry"])[0][row]
    order = np.lexsort((np.arange(len(hits)), possible, entry, reading))
    kept = order[~repeated([reading[order], entry[order]])]
    return HITS.conform(hits.iloc[np.sort(kept)])
