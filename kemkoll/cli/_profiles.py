"""Requirement profiles on a page: which there are, and what one of them requires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kemkoll.cli._page import facts, indented, table
from kemkoll.i18n import Translator, number_text
from kemkoll.outputs.entries import limit_text
from kemkoll.outputs.words import CONDITIONS, EVIDENCE_LEVELS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kemkoll.profiles import Binding, CategoryWaiver, Profile


def all_of_them(profiles: Iterable[Profile], _: Translator) -> Iterator[RenderableType]:
    """Each profile with its title, its lists and to which editions it binds; then where each comes from."""
    each = list(profiles)
    rows = [(it.id, title(it, _), ", ".join(it.lists), binding_text(it.binding, _)) for it in each]
    yield table((_("Profile"), _("Title"), _("Lists"), _("Editions")), rows)
    yield facts({it.id: it.source for it in each if it.source})


def contents(profile: Profile, _: Translator) -> Iterator[RenderableType]:
    """What a profile is, what it requires, and which deviations it accepts."""
    said = {
        _("Profile"): profile.id,
        _("Title"): title(profile, _),
        _("Version of it"): profile.version,
        _("Source"): profile.source,
        _("Checked"): _("UNCONFIRMED") if profile.checked == "unconfirmed" else profile.checked,
        _("Lists"): ", ".join(profile.lists),
        _("Required alone"): ", ".join(profile.only_required),
        _("Editions"): binding_text(profile.binding, _),
        _("Facts"): "; ".join(_(CONDITIONS[name][not holds]) for name, holds in profile.facts.items()),
        _("Evidence wanted"): _(EVIDENCE_LEVELS[profile.evidence_level]) if profile.evidence_level else "",
        _("New articles"): _("not active before they are declared so") * profile.inactive_until_declared,
        _("Large volume"): _large(profile, _),
        _("Note"): profile.note_sv if _.language == "sv" else profile.note_en,
        "SHA-256": profile.sha256,
    }
    yield facts({name: value for name, value in said.items() if value})
    yield ""
    for requirement in profile.requirements:
        yield indented(_head(requirement, _), _requirement(requirement, _))
    if profile.waivers:
        yield indented(_("Waivers by product group"), [waiver_text(it, _) for it in profile.waivers])


def title(profile: Profile, _: Translator) -> str:
    """The profile's title in the reader's language; in the other where there is none."""
    both = (profile.title_sv, profile.title_en)
    own, other = both if _.language == "sv" else both[::-1]
    return own or other


def binding_text(binding: Binding, _: Translator) -> str:
    """To which editions a profile binds, in words.

    >>> from kemkoll.i18n import translator
    >>> from kemkoll.profiles import Binding
    >>> binding_text(Binding(grace_days=180), translator("en"))
    'following, with 180 days of grace'
    """
    if binding.kind == "frozen":
        return _("frozen on {date}").format(date=binding.date)
    if binding.grace_days:
        days = number_text(binding.grace_days, _.language)
        return _("following, with {days} days of grace").format(days=days)
    return _("following")


def waiver_text(waiver: CategoryWaiver, _: Translator) -> str:
    """A waiver in a line: for what, of what, why, by whom, until when."""
    said = _("{category}: {list} {entry} until {until}; {ground}; decision {decision}, {decider}")
    whole = _("(whole list)")
    return said.format(**(vars(waiver) | {"entry": waiver.entry or whole}))


def _large(profile: Profile, _: Translator) -> str:
    if not profile.large_volume:
        return ""
    said = _("from {count} pieces a year")
    return said.format(count=number_text(profile.large_volume, _.language))


def _head(requirement: dict[str, Any], _: Translator) -> str:
    named = requirement[f"title_{_.language}"] or requirement["title_en"]
    strength = _("must") if requirement["strength"] == "must" else _("should")
    return " ".join(filter(None, (requirement["id"], named, f"({strength})")))


def _requirement(requirement: dict[str, Any], _: Translator) -> list[str]:
    """Of what a requirement speaks, its limit in words, and its source."""
    of = requirement["entry"] if requirement["entry"] != "*" else _("all entries")
    if requirement["where"]:
        of = _("entries listed for {reasons}").format(reasons=", ".join(requirement["where"]))
    row = {"trace_only": False, **requirement}
    return [f"{requirement['list']}: {of}", limit_text(row, _), requirement["reference"]]
