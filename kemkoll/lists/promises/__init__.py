"""What every list promises, and which lists break it.

Each promise is a function from a list's folder to the sentences that say where it is broken; `PROMISES` is
all of them that need no other list.

    description  the list as a whole: what it says of itself, and that its entries add up
    cells        what single cells hold: clean texts, known words, dates, sources
    limits       limits and what is let off: shares, elements, what they are compared with
    periods      rows in time: none twice at once, none outside its entry's days
    rules        the rules of groups: their examples
    members      what belongs to entries: valid numbers, structures, criteria that point somewhere
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kemkoll.errors import ListError
from kemkoll.lists.compiled import Library
from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import Folder, read_folder
from kemkoll.lists.promises.cells import clean, dated, proven, sourced, worded
from kemkoll.lists.promises.description import counted, described, explained, numbered_once
from kemkoll.lists.promises.limits import let_off, measured, whole
from kemkoll.lists.promises.members import decided, drawn, keyed, numbered, pointed
from kemkoll.lists.promises.periods import apart, within
from kemkoll.lists.promises.rules import ruled

PROMISES: tuple[Callable[[Folder], Iterable[str]], ...] = (
    described, explained, counted, numbered_once, clean, worded, dated, sourced, proven, whole, measured,
    let_off, apart, within, keyed, numbered, drawn, decided, ruled,
)  # fmt: skip


def lint(root: Path | None = None) -> list[str]:
    """Every broken promise of every list, as a sentence that says where; empty if all are kept.

    Args:
        root: the folder of list folders, if not the shipped one and the user's own.

    >>> lint()
    []
    """
    library = library_of(root)
    return [broken for id_ in library.ids for broken in lint_list(library, id_)]


def lint_list(library: Library, id_: str) -> list[str]:
    try:
        folder = read_folder(library.path(id_))
    except ListError as error:
        return [str(error)]
    return [broken for promise in PROMISES for broken in promise(folder)] + [*pointed(folder, library)]
