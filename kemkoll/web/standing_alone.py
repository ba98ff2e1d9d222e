"""A page that stands alone (a report), sent as it is, with a policy that allows its own style and no more."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from fastapi import Response

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def policy_of(content: bytes) -> str:
    """The policy that fits a page: its style by its hash, pictures that it holds itself, nothing else.

    >>> policy_of(b"<style>a{}</style>").partition("; img-src")[0]
    "default-src 'none'; style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"
    """
    styles = [f"'sha256-{b64encode(sha256(it).digest()).decode()}'" for it in _STYLE.findall(content)]
    allowed = " ".join(styles) or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def as_page(content: bytes, name: str) -> Response:
    """The page, to be looked at in the browser."""
    headers = {
        "Content-Security-Policy": policy_of(content),
        "Content-Disposition": f'inline; filename="{name}"',
    }
    return Response(content, media_type="text/html", headers=headers)


def as_file(content: bytes, name: str, kind: str) -> Response:
    """A file to keep."""
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
