"""The buyer's own files: what the invented region buys, under which contracts, and what it follows up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kemkoll.demo.chance import day_in, draw
from kemkoll.demo.companies import Company, companies
from kemkoll.demo.lives import YEARS, Item, Told, answering_day, answers

NOTE = "EXEMPEL: Region Exempel, dess avtal, sortiment, leverantörer och inköp är påhittade."
OWN_PROFILE = "exempel-vard"
_CATEGORIES = {
    "A": "Sjukvårdsmaterial", "A.1": "Infusion", "A.2": "Handskar", "A.3": "Sårvård",
    "A.4": "Elektroder och patientkablar", "A.5": "Andning och sug", "A.6": "Nutrition och urologi",
    "A.7": "Skydd", "T": "Teknik", "T.1": "Reservdelar", "T.2": "Belysning", "T.3": "Batterier",
    "T.4": "Kablar", "F": "Fastighet och inredning", "F.1": "Golv", "F.2": "Möbler",
    "F.3": "Textil", "H": "Hygien", "H.1": "Rengöring", "H.2": "Tvål", "K": "Kontor",
    "K.1": "Papper", "K.2": "Kontorsvaror av plast",
}  # fmt: skip
_PROFILES = {
    "A.1": OWN_PROFILE, "A.2": OWN_PROFILE, "A.3": "hospital-consumables", "A.4": OWN_PROFILE,
    "A.5": OWN_PROFILE, "A.6": OWN_PROFILE, "A.7": OWN_PROFILE, "T.1": "rohs", "T.2": "rohs", "T.4": "rohs",
    "T.3": "reach-art-33", "F.1": "default", "F.2": "reach-art-33", "F.3": "reach-art-33",
    "H.1": "reach-art-33", "H.2": "reach-art-33", "K.1": "default",
}  # fmt: skip
"""The requirement profile of each category's contract; what is bought without a contract is not there."""
_GENERATIONS = (("2020", "2020-07-01", "2024-06-30"), ("2024", "2024-07-01", "2028-06-30"))
_BINDINGS = {"A": ("följande", "", "180"), "T": ("följande", "", ""), "F": ("fryst", "{starts}", "")}
TARGETS = (
    ("Artiklar med ftalater / articles with phthalates", "K1", "", 2027, "60 %"),
    ("Ftalater i vården / phthalates in care", "K2", "A", 2027, "6 %"),
    ("Känt innehåll / known contents", "K0", "", 2026, "97 %"),
)
"""Name, figure, category, year and value of each target. It has one name, for the readers of both reports."""
_RISE = 1.03
"""How much dearer things become in a year."""


def table(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows below the note that they are invented, as spreadsheet programs save them in Swedish."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([[NOTE], *rows])
    return stream.getvalue().encode("utf-8-sig")


def suppliers() -> Iterator[Sequence[object]]:
    """The suppliers, with their part in the trade."""
    yield "Leverantör", "Roll", "E-post"
    for company in companies():
        role = "Tillverkare" if draw("role", company.name) < 0.6 else "Distributör"
        yield company.name, role, f"miljo@{company.letters.lower()}{company.number + 10}.example"


def categories() -> Iterator[Sequence[object]]:
    """The product categories."""
    yield "Kod", "Överordnad", "Benämning", "Gäller från"
    for code, name in _CATEGORIES.items():
        yield code, code.rpartition(".")[0], name, "2019-01-01"


def contracts() -> Iterator[Sequence[object]]:
    """The contracts: one of each category that has any, and the one that follows it."""
    yield (
        "Avtalsnummer", "Avtalsnamn", "Diarienummer", "Avtalsområde", "Beställare", "Avtalsstart",
        "Avtalsslut", "Föregående avtal", "Kravprofil", "Bindning", "Frysta per", "Anståndsdagar",
    )  # fmt: skip
    for place, (code, profile) in enumerate(_PROFILES.items()):
        buyer = "Exempelköpings kommun (påhittad)" if code[0] in "FK" else "Region Exempel (påhittad)"
        kind, frozen, grace = _BINDINGS.get(code[0], ("", "", ""))
        before = ""
        for year, starts, ends in _GENERATIONS:
            number = _contract(code, year)
            yield (
                number, _CATEGORIES[code], f"EX {year}-{100 + place}", _CATEGORIES[code[0]], buyer, starts,
                ends, before, profile, kind, frozen.format(starts=starts), grace,
            )  # fmt: skip
            before = number


def _contract(code: str, year: str) -> str:
    """The number of a category's contract.

    >>> _contract("A.1", "2020")
    'EX-2020-A1'
    """
    return f"EX-{year}-{code.replace('.', '')}"


def assortment(items: Iterable[Item]) -> Iterator[Sequence[object]]:
    """Articles, each with its contracts."""
    yield (
        "Leverantör", "Artikelnummer", "Eget artikelnummer", "Benämning", "GTIN", "CPV", "Kategori",
        "MDR-klass", "Kontakt", "Patientgrupp", "Släppt på marknaden", "Avtal", "Aktiv från",
        "Aktiv till", "Villkor",
    )  # fmt: skip
    for it in items:
        code = it.family.category
        under = [
            _contract(code, year) for year, _, ends in _GENERATIONS if code in _PROFILES and it.since <= ends
        ]
        yield (
            it.company.name, it.number, it.own_number, it.name.sv, it.gtin, it.family.cpv, code,
            *it.family.device, it.since, " | ".join(under), it.since, it.until, it.family.facts,
        )  # fmt: skip


def volumes(items: Iterable[Item], year: int) -> Iterator[Sequence[object]]:
    """What was bought in a year."""
    yield "Leverantör", "Artikelnummer", "År", "Inköpsvärde (kr)", "Antal", "Vikt (kg)"
    for it in items:
        first, last = max(it.since, f"{year}-01-01"), min(it.until or "9", f"{year}-12-31")
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        if days < 1 or draw("volume unknown", it.number, year) < 0.02:
            continue
        usual = (
            it.family.units * (0.25 + 1.5 * draw("volume", it.number)) * (0.9 + 0.2 * draw(it.number, year))
        )
        units = max(1, round(usual * days / 365))
        spend = units * it.family.price * (0.8 + 0.4 * draw("price", it.number)) * _RISE ** (year - YEARS[0])
        mass = f"{units * it.family.mass_g / 1000:.1f}".replace(".", ",")
        yield it.company.name, it.number, year, f"{spend:.2f}".replace(".", ","), units, mass


def successors(told: Told, year: int) -> Iterator[Sequence[object]]:
    """Which articles took the place of which in a year."""
    yield "Leverantör", "Artikelnummer", "Efterträdare", "Slag", "Datum", "Ersätter"
    words = {"replaced": "ersatt", "renumbered": "omnumrerad", "reformulated": "omformulerad"}
    for it in told.follows:
        if it.day[:4] == str(year):
            yield (
                it.before.company.name, it.before.number, it.after.number, words[it.kind], it.day,
                _exchanged(it.before.agent, it.after.agent),
            )  # fmt: skip


def _exchanged(before: str, after: str) -> str:
    """What came in the place of what.

    >>> _exchanged("dehp", "dotp"), _exchanged("dotp", "dotp")
    ('DEHP → DOTP', '')
    """
    return f"{before} → {after}".upper() if before != after else ""


def requests(year: int) -> Iterator[Sequence[object]]:
    """What each supplier was asked in a year, and when it answered."""
    yield "Leverantör", "Listor", "Skickad", "Svar senast", "Påmind", "Besvarad", "Anteckning"
    for company in companies():
        yield _request(company, year)


def _request(company: Company, year: int) -> Sequence[object]:
    answered = answering_day(company, year) if answers(company, year) else ""
    days = int(8 + draw("delay", company.name, year) ** 2 * (110 - 70 * company.diligence))
    sent = (
        _later(answered, -days)
        if answered
        else day_in(f"{year}-08-15", f"{year}-10-15", company.name, "sent")
    )
    due = _later(sent, 45)
    late = not answered or answered > due
    reminded = _later(due, 7) if late and draw("reminded", company.name, year) < 0.8 else ""
    if answered and reminded >= answered:
        reminded = ""
    note = "" if answered else "inget svar"
    return company.name, "phthalates; eu-reach-candidate; eu-rohs", sent, due, reminded, answered, note


def _later(day: str, days: int) -> str:
    """The day some days later.

    >>> _later("2024-02-28", 2)
    '2024-03-01'
    """
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def targets() -> Iterator[Sequence[object]]:
    """What the region has set out to reach."""
    yield "Mål", "Indikator", "Lista", "Kategori", "Basår", "Basvärde", "Målår", "Målvärde", "Beslutsnummer"
    for name, figure, category, year, value in TARGETS:
        yield name, figure, "phthalates", category, 2022, "", year, value, "EX 2022-0400"


def profile() -> bytes:
    """The region's own requirements of articles for care."""
    return _PROFILE.encode()


_PROFILE = f'''# EXEMPEL: en påhittad kravprofil för en påhittad region.
id = "{OWN_PROFILE}"
title_en = "Region Exempel (invented): articles for care"
title_sv = "Region Exempel (påhittad): sjukvårdsmaterial"
version = "2020-07-01"
source = "EXEMPEL, påhittat avtal EX 2020-100, bilaga 3"
checked = "påhittad"
lists = ["phthalates", "bisphenols", "eu-reach-candidate"]
only_required = ["phthalates", "bisphenols"]
evidence_level = 2

[[requirements]]
id = "3.1"
title_en = "At most 0.1 % phthalates"
title_sv = "Högst 0,1 % ftalater"
strength = "must"
list = "phthalates"
entry = "*"
limit = "0.1 %"
operator = ">"
basis = "component"
measure = "substance_or_sum"
reference = "EXEMPEL, påhittat avtal, punkt 3.1"

[[requirements]]
id = "3.2"
title_en = "At most 0.1 % bisphenols"
title_sv = "Högst 0,1 % bisfenoler"
strength = "must"
list = "bisphenols"
entry = "bisphenols"
limit = "0.1 %"
operator = ">"
basis = "component"
measure = "substance"
reference = "EXEMPEL, påhittat avtal, punkt 3.2"
'''
