"""What every page for a browser has: its frame, its style, and the policy that forbids everything else.

A page stands alone: no script, no picture, no font, nothing fetched. Whatever comes from a supplier is text
in it, never markup.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kemkoll.outputs.words import IN_ENGLISH, ISOLATE, POP_ISOLATE

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from kemkoll.i18n import Translator

HERE = Path(__file__).parent
STYLE = "html.css"
_NUMBER = re.compile(r"(?<![\w-])(?:\d{2,7}-\d{2}-\d|\d{3}-\d{3}-\d)(?![\w-])")
"""A CAS or EC number."""


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
    """The sentence as markup: what a supplier wrote in it kept apart, what is English marked as such, and CAS
    and EC numbers each on one line.

    >>> from kemkoll.outputs.words import supplied
    >>> str(isolated(f"in “{supplied('<b>')}”"))
    'in “<bdi>&lt;b&gt;</bdi>”'
    >>> str(isolated("50-00-0"))
    '<span class="number">50-00-0</span>'
    """
    from markupsafe import Markup, escape

    marked = _NUMBER.sub(r'<span class="number">\g<0></span>', str(escape(sentence)))
    for mark, tag in ((ISOLATE, "<bdi>"), (IN_ENGLISH, '<bdi lang="en">'), (POP_ISOLATE, "</bdi>")):
        marked = marked.replace(mark, tag)
    return Markup(marked)
