"""What several pages of the house show alike: outcomes, and links to the articles behind a number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from kemkoll.assortment.overview import JUDGED, UNJUDGED
from kemkoll.i18n import N_, Translator, number_text
from kemkoll.outputs.words import OUTCOMES

TONES = {
    "free": "not_listed", "below_limit": "below_limit", "derogated": "exempt", "listed": "listed",
    "waived": "not_applicable", "unknown": "unknown", "review": "review", "deviation": "above_limit",
}  # fmt: skip
"""The class of each outcome's colours: that of the verdict that it mostly is."""
OUTCOME_WORDS = OUTCOMES | {UNJUDGED: N_("not judged"), JUDGED: N_("judged, whatever the outcome")}
DEGREES = {"covered": N_("wholly"), "partly": N_("in part"), "none": N_("not at all")}


def path_with(path: str, **asked: Any) -> str:
    """An address with what is asked in it; what is empty is left out.

    >>> path_with("/articles", outcome="deviation", list="", supplier="A B")
    '/articles?outcome=deviation&supplier=A+B'
    """
    kept = {name: value for name, value in asked.items() if value not in ("", None)}
    return path + (f"?{urlencode(kept)}" if kept else "")


def outcome_cell(outcome: str, _: Translator) -> dict[str, Any]:
    """A cell of a table that says an outcome; its colour beside the word."""
    return {"text": _(OUTCOME_WORDS[outcome]), "verdict": TONES.get(outcome, "")}


def figure(number: int, _: Translator, **asked: Any) -> dict[str, Any]:
    """A cell with a number, and the way to the articles that it counts; nothing leads to none."""
    path = path_with("/articles", **asked) if number else ""
    return {"text": number_text(int(number), _.language), "path": path, "number": True}
