"""Findings that depend on what nobody has said of an article, told together by the fact that settles them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from kemkoll.i18n import Translator, number_text
from kemkoll.outputs.words import CONDITIONS

MANY = 3
"""So many findings must depend on a fact before they are told together."""
_T = TypeVar("_T")


def together(
    findings: Sequence[_T], waits_for: Callable[[_T], Collection[str]]
) -> list[tuple[str, list[_T]]]:
    """The findings in their order; those that one unknown fact would settle, where the first of them stood.

    Args:
        findings: worst first.
        waits_for: names of the facts that a finding waits for; none where it waits for none.

    Returns:
        Each fact with its findings; "" with one finding that is told alone.

    >>> waits = {"DEHP": ["toy"], "nickel": ["jewellery"], "DINP": ["mouthable", "toy"], "lead": ["toy"]}
    >>> together(list(waits), waits.get)
    [('toy', ['DEHP', 'DINP', 'lead']), ('', ['nickel'])]
    """
    made: dict[str | int, list[_T]] = {}
    facts = _settling([waits_for(finding) for finding in findings])
    for number, (finding, fact) in enumerate(zip(findings, facts, strict=True)):
        made.setdefault(fact or number, []).append(finding)
    return [(fact if isinstance(fact, str) else "", group) for fact, group in made.items()]


def _settling(waiting: Sequence[Collection[str]]) -> list[str]:
    """For each finding the fact that settles most of those left; "" where these are fewer than `MANY`."""
    made = [""] * len(waiting)
    while True:
        left = [number for number, fact in enumerate(made) if not fact]
        counts = Counter(name for number in left for name in dict.fromkeys(waiting[number]))
        fact, most = next(iter(counts.most_common(1)), ("", 0))
        if most < MANY:
            return made
        for number in left:
            if fact in waiting[number]:
                made[number] = fact


def open_facts(condition: str, facts: Mapping[str, bool]) -> list[str]:
    """The facts of a condition that nobody has said.

    >>> open_facts("textile !leather washable", {"textile": True})
    ['leather', 'washable']
    """
    return [name for name in (word.lstrip("!") for word in condition.split()) if name not in facts]


def unknown_text(fact: str, count: int, _: Translator) -> str:
    """What is not known, and how many findings depend on it.

    >>> from kemkoll.i18n import translator
    >>> unknown_text("textile", 4, translator("en"))
    'It is not known whether it is a textile; 4 findings depend on it.'
    """
    one = _.ngettext(
        "It is not known whether {condition}; {n} finding depends on it.",
        "It is not known whether {condition}; {n} findings depend on it.",
        count,
    )
    return one.format(condition=_(CONDITIONS.get(fact, (fact,))[0]), n=number_text(count, _.language))


def answer_text(fact: str, _: Translator) -> str:
    """How to say whether a fact is so.

    >>> from kemkoll.i18n import translator
    >>> answer_text("textile", translator("en"))
    'To settle it: textile=yes or textile=no in the column “conditions”, or --condition textile=yes|no.'
    """
    said = _(
        "To settle it: {name}=yes or {name}=no in the column “conditions”, or --condition {name}=yes|no."
    )
    return said.format(name=fact)
