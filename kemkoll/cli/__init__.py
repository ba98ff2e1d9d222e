"""The command line: one verb per module, found by walking this package and imported only when it is called.

A verb is a module with `command`; modules whose name begins with an underscore are not verbs. Exit codes:

    0    nothing at or above `--fail-on`
    1    something is; what `show` was asked for is not known
    2    wrong usage
    3    an input could not be read, or nothing was read
    4    a list is older than `--max-list-age`
    70   a fault of kemkoll
    130  interrupted

When several apply: 2, 3, 4, 1. Results go to stdout, everything else to stderr.
"""

from __future__ import annotations

import gc
import pkgutil
import sys
from importlib import import_module
from typing import Any

import click

from kemkoll import __version__
from kemkoll.cli._help import Option, Verbs, language_option
from kemkoll.i18n import N_

GARBAGE = (50_000, 20, 20)
"""How often Python looks for what can go (`gc.set_threshold`): seldom, as tables live as long as a verb."""


class Root(Verbs):
    """The verbs of kemkoll, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(
            module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def main(
        self,
        args: Any = None,
        prog_name: str | None = None,
        *_: Any,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        from kemkoll.cli._exit import status_of

        def run() -> Any:
            return super(Root, self).main(args, prog_name or "kemkoll", standalone_mode=False, **extra)

        status = status_of(run, sys.argv[1:] if args is None else list(args))
        if standalone_mode:
            sys.exit(status)
        return status


def _show_version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    del option
    if asked and not ctx.resilient_parsing:
        click.echo(f"kemkoll {__version__}")
        ctx.exit()


cli = Root(
    "kemkoll",
    help=N_(
        "Checks what suppliers say is in their products against the substance lists that forbid, limit "
        "or watch it.\n\n"
        "It reads files, needs no network, and is help in judging, not legal advice."
    ),
    epilog=N_("Example: kemkoll check declaration.xlsx --list eu-reach-candidate"),
    params=[
        language_option(),
        Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_show_version,
            help=N_("Show the version and exit."),
        ),
    ],
)


def main() -> None:
    """Run kemkoll from the command line."""
    gc.set_threshold(*GARBAGE)
    cli()


__all__ = ["GARBAGE", "cli", "main"]
