"""Figures as they are made: whole matrices of values with bounds, and the one table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.tables import INDICATORS, NONE
from kemkoll.trends.words import MISSING_CODE

Mask = tuple[Any, str]
"""Where something is missing, and its code."""


@dataclass(frozen=True)
class Figure:
    """One indicator for groups × periods, or groups × pairs of periods: arrays of one shape.

    Attributes:
        missing: the number of the code (`words.MISSING_CODE`); 0: there is a value.
    """

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    low: np.ndarray
    high: np.ndarray
    missing: np.ndarray


def ratio(part: Any, whole: Any) -> np.ndarray:
    """The one by the other; not a number where there is nothing to divide by.

    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64))
    made = np.full(part.shape, np.nan)
    np.divide(part, whole, out=made, where=whole > 0)
    return made


def figure(
    value: Any,
    numerator: Any = np.nan,
    denominator: Any = np.nan,
    *,
    low: Any = None,
    high: Any = None,
    missing: Sequence[Mask] = (),
) -> Figure:
    """A figure whose bounds are its value unless they are given, and which is no number where it is missing.

    Args:
        missing: the first that is true of a place says why.

    >>> shares = figure(np.array([0.5, np.nan]), missing=[(np.array([False, True]), "no_articles")])
    >>> shares.value.tolist(), shares.missing.tolist()
    ([0.5, nan], [0, 4])
    """
    value = np.asarray(value, dtype=np.float64)
    why = np.zeros(value.shape, dtype=np.int8)
    for mask, code in reversed(missing):
        why[np.broadcast_to(mask, value.shape)] = MISSING_CODE[code]
    broken = (why == MISSING_CODE["broken"]) | (why == MISSING_CODE["no_base"])
    parts = [_blank(it, broken, value.shape) for it in (numerator, denominator)]
    low, high = value if low is None else low, value if high is None else high
    shown = [_blank(it, why > 0, value.shape) for it in (value, low, high)]
    return Figure(shown[0], parts[0], parts[1], shown[1], shown[2], why)


def _blank(values: Any, where: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    made = np.array(np.broadcast_to(values, shape), dtype=np.float64)
    made[where] = np.nan
    return made


@dataclass(frozen=True)
class Heading:
    """What all figures of a block have in common.

    Attributes:
        names: of the groups: the first dimension of each figure.
        bases, periods: of the periods or pairs: the second.
    """

    reading: str = ""
    weight: str = ""
    grouping: str = ""
    names: Sequence[str] = ("",)
    bases: Sequence[int] = ()
    periods: Sequence[int] = ()

    def alone(self, periods: int) -> Heading:
        """The same for each of so many periods by itself.

        >>> Heading("fixed").alone(2).bases
        [-1, -1]
        """
        return replace(self, bases=[NONE] * periods, periods=list(range(periods)))


@dataclass
class Figures:
    """All figures that have been made."""

    blocks: list[tuple[str, str, Heading, Figure, np.ndarray]] = field(default_factory=list)

    def add(
        self, heading: Heading, indicator: str, unit: str, figure: Figure, coverage: Any = np.nan
    ) -> None:
        """Take in one figure; the coverage stands beside it whatever is missing, unless years do not
        compare.
        """
        covered = np.broadcast_to(np.asarray(coverage, dtype=np.float64), figure.value.shape)
        self.blocks.append((indicator, unit, heading, figure, covered))

    def table(self) -> pd.DataFrame:
        """`INDICATORS`: blocks in the order in which they were added, groups one after the other."""
        sizes = [block[3].value.size for block in self.blocks]
        if not sum(sizes):
            return INDICATORS.empty()
        columns: dict[str, Any] = {
            "indicator": _said([block[0] for block in self.blocks], sizes),
            "unit": _said([block[1] for block in self.blocks], sizes),
        }
        for name in ("reading", "weight", "grouping"):
            columns[name] = _said([getattr(block[2], name) for block in self.blocks], sizes)
        columns["group"] = _groups([block[2] for block in self.blocks])
        for name, of in (("base", "bases"), ("period", "periods")):
            columns[name] = np.concatenate(
                [
                    np.tile(np.asarray(getattr(it, of), dtype=np.int32), len(it.names))
                    for *_, it, _, _ in self.blocks
                ]
            )
        for name in ("value", "numerator", "denominator", "low", "high"):
            columns[name] = np.concatenate([getattr(block[3], name).ravel() for block in self.blocks])
        columns["coverage"] = np.concatenate([block[4].ravel() for block in self.blocks])
        why = np.concatenate([block[3].missing.ravel() for block in self.blocks])
        columns["missing"] = pd.Categorical.from_codes(
            why, categories=pd.Index(["", *MISSING_CODE], dtype=object)
        )
        return INDICATORS.of(sum(sizes), columns)


def _said(words: list[str], sizes: list[int]) -> pd.Categorical:
    codes, texts = pd.factorize(np.array(words, dtype=object))
    return pd.Categorical.from_codes(np.repeat(codes, sizes), categories=pd.Index(texts, dtype=object))


def _groups(headings: list[Heading]) -> pd.Categorical:
    """The group of each row: each of a block's names once for each of its periods."""
    names = list(dict.fromkeys(name for heading in headings for name in heading.names))
    place = {name: number for number, name in enumerate(names)}
    codes = [
        np.repeat(np.array([place[name] for name in it.names], dtype=np.int64), len(it.periods))
        for it in headings
    ]
    return pd.Categorical.from_codes(np.concatenate(codes), categories=pd.Index(names, dtype=object))
