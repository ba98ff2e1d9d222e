"""The sheets of the form as a workbook: headers that stay, drop-downs, input checks, a page to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kemkoll.forms.columns import Column
from kemkoll.i18n import N_, Translator
from kemkoll.outputs.worksheet import LINE_HEIGHT, lines_of, pages

LAST_ROW = 5000
"""The last row that drop-downs and checks watch; rows below it are read all the same."""
DAY = "yyyy-mm-dd"
FONT = "Calibri"
_MUST, _MAY = PatternFill("solid", fgColor="1F3864"), PatternFill("solid", fgColor="44546A")
_LINE = Side(style="thin", color="BFBFBF")
_FORMATS = {"date": DAY, "mass": "General", "count": "General"}
_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32  # characters, as spreadsheet programs allow

_CHECKS = {
    "cas": (
        'AND(LEN({0})>6,LEN({0})<13,MID({0},LEN({0})-1,1)="-",MID({0},LEN({0})-4,1)="-",'
        'ISNUMBER(--SUBSTITUTE({0},"-","")))',
        N_("A CAS number looks like 6422-86-2: digits with two hyphens."),
    ),
    "ec": (
        'AND(LEN({0})=9,MID({0},4,1)="-",MID({0},8,1)="-",ISNUMBER(--SUBSTITUTE({0},"-","")))',
        N_("An EC number looks like 229-176-9: digits with two hyphens."),
    ),
    "amount": (
        'OR(ISNUMBER(SEARCH("%",{0})),ISNUMBER(SEARCH("ppm",{0})),ISNUMBER(SEARCH("/kg",{0})))',
        N_("Write the unit too: 15 %, < 0.1 %, 300 ppm or 40 mg/kg."),
    ),
    "gtin": (
        "OR(LEN({0})=8,LEN({0})=12,LEN({0})=13,LEN({0})=14)",
        N_("A GTIN has 8, 12, 13 or 14 digits."),
    ),
    "date": ("AND(ISNUMBER({0}),{0}>18263)", N_("Write the day as 2026-11-22.")),  # after 1949
    "mass": (
        'OR(ISNUMBER({0}),ISNUMBER(SEARCH("g",{0})))',
        N_("Write the mass in grams, as a number, or with its unit: 250 mg."),
    ),
    "count": ("AND(ISNUMBER({0}),{0}>=1,{0}=INT({0}))", N_("Write how many pieces, as a whole number.")),
}
"""Input checks: a formula on the cell, and what is said where it does not hold."""


def draw_sheet(
    sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[str | date]], _: Translator
) -> None:
    """Draw a sheet to fill in: its header in the first row, and the rows that are filled in already."""
    for number, column in enumerate(columns, start=1):
        letters = get_column_letter(number)
        whole = sheet.column_dimensions[letters]
        whole.width = column.width
        whole.number_format = _FORMATS.get(column.check, "@")
        whole.protection = Protection(locked=False)
        _draw_header(sheet.cell(1, number), _(column.title), column)
        sheet.add_data_validation(_validation(column, letters, _))
    for i, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            cell = put(sheet.cell(i, number), value)
            cell.number_format = DAY if isinstance(value, date) else "@"
            cell.protection = Protection(locked=False)
            wrap(cell, columns[number - 1].width)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    _lock(sheet)
    set_page(sheet, [column.width for column in columns])
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = "A:B"


def _draw_header(cell: Any, text: str, column: Column) -> None:
    wrap(put(cell, text), column.width)
    cell.font = Font(name=FONT, bold=True, color="FFFFFF")
    cell.fill = _MUST if column.must else _MAY
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(right=_LINE)
    cell.protection = Protection(locked=True)


def _validation(column: Column, letters: str, _: Translator) -> DataValidation:
    """The drop-down or input check of a column, and what to write, shown beside a chosen cell."""
    made = DataValidation(sqref=f"{letters}2:{letters}{LAST_ROW}")
    made.promptTitle, made.prompt = _(column.title)[:_LONGEST_TITLE], column.told(_)[:_LONGEST_PROMPT]
    if column.choices:
        words = ",".join(_(word) for word in column.choices)
        made.type, made.formula1, made.errorStyle = "list", f'"{words}"', "stop"
        made.error = _("Choose one of the answers in the list.")
    elif column.check:
        formula, said = _CHECKS[column.check]
        made.type, made.formula1, made.errorStyle = "custom", formula.format(f"{letters}2"), "warning"
        made.error = _(said)
    made.allow_blank, made.showInputMessage, made.showErrorMessage = True, True, True
    return made


def _lock(sheet: Any) -> None:
    """Keep the headers from being overwritten by mistake; no password, and rows come and go freely."""
    sheet.protection.sheet = True
    for name in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(sheet.protection, name, False)  # False: allowed


def set_page(sheet: Any, widths: Iterable[int]) -> None:
    """Make the sheet print on as few pages beside each other as can be read, lying, with page numbers.

    Args:
        sheet: the sheet.
        widths: of its columns, in characters.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages(widths), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def wrap(cell: Any, width: int) -> None:
    """Let the text of a cell go on below, in a row that is high enough for it in every program.

    Args:
        cell: the cell.
        width: of its column, in characters.
    """
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    lines = lines_of(str(cell.value), width)
    row = cell.parent.row_dimensions[cell.row]
    row.height = max(row.height or 0, LINE_HEIGHT * lines)


def put(cell: Any, value: str | date) -> Any:
    """The cell with the value in it; a text is a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
