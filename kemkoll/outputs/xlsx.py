"""The result as a workbook for a spreadsheet program: a cover, and a sheet per table with filters.

Numbers, shares and dates are such; everything else is typed as text, so no cell is ever calculated, whatever
a supplier wrote, and it is marked so that it stays text when somebody edits it. Verdicts have a colour
beside their word. There are no macros, no formulas and no links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from kemkoll import __version__
from kemkoll.i18n import Translator, translator
from kemkoll.outputs import Target, opened_bytes, workbook
from kemkoll.outputs.cover import cover, cut_text, shown
from kemkoll.outputs.csv import defused
from kemkoll.outputs.document import SCHEMA
from kemkoll.outputs.worksheet import LINE_HEIGHT, NAME, Judged, Share, Sheet, Value, lines_of, pages

if TYPE_CHECKING:
    from openpyxl import Workbook

    from kemkoll.flow import Result

SUFFIX = ".xlsx"
BINARY = True
MOST_ROWS = 1_048_576
"""Rows of a sheet, its headings among them: spreadsheet programs take no more."""
MOST_CHARACTERS = 32_767
"""Characters of a cell: spreadsheet programs take no more."""

COLOURS = {
    "not_listed": ("C6EFCE", "005000"),
    "not_applicable": ("EDEDED", "404040"),
    "below_limit": ("E2EFDA", "2F4A1E"),
    "exempt": ("DDEBF7", "1F4E78"),
    "listed": ("E4DFEC", "4B2273"),
    "unknown": ("FFF2CC", "5C4500"),
    "review": ("FFD966", "4A3700"),
    "above_limit": ("FFC7CE", "8A0006"),
}
"""Of each verdict: the ground, and what is written on it."""
_HEAD, _WARNING = ("1F3A4D", "FFFFFF"), ("FFD966", "4A3700")
_WHOLE_ROW = ("title", "note", "warning", "heading")
_COVER_WIDTHS = (30, 68, 14, 14, 14)
_HEIGHTS = {"title": 26, "note": 18, "heading": 26}
"""Of the cover's rows that stand over all columns, in points: not every program sees to that."""
_LONG = 400  # characters: longer texts are not wrapped, a row would fill the screen
_EDITED_AS_TEXT = 255  # characters: older programs show no more of a cell in the format for texts
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write(result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
    """Write the workbook; `all_lines` puts every line of the suppliers on its sheet."""
    _ = translator(language)
    tables = list(workbook.sheets(result, _, all_lines=all_lines))
    title = _("Verdicts on chemical content, {on}").format(on=result.on)
    write_book(target, title, language, list(cover(result, tables, MOST_ROWS - 1, _)), tables)


def write_book(
    target: Target,
    title: str,
    language: str,
    about: Sequence[tuple[str, Sequence[Value]]],
    tables: Sequence[Sheet],
) -> None:
    """Write a workbook of sheets behind a cover.

    Args:
        target: where to.
        title: what it is called.
        language: of its texts.
        about: the rows of the cover, each with its kind: `title`, `note`, `warning`, `heading`, `head`,
            `fact`, `count`, `row`.
        tables: the sheets.
    """
    from openpyxl import Workbook

    _ = translator(language)
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.language = _.language
    book.properties.creator = f"kemkoll {__version__}"
    book.properties.category = SCHEMA  # by which it is told from a declaration
    _write_cover(book, _("About"), about)
    for sheet in tables:
        _write_sheet(book, sheet, _)
    with opened_bytes(target) as stream:
        book.save(stream)


def escaped(text: str) -> str:
    r"""The text as a workbook holds it: what XML cannot carry is written as its number.

    >>> escaped("a\x0bb\r"), escaped("_x0041_"), escaped(" ")
    ('a_x000B_b_x000D_', '_x005F_x0041_', '_x0020_')
    """
    made = _ESCAPED.sub(lambda met: f"_x{ord(met[0]):04X}_", text)
    if made and not made.strip():
        made = f"_x{ord(made[0]):04X}_{made[1:]}"
    return made


def fitting(text: str) -> str:
    """The text as a workbook holds it, cut with “…” where it is longer than a cell.

    >>> len(fitting("x" * 40_000)), fitting("x" * 40_000)[-1]
    (32767, '…')
    """
    made = escaped(text)
    if 2 * len(made) <= MOST_CHARACTERS or _length(made) <= MOST_CHARACTERS:
        return made
    while _length(made) >= MOST_CHARACTERS:
        text = text[: min(len(text) - 1, len(text) * (MOST_CHARACTERS - 1) // _length(made))]
        made = escaped(text)
    return f"{made}…"


def _length(text: str) -> int:
    """How many characters a spreadsheet program counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def decimals(share: Share) -> int:
    """How many decimals of its percentage matter: it never seems to be at its limit or across it.

    >>> decimals(Share(15 * 10**10)), decimals(Share(10**9)), decimals(Share(12345678901))
    (0, 1, 3)
    >>> decimals(Share(1000012345, 10**9))
    6
    """
    zeros = len(str(share.ppt)) - len(str(share.ppt).rstrip("0"))
    exact = max(0, 10 - zeros) if share.ppt else 0
    if len(str(share.ppt)) - zeros <= 6:
        return exact
    for places in range(max(0, 14 - len(str(share.ppt))), exact):
        place: int = 10 ** (10 - places)
        rounded = (share.ppt + place // 2) // place * place
        bounds = (share.limit_ppt, 0, 10**12)
        if all(bound is None or _side(rounded, bound) == _side(share.ppt, bound) for bound in bounds):
            return places
    return exact


def _side(share: int, bound: int) -> int:
    return (share > bound) - (share < bound)


class _Pen:
    """Makes the cells of one sheet; each look is put together once."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._looks: dict[tuple[Any, ...], Any] = {}

    def cell(self, value: Value, kind: str = "row", *, wrapped: bool = False) -> Any:
        """The cell of a value; text is text whatever it begins with.

        Args:
            value: what it holds.
            kind: `row`, or one of the cover's kinds of rows.
            wrapped: whether a long text goes on below.
        """
        from openpyxl.cell import WriteOnlyCell

        if value is None or value == "":
            return None
        number_format, quoted, code = "General", False, ""
        held: Any = value
        if isinstance(value, Share):
            held, number_format = value.ppt / 1e12, f"0.{'0' * decimals(value)}%".replace(".%", "%")
        elif isinstance(value, date):
            number_format = "yyyy-mm-dd"
        elif isinstance(value, Judged):
            code, held = value
        if isinstance(held, str):
            quoted = defused(held) != held
            wrapped = wrapped and len(held) <= _LONG
            number_format = "@" if len(held) <= _EDITED_AS_TEXT else "General"
            held = fitting(held)
        cell: Any = WriteOnlyCell(self._page, held)
        if isinstance(held, str):
            cell.data_type = "s"
        key = (kind, number_format, quoted, wrapped, code)
        if key not in self._looks:
            self._looks[key] = _look(self._page, *key)
        cell._style = self._looks[key]
        return cell


def _look(page: Any, kind: str, number_format: str, quoted: bool, wrapped: bool, code: str) -> Any:
    """How a cell of a kind looks."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    colours = COLOURS.get(code) or {"head": _HEAD, "warning": _WARNING}.get(kind)
    cell: Any = WriteOnlyCell(page)
    cell.font = Font(
        name="Calibri",
        size={"title": 16, "heading": 13}.get(kind, 11),
        bold=kind in ("title", "heading", "head", "warning", "label") or code in ("above_limit", "review"),
        color=f"FF{colours[1]}" if colours else None,
    )
    if colours:
        cell.fill = PatternFill("solid", fgColor=f"FF{colours[0]}")
    cell.alignment = Alignment(
        vertical={"head": "center", "warning": "center", "heading": "bottom"}.get(kind, "top"),
        horizontal="left" if kind in ("fact", "count") else None,
        wrap_text=wrapped or kind in ("head", "warning", "fact"),
    )
    cell.number_format = number_format
    cell.quotePrefix = quoted
    return cell._style


def _page(book: Workbook, title: str, widths: Sequence[int]) -> Any:
    """An empty sheet that prints on as few pages beside each other as can be read."""
    from openpyxl.utils import get_column_letter

    page: Any = book.create_sheet(title)
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = pages(widths), 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return page


def _write_cover(book: Workbook, title: str, rows: Sequence[tuple[str, Sequence[Value]]]) -> None:
    page = _page(book, title, _COVER_WIDTHS)
    pen, breadth = _Pen(page), sum(_COVER_WIDTHS)
    for number, (kind, cells) in enumerate(rows, 1):
        if kind in _WHOLE_ROW:
            page.merged_cells.add(f"A{number}:E{number}")
        if kind == "warning":  # a merged cell has no height of its own
            page.row_dimensions[number].height = 4 + LINE_HEIGHT * lines_of(str(cells[0]), breadth)
        elif kind in _HEIGHTS:
            page.row_dimensions[number].height = _HEIGHTS[kind]
        elif kind in ("fact", "row", "head"):
            _heighten(page, number, cells, _COVER_WIDTHS[: len(cells)])
        kind = "count" if kind == "row" else kind  # numbers below their heading, not at the next column
        kinds = ["label", *[kind] * (len(cells) - 1)] if kind == "fact" else [kind] * len(cells)
        page.append([pen.cell(value, own, wrapped=True) for value, own in zip(cells, kinds, strict=True)])


def _write_sheet(book: Workbook, sheet: Sheet, _: Translator) -> None:
    from openpyxl.utils import get_column_letter

    most, widths = MOST_ROWS - 1, list(sheet.columns.values())
    count = shown(sheet, most)
    page = _page(book, sheet.title, widths)
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    if page.page_setup.fitToWidth > 1:
        page.print_title_cols = "A:A"
    page.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{count + 1}"
    pen = _Pen(page)
    _heighten(page, 1, [*sheet.columns], widths)
    page.append([pen.cell(heading, "head") for heading in sheet.columns])
    wrapped = [width if width >= NAME else 0 for width in widths]
    for number, values in enumerate(islice(sheet.rows, count), 2):
        _heighten(page, number, values, wrapped)
        cells = zip(values, wrapped, strict=True)
        page.append([pen.cell(value, wrapped=width > 0) for value, width in cells])
    if count < sheet.size:
        page.append([pen.cell(cut_text(sheet, most, _), "warning")])


def _heighten(page: Any, number: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    """Make a row as high as its texts that go on below: not every program sees to that.

    Args:
        page: the sheet.
        number: of the row, from 1.
        values: what its cells hold.
        widths: of the columns in which texts go on below, in characters; 0 for the others.
    """
    lines = max(
        (
            lines_of(value, width)
            for value, width in zip(values, widths, strict=True)
            if width and isinstance(value, str) and len(value) <= _LONG
        ),
        default=1,
    )
    if lines > 1:
        page.row_dimensions[number].height = LINE_HEIGHT * lines
