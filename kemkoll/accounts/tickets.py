"""What lets a person in: sessions, tokens for programs, and invitations; each a secret handed out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kemkoll.accounts.roles import Role, parse_roles
from kemkoll.accounts.secrets import digest, secret
from kemkoll.accounts.users import User, add_user, change_user, user_of, with_mail
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import NOBODY, Invitation, Kept, Session, Token

SESSION_HOURS = 12
"""A working day: after it one signs in again."""
INVITATION_DAYS = 14
TOKEN_DAYS = 365
_GONE = N_("This link has been used, withdrawn, or is too old. Ask for a new one.")


def open_session(change: Change, user: User) -> str:
    """A new session; its secret."""
    made = secret()
    row = {"user": user.number, "digest": digest(made), "opened": change.at}
    kept.add(change, Session, [row | {"until": _later(change.at, hours=SESSION_HOURS)}])
    change.about.update(user=user.number)
    return made


def of_session(known: Known, given: str, at: str) -> User | None:
    """Whose session this is; None: nobody's, or no longer."""
    return _holder(known, Session, given, at)


def close_session(change: Change, given: str) -> None:
    """End a session; nothing happens where it has ended."""
    rows = kept.frame(change, Session, digest=digest(given))
    kept.end(change, Session, rows["id"])
    change.about.update(user=int(rows["user"].iloc[0]) if len(rows) else NOBODY)


def make_token(change: Change, user: User, name: str) -> str:
    """A new token for a program of a person; shown once."""
    if not name.strip():
        raise ConfigError(N_("Say what the token is for: it is how you will know it again."))
    made = secret()
    until = _later(change.at, hours=24 * TOKEN_DAYS)[:10]
    row = {"user": user.number, "digest": digest(made), "name": name.strip(), "made": change.at}
    kept.add(change, Token, [row | {"until": until}])
    change.about.update(user=user.number, token=name.strip())
    return made


@dataclass(frozen=True)
class OfToken:
    """One token that was not withdrawn.

    Attributes:
        number: of its row.
        made: instant in UTC.
        until: last day.
    """

    number: int
    name: str
    made: str
    until: str


def tokens_of(known: Known, user: User) -> list[OfToken]:
    """The tokens of a person that were not withdrawn, lapsed or not, newest first."""
    rows = kept.frame(known, Token, only=("id", "name", "made", "until"), user=user.number)
    return [OfToken(*row) for row in rows[["id", "name", "made", "until"]].to_numpy().tolist()[::-1]]


def of_token(known: Known, given: str, at: str) -> User | None:
    """Whose token this is; None: nobody's, or no longer."""
    return _holder(known, Token, given, at[:10])


def withdraw_token(change: Change, number: int, *, of: User | None = None) -> None:
    """End a token.

    Args:
        number: of its row.
        of: the person whose it must be; None: anybody's.
    """
    wanted: dict[str, Any] = {"id": number} | ({"user": of.number} if of else {})
    rows = kept.frame(change, Token, **wanted)
    if not len(rows):
        raise ConfigError(N_("There is no such token."))
    kept.end(change, Token, rows["id"])
    change.about.update(user=int(rows["user"].iloc[0]), token=str(rows["name"].iloc[0]))


def invite(
    change: Change, *, mail: str, roles: frozenset[Role], name: str = "", supplier: int = NOBODY
) -> str:
    """A link's secret that lets somebody in once, as a new user with a password of their own.

    Raises:
        ConfigError: somebody has the address already: who writes a link for them could come in as them.
    """
    if with_mail(change, mail):
        raise ConfigError(N_("There is a user with the address {mail} already."), mail=mail)
    return _invitation(change, mail=mail, name=name, roles=" ".join(sorted(roles)), supplier=supplier)


def let_in_again(change: Change, user: User) -> str:
    """A link's secret that lets a user give themselves a new password. Only for who administers."""
    return _invitation(change, mail=user.mail, name=user.name, roles="", supplier=user.supplier)


def _invitation(change: Change, **said: Any) -> str:
    made = secret()
    until = _later(change.at, hours=24 * INVITATION_DAYS)
    kept.add(change, Invitation, [said | {"digest": digest(made), "until": until, "by": change.who}])
    change.about.update(roles=said["roles"], supplier=said["supplier"])
    return made


def invitation_of(known: Known, given: str, at: str) -> dict[str, Any] | None:
    """The invitation of a secret: columns of `store.models.Invitation`; None: there is none that counts."""
    rows = kept.frame(known, Invitation, digest=digest(given))
    counts = rows[rows["until"] >= at].to_dict("records")
    return {str(name): value for name, value in counts[0].items()} if counts else None


def accept(change: Change, given: str, *, name: str, password: str) -> User:
    """The person that an invitation makes, or lets in again; the invitation is used up.

    Raises:
        ConfigError: the invitation does not count any more, or the password is too short.
    """
    asked = invitation_of(change, given, change.at)
    if asked is None:
        raise ConfigError(_GONE)
    there, again = with_mail(change, asked["mail"]), not asked["roles"]
    if again != (there is not None) or (there is not None and there.blocked):
        raise ConfigError(_GONE)  # somebody has got the address, or was shut out, since
    if there is not None:
        made = change_user(change, there.number, password=password)
    else:
        roles = parse_roles(asked["roles"])
        made = add_user(
            change, mail=asked["mail"], name=name, roles=roles, password=password, supplier=asked["supplier"]
        )
    kept.end(change, Invitation, [asked["id"]])
    return made


def _holder(known: Known, model: type[Kept], given: str, until: str) -> User | None:
    rows = kept.frame(known, model, digest=digest(given))
    held = rows[rows["until"] >= until]
    user = user_of(known, int(held["user"].iloc[0])) if len(held) else None
    return None if user is None or user.blocked else user


def _later(at: str, *, hours: int) -> str:
    """An instant some hours after another.

    >>> _later("2026-11-22T10:00:00.000Z", hours=12)
    '2026-11-22T22:00:00.000Z'
    """
    made = datetime.fromisoformat(at.replace("Z", "+00:00")) + timedelta(hours=hours)
    return made.isoformat(timespec="milliseconds").replace("+00:00", "Z")
