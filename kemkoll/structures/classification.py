"""Which of many structures belong to which groups.

Exact and quick: the atoms that a text names rule most rules out before anything is parsed (`screening`), and
what each pattern finds in a structure is found once for all rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kemkoll.structures.evaluation import Parts, UndecidableError, Way, ways
from kemkoll.structures.graphs import graphs
from kemkoll.structures.processes import MANY, in_processes, parts_of, processes
from kemkoll.structures.rules import read_rule
from kemkoll.structures.screening import Atoms
from kemkoll.structures.surroundings import Surroundings

UNDECIDED, OUT, POSSIBLE, CERTAIN = -1, 0, 1, 2
"""What is known of a structure and a group. Undecided: it may belong by its atoms, and cannot be read."""
_AT_ONCE = 40_000
"""Structures that a process is given at once: starting one takes as long as some thousand of them."""
_SCREENED = 10_000
"""Structures whose texts are screened at once."""

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
    return [
        (start + structure, rule, grade)
        for start in range(0, len(smiles), _SCREENED)
        for structure, rule, grade in _graded(smiles[start : start + _SCREENED], made)
    ]


def _graded(smiles: Sequence[str], made: Sequence[tuple[int, Way]]) -> list[tuple[int, int, int]]:
    """The same of ways, each with the number of its rule."""
    read = graphs(smiles)
    atoms, near = Atoms(smiles, read), Surroundings(read, [way.places for _, way in made])
    named = np.array([atoms.may_belong(way.bounds) for _, way in made])
    may = named & np.array([near.may_belong(way.places) for _, way in made])
    found: list[tuple[int, int, int]] = []
    for structure, candidates in _each(may):
        try:
            parts = Parts(smiles[structure])
        except UndecidableError:
            undecided = {made[number][0] for number in np.flatnonzero(named[:, structure]).tolist()}
            found += [(structure, rule, UNDECIDED) for rule in undecided]
            continue
        known = -1
        for rule, way in map(made.__getitem__, candidates):  # those of a rule that are sure come first
            if rule != known and parts.meet(way) is not None:
                found.append((structure, rule, CERTAIN if parts.is_sure(way) else POSSIBLE))
                known = rule
    return found


def _each(may: npt.NDArray[np.bool_]) -> Iterator[tuple[int, list[int]]]:
    """Each structure that may belong in some way, and the numbers of these.

    >>> list(_each(np.array([[True, False, True], [False, False, True]])))
    [(0, [0]), (2, [0, 1])]
    """
    structures, numbers = np.nonzero(may.T)
    starts = np.flatnonzero(np.diff(structures, prepend=-1)).tolist()
    all_ = numbers.tolist()
    for start, end in pairwise([*starts, len(all_)]):
        yield int(structures[start]), all_[start:end]


@lru_cache(maxsize=2_000)
def _ways(conditions: str) -> tuple[Way, ...]:
    return ways(read_rule(json.loads(conditions)))
