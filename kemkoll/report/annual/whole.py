"""All of the annual report: its sentences, tables and figures, each under the name that the template knows
it by.
"""

from __future__ import annotations

from kemkoll.i18n import Translator
from kemkoll.report.annual import Annual, aims, appendix
from kemkoll.report.annual.ahead import ahead
from kemkoll.report.annual.following import Followed
from kemkoll.report.annual.sentences import defined, hard_to_compare, model
from kemkoll.report.annual.tables import by_group, growth, headline, readings, substances
from kemkoll.report.document import Document, Figure, Table
from kemkoll.report.figures.categories import by_category, matrix
from kemkoll.report.figures.deviations import deviations
from kemkoll.report.figures.exemptions import exemptions
from kemkoll.report.figures.headline import headline as headline_panel
from kemkoll.report.figures.laboratory import laboratory
from kemkoll.report.figures.series import contained
from kemkoll.report.figures.series import readings as three_readings
from kemkoll.report.figures.stacks import evidence, outcomes
from kemkoll.report.figures.substitution import substitutions
from kemkoll.report.figures.waterfall import flows
from kemkoll.report.numbers import count, points
from kemkoll.report.subject import Seen
from kemkoll.tables.trends import Grouping


def whole(annual: Annual, _: Translator) -> Document:
    """The document."""
    subjects = [Seen(it, annual.names, place, _) for place, it in enumerate(annual.subjects)]
    followed = Followed(annual, subjects)
    tables = [*_tables(annual, subjects, followed)]
    figures = [*_figures(annual, subjects)]
    return Document(
        report="annual",
        language=_.language,
        title=_("Substances in our goods, {year}").format(year=annual.year),
        subtitle=_("Annual report of {organisation}").format(organisation=annual.organisation),
        identifier=f"urn:kemkoll:annual:{annual.digest or annual.year}:{_.language}:{_version(annual)}",
        date=annual.taken or annual.on,
        cautions=tuple(_cautions(annual, _)),
        facts=((_("Day that is shown"), annual.on), (_("Frozen on"), annual.taken)),
        says=_says(annual, subjects, followed),
        tables={table.name: table for table in tables},
        figures={figure.name: figure for figure in figures},
    )


def _version(annual: Annual) -> str:
    return "internal" if annual.internal else "public"


def _cautions(annual: Annual, _: Translator) -> list[str]:
    said = []
    if annual.invented:
        said.append(
            _("The organisation, its suppliers, its articles and all numbers of this report are invented.")
        )
    if annual.internal:
        said.append(_("Internal version: suppliers are named and nothing is hidden. Not to be published."))
    return said


def _tables(annual: Annual, subjects: list[Seen], followed: Followed) -> list[Table]:
    """Every table that is not a figure's."""
    seen = subjects[0]
    _ = seen._
    made = [headline(it) for it in subjects]
    made += [readings(seen), aims.table(annual, seen), growth(seen), substances(seen)]
    made.append(by_group(seen, Grouping.contract, "contracts", _("By contract"), _("Contract")))
    made.append(
        by_group(seen, Grouping.organisation, "organisations", _("By organisation"), _("Organisation"))
    )
    if annual.internal:
        made.append(by_group(seen, Grouping.supplier, "suppliers", _("By supplier"), _("Supplier")))
    made += [
        followed.waivers(),
        followed.verification(),
        followed.answers(),
        followed.deviations(),
        followed.nordic(),
    ]
    made += [appendix.method(annual, seen), appendix.editions(annual, seen), appendix.glossary(_)]
    if annual.revisions is not None:
        made.append(appendix.revisions(annual, seen))
    return made


def _figures(annual: Annual, subjects: list[Seen]) -> list[Figure]:
    """F1 to F13; of the other subjects those of their years."""
    seen = subjects[0]
    _ = seen._
    year = annual.matrix[(annual.matrix["period"] == seen.period).to_numpy()]
    samples = annual.samples[(annual.samples["period"] == seen.period).to_numpy()]
    lists = {it.subject.list: it.short for it in subjects}
    return [
        headline_panel(seen, "K2b" if annual.headline == "K2" else "K1"),
        contained(seen),
        flows(seen),
        outcomes(seen),
        by_category(seen),
        matrix(year, lists, seen),
        evidence(seen),
        exemptions(annual.waived, annual.on, _),
        substitutions(seen),
        *aims.figures(annual, seen),
        three_readings(seen),
        laboratory(samples, _),
        deviations(annual.deviations, annual.on, _),
        *(contained(it) for it in subjects[1:]),
    ]


def _says(annual: Annual, subjects: list[Seen], followed: Followed) -> dict[str, list[str]]:
    """The paragraphs by their place."""
    seen = subjects[0]
    _ = seen._
    says = {
        "summary": model(seen, annual.headline),
        "aims": aims.sentences(annual, seen) or [_("No aims have been set down.")],
        "counts": [
            _("An article counts if it holds a substance of this list: {list}.").format(list=defined(seen))
        ],
        "compare": [it for it in (hard_to_compare(seen),) if it],
        "change": _change(seen),
        "tested": followed.tested(),
        "asked": followed.asked(),
        "ahead": ahead(annual, seen, followed),
        "hidden": []
        if annual.internal
        else [
            _(
                "Numbers that would tell of fewer than three suppliers are not shown, and neither "
                "are numbers that they could be computed from. A dash stands in their place. Laboratory "
                "results and waivers are decisions and documents of the organisation's own: they are shown "
                "one by one, without supplier and article."
            )
        ],
    }
    for other in subjects[1:]:
        says[f"subject-{other.place + 1}"] = model(other, annual.headline)
        says[f"title-{other.place + 1}"] = [other.title]
    return says


def _change(seen: Seen) -> list[str]:
    """What of the change is real, what only information, and what nobody has explained."""
    _ = seen._
    start = seen.figures.one("K1b", seen.base).value
    made = []
    fewer = {
        "K8a": _("In the goods themselves: {number} articles fewer, {points} of the first year's number."),
        "K8b": _("Only in what is known: {number} articles fewer, {points}."),
        "K8c": _("Not explained: {number} articles fewer, {points}."),
    }
    more = {
        "K8a": _("In the goods themselves: {number} articles more, {points} of the first year's number."),
        "K8b": _("Only in what is known: {number} articles more, {points}."),
        "K8c": _("Not explained: {number} articles more, {points}."),
    }
    for code in fewer:
        figure = seen.figures.one(code, seen.period, seen.base)
        if not figure.value:
            continue
        said = (fewer if figure.value > 0 else more)[code]
        number = abs(figure.value)
        share = points(number / start if start else 0.0, _)
        made.append(said.format(number=count(number, seen.language), points=share))
    return made
