"""Files that are handed in: each kept once, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kemkoll import __version__
from kemkoll.errors import DeclarationError
from kemkoll.store import Change, files
from kemkoll.store.once import plain


def content(file: str, sha256: str) -> bytes:
    """The bytes of a file that has been read.

    Args:
        sha256: of the bytes that were read.

    Raises:
        DeclarationError: it was written between two readings.
    """
    made = Path(file).read_bytes()
    if hashlib.sha256(made).hexdigest() != sha256:
        raise DeclarationError("{file} was changed while it was read. Add it again.", file=file)
    return made


def known_as(change: Change, file: str, sha256: str) -> str:
    """The name under which the same bytes were added before, which the log then says; "" for none."""
    before = files.name_of(change, sha256)
    if before is None:
        return ""
    change.about.update(file=Path(file).name, sha256=sha256, known=before)
    return before


def keep(change: Change, file: str, content: bytes, *, form: str) -> int:
    """Keep a file; the number of its row.

    Args:
        form: what read it: NAME of a declaration format, or the kind of the buyer's own file.
    """
    values = {
        "sha256": hashlib.sha256(content).hexdigest(), "name": plain(Path(file).name), "size": len(content),
        "form": form, "program": __version__, "content": content,
    }  # fmt: skip
    return files.put(change, values)
