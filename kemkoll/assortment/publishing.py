"""Reports as they were published: kept byte for byte, for everybody in the house to read."""

from __future__ import annotations

from hashlib import sha256

import pandas as pd

from kemkoll.errors import ConfigError, StoreError
from kemkoll.i18n import N_
from kemkoll.report import render
from kemkoll.report.annual import Annual
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import Publication

REPORT = "annual"
"""The report that is published; others are about one moment, and for those who work with it."""


def publish(change: Change, data: Annual, language: str) -> int:
    """Publish the annual report of a year; its number. It is the page that is shown for the same data.

    Args:
        change: the event.
        data: the public version.
        language: `en`, `sv`.

    Raises:
        ConfigError: it is the internal version, or the same page is published already.
    """
    if data.internal:
        raise ConfigError(N_("The internal version names suppliers and hides nothing. It is not published."))
    content = render(REPORT, data, language).encode()
    digest = sha256(content).hexdigest()
    if len(kept.every(change, Publication, sha256=digest)):
        raise ConfigError(N_("This very report is published already."))
    row = {"report": REPORT, "snapshot": data.year, "language": language, "sha256": digest}
    more = {"at": change.at, "by": change.who, "content": content}
    (number,) = kept.add(change, Publication, [row | more])
    change.about.update(publication=number, **row)
    return number


def publications(known: Known) -> pd.DataFrame:
    """What has been published, the newest first: columns of `store.models.Publication` but `content`."""
    return kept.every(known, Publication).iloc[::-1].reset_index(drop=True)


def published(known: Known, number: int) -> bytes | None:
    """A report as it was published, byte for byte; None: there is none of this number.

    Raises:
        StoreError: it is not what was published any more.
    """
    there = kept.every(known, Publication, id=number)
    found = kept.content(known, Publication, number)
    if found is None:
        return None
    if sha256(found).hexdigest() != there["sha256"].iloc[0]:
        raise StoreError(
            N_("Publication {number} is not what was published: somebody has changed it."), number=number
        )
    return found
