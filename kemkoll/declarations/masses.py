"""Which mass a mass column gives: of the substance, of the material, the component, or the article."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.declarations.headers import Header
from kemkoll.declarations.layout import SUBSTANCE_FIELDS, Block
from kemkoll.declarations.rows import filled, take
from kemkoll.tables import distinct


def settle_masses(block: Block) -> None:
    """Say of each column that is just called mass or weight what it is the mass of.

    A mass that differs between the lines of one component is the substance's. One that stays the same, or stands only in
    the first line of each, is the component's. What neither shows is not used where shares are given.
    """
    fields = {header.field for header in block.headers}
    for i in block.columns("mass"):
        header = block.headers[i]
        whole = next((part for part in ("component", "material", "article") if part in fields), "article")
        if not fields & SUBSTANCE_FIELDS:
            field = f"{whole}_mass"
        else:
            field = _whose(block, i, whole, fields)
        if any(other.field == field for other in block.headers):
            field = "unused"
        block.headers[i] = Header(header.text, field, header.unit)
        fields.add(field)


def _whose(block: Block, place: int, whole: str, fields: set[str]) -> str:
    mass = take(block.sheet.cells[place].array, block.at)
    says = filled(mass)
    groups = [take(block.sheet.cells[block.columns(part)[0]].array, block.at) for part in ("article", "component", "material")
              if part in fields]  # fmt: skip
    plain = block.headers[place].unit is None and "component" in fields
    if not says.any() or not groups:
        return f"{whole}_mass" if plain or not says.any() or whole == "article" and says.sum() == 1 else "amount_mass"
    starts = np.zeros(len(mass), dtype=bool)
    for group in groups:
        starts |= filled(group)
    unit = np.maximum.accumulate(np.where(starts, np.arange(len(mass)), 0))
    codes = [pd.Series(group[unit]) for group in groups]
    number, _ = distinct(codes)
    lines = np.bincount(number)
    values = pd.Series(np.asarray(mass.codes)[says]).groupby(number[says]).nunique()
    if (values > 1).any():
        return "amount_mass"
    given = np.bincount(number[says], minlength=len(lines))
    if (lines > 1).any():
        several = lines > 1
        if (given[several] == lines[several]).any() or (given[several] <= 1).all():
            finest = "material" if "material" in fields else whole
            return f"{finest}_mass" if block.headers[place].unit or whole != "component" else f"{whole}_mass"
    if plain:
        return f"{whole}_mass"
    return "" if fields & {"amount", "amount_low", "amount_high"} else "amount_mass"
