"""The words of reports for codes: outcomes, kinds of flow, years; `trends.words` has those of indicators
and flows.
"""

from __future__ import annotations

from kemkoll.i18n import N_, Translator
from kemkoll.trends.words import MISSING

OUTCOMES = {
    "free": N_("free"),
    "below_limit": N_("below the limit"),
    "derogated": N_("let off by law"),
    "listed": N_("listed, no limit"),
    "waived": N_("deviation, waived"),
    "unknown": N_("unknown"),
    "review": N_("under review"),
    "deviation": N_("deviation"),
}
"""What became of an article under its contract."""
INFORMATION = ("corrected", "lapsed", "revealed", "corrected_containing")
"""Flows by which only what is known changed, and nothing in the goods."""
UNEXPLAINED = ("replaced_unknown", "unexplained_out", "unexplained_in")


def missing_text(code: str, _: Translator) -> str:
    """Why there is no number, in a sentence.

    >>> from kemkoll.i18n import translator
    >>> missing_text("no_snapshot", translator("en"))
    'There is no snapshot of that year.'
    """
    sentence = MISSING.get(code) or MISSING["no_figure"]
    return _(sentence)


def year_range(first: str, last: str, _: Translator) -> str:
    """From one year to another.

    >>> from kemkoll.i18n import translator
    >>> year_range("2015", "2018", translator("en"))
    '2015–2018'
    """
    return f"{first}–{last}" if _ and first != last else last
