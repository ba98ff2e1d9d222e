"""How structures belong to the groups that a screen leaves possible.

This is what other processes do: nothing that only the screens need is imported here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from kemkoll.structures.evaluation import Parts, UndecidableError
from kemkoll.structures.reading import rdkit
from kemkoll.structures.rules import read_rule
from kemkoll.structures.ways import Way, ways

UNDECIDED, OUT, POSSIBLE, CERTAIN = -1, 0, 1, 2
"""What is known of a structure and a group. Undecided: it may belong by its atoms, and cannot be read."""

Candidate = tuple[int, str, Sequence[int]]
"""The number of a structure, its text, and the numbers of the ways in which it may belong to groups."""
Graded = tuple[int, Sequence[tuple[int, int]] | None]
"""The number of a structure, and the rules by which it belongs to groups, and how; `None`: unreadable."""


def graded(candidates: Sequence[Candidate], rules: Sequence[str]) -> list[Graded]:
    """The groups that each structure belongs to.

    Args:
        candidates: structures, with numbers of the ways of all rules, one rule's after another's.
        rules: what each rule asks; it is known to be readable.

    >>> graded([(5, "O=[Pb]", [0]), (8, "*O", [0])], ['{"any": ["[#82]"], "scope": "whole"}'])
    [(5, [(0, 2)]), (8, None)]
    """
    rdkit()
    made = [(rule, way) for rule, text in enumerate(rules) for way in _ways(text)]
    return [(number, _grades(smiles, [made[own] for own in may])) for number, smiles, may in candidates]


@lru_cache(maxsize=2_000)
def _ways(conditions: str) -> tuple[Way, ...]:
    """The ways to belong to a group, by what its rule asks; those that are sure come first."""
    return ways(read_rule(json.loads(conditions), proven=True))


def _grades(smiles: str, ways_: Sequence[tuple[int, Way]]) -> list[tuple[int, int]] | None:
    """The rules, of some ways to belong by each, by which a structure does, and how."""
    try:
        parts = Parts(smiles)
    except UndecidableError:
        return None
    found: list[tuple[int, int]] = []
    known = -1
    for rule, way in ways_:
        if rule != known and parts.belongs(way):
            found.append((rule, CERTAIN if parts.is_sure(way) else POSSIBLE))
            known = rule
    return found
