"""Reports: data that are ready → a document → a page, a PDF, a workbook, files for programs.

A report is a folder under `reports/` with `report.html` and `report.toml`, and a module or package of this
one of the
same name with `document(data, _) -> Document`. Nothing else has to be told about a new one. A report computes
nothing: what is suppressed, compared or counted was so before it came here.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kemkoll.i18n import translator
from kemkoll.report.document import Document
from kemkoll.report.page import page


def render(report: str, data: Any, language: str) -> str:
    """The report as a page that stands alone.

    Args:
        report: name of a folder under `reports/`.
        data: what that report is about, such as `annual.Annual`.
        language: `en`, `sv`.
    """
    return page(document(report, data, language))


def document(report: str, data: Any, language: str) -> Document:
    """The report as plain values, of which every format is made."""
    made: Document = import_module(f"{__name__}.{report.replace('-', '_')}").document(
        data, translator(language)
    )
    return made
