"""A list's folder as files."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from kemkoll.lists.catalogue import UNDECIDED
from kemkoll.lists.folder import EXTRA, NOT_IN_FILES, OUTSIDE, TABLES, WORDS
from kemkoll.lists.updating import Draft


def write_folder(draft: Draft, root: Path) -> Path:
    """The folder in which the list now lies; what lay there before is replaced as a whole.

    Args:
        draft: the list.
        root: the folder of list folders; it is made where it does not exist.
    """
    folder = root / draft.id
    root.mkdir(parents=True, exist_ok=True)
    # beside it, where nobody who reads lists meanwhile takes it for one
    with tempfile.TemporaryDirectory(prefix=".", dir=root) as aside:
        fresh = Path(aside) / "new"
        fresh.mkdir()
        for name, text in files(draft).items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rename(Path(aside) / "old")
        return fresh.rename(folder)


def files(draft: Draft) -> dict[str, str]:
    """The files of the list's folder by name."""
    made = {
        "list.toml": tomli_w.dumps({**draft.about, "check_digit_exceptions": draft.exceptions}),
        "groups.toml": tomli_w.dumps(draft.groups),
        "README.md": _readme(draft),
    }
    for name in TABLES:
        rows = draft.tables[name]
        extra = [column for column in sorted(EXTRA) if any(row.get(column) for row in rows)]
        made[f"{name}.csv"] = _csv([*_columns(name), *extra], rows)
    if draft.tables["outside"]:
        made["outside.csv"] = _csv(OUTSIDE, draft.tables["outside"])
    return made


def _columns(name: str) -> list[str]:
    """The columns of a list's file, as `folder` reads them.

    >>> _columns("limits")[:4]
    ['entry', 'limit', 'operator', 'basis']
    """
    words = {share: word for word, share in WORDS.get(name, {}).items()}
    columns = [column for column in TABLES[name].names if column not in NOT_IN_FILES]
    return list(dict.fromkeys(words.get(column, column) for column in columns))


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*columns], restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _readme(draft: Draft) -> str:
    about = draft.about
    return (
        f"# {about['title_en']}\n\n"
        f"Written by `kemkoll lists import` on the data of {about['publisher']}: {about['source']}, "
        f"edition of {about['official_date']}, fetched on {about['retrieved']}.\n\n{about['read']}\n\n"
        f"Terms: {about['licence']}\n\n"
        f"{UNDECIDED}\n\n{draft.undecided}\n\n"
        f"The next import replaces this folder: change the file that it was made from.\n"
    )
