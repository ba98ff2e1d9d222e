"""The substance lists with entries that came later, each for one substance that suppliers declare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.data import SUBSTANCES, substances
from kemkoll.lists.compiled import Packed, joined, packed_of
from kemkoll.lists.editions import library_of
from kemkoll.tables import ENTRIES, LIMITS, MEMBERS


class Newer:
    """The shipped lists (`lists.compiled.Lists`), one of them with more entries.

    Args:
        list_: its id.
        numbers: the CAS numbers of the new entries.
        on: the day on which they came.
    """

    def __init__(self, list_: str, numbers: Sequence[str], on: str) -> None:
        self._library, self._list = library_of(), list_
        law = joined([self._library.packed(list_)])
        like = law.entries["entry"].iloc[0]
        limits = law.limits[(law.limits["entry"] == like).to_numpy()].astype(object)
        entries, members = law.entries.head(1).astype(object), law.members.head(1).astype(object)
        came = {"published": on, "since": on, "until": ""}
        met = {"kind": "cas", "excluded": False, "since": "", "until": "", "derived": ""}
        new = [f"new-{number}" for number in numbers]
        self._packed = packed_of(
            replace(
                law,
                entries=ENTRIES.conform(
                    pd.concat([law.entries.astype(object), *(entries.assign(entry=it, **came) for it in new)])
                ),
                limits=LIMITS.conform(
                    pd.concat([law.limits.astype(object), *(limits.assign(entry=it) for it in new)])
                ),
                members=MEMBERS.conform(
                    pd.concat(
                        [
                            law.members.astype(object),
                            *(
                                members.assign(entry=it, value=number, **met)
                                for it, number in zip(new, numbers, strict=True)
                            ),
                        ]
                    )
                ),
            )
        )

    @property
    def ids(self) -> list[str]:
        return self._library.ids

    def packed(self, id_: str) -> Packed:
        return self._packed if id_ == self._list else self._library.packed(id_)


def declared(first: int, count: int = 4) -> list[str]:
    """The CAS numbers of some substances that the made-up articles have, from frequent to rare.

    Args:
        first: which one of the more frequent quarter is the first; the others follow at equal distances.
    """
    numbers = substances(np.random.default_rng(1))
    step = SUBSTANCES // (count + 1)
    return [numbers[first + step * place] for place in range(1, count + 1)]
