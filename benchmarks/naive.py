"""The check as one would write it in an afternoon: a loop over rows, a dict, a worst verdict per list.

It knows no structures, names, sums, bases, conditions or coverage, so it does far less than kemkoll does.
"""

from __future__ import annotations

import pandas as pd

import kemkoll


def naive_check(frame: pd.DataFrame, law: kemkoll.Law) -> dict[tuple[str, str], str]:
    """The worst verdict per article and list, found row by row."""
    entries_of: dict[str, list[tuple[str, str]]] = {}
    for _, member in law.members.iterrows():
        if member["kind"] == "cas":
            entry = (str(member["list"]), str(member["entry"]))
            entries_of.setdefault(str(member["value"]), []).append(entry)
    limit_of: dict[tuple[str, str], int] = {}
    for _, limit in law.limits.iterrows():
        limit_of[str(limit["list"]), str(limit["entry"])] = int(limit["limit_ppt"])
    verdicts: dict[tuple[str, str], str] = {}
    for _, row in frame.iterrows():
        number = kemkoll.parse_cas(row["cas"])
        amount = kemkoll.parse_amount(row["amount"])
        for name, entry in entries_of.get(number or "", []):
            limit = limit_of.get((name, entry))
            if limit is None:
                verdict = "listed"
            elif amount is not None and amount.low_ppt > limit:
                verdict = "above"
            else:
                verdict = "below"
            key = (row["article"], name)
            if verdict == "above" or key not in verdicts:
                verdicts[key] = verdict
    return verdicts
