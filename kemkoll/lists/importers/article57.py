"""The reasons of Article 57 of REACH, in the words that kemkoll's lists use."""

from __future__ import annotations

import re

from kemkoll.lists.importers.cells import reasons_of

_REASON = re.compile(
    r"(?P<what>.*?)\s*\(\s*Article 57\s*\(?(?P<letter>[a-f])\)?(?:\s*-\s*(?P<on>[^)]*))?\)\s*", re.IGNORECASE
)
_WORDS = {
    "endocrine disrupting properties": "endocrine disrupting",
    "specific target organ toxicity after repeated exposure": "specific target organ toxicity",
    "respiratory sensitising properties": "respiratory sensitising",
    "equivalent level of concern having probable serious effects to human health": "equivalent concern",
    "equivalent level of concern having probable serious effects to the environment": "equivalent concern",
}


def reason_of(text: str) -> str:
    r"""A cell's reasons in the order of the Article.

    >>> reason_of("vPvB (Article 57e)\nToxic for reproduction (Article 57c)")
    '57(c) toxic for reproduction; 57(e) vPvB'
    >>> reason_of("Endocrine disrupting properties (Article 57(f) - human health)")
    '57(f) endocrine disrupting, human health'
    """
    return "; ".join(sorted(dict.fromkeys(map(_reason, reasons_of(text)))))


def _reason(text: str) -> str:
    match = _REASON.fullmatch(text)
    if not match:
        return text
    what = match["what"].strip()
    plain = _WORDS.get(
        what.lower(), what if what.isupper() or what == "vPvB" else what[:1].lower() + what[1:]
    )
    return f"57({match['letter'].lower()}) {plain}" + (f", {match['on'].strip()}" if match["on"] else "")
