"""Promises of single cells: clean texts, known words, dates, sources."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import EnumMeta

from kemkoll.lists.folder import OUTSIDE, TEXTS, Folder
from kemkoll.lists.freshness import UNCONFIRMED
from kemkoll.lists.promises.rows import cells, is_date, wrong_conditions
from kemkoll.tables import PENDING, STRUCTURE, Basis, Certainty, Force, Measure, Operator

KINDS = ("cas", "ec", "inchikey", "parent", "element", "group", "material", "function", "list")
"""What a member may be; `group` names something for which the official list gives no number."""
RULES = (PENDING, STRUCTURE, "parent", "members")
"""What may decide a group: nothing yet, a rule of its structure, the parents among its members, its members
alone."""
DATED = ("entries", "limits", "members", "derogations")
"""Tables whose rows hold from a day to a day."""
WORDS: dict[tuple[str, str], EnumMeta | tuple[str, ...]] = {
    ("limits", "operator"): Operator,
    ("limits", "basis"): Basis,
    ("limits", "measure"): Measure,
    ("limits", "trace_only"): ("", "yes"),
    ("limits", "force"): ("", *Force),
    ("limits", "narrower"): ("", "yes"),
    ("members", "kind"): KINDS,
    ("members", "certainty"): Certainty,
    ("members", "excluded"): ("", "yes"),
    ("groups", "rule"): RULES,
    ("derogations", "renewal"): ("yes", "no", "unknown"),
}
"""Columns that know a few words only."""
FILLED = {
    "entries": ("name_en", "reason", "reference"),
    "limits": ("reference", "checked"),
    "members": ("reference",),
    "groups": ("wording", "reference"),
    "derogations": ("id", "use", "reference", "checked"),
}
"""Columns that are never empty: what a row is, and where it comes from."""
NO_SOURCE = ("memory", "minnet", "guess")
"""Words of a `checked` that names no source."""
LEAST_WORDS = 3
"""Words that it takes to say where something was read."""


def clean(folder: Folder) -> Iterator[str]:
    """Texts hold no space at their ends, no two in a row, and no sign that cannot be seen."""
    for name in (*folder.tables, "outside"):
        for column in folder.outside if name == "outside" else folder.tables[name]:
            for text, place in cells(folder, name, column):
                if isinstance(text, str) and not _is_clean(text):
                    yield f"{place}: {column} “{text}” has spaces too many or signs that cannot be seen."
    for key in TEXTS:
        if not _is_clean(folder.about[key]):
            yield f"{folder.place('list.toml')}: {key} has spaces too many or signs that cannot be seen."


def _is_clean(text: str) -> bool:
    r"""Whether the text is words with one plain space between.

    >>> [_is_clean(text) for text in ("zinc oxide", " zinc", "zinc  oxide", "zinc\u00a0oxide", "zinc\u200b")]
    [True, False, False, False, False]
    """
    if text.isascii() and text.isprintable():
        return text == text.strip() and "  " not in text
    return text == " ".join(text.split()) and not any(unicodedata.category(sign)[0] == "C" for sign in text)


def worded(folder: Folder) -> Iterator[str]:
    """Operators, bases, measures, kinds and the like are words that kemkoll knows; conditions too."""
    for (name, column), words in WORDS.items():
        known = [str(word) for word in words]
        for text, place in cells(folder, name, column):
            if text not in known:
                yield f"{place}: {column} “{text}” is not one of {', '.join(filter(None, known))}."
    for name in ("limits", "derogations"):
        for text, place in cells(folder, name, "condition"):
            yield from wrong_conditions(place, text)


def dated(folder: Folder) -> Iterator[str]:
    """Dates are ISO dates that begin before they end; every entry and limit has a first day."""
    for name in DATED:
        for column in ("published", "since", "until"):
            for text, place in cells(folder, name, column):
                if text and not is_date(text):
                    yield f"{place}: {column} “{text}” is not a date like 2026-11-22."
                if not text and column == "since" and name in ("entries", "limits"):
                    yield f"{place}: since is empty."
        ends = cells(folder, name, "until")
        for since, (until, place) in zip(folder.tables[name]["since"], ends, strict=True):
            if until and until < since:
                yield f"{place}: ends {until}, before it begins on {since}."


def sourced(folder: Folder) -> Iterator[str]:
    """Every row says what it is and where it comes from; what has a limit by law says it in Swedish, too.

    A buyer's own list is in the buyer's language.
    """
    for name, columns in FILLED.items():
        for column in columns:
            texts = cells(folder, name, column)
            for entry, (text, place) in zip(folder.tables[name]["entry"], texts, strict=True):
                if not text:
                    yield f"{place}: {entry} has no {column}."
    for column in OUTSIDE:
        texts = cells(folder, "outside", column)
        for number, (text, place) in zip(folder.outside["official"], texts, strict=True):
            if not text:
                yield f"{place}: {number or 'the entry'} has no {column}."
    limits = folder.tables["limits"]
    # an import cannot know Swedish names: what it adds stays unconfirmed until somebody has looked
    looked = {
        entry
        for entry, checked in zip(limits["entry"], limits["checked"], strict=True)
        if checked != "unconfirmed"
    }
    limited = set() if folder.about["force"] == Force.contract else looked
    names = cells(folder, "entries", "name_sv")
    for entry, (text, place) in zip(folder.tables["entries"]["entry"], names, strict=True):
        if not text and entry in limited:
            yield f"{place}: {entry} has a limit and no name_sv."


def proven(folder: Folder) -> Iterator[str]:
    """`checked` says where a value was read, or that it is unconfirmed; “yes” says neither."""
    for name in ("limits", "derogations"):
        for text, place in cells(folder, name, "checked"):
            if text and text != UNCONFIRMED and not _says_where(text):
                yield f"{place}: checked “{text}” says neither where it was read nor “{UNCONFIRMED}” alone."


def _says_where(text: str) -> bool:
    """Whether a text says where something was read.

    >>> _says_where("(EU) 2018/2005, Annex, read"), _says_where("yes"), _says_where("unconfirmed, see note 2")
    (True, False, False)
    """
    said = text.casefold()
    return len(said.split()) >= LEAST_WORDS and not any(word in said for word in (*NO_SOURCE, UNCONFIRMED))
