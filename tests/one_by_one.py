"""Each rule held against each structure, with nothing ruled out before: the plain way, to compare with."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

from kemkoll.structures.classification import CERTAIN, OUT, POSSIBLE, UNDECIDED
from kemkoll.structures.evaluation import Parts, UndecidableError, match, ways
from kemkoll.structures.rules import read_rule
from kemkoll.structures.ways import Way


def grades(smiles: Sequence[str], rules: Sequence[str], shares: int = 1) -> list[list[int | None]]:
    """How each structure belongs to each group, as `classify` says it.

    Of several `shares` of the rules each structure is held against one, which its text decides; None for the
    rules of the others.
    """
    of_rules = [ways(read_rule(json.loads(text))) for text in rules]
    made: list[list[int | None]] = []
    for text in smiles:
        try:
            parts = Parts(text)
        except UndecidableError:
            made.append([UNDECIDED] * len(rules))
            continue
        share = zlib.crc32(text.encode()) % shares
        made.append(
            [_grade(parts, own) if rule % shares == share else None for rule, own in enumerate(of_rules)]
        )
    return made


def _grade(parts: Parts, ways_of_rule: Sequence[Way]) -> int:
    met = match(parts, ways_of_rule)
    return OUT if met is None else CERTAIN if met.certain else POSSIBLE
