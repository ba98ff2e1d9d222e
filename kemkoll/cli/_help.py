"""Verbs, options and their help in the user's language."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import click

from kemkoll.i18n import LANGUAGES, N_, Translator, choose_language, translator

_HELP = N_("Show this message and exit.")


def translate_of(ctx: click.Context) -> Translator:
    """The translator into the language of this call."""
    return ctx.obj if isinstance(ctx.obj, Translator) else translator(choose_language())


def language_in(args: Sequence[str]) -> str | None:
    """The language asked for anywhere in the arguments: help and errors speak it, before anything is parsed.

    >>> language_in(["check", "--language", "sv", "a.csv"]), language_in(["--language=en"])
    ('sv', 'en')
    >>> language_in(["--", "--language=sv"])
    """
    found = None
    for number, argument in enumerate(args):
        if argument == "--":
            break
        if argument == "--language":
            found = args[number + 1] if number + 1 < len(args) else None
        elif argument.startswith("--language="):
            found = argument.partition("=")[2]
    return found


def unknown(sentence: str, name: str, existing: Iterable[str], _: Translator) -> str:
    """That something named does not exist, with what is near it and what there is.

    Args:
        sentence: translated, with `{name}` in it.

    >>> unknown("There is no list “{name}”.", "eu-rosh", ["eu-rohs", "pfas"], translator("en"))
    'There is no list “eu-rosh”. Did you mean eu-rohs? There are: eu-rohs, pfas.'
    """
    there = list(existing)
    near = get_close_matches(name.lower(), there, n=3, cutoff=0.6)
    said = [sentence.format(name=name)]
    if near:
        said.append(_("Did you mean {names}?").format(names=_(" or ").join(near)))
    said.append(_("There are: {names}.").format(names=", ".join(there)) if there else _("There are none."))
    return " ".join(said)


class OneOf(click.Choice[str]):
    """One name of some; a wrong one is answered with the near ones."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        names = [str(choice) for choice in self.choices]
        if value in names or value is None:
            return value
        _ = translate_of(ctx) if ctx else translator("en")
        return self.fail(unknown(_("“{name}” is not one of the choices."), str(value), names, _), param, ctx)


class Option(click.Option):
    """An option whose help is translated."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, translate_of(ctx)(self.help), 1)


def language_option() -> Option:
    """`--language`, understood by every verb; it has been read before the verb is called."""
    return Option(
        ["--language"],
        type=OneOf(LANGUAGES),
        expose_value=False,
        help=N_("Language of what is shown; else KEMKOLL_LANGUAGE, else that of the computer."),
    )


class _Translated(click.Command):
    """A command that speaks the user's language."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if parent is None:
            extra.setdefault("obj", translator(choose_language(language_in(args))))
        return super().make_context(info_name, args, parent, **extra)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _ = translate_of(ctx)
        words = {"[OPTIONS]": _("[OPTIONS]"), "FILE...": _("FILE..."), "FILE": _("FILE")}
        words |= dict.fromkeys(("COMMAND [ARGS]...", "[COMMAND] [ARGS]..."), _("VERB [ARGS]..."))
        pieces = [words.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage:") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translate_of(ctx)(inspect.cleandoc(self.help)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _ = translate_of(ctx)
        records = []
        for param in (param for param in self.get_params(ctx) if isinstance(param, click.Option)):
            record = param.get_help_record(ctx)
            if record and param is self.get_help_option(ctx):
                record = (record[0], _(_HELP))
            records += [record] if record else []
        with formatter.section(_("Options")):
            formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            formatter.write_paragraph()
            for line in translate_of(ctx)(self.epilog).splitlines():
                formatter.write(f"{line}\n")


class Verb(_Translated):
    """One verb."""


@click.pass_context
def _no_verb(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


class Verbs(_Translated, click.Group):
    """A group of verbs; without one of them it answers with its help, or as its own `callback` does."""

    def __init__(self, name: str, **given: Any) -> None:
        given.setdefault("callback", _no_verb)
        super().__init__(name, invoke_without_command=True, no_args_is_help=False, **given)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _ = translate_of(ctx)
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section(_("Verbs")):
            formatter.write_dl(
                [
                    (name, _(command.short_help))
                    for name, command in commands.items()
                    if command and command.short_help
                ]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            _ = translate_of(ctx)
            raise click.UsageError(
                unknown(_("There is no verb “{name}”."), args[0], self.list_commands(ctx), _), ctx
            )
        return super().resolve_command(ctx, args)


def profile_option() -> Option:
    """`--profile`, for verbs that judge or ask by one."""
    return Option(
        ["--profile"],
        default="default",
        metavar="NAME",
        help=N_("Requirement profile: a shipped one or a TOML file."),
    )


def on_option() -> Option:
    """`--on`, for verbs that judge."""
    return Option(["--on"], metavar="DATE", help=N_("Judge as of this day; else today."))


def condition_option() -> Option:
    """`--condition`, for verbs that judge."""
    return Option(
        ["--condition", "conditions"],
        multiple=True,
        metavar="NAME=yes|no",
        help=N_("A fact about all articles. Can be repeated."),
    )


def lists_option() -> Option:
    """`--list`, for verbs that judge by the profile's lists unless some are named."""
    return Option(
        ["--list", "lists"],
        multiple=True,
        metavar="LIST[@DATE]",
        help=N_(
            "Judge by this list, in the edition of DATE, instead of the profile's lists. Can be repeated."
        ),
    )


def fail_on_option(verdicts: Sequence[str]) -> Option:
    """`--fail-on`, for verbs that end with 1 if a verdict is as bad as one of these."""
    return Option(
        ["--fail-on"],
        type=OneOf(verdicts),
        default="above_limit",
        metavar="VERDICT",
        help=N_("End with 1 if a verdict is as bad as this, or worse; else above_limit."),
    )


def complete_option() -> Option:
    """`--assume-complete`, for verbs that judge."""
    return Option(
        ["--assume-complete"],
        is_flag=True,
        help=N_("Take what nobody declared to be absent; every result says so."),
    )
