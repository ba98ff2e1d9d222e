"""Each rule held against each structure, with nothing ruled out before: the plain way, to compare with."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kemkoll.structures.classification import CERTAIN, OUT, POSSIBLE, UNDECIDED
from kemkoll.structures.evaluation import Parts, UndecidableError, match, ways
from kemkoll.structures.rules import read_rule


def grades(smiles: Sequence[str], rules: Sequence[str]) -> list[list[int]]:
    """How each structure belongs to each group, as `classify` says it."""
    of_rules = [ways(read_rule(json.loads(text))) for text in rules]
    made = []
    for text in smiles:
        try:
            parts = Parts(text)
        except UndecidableError:
            made.append([UNDECIDED] * len(rules))
            continue
        met = [match(parts, own) for own in of_rules]
        made.append([OUT if one is None else CERTAIN if one.certain else POSSIBLE for one in met])
    return made
