"""What promises share: the cells of a list with their places in words, and what a date is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kemkoll.lists.folder import Folder
from kemkoll.tables import Condition


def cells(folder: Folder, name: str, column: str) -> Iterator[tuple[str, str]]:
    """The texts of a column, each with its place in words.

    Args:
        name: a table of the folder, or `outside`.
        column: of that table; one that the file leaves out has no cells.
    """
    table = folder.outside if name == "outside" else folder.tables[name]
    if column in table:
        for text, row in zip(table[column], table["row"], strict=True):
            yield text, folder.place(file_of(name), row)


def file_of(name: str) -> str:
    """The file that holds a table.

    >>> file_of("limits"), file_of("groups")
    ('limits.csv', 'groups.toml')
    """
    return f"{name}.toml" if name == "groups" else f"{name}.csv"


def wrong_conditions(place: str, text: str) -> Iterator[str]:
    """The words of a condition that kemkoll does not know, and those that it asks for and shuts out at once.

    >>> [*wrong_conditions("limits.csv, row 2", "textile !textile")]
    ['limits.csv, row 2: “textile” must hold and must not.']
    """
    words = text.split()
    for word in words:
        if word.removeprefix("!") not in set(Condition):
            yield f"{place}: “{word}” is not a condition that kemkoll knows."
        elif f"!{word}" in words:
            yield f"{place}: “{word}” must hold and must not."


def is_date(text: str) -> bool:
    """Whether the text is an ISO date.

    >>> is_date("2026-11-22"), is_date("20261122"), is_date("2026-02-30")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
