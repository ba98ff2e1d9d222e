"""Secrets that are handed out once, and passwords: what is kept of them tells nobody what they are."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from typing import TYPE_CHECKING

from kemkoll.errors import ConfigError
from kemkoll.i18n import N_

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST = 12
"""Characters of a password."""
MOST = 200
_BYTES = 32


def secret() -> str:
    """A new secret that nobody can guess, fit for an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def digest(given: str) -> str:
    """What is kept of a secret: its SHA-256. One of 256 bits needs no slow hash.

    >>> digest("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(given.encode()).hexdigest()


def hashed(password: str) -> str:
    """What is kept of a password: its Argon2id hash, with RFC 9106's parameters for little memory.

    Raises:
        ConfigError: it is too short, or longer than anybody types.
    """
    if not LEAST <= len(password) <= MOST:
        raise ConfigError(
            N_("A password has {least} to {most} characters. Three or four words are easy to remember."),
            least=LEAST,
            most=MOST,
        )
    return _hasher().hash(password)


def is_password(password: str, kept: str) -> bool:
    """Whether a password is the one of which a hash is kept; it takes as long where none is kept."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept or _nobodys(), password[: MOST + 1]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@cache
def _nobodys() -> str:
    return _hasher().hash(secret())
