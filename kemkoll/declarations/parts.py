"""Components and materials: which there are, what they are part of, what they weigh."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.declarations.rows import filled, first_in_groups, first_of_each, found_rows, problems_frame
from kemkoll.quantities import Mass, decimal_sign, parse_mass
from kemkoll.tables import COMPONENTS, MATERIALS, NO_MASS, NONE, distinct


@dataclass
class Places:
    """The declaration, article, component and material of each row, as row numbers of their tables."""

    declaration: np.ndarray
    article: np.ndarray
    component: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    material: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def find_components(
    rows: pd.DataFrame, places: Places, found: list[pd.DataFrame]
) -> tuple[np.ndarray, pd.DataFrame]:
    """The component of each row, and the components. One name in one article is one component, unless its
    rows put it
    into different parents.
    """
    number = np.full(len(rows), NONE, dtype=np.int64)
    name, parent = rows["component"].array, rows["parent"].array
    at = np.flatnonzero(filled(name))
    if not len(at):
        return number, COMPONENTS.empty()
    article, names = places.article[at], pd.Series(name[at])
    keys: list[Any] = [article, names]
    if filled(parent).any():
        pair, first = distinct(keys)
        own = parent[at]
        known = first_in_groups(own, pair, len(first))[pair]
        both = np.where(filled(own), np.asarray(own.astype(object)), np.asarray(known.astype(object)))
        keys.append(pd.Series(pd.Categorical(both)))
    number[at], first = distinct(keys)
    size, rest = len(first), number[at]
    low, high = group_masses(rows.iloc[at], "component_mass", rest, size, found)
    made = COMPONENTS.conform(
        pd.DataFrame(
            {
                "declaration": places.declaration[at][first],
                "article": article[first],
                "name": names.array[first],
                "units": _units(first_in_groups(rows["quantity"].array[at], rest, size)),
                "mass_low_ug": low,
                "mass_high_ug": high,
            }
        )
    )
    if len(keys) == 3:
        made["parent"] = _find_parents(rows.iloc[at].iloc[first], made, keys[2].array[first], found)
    return number, made


def _units(column: pd.Categorical) -> np.ndarray:
    """Whole numbers of pieces; -1 where nobody says, or not in pieces."""
    number = re.compile(r"\s*(\d{1,9})(?:[.,]0*)?\s*(st|stk|pcs|pieces|x|ea|each)?\.?\s*")
    found = [number.fullmatch(str(text)) for text in column.categories]
    made: np.ndarray = np.array([int(match[1]) if match else NONE for match in found], dtype=np.int32)[
        column.codes
    ]
    return made


def _find_parents(
    rows: pd.DataFrame, components: pd.DataFrame, parents: pd.Categorical, found: list[pd.DataFrame]
) -> np.ndarray:
    """The row number of each component's parent; one whose parent is not in the file, or is itself, is
    reported.
    """
    article = components["article"].to_numpy()
    numbers: dict[tuple[int, str], int] = {}
    for i, name in enumerate(components["name"]):
        numbers.setdefault((int(article[i]), str(name)), i)
    made = np.full(len(components), NONE, dtype=np.int64)
    lost = []
    for i in map(int, np.flatnonzero(filled(parents))):
        text = str(parents[i])
        if text in (rows["article"].array[i], rows["article_name"].array[i]):
            continue
        made[i] = numbers.get((int(article[i]), text), NONE)
        if made[i] == NONE or _is_circle(made, i):
            made[i] = NONE
            lost.append(
                {
                    "code": "component-unknown",
                    "found": str(components["name"].array[i]),
                    "suggestion": text,
                    "sheet": rows["sheet"].array[i],
                    "row": int(rows["row"].iloc[i]),
                    "column": "parent",
                }
            )
    found += [problems_frame(lost)] if lost else []
    return made.astype(np.int32)


def _is_circle(parents: np.ndarray, start: int) -> bool:
    seen = {start}
    at = int(parents[start])
    while at not in seen and at != NONE:
        seen.add(at)
        at = int(parents[at])
    return at != NONE


def find_materials(
    rows: pd.DataFrame, places: Places, found: list[pd.DataFrame]
) -> tuple[np.ndarray, pd.DataFrame]:
    """The homogeneous material of each row, and the materials: one name in one component is one material."""
    number = np.full(len(rows), NONE, dtype=np.int64)
    at = np.flatnonzero(filled(rows["material"].array))
    if not len(at):
        return number, MATERIALS.empty()
    names = pd.Series(rows["material"].array[at])
    number[at], first = distinct([places.article[at], places.component[at], names])
    low, high = group_masses(rows.iloc[at], "material_mass", number[at], len(first), found)
    return number, MATERIALS.conform(
        pd.DataFrame(
            {
                "declaration": places.declaration[at][first],
                "article": places.article[at][first],
                "component": places.component[at][first],
                "name": names.array[first],
                "mass_low_ug": low,
                "mass_high_ug": high,
            }
        )
    )


def group_masses(
    rows: pd.DataFrame, name: str, group: np.ndarray, size: int, found: list[pd.DataFrame]
) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest mass of each group, in µg; `NO_MASS` where no row gives one. Rows that differ widen
    it.
    """
    column = rows[name].array
    low, high = np.full(size, NO_MASS, dtype=np.int64), np.full(size, NO_MASS, dtype=np.int64)
    if not filled(column).any():
        return low, high
    masses = parse_masses(column)
    wrong = np.array(
        [mass is None and bool(text) for mass, text in zip(masses, column.categories, strict=True)]
    )
    if wrong.any():
        once = first_of_each(wrong[column.codes], column.codes)
        found.append(found_rows("mass-unreadable", once, rows, column, name))
    given = np.array([mass is not None for mass in masses])[column.codes]
    lows = np.array([mass.low_ug if mass else 0 for mass in masses], dtype=np.int64)[column.codes][given]
    highs = np.array([mass.high_ug if mass else 0 for mass in masses], dtype=np.int64)[column.codes][given]
    low[group[given]] = np.iinfo(np.int64).max
    np.minimum.at(low, group[given], lows)
    np.maximum.at(high, group[given], highs)
    return low, high


def parse_masses(column: pd.Categorical) -> list[Mass | None]:
    """The mass that each distinct text of a column gives."""
    texts = [str(text) for text in column.categories]
    sign = decimal_sign(texts)
    return [parse_mass(text, decimal=sign) if text else None for text in texts]
