"""A profile from its TOML: one that ships with kemkoll, or a file."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from kemkoll.errors import ProfileError
from kemkoll.profiles.checks import day_of, faults
from kemkoll.profiles.profile import FOLLOWING, Binding, CategoryWaiver, Profile
from kemkoll.quantities import parse_amount
from kemkoll.tables import Force, Measure, Operator

_FORCES = {"must": Force.contract, "should": Force.should}


def load_profile(name: str | Path = "default") -> Profile:
    """The profile of a name that ships with kemkoll, or of a TOML file.

    Raises:
        ProfileError: there is no such profile, or it says something that cannot be judged.

    >>> load_profile("default").lists
    ('eu-reach-candidate', 'eu-reach-restriction', 'eu-rohs', 'eu-pops', 'phthalates')
    """
    return parse_profile(profile_text(name), name)


def parse_profile(text: str, name: str | Path) -> Profile:
    """The profile that a text is.

    Args:
        text: TOML.
        name: what to call it where it says something wrong.

    Raises:
        ProfileError: it says something that cannot be judged.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError("Profile {name}: not valid TOML ({error}).", name=name, error=error) from None
    found = faults(values)
    if found:
        raise ProfileError("Profile {name}: {faults}.", name=name, faults=tuple(found))
    return _profile(values, hashlib.sha256(text.encode()).hexdigest())


def shipped() -> list[str]:
    """The names of the profiles that ship with kemkoll.

    >>> "default" in shipped()
    True
    """
    folder = resources.files("kemkoll.profiles")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def profile_text(name: str | Path) -> str:
    """The text of a profile that ships with kemkoll, or of a TOML file.

    Raises:
        ProfileError: there is no such profile, or it cannot be read.
    """
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


def _profile(values: dict[str, Any], sha256: str) -> Profile:
    checked = values.get("checked", "")
    texts = ("id", "title_en", "title_sv", "version", "source", "note_en", "note_sv")
    return Profile(
        **{key: str(values.get(key, "")) for key in texts},
        checked=checked,
        lists=tuple(values["lists"]),
        only_required=tuple(values.get("only_required", ())),
        binding=_binding(values.get("binding", {})),
        evidence_level=values.get("evidence_level", 0),
        inactive_until_declared=values.get("inactive_until_declared", False),
        large_volume=values.get("large_volume", 0),
        facts=dict(values.get("facts", {})),
        requirements=tuple(_requirement(given, checked) for given in values.get("requirements", [])),
        waivers=tuple(_waiver(given) for given in values.get("waivers", [])),
        sha256=sha256,
    )


def _binding(given: dict[str, Any]) -> Binding:
    day = day_of(given.get("date"))
    return Binding(given.get("kind", FOLLOWING), date=day, grace_days=given.get("grace_days", 0))


def _requirement(given: dict[str, Any], checked: str) -> dict[str, Any]:
    """A requirement as a row of `tables.LIMITS`, with what the profile says of it beside that.

    Args:
        checked: of the whole profile: where it is unconfirmed, so is what does not say otherwise.
    """
    amount = parse_amount(str(given.get("limit", "")))
    texts = {key: str(value) for key, value in given.items() if key != "where"}
    reference = texts["reference"]
    return {
        "id": "", "title_en": "", "title_sv": "", "strength": "must", "limit": "",
        "operator": Operator.above.value, "measure": Measure.substance.value, "element": "", "condition": "",
        "since": "", "until": "", "checked": checked if checked == "unconfirmed" else reference, **texts,
        "reference": f"{texts['id']}: {reference}" if texts.get("id") else reference,
        "where": tuple(given.get("where", ())),
        "limit_ppt": amount.low_ppt if amount else 0,
        "force": _FORCES[given.get("strength", "must")].value,
    }  # fmt: skip


def _waiver(given: dict[str, Any]) -> CategoryWaiver:
    return CategoryWaiver(**{"entry": "", **given, "until": day_of(given["until"])})
