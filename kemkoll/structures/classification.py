"""Which of many structures belong to which groups.

Exact and quick: the atoms that a text names rule most rules out before anything is parsed (`screening`), and
what each pattern finds in a structure is found once for all rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kemkoll.structures.evaluation import Parts, UndecidableError, Way, ways
from kemkoll.structures.processes import MANY, in_processes, parts_of, processes
from kemkoll.structures.rules import read_rule
from kemkoll.structures.screening import Atoms

UNDECIDED, OUT, POSSIBLE, CERTAIN = -1, 0, 1, 2
"""What is known of a structure and a group. Undecided: it may belong by its atoms, and cannot be read."""
_AT_ONCE = 20_000
"""Structures that a process works on at once."""

Grades = npt.NDArray[np.int8]


def classify(
    smiles: Sequence[str], rules: Sequence[str], done: Callable[[int], None] | None = None
) -> Grades:
    """How each structure belongs to each group: `UNDECIDED`, `OUT`, `POSSIBLE` or `CERTAIN`.

    Args:
        smiles: structures; distinct ones are worked on once.
        rules: what each rule asks, as `rules.conditions` writes it.
        done: told how many structures have been worked on, time and again.

    >>> lead = '{"any": ["[#82]"], "scope": "whole"}'
    >>> classify(["O=[Pb]", "O", "*O"], [lead])[:, 0].tolist()
    [2, 0, -1]
    """
    distinct = list(dict.fromkeys(smiles)) if rules else []
    if not distinct:
        return np.zeros((len(smiles), len(rules)), dtype=np.int8)
    parts = parts_of(distinct, min(_AT_ONCE, -(-len(distinct) // processes())))
    if len(distinct) < MANY:
        made = [_grades(part, rules) for part in parts]
    else:
        made = in_processes(_grades, parts, list(rules), done=done)
    grades = np.zeros((len(distinct), len(rules)), dtype=np.int8)
    for number, found in enumerate(made):
        for structure, rule, grade in found:
            grades[number * len(parts[0]) + structure, rule] = grade
    place = {text: row for row, text in enumerate(distinct)}
    return grades[[place[text] for text in smiles]]


def _grades(smiles: Sequence[str], rules: Sequence[str]) -> list[tuple[int, int, int]]:
    """Structure, rule and grade wherever that is not `OUT`."""
    made = [(rule, way) for rule, text in enumerate(rules) for way in _ways(text)]
    atoms = Atoms(smiles)
    may = np.array([atoms.may_belong(way.bounds) for _, way in made])
    found = []
    for structure in np.flatnonzero(may.any(axis=0)).tolist():
        candidates = [made[number] for number in np.flatnonzero(may[:, structure]).tolist()]
        try:
            parts = Parts(smiles[structure])
        except UndecidableError:
            found += [(structure, rule, UNDECIDED) for rule in {rule for rule, _ in candidates}]
            continue
        known = -1
        for rule, way in candidates:  # those of a rule that are sure come first
            if rule != known and parts.meet(way) is not None:
                found.append((structure, rule, CERTAIN if parts.is_sure(way) else POSSIBLE))
                known = rule
    return found


@lru_cache(maxsize=2_000)
def _ways(conditions: str) -> tuple[Way, ...]:
    return ways(read_rule(json.loads(conditions)))
