"""What a text says of words in it: that the thing is there, that it is not, or neither clearly.

A denial reaches the word beside it, and others in a row with that one as far as grammar leaves no doubt: both
in “fri från PVC och latex”, the first in “utan PVC, med latex”. Where a reader may take it either way (“utan
PVC, latex”, “PVC and latex free”, “inte latex utan PVC”) the text says neither, and a person decides.
"""

from __future__ import annotations

import re

from kemkoll.wording.text import FREE, Text

NAMED, UNCLEAR, DENIED = 0, 1, 2

_FREE_OF = {"fri från", "fritt från", "fria från", "free from", "free of"}
_NEITHER = {"varken", "neither"}
_WITHOUT = {"utan", "without"}
_FOR_ALL = _FREE_OF | _NEITHER | _WITHOUT
"""These deny all that “och” joins; of a denied verb it only denies the two together: “not A and B”."""
_FOR_ONE = {"icke", "non"}
"""These deny the one word that they are part of."""
_PLAIN = {"ej", "inte", "ingen", "inget", "inga", "no", "not", "instead of", "istället för"}
_PLAIN |= {"not contain", "not containing", "not made with", "not made of", "not made from"}
_PLAIN |= {"ej tillverkad av", "inte tillverkad av", "ej gjord av", "inte gjord av"}
_BEFORE = _FOR_ALL | _FOR_ONE | _PLAIN
_LONGEST = 3  # words
_LAST = {"none", "no", "nej", "ingen", "inget", "inga", "saknas"}  # “biocide: none”
_LAST |= {f"{verb} {no}" for verb in ("ingår", "finns", "används", "förekommer") for no in ("ej", "inte")}
_LAST |= {"not present", "not used", "not included"}
_OF_WHAT = {"från", "from", "of"}  # “PVC, fri från ftalater”
_SAID = {"yes", "ja"}
_NOT = {
    "not",
    "no",
    "cannot",
    "never",
    "ej",
    "inte",
    "icke",
    "ingen",
    "inget",
    "inga",
    "aldrig",
    "varken",
    "utan",
}
_NUMBERED = {"art", "article", "batch", "cas", "cat", "catalogue", "item", "lot", "model", "order", "part"}
_NUMBERED |= {"product", "ref", "serial", "type"}  # “Article no PVC-12”
_OR, _AND = {"eller", "or", "nor"}, {"och", "and", "samt"}
_ENDS_ROW = {"av", "but", "consists", "contains", "i", "in", "innehåller", "made", "med", "men", "of", "with"}
_MOST_OF_ONE = 3
"""Words of one thing in a row: “natural rubber latex”."""

_BESIDE = re.compile(r"[^\S\n]*[-:–\"'“”‘’]*[^\S\n]*")
_STOPS = re.compile(r"[;.:()\[\]\n!?]")


def said_of(text: Text, place: range) -> int:
    """What a text says of the words at a place: `NAMED`, `UNCLEAR` or `DENIED`.

    >>> pvc, latex = range(2, 3), range(4, 5)
    >>> said_of(Text.of("fri från PVC och latex"), latex), said_of(Text.of("utan mjuk PVC, med latex"), latex)
    (2, 0)
    """
    if text.words[place.stop : place.stop + 1] and text.words[place.stop] in _SAID:
        return NAMED
    before, after = _before(text, place.start), _after(text, place.stop)
    if NAMED not in (before, after):
        return UNCLEAR  # “not PVC-free”
    return before or after or max(_in_row_before(text, place), _in_row_after(text, place))


def _before(text: Text, at: int) -> int:
    """What the denial directly before a word makes of it."""
    start = _denial(text, at)
    return NAMED if start is None else _certainty(text, start, at)


def _denial(text: Text, end: int) -> int | None:
    """Where the denial begins that ends before a word, the longest one; None: there is none."""
    for start in range(max(end - _LONGEST, 0), end):
        beside = all(_BESIDE.fullmatch(gap) for gap in text.gaps[start + 1 : end + 1])
        if beside and " ".join(text.words[start:end]) in _BEFORE:
            numbered = text.words[start] == "no" and start > 0 and text.words[start - 1] in _NUMBERED
            return None if numbered else start
    return None


def _certainty(text: Text, start: int, end: int) -> int:
    """Whether a denial (its words' places) denies: not where it is denied itself (“kan inte garanteras fri
    från”), nor where “utan” may mean “but” (“inte latex utan PVC”).
    """
    if text.words[start:end] == ("utan",) and _NOT & set(text.words[_clause(text, start) : start]):
        return UNCLEAR
    near = range(start - 1, max(start - 5, -1), -1)
    for at in near:
        if _breaks(text.gaps[at + 1]) or "," in text.gaps[at + 1] or text.words[at] in _OR | _AND:
            break
        if text.words[at] in _NOT:
            return UNCLEAR
    return DENIED


def _clause(text: Text, at: int) -> int:
    """Where the clause of a word begins."""
    while at > 0 and not _breaks(text.gaps[at]):
        at -= 1
    return at


def _breaks(gap: str) -> bool:
    return bool(_STOPS.search(gap))


def _after(text: Text, end: int) -> int:
    """What directly follows some words makes of them: “PVC free”, “PVC 0 %”; not “PVC 0–5 %” or “PVC
    (0 % DEHP)”.
    """
    first, second = (*text.words[end : end + 2], "", "")[:2]
    if first in FREE:
        return NAMED if second in _OF_WHAT else DENIED
    if first == "0":
        return NAMED if second else DENIED
    for size in (1, 2):
        if " ".join(text.words[end : end + size]) in _LAST and _is_last(text, end + size):
            return DENIED
    return NAMED


def _is_last(text: Text, end: int) -> bool:
    """Whether nothing more is said of a thing: the text ends, or another thing follows and no number."""
    if end >= len(text.words):
        return True
    return bool(re.search(r"[,;\n]", text.gaps[end])) and not text.words[end][0].isdigit()


def _in_row_before(text: Text, place: range) -> int:
    """What a denial before them makes of words that stand in a row with the one it denies."""
    for end in range(place.start - 1, 0, -1):
        start = _denial(text, end)
        if start is None:
            continue
        items, joints = _row(text, end)
        own = next((number for number, item in enumerate(items) if place.start in item), 0)
        if own == 0 or any(len(item) > _MOST_OF_ONE for item in items[:own]):
            return NAMED
        denial = " ".join(text.words[start:end])
        if denial in _FOR_ONE:
            return NAMED
        clear = list(place) == items[own] and _is_over(text, place.stop)
        clear &= _certainty(text, start, end) == DENIED and _reaches(denial, items, joints, own)
        return DENIED if clear else UNCLEAR
    return NAMED


def _row(text: Text, start: int) -> tuple[list[list[int]], list[str]]:
    """The things that stand in a row from a word on, by the places of their words; and what joins each to the
    next: `or`, `and` or a comma.
    """
    items: list[list[int]] = [[]]
    joints: list[str] = []
    for at in range(start, len(text.words)):
        word, gap = text.words[at], text.gaps[at]
        if word in _ENDS_ROW | _NOT or (at > start and _breaks(gap)):
            break
        joint = _joint(word, gap) if at > start else ""
        if joint and items[-1]:
            joints.append(joint)
            items.append([])
        elif joint and joints:  # “och/eller”
            joints[-1] = joint
        if word not in _OR | _AND:
            items[-1].append(at)
    return items, joints


def _joint(word: str, gap: str) -> str:
    """What joins a word to those before it: `or`, `and`, a comma; "" for nothing."""
    if word in _OR | _AND:
        return "or" if word in _OR else "and"
    found = re.search(r"[,/&+]", gap)
    return "" if not found else "," if found.group() == "," else "and"


def _reaches(denial: str, items: list[list[int]], joints: list[str], own: int) -> bool:
    """Whether a denial surely denies one thing of the row after it."""
    if "or" in joints[own - 1 :]:
        return True
    if "," not in joints[:own]:
        return denial in _FOR_ALL
    simple = all(len(item) == 1 for item in items)
    return simple and joints[-1] == "and" and denial in _FREE_OF | _NEITHER


def _is_over(text: Text, end: int) -> bool:
    """Whether a thing in a row ends with its last word: “PVC, mjuk”, not “PVC-slang”."""
    if end >= len(text.words):
        return True
    return bool(_joint(text.words[end], text.gaps[end])) or _breaks(text.gaps[end])


def _in_row_after(text: Text, place: range) -> int:
    """What a denial after them makes of words that stand in a row with the one it denies."""
    items, joints = _row(text, place.start)
    hangs = re.match(r"-[\s,/]", text.gaps[place.stop]) is not None  # “PVC- och latexfri”
    for number, item in enumerate(items[1:]):
        of_what = text.words[item[-1] + 1 : item[-1] + 2] if item else ()
        free = any(text.words[at] in FREE for at in item[1:]) and not _OF_WHAT & set(of_what)
        if hangs and any(text.words[at].endswith(FREE) for at in item):
            return DENIED
        if free:
            return UNCLEAR if items[0] == list(place) and joints[number] != "," else NAMED
    return NAMED
