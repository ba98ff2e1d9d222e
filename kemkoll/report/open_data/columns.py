"""What the columns of open data hold, in a sentence each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kemkoll.i18n import N_

RANGES = frozenset({"bounds", "share_of_all", "reduction_bounds"})
"""Columns of the report that say from where to where a figure lies."""

_LEAST = N_("The least that the figure can be, whatever the unknown articles contain.")
_GREATEST = N_("The greatest that the figure can be, whatever the unknown articles contain.")
_BY_LIST = N_("Share of the declared articles that hold a substance of this list, from 0 to 1.")
_WITHOUT = N_("Share of the articles without substances of this list, from 0 to 1.")
_OF_YEAR = N_(
    "The figure of the year. Shares are from 0 to 1, ages and times in days, all others numbers of articles, "
    "questions, deviations or waivers."
)
_OF_INDICATOR = N_(
    "The figure. Shares and differences of shares are from 0 to 1, money in öre, masses in kilograms; "
    "all others are numbers of articles."
)

COLUMNS: Mapping[str, str] = {
    "aim": N_("What is aimed at."),
    "all": N_("Share of the articles without substances of any of the lists, from 0 to 1."),
    "articles": N_("Number of articles."),
    "before": N_("Number of articles in the first year of the series."),
    "below_limit": N_("Number of articles that hold a substance below the limit of their contract."),
    "bounds_high": _GREATEST,
    "bounds_low": _LEAST,
    "category": N_("Product category."),
    "code": N_("Code of the flow; the codes are explained in the documentation of kemkoll."),
    "contain": N_("Number of articles known to hold a substance of the list."),
    "contains": N_("Number of articles known to hold a substance of the list."),
    "contract": N_("Number of the contract."),
    "coverage": N_("Share of the articles that are declared, from 0 to 1."),
    "declared": N_("Number of articles that are declared."),
    "derogated": N_("Number of articles that the law lets off."),
    "deviation": N_("Number of articles that deviate from their contract."),
    "deviations": N_("Number of deviations."),
    "edition": N_("Edition of the list: the day from which it holds."),
    "entries": N_("Number of entries of the list."),
    "fixed": N_("Reduction since the first year, read by the list of the first year, from 0 to 1."),
    "free": N_("Number of articles known to be free."),
    "from": N_("Substance that was substituted."),
    "from_the_start": N_("Whether the substance was on the list in the first year."),
    "how": N_("How it was counted."),
    "indicator": N_("The indicator."),
    "list": N_("Code of the list."),
    "meaning": N_("What the word means."),
    "name": N_("What is counted."),
    "only_newer": N_("Number of articles that only entries newer than the first year meet."),
    "organisation": N_("Organisation that buys."),
    "outcome": N_("Code for how it stands: reached, on_track, too_slow, not_reached or not_assessable."),
    "own": N_("Reduction since the first year, each year read by its own list, from 0 to 1."),
    "path": N_("What should be reached by now."),
    "points": N_("The number as a share of the first year's number."),
    "products": N_("Number of articles under contract."),
    "reached": N_("What is reached."),
    "reduction": N_("Reduction since the first year, from 0 to 1; below 0 it is an increase."),
    "reduction_bounds_high": _GREATEST,
    "reduction_bounds_low": _LEAST,
    "reduction_same_articles": N_("Reduction among articles that were declared in both years, from 0 to 1."),
    "reread": N_("Reduction since the first year, all years read by the newest list, from 0 to 1."),
    "review": N_("Number of articles that are under review."),
    "role": N_("What the edition is used for."),
    "sha256": N_("SHA-256 of the content of the list."),
    "share": N_("The share, from 0 to 1."),
    "share_of_all_high": _GREATEST,
    "share_of_all_low": _LEAST,
    "share_of_declared": N_("Share of the declared articles that hold a substance of the list, from 0 to 1."),
    "substance": N_("Name of the substance."),
    "title": N_("Name of the list."),
    "to": N_("What is to be reached."),
    "to_kin": N_("Number of articles that hold another substance of the kind instead."),
    "to_other": N_("Number of articles that hold nothing of the kind instead."),
    "to_unknown": N_("Number of articles where nobody knows what came instead."),
    "unknown": N_("Number of articles of which nobody knows what they contain."),
    "waived": N_("Number of articles that deviate and are waived."),
    "what": N_("What the row is about."),
    "word": N_("The word."),
    "year": N_("The year."),
    "years": N_("Years that the edition is used for."),
}
"""By the code of the column."""
OWN: Mapping[tuple[str, str], str] = {
    ("readings", "value"): _OF_INDICATOR,
    ("aims", "value"): N_("What is reached."),
    ("aims", "year"): N_("The year in which it is to be reached."),
    ("figure-13", "what"): N_("What became of the deviations."),
}
"""By table and code, where a code means another thing in one table."""


def sentence(table: str, code: str) -> str:
    """What the column holds, in English; of a level of evidence and of a list, too.

    >>> sentence("headline", "coverage")
    'Share of the articles that are declared, from 0 to 1.'
    >>> sentence("figure-6", "eu-rohs")
    'Share of the declared articles that hold a substance of this list, from 0 to 1.'
    """
    if (table, code) in OWN:
        return OWN[table, code]
    if code in COLUMNS:
        return COLUMNS[code]
    if re.fullmatch(r"y[\w-]+", code) and table in ("answers", "deviations", "verification", "waivers"):
        return _OF_YEAR
    if re.fullmatch(r"level_\d", code):
        return N_("Number of articles of which as much is known: 0 nothing, 5 an accredited analysis.")
    return _WITHOUT if table == "nordic" else _BY_LIST
