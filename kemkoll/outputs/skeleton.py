"""What every page for a browser has: its frame, its style, and the policy that forbids everything else.

A page stands alone: no script, no picture, no font, nothing fetched. Whatever comes from a supplier is text
in it, never markup.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kemkoll.outputs.words import ISOLATE, POP_ISOLATE

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from kemkoll.i18n import Translator

HERE = Path(__file__).parent
STYLE = "html.css"


def frame(_: Translator, *more: str) -> dict[str, Any]:
    """What the frame of a page needs: its language, its style, and what the policy knows the style by.

    Args:
        _: into the page's language.
        more: names of style sheets that the page has beside the common one.

    >>> from kemkoll.i18n import translator
    >>> sorted(frame(translator("en")))
    ['language', 'style', 'style_hash']
    """
    style = "".join((HERE / name).read_text(encoding="utf-8") for name in (STYLE, *more))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {"language": _.language, "style": style, "style_hash": digest}


@cache
def template(name: str) -> Template:
    """The template of this name; every value in it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    shelf = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shelf.filters["isolated"] = isolated
    return shelf.get_template(name)


def isolated(sentence: str) -> Markup:
    """The sentence as markup, what a supplier wrote in it kept apart from its surroundings.

    >>> from kemkoll.outputs.words import supplied
    >>> str(isolated(f"in “{supplied('<b>')}”"))
    'in “<bdi>&lt;b&gt;</bdi>”'
    """
    from markupsafe import Markup, escape

    return escape(sentence).replace(ISOLATE, Markup("<bdi>")).replace(POP_ISOLATE, Markup("</bdi>"))
