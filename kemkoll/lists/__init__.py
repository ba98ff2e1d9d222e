"""Substance lists: facts of law as data, each list in an edition, each promise of theirs checked.

A list is a folder of `substance_lists/`:

    list.toml         what it is: titles, act, licence, official date and count, how it was read
    entries.csv       what is listed, since when, why
    limits.csv        how much of it is too much, by basis, condition and time
    members.csv       which numbers, structures and elements belong to an entry, or do not
    groups.toml       which entries are groups by their wording, and what decides them
    derogations.csv   what the law lets off
    outside.csv       official entries that set no limit for articles, and why (where there are some)
    README.md         sources, and what the list does not decide

`load_lists` reads them, `in_force` keeps what applies on a day, `status` says how old they are, `lint` says
which promises are broken.
"""

from __future__ import annotations

from kemkoll.lists.editions import in_force, load_lists
from kemkoll.lists.freshness import status
from kemkoll.lists.promises import lint

__all__ = ["in_force", "lint", "load_lists", "status"]
