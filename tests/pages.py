"""Pages as trees, and texts with which a supplier might try to do harm to one."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style></title><b>bold",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;i&gt;&amp;",
    "a\u202eb\u2066c\u200fd\x1b[31m\x00",
]


def tree(text: str) -> Element:
    """The page as a tree; a fault in its markup ends the test."""
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return parsed


def text_of(part: Element) -> str:
    """All that a part says, on one line."""
    return " ".join("".join(part.itertext()).split())
