"""What became of articles, and by which editions, in sentences: in a terminal and in reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kemkoll.i18n import N_, Translator, number_text
from kemkoll.outputs.words import OUTCOMES

DIRECTIONS = {
    "worse": N_("Worse"),
    "outdated": N_("Only unknown: the supplier answered an older edition"),
    "other": N_("Otherwise"),
    "better": N_("Better"),
}
"""How a verdict changes by a new edition; `outdated`: for no other reason than that it is newer."""


def outcome_text(outcome: Any, entries: Any, _: Translator) -> str:
    """An outcome, with the entries that it is about; a dash where there is none.

    >>> from kemkoll.i18n import translator
    >>> outcome_text("deviation", "dehp", translator("en")), outcome_text(None, "", translator("en"))
    ('deviation (dehp)', '–')
    """
    from kemkoll.tables import Outcome  # beside the help, which needs the names of formats and no pandas

    if not isinstance(outcome, str):
        return "–"
    return _(OUTCOMES[outcome]) + (f" ({entries})" if entries and outcome != Outcome.free else "")


def editions_text(kind: str, day: str, grace_days: int, _: Translator) -> str:
    """In which editions the lists of a contract hold.

    Args:
        kind: of its `Binding`; `named`: the call names them.
        day: of a frozen one, ISO text.
        grace_days: until a new edition holds.
    """
    if kind == "frozen":
        return _("those of {day}").format(day=day)
    if kind == "named":
        return _("as the batch names them")
    if grace_days:
        said = _.ngettext("new ones after {n} day", "new ones after {n} days", grace_days)
        return said.format(n=number_text(grace_days, _.language))
    return _("the newest")


def moves_text(row: Mapping[Any, Any], _: Translator) -> str:
    """When the articles of a contract move to a new edition.

    Args:
        row: `kind` of its binding, `changes`: how many articles change, `moves`: the day; empty: at once.
    """
    if row["moves"]:
        return str(row["moves"])
    if row["changes"]:
        return _("at once")
    return _("does not move") if row["kind"] == "frozen" else "–"


def for_whom(found: Mapping[str, int], _: Translator) -> list[tuple[int, str]]:
    """How many articles deviate from the law, from a contract alone, and are waived; nothing where none do.
    `{n}` in the sentences is still to be filled.

    Args:
        found: numbers of articles by `law`, `contract`, `waived`.
    """
    law, contract, waived = (found[key] for key in ("law", "contract", "waived"))
    sayings = (
        (
            law,
            _.ngettext(
                "{n} article may break the law. Ask the supplier; supervision is the authority's task.",
                "{n} articles may break the law. Ask the supplier; supervision is the authority's task.",
                law,
            ),
        ),
        (
            contract,
            _.ngettext(
                "{n} article deviates from what a contract requires.",
                "{n} articles deviate from what a contract requires.",
                contract,
            ),
        ),
        (
            waived,
            _.ngettext(
                "{n} article has a deviation that the buyer has accepted for a time.",
                "{n} articles have a deviation that the buyer has accepted for a time.",
                waived,
            ),
        ),
    )
    return [(number, said) for number, said in sayings if number]
