"""Four years of an invented region: 9 000 consumables, and what became of those that held phthalates.

The numbers of each year are those of the worked example of the indicators (44.0 % fewer from 2015 to 2018).
Here stands what a buyer and its suppliers would hand in for them to come out: assortment files, successors,
declarations of substances, answers about the list, corrections. Nothing says what an article's state is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

YEARS = (2015, 2016, 2017, 2018)
LIST = "ftalater-exempel"
EDITIONS = {
    2015: (("DEHP", "117-81-7"), ("DBP", "84-74-2"), ("BBP", "85-68-7"), ("DIBP", "84-69-5")),
    2018: (("DINP", "28553-12-0"), ("DIDP", "26761-40-0")),
}
"""What each edition of the list added."""
DEHP, DINP, DOTP = ("DEHP", "117-81-7"), ("DINP", "28553-12-0"), ("DOTP", "6422-86-2")
_PVC, _PP = ("Polyvinylklorid", "9002-86-2"), ("Polypropen", "9003-07-0")
CONTENT = {
    "dehp": ((*DEHP, "30,00 %"), (*_PVC, "70,00 %")),
    "dinp": ((*DINP, "30,00 %"), (*_PVC, "70,00 %")),
    "dotp": ((*DOTP, "30,00 %"), (*_PVC, "70,00 %")),
    "plain": ((*_PP, "100,00 %"),),
}
"""What an article is made of: substance, CAS number, share of its one part."""


class Numbers(NamedTuple):
    """How many articles came to something in a year."""

    reformulated: int
    replaced: int
    delisted: int
    never_did: int
    lapsed: int
    new_with: int
    turned_out_to: int
    always_did: int
    first_answers: int
    new_without: int
    without_gone: int
    without_lapsed: int
    unknown_gone: int
    new_unknown: int


YEAR = {
    2016: Numbers(55, 80, 40, 10, 5, 15, 8, 2, 460, 300, 313, 60, 102, 40),
    2017: Numbers(70, 95, 50, 8, 7, 14, 9, 2, 540, 260, 319, 50, 90, 35),
    2018: Numbers(65, 90, 40, 7, 8, 16, 11, 3, 370, 240, 336, 45, 60, 30),
}
HIDDEN, HIDDEN_STAY, OTHER_PHTHALATE = 96, 33, 31
"""Articles that hold from the first day what the list names in 2018 alone; of these those that stay; and
substitutions that came to the same."""


@dataclass
class Said:
    """One thing that a supplier handed in: a composition, or (`answer`) that nothing of the list is in it."""

    year: int
    content: str
    reason: str = "new"
    valid_until: str = ""


@dataclass
class Item:
    """One article."""

    number: str
    since: int
    state: str
    until: int = 0
    settled: bool = False
    goes: bool = False
    successor: str = ""
    said: list[Said] = field(default_factory=list)

    def declares(self, year: int, content: str, reason: str = "new") -> None:
        self.said.append(Said(year, content, reason))
        self.state = "with" if content == "dehp" else "without"


class Region:
    """All articles over the years; made anew it is the same."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.items: list[Item] = []
        self._begin()
        substitutes: list[tuple[Item, int]] = []
        for year in YEARS[1:]:
            self._year(year, YEAR[year], substitutes)
        for item, year in substitutes[:OTHER_PHTHALATE]:
            item.said[-1] = Said(year, "dinp", item.said[-1].reason)

    def _new(self, year: int, content: str = "", *, settled: bool = False) -> Item:
        made = Item(f"F-{next(self._numbers):05d}", year, "unknown", settled=settled)
        self.items.append(made)
        if content:
            made.declares(year, content)
        return made

    def _begin(self) -> None:
        for size, content in ((1250, "dehp"), (5950 - HIDDEN, "plain"), (HIDDEN, "dinp"), (1800, "")):
            for place in range(size):
                answers = content == "plain" and place % 3 == 0
                made = self._new(YEARS[0], "answer" if answers else content)
                if content == "dinp":
                    made.settled, made.goes = place < HIDDEN_STAY, place >= HIDDEN_STAY

    def _open(self, state: str) -> list[Item]:
        return [it for it in self.items if it.state == state and not it.until and not it.settled]

    def _year(self, year: int, n: Numbers, substitutes: list[tuple[Item, int]]) -> None:
        holds, free, unknown = (iter(self._open(state)) for state in ("with", "without", "unknown"))
        asked = [it for it in self._open("unknown") if it.since == YEARS[0] and not it.said]
        for item in _some(holds, n.reformulated):
            item.declares(year, "dotp", "reformulation")
            item.settled = True
            substitutes.append((item, year))
        for item in _some(holds, n.replaced):
            heir = self._new(year, "dotp", settled=True)
            item.until, item.state, item.successor = year, "gone", heir.number
            substitutes.append((heir, year))
        for item in _some(holds, n.delisted):
            item.until, item.state = year, "gone"
        for item in _some(holds, n.never_did):
            item.declares(year, "dotp", "correction")
            item.settled = True
        for item in _some(holds, n.lapsed):
            _lapse(item, year)
            item.settled = True
        for _ in range(n.new_with):
            self._new(year, "dehp", settled=True)
        for item in asked[: n.turned_out_to]:
            item.declares(year, "dehp")
            item.settled = True
        going = iter([it for it in self._open("without") if it.goes][:21])
        free = (it for it in free if not it.goes)
        for item in _some((it for it in free if it.since == YEARS[0]), n.always_did):
            item.declares(year, "dehp", "correction")
            item.settled = True
        for item in [*going, *_some(free, n.without_gone - 21)]:
            item.until, item.state = year, "gone"
        for item in _some(free, n.without_lapsed):
            _lapse(item, year)
        unknown = (it for it in unknown if it.state == "unknown")
        for item in _some(unknown, n.first_answers):
            item.declares(year, "plain", "renewal" if item.said else "new")
        for item in _some(unknown, n.unknown_gone):
            item.until, item.state = year, "gone"
        for _ in range(n.new_without):
            self._new(year, "plain")
        for _ in range(n.new_unknown):
            self._new(year)


def _some(items: Iterable[Item], wanted: int) -> list[Item]:
    made = [item for _, item in zip(range(wanted), items, strict=False)]
    assert len(made) == wanted
    return made


def _lapse(item: Item, year: int) -> None:
    """The supplier never renews what held until the middle of the year."""
    item.said[-1].valid_until, item.state = f"{year}-06-30", "unknown"


def supplier(item: Item) -> str:
    return f"Exempel {int(item.number[2:]) % 24 + 1} AB"


def contract(item: Item) -> str:
    return f"EX-{int(item.number[2:]) % 24 % 6 + 1}"


def category(item: Item) -> str:
    return "ABCD"[int(item.number[2:]) % 4]


# --- the files --------------------------------------------------------------------------------------------


def list_file(folder: Path, edition: int) -> Path:
    """The list as the region keeps it, whole, in the edition of a year."""
    rows = [
        (name, cas, "avveckla", "0,1 %", f"{year}-01-01")
        for year, named in EDITIONS.items()
        if year <= edition
        for name, cas in named
    ]
    return _table(folder / f"{LIST}.csv", ("Namn", "CAS-nr", "Åtgärd", "Gränsvärde", "Gäller från"), rows)


def profile_file(folder: Path) -> Path:
    """The profile that measures the years, and that the contracts require."""
    file = folder / "matning.toml"
    file.write_text(f'id = "matning"\ntitle_sv = "Påhittad mätning"\nlists = ["{LIST}"]\n', encoding="utf-8")
    return file


def contracts_file(folder: Path) -> Path:
    rows = [(f"EX-{n}", "Region Exempel", "2014-01-01", "2030-12-31", "matning") for n in range(1, 7)]
    head = ("Avtalsnummer", "Beställare", "Avtalsstart", "Avtalsslut", "Kravprofil")
    return _table(folder / "contracts.csv", head, rows)


def assortment_file(folder: Path, region: Region, year: int) -> Path:
    """The articles that came or went in a year."""
    rows = [
        (
            supplier(item), item.number, f"Artikel {item.number}", category(item), contract(item),
            "2014-01-01" if item.since == YEARS[0] else f"{item.since}-02-01",
            f"{item.until}-06-30" if item.until == year else "",
        )
        for item in region.items
        if year in (item.since, item.until)
    ]  # fmt: skip
    head = ("Leverantör", "Artikelnummer", "Benämning", "Kategori", "Avtal", "Aktiv från", "Aktiv till")
    return _table(folder / f"assortment-{year}.csv", head, rows)


def successors_file(folder: Path, region: Region, year: int) -> Path:
    of = {item.number: item for item in region.items}
    rows = [
        (supplier(it), it.number, it.successor, supplier(of[it.successor]), "ersatt", f"{year}-07-01")
        for it in region.items
        if it.successor and it.until == year
    ]
    head = ("Leverantör", "Artikelnummer", "Efterträdare", "Efterträdarens leverantör", "Slag", "Datum")
    return _table(folder / f"successors-{year}.csv", head, rows)


def declaration_files(folder: Path, region: Region, year: int) -> list[Path]:
    """What suppliers handed in in a year: compositions, and answers about the list."""
    lines, answers = [], []
    for item in region.items:
        for said in item.said:
            if said.year != year:
                continue
            head = (supplier(item), item.number, f"{year}-03-01", said.valid_until, said.reason)
            if said.content == "answer":
                answers.append((*head, LIST, "2015-01-01", "nej"))
            lines += [(*head, "Hölje", *substance) for substance in CONTENT.get(said.content, ())]
    first = ("Leverantör", "Artikelnummer", "Datum", "Giltig till", "Skäl till deklarationen")
    files = [_table(folder / f"lines-{year}.csv", (*first, "Komponent", "Ämne", "CAS-nr", "Halt"), lines)]
    if answers:
        files.append(_table(folder / f"answers-{year}.csv", (*first, "Lista", "Utgåva", "Svar"), answers))
    return files


def _table(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerow(head)
        writer.writerows(rows)
    return file
