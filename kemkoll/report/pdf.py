"""A report as a PDF that can be read by ear and kept: its page, printed with tags, language and title.

It needs the system's Pango library, which WeasyPrint draws letters with; the documentation says how to get
it.
"""

from __future__ import annotations

from kemkoll.errors import ConfigError
from kemkoll.report.document import Document
from kemkoll.report.page import page

VARIANT = "pdf/ua-1"
"""The standard whose structure and metadata the file has. Whether it meets all of it is for a person to
check."""


def as_pdf(document: Document) -> bytes:
    """The report as PDF; the same bytes for the same document.

    Raises:
        ConfigError: the extra `pdf`, or a library of the system that it needs, is not there.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise ConfigError(
            "A PDF needs the extra “pdf” (pip install 'kemkoll[pdf]') and the library Pango of "
            "the system: {error}. "
            "The page as .html can be printed from a browser.",
            error=str(error),
        ) from error
    made = HTML(string=page(document), url_fetcher=_fetch_nothing).write_pdf(
        pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=document.identifier.encode()
    )
    assert made is not None  # it has no target, so it is returned
    return bytes(made)


def _fetch_nothing(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    """Refuse: a report is whole, and nothing in it is looked up."""
    raise ValueError(f"a report fetches nothing: {url}")
