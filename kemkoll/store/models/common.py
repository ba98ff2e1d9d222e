"""What the rows of several tables have in common."""

from __future__ import annotations

import re

from sqlalchemy import BigInteger
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

NOBODY = 0
"""Row number 0 stands for nothing: no article, no component. So whole numbers are never missing in bulk."""


class Numbered(SQLModel):
    """A row with a number, which the store gives in the order in which rows come; tables are called
    `like_this`.
    """

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class Kept(Numbered):
    """A row that is never changed: it is added in one event, and may be ended by another.

    What was known after event N are the rows added by then and not ended by then.
    """

    added: int = Field(index=True)
    ended: int | None = Field(default=None, index=True)


def text_code() -> int:
    """A column that holds the number of a text in `text`."""
    return Field(default=0)  # type: ignore[no-any-return]


def share() -> int:
    """A column in whole numbers of 10⁻¹² kg/kg, or in micrograms."""
    return Field(default=0, sa_type=BigInteger)  # type: ignore[no-any-return]


def large() -> int:
    """A column of whole numbers beyond 32 bits; -1: unknown."""
    return Field(default=-1, sa_type=BigInteger)  # type: ignore[no-any-return]


def of(table: str) -> int:
    """A column that points to a row of a table, which must be there."""
    return Field(foreign_key=f"{table}.id", index=True)  # type: ignore[no-any-return]


def of_many() -> int:
    """The same in a table of very many rows, where the database does not look each of them up."""
    return Field(index=True)  # type: ignore[no-any-return]
