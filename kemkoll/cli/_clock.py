"""What time it is: the one place where kemkoll asks.

`KEMKOLL_NOW` sets it, for demonstrations and tests that must come out the same every time; a database takes
no instant before its last one.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from kemkoll.i18n import N_, Translator, choose_language, translator

VARIABLE = "KEMKOLL_NOW"


def now() -> datetime:
    """The instant, in UTC.

    Raises:
        click.UsageError: KEMKOLL_NOW is no instant.
    """
    given = os.environ.get(VARIABLE)
    if not given:
        return datetime.now(UTC)
    try:
        made = datetime.fromisoformat(given)
    except ValueError:
        _: Translator = translator(choose_language())
        said = N_("{variable}={text}: write an instant as 2026-11-22T10:00:00Z.")
        raise click.UsageError(_(said).format(variable=VARIABLE, text=given)) from None
    return made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)


def instant() -> str:
    """The instant as a text: UTC, thousandths of a second.

    >>> instant()[-1]
    'Z'
    """
    return now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def today() -> str:
    """The day here, ISO text."""
    return now().astimezone().date().isoformat()
