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

from kemkoll.structures.grading import CERTAIN, OUT, POSSIBLE, UNDECIDED, Candidate, graded
from kemkoll.structures.graphs import graphs
from kemkoll.structures.processes import MANY, in_processes, parts_of
from kemkoll.structures.rules import read_rule
from kemkoll.structures.screening import Atoms
from kemkoll.structures.surroundings import Surroundings
from kemkoll.structures.ways import Way, ways

__all__ = ["CERTAIN", "OUT", "POSSIBLE", "UNDECIDED", "Grades", "classify"]

_SCREENED = 10_000
"""Structures whose texts are screened at once."""
_AT_ONCE = 500
"""Structures that are held against rules at once, of those that the screens leave."""

Grades = npt.NDArray[np.int8]
Truths = npt.NDArray[np.bool_]


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
    tell = done or _nobody
    parts = (part for some in _left(distinct, rules, tell) for part in parts_of(some, _AT_ONCE))
    if len(distinct) < MANY:
        made = [graded(part, rules) for part in parts]
    else:
        made = in_processes(graded, parts, list(rules), done=lambda part: tell(len(part)))
    grades = np.zeros((len(distinct), len(rules)), dtype=np.int8)
    unread = [number for part in made for number, found in part if found is None]
    grades[unread] = UNDECIDED * _by_atoms([distinct[number] for number in unread], rules)
    for number, rule, grade in (
        (number, *own) for part in made for number, found in part if found for own in found
    ):
        grades[number, rule] = grade
    place = {text: row for row, text in enumerate(distinct)}
    return grades[[place[text] for text in smiles]]


def _nobody(_some: int) -> None:
    """Told of progress that nobody asks for."""


def _left(
    smiles: Sequence[str], rules: Sequence[str], done: Callable[[int], None]
) -> Iterator[Sequence[Candidate]]:
    """The structures that the screens leave, some at a time; `done` is told how many they rule out."""
    made = [way for text in rules for way in _ways(text)]
    for start in range(0, len(smiles), _SCREENED):
        some = smiles[start : start + _SCREENED]
        left = [(start + place, some[place], numbers) for place, numbers in _each(_may_belong(some, made))]
        done(len(some) - len(left))
        yield left


def _may_belong(smiles: Sequence[str], made: Sequence[Way]) -> Truths:
    """Whether structures may belong to groups in each way (ways × structures), by what their texts say."""
    read = graphs(smiles)
    atoms, near = Atoms(smiles, read), Surroundings(read, [way.places for way in made])
    return np.array([atoms.may_belong(way.bounds) & near.may_belong(way.places) for way in made])


def _by_atoms(smiles: Sequence[str], rules: Sequence[str]) -> Truths:
    """Whether structures may belong by rules (structures × rules), by the atoms that their texts name."""
    atoms = Atoms(smiles)
    may = [np.any([atoms.may_belong(way.bounds) for way in _ways(text)], axis=0) for text in rules]
    return np.array(may).T


def _each(may: Truths) -> Iterator[tuple[int, list[int]]]:
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
