"""kemkoll's own form: the sheets of it that tell the supplier how to fill it in, and declare nothing.

Such a sheet says so in its first cell, which any program keeps that the form is opened and saved in.
"""

from __future__ import annotations

from kemkoll.sheets import Sheet

MARK = "kemkoll.form/"
"""How the first cell of such a sheet begins; the number of the form's version follows."""
VERSION = "1"
"""The version that is written; every version is read alike, and a newer one is reported."""


def is_guide(sheet: Sheet) -> bool:
    """Whether the sheet only explains the form: its example is nobody's declaration.

    >>> from kemkoll.sheets.cells import make_sheet
    >>> is_guide(make_sheet("", [["kemkoll.form/1"], ["Lista", "Svar"]]))
    True
    >>> is_guide(make_sheet("", [["Ämne"]]))
    False
    """
    cells = sheet.cells
    return bool(len(cells)) and cells.index[0] == 1 and str(cells[0].iloc[0]).startswith(MARK)


def newer_version(sheet: Sheet) -> str:
    """The version of the form that such a sheet is of, where it is newer than the one that is written.

    >>> from kemkoll.sheets.cells import make_sheet
    >>> [newer_version(make_sheet("", [[f"kemkoll.form/{said}"]])) for said in ("99", "1")]
    ['99', '']
    """
    said = str(sheet.cells[0].iloc[0])[len(MARK) :].split(".")[0].strip()
    return said if said.isdigit() and int(said) > int(VERSION) else ""
