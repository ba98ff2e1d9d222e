"""What is wrong with the text of a profile: every fault at once, in sentences for who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from kemkoll.messages import Message
from kemkoll.profiles.profile import ALL, FOLLOWING, FROZEN
from kemkoll.quantities import parse_amount
from kemkoll.tables import Basis, Condition, EvidenceLevel, Measure, Operator, list_id

STRENGTHS = ("must", "should")
_TEXTS = ("id", "title_en", "title_sv", "source", "note_en", "note_sv", "checked")
KEYS = {
    *_TEXTS, "version", "lists", "only_required", "evidence_level", "inactive_until_declared",
    "large_volume", "binding", "facts", "requirements", "waivers",
}  # fmt: skip
_BINDING = {FROZEN: ("kind", "date"), FOLLOWING: ("kind", "grace_days")}
_NEEDED = ("list", "entry", "limit", "operator", "basis", "reference")
_LIMITED = ("limit", "operator")
"""What a requirement needs that is about a share, not about presence."""
REQUIREMENT = {
    *_NEEDED, "id", "title_en", "title_sv", "strength", "where", "measure", "element", "condition", "since",
    "until", "checked",
}  # fmt: skip
WAIVER = ("category", "list", "ground", "decision", "decider", "until")


def faults(values: dict[str, Any]) -> list[Message]:
    """What is wrong with a profile; nothing, if it can be judged by.

    Args:
        values: the TOML as read.

    >>> [str(fault) for fault in faults({"id": "x", "list": ["eu-rohs"]})]
    ['“list” is not understood', '“lists” is missing']
    """
    found = [_not_understood(key) for key in sorted(values.keys() - KEYS)]
    found += [_missing(key) for key in ("id", "lists") if not values.get(key)]
    found += [_no_text(key) for key in _TEXTS if not isinstance(values.get(key, ""), str)]
    found += _names(values)
    found += _numbers(values)
    found += _binding(values.get("binding", {}))
    found += _facts(values.get("facts", {}))
    found += [_no_tables(key) for key in ("requirements", "waivers") if not _are_tables(values.get(key, []))]
    listed = [list_id(str(name)) for name in _several(values.get("lists", []))]
    for number, fault in _each(values.get("requirements", []), _requirement, listed):
        found.append(Message("requirement {number}: {fault}", number=number, fault=fault))
    for number, fault in _each(values.get("waivers", []), _waiver, listed):
        found.append(Message("waiver {number}: {fault}", number=number, fault=fault))
    return found


def day_of(value: Any) -> str:
    """The day that a TOML value says, ISO text; "" for what is none.

    >>> day_of(date(2026, 2, 4)), day_of("2026-02-04"), day_of("4 February")
    ('2026-02-04', '2026-02-04', '')
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return value if date.fromisoformat(value).isoformat() == value else ""
    except (TypeError, ValueError):
        return ""


def _not_understood(key: str) -> Message:
    return Message("“{key}” is not understood", key=key)


def _missing(key: str) -> Message:
    return Message("“{key}” is missing", key=key)


def _no_text(key: str) -> Message:
    return Message("“{key}” must be a text", key=key)


def _not_one_of(key: str, text: object, allowed: Any) -> Message:
    return Message(
        "the {key} “{text}” is not one of {names}", key=key, text=str(text), names=", ".join(allowed)
    )


def _no_day(key: str) -> Message:
    return Message("“{key}” must be a day like 2026-02-04", key=key)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(values: dict[str, Any]) -> Iterator[Message]:
    """What is wrong with the names of lists, and with the version."""
    for key in ("lists", "only_required"):
        given = values.get(key, [])
        if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
            yield Message("“{key}” must be a list of names", key=key)
    listed = {list_id(str(name)) for name in _several(values.get("lists", []))}
    for name in _several(values.get("only_required", [])):
        if str(name) not in listed:
            yield Message("the list “{list}” is not among “lists”", list=str(name))
    if not isinstance(values.get("version", ""), (str, date)):
        yield Message("“{key}” must be a text or a day", key="version")


def _numbers(values: dict[str, Any]) -> Iterator[Message]:
    """What is wrong with the evidence that is wanted, what hangs on it, and the large volume."""
    if values.get("evidence_level", 0) not in [*EvidenceLevel] or _is_bool(values.get("evidence_level")):
        yield Message("“{key}” must be a whole number from {least} to {most}",
                      key="evidence_level", least=min(EvidenceLevel), most=max(EvidenceLevel))  # fmt: skip
    waits = values.get("inactive_until_declared", False)
    if not _is_bool(waits):
        yield Message("“{key}” must be true or false", key="inactive_until_declared")
    elif waits and not values.get("evidence_level"):
        yield Message("“inactive_until_declared” needs “evidence_level”, 1 or more")
    if "large_volume" in values and not _is_count(values["large_volume"], least=1):
        yield Message("“{key}” must be a whole number, {least} or more", key="large_volume", least=1)


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _binding(given: Any) -> Iterator[Message]:
    if not isinstance(given, dict):
        yield Message("“{key}” must be a table", key="binding")
        return
    kind = given.get("kind", FOLLOWING)
    if kind not in _BINDING:
        yield _not_one_of("kind", kind, _BINDING)
        return
    yield from (_not_understood(key) for key in sorted(given.keys() - {*_BINDING[kind]}))
    if kind == FROZEN and "date" not in given:
        yield _missing("date")
    elif kind == FROZEN and not day_of(given["date"]):
        yield _no_day("date")
    elif kind == FOLLOWING and not _is_count(given.get("grace_days", 0), least=0):
        yield Message("“{key}” must be a whole number, {least} or more", key="grace_days", least=0)


def _facts(given: Any) -> Iterator[Message]:
    if not isinstance(given, dict):
        yield Message("“{key}” must be a table", key="facts")
        return
    for fact, holds in given.items():
        if fact not in Condition.__members__:
            names = ", ".join(Condition)
            yield Message("the fact “{fact}” is not one of {names}", fact=fact, names=names)
        if not isinstance(holds, bool):
            yield Message("the fact “{fact}” must be true or false", fact=fact)


def _are_tables(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, dict) for one in given)


def _no_tables(key: str) -> Message:
    return Message("“{key}” must be tables: [[{key}]]", key=key)


def _each(
    given: Any, check: Callable[[dict[str, Any], list[str]], Iterator[Message]], listed: list[str]
) -> Iterator[tuple[int, Message]]:
    """What is wrong with each requirement, or each waiver, with its number."""
    for number, one in enumerate(given if _are_tables(given) else [], start=1):
        for fault in check(one, listed):
            yield number, fault


def _requirement(given: dict[str, Any], listed: list[str]) -> Iterator[Message]:
    present = given.get("measure") == Measure.presence
    yield from (_missing(key) for key in _NEEDED if not given.get(key) and not (present and key in _LIMITED))
    yield from (_not_understood(key) for key in sorted(given.keys() - REQUIREMENT))
    if given.get("list") and str(given["list"]) not in listed:
        yield Message("the list “{list}” is not among “lists”", list=str(given["list"]))
    amount = parse_amount(str(given.get("limit", "")))
    if given.get("limit") and (amount is None or amount.low_ppt != amount.high_ppt or amount.code):
        yield Message("“{text}” is not one share, such as 0.1 %", text=str(given["limit"]))
    words = {"operator": Operator, "basis": Basis, "measure": Measure, "strength": STRENGTHS}
    for key, allowed in words.items():
        if given.get(key) and given[key] not in [*allowed]:
            yield _not_one_of(key, given[key], allowed)
    yield from (_no_day(key) for key in ("since", "until") if given.get(key) and not day_of(given[key]))
    yield from _meant(given)
    for word in str(given.get("condition", "")).split():
        if word.removeprefix("!") not in Condition.__members__:
            names = ", ".join(Condition)
            yield Message("the condition “{name}” is not one of {names}", name=word, names=names)


def _meant(given: dict[str, Any]) -> Iterator[Message]:
    """What is wrong with how a requirement says which entries, and which element, it means."""
    if "where" in given:
        reasons = given["where"]
        if not _several(reasons) or not all(isinstance(it, str) and it.strip() for it in reasons):
            yield Message("“{key}” must be a list of reasons, such as [“57(a)”, “57(b)”]", key="where")
        if given.get("entry") != ALL:
            yield Message("“where” chooses among all entries: it needs entry = “{all}”", all=ALL)
    if (given.get("measure") == Measure.element) != bool(given.get("element")):
        yield Message("“element” and measure = “element” need each other")


def _waiver(given: dict[str, Any], listed: list[str]) -> Iterator[Message]:
    yield from (_missing(key) for key in WAIVER if not given.get(key))
    yield from (_not_understood(key) for key in sorted(given.keys() - {*WAIVER, "entry"}))
    texts = ("category", "list", "entry", "ground", "decision", "decider")
    yield from (_no_text(key) for key in texts if not isinstance(given.get(key, ""), str))
    if given.get("list") and given["list"] not in listed:
        yield Message("the list “{list}” is not among “lists”", list=str(given["list"]))
    if given.get("until") and not day_of(given["until"]):
        yield _no_day("until")
