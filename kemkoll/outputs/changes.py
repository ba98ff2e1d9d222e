"""What differs between two editions of a list, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import N_, Translator, phrase_text
from kemkoll.outputs.words import BASES, CONDITIONS, MEASURES, condition_text

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = {"added": N_("Added"), "removed": N_("Removed"), "changed": N_("Changed")}
_FACTS = {
    "name": N_("name: was “{before}”, is “{after}”"),
    "reason": N_("reason: was “{before}”, is “{after}”"),
    "since": N_("applies from: was {before}, is {after}"),
    "group": N_("rule of the group: was “{before}”, is “{after}”"),
}
_OTHERS = {
    ("member", "added"): N_("now belongs to it: {detail}"),
    ("member", "removed"): N_("no longer belongs to it: {detail}"),
    ("member", "changed"): N_("belongs to it otherwise: {detail}: was {before}, is {after}"),
    ("limit", "added"): N_("new limit: {after} {detail}"),
    ("limit", "removed"): N_("no limit any more: {before} {detail}"),
    ("limit", "changed"): N_("limit {detail}: was {before}, is {after}"),
    ("derogation", "added"): N_("new derogation: {detail}"),
    ("derogation", "removed"): N_("no derogation any more: {detail}"),
    ("derogation", "changed"): N_("derogation {detail}: was {before}, is {after}"),
}
_WORDS = {
    "unconfirmed": N_("unconfirmed"),
    "watch": N_("watched only"),
    "contract": N_("by contract"),
    "should": N_("wished for by contract"),
    "law": N_("by law"),
    "yes": N_("without an end"),
    **{name: word for name, word in MEASURES.items() if word and "{" not in word},
}


def change_lines(changes: pd.DataFrame, _: Translator) -> dict[str, list[str]]:
    """The differences as sentences under their headings: entries that came, that went, that changed.

    Args:
        changes: what `lists.differences` found.

    >>> from kemkoll.i18n import translator
    >>> row = {"list": "l", "entry": "e", "name_en": "Lead", "name_sv": "bly", "change": "changed",
    ...        "what": "reason", "detail": "", "before": "a", "after": "b"}
    >>> import pandas as pd
    >>> change_lines(pd.DataFrame([row]), translator("sv"))
    {'changed': ['bly: skäl: var ”a”, är ”b”']}
    """
    found: dict[str, list[str]] = {}
    for row in changes.to_dict("records"):
        whole = row["what"] == "entry"
        name = row[f"name_{_.language}"] or row["name_en"]
        said = _entry(row, _) if whole else f": {_difference(row, _)}"
        found.setdefault(row["change"] if whole else "changed", []).append(name + said)
    return {heading: found[heading] for heading in HEADINGS if heading in found}


def _entry(row: dict[Any, Any], _: Translator) -> str:
    """Numbers, first day and reason of an entry that came or went."""
    numbers = row["after"] or row["before"]
    return (f" ({numbers})" if numbers else "") + f", {phrase_text(row['detail'], _)}"


def _difference(row: dict[Any, Any], _: Translator) -> str:
    sentence = _FACTS.get(row["what"]) or _OTHERS[row["what"], row["change"]]
    before, after = (_value(row[side], row["what"], _) for side in ("before", "after"))
    detail = " ".join(_limit_words(row["detail"], _)) if row["what"] == "limit" else row["detail"]
    return _(sentence).format(before=before or "–", after=after or "–", detail=detail).strip()


def _value(text: str, what: str, _: Translator) -> str:
    """The value with its words translated; names are the publisher's."""
    if what == "reason":
        return phrase_text(text, _)
    if what not in ("limit", "derogation"):
        return text
    return "; ".join(", ".join(_word(word, _) for word in part.split(", ")) for part in text.split("; "))


def _word(part: str, _: Translator) -> str:
    if day := re.fullmatch(r"(from|until) (\d{4}-\d\d-\d\d)", part):
        sentence = _("from {day}") if day[1] == "from" else _("until {day}")
        return sentence.format(day=day[2])
    return _(_WORDS[part]) if part in _WORDS else part


def _limit_words(detail: str, _: Translator) -> Iterator[str]:
    """What a limit is a share of, what is compared, and when it applies.

    >>> from kemkoll.i18n import translator
    >>> " ".join(_limit_words("component; substance; textile", translator("en")))
    'of the component (it is a textile)'
    """
    for part in detail.split("; "):
        if part in BASES:
            yield _(BASES[part])
        elif part.split()[:1] and all(word.lstrip("!") in CONDITIONS for word in part.split()):
            yield f"({condition_text(part, {}, _)})"
        elif MEASURES.get(part):
            yield f"({_word(part, _)})"
