"""What several routes are asked by: a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, WithJsonSchema

from kemkoll.web.visit import Visit


def is_day(text: str) -> str:
    """The text, which is empty or a day.

    Raises:
        ValueError: it is none.

    >>> is_day("2026-11-22")
    '2026-11-22'
    """
    if text and date.fromisoformat(text).isoformat() != text:
        raise ValueError("write the day as 2026-11-22")
    return text


_SHAPE = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "maxLength": 0}]}
Date = Annotated[str, AfterValidator(is_day), WithJsonSchema(_SHAPE)]
"""A day as ISO text; empty: none was said."""
Day = Annotated[Date, Query(description="as of this day; else today")]


def day_of(visit: Visit, on: str) -> str:
    """The day that was asked for, else today."""
    return on or visit.today
