"""Requirement profiles: which lists a buyer checks, what it knows about every article, and its own limits.

A profile is a TOML file:

    id = "region-x-2026"
    title_en = "…"
    title_sv = "…"
    lists = ["eu-reach-candidate", "phthalates"]

    [facts]                      # facts about every article, names of `tables.Condition`
    supply_to_public = false

    [[requirements]]             # limits of the contract, beside the law's
    list = "phthalates"
    entry = "*"                  # every entry of the list, or one entry's id
    limit = "0.1 %"
    operator = ">"
    basis = "component"
    measure = "sum"              # `substance` when left out
    condition = ""
    since = ""
    until = ""
    reference = "contract 2026-17, appendix 3"
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from kemkoll.errors import ProfileError
from kemkoll.messages import Message
from kemkoll.quantities import parse_amount
from kemkoll.tables import LIMITS, Basis, Condition, Force, Law, Measure, Operator, list_id, stack

_KEYS = {"id", "title_en", "title_sv", "lists", "facts", "requirements"}
_NEEDED = ("list", "entry", "limit", "operator", "basis", "reference")
_ALLOWED = {*_NEEDED, "measure", "condition", "since", "until"}


@dataclass(frozen=True)
class Profile:
    """What one buyer requires.

    Attributes:
        facts: facts that hold for every article.
        requirements: limits of the contract, as written in the profile.
        sha256: of the profile's text, so that a result can say by which it was made.
    """

    id: str
    title_en: str = ""
    title_sv: str = ""
    lists: tuple[str, ...] = ()
    facts: dict[str, bool] = field(default_factory=dict)
    requirements: tuple[dict[str, Any], ...] = ()
    sha256: str = ""

    def apply(self, law: Law) -> Law:
        """The law with the limits of the contract beside its own.

        Raises:
            ProfileError: a requirement names an entry that its list does not have.

        >>> Profile("none").apply(Law()).limits.shape[0]
        0
        """
        rows = [row for requirement in self.requirements for row in self._limits(requirement, law)]
        return replace(law, limits=stack(LIMITS, [law.limits, pd.DataFrame(rows)])) if rows else law

    def _limits(self, requirement: dict[str, Any], law: Law) -> list[dict[str, Any]]:
        editions = [name for name in law.entries["list"].unique() if list_id(name) == requirement["list"]]
        return [row for name in editions for row in self._limits_of(name, requirement, law)]

    def _limits_of(self, name: str, requirement: dict[str, Any], law: Law) -> list[dict[str, Any]]:
        entries = law.entries["entry"][law.entries["list"] == name].astype(str)
        wanted = list(dict.fromkeys(entries)) if requirement["entry"] == "*" else [requirement["entry"]]
        if not set(wanted) <= set(entries):
            raise ProfileError(
                "Profile {profile}: the list {list} has no entry “{entry}”. See `kemkoll lists show {list}`.",
                profile=self.id,
                list=requirement["list"],
                entry=requirement["entry"],
            )
        return [{**requirement, "list": name, "entry": entry} for entry in wanted]


def load_profile(name: str | Path = "default") -> Profile:
    """The profile of a name that ships with kemkoll, or of a TOML file.

    Raises:
        ProfileError: there is no such profile, or it says something that cannot be judged.

    >>> load_profile("default").lists
    ('eu-reach-candidate', 'eu-reach-restriction', 'eu-rohs', 'eu-pops', 'phthalates')
    """
    text = _text(name)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError("Profile {name}: not valid TOML ({error}).", name=name, error=error) from None
    faults = _faults(values)
    if faults:
        raise ProfileError("Profile {name}: {faults}.", name=name, faults=tuple(faults))
    return Profile(
        id=values["id"],
        title_en=values.get("title_en", ""),
        title_sv=values.get("title_sv", ""),
        lists=tuple(values["lists"]),
        facts=dict(values.get("facts", {})),
        requirements=tuple(_requirement(given) for given in values.get("requirements", [])),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def shipped() -> list[str]:
    """The names of the profiles that ship with kemkoll.

    >>> "default" in shipped()
    True
    """
    folder = resources.files("kemkoll.profiles")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def _text(name: str | Path) -> str:
    if str(name) in shipped():
        return (resources.files("kemkoll.profiles") / f"{name}.toml").read_text(encoding="utf-8")
    path = Path(name)
    if not path.is_file():
        raise ProfileError(
            "There is no profile “{name}”. Shipped: {names}; or name a TOML file.",
            name=name,
            names=", ".join(shipped()),
        )
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError("Profile {name} cannot be read: {error}.", name=name, error=error) from None


def _faults(values: dict[str, Any]) -> list[Message]:
    faults = [_not_understood(key) for key in sorted(values.keys() - _KEYS)]
    faults += [_missing(key) for key in ("id", "lists") if not values.get(key)]
    if not isinstance(values.get("lists", []), list):
        faults.append(Message("“lists” must be a list of names"))
    for fact, holds in values.get("facts", {}).items():
        if fact not in Condition.__members__:
            names = ", ".join(Condition)
            faults.append(Message("the fact “{fact}” is not one of {names}", fact=fact, names=names))
        if not isinstance(holds, bool):
            faults.append(Message("the fact “{fact}” must be true or false", fact=fact))
    for number, given in enumerate(values.get("requirements", []), start=1):
        faults += [
            Message("requirement {number}: {fault}", number=number, fault=fault)
            for fault in _requirement_faults(given)
        ]
    return faults


def _not_understood(key: str) -> Message:
    return Message("“{key}” is not understood", key=key)


def _missing(key: str) -> Message:
    return Message("“{key}” is missing", key=key)


def _requirement_faults(given: dict[str, Any]) -> list[Message]:
    faults = [_missing(key) for key in _NEEDED if not given.get(key)]
    faults += [_not_understood(key) for key in sorted(given.keys() - _ALLOWED)]
    amount = parse_amount(str(given.get("limit", "")))
    if given.get("limit") and (amount is None or amount.low_ppt != amount.high_ppt or amount.code):
        faults.append(Message("“{text}” is not one share, such as 0.1 %", text=str(given["limit"])))
    for key, allowed in (("operator", Operator), ("basis", Basis), ("measure", Measure)):
        if given.get(key) and given[key] not in list(allowed):
            names, text = ", ".join(allowed), str(given[key])
            faults.append(
                Message("the {key} “{text}” is not one of {names}", key=key, text=text, names=names)
            )
    for word in str(given.get("condition", "")).split():
        if word.lstrip("!") not in Condition.__members__:
            names = ", ".join(Condition)
            faults.append(Message("the condition “{name}” is not one of {names}", name=word, names=names))
    return faults


def _requirement(given: dict[str, Any]) -> dict[str, Any]:
    amount = parse_amount(str(given["limit"]))
    if amount is None:  # _faults has refused it
        raise ProfileError("“{text}” is not a share.", text=given["limit"])
    return {
        "measure": Measure.substance.value, "condition": "", "since": "", "until": "",
        **{key: str(value) for key, value in given.items()},
        "limit_ppt": amount.low_ppt, "checked": str(given["reference"]), "force": Force.contract.value,
    }  # fmt: skip
