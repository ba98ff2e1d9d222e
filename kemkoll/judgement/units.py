"""What shares are shares of: the article, its components, their materials, and the masses that convert
between them.

A *unit* is that of which a share is declared or limited: an article, a component, or a homogeneous material.
A unit's level says how fine it is (`Basis.level`). Where an article has no declared components it is its own
component: REACH's “article” (C-106/14) is then the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.tables import NO_MASS, NONE, WHOLE, Basis, Declarations, distinct

ARTICLE, COMPONENT, MATERIAL = 0, 1, 2


@dataclass(frozen=True)
class Pairs:
    """Each article in each declaration that speaks of it.

    Attributes:
        declaration, article: row numbers, one for each pair; declaration is `NONE` for an article nobody
            declared.
        of_line, of_component, of_statement, of_material: pair of each line, component, statement, material.
        has_components: whether the declaration names components of the article.
    """

    declaration: np.ndarray
    article: np.ndarray
    of_line: np.ndarray
    of_component: np.ndarray
    of_statement: np.ndarray
    of_material: np.ndarray
    has_components: np.ndarray

    def __len__(self) -> int:
        return len(self.article)

    def number(self, declaration: np.ndarray, article: np.ndarray) -> np.ndarray:
        """The numbers of the pairs of these declarations and articles."""
        wide = int(self.article.max(initial=0)) + 1
        own = pd.Index((self.declaration.astype(np.int64) + 1) * wide + self.article)
        numbers: np.ndarray = own.get_indexer((declaration.astype(np.int64) + 1) * wide + article)
        return numbers


def pairs(declarations: Declarations) -> Pairs:
    """The pairs of declaration and article."""
    tables = (
        declarations.lines, declarations.components, declarations.statements, declarations.materials
    )  # fmt: skip
    declared = np.concatenate([table["declaration"].to_numpy() for table in tables])
    articles = np.concatenate([table["article"].to_numpy() for table in tables])
    silent = np.flatnonzero(np.bincount(articles, minlength=len(declarations.articles)) == 0)
    declared = np.concatenate([declared, np.full(len(silent), NONE)])
    articles = np.concatenate([articles, silent])
    numbers, first = distinct([declared, articles])
    ends = np.cumsum([len(table) for table in tables])
    of_line, of_component, of_statement, of_material, _ = np.split(numbers, ends)
    has = np.zeros(len(first), dtype=bool)
    has[of_component] = True
    return Pairs(declared[first], articles[first], of_line, of_component, of_statement, of_material, has)


def assemblies(components: pd.DataFrame) -> np.ndarray:
    """Whether each component has components of its own; a last value, for no component, is false."""
    inner = np.zeros(len(components) + 1, dtype=bool)
    inner[components["parent"].to_numpy()] = True
    inner[-1] = False
    return inner


def levels(lines: pd.DataFrame, found: Pairs) -> np.ndarray:
    """How fine the unit is that each line's share is of; an article without components is its own
    component.
    """
    by_code = np.array(
        [Basis(text).level if text else ARTICLE for text in lines["basis"].cat.categories], dtype=np.int8
    )
    level = (
        by_code[lines["basis"].cat.codes.to_numpy()] if len(by_code) else np.zeros(len(lines), dtype=np.int8)
    )
    alone = ~found.has_components[found.of_line] & (lines["component"].to_numpy() == NONE)
    return np.where(alone & (level == ARTICLE), COMPONENT, level)


class Masses:
    """The masses of articles, components and materials, as intervals in whole micrograms."""

    def __init__(self, declarations: Declarations) -> None:
        self._article = _interval(declarations.articles)
        self._component = _interval(declarations.components)
        self._material = _interval(declarations.materials)
        self._count = _counts(declarations.components)

    def convert(
        self,
        shares: tuple[np.ndarray, np.ndarray],
        place: tuple[np.ndarray, np.ndarray, np.ndarray],
        level: np.ndarray,
        wanted: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Shares of one unit as shares of the unit around it, or within it, where the masses are known.

        Args:
            shares: low and high, 10⁻¹² kg/kg.
            place: article, component and material of each share (row numbers).
            level: level of the unit that each share is of.
            wanted: level of the unit that it is wanted of.

        Returns:
            Low and high, and whether each share is now of the wanted unit. Low is rounded down, high up;
            exact.
        """
        low, high = shares[0].copy(), shares[1].copy()
        have, want = self.between(place, level, wanted)
        known = (level != wanted) & (have[0] > 0) & (want[0] > 0)
        # a part that weighs more than its whole tells nothing
        known &= np.where(level > wanted, have[0] <= want[1], want[0] <= have[1])
        rows = np.flatnonzero(known)
        if len(rows):
            exact = [array[rows].astype(object) for array in (low, high, *have, *want)]
            low[rows] = np.minimum(exact[0] * exact[2] // exact[5], WHOLE)
            high[rows] = np.minimum(-(-exact[1] * exact[3] // exact[4]), WHOLE)
        return low, high, known | (level == wanted)

    def between(
        self, place: tuple[np.ndarray, np.ndarray, np.ndarray], level: np.ndarray, wanted: np.ndarray
    ) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
        """The masses (least and greatest, µg; `NO_MASS`: nobody says) by which shares are converted: of the
        unit that each share is of, and of the one that it is wanted of.
        """
        per_article = (level == ARTICLE) | (wanted == ARTICLE)
        return self._at(place, level, per_article), self._at(place, wanted, per_article)

    def _at(
        self, place: tuple[np.ndarray, np.ndarray, np.ndarray], level: np.ndarray, per_article: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The mass of the unit of a level at each place, all its pieces in the article together where that is
        asked.
        """
        article, component, material = place
        count = np.where(per_article, _take(self._count, component, 1), 1)
        return tuple(  # type: ignore[return-value]
            np.select(
                [level == ARTICLE, (level == COMPONENT) & (component != NONE), level == MATERIAL],
                [
                    _take(self._article[side], article),
                    _take(self._component[side], component) * count,
                    np.where(material != NONE, _take(self._material[side], material) * count, NO_MASS),
                ],
                _take(self._article[side], article),
            )
            for side in (0, 1)
        )

    def missing(self, declarations: Declarations, found: Pairs) -> np.ndarray:
        """The share of each pair's article that its components' masses leave open; 0 where masses do not
        tell.
        """
        missing = np.zeros(len(found))
        top = declarations.components["parent"].to_numpy() == NONE
        mass = self._component[1].astype(float) * self._count
        total = np.bincount(found.of_component[top], mass[top], minlength=len(found))
        told = np.bincount(found.of_component[top], self._component[0][top] > 0, minlength=len(found))
        number = np.bincount(found.of_component[top], minlength=len(found))
        whole = _take(self._article[0], found.article).astype(float)
        sure = (number > 0) & (told == number) & (whole > 0)
        missing[sure] = np.maximum(0.0, 1.0 - total[sure] / whole[sure])
        return missing


def _interval(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return table["mass_low_ug"].to_numpy(), table["mass_high_ug"].to_numpy()


def _take(values: np.ndarray, rows: np.ndarray, nothing: int = NO_MASS) -> np.ndarray:
    """The values at row numbers, and `nothing` where a row number points nowhere."""
    taken: np.ndarray = np.append(values, nothing)[rows]
    return taken


def _counts(components: pd.DataFrame) -> np.ndarray:
    """How many of each component one article holds: its units times those of what it is part of (1 where
    unsaid).
    """
    units = np.maximum(components["units"].to_numpy(), 1).astype(np.int64)
    parent = components["parent"].to_numpy()
    count: np.ndarray = units.copy()
    above = parent.copy()
    for _ in range(len(components)):
        rows = np.flatnonzero(above != NONE)
        if not len(rows):
            break
        count[rows] *= units[above[rows]]
        above[rows] = parent[above[rows]]
    return count
