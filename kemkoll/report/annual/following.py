"""What was asked of suppliers, tested in laboratories, accepted and put right: K13, K15, K16, K17."""

from __future__ import annotations

from collections.abc import Sequence

from kemkoll.report import cells
from kemkoll.report.annual import Annual
from kemkoll.report.document import Cell, Column, Table
from kemkoll.report.measured import Indicators, Measured
from kemkoll.report.numbers import count, percent_in_words, percent_range
from kemkoll.report.subject import Seen
from kemkoll.report.words import missing_text
from kemkoll.tables.trends import Grouping
from kemkoll.trends.words import NAMES

_VERIFIED = ("K15", "K15b", "K15c", "K15d", "K15e")
_ANSWERED = ("K16", "K16b", "K16c")
_DEVIATIONS = ("K13", "K13j", "K13b", "K13c", "K13d")
_WAIVERS = ("K13e", "K13f", "K13g", "K13h", "K13i")
_INTERVALS = ("K15b", "K15c", "K15d", "K15e")


class Followed:
    """The figures that belong to no list, for the year of the report."""

    def __init__(self, annual: Annual, subjects: Sequence[Seen]) -> None:
        self.figures, self.seen = Indicators(annual.indicators), subjects[0]
        self.lists = {it.subject.list: it.short for it in subjects}
        self._readings = {str(it) for it in annual.indicators["reading"].unique()} or {"fixed"}
        self._weights = {str(it) for it in annual.indicators["weight"].unique()} or {"articles"}

    def one(self, code: str, grouping: str = "", group: str = "", place: int | None = None) -> Measured:
        """The figure, under whatever reading it stands."""
        period = self.seen.period if place is None else place
        found = [
            self.figures.one(code, period, reading=reading, weight=weight, grouping=grouping, group=group)
            for reading in sorted(self._readings)
            for weight in sorted(self._weights)
        ]
        return next((it for it in found if it.unit), found[0])

    def table(self, name: str, title: str, codes: tuple[str, ...]) -> Table:
        """The figures of these codes, year by year."""
        seen, _ = self.seen, self.seen._
        places = list(range(seen.period + 1))
        columns = (
            Column(_("Figure"), "indicator"),
            Column(_("What is counted"), "name"),
            *(Column(seen.years[place], f"y{seen.years[place]}", number=True) for place in places),
        )
        rows = tuple(
            (cells.word(code), cells.word(_(NAMES[code])), *(self._cell(code, place) for place in places))
            for code in codes
        )
        notes = [
            f"{code}: {missing_text(it.missing, _)}" for code in codes if (it := self.one(code)).value is None
        ]
        return Table(name, title, columns, rows, tuple(notes))

    def _cell(self, code: str, place: int) -> Cell:
        """The figure, with what it is a share of and the interval that it may lie in."""
        figure, _ = self.one(code, place=place), self.seen._
        made = cells.measured(figure, _)
        if figure.value is None or figure.unit != "share":
            return made
        if figure.numerator is not None and figure.denominator is not None:
            of = _("{number} of {all}").format(
                number=count(figure.numerator, _.language), all=count(figure.denominator, _.language)
            )
            made = made._replace(text=f"{made.text} ({of})")
        if code in _INTERVALS and figure.low is not None and figure.high is not None:
            made = made._replace(text=f"{made.text}, {percent_range(figure.low, figure.high, _.language)}")
        return made

    def verification(self) -> Table:
        """K15: what laboratories say of what was declared."""
        return self.table("verification", self.seen._("What laboratories found"), _VERIFIED)

    def answers(self) -> Table:
        """K16: whether suppliers answer."""
        return self.table("answers", self.seen._("Questions to suppliers, and their answers"), _ANSWERED)

    def deviations(self) -> Table:
        """K13: what was put right."""
        return self.table("deviations", self.seen._("Deviations from contracts"), _DEVIATIONS)

    def waivers(self) -> Table:
        """K13: what was accepted for now."""
        return self.table("waivers", self.seen._("Waivers"), _WAIVERS)

    def nordic(self) -> Table:
        """K17: contract products without restricted substances, by category and by list."""
        seen, _ = self.seen, self.seen._
        codes = [str(it) for it in self.figures.frame["indicator"].unique() if str(it).startswith("K17:")]
        columns = (
            Column(_("Category"), "category"),
            Column(_("Products"), "products", number=True),
            Column(_("Without any of them"), "all", number=True),
            *(Column(self._without(code), code.partition(":")[2], number=True) for code in codes),
        )
        frame = self.figures.frame
        met = ((frame["indicator"] == "K17") & (frame["period"] == seen.period)).to_numpy()
        groups = list(zip(frame["grouping"][met].astype(str), frame["group"][met].astype(str), strict=True))
        rows = tuple(
            (
                cells.word(seen.called(grouping, group) if grouping else _("All"), strong=not grouping),
                cells.number(self.one("K17", grouping, group).denominator, _),
                *(cells.share(self.one(code, grouping, group).value, _) for code in ("K17", *codes)),
            )
            for grouping, group in dict.fromkeys(groups)
            if grouping in ("", str(Grouping.category))
        )
        title = _("Contract products without restricted substances")
        return Table("nordic", title, columns, rows, empty=missing_text("no_contracts", _))

    def _without(self, code: str) -> str:
        """What the products of a sub-share are without."""
        name = code.partition(":")[2]
        return self.seen._("Without {substances}").format(substances=self.lists.get(name, name))

    def tested(self) -> list[str]:
        """What the samples say, and what they do not: they were not drawn at random."""
        _ = self.seen._
        number, agreed = self.one("K15"), self.one("K15d")
        if not number.value:
            return [missing_text(number.missing or "no_samples", _)]
        said = [
            _.ngettext("{n} article was tested.", "{n} articles were tested.", int(number.value)).format(
                n=count(number.value, _.language)
            )
        ]
        if agreed.value is not None:
            said.append(
                _("In {share} of them the laboratory confirms what was declared.").format(
                    share=percent_in_words(agreed.value, _)
                )
            )
        said.append(
            _(
                "Articles are chosen for testing where a risk is seen. The shares say nothing of the "
                "articles that were not tested."
            )
        )
        return said

    def asked(self) -> list[str]:
        """Whether suppliers answer in time."""
        _ = self.seen._
        answered = self.one("K16")
        if answered.value is None:
            return [missing_text(answered.missing, _)]
        return [
            _("{share} of the questions to suppliers were answered within 45 days.").format(
                share=_upper(percent_in_words(answered.value, _))
            )
        ]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
