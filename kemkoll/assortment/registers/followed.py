"""Successors, requests, targets and lab results, from a buyer's own files into the database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kemkoll.assortment.registers.reading import Row
from kemkoll.assortment.registers.storing import Storing, Told
from kemkoll.assortment.registers.values import has_unit, is_not_detected
from kemkoll.store import kept
from kemkoll.store.models import LabResult, Request, Successor, Target

_RESULT = (
    "component",
    "cas",
    "name",
    "uncertainty",
    "method",
    "laboratory",
    "accreditation",
    "sample",
    "lot",
    "date",
)
_SAME_RESULT = ("article", "component", "cas", "name", "sample", "lot", "date")
_SAME_REQUEST = ("supplier", "articles", "lists", "sent")
_BELOW = re.compile(r"\s*(<=?|≤|under\b)\s*")


def put_successors(storing: Storing, rows: Sequence[Row]) -> None:
    """Put which article took the place of which."""
    told: list[Told] = []
    for row in rows:
        article = storing.article(row)
        of = row["successor_supplier"] or row["supplier"] or storing.supplier
        successor = storing.find(of, row["successor"])
        if not successor:
            storing.problems.append(row.problem("register-article-unknown", "successor"))
        if article and successor:
            values = {"article": article, "successor": successor} | row.given("kind", "since", "replacing")
            told.append((values, row))
    storing.put(Successor, ["article", "successor"], storing.unique(("article", "successor"), told))


def put_requests(storing: Storing, rows: Sequence[Row]) -> None:
    """Put what suppliers were asked, and when they answered."""
    owners = storing.suppliers(rows)
    told: list[Told] = []
    for row in rows:
        found = []
        for number in row["articles"] or ():
            article = storing.find(row["supplier"], number)
            found += [str(article)] if article else []
            if not article:
                storing.problems.append(row.problem("register-article-unknown", "articles", found=number))
        values = {"supplier": owners[row["supplier"]], "articles": " ".join(found), "lists": row["lists"]}
        told.append((values | row.given("sent", "due", "reminded", "answered", "note"), row))
    made = storing.unique(_SAME_REQUEST, told)
    there = kept.frame(storing.change, Request)
    known = {tuple(it[name] for name in _SAME_REQUEST): it["request"] for it in there.to_dict("records")}
    last = max(known.values(), default=0)
    for values in made:
        key = tuple(values[name] for name in _SAME_REQUEST)
        if key not in known:
            known[key] = last = last + 1
        values["request"] = known[key]
    storing.put(Request, ["request"], made)


def put_targets(storing: Storing, rows: Sequence[Row]) -> None:
    """Put what the organisation has set out to reach."""
    names = ("name", "indicator", "list", "category", "base_year", "base_value", "year", "value", "decision")
    key = ("name", "indicator", "year")
    storing.put(Target, key, storing.unique(key, [(row.given(*names), row) for row in rows]))


def put_lab_results(storing: Storing, rows: Sequence[Row]) -> None:
    """Put what laboratories found."""
    told: list[Told] = []
    for row in rows:
        article = storing.article(row)
        if article and (values := _result(storing, row)):
            told.append(({name: row[name] for name in _RESULT} | values | {"article": article}, row))
    storing.put(LabResult, _SAME_RESULT, storing.unique(_SAME_RESULT, told))


def _result(storing: Storing, row: Row) -> dict[str, Any] | None:
    """The value and the limit of quantification as written, with a unit; None where the value has none."""
    limit = _with_unit(row["quantification"], row["unit"])
    if is_not_detected(row["value"]):
        return {"value": limit, "below": True, "quantification": limit}
    value = _with_unit(row["value"], row["unit"])
    if not has_unit(value):
        storing.problems.append(row.problem("register-value-unreadable", "value", "0,12 % | < 5 mg/kg"))
        return None
    below = _BELOW.match(value)
    shown = value[below.end() :] if below else value
    return {"value": shown, "below": bool(below), "quantification": limit or (shown if below else "")}


def _with_unit(value: str, unit: str) -> str:
    """A figure with the unit beside it, where it has none of its own.

    >>> _with_unit("0,12", "%"), _with_unit("< 5 mg/kg", "%"), _with_unit("", "%")
    ('0,12 %', '< 5 mg/kg', '')
    """
    return f"{value} {unit}".strip() if value and not has_unit(value) else value
