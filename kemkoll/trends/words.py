"""How figures are called, and the sentences that say why there is none."""

from __future__ import annotations

from collections.abc import Mapping

from kemkoll.i18n import N_

MISSING: Mapping[str, str] = {
    "no_snapshot": N_("There is no snapshot of that year."),
    "no_base": N_("There is no earlier year to compare with."),
    "broken": N_("The series is broken between the two years, so they are not compared."),
    "no_articles": N_("There were no articles."),
    "undeclared": N_("Nobody has declared any of the articles, so nothing is known of what they contain."),
    "none_contained": N_("No article was known to contain any of it in the year that is compared with."),
    "none_contained_now": N_("No article was known to contain any of it."),
    "none_matched": N_("No article that contained any of it was declared in both years."),
    "none_left": N_("No article has left those that contain any of it."),
    "none_substituted": N_("No article was substituted."),
    "replacement_unknown": N_("Nobody knows what came instead."),
    "no_spend": N_("It is not known what was spent on enough of the articles: at least 80 % are needed."),
    "no_units": N_(
        "It is not known how many were bought of enough of the articles: at least 80 % are needed."
    ),
    "nothing_bought": N_("Nothing was bought of these articles."),
    "no_content": N_(
        "It is not known how much of it enough of the articles contain: at least 80 % are needed."
    ),
    "no_mass": N_(
        "The articles may have contained nothing of it by weight in the year that is compared with."
    ),
    "no_index": N_("No price index was given, so amounts of different years are not compared."),
    "no_edition": N_("The number of entries of the list is not known."),
    "no_deviations": N_("No deviations from contracts have been recorded."),
    "none_closed": N_("No deviation was closed in the year."),
    "none_open": N_("No deviation was open."),
    "no_waivers": N_("No waivers have been recorded."),
    "no_samples": N_("No samples from a laboratory have been recorded for the year."),
    "no_limit": N_("No sample was held against such a limit, or none that could tell."),
    "no_agreement": N_("No tested article had been declared."),
    "no_enquiries": N_("No questions to suppliers have been recorded for the year."),
    "too_early": N_("The time to answer has not passed for any of the questions."),
    "none_reminded": N_("No supplier was reminded."),
    "no_contracts": N_("No articles under contract have been recorded."),
    "no_figure": N_("There is no such figure for the year."),
    "suppressed": N_("Not shown, because it would tell of fewer than three suppliers."),
}
"""Why there is no figure, by the code in `INDICATORS.missing`."""
MISSING_CODE: Mapping[str, int] = {code: number for number, code in enumerate(MISSING, start=1)}
"""The number of each code; 0: nothing is missing."""

NAMES: Mapping[str, str] = {
    "K0": N_("Coverage"),
    "K1": N_("Reduction of the number, fixed list"),
    "K1b": N_("Number of articles that contain"),
    "K2": N_("Share of the declared that contains"),
    "K2b": N_("Reduction of the share of the declared"),
    "K2c": N_("Reduction of the share of the declared, in percentage points"),
    "K3": N_("Share of all that is known to contain"),
    "K4": N_("Like for like, same article"),
    "K5": N_("Like for like, same function"),
    "K6": N_("Reduction of the number, all years by the newest list"),
    "K7": N_("Reduction of the number, each year by its own list"),
    "K8": N_("Net reduction"),
    "K8a": N_("Real change"),
    "K8b": N_("Effect of information"),
    "K8c": N_("Unexplained"),
    "K9": N_("Substituted, of those that left"),
    "K9b": N_("Substituted, of those of the base year"),
    "K10": N_("Regrettable substitution"),
    "K10b": N_("Substituted by something unknown"),
    "K11": N_("Share of spend that contains"),
    "K11b": N_("Reduction of the share of spend"),
    "K11c": N_("Reduction of the share of spend, in percentage points"),
    "K11d": N_("Spend on articles that contain"),
    "K11e": N_("Reduction of that spend, in money of each year"),
    "K11f": N_("Reduction of that spend, prices of the base year"),
    "K11g": N_("Share of articles whose spend is known"),
    "K12": N_("Units that contain"),
    "K12b": N_("Reduction of the units that contain"),
    "K12c": N_("Share of units that contains"),
    "K12d": N_("Mass of what the list names"),
    "K12e": N_("Reduction of the mass"),
    "K12g": N_("Share of articles whose units are known"),
    "K12h": N_("Share of the containing articles whose content is known"),
    "K13": N_("Deviations that are open"),
    "K13b": N_("Deviations closed in the year"),
    "K13c": N_("Median days until a deviation was closed"),
    "K13d": N_("Open deviations that the buyer has accepted"),
    "K13e": N_("Waivers in force"),
    "K13f": N_("Waivers that end within 12 months"),
    "K13g": N_("Waivers that have ended"),
    "K13h": N_("Waivers in force with a duty to phase out"),
    "K13i": N_("Waivers whose duty to phase out is past its day"),
    "K13j": N_("Median age of the open deviations, in days"),
    "K15": N_("Articles tested in a laboratory"),
    "K15b": N_("Tested articles above the limit of the contract"),
    "K15c": N_("Tested articles above the limit of the law"),
    "K15d": N_("Tested articles of which the laboratory confirms what was declared"),
    "K15e": N_("Articles declared without it in which the laboratory found it above the limit"),
    "K16": N_("Questions answered within 45 days"),
    "K16b": N_("Questions answered after a reminder"),
    "K16c": N_("Questions answered at all"),
    "K17": N_("Contract products without restricted substances"),
    "K18": N_("Entries of the list"),
    "K18b": N_("Articles that only newer entries meet"),
}
"""How each indicator is called; `name_of` knows those that have something after them."""
FLOWS: Mapping[str, str] = {
    "reformulated": N_("reformulated, same article number"),
    "replaced": N_("replaced by an article declared without it"),
    "replaced_containing": N_("replaced by an article that contains it too"),
    "replaced_unknown": N_("replaced by an article of which nothing is known"),
    "delisted": N_("left the assortment without a successor"),
    "corrected": N_("correction: it was never there"),
    "lapsed": N_("the declaration lapsed: now unknown"),
    "unexplained_out": N_("declared without it, but with no word of a change"),
    "moved_out": N_("moved to another group"),
    "new_containing": N_("new in the assortment, and contains it"),
    "reformulated_containing": N_("reformulated, and now contains it"),
    "revealed": N_("was unknown, now declared as containing it"),
    "corrected_containing": N_("correction: it had been missed"),
    "unexplained_in": N_("declared as containing it, but with no word of a change"),
    "moved_in": N_("moved from another group"),
}
"""How each flow is called."""
TARGETS: Mapping[str, str] = {
    "reached": N_("reached"),
    "on_track": N_("on track"),
    "too_slow": N_("right direction, too slow"),
    "not_reached": N_("not reached"),
    "not_assessable": N_("cannot be assessed"),
}
"""How each outcome of a target is called."""
UNITS: Mapping[str, str] = {
    "share": N_("share"),
    "points": N_("percentage points"),
    "count": N_("number"),
    "days": N_("days"),
    "kg": N_("kg"),
    "ore": N_("1/100 of the currency"),
}
"""How each unit is called."""


def name_of(indicator: str) -> str:
    """How an indicator is called, in English; K0_3 and K17:list are called as K0 and K17.

    >>> name_of("K0_3"), name_of("K17:phthalates")
    ('Coverage', 'Contract products without restricted substances')
    """
    return NAMES[indicator.partition("_")[0].partition(":")[0]]
