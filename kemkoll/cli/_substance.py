"""A substance on a page: what it is called, the lists it is on and by what, and why it is not on others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kemkoll.cli._page import facts, indented, warning
from kemkoll.i18n import Translator
from kemkoll.outputs.substance import SAID_OTHERWISE, facts_of, said_of
from kemkoll.outputs.words import problem_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kemkoll.substance import Description, Substance


def description(
    told: Description, on: str, notes: Mapping[tuple[str, str], str], _: Translator
) -> Iterator[RenderableType]:
    """All that is known of what a text names, as of a day.

    Args:
        notes: remarks that lists make on what they take out, by member and reference.
    """
    for problem in told.problems:
        if problem["code"] not in SAID_OTHERWISE:
            yield warning(problem_text(problem["code"], problem["found"], problem["suggestion"], _))
    if told.guesses:
        said = [f"{number} {name}".strip() + f": kemkoll show {number}" for number, name in told.guesses]
        yield indented(_("As written it is nothing. It may be a slip for:"), said)
    elif not told.substances:
        yield _unknown(told.asked, _)
    if len(told.substances) > 1:
        said_of = _("“{text}” may mean {n} substances. Each is shown.")
        yield warning(said_of.format(text=told.asked, n=len(told.substances)))
    for substance in told.substances:
        yield from _substance(substance, on, notes, _)
    if told.substances:
        yield _("This is help in judging, not legal advice.")


def _unknown(asked: str, _: Translator) -> RenderableType:
    """What to do where nothing is known."""
    title = _("No substance is known as “{text}”. That does not say that it is on no list.")
    ways = [
        _("Ask for its CAS or EC number, its name in Swedish or English, or its structure as SMILES."),
        _("A substance of your own: {command}").format(command="kemkoll registry add FILE"),
    ]
    return indented(title.format(text=asked), ways)


def _substance(
    one: Substance, on: str, notes: Mapping[tuple[str, str], str], _: Translator
) -> Iterator[RenderableType]:
    yield facts(dict(facts_of(one, _)))
    yield ""
    for part in said_of(one, on, notes, _):
        if part.grave:
            yield warning(part.title)
        else:
            yield indented(part.title, part.lines) if part.lines else part.title
