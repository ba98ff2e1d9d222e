"""Which list entries does each line meet, by what evidence, and how certain is it?

Identities meet entries by number, by structure, by element, by a group's rule, or by name, in the order of
`tables.TRUST`; lines also by what the substance does, and materials by what they are called. Each distinct
identity and text is matched once; lines carry the number of their evidence. A substance's name alone is never
certain.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.matching.evidence import best, doubt, without
from kemkoll.matching.identities import by_members, by_name, by_rule, offered, with_element_shares
from kemkoll.matching.wordings import by_wording, named_materials, with_functions, wordings_of
from kemkoll.registry import Registry
from kemkoll.tables import EVIDENCE, HITS, NONE, Declarations, Hits, Law, Readings


def match(readings: Readings, declarations: Declarations, law: Law, registry: Registry) -> Hits:
    """The entries that each line meets, each with its evidence.

    Args:
        readings: the substances that each line may mean.
        declarations: what the suppliers handed in.
        law: the entries in force.
        registry: where it is remembered which structures belong to which groups.
    """
    identities, materials = readings.identities, wordings_of(law, "material")
    named = named_materials(declarations.materials, law, materials)
    if not len(identities):
        return Hits(named=named)
    offers = offered(identities, law)
    met = [by_members(offers, law, excluded=False), by_rule(identities, law, registry)]
    evidence = pd.concat(met, ignore_index=True)
    evidence = without(evidence, by_members(offers, law, excluded=True))
    evidence = with_element_shares(evidence, identities, law)
    evidence = pd.concat([evidence, by_wording(identities, law, materials, evidence)], ignore_index=True)
    evidence = pd.concat([evidence, by_name(identities, law, evidence)], ignore_index=True)
    evidence = best(doubt(evidence, identities))
    hits = _hits(readings.readings, evidence)
    evidence, hits = with_functions(evidence, hits, readings.readings, declarations.lines, law)
    return Hits(hits, EVIDENCE.conform(evidence), named)


def taken_out(readings: Readings, law: Law) -> pd.DataFrame:
    """What entries take out although their words may take it in: `tables.EVIDENCE`, by what does so.

    Args:
        readings: the substances that lines may mean.
        law: the entries in force.
    """
    met = by_members(offered(readings.identities, law), law, excluded=True)
    return EVIDENCE.conform(best(met))


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


__all__ = ["match", "taken_out"]
