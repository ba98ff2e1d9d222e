"""What the next year asks for, as far as the numbers of this one say it."""

from __future__ import annotations

from kemkoll.report.annual import Annual
from kemkoll.report.annual.aims import of_year, outcome
from kemkoll.report.annual.following import Followed
from kemkoll.report.numbers import count
from kemkoll.report.subject import Seen


def ahead(annual: Annual, seen: Seen, followed: Followed) -> list[str]:
    """What is left to do, most first of what is certain; then what the organisation has set down."""
    _, language = seen._, seen.language
    covered = seen.figures.one("K0", seen.period)
    unknown = (
        int(covered.denominator - covered.numerator)
        if covered.denominator is not None and covered.numerator is not None
        else 0
    )
    open_, ending, duties = (int(followed.one(code).value or 0) for code in ("K13", "K13f", "K13h"))
    newer = int(seen.figures.one("K18b", seen.period, reading="own").value or 0)
    told = (
        (unknown, _.ngettext(
            "{n} article has no valid declaration and is to be asked about.",
            "{n} articles have no valid declaration and are to be asked about.", unknown)),
        (open_, _.ngettext("{n} deviation is open.", "{n} deviations are open.", open_)),
        (ending, _.ngettext(
            "{n} waiver ends within twelve months and must be tried anew or phased out.",
            "{n} waivers end within twelve months and must be tried anew or phased out.", ending)),
        (duties, _.ngettext(
            "{n} waiver holds a duty to phase out.", "{n} waivers hold a duty to phase out.", duties)),
        (newer, _.ngettext(
            "{n} article contains only what was added to the list since the first year; the "
"headline does not count it.",
            "{n} articles contain only what was added to the list since the first year; the "
"headline does not count them.",
            newer)),
    )  # fmt: skip
    said = [words.format(n=count(number, language)) for number, words in told if number]
    late = [
        _("The aim “{aim}” stands as: {outcome}.").format(aim=row["aim"], outcome=outcome(row, _))
        for row in of_year(annual)
        if str(row["outcome"]) not in ("reached", "on_track")
    ]
    own = [plan.get(language) or plan.get("en", "") for plan in annual.plans]
    return [it for it in (*said, *late, *own) if it]
