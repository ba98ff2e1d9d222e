"""Grouped tables: an article, component or material that is written once, above the rows it holds for, and
bills of materials, whose levels say what is part of what.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from kemkoll.declarations.rows import code_of, coded, filled

_LEVELS = (
    ("supplier", "date", "valid_until", "reason"),
    ("article", "article_name", "gtin", "article_mass", "placed_on_market", "conditions"),
    ("component", "parent", "quantity", "component_mass", "complete_down_to"),
    ("material", "material_mass"),
)
"""From coarse to fine. A finer field that is empty beside a coarser one that is not says: none."""


def fill_down(cells: dict[str, pd.Categorical]) -> None:
    """Fill each field of a group from the row that names the group.

    >>> cells = {name: pd.Categorical([""] * 3) for level in _LEVELS for name in level}
    >>> cells["component"] = pd.Categorical(["chip", "", "wire"])
    >>> cells["material"] = pd.Categorical(["silicon", "", ""])
    >>> fill_down(cells)
    >>> cells["component"].tolist(), cells["material"].tolist()
    (['chip', 'chip', 'wire'], ['silicon', 'silicon', ''])
    """
    size = len(cells["component"])
    if not size:
        return
    numbers = np.arange(size)
    opened = np.zeros(size, dtype=bool)  # rows that name a coarser group anew
    for level in _LEVELS:
        leader = {"supplier": "supplier", "article": "article", "component": "component"}.get(
            level[0], "material"
        )
        names = [name for name in level if filled(cells[name]).any()]
        lead = filled(cells[leader]) if leader in names else np.zeros(size, dtype=bool)
        if leader == "article" and not lead.any():
            lead = filled(cells["article_name"]) | filled(cells["gtin"])
        reset = np.maximum.accumulate(np.where(opened | lead, numbers, -1))
        for name in names:
            cells[name] = _carry(cells[name], reset)
        opened |= lead


def _carry(column: pd.Categorical, reset: np.ndarray) -> pd.Categorical:
    says = filled(column)
    if says.all():
        return column
    last = np.maximum.accumulate(np.where(says, np.arange(len(column)), -1))
    codes = np.asarray(column.codes)
    valid = (last >= 0) & (last >= reset)
    return pd.Categorical.from_codes(
        np.where(valid, codes[last], max(code_of(column), 0)), dtype=column.dtype
    )


def find_parents(levels: pd.Categorical, component: pd.Categorical) -> pd.Categorical | None:
    """The parent that the level of each row says: the component of the last row above it that has a lower
    level. A row without a level has that of the row above. None where a level is not a whole number.

    >>> levels, names = pd.Categorical(["1", "2", "2", "1"]), pd.Categorical(["seat", "foam", "felt", "base"])
    >>> find_parents(levels, names).tolist()
    ['', 'seat', 'seat', '']
    """
    known = [re.fullmatch(r"\W*(\d{1,2})(?:[.,]0)?", str(text)) for text in levels.categories]
    if not all(match or not text for match, text in zip(known, levels.categories, strict=True)):
        return None
    numbers = np.arange(len(levels))
    read = np.array([int(match[1]) if match else -1 for match in known])[levels.codes]
    last = np.maximum.accumulate(np.where(read >= 0, numbers, -1))
    level = np.where(last >= 0, read[last], 0)
    above = np.full(len(levels), -1)
    for lower in np.unique(level).tolist():
        reached = np.maximum.accumulate(np.where(level == lower, numbers, -1))
        above = np.where(level > lower, np.maximum(above, reached), above)
    codes = np.where(above >= 0, np.asarray(component.codes)[above] + 1, 0)
    return coded(codes, ["", *map(str, component.categories)])
