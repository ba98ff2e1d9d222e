"""Wordings: does a supplier's text name a material or a function, in Swedish or English?

A wording is met word by word: `pvc` by “Mjuk PVC” and “PVC-slang”, not by “PVC-fri” or “utan PVC”. Between
letters of one word nothing is looked for: `latex` is not in “latexfärg”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Words = tuple[str, ...]

_WORD = re.compile(r"\w+(?:(?<=\d)[.,](?=\d)\w+)*")  # a decimal number is one word
_DENIES_BEFORE = {
    "utan",
    "ej",
    "inte",
    "icke",
    "ingen",
    "inget",
    "inga",
    "fri från",
    "fritt från",
    "fria från",
}
_DENIES_BEFORE |= {"no", "not", "non", "without", "free from", "free of", "instead of", "istället för"}
_DENIES_BEFORE |= {"not contain", "not containing", "not made with", "not made of", "not made from"}
_DENIES_BEFORE |= {"ej tillverkad av", "inte tillverkad av", "ej gjord av", "inte gjord av"}
_DENIES_AFTER = {"fri", "fritt", "fria", "free"}
_DENIES_LAST = {"0", "none", "no", "nej", "ingen", "inget", "inga", "saknas"}  # “biocide: none”
_DENIES_WHAT_FOLLOWS = {"från", "from", "of"}  # “PVC, fri från ftalater”


def words(text: str) -> Words:
    """The words of a text in the form in which they are compared.

    >>> words("Mjuk-PVC 0,5 mm (60 Shore)")
    ('mjuk', 'pvc', '0,5', 'mm', '60', 'shore')
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


class Wordings:
    """Wordings, each with a number; of those that belong together some may say what is not meant.

    Args:
        given: number, wording, excluded, and what it belongs to (an entry): an excluded wording takes its
            words away from the others of the same.

    >>> latex = [(0, "latex", False, "natural"), (1, "nitrile latex", True, "natural")]
    >>> [Wordings(latex).met_by(text) for text in ("Latex, pudrad", "Nitrile latex", "latex-free")]
    [[0], [], []]
    >>> Wordings([(0, "–", False, "a wording without words")]).met_by("PVC – soft")
    []
    """

    def __init__(self, given: Iterable[tuple[int, str, bool, object]]) -> None:
        self._by_words: dict[Words, list[tuple[int, bool, object]]] = {}
        for number, wording, excluded, owner in given:
            if parts := words(wording):
                self._by_words.setdefault(parts, []).append((number, excluded, owner))
        self._longest = max(map(len, self._by_words), default=0)

    def met_by(self, text: str) -> list[int]:
        """The numbers of the wordings that a text names, in order."""
        own = words(text)
        met: list[tuple[range, int, object]] = []
        taken: dict[object, set[int]] = {}
        for start in range(len(own)):
            for size in range(1, min(self._longest, len(own) - start) + 1):
                place = range(start, start + size)
                for number, excluded, owner in self._by_words.get(own[start : start + size], ()):
                    if excluded:
                        taken.setdefault(owner, set()).update(place)
                    elif not _is_denied(own, place):
                        met.append((place, number, owner))
        return sorted(
            {number for place, number, owner in met if not taken.get(owner, set()).issuperset(place)}
        )

    def is_all_of(self, number: int, text: str) -> bool:
        """Whether the text is the wording and nothing else."""
        return any(number == own for own, _, _ in self._by_words.get(words(text), ()))


def _is_denied(own: Words, place: range) -> bool:
    """Whether the words around say that it is not there."""
    before, after = own[max(place.start - 3, 0) : place.start], own[place.stop : place.stop + 2]
    return _denies(after) or any(" ".join(before[start:]) in _DENIES_BEFORE for start in range(len(before)))


def _denies(after: Words) -> bool:
    """Whether two words that follow deny: “PVC free”, “PVC 0 %”; not “PVC 0–5 %” or “PVC (0 % DEHP)”."""
    first, second = (*after, "", "")[:2]
    if not second:
        return first in _DENIES_AFTER | _DENIES_LAST
    return first in _DENIES_AFTER and second not in _DENIES_WHAT_FOLLOWS
