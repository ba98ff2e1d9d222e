"""What the theme leaves out for people who read by keyboard or by ear."""

from __future__ import annotations

from typing import Any

MENDED = {
    "<pre>": '<pre tabindex="0">',
    'class="table-wrapper': 'tabindex="0" class="table-wrapper',
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
}
"""What may have to be scrolled can be reached by keyboard; a heading has a level."""


def mended(html: str) -> str:
    """The HTML with what was left out.

    >>> mended("<pre>Fine.</pre>")
    '<pre tabindex="0">Fine.</pre>'
    """
    for found, instead in MENDED.items():
        html = html.replace(found, instead)
    return html


def _mend(app: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    del app, name, template, tree
    for part in ("body", "furo_navigation_tree"):
        if part in context:
            context[part] = mended(context[part])


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("html-page-context", _mend, priority=900)  # after the theme has made its navigation
    return {"parallel_read_safe": True, "parallel_write_safe": True}
