"""The sentence that such a database is kept for, with all that must be said beside it."""

from __future__ import annotations

from kemkoll.i18n import Translator
from kemkoll.report.numbers import between, count, percent_in_words, points
from kemkoll.report.subject import Seen
from kemkoll.report.words import missing_text
from kemkoll.trends.crossing import IN, OUT, Flow

_FAR_APART = 0.05
"""Shares of the declared that differ by more than this make two years hard to compare."""


def model(seen: Seen, headline: str) -> list[str]:
    """The paragraphs of the summary: the number, the coverage, the bounds, where the articles went, what
    came instead.

    Args:
        seen: the subject.
        headline: `K1` or `K2`; the other one is said after it.
    """
    number, share = _number(seen), _share(seen)
    first, second = (share, number) if headline == "K2" else (number, share)
    surely = [*_coverage(seen), *_bounds(seen)]
    paragraphs = [
        " ".join([*first, *surely]),
        " ".join(second),
        " ".join([*_out(seen), *_came(seen)]),
        " ".join(_instead(seen)),
    ]
    return [paragraph for paragraph in paragraphs if paragraph]


def lead(seen: Seen, headline: str) -> str:
    """The first sentence alone."""
    return (_share(seen) if headline == "K2" else _number(seen))[0]


def _number(seen: Seen) -> list[str]:
    """From how many to how many."""
    _, language = seen._, seen.language
    before, after = seen.figures.one("K1b", seen.base), seen.figures.one("K1b", seen.period)
    change = seen.figures.one("K1", seen.period, seen.base)
    what = {"substances": seen.short, "list": defined(seen)}
    if after.value is None:
        return [
            _("How many articles contain {substances} ({list}) cannot be said.").format(**what),
            missing_text(after.missing, _),
        ]
    if before.value is None or change.value is None:
        now = _("In {year} we know of {after} articles that contain {substances} ({list}).")
        said = now.format(after=count(after.value, language), year=seen.years[seen.period], **what)
        return (
            [said, missing_text(change.missing, _)] if seen.period != seen.base else [said, first_year(seen)]
        )
    what |= {"before": count(before.value, language), "after": count(after.value, language)}
    if before.value == after.value:
        return [
            _(
                "The number of articles that we know to contain {substances} ({list}) is {after}, as before."
            ).format(**what)
        ]
    what["share"] = percent_in_words(abs(change.value), _)
    fell = _(
        "The number of articles that we know to contain {substances} ({list}) fell from "
        "{before} to {after}, that is by {share}."
    )
    rose = _(
        "The number of articles that we know to contain {substances} ({list}) rose from "
        "{before} to {after}, that is by {share}."
    )
    return [(fell if change.value > 0 else rose).format(**what)]


def first_year(seen: Seen) -> str:
    """That there is nothing to compare with yet."""
    return seen._("{year} is the first year of the series, which later years are compared with.").format(
        year=seen.years[seen.period]
    )


def _share(seen: Seen) -> list[str]:
    """From what share of the declared articles to what share."""
    _ = seen._
    before, after = seen.figures.one("K2", seen.base), seen.figures.one("K2", seen.period)
    difference = seen.figures.one("K2c", seen.period, seen.base)
    if before.value is None or after.value is None or difference.value is None:
        return (
            [missing_text(after.missing or difference.missing, _)]
            if after.value is None
            else [
                _("Of the declared articles, {share} contain {substances}.").format(
                    share=percent_in_words(after.value, _), substances=seen.short
                )
            ]
        )
    what = {
        "substances": seen.short,
        "before": percent_in_words(before.value, _),
        "after": percent_in_words(after.value, _),
        "points": points(abs(difference.value), _),
    }
    fell = _(
        "Of the declared articles {after} contain {substances}, against {before} in the "
        "first year: {points} less."
    )
    rose = _(
        "Of the declared articles {after} contain {substances}, against {before} in the "
        "first year: {points} more."
    )
    same = _("Of the declared articles {after} contain {substances}, as in the first year.")
    return [(same if not difference.value else fell if difference.value > 0 else rose).format(**what)]


def _coverage(seen: Seen) -> list[str]:
    """How the share of declared articles has changed: never left out."""
    _ = seen._
    before, after = seen.figures.one("K0", seen.base), seen.figures.one("K0", seen.period)
    if after.value is None:
        return [missing_text(after.missing, _)]
    now = percent_in_words(after.value, _)
    if seen.base == seen.period or before.value is None:
        return [_("Of all articles, {share} have a valid declaration.").format(share=now)]
    then = percent_in_words(before.value, _)
    if then == now:
        return [
            _("The share of articles with a valid declaration was {share} in both years.").format(share=now)
        ]
    rose = _("At the same time the share of articles with a valid declaration rose from {before} to {after}.")
    fell = _("At the same time the share of articles with a valid declaration fell from {before} to {after}.")
    return [(rose if after.value > before.value else fell).format(before=_bare(then), after=now)]


def _bare(share: str) -> str:
    """A share without its unit, which the next one has."""
    return share.partition("\N{NO-BREAK SPACE}")[0]


def _bounds(seen: Seen) -> list[str]:
    """Between what the reduction lies, whatever the unknown articles contain: never left out."""
    _ = seen._
    change = seen.figures.one("K1", seen.period, seen.base)
    if change.low is None or change.high is None:
        all_ = seen.figures.one("K3", seen.period)
        if all_.low is None or all_.high is None:
            return []
        return [
            _(
                "If all articles without a declaration are counted one way or the other, between "
                "{bounds} of all articles contain them."
            ).format(bounds=between(all_.low, all_.high, _))
        ]
    if change.low >= 0:
        said = _(
            "If all articles without a declaration are counted one way or the other, the "
            "reduction lies between {bounds}."
        )
        return [said.format(bounds=between(change.low, change.high, _))]
    if change.high <= 0:
        said = _(
            "If all articles without a declaration are counted one way or the other, the "
            "increase lies between {bounds}."
        )
        return [said.format(bounds=between(-change.high, -change.low, _))]
    said = _(
        "If all articles without a declaration are counted one way or the other, anything is "
        "possible from an increase of "
        "{more} to a reduction of {less}: whether it became less cannot be told."
    )
    return [said.format(more=percent_in_words(-change.low, _), less=percent_in_words(change.high, _))]


def numbers_of(seen: Seen) -> dict[str, int] | None:
    """How many articles went each way from the base to the year of the report; None where some are hidden."""
    frame = seen.subject.flows
    met = (
        (frame["reading"] == "fixed") & (frame["grouping"] == "")
        & (frame["base"] == seen.base) & (frame["period"] == seen.period)
    ).to_numpy()  # fmt: skip
    made = dict(zip(frame["flow"][met].astype(str), frame["articles"][met].tolist(), strict=True))
    return None if any(number < 0 for number in made.values()) else made


def _out(seen: Seen) -> list[str]:
    """Where those went that no longer are among them."""
    _, language = seen._, seen.language
    numbers = numbers_of(seen)
    total = sum(numbers.get(flow, 0) for flow in OUT) if numbers else 0
    if not numbers or not total:
        return []

    def many(*flows: Flow) -> int:
        return sum(numbers.get(flow, 0) for flow in flows)

    changed, gone = many(Flow.reformulated, Flow.replaced), many(Flow.delisted)
    doubtful = many(Flow.replaced_containing, Flow.replaced_unknown)
    informed, unsaid = many(Flow.corrected, Flow.lapsed), many(Flow.unexplained_out)
    told = (
        (changed, _.ngettext("{n} was exchanged or changed", "{n} were exchanged or changed", changed)),
        (doubtful, _.ngettext(
            "{n} was exchanged for one that is not known to be without them",
            "{n} were exchanged for articles that are not known to be without them", doubtful)),
        (gone, _.ngettext(
            "{n} was taken out with nothing in its place",
            "{n} were taken out with nothing in their place", gone)),
        (informed, _.ngettext(
            "{n} was a correction or a declaration that had lapsed",
            "{n} were corrections or declarations that had lapsed", informed)),
        (unsaid, _.ngettext("of {n} nobody has said why", "of {n} nobody has said why", unsaid)),
    )  # fmt: skip
    parts = [words.format(n=count(number, language)) for number, words in told if number]
    said = _.ngettext(
        "Of the {n} article that no longer is among them, {parts}.",
        "Of the {n} articles that no longer are among them, {parts}.",
        total,
    )
    return [said.format(n=count(total, language), parts=listed(parts, _))]


def _came(seen: Seen) -> list[str]:
    """What came to be among them."""
    _, language = seen._, seen.language
    numbers = numbers_of(seen)
    total = sum(numbers.get(flow, 0) for flow in IN) if numbers else 0
    if not numbers or not total:
        return []
    words = (
        (_("{n} new in the assortment"), Flow.new_containing),
        (_("{n} changed so that they contain them"), Flow.reformulated_containing),
        (_("{n} of which nothing was known before"), Flow.revealed),
        (_("{n} that had been missed"), Flow.corrected_containing),
        (_("{n} without a reason given"), Flow.unexplained_in),
    )
    parts = [said.format(n=count(numbers[flow], language)) for said, flow in words if numbers.get(flow)]
    said = _.ngettext("{n} article came: {parts}.", "{n} articles came: {parts}.", total)
    return [said.format(n=count(total, language), parts=listed(parts, _))]


def _instead(seen: Seen) -> list[str]:
    """What came instead: another substance of the kind, or nobody knows."""
    _, language = seen._, seen.language
    kin = seen.figures.one("K10", seen.period, seen.base)
    unknown = seen.figures.one("K10b", seen.period, seen.base)
    said = []
    if kin.numerator:
        number = int(kin.numerator)
        said.append(
            _.ngettext(
                "In {n} case what came instead is another substance of the kind.",
                "In {n} cases what came instead is another substance of the kind.",
                number,
            ).format(n=count(number, language))
        )
    if unknown.numerator:
        number = int(unknown.numerator)
        said.append(
            _.ngettext(
                "In {n} case it is not known what came instead.",
                "In {n} cases it is not known what came instead.",
                number,
            ).format(n=count(number, language))
        )
    return said


def hard_to_compare(seen: Seen) -> str:
    """That the coverage of the two years differs much; nothing where it does not."""
    _ = seen._
    before, after = seen.figures.one("K0", seen.base).value, seen.figures.one("K0", seen.period).value
    if before is None or after is None or abs(after - before) <= _FAR_APART:
        return ""
    return _(
        "Coverage differs by {points} between the two years. Read the reduction together "
        "with its bounds and with the "
        "comparison of the same articles, which does not depend on coverage."
    ).format(points=points(abs(after - before), _))


def defined(seen: Seen) -> str:
    """By what an article counts: list, edition and limit, without which no number means anything."""
    edition = str(seen.subject.periods["edition"].iloc[seen.base]) if len(seen.subject.periods) else ""
    parts = [seen.title, seen._("edition of {day}").format(day=edition) if edition else "", seen.limit]
    return ", ".join(filter(None, parts))


def listed(parts: list[str], _: Translator) -> str:
    """The parts in a row, with a word before the last.

    >>> from kemkoll.i18n import translator
    >>> listed(["a", "", "b", "c"], translator("en"))
    'a, b and c'
    """
    told = [part for part in parts if part]
    return _(" and ").join(filter(None, (", ".join(told[:-1]), *told[-1:])))
