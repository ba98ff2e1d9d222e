"""Who may come in from outside: persons, what they prove themselves with, and for how long.

A password stands as its Argon2 hash; of every secret that is handed out once (a session, a token, an
invitation) only the SHA-256 is kept.
"""

from __future__ import annotations

from sqlmodel import Field

from kemkoll.store.models.common import Kept


class User(Kept, table=True):
    """One person.

    Attributes:
        user: the number that every later version of this row shares: that of the first.
        mail: address, as it is compared: without capitals and spaces.
        password: Argon2 hash; empty: only a link lets the person in.
        roles: names of `accounts.Role`, by spaces.
        supplier: `Supplier.supplier` that a person with the role `supplier` answers for; 0: none.
        language: `sv` or `en`; empty: as the browser asks.
        blocked: an administrator has shut the person out.
    """

    user: int = Field(index=True)
    mail: str = Field(index=True)
    name: str
    password: str = ""
    roles: str = ""
    supplier: int = 0
    language: str = ""
    blocked: bool = False


class Session(Kept, table=True):
    """One time that a person has come in; ended when they go.

    Attributes:
        digest: SHA-256 of the secret in the cookie.
        opened: instant in UTC.
        until: instant in UTC after which it counts for nothing.
    """

    user: int = Field(index=True)
    digest: str = Field(index=True)
    opened: str
    until: str


class Token(Kept, table=True):
    """One key of a program that asks for a person; ended when it is withdrawn.

    Attributes:
        digest: SHA-256 of the token.
        name: what it is for, as the person says.
        made: instant in UTC.
        until: day after which it counts for nothing.
    """

    user: int = Field(index=True)
    digest: str = Field(index=True)
    name: str
    made: str
    until: str


class Invitation(Kept, table=True):
    """One link that lets a person in once; ended when it was used or withdrawn.

    Attributes:
        digest: SHA-256 of the secret in the link.
        mail: whom it is for.
        roles: those that the person gets, by spaces.
        supplier: `Supplier.supplier` whom the person will answer for; 0: none.
        until: instant in UTC after which it counts for nothing.
        by: who invites.
    """

    digest: str = Field(index=True)
    mail: str
    name: str = ""
    roles: str
    supplier: int = 0
    until: str
    by: str
