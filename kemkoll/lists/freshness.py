"""How old the lists are, and what in them is not decided or not confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import Folder, read_folder, shipped_count


def status(on: str, root: Path | None = None) -> pd.DataFrame:
    """One row per shipped list: its edition, how old that is on the day, what is open in it.

    Columns: list, title_en, title_sv, edition, official_count, shipped (entries in the folder), age_days,
    stale (a new edition is overdue), pending (groups that no rule decides), unconfirmed (limits), sha256.

    Args:
        on: the day, ISO text.
        root: the folder of list folders, if not the shipped one and the user's own.

    >>> bool(status("2040-01-01")["stale"].all())
    True
    """
    library = library_of(root)
    return pd.DataFrame([_row(read_folder(library.path(id_)), on) for id_ in library.ids])


def _row(folder: Folder, on: str) -> dict[str, object]:
    about = folder.about
    age = (date.fromisoformat(on) - date.fromisoformat(about["official_date"])).days
    return {
        "list": folder.id,
        "title_en": about["title_en"],
        "title_sv": about["title_sv"],
        "edition": about["official_date"],
        "official_count": about["official_count"],
        "shipped": shipped_count(folder),
        "age_days": age,
        "stale": age > about["expect_every_days"],
        "pending": folder.tables["groups"]["rule"].count("pending"),
        "unconfirmed": folder.tables["limits"]["checked"].count("unconfirmed"),
        "sha256": folder.sha256,
    }
