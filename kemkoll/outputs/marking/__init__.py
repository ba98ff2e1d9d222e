"""The supplier's own workbook with the cells marked that have problems, and nothing else changed.

A marked cell has another ground and a comment that says each of its problems; what the cells hold stays as
it is, and proposals stand only in the comments. The parts of the workbook that need no change are copied
byte for byte; in the others only the places that need it are edited. A problem of a row stands at the first
cell of the row that says anything, one of a whole sheet at its first cell, and one of the file at the first
cell of the first sheet that is not hidden.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from xml.parsers.expat import ExpatError

from kemkoll.codes import PROBLEMS
from kemkoll.errors import DeclarationError
from kemkoll.i18n import N_, Translator, translator
from kemkoll.outputs import Target, opened_bytes
from kemkoll.outputs.marking import notes, threads
from kemkoll.outputs.marking.book import Book, Page
from kemkoll.outputs.marking.cells import SheetPart
from kemkoll.outputs.marking.elements import is_utf8
from kemkoll.outputs.marking.looks import Looks, can_be_marked
from kemkoll.outputs.marking.package import OFFICE, Package
from kemkoll.outputs.marking.places import FIRST, Cell, Places
from kemkoll.outputs.rows import look_up, texts
from kemkoll.outputs.words import problem_text
from kemkoll.sheets import look, read_sheets

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.tables import Declarations

__all__ = ["Told", "mark_problems", "why_not"]

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_WORKBOOK = N_(
    "{file} is not an .xlsx workbook. Open it in a spreadsheet program, save it as .xlsx, and mark that."
)
_MACROS = N_("{file} holds macros or is a template. Save it as an .xlsx workbook, and mark that.")
_SIGNED = N_("{file} is signed, and a mark would break the signature. Save a copy without it, and mark that.")
_UNUSUAL = N_(
    "{file} is built in an unusual way. Open it in a spreadsheet program, save it anew, and mark that."
)

Said = dict[Cell, list[str]]
"""What is said at each cell of a sheet."""


def why_not(path: Path) -> str:
    """Why the cells of this file cannot be marked, in English, with `{file}` in it; "" where they can.

    Raises:
        DeclarationError: the file cannot be read at all.
    """
    if look(path).kind != "xlsx":
        return _NO_WORKBOOK
    try:
        with Package(path) as package:
            book = Book(package)
            if package.content_type(book.part) != _WORKBOOK:
                return _MACROS
            if any(name.startswith("_xmlsignatures/") for name in package.names()):
                return _SIGNED
            usual = all(is_utf8(package.read(part)) for part in book.parts())
            return "" if usual and book.pages and can_be_marked(package.read(book.styles)) else _UNUSUAL
    except (KeyError, IndexError, ValueError, ExpatError, zipfile.BadZipFile):
        return _UNUSUAL


class Told(Protocol):
    """What is marked: a result, or what reading alone has found."""

    @property
    def declarations(self) -> Declarations:
        """What the file declares."""

    @property
    def problems(self) -> pd.DataFrame:
        """`tables.PROBLEMS`."""


def mark_problems(result: Told, source: Path | str, target: Target, language: str = "en") -> int:
    """How many problems the marked copy says.

    Args:
        result: what was read or judged; of it, the problems of this one file.
        source: the supplier's workbook, for which `why_not` says nothing.
        target: where the copy goes.
        language: what the comments speak.
    """
    _ = translator(language)
    with Package(Path(source)) as package:
        book = Book(package)
        said = _said(result, Path(source), book, _)
        styles = Looks(package.read(book.styles))
        for page in book.pages:
            if said.get(page.name):
                _mark(package, book, page, styles, said[page.name])
        if said:
            package.put(book.styles, styles.part())
        with opened_bytes(target) as stream:
            package.save(stream)
    return sum(len(each) for cells in said.values() for each in cells.values())


def _said(result: Told, source: Path, book: Book, _: Translator) -> dict[str, Said]:
    """By sheet and cell, what is said there."""
    frame, lines = result.problems, result.declarations.lines
    of_line = {name: look_up(lines[name], frame["line"]) for name in ("file", "sheet", "row")}
    made: dict[str, Said] = {}
    places: dict[str, Places] = {}
    columns = (
        frame["row"],
        *(texts(frame[name]) for name in ("column", "code", "found", "suggestion", "file", "sheet")),
    )
    names = {page.name for page in book.pages}
    try:
        sheets = {sheet.name: sheet for sheet in read_sheets(source)}
    except DeclarationError:  # said as a problem of the file
        sheets = {}
    for i, (row, column, code, found, proposal, file, sheet) in enumerate(zip(*columns, strict=True)):
        if not file and not of_line["file"][i]:
            continue  # about what the buyer asks, not about the file
        name = sheet or of_line["sheet"][i]
        number = int(row) if row > 0 else int(of_line["row"][i] or 0)
        if name not in names:
            name, number = book.first, 0
        if name in sheets and name not in places:
            places[name] = Places(sheets[name])
        cell = places[name].of(number, column, found) if name in places else FIRST
        sentence = problem_text(code, found, proposal, _) + (f" ({code})" if code in PROBLEMS else "")
        made.setdefault(name, {}).setdefault(cell, []).append(sentence)
    return made


def _mark(package: Package, book: Book, page: Page, looks: Looks, said: Said) -> None:
    """Mark the cells of one sheet."""
    from kemkoll.outputs.xlsx import fitting

    texts = {cell: fitting("\n".join(dict.fromkeys(each))) for cell, each in said.items()}
    sheet = SheetPart(package.read(page.part), texts)
    replied = threads.replied(package, book.part, page.part, texts)
    new = _comment(package, page, {cell: text for cell, text in texts.items() if cell not in replied})
    drawing = _draw(package, page, sheet, {cell: texts[cell] for cell in new}) if new else None
    package.put(page.part, sheet.marked(looks.marked, drawing))


def _comment(package: Package, page: Page, texts: Mapping[Cell, str]) -> list[Cell]:
    """The cells that have a comment now and had none."""
    there = package.related(page.part, f"{OFFICE}/comments")
    part = there[0] if there else package.free("xl/comments{}.xml")
    if not there:
        package.relate(page.part, f"{OFFICE}/comments", part)
        package.declare(part, _COMMENTS)
    data, new = notes.commented(package.read(part) if there else notes.EMPTY, texts)
    package.put(part, data)
    return new


def _draw(package: Package, page: Page, sheet: SheetPart, texts: Mapping[Cell, str]) -> str | None:
    """The id of the new drawing with the boxes of the comments; none where the sheet has a drawing."""
    there = package.target(page.part, sheet.drawing) if sheet.drawing else ""
    part = there or package.free("xl/drawings/vmlDrawing{}.vml")
    package.put(part, notes.drawn(package.read(part) if there else notes.EMPTY_DRAWING, texts))
    if there:
        return None
    package.declare(part, _DRAWING)
    return package.relate(page.part, f"{OFFICE}/vmlDrawing", part)
