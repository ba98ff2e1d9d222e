"""The tables of a list in the edition of a download: what stays, what ends, what is new."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kemkoll.lists.folder import Folder
from kemkoll.lists.importers import Export
from kemkoll.lists.same import plain_name, plain_reason, same_entries

Row = dict[str, str]
_GROUP = re.compile(
    r"\b(?:salts?|isomers?|esters|compounds|derivatives|related|covering|any of|homologues|congeners"
    r"|salter|isomerer|estrar|föreningar|derivat)\b",
    re.IGNORECASE,
)
"""Words by which a new entry is taken for a group that is yet to be decided."""
_SHAPE = ("limit", "operator", "basis", "element", "condition", "trace_only")
"""What all limits of a list must agree in for a new entry to get the same."""


class Update:
    """The work on one list; entries of the download are known by their ids in the list.

    Args:
        export: the download.
        current: the list as it is; None for a new one.
        day: the edition, ISO text.
        whole: the list is the download itself; else the download adds to what the list knows.
        reference: what a row refers to that names nothing itself.
    """

    def __init__(
        self, export: Export, current: Folder | None, day: str, *, whole: bool, reference: str
    ) -> None:
        self.export, self.current, self.day, self.whole, self.reference = (
            export,
            current,
            day,
            whole,
            reference,
        )
        self.before = str(date.fromisoformat(day) - timedelta(1))
        self.old = {row["entry"]: row for row in rows_of(current, "entries")}
        same = same_entries(export, current.tables) if current else {}
        taken = set(self.old)
        outside = _outside(current)
        found = [
            row
            for row in _records(export.entries)
            if row["chosen"] and row["official"] not in outside and plain_name(row["name_en"]) not in outside
        ]
        self.ids = {row["key"]: same.get(row["key"]) or [new_id(row["name_en"], taken)] for row in found}
        self.new: dict[str, Row] = {}
        for row in found:
            for entry in self.ids[row["key"]]:
                self.new.setdefault(entry, row)
        keys = Counter(entry for row in found for entry in self.ids[row["key"]])
        self.alone = {
            entry for entry, row in self.new.items() if keys[entry] == len(self.ids[row["key"]]) == 1
        }
        self.since = {
            entry: self.old[entry]["since"] if entry in self.old else row["since"] or day
            for entry, row in self.new.items()
        }

    def ended(self) -> list[Row]:
        """The entries of the list that the download does not have, with the last day of each."""
        gone = [
            row | {"until": row["until"] or self.before}
            for entry, row in self.old.items()
            if entry not in self.new
        ]
        return [row for row in gone if row["until"] >= row["since"]]

    def entries(self) -> Iterator[Row]:
        """The entries that stay or end, in the order of the list, then the new ones."""
        own_names, own_reasons = (
            self._words_its_own("name_en", plain_name),
            self._words_its_own("reason", plain_reason),
        )
        for entry, old in self.old.items():
            if new := self.new.get(entry):
                row = dict(old)
                if self.whole or (entry in self.alone and not own_names):
                    row["name_en"] = _updated(old["name_en"], new["name_en"], plain_name, whole=self.whole)
                if self.whole or (entry in self.alone and not own_reasons):
                    row["reason"] = _updated(old["reason"], new["reason"], plain_reason, whole=self.whole)
                if self.whole:
                    row |= {name: new[name] for name in ("official", "name_sv", "reference") if new[name]}
                yield row
        yield from self.ended()
        for entry, new in self.new.items():
            if entry not in self.old:
                shown = {
                    name: new[name] for name in ("official", "name_en", "name_sv", "reason", "published")
                }
                reference = new["reference"] or self.reference
                yield shown | {
                    "entry": entry,
                    "since": self.since[entry],
                    "until": "",
                    "reference": reference,
                }

    def _words_its_own(self, column: str, plain: Any) -> bool:
        """Whether the list words the column otherwise than its publisher in most entries: then it is kept."""
        stay = [
            (self.old[entry][column], self.new[entry][column]) for entry in self.alone if entry in self.old
        ]
        alike = [old for old, new in stay if plain(old) == plain(new)]
        return 2 * len(alike) < len(stay)

    def members(self) -> Iterator[Row]:
        """What the list knows, and the numbers of the download; what a complete download leaves out ends."""
        named = self._named()
        seen: dict[str, set[str]] = defaultdict(set)
        ended = {row["entry"]: row["until"] for row in self.ended()}
        for row in rows_of(self.current, "members"):
            entry = row["entry"]
            stays = entry in self.new and self._stays(row, named.get(entry, {}))
            until = row["until"] or ("" if stays else ended.get(entry, self.before))
            if (entry in self.new or entry in ended) and (not until or until >= row["since"]):
                yield row | {"until": until}
            if not until:
                seen[entry] |= {row["value"], plain_name(row["name_en"]) if row["kind"] == "group" else ""}
        for entry, found in named.items():
            for (kind, value), row in found.items():
                if value not in seen[entry] and not (
                    kind == "group" and plain_name(row["name_en"]) in seen[entry]
                ):
                    yield self._member(entry, kind, value, row["name_en"])

    def _named(self) -> dict[str, dict[tuple[str, str], Row]]:
        """The members that the download names; where one of its entries is several of the list's, none."""
        named: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
        for row in _records(self.export.members):
            ids = self.ids.get(row["key"], [])
            value = slug(row["value"]) if row["kind"] == "group" else row["value"]
            if len(ids) == 1:
                named[ids[0]].setdefault((row["kind"], value), row)
        return named

    def _stays(self, row: Row, named: dict[tuple[str, str], Row]) -> bool:
        complete = self.whole or self.export.names_members
        official = row["kind"] in ("cas", "ec", "list") and not row["derived"] and not row["excluded"]
        return (
            not (complete and row["entry"] in self.alone and official) or (row["kind"], row["value"]) in named
        )

    def _member(self, entry: str, kind: str, value: str, name: str) -> Row:
        since = self.since[entry] if entry not in self.old else max(self.since[entry], self.day)
        reference = self.new[entry]["reference"] or self.reference
        return {
            "entry": entry,
            "kind": kind,
            "value": value,
            "name_en": name,
            "name_sv": "",
            "excluded": "",
            "certainty": "certain",
            "derived": "",
            "since": since,
            "until": "",
            "reference": reference,
        }

    def limits(self, members: list[Row]) -> Iterator[Row]:
        """The limits that are known, those that the download sets, and for new ones that of the others."""
        there = self.new.keys() | {row["entry"] for row in self.ended()}
        known = [row for row in rows_of(self.current, "limits") if row["entry"] in there]
        set_ = {entry for key in self.export.limits["key"] for entry in self.ids.get(key, ())}
        if self.whole:
            kept = [
                row
                for row in known
                if row["entry"] not in self.new or not (self.export.sets_limits or row["entry"] in set_)
            ]
            yield from kept
            yield from self._set_limits()
            return
        yield from known
        yield from self._like_the_others(known, members)

    def _set_limits(self) -> Iterator[Row]:
        checked = "set by the list itself" if self.export.sets_limits else "unconfirmed"
        rows: dict[tuple[str, ...], Row] = {}
        for found in _records(self.export.limits):
            for entry in self.ids.get(found.pop("key"), ()):
                row = found | {"entry": entry, "element": "", "trace_only": "", "checked": checked}
                row["since"] = max(found["since"], self.since[entry])
                row["reference"] = found["reference"] or self.reference
                if not row["until"] or row["until"] >= row["since"]:
                    rows.setdefault(tuple(row.values()), row)
        yield from rows.values()

    def _like_the_others(self, known: list[Row], members: list[Row]) -> Iterator[Row]:
        """The limit that all entries in force share, for the new ones: unconfirmed; groups are summed."""
        in_force = {entry for entry, row in self.old.items() if not row["until"]}
        limits = [row for row in known if not row["until"] and row["entry"] in in_force]
        shapes = {tuple(row[name] for name in _SHAPE) for row in limits}
        if len(shapes) != 1 or {row["entry"] for row in limits} != in_force:
            return
        shape = dict(zip(_SHAPE, shapes.pop(), strict=True))
        shape["reference"] = Counter(row["reference"] for row in limits).most_common(1)[0][0]
        numbers = Counter(row["entry"] for row in members if row["kind"] == "cas")
        for entry, new in self.new.items():
            if entry not in self.old:
                one = numbers[entry] == 1 and not _GROUP.search(f"{new['name_en']} {new['wording']}")
                shape |= {"measure": "substance" if one else "sum", "checked": "unconfirmed", "until": ""}
                yield shape | {"entry": entry, "since": self.since[entry]}

    def groups(self, members: list[Row]) -> dict[str, dict[str, Any]]:
        """What decides groups; a new entry that has no numbers, or is worded as a group, is pending."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for row in members:
            kinds[row["entry"]].add(row["kind"])
        ended = {row["entry"] for row in self.ended()}
        known = self.current.tables["groups"] if self.current else {"entry": [], "table": []}
        made: dict[str, dict[str, Any]] = {
            entry: table
            for entry, table in zip(known["entry"], known["table"], strict=True)
            if entry in ended or (entry in self.new and not self.whole)
        }
        for entry, new in self.new.items():
            wording = " — ".join(filter(None, (new["name_en"], new["wording"])))
            worded = (
                (self.whole or entry not in self.old)
                and _GROUP.search(wording)
                and "list" not in kinds[entry]
            )
            if entry not in made and (worded or not kinds[entry]):
                reference = new["reference"] or self.reference
                made[entry] = {"rule": "pending", "needs": "", "wording": wording, "reference": reference}
        return made


def rows_of(folder: Folder | None, name: str) -> list[Row]:
    """The rows of a list's table, texts as its files have them.

    >>> rows_of(None, "entries")
    []
    """
    table = (folder.outside if name == "outside" else folder.tables[name]) if folder else {}
    columns = [column for column in table if column != "row" and not column.endswith("_ppt")]
    return [
        dict(zip(columns, row, strict=True)) for row in zip(*(table[name] for name in columns), strict=True)
    ]


def _outside(current: Folder | None) -> set[str]:
    """Numbers and names of the official entries that the list leaves outside, and goes on leaving there."""
    if not current:
        return set()
    numbers, names = current.outside["official"], current.outside["name_en"]
    return set(filter(None, [*numbers, *map(plain_name, names)]))


def slug(name: str) -> str:
    """The name as an id: a-z, 0-9 and -, at most 60 signs.

    >>> slug("Lead(II) bis(methanesulfonate), färg"), slug("—")
    ('lead-ii-bis-methanesulfonate-farg', 'entry')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("α", "alpha").replace("β", "beta"))
    words = re.findall("[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return "-".join(words)[:60].strip("-") or "entry"


def new_id(name: str, taken: set[str]) -> str:
    """An id for the name that no other entry has; it is taken from then on.

    >>> new_id("Lead", {"lead", "lead-2"})
    'lead-3'
    """
    short, number = slug(name), 1
    made = short
    while made in taken:
        number += 1
        made = f"{short[: 59 - len(str(number))].strip('-')}-{number}"
    taken.add(made)
    return made


def _records(frame: pd.DataFrame) -> list[Row]:
    records: Any = frame.astype(object).to_dict("records")
    return list(records)


def _updated(old: str, new: str, plain: Any, *, whole: bool) -> str:
    """The new words where they say something else, or where the list is the download itself."""
    return new if new and (whole or plain(old) != plain(new)) else old
