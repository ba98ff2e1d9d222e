"""What the user asked for, checked before any work begins: what does not exist is refused, with what does."""

from __future__ import annotations

from datetime import date
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kemkoll.cli import _clock
from kemkoll.cli._help import unknown
from kemkoll.i18n import Translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kemkoll.profiles import Profile
    from kemkoll.tables import Law


def files(asked: Sequence[str], _: Translator) -> list[str]:
    """The files to read, wildcards replaced by what they stand for; each file once.

    A file that is not there stays: reading it says so, and the others are judged all the same.
    """
    found: list[str] = []
    for name in asked:
        if any(sign in name for sign in "*?[") and not Path(name).exists():
            meant = sorted(glob(name, recursive=True))  # noqa: PTH207 - `..` and absolute patterns too
            if not meant:
                raise click.UsageError(_("No file is called {pattern}.").format(pattern=name))
            found += meant
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def outputs(asked: Sequence[str], inputs: Sequence[str], _: Translator) -> dict[str, str]:
    """The files to write, each with its format; never one that is read."""
    from kemkoll.outputs import format_of, formats

    targets(asked, inputs, [module.SUFFIX for module in formats().values()], _)
    return {name: form for name in asked if (form := format_of(name))}


def targets(asked: Sequence[str], inputs: Sequence[str], suffixes: Sequence[str], _: Translator) -> None:
    """Refuse files that cannot be written, have none of the suffixes, or are among those that are read."""
    read = {Path(name).resolve() for name in inputs}
    for name in asked:
        path = Path(name)
        if path.suffix.lower() not in suffixes:
            said = _("-o {file}: the suffix must be one of {suffixes}.")
            raise click.UsageError(said.format(file=name, suffixes=", ".join(suffixes)))
        if path.resolve() in read:
            raise click.UsageError(
                _("-o {file} would overwrite a file that is to be judged.").format(file=name)
            )
        if path.is_dir() or not path.parent.is_dir():
            raise click.UsageError(_("-o {file}: there is no such folder to write to.").format(file=name))


def tables(asked: Sequence[str], inputs: Sequence[str], _: Translator) -> None:
    """Refuse files that a table cannot be written to, or that are among those that are read."""
    from kemkoll.assortment.exports import WRITERS

    targets(asked, inputs, [*WRITERS], _)


def conditions(asked: Sequence[str], _: Translator) -> dict[str, bool]:
    """The facts given as `name=yes` or `name=no`."""
    from kemkoll.tables import Condition

    known: dict[str, bool] = {}
    for text in asked:
        name, sign, answer = (part.strip() for part in text.partition("="))
        if name not in Condition.__members__:
            raise click.UsageError(unknown(_("There is no condition “{name}”."), name, list(Condition), _))
        if not sign or answer.lower() not in ("yes", "no", "ja", "nej"):
            raise click.UsageError(
                _("--condition {text}: write {name}=yes or {name}=no.").format(text=text, name=name)
            )
        holds = answer.lower() in ("yes", "ja")
        if known.setdefault(name, holds) != holds:
            raise click.UsageError(_("--condition {name} is given as yes and as no.").format(name=name))
    return known


def day(asked: str | None, _: Translator, option: str = "--on") -> str:
    """The day to judge on; today, if nobody says."""
    if asked is None:
        return _clock.today()
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        found = None
    if found is None or found.isoformat() != asked:
        said = _("{option} {text}: write the day as 2026-11-22.")
        raise click.UsageError(said.format(option=option, text=asked))
    return asked


def profile(asked: str, _: Translator) -> Profile:
    """The requirement profile."""
    from kemkoll.profiles import load_profile, shipped

    if asked not in shipped() and not Path(asked).is_file():
        raise click.UsageError(unknown(_("There is no profile “{name}”."), asked, shipped(), _))
    return load_profile(asked)


def lists(asked: Sequence[str], buyer: Profile, on: str, _: Translator) -> Law:
    """The lists to judge by: those asked for by name, else the profile's, in the editions to which it binds
    on the day `on`.
    """
    from dataclasses import replace

    from kemkoll.lists import load_lists

    for text in asked or buyer.lists:
        list_id(text.partition("@")[0], _)
    if asked:
        return load_lists(list(dict.fromkeys(asked)))
    law = load_lists(buyer.editions(on))
    return replace(law, lists=law.lists.assign(asked_by_name=False))


def list_id(name: str, _: Translator) -> str:
    """The id of a list that exists."""
    from kemkoll.lists.editions import library_of

    there = library_of().ids
    if name not in there:
        raise click.UsageError(unknown(_("There is no substance list “{name}”."), name, there, _))
    return name
