"""Letters on their way: by the mail server that the portal was told of, or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kemkoll.assortment.asking import letters

if TYPE_CHECKING:
    from kemkoll.web.visit import Visit


def posted(visit: Visit, numbers: Sequence[int]) -> str:
    """Send letters, if there is a mail server; what to say of it. One that fails is kept unsent."""
    if not numbers:
        return ""
    if not visit.settings.mail:
        return visit._("No mail server is set: send the letters yourself.")
    with visit.store.reading() as known:
        waiting = letters.letters(known, letter=[*numbers])
    gone, why = letters.Post(visit.settings.mail, visit.settings.sender).send(waiting)
    if gone:
        with visit.store.writing("letter-sent", by=visit.by, at=visit.at) as change:
            letters.sent(change, gone)
    said = [visit._.ngettext("{n} letter is sent.", "{n} letters are sent.", len(gone)).format(n=len(gone))]
    if why:
        said.append(visit._("Not sent, and kept: {why}").format(why="; ".join(why)[:500]))
    if any(not it["mail"] for it in waiting):
        said.append(visit._("Letters without an e-mail address are to be sent by hand."))
    return " ".join(said)
