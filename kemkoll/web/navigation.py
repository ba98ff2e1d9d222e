"""Which pages there are to begin with, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kemkoll.accounts.roles import OWN_HOUSE, SEEING, Role
from kemkoll.i18n import N_

if TYPE_CHECKING:
    from kemkoll.web.visit import Visit


class Link(NamedTuple):
    """One way into the portal.

    Attributes:
        here: the page that is shown lies there.
    """

    path: str
    label: str
    here: bool = False


WAYS: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/supplier", N_("My articles"), frozenset({Role.supplier})),
    ("/supplier/drafts", N_("Hand in"), frozenset({Role.supplier})),
    ("/supplier/requests", N_("Requests"), frozenset({Role.supplier})),
    ("/supplier/cases", N_("Deviations"), frozenset({Role.supplier})),
    ("/start", N_("Overview"), SEEING),
    ("/articles", N_("Assortment"), SEEING),
    ("/batches", N_("Batches"), SEEING),
    ("/review", N_("Review"), frozenset({Role.strategist})),
    ("/waivers", N_("Waivers"), frozenset({Role.strategist, Role.buyer})),
    ("/requests", N_("Requests"), frozenset({Role.strategist, Role.buyer})),
    ("/cases", N_("Deviations"), frozenset({Role.strategist, Role.buyer})),
    ("/lists", N_("Lists"), SEEING),
    ("/substances", N_("Substances"), SEEING),
    ("/contracts", N_("Contracts"), SEEING),
    ("/reports", N_("Reports"), OWN_HOUSE),
    ("/users", N_("Users"), frozenset({Role.administrator})),
    ("/log", N_("Log"), frozenset({Role.administrator})),
    ("/backup", N_("Backup"), frozenset({Role.administrator})),
    ("/tokens", N_("Tokens"), frozenset(Role)),
)
"""Path, label and roles, in the order in which they are shown."""


def links_for(visit: Visit) -> list[Link]:
    """The ways that are open to a visitor, in their language."""
    at = visit.request.url.path
    own = [(path, label) for path, label, roles in WAYS if visit.has(*roles)]
    under = [path for path, _ in own if at == path or at.startswith(f"{path}/")]
    here = max(under, key=len, default="")
    return [Link(path, visit._(label), path == here) for path, label in own]
