"""How a call ends: its exit code, and the one short message on stderr when it could not do its work."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import click

from kemkoll.cli._help import language_in, unknown
from kemkoll.errors import DeclarationError, KemkollError
from kemkoll.i18n import Translator, choose_language, message_text, translator

FINE, FOUND, USAGE, UNREAD, STALE, FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
DEBUG = "KEMKOLL_DEBUG"
"""Set to anything, it makes a fault show where in the code it happened."""


def status_of(run: Callable[[], Any], args: Sequence[str]) -> int:
    """The exit code of a call, which has said on stderr what kept it from its work."""
    _ = translator(choose_language(language_in(args)))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            with suppress(OSError):
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter still shows the rest
    try:
        status = run()
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        return _usage(error, _)
    except DeclarationError as error:
        return _say(message_text(error.message, _), UNREAD)
    except KemkollError as error:
        return _say(message_text(error.message, _), USAGE)
    except (click.Abort, KeyboardInterrupt):
        return _say(_("Interrupted."), INTERRUPTED)
    except BrokenPipeError:
        close_pipe()
        return FINE
    except (
        SystemExit
    ):  # click's own end when the reader of stdout has gone, or the shell asked for completions
        return FINE
    except Exception as error:  # noqa: BLE001 - the last stop: whatever else happens is a fault of ours
        return _fault(error, _)
    return status if isinstance(status, int) else FINE


def close_pipe() -> None:
    """Let nobody hear that the reader of stdout has gone: not now, and not when Python flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str, status: int) -> int:
    click.echo(f"kemkoll: {message}", err=True)
    return status


def _usage(error: click.ClickException, _: Translator) -> int:
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "kemkoll"
    click.echo(f"{path}: {_message(error, _)}", err=True)
    click.echo(_("See: {command}").format(command=f"{path} --help"), err=True)
    return USAGE


def _message(error: click.ClickException, _: Translator) -> str:
    """The message of a usage error, in the user's language where click would not know it."""
    if isinstance(error, click.NoSuchOption):
        params = error.ctx.command.params if error.ctx else []
        options = [name for param in params if isinstance(param, click.Option) for name in param.opts]
        return unknown(_("There is no option “{name}”."), error.option_name, options, _)
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Option):
        return _("{name} is missing.").format(name=error.param.opts[0])
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return _("{name} is missing.").format(name=name.replace("FILE...", _("FILE...")))
    if isinstance(error, click.BadParameter) and error.param:
        return f"{error.param.opts[0]}: {error.message}"
    if isinstance(error, click.BadOptionUsage):
        return _("{name} needs a value.").format(name=error.option_name)
    return error.format_message()


def _fault(error: Exception, _: Translator) -> int:
    """The message about a fault of kemkoll, and how to report it."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    _say(_("This is a fault in kemkoll, not in your files: {what}").format(what=what), FAULT)
    said = _(
        "Please report it with the command you gave and what it prints when {variable}=1 is set before it."
    )
    click.echo(said.format(variable=DEBUG), err=True)
    return FAULT
