"""The lists that a form asks about, in the supplier's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import read_folder
from kemkoll.tables import Law, list_id


@dataclass(frozen=True)
class Asked:
    """One list asked about.

    Attributes:
        list: its id.
        title: what it is called.
        act: the legal act, or who keeps it.
        means: what it means for an article that something on it is in.
        edition: the day of the edition, ISO text.
    """

    list: str
    title: str
    act: str
    means: str
    edition: str

    @property
    def day(self) -> date:
        """The day of the edition."""
        return date.fromisoformat(self.edition)


def asked_lists(law: Law, language: str) -> list[Asked]:
    """The lists of the law, each with what it means, in their order.

    Raises:
        ListError: a list cannot be read.

    >>> from kemkoll.lists import load_lists
    >>> asked_lists(load_lists(["eu-rohs"]), "sv")[0].title
    'RoHS: begränsade ämnen i elektrisk och elektronisk utrustning'
    """
    made = []
    for row in law.lists.to_dict("records"):
        id_ = list_id(str(row["list"]))
        about = read_folder(library_of().path(id_)).about
        title = row[f"title_{language}"] or row["title_en"]
        means = about.get(f"means_{language}") or about.get("means_en", "")
        made.append(Asked(id_, str(title), str(row["act"]), str(means), str(row["edition"])))
    return made
