"""A report into a file, in the format that the file's suffix names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kemkoll.report.book import as_xlsx
from kemkoll.report.document import Document
from kemkoll.report.page import page
from kemkoll.report.pdf import as_pdf

WRITERS: dict[str, Callable[[Document], bytes]] = {
    ".html": lambda made: page(made).encode(),
    ".pdf": as_pdf,
    ".xlsx": as_xlsx,
}
"""How a report is written, by the suffix of its file."""


def write(document: Document, path: str | Path) -> None:
    """Write a report, whole or not at all; the suffix is one of `WRITERS`."""
    target = Path(path)
    half = target.with_name(f"{target.name}.half")
    half.write_bytes(WRITERS[target.suffix.lower()](document))
    half.replace(target)
