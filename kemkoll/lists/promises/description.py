"""Promises of the list as a whole: what it says of itself, and that its entries add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kemkoll.codes import REASONS
from kemkoll.lists.catalogue import UNDECIDED, undecided
from kemkoll.lists.folder import (
    MAY_SAY,
    MOST_LETTERS,
    NUMBERS,
    REASONS_OF_LIST,
    SHORT,
    Folder,
    shipped_count,
)
from kemkoll.lists.promises.rows import cells, is_date, wrong_conditions
from kemkoll.tables import Force


def described(folder: Folder) -> Iterator[str]:
    """The description is whole: texts, dates, words that mean something."""
    place, about = folder.place("list.toml"), folder.about
    for key, value in about.items():
        if value == "" and key not in ("condition", "answered_down_to", *MAY_SAY):
            yield f"{place}: {key} is empty."
    for key in NUMBERS:
        if about[key] < 1:
            yield f"{place}: {key} must be 1 or more, not {about[key]}."
    if about["force"] not in set(Force):
        yield f"{place}: force “{about['force']}” is not one of {', '.join(Force)}."
    for key in SHORT:
        if len(about[key]) > MOST_LETTERS:
            yield f"{place}: {key} “{about[key]}” has more than {MOST_LETTERS} letters."
    for key in REASONS_OF_LIST:
        if about[key] and about[key] not in REASONS:
            yield f"{place}: {key} “{about[key]}” is no reason that kemkoll knows."
    if about["applies_to"] not in ("supply", "placed_on_market"):
        yield f"{place}: applies_to must be supply or placed_on_market."
    if about["force"] != Force.contract and not about["url"].startswith(("https://", "http://")):
        yield f"{place}: url “{about['url']}” is no address on the web."
    yield from wrong_conditions(place, about["condition"])
    yield from _wrong_days(place, about["official_date"], about["retrieved"])


def _wrong_days(place: str, official: str, retrieved: str) -> Iterator[str]:
    for key, text in (("official_date", official), ("retrieved", retrieved)):
        if not is_date(text):
            yield f"{place}: {key} “{text}” is not a date like 2026-11-22."
    if official > retrieved:
        yield f"{place}: the edition of {official} is younger than the day it was retrieved, {retrieved}."


def explained(folder: Folder) -> Iterator[str]:
    """A README says how the list was made and, but for a buyer's own list, what it does not decide."""
    if not (folder.path / "README.md").is_file():
        yield f"{folder.place('README.md')} is missing."
    elif folder.about["force"] != Force.contract and not undecided(folder):
        yield f"{folder.place('README.md')}: It says nothing under “{UNDECIDED}”."


def counted(folder: Folder) -> Iterator[str]:
    """As many entries are shipped as the publisher counts, and the edition knew each of them.

    An entry that is published and applies later belongs to the edition that published it.
    """
    edition, shipped = folder.about["official_date"], shipped_count(folder)
    if shipped != folder.about["official_count"]:
        yield f"{folder.id} ships {shipped} entries; the publisher counts {folder.about['official_count']}."
    published = folder.tables["entries"]["published"]
    for known, (since, place) in zip(published, cells(folder, "entries", "since"), strict=True):
        if known > edition:
            yield f"{place}: published {known} is later than the edition."
        elif not known and since > edition:
            yield f"{place}: since {since} is later than the edition, and no day of publication is given."


def numbered_once(folder: Folder) -> Iterator[str]:
    """An official entry sets limits for articles or sets none: outside.csv has each once, and no other."""
    listed = set(folder.tables["entries"]["official"]) - {""}
    often = Counter(folder.outside["official"])
    for official, place in cells(folder, "outside", "official"):
        if official in listed:
            yield f"{place}: the official entry {official} stands in entries.csv, too."
        if often[official] > 1:
            yield f"{place}: the official entry {official} stands here {often[official]} times."
