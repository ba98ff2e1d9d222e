"""From the cells to the finding's numbers, by the functions that judged them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kemkoll.explanation.shape import Addend, Arithmetic, Cells, Conversion, Element, Meaning
from kemkoll.judgement import once
from kemkoll.judgement.contributions import TOLERANCE, amounts, contributions, entry_codes, of_element
from kemkoll.judgement.units import Masses, levels, pairs
from kemkoll.structures import shown
from kemkoll.tables import NONE, Basis, Certainty, headers, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kemkoll.flow import Result

_UNITS = (Basis.article, Basis.component, Basis.homogeneous_material)


class Adding:
    """What was added up for the findings of a result.

    Args:
        result: what was judged; nothing in it is judged again.
    """

    def __init__(self, result: Result) -> None:
        self._result = result
        declarations = result.declarations
        self.found = pairs(declarations)
        self.level = levels(declarations.lines, self.found)
        self.counted, _ = once(declarations)
        self.index, _ = entry_codes(result.law)
        made = contributions(declarations, result.readings, result.hits, self.index, self.counted)
        self._amounts = amounts(declarations, result.law, self.found, self.level, made, self.index)
        self._masses = Masses(declarations)

    def of(self, finding: pd.Series) -> Arithmetic:
        """How the shares of a finding's lines become its own."""
        code = self.index.get_loc((str(finding["list"]), str(finding["entry"])))
        lines = [int(number) for number in str(finding["lines"]).split()]
        made = self._amounts
        own = (made["entry"] == code) & (made["limit"] == finding["limit"]) & made["line"].isin(lines)
        rows = made[own]
        named, sure = self._named(finding)
        if len(rows) and not rows["high"].sum():  # a line that says 0 % was held against the limit alone
            named, sure = "", False
        return Arithmetic(
            addends=tuple(self._addends(rows, finding)),
            added=not bool(rows["unnamed"].any()),
            named=named,
            named_certain=sure,
            low_ppt=int(finding["low_ppt"]),
            high_ppt=int(finding["high_ppt"]),
            basis=str(finding["basis"]),
        )

    def _addends(self, rows: pd.DataFrame, finding: pd.Series) -> list[Addend]:
        if not len(rows):
            return []
        lines = self._result.declarations.lines
        line, wanted = rows["line"].to_numpy(), rows["wanted"].to_numpy()
        certain = rows["certain"].to_numpy()
        low = np.where(certain, lines["low_ppt"].to_numpy()[line], 0)
        high = lines["high_ppt"].to_numpy()[line]
        low, high = of_element(low, high, rows, self._result.law)
        place = tuple(lines[name].to_numpy()[line] for name in ("article", "component", "material"))
        have, want = self._masses.between(place, self.level[line], wanted)
        made = []
        for at, row in enumerate(rows.to_dict("records")):
            masses = tuple((int(side[0][at]), int(side[1][at])) for side in (have, want))
            made.append(
                Addend(
                    self.cells(int(row["line"]), str(finding["list"]), str(finding["entry"])),
                    bool(row["certain"]),
                    str(row["why"]),
                    self._element(
                        {str(key): value for key, value in row.items()}, int(low[at]), int(high[at])
                    ),
                    self._conversion({str(key): value for key, value in row.items()}, masses),
                    int(row["low"]),
                    int(row["high"]),
                )
            )
        return made

    def _element(self, row: dict[str, Any], low: int, high: int) -> Element | None:
        """The step to an element's share; None where the limit counts no element, or the substance is it."""
        limits = self._result.law.limits
        if row["limit"] == NONE or row["share_low"] >= 1:
            return None
        limit = limits.iloc[int(row["limit"])]
        if limit["measure"] != "element":
            return None
        shares = float(row["share_low"]), float(row["share_high"])
        return Element(str(limit["element"]), *shares, TOLERANCE, low, high)

    def _conversion(self, row: dict[str, Any], masses: tuple[tuple[int, int], ...]) -> Conversion | None:
        """The step to another unit; None where the share is of the wanted one already."""
        own, wanted = int(self.level[int(row["line"])]), int(row["wanted"])
        if own == wanted:
            return None
        return Conversion(
            _UNITS[own],
            _UNITS[wanted],
            masses[0],
            masses[1],
            bool(row["at"] == wanted),
            int(row["low"]),
            int(row["high"]),
        )

    def _named(self, finding: pd.Series) -> tuple[str, bool]:
        """The material whose name meets the entry, and whether that is certain."""
        named, material = self._result.hits.named, int(finding["material"])
        if material == NONE or not len(named):
            return "", False
        materials = self._result.declarations.materials
        own = named[
            (named["material"] == material)
            & (named["list"].astype(object) == finding["list"])
            & (named["entry"].astype(object) == finding["entry"])
        ]
        if not len(own) or materials["component"].iloc[material] != finding["component"]:
            return "", False
        return str(materials["name"].iloc[material]), bool((own["certainty"] == Certainty.certain).any())

    def cells(self, line: int, list_: str = "", entry: str = "") -> Cells:
        """A line as written and as read, with the substances it may mean and how they meet an entry."""
        declarations = self._result.declarations
        row = declarations.lines.iloc[line]
        part = {
            name: str(table["name"].iloc[int(row[name])]) if row[name] != NONE else ""
            for name, table in (("component", declarations.components), ("material", declarations.materials))
        }
        return Cells(
            line=line,
            row=int(row["row"]),
            headers=headers(str(row["cells"])),
            low_ppt=int(row["low_ppt"]),
            high_ppt=int(row["high_ppt"]),
            step_ppt=int(row["step_ppt"]),
            basis_assumed=bool(row["basis_assumed"]),
            meanings=tuple(self._meanings(line, list_, entry)),
            why_several=self._why_several(line),
            problems=tuple(self._problems(line)),
            **part,
            **{name: str(row[name]) for name in _TEXTS},
        )

    def _meanings(self, line: int, list_: str, entry: str) -> Sequence[Meaning]:
        readings, hits, evidence = (
            self._result.readings.readings,
            self._result.hits.hits,
            self._result.hits.evidence,
        )
        own = hits[hits["line"] == line]
        met = {
            int(hit["reading"]): evidence.iloc[int(hit["evidence"])]
            for hit in own.to_dict("records")
            if (evidence["list"].iloc[hit["evidence"]], evidence["entry"].iloc[hit["evidence"]])
            == (list_, entry)
        }
        made = []
        for reading in np.flatnonzero(readings["line"].to_numpy() == line):
            substance = self._result.readings.identities.iloc[int(readings["identity"].iloc[reading])]
            by = met.get(int(reading))
            how: dict[str, Any] = {} if by is None else {name: str(by[name]) for name in _HOW}
            known: dict[str, Any] = {name: str(substance[name]) for name in _KNOWN}
            if how.get("matched_by") == "group":
                how["atoms"], how["member"] = shown(known["smiles"], self._rule(list_, entry))
            made.append(Meaning(**known, variable=bool(substance["variable"]), **how))
        return made

    def _rule(self, list_: str, entry: str) -> str:
        """What the rule of a group asks."""
        return str(rows_of(self._result.law.groups, list_, entry)["conditions"].iloc[0])

    def _why_several(self, line: int) -> str:
        readings = self._result.readings.readings
        own = readings["why"].astype(object).to_numpy()[readings["line"].to_numpy() == line]
        return str(own[0]) if len(own) else ""

    def _problems(self, line: int) -> list[tuple[str, str, str, str]]:
        problems = self._result.problems
        own = problems[problems["line"].to_numpy() == line]
        columns = ("code", "found", "suggestion", "column")
        return [tuple(str(row[name]) for name in columns) for row in own.to_dict("records")]  # type: ignore[misc]


_TEXTS = (
    "file",
    "sheet",
    "name",
    "cas",
    "ec",
    "smiles",
    "amount",
    "basis",
    "function",
    "intended",
    "derogation",
)
_KNOWN = ("name", "cas", "ec", "inchikey", "smiles", "formula", "found_by")
_HOW = ("matched_by", "member", "certainty", "why")
