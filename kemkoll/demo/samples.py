"""What a laboratory found in articles that the invented region had tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemkoll.demo.chance import day_in, draw
from kemkoll.demo.families import AGENT, Layer
from kemkoll.demo.lives import Item, Told
from kemkoll.demo.substances import SUBSTANCES

_TESTED = 0.022
"""The share of the articles with a plasticiser or developer that is tested in a year."""
_LOOKED_FOR = {"plasticiser": ("dehp", "dinp", "dibp"), "developer": ("bpa", "bps")}


def samples(told: Told, year: int) -> Iterator[Sequence[object]]:
    """The laboratory's results of a year: what is truly there, whatever was declared."""
    yield (
        "Leverantör", "Artikelnummer", "Beståndsdel", "Ämne", "CAS-nr", "Halt", "Enhet",
        "Kvantifieringsgräns", "Mätosäkerhet", "Metod", "Laboratorium", "Prov", "Lot", "Datum",
    )  # fmt: skip
    for item in told.items:
        layer = next((it for it in item.family.layers if AGENT in it.lines), None)
        kind = next((it for it, names in _LOOKED_FOR.items() if names[0] in item.family.agent.choices), "")
        day = day_in(f"{year}-03-01", f"{year}-11-30", "tested", item.number, year)
        here = item.since <= day and (not item.until or day < item.until)
        if layer and kind and here and draw("tested", item.number, year) < _TESTED:
            for substance in _LOOKED_FOR[kind]:
                yield _result(item, layer, substance, told.agent_on(item, day), day)


def _result(item: Item, layer: Layer, substance: str, agent: str, day: str) -> Sequence[object]:
    """One value, with its uncertainty; below the limit of quantification where there is nothing."""
    words = SUBSTANCES[substance]
    share = item.family.lines(layer, agent).get(substance, 0)
    found = share / 100 * (0.93 + 0.12 * draw("found", item.number, day, substance))
    value = f"{found:.2f}".replace(".", ",") if share else "< 0,01"
    uncertainty = f"± {found * 0.12:.2f} %".replace(".", ",") if share else ""
    method = "GC-MS" if substance.startswith("d") else "LC-MS/MS"
    sample = f"P-{day[2:4]}-{int(draw('sample', item.number, day) * 900) + 100}"
    return (
        item.company.name, item.number, layer.part.sv, words.sv, words.cas, value, "%", "0,01 %", uncertainty,
        method, "Analyslabbet Exempel AB", sample, f"L{day[2:4]}{day[5:7]}", day,
    )  # fmt: skip
