"""Evidence held against evidence: what takes it out, what makes it only possible, and which is best."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.structures import drawn_as_mixture
from kemkoll.tables import TRUST, Certainty

KEYS = ["identity", "list", "entry"]


def plain(texts: np.ndarray) -> pd.Series:
    """A column of plain texts."""
    return pd.Series(texts, dtype=object)


def entry_of(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """The columns that say of which entry each of these members or groups is."""
    return {name: plain(rows[name].to_numpy(dtype=object)) for name in ("list", "entry")}


def without(evidence: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The evidence of identities and entries of which the other evidence has none."""
    return evidence[~_among(evidence, other)].reset_index(drop=True)


def _among(evidence: pd.DataFrame, other: pd.DataFrame) -> np.ndarray:
    """Which rows have an identity and entry that the other evidence has too."""
    known = set(zip(*(other[key] for key in KEYS), strict=True))
    return np.array([key in known for key in zip(*(evidence[key] for key in KEYS), strict=True)], dtype=bool)


def doubt(evidence: pd.DataFrame, identities: pd.DataFrame) -> pd.DataFrame:
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
        matched_by=plain(np.where(by_name, "name", route)),
        certainty=plain(np.where(by_name | lone_ec, Certainty.possible.value, evidence["certainty"])),
        why=plain(why),
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
        certainty=plain(np.where(mixed, Certainty.possible.value, evidence["certainty"])),
        why=plain(np.where(mixed, "variable-composition", evidence["why"])),
    )


def best(evidence: pd.DataFrame) -> pd.DataFrame:
    """One row for each identity and entry: certain before possible, then the most trusted route."""
    possible = (evidence["certainty"] != Certainty.certain).to_numpy()
    trust = np.array([TRUST.index(route) for route in evidence["matched_by"]], dtype=np.int8)
    kept = evidence.iloc[np.lexsort((trust, possible))].drop_duplicates(KEYS)
    return kept.sort_values(KEYS, kind="stable", ignore_index=True)
