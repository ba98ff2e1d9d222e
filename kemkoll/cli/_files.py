"""What is said on stderr of the files of a call: which could not be read, which were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from kemkoll.i18n import Translator


@contextmanager
def writing(file: str, _: Translator) -> Iterator[None]:
    """A block that writes a file: what keeps it from that is said as wrong usage."""
    try:
        yield
    except OSError as error:
        said = _("{file} cannot be written: {error}.")
        raise click.UsageError(said.format(file=file, error=error.strerror or error)) from error


def say_written(files: Iterable[str], _: Translator) -> None:
    """Say of each file that it is written."""
    for file in files:
        click.echo(_("{file} is written.").format(file=file), err=True)


def say_unread(inputs: Any, _: Translator) -> bool:
    """Whether a file could not be read; each is said, with the reason, and named once.

    Args:
        inputs: `tables.INPUTS`.
    """
    from kemkoll.outputs.words import error_text, plain

    failed = inputs[inputs["status"] == "failed"]
    for name, message, error in zip(failed["file"], failed["message"], failed["error"], strict=True):
        file, why = plain(str(name)), error_text(message, error, _)
        click.echo(why if file in why else _("{file}: {said}").format(file=file, said=why), err=True)
    return bool(len(failed))
