"""What is known of a substance, in sentences: in a terminal and in the portal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import Translator, number_text, phrase_text
from kemkoll.outputs.entries import days_text, limit_text, reason_of, title_text
from kemkoll.outputs.words import ROUTES, condition_text, reason_text

if TYPE_CHECKING:
    from kemkoll.relatives import Relative
    from kemkoll.substance import Absent, Description, Listed, Substance

SAID_OTHERWISE = ("substance-unidentified", "number-several")
"""Problems of what was asked that the answer says in other words."""
_MOST_NAMES, _MOST_GROUPS, _MOST_DEROGATIONS = 8, 5, 8


@dataclass(frozen=True)
class Block:
    """A heading with lines, or without: a sentence. `grave`: somebody should heed it."""

    title: str
    lines: list[str] = field(default_factory=list)
    grave: bool = False


def said_of(one: Substance, on: str, notes: Mapping[tuple[str, str], str], _: Translator) -> Iterator[Block]:
    """On which lists a substance is and why not on others, as of a day.

    Args:
        notes: remarks that lists make on what they take out (`remarks`).
    """
    if one.listed:
        yield Block(_("On these lists, as of {date}:").format(date=on))
        for _name, entries in groupby(one.listed, key=lambda listed: listed.about["list"]):
            yield _on_list(list(entries), _)
    else:
        said = _("On none of these lists by number, structure, element or name, as of {date}.")
        yield Block(said.format(date=on), grave=True)
    absent = [replace(away, said=notes.get((away.member, away.said), away.said)) for away in one.absent]
    if why := [*_why_not(absent, on, _)]:
        yield Block(_("Not met, although one may look there:"), why)
    if groups := [*_open_groups(one, "pending", _)]:
        yield Block(_("Groups that nothing decides yet:"), groups)
    if groups := [*_open_groups(one, "undrawn", _)]:
        yield Block(_("Groups that its structure would decide, which is not known:"), groups)
    if one.relatives:
        yield Block(
            _("On no list that binds, but like these, which are (advice on substitutes, no verdict):"),
            [_relative(relative, _) for relative in one.relatives],
        )
    if one.elsewhere:
        yield Block(_("Not on, and nothing suggests it:"), [", ".join(one.elsewhere)])


def remarks(told: Description) -> dict[tuple[str, str], str]:
    """What the lists remark on the members that they take out, by member and reference; read if needed."""
    from kemkoll.lists.editions import library_of
    from kemkoll.lists.folder import read_folder

    if not any(away.why == "excluded" for one in told.substances for away in one.absent):
        return {}
    library = library_of()
    made = {}
    for id_ in library.ids:
        members = read_folder(library.path(id_)).tables["members"]
        remarks = members.get("note", [""] * len(members["row"]))
        for value, reference, out, note in zip(
            members["value"], members["reference"], members["excluded"], remarks, strict=True
        ):
            if out == "yes" and note:
                made[value, reference] = note
    return made


def facts_of(one: Substance, _: Translator) -> Iterator[tuple[str, str]]:
    """Names and numbers, formula and mass, as far as they are known."""
    yield _("Name in English"), _some(one.names["en"], _)
    yield _("Name in Swedish"), _some(one.names["sv"], _)
    yield "CAS", one.cas or "–"
    yield _("EC"), one.ec or "–"
    yield _("Formula"), one.formula or "–"
    yield _("Molar mass"), _mass(one.mass, _)
    structure = _("a polymer, alloy, mixture or of unknown composition: no one structure stands for it")
    yield "SMILES", structure if one.variable else one.smiles or "–"
    yield "InChIKey", one.inchikey or "–"
    if one.found_by:
        yield _("Identified"), _(ROUTES[one.found_by])


def _some(names: Sequence[str], _: Translator, most: int = _MOST_NAMES) -> str:
    """The names, the first of many."""
    said = "; ".join(names[:most]) or "–"
    left = len(names) - most
    return said + (
        " " + _.ngettext("and {n} more", "and {n} more", left).format(n=number_text(left, _.language))
        if left > 0
        else ""
    )


def _mass(mass: Fraction | None, _: Translator) -> str:
    if mass is None:
        return "–"
    shown = (Decimal(mass.numerator) / Decimal(mass.denominator)).quantize(Decimal("0.01"))
    return f"{number_text(shown, _.language)} g/mol"


def _on_list(entries: Sequence[Listed], _: Translator) -> Block:
    """One list with each entry met: why it is listed, by what it is met, its limits, its derogations."""
    about = entries[0].about
    title = _("{list}: {title}, edition {edition}")
    said = []
    if about["condition"]:
        condition = condition_text(about["condition"], {}, _)
        said.append(_("the list applies if {condition}").format(condition=condition))
    for one in entries:
        said.append(f"{title_text(one.entry, _)}: {reason_of(one.entry, _)}")
        said.append(_met(one.evidence, _))
        said += _of_group(one, _)
        if one.derived:
            why = phrase_text(one.derived, _)
            said.append(_("not named by the official list; added by kemkoll: {why}").format(why=why))
        said += [limit_text(limit, _) for limit in one.limits] or [_("listed, without a limit")]
        if one.derogations:
            ids = _some(one.derogations, _, _MOST_DEROGATIONS)
            said.append(_("Derogation: {id}.").format(id=ids))
    name = about[f"title_{_.language}"] or about["title_en"]
    return Block(title.format(list=about["list"], title=name, edition=about["edition"]), said)


def _met(evidence: Mapping[str, Any], _: Translator) -> str:
    """By what the entry is met, and why that is not certain."""
    route = evidence["matched_by"]
    said = _(ROUTES[route])
    if route in ("cas", "ec", "element", "material"):
        said += f" ({evidence['member']})"
    return f"{said}. {reason_text(evidence['why'], _)}" if evidence["why"] else said


def _of_group(one: Listed, _: Translator) -> Iterator[str]:
    """The words of a group whose rule takes the substance in, by which atoms, and what it cannot tell."""
    if one.group and one.shown.atoms:
        yield _("of the group by these of its atoms: {atoms}").format(atoms=one.shown.smiles)
        yield _("the words of the group: “{wording}”").format(wording=one.group["wording"])
        if undecided := one.group[f"undecided_{_.language}"]:
            yield _("What a structure cannot tell: {undecided}").format(undecided=undecided)


def _why_not(absent: Iterable[Absent], on: str, _: Translator) -> Iterator[str]:
    """Why it is not on lists, one reason for all lists that have it."""
    reasons: dict[tuple[str, str], list[Absent]] = {}
    for one in absent:
        if one.why not in ("pending", "undrawn"):
            alike = one.said if one.why in ("isomer", "same_structure") else _reason(one, on, _)
            reasons.setdefault((one.why, alike), []).append(one)
    for alike_ones in reasons.values():
        lists = dict.fromkeys(one.list for one in alike_ones)
        yield f"{', '.join(lists)}: {_reason(alike_ones[0], on, _)}"


def _reason(one: Absent, on: str, _: Translator) -> str:
    name = _entry_name(one.entry, _)
    if one.why == "excluded":
        return _("“{entry}” takes it out: {note}").format(entry=name, note=phrase_text(one.said, _))
    if one.why == "not_in_force":
        days = days_text({"since": one.since, "until": one.until}, _)
        return _("“{entry}” applies {days}, not on {date}").format(entry=name, days=days, date=on)
    if one.why == "element":
        said = _.ngettext(
            "does not name it; it names {n} other substance with {element} by number",
            "does not name it; it names {n} other substances with {element} by number",
            one.count,
        )
        return said.format(n=number_text(one.count, _.language), element=one.said)
    if one.why == "unlike":
        said = _(
            "“{entry}” takes in {number}, which looks much like it; its structure is not what the words say"
        )
        return said.format(entry=name, number=one.said)
    if one.why == "isomer":
        said = _("{name} ({number}) is on it, with the same formula but another structure: another substance")
    else:
        said = _("{name} ({number}) is on it: the same structure under another number, so look at that too")
    return said.format(name=name, number=one.said)


def _relative(one: Relative, _: Translator) -> str:
    """A listed substance that is like it, what they have in common, and how alike they are."""
    said = _("{name} ({number}), on {lists}; alike to {percent} %").format(
        name=one.names[_.language] or one.names["en"],
        number=one.cas,
        lists=", ".join(one.lists),
        percent=round(100 * one.similarity),
    )
    groups = list(dict.fromkeys(group[_.language] or group["en"] for group in one.groups))
    return f"{said}; " + (
        _("both: {groups}").format(groups=_some(groups, _)) if groups else _("no shared group")
    )


def _entry_name(entry: Mapping[str, Any], _: Translator) -> str:
    return str(entry.get(f"name_{_.language}") or entry.get("name_en", ""))


def _open_groups(one: Substance, why: str, _: Translator) -> Iterator[str]:
    """The groups that it may belong to, and that nothing decides for one reason, list by list."""
    groups = [absent for absent in one.absent if absent.why == why]
    if groups and not one.formula:
        said = _.ngettext(
            "Its formula is not known, so it may belong to {n} such group, on {lists}.",
            "Its formula is not known, so it may belong to any of {n} such groups, on {lists}.",
            len(groups),
        )
        lists = ", ".join(dict.fromkeys(group.list for group in groups))
        yield said.format(n=number_text(len(groups), _.language), lists=lists)
        return
    if groups:
        yield _("Its formula does not keep it out. It may belong to them or not:")
    for name, of_list in groupby(groups, key=lambda group: group.list):
        yield f"{name}: {_some([_entry_name(group.entry, _) for group in of_list], _, _MOST_GROUPS)}"
