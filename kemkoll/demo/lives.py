"""What becomes of each article of the invented region: when it is bought, what is in it and said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from kemkoll.demo.chance import day_in, draw, one_of, pick
from kemkoll.demo.companies import Company, companies
from kemkoll.demo.families import Family, Words
from kemkoll.demo.slips import is_slipped

YEARS = (2022, 2023, 2024, 2025)
COMPOSITION, ANSWERS, LISTED_ONLY, DO_NOT_KNOW = "composition", "answers", "listed only", "do not know"
"""How much a supplier tells: all that is in it; answers about lists; the listed substances alone; that it
does not know."""
NEW, RENEWAL, CORRECTION, REFORMULATION = "new", "renewal", "correction", "reformulation"
REPLACED, RENUMBERED = "replaced", "renumbered"
_FIRST = {2022: 0.95, 2023: 0.97, 2024: 0.985, 2025: 0.99}
"""The share of articles of which the supplier has said something by the end of a year."""
_SHAPES = {COMPOSITION: 66, ANSWERS: 28, LISTED_ONLY: 3.5, DO_NOT_KNOW: 2.5}
_OF_LISTED = {"reformulated": 0.135, REPLACED: 0.085, "delisted": 0.05, "untold": 0.015}
_OF_OTHERS = {"relapsed": 0.004, REPLACED: 0.012, "delisted": 0.02, RENUMBERED: 0.012}
_ADDED = 0.018
"""New articles in a year, as a share of what the supplier sells."""
_HOLDS_YEARS, _WITH_GTIN, _ANSWERING = 3, 0.6, 0.6
_COMPLETES, _RENEWS, _NOTICED = 0.7, 0.93, 0.5
"""How often one who told little or wrongly tells more when asked again, one whose declaration lapses renews
it, and an error is noticed in a winter."""
_SAYS_WHAT = 0.65
"""How often one who must answer that an article contains something says at once what, and how much."""
_SAID_AS_LISTED, _SAID_AS_FREE = 0.12, 0.05
"""How often what looks alike is taken for each other: DOTP for DEHP, and DEHP for DOTP."""


@dataclass(frozen=True)
class Item:
    """One article.

    Attributes:
        since, until: from when and until when it is bought; "": it still is.
        agent: what it truly had at first (a choice of its family's agent).
    """

    company: Company
    family: Family
    name: Words
    number: str
    own_number: str
    gtin: str
    since: str
    agent: str
    until: str = ""


@dataclass(frozen=True)
class Said:
    """What a supplier said of one article on one day.

    Attributes:
        item: the article.
        day: the day of the declaration.
        reason: why it was declared.
        shape: how much is told.
        agent: what is said to be in it, whether or not it is true.
        until: last day on which it holds; "": it has no end.
    """

    item: Item
    day: str
    reason: str
    shape: str
    agent: str
    until: str = ""


@dataclass(frozen=True)
class Follows:
    """One article that takes the place of another."""

    before: Item
    after: Item
    kind: str
    day: str


@dataclass
class Told:
    """Everything that happens to some articles.

    Attributes:
        truth: of each article's number what it truly has, from which day on; the newest last.
    """

    items: list[Item] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    follows: list[Follows] = field(default_factory=list)
    truth: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def agent_on(self, item: Item, day: str) -> str:
        """What an article truly has on a day."""
        return [agent for since, agent in self.truth[item.number] if since <= day][-1]


@cache
def told() -> Told:
    """What becomes of all articles of the region.

    >>> 1500 < len(told().items) < 1800
    True
    """
    made = Told()
    for company in companies():
        for item in _offered(company):
            _live(item, made)
    return made


def _offered(company: Company) -> Iterator[Item]:
    """The articles that a supplier sells in the first year, and those that it adds later."""
    for place in range(company.articles):
        family = company.families[place % len(company.families)]
        yield _item(company, family, place, day_in("2019-03-01", "2021-12-01", company.name, place))
    later = company.articles
    for year in YEARS[1:]:
        for place in range(company.articles):
            if draw("added", company.name, year, place) < _ADDED:
                family = company.families[place % len(company.families)]
                yield _item(
                    company, family, later, day_in(f"{year}-01-10", f"{year}-09-30", company.name, later)
                )
                later += 1


def _item(company: Company, family: Family, place: int, since: str) -> Item:
    number = f"{company.letters}-{company.number + 10}{place:02d}"
    size = family.sizes[place // len(company.families) % len(family.sizes)]
    series = chr(ord("A") + place // len(company.families) // len(family.sizes))
    name = Words(f"{family.name.sv} {series}, {size}", f"{family.name.en} {series}, {size}")
    agent = _newer(family, number) if since >= "2022" else pick(family.start, "agent", number)
    return Item(company, family, name, number, _own(number), _gtin(number), since, agent)


def _newer(family: Family, number: str) -> str:
    """What a new article has: listed ones have become rare."""
    listed = family.agent.listed
    weights = {name: weight * (0.35 if name in listed else 1) for name, weight in family.start.items()}
    return pick(weights, "agent", number)


def _own(number: str) -> str:
    return str(int(draw("own number", number) * 9 * 10**7) + 10**7)


def _gtin(number: str) -> str:
    """A number that no shop can meet: those that begin with 29 are for use within one company."""
    stem = f"29{int(draw('gtin', number) * 10**10):010d}"
    check = -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(stem)) % 10
    return f"{stem}{check}" if draw("has gtin", number) < _WITH_GTIN else ""


def _live(item: Item, made: Told, before: Said | None = None) -> None:
    """Tell the life of one article, and of those that follow it.

    Args:
        item: the article.
        made: what is told so far.
        before: what was said last, where it is an old article under a new number.
    """
    made.truth[item.number] = [("", item.agent)]
    said, first = before, _first_year(item)
    for year in (*YEARS, YEARS[-1] + 1):
        if f"{year}-12-31" < item.since:
            continue
        said = _mended(item, year, said, made) or said
        fate = _fate(item, year, made) if year in YEARS[1:] and item.since < f"{year}-01-01" else ""
        day = day_in(f"{year}-02-20", f"{year}-08-25", "fate", item.number, year)
        if fate in ("delisted", REPLACED, RENUMBERED):
            made.items.append(replace(item, until=day))
            _follow(item, day, fate, said, made)
            return
        if fate:
            made.truth[item.number].append((day, _other(item, fate, made.agent_on(item, day))))
        if year in YEARS and answers(item.company, year) and item.since <= answering_day(item.company, year):
            said = _speak(item, year, first, said, made, hides=fate == "untold")
    made.items.append(item)


def answers(company: Company, year: int) -> bool:
    """Whether a supplier answers at all in a year; in the first and the last all do."""
    return (
        year in (YEARS[0], YEARS[-1])
        or draw("answers", company.name, year) < _ANSWERING + 0.3 * company.diligence
    )


def answering_day(company: Company, year: int) -> str:
    """The day on which a supplier answers in a year, for all that it sells."""
    return day_in(f"{year}-09-01", f"{year}-11-25", "answering day", company.name, year)


def _first_year(item: Item) -> int:
    """The year from which the supplier says something of an article, diligent ones earlier; 0: never."""
    u = draw("first", item.number) ** (0.6 + 0.9 * item.company.diligence)
    return next((year for year in YEARS if u < _FIRST[year]), 0)


def _speak(item: Item, year: int, first: int, before: Said | None, made: Told, *, hides: bool) -> Said | None:
    """What the supplier says of an article when it answers, if anything: the newest statement."""
    day = answering_day(item.company, year)
    agent = made.agent_on(item, day)
    if before is None:
        new = _first_words(item, day, agent) if first and year >= first else None
    elif agent != made.agent_on(item, before.day):
        new = Said(item, day, REFORMULATION, DO_NOT_KNOW if hides else COMPOSITION, agent, _until(item, day))
    elif before.item is not item:  # an old article under a new number
        new = replace(before, item=item, day=day, reason=NEW, shape=COMPOSITION, until=_until(item, day))
    elif before.reason != REFORMULATION and _is_wanting(before):
        whole = replace(before, day=day, reason=RENEWAL, shape=COMPOSITION, until=_until(item, day))
        new = whole if draw("again", item.number, year) < _COMPLETES else None
    else:
        new = _renewed(item, year, day, before)
    if new:
        made.said.append(new)
    return new or before


def _is_wanting(said: Said) -> bool:
    """Whether what was said is too little, or was written down wrongly: the buyer asks again."""
    if said.shape == COMPOSITION:
        return is_slipped(said.item.number, said.day)
    return said.shape != ANSWERS or said.agent in said.item.family.agent.listed


def _first_words(item: Item, day: str, agent: str) -> Said:
    """What is said first: all of it, or less; sometimes what is like it in its stead."""
    shape = pick(_SHAPES, "shape", item.number)
    contains = shape == ANSWERS and agent in item.family.agent.listed
    if contains and draw("says what", item.number) < _SAYS_WHAT:
        shape = COMPOSITION
    wrong = item.family.agent.mistaken
    back = {listed: name for name, listed in wrong.items()}
    u = draw("mistaken", item.number)
    if shape == COMPOSITION and agent in wrong and u < _SAID_AS_LISTED:
        agent = wrong[agent]
    elif shape == COMPOSITION and agent in back and u < _SAID_AS_FREE:
        agent = back[agent]
    return Said(item, day, NEW, shape, agent, _until(item, day))


def _mended(item: Item, year: int, before: Said | None, made: Told) -> Said | None:
    """A correction of what was said wrongly, in the winter after: the year before is published by then."""
    if before is None or before.agent == made.agent_on(item, before.day):
        return None
    day = day_in(f"{year}-01-26", f"{year}-02-16", "mended", item.company.name, year)
    if day < item.since or draw("noticed", item.number, year) > _NOTICED:
        return None
    agent = made.agent_on(item, before.day)
    new = replace(before, item=item, day=day, reason=CORRECTION, shape=COMPOSITION, agent=agent)
    made.said.append(new)
    return new


def _renewed(item: Item, year: int, day: str, before: Said) -> Said | None:
    """What is said again: everything where it lapses, else answers about the lists of today; or nothing."""
    if before.until and before.until < f"{year}-12-31":
        again = draw("lapsed", item.number) < _RENEWS
        whole = replace(before, day=day, reason=RENEWAL, shape=COMPOSITION, until=_until(item, day))
        return whole if again else None
    if draw("renews", item.company.name, year) > 0.25 + 0.6 * item.company.diligence:
        return None
    return replace(before, day=day, reason=RENEWAL, shape=ANSWERS)


def _until(item: Item, day: str) -> str:
    return f"{int(day[:4]) + _HOLDS_YEARS}{day[4:8]}28" if item.company.dates else ""


def _fate(item: Item, year: int, made: Told) -> str:
    """What happens to an article in a year; "": nothing."""
    family, agent = item.family.agent, made.agent_on(item, f"{year}-01-01")
    left = draw("fate", item.number, year)
    for name, share in (_OF_LISTED if agent in family.listed else _OF_OTHERS).items():
        left -= share
        if left < 0:
            return name if name != "relapsed" or family.listed else ""
    return ""


def _other(item: Item, fate: str, agent: str) -> str:
    """What an article has after it was reformulated."""
    family = item.family.agent
    if fate == "relapsed":
        return one_of(sorted(family.listed), "relapsed", item.number)
    return pick({it: weight for it, weight in family.instead.items() if it != agent}, "instead", item.number)


def _follow(item: Item, day: str, kind: str, said: Said | None, made: Told) -> None:
    """Tell of the article that takes the place of another; nothing of one that was taken out."""
    if kind == "delisted":
        return
    agent = made.agent_on(item, day)
    if kind == REPLACED and agent in item.family.agent.listed:
        agent = _other(item, kind, agent)
    number = f"{item.number}-{'N' if kind == RENUMBERED else 'B'}{day[2:4]}"
    new = replace(item, number=number, own_number=_own(number), gtin=_gtin(number), since=day, agent=agent)
    made.follows.append(Follows(item, new, kind, day))
    _live(new, made, said if kind == RENUMBERED else None)
