"""Each rule held against each structure, with nothing ruled out before: the plain way, to compare with."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kemkoll.structures.classification import CERTAIN, OUT, POSSIBLE, UNDECIDED
from kemkoll.structures.evaluation import UndecidableError
from kemkoll.structures.rules import read_rule


def grades(smiles: Sequence[str], rules: Sequence[str]) -> list[list[int]]:
    """How each structure belongs to each group, as `classify` says it."""
    read = {text: read_rule(json.loads(text)) for text in rules}
    made = []
    for text in smiles:
        try:
            found = matched(text, read)
        except UndecidableError:
            made.append([UNDECIDED] * len(rules))
            continue
        made.append(
            [(CERTAIN if found[rule].certain else POSSIBLE) if rule in found else OUT for rule in rules]
        )
    return made
