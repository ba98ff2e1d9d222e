"""Files that leave the portal: always to be saved, never shown or run in the browser."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response


def attachment(content: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """A file to be saved under a name.

    Args:
        kind: its media type; of what others have sent always the default, so that no browser opens it.
    """
    headers = {"Content-Disposition": disposition(name), "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=kind, headers=headers)


def disposition(name: str) -> str:
    r"""The header that names a file (RFC 6266): in letters that every browser knows, and as it is.

    >>> disposition("intyg å.xlsx")
    'attachment; filename="intyg _.xlsx"; filename*=UTF-8\'\'intyg%20%C3%A5.xlsx'
    >>> disposition('../a"b\r\n.xls').split(";")[1]
    ' filename="a_b__.xls"'
    """
    own = name.replace("\\", "/").rpartition("/")[2] or "file"
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\;%' else "_"
        for letter in own
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(own, safe='')}"
