"""The catalogue of the shipped lists, SUBSTANCE_LISTS.md: made from the data, so that it is never behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kemkoll.lists.folder import Folder, read_folder, shipped_count
from kemkoll.lists.freshness import open_ends, short_licence
from kemkoll.paths import data

UNDECIDED = "## What is not decided"
"""The heading of a list's README under which it says what it leaves open."""
_COLUMNS = (
    "list", "title", "entries", "edition", "source", "terms", "limits confirmed", "groups without a rule",
)  # fmt: skip
_TOP = """\
# Substance lists

Written from `substance_lists/` by `make lists`. `kemkoll lists status` says how old each edition is today.
How a list is kept: [lists](docs/lists.md).
"""


def shipped() -> list[Folder]:
    """The folders of the shipped lists, in name order.

    Raises:
        ListError: one of them cannot be read.
    """
    paths = sorted(path.parent for path in data("substance_lists").glob("*/list.toml"))
    return [read_folder(path) for path in paths]


def catalogue(folders: Sequence[Folder]) -> str:
    """The catalogue as Markdown: a table with a row for each list, then a section on each.

    >>> catalogue(shipped()).startswith("# Substance lists")
    True
    """
    head = [_row(_COLUMNS), _row(["---"] * len(_COLUMNS))]
    table = [*head, *(_row(_cells(folder)) for folder in folders)]
    return "\n".join([_TOP, *table, "", "\n\n".join(map(_section, folders)), ""])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _cells(folder: Folder) -> tuple[str, ...]:
    about, ends = folder.about, open_ends(folder)
    count, outside = shipped_count(folder), len(set(folder.outside["official"]))
    entries = str(count) if count == about["official_count"] else f"{count} of {about['official_count']}"
    confirmed = f"{ends['limits'] - ends['unconfirmed']} of {ends['limits']}"
    return (
        f"[{folder.id}](#{folder.id})",
        about["title_en"],
        f"{entries}, {outside} of them without a limit for articles" if outside else entries,
        about["official_date"],
        f"[{about['publisher']}]({about['url']})",
        short_licence(about["licence"]),
        confirmed if ends["limits"] else "sets none",
        str(ends["pending"]),
    )


def _section(folder: Folder) -> str:
    """What one list means, where it comes from, and what it leaves open."""
    about = folder.about
    parts = (
        f"## {folder.id}",
        about["means_en"],
        f"Act: {about['act']}.",
        f"Source: {_ended(about['source'])} Retrieved {about['retrieved']}. {_ended(about['read'])}",
        f"Terms: {_ended(about['licence'])}",
        f"Not decided ([more](substance_lists/{folder.id}/README.md)):\n\n{undecided(folder)}",
    )
    return "\n\n".join(parts)


def _ended(text: str) -> str:
    """The text as a sentence.

    >>> _ended("Read whole"), _ended("See README.md.")
    ('Read whole.', 'See README.md.')
    """
    return text if text.endswith(".") else f"{text}."


def undecided(folder: Folder) -> str:
    """What a list's README says it does not decide; empty where it says nothing of it."""
    readme = folder.path / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    met = re.search(rf"^{UNDECIDED}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return met[1].strip() if met else ""
