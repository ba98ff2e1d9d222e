"""`kemkoll profiles`: the requirement profiles that ship with kemkoll, and what one of them requires."""

from __future__ import annotations

import click

from kemkoll.cli import _ask, _profiles
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import Verb, Verbs, language_option, translate_of
from kemkoll.cli._page import page
from kemkoll.i18n import N_


@click.pass_context
def _all(ctx: click.Context) -> int:
    from kemkoll.profiles import load_profile, shipped

    if ctx.invoked_subcommand is None:
        for part in _profiles.all_of_them([load_profile(name) for name in shipped()], translate_of(ctx)):
            page(part)
    return FINE


@click.pass_context
def _show(ctx: click.Context, name: str) -> int:
    _ = translate_of(ctx)
    for part in _profiles.contents(_ask.profile(name, _), _):
        page(part)
    return FINE


command = Verbs(
    "profiles",
    callback=_all,
    short_help=N_("Show the requirement profiles that ship with kemkoll."),
    help=N_("Show the requirement profiles that ship with kemkoll."),
    epilog=N_("Example: kemkoll profiles"),
    params=[language_option()],
    commands=[
        Verb(
            "show",
            callback=_show,
            short_help=N_("Show what a profile requires, and where that comes from."),
            help=N_("Show what a profile requires, and where that comes from."),
            epilog=N_("Example: kemkoll profiles show kravid-11354"),
            params=[click.Argument(["name"], metavar="NAME"), language_option()],
        ),
    ],
)
