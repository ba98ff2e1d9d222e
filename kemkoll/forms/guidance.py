"""The sheets of the form that explain it: how to fill it in, with an example; each column; each list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.styles import Font, PatternFill

from kemkoll.declarations.guides import MARK, VERSION
from kemkoll.forms.asked import Asked
from kemkoll.forms.columns import ARTICLES, COMPONENTS, CONTENTS, STATEMENTS, Column
from kemkoll.forms.drawing import FONT, put, set_page, wrap
from kemkoll.i18n import N_, Translator, phrase_text

READ_FIRST, EXPLANATIONS = N_("Read this first"), N_("Explanations")
_STEPS = (
    (
        ARTICLES,
        N_(
            "One row for each article that you declare: its number, name, date, and the "
            "questions answered by yes or no."
        ),
    ),
    (
        COMPONENTS,
        N_("One row for each part of an article. Leave the sheet empty if the article is of one piece."),
    ),
    (
        CONTENTS,
        N_(
            "One row for each substance in each material: what it is, its CAS number, how much "
            "of it there is."
        ),
    ),
    (
        STATEMENTS,
        N_(
            "One row for each list that is asked about: choose an answer, also where you "
            "have listed the substances."
        ),
    ),
)
_ADVICE = (
    N_("Write what you know, and leave empty what you do not know: an empty cell is honest, a guess is not."),
    N_(
        "The dark columns are the ones without which a row says little. "
        "Click a cell to see what to write in it."
    ),
    N_("Do not rename sheets or headers. You may add rows, and leave sheets and columns empty."),
    N_("Send the file back as it is, as a workbook, not as a PDF."),
)
_BOLD, _TITLE = Font(name=FONT, bold=True), Font(name=FONT, bold=True, size=16)
_ITALIC, _GREY = Font(name=FONT, italic=True), Font(name=FONT, color="7F7F7F", size=8)
_HEAD, _SHOWN = PatternFill("solid", fgColor="D9E2F3"), PatternFill("solid", fgColor="FFF2CC")
_HOW_TO = (5, 20, 22, 16, 16, 16, 20, 16, 16, 16)
_EXPLAINED = (30, 34, 96, 24)
"""Widths of the columns of the two sheets, in characters."""


def draw_how_to(sheet: Any, columns: Mapping[str, Sequence[Column]], _: Translator) -> None:
    """Draw the first sheet: what to do, in order, and one example that nobody takes for data."""
    _open(sheet, _("Declaration of content: how to fill in the form"), _HOW_TO)
    row = 4
    for number, (name, says) in enumerate(_STEPS, start=1):
        put(sheet.cell(row, 1), f"{number}.")
        put(sheet.cell(row, 2), _(name)).font = _BOLD
        put(sheet.cell(row, 3), _(says))
        row += 1
    row += 1
    for says in _ADVICE:
        put(sheet.cell(row, 2), _(says))
        row += 1
    row += 1
    put(sheet.cell(row, 2), _("EXAMPLE: an invented article. This sheet is not read.")).font = _BOLD
    for name, _says in _STEPS:
        shown = [column for column in columns[name] if column.example]
        put(sheet.cell(row + 1, 2), _(name)).font = _BOLD
        for place, column in enumerate(shown, start=2):
            head = put(sheet.cell(row + 2, place), _(column.title))
            head.font, head.fill = _BOLD, _HEAD
            cell = put(sheet.cell(row + 3, place), _(column.example))
            cell.fill, cell.font, cell.number_format = _SHOWN, _ITALIC, "@"
            for shown_cell in (head, cell):
                wrap(shown_cell, _HOW_TO[place - 1])
        wrap(put(sheet.cell(row + 3, 1), _("Ex.")), _HOW_TO[0])
        sheet.cell(row + 3, 1).font = _ITALIC
        row += 4
    set_page(sheet, _HOW_TO)


def draw_explanations(
    sheet: Any, columns: Mapping[str, Sequence[Column]], lists: Sequence[Asked], _: Translator
) -> None:
    """Draw the sheet that explains each column and each list asked about."""
    _open(sheet, _("What each column means, and each list"), _EXPLAINED)
    row = _heads(sheet, 4, (_("Sheet"), _("Column"), _("What to write"), _("Example")))
    for name, own in columns.items():
        for column in own:
            row = _row(sheet, row, (_(name), _(column.title), _says(column, _), _(column.example)))
    row = _heads(sheet, row + 1, (_("List"), _("Legislation"), _("What it means"), _("Edition")))
    for asked in lists:
        means = " ".join(filter(None, (asked.means, phrase_text(asked.act, _))))
        row = _row(sheet, row, (asked.list, asked.title, means, asked.edition))
    sheet.freeze_panes = "A4"
    set_page(sheet, _EXPLAINED)


def _says(column: Column, _: Translator) -> str:
    if not column.choices:
        return column.told(_)
    choose = _("Choose: {words}.").format(words=", ".join(_(word) for word in column.choices))
    return f"{column.told(_)} {choose}"


def _open(sheet: Any, title: str, widths: Sequence[int]) -> None:
    """The top of a sheet that explains: the mark that it is not read, and its title."""
    put(sheet.cell(1, 1), f"{MARK}{VERSION}").font = _GREY
    put(sheet.cell(2, 1), title).font = _TITLE
    sheet.row_dimensions[2].height = 26
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(65 + number)].width = width
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False


def _heads(sheet: Any, row: int, texts: Sequence[str]) -> int:
    for number, text in enumerate(texts, start=1):
        cell = put(sheet.cell(row, number), text)
        cell.font, cell.fill = _BOLD, _HEAD
    return row + 1


def _row(sheet: Any, row: int, texts: Sequence[str]) -> int:
    for number, text in enumerate(texts, start=1):
        wrap(put(sheet.cell(row, number), text), _EXPLAINED[number - 1])
    return row + 1
