"""What verbs on a database share: where it is, who asks, and which articles are meant."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

import click

from kemkoll.cli._help import Option
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from kemkoll.assortment.scope import Scope
    from kemkoll.store import Store

VARIABLE, USER = "KEMKOLL_STORE", "KEMKOLL_USER"
DEFAULT = "kemkoll.db"


def store_option() -> Option:
    """`--store`, for verbs that work on a database."""
    return Option(
        ["--store", "where"],
        default=lambda: os.environ.get(VARIABLE) or DEFAULT,
        metavar="FILE|URL",
        help=N_("The database: a file, or postgresql://user@host/name; else KEMKOLL_STORE, else kemkoll.db."),
    )


def log_option() -> Option:
    """`--store`, for verbs that work without a database, and are in the log of one that is named."""
    return Option(
        ["--store", "where"],
        default=lambda: os.environ.get(VARIABLE, ""),
        metavar="FILE|URL",
        help=N_("The database whose log says that it was done; else KEMKOLL_STORE, else none."),
    )


def by_option() -> Option:
    """`--by`, for verbs that change a database."""
    return Option(
        ["--by"],
        default=lambda: os.environ.get(USER) or _login(),
        metavar="NAME",
        help=N_("Who does it, for the log; else KEMKOLL_USER, else the name you are logged in by."),
    )


def scope_options() -> list[Option]:
    """The options that say which articles are meant."""
    return [
        Option(["--contract"], default="", metavar="NUMBER", help=N_("Only articles under this contract.")),
        Option(
            ["--category"],
            default="",
            metavar="CODE",
            help=N_("Only articles of this category and of those below it."),
        ),
        Option(["--supplier"], default="", metavar="NAME", help=N_("Only articles of this supplier.")),
        Option(["--article"], default="", metavar="NUMBER", help=N_("Only this article.")),
    ]


def scope(contract: str, category: str, supplier: str, article: str) -> Scope:
    """The articles that the options mean."""
    from kemkoll.assortment.scope import Scope

    return Scope(contract, category, supplier, article)


def opened(where: str) -> Store:
    """The database at an address, which is let go of when the call ends."""
    from kemkoll.store import Store

    store = Store.open(where)
    click.get_current_context().call_on_close(store.close)
    return store


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def said(sentence: str, _: Translator, **values: object) -> None:
    """Say a sentence on stderr."""
    click.echo(_(sentence).format(**values), err=True)
