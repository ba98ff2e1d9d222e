"""What is known of one substance: its names and numbers, the lists it is on, and why it is not on others.

It says what the checks would find, by the same functions: `identify` and `match`. Once a name or number has
been read as a substance, that substance is looked at by its own number, so that what meets it is seen and not
only how it was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kemkoll.formulas import elements, may_have, molar_mass
from kemkoll.identifiers import parse_inchikey, read_numbers
from kemkoll.identity import identify
from kemkoll.lists import in_force
from kemkoll.matching import match, taken_out
from kemkoll.registry import Registry, normal_name
from kemkoll.relatives import ALIKE_TO_THE_EYE, Relative, relatives
from kemkoll.structures import Shown, shown
from kemkoll.tables import LINES, PENDING, STRUCTURE, Declarations, Force, Law, Readings, rows_of

Record = Mapping[str, Any]
_ELEMENT = "element"


class Listed(NamedTuple):
    """One entry that the substance meets on the day: rows of `tables.LISTS`, `ENTRIES`, `EVIDENCE`, `LIMITS`,
    the ids of the entry's derogations, why kemkoll adds it where the official list does not name it, and for
    a group its row of `tables.GROUPS` and by which atoms its rule, if any, takes the substance in.
    """

    about: Record
    entry: Record
    evidence: Record
    limits: Sequence[Record]
    derogations: Sequence[str]
    derived: str
    group: Record | None
    shown: Shown


@dataclass(frozen=True)
class Absent:
    """Why the substance is not on a list, or not by an entry, where one may look for it.

    `why` is one of:

    * `excluded`: the entry takes it out, by `member`; `said` is why, else the reference;
    * `not_in_force`: the entry does not apply on the day; `since` and `until` say when it does;
    * `element`: the list names other substances with this element (`said`), one by one, `count` of them;
    * `isomer`: a substance on the list (`said`, its number) has the same formula and another structure;
    * `same_structure`: a substance on the list (`said`) has the same structure under another number;
    * `unlike`: the entry is a group with a substance (`said`, its number) that looks much like it, and its
      rule does not take it in;
    * `pending`: the entry is a group without a rule, and the formula has what each member has (`said`);
    * `undrawn`: the entry is a group with a rule, and no structure is known that it could be held against.
    """

    list: str
    why: str
    entry: Record
    said: str = ""
    since: str = ""
    until: str = ""
    count: int = 0
    member: str = ""


@dataclass(frozen=True)
class Substance:
    """One substance that the question may mean. `mass`: g/mol; None: unknown, or there is no one mass."""

    cas: str
    ec: str
    inchikey: str
    smiles: str
    formula: str
    mass: Fraction | None
    variable: bool
    found_by: str
    names: Mapping[str, Sequence[str]]
    listed: Sequence[Listed]
    absent: Sequence[Absent]
    elsewhere: Sequence[str]
    """Lists that it is not on and that nothing suggests."""
    relatives: Sequence[Relative]
    """Listed substances that it is like, where no list of law or contract has it."""

    @property
    def title(self) -> str:
        """Its first name, else a number."""
        return next((names[0] for names in self.names.values() if names), self.cas or self.ec or self.smiles)


@dataclass(frozen=True)
class Description:
    """The substances a text may mean, most likely first; none: it is unknown, or no number as written.

    `problems` are rows of `tables.PROBLEMS`; `guesses` are the numbers that a wrong one may have been meant
    to be, each with its name.
    """

    asked: str
    substances: Sequence[Substance]
    problems: Sequence[Record]
    guesses: Sequence[tuple[str, str]]


def describe(text: str, lists: Law, registry: Registry, on: str) -> Description:
    """What is known of the substance that a text names.

    Args:
        text: a CAS or EC number, a name in Swedish or English, a SMILES or an InChIKey.
        lists: the lists to look at, each in its edition.
        registry: where numbers, names and structures are looked up.
        on: the day on which entries apply, ISO text.
    """
    asked = identify(_lines([_cells(text, registry, lists)]), registry)
    guesses = [guess for fault in read_numbers(text).faults for guess in fault.candidates]
    written = _records(asked.identities.iloc[asked.readings["identity"].to_numpy()])
    meant = [_question(row, lists) for row in written if not row["cas"] or row["cas"] not in guesses]
    meant = [row for row in meant if row["cas"] or row["ec"] or row["smiles"] or not guesses]
    look = _Look.of(meant, lists, registry, on)
    substances = [look.substance(number, str(row["found_by"])) for number, row in enumerate(meant)]
    known = [substance for substance in substances if _is_known(substance, registry)]
    titles = registry.find_cas(guesses, parents=False)["name"].tolist()
    return Description(
        text,
        known,
        [row for row in _records(asked.problems) if row["code"] != "name-only"],
        list(zip(guesses, titles, strict=True)),
    )


_NUMBER = re.compile(
    r"(?:(?:cas|ec|eg|einecs|no|nr|number|nummer)\b[\s.:-]*)*\d[\d\s.,;/‐‑–-]{4,}", re.IGNORECASE
)
_ONLY_IN_SMILES = re.compile(r"[=#()\[\]@\\/+0-9]")


def _cells(text: str, registry: Registry, lists: Law) -> dict[str, str]:
    """The cell of a declaration in which the text would stand. A known name goes before a structure: PCP."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return {"cas": text}
    if parse_inchikey(text):
        return {"smiles": text}
    if registry.find_names([text])[0] or normal_name(text) in _names_listed(lists):
        return {"name": text}
    drawn = registry.find_structures([text]).iloc[0]
    sure = drawn["valid"] and (
        _ONLY_IN_SMILES.search(text) or registry.find_inchikeys([drawn["inchikey"]])[0]
    )
    return {"smiles" if sure else "name": text}


def _names_listed(lists: Law) -> set[str]:
    """The names of entries and members, as names are compared."""
    tables = (lists.entries, lists.members)
    names = {name for table in tables for column in ("name_en", "name_sv") for name in table[column].unique()}
    return {normal_name(name) for name in names if name}


def _lines(cells: Sequence[Record]) -> pd.DataFrame:
    return LINES.conform(pd.DataFrame([{"row": 1, **cell} for cell in cells]))


def _question(identity: Record, lists: Law) -> dict[str, str]:
    """The cells by which a substance is looked at, once it is known which one it is."""
    cells = {name: str(identity[name]) for name in ("name", "cas", "ec", "smiles", "found_by")}
    if cells["ec"] and not cells["cas"]:
        cells["cas"] = _partner(cells["ec"], "ec", lists)
    drawn = cells["found_by"] == "inchikey" and not cells["cas"]
    cells["smiles"] = (cells["smiles"] or str(identity["inchikey"])) if drawn else ""
    return cells


def _partner(number: str, kind: str, lists: Law) -> str:
    """The EC number of a CAS number, or the other way round, by the lists that have both; "": not one."""
    keys = ["list", "entry", "name_en"]
    members = lists.members[~lists.members["excluded"].to_numpy()]
    own = members[((members["kind"] == kind) & (members["value"] == number)).to_numpy()]
    near = members[members["entry"].isin(own["entry"].unique()) & members["kind"].isin(["cas", "ec"])]
    near = near.astype(object)
    sizes = near.groupby([*keys, "kind"])["value"].nunique()
    other = near[(near["kind"] != kind).to_numpy()].merge(own[keys].astype(object), on=keys)
    found = {
        row["value"]
        for row in _records(other)
        if all(sizes.get((*(row[key] for key in keys), of), 0) == 1 for of in ("cas", "ec"))
    }
    return found.pop() if len(found) == 1 else ""


def _is_known(substance: Substance, registry: Registry) -> bool:
    """Whether anybody has said anything of it: the registry, a list, or a structure."""
    known = bool(substance.cas) and bool(registry.find_cas([substance.cas], parents=False)["known"].iloc[0])
    told = [absent for absent in substance.absent if absent.why in ("excluded", "not_in_force")]
    return known or bool(substance.formula or substance.listed or told)


@dataclass(frozen=True)
class _Look:
    """The substances asked for, what meets them in force and at any time, and what takes them out."""

    readings: Readings
    registry: Registry
    always: Law
    law: Law
    now: pd.DataFrame
    ever: pd.DataFrame
    out: pd.DataFrame

    @classmethod
    def of(cls, cells: Sequence[Record], lists: Law, registry: Registry, on: str) -> _Look:
        lines = _lines([{name: row[name] for name in ("name", "cas", "ec", "smiles")} for row in cells])
        readings, law = identify(lines, registry), in_force(lists, on)
        handed_in = Declarations(lines=lines)
        now, ever = (match(readings, handed_in, some, registry).evidence for some in (law, lists))
        return cls(readings, registry, lists, law, now, ever, taken_out(readings, law))

    def substance(self, line: int, found_by: str) -> Substance:
        """What is known of the substance of one line, by its first reading."""
        of_line = self.readings.readings[(self.readings.readings["line"] == line).to_numpy()]
        number = int(of_line["identity"].iloc[0])
        identity = self.readings.identities.iloc[number]
        cas, ec = str(identity["cas"]), str(identity["ec"])
        now, ever, out = (
            frame[(frame["identity"] == number).to_numpy()] for frame in (self.now, self.ever, self.out)
        )
        smiles = "" if identity["variable"] else str(identity["smiles"])
        listed = [one for row in _records(now) for one in self._listed(row, smiles)]
        absent = [
            *self._excluded(out),
            *self._not_in_force(now, ever),
            *self._open(str(identity["formula"]), smiles, pd.concat([ever, out])),
        ]
        absent += self._near(identity, ever, {one.list for one in absent if one.why == "excluded"})
        like = self._like(identity, listed)
        absent += self._unlike(like, {(one.list, str(one.entry.get("entry"))) for one in absent})
        told = {str(one.about["list"]) for one in listed} | {one.list for one in absent}
        return Substance(
            cas,
            ec or (_partner(cas, "cas", self.always) if cas else ""),
            str(identity["inchikey"]),
            smiles,
            str(identity["formula"]),
            None if identity["variable"] else molar_mass(str(identity["formula"])),
            bool(identity["variable"]),
            found_by,
            self._names(cas, ec, listed),
            listed,
            absent,
            [name for name in self.law.lists["list"] if name not in told],
            [relative for relative in like if relative.close],
        )

    def _like(self, identity: pd.Series[Any], listed: Sequence[Listed]) -> list[Relative]:
        """Listed substances that it looks like, where no list of law or contract has it."""
        drawn = str(identity["smiles"]) if not identity["variable"] else ""
        if not drawn or any(one.about["force"] != Force.watch for one in listed):
            return []
        return relatives(drawn, self.law, self.registry)

    def _unlike(self, like: Sequence[Relative], told: set[tuple[str, str]]) -> list[Absent]:
        """The groups of what it looks like, whose rules do not take it in."""
        made = {
            key: one.cas
            for one in reversed(like)
            for key in one.apart
            if one.similarity >= ALIKE_TO_THE_EYE and key not in told
        }
        return [
            Absent(name, "unlike", _records(rows_of(self.law.entries, name, entry))[0], number)
            for (name, entry), number in made.items()
        ]

    def _listed(self, evidence: Record, smiles: str) -> list[Listed]:
        """The entry of one piece of evidence, in each of its periods on the day."""
        law, key = self.law, (evidence["list"], evidence["entry"])
        about = _records(law.lists[(law.lists["list"] == key[0]).to_numpy()])[0]
        limits = _records(rows_of(law.limits, *key))
        derogations = list(dict.fromkeys(rows_of(law.derogations, *key)["id"]))
        entries = _records(rows_of(law.entries, *key))
        members = rows_of(law.members, *key)
        here = (~members["excluded"] & (members["value"] == evidence["member"])).to_numpy()
        derived = next(iter(members["derived"][here]), "")
        group = next(iter(_records(rows_of(law.groups, *key))), None)
        by = shown(smiles, group["conditions"]) if group and group["conditions"] else Shown((), "")
        return [Listed(about, entry, evidence, limits, derogations, derived, group, by) for entry in entries]

    def _names(self, cas: str, ec: str, listed: Sequence[Listed]) -> dict[str, list[str]]:
        """Its names by language, the registry's first, then those of the lists; each once."""
        known = self.registry.names_of(cas) if cas else {"en": (), "sv": ()}
        members = self.always.members[~self.always.members["excluded"].to_numpy()]
        own = members[members["value"].isin([number for number in (cas, ec) if number]).to_numpy()]
        made = {}
        for language, names in known.items():
            entries = [
                str(one.entry[f"name_{language}"]) for one in listed if one.evidence["matched_by"] == "name"
            ]
            all_names = filter(None, [*names, *own[f"name_{language}"], *entries])
            made[language] = list({name.lower(): name for name in reversed([*all_names])}.values())[::-1]
        return made

    def _excluded(self, out: pd.DataFrame) -> list[Absent]:
        """What takes it out, entry by entry, with the list's note."""
        made = []
        for row in _records(out):
            members = rows_of(self.law.members, row["list"], row["entry"])
            values = members["value"].astype(object)
            here = members["excluded"] & ((values == row["member"]) | (values.str[:14] == row["member"]))
            member = _records(members[here.to_numpy()])[0]
            entry = _records(rows_of(self.law.entries, row["list"], row["entry"]))[0]
            said = member["derived"] or member["reference"]
            made.append(Absent(row["list"], "excluded", entry, said, member=member["value"]))
        return made

    def _not_in_force(self, now: pd.DataFrame, ever: pd.DataFrame) -> list[Absent]:
        """The entries that it meets on other days, each with its first and last day."""
        met = {(row["list"], row["entry"]) for row in _records(now)}
        made = []
        for row in _records(ever):
            if (row["list"], row["entry"]) in met:
                continue
            members = rows_of(self.always.members, row["list"], row["entry"])
            member = _records(members[(members["value"] == row["member"]).to_numpy()])
            for entry in _records(rows_of(self.always.entries, row["list"], row["entry"])):
                since = max([entry["since"], *(one["since"] for one in member[:1])])
                until = min(filter(None, [entry["until"], *(one["until"] for one in member[:1])]), default="")
                made.append(Absent(row["list"], "not_in_force", entry, since=since, until=until))
        return made

    def _open(self, formula: str, smiles: str, told: pd.DataFrame) -> list[Absent]:
        """The groups whose members have no atoms that it lacks, and that nothing decides: no rule, or no
        structure that a rule could look at.
        """
        known = {(row["list"], row["entry"]) for row in _records(told)}
        open_ = {PENDING: PENDING} | ({} if smiles else {STRUCTURE: "undrawn"})
        groups = self.law.groups[self.law.groups["rule"].isin(open_).to_numpy()]
        return [
            Absent(
                row["list"],
                open_[row["rule"]],
                _records(rows_of(self.law.entries, row["list"], row["entry"]))[0],
                row["needs"],
            )
            for row in _records(groups)
            if (row["list"], row["entry"]) not in known and may_have(formula, row["needs"])
        ]

    def _near(self, identity: pd.Series[Any], ever: pd.DataFrame, told: set[str]) -> list[Absent]:
        """What lists that it is not on have of substances like it: with an element for which other lists
        take it in, or of its formula.
        """
        members = self.law.members[
            ((self.law.members["kind"] == "cas") & ~self.law.members["excluded"]).to_numpy()
        ]
        members = members[~members["list"].isin({*ever["list"], *told}).to_numpy()]
        numbers = members["value"].astype(object).unique().tolist()
        known = self.registry.find_cas(numbers, parents=False).set_index(pd.Index(numbers))
        atoms = {text: elements(text) or {} for text in known["formula"].unique()}
        rows = members.assign(formula=known["formula"].loc[members["value"].astype(object)].to_numpy())
        made = []
        for symbol in ever["member"][(ever["matched_by"] == _ELEMENT).to_numpy()].unique():
            here = rows[[symbol in atoms[text] for text in rows["formula"]]]
            counts = here.groupby("list", observed=True)["value"].nunique()
            made += [Absent(str(name), _ELEMENT, {}, str(symbol), count=int(n)) for name, n in counts.items()]
        own = elements(str(identity["formula"])) or {}
        if "C" in own and identity["inchikey"] and identity["cas"] not in numbers:
            same = rows[np.array([atoms[text] == own for text in rows["formula"]], dtype=bool)]
            made += self._same_formula(str(identity["inchikey"]), same, known)
        return made

    def _same_formula(self, key: str, same: pd.DataFrame, known: pd.DataFrame) -> list[Absent]:
        """For each list the substances of the same formula whose structure is known."""
        made = {}
        for row in _records(same):
            other = str(known["inchikey"].loc[row["value"]])
            if other:
                why = "same_structure" if other[:14] == key[:14] else "isomer"
                made[row["list"], row["value"]] = Absent(row["list"], why, row, row["value"])
        return list(made.values())


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, each by its columns' names."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
