"""What the years showed by one list, as a report takes it: numbers that are ready, hidden cells hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from kemkoll.i18n import Translator, share_text
from kemkoll.report.measured import Indicators
from kemkoll.tables.trends import FLOWS, INDICATORS, OUTCOMES, PERIODS, SUBSTITUTED, TOP


@dataclass(frozen=True)
class Subject:
    """What the years showed by one list, up to the year of the report.

    Attributes:
        list: its id.
        title: of the list, by language.
        short: what its substances are called in running text, by language: `phthalates`, `ftalater`.
        limit_ppt: above which an article counts; -1: as the list says.
        base: row number in `periods` that everything is compared with.
        period: row number in `periods` of the year of the report.
        periods: columns of PERIODS, none later than `period`.
    """

    list: str
    title: dict[str, str]
    short: dict[str, str]
    limit_ppt: int = -1
    base: int = 0
    period: int = 0
    periods: pd.DataFrame = field(default_factory=PERIODS.empty)
    indicators: pd.DataFrame = field(default_factory=INDICATORS.empty)
    flows: pd.DataFrame = field(default_factory=FLOWS.empty)
    outcomes: pd.DataFrame = field(default_factory=OUTCOMES.empty)
    top: pd.DataFrame = field(default_factory=TOP.empty)
    substituted: pd.DataFrame = field(default_factory=SUBSTITUTED.empty)


class Seen:
    """A subject in the language of a reader, with its figures at hand.

    Attributes:
        years: what the periods are called.
        breaks: row numbers of the periods that cannot be compared with what was before them.
        place: a number that no other subject of the report has, for names on the page.
    """

    def __init__(self, subject: Subject, names: pd.DataFrame, place: int, _: Translator) -> None:
        self.subject, self.place, self._ = subject, place, _
        self.language = _.language
        self.figures = Indicators(subject.indicators)
        self.years = [str(name) for name in subject.periods["name"]]
        self.breaks = [
            number for number, why in enumerate(subject.periods["broken"].astype(str)) if number and why
        ]
        self.names = called(names, _.language)

    @property
    def base(self) -> int:
        return self.subject.base

    @property
    def period(self) -> int:
        return self.subject.period

    @property
    def title(self) -> str:
        return self.subject.title.get(self.language) or self.subject.title["en"]

    @property
    def short(self) -> str:
        """What the substances are called within a sentence."""
        return self.subject.short.get(self.language) or self.subject.short.get("en") or self.title

    @property
    def limit(self) -> str:
        """Above what an article counts, in words; nothing where the list says it entry by entry."""
        ppt = self.subject.limit_ppt
        return self._("above {share}").format(share=share_text(ppt, ppt, self.language)) if ppt >= 0 else ""

    def named(self, name: str) -> str:
        """A name for the page that no other subject has.

        The first subject is the headline's and needs no number.
        """
        return f"{name}-{self.place + 1}" if self.place else name

    def called(self, grouping: str, code: str) -> str:
        """What people call a group."""
        return self.names.get((str(grouping), code)) or (
            code if code != NOBODY else self._("belongs to no group")
        )

    def broken_notes(self) -> tuple[str, ...]:
        """A footnote for each break."""
        why = self.subject.periods["broken"].astype(str).tolist()
        said = self._("{number}) Break before {year}: {why} No line is drawn across it.")
        return tuple(
            said.format(number=number, year=self.years[place], why=_ended(why[place]))
            for number, place in enumerate(self.breaks, start=1)
        )


NOBODY = "-"
"""The group of what nobody has put into a group."""


def called(names: pd.DataFrame, language: str) -> dict[tuple[str, str], str]:
    """What groups are called in the language, else in English.

    Args:
        names: columns of NAMES.

    >>> from kemkoll.tables.reported import NAMES
    >>> frame = NAMES.conform(
    ...     pd.DataFrame({"grouping": ["category"], "code": ["A1"], "name_en": ["Gloves"], "name_sv": [""]})
    ... )
    >>> called(frame, "sv")
    {('category', 'A1'): 'Gloves'}
    """
    own = names[f"name_{language}"].astype(str).tolist()
    english = names["name_en"].astype(str).tolist()
    keys = zip(names["grouping"].astype(str), names["code"].astype(str), strict=True)
    return {key: mine or other for key, mine, other in zip(keys, own, english, strict=True)}


def _ended(sentence: str) -> str:
    """The sentence with a full stop."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
