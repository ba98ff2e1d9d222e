"""The form that a supplier fills in: a workbook that explains itself, and that kemkoll reads back.

Its sheets and columns are what the readers of `declarations` understand (`columns`); how they look is in
`drawing`, what they explain in `guidance`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kemkoll.forms.asked import Asked, asked_lists
from kemkoll.i18n import translator

if TYPE_CHECKING:
    from openpyxl import Workbook

    from kemkoll.tables import Law

__all__ = ["Asked", "asked_lists", "make_form", "write_form"]
NAME = "kemkoll_form"
"""The name of the cell, and of the document property, that holds the form's version."""


def write_form(path: Path | str, law: Law, language: str) -> None:
    """Write the form that asks about the lists of the law.

    Raises:
        OSError: the file cannot be written.
        ListError: a list cannot be read.
    """
    make_form(law, language).save(path)


def make_form(law: Law, language: str) -> Workbook:
    """The form that asks about the lists of the law, empty but for the lists to answer for.

    >>> from kemkoll.lists import load_lists
    >>> make_form(load_lists(["eu-rohs"]), "sv").sheetnames
    ['Läs detta först', 'Varor', 'Beståndsdelar', 'Innehåll', 'Intyg', 'Förklaringar']
    """
    from openpyxl import Workbook

    from kemkoll.forms.columns import STATEMENTS, sheets
    from kemkoll.forms.drawing import draw_sheet
    from kemkoll.forms.guidance import EXPLANATIONS, READ_FIRST, draw_explanations, draw_how_to

    _ = translator(language)
    lists = asked_lists(law, _.language)
    columns = sheets(law)
    book = Workbook()
    book.remove(book.worksheets[0])
    draw_how_to(book.create_sheet(_(READ_FIRST)), columns, _)
    for name, own in columns.items():
        answered = lists if name == STATEMENTS else []
        rows = [("", asked.list, asked.title, asked.day, "") for asked in answered]
        draw_sheet(book.create_sheet(_(name)), own, rows, _)
    draw_explanations(book.create_sheet(_(EXPLANATIONS)), columns, lists, _)
    _mark(book, _(READ_FIRST))
    return book


def _mark(book: Any, sheet: str) -> None:
    """Say in the workbook which version of the form it is: by name, and as a property of the document."""
    from openpyxl.packaging.custom import StringProperty
    from openpyxl.workbook.defined_name import DefinedName

    from kemkoll.declarations.guides import VERSION

    book.defined_names[NAME] = DefinedName(NAME, attr_text=f"'{sheet}'!$A$1")
    book.custom_doc_props.append(StringProperty(name=NAME, value=VERSION))
    book.properties.creator = "kemkoll"
