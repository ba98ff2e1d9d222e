"""What a list says of its entries, in words: in a terminal and on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kemkoll.i18n import Translator, phrase_text, share_text
from kemkoll.outputs.words import BASES, MEASURES, condition_text


def reason_of(entry: Mapping[Any, Any], _: Translator) -> str:
    """Why the entry is listed, and from when to when."""
    return f"{phrase_text(entry['reason'], _)} ({days_text(entry, _)})"


def title_text(entry: Mapping[Any, Any], _: Translator) -> str:
    """The entry's id, name and official number."""
    name = entry[f"name_{_.language}"] or entry["name_en"]
    official = f" [{entry['official']}]" if entry["official"] else ""
    return f"{entry['entry']}  {name}{official}"


def limit_text(limit: Mapping[Any, Any], _: Translator) -> str:
    """A limit in words: how much of what, of what it is counted, when and from when to when it holds.

    Args:
        limit: a row of `tables.LIMITS`.

    >>> from kemkoll.i18n import translator
    >>> lead = {"limit": "0.1 %", "limit_ppt": 10**9, "operator": ">", "basis": "component"}
    >>> lead |= {"measure": "element", "element": "Pb", "condition": "!outdoor", "trace_only": False}
    >>> limit_text(lead | {"since": "2020-01-01", "until": "", "checked": "unconfirmed"}, translator("en"))
    '> 0.1 % of the component; counted as Pb; if it is not used outdoors only; from 2020-01-01; UNCONFIRMED'
    """
    how = MEASURES[limit["measure"]]
    parts = [_share(limit, _), _(how).format(element=limit["element"]) if how else ""]
    if limit["trace_only"]:
        parts.append(_("as an unintended trace only"))
    if limit["condition"]:
        parts.append(_("if {condition}").format(condition=condition_text(limit["condition"], {}, _)))
    if limit.get("narrower"):
        parts.append(_("the law means fewer articles than that"))
    dated = limit["since"] or limit["until"]
    parts += [
        days_text(limit, _) if dated else "",
        _("UNCONFIRMED") if limit["checked"] == "unconfirmed" else "",
    ]
    return "; ".join(filter(None, parts))


def _share(limit: Mapping[Any, Any], _: Translator) -> str:
    """The limit's share in words; one on release as the law writes it; nothing where it needs none."""
    if not limit["limit"]:
        return ""
    if limit["measure"] == "release":
        return f"{limit['operator']} {phrase_text(limit['limit'], _)}"
    share = share_text(int(limit["limit_ppt"]), int(limit["limit_ppt"]), _.language)
    return f"{limit['operator']} {share} {_(BASES[limit['basis']])}"


def days_text(row: Mapping[Any, Any], _: Translator) -> str:
    """From when to when a row holds; it has `since` and `until`."""
    said = _("{since} to {until}") if row["until"] else _("from {since}")
    return said.format(since=row["since"], until=row["until"])
