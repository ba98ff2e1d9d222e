"""What the portal must be told: its secret, its address, its clock, its bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kemkoll.errors import ConfigError
from kemkoll.i18n import N_

LEAST_SECRET = 32
"""Characters of the secret key."""
MEGABYTE = 10**6


@dataclass(frozen=True)
class Settings:
    """How a portal is run.

    Attributes:
        secret: key that cookies are signed with; whoever knows it can come in as anybody.
        clock: what time it is, in UTC.
        secure: whether cookies go over HTTPS only.
        address: what links in letters begin with: `https://kemkoll.region.example`.
        largest: bytes of one request.
        most_files: of one request.
        workers: processes beside the server that read and judge.
        tries: wrong sign-ins of one address or place in a quarter of an hour.
        uploads: of one person in a minute.
        mail: host and port of an SMTP server; empty: letters are kept to be sent by hand.
        sender: address that letters come from.
    """

    secret: str
    clock: Callable[[], datetime]
    secure: bool = False
    address: str = "http://127.0.0.1:8000"
    largest: int = 50 * MEGABYTE
    most_files: int = 20
    workers: int = 1
    tries: int = 10
    uploads: int = 30
    mail: str = ""
    sender: str = ""

    def __post_init__(self) -> None:
        if len(self.secret) < LEAST_SECRET:
            raise ConfigError(
                N_(
                    "The secret key of the portal has fewer than {least} characters. Make one with: {command}"
                ),
                least=LEAST_SECRET,
                command='python -c "import secrets; print(secrets.token_urlsafe(48))"',
            )

    @property
    def instant(self) -> str:
        """The instant as a text: UTC, thousandths of a second."""
        return self.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def today(self) -> str:
        """The day here, ISO text."""
        return self.clock().astimezone().date().isoformat()
