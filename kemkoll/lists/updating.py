"""A download and the list as it is, put together: what the list would be."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kemkoll.errors import ListError
from kemkoll.lists.catalogue import undecided
from kemkoll.lists.folder import MAY_SAY, NUMBERS, TEXTS, Folder
from kemkoll.lists.importers import Export
from kemkoll.lists.same import same_entries
from kemkoll.lists.taking_over import Row, Update, rows_of
from kemkoll.messages import Message

_WRONG_DIGIT = "the check digit is wrong in the publisher’s own file"
_SHOWN = 20


_UNDECIDED = "Groups that the download names without saying what belongs to them: no rule decides them yet."
"""What a list that was not known before leaves open."""


@dataclass
class Draft:
    """A list as it would be written.

    Attributes:
        id: its id.
        about: what list.toml says, but for the check digits that are wrong at the publisher.
        tables: rows of entries, limits, members, derogations and outside, texts as the files have them.
        groups: what groups.toml says, by entry.
        exceptions: official numbers with a wrong check digit, each with its reason.
        undecided: what the list does not decide, in Markdown.
    """

    id: str
    about: dict[str, Any]
    tables: dict[str, list[Row]] = field(default_factory=dict)
    groups: dict[str, dict[str, Any]] = field(default_factory=dict)
    exceptions: dict[str, str] = field(default_factory=dict)
    undecided: str = ""


def check_count(export: Export, publisher: int | None, current: Folder | None) -> None:
    """Refuse a download of which entries are missing.

    Args:
        export: the download.
        publisher: how many entries the publisher says there are, if the user said so.
        current: the list as it is, to name what it has and the file lacks.

    Raises:
        ListError: more or fewer entries were read than the file has, or than the publisher counts.
    """
    read, official = len(export.entries), publisher or export.count
    if read == official == export.count:
        return
    missing: list[Message | str] = [Message("row {row}", row=str(row)) for row in export.unread]
    if current and read < official:
        known = {entry for ids in same_entries(export, current.tables).values() for entry in ids}
        rows = [row for row in rows_of(current, "entries") if row["entry"] not in known and not row["until"]]
        missing += [f"{row['name_en']} ({row['entry']})" for row in rows]
    which = Message("Missing: {names}.", names=_first(missing))
    raise ListError(
        "{read} entries were read, and the official count is {official}. {which} Nothing was written. "
        "Download the file again, or correct these rows.",
        read=read,
        official=official,
        which=which if missing else Message("The file does not tell which differ."),
    )


def _first(names: list[Message | str]) -> tuple[Message | str, ...]:
    """The first of many names, and how many more there are."""
    more = len(names) - _SHOWN
    return (*names[:_SHOWN], *([Message("and {n} more", n=more)] if more > 0 else []))


def updated(export: Export, current: Folder | None, id_: str, *, on: str, shipped: bool = True) -> Draft:
    """The list in the edition of the download, with what the list knows already.

    Entries that stay keep their id, Swedish name, limits, groups, derogations and days; the download gives
    numbers, and names and reasons where the list words them as the publisher does. What it no longer has ends
    on the day before the new edition. A list that kemkoll does not ship is the download itself, with the ids
    that it had.

    Args:
        export: the download.
        current: the list as it is, or the one that the new id starts from; None for a new list.
        id_: the id to write.
        on: the day of the import, ISO text; the edition where nothing else tells it.
        shipped: whether the current list is one of kemkoll's.

    Raises:
        ListError: the download is older than the list, or only a part of it.
    """
    edition = current.about["official_date"] if current and current.id == id_ else ""
    day = max(export.date or on, edition)
    about = _about(export, current, id_, day, on)
    work = Update(
        export, current, day, whole=export.sets_limits or not (current and shipped), reference=about["act"]
    )
    _refuse(export, current, id_, work)
    members = [*work.members()]
    tables = {"entries": [*work.entries()], "members": members, "limits": [*work.limits(members)]}
    there = {row["entry"] for row in tables["entries"]}
    tables["derogations"] = [row for row in rows_of(current, "derogations") if row["entry"] in there]
    tables["outside"] = rows_of(current, "outside")
    counted = {row["official"] or row["entry"] for row in tables["entries"]}
    about["official_count"] = len(counted | {row["official"] for row in tables["outside"]})
    exceptions = _exceptions(export, current, members)
    open_ = undecided(current) if current else ""
    return Draft(id_, about, tables, work.groups(members), exceptions, open_ or _UNDECIDED)


def _refuse(export: Export, current: Folder | None, id_: str, work: Update) -> None:
    if id_ == export.id and (lacking := set(export.all_parts) - set(export.parts)):
        raise ListError(
            "The list {list} has several parts, and {names} is not in the files. Name the files of all its "
            "parts, or give this one an id of its own with --id.",
            list=id_,
            names=", ".join(sorted(lacking)),
        )
    if not current or current.id != id_ or not export.date:
        return
    gone = [row for entry, row in work.old.items() if entry not in work.new and not row["until"]]
    younger: list[Message | str] = [row["name_en"] for row in gone if row["since"] > export.date]
    if younger:
        raise ListError(
            "The file is older than the list {list}: its newest day is {day}, and it lacks what came later "
            "({names}). Download it again, or keep it beside the list under an id of its own with --id.",
            list=id_,
            day=export.date,
            names=_first(younger),
        )


def _about(export: Export, current: Folder | None, id_: str, day: str, on: str) -> dict[str, Any]:
    if current:
        known = {key: current.about[key] for key in (*TEXTS, *NUMBERS, *MAY_SAY) if key in current.about}
    else:
        known = _defaults("own" if export.sets_limits else export.id)
    if current and current.id != id_:
        known |= {f"title_{language}": f"{known[f'title_{language}']} ({id_})" for language in ("en", "sv")}
    if not current and export.sets_limits:
        known |= {"title_en": id_, "title_sv": id_}
    read = f"Imported by kemkoll: {len(export.entries)} entries, {len(export.members)} numbers and members."
    if current and not export.sets_limits:
        read += " Limits, groups, derogations and Swedish names are those of the list as it was; "
        read += "limits marked unconfirmed are new."
    return known | {
        "id": id_,
        "source": export.what,
        "read": read,
        "retrieved": max(export.retrieved or on, day),
        "official_date": day,
    }


def _defaults(id_: str) -> dict[str, Any]:
    known = tomllib.loads(Path(__file__).with_name("about.toml").read_text(encoding="utf-8"))
    made: dict[str, Any] = {"condition": ""} | dict.fromkeys(MAY_SAY, "") | known[id_]
    return made


def _exceptions(export: Export, current: Folder | None, members: list[Row]) -> dict[str, str]:
    """The numbers of the list with a wrong check digit, with the reason for each."""
    wrong = export.problems["code"].isin(["cas-check-digit", "ec-check-digit"])
    known = dict.fromkeys(export.problems.loc[wrong, "found"], _WRONG_DIGIT)
    known |= current.exceptions if current else {}
    values = {row["value"] for row in members}
    return {value: reason for value, reason in sorted(known.items()) if value in values}
