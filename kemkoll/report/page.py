"""A document as a page for a browser: the template of its report, which extends the frame of all reports."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import translator
from kemkoll.outputs.skeleton import HERE, STYLE
from kemkoll.paths import data
from kemkoll.report.document import Document, Table
from kemkoll.report.figures import colours
from kemkoll.report.files import as_csv

if TYPE_CHECKING:
    from jinja2 import Environment


def page(document: Document) -> str:
    """The page: one file, no script, nothing fetched."""
    _ = translator(document.language)
    style = _style()
    return (
        environment()
        .get_template(f"{document.report}/report.html")
        .render(
            document=document,
            _=_,
            language=document.language,
            style=style,
            style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        )
    )


@cache
def environment() -> Environment:
    """Where the templates are; every value in them is escaped, and none may be missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    shelf = Environment(
        loader=FileSystemLoader(data("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shelf.filters["as_link"] = as_link
    return shelf


def as_link(table: Table) -> str:
    """The table as an address that holds the file itself: a page that stands alone has nothing beside it.

    >>> from kemkoll.report.document import Cell, Column
    >>> as_link(Table("t", "", (Column("", "a"),), ((Cell("1", 1),),)))
    'data:text/csv;charset=utf-8;base64,77u/YQ0KMQ0K'
    """
    return f"data:text/csv;charset=utf-8;base64,{b64encode(as_csv(table)).decode()}"


@cache
def about(report: str) -> dict[str, Any]:
    """What `report.toml` says of a report: its title, and what it is for, in each language."""
    return tomllib.loads((data("reports") / report / "report.toml").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    """The style of all pages, that of reports, and how pictures look on a dark screen."""
    common = (HERE / STYLE).read_text(encoding="utf-8")
    own = (data("reports") / "_style.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{{colours.style()}}}"
    return f"{common}{own}{dark}"
