"""Evidence held against what the contracts want: a verdict may rest on less than was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from kemkoll.profiles import parse_profile
from kemkoll.tables import Verdict


def wanted_of(groups: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """The evidence (`EvidenceLevel`) that the profile of each group of a batch wants, by the group's number.

    Args:
        groups: `store.judged.groups`.
    """
    return {int(it["group"]): parse_profile(it["text"], it["name"]).evidence_level for it in groups}


def is_below(verdicts: pd.DataFrame, wanted: Mapping[int, int]) -> pd.Series:
    """Which verdicts rest on less evidence than is wanted. A list that asks nothing of an article wants none.

    Args:
        verdicts: columns of `BatchVerdict`.
        wanted: `wanted_of`.

    >>> made = pd.DataFrame({"group": 0, "evidence_level": [3, 2, 0], "verdict": [0, 2, 1]})
    >>> is_below(made, {0: 3}).tolist()
    [False, True, False]
    """
    asked = verdicts["verdict"] != Verdict.not_applicable
    made: pd.Series = asked & (verdicts["evidence_level"] < verdicts["group"].map(wanted))
    return made


def below_wanted(verdicts: pd.DataFrame, wanted: Mapping[int, int]) -> pd.Series:
    """How many articles rest on less evidence than their contract wants, by list; one that stands under
    several contracts counts where one of them wants more.

    >>> made = pd.DataFrame({"group": 0, "article": [1, 2, 2], "list": ["a", "a", "b"]})
    >>> below_wanted(made.assign(evidence_level=[3, 2, 2], verdict=0), {0: 3}).to_dict()
    {'a': 1, 'b': 1}
    """
    below = verdicts[is_below(verdicts, wanted).to_numpy()]
    lists = verdicts["list"].astype(object)
    made = below.groupby(below["list"].astype(object))["article"].nunique()
    return made.reindex(sorted(lists.unique()), fill_value=0)
