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

    A mass that differs between the lines of one component is the substance's. One that stays the same, or
    stands only in
    the first line of each, is the component's. What neither shows is not used where shares are given.
    """
    fields = {header.field for header in block.headers}
    for i in block.columns("material_mass", "component_mass"):
        if (
            "amount_mass" not in fields
            and fields & SUBSTANCE_FIELDS
            and _differs(block, i, block.headers[i].field)
        ):
            block.headers[i] = Header(block.headers[i].text, "amount_mass", block.headers[i].unit)
            fields.add("amount_mass")
    for i in block.columns("mass"):
        header = block.headers[i]
        whole = next((part for part in ("component", "material", "article") if part in fields), "article")
        field = _whose(block, i, whole, fields) if fields & SUBSTANCE_FIELDS else f"{whole}_mass"
        if any(other.field == field for other in block.headers):
            field = "unused"
        block.headers[i] = Header(header.text, field, header.unit)
        fields.add(field)


def _differs(block: Block, place: int, field: str) -> bool:
    """Whether a column called the mass of a material or component differs between the lines of one."""
    parts = ("article", "component", "material") if field == "material_mass" else ("article", "component")
    unit = units_of(block, parts, block.at)
    if unit is None:
        return False
    mass = take(block.sheet.cells[place].array, block.at)
    says = filled(mass)
    values = pd.Series(np.asarray(mass.codes)[says]).groupby(unit[says]).nunique()
    return bool((values > 1).any())


def units_of(block: Block, parts: tuple[str, ...], at: np.ndarray) -> np.ndarray | None:
    """A number for each article, component or material that the lines belong to, groups filled downwards."""
    groups = [take(block.sheet.cells[place].array, at) for part in parts for place in block.columns(part)[:1]]
    if not groups:
        return None
    starts = np.zeros(len(at), dtype=bool)
    for group in groups:
        starts |= filled(group)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(starts)), 0))
    return distinct([pd.Series(group[first]) for group in groups])[0]


def _whose(block: Block, place: int, whole: str, fields: set[str]) -> str:
    mass = take(block.sheet.cells[place].array, block.at)
    says = filled(mass)
    unit = units_of(block, ("article", "component", "material"), block.at)
    plain = block.headers[place].unit is None and "component" in fields
    if not says.any() or unit is None:
        return (
            f"{whole}_mass"
            if plain or not says.any() or (whole == "article" and says.sum() == 1)
            else "amount_mass"
        )
    if _differs(block, place, "material_mass"):
        return "amount_mass"
    lines = np.bincount(unit)
    given = np.bincount(unit[says], minlength=len(lines))
    several = lines > 1
    if several.any() and ((given[several] == lines[several]).any() or (given[several] <= 1).all()):
        return "material_mass" if "material" in fields and not plain else f"{whole}_mass"
    if plain:
        return f"{whole}_mass"
    return "" if fields & {"amount", "amount_low", "amount_high"} else "amount_mass"
