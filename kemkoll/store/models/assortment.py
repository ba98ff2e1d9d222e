"""What is bought: articles, what is known of them, and what stands in which contract."""

from __future__ import annotations

from sqlmodel import Field

from kemkoll.store.models.common import Kept, large


class Article(Kept, table=True):
    """One article of one supplier, and what the buyer knows of it in one period.

    Attributes:
        article: the number that every later version of this row shares.
        number: the supplier's article number.
        own_number: the buyer's.
        mdr_class: class of a medical device: I, Is, Im, Ir, IIa, IIb, III.
        contact: skin, mucous, tissue, invasive, fluid, none; empty: unknown.
        patients: neonates, children, pregnant, adults; several by spaces.
        since: first day in the assortment.
        until: last day.
        in_assortment: the buyer's own file names it; otherwise a declaration alone does.
    """

    article: int = Field(index=True)
    supplier: int = Field(index=True)
    number: str = Field(index=True)
    own_number: str = ""
    name: str = ""
    gtin: str = Field(default="", index=True)
    unspsc: str = ""
    cpv: str = ""
    category: str = ""
    mdr_class: str = ""
    contact: str = ""
    patients: str = ""
    placed_on_market: str = ""
    since: str = ""
    until: str = ""
    in_assortment: bool = False


class ContractRow(Kept, table=True):
    """One article under one contract, from the day when it may be bought."""

    contract: int = Field(index=True)
    article: int = Field(index=True)
    since: str = ""
    until: str = ""


class ArticleFact(Kept, table=True):
    """One fact that the buyer knows of an article (`tables.Condition`)."""

    article: int = Field(index=True)
    condition: str
    holds: bool


class Volume(Kept, table=True):
    """What was bought of an article in a year.

    Attributes:
        spend_ore: in öre (1/100 of the currency); -1: unknown.
        quantity: pieces; -1: unknown.
        mass_g: grams; -1: unknown.
    """

    article: int = Field(index=True)
    year: int = Field(index=True)
    spend_ore: int = large()
    quantity: int = large()
    mass_g: int = large()


class Successor(Kept, table=True):
    """One article that takes the place of another.

    Attributes:
        kind: `reformulated` (the same number, other content), `replaced` (another article), `renumbered`
            (the same article under another number).
    """

    article: int = Field(index=True)
    successor: int = Field(index=True)
    kind: str
    since: str = ""
    replacing: str = ""


class Target(Kept, table=True):
    """What an organisation has set out to reach: an indicator's value by a year."""

    name: str
    indicator: str
    list: str = ""
    category: str = ""
    base_year: int = 0
    base_value: str = ""
    year: int = 0
    value: str = ""
    decision: str = ""
