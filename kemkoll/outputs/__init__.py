"""A result for people and for programs: one module per format.

A format is a module of this package with a `SUFFIX` and `write(result, target, language, *, all_lines)`;
its name is the module's name. Nothing else has to be told about a new one.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, cast

if TYPE_CHECKING:
    from kemkoll.flow import Result

Target = Path | str | TextIO
"""Where an output goes: a file's path, or an open stream of text."""


class Format(Protocol):
    """What a module of this package must have to be a format."""

    SUFFIX: str

    def write(self, result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
        """Write the result."""


@cache
def formats() -> dict[str, Format]:
    """Every format, by name.

    >>> sorted(formats())
    ['csv', 'html', 'json', 'table']
    """
    modules = {
        found.name: import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
        if not found.ispkg
    }
    return {name: cast(Format, module) for name, module in modules.items() if hasattr(module, "SUFFIX")}


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
        yield target
        return
    path = Path(target).resolve()
    if path.exists() and not path.is_file():  # a pipe or device: there is nothing to replace
        with path.open("w", encoding=encoding, newline="") as stream:
            yield stream
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding=encoding, newline="") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
