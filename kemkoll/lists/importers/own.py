"""A list of one's own, such as a region's phase-out list: a plain table in Swedish or English.

Every row is a substance or a criterion, for all uses or for some. What is not understood is the writer's to
correct: such a list is not taken over before it is right.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, numbers_of, says, title_of
from kemkoll.lists.importers.export import LIMIT, MEMBER, Export, build
from kemkoll.lists.importers.own_words import (
    HEADERS,
    basis_of,
    conditions_of,
    criteria_of,
    limit_of,
    severity_of,
)
from kemkoll.lists.importers.source import Source
from kemkoll.tables import PROBLEMS, problem

NAME = "a list of one’s own"
_TELLING = {"criterion", "severity", "use", "limit", "end"}
"""Columns that no list of substances has by chance."""
_SEVERITY = {"phase_out": "to be phased out", "restrict": "to be restricted"}


def recognises(source: Source) -> bool:
    """Whether the file has names with numbers or criteria, and nothing but the columns of such a list.

    Unknown columns are accepted where a telling one is there: they are problems, and not used.
    """
    table = _table(source)
    if table is None:
        return False
    known = set(table.attrs["known"])
    return bool(known & {"cas", "ec", "criterion"}) and (
        not table.attrs["unknown"] or len(known & _TELLING) >= 2
    )


def read(source: Source) -> Export:
    """The list as written: numbers and criteria as members, limits by severity, use and end date."""
    table = _table(source)
    assert table is not None
    rows = _Rows(table, str(source.path))
    lines = pd.DataFrame(
        {
            "key": rows.keys,
            "official": table["official"].map(says),
            "name": table["name"].where(table["name"].map(says) != "", table["criterion"]),
            "name_sv": table["name_sv"].map(says),
            "cas": table["cas"],
            "ec": table["ec"],
            "reason": rows.reasons,
            "published": rows.since,
            "since": rows.since,
            "reference": table["reference"].map(says),
            "row": table["row"],
            "sheet": table["sheet"],
        }
    )
    bare = lines.loc[~lines["key"].isin({row["key"] for row in rows.limits} | {""}), "key"].nunique()
    notes = [
        (
            N_("Entries without a limit: {n}. They are reported where they are found, and break nothing."),
            {"n": bare},
        )
    ]
    return build(
        re.sub(r"[^a-z0-9]+", "-", title_of(source.path.stem).casefold()).strip("-") or "own-list",
        N_("a list of your own"),
        lines,
        file=str(source.path),
        limits=pd.DataFrame(rows.limits, columns=[*LIMIT], dtype=object),
        members=pd.DataFrame(rows.members, columns=[*MEMBER], dtype=object),
        problems=PROBLEMS.conform(pd.DataFrame(rows.problems)) if rows.problems else PROBLEMS.empty(),
        notes=notes if bare else [],
        sets_limits=True,
    )


def _table(source: Source) -> pd.DataFrame | None:
    by_name = source.table(HEADERS, "name")
    return by_name if by_name is not None else source.table(HEADERS, "criterion")


class _Rows:
    """The rows as they are read: a list of one's own has hundreds, and each has its own problems."""

    def __init__(self, table: pd.DataFrame, file: str) -> None:
        self.file = file
        self.headers: dict[str, str] = table.attrs["known"]
        self.keys: list[str] = []
        self.reasons: list[str] = []
        self.since: list[str] = []
        self.limits: list[dict[str, str]] = []
        self.members: list[dict[str, Any]] = []
        self.problems: list[dict[str, Any]] = [
            problem("column-unknown", found=header, file=file, column=header) | {"row": -1}
            for header in table.attrs["unknown"]
        ]
        for row in table.to_dict("records"):
            self._read(row)

    def _read(self, row: dict[Any, Any]) -> None:
        name, criterion = title_of(row["name"]), says(row["criterion"])
        number = next((found.value for found in numbers_of(f"{row['cas']}\n{row['ec']}") if found.kind), "")
        key = number or criterion or name
        criteria = criteria_of(criterion) if criterion else []
        if criterion and not criteria:
            self._bad("criterion-unreadable", row, "criterion", "eu-clp-cmr?Repr. 1A")
        for value in criteria:
            title = name or criterion
            self.members.append(
                {"key": key, "kind": "list", "value": value, "name_en": title, "row": row["row"]}
            )
        severity = severity_of(row["severity"])
        if severity is None:
            self._bad("severity-unreadable", row, "severity", "phase_out | restrict")
        end = self._day(row, "end")
        self.keys.append(key if name or criterion else "")
        self.since.append(self._day(row, "since"))
        self.reasons.append(_reason(severity or "", end, says(row["reason"])))
        self._limit(row, key, severity or "", end)

    def _limit(self, row: dict[Any, Any], key: str, severity: str, end: str) -> None:
        found, conditions, basis = limit_of(row["limit"]), conditions_of(row["use"]), basis_of(row["basis"])
        if found is None:
            self._bad("limit-unreadable", row, "limit", "0.1 %")
        if conditions is None:
            self._bad("condition-unreadable", row, "use", "textile")
        if basis is None:
            self._bad("basis-unreadable", row, "basis", "component")
        if not found or not found[2] or conditions is None or basis is None:
            return
        limit, operator, measure = found
        for condition in conditions:
            for force, since, until in _periods(severity, self.since[-1], end):
                self.limits.append(
                    {
                        "key": key,
                        "limit": limit,
                        "operator": operator,
                        "basis": basis,
                        "measure": measure,
                        "condition": condition,
                        "force": force,
                        "since": since,
                        "until": until,
                        "reference": says(row["reference"]),
                    }
                )

    def _day(self, row: dict[Any, Any], column: str) -> str:
        said = says(row[column])
        day = date_of(said)
        if said and not day:
            self._bad("date-unreadable", row, column)
        return day

    def _bad(self, code: str, row: dict[Any, Any], column: str, suggestion: str = "") -> None:
        self.problems.append(
            problem(
                code,
                found=str(row[column]),
                suggestion=suggestion,
                file=self.file,
                column=self.headers.get(column, column),
            )
            | {"row": row["row"], "sheet": row["sheet"]}
        )


def _reason(severity: str, end: str, reason: str) -> str:
    """What is asked, and why.

    >>> _reason("phase_out", "2027-12-31", "PBT"), _reason("", "", "")
    ('to be phased out by 2027-12-31: PBT', 'on the list')
    """
    asked = _SEVERITY.get(severity, "") + (f" by {end}" if severity and end else "")
    return ": ".join(filter(None, (asked, reason))) or "on the list"


def _periods(severity: str, since: str, end: str) -> list[tuple[str, str, str]]:
    """Force, first and last day of a limit: a phase-out is watched until its last day, and then a breach.

    >>> _periods("phase_out", "2026-01-01", "2027-12-31")
    [('watch', '2026-01-01', '2027-12-31'), ('', '2028-01-01', '')]
    >>> _periods("restrict", "2026-01-01", "")
    [('watch', '2026-01-01', '')]
    """
    if severity == "restrict":
        return [("watch", since, "")]
    if not end:
        return [("", since, "")]
    after = str(date.fromisoformat(end) + timedelta(1))
    return [("watch", since, end), ("", after, "")]
