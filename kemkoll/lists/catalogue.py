"""The catalogue of the shipped lists, SUBSTANCE_LISTS.md: made from the data, so that it is never behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kemkoll.i18n import N_, Translator, phrase_text, translator
from kemkoll.lists.folder import Folder, read_folder, shipped_count
from kemkoll.lists.freshness import open_ends, short_licence
from kemkoll.paths import data

UNDECIDED = "## What is not decided"
"""The heading of a list's README under which it says what it leaves open."""
_COLUMNS = (
    N_("list"), N_("title"), N_("entries"), N_("edition"), N_("source"), N_("terms"),
    N_("limits confirmed"), N_("groups without a rule"),
)  # fmt: skip
_TOP = N_(
    "# Substance lists\n\n"
    "Written from `substance_lists/` by `make lists`. `kemkoll lists status` says how old each edition is "
    "today.\nHow a list is kept: [lists](docs/lists.md).\n"
)


def shipped() -> list[Folder]:
    """The folders of the shipped lists, in name order.

    Raises:
        ListError: one of them cannot be read.
    """
    paths = sorted(path.parent for path in data("substance_lists").glob("*/list.toml"))
    return [read_folder(path) for path in paths]


def catalogue(folders: Sequence[Folder], language: str = "en") -> str:
    """The catalogue as Markdown: a table with a row for each list, then a section on each.

    Where a list says something in English only, the catalogue in another language says it too, marked as
    English.

    >>> catalogue(shipped()).startswith("# Substance lists")
    True
    >>> catalogue(shipped(), "sv").startswith("# Ämneslistor")
    True
    """
    _ = translator(language)
    head = [_row(map(_, _COLUMNS)), _row(["---"] * len(_COLUMNS))]
    table = [*head, *(_row(_cells(folder, _)) for folder in folders)]
    return "\n".join([_(_TOP), *table, "", "\n\n".join(_section(folder, _) for folder in folders), ""])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _cells(folder: Folder, _: Translator) -> tuple[str, ...]:
    about, ends = folder.about, open_ends(folder)
    count, outside = shipped_count(folder), len(set(folder.outside["official"]))
    of = _("{shipped} of {official}")
    entries = (
        str(count)
        if count == about["official_count"]
        else of.format(shipped=count, official=about["official_count"])
    )
    some = _("{entries}, {n} of them without a limit for articles").format(entries=entries, n=outside)
    confirmed = of.format(shipped=ends["limits"] - ends["unconfirmed"], official=ends["limits"])
    return (
        f"[{folder.id}](#{folder.id})",
        about[f"title_{_.language}"],
        some if outside else entries,
        about["official_date"],
        f"[{phrase_text(about['publisher'], _)}]({about['url']})",
        phrase_text(short_licence(about["licence"]), _),
        confirmed if ends["limits"] else _("sets none"),
        str(ends["pending"]),
    )


def _section(folder: Folder, _: Translator) -> str:
    """What one list means, where it comes from, and what it leaves open."""
    about = folder.about
    readme = f"substance_lists/{folder.id}/README.md"
    source = _("Source: {source} Retrieved {day}. {read}")
    parts = (
        f"## {folder.id}",
        about[f"means_{_.language}"],
        _("Act: {act}.").format(act=phrase_text(about["act"], _)),
        source.format(
            source=_as_it_is(about["source"], _), day=about["retrieved"], read=_as_it_is(about["read"], _)
        ),
        _("Terms: {terms}").format(terms=_as_it_is(about["licence"], _)),
        _("Not decided ([more]({readme})):").format(readme=readme) + f"\n\n{_as_it_is(undecided(folder), _)}",
    )
    return "\n\n".join(parts)


def _as_it_is(text: str, _: Translator) -> str:
    """What a list says in English only: as it is, and marked as English on a page in another language."""
    if text.startswith(("- ", "* ")) or "\n" in text:
        return text if _.language == "en" else f'<div lang="en" markdown="1">\n\n{text}\n\n</div>'
    return _ended(text) if _.language == "en" else f'<span lang="en">{_ended(text)}</span>'


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
