"""A result for people and for programs: one module per format.

A format is a module of this package with a `SUFFIX` and `write(result, target, language, *, all_lines)`;
its name is the module's name. Nothing else has to be told about a new one. One that is not text says
`BINARY = True` and is written to files only.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Protocol, TextIO, cast

if TYPE_CHECKING:
    from kemkoll.flow import Result

Target = Path | str | TextIO | BinaryIO
"""Where an output goes: a file's path, or an open stream: of text, or of bytes for what is not text."""


class Format(Protocol):
    """What a module of this package must have to be a format."""

    SUFFIX: str

    def write(self, result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
        """Write the result."""


@cache
def formats() -> dict[str, Format]:
    """Every format, by name.

    >>> sorted(formats())
    ['csv', 'html', 'json', 'table', 'xlsx']
    """
    modules = {
        found.name: import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
        if not found.ispkg
    }
    return {name: cast(Format, module) for name, module in modules.items() if hasattr(module, "SUFFIX")}


def printable() -> list[str]:
    """The names of the formats that are text, the one for people first.

    >>> printable()
    ['table', 'csv', 'html', 'json']
    """
    names = [name for name, module in formats().items() if not getattr(module, "BINARY", False)]
    return sorted(names, key=lambda name: (name != "table", name))


def format_of(path: Path | str) -> str | None:
    """The name of the format that a file name's suffix stands for.

    >>> format_of("out/Result.JSON"), format_of("result.doc")
    ('json', None)
    """
    suffix = Path(path).suffix.lower()
    return next((name for name, module in formats().items() if suffix == module.SUFFIX), None)


def render(result: Result, name: str, language: str = "en", *, all_lines: bool = False) -> str:
    """The result as text in the format of this name."""
    stream = StringIO()
    formats()[name].write(result, stream, language, all_lines=all_lines)
    return stream.getvalue()


@contextmanager
def opened(target: Target, encoding: str = "utf-8") -> Iterator[TextIO]:
    """The stream to write to; a file appears under its name only when it is whole."""
    if not isinstance(target, (str, Path)):
        yield cast(TextIO, target)
        return
    with _replacing(target, "w", encoding=encoding, newline="") as stream:
        yield cast(TextIO, stream)


@contextmanager
def opened_bytes(target: Target) -> Iterator[BinaryIO]:
    """The same for what is not text."""
    if not isinstance(target, (str, Path)):
        yield cast(BinaryIO, target)
        return
    with _replacing(target, "wb") as stream:
        yield cast(BinaryIO, stream)


@contextmanager
def _replacing(target: Path | str, mode: str, **how: Any) -> Iterator[IO[Any]]:
    """A file beside the one meant, which takes its place once it is written."""
    path = Path(target).resolve()
    if path.exists() and not path.is_file():  # a pipe or device: there is nothing to replace
        with path.open(mode, **how) as stream:
            yield stream
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open(mode, **how) as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
