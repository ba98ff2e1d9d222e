"""Suppliers' files as tables: one module per format, found by walking this package.

A format is a module with `NAME`, `recognises(path, head) -> bool` and `read(path) -> Declarations`. What a
file says
is kept as it was written, beside what it was read as; what could not be read is a problem, with its place.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kemkoll.declarations.rows import constant, problems_frame
from kemkoll.errors import DeclarationError
from kemkoll.messages import Message, to_text
from kemkoll.sheets import look
from kemkoll.tables import (
    INPUTS,
    PROBLEMS,
    Declarations,
)

__all__ = ["combine", "find_format", "formats", "read_declaration", "read_declarations"]

_TABLE_OF_RESULTS = b"kind,on,supplier,article,article_name,component,"


def read_declarations(paths: Iterable[Path | str]) -> Declarations:
    """What the suppliers' files declare, together.

    A file that cannot be read is a row of `inputs` with its reason, and a problem; the others are read all
    the same.
    """
    return combine([_read_or_fail(path) for path in paths])


def read_declaration(path: Path | str) -> Declarations:
    """What one supplier's file declares.

    Raises:
        DeclarationError: the file cannot be read; its code says why.
    """
    place = Path(path)
    look(place)
    if is_result(place):
        raise DeclarationError(
            "{file} is a result that kemkoll wrote, not a declaration.", "file-is-result", file=path
        )
    form = find_format(place)
    made: Declarations = form.read(place)
    sha256 = _hash(place)
    made.declarations["sha256"] = constant(sha256, len(made.declarations))
    size = len(made.lines) + len(made.statements)
    made.inputs = INPUTS.conform(
        pd.DataFrame(
            {
                "file": [str(path)],
                "sha256": [sha256],
                "format": [form.NAME],
                "lines": [size],
                "status": ["read" if size else "empty"],
                "error": [""],
            }
        )
    )
    return made


def is_result(path: Path) -> bool:
    """Whether kemkoll wrote the file as a workbook or table of results; judged, its lines would count again.

    The JSON document is a declaration too, and none of these.
    """
    with path.open("rb") as file:
        head = file.read(len(_TABLE_OF_RESULTS) + 3)
    if head.removeprefix(b"\xef\xbb\xbf").startswith(_TABLE_OF_RESULTS):
        return True
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as about:
            return b">kemkoll.result/" in about.read(65_536)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return False


def find_format(path: Path) -> Any:
    """The one format that recognises the file.

    Raises:
        DeclarationError: none does, or more than one.
    """
    with path.open("rb") as file:
        head = file.read(65_536)
    known = [form for form in formats() if form.recognises(path, head)]
    if len(known) == 1:
        return known[0]
    if known:
        names = ", ".join(form.NAME for form in known)
        raise DeclarationError(
            "{file} could be any of several formats: {names}.",
            file=path,
            names=names,
            reason=Message("it could be of several formats"),
        )
    found = Message(look(path).found)
    raise DeclarationError(
        "{file} is {reason}, not a format that kemkoll reads.", "file-binary", file=path, reason=found
    )


def formats() -> list[Any]:
    """The modules of this package that are declaration formats.

    >>> [form.NAME for form in formats()]
    ['json', 'table']
    """
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return [module for module in modules if hasattr(module, "NAME") and hasattr(module, "recognises")]


def combine(parts: Sequence[Declarations]) -> Declarations:
    """Several declarations as one: row numbers shifted, the same article of the same supplier once.

    >>> len(combine([]).lines)
    0
    """
    from kemkoll.declarations.combination import combine_tables

    return parts[0] if len(parts) == 1 else combine_tables(list(parts))


def _read_or_fail(path: Path | str) -> Declarations:
    try:
        return read_declaration(path)
    except DeclarationError as error:
        return failed(path, error)


def failed(path: Path | str, error: DeclarationError) -> Declarations:
    """Of a file that could not be read, that it was handed over and why nothing is known of it."""
    reason: dict[str, object] = {"file": str(path), "code": error.code}
    row = {"sha256": _hash(Path(path)), "format": "", "lines": 0, "status": "failed", "error": str(error)}
    row["message"] = to_text(error.message)
    return Declarations(
        inputs=INPUTS.conform(pd.DataFrame([reason | row])),
        problems=PROBLEMS.conform(problems_frame([reason | {"found": _reason(error)}])),
    )


def _reason(error: DeclarationError) -> str:
    """What the sentence of the code does not say itself: of a broken file, what is broken.

    >>> _reason(DeclarationError("It cannot be read: {reason}.", reason="it ends too early"))
    'it ends too early'
    """
    return str(error.message.values.get("reason", error))


def _hash(path: Path) -> str:
    """SHA-256 of the file's bytes; "" where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
