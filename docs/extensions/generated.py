"""What is not written by hand: the pages of commands and of lists, made from the program at each build."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import click

from kemkoll.assortment.registers.columns import Kind
from kemkoll.assortment.registers.kinds import KINDS
from kemkoll.cli import cli
from kemkoll.i18n import Translator, translator
from kemkoll.lists.catalogue import catalogue, shipped

_COLUMNS = {"en": ("Column", "Kolumn", "For instance"), "sv": ("Kolumn", "Column", "Till exempel")}
_KEY = {"en": "needed", "sv": "behövs"}
_HEADINGS = {"en": ("Option", "Says"), "sv": ("Alternativ", "Betydelse")}


def commands(language: str) -> str:
    """Every verb with its arguments and options, as Markdown."""
    _ = translator(language)
    root = click.Context(cli, info_name="kemkoll", obj=_)
    return (
        "\n\n".join(part for command, ctx in _verbs(cli, root) for part in _section(command, ctx, _)) + "\n"
    )


def _verbs(command: click.Command, ctx: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """The command, and all that are below it."""
    yield command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            verb = command.get_command(ctx, name)
            assert verb is not None
            yield from _verbs(verb, click.Context(verb, info_name=name, parent=ctx, obj=ctx.obj))


def _section(command: click.Command, ctx: click.Context, _: Translator) -> Iterator[str]:
    """One verb: how it is called, what it does, its options, an example."""
    yield f"## {ctx.command_path}"
    formatter = ctx.make_formatter()
    formatter.width = 10_000
    command.format_usage(ctx, formatter)
    yield f"```text\n{formatter.getvalue().strip()}\n```"
    yield from (_escaped(text) for text in inspect.cleandoc(_(command.help or "")).split("\n\n"))
    yield _table(_HEADINGS[_.language], _options(command, ctx, _))
    if command.epilog:
        sentence, _colon, example = _(command.epilog).partition(": ")
        yield f"{sentence}:\n\n```console\n$ {example}\n```"


def _options(command: click.Command, ctx: click.Context, _: Translator) -> list[tuple[str, str]]:
    options = (param for param in command.get_params(ctx) if isinstance(param, click.Option))
    records = [(option, option.get_help_record(ctx)) for option in options]
    return [
        (f"`{record[0]}`", _(record[1]) if option is command.get_help_option(ctx) else record[1])
        for option, record in records
        if record
    ]


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    written = [f"| {name.replace('|', chr(92) + '|')} | {_escaped(says)} |" for name, says in rows]
    return "\n".join([f"| {head[0]} | {head[1]} |", "| --- | --- |", *written])


def _escaped(text: str) -> str:
    r"""The text with nothing in it that Markdown takes for a sign; options stand as code.

    >>> _escaped("*.xlsx and --on")
    '\\*.xlsx and `--on`'
    """
    return re.sub(r"(?<!\S)(--?[a-z][\w-]*)", r"`\1`", re.sub(r"([*_<>\[\]|])", r"\\\1", text))


def lists(language: str) -> str:
    """The catalogue of the shipped lists, without its title and without what leads out of the pages."""
    text = catalogue(shipped(), language)
    text = text[text.index("\n| ") :]
    return re.sub(r" \(\[[^\]]*\]\(substance_lists/[^)]*\)\)", "", text)


def registers(language: str) -> str:
    """The columns of each kind of file that a buyer has itself, under both their headers."""
    return "\n\n".join(part for kind in KINDS.values() for part in _columns(kind, language)) + "\n"


def _columns(kind: Kind, language: str) -> Iterator[str]:
    yield f"## {kind.name}"
    order = (1, 0) if language == "en" else (0, 1)
    rows = [_COLUMNS[language], ("---",) * 3]
    for column in kind.columns:
        names = [_escaped(column.headers[place]) for place in order]
        if (column.name,) in kind.keys:
            names[0] += f" ({_KEY[language]})"
        rows.append((*names, " ".join(f"`{it}`" for it in column.hint.split(" | ") if it)))
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


PAGES = {"commands": commands, "catalogue": lists, "registers": registers}


def _append(app: Any, name: str, source: list[str]) -> None:
    """Let the page go on with what is made for it, in its language; that is not for translators."""
    if name in PAGES and app.builder.name != "gettext":
        source[0] += "\n" + PAGES[name](app.config.language)


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("source-read", _append)
    return {"parallel_read_safe": True}
