"""How old the lists are, on what terms, and what in them is not decided or not confirmed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd

from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import Folder, known_folder, shipped_count

UNCONFIRMED = "unconfirmed"
"""What `checked` says where nobody has held a value against the legal text."""


def status(on: str, root: Path | None = None) -> pd.DataFrame:
    """One row per list: its edition, how old that is on the day, its terms, what is open in it.

    Columns: list, title_en, title_sv, edition, official_count, shipped (entries in the folder), age_days,
    expect_every_days, stale (a new edition is overdue), url (where it is), licence (in a few words), limits
    (how many), unconfirmed (how many of them), pending (groups that no rule decides), sha256.

    Args:
        on: the day, ISO text.
        root: the folder of list folders, if not the shipped one and the user's own.

    Raises:
        ListError: a list cannot be read.

    >>> bool(status("2040-01-01")["stale"].all())
    True
    """
    library = library_of(root)
    return pd.DataFrame([_row(known_folder(library.path(id_)), on) for id_ in library.ids])


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
        "expect_every_days": about["expect_every_days"],
        "stale": age > about["expect_every_days"],
        "url": about["url"],
        "licence": short_licence(about["licence"]),
        **open_ends(folder),
        "sha256": folder.sha256,
    }


def open_ends(folder: Folder) -> dict[str, int]:
    """How many limits a list has, how many of them nobody has confirmed, how many groups no rule decides."""
    checked = folder.tables["limits"]["checked"]
    return {
        "limits": len(checked),
        "unconfirmed": checked.count(UNCONFIRMED),
        "pending": folder.tables["groups"]["rule"].count("pending"),
    }


def short_licence(text: str) -> str:
    """The names of the terms in a list's `licence`: what stands before each colon, or its first words.

    >>> short_licence("EU legal texts: reuse allowed; ECHA legal notice: reuse allowed. Facts, arranged.")
    'EU legal texts, ECHA legal notice'
    >>> short_licence("California public record. Facts taken from OEHHA's export, arranged by kemkoll.")
    'California public record'
    """
    parts = re.split(r"[.;]\s+", text)
    named = [part for part in parts if ":" in part] or parts[:1]
    return ", ".join(dict.fromkeys(re.split(r"[:(,.]", part)[0].strip() for part in named))
