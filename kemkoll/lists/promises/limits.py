"""Promises of limits and of what is let off: shares, elements, what they are compared with."""

from __future__ import annotations

from collections.abc import Iterator

from kemkoll.formulas import elements
from kemkoll.lists.folder import Folder
from kemkoll.lists.promises.rows import cells
from kemkoll.tables import Basis, Condition, Measure

WITHOUT_SHARE = (Measure.presence, Measure.release, Measure.released_amine)
"""Measures whose limit may do without a share."""


def whole(folder: Folder) -> Iterator[str]:
    """Every limit has a share above zero, unless its measure needs none; one on release is said in words.

    A share above the whole is no share: a list that has one cannot be read.
    """
    limits = folder.tables["limits"]
    rows = zip(limits["measure"], limits["limit_ppt"], cells(folder, "limits", "limit"), strict=True)
    for traces, (measure, share, (limit, place)) in zip(limits["trace_only"], rows, strict=True):
        if not limit and (measure not in WITHOUT_SHARE or measure == Measure.release or traces):
            yield f"{place}: the limit is empty."
        if limit and not share and measure != Measure.release:
            yield f"{place}: the limit “{limit}” is nothing; a ban of any share is measured by presence."


def measured(folder: Folder) -> Iterator[str]:
    """An element stands where elements are counted; only mixtures have shares of a mixture."""
    limits = folder.tables["limits"]
    rows = zip(limits["basis"], limits["condition"], cells(folder, "limits", "element"), strict=True)
    for measure, (basis, condition, (element, place)) in zip(limits["measure"], rows, strict=True):
        if (measure == Measure.element) != bool(element):
            yield f"{place}: measure {measure} with element “{element}”."
        elif element and elements(element) != {element: 1}:
            yield f"{place}: “{element}” is not an element."
        if basis == Basis.mixture and Condition.chemical_product not in condition.split():
            yield f"{place}: basis mixture needs the condition chemical_product: an article is no mixture."


def let_off(folder: Folder) -> Iterator[str]:
    """What a derogation lets off is a share above zero, and its least is less than its greatest."""
    given = folder.tables["derogations"]
    for words, shares in (("limit", "limit_ppt"), ("floor", "floor_ppt")):
        for share, (text, place) in zip(given[shares], cells(folder, "derogations", words), strict=True):
            if text and not share:
                yield f"{place}: the {words} “{text}” is nothing."
    rows = zip(given["limit_ppt"], given["limit"], cells(folder, "derogations", "floor"), strict=True)
    for least, (share, limit, (floor, place)) in zip(given["floor_ppt"], rows, strict=True):
        if limit and floor and least >= share:
            yield f"{place}: lets off from {floor} on, and not above {limit}: nothing."
