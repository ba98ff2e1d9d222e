"""The deviations that the invented region accepts for a time (dispenser), with ground and last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kemkoll.assortment.waivers import Wanted
from kemkoll.demo.chance import draw, one_of
from kemkoll.demo.lives import COMPOSITION, YEARS, told

_SHARE = 0.09
_GROUNDS = (
    "ersättning saknas på marknaden",
    "klinisk utvärdering av alternativ pågår",
    "leverantören har inte hunnit byta material",
    "patientsäkerhet: alternativet passar inte apparaten",
)
_PURPOSES = ("intensivvård", "neonatalvård", "hemsjukvård", "operation")
_DUTIES = (
    "begär ftalatfri variant i nästa upphandling",
    "byt till artikel utan ftalater när den är utvärderad",
    "",
)


@dataclass(frozen=True)
class Granted:
    """One waiver, and the day on which it is granted."""

    day: str
    wanted: Wanted


def dispensations() -> Iterator[Granted]:
    """The waivers of all years: for articles for care that were declared to hold a phthalate."""
    made = told()
    for said in made.said:
        item, year = said.item, int(said.day[:4])
        listed = said.agent in item.family.agent.listed and "dehp" in item.family.agent.choices
        care = item.family.category.startswith("A.")
        fits = said.shape == COMPOSITION and year in YEARS and said.day[5:7] != "01" and said.day[5:7] != "02"
        if listed and care and fits and draw("waived", item.number) < _SHARE:
            yield Granted(f"{year}-12-28", _wanted(item.number, item.company.name, year))


def _wanted(number: str, supplier: str, year: int) -> Wanted:
    until = (
        f"{year + 1 + int(2 * draw('until', number))}-{one_of(('03-31', '06-30', '12-31'), 'month', number)}"
    )
    duty = one_of(_DUTIES, "duty", number)
    return Wanted(
        article=number,
        supplier=supplier,
        list="phthalates",
        ground=one_of(_GROUNDS, "ground", number),
        purpose=one_of(_PURPOSES, "purpose", number),
        decision=f"EX {year}-{int(draw('decision', number) * 900) + 100}",
        decider="Upphandlingschefen (påhittad)",
        until=until,
        phase_out=duty,
        phase_out_until=until if duty else "",
        owner="Avtalsförvaltaren (påhittad)",
    )
