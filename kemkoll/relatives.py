"""Which listed substances is an unlisted one like? Advice against a replacement that is no better.

A relative shares a group that is told by structure (both are bisphenols), or is nearly the same structure.
What shares no group and only looks alike is none: dioctyl terephthalate is no ortho-phthalate, however alike
their drawings. No verdict asks for this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.registry import Registry
from kemkoll.structures.classification import CERTAIN
from kemkoll.structures.similarity import similarities
from kemkoll.tables import STRUCTURE, Certainty, Force, Law

ALIKE_IN_GROUP, ALIKE_ALONE = 0.2, 0.75
"""Least similarity of relatives that share a group, and of those that share none. Held by
`tests/test_relatives.py` against replacements that are known to be regrettable, and others that are not."""
ALIKE_TO_THE_EYE = 0.6
"""Least similarity from which one may ask why a substance is not in the group of another."""
MOST = 5
"""Relatives that are named: the nearest."""


@dataclass(frozen=True)
class Relative:
    """A listed substance that another is like.

    Attributes:
        similarity: as `structures.similarity` measures it, 0 to 1.
        lists: the ids of the lists of law or contract that it is on.
        groups: names by language of the groups that both belong to.
        apart: list and entry of the groups that the listed one alone belongs to.
    """

    cas: str
    names: Mapping[str, str]
    similarity: float
    lists: Sequence[str]
    groups: Sequence[Mapping[str, str]]
    apart: Sequence[tuple[str, str]]

    @property
    def close(self) -> bool:
        """Whether it is so near that it speaks against the other as a replacement."""
        return self.similarity >= (ALIKE_IN_GROUP if self.groups else ALIKE_ALONE)


def relatives(smiles: str, law: Law, registry: Registry) -> list[Relative]:
    """The listed substances that a structure is like (`Relatives.of`).

    Args:
        smiles: the structure of a substance that no list of law or contract names.
        law: the lists in force.
        registry: where structures are looked up.
    """
    return Relatives(law, registry).of(smiles)


class Relatives:
    """The listed substances that structures may be like, known once for many of them.

    Args:
        law: the lists in force.
        registry: where structures are looked up.
    """

    def __init__(self, law: Law, registry: Registry) -> None:
        self._registry = registry
        self._listed = listed = _listed(law, registry)
        groups = law.groups[(law.groups["rule"] == STRUCTURE).to_numpy()]
        self._rules, texts = pd.factorize(groups["conditions"].astype(object))
        self._texts = texts.tolist()
        cas, smiles = listed["cas"].tolist(), listed["smiles"].tolist()
        self._theirs = registry.grades(cas, smiles, self._texts) == CERTAIN
        self._names = _group_names(law, groups, self._rules, len(self._texts))
        self._keys = list(zip(groups["list"], groups["entry"], strict=True))

    def of(self, smiles: str) -> list[Relative]:
        """Those that a structure is like, nearest first; those that share a group before others. The last may
        not be `close`: they only look alike.
        """
        listed, theirs = self._listed, self._theirs
        own = self._registry.grades([""], [smiles], self._texts)[0] == CERTAIN
        shared = theirs & own
        alike = similarities(smiles, listed["smiles"].tolist())
        near = np.where(shared.any(axis=1), ALIKE_IN_GROUP, ALIKE_TO_THE_EYE)
        fit = np.flatnonzero((alike >= near) & (alike < 1))
        order = fit[np.lexsort((-alike[fit], ~shared[fit].any(axis=1)))][:MOST]
        rules = zip(self._keys, self._rules, strict=True)
        apart = [(key, rule) for key, rule in rules if not own[rule]]
        return [
            Relative(
                listed["cas"].iloc[row],
                {"en": listed["name_en"].iloc[row], "sv": listed["name_sv"].iloc[row]},
                float(alike[row]),
                listed["lists"].iloc[row],
                [self._names[rule] for rule in np.flatnonzero(shared[row])],
                [key for key, rule in apart if theirs[row, rule]],
            )
            for row in order
        ]


def _listed(law: Law, registry: Registry) -> pd.DataFrame:
    """The substances of known structure that lists of law or contract name: cas, smiles, names, lists."""
    binding = law.lists["list"][(law.lists["force"] != Force.watch).to_numpy()]
    members = law.members.astype(object)
    named = (members["kind"] == "cas") & ~law.members["excluded"] & members["list"].isin(binding)
    named &= members["certainty"] == Certainty.certain
    of_number = members[named.to_numpy()].groupby("value", sort=False)
    made = of_number.agg(lists=("list", lambda ids: [*dict.fromkeys(ids)])).reset_index(names="cas")
    known = registry.find_cas(made["cas"].tolist(), parents=False)
    names = {language: of_number[f"name_{language}"].max().to_numpy() for language in ("en", "sv")}
    titles = known["name"].to_numpy()
    made = made.assign(
        smiles=known["smiles"].to_numpy(),
        **{f"name_{language}": np.where(own == "", titles, own) for language, own in names.items()},
    )
    return made[((made["smiles"] != "") & ~known["variable"]).to_numpy()].reset_index(drop=True)


def _group_names(law: Law, groups: pd.DataFrame, rules: np.ndarray, count: int) -> list[Mapping[str, str]]:
    """The names of the first group of each rule, by language."""
    entries = law.entries.astype(object).drop_duplicates(["list", "entry"]).set_index(["list", "entry"])
    made: dict[int, Mapping[str, str]] = {}
    for rule, list_, entry in zip(rules, groups["list"], groups["entry"], strict=True):
        row = entries.loc[(list_, entry)]
        made.setdefault(int(rule), {"en": str(row["name_en"]), "sv": str(row["name_sv"])})
    return [made[rule] for rule in range(count)]
