"""The tables of figures; coverage and bounds are columns of the first, which no template can leave out."""

from __future__ import annotations

from collections.abc import Iterable

from kemkoll.report import cells
from kemkoll.report.annual.sentences import hard_to_compare
from kemkoll.report.document import Cell, Column, Table
from kemkoll.report.measured import Measured
from kemkoll.report.numbers import count, percent
from kemkoll.report.subject import Seen
from kemkoll.report.words import missing_text
from kemkoll.tables.trends import Grouping
from kemkoll.trends.words import NAMES

_READING = {"K6": "reread", "K7": "own"}


def headline(seen: Seen) -> Table:
    """T1 and rule 2: each year with its coverage, its bounds and the same articles beside the reduction."""
    _ = seen._
    columns = (
        Column(_("Year"), "year"),
        Column(_("Articles"), "articles", number=True),
        Column(_("Declared"), "declared", number=True),
        Column(_("Coverage"), "coverage", number=True),
        Column(_("Contain"), "contain", number=True),
        Column(_("Share of the declared"), "share_of_declared", number=True),
        Column(_("Share of all lies between"), "share_of_all", number=True),
        Column(_("Reduction"), "reduction", number=True),
        Column(_("Reduction lies between"), "reduction_bounds", number=True),
        Column(_("Reduction, same articles"), "reduction_same_articles", number=True),
    )
    rows, missing = [], []
    for place in range(seen.period + 1):
        covered, number = seen.figures.one("K0", place), seen.figures.one("K1b", place)
        share, all_ = seen.figures.one("K2", place), seen.figures.one("K3", place)
        change, same = (seen.figures.one(code, place, seen.base) for code in ("K1", "K4"))
        later = place > seen.base
        strong = place == seen.period
        rows.append(
            (
                cells.word(seen.years[place], strong=strong),
                cells.number(covered.denominator, _),
                cells.number(covered.numerator, _),
                cells.share(covered.value, _),
                cells.number(number.value, _, strong=strong),
                cells.share(share.value, _),
                cells.bounds(all_.low, all_.high, _),
                cells.share(change.value, _, strong=strong) if later else cells.NOTHING,
                cells.bounds(change.low, change.high, _) if later else cells.NOTHING,
                cells.share(same.value, _) if later else cells.NOTHING,
            )
        )
        missing += [covered, number, share, *((change, same) if later else ())]
    notes = [*why_missing(missing, seen), hard_to_compare(seen), *seen.broken_notes()]
    title = _("Articles that contain {substances}, year by year").format(substances=seen.short)
    return Table(seen.named("headline"), title, columns, tuple(rows), tuple(filter(None, notes)))


def why_missing(figures: Iterable[Measured], seen: Seen) -> list[str]:
    """Each reason why there is no number, once, with the dash that stands for it."""
    codes = dict.fromkeys(figure.missing for figure in figures if figure.value is None)
    return [f"–: {missing_text(code, seen._)}" for code in codes]


def readings(seen: Seen) -> Table:
    """The same change read in every way, with its calculation: none of them is the truth alone."""
    _ = seen._
    codes = (
        "K1", "K2b", "K2c", "K4", "K5", "K6", "K7", "K9", "K9b", "K10", "K10b", "K11b", "K11e",
        "K11f", "K12b", "K12e",
    )  # fmt: skip
    columns = (
        Column(_("Figure"), "indicator"),
        Column(_("What is counted"), "name"),
        Column(_("Result"), "value", number=True),
        Column(_("Calculation"), "calculation", number=True),
        Column(_("Lies between"), "bounds", number=True),
    )
    rows, missing = [], []
    for code in codes:
        figure = _found(seen, code)
        missing.append(figure)
        rows.append(
            (
                cells.word(code),
                cells.word(_(NAMES[code])),
                cells.measured(figure, _, strong=code == "K1"),
                _calculation(code, figure, seen),
                cells.bounds(figure.low, figure.high, _),
            )
        )
    title = _("The same change, read in different ways")
    notes = tuple(_reasons(dict(zip(codes, missing, strict=True)), seen))
    return Table(seen.named("readings"), title, columns, tuple(rows), notes)


def _reasons(figures: dict[str, Measured], seen: Seen) -> list[str]:
    """Each reason why there is no number, once, after the figures that it is the reason of."""
    codes: dict[str, list[str]] = {}
    for code, figure in figures.items():
        if figure.value is None:
            codes.setdefault(figure.missing, []).append(code)
    return [f"{', '.join(own)}: {missing_text(why, seen._)}" for why, own in codes.items()]


def _found(seen: Seen, code: str) -> Measured:
    """The figure from the base to the year of the report, by the weight that it is of."""
    weight = {"K11": "spend", "K12": "units"}.get(code[:3], "articles")
    if code in ("K12d", "K12e"):
        weight = "mass"
    reading = _READING.get(code, "fixed")
    return seen.figures.one(code, seen.period, seen.base, reading=reading, weight=weight)


def _calculation(code: str, figure: Measured, seen: Seen) -> Cell:
    """Numerator and denominator, as they are: how a share was reckoned."""
    if (
        figure.value is None
        or figure.numerator is None
        or figure.denominator is None
        or figure.unit != "share"
    ):
        return cells.NOTHING
    parts = [_part(it, code, figure.denominator, seen) for it in (figure.numerator, figure.denominator)]
    whole = round(1 - figure.numerator / figure.denominator, 6) if figure.denominator else None
    lessened = whole is not None and abs(whole - figure.value) < 1e-6
    return Cell(f"1 − {parts[0]} / {parts[1]}" if lessened else f"{parts[0]} / {parts[1]}")


def _part(number: float, code: str, under: float, seen: Seen) -> str:
    """A numerator or denominator: a share where it is one of two, money where it is spend."""
    if 0 < under <= 1:
        return percent(number, seen.language)
    return cells.money(number, seen._) if code in ("K11e", "K11f") else count(number, seen.language)


def by_group(seen: Seen, grouping: Grouping, name: str, title: str, heading: str) -> Table:
    """T2: the figures of each contract, organisation or supplier."""
    _ = seen._
    columns = (
        Column(heading, str(grouping)),
        Column(_("Articles"), "articles", number=True),
        Column(_("Coverage"), "coverage", number=True),
        Column(_("Contain"), "contain", number=True),
        Column(_("Share of the declared"), "share_of_declared", number=True),
        Column(_("Share of all lies between"), "share_of_all", number=True),
        Column(_("Reduction"), "reduction", number=True),
        Column(_("Reduction lies between"), "reduction_bounds", number=True),
    )
    rows, missing = [], []
    for code in seen.figures.groups("K0", seen.period, grouping):
        own = {
            it: seen.figures.one(
                it, seen.period, seen.base if it == "K1" else -1, grouping=grouping, group=code
            )
            for it in ("K0", "K1b", "K2", "K3", "K1")
        }
        missing += [it for key, it in own.items() if key != "K3" and (key != "K1" or seen.period > seen.base)]
        rows.append(
            (
                cells.word(seen.called(grouping, code)),
                cells.number(own["K0"].denominator, _),
                cells.share(own["K0"].value, _),
                cells.number(own["K1b"].value, _),
                cells.share(own["K2"].value, _),
                cells.bounds(own["K3"].low, own["K3"].high, _),
                cells.share(own["K1"].value, _),
                cells.bounds(own["K1"].low, own["K1"].high, _),
            )
        )
    notes = tuple(why_missing(missing, seen))
    return Table(seen.named(name), title, columns, tuple(rows), notes, _("There are no numbers to show."))


def growth(seen: Seen) -> Table:
    """K18: how the list has grown, and what that adds."""
    _ = seen._
    columns = (
        Column(_("Year"), "year"),
        Column(_("Edition of the list"), "edition"),
        Column(_("Entries"), "entries", number=True),
        Column(_("Articles that only newer entries meet"), "only_newer", number=True),
    )
    editions = seen.subject.periods["edition"].astype(str).tolist()
    rows = tuple(
        (
            cells.word(seen.years[place]),
            cells.word(editions[place]),
            cells.number(seen.figures.one("K18", place, reading="own").value, _),
            cells.number(seen.figures.one("K18b", place, reading="own").value, _),
        )
        for place in range(seen.period + 1)
    )
    return Table(seen.named("growth"), _("How the list has grown"), columns, rows)


def substances(seen: Seen) -> Table:
    """T5: what was found most."""
    _ = seen._
    frame = seen.subject.top
    columns = (
        Column(_("Substance"), "substance"),
        Column(_("Articles"), "articles", number=True),
        Column(_("In {year}").format(year=seen.years[seen.base]), "before", number=True),
        Column(_("On the list since the first year"), "from_the_start"),
    )
    own, english = frame[f"name_{seen.language}"].astype(str), frame["name_en"].astype(str)
    names = own.where(own != "", english).where((own != "") | (english != ""), frame["entry"].astype(str))
    rows = tuple(
        (
            cells.word(name),
            cells.number(many, _),
            cells.number(before, _),
            cells.word(_("no") if newer else _("yes")),
        )
        for name, many, before, newer in zip(
            names, frame["articles"].tolist(), frame["before"].tolist(), frame["newer"].tolist(), strict=True
        )
    )
    title = _("What was found most")
    return Table(
        seen.named("substances"), title, columns, rows, empty=_("No substance of the list was found.")
    )
