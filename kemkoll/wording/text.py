"""A text as words, with what stands between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import NamedTuple

Words = tuple[str, ...]

_WORD = re.compile(r"\w+(?:(?<=\d)[.,](?=\d)\w+)*")  # a decimal number is one word
FREE = ("fri", "fritt", "fria", "free")
"""The words that deny the word before them, or the first part of their own."""


class Text(NamedTuple):
    """The words of a text, and the gap before each of them; a last gap stands after the last word."""

    words: Words
    gaps: Words

    @classmethod
    def of(cls, text: str, known: AbstractSet[str] = frozenset()) -> Text:
        """The words of a text in the form in which they are compared.

        Args:
            text: as the supplier wrote it.
            known: words that are looked for: one of them, and “free” at its end, is two words.

        >>> Text.of("Latexfri, av PVC", {"latex"})
        Text(words=('latex', 'fri', 'av', 'pvc'), gaps=('', '', ', ', ' ', ''))
        """
        plain = unicodedata.normalize("NFKC", text).casefold()
        found, gaps, end = [], [], 0
        for word in _WORD.finditer(plain):
            parts = _split(word.group(), known)
            found += parts
            gaps += [plain[end : word.start()], *([""] * (len(parts) - 1))]
            end = word.end()
        return cls(tuple(found), (*gaps, plain[end:]))


def words(text: str) -> Words:
    """The words of a text in the form in which they are compared.

    >>> words("Mjuk-PVC 0,5 mm (60 Shore)")
    ('mjuk', 'pvc', '0,5', 'mm', '60', 'shore')
    """
    return Text.of(text).words


def _split(word: str, known: AbstractSet[str]) -> list[str]:
    """The word, or the two words that it is written of: “latexfri”."""
    for ending in FREE:
        stem = word.removesuffix(ending)
        if stem != word and stem in known:
            return [stem, ending]
    return [word]
