"""A buyer's own file as rows of values, and everything in it that could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kemkoll.assortment.registers.columns import Column, Heading, Kind, parse_heading
from kemkoll.assortment.registers.values import is_personal_number
from kemkoll.errors import DeclarationError
from kemkoll.identifiers import read_numbers
from kemkoll.sheets import Sheet, read_sheets
from kemkoll.tables import problem

_SEARCHED = 60
"""Rows of a sheet in which the header row is looked for."""
_SILENT = re.compile(
    r"[-–—]+|n/?a|#n/?a|#saknas!|(uppgift )?saknas|okän[dt]|unknown|not known|ej angiv(en|et)|not given",
    re.IGNORECASE,
)
_SUM = re.compile(r"(del)?summa|totalt?|sum|grand total|subtotal", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row of a file.

    Attributes:
        values: of each column that the file has and whose cell was read; what is empty is there, empty.
        volumes: for each year what was bought: columns of `Volume`.
        place: its sheet and row.
        headers: the header of each column, as written.
        cells: each cell as written.
    """

    values: dict[str, Any]
    volumes: dict[int, dict[str, int]]
    place: Mapping[str, Any]
    headers: Mapping[str, str]
    cells: Mapping[str, str]
    personal: bool = False

    def __getitem__(self, name: str) -> Any:
        """The value of a column; "" for one that the file does not have."""
        return self.values.get(name, "")

    def given(self, *names: str) -> dict[str, Any]:
        """The values of some columns, without those that the file does not have or that could not be read."""
        return {name: self.values[name] for name in names if name in self.values}

    def problem(
        self, code: str, column: str, suggestion: str = "", found: str | None = None
    ) -> dict[str, Any]:
        """A problem of a cell of this row."""
        said = self.cells.get(column, "") if found is None else found
        header = self.headers.get(column, "")
        return problem(code, found=said, suggestion=suggestion, column=header, **self.place)


@dataclass
class Register:
    """What a file says.

    Attributes:
        rows: those that say what they are about.
        problems: rows of `tables.PROBLEMS`, without the file.
    """

    kind: Kind
    rows: list[Row] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


def read_register(file: str, kind: Kind) -> Register:
    """What a buyer's own file says.

    Raises:
        DeclarationError: the file cannot be read, holds no table of this kind, or no row under its header.
    """
    return read_rows(read_sheets(Path(file)), kind, file)


def read_rows(sheets: Sequence[Sheet], kind: Kind, file: str) -> Register:
    """The same of the file's sheets."""
    made = Register(kind)
    filled = [sheet for sheet in sheets if len(sheet.cells)]
    if not filled:
        raise DeclarationError("{file} is empty: no cell says anything.", "file-empty", file=file)
    tables = [(sheet, *_find_header(sheet, kind)) for sheet in filled]
    if all(headings is None for _, _, headings in tables):
        raise _no_table([_best(sheet, kind)[1] for sheet in filled], kind, file)
    under = 0
    for sheet, at, headings in tables:
        if headings is None:
            place: dict[str, Any] = {"sheet": sheet.name, "row": int(sheet.cells.index[0])}
            made.problems.append(problem("table-unused", found="it has no header row", **place))
            continue
        under += len(sheet.cells) - at - 1
        _read_sheet(made, sheet, at, headings)
    if not under:
        raise DeclarationError(
            "{file} is empty: there is a header row, and no row under it.", "file-empty", file=file
        )
    return made


def _find_header(sheet: Sheet, kind: Kind) -> tuple[int, list[Heading] | None]:
    """Where the header row of a sheet stands, and what it says; None: it has none."""
    at, headings = _best(sheet, kind)
    return (at, None) if _missing(headings, kind) else (at, headings)


def _best(sheet: Sheet, kind: Kind) -> tuple[int, list[Heading]]:
    """The row that has most of the kind's columns."""
    top = sheet.cells.head(_SEARCHED).astype(object).to_numpy().tolist()
    read = [[parse_heading(text, kind) for text in row] for row in top]
    known = [len({it.column.name for it in row if it.column}) for row in read]
    whole = [count - 100 * bool(_missing(row, kind)) for count, row in zip(known, read, strict=True)]
    at = whole.index(max(whole))
    return at, read[at]


def _missing(headings: Sequence[Heading], kind: Kind) -> list[Column]:
    """The columns that a header row lacks, one for each key that none is there of."""
    there = {it.column.name for it in headings if it.column}
    return [kind.column(names[0]) for names in kind.keys if not there & set(names)]


def _no_table(best: Sequence[Sequence[Heading]], kind: Kind, file: str) -> DeclarationError:
    missing = min((_missing(headings, kind) for headings in best), key=len)
    names = ", ".join(f"{it.headers[0]} ({it.headers[1]})" for it in missing)
    return DeclarationError(
        "{file} holds no table of the kind {kind}: no header row has the columns {missing}.",
        "register-no-table",
        file=file,
        kind=kind.name,
        missing=names,
        reason=names,
    )


def _read_sheet(made: Register, sheet: Sheet, at: int, headings: Sequence[Heading]) -> None:
    """Read the rows under a header row, into the register."""
    header_row = int(sheet.cells.index[at])
    used: dict[int, Heading] = {}
    for place, heading in enumerate(headings):
        met = {(it.column, it.year) for it in used.values()}
        if not heading.text:
            continue
        code = "column-unknown" if not heading.column else "column-repeated"
        if not heading.column or (heading.column, heading.year) in met:
            said: dict[str, Any] = {"sheet": sheet.name, "row": header_row, "column": heading.text}
            made.problems.append(problem(code, found=heading.text, **said))
        else:
            used[place] = heading
    cells = sheet.cells.iloc[at + 1 :].astype(object)
    end = 1 + max(place for place, heading in enumerate(headings) if heading.text)
    for number, texts in zip(cells.index.tolist(), cells.to_numpy().tolist(), strict=True):
        written = {place: _said(str(texts[place])) for place in used}
        if any(written.values()) and (row := _Reader(made, sheet, int(number), used, written).row()):
            made.rows.append(row)
        if outside := " | ".join(filter(None, texts[end:])):
            at_row: dict[str, Any] = {"sheet": sheet.name, "row": int(number)}
            made.problems.append(problem("register-cell-outside", found=outside, **at_row))


def _said(text: str) -> str:
    """What a cell says; "" also for one that says that nothing is known."""
    plain = text.replace("\0", "").strip()
    return "" if _SILENT.fullmatch(plain) else plain


class _Reader:
    """Reads one row."""

    def __init__(
        self,
        made: Register,
        sheet: Sheet,
        number: int,
        used: Mapping[int, Heading],
        written: Mapping[int, str],
    ) -> None:
        self._made, self._sheet, self._number, self._used = made, sheet, number, used
        self._written = written
        names = {place: it.column.name for place, it in used.items() if it.column}
        self._place: dict[str, Any] = {"sheet": sheet.name, "row": number}
        plain = {place: name for place, name in names.items() if not used[place].year}
        headers = {name: used[place].text for place, name in plain.items()}
        cells = {name: written[place] for place, name in plain.items()}
        self._row = Row({}, {}, self._place, headers, cells)
        self._bad: set[str] = set()

    def row(self) -> Row | None:
        """The row; None for one that does not say what it is about, and for sums."""
        if self._is_sum():
            said = " | ".join(filter(None, self._written.values()))[:200]
            self._made.problems.append(problem("row-unused", found=said, **self._place))
            return None
        wide: dict[int, dict[str, int]] = {}
        personal = False
        for place, heading in self._used.items():
            text, column = self._written[place], heading.column
            if column is None:
                continue
            if column.name == "organisation_number" and self._is_personal(text):
                self._say(heading, "register-personal-number", "******-****")
                personal = True
            elif (value := self._value(place, heading, text)) is not None:
                if heading.year and text:
                    wide.setdefault(heading.year, {})[column.name] = value
                elif not heading.year:
                    self._row.values[column.name] = value
        made = Row(
            self._row.values, self._volumes(wide), self._place, self._row.headers, self._row.cells, personal
        )
        return made if self._has_keys(made) else None

    def _is_sum(self) -> bool:
        """Whether the row sums up others: it says so in place of a number, or has none."""
        cells = [self._row.cells.get(name, "") for name in self._made.kind.keys[0]]
        says = any(_SUM.fullmatch(text.strip(" :")) for text in self._written.values())
        return says and (not any(cells) or any(_SUM.fullmatch(text.strip(" :")) for text in cells))

    def _is_personal(self, text: str) -> bool:
        parse = self._made.kind.column("organisation_number").parse
        return bool(text) and is_personal_number(text) and parse(text) is None

    def _say(self, heading: Heading, code: str, found: str, suggestion: str = "") -> None:
        said: dict[str, Any] = {"found": found, "suggestion": suggestion, "column": heading.text}
        self._made.problems.append(problem(code, **said, **self._place))
        self._bad |= {heading.column.name} if heading.column else set()

    def _value(self, place: int, heading: Heading, text: str) -> Any:
        """The value of a cell; None for one that cannot be read, which is then said."""
        column = heading.column
        if column is None:
            return None
        if (self._number, place) in self._sheet.formulas:
            self._say(heading, "formula-unsaved", text)
            return None
        if not text:
            return column.blank
        if column.units:
            point = text in self._sheet.figures.get(place, ())
            value = column.parse(text, heading.unit, point=point)
        else:
            value = column.parse(text)
        if value is None:
            self._say(heading, column.code, text, _suggestion(column, text))
        return value

    def _volumes(self, wide: dict[int, dict[str, int]]) -> dict[int, dict[str, int]]:
        """What was bought, by year: of columns that name a year, and of those beside a column of years."""
        values = self._row.values
        own = {name: values.pop(name) for name in ("spend_ore", "quantity", "mass_g") if name in values}
        year = (
            values.pop("year", None)
            if any(it.name == "spend_ore" for it in self._made.kind.columns)
            else None
        )
        given = {name: value for name, value in own.items() if value >= 0}
        if given and year is None and "year" not in self._bad:
            name = next(iter(given))
            self._made.problems.append(self._row.problem("register-key-missing", name, "År (Year)"))
        elif year is not None:
            wide = wide | {year: wide.get(year, {}) | own}
        return wide

    def _has_keys(self, row: Row) -> bool:
        """Whether the row says what it is about; it is said where it does not."""
        lacks = [names for names in self._made.kind.keys if not _has(row, names)]
        for names in lacks:
            if self._bad & set(names):
                continue  # that it could not be read has been said
            column = self._made.kind.column(names[0])
            there = next((row.headers[name] for name in names if name in row.headers), column.headers[0])
            said: dict[str, Any] = {
                "suggestion": f"{column.headers[0]} ({column.headers[1]})",
                "column": there,
            }
            self._made.problems.append(problem("register-key-missing", **said, **self._place))
        return not lacks


def _has(row: Row, names: tuple[str, ...]) -> bool:
    return any(row.values.get(name) for name in names) or ("year" in names and bool(row.volumes))


def _suggestion(column: Column, text: str) -> str:
    """What may have been meant by a cell that cannot be read, or what it may look like."""
    if column.name == "cas":
        return " | ".join(it for fault in read_numbers(text).faults for it in fault.candidates)
    return column.hint
