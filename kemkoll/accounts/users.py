"""Persons: who there is, added, changed, shut out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from kemkoll.accounts.roles import OWN_HOUSE, Role, parse_roles
from kemkoll.accounts.secrets import hashed, is_password
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import NOBODY, Session, Supplier, Token
from kemkoll.store.models import User as Row
from kemkoll.store.once import next_id

_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


@dataclass(frozen=True)
class User:
    """One person, as known at a moment.

    Attributes:
        number: what stays the same whatever changes of the person.
        supplier: `Supplier.supplier` that the person answers for; 0: none.
        language: of the pages; empty: as the browser asks.
    """

    number: int
    mail: str
    name: str
    roles: frozenset[Role]
    supplier: int = NOBODY
    language: str = ""
    blocked: bool = False


def key_of(mail: str) -> str:
    """An address as it is compared.

    >>> key_of(" Anna@Region.example ")
    'anna@region.example'
    """
    return mail.strip().casefold()


def users(known: Known, **wanted: Any) -> list[User]:
    """Everybody there is, or who has the values wanted of columns of `store.models.User`."""
    return [_user(row) for row in kept.frame(known, Row, **wanted).to_dict("records")]


def user_of(known: Known, number: int) -> User | None:
    """The person with this number; None: there is none."""
    return next(iter(users(known, user=number)), None)


def with_mail(known: Known, mail: str) -> User | None:
    """The person with this address; None: there is none."""
    return next(iter(users(known, mail=key_of(mail))), None)


def proven(known: Known, mail: str, password: str) -> User | None:
    """The person with this address, if it is their password and nobody has shut them out.

    It takes as long for an address that nobody has: who there is cannot be found out by trying.
    """
    rows = kept.frame(known, Row, mail=key_of(mail)).to_dict("records")
    held = str(rows[0]["password"]) if rows else ""
    if not is_password(password, held) or rows[0]["blocked"]:
        return None
    return _user(rows[0])


def add_user(
    change: Change,
    *,
    mail: str,
    name: str,
    roles: Collection[Role],
    password: str = "",
    supplier: int = NOBODY,
    language: str = "",
) -> User:
    """A new person.

    Args:
        password: empty: a link must let the person in first.
        supplier: `Supplier.supplier`, for the role `supplier`.

    Raises:
        ConfigError: somebody has the address, it is none, the password is too short, or role and supplier do
            not go together.
    """
    if not _MAIL.fullmatch(key_of(mail)):
        raise ConfigError(N_("“{mail}” is no e-mail address."), mail=mail)
    if with_mail(change, mail):
        raise ConfigError(N_("There is a user with the address {mail} already."), mail=key_of(mail))
    _refuse_mixed(change, roles, supplier)
    row = {
        "user": next_id(change.connection, Row), "mail": key_of(mail), "name": name.strip(),
        "password": hashed(password) if password else "", "roles": _said(roles), "supplier": supplier,
        "language": language,
    }  # fmt: skip
    kept.add(change, Row, [row])
    change.about.update(user=row["user"], roles=row["roles"])
    return _user(row | {"blocked": False})


def change_user(change: Change, number: int, **said: Any) -> User:
    """The person, changed: `name`, `roles`, `supplier`, `language`, `password` or `blocked`.

    Who is shut out, or has a new password or other roles, is out everywhere at once.

    Raises:
        ConfigError: there is no such person, the password is too short, or it would leave nobody who
            administers.
    """
    before = user_of(change, number)
    if before is None:
        raise ConfigError(N_("There is no user with the number {number}."), number=number)
    made = replace(before, **{name: value for name, value in said.items() if name != "password"})
    _refuse_mixed(change, made.roles, made.supplier)
    _refuse_nobody_left(change, before, made)
    values = said | {"roles": _said(made.roles)}
    if "password" in said:
        values["password"] = hashed(said["password"])
    kept.put(change, Row, ("user",), [{"user": number, **values}])
    change.about.update(user=number, changed=sorted(said))
    if {"password", "supplier"} & said.keys() or made.roles != before.roles or made.blocked:
        _shut_out(change, made)
    return made


def _shut_out(change: Change, user: User) -> None:
    """End every session of a person, and the tokens of one who is blocked."""
    for model in (Session, Token) if user.blocked else (Session,):
        kept.end(change, model, kept.frame(change, model, user=user.number)["id"])


def _refuse_mixed(known: Known, roles: Collection[Role], supplier: int) -> None:
    """Refuse who would see what others hand in, and hand in too; and a supplier's person without supplier."""
    if not roles:
        raise ConfigError(N_("A user has at least one role."))
    if Role.supplier in roles and OWN_HOUSE & set(roles):
        raise ConfigError(N_("Who answers for a supplier has no other role: give a second user."))
    if (Role.supplier in roles) != (supplier != NOBODY):
        raise ConfigError(N_("The role supplier goes with a supplier, and a supplier with that role."))
    if supplier != NOBODY and not len(kept.frame(known, Supplier, supplier=supplier)):
        raise ConfigError(N_("There is no supplier with the number {number}."), number=supplier)


def _refuse_nobody_left(known: Known, before: User, after: User) -> None:
    """Refuse to take the last administrator's right to administer."""
    if not _administers(before) or _administers(after):
        return
    if not any(_administers(it) for it in users(known) if it.number != before.number):
        raise ConfigError(N_("There must be one administrator at least: make another one first."))


def _administers(user: User) -> bool:
    return Role.administrator in user.roles and not user.blocked


def _said(roles: Collection[Role]) -> str:
    return " ".join(sorted(roles))


def _user(row: dict[Any, Any]) -> User:
    return User(
        int(row["user"]), str(row["mail"]), str(row["name"]), parse_roles(str(row["roles"])),
        int(row["supplier"]), str(row["language"]), bool(row["blocked"]),
    )  # fmt: skip
