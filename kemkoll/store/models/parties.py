"""Who buys and who sells, under which contract, in which category."""

from __future__ import annotations

from sqlmodel import Field

from kemkoll.store.models.common import Kept


class Organisation(Kept, table=True):
    """One authority that buys.

    Attributes:
        number: organisation number; of a sole trader never kept.
        gln: Global Location Number.
    """

    name: str = Field(index=True)
    number: str = ""
    gln: str = ""


class Supplier(Kept, table=True):
    """One that sells.

    Attributes:
        supplier: the number that every later version of this row shares: that of the first.
        key: the name as it is compared: case folded, spaces single.
        role: manufacturer, importer, agent, distributor; empty: nobody says.
        personal: a sole trader, whose number is a personal identity number: it is masked in what leaves.
    """

    supplier: int = Field(index=True)
    key: str = Field(index=True)
    name: str
    number: str = ""
    personal: bool = False
    role: str = ""
    gln: str = ""
    mail: str = ""


class Category(Kept, table=True):
    """One product category, for as long as it is valid; a code may mean another thing in another year.

    Attributes:
        code: `A`, `A.2`, a UNSPSC or CPV code: the buyer's own.
        responsible: who answers for it, as the buyer writes it: a letter, a name, a unit.
    """

    code: str = Field(index=True)
    parent: str = ""
    name: str = ""
    responsible: str = ""
    since: str = ""
    until: str = ""


class Contract(Kept, table=True):
    """One contract.

    Attributes:
        contract: the number that every later version of this row shares: that of the first.
        diary: registry number (diarienummer).
        object_number: number of the procurement object, `SLL510`.
        predecessor: number of the contract that it follows.
        profile: name of the requirement profile.
        binding: `frozen` or `following` where the contract says otherwise than its profile; else empty.
        frozen_on: the day of the editions of a frozen contract.
        grace_days: days until a new edition counts in a following one; -1: as the profile says.
    """

    contract: int = Field(index=True)
    number: str = Field(index=True)
    name: str = ""
    diary: str = ""
    object_number: str = ""
    area: str = ""
    cpv: str = ""
    organisation: str = ""
    supplier: int = Field(default=0, index=True)
    starts: str = ""
    ends: str = ""
    predecessor: str = ""
    profile: str = ""
    binding: str = ""
    frozen_on: str = ""
    grace_days: int = -1
