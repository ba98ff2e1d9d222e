"""`kemkoll users`: who may come into the portal."""

from __future__ import annotations

import sys

import click

from kemkoll.cli import _clock, _store
from kemkoll.cli._exit import FINE
from kemkoll.cli._help import OneOf, Option, Verb, Verbs, language_option, translate_of
from kemkoll.cli._page import page, table
from kemkoll.i18n import N_, Translator

ROLES = ("supplier", "strategist", "buyer", "analyst", "reader", "administrator")
"""The names of `accounts.Role`, in that order."""


@click.pass_context
def _add(
    ctx: click.Context, mail: str, where: str, by: str, name: str, roles: tuple[str, ...], supplier: str
) -> int:
    from kemkoll.accounts.roles import Role
    from kemkoll.accounts.users import add_user
    from kemkoll.assortment.finding import supplier_called

    _ = translate_of(ctx)
    password = _password(_)
    with _store.opened(where).writing("user", by=by, at=_clock.instant()) as change:
        number = supplier_called(change, supplier) if supplier else 0
        made = add_user(
            change,
            mail=mail,
            name=name,
            roles=[Role(role) for role in roles],
            password=password,
            supplier=number,
        )
    _store.said(N_("{mail} may come in now."), _, mail=made.mail)
    return FINE


def _password(_: Translator) -> str:
    """The password, asked for twice in a terminal; else the first line of what comes in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    again = _("The same once more")
    return str(click.prompt(_("Password"), hide_input=True, confirmation_prompt=again))


@click.pass_context
def _show(ctx: click.Context, where: str) -> int:
    from kemkoll.accounts.roles import ROLES as CALLED
    from kemkoll.accounts.users import users

    _ = translate_of(ctx)
    with _store.opened(where).reading() as known:
        rows = [
            (
                it.mail,
                it.name,
                ", ".join(_(CALLED[role]) for role in sorted(it.roles)),
                _("yes") if it.blocked else "",
            )
            for it in users(known)
        ]
    page(table((_("E-mail address"), _("Name"), _("Roles"), _("Shut out")), rows, whole=1))
    return FINE


command = Verbs(
    "users",
    short_help=N_("Show and add who may come into the portal."),
    help=N_("Show and add who may come into the portal. The first administrator is made here."),
    epilog=N_("Example: kemkoll users show"),
    params=[language_option()],
    commands=[
        Verb(
            "add",
            callback=_add,
            short_help=N_("Add a user; the password is asked for."),
            help=N_(
                "Add a user; the password is asked for, or is the first line of standard input.\n\n"
                "All others are invited in the portal by an administrator."
            ),
            epilog=N_("Example: kemkoll users add anna@region.example --name Anna --role administrator"),
            params=[
                click.Argument(["mail"], metavar="MAIL"),
                Option(["--name"], default="", metavar="TEXT", help=N_("What the person is called.")),
                Option(
                    ["--role", "roles"], type=OneOf(ROLES), multiple=True, required=True,
                    help=N_("What the person may do. Can be repeated."),
                ),
                Option(
                    ["--supplier"], default="", metavar="NAME",
                    help=N_("The supplier that the person answers for, with the role supplier."),
                ),
                _store.store_option(),
                _store.by_option(),
                language_option(),
            ],
        ),
        Verb(
            "show",
            callback=_show,
            short_help=N_("Show who may come into the portal."),
            help=N_("Show who may come into the portal, and as what."),
            epilog=N_("Example: kemkoll users show --store region.db"),
            params=[_store.store_option(), language_option()],
        ),
    ],
)  # fmt: skip
