"""The pages' templates: every value in them is escaped, and none may be missing."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kemkoll import __version__
from kemkoll.i18n import LANGUAGES, number_text
from kemkoll.outputs.skeleton import HERE as OUTPUTS
from kemkoll.outputs.skeleton import STYLE, isolated
from kemkoll.web.navigation import links_for

if TYPE_CHECKING:
    from jinja2 import Environment

    from kemkoll.web.visit import Visit

HERE = Path(__file__).parent
STATIC = HERE / "static"


def render(visit: Visit, template: str, data: dict[str, Any]) -> str:
    """The page of a template: `templates/<name>.jinja`."""
    from markupsafe import Markup

    _ = visit._
    hidden = Markup('<input type="hidden" name="csrf" value="{}">').format(visit.csrf)
    shared = {
        "_": _,
        "csrf": lambda: hidden,
        "ngettext": _.ngettext,
        "visit": visit,
        "language": visit.language,
        "languages": LANGUAGES,
        "links": links_for(visit),
        "style": versions()["style.css"],
        "script": versions()["portal.js"],
        "version": __version__,
        "number": lambda value: number_text(value, visit.language),
    }
    return environment().get_template(f"{template}.jinja").render(shared | data)


@cache
def environment() -> Environment:
    """Where the templates are."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    shelf = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shelf.filters["isolated"] = isolated
    return shelf


@cache
def style() -> bytes:
    """The style of all pages of kemkoll, and the portal's own."""
    return (
        b"".join((OUTPUTS / name).read_bytes() for name in (STYLE, "explanation.css"))
        + (STATIC / "portal.css").read_bytes()
    )


@cache
def versions() -> dict[str, str]:
    """The address of each file that pages fetch; another one when it has changed."""
    contents = {"style.css": style(), "portal.js": (STATIC / "portal.js").read_bytes()}
    return {
        name: f"/static/{name}?{hashlib.sha256(content).hexdigest()[:12]}"
        for name, content in contents.items()
    }
