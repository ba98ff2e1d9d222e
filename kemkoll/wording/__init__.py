"""Wordings: does a supplier's text name a material or a function, in Swedish or English?

A wording is met word by word: `pvc` by “Mjuk PVC” and “PVC-slang”, not by “PVC-fri” or “utan PVC”. Between
letters of one word nothing is looked for: `latex` is not in “latexfärg”. What denies one word may deny those
that stand in a row with it (“fri från PVC och latex”); how far it reaches stands in `denials`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kemkoll.wording.denials import DENIED, NAMED, UNCLEAR, said_of
from kemkoll.wording.text import Text, Words, words

__all__ = ["Wordings", "Words", "words"]


class _Wording(NamedTuple):
    number: int
    excluded: bool
    owner: object
    certain: bool


class _Met(NamedTuple):
    place: range
    wording: _Wording
    said: int


class Wordings:
    """Wordings, each with a number; of those that belong together some may say what is not meant.

    Args:
        given: number, wording, excluded, what it belongs to (an entry), and whether it surely does. An
            excluded wording takes its words away from the others of the same.

    >>> latex = [(0, "latex", False, "natural", False), (1, "nitrile latex", True, "natural", True)]
    >>> [Wordings(latex).met_by(text) for text in ("Latex, pudrad", "Nitrile latex", "latex-free")]
    [[0], [], []]
    >>> Wordings([(0, "–", False, "a wording without words", True)]).met_by("PVC – soft")
    []
    """

    def __init__(self, given: Iterable[tuple[int, str, bool, object, bool]]) -> None:
        self._by_words: dict[Words, list[_Wording]] = {}
        for number, wording, excluded, owner, certain in given:
            if parts := words(wording):
                self._by_words.setdefault(parts, []).append(_Wording(number, excluded, owner, certain))
        self._longest = max(map(len, self._by_words), default=0)
        self._single = frozenset(parts[0] for parts in self._by_words if len(parts) == 1)

    def met_by(self, text: str) -> list[int]:
        """The numbers of the wordings that a text names, in order, those among them that it may deny."""
        return sorted({met.wording.number for met in self._met(text)})

    def clearly_met_by(self, text: str) -> set[int]:
        """The numbers of the wordings that a text names, and surely does not deny.

        >>> pvc = Wordings([(0, "pvc", False, "pvc", True)])
        >>> pvc.met_by("fri från latex, PVC"), pvc.clearly_met_by("fri från latex, PVC")
        ([0], set())
        """
        return {met.wording.number for met in self._met(text) if met.said == NAMED}

    def is_all_of(self, number: int, text: str) -> bool:
        """Whether the text is the wording and nothing else."""
        return any(number == own.number for own in self._by_words.get(words(text), ()))

    def _met(self, text: str) -> list[_Met]:
        """Each wording that the text holds and does not deny, where it stands, and how clearly it is said."""
        own = Text.of(text, self._single)
        met: list[_Met] = []
        taken: dict[object, set[int]] = {}
        for start in range(len(own.words)):
            for size in range(1, min(self._longest, len(own.words) - start) + 1):
                place = range(start, start + size)
                for wording in self._by_words.get(own.words[start : start + size], ()):
                    if wording.excluded:
                        taken.setdefault(wording.owner, set()).update(place)
                    else:
                        met.append(_Met(place, wording, said_of(own, place)))
        met = [each for each in met if not taken.get(each.wording.owner, set()).issuperset(each.place)]
        said = [each._replace(said=_within(each, met)) for each in met]
        return [each for each in said if each.said != DENIED]


def _within(own: _Met, met: list[_Met]) -> int:
    """How a wording is said that is part of a longer one: what denies “natural rubber latex” denies the latex
    in it; what denies “soft PVC” leaves open whether there is another PVC.
    """
    longer = [
        other.said
        for other in met
        if other.wording.owner == own.wording.owner
        and len(other.place) > len(own.place)
        and set(own.place) <= set(other.place)
    ]
    if own.said == NAMED and DENIED in longer:
        return UNCLEAR if own.wording.certain else DENIED
    return UNCLEAR if own.said == NAMED and UNCLEAR in longer else own.said
