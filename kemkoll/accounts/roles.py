"""What a person is here: each role with how it is called."""

from __future__ import annotations

from enum import StrEnum

from kemkoll.i18n import N_


class Role(StrEnum):
    """What a person may do; one has one role or several."""

    supplier = "supplier"
    strategist = "strategist"
    buyer = "buyer"
    analyst = "analyst"
    reader = "reader"
    administrator = "administrator"


ROLES = {
    Role.supplier: N_("Supplier"),
    Role.strategist: N_("Environmental strategist"),
    Role.buyer: N_("Buyer"),
    Role.analyst: N_("Analyst"),
    Role.reader: N_("Reader"),
    Role.administrator: N_("Administrator"),
}
"""How each role is called."""

OWN_HOUSE = frozenset(Role) - {Role.supplier}
"""The roles of those who work for the buyer."""
SEEING = frozenset({Role.strategist, Role.buyer, Role.analyst})
"""Those who see what suppliers hand in. Readers see what is published; administrators what is technical."""


def parse_roles(text: str) -> frozenset[Role]:
    """The roles of a text with their names by spaces.

    Raises:
        ValueError: one of them is no role.

    >>> sorted(parse_roles("strategist buyer"))
    [<Role.buyer: 'buyer'>, <Role.strategist: 'strategist'>]
    """
    return frozenset(Role(name) for name in text.split())
