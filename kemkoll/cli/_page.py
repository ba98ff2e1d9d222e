"""Tables and facts on stdout, as wide as the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kemkoll.outputs.words import plain

if TYPE_CHECKING:
    from rich.console import RenderableType


def page(part: RenderableType) -> None:
    """Print one part of a page."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    with console.capture() as made:
        console.print(part)
    text = made.get()
    sys.stdout.write(
        text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    )


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], whole: int = 1) -> RenderableType:
    """A table of texts; the first columns, as many as are to stay `whole`, are never folded."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for number, header in enumerate(headers):
        made.add_column(Text(header), no_wrap=number < whole, overflow="fold")
    for row in rows:
        made.add_row(*(Text(plain(str(value))) for value in row))
    return made


def facts(said: Mapping[str, object]) -> RenderableType:
    """Names with their values beside them."""
    from rich.table import Table
    from rich.text import Text

    made = Table.grid(padding=(0, 2))
    made.add_column()
    made.add_column(overflow="fold")
    for name, value in said.items():
        made.add_row(Text(name, style="bold"), Text(plain(str(value))))
    return made


def indented(title: str, lines: Sequence[str]) -> RenderableType:
    """A title with lines under it, all of them set in, and an empty line after."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    made = Table.grid(padding=(0, 1))
    for line in lines:
        made.add_row("   ·", Text(plain(line)))
    return Group(Text(plain(title), style="bold"), made, "")


def warning(sentence: str) -> RenderableType:
    """A sentence that nobody should overlook."""
    from rich.text import Text

    return Text(f"{plain(sentence)}\n", style="bold yellow")
